const char *a = "完成";
