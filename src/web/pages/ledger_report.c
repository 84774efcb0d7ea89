/*
 * The ledger as documents: the summary by sections with what the units wrote and the
 * table behind it, and one page for the leaders with what is due this quarter and not
 * done, one reason each. Both are drafts that a person edits: nothing is numbered or
 * sealed here.
 */
#include "base/date.h"
#include "lang/han.h"
#include "out/docx.h"
#include "web/pages/ledger_out.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/word.h"

enum { BRIEF_ROWS = 11 };

struct counts {
	int64_t all, over, resting, late, takeover, silent;
};

static bool
stage_is(const struct task_row *t, const char *stage)
{
	return str_eq(t->stage, str_z(stage));
}

static struct counts
count(const struct task_rows *rows)
{
	struct counts c = { 0 };

	for (size_t i = 0; i < rows->n; i++) {
		const struct task_row *t = &rows->v[i];

		if (stage_is(t, "cancelled"))
			continue;
		c.all++;
		c.over += t->need == NEED_OVER;
		c.resting += stage_is(t, "ongoing");
		c.late += t->need == NEED_LATE;
		c.takeover += t->need == NEED_TAKEOVER;
		c.silent += t->need != NEED_OVER && !t->is_hidden && !t->report.n;
	}
	return c;
}

static struct str
count_text(struct ledger_out *l)
{
	const struct counts c = count(&l->rows);
	struct arena *a = &l->x->arena;
	struct buf b = { .arena = a };

	buf_put(&b, word_fill(a, W(counts_text), day_chinese(a, l->p.today),
			word_int(a, c.all), word_int(a, c.over), word_int(a, c.resting),
			word_int(a, c.all - c.over - c.resting)));
	if (c.late)
		buf_put(&b, word_n(a, W(out_late), c.late));
	if (c.takeover)
		buf_put(&b, word_n(a, W(out_takeover), c.takeover));
	if (c.silent)
		buf_put(&b, word_n(a, W(out_silent), c.silent));
	return buf_str(&b);
}

static struct str
office_name(struct ledger_out *l)
{
	return programme_party(
	    &l->p, value_str(value_path(&l->adoption, "fields.office")))
	    ->name;
}

static void
sign(struct ledger_out *l, struct doc *d)
{
	struct arena *a = &l->x->arena;

	doc_add(a, d, DOC_PLAIN, S(""));
	doc_add(a, d, DOC_RIGHT, office_name(l));
	doc_add(a, d, DOC_RIGHT, day_chinese(a, l->p.today));
}

/* "3．全面清理……（牵头单位：甲局）" */
static void
task_add(struct ledger_out *l, struct doc *d, const struct task_row *t)
{
	struct arena *a = &l->x->arena;

	doc_add(a, d, DOC_PARAGRAPH,
	    t->lead.n ? word_fill(a, W(out_task_lead), t->no, t->text, t->lead)
		      : word_fill(a, W(out_task), t->no, t->text));
}

/* All of a section: first what was reported, then which tasks wait for a text. */
static void
section_add(struct ledger_out *l, struct doc *d, size_t from, size_t to)
{
	struct arena *a = &l->x->arena;
	LIST(struct str) silent = { 0 };

	for (size_t i = from; i < to; i++) {
		const struct task_row *t = &l->rows.v[i];

		if (stage_is(t, "cancelled") || t->is_hidden)
			continue;
		if (!t->report.n) {
			*list_add(a, &silent) = t->no;
			continue;
		}
		task_add(l, d, t);
		doc_add(a, d, DOC_PARAGRAPH,
		    word_fill(a, W(out_said), t->report, t->report_unit,
			day_chinese(a, t->report_day), t->stage_title));
	}
	if (silent.n)
		doc_add(a, d, DOC_PARAGRAPH,
		    word_fill(a, W(out_silent_are), word_int(a, (int64_t)silent.n),
			str_join(a, silent.v, silent.n, W(list_comma))));
}

static void
sections_add(struct ledger_out *l, struct doc *d)
{
	struct arena *a = &l->x->arena;
	size_t from = 0;
	int no = 1;

	while (from < l->rows.n) {
		const struct str section = l->rows.v[from].section;
		size_t to = from + 1;

		while (to < l->rows.n && str_eq(l->rows.v[to].section, section))
			to++;
		if (section.n)
			doc_add(a, d, DOC_HEADING,
			    word_fill(a, W(numbered), han_write(a, no), section));
		no += section.n > 0;
		section_add(l, d, from, to);
		from = to;
	}
}

void
page_ledger_docx(struct exchange *x)
{
	VIEW v = { 0 };
	struct ledger_out l;
	struct arena *a = &x->arena;
	struct doc d = { 0 };
	struct table *annex;

	if (!ledger_out_open(x, &v, &l))
		return;
	task_rows_sort(&x->cx, &l.rows, ORDER_NO, false);
	annex = ledger_table(&l);
	annex->title = word_fill(a, W(out_annex_title), l.plan->title);
	doc_add(a, &d, DOC_TITLE,
	    str_fmt(a, "%.*s\n%.*s", STR_ARG(l.plan->title), STR_ARG(W(out_title))));
	doc_add(a, &d, DOC_PLAIN, S(""));
	doc_add(a, &d, DOC_PARAGRAPH, count_text(&l));
	sections_add(&l, &d);
	doc_add(a, &d, DOC_PLAIN, S(""));
	doc_add(a, &d, DOC_PARAGRAPH, W(out_annex_is));
	sign(&l, &d);
	doc_add(a, &d, DOC_LANDSCAPE_A3, S(""));
	doc_add(a, &d, DOC_PLAIN, W(out_annex));
	doc_add_table(a, &d, annex);
	ledger_send(&l, DOCX_TYPE, W(out_docx), docx_write(&x->cx, &d));
}

/* ---- one page for the leaders ---- */

static int64_t
quarter_end(int64_t day)
{
	const struct civil c = day_civil(day);

	return day_add_months(day_of(c.year, (c.month - 1) / 3 * 3 + 1, 1), 3) - 1;
}

static bool
is_waiting(const struct ledger_out *l, const struct task_row *t)
{
	if (t->need == NEED_OVER || !t->answerable)
		return false;
	return t->need == NEED_LATE || t->need == NEED_TAKEOVER ||
	       (!t->continuous && t->due != DAY_NONE &&
		   t->due <= quarter_end(l->p.today));
}

static struct str
reason(struct ledger_out *l, const struct task_row *t)
{
	struct arena *a = &l->x->arena;
	const struct str back = value_str(value_get(t->fields, S("back-reason")));

	if (t->need == NEED_LEAD)
		return W(brief_no_lead);
	if (stage_is(t, "issued"))
		return W(brief_unsigned);
	if (stage_is(t, "applied"))
		return W(brief_applied);
	if (stage_is(t, "returned") && !t->is_hidden && back.n)
		return word_fill(a, W(brief_back), text_cut(a, back, 30));
	if (stage_is(t, "returned"))
		return W(brief_returned);
	if (!t->is_hidden && t->report.n)
		return text_cut(a, t->report, 36);
	return t->is_hidden ? W(brief_going) : W(brief_silent);
}

static struct str
state_cell(struct ledger_out *l, const struct task_row *t)
{
	if (t->need == NEED_LATE || t->need == NEED_TAKEOVER)
		return t->state_words;
	return str_fmt(&l->x->arena, "%.*s", STR_ARG(t->limit));
}

static size_t
brief_rows(struct ledger_out *l, struct table *t)
{
	struct arena *a = &l->x->arena;
	size_t n = 0;

	for (size_t i = 0; i < l->rows.n; i++) {
		const struct task_row *row = &l->rows.v[i];

		if (!is_waiting(l, row))
			continue;
		if (n++ < BRIEF_ROWS)
			table_add(a, t,
			    (struct cell[]){ cell_text(row->no),
				cell_text(text_cut(a, row->text, 28)),
				cell_text(programme_party(&l->p, row->body)->name),
				cell_text(state_cell(l, row)),
				cell_text(reason(l, row)) });
	}
	return n;
}

void
page_ledger_brief(struct exchange *x)
{
	const struct column columns[] = { { .title = W(row_no), .width = 5 },
		{ .title = W(desk_task), .width = 26 },
		{ .title = W(task_lead), .width = 14 },
		{ .title = W(limit_column), .width = 11 },
		{ .title = W(brief_reason), .width = 22 } };
	struct table t = { .columns = columns, .n_columns = 5 };
	VIEW v = { 0 };
	struct ledger_out l;
	struct arena *a = &x->arena;
	struct doc d = { 0 };
	size_t n;

	if (!ledger_out_open(x, &v, &l))
		return;
	task_rows_sort(&x->cx, &l.rows, ORDER_DUE, false);
	n = brief_rows(&l, &t);
	doc_add(a, &d, DOC_TITLE, W(brief_title));
	doc_add(a, &d, DOC_CENTRED, l.plan->title);
	doc_add(a, &d, DOC_PARAGRAPH, count_text(&l));
	if (n)
		doc_add(a, &d, DOC_PARAGRAPH,
		    word_fill(a, n > BRIEF_ROWS ? W(brief_rows_most) : W(brief_rows),
			day_chinese(a, quarter_end(l.p.today)), word_int(a, (int64_t)n)));
	else
		doc_add(a, &d, DOC_PARAGRAPH, W(brief_none));
	if (n)
		doc_add_table(a, &d, &t);
	sign(&l, &d);
	ledger_send(&l, DOCX_TYPE, W(out_brief), docx_write(&x->cx, &d));
}
