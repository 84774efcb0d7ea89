/* Reading CSV: our own, Excel's, and what cannot be read. */
#include "test.h"

#include "intake/csv.h"
#include "out/csv.h"

static struct xlsx_sheet
sheet(struct cx *cx, struct str bytes)
{
	struct xlsx_sheet s = { 0 };

	CHECK_OK(csv_read(cx, bytes, &s));
	return s;
}

TEST(csv_read_round_trip)
{
	static const struct column columns[] = { { .title = S("名称") },
		{ .title = S("数"), .kind = COLUMN_INT } };
	static const struct str texts[] = { S("甲,乙"), S("说\"好\"\n了"), S("=1+1"),
		S("-3"), S("＝cmd"), S(" a "), S("'引"), S("''=1") };
	struct table t = { .columns = columns, .n_columns = 2 };

	for (int i = 0; i < 8; i++)
		table_add(
		    cx->arena, &t, (struct cell[]){ cell_text(texts[i]), cell_int(-i) });
	for (int e = 0; e < 2; e++) {
		const struct xlsx_sheet s = sheet(
		    cx, csv_str(cx, &t, e ? CSV_GB18030 : CSV_UTF8));

		CHECK(s.rows.n == 9);
		CHECK_STR(xlsx_at(&s.rows.v[0], 0), S("名称"));
		for (size_t r = 0; r < 8 && s.rows.n == 9; r++) {
			CHECK_STR(xlsx_at(&s.rows.v[r + 1], 0), texts[r]);
			CHECK_STR(xlsx_at(&s.rows.v[r + 1], 1),
			    str_fmt(cx->arena, "%d", -(int)r));
		}
	}
}

TEST(csv_read_of_others)
{
	struct xlsx_sheet s = sheet(cx, S("甲\t乙,丙\r\n\r\n\t2"));

	CHECK(s.rows.n == 2 && s.rows.v[1].no == 3);
	CHECK_STR(xlsx_at(&s.rows.v[0], 0), S("甲\t乙"));
	s = sheet(cx, S("a\tb\n1\t2,3\n"));
	CHECK_STR(xlsx_at(&s.rows.v[1], 1), S("2,3"));
	s = sheet(cx, S("a,,c\n\"\",\"x\ny\",\n,,\n"));
	CHECK(s.rows.n == 2);
	CHECK_STR(xlsx_at(&s.rows.v[0], 2), S("c"));
	CHECK_STR(xlsx_at(&s.rows.v[1], 1), S("x\ny"));
}

TEST(csv_read_refuses)
{
	struct xlsx_sheet s = { 0 };
	char *wide = arena_alloc(cx->arena, 1001);

	CHECK(csv_read(cx, S("a\n\"b\nc"), &s) == ERR_INPUT);
	CHECK(str_has(cx->why, S("第2行：引号没有结束")));
	CHECK(csv_read(cx, S("a\n\"b\"c\n"), &s) == ERR_INPUT);
	CHECK(csv_read(cx, S(""), &s) == ERR_INPUT);
	CHECK(csv_read(cx, S("PK\x03\x04"), &s) == ERR_INPUT);
	memset(wide, ',', 1000);
	wide[1000] = 'x';
	CHECK(csv_read(cx, (struct str){ wide, 1001 }, &s) == ERR_INPUT);
	CHECK(str_has(cx->why, S("1000列")));
	CHECK_OK(csv_read(cx, (struct str){ wide, 1000 }, &s));
	CHECK(s.rows.n == 0);
}
