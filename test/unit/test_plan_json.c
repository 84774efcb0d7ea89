/* A plan as JSON: two plans byte by byte, and of every other that each key is always
 * there. */
#include "web/pages/plan_json.h"

#include "intake/text.h"
#include "test.h"

static struct plan *
plan_of(struct cx *cx, const char *name)
{
	struct plan *p = NULL;

	CHECK_OK(plan_read_file(
	    cx, str_fmt(cx->arena, "test/golden/plans/%s.txt", name).p, &p));
	return p;
}

TEST(plan_json_byte_by_byte)
{
	static const char *const names[] = { "table", "lines-spoken" };

	for (int i = 0; i < 2; i++) {
		const struct plan *p = plan_of(cx, names[i]);
		struct str want;

		CHECK_OK(text_load(cx,
		    str_fmt(cx->arena, "test/golden/plans/%s.json", names[i]).p, 1 << 20,
		    &want));
		if (p)
			CHECK_STR(plan_json(cx, p), want);
	}
}

static size_t
count(struct str s, const char *key)
{
	const struct str k = str_z(key);
	size_t n = 0;

	for (size_t at = str_find(s, k, 0); at != SIZE_MAX; at = str_find(s, k, at + k.n))
		n++;
	return n;
}

/* Absent is null and lists are []: never an empty text, never a key left out. */
TEST(plan_json_has_every_key)
{
	static const char *const names[] = { "table", "table-numbers", "brackets",
		"lines", "items", "grid-tabs", "grid-leaders", "lines-first",
		"brackets-square" };
	static const char *const of_task[] = { "\"leaders\": [", "\"lead\": [",
		"\"units\": [", "\"deadline\": {", "\"milestones\": [", "\"classes\": [",
		"\"inherited\": [", "\"measure\":" };
	static const char *const of_plan[] = { "{\n  \"title\":", "\"sections\": [",
		"\"measures\": [", "\"tasks\": [", "\"damage\": [", "\"other\": [",
		"\"remainder\":" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct plan *p = plan_of(cx, names[i]);
		struct str s;

		if (!p)
			continue;
		s = plan_json(cx, p);
		for (size_t k = 0; k < sizeof of_task / sizeof *of_task; k++)
			CHECK(count(s, of_task[k]) == p->tasks.n);
		for (size_t k = 0; k < sizeof of_plan / sizeof *of_plan; k++)
			CHECK(count(s, of_plan[k]) == 1);
		CHECK(count(s, "\"suggest\":") == p->damage.n &&
		      count(s, "\"why\":") == p->damage.n &&
		      count(s, "\"count\":") == p->damage.n);
		CHECK(count(s, "\"kind\":") == p->tasks.n + p->other.n);
		CHECK(count(s, "\"section\":") == p->tasks.n + p->measures.n);
		CHECK(count(s, "\"title\":") == 1 + p->sections.n + p->measures.n);
		CHECK(count(s, ": \"\"") == 0);
	}
}
