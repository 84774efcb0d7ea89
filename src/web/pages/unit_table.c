/*
 * The page of a unit: what it leads, as a table to be filled in by who may, and what it
 * takes part in. The last text stands in each field already.
 */
#include "web/pages/unit_table.h"

#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/password.h"
#include "web/word.h"

/* ---- reading ---- */

static bool
list_names(const struct value *list, struct str subject)
{
	for (size_t i = 0; i < value_count(list); i++)
		if (str_eq(value_str(value_at(list, i)), subject))
			return true;
	return false;
}

/* Who may enter: a post in the unit with the competence, or one in the office that
 * supervises. The door judges each act anyway; this decides what is offered. */
static enum err
mode_read(struct unit_table *t, struct view *v)
{
	struct read_page posts;
	bool reports, supervises;

	t->mode = ENTRY_NONE;
	TRY(ask_can(t->p.cx, &v->r, v->person, S("report-task"), &reports));
	TRY(ask_can(t->p.cx, &v->r, v->person, S("supervise-task"), &supervises));
	TRY(ask_posts(t->p.cx, &v->r, v->person, &posts));
	for (size_t i = 0; i < posts.n; i++) {
		const struct str post = value_str(value_get(&posts.v[i], S("subject")));
		const struct str unit = value_str(value_path(&posts.v[i], "values.unit"));
		const bool is_own = str_eq(unit, t->unit->subject);
		const bool is_office = str_eq(
		    programme_party(&t->p, unit)->role, S("justice"));

		if ((!is_own || !reports) && (!is_office || !supervises))
			continue;
		if (t->mode == ENTRY_OWN && !is_own)
			continue;
		t->mode = is_own ? ENTRY_OWN : ENTRY_FOR_UNIT;
		t->post = post;
	}
	return ERR_OK;
}

bool
unit_row_may(const struct unit_table *t, const struct task_row *row, const char *action)
{
	const struct procedure_def *def = defs_edition(
	    t->p.v->defs, value_str(value_get(row->state, S("edition"))), S("task"));
	const struct action_def *a = def ? action_find(def, str_z(action)) : NULL;

	return t->mode != ENTRY_NONE && a &&
	       (a->at_any || id_list_has(&a->at, row->stage)) &&
	       task_leads(row, t->unit->subject) &&
	       (!str_eq(str_z(action), S("sign")) ||
		   !list_names(value_get(row->fields, S("signed")), t->unit->subject));
}

static void
rows_split(struct unit_table *t, const struct task_rows *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct task_row *row = &all->v[i];
		const bool leads = task_leads(row, t->unit->subject);
		const size_t at = t->all_leads;

		if (row->need == NEED_OVER && leads)
			continue;
		if (!leads) {
			*list_add(t->p.cx->arena, &t->others) = *row;
			continue;
		}
		t->all_leads++;
		t->unsigned_count += unit_row_may(t, row, "sign");
		if (at / UNIT_ROWS == t->page)
			*list_add(t->p.cx->arena, &t->leads) = *row;
	}
}

enum err
unit_table_read(struct unit_table *t, struct view *v)
{
	struct exchange *x = t->x;
	const struct str page = x->req.method == HTTP_POST ? form_get(x, S("page"))
							   : query_get(x, S("page"));
	struct task_rows all;
	int64_t n;

	programme_open(v, &t->p);
	if (str_int(page, &n) && n > 1 && n < 1000)
		t->page = (size_t)n - 1;
	if (!str_int(x->req.args[0], &n) || n <= 0)
		return word_fail(&x->cx, ERR_NOT_FOUND, W(none_unit));
	t->n = str_fmt(&x->arena, "%lld", (long long)n);
	t->unit = programme_party(&t->p, str_fmt(&x->arena, "units/%.*s", STR_ARG(t->n)));
	if (!t->unit->name.n)
		return word_fail(&x->cx, ERR_NOT_FOUND, W(none_unit));
	TRY(mode_read(t, v));
	TRY(programme_of_unit(&t->p, t->unit->subject, &all));
	rows_split(t, &all);
	return ERR_OK;
}

/* ---- names of inputs ---- */

struct str
unit_input(struct arena *a, const char *what, const struct task_row *row)
{
	return str_fmt(a, "%s-%lld", what, (long long)row->n);
}

struct str
unit_evidence(struct arena *a, const struct task_row *row, size_t i, const char *what)
{
	return str_fmt(a, "evidence-%lld-%zu-%s", row ? (long long)row->n : 0LL, i, what);
}

struct str
unit_digest(struct arena *a, struct str text)
{
	return str_fmt(a, "%016llx", (unsigned long long)str_hash(str_trim(text)));
}

static struct str
action_title(const struct unit_table *t, const char *action)
{
	const struct procedure_def *def = defs_procedure(t->p.v->defs, S("task"));
	const struct action_def *a = def ? action_find(def, str_z(action)) : NULL;

	return a ? a->title : S("");
}

/* ---- the form around it ---- */

static void
ticked_put(struct unit_table *t)
{
	struct html *h = t->h;

	html(h, L("<section class=\"group\">\n<h2 id=\"tasks\">"), T(W(unit_ticked)),
	    L("</h2>\n"));
	field_area(h, .name = S("same"), .label = W(unit_same), .hint = W(unit_same_hint),
	    .rows = 3, .optional = true);
	details_open(h, W(unit_evidence_all));
	unit_evidence_put(t, NULL, EVIDENCE_MOST);
	details_close(h);
	if (t->mode == ENTRY_FOR_UNIT)
		field_day(h, .name = S("done"), .label = W(unit_done),
		    .value = day_iso(&t->x->arena, t->p.today));
	button_row_open(h);
	button_second(h, S("do"), S("sign"),
	    word_fill(&t->x->arena, W(unit_do_ticked), action_title(t, "sign")));
	button_second(h, S("do"), S("same"), W(unit_do_same));
	button_second(h, S("do"), S("apply"),
	    word_fill(&t->x->arena, W(unit_do_ticked), action_title(t, "apply")));
	button_row_close(h);
	html(h, L("</section>\n"));
}

static void
table_form_open(struct unit_table *t)
{
	struct arena *a = &t->x->arena;

	form_open_files(t->h, str_fmt(a, "/unit/%.*s", STR_ARG(t->n)));
	field_hidden(t->h, S("key"), token_new(&t->x->cx));
	field_hidden(t->h, S("page"), str_fmt(a, "%zu", t->page + 1));
}

/* A form of its own: the key of Enter belongs to the first button of a form. */
static void
sign_put(struct unit_table *t)
{
	if (!t->unsigned_count)
		return;
	table_form_open(t);
	notice_open(t->h, TONE_GOING,
	    word_fill(&t->x->arena, W(unit_unsigned),
		str_fmt(&t->x->arena, "%zu", t->unsigned_count)));
	button_second(t->h, S("do"), S("sign-all"), W(unit_sign_all));
	notice_close(t->h);
	form_close(t->h);
}

static void
form_put(struct unit_table *t)
{
	struct html *h = t->h;

	sign_put(t);
	table_form_open(t);
	unit_leads_put(t);
	upload_confirm_put(h);
	html(h, L("<div class=\"stay\">\n"));
	button_primary(h, W(unit_save));
	html(h, L("<p>"), T(W(unit_save_hint)), L("</p>\n</div>\n"));
	ticked_put(t);
	form_close(h);
}

static struct str
page_url(struct unit_table *t, size_t page)
{
	struct arena *a = &t->x->arena;

	return url_query(a, str_fmt(a, "/unit/%.*s", STR_ARG(t->n)),
	    { S("page"), str_fmt(a, "%zu", page + 1) });
}

static void
pages_put(struct unit_table *t)
{
	struct arena *a = &t->x->arena;
	const size_t from = t->page * UNIT_ROWS, to = from + t->leads.n;

	if (t->all_leads > UNIT_ROWS)
		pager(t->h, t->page ? page_url(t, t->page - 1) : S(""),
		    to < t->all_leads ? page_url(t, t->page + 1) : S(""),
		    word_fill(a, W(ledger_shown), str_fmt(a, "%zu", t->all_leads),
			str_fmt(a, "%zu", from + 1), str_fmt(a, "%zu", to)));
}

static void
others_put(struct unit_table *t)
{
	const struct grid_column columns[] = {
		{ .title = programme_title(&t->p, S("no")) },
		{ .title = programme_title(&t->p, S("text")),
		    .head = true,
		    .wide = true },
		{ .title = programme_title(&t->p, S("lead")), .names = true },
		{ .title = programme_title(&t->p, S("due")), .day = true },
		{ .title = W(filter_stage), .state = true },
	};
	struct grid g;

	if (!t->others.n)
		return;
	g = grid_open(t->h, W(unit_others), columns, 5);
	for (size_t i = 0; i < t->others.n; i++) {
		const struct task_row *row = &t->others.v[i];

		row_open(&g);
		cell(&g, T(row->no));
		cell(&g, L("<a href=\"/task/"), N(row->n), L("\">"), T(row->text),
		    L("</a>"));
		cell(&g, T(row->lead));
		cell(&g, T(row->limit));
		cell_open(&g);
		unit_state_put(t, row);
		cell_close(&g);
		row_close(&g);
	}
	grid_close(&g);
}

void
unit_table_put(struct unit_table *t, int status)
{
	const struct str saved = query_get(t->x, S("saved"));
	int64_t n;

	t->h = page_open(t->x, .title = t->unit->name, .section = S("/ledger"),
	    .crumbs = { { W(ledger), S("/ledger") } }, .wide = true);
	error_summary(t->h);
	if (str_int(saved, &n) && n > 0 && n < 10000) {
		panel_open(t->h, W(unit_saved),
		    word_fill(&t->x->arena, W(unit_saved_n),
			str_fmt(&t->x->arena, "%lld", (long long)n)));
		panel_close(t->h);
	}
	if (t->mode == ENTRY_FOR_UNIT && t->leads.n) {
		notice_open(t->h, TONE_WARN, W(unit_for));
		html(t->h, L("<p>"), T(W(unit_for_text)), L("</p>\n"));
		notice_close(t->h);
	}
	if (!t->leads.n && !t->others.n)
		empty_put(t->h, W(unit_empty), W(unit_empty_text));
	else if (t->leads.n && t->mode != ENTRY_NONE)
		form_put(t);
	else if (t->leads.n)
		unit_leads_put(t);
	pages_put(t);
	others_put(t);
	html(t->h, L("<p><a href=\""),
	    U(str_fmt(&t->x->arena, "/unit/%.*s/people", STR_ARG(t->x->req.args[0]))),
	    L("\">"), T(W(people)), L("</a></p>\n"));
	page_close(t->x, t->h, status);
}

void
page_unit(struct exchange *x)
{
	struct unit_table t = { .x = x };
	VIEW v = { 0 };

	if (view_open(x, &v) && view_ok(&v, unit_table_read(&t, &v)))
		unit_table_put(&t, 200);
}
