const char *key = "penalty";
