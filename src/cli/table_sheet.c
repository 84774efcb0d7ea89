/* Reading a sheet: what is wrong is said of the cell where it stands. */
#include "cli/table_sheet.h"

#include "base/buf.h"
#include "lang/feel_table.h"

enum role { ROLE_INPUT, ROLE_OUTPUT, ROLE_BASIS };

struct sheet_column_def {
	int at; /* in the sheet, from 0 */
	enum role role;
	struct str title, id;
	struct str type;    /* "choice" */
	struct str of;      /* choice list, register; or empty */
	struct str options; /* "person: 自然人, unit: …", or empty */
	const struct choice *choices;
	size_t n_choices;
	struct str order; /* of a result: from the highest, joined with ； */
};

struct sheet_reading {
	struct cx *cx;
	const struct defs *defs;
	const struct decision_def *known; /* the table of law/ of this id, or NULL */
	struct messages m;
	struct str id, title, from, to, basis, hit;
	LIST(struct sheet_column_def) columns;
	LIST(const struct xlsx_row *) rules;
	const struct xlsx_row *otherwise, *order; /* or NULL */
	struct table_lines lines;
};

static void fault(struct sheet_reading *r, int row, int column, const char *fmt, ...)
    PRINTF(4, 5);

static void
fault(struct sheet_reading *r, int row, int column, const char *fmt, ...)
{
	struct buf letters = { .arena = r->cx->arena };
	va_list ap;
	struct str text;

	if (column >= 26)
		buf_put_byte(&letters, (char)('A' + column / 26 - 1));
	buf_put_byte(&letters, (char)('A' + column % 26));
	r->m.file = str_fmt(r->cx->arena, "%.*s%d", STR_ARG(buf_str(&letters)), row);
	va_start(ap, fmt);
	text = str_vfmt(r->cx->arena, fmt, ap);
	va_end(ap);
	message_put(&r->m, 0, 0, "%.*s", STR_ARG(text));
}

/* --- the head --- */

static bool
head_take(struct sheet_reading *r, const struct xlsx_row *row)
{
	const struct str key = str_trim(xlsx_at(row, 0));
	const struct {
		struct str key;
		struct str *out;
	} heads[] = {
		{ S("编号"), &r->id },
		{ S("名称"), &r->title },
		{ S("施行日期"), &r->from },
		{ S("失效日期"), &r->to },
		{ S("依据"), &r->basis },
	};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		if (!str_eq(key, heads[i].key))
			continue;
		*heads[i].out = str_trim(xlsx_at(row, 1));
		return true;
	}
	return false;
}

static void
headings_take(struct sheet_reading *r, const struct xlsx_row *row)
{
	static const struct {
		struct str before;
		enum role role;
	} roles[] = {
		{ S("输入："), ROLE_INPUT },
		{ S("输入:"), ROLE_INPUT },
		{ S("结果："), ROLE_OUTPUT },
		{ S("结果:"), ROLE_OUTPUT },
	};

	for (size_t i = 0; i < row->cells.n; i++) {
		const struct xlsx_cell *cell = &row->cells.v[i];
		const struct str text = str_trim(cell->text);
		struct sheet_column_def c = { .at = cell->column, .role = ROLE_BASIS };

		if (!cell->column || !text.n)
			continue;
		for (size_t k = 0; k < sizeof roles / sizeof *roles; k++)
			if (str_starts(text, roles[k].before)) {
				c.role = roles[k].role;
				c.title = str_trim(
				    str_sub(text, roles[k].before.n, text.n));
			}
		if (c.role == ROLE_BASIS && !str_eq(text, S("依据")))
			fault(r, row->no, cell->column,
			    "标题写作“输入：…”、“结果：…”或者“依据”");
		*list_add(r->cx->arena, &r->columns) = c;
	}
}

/* --- ids and types: written, or those of the table of law/ --- */

static void
type_split(struct sheet_reading *r, int row, struct sheet_column_def *c, struct str text)
{
	struct str rest = text, one;

	str_split(&rest, S(" "), &c->type);
	rest = str_trim(rest);
	if (!str_has(rest, S("="))) {
		c->of = rest;
	} else {
		struct buf b = { .arena = r->cx->arena };
		LIST(struct choice) own = { 0 };

		rest = str_replace(r->cx->arena, rest, S("；"), S("、"));
		while (str_split(&rest, S("、"), &one)) {
			struct str title = one, id;

			str_split(&title, S("="), &id);
			buf_fmt(&b, "%s%.*s: %.*s", b.n ? ", " : "",
			    STR_ARG(str_trim(id)), STR_ARG(str_trim(title)));
			*list_add(r->cx->arena, &own) = (struct choice){ str_trim(id),
				str_trim(title) };
		}
		c->options = buf_str(&b);
		c->choices = own.v;
		c->n_choices = own.n;
	}
	if (str_eq(c->type, S("choice")) && c->of.n) {
		const struct choice_list *list = map_find(&r->defs->choices, c->of);

		if (!list)
			fault(r, row, c->at, "没有选项表“%.*s”", STR_ARG(c->of));
		c->choices = list ? list->v : NULL;
		c->n_choices = list ? list->n : 0;
	}
}

static const struct field *
known_column(const struct sheet_reading *r, const struct sheet_column_def *c)
{
	const struct field_list *fields = !r->known               ? NULL
					  : c->role == ROLE_INPUT ? &r->known->inputs
								  : &r->known->outputs;

	for (size_t i = 0; fields && i < fields->n; i++)
		if (str_eq(fields->v[i].title, c->title))
			return &fields->v[i];
	return NULL;
}

/* What the table of law/ says of a column of this title. */
static void
column_complete(struct sheet_reading *r, int row, struct sheet_column_def *c)
{
	const struct field *f = known_column(r, c);

	if (c->role == ROLE_BASIS)
		return;
	if (f && !c->id.n)
		c->id = f->id;
	if (f && !c->type.n) {
		struct buf b = { .arena = r->cx->arena };

		c->type = field_type_name(f->type);
		c->of = f->choices.n ? f->choices : f->of.n ? f->of.v[0] : S("");
		for (size_t i = 0; !c->of.n && i < f->options.n; i++)
			buf_fmt(&b, "%s%.*s: %.*s", i ? ", " : "",
			    STR_ARG(f->options.v[i].id), STR_ARG(f->options.v[i].title));
		c->options = buf_str(&b);
		c->choices = f->options.v;
		c->n_choices = f->options.n;
	}
	if (!c->id.n || !c->type.n)
		fault(r, row, c->at,
		    "“%.*s”没有编号或者类型：在标题下面加写“编号”、“类型”两行",
		    STR_ARG(c->title));
}

/* --- cells --- */

static bool
cell_asks_nothing(struct str text)
{
	return !text.n || str_eq(text, S("-")) || str_eq(text, S("—"));
}

static const struct choice *
choice_named(const struct sheet_column_def *c, struct str text)
{
	for (size_t i = 0; i < c->n_choices; i++)
		if (str_eq(text, c->choices[i].id) || str_eq(text, c->choices[i].title))
			return &c->choices[i];
	return NULL;
}

struct chosen {
	struct buf ids;
	size_t n;
};

static void
choose(struct sheet_reading *r, int row, const struct sheet_column_def *c,
    struct str text, struct chosen *out)
{
	const struct choice *one = choice_named(c, text);

	if (!one)
		fault(r, row, c->at, "“%.*s”不是“%.*s”的选项", STR_ARG(text),
		    STR_ARG(c->title));
	else
		buf_fmt(&out->ids, "%s%.*s", out->n ? ", " : "", STR_ARG(one->id));
	out->n++;
}

/* Several are joined with ；, and with 、 where no title has one itself. */
static struct str
choices_text(
    struct sheet_reading *r, int row, const struct sheet_column_def *c, struct str text)
{
	struct arena *a = r->cx->arena;
	struct chosen chosen = { .ids = { .arena = a } };
	struct str rest = str_replace(a, text, S("\n"), S("；")), part, one;

	while (str_split(&rest, S("；"), &part)) {
		part = str_trim(part);
		if (choice_named(c, part)) {
			choose(r, row, c, part, &chosen);
			continue;
		}
		while (part.n && str_split(&part, S("、"), &one))
			choose(r, row, c, str_trim(one), &chosen);
	}
	if (c->role == ROLE_OUTPUT && chosen.n != 1)
		fault(r, row, c->at, "结果只能是一个选项");
	return c->role == ROLE_OUTPUT || chosen.n == 1
		   ? buf_str(&chosen.ids)
		   : str_fmt(a, "[%.*s]", STR_ARG(buf_str(&chosen.ids)));
}

/* Signs as keyboards for Chinese give them, and truth in words. */
static struct str
expression_text(struct arena *a, const struct sheet_column_def *c, struct str text)
{
	static const struct {
		struct str from, to;
	} signs[] = {
		{ S("≥"), S(">=") },
		{ S("≤"), S("<=") },
		{ S("＞"), S(">") },
		{ S("＜"), S("<") },
		{ S("＝"), S("=") },
		{ S("，"), S(",") },
	};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		text = str_replace(a, text, signs[i].from, signs[i].to);
	if (str_eq(c->type, S("bool")))
		text = str_eq(text, S("是"))   ? S("true")
		       : str_eq(text, S("否")) ? S("false")
					       : text;
	return text;
}

static struct str
cell_text_of(
    struct sheet_reading *r, const struct xlsx_row *row, const struct sheet_column_def *c)
{
	const struct feel_scope scope = { 0 };
	struct messages m = { .arena = r->cx->arena };
	const struct feel *e;
	struct str text = str_trim(xlsx_at(row, c->at));
	enum err err;

	if (cell_asks_nothing(text))
		return S("");
	if (str_eq(c->type, S("choice")))
		return choices_text(r, row->no, c, text);
	text = expression_text(r->cx->arena, c, text);
	err = c->role == ROLE_INPUT ? feel_parse_tests(r->cx, text, &scope, &e, &m)
				    : feel_parse(r->cx, text, &scope, &e, &m);
	if (err != ERR_OK)
		fault(r, row->no, c->at, "%.*s", STR_ARG(m.n ? m.v[0].text : r->cx->why));
	return yaml_quoted(r->cx->arena, text);
}

/* The results of a column from the highest, as they stand under `order`. */
static void
put_order(struct sheet_reading *r, struct buf *b, const struct sheet_column_def *c)
{
	const struct feel_scope scope = { 0 };
	struct str rest = str_replace(r->cx->arena, c->order, S("\n"), S("；")), one;
	size_t n = 0;

	buf_fmt(b, " %.*s: [", STR_ARG(c->id));
	while (str_split(&rest, S("；"), &one)) {
		struct messages m = { .arena = r->cx->arena };
		const struct feel *e;

		one = str_trim(one);
		buf_put(b, n++ ? S(", ") : S(""));
		if (str_eq(c->type, S("choice"))) {
			buf_put(b, choices_text(r, r->order->no, c, one));
			continue;
		}
		one = expression_text(r->cx->arena, c, one);
		if (feel_parse(r->cx, one, &scope, &e, &m) != ERR_OK)
			fault(r, r->order->no, c->at, "%.*s",
			    STR_ARG(m.n ? m.v[0].text : r->cx->why));
		buf_put(b, yaml_quoted(r->cx->arena, one));
	}
	buf_put_byte(b, ']');
}

static void
put_orders(struct sheet_reading *r, struct buf *b)
{
	bool any = false;

	if (!r->order)
		return;
	buf_put(b, S("order: {"));
	for (size_t i = 0; i < r->columns.n; i++) {
		if (!r->columns.v[i].order.n)
			continue;
		buf_put(b, any ? S(",") : S(""));
		put_order(r, b, &r->columns.v[i]);
		any = true;
	}
	buf_put(b, S(" }\n"));
}

/* --- the text of the definition --- */

static void
put_list(struct buf *b, struct str text)
{
	struct str rest = str_replace(b->arena, text, S("；"), S("、")), one;
	size_t n = 0;

	buf_put_byte(b, '[');
	while (str_split(&rest, S("、"), &one))
		if (str_trim(one).n)
			buf_fmt(b, "%s%.*s", n++ ? ", " : "", STR_ARG(str_trim(one)));
	buf_put_byte(b, ']');
}

static void
put_columns(struct sheet_reading *r, struct buf *b, enum role role)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct sheet_column_def *c = &r->columns.v[i];

		if (c->role != role)
			continue;
		buf_fmt(b, "  %.*s: { title: %.*s, type: %.*s", STR_ARG(c->id),
		    STR_ARG(yaml_quoted(b->arena, c->title)), STR_ARG(c->type));
		if (c->of.n)
			buf_fmt(b, ", of: %.*s", STR_ARG(c->of));
		if (c->options.n)
			buf_fmt(b, ", options: { %.*s }", STR_ARG(c->options));
		buf_put(b, S(" }\n"));
	}
}

/* `{ kind: [fine], amount: ">= 5" }`; false: no cell of these asks or gives anything. */
static bool
put_cells(
    struct sheet_reading *r, struct buf *b, const struct xlsx_row *row, enum role role)
{
	size_t n = 0;

	buf_put_byte(b, '{');
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct sheet_column_def *c = &r->columns.v[i];
		struct str text;

		if (c->role != role)
			continue;
		text = cell_text_of(r, row, c);
		if (role == ROLE_OUTPUT && !text.n)
			fault(r, row->no, c->at, "没有写结果“%.*s”", STR_ARG(c->title));
		if (text.n)
			buf_fmt(b, "%s %.*s: %.*s", n++ ? "," : "", STR_ARG(c->id),
			    STR_ARG(text));
	}
	buf_put(b, S(" }"));
	return n > 0;
}

static void
note_line(struct sheet_reading *r, const struct buf *b, int row)
{
	int line = 1;

	for (size_t i = 0; i < b->n; i++)
		line += b->p[i] == '\n';
	*list_add(r->cx->arena, &r->lines) = (struct table_line){ line, row };
}

static void
put_rule(struct sheet_reading *r, struct buf *b, const struct xlsx_row *row)
{
	note_line(r, b, row->no);
	buf_put(b, S("  - { when: "));
	put_cells(r, b, row, ROLE_INPUT);
	buf_put(b, S(", then: "));
	put_cells(r, b, row, ROLE_OUTPUT);
	for (size_t i = 0; i < r->columns.n; i++) {
		const struct str basis = str_trim(xlsx_at(row, r->columns.v[i].at));

		if (r->columns.v[i].role != ROLE_BASIS || !basis.n)
			continue;
		buf_put(b, S(",\n      basis: "));
		put_list(b, basis);
	}
	buf_put(b, S(" }\n"));
}

static struct str
table_text(struct sheet_reading *r)
{
	struct buf b = { .arena = r->cx->arena };

	buf_fmt(&b, "table: %.*s\ntitle: %.*s\nin_force: { from: %.*s", STR_ARG(r->id),
	    STR_ARG(r->title), STR_ARG(r->from));
	if (r->to.n)
		buf_fmt(&b, ", to: %.*s", STR_ARG(r->to));
	buf_put(&b, S(" }\nbasis: "));
	put_list(&b, r->basis);
	buf_fmt(&b, "\nhit: %.*s\ninputs:\n", STR_ARG(r->hit));
	put_columns(r, &b, ROLE_INPUT);
	buf_put(&b, S("outputs:\n"));
	put_columns(r, &b, ROLE_OUTPUT);
	put_orders(r, &b);
	buf_put(&b, S("rows:\n"));
	for (size_t i = 0; i < r->rules.n; i++)
		put_rule(r, &b, r->rules.v[i]);
	if (r->otherwise) {
		note_line(r, &b, r->otherwise->no);
		buf_put(&b, S("otherwise: "));
		put_cells(r, &b, r->otherwise, ROLE_OUTPUT);
		buf_put_byte(&b, '\n');
	}
	return buf_str(&b);
}

/* --- the sheet --- */

static void
below_headings(struct sheet_reading *r, const struct xlsx_row *row)
{
	const struct str first = str_trim(xlsx_at(row, 0));

	if (str_eq(first, S("其他"))) {
		r->otherwise = row;
	} else if (str_eq(first, S("次序"))) {
		r->order = row;
		for (size_t i = 0; i < r->columns.n; i++)
			if (r->columns.v[i].role == ROLE_OUTPUT)
				r->columns.v[i].order = str_trim(
				    xlsx_at(row, r->columns.v[i].at));
	} else if (str_eq(first, S("编号")) || str_eq(first, S("类型"))) {
		for (size_t i = 0; i < r->columns.n; i++) {
			struct sheet_column_def *c = &r->columns.v[i];
			const struct str text = str_trim(xlsx_at(row, c->at));

			if (c->role == ROLE_BASIS || !text.n)
				continue;
			if (str_eq(first, S("编号")))
				c->id = text;
			else
				type_split(r, row->no, c, text);
		}
	} else {
		*list_add(r->cx->arena, &r->rules) = row;
	}
}

static const struct decision_def *
newest_table(const struct defs *defs, struct str id)
{
	const struct decision_list *list = map_find(&defs->tables, id);

	return list ? list->v[list->n - 1] : NULL;
}

/* P and O go by the order of the results, the other policies by none. */
static void
want_order(struct sheet_reading *r, int row)
{
	const bool ranked = str_eq(r->hit, S("P")) || str_eq(r->hit, S("O"));
	bool any = false;

	for (size_t i = 0; i < r->columns.n; i++)
		any |= r->columns.v[i].order.n > 0;
	if (ranked && !any)
		fault(r, row, 0, "%.*s 要写明结果的次序：在标题下面加写“次序”一行",
		    STR_ARG(r->hit));
	else if (!ranked && r->order)
		fault(r, r->order->no, 0, "%.*s 不需要“次序”", STR_ARG(r->hit));
}

static void
want_head(struct sheet_reading *r, int row)
{
	const struct {
		struct str what, is;
	} heads[] = { { S("编号"), r->id }, { S("名称"), r->title },
		{ S("施行日期"), r->from }, { S("依据"), r->basis } };

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (!heads[i].is.n)
			fault(r, row, 0, "标题上面缺少“%.*s”", STR_ARG(heads[i].what));
	want_order(r, row);
}

enum err
table_sheet_read(struct cx *cx, const struct xlsx_sheet *sheet, const struct defs *defs,
    struct str *yaml, struct table_lines *lines)
{
	struct sheet_reading r = { .cx = cx, .defs = defs, .m = { .arena = cx->arena } };
	enum feel_hit hit;
	int headings = 0;

	for (size_t i = 0; i < sheet->rows.n; i++) {
		const struct xlsx_row *row = &sheet->rows.v[i];

		if (headings) {
			below_headings(&r, row);
		} else if (feel_hit_parse(str_trim(xlsx_at(row, 0)), &hit)) {
			r.hit = str_trim(xlsx_at(row, 0));
			headings = row->no;
			headings_take(&r, row);
			r.known = newest_table(defs, r.id);
		} else if (!head_take(&r, row)) {
			fault(&r, row->no, 0,
			    "这里应当是编号、名称、施行日期、失效日期、依据，或者命中方式"
			    "（U A F R C …）和各列的标题");
		}
	}
	if (!headings)
		return fail(cx, ERR_INPUT, "没有以命中方式（U A F R C …）开头的标题行");
	want_head(&r, headings);
	for (size_t i = 0; i < r.columns.n; i++)
		column_complete(&r, headings, &r.columns.v[i]);
	*yaml = table_text(&r);
	*lines = r.lines;
	return messages_err(cx, &r.m);
}
