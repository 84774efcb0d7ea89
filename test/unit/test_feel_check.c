/* What the check says before an expression ever runs. */
#include "test.h"

#include "lang/feel.h"

static const struct feel_type any = { .kind = FEEL_ANY }, boolean = { .kind = FEEL_BOOL },
			      number = { .kind = FEEL_NUMBER },
			      text = { .kind = FEEL_TEXT }, day = { .kind = FEEL_DAY },
			      entry = { .kind = FEEL_ENTRY, .name = { "officers", 8 } },
			      entries = { .kind = FEEL_LIST, .of = &entry };
static const struct feel_field row_fields[] = { { S("amount"), &number },
	{ S("kind"), &text } };
static const struct feel_type row = { .kind = FEEL_MAP, .fields = row_fields, .n = 2 },
			      rows = { .kind = FEEL_LIST, .of = &row };
static const struct feel_field names[] = { { S("officers"), &entries },
	{ S("done"), &day }, { S("cause"), &text }, { S("parts"), &rows },
	{ S("major"), &boolean }, { S("unit"), &entry }, { S("free"), &any } };
static const struct feel_signature calls[] = { { S("passed"), 1, 1, &boolean } };

static const struct feel_type *
field(void *self, const struct feel_type *of, struct str name)
{
	(void)self;
	(void)of;
	if (str_eq(name, S("valid_to")))
		return &day;
	return str_eq(name, S("unit")) ? &entry : NULL;
}

static struct feel_check
make_check(const struct feel_library *lib)
{
	return (struct feel_check){ .names = names,
		.n = sizeof names / sizeof *names,
		.calls = calls,
		.n_calls = 1,
		.library = lib,
		.field = field };
}

static struct feel_library
make_library(struct cx *cx)
{
	static const struct str params[] = { S("officer"), S("day") };
	struct messages m = { .arena = cx->arena, .file = S("f") };
	struct feel_library lib = { 0 };

	CHECK_OK(feel_define(
	    cx, &lib, S("qualified"), params, 2, S("officer.valid_to >= day"), NULL, &m));
	return lib;
}

/* All messages of checking the text as a condition. */
static struct str
faults(struct cx *cx, const struct feel_library *lib, const char *z)
{
	struct messages m = { .arena = cx->arena, .file = S("f") };
	const struct feel_check check = make_check(lib);
	const struct feel *e;

	if (feel_parse(cx, str_z(z), NULL, &e, &m) == ERR_OK)
		feel_check(&check, e, FEEL_BOOL, &m);
	return messages_err(cx, &m) == ERR_OK ? S("") : cx->why;
}

TEST(feel_check_passes_what_is_right)
{
	static const char *const right[] = { "count(officers) >= 2",
		"every o in officers satisfies qualified(o, done)", "passed(\"review\")",
		"parts[1].kind = \"政府\"", "sum(for p in parts return p.amount) > 5",
		"officers[valid_to < done] = []", "major or cause = null",
		"cause in (\"甲\", \"乙\")", "done + duration(\"P90D\") > done",
		"unit.unit.valid_to = done", "if major then free else count(parts) = 1",
		"sum(parts.amount) > 100",
		"parts[kind = \"x\" and item.amount > 1] != []",
		"done in [date(\"2020-01-01\")..date(\"2021-01-01\")]",
		"unit = \"units/4\"", "max(parts.amount) > 3 and not(major)",
		"free.anything[x = 1] = [2]" };
	const struct feel_library lib = make_library(cx);

	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		if (faults(cx, &lib, right[i]).n)
			test_fail_str(__FILE__, __LINE__, right[i], cx->why, S(""));
}

TEST(feel_check_names_every_fault)
{
	static const struct {
		const char *expr, *says;
	} wrong[] = {
		{ "count(officer) > 2", "f:1:7: 表达式有误：没有名称 officer" },
		{ "count(officers)",
		    "f:1:1: 表达式有误：count(officers) 应当是是否，但是是数字" },
		{ "now() = null", "f:1:1: 表达式有误：这里不允许使用函数 now" },
		{ "matches(cause, \"a\")",
		    "f:1:1: 表达式有误：这里不允许使用函数 matches" },
		{ "count(officers, 1) > 1",
		    "f:1:1: 表达式有误：函数 count 的参数个数不对" },
		{ "qualified(unit)",
		    "f:1:1: 表达式有误：函数 qualified 的参数应当是 2 个" },
		{ "unknown(1)", "f:1:1: 表达式有误：没有函数 unknown" },
		{ "passed()", "f:1:1: 表达式有误：函数 passed 的参数个数不对" },
		{ "done > 5", "f:1:1: 表达式有误：done > 5：日期和数字不能比较" },
		{ "cause + 1 = 2",
		    "f:1:1: 表达式有误：cause + 1：文本和数字不能这样计算" },
		{ "parts[1].size = 1", "f:1:1: 表达式有误：parts[1](键值)没有 size" },
		{ "officers.grade = []", "f:1:1: 表达式有误：officers(条目)没有 grade" },
		{ "cause and major", "f:1:1: 表达式有误：cause 应当是是否，但是是文本" },
		{ "if cause then major else major",
		    "f:1:4: 表达式有误：cause 应当是是否，但是是文本" },
		{ "every o in done satisfies major",
		    "f:1:12: 表达式有误：done 应当是列表，但是是日期" },
		{ "甲 = 1 or 乙 = 2",
		    "f:1:1: 表达式有误：没有名称 甲\nf:1:10: 表达式有误：没有名称 乙" },
		{ "cause in (1, 2)", "f:1:11: 表达式有误：1 应当是文本，但是是数字\n"
				     "f:1:14: 表达式有误：2 应当是文本，但是是数字" },
		{ "officers[grade = 1] = []", "f:1:10: 表达式有误：没有名称 grade" },
	};
	const struct feel_library lib = make_library(cx);

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK_STR(faults(cx, &lib, wrong[i].expr), str_z(wrong[i].says));
}

TEST(feel_check_library_refuses_recursion)
{
	static const struct str params[] = { S("x") };
	struct messages m = { .arena = cx->arena, .file = S("f") };
	struct feel_library lib = { 0 };
	const struct feel_check check = make_check(&lib);

	CHECK_OK(feel_define(cx, &lib, S("a"), params, 1, S("b(x)"), NULL, &m));
	CHECK_OK(
	    feel_define(cx, &lib, S("b"), params, 1, S("x > 1 and a(x - 1)"), NULL, &m));
	CHECK_OK(feel_define(cx, &lib, S("c"), params, 1, S("a(x) and done"), NULL, &m));
	feel_check_library(&check, &m);
	CHECK(messages_err(cx, &m) == ERR_INPUT);
	CHECK_STR(cx->why, S("f:1:1: 函数 a 调用了自己\nf:1:1: 函数 b 调用了自己\n"
			     "f:1:10: 表达式有误：没有名称 done"));
}
