/* CSV: golden bytes. */
#include "test.h"

#include "out/csv.h"

static struct table
sample(struct cx *cx)
{
	static const struct column columns[] = { { .title = S("序号"),
						     .kind = COLUMN_INT },
		{ .title = S("代码"), .is_hidden = true },
		{ .title = S("名称"), .width = 30 },
		{ .title = S("期限"), .kind = COLUMN_DAY } };
	struct table t = { .columns = columns, .n_columns = 4 };
	const struct str names[] = { S("甲,乙"), S("说\"好\"\n了"), S("=1+1"), S("-3"),
		S("＝cmd"), S(" a"), S("") };

	for (int i = 0; i < 7; i++)
		table_add(cx->arena, &t,
		    (struct cell[]){ cell_int(-i), cell_text(S("x")), cell_text(names[i]),
			cell_day(i ? DAY_NONE : day_of(2026, 9, 21)) });
	return t;
}

TEST(csv_golden_bytes)
{
	const struct table t = sample(cx);

	CHECK_STR(csv_str(cx, &t, CSV_UTF8), S("\xEF\xBB\xBF"
					       "序号,名称,期限\r\n"
					       "0,\"甲,乙\",2026-09-21\r\n"
					       "-1,\"说\"\"好\"\"\n了\",\r\n"
					       "-2,'=1+1,\r\n"
					       "-3,'-3,\r\n"
					       "-4,'＝cmd,\r\n"
					       "-5,\" a\",\r\n"
					       "-6,,\r\n"));
}

TEST(csv_gb18030_bytes)
{
	static const struct column columns[] = { { .title = S("准绳") } };
	struct table t = { .columns = columns, .n_columns = 1 };

	table_add(cx->arena, &t, &(struct cell){ .kind = CELL_TEXT, .text = S("𠀀a") });
	CHECK_STR(csv_str(cx, &t, CSV_GB18030), S("\xD7\xBC\xC9\xFE\r\n\x95\x32\x82\x36"
						  "a\r\n"));
}

TEST(csv_without_rows)
{
	static const struct column columns[] = { { .title = S("a") } };
	const struct table t = { .columns = columns, .n_columns = 1 };

	CHECK_STR(csv_str(cx, &t, CSV_UTF8), S("\xEF\xBB\xBF"
					       "a\r\n"));
}
