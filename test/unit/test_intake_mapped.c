/*
 * The real table with every name of a person and of a unit put at random to others of the
 * same length, 区 turned into 县 and 旗, and its rows renumbered: the same structure must
 * come out. What is read is the form of a plan, not the names in it.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "intake/plan.h"
#include "intake/text.h"
#include "intake/units.h"
#include "test.h"

/* A random Han character; not one of those that join names in a list. */
static void
put_random(struct buf *b, uint64_t *seed)
{
	static const char joins[] = "和及等与各为牵头负责配合";
	char one[4];

	for (;;) {
		const uint32_t c = 0x4e00 + test_draw(seed) % (0x9fa5 - 0x4e00);
		const struct str s = { one, str_put_char(one, c) };

		if (str_has(str_z(joins), s))
			continue;
		buf_put(b, s);
		return;
	}
}

/* A person: every character. A unit: all but its level in front and its kind at the end.
 */
static struct str
other_name(struct cx *cx, struct str name, bool unit, uint64_t *seed)
{
	struct buf b = { .arena = cx->arena };
	const size_t n = str_chars(name);
	size_t k = 0;

	for (size_t i = 0; i < name.n; k++) {
		const size_t from = i;

		(void)str_next(name, &i);
		if (unit && (k + 1 == n || (k == 0 && str_starts(name, S("区")))))
			buf_put(&b, str_sub(name, from, i));
		else
			put_random(&b, seed);
	}
	return buf_str(&b);
}

static void
collect(struct cx *cx, struct map *m, const struct strs *names, bool unit, uint64_t *seed)
{
	for (size_t i = 0; i < names->n; i++) {
		const struct str s = names->v[i];
		struct str *other;

		if (map_find(m, s) || (unit && (unit_generic(s) || str_has(s, S("(")))))
			continue;
		other = arena_new(cx->arena, struct str);
		*other = other_name(cx, s, unit, seed);
		map_put(cx->arena, m, s, other);
	}
}

/* The longest name of the map that stands at i. */
static const struct map_item *
name_at(const struct map *m, struct str s, size_t i)
{
	const struct map_item *best = NULL;

	for (size_t k = 0; k < m->n; k++)
		if (str_starts(str_sub(s, i, s.n), m->items[k].key) &&
		    (!best || m->items[k].key.n > best->key.n))
			best = &m->items[k];
	return best;
}

static struct str
mapped(struct cx *cx, const struct map *m, struct str text)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < text.n;) {
		const size_t from = i;
		const struct map_item *item = (unsigned char)text.p[i] >= 0x80
						  ? name_at(m, text, i)
						  : NULL;

		if (item) {
			buf_put(&b, *(const struct str *)item->value);
			i += item->key.n;
			continue;
		}
		(void)str_next(text, &i);
		buf_put(&b, str_sub(text, from, i));
	}
	return buf_str(&b);
}

/* "17)" at the start of a line becomes "517)". */
static struct str
renumbered(struct cx *cx, struct str text)
{
	struct buf b = { .arena = cx->arena };
	struct str rest = text, line;

	while (str_split(&rest, S("\n"), &line)) {
		const size_t close = str_find(line, S(")"), 0);
		int64_t no;

		if (close <= 3 && str_int(str_sub(line, 0, close), &no)) {
			buf_put_int(&b, no + 500);
			buf_put(&b, str_sub(line, close, line.n));
		} else {
			buf_put(&b, line);
		}
		buf_put_byte(&b, '\n');
	}
	return buf_str(&b);
}

/* What must not change: everything but the names. */
static struct str
shape(struct cx *cx, const struct plan *p, int64_t numbers)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_task *t = &p->tasks.v[i];
		int64_t no = 0;

		(void)str_int(t->no, &no);
		buf_fmt(&b, "%lld/%.*s/%.*s %zu %zu %zu %d %lld %zu %zu %zu @%zu\n",
		    (long long)(no - numbers), STR_ARG(t->section), STR_ARG(t->measure),
		    t->leaders.n, t->lead.n, t->units.n, (int)t->deadline.kind,
		    (long long)t->deadline.by, t->classes.n, t->inherited.n,
		    t->milestones.n, t->line);
	}
	buf_fmt(&b, "%zu %zu %zu", p->sections.n, p->measures.n, p->remainder);
	return buf_str(&b);
}

TEST(intake_table_with_other_names)
{
	static const char *const levels[] = { "区", "县", "旗" };
	struct plan *p, *q;
	struct str text;
	uint64_t seed = 20161231;

	if (access("../shared", F_OK) != 0) {
		test_skip("../shared is absent");
		return;
	}
	CHECK_OK(text_load(
	    cx, "../shared/sources/003_0a28174be0e00f4e.txt", PLAN_FILE_MAX, &text));
	CHECK_OK(plan_read(cx, text, &p));
	for (int round = 0; round < 3; round++) {
		struct map m = { 0 };
		struct str other;

		for (size_t i = 0; i < p->tasks.n; i++) {
			collect(cx, &m, &p->tasks.v[i].leaders, false, &seed);
			collect(cx, &m, &p->tasks.v[i].lead, true, &seed);
			collect(cx, &m, &p->tasks.v[i].units, true, &seed);
		}
		other = renumbered(cx, mapped(cx, &m, text));
		other = str_replace(cx->arena, other, S("区"), str_z(levels[round]));
		CHECK_OK(plan_read(cx, other, &q));
		CHECK_STR(shape(cx, q, 500), shape(cx, p, 0));
	}
}

/* Wide and narrow marks, GB18030, CRLF and indents change nothing. */
TEST(intake_spellings_of_a_file)
{
	static const struct {
		const char *from, *to;
	} marks[] = { { "，", "," }, { "（", "(" }, { "）", ")" }, { "：", ":" },
		{ "；", ";" } };
	static const char *const names[] = { "table", "brackets", "lines", "items" };

	for (int k = 0; k < 4; k++) {
		struct str text, other;
		struct plan *p, *q;

		CHECK_OK(text_load(cx,
		    str_fmt(cx->arena, "test/golden/plans/%s.txt", names[k]).p,
		    PLAN_FILE_MAX, &text));
		CHECK_OK(plan_read(cx, text, &p));
		other = text;
		for (int i = 0; i < 5; i++)
			other = str_replace(
			    cx->arena, other, str_z(marks[i].from), str_z(marks[i].to));
		CHECK_OK(plan_read(cx, other, &q));
		CHECK_STR(shape(cx, q, 0), shape(cx, p, 0));
		other = str_replace(cx->arena, text, S("\n"), S("\r\n　　"));
		CHECK_OK(plan_read(cx, other, &q));
		CHECK_STR(shape(cx, q, 0), shape(cx, p, 0));
	}
}

TEST(intake_gb18030)
{
	struct plan *p, *q;

	CHECK_OK(plan_read_file(cx, "test/golden/plans/lines.txt", &p));
	CHECK_OK(plan_read_file(cx, "test/golden/plans/lines-gb18030.txt", &q));
	CHECK_STR(shape(cx, q, 0), shape(cx, p, 0));
	CHECK_STR(q->tasks.v[0].text, p->tasks.v[0].text);
}
