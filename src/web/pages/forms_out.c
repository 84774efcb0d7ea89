/* The workbook of a unit: its open tasks, the last text filled in, codes hidden. */
#include "web/pages/forms.h"

#include "act/door.h"
#include "base/crypto.h"
#include "out/xlsx.h"
#include "web/site.h"
#include "web/word.h"

/* ---- what belongs to a round ---- */

bool
round_allowed(struct view *v)
{
	bool may = false;

	if (!view_ok(v, ask_can(&v->x->cx, &v->r, v->person, S("supervise-task"), &may)))
		return false;
	if (!may)
		respond_err(v->x, ERR_REFUSED);
	return may;
}

static void
titles_fill(struct round *r)
{
	const struct procedure_def *task = defs_procedure(r->v->defs, S("task"));
	static const struct {
		enum form_column column;
		const char *field;
	} named[] = { { FORM_NO, "no" }, { FORM_TEXT, "text" }, { FORM_LIMIT, "due" },
		{ FORM_REPORT, "report" } };

	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		r->titles[named[i].column] = field_find(
		    &task->fields, str_z(named[i].field))
						 ->title;
	r->titles[FORM_CODE] = W(task_code);
	r->titles[FORM_STAGE] = W(stage_now);
	r->titles[FORM_STATUS] = W(forms_status);
	r->classes = map_find(&r->v->defs->choices, S("evidence-classes"));
	r->n_titles = FORM_EVIDENCE;
	for (size_t i = 0; i < r->classes->n && r->n_titles < FORM_COLUMN_MAX; i++)
		r->titles[r->n_titles++] = r->classes->v[i].title;
	r->takes = action_find(task, S("progress"))->at;
}

bool
round_open(struct exchange *x, struct view *v, struct str n, struct round *r)
{
	*r = (struct round){ .v = v, .n = n };
	r->subject = str_fmt(&x->arena, "round/%.*s", STR_ARG(n));
	if (!view_open(x, v) || !round_allowed(v) ||
	    !view_ok(v, read_matter(&x->cx, &v->r, r->subject, &r->state)))
		return false;
	r->fields = value_get(&r->state, S("fields"));
	r->plan = value_str(value_get(r->fields, S("plan")));
	r->title = value_str(value_get(r->fields, S("title")));
	r->office = value_str(value_get(r->fields, S("office")));
	r->is_open = !value_true(value_get(&r->state, S("closed")));
	titles_fill(r);
	programme_open(v, &r->programme);
	return view_ok(v, programme_of_plan(&r->programme, r->plan, &r->rows));
}

static bool
list_has(const struct value *list, struct str s)
{
	for (size_t i = 0; i < value_count(list); i++)
		if (str_eq(value_str(value_at(list, i)), s))
			return true;
	return false;
}

bool
round_asks(const struct round *r, struct str unit)
{
	return list_has(value_get(r->fields, S("asked")), unit);
}

bool
round_returned(const struct round *r, struct str unit)
{
	return list_has(value_get(r->fields, S("returned")), unit);
}

bool
round_wants(const struct round *r, const struct task_row *t, struct str unit)
{
	return task_leads(t, unit) && id_list_has(&r->takes, t->stage);
}

const struct task_row *
round_task(const struct round *r, struct str subject)
{
	for (size_t i = 0; i < r->rows.n; i++)
		if (str_eq(r->rows.v[i].subject, subject))
			return &r->rows.v[i];
	return NULL;
}

struct str
round_last(const struct round *r, const struct task_row *t, struct str unit)
{
	const struct value *reports = value_get(t->fields, S("reports"));
	struct str last = S("");

	(void)r;
	for (size_t i = 0; !t->is_hidden && i < value_count(reports); i++) {
		const struct value *one = value_at(reports, i);

		if (str_eq(value_str(value_get(one, S("unit"))), unit))
			last = value_str(value_get(one, S("text")));
	}
	return last;
}

struct str
round_evidence(const struct round *r, const struct task_row *t, struct str class)
{
	const struct value *rows = value_get(t->fields, S("evidence"));
	LIST(struct str) all = { 0 };

	for (size_t i = 0; !t->is_hidden && i < value_count(rows); i++) {
		const struct value *one = value_at(rows, i);

		if (str_eq(value_str(value_get(one, S("class"))), class))
			*list_add(&r->v->x->arena, &all) = value_str(
			    value_get(one, S("value")));
	}
	return str_join(&r->v->x->arena, all.v, all.n, W(list_semicolon));
}

/* ---- codes ---- */

static struct str
tail(struct str subject)
{
	return str_sub(subject, str_rfind(subject, S("/")) + 1, subject.n);
}

struct str
form_code(const struct round *r, const struct task_row *t, struct str unit)
{
	struct arena *a = &r->v->x->arena;
	const struct digest d = digest_of(
	    DIGEST_SM3, str_fmt(a, "%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(r->subject),
			    STR_ARG(t->subject), STR_ARG(t->text), STR_ARG(t->limit)));
	const struct str hex = digest_hex(a, &d);

	return str_fmt(a, "%.*s-%.*s-%.*s-%.*s", STR_ARG(tail(t->subject)), STR_ARG(r->n),
	    STR_ARG(tail(unit)), 10, hex.p);
}

bool
form_code_read(struct arena *a, struct str s, struct form_code *out)
{
	struct str part[4], rest = str_trim(s);
	int64_t n;

	for (int i = 0; i < 4; i++)
		if (!str_split(&rest, S("-"), &part[i]) ||
		    (i < 3 && (!str_int(part[i], &n) || n < 1)))
			return false;
	if (rest.n || part[3].n != 10)
		return false;
	*out = (struct form_code){ str_fmt(a, "task/%.*s", STR_ARG(part[0])),
		str_fmt(a, "round/%.*s", STR_ARG(part[1])),
		str_fmt(a, "units/%.*s", STR_ARG(part[2])), part[3] };
	return true;
}

/* ---- the workbook ---- */

static void
columns_fill(const struct round *r, struct column *columns)
{
	static const int widths[] = { [FORM_CODE] = 4,
		[FORM_NO] = 6,
		[FORM_TEXT] = 48,
		[FORM_LIMIT] = 12,
		[FORM_STAGE] = 10,
		[FORM_REPORT] = 60,
		[FORM_STATUS] = 10 };
	struct str *statuses = arena_array(&r->v->x->arena, struct str, 2);

	statuses[0] = FORM_GOING;
	statuses[1] = FORM_FINISHED;
	for (size_t c = 0; c < r->n_titles; c++)
		columns[c] = (struct column){ .title = r->titles[c],
			.width = c < FORM_EVIDENCE ? widths[c] : 18,
			.is_hidden = c == FORM_CODE,
			.is_input = c >= FORM_REPORT,
			.choices = c == FORM_STATUS ? statuses : NULL,
			.n_choices = c == FORM_STATUS ? 2 : 0 };
}

static struct table
table_of(struct round *r, struct str unit, struct column *columns, size_t n)
{
	struct arena *a = &r->v->x->arena;
	struct table_mark *marks = arena_array(a, struct table_mark, 2);
	const struct str name = programme_party(&r->programme, unit)->name;
	struct str *notes = arena_array(a, struct str, 3);

	marks[0] = (struct table_mark){ S("round"), r->subject };
	marks[1] = (struct table_mark){ S("unit"), unit };
	notes[0] = W(forms_note_1);
	notes[1] = W(forms_note_2);
	notes[2] = W(forms_note_3);
	return (struct table){ .name = name,
		.title = word_fill(a, W(wide_pair), r->title, name),
		.columns = columns,
		.n_columns = n,
		.notes = notes,
		.n_notes = 3,
		.marks = marks,
		.n_marks = 2,
		.is_protected = true };
}

enum err
form_write(struct round *r, struct str unit, struct str *out)
{
	struct cx *cx = &r->v->x->cx;
	struct column columns[FORM_COLUMN_MAX];
	struct table t = table_of(r, unit, columns, r->n_titles);

	columns_fill(r, columns);
	for (size_t i = 0; i < r->rows.n; i++) {
		const struct task_row *row = &r->rows.v[i];
		struct cell cells[FORM_COLUMN_MAX];

		if (!round_wants(r, row, unit))
			continue;
		cells[FORM_CODE] = cell_text(form_code(r, row, unit));
		cells[FORM_NO] = cell_text(row->no);
		cells[FORM_TEXT] = cell_text(row->text);
		cells[FORM_LIMIT] = cell_text(row->limit);
		cells[FORM_STAGE] = cell_text(row->stage_title);
		cells[FORM_REPORT] = cell_text(round_last(r, row, unit));
		cells[FORM_STATUS] = cell_text(FORM_GOING);
		for (size_t c = FORM_EVIDENCE; c < r->n_titles; c++)
			cells[c] = cell_text(
			    round_evidence(r, row, r->classes->v[c - FORM_EVIDENCE].id));
		table_add(cx->arena, &t, cells);
	}
	return xlsx_write(cx, &t, 1, cx->now_ms, out);
}

enum err
form_write_back(struct round *r, struct str unit, const struct form_back *rows, size_t n,
    struct str *out)
{
	struct cx *cx = &r->v->x->cx;
	struct column columns[FORM_COLUMN_MAX + 1];
	struct table t = table_of(r, unit, columns, r->n_titles + 1);

	columns_fill(r, columns);
	columns[r->n_titles] = (struct column){ .title = FORM_PROBLEM, .width = 40 };
	for (size_t i = 0; i < n; i++) {
		struct cell cells[FORM_COLUMN_MAX + 1];

		for (size_t c = 0; c < r->n_titles; c++)
			cells[c] = cell_text(rows[i].cells[c]);
		cells[r->n_titles] = cell_text(rows[i].problem);
		table_add(cx->arena, &t, cells);
	}
	return xlsx_write(cx, &t, 1, cx->now_ms, out);
}
