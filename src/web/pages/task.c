/*
 * One task of a programme: its words as the plan prints them, who must do what by when,
 * and the one thing this reader can do about it now.
 */
#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/law.h"
#include "web/pages/matter.h"
#include "web/pages/page.h"
#include "web/pages/programme.h"
#include "web/site.h"
#include "web/word.h"

struct task_page {
	struct matter_page m;
	struct programme p;
	struct task_row row;
};

static enum err
task_load(struct view *v, struct str subject, struct task_page *t)
{
	TRY(matter_load(v, subject, &t->m));
	programme_open(v, &t->p);
	return programme_row(&t->p, subject, &t->m.state, &t->row);
}

static const struct value *
field_of(const struct task_page *t, const char *id)
{
	return value_get(t->m.fields, str_z(id));
}

static bool
is_hidden(const struct task_page *t, const char *id)
{
	return id_list_has(&t->m.hidden, str_z(id));
}

static bool
list_has(const struct value *list, const struct value *one)
{
	for (size_t i = 0; i < value_count(list); i++)
		if (value_eq(value_at(list, i), one))
			return true;
	return false;
}

/* Those of `all` that are not in `some`. */
static struct value
without(struct arena *a, const struct value *all, const struct value *some)
{
	struct value rest = value_list();

	for (size_t i = 0; i < value_count(all); i++)
		if (!list_has(some, value_at(all, i)))
			value_add(a, &rest, *value_at(all, i));
	return rest;
}

/* ---- what is to be done ---- */

/* The next step of a task's course, whoever reads; reports of a continuous task come
 * every half year, its 销号 once a year. */
static const struct act_choice *
next_step(const struct task_page *t)
{
	static const char *const steps[] = { "sign", "verify", "acknowledge",
		"name-lead" };
	static const char *const reports[] = { "apply", "progress" };
	const bool ongoing = str_eq(t->row.stage, S("ongoing"));
	const struct act_choice *c;

	for (size_t i = 0; i < 4; i++) {
		const bool is_naming = i == 3;

		c = matter_choice(&t->m, steps[i]);
		if (c && (!is_naming || str_eq(t->row.stage, S("waiting"))))
			return c;
	}
	for (size_t i = 0; i < 2; i++) {
		c = matter_choice(&t->m, reports[ongoing ? 1 - i : i]);
		if (c)
			return c;
	}
	return NULL;
}

static void
names_fact(struct html *h, struct view *v, struct str label, const struct value *list)
{
	if (!value_count(list))
		return;
	fact_open(h, label);
	for (size_t i = 0; i < value_count(list); i++) {
		if (i)
			html(h, T(W(list_comma)));
		show_link(h, v, value_str(value_at(list, i)));
	}
	fact_close(h);
}

/* Whom the task waits for, when it waits for somebody. */
static void
waiting_put(struct html *h, struct task_page *t)
{
	struct view *v = t->m.v;
	struct arena *a = &v->x->arena;
	const struct value unsigned_by = without(
	    a, field_of(t, "movers"), field_of(t, "signed"));
	const struct value silent = without(
	    a, field_of(t, "movers"), field_of(t, "applied"));
	const struct value *verifier = field_of(t, "verifier");

	if (str_eq(t->row.stage, S("issued")))
		names_fact(h, v, W(task_unsigned), &unsigned_by);
	else if (str_eq(t->row.stage, S("returned")))
		names_fact(h, v, W(task_silent), &silent);
	if (verifier->kind == V_TEXT) {
		fact_open(h, W(task_verifier));
		show_link(h, v, verifier->s);
		fact_close(h);
	}
}

static void
returned_put(struct html *h, struct task_page *t)
{
	const bool returned = str_eq(t->row.stage, S("returned")) &&
			      !is_hidden(t, "back-reason");
	const bool objected = str_eq(t->row.stage, S("waiting")) &&
			      !is_hidden(t, "objection");
	const struct value *reason = field_of(t, returned ? "back-reason" : "objection");

	if ((!returned && !objected) || reason->kind != V_TEXT)
		return;
	notice_open(h, TONE_WARN, returned ? W(task_back) : W(task_objection));
	html(h, L("<p>"), T(reason->s), L("</p>\n"));
	if (returned)
		html(h, L("<p>"), T(W(task_back_to)),
		    T(programme_names(&t->p, field_of(t, "back-to"))), L("</p>\n"));
	notice_close(h);
}

/* ---- what it is ---- */

static void
state_put(struct html *h, struct task_page *t)
{
	html(h, L("<p>"));
	badge(h, t->row.tone, t->row.state_words);
	if (!str_eq(t->row.state_words, t->row.stage_title)) {
		html(h, L(" "));
		badge(h, TONE_PLAIN, t->row.stage_title);
	}
	html(h, L("</p>\n"));
}

static void
limit_put(struct html *h, struct task_page *t)
{
	if (!t->row.limit.n)
		return;
	fact_open(h, W(task_limit));
	html(h, T(t->row.continuous || t->row.due == DAY_NONE
			? t->row.limit
			: day_chinese(&t->m.v->x->arena, t->row.due)));
	if (t->row.at_takeover)
		html(h, T(W(letter_comma)), T(W(need_takeover)));
	fact_close(h);
}

static void
facts_put(struct html *h, struct task_page *t)
{
	struct view *v = t->m.v;

	facts_open(h);
	names_fact(h, v, W(task_lead), field_of(t, "lead"));
	if (!value_eq(field_of(t, "movers"), field_of(t, "lead")))
		names_fact(h, v, W(task_movers), field_of(t, "movers"));
	names_fact(h, v, W(task_units), field_of(t, "units"));
	if (t->row.leaders.n)
		fact(h, W(task_leaders), T(t->row.leaders));
	limit_put(h, t);
	if (t->row.classes.n)
		fact(h, W(task_classes), T(t->row.classes));
	waiting_put(h, t);
	fact_open(h, W(task_plan));
	show_link(h, v, value_str(field_of(t, "plan")));
	fact_close(h);
	if (t->row.section.n)
		fact(h, W(task_section), T(t->row.section));
	if (t->row.measure.n)
		fact(h, W(task_measure), T(t->row.measure));
	facts_close(h);
}

static void
milestones_put(struct html *h, struct task_page *t)
{
	const struct grid_column columns[] = { { .title = W(task_by), .day = true },
		{ .title = W(task_milestone), .head = true, .wide = true },
		{ .title = W(task_reached) } };
	const struct value *rows = field_of(t, "milestones");
	const struct value *reached = field_of(t, "reached");
	struct arena *a = &t->m.v->x->arena;
	struct grid g;

	if (!value_count(rows))
		return;
	g = grid_open(h, W(task_milestones), columns, 3);
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *by = value_get(value_at(rows, i), S("by"));
		const bool done = by->kind == V_INT && reached->kind == V_INT &&
				  by->i <= reached->i;

		row_open(&g);
		cell(&g, T(by->kind == V_INT ? day_iso(a, by->i) : S("")));
		cell(&g, T(value_str(value_get(value_at(rows, i), S("text")))));
		cell(&g, T(done ? W(task_reached_yes) : S("")));
		row_close(&g);
	}
	grid_close(&g);
}

static void
reports_put(struct html *h, struct task_page *t)
{
	const struct field *f = field_find(&t->m.procedure->fields, S("reports"));
	const struct field *evidence = field_find(&t->m.procedure->fields, S("evidence"));
	const struct value *rows = field_of(t, "reports");
	struct value newest = value_list();

	html(h, L("<h2>"), T(W(task_reports)), L("</h2>\n"));
	if (is_hidden(t, "reports")) {
		show_masks(h, t->m.procedure, &t->m.masks);
		return;
	}
	if (!value_count(rows))
		html(h, L("<p>"), T(W(task_no_reports)), L("</p>\n"));
	for (size_t i = value_count(rows); i-- > 0;)
		value_add(&t->m.v->x->arena, &newest, *value_at(rows, i));
	if (f && value_count(rows))
		show_rows(h, t->m.v, f, f->title, &newest);
	if (evidence && value_count(field_of(t, "evidence")))
		show_rows(h, t->m.v, evidence, evidence->title, field_of(t, "evidence"));
}

/* The lead collects from those that take part: it may ask them here. */
static void
inquiry_put(struct html *h, struct task_page *t)
{
	struct view *v = t->m.v;
	struct read_page posts = { 0 };
	bool leads = false;

	if (!value_count(field_of(t, "units")) ||
	    ask_posts(&v->x->cx, &v->r, v->person, &posts) != ERR_OK)
		return;
	for (size_t i = 0; i < posts.n; i++)
		leads |= task_leads(
		    &t->row, value_str(value_path(&posts.v[i], "values.unit")));
	if (leads && !value_true(value_get(&t->m.state, S("closed"))))
		html(h, L("<p><a href=\""),
		    U(url_query(&v->x->arena, S("/new/inquiry/ask"),
			{ S("task"), t->m.subject })),
		    L("\">"), T(W(task_ask)), L("</a></p>\n"));
}

/* What the plan still leaves open stands beside what is decided elsewhere. */
static void
conclusions_put(struct html *h, struct task_page *t)
{
	static const char *const ids[] = { "points", "schedule", "signer", "opinion",
		"summary", "adjustment" };

	facts_open(h);
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		const struct field *f = field_find(
		    &t->m.procedure->fields, str_z(ids[i]));
		const struct value *value = field_of(t, ids[i]);

		if (!f || value->kind != V_TEXT || is_hidden(t, ids[i]))
			continue;
		fact_open(h, f->title);
		show_value(h, t->m.v, f, value);
		fact_close(h);
	}
	facts_close(h);
}

static void
task_show(struct view *v, struct task_page *t)
{
	struct exchange *x = v->x;
	const struct act_choice *next = next_step(t);
	struct html *h = page_open(x,
	    .title = word_fill(&x->arena, W(task_title), t->row.no),
	    .above = show_name(v, value_str(field_of(t, "plan"))),
	    .section = S("/ledger"),
	    .crumbs = { { W(home), S("/") }, { W(ledger), S("/ledger") } });

	matter_done_panel(h, &t->m);
	html(h, L("<p class=\"lead\">"), T(t->row.text), L("</p>\n"));
	state_put(h, t);
	returned_put(h, t);
	matter_doubts(h, &t->m);
	if (next)
		matter_primary(h, &t->m, next);
	matter_others(h, &t->m, next);
	facts_put(h, t);
	milestones_put(h, t);
	matter_clocks(h, &t->m);
	reports_put(h, t);
	inquiry_put(h, t);
	conclusions_put(h, t);
	law_link(h, v, t->m.procedure);
	if (!view_ok(v, timeline_put(h, &t->m)))
		return;
	page_close(x, h, 200);
}

void
page_task(struct exchange *x)
{
	struct task_page t = { 0 };
	int64_t n;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	if (!str_int(x->req.args[0], &n) || n <= 0)
		respond_error(x, 404);
	else if (view_ok(&v,
		     task_load(&v, str_fmt(&x->arena, "task/%lld", (long long)n), &t)))
		task_show(&v, &t);
}
