/* The reading of a plan as JSON: every key always there, absent is null, lists are []. */
#include "web/pages/plan_json.h"

#include "out/json.h"

static void
put_text(struct json *j, const char *key, struct str s)
{
	json_key(j, key);
	if (s.n)
		json_str(j, s);
	else
		json_null(j);
}

static void
put_number(struct json *j, const char *key, size_t n)
{
	json_key(j, key);
	json_int(j, (int64_t)n);
}

static void
put_strs(struct json *j, const char *key, const struct strs *list)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < list->n; i++)
		json_str(j, list->v[i]);
	json_close(j, ']');
}

static void
put_day(struct cx *cx, struct json *j, const char *key, int64_t day)
{
	put_text(j, key, day == DAY_NONE ? (struct str){ 0 } : day_iso(cx->arena, day));
}

static void
put_dates(struct cx *cx, struct json *j, const struct plan_task *t)
{
	json_key(j, "deadline");
	json_open(j, '{');
	put_text(j, "kind", str_z(plan_deadline_name(t->deadline.kind)));
	put_day(cx, j, "by", t->deadline.by);
	json_close(j, '}');
	json_key(j, "milestones");
	json_open(j, '[');
	for (size_t i = 0; i < t->milestones.n; i++) {
		json_open(j, '{');
		put_day(cx, j, "by", t->milestones.v[i].by);
		put_text(j, "text", t->milestones.v[i].text);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_task(struct cx *cx, struct json *j, const struct plan_task *t)
{
	json_open(j, '{');
	put_text(j, "no", t->no);
	put_text(j, "section", t->section);
	put_text(j, "measure", t->measure);
	put_text(j, "text", t->text);
	put_strs(j, "leaders", &t->leaders);
	put_strs(j, "lead", &t->lead);
	put_strs(j, "units", &t->units);
	put_dates(cx, j, t);
	put_strs(j, "classes", &t->classes);
	json_key(j, "inherited");
	json_open(j, '[');
	for (size_t i = 0; i < t->inherited.n; i++) {
		json_open(j, '{');
		put_text(j, "field", t->inherited.v[i].field);
		put_text(j, "from", t->inherited.v[i].from);
		json_close(j, '}');
	}
	json_close(j, ']');
	put_number(j, "line", t->line);
	json_close(j, '}');
}

static void
put_headings(struct json *j, const struct plan *p)
{
	json_key(j, "sections");
	json_open(j, '[');
	for (size_t i = 0; i < p->sections.n; i++) {
		json_open(j, '{');
		put_text(j, "no", p->sections.v[i].no);
		put_text(j, "title", p->sections.v[i].title);
		put_number(j, "line", p->sections.v[i].line);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_key(j, "measures");
	json_open(j, '[');
	for (size_t i = 0; i < p->measures.n; i++) {
		const struct plan_measure *m = &p->measures.v[i];

		json_open(j, '{');
		put_text(j, "no", m->no);
		put_text(j, "section", m->section);
		put_text(j, "title", m->title);
		put_text(j, "text", m->text);
		put_number(j, "line", m->line);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_account(struct json *j, const struct plan *p)
{
	json_key(j, "damage");
	json_open(j, '[');
	for (size_t i = 0; i < p->damage.n; i++) {
		const struct plan_damage *d = &p->damage.v[i];

		json_open(j, '{');
		put_number(j, "line", d->line);
		put_text(j, "text", d->text);
		put_text(j, "why", str_z(plan_why_name(d->why)));
		put_text(j, "suggest", d->suggest);
		put_number(j, "count", d->count);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_key(j, "other");
	json_open(j, '[');
	for (size_t i = 0; i < p->other.n; i++) {
		json_open(j, '{');
		put_number(j, "from", p->other.v[i].from);
		put_number(j, "to", p->other.v[i].to);
		put_text(j, "kind", p->other.v[i].kind);
		json_close(j, '}');
	}
	json_close(j, ']');
	put_number(j, "remainder", p->remainder);
}

struct str
plan_json(struct cx *cx, const struct plan *p)
{
	struct buf b = { .arena = cx->arena };
	struct json j = { .b = &b };

	json_open(&j, '{');
	put_text(&j, "title", p->title);
	put_headings(&j, p);
	json_key(&j, "tasks");
	json_open(&j, '[');
	for (size_t i = 0; i < p->tasks.n; i++)
		put_task(cx, &j, &p->tasks.v[i]);
	json_close(&j, ']');
	put_account(&j, p);
	json_close(&j, '}');
	buf_put_byte(&b, '\n');
	return buf_str(&b);
}
