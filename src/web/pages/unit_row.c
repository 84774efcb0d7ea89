/* The rows of a unit's table: text, evidence, and what was refused, beside each other. */
#include "web/cite.h"
#include "web/field.h"
#include "web/pages/unit_table.h"
#include "web/word.h"

/* ---- evidence ---- */

static void
choice_select(struct unit_table *t, struct str name, struct str label,
    const struct field *column, size_t first, bool uploads)
{
	struct arena *a = &t->x->arena;
	struct option *o = arena_array(a, struct option, column->options.n + 1);
	const struct str value = form_get(t->x, name);
	size_t n = 0;

	for (size_t i = 0; i < column->options.n; i++)
		if (uploads || !str_eq(column->options.v[i].id, S("upload")))
			o[n++] = (struct option){ column->options.v[i].id,
				column->options.v[i].title, S("") };
	field_select(t->h, .name = name, .label = label, .choices = o, .n = n,
	    .value = value.n     ? value
		     : first < n ? o[first].value
				 : S(""));
}

/* The class that the plan asks for in this place: 一类 begins the title of its choice. */
static size_t
class_asked(const struct task_row *row, const struct field *column, size_t i)
{
	const struct value *classes;

	if (!row)
		return i < column->options.n ? i : 0;
	classes = value_get(row->fields, S("classes"));
	for (size_t k = 0; k < column->options.n; k++)
		if (str_starts(
			column->options.v[k].title, value_str(value_at(classes, i))))
			return k;
	return 0;
}

void
unit_evidence_put(struct unit_table *t, const struct task_row *row, size_t lines)
{
	const struct procedure_def *def = defs_procedure(t->p.v->defs, S("task"));
	const struct field *f = def ? field_find(&def->fields, S("evidence")) : NULL;
	const struct field *class, *form, *value;
	struct arena *a = &t->x->arena;

	if (!f)
		return;
	class = field_find(&f->columns, S("class"));
	form = field_find(&f->columns, S("form"));
	value = field_find(&f->columns, S("value"));
	for (size_t i = 0; class && form && value && i < lines; i++) {
		html(t->h, L("<div class=\"line\">\n"));
		choice_select(t, unit_evidence(a, row, i, "class"), class->title, class,
		    class_asked(row, class, i), true);
		choice_select(
		    t, unit_evidence(a, row, i, "form"), form->title, form, 0, false);
		field_text(t->h, .name = unit_evidence(a, row, i, "value"),
		    .label = value->title, .optional = true);
		field_file(t->h, .name = unit_evidence(a, row, i, "file"),
		    .label = W(unit_file), .optional = true, .brief = true);
		html(t->h, L("</div>\n"));
	}
	file_hint_put(t->h, 0);
}

static size_t
lines_asked(const struct task_row *row)
{
	const size_t n = value_count(value_get(row->fields, S("classes")));

	return n < 1 ? 1 : n > EVIDENCE_MOST ? EVIDENCE_MOST : n;
}

/* ---- a row ---- */

static bool
row_refused(struct unit_table *t, const struct task_row *row)
{
	const struct str field = unit_input(&t->x->arena, "row", row);

	for (size_t i = 0; i < t->x->cx.refusals.n; i++)
		if (str_eq(t->x->cx.refusals.v[i].field, field))
			return true;
	return false;
}

static void
refusals_put(struct unit_table *t, const struct task_row *row)
{
	const struct str field = unit_input(&t->x->arena, "row", row);
	struct html *h = t->h;

	html(h, L("<div id=\""), T(field), L("\" tabindex=\"-1\">"));
	for (size_t i = 0; i < t->x->cx.refusals.n; i++) {
		const struct refusal *r = &t->x->cx.refusals.v[i];

		if (!str_eq(r->field, field))
			continue;
		html(h, L("<p class=\"wrong\"><strong>"), T(W(error_mark)),
		    L("</strong>"), T(r->message), L("</p>"));
		if (r->basis.n) {
			html(h, L("<p class=\"hint\">"), T(W(basis_is)));
			cite_here(h, r->basis);
			html(h, L("</p>"));
		}
		if (r->ways.n)
			html(h, L("<p class=\"hint\">"), T(W(ways_are)), T(r->ways),
			    L("</p>"));
	}
	html(h, L("</div>"));
}

/* What was typed stays where it was refused or nothing was taken at all; else the newest
 * text stands there, so that it does not look like a change of the reader's. */
static struct str
text_shown(struct unit_table *t, const struct task_row *row)
{
	struct arena *a = &t->x->arena;
	const struct str typed = form_get(t->x, unit_input(a, "report", row));

	if (t->x->req.method != HTTP_POST || !typed.n)
		return row->report;
	if (row_refused(t, row) ||
	    !str_eq(unit_digest(a, typed), form_get(t->x, unit_input(a, "was", row))))
		return typed;
	return row->report;
}

static void
text_put(struct unit_table *t, const struct task_row *row)
{
	struct arena *a = &t->x->arena;
	const struct str name = unit_input(a, "report", row);
	struct html *h = t->h;

	refusals_put(t, row);
	if (row->is_hidden) {
		html(h, L("<p class=\"hint\">"), T(W(report_hidden)), L("</p>"));
		return;
	}
	if (!unit_row_may(t, row, "progress")) {
		html(h, L("<p>"), T(row->report), L("</p>"));
		return;
	}
	html(h, L("<textarea rows=\"3\" name=\""), T(name), L("\" aria-label=\""),
	    T(word_fill(a, W(unit_text_label), row->no)), L("\">\n"),
	    T(text_shown(t, row)), L("</textarea>"));
	field_hidden(h, unit_input(a, "was", row), unit_digest(a, row->report));
	field_hidden(h, unit_input(a, "seen", row),
	    str_fmt(a, "%lld", (long long)value_num(value_get(row->state, S("seq")))));
	if (unit_row_may(t, row, "apply")) {
		details_open(h, programme_title(&t->p, S("evidence")));
		unit_evidence_put(t, row, lines_asked(row));
		details_close(h);
	}
}

void
unit_state_put(struct unit_table *t, const struct task_row *row)
{
	badge(t->h, row->tone, row->state_words);
	if (!str_eq(row->state_words, row->stage_title))
		html(t->h, L(" <span class=\"stage\">"), T(row->stage_title),
		    L("</span>"));
}

static void
lead_put(struct unit_table *t, struct grid *g, const struct task_row *row, bool entry)
{
	struct arena *a = &t->x->arena;
	const struct str n = str_fmt(a, "%lld", (long long)row->n);

	row_open(g);
	if (entry) {
		cell_open(g);
		tick_box(t->h, S("t"), n, row->text,
		    params_has_value(&t->x->req.form, S("t"), n));
		cell_close(g);
	}
	cell(g, T(row->no));
	cell(g, L("<a href=\"/task/"), T(n), L("\">"), T(row->text), L("</a>"));
	cell(g, T(row->limit));
	cell(g, T(row->classes));
	cell_open(g);
	unit_state_put(t, row);
	cell_close(g);
	cell_open(g);
	text_put(t, row);
	cell_close(g);
	row_close(g);
}

void
unit_leads_put(struct unit_table *t)
{
	const bool entry = t->mode != ENTRY_NONE;
	const struct grid_column columns[] = {
		{ .title = W(board_tick), .tick = S("t") },
		{ .title = programme_title(&t->p, S("no")) },
		{ .title = programme_title(&t->p, S("text")),
		    .head = true,
		    .names = true },
		{ .title = programme_title(&t->p, S("due")), .day = true },
		{ .title = programme_title(&t->p, S("classes")) },
		{ .title = W(filter_stage), .state = true },
		{ .title = W(ledger_progress), .wide = true },
	};
	struct grid g = grid_open(
	    t->h, W(unit_leads), columns + (entry ? 0 : 1), entry ? 7 : 6);

	for (size_t i = 0; i < t->leads.n; i++)
		lead_put(t, &g, &t->leads.v[i], entry);
	grid_close(&g);
}
