static const struct shape_key keys[] = {
	{ "register", SHAPE_ID, MUST, NULL, "编号" },
	{ "title", SHAPE_TEXT, MAY, NULL, "标题" },
	{ "lonely", SHAPE_TEXT, MAY, NULL, "一" },
	{ "waiting", SHAPE_MAP, MAY, &other, "二" },
	{ "never", SHAPE_BOOL, MAY, NULL, "无" },
};
int b = other(m, "unseen");
