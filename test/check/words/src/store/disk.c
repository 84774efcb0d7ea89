int one = fail(cx, ERR_STORE, "磁盘已满",
    "第二行") + 1;
int two = failure("不是");
int three = fail(cx, "是"), four; int five = put("不是");
