/*
 * Bands (read/search_band.h). A stretch of the narrowest width is about what a page of a
 * frequent word needs; sixteen of them are one of the next width, so that a group of any
 * size is asked for by few tokens: narrow ones up to where a wide one begins, wide ones,
 * narrow ones again.
 */
#include "read/search_band.h"

#include "read/search_index.h"

enum {
	WIDTHS = 3,
	WIDER_BITS = 4,
	NARROW_BITS = 16,         /* 256 subjects of a log or a collection */
	NARROW_BITS_LIBRARY = 28, /* 4 statutes */
	PART_BITS = 46,           /* as ids are made (search_index.h) */
	FIRST = 2,                /* narrow stretches asked for to begin with */
	GROWS = 3,                /* times what was asked before, at most, up to */
	STEADY = 96,              /* so many */
	LARGE = 4096, /* narrow stretches: behind so many the rest is asked for at once */
};

static const enum search_filter FILTERS[WIDTHS] = { SEARCH_BAND, SEARCH_BAND_WIDE,
	SEARCH_BAND_WIDEST };

static int
narrow_bits(int64_t id)
{
	return id >= SEARCH_STATUTES && id < SEARCH_COLLECTIONS ? NARROW_BITS_LIBRARY
								: NARROW_BITS;
}

void
search_band_put(struct buf *out, int64_t id)
{
	for (int w = 0; w < WIDTHS; w++)
		search_filter_put_int(
		    out, FILTERS[w], id >> (narrow_bits(id) + w * WIDER_BITS));
	search_filter_put_int(out, SEARCH_PART, id >> PART_BITS);
}

int64_t
search_part_end(int64_t id)
{
	return ((id >> PART_BITS) + 1) << PART_BITS;
}

/* How many narrow stretches to ask for, where `asked` held `found`: half as many again as
 * would do if the others are like them, because to ask once more costs more than to see
 * too many. Words stand in clusters, so where few were found the next may hold very many:
 * the steps grow slowly. */
static int64_t
likely(int64_t asked, size_t found, size_t most)
{
	int64_t n = asked < STEADY / GROWS ? asked * GROWS
		    : asked < 2 * STEADY   ? STEADY
					   : asked / 2;

	if (!asked)
		return FIRST;
	if (found && n > (int64_t)(most - found) * asked * 3 / 2 / (int64_t)found)
		n = (int64_t)(most - found) * asked * 3 / 2 / (int64_t)found;
	return n > asked / 4 ? n : asked / 4 + 1;
}

struct search_group
search_group_next(int64_t begin, int64_t from, int64_t end, size_t found, size_t most)
{
	const int bits = narrow_bits(from);
	const int64_t first = from >> bits, last = (end - 1) >> bits;
	const int64_t n = likely(first - (begin >> bits), found, most);
	struct search_group g = { .from = from, .to = end };

	g.is_rest = n > LARGE;
	if (!g.is_rest && first + n <= last)
		g.to = (first + n) << bits;
	return g;
}

static void
place_put(struct buf *out, enum search_filter filter, int64_t n)
{
	struct buf b = { .arena = out->arena };

	search_filter_put_int(&b, filter, n);
	if (out->n)
		buf_put(out, S(" | "));
	buf_put_byte(out, '\'');
	buf_put(out, str_trim(buf_str(&b)));
	buf_put_byte(out, '\'');
}

struct str
search_group_place(struct arena *a, const struct search_group *g)
{
	const int bits = narrow_bits(g->from);
	const int64_t end = ((g->to - 1) >> bits) + 1;
	struct buf b = { .arena = a };

	if (g->is_rest)
		place_put(&b, SEARCH_PART, g->from >> PART_BITS);
	for (int64_t i = g->from >> bits; !g->is_rest && i < end;) {
		int w = WIDTHS - 1;

		while (w && ((i & ((INT64_C(1) << w * WIDER_BITS) - 1)) ||
				i + (INT64_C(1) << w * WIDER_BITS) > end))
			w--;
		place_put(&b, FILTERS[w], i >> w * WIDER_BITS);
		i += INT64_C(1) << w * WIDER_BITS;
	}
	return buf_str(&b);
}
