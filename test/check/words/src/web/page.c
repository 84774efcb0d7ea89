/* 完成 in a comment is a legal term */
const char *b = "plain", *c = "未完成";
/* TODO later */
/* TODO(li, 2020-01-01): long ago */
/* TODO(li, 2999-12-31): not yet */
int one = fail(cx, ERR_INPUT, "没有这一页");
int two = word_fail(cx, ERR_INPUT, W(err_404));
