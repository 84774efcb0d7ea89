/*
 * Plans whose names were exchanged: every person and every unit of a plan gets another
 * name, everywhere in the file, and the plan must be read as before with the new names in
 * the old places. The pools hold what makes a reader stumble: 和, 及, 等 inside a name,
 * persons whose names end as offices do, units that end as nothing we know, names of
 * other lengths. Left out is what nobody can tell: 各 inside a name, and 和, 及, 等
 * inside one that the document prints only once.
 */
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "intake/known.h"
#include "intake/plan.h"
#include "intake/units.h"
#include "test.h"

enum pool { POOL_ORDINARY, POOL_HARSH, POOL_FREE, POOL_COUNT_ };

static const char family[] = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗";
static const char given[] = "东南山江河湖云龙明清华安平泰康宁永兴福德文英俊秀兰梅光春秋";
static const char stumbling[] = "和及等与处办局委县旗镇院团会";
static const char *const ends[] = { "局", "委", "办", "处", "中心", "委员会", "管理局",
	"办公室", "院", "团委", "联合会", "大队" };

static void
put_of(struct buf *b, const char *pool, uint64_t *seed)
{
	const size_t n = str_z(pool).n / 3, k = test_draw(seed) % n;

	buf_put(b, (struct str){ pool + k * 3, 3 });
}

/* Any Han character but those that a date, a group or a verb is made of. */
static void
put_any(struct buf *b, uint64_t *seed)
{
	static const char
	    never[] = "和及等与各为牵头负责配合年月日底前期长类有关部门单位";
	char one[4];

	for (;;) {
		const uint32_t c = 0x4e00 + test_draw(seed) % (0x9fa5 - 0x4e00);
		const struct str s = { one, str_put_char(one, c) };

		if (str_has(str_z(never), s))
			continue;
		buf_put(b, s);
		return;
	}
}

static struct str
person(struct cx *cx, enum pool pool, uint64_t *seed)
{
	struct buf b = { .arena = cx->arena };
	const uint32_t more = 1 + test_draw(seed) % 2;

	if (pool == POOL_FREE)
		put_any(&b, seed);
	else
		put_of(&b, family, seed);
	for (uint32_t k = 0; k < more; k++)
		if (pool == POOL_FREE)
			put_any(&b, seed);
		else
			put_of(&b, pool == POOL_HARSH ? stumbling : given, seed);
	return buf_str(&b);
}

/* `often`: the document prints it more than once, so a joint inside can be told. */
static struct str
unit(struct cx *cx, enum pool pool, struct str old, bool often, uint64_t *seed)
{
	struct buf b = { .arena = cx->arena };
	const uint32_t n = 2 + test_draw(seed) % 4;
	size_t level = 0;

	(void)str_next(old, &level);
	if (str_has(S("区县市旗省"), str_sub(old, 0, level)))
		buf_put(&b, str_sub(old, 0, level));
	for (uint32_t k = 0; k < n; k++)
		if (pool == POOL_FREE)
			put_any(&b, seed);
		else if (pool == POOL_HARSH && often && test_draw(seed) % 2)
			put_of(&b, stumbling, seed);
		else
			put_of(&b, given, seed);
	if (pool != POOL_FREE)
		buf_put_z(&b, ends[test_draw(seed) % (sizeof ends / sizeof *ends)]);
	return buf_str(&b);
}

struct exchange {
	struct cx *cx;
	enum pool pool;
	uint64_t seed;
	struct known known; /* of the original */
	struct map names;   /* old name to struct str * */
	struct map given;   /* new names, so that none is given twice */
};

static void
collect(struct exchange *x, struct str text, const struct strs *names, bool units)
{
	for (size_t i = 0; i < names->n; i++) {
		const struct str s = names->v[i];
		struct str *other;

		/* A name printed wide (江 平) is not found in the text: it stays. */
		if (map_find(&x->names, s) || !str_has(text, s) ||
		    (units && (unit_generic(s) || str_has(s, S("(")) ||
				  str_has(s, S("（")) || str_chars(s) < 3)))
			continue;
		other = arena_new(x->cx->arena, struct str);
		do
			*other = units ? unit(x->cx, x->pool, s,
					     known_count(&x->known, s) > 1, &x->seed)
				       : person(x->cx, x->pool, &x->seed);
		while (map_find(&x->given, *other) || unit_generic(*other));
		map_put(x->cx->arena, &x->names, s, other);
		map_put(x->cx->arena, &x->given, *other, other);
	}
}

/* The longest old name that stands at i. */
static const struct str *
name_at(const struct exchange *x, struct str s, size_t i, size_t *n)
{
	*n = 90;
	if (s.n - i < *n)
		*n = s.n - i;
	for (; *n >= 6; (*n)--) {
		const struct str *other = map_find(&x->names, str_sub(s, i, i + *n));

		if (other)
			return other;
	}
	return NULL;
}

static struct str
exchanged(const struct exchange *x, struct str text)
{
	struct buf b = { .arena = x->cx->arena };
	size_t n = 0;

	for (size_t i = 0; i < text.n;) {
		const size_t from = i;
		const struct str *other = (unsigned char)text.p[i] >= 0x80
					      ? name_at(x, text, i, &n)
					      : NULL;

		if (other) {
			buf_put(&b, *other);
			i += n;
			continue;
		}
		(void)str_next(text, &i);
		buf_put(&b, str_sub(text, from, i));
	}
	return buf_str(&b);
}

static void
put_names(struct buf *b, const struct exchange *x, const struct strs *names)
{
	for (size_t i = 0; i < names->n; i++) {
		buf_put(b, x ? exchanged(x, names->v[i]) : names->v[i]);
		buf_put_byte(b, '/');
	}
	buf_put_byte(b, '|');
}

/* All that is read but texts and damage; with `x`, as it must be read afterwards. */
static struct str
shape(struct cx *cx, const struct plan *p, const struct exchange *x)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_task *t = &p->tasks.v[i];

		buf_fmt(&b, "%.*s %.*s %.*s @%zu ", STR_ARG(t->no), STR_ARG(t->section),
		    STR_ARG(t->measure), t->line);
		put_names(&b, x, &t->leaders);
		put_names(&b, x, &t->lead);
		put_names(&b, x, &t->units);
		put_names(&b, NULL, &t->classes);
		buf_fmt(&b, "%d %lld", (int)t->deadline.kind, (long long)t->deadline.by);
		for (size_t k = 0; k < t->milestones.n; k++)
			buf_fmt(&b, " %lld", (long long)t->milestones.v[k].by);
		for (size_t k = 0; k < t->inherited.n; k++)
			buf_fmt(&b, " %.*s:%.*s", STR_ARG(t->inherited.v[k].field),
			    STR_ARG(t->inherited.v[k].from));
		buf_put_byte(&b, '\n');
	}
	buf_fmt(&b, "%zu %zu %zu", p->sections.n, p->measures.n, p->remainder);
	return buf_str(&b);
}

static void
check_exchanged(struct cx *cx, struct str text, enum pool pool, uint64_t seed)
{
	struct exchange x = { .cx = cx, .pool = pool, .seed = seed };
	struct plan *p, *q;
	struct text lines;
	struct str utf8;

	CHECK_OK(text_decode(cx, text, &utf8));
	CHECK_OK(text_split(cx, utf8, &lines));
	text_fold(cx, &lines);
	known_collect(cx, &x.known, &lines);
	CHECK_OK(plan_read(cx, text, &p));
	for (size_t i = 0; i < p->tasks.n; i++) {
		collect(&x, utf8, &p->tasks.v[i].leaders, false);
		collect(&x, utf8, &p->tasks.v[i].lead, true);
		collect(&x, utf8, &p->tasks.v[i].units, true);
	}
	CHECK(x.names.n > 2);
	CHECK_OK(plan_read(cx, exchanged(&x, text), &q));
	CHECK_STR(shape(cx, q, NULL), shape(cx, p, &x));
}

static void
check_file(struct cx *cx, const char *path, int pools, int seeds)
{
	struct str text;

	CHECK_OK(text_load(cx, path, PLAN_FILE_MAX, &text));
	for (int pool = 0; pool < pools; pool++)
		for (int s = 0; s < seeds; s++)
			check_exchanged(
			    cx, text, (enum pool)pool, 20170000u + (uint64_t)s);
}

/* A table of three rows teaches too little to tell names of any characters. */
TEST(intake_names_exchanged_in_our_own)
{
	static const char *const names[] = { "table", "table-numbers", "brackets",
		"lines", "brackets-limits", "table-synonyms", "cells-restart" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		check_file(cx, str_fmt(cx->arena, "test/golden/plans/%s.txt", names[i]).p,
		    POOL_FREE, 2);
}

TEST(intake_names_exchanged_in_real_plans)
{
	static const char *const paths[] = { "sources/003_0a28174be0e00f4e.txt",
		"sources/000_b97c4419305f3b6d.txt", "sources/004_977136e14aa6108a.txt",
		"data/plans/"
		"01-广东省人民政府办公厅关于印发广东省推进涉烟打假打私工作方案的通"
		"知.txt",
		"data/plans/"
		"02-重庆市人民政府办公厅关于促进内外贸一体化发展的实施意见.txt",
		"data/plans/"
		"06-国务院关于促进综合保税区高水平开放高质量发展的若干意见.txt",
		"data/plans/"
		"07-国务院办公厅关于深入开展消费扶贫助力打赢脱贫攻坚战的指导意见.txt",
		"data/plans/09-国务院办公厅关于加快发展体育竞赛表演产业的指导意见.txt" };

	if (access("../shared", F_OK) != 0) {
		test_skip("../shared is absent");
		return;
	}
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		check_file(cx, str_fmt(cx->arena, "../shared/%s", paths[i]).p,
		    POOL_COUNT_, i ? 1 : 3);
}
