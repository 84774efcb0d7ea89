/*
 * Both charts are drawn on a sheet 640 units wide. Characters are taken to be square,
 * Latin ones half as wide; that is near enough to break lines.
 */
#include "out/svg.h"

#include "base/buf.h"
#include "base/bug.h"
#include "out/markup.h"

enum {
	WIDTH = 640,
	SIZE = 16,   /* of text */
	LINE = 22,   /* from one line of text to the next */
	BAR = 22,    /* thickness of a lying bar */
	NUMBER = 96, /* room for the number behind a bar */
	PLOT = 240,  /* height of the tallest column */
};

/* Dark to light, and each with its own hatching; all at least 3:1 against white. */
static const char *const colours[CHART_SERIES_MAX] = { "#1d4f7c", "#8a5a00", "#4a6b2a",
	"#767676" };

struct drawing {
	struct cx *cx;
	struct buf b;
	const struct chart *c;
	int64_t most; /* the largest sum of an item */
};

static int64_t
sum_of(const struct chart *c, const struct chart_item *item)
{
	int64_t sum = 0;

	for (size_t s = 0; s < c->n_series; s++) {
		if (item->values[s] < 0 ||
		    __builtin_add_overflow(sum, item->values[s], &sum))
			bug("chart %.*s: a value below zero or too large",
			    STR_ARG(c->id));
	}
	return sum;
}

/* Length of a value when the largest sum is `room` long; never nothing for something. */
static int
length_of(const struct drawing *d, int64_t value, int room)
{
	const int length = (int)((__int128)value * room / (d->most ? d->most : 1));

	return value && !length ? 1 : length;
}

static void
put_text(struct drawing *d, int x, int y, const char *anchor, struct str s)
{
	buf_fmt(&d->b, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
	markup_put(&d->b, s);
	buf_put_z(&d->b, "</text>\n");
}

/* Takes one line of at most `room` units off the front of *rest. */
static struct str
take_line(struct str *rest, int room)
{
	size_t i = 0, end = 0;
	int used = 0;
	struct str line;

	while (i < rest->n) {
		const uint32_t c = str_next(*rest, &i);

		used += c < 0x2E80 ? SIZE / 2 + 1 : SIZE;
		if (used > room && end)
			break;
		end = i;
	}
	line = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end, rest->n);
	return line;
}

static int
lines_of(struct str label, int room)
{
	int n = 0;

	while (label.n) {
		take_line(&label, room);
		n++;
	}
	return n ? n : 1;
}

static void
put_label(struct drawing *d, int x, int y, const char *anchor, struct str label, int room)
{
	while (label.n) {
		put_text(d, x, y, anchor, take_line(&label, room));
		y += LINE;
	}
}

/* The hatching of one series: none, rising, falling, dotted. */
static void
put_pattern(struct drawing *d, size_t series)
{
	static const char *const strokes[CHART_SERIES_MAX] = { "", "M0 8L8 0", "M0 0L8 8",
		"M3 4h2" };

	buf_fmt(&d->b,
	    "<pattern id=\"%.*s-p%zu\" width=\"8\" height=\"8\" "
	    "patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" "
	    "fill=\"%s\"/>",
	    STR_ARG(d->c->id), series, colours[series]);
	if (*strokes[series])
		buf_fmt(&d->b,
		    "<path d=\"%s\" stroke=\"#ffffff\" stroke-width=\"2\" "
		    "fill=\"none\"/>",
		    strokes[series]);
	buf_put_z(&d->b, "</pattern>");
}

static void
open_drawing(struct drawing *d, struct cx *cx, const struct chart *c, int height)
{
	*d = (struct drawing){ .cx = cx, .b = { .arena = cx->arena }, .c = c };
	if (c->n_series < 1 || c->n_series > CHART_SERIES_MAX)
		bug("chart %.*s: %zu series", STR_ARG(c->id), c->n_series);
	for (size_t i = 0; i < c->n_items; i++) {
		const int64_t sum = sum_of(c, &c->items[i]);

		d->most = sum > d->most ? sum : d->most;
	}
	buf_fmt(&d->b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
	    "role=\"img\" "
	    "aria-labelledby=\"%.*s-t%s%.*s%s\" font-size=\"%d\" fill=\"#1a1a1a\">\n",
	    WIDTH, height, STR_ARG(c->id), c->description.n ? " " : "",
	    STR_ARG(c->description.n ? c->id : S("")), c->description.n ? "-d" : "",
	    SIZE);
	buf_fmt(&d->b, "<title id=\"%.*s-t\">", STR_ARG(c->id));
	markup_put(&d->b, c->title);
	buf_put_z(&d->b, "</title>");
	if (c->description.n) {
		buf_fmt(&d->b, "<desc id=\"%.*s-d\">", STR_ARG(c->id));
		markup_put(&d->b, c->description);
		buf_put_z(&d->b, "</desc>");
	}
	buf_put_z(&d->b, "<defs>");
	for (size_t s = 0; s < c->n_series; s++)
		put_pattern(d, s);
	buf_put_z(&d->b, "</defs>\n");
}

static void
put_rect(struct drawing *d, size_t series, int x, int y, int width, int height)
{
	buf_fmt(&d->b,
	    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
	    "fill=\"url(#%.*s-p%zu)\" stroke=\"%s\"/>\n",
	    x, y, width, height, STR_ARG(d->c->id), series, colours[series]);
}

static int
legend_height(const struct chart *c)
{
	return c->n_series > 1 ? (int)c->n_series * LINE + 8 : 0;
}

static void
put_legend(struct drawing *d)
{
	for (size_t s = 0; d->c->n_series > 1 && s < d->c->n_series; s++) {
		put_rect(d, s, 1, (int)s * LINE + 3, 28, 16);
		put_text(d, 38, (int)s * LINE + 17, "start", d->c->series[s]);
	}
}

/* "12", or "12（5/7/0）" of several series: the parts in the order of the legend. */
static struct str
number_text(const struct drawing *d, const struct chart_item *item)
{
	struct buf b = { .arena = d->cx->arena };

	buf_put_int(&b, sum_of(d->c, item));
	if (d->c->n_series > 1) {
		for (size_t s = 0; s < d->c->n_series; s++) {
			buf_put_z(&b, s ? "/" : " (");
			buf_put_int(&b, item->values[s]);
		}
		buf_put_byte(&b, ')');
	}
	return buf_str(&b);
}

struct str
svg_bars(struct cx *cx, const struct chart *c)
{
	const int room = WIDTH - NUMBER - (c->n_series > 1 ? NUMBER / 2 : 0);
	int y = legend_height(c), height = y;
	struct drawing d;

	for (size_t i = 0; i < c->n_items; i++)
		height += lines_of(c->items[i].label, WIDTH) * LINE + BAR + 14;
	open_drawing(&d, cx, c, height > 0 ? height : LINE);
	put_legend(&d);
	for (size_t i = 0; i < c->n_items; i++) {
		const struct chart_item *item = &c->items[i];
		int x = 1;

		put_label(&d, 0, y + SIZE, "start", item->label, WIDTH);
		y += lines_of(item->label, WIDTH) * LINE;
		for (size_t s = 0; s < c->n_series; s++) {
			const int length = length_of(&d, item->values[s], room);

			if (length)
				put_rect(&d, s, x, y, length, BAR);
			x += length;
		}
		put_text(&d, x + 8, y + SIZE, "start", number_text(&d, item));
		y += BAR + 14;
	}
	buf_put_z(&d.b, "</svg>\n");
	return buf_str(&d.b);
}

struct str
svg_columns(struct cx *cx, const struct chart *c)
{
	const int step = c->n_items ? WIDTH / (int)c->n_items : WIDTH;
	const int width = step > 90 ? 60 : step * 2 / 3;
	const int base = legend_height(c) + LINE + PLOT;
	int lines = 1;
	struct drawing d;

	if (c->n_items > 24)
		bug("chart %.*s: %zu columns", STR_ARG(c->id), c->n_items);
	for (size_t i = 0; i < c->n_items; i++) {
		const int n = lines_of(c->items[i].label, step - 4);

		lines = n > lines ? n : lines;
	}
	open_drawing(&d, cx, c, base + lines * LINE + 10);
	put_legend(&d);
	for (size_t i = 0; i < c->n_items; i++) {
		const struct chart_item *item = &c->items[i];
		const int middle = (int)i * step + step / 2;
		int y = base;

		for (size_t s = 0; s < c->n_series; s++) {
			const int length = length_of(&d, item->values[s], PLOT);

			y -= length;
			if (length)
				put_rect(&d, s, middle - width / 2, y, width, length);
		}
		put_text(&d, middle, y - 6, "middle",
		    str_fmt(cx->arena, "%lld", (long long)sum_of(c, item)));
		put_label(&d, middle, base + LINE, "middle", item->label, step - 4);
	}
	buf_fmt(&d.b, "<path d=\"M0 %dH%d\" stroke=\"#1a1a1a\" fill=\"none\"/>\n</svg>\n",
	    base, WIDTH);
	return buf_str(&d.b);
}
