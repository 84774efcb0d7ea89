/* Tables as CSV. */
#include "out/csv.h"

#include <iconv.h>

#include "base/buf.h"
#include "base/bug.h"

static bool
is_formula(struct str s)
{
	static const struct str starts[] = { S("="), S("+"), S("-"), S("@"), S("\t"),
		S("\r"), S("＝"), S("＋"), S("－"), S("＠") };

	while (str_starts(s, S("'"))) /* so that taking one off again is exact */
		s = str_sub(s, 1, s.n);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(s, starts[i]))
			return true;
	return false;
}

static bool
needs_quotes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void
put_field(struct buf *b, struct str s, bool is_text)
{
	const bool formula = is_text && is_formula(s);

	if (!needs_quotes(s)) {
		buf_put_z(b, formula ? "'" : "");
		buf_put(b, s);
		return;
	}
	buf_put_z(b, formula ? "\"'" : "\"");
	buf_put(b, str_replace(b->arena, s, S("\""), S("\"\"")));
	buf_put_byte(b, '"');
}

static struct str
to_gb18030(struct cx *cx, struct str s)
{
	const iconv_t cd = iconv_open("GB18030", "UTF-8");
	const size_t room = s.n * 2 + 16; /* at most 4 bytes for 2 of UTF-8 */
	char *out = arena_alloc(cx->arena, room), *to = out;
	/* iconv does not write to its input, whatever its type says. */
	char *from = arena_copy(cx->arena, s.p, s.n);
	size_t left = s.n, free_room = room;

	if (cd == (iconv_t)-1)
		bug("iconv knows no GB18030");
	if (iconv(cd, &from, &left, &to, &free_room) == (size_t)-1)
		bug("text that is not UTF-8 reached the encoder");
	iconv_close(cd);
	return (struct str){ out, (size_t)(to - out) };
}

struct str
csv_str(struct cx *cx, const struct table *t, enum csv_encoding encoding)
{
	struct buf b = { .arena = cx->arena };
	const char *between;

	if (encoding == CSV_UTF8)
		buf_put_z(&b, "\xEF\xBB\xBF");
	between = "";
	for (size_t c = 0; c < t->n_columns; c++) {
		if (t->columns[c].is_hidden)
			continue;
		buf_put_z(&b, between);
		put_field(&b, t->columns[c].title, true);
		between = ",";
	}
	for (size_t r = 0; r < table_rows(t); r++) {
		between = "\r\n";
		for (size_t c = 0; c < t->n_columns; c++) {
			const struct cell *cell = table_cell(t, r, c);

			if (t->columns[c].is_hidden)
				continue;
			buf_put_z(&b, between);
			put_field(&b, cell_str(cx->arena, cell), cell->kind == CELL_TEXT);
			between = ",";
		}
	}
	buf_put_z(&b, "\r\n");
	return encoding == CSV_GB18030 ? to_gb18030(cx, buf_str(&b)) : buf_str(&b);
}
