/*
 * The review of a plan that was read, before anything is written. Damage is shown with
 * what may have been meant; a person chooses, and the text is read again with the words
 * put back.
 */
#include "web/field.h"
#include "web/pages/import.h"
#include "web/pages/page.h"
#include "web/pages/plan_json.h"
#include "web/word.h"

static void
deadlines_put(struct html *h, const struct plan *p)
{
	const struct grid_column columns[] = { { .title = W(task_limit), .head = true },
		{ .title = W(plan_tasks), .number = true } };
	size_t years[301] = { 0 }, continuous = 0, none = 0;
	struct grid t;

	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_deadline *d = &p->tasks.v[i].deadline;

		if (d->kind == DEADLINE_DATE)
			years[day_civil(d->by).year - 1900]++;
		else if (d->kind == DEADLINE_CONTINUOUS)
			continuous++;
		else
			none++;
	}
	t = grid_open(h, W(review_limits), columns, 2);
	for (int y = 0; y <= 300; y++)
		if (years[y]) {
			row_open(&t);
			cell(&t, T(word_n(&t.h->x->arena, W(review_year), y + 1900)));
			cell(&t, N((int64_t)years[y]));
			row_close(&t);
		}
	row_open(&t);
	cell(&t, T(W(limit_continuous)));
	cell(&t, N((int64_t)continuous));
	row_close(&t);
	row_open(&t);
	cell(&t, T(W(review_no_limit)));
	cell(&t, N((int64_t)none));
	row_close(&t);
	grid_close(&t);
}

/* Which lines are meant, where the file itself shows none. */
static void
lines_put(struct html *h, struct import *i)
{
	switch (i->source.kind) {
	case PLAN_SOURCE_WORD:
		html(h, L("<p class=\"hint\">"), T(W(review_lines_word)), L("</p>\n"));
		break;
	case PLAN_SOURCE_SHEET:
		html(h, L("<p class=\"hint\">"), T(W(review_lines_sheet)), L("</p>\n"));
		break;
	case PLAN_SOURCE_TEXT:
	case PLAN_SOURCE_LEDGER:
		break;
	}
}

static void
counts_put(struct html *h, struct import *i)
{
	const struct plan *p = i->plan;
	size_t no_leader = 0, no_lead = 0, inherited = 0, dated = 0;
	const struct str tasks = import_path(i, "/tasks");

	for (size_t k = 0; k < p->tasks.n; k++) {
		no_leader += !p->tasks.v[k].leaders.n;
		no_lead += !p->tasks.v[k].lead.n;
		inherited += p->tasks.v[k].inherited.n > 0;
		dated += p->tasks.v[k].milestones.n > 0;
	}
	figures_open(h);
	figure(h, TONE_PLAIN, (int64_t)p->sections.n, W(review_sections), S(""));
	figure(h, TONE_PLAIN, (int64_t)p->measures.n, W(task_measure), S(""));
	figure(h, TONE_PLAIN, (int64_t)p->tasks.n, W(desk_task), tasks);
	figure(h, TONE_PLAIN, (int64_t)p->damage.n, W(review_damage), S(""));
	figures_close(h);
	deadlines_put(h, p);
	facts_open(h);
	fact(h, W(review_form), T(str_z(plan_form_chinese(p->form))));
	fact(h, W(document_number), T(p->number.n ? p->number : W(review_no_number)));
	fact(h, W(review_no_leader),
	    T(word_n(&i->x->arena, W(items_n), (int64_t)no_leader)));
	fact(h, W(review_no_lead), T(word_n(&i->x->arena, W(items_n), (int64_t)no_lead)));
	fact(h, W(review_inherited),
	    T(word_n(&i->x->arena, W(items_n), (int64_t)inherited)));
	fact(
	    h, W(review_milestones), T(word_n(&i->x->arena, W(items_n), (int64_t)dated)));
	fact(h, W(review_remainder),
	    T(word_fill(&i->x->arena, W(review_remainder_n),
		word_int(&i->x->arena, (int64_t)p->remainder),
		word_int(&i->x->arena, (int64_t)p->chars))));
	facts_close(h);
	html(h, L("<p><a href=\""), U(tasks), L("\">"), T(W(review_tasks)),
	    L("</a>&#12288;<a href=\""), U(import_path(i, "/file")), L("\">"),
	    T(W(review_file)), L("</a>&#12288;<a href=\""),
	    U(import_path(i, "/reading.json")), L("\">"), T(W(review_json)), L("</a>"));
	if (i->source.kind != PLAN_SOURCE_LEDGER)
		html(h, L("&#12288;<a href=\""), U(import_path(i, "/text")), L("\">"),
		    T(W(review_plain)), L("</a>"));
	html(h, L("</p>\n"));
	lines_put(h, i);
}

static struct str
numbered(struct import *i, const char *name, size_t k)
{
	return str_fmt(&i->x->arena, "%s%zu", name, k);
}

/* One damaged place that words can be put into. */
static void
damage_field(struct html *h, struct import *i, size_t k)
{
	const struct plan_damage *d = &i->plan->damage.v[k];
	struct option options[3] = { { S("keep"), W(review_keep), S("") } };
	const struct str label = word_fill(&i->x->arena, W(review_place),
	    word_int(&i->x->arena, (int64_t)d->line), str_z(plan_why_chinese(d->why)),
	    d->text);
	size_t n = 1;

	if (plan_suggests_words(d))
		options[n++] = (struct option){ S("take"),
			word_fill(&i->x->arena, W(review_take), d->suggest), S("") };
	options[n++] = (struct option){ S("own"), W(review_own), S("") };
	field_radios(h, .name = numbered(i, "d", k), .label = label, .value = S("keep"),
	    .hint = plan_suggests_words(d) ? S("") : d->suggest, .choices = options,
	    .n = n);
	field_text(h, .name = numbered(i, "own", k), .hide_label = true,
	    .label = word_n(&i->x->arena, W(review_line_to), (int64_t)d->line),
	    .value = d->text);
}

static void
advice_put(struct html *h, struct import *i, const bool *can)
{
	const struct grid_column columns[] = { { .title = W(line_one), .number = true },
		{ .title = W(review_damage) },
		{ .title = W(review_printed), .wide = true },
		{ .title = W(review_places), .number = true },
		{ .title = W(review_suggestion), .wide = true } };
	struct grid t;
	size_t n = 0;

	for (size_t k = 0; k < i->plan->damage.n; k++)
		n += !can[k];
	if (!n)
		return;
	html(h, L("<h2>"), T(W(review_advice)), L("</h2>\n"));
	t = grid_open(h, W(review_advice_are), columns, 5);
	for (size_t k = 0; k < i->plan->damage.n; k++) {
		const struct plan_damage *d = &i->plan->damage.v[k];

		if (can[k])
			continue;
		row_open(&t);
		cell(&t, N((int64_t)d->line));
		cell(&t, T(str_z(plan_why_chinese(d->why))));
		cell(&t, L("<q class=\"code\">"), T(d->text), L("</q>"));
		cell(&t, N((int64_t)(d->count ? d->count : 1)));
		cell(&t, T(d->suggest));
		row_close(&t);
	}
	grid_close(&t);
}

static void
amended_put(struct html *h, struct import *i)
{
	if (!i->n_amend)
		return;
	html(h, L("<h2>"), T(W(review_amended)), L("</h2>\n"));
	for (size_t k = 0; k < i->n_amend; k++) {
		const struct str id = numbered(i, "undo", k);

		html(h, L("<div class=\"choice\"><input type=\"checkbox\" name=\""),
		    T(id), L("\" id=\""), T(id), L("\" value=\"1\"><label for=\""), T(id),
		    L("\">"),
		    T(word_n(&i->x->arena, W(review_undo), (int64_t)i->amend[k].line)),
		    L("<q class=\"code\">"), T(i->amend[k].text),
		    L("</q> → <q class=\"code\">"), T(i->amend[k].to),
		    L("</q></label></div>\n"));
	}
}

static void
review(struct import *i, int status)
{
	bool *can = arena_array(&i->x->arena, bool, i->plan->damage.n + 1);
	const bool any = plan_can_amend(
	    &i->x->cx, &i->source, i->plan->damage.v, i->plan->damage.n, can);
	struct html *h = import_page(i, 1);

	counts_put(h, i);
	form_open(h, import_path(i, ""));
	field_hidden(h, S("amended"), str_fmt(&i->x->arena, "%zu", i->n_amend));
	amended_put(h, i);
	if (any)
		html(h, L("<h2>"), T(W(review_decide)), L("</h2>\n<p>"),
		    T(W(review_decide_text)), L("</p>\n"));
	for (size_t k = 0; k < i->plan->damage.n; k++)
		if (can[k])
			damage_field(h, i, k);
	advice_put(h, i, can);
	button_row_open(h);
	button_primary(h, W(save_on));
	button_row_close(h);
	form_close(h);
	page_close(i->x, h, status);
}

void
page_import_review(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (import_open(x, &v, &i))
		review(&i, 200);
}

/* ---- what was decided ---- */

static void
amend_keep(struct import *i, struct value *list, const struct amend *a)
{
	struct value one = value_map();

	value_set_int(&i->x->arena, &one, "line", (int64_t)a->line);
	value_set_text(&i->x->arena, &one, "text", a->text);
	value_set_text(&i->x->arena, &one, "to", a->to);
	value_add(&i->x->arena, list, one);
}

/* What the person chose for one place; false when the words are missing. */
static bool
damage_decided(struct import *i, size_t k, struct value *list)
{
	const struct plan_damage *d = &i->plan->damage.v[k];
	const struct str how = form_get(i->x, numbered(i, "d", k));
	struct amend a = { d->line, d->text,
		str_trim(form_get(i->x, numbered(i, "own", k))) };

	if (!str_eq(how, S("take")) && !str_eq(how, S("own")))
		return true;
	if (str_eq(how, S("take")))
		a.to = d->suggest;
	if (!a.to.n || a.to.n > 1000 || str_has(a.to, S("\n"))) {
		form_refuse(i->x, numbered(i, "own", k),
		    word_n(&i->x->arena, W(review_bad_words), (int64_t)d->line));
		return false;
	}
	if (!str_eq(a.to, a.text))
		amend_keep(i, list, &a);
	return true;
}

/* Another page has changed the text meanwhile: its places are no longer these. */
static bool
is_same_reading(const struct import *i)
{
	int64_t n;

	return str_int(form_get(i->x, S("amended")), &n) && n == (int64_t)i->n_amend;
}

void
page_import_review_post(struct exchange *x)
{
	struct value list = value_list();
	struct import i;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i))
		return;
	if (!is_same_reading(&i)) {
		form_refuse(x, S(""), W(review_changed));
		review(&i, 409);
		return;
	}
	for (size_t k = 0; k < i.n_amend; k++)
		if (!form_get(x, numbered(&i, "undo", k)).n)
			amend_keep(&i, &list, &i.amend[k]);
	for (size_t k = 0; k < i.plan->damage.n; k++)
		damage_decided(&i, k, &list);
	if (x->cx.refusals.n) {
		review(&i, 422);
		return;
	}
	const bool changed = !value_eq(&list, value_get(&i.draft.state, S("amend"))) &&
			     (value_count(&list) || i.n_amend);
	value_set(&x->arena, &i.draft.state, S("amend"), list);
	if (view_ok(&v, import_save(&i)))
		respond_redirect(x, import_path(&i, changed ? "" : "/names"));
}

/* ---- row by row ---- */

static struct str
joined(struct import *i, const struct strs *list)
{
	return str_join(&i->x->arena, list->v, list->n, W(list_comma));
}

static struct str
deadline_text(struct import *i, const struct plan_deadline *d)
{
	switch (d->kind) {
	case DEADLINE_DATE:
		return day_iso(&i->x->arena, d->by);
	case DEADLINE_CONTINUOUS:
		return W(limit_continuous);
	case DEADLINE_NONE:
	case PLAN_DEADLINE_COUNT_:
		break;
	}
	return S("");
}

void
page_import_tasks(struct exchange *x)
{
	const struct grid_column columns[] = { { .title = W(row_no), .head = true },
		{ .title = W(review_text), .wide = true }, { .title = W(task_leaders) },
		{ .title = W(task_lead), .names = true },
		{ .title = W(task_units), .wide = true },
		{ .title = W(task_limit), .day = true }, { .title = W(task_classes) },
		{ .title = W(review_line), .number = true } };
	struct import i;
	struct html *h;
	struct grid t;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i))
		return;
	h = page_open(x, .title = W(review_read), .above = i.plan->title, .wide = true,
	    .section = S("/plan"),
	    .crumbs = { { W(plans), S("/plan") }, { W(import_crumb), S("/plan/import") },
		{ W(review_check), import_path(&i, "") } });
	t = grid_open_scroll(h, W(review_read), columns, 8);
	for (size_t k = 0; k < i.plan->tasks.n; k++) {
		const struct plan_task *task = &i.plan->tasks.v[k];

		row_open(&t);
		cell(&t, T(task->no));
		cell(&t, T(task->text));
		cell(&t, T(joined(&i, &task->leaders)));
		cell(&t, T(joined(&i, &task->lead)));
		cell(&t, T(joined(&i, &task->units)));
		cell(&t, T(deadline_text(&i, &task->deadline)));
		cell(&t, T(joined(&i, &task->classes)));
		cell(&t, N((int64_t)task->line));
		row_close(&t);
	}
	grid_close(&t);
	page_close(x, h, 200);
}

void
page_import_json(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (import_open(x, &v, &i))
		respond_download(x, S("application/json; charset=utf-8"),
		    str_fmt(&x->arena, "%.*s.json", STR_ARG(i.plan->title)),
		    plan_json(&x->cx, i.plan));
}
