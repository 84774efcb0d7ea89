/* FEEL: what law/ writes, the grammar's hard corners, and what an evaluation reports. */
#include "test.h"

#include "base/buf.h"
#include "base/date.h"
#include "lang/feel.h"

/* Variables for all: see vars(). */
static struct value
vars(struct cx *cx)
{
	struct value m = value_map(), list = value_list(), row = value_map();

	for (int i = 1; i <= 3; i++)
		value_add(
		    cx->arena, &list, value_text(str_fmt(cx->arena, "officers/%d", i)));
	value_set(cx->arena, &m, S("officers"), list);
	list = value_list();
	for (int i = 1; i <= 2; i++) {
		row = value_map();
		value_set_int(cx->arena, &row, "amount", i * 100);
		value_set_text(cx->arena, &row, "kind", i == 1 ? S("政府") : S("town"));
		value_add(cx->arena, &list, row);
	}
	value_set(cx->arena, &m, S("parts"), list);
	value_set(cx->arena, &m, S("done"), value_day(day_of(2021, 7, 15)));
	value_set_text(cx->arena, &m, "outcome", S("同意"));
	value_set(cx->arena, &m, S("reasons"), value_null());
	value_set_text(cx->arena, &m, "unit", S("units/4"));
	value_set_int(cx->arena, &m, "legal_review", 7);
	return m;
}

static bool
resolve(void *self, struct str ref, struct str field, struct value *out)
{
	if (self && str_eq(field, S("later")))
		return false;
	if (str_eq(field, S("kind")))
		*out = value_text(str_ends(ref, S("4")) ? S("government") : S("group"));
	else if (str_eq(field, S("no")))
		*out = value_int(ref.p[ref.n - 1] - '0');
	return true;
}

static bool
call(void *self, struct str name, const struct value *args, size_t n, struct value *out)
{
	if (str_eq(name, S("passed")) && n == 1)
		*out = value_bool(str_eq(value_str(&args[0]), S("review")));
	return !self || !str_eq(name, S("fetch"));
}

static struct str
eval_with(struct cx *cx, const char *text, struct feel_run *run)
{
	struct messages m = { .arena = cx->arena, .file = S("f") };
	const struct value map = vars(cx);
	const struct feel_vars v = { .map = &map };
	const struct str names[] = { S("legal review") };
	const struct feel_scope scope = { .names = names, .n = 1 };
	const struct feel *e;
	struct value out;

	if (feel_parse(cx, str_z(text), &scope, &e, &m) != ERR_OK)
		return message_str(cx->arena, &m.v[0]);
	run->arena = cx->arena;
	run->vars = &v;
	run->resolve = resolve;
	run->call = call;
	out = feel_eval(run, e);
	run->vars = NULL;
	return feel_string(cx->arena, &out);
}

static struct str
eval(struct cx *cx, const char *text)
{
	struct feel_run run = { 0 };

	return eval_with(cx, text, &run);
}

struct feel_case {
	const char *text, *out;
};

static void
check_cases(struct cx *cx, const struct feel_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct str got = eval(cx, cases[i].text);

		if (!str_eq(got, str_z(cases[i].out)))
			test_fail_str(
			    __FILE__, __LINE__, cases[i].text, got, str_z(cases[i].out));
	}
}
#define CASES(cases) check_cases(cx, (cases), sizeof(cases) / sizeof *(cases))

TEST(feel_as_law_writes_it)
{
	static const struct feel_case cases[] = {
		{ "count(officers) >= 2", "true" },
		{ "every o in officers satisfies o.no < 3", "false" },
		{ "some o in officers satisfies o.no = 3", "true" },
		{ "if count(parts) > 1 then \"多\" else \"少\"", "多" },
		{ "parts[1].kind = \"政府\"", "true" },
		{ "parts[kind = \"town\"].amount", "[200]" },
		{ "passed(\"review\")", "true" },
		{ "done + duration(\"P90D\")", "2021-10-13" },
		{ "done >= date(\"2021-07-15\")", "true" },
		{ "outcome in (\"同意\", \"纠正\")", "true" },
		{ "sum(for p in parts return p.amount)", "300" },
		{ "officers[no > 1]", "[\"officers/2\", \"officers/3\"]" },
		{ "unit.kind", "government" },
		{ "officers.no", "[1, 2, 3]" },
		{ "legal_review - 2", "5" },
		{ "append(parts, { amount: 1 })[-1].amount", "1" },
		{ "not(some p in parts satisfies p.amount > 500)", "true" },
		{ "reasons != null", "false" },
		{ "reasons = null or count(reasons) > 0", "true" },
		{ "done.year", "2021" },
		{ "list contains([\"a\", \"b\"], outcome)", "false" },
	};

	CASES(cases);
}

TEST(feel_numbers)
{
	static const struct feel_case cases[] = {
		{ "0.1 + 0.2 = 0.3", "true" },
		{ "10 / 4", "2.5" },
		{ "1 / 3", "0.3333333333333333333333333333333333" },
		{ "2 ** 3 ** 2", "64" },
		{ "-5 ** 2", "25" },
		{ "9223372036854775807 + 1", "9223372036854775808" },
		{ "9223372036854775807 * 2 / 2", "9223372036854775807" },
		{ "1 / 0", "null" },
		{ "decimal(2.5, 0) + floor(-1.5) + ceiling(1.2)", "2" },
		{ "modulo(-12, 5)", "3" },
		{ "[1..5]", "[1..5]" },
		{ "3 in ]1..3[", "false" },
		{ "3 in (1..3]", "true" },
		{ "5 between 1 and 5 and true", "true" },
		{ "number(\"1 000,5\", \" \", \",\")", "1000.5" },
	};

	CASES(cases);
}

TEST(feel_grammar)
{
	static const struct feel_case cases[] = {
		{ "legal review", "null" },
		{ "{ legal review: 3, x: legal review * 2 }.x", "6" },
		{ "{ \"a b\": 1 }.a b", "1" },
		{ "for x in 1..3, y in [10, 20] return x + y",
		    "[11, 21, 12, 22, 13, 23]" },
		{ "for i in 3..1 return i", "[3, 2, 1]" },
		{ "for i in 0..4 return if i = 0 then 1 else i * partial[-1]",
		    "[1, 1, 2, 6, 24]" },
		{ "(function(a, b) a - b)(b: 1, a: 5)", "4" },
		{ "sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]" },
		{ "substring(string: \"foobar\", start position: 3)", "obar" },
		{ "date and time(\"2020-01-02T03:04:05Z\").hour", "3" },
		{ "@\"P1Y2M\".months", "2" },
		{ "1 instance of number", "true" },
		{ "[1, \"a\"] instance of list<number>", "false" },
		{ "\"a\\u00e9\\\"\" // 注释", "aé\"" },
		{ "1 /* 注释 */ + 1", "2" },
		{ "null > 1 or true", "true" },
		{ "null and true", "null" },
		{ "{a: {b: [1, 2]}}.a.b[2]", "2" },
		{ "if true then 1", "f:1:15: 表达式有误：if 之后缺少 else" },
		{ "1 +", "f:1:4: 表达式有误：表达式没有写完" },
		{ "甲 + \n  )", "f:2:3: 表达式有误：这里不能这样写" },
		{ "f(1", "f:1:4: 表达式有误：这里应当是“,”" },
		{ "\"abc", "f:1:1: 表达式有误：文本没有结束，缺少引号" },
		{ "1 2", "f:1:3: 表达式有误：这里多出了内容" },
		{ "", "f:1:1: 表达式有误：表达式没有写完" },
	};

	CASES(cases);
}

TEST(feel_says_what_is_missing)
{
	struct feel_run run = { .strict = true };

	CHECK_STR(
	    eval_with(cx, "reasons > 1 and unit.grade = 2 and 甲 = 1", &run), S("null"));
	CHECK(run.missing.n == 3);
	CHECK_STR(run.missing.v[0], S("reasons"));
	CHECK_STR(run.missing.v[1], S("unit.grade"));
	CHECK_STR(run.missing.v[2], S("甲"));
}

TEST(feel_strict_never_takes_missing_for_false)
{
	static const struct feel_case cases[] = {
		{ "unit.grade = 2", "null" },
		{ "unit.grade != 2", "null" },
		{ "reasons = null", "true" },
		{ "null != reasons", "false" },
		{ "reasons in (1, 2)", "null" },
		{ "if reasons = 1 then 1 else 2", "null" },
		{ "officers[grade = 1]", "null" },
		{ "parts[amount > 100].kind", "[\"town\"]" },
		{ "not(reasons = 1)", "null" },
		{ "reasons != null and reasons > 1", "false" },
		{ "some o in officers satisfies o.grade = 1", "null" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct feel_run run = { .strict = true };

		if (!str_eq(eval_with(cx, cases[i].text, &run), str_z(cases[i].out)))
			test_fail(__FILE__, __LINE__, cases[i].text);
	}
}

TEST(feel_stops_when_a_fact_is_needed)
{
	int self = 1;
	struct feel_run run = { .self = &self };

	CHECK_STR(eval_with(cx, "unit.later = 1 or true", &run), S("null"));
	CHECK(run.needs);
	run = (struct feel_run){ .self = &self };
	CHECK_STR(eval_with(cx, "fetch(1) or true", &run), S("null"));
	CHECK(run.needs && !run.exhausted);
}

TEST(feel_is_bounded)
{
	static const char *const heavy[] = {
		"for i in 1..1000000000 return i",
		"(function(f) f(f))(function(f) f(f))",
		"count(for i in 1..60 return for j in 1..60 return for k in 1..60 return "
		"1)",
		"{s: \"aaaaaaaaaaaaaaaa\", r: for i in 1..9000 return if i = 1 then s "
		"else "
		"partial[-1] + partial[-1]}.r",
	};
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < sizeof heavy / sizeof *heavy; i++) {
		struct feel_run run = { 0 };

		CHECK_STR(eval_with(cx, heavy[i], &run), S("null"));
		CHECK(run.exhausted && !run.needs);
	}
	/* a value that shares its parts: 2^60 when written out */
	buf_put(&b, S("{x0: [1, 1]"));
	for (int i = 1; i < 60; i++)
		buf_fmt(&b, ", x%d: [x%d, x%d]", i, i - 1, i - 1);
	for (int i = 0; i < 3; i++) {
		static const char *const ends[] = { "}",
			", s: string length(string(x59))}.s",
			", s: x59 = [x58, x58]}.s" };
		static const char *const outs[] = { "null", "1048576", "null" };
		struct feel_run run = { 0 };
		const struct str text = str_fmt(
		    cx->arena, "%.*s%s", STR_ARG(buf_str(&b)), ends[i]);

		CHECK_STR(eval_with(cx, text.p, &run), str_z(outs[i]));
		CHECK(run.exhausted == (i == 0));
	}
	b.n = 0;
	for (int i = 0; i < 5000; i++)
		buf_put(&b, S("(-["));
	CHECK(str_has(eval(cx, str_cz(cx->arena, buf_str(&b))), S("嵌套太深")));
	while (b.n < 17000)
		buf_put(&b, S("(-["));
	CHECK(str_has(eval(cx, str_cz(cx->arena, buf_str(&b))), S("太长")));
}

TEST(feel_names_are_the_free_ones)
{
	struct messages m = { .arena = cx->arena, .file = S("f") };
	struct feel_name_list names = { 0 }, calls = { 0 };
	const struct feel *e;

	CHECK_OK(feel_parse(cx,
	    S("some o in officers satisfies qualified(o, done) and "
	      "{ x: y, z: x }.z = rows[item > limit and amount = 1][1] and "
	      "count(for i in a return partial) = 1 and b in (< ?)"),
	    NULL, &e, &m));
	feel_names(cx->arena, e, &names);
	feel_calls(cx->arena, e, &calls);
	CHECK_STR(str_join(cx->arena, names.v, names.n, S(" ")),
	    S("officers done y rows limit amount a b"));
	CHECK_STR(str_join(cx->arena, calls.v, calls.n, S(" ")), S("qualified"));
}

TEST(feel_library)
{
	struct messages m = { .arena = cx->arena, .file = S("f") };
	const struct str params[] = { S("unit") }, list[] = { S("list") };
	struct feel_library lib = { 0 };
	struct feel_run run = { .library = &lib };
	const struct feel_scope at = { .line = 7, .column = 3 };

	CHECK_OK(feel_define(
	    cx, &lib, S("is_group"), params, 1, S("unit.kind = \"group\""), NULL, &m));
	CHECK_OK(feel_define(cx, &lib, S("real_units"), list, 1,
	    S("list[not(is_group(item))]"), NULL, &m));
	CHECK(feel_define(cx, &lib, S("count"), list, 1, S("1"), &at, &m) == ERR_INPUT);
	CHECK_STR(message_str(cx->arena, &m.v[0]), S("f:7:3: 函数 count 已经有了"));
	CHECK_STR(eval_with(cx, "real_units(append(officers, unit))", &run),
	    S("[\"units/4\"]"));
	CHECK_STR(eval_with(cx, "is_group(unit: unit)", &run), S("false"));
}

TEST(feel_unary_tests)
{
	static const struct {
		const char *tests;
		int64_t input;
		const char *out;
	} cases[] = { { "-", 1, "true" }, { "< 5, [7..9]", 8, "true" },
		{ "< 5, [7..9]", 6, "false" }, { "not(1, 2)", 3, "true" },
		{ "not(1, 2)", 2, "false" }, { "? > 3 and odd(?)", 5, "true" },
		{ "[1, 2, 3]", 2, "true" }, { "5", 5, "true" } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct messages m = { .arena = cx->arena, .file = S("f") };
		struct value map = value_map(), out;
		const struct feel_vars v = { .map = &map };
		struct feel_run run = { .arena = cx->arena, .vars = &v };
		const struct feel *e = NULL;

		value_set_int(cx->arena, &map, "?", cases[i].input);
		CHECK_OK(feel_parse_tests(cx, str_z(cases[i].tests), NULL, &e, &m));
		out = feel_eval(&run, e);
		if (!str_eq(feel_string(cx->arena, &out), str_z(cases[i].out)))
			test_fail(__FILE__, __LINE__, cases[i].tests);
	}
}
