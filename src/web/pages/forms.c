/*
 * Rounds: asking the units of a plan for progress, the workbooks to be sent, and the
 * files that come back. How many rounds a year may be asked is law's business
 * (programme/round): a refusal is shown with its rule.
 */
#include "web/pages/forms.h"

#include "base/file.h"
#include "base/zip.h"
#include "out/xlsx.h"
#include "web/field.h"
#include "web/pages/page.h"
#include "web/pages/show.h"
#include "web/password.h"
#include "web/session.h"
#include "web/site.h"
#include "web/upload.h"
#include "web/word.h"

enum { FILES_MAX = 500 };

static struct str
tail(struct str subject)
{
	return str_sub(subject, str_rfind(subject, S("/")) + 1, subject.n);
}

/* ---- rounds of a plan ---- */

struct asking {
	struct view *v;
	struct programme programme;
	struct plan_rows plans;
	const struct plan_row *plan; /* NULL: there is none */
	struct task_rows rows;
	LIST(struct str) leads; /* units that lead something that can be reported on */
};

static bool
leads_has(const struct asking *g, struct str unit)
{
	for (size_t i = 0; i < g->leads.n; i++)
		if (str_eq(g->leads.v[i], unit))
			return true;
	return false;
}

static void
leads_fill(struct asking *g)
{
	const struct action_def *progress = action_find(
	    defs_procedure(g->v->defs, S("task")), S("progress"));

	for (size_t i = 0; i < g->rows.n; i++) {
		const struct task_row *t = &g->rows.v[i];
		const struct value *movers = value_get(t->fields, S("movers"));

		if (!id_list_has(&progress->at, t->stage))
			continue;
		for (size_t k = 0; k < value_count(movers); k++) {
			const struct str unit = value_str(value_at(movers, k));

			if (str_starts(unit, S("units/")) && !leads_has(g, unit))
				*list_add(&g->v->x->arena, &g->leads) = unit;
		}
	}
}

static bool
asking_open(struct exchange *x, struct view *v, struct asking *g)
{
	const struct str wanted = query_get(x, S("plan")).n ? query_get(x, S("plan"))
							    : form_get(x, S("plan"));

	*g = (struct asking){ .v = v };
	if (!view_open(x, v) || !round_allowed(v))
		return false;
	programme_open(v, &g->programme);
	if (!view_ok(v, programme_plans(&g->programme, &g->plans)))
		return false;
	for (size_t i = 0; i < g->plans.n; i++)
		if (!g->plan || str_eq(g->plans.v[i].subject, wanted))
			g->plan = &g->plans.v[i];
	if (!g->plan)
		return true;
	if (!view_ok(v, programme_of_plan(&g->programme, g->plan->subject, &g->rows)))
		return false;
	leads_fill(g);
	return true;
}

static void
plans_put(struct html *h, const struct asking *g)
{
	struct tab *v = arena_array(&g->v->x->arena, struct tab, g->plans.n + 1);

	for (size_t i = 0; i < g->plans.n; i++)
		v[i] = (struct tab){ g->plans.v[i].title,
			url_query(&g->v->x->arena, S("/forms"),
			    { S("plan"), g->plans.v[i].subject }),
			-1, &g->plans.v[i] == g->plan };
	if (g->plans.n > 1)
		tabs(h, W(plans), v, g->plans.n);
}

static void
rounds_put(struct html *h, const struct asking *g)
{
	const struct grid_column columns[] = {
		{ .title = W(round_title), .head = true, .wide = true },
		{ .title = W(forms_asked_units), .number = true },
		{ .title = W(round_returned), .number = true },
		{ .title = W(round_due), .day = true }, { .title = W(stage_now) }
	};
	const struct read_filter f = { S("plan"), READ_IS, value_text(g->plan->subject) };
	const struct read_query q = { .family = S("round"),
		.filters = &f,
		.n = 1,
		.descending = true,
		.limit = 50 };
	struct exchange *x = g->v->x;
	struct read_page page;
	struct grid t;

	if (read_matters(&x->cx, &g->v->r, &q, &page) != ERR_OK || !page.n)
		return;
	html(h, L("<h2>"), T(W(rounds_begun)), L("</h2>\n"));
	t = grid_open(h, W(rounds_caption), columns, 5);
	for (size_t i = 0; i < page.n; i++) {
		const struct value *state = value_get(&page.v[i], S("state"));
		const struct value *fields = value_get(state, S("fields"));

		row_open(&t);
		cell(&t, L("<a href=\""),
		    U(str_fmt(&x->arena, "/forms/%.*s",
			STR_ARG(tail(value_str(value_get(&page.v[i], S("subject"))))))),
		    L("\">"), T(value_str(value_get(fields, S("title")))), L("</a>"));
		cell(&t, N((int64_t)value_count(value_get(fields, S("asked")))));
		cell(&t, N((int64_t)value_count(value_get(fields, S("returned")))));
		cell(&t,
		    T(day_chinese(&x->arena, value_num(value_get(fields, S("due"))))));
		cell(&t, T(show_stage(show_procedure(g->v, state), state)));
		row_close(&t);
	}
	grid_close(&t);
}

/* 2018年上半年进展, as the round's own hint has it. */
static struct str
title_suggested(const struct asking *g)
{
	const struct civil c = day_civil(cx_today(&g->v->x->cx));

	return word_n(&g->v->x->arena,
	    c.month <= 6 ? W(round_first_half) : W(round_second_half), c.year);
}

static void
start_form(struct html *h, struct asking *g)
{
	struct exchange *x = g->v->x;
	const struct procedure_def *p = defs_procedure(g->v->defs, S("round"));
	const struct field *asked = field_find(&p->fields, S("asked"));
	struct option *units = arena_array(&x->arena, struct option, g->leads.n + 1);

	for (size_t i = 0; i < g->leads.n; i++)
		units[i] = (struct option){ g->leads.v[i],
			programme_party(&g->programme, g->leads.v[i])->name, S("") };
	html(h, L("<h2>"), T(action_find(p, S("start"))->title), L("</h2>\n"));
	form_open(h, S("/forms"));
	field_hidden(h, S("key"), token_new(&x->cx));
	field_hidden(h, S("plan"), g->plan->subject);
	field_text(h, .name = S("title"),
	    .label = field_find(&p->fields, S("title"))->title,
	    .value = title_suggested(g));
	field_day(h, .name = S("due"), .label = field_find(&p->fields, S("due"))->title,
	    .value = day_iso(&x->arena, cx_today(&x->cx) + 15));
	details_open(h, word_n(&x->arena, W(round_asks), (int64_t)g->leads.n));
	field_checks(h, .name = S("asked"), .label = asked->title, .hint = asked->hint,
	    .choices = units, .n = g->leads.n, .checked = g->leads.v,
	    .nchecked = g->leads.n);
	details_close(h);
	button_row_open(h);
	button_primary(h, W(round_start));
	button_row_close(h);
	form_close(h);
}

static void
asking_page(struct asking *g, int status)
{
	struct exchange *x = g->v->x;
	struct html *h = page_open(x, .title = W(forms), .section = S("/forms"));

	error_summary(h);
	if (g->plan) {
		plans_put(h, g);
		if (g->plans.n == 1)
			html(h, L("<p>"), T(g->plan->title), L("</p>\n"));
		rounds_put(h, g);
		start_form(h, g);
	} else {
		empty_put(h, W(plan_none), W(round_no_plan));
	}
	page_close(x, h, status);
}

void
page_forms(struct exchange *x)
{
	struct asking g;
	VIEW v = { 0 };

	if (asking_open(x, &v, &g))
		asking_page(&g, 200);
}

static void
started(struct exchange *x)
{
	const struct act_answer *answer = act_answer(x);
	struct asking g;
	VIEW v = { 0 };

	if (answer->err == ERR_OK)
		respond_redirect(x, str_fmt(&x->arena, "/forms/%.*s",
					STR_ARG(tail(answer->result.subject))));
	else if (answer->err != ERR_REFUSED)
		respond_err(x, answer->err);
	else if (asking_open(x, &v, &g))
		asking_page(&g, 422);
}

/* The office of the plan's adoption asks. */
static struct str
office_of(const struct asking *g)
{
	const struct read_filter f = { S("plan"), READ_IS, value_text(g->plan->subject) };
	const struct read_query q = {
		.family = S("plan-adoption"), .filters = &f, .n = 1
	};
	struct read_page page;

	if (read_matters(&g->v->x->cx, &g->v->r, &q, &page) != ERR_OK || !page.n)
		return S("");
	return value_str(value_path(&page.v[0], "state.fields.office"));
}

void
page_forms_post(struct exchange *x)
{
	struct act act = { .family = S("round"),
		.action = S("start"),
		.form = value_map(),
		.done = cx_today(&x->cx) };
	struct value asked = value_list();
	struct asking g;
	int64_t due;
	VIEW v = { 0 };

	if (!asking_open(x, &v, &g))
		return;
	if (!g.plan) {
		respond_error(x, 404);
		return;
	}
	for (size_t i = 0; i < x->req.form.n; i++)
		if (str_eq(x->req.form.v[i].name, S("asked")))
			value_add(&x->arena, &asked, value_text(x->req.form.v[i].value));
	value_set_text(&x->arena, &act.form, "plan", g.plan->subject);
	value_set_text(&x->arena, &act.form, "title", str_trim(form_get(x, S("title"))));
	value_set_text(&x->arena, &act.form, "office", office_of(&g));
	value_set(&x->arena, &act.form, S("asked"), asked);
	if (day_read(form_get(x, S("due")), &due))
		value_set_int(&x->arena, &act.form, "due", due);
	else
		form_refuse(x, S("due"), W(day_wrong));
	if (!str_trim(form_get(x, S("title"))).n)
		form_refuse(x, S("title"), W(name_empty));
	if (x->cx.refusals.n)
		asking_page(&g, 422);
	else
		act_submit(x, &act, started);
}

/* ---- one round ---- */

static void
units_put(struct html *h, struct round *r)
{
	const struct grid_column columns[] = { { .title = W(desk_unit), .head = true },
		{ .title = W(plan_tasks), .number = true }, { .title = W(round_state) },
		{ .title = W(round_form) } };
	const struct value *asked = value_get(r->fields, S("asked"));
	struct grid t = grid_open(h, W(forms_asked_units), columns, 4);

	for (size_t i = 0; i < value_count(asked); i++) {
		const struct str unit = value_str(value_at(asked, i));
		size_t n = 0;

		for (size_t k = 0; k < r->rows.n; k++)
			n += round_wants(r, &r->rows.v[k], unit);
		row_open(&t);
		cell(&t, T(programme_party(&r->programme, unit)->name));
		cell(&t, N((int64_t)n));
		cell_open(&t);
		if (round_returned(r, unit))
			badge(h, TONE_DONE, W(round_returned));
		else
			badge(h, TONE_PLAIN, W(round_unreturned));
		cell_close(&t);
		cell(&t, L("<a href=\""),
		    U(str_fmt(&r->v->x->arena, "/forms/%.*s/unit/%.*s", STR_ARG(r->n),
			STR_ARG(tail(unit)))),
		    L("\">"), T(W(round_download)), L("</a>"));
		row_close(&t);
	}
	grid_close(&t);
}

/* Merges that were begun for this round and are not finished. */
static void
begun_put(struct html *h, struct round *r)
{
	struct exchange *x = r->v->x;
	struct draft_list drafts;
	bool any = false;

	if (draft_all(&x->cx, x->site->drafts, FORMS_KIND, &drafts) != ERR_OK)
		return;
	for (size_t i = 0; i < drafts.n; i++) {
		const struct draft *d = &drafts.v[i];

		if (!str_eq(value_str(value_get(&d->state, S("round"))), r->n))
			continue;
		html(h, any ? L("") : L("<ul>\n"), L("<li><a href=\""),
		    U(str_fmt(&x->arena, "/forms/in/%.*s", STR_ARG(d->id))), L("\">"),
		    T(word_fill(&x->arena, W(round_begun),
			word_int(&x->arena,
			    (int64_t)value_count(value_get(&d->state, S("files")))),
			day_chinese(&x->arena, day_of_ms(d->created)))),
		    L("</a></li>\n"));
		any = true;
	}
	if (any)
		html(h, L("</ul>\n"));
}

static void
round_page(struct round *r, int status)
{
	struct exchange *x = r->v->x;
	struct html *h = page_open(x, .title = r->title, .section = S("/forms"),
	    .crumbs = { { W(forms),
		url_query(&x->arena, S("/forms"), { S("plan"), r->plan }) } });

	error_summary(h);
	button_row_open(h);
	button_link(h, str_fmt(&x->arena, "/forms/%.*s/all.zip", STR_ARG(r->n)),
	    W(round_download_all));
	button_link(h, show_path(&x->arena, r->subject), W(record));
	button_row_close(h);
	if (r->is_open) {
		html(h, L("<h2>"), T(W(forms_merge)), L("</h2>\n"));
		begun_put(h, r);
		form_open_files(h, str_fmt(&x->arena, "/forms/%.*s", STR_ARG(r->n)));
		field_file(h, .name = S("files"), .label = W(round_files),
		    .hint = W(round_files_hint), .accept = S(".xlsx,.csv"), .many = true);
		button_row_open(h);
		button_primary(h, W(read_file));
		button_row_close(h);
		form_close(h);
	}
	units_put(h, r);
	page_close(x, h, status);
}

void
page_round(struct exchange *x)
{
	struct round r;
	VIEW v = { 0 };

	if (round_open(x, &v, x->req.args[0], &r))
		round_page(&r, 200);
}

static struct str
file_name(struct round *r, struct str unit)
{
	return str_fmt(&r->v->x->arena, "%.*s-%.*s.xlsx",
	    STR_ARG(programme_party(&r->programme, unit)->name), STR_ARG(r->title));
}

void
page_round_unit(struct exchange *x)
{
	const struct str unit = str_fmt(&x->arena, "units/%.*s", STR_ARG(x->req.args[1]));
	struct str bytes;
	struct round r;
	VIEW v = { 0 };

	if (!round_open(x, &v, x->req.args[0], &r))
		return;
	if (!round_asks(&r, unit))
		respond_error(x, 404);
	else if (view_ok(&v, form_write(&r, unit, &bytes)))
		respond_download(x, XLSX_TYPE, file_name(&r, unit), bytes);
}

void
page_round_zip(struct exchange *x)
{
	LIST(struct zip_entry) entries = { 0 };
	const struct value *asked;
	struct round r;
	VIEW v = { 0 };

	if (!round_open(x, &v, x->req.args[0], &r))
		return;
	asked = value_get(r.fields, S("asked"));
	for (size_t i = 0; i < value_count(asked); i++) {
		const struct str unit = value_str(value_at(asked, i));
		struct zip_entry *e = list_add(&x->arena, &entries);

		/* A slash in a unit's name would be a folder. */
		e->name = str_replace(&x->arena, file_name(&r, unit), S("/"), S("-"));
		if (!view_ok(&v, form_write(&r, unit, &e->bytes)))
			return;
	}
	respond_download(x, S("application/zip"),
	    str_fmt(&x->arena, "%.*s.zip", STR_ARG(r.title)),
	    zip_pack(&x->cx, entries.v, entries.n));
}

/* ---- files that came back ---- */

/* One of many: what is wrong with it is listed, and the others go on. A mark that asks
 * for a person stops them all, because the answer is one box for all. */
static struct value
file_take(struct round *r, const struct upload *u)
{
	struct exchange *x = r->v->x;
	struct value one = value_map();
	struct str bytes, why;
	const enum accepted is = upload_judge(x, u, &why);

	if (is == ACCEPT_ASKS)
		upload_refuse(x, u, is, why);
	if (is == ACCEPTED &&
	    file_read(&x->cx, u->path, ACCEPT_BYTES_MAX, &bytes) == ERR_OK)
		return form_read(r, u->filename, bytes);
	value_set_text(&x->arena, &one, "name", u->filename);
	value_set_text(&x->arena, &one, "error", why.n ? why : x->cx.why);
	return one;
}

static enum err
files_keep(struct round *r, struct str *id)
{
	struct exchange *x = r->v->x;
	struct value state = value_map(), files = value_list();

	for (size_t i = 0; i < x->req.files.n && value_count(&files) <= FILES_MAX; i++)
		if (str_eq(x->req.files.v[i].name, S("files")) &&
		    x->req.files.v[i].filename.n)
			value_add(&x->arena, &files, file_take(r, &x->req.files.v[i]));
	if (x->cx.refusals.n)
		return ERR_REFUSED;
	if (!value_count(&files) || value_count(&files) > FILES_MAX)
		return word_fail(&x->cx, ERR_INPUT,
		    value_count(&files) ? word_n(&x->arena, W(round_too_many), FILES_MAX)
					: W(file_none));
	value_set_text(&x->arena, &state, "round", r->n);
	value_set(&x->arena, &state, S("files"), files);
	return draft_add(
	    &x->cx, x->site->drafts, FORMS_KIND, r->v->person, &state, NULL, 0, id);
}

void
page_round_post(struct exchange *x)
{
	struct round r;
	struct str id;
	enum err err;
	VIEW v = { 0 };

	if (!round_open(x, &v, x->req.args[0], &r))
		return;
	err = r.is_open ? files_keep(&r, &id)
			: word_fail(&x->cx, ERR_INPUT, W(round_closed));
	if (err == ERR_INPUT)
		form_refuse(x, S("files"), x->cx.why);
	if (err == ERR_INPUT || err == ERR_REFUSED) {
		round_page(&r, 422);
	} else if (view_ok(&v, err)) {
		respond_redirect(x, str_fmt(&x->arena, "/forms/in/%.*s", STR_ARG(id)));
	}
}
