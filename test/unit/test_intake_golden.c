/*
 * Plans of our own against what was read out of them once and checked by hand: each
 * NAME.txt in test/golden/plans that has a NAME.want. One line a task, then damage, then
 * what is neither.
 */
#include "base/buf.h"
#include "intake/plan.h"
#include "intake/text.h"
#include "test.h"

static void
put_list(struct buf *b, const struct strs *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_put_byte(b, '/');
		buf_put(b, list->v[i]);
	}
	buf_put_byte(b, '|');
}

static void
put_task(struct cx *cx, struct buf *b, const struct plan_task *t)
{
	buf_fmt(b, "%zu|%.*s|%.*s|%.*s|%.*s|", t->line, STR_ARG(t->no),
	    STR_ARG(t->section), STR_ARG(t->measure),
	    STR_ARG(str_replace(cx->arena, t->text, S("\n"), S("/"))));
	put_list(b, &t->leaders);
	put_list(b, &t->lead);
	put_list(b, &t->units);
	put_list(b, &t->classes);
	buf_put(b, t->deadline.kind == DEADLINE_DATE
		       ? day_iso(cx->arena, t->deadline.by)
		       : str_z(plan_deadline_name(t->deadline.kind)));
	for (size_t i = 0; i < t->milestones.n; i++)
		buf_fmt(b, " %.*s", STR_ARG(day_iso(cx->arena, t->milestones.v[i].by)));
	for (size_t i = 0; i < t->inherited.n; i++)
		buf_fmt(b, " %.*s:%.*s", STR_ARG(t->inherited.v[i].field),
		    STR_ARG(t->inherited.v[i].from));
	buf_put_byte(b, '\n');
}

static struct str
rendered(struct cx *cx, const struct plan *p)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < p->tasks.n; i++)
		put_task(cx, &b, &p->tasks.v[i]);
	for (size_t i = 0; i < p->damage.n; i++)
		buf_fmt(&b, "! %zu %s %zu %.*s\n", p->damage.v[i].line,
		    plan_why_name(p->damage.v[i].why), p->damage.v[i].count,
		    STR_ARG(p->damage.v[i].suggest));
	for (size_t i = 0; i < p->other.n; i++)
		buf_fmt(&b, "- %zu %zu %.*s\n", p->other.v[i].from, p->other.v[i].to,
		    STR_ARG(p->other.v[i].kind));
	buf_fmt(&b, "= %zu\n", p->remainder);
	return buf_str(&b);
}

static void
golden(struct cx *cx, const char *name)
{
	struct plan *p;
	struct str want;

	CHECK_OK(text_load(
	    cx, str_fmt(cx->arena, "test/golden/plans/%s.want", name).p, 1 << 20, &want));
	if (plan_read_file(
		cx, str_fmt(cx->arena, "test/golden/plans/%s.txt", name).p, &p)) {
		CHECK_STR(cx->why, S("read"));
		return;
	}
	CHECK_STR(rendered(cx, p), want);
}

TEST(intake_golden_limits_in_brackets)
{
	golden(cx, "brackets-limits");
}
