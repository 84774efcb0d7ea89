/*
 * Tables as workbooks; the only file that knows libxlsxwriter. The library writes to a
 * path, so it is given a file that exists in memory only.
 */
#include "out/xlsx.h"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/buf.h"
#include "base/bug.h"

enum { TITLE_SIZE = 18, TEXT_SIZE = 11, LINE_POINTS = 15, HEIGHT_MAX = 409 };
enum { ROWS_MAX = 1048000, SHEET_NAME_MAX = 31, EXCEL_DAY_ZERO = 25569 };

struct book {
	struct cx *cx;
	lxw_workbook *wb;
	lxw_worksheet
	    *hidden; /* marks in columns A-C, choices from D on; made when needed */
	lxw_row_t hidden_rows;
	lxw_col_t hidden_columns;
	lxw_format *title, *head, *note;
	lxw_format *body[3][2]; /* by column_kind and is_input */
	struct str *names;
	size_t n_names;
	const char *refused;
};

/* The two characters that XML forbids and libxlsxwriter lets pass. */
static struct str
without_forbidden(struct arena *a, struct str s)
{
	s = str_replace(a, s, S("\xEF\xBF\xBE"), S("\xEF\xBF\xBD"));
	return str_replace(a, s, S("\xEF\xBF\xBF"), S("\xEF\xBF\xBD"));
}

/* _x000D_ in a workbook means a code point; a text that has it by chance is escaped. */
static struct str
escaped(struct arena *a, struct str s)
{
	return str_replace(a, without_forbidden(a, s), S("_x"), S("_x005F_x"));
}

static void
write_text(struct book *b, lxw_worksheet *ws, lxw_row_t row, size_t column, struct str s,
    lxw_format *format)
{
	const lxw_error e = worksheet_write_string(ws, row, (lxw_col_t)column,
	    str_cz(b->cx->arena, escaped(b->cx->arena, s)), format);

	if (e == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		b->refused = "单元格文字超过32767字，不能写入表格";
	else if (e != LXW_NO_ERROR)
		bug("xlsxwriter: %s", lxw_strerror(e));
}

static lxw_format *
new_format(struct book *b, double size)
{
	lxw_format *f = workbook_add_format(b->wb);

	format_set_font_name(f, "宋体");
	format_set_font_size(f, size);
	format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
	format_set_text_wrap(f);
	return f;
}

static void
make_formats(struct book *b)
{
	b->title = new_format(b, TITLE_SIZE);
	format_set_bold(b->title);
	format_set_align(b->title, LXW_ALIGN_CENTER);
	b->head = new_format(b, TEXT_SIZE);
	format_set_bold(b->head);
	format_set_align(b->head, LXW_ALIGN_CENTER);
	format_set_border(b->head, LXW_BORDER_THIN);
	format_set_bg_color(b->head, 0xE7E6E6);
	b->note = new_format(b, 10);
	for (int kind = 0; kind < 3; kind++)
		for (int input = 0; input < 2; input++) {
			lxw_format *f = new_format(b, TEXT_SIZE);

			format_set_border(f, LXW_BORDER_THIN);
			if (kind != COLUMN_TEXT)
				format_set_align(f, LXW_ALIGN_CENTER);
			if (kind == COLUMN_DAY)
				format_set_num_format(f, "yyyy-mm-dd");
			else if (kind == COLUMN_INT)
				format_set_num_format(f, "0");
			else if (input) /* what is typed stays a text: 001, 2026-1 */
				format_set_num_format(f, "@");
			if (input)
				format_set_unlocked(f);
			b->body[kind][input] = f;
		}
}

/* Excel: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at the ends, unique. */
static struct str
sheet_name(struct book *b, const struct table *t)
{
	const struct str wanted = without_forbidden(
	    b->cx->arena, t->name.n ? t->name : t->title);
	struct str name;
	int turn = 1;

	for (;;) {
		struct buf buf = { .arena = b->cx->arena };
		const struct str tail = turn > 1 ? str_fmt(b->cx->arena, "-%d", turn)
						 : S("");
		size_t units = tail.n;
		bool taken = false;

		for (size_t i = 0; i < wanted.n;) {
			const uint32_t c = str_next(wanted, &i);

			units += c > 0xFFFF ? 2 : 1;
			if (units > SHEET_NAME_MAX)
				break;
			buf_put_char(&buf,
			    c < 0x20 || (c < 0x80 && strchr("[]:*?/\\'", (int)c)) ? '_'
										  : c);
		}
		if (!buf.n)
			buf_put_z(&buf, "Sheet");
		buf_put(&buf, tail);
		name = buf_str(&buf);
		for (size_t i = 0; i < b->n_names; i++)
			taken |= str_eq(b->names[i], name);
		if (!taken && !str_eq(name, S("zs")))
			break;
		turn++;
	}
	b->names[b->n_names++] = name;
	return name;
}

/* Lines that a text takes in a column; wide characters are two and a bit. */
static int
lines_of(struct str s, int width)
{
	int lines = 1, tenths = 0;

	for (size_t i = 0; i < s.n;) {
		const uint32_t c = str_next(s, &i);
		const int wide = c < 0x2E80 ? 11 : 22;

		if (c != '\n')
			tenths += wide;
		if (c == '\n' || tenths > width * 10) {
			lines++;
			tenths = c == '\n' ? 0 : wide;
		}
	}
	return lines;
}

/* Not every program finds the height of a row by itself when it opens the file, so it is
 * set where one line will not do. */
static void
set_height(lxw_worksheet *ws, lxw_row_t row, int lines)
{
	const int height = lines * LINE_POINTS + 4;

	if (lines > 1)
		worksheet_set_row(
		    ws, row, height < HEIGHT_MAX ? height : HEIGHT_MAX, NULL);
}

static int
width_of(const struct column *c)
{
	return c->width > 0 ? c->width : 12;
}

static lxw_worksheet *
hidden_sheet(struct book *b)
{
	if (!b->hidden) {
		b->hidden = workbook_add_worksheet(b->wb, "zs");
		if (!b->hidden)
			bug("xlsxwriter: no hidden sheet");
		worksheet_hide(b->hidden);
	}
	return b->hidden;
}

static void
write_marks(struct book *b, const struct table *t, struct str name)
{
	for (size_t i = 0; i < t->n_marks; i++) {
		lxw_worksheet *ws = hidden_sheet(b);

		write_text(b, ws, b->hidden_rows, 0, name, NULL);
		write_text(b, ws, b->hidden_rows, 1, t->marks[i].key, NULL);
		write_text(b, ws, b->hidden_rows++, 2, t->marks[i].value, NULL);
	}
}

/* A list inside the rule holds 255 characters; lists by reference leak in this library.
 */
static bool
choices_fit(const struct column *column)
{
	size_t chars = 0;

	for (size_t i = 0; i < column->n_choices; i++) {
		chars += str_chars(column->choices[i]) + (i > 0);
		if (str_has(column->choices[i], S(",")))
			return false;
	}
	return chars <= 255;
}

static void
offer_choices(struct book *b, lxw_worksheet *ws, const struct column *column, size_t at,
    lxw_row_t first, lxw_row_t last)
{
	char **list = arena_array(b->cx->arena, char *, column->n_choices + 1);
	lxw_data_validation rule = {
		.validate = LXW_VALIDATION_TYPE_LIST,
		.ignore_blank = LXW_VALIDATION_ON,
		.dropdown = LXW_VALIDATION_ON,
		.show_error = LXW_VALIDATION_ON,
		.error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
		.value_list = list,
	};

	if (!choices_fit(column))
		return;
	for (size_t i = 0; i < column->n_choices; i++)
		list[i] = str_cz(b->cx->arena, column->choices[i]);
	if (worksheet_data_validation_range(
		ws, first, (lxw_col_t)at, last, (lxw_col_t)at, &rule) != LXW_NO_ERROR)
		bug("xlsxwriter: choices refused");
}

static void
write_cell(struct book *b, lxw_worksheet *ws, lxw_row_t row, size_t at,
    const struct cell *cell, const struct column *column)
{
	enum column_kind kind = column->kind;
	lxw_error e = LXW_NO_ERROR;

	if (cell->kind == CELL_TEXT) /* a text in a column of days stays a text */
		kind = COLUMN_TEXT;
	else if (cell->kind != CELL_EMPTY)
		kind = cell->kind == CELL_DAY ? COLUMN_DAY : COLUMN_INT;
	switch (cell->kind) {
	case CELL_EMPTY:
		e = worksheet_write_blank(
		    ws, row, (lxw_col_t)at, b->body[kind][column->is_input]);
		break;
	case CELL_TEXT:
		write_text(b, ws, row, at, cell->text, b->body[kind][column->is_input]);
		break;
	case CELL_INT:
		e = worksheet_write_number(ws, row, (lxw_col_t)at, (double)cell->number,
		    b->body[kind][column->is_input]);
		break;
	case CELL_DAY:
		e = worksheet_write_number(ws, row, (lxw_col_t)at,
		    (double)(cell->number + EXCEL_DAY_ZERO),
		    b->body[kind][column->is_input]);
		break;
	}
	if (e != LXW_NO_ERROR)
		bug("xlsxwriter: %s", lxw_strerror(e));
}

static void
write_row(
    struct book *b, lxw_worksheet *ws, lxw_row_t row, const struct table *t, size_t r)
{
	int lines = 1;

	for (size_t c = 0; c < t->n_columns; c++) {
		const struct column *column = &t->columns[c];
		const struct cell *cell = table_cell(t, r, c);
		const int n = cell->kind == CELL_TEXT && !column->is_hidden
				  ? lines_of(cell->text, width_of(column))
				  : 1;

		write_cell(b, ws, row, c, cell, column);
		lines = n > lines ? n : lines;
	}
	set_height(ws, row, lines);
}

static void
write_columns(struct book *b, lxw_worksheet *ws, const struct table *t, lxw_row_t head)
{
	for (size_t c = 0; c < t->n_columns; c++) {
		const struct column *column = &t->columns[c];
		lxw_row_col_options hidden = { .hidden = column->is_hidden };

		worksheet_set_column_opt(
		    ws, (lxw_col_t)c, (lxw_col_t)c, width_of(column), NULL, &hidden);
		write_text(b, ws, head, c, column->title, b->head);
		if (column->n_choices && table_rows(t))
			offer_choices(
			    b, ws, column, c, head + 1, head + (lxw_row_t)table_rows(t));
	}
}

static void
set_page(lxw_worksheet *ws, const struct table *t, lxw_row_t head)
{
	worksheet_set_paper(ws, t->paper == PAPER_A3 ? 8 : 9);
	if (!t->is_portrait)
		worksheet_set_landscape(ws);
	worksheet_fit_to_pages(ws, 1, 0);
	worksheet_set_margins(ws, 0.6, 0.6, 0.7, 0.7); /* inches */
	worksheet_repeat_rows(ws, head, head);
	worksheet_freeze_panes(ws, head + 1, 0);
	worksheet_set_footer(ws, "&C— &P —");
	if (t->is_protected) {
		lxw_protection may = {
			.format_columns = 1, .format_rows = 1, .autofilter = 1
		};

		worksheet_protect(ws, NULL, &may);
	}
}

/* A line over all columns; merging one cell is refused by the library. */
static void
write_across(struct book *b, lxw_worksheet *ws, const struct table *t, lxw_row_t row,
    struct str s, lxw_format *format)
{
	if (t->n_columns > 1)
		worksheet_merge_range(
		    ws, row, 0, row, (lxw_col_t)(t->n_columns - 1), "", format);
	write_text(b, ws, row, 0, s, format);
}

static int
shown_width(const struct table *t)
{
	int width = 0;

	for (size_t c = 0; c < t->n_columns; c++)
		width += t->columns[c].is_hidden ? 0 : width_of(&t->columns[c]);
	return width;
}

static void
write_table(struct book *b, const struct table *t)
{
	const struct str name = sheet_name(b, t);
	lxw_worksheet *ws = workbook_add_worksheet(b->wb, str_cz(b->cx->arena, name));
	const lxw_row_t head = t->title.n ? 1 : 0;
	lxw_row_t row = head + 1;

	if (!ws)
		bug("xlsxwriter: sheet name refused");
	if (t->title.n) {
		write_across(b, ws, t, 0, t->title, b->title);
		worksheet_set_row(ws, 0,
		    lines_of(t->title, shown_width(t) * TEXT_SIZE / TITLE_SIZE) * 26 + 6,
		    NULL);
	}
	for (size_t r = 0; r < table_rows(t); r++, row++)
		write_row(b, ws, row, t, r);
	for (size_t i = 0; i < t->n_notes; i++, row++) {
		write_across(b, ws, t, row, t->notes[i], b->note);
		set_height(ws, row, lines_of(t->notes[i], shown_width(t)));
	}
	set_page(ws, t, head);
	write_columns(b, ws, t, head);
	write_marks(b, t, name);
}

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static enum err
read_back(struct cx *cx, int fd, struct str *out)
{
	const off_t size = lseek(fd, 0, SEEK_END);
	char *p;
	size_t n = 0;

	if (size <= 0 || lseek(fd, 0, SEEK_SET) != 0)
		return fail(cx, ERR_STORE, "表格文件没有写成");
	p = arena_alloc(cx->arena, (size_t)size + 1);
	while (n < (size_t)size) {
		const ssize_t got = read(fd, p + n, (size_t)size - n);

		if (got <= 0)
			return fail(cx, ERR_STORE, "表格文件没有写成");
		n += (size_t)got;
	}
	*out = (struct str){ p, n };
	return ERR_OK;
}

static pthread_mutex_t closing = PTHREAD_MUTEX_INITIALIZER;

enum err
xlsx_write(struct cx *cx, const struct table *tables, size_t n, int64_t created_ms,
    struct str *out)
{
	int fd AUTO(close_fd) = memfd_create("xlsx", MFD_CLOEXEC);
	struct book b = { .cx = cx, .names = arena_array(cx->arena, struct str, n) };
	lxw_doc_properties properties = { 0 };
	struct str path;
	lxw_error e;

	for (size_t i = 0; i < n; i++)
		if (table_rows(&tables[i]) + tables[i].n_notes > ROWS_MAX)
			return fail(cx, ERR_INPUT, "表格超过%d行", ROWS_MAX);
	if (fd < 0)
		return fail(cx, ERR_STORE, "表格文件没有写成");
	path = str_fmt(cx->arena, "/proc/self/fd/%d", fd);
	b.wb = workbook_new(str_cz(cx->arena, path));
	if (!b.wb)
		return fail(cx, ERR_STORE, "表格文件没有写成");
	/* 0 would mean "now" to the library */
	properties.created = created_ms >= 1000 ? (time_t)(created_ms / 1000) : 1;
	workbook_set_properties(b.wb, &properties);
	make_formats(&b);
	for (size_t i = 0; i < n; i++)
		write_table(&b, &tables[i]);
	/* The library writes its date through gmtime, whose answer all threads share. */
	pthread_mutex_lock(&closing);
	e = workbook_close(b.wb); /* frees it, also on failure */
	pthread_mutex_unlock(&closing);
	if (b.refused)
		return fail(cx, ERR_INPUT, "%s", b.refused);
	if (e != LXW_NO_ERROR)
		return fail(cx, ERR_STORE, "表格文件没有写成（%s）", lxw_strerror(e));
	return read_back(cx, fd, out);
}
