/* 完成 in a comment is a legal term */
const char *b = "plain", *c = "未完成";
/* TODO later */
/* TODO(li, 2020-01-01): long ago */
/* TODO(li, 2999-12-31): not yet */
