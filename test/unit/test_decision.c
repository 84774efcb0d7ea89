/* Decision tables: every hit policy, what missing does, what loading finds out. */
#include "test.h"

#include "base/buf.h"
#include "lang/feel_table.h"
#include "procedure/decision.h"

static struct decision_def
table_of(struct cx *cx, struct messages *m, const char *hit, const char *rows)
{
	const struct str text = str_fmt(cx->arena,
	    "table: t\ntitle: 表\nhit: %s\n"
	    "inputs:\n  n: { title: 数, type: int }\n  b: { title: 真假, type: bool }\n"
	    "outputs:\n  r: { title: 结果, type: int }\n%s",
	    hit, rows);
	const struct feel_run run = { .arena = cx->arena };
	struct decision_def d = { 0 };
	struct yaml_node *root;

	if (yaml_parse(m, text, &root) == ERR_OK) {
		decision_load(cx, m, root, &d);
		if (!m->n)
			decision_check(cx, m, &d, &run);
	}
	return d;
}

/* The answer for n and b (NULL: missing), with the rows it came from: "7 [1]". */
static struct str
judged(struct cx *cx, const struct decision_def *d, const char *n, const char *b)
{
	struct feel_run run = { .arena = cx->arena, .strict = true };
	struct value given[2] = { value_null(), value_null() };
	struct feel_table_answer answer;
	struct buf out = { .arena = cx->arena };
	int64_t i;

	if (n && str_int(str_z(n), &i))
		given[0] = value_int(i);
	if (b)
		given[1] = value_bool(b[0] == 't');
	feel_table_judge(&run, &d->table, given, &answer);
	buf_put(&out, feel_string(cx->arena, &answer.value));
	for (size_t k = 0; k < answer.n_rows; k++)
		buf_fmt(&out, " [%zu]", answer.rows[k] + 1);
	if (answer.undecided)
		buf_put(&out, S(" ?"));
	return buf_str(&out);
}

#define ROWS                                              \
	"rows:\n"                                         \
	"  - { when: { n: \"> 1\" }, then: { r: 10 } }\n" \
	"  - { when: { n: \"> 2\" }, then: { r: 20 } }\n" \
	"  - { when: { n: \"> 3\", b: \"true\" }, then: { r: 30 } }\n"

TEST(decision_hits)
{
	static const struct {
		const char *hit, *more, *n, *b, *want;
	} cases[] = {
		{ "F", "", "9", "true", "10 [1]" },
		{ "F", "", "1", "true", "null" },
		{ "F", "otherwise: { r: 0 }\n", "1", "true", "0" },
		{ "P", "order: { r: [30, 20, 10] }\n", "9", "true", "30 [3]" },
		{ "O", "order: { r: [20, 30, 10] }\n", "9", "true",
		    "[20, 30, 10] [2] [3] [1]" },
		{ "R", "", "9", "true", "[10, 20, 30] [1] [2] [3]" },
		{ "C", "", "3", "false", "[10, 20] [1] [2]" },
		{ "C", "", "1", "false", "[]" },
		{ "C+", "", "9", "true", "60 [1] [2] [3]" },
		{ "C<", "", "9", "true", "10 [1] [2] [3]" },
		{ "C>", "", "9", "true", "30 [1] [2] [3]" },
		{ "C#", "", "3", "true", "2 [1] [2]" },
		{ "C#", "", "1", "true", "0" },
		/* missing: F has its answer before it matters, the others hang on it */
		{ "F", "", "9", NULL, "10 [1]" },
		{ "C+", "", "9", NULL, "null ?" },
		{ "C+", "", "3", NULL, "30 [1] [2]" },
		{ "F", "otherwise: { r: 0 }\n", NULL, "true", "null ?" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct messages m = { .arena = cx->arena };
		const struct decision_def d = table_of(
		    cx, &m, cases[i].hit, str_fmt(cx->arena, ROWS "%s", cases[i].more).p);

		CHECK(m.n == 0);
		CHECK_STR(judged(cx, &d, cases[i].n, cases[i].b), str_z(cases[i].want));
	}
}

TEST(decision_overlap_and_gap)
{
	static const struct {
		const char *hit, *rows, *fault, *gap;
	} cases[] = {
		{ "U",
		    "  - { when: { n: \"< 5\" }, then: { r: 1 } }\n"
		    "  - { when: { n: \">= 5\" }, then: { r: 2 } }\n",
		    "", "" },
		{ "U",
		    "  - { when: { n: \"<= 5\" }, then: { r: 1 } }\n"
		    "  - { when: { n: \">= 5\" }, then: { r: 2 } }\n",
		    "第 1 行和第 2 行同时符合：数=5，真假=是", "" },
		{ "A",
		    "  - { when: { n: \"<= 5\" }, then: { r: 1 } }\n"
		    "  - { when: { n: \">= 5\" }, then: { r: 1 } }\n",
		    "", "" },
		{ "U",
		    "  - { when: { n: \"[1..5]\" }, then: { r: 1 } }\n"
		    "  - { when: { n: \"[6..9]\" }, then: { r: 2 } }\n",
		    "", "数=0" },
		{ "U",
		    "  - { when: { n: \"< 5\" }, then: { r: 1 } }\n"
		    "  - { when: { n: \"> 7\" }, then: { r: 2 } }\n",
		    "", "数=5" },
		{ "U",
		    "  - { when: { n: \"< 5\" }, then: { r: 1 } }\n"
		    "  - { when: { n: \">= 5\", b: \"true\" }, then: { r: 2 } }\n",
		    "", "数=5，真假=否" },
		/* a condition of its own decides nothing at load */
		{ "U",
		    "  - { when: { n: \"odd(?)\" }, then: { r: 1 } }\n"
		    "  - { when: { n: \"> 1\" }, then: { r: 2 } }\n",
		    "", "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct messages m = { .arena = cx->arena };
		const struct decision_def d = table_of(cx, &m, cases[i].hit,
		    str_fmt(cx->arena, "rows:\n%s", cases[i].rows).p);

		CHECK_STR(m.n ? m.v[0].text : S(""), str_z(cases[i].fault));
		CHECK_STR(d.gap, str_z(cases[i].gap));
	}
}
