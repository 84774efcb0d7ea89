/* 完成 in a comment is a legal term */
const char *b = "plain", *c = "未完成";
/* TODO later */
/* TODO(li, 2020-01-01): long ago */
/* TODO(li, 2999-12-31): not yet */
int one = fail(cx, ERR_STORE, "磁盘已满",
    "第二行") + 1;
int two = failure("不是");
int three = fail(cx, "是"), four; int five = put("不是");
