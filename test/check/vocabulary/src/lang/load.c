int a = yaml_closed(m, node, "register", "title",
    "lonely", "waiting", "never", NULL);
int b = other(m, "unseen");
