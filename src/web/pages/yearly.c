/*
 * The yearly report of a plan: what is computed from the tasks, what the units wrote, to
 * whom it goes and until when, and the acts that come next; and the same as a document.
 * The acts themselves are the forms of every procedure.
 */
#include "act/door.h"
#include "base/date.h"
#include "lang/han.h"
#include "out/docx.h"
#include "web/cite.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/ledger_out.h"
#include "web/pages/page.h"
#include "web/pages/publish.h"
#include "web/pages/record_say.h"
#include "web/pages/show.h"
#include "web/site.h"
#include "web/word.h"

struct tally {
	struct str section;
	int64_t all, done, resting;
};
struct tallies {
	struct tally *v;
	size_t n, cap;
};

struct yearly {
	struct exchange *x;
	struct view *v;
	struct programme p;
	struct str subject;
	struct value state;
	const struct value *fields;
	struct tally total;
	struct tallies sections;
};

static void
tally_add(struct tally *t, const struct task_row *row)
{
	t->all++;
	t->done += row->need == NEED_OVER;
	t->resting += str_eq(row->stage, S("ongoing"));
}

static enum err
tally_tasks(struct yearly *y)
{
	struct task_rows rows;

	TRY(programme_of_plan(&y->p, value_str(value_get(y->fields, S("plan"))), &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct task_row *row = &rows.v[i];
		struct tally *t = NULL;

		if (str_eq(row->stage, S("cancelled")))
			continue;
		for (size_t k = 0; k < y->sections.n; k++)
			if (str_eq(y->sections.v[k].section, row->section))
				t = &y->sections.v[k];
		if (!t) {
			t = list_add(&y->x->arena, &y->sections);
			t->section = row->section;
		}
		tally_add(t, row);
		tally_add(&y->total, row);
	}
	return ERR_OK;
}

static bool
yearly_open(struct exchange *x, struct view *v, struct yearly *y)
{
	int64_t n;

	*y = (struct yearly){ .x = x, .v = v };
	if (!str_int(x->req.args[0], &n)) {
		respond_error(x, 404);
		return false;
	}
	y->subject = str_fmt(&x->arena, "yearly-report/%lld", (long long)n);
	if (!view_open(x, v) ||
	    !view_ok(v, read_matter(&x->cx, &v->r, y->subject, &y->state)))
		return false;
	y->fields = value_get(&y->state, S("fields"));
	programme_open(v, &y->p);
	return view_ok(v, tally_tasks(y));
}

static struct str
text_of(const struct yearly *y, const char *field)
{
	return value_str(value_get(y->fields, str_z(field)));
}

static bool
has_reported(const struct yearly *y, struct str unit)
{
	const struct value *those = value_get(y->fields, S("reported"));

	for (size_t i = 0; i < value_count(those); i++)
		if (str_eq(value_str(value_at(those, i)), unit))
			return true;
	return false;
}

/* The units asked that have not reported, joined. */
static struct str
silent_units(struct yearly *y)
{
	const struct value *asked = value_get(y->fields, S("asked"));
	LIST(struct str) names = { 0 };

	for (size_t i = 0; i < value_count(asked); i++) {
		const struct str unit = value_str(value_at(asked, i));

		if (!has_reported(y, unit))
			*list_add(
			    &y->x->arena, &names) = programme_party(&y->p, unit)->name;
	}
	return str_join(&y->x->arena, names.v, names.n, W(list_comma));
}

/* ---- the page ---- */

static void
clocks_put(struct html *h, struct yearly *y)
{
	const struct value *clocks = value_get(&y->state, S("clocks"));
	struct arena *a = &y->x->arena;

	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++) {
		const struct value *c = &clocks->map.pairs[i].value;
		const struct str state = value_str(value_get(c, S("state")));
		const int64_t due = value_num(value_get(c, S("due")));
		const struct str basis = basis_text(
		    y->v->defs, a, value_str(value_get(c, S("basis"))));
		const bool met = str_eq(state, S("met")) || str_eq(state, S("late"));

		fact_open(h, value_str(value_get(c, S("title"))));
		html(h, T(day_chinese(a, due)), L(" "));
		if (met)
			badge(h, TONE_DONE, W(yearly_met));
		else if (due < y->p.today)
			badge(h, TONE_LATE, W(need_late));
		if (basis.n) {
			html(h, L("<br>"));
			cite_basis(h, y->v, basis);
		}
		fact_close(h);
	}
}

static void
facts_put(struct html *h, struct yearly *y)
{
	const struct procedure_def *p = show_procedure(y->v, &y->state);
	const struct str silent = silent_units(y), missing = text_of(y, "missing");

	facts_open(h);
	fact(h, W(stage_now), T(show_stage(p, &y->state)));
	fact(h, W(task_plan), T(show_name(y->v, text_of(y, "plan"))));
	if (text_of(y, "addressees").n)
		fact(h, W(yearly_addressees), T(text_of(y, "addressees")));
	if (silent.n)
		fact(h, W(yearly_silent), T(silent));
	if (missing.n)
		fact(h, W(yearly_missing), T(missing));
	clocks_put(h, y);
	facts_close(h);
}

static void
figures_put(struct html *h, struct yearly *y)
{
	const struct tally *t = &y->total;

	html(h, L("<h2>"), T(W(yearly_figures)), L("</h2>\n<p class=\"hint\">"),
	    T(word_fill(
		&y->x->arena, W(yearly_as_of), day_chinese(&y->x->arena, y->p.today))),
	    L("</p>\n"));
	figures_open(h);
	figure(h, TONE_PLAIN, t->all, W(desk_task), S("/ledger"));
	figure(h, TONE_DONE, t->done, W(need_over), S(""));
	figure(h, TONE_REST, t->resting, W(limit_continuous), S(""));
	figure(h, TONE_GOING, t->all - t->done - t->resting, W(need_nothing), S(""));
	figures_close(h);
	for (size_t i = 0; i < y->sections.n; i++)
		progress(h,
		    y->sections.v[i].section.n ? y->sections.v[i].section
					       : W(yearly_no_section),
		    y->sections.v[i].done, y->sections.v[i].all);
}

static void
paragraphs_put(struct html *h, struct str text)
{
	struct str line;

	while (str_split(&text, S("\n"), &line))
		if (str_trim(line).n)
			html(h, L("<p>"), T(line), L("</p>\n"));
}

static void
texts_put(struct html *h, struct yearly *y)
{
	const struct value *texts = value_get(y->fields, S("texts"));

	if (text_of(y, "summary").n) {
		html(h, L("<h2>"), T(W(yearly_summary)), L("</h2>\n"));
		paragraphs_put(h, text_of(y, "summary"));
	}
	if (!value_count(texts))
		return;
	html(h, L("<h2>"), T(W(yearly_texts)), L("</h2>\n"));
	for (size_t i = 0; i < value_count(texts); i++) {
		const struct value *one = value_at(texts, i);
		const struct str unit = value_str(value_get(one, S("unit")));

		html(h, L("<h3>"), T(programme_party(&y->p, unit)->name),
		    L("</h3>\n<p class=\"hint\">"),
		    T(day_chinese(&y->x->arena, value_num(value_get(one, S("day"))))),
		    L("</p>\n"));
		paragraphs_put(h, value_str(value_get(one, S("text"))));
	}
}

/* What may be done next, the first as the one primary action. */
static void
acts_put(struct html *h, struct yearly *y)
{
	struct arena *a = &y->x->arena;
	struct act_choices choices;
	bool first = true;

	asker_knows(&y->p.asker, y->subject, &y->state);
	if (asker_choices(&y->x->cx, &y->p.asker, y->subject, S(""), &choices) != ERR_OK)
		return;
	button_row_open(h);
	for (size_t i = 0; i < choices.n; i++) {
		const struct action_def *act = choices.v[i].action;
		const struct str to = str_fmt(
		    a, "/m/%.*s/do/%.*s", STR_ARG(y->subject), STR_ARG(act->id));

		if (!choices.v[i].allowed)
			continue;
		if (first)
			html(h, L("<a class=\"button\" href=\""), U(to), L("\">"),
			    T(act->title), L("</a>\n"));
		else
			button_link(h, to, act->title);
		first = false;
	}
	button_link(h, str_fmt(a, "/yearly/%.*s/report.docx", STR_ARG(y->x->req.args[0])),
	    W(yearly_draft));
	button_row_close(h);
}

void
page_yearly_one(struct exchange *x)
{
	VIEW v = { 0 };
	struct yearly y;
	struct html *h;

	if (!yearly_open(x, &v, &y))
		return;
	h = page_open(x, .title = value_str(value_get(&y.state, S("title"))),
	    .section = S("/yearly"), .crumbs = { { W(yearly_report), S("/yearly") } });
	acts_put(h, &y);
	facts_put(h, &y);
	figures_put(h, &y);
	texts_put(h, &y);
	page_close(x, h, 200);
}

void
page_yearly(struct exchange *x)
{
	const struct grid_column columns[] = { { .title = W(yearly_year) },
		{ .title = W(yearly_name), .head = true, .wide = true },
		{ .title = W(stage_now) }, { .title = W(yearly_next), .day = true } };
	const struct read_query q = {
		.family = S("yearly-report"), .limit = 200, .descending = true
	};
	VIEW v = { 0 };
	struct act_choices choices;
	struct read_page page;
	struct grid t;
	struct html *h;

	if (!view_open(x, &v) || !view_ok(&v, read_matters(&x->cx, &v.r, &q, &page)) ||
	    !view_ok(&v, ask_choices(&x->cx, &v.r, v.defs, v.person, S(""),
			     S("yearly-report"), &choices)))
		return;
	h = page_open(x, .title = W(yearly_report));
	publish_tabs(h, &v, false);
	for (size_t i = 0; i < choices.n; i++) {
		if (!choices.v[i].may)
			continue;
		button_row_open(h);
		html(h, L("<a class=\"button\" href=\""),
		    U(str_fmt(&x->arena, "/new/yearly-report/%.*s",
			STR_ARG(choices.v[i].action->id))),
		    L("\">"),
		    T(word_fill(&x->arena, W(yearly_start), choices.v[i].action->title)),
		    L("</a>\n"));
		button_row_close(h);
	}
	if (!page.n)
		empty_put(h, W(yearly_none), W(yearly_none_text));
	t = page.n ? grid_open(h, W(yearly_report), columns, 4) : (struct grid){ 0 };
	for (size_t i = 0; i < page.n; i++) {
		const struct value *state = value_get(&page.v[i], S("state"));
		const struct str subject = value_str(value_get(&page.v[i], S("subject")));
		const struct value *due = value_get(state, S("due"));

		row_open(&t);
		cell(&t, N(value_num(value_path(state, "fields.year"))));
		cell(&t, L("<a href=\"/yearly"),
		    T(str_sub(subject, str_rfind(subject, S("/")), subject.n)), L("\">"),
		    T(value_str(value_get(state, S("title")))), L("</a>"));
		cell(&t, T(show_stage(show_procedure(&v, state), state)));
		cell(&t, T(value_is_null(due) ? S("")
					      : day_chinese(&x->arena, value_num(due))));
		row_close(&t);
	}
	if (page.n)
		grid_close(&t);
	page_close(x, h, 200);
}

/* ---- the document ---- */

static void
lines_add(struct arena *a, struct doc *d, struct str text)
{
	struct str line;

	while (str_split(&text, S("\n"), &line))
		if (str_trim(line).n)
			doc_add(a, d, DOC_PARAGRAPH, str_trim(line));
}

/* Nobody has written the summary yet: a draft of what is known. */
static void
draft_add(struct arena *a, struct doc *d, struct yearly *y)
{
	const struct value *texts = value_get(y->fields, S("texts"));
	const struct tally *t = &y->total;

	doc_add(a, d, DOC_HEADING, W(yearly_general));
	doc_add(a, d, DOC_PARAGRAPH,
	    word_fill(a, W(counts_text), day_chinese(a, y->p.today), word_int(a, t->all),
		word_int(a, t->done), word_int(a, t->resting),
		word_int(a, t->all - t->done - t->resting)));
	doc_add(a, d, DOC_HEADING, W(yearly_by_unit));
	for (size_t i = 0; i < value_count(texts); i++) {
		const struct value *one = value_at(texts, i);
		const struct str unit = value_str(value_get(one, S("unit")));

		doc_add(a, d, DOC_SUBHEADING,
		    word_fill(a, W(yearly_unit), han_write(a, (int64_t)i % 99 + 1),
			programme_party(&y->p, unit)->name));
		lines_add(a, d, value_str(value_get(one, S("text"))));
	}
}

void
page_yearly_docx(struct exchange *x)
{
	struct arena *a = &x->arena;
	struct value more = value_map();
	struct doc d = { 0 };
	struct yearly y;
	VIEW v = { 0 };
	struct str title;

	if (!yearly_open(x, &v, &y))
		return;
	title = value_str(value_get(&y.state, S("title")));
	value_set_text(a, &more, "file", W(yearly_report));
	if (!view_ok(&v, door_access(&x->cx, x->site->door, v.person, S("export"),
			     y.subject, &more)))
		return;
	doc_add(a, &d, DOC_TITLE, title);
	if (text_of(&y, "addressees").n)
		doc_add(a, &d, DOC_PLAIN,
		    word_fill(a, W(yearly_to), text_of(&y, "addressees")));
	if (text_of(&y, "summary").n)
		lines_add(a, &d, text_of(&y, "summary"));
	else
		draft_add(a, &d, &y);
	doc_add(a, &d, DOC_PLAIN, S(""));
	doc_add(a, &d, DOC_RIGHT, programme_party(&y.p, text_of(&y, "office"))->name);
	doc_add(a, &d, DOC_RIGHT, day_chinese(a, y.p.today));
	respond_download(x, DOCX_TYPE, str_fmt(a, "%.*s.docx", STR_ARG(title)),
	    docx_write(&x->cx, &d));
}
