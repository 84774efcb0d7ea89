/* Lines of prose, and how they are printed. */
#include "explain/prose.h"

#include <stdarg.h>

void
prose_line(struct prose *t, enum prose_kind kind)
{
	struct prose_line *line = list_add(t->w.arena, &t->lines);

	if (kind == PROSE_HEADING) {
		t->heading++;
		t->number = 0;
	} else if (kind == PROSE_ITEM) {
		t->number++;
	}
	*line = (struct prose_line){ .kind = kind,
		.number = kind == PROSE_HEADING ? t->heading : t->number,
		.text = { .arena = t->w.arena } };
}

static struct buf *
last(struct prose *t)
{
	return &t->lines.v[t->lines.n - 1].text;
}

void
prose_say(struct prose *t, const char *text)
{
	buf_put_z(last(t), text);
}

void
prose_fmt(struct prose *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_put(last(t), str_vfmt(t->w.arena, fmt, ap));
	va_end(ap);
}

void
prose_heading(struct prose *t, struct str title)
{
	prose_line(t, PROSE_HEADING);
	buf_put(last(t), title);
}

void
prose_basis(struct prose *t, struct str basis)
{
	const struct str cited = words_citations(&t->w, basis);

	if (cited.n)
		prose_fmt(t, "依据：%.*s。", STR_ARG(cited));
}

void
prose_named(struct prose *t, struct str title, struct str id)
{
	buf_put(last(t), title);
	if (!t->w.plain)
		prose_fmt(t, "（%.*s）", STR_ARG(id));
}

void
prose_condition(
    struct prose *t, const char *before, const struct feel *e, const char *instead)
{
	const struct str said = words_condition(&t->w, e);

	if (said.n)
		prose_fmt(t, "%s%.*s", before, STR_ARG(said));
	else if (instead)
		prose_fmt(t, "%s%s", before, instead);
}

struct str
prose_text(const struct prose *t)
{
	static const char *const numbers[] = { "十", "一", "二", "三", "四", "五", "六",
		"七", "八", "九" };
	struct buf b = { .arena = t->w.arena };

	for (size_t i = 0; i < t->lines.n; i++) {
		const struct prose_line *line = &t->lines.v[i];

		switch (line->kind) {
		case PROSE_TITLE:
		case PROSE_LEAD:
			break;
		case PROSE_HEADING:
			buf_fmt(&b, "\n%s%s、", line->number > 10 ? "十" : "",
			    numbers[line->number % 10]);
			break;
		case PROSE_PLAIN:
			buf_put_z(&b, "  ");
			break;
		case PROSE_ITEM:
			buf_fmt(&b, "  %d. ", line->number);
			break;
		case PROSE_SUB:
			buf_put_z(&b, "     ");
			break;
		case PROSE_POINT:
			buf_put_z(&b, "     · ");
			break;
		case PROSE_TABLE:
			continue;
		}
		buf_put(&b, buf_str(&line->text));
		buf_put_byte(&b, '\n');
	}
	return buf_str(&b);
}
