/* The longest common row of tokens, by the table; and likeness by pairs of characters. */
#include "lang/diff.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "lang/han.h"
#include "lang/nfc.h"

enum { CELLS_MAX = 4 * 1000 * 1000, GLUE_CHARS = 1 };

struct tokens {
	struct str *v;
	size_t n, cap;
};

static bool
is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void
tokens_cut(struct arena *a, struct str s, struct tokens *out)
{
	for (size_t i = 0; i < s.n;) {
		const size_t from = i;
		int64_t n;

		while (i < s.n && is_word_byte(s.p[i]))
			i++;
		if (i == from && !han_take(s, &i, &n))
			str_next(s, &i);
		*list_add(a, out) = str_sub(s, from, i);
	}
}

/* Puts from..to of one side as a piece, or makes the last one longer. */
static void
piece_put(struct arena *a, struct diff *out, enum diff_kind kind, struct str text)
{
	struct diff_piece *last = out->n ? &out->v[out->n - 1] : NULL;

	if (!text.n)
		return;
	if (last && last->kind == kind && last->text.p + last->text.n == text.p)
		last->text.n += text.n;
	else
		*list_add(a, out) = (struct diff_piece){ kind, text };
}

/* lengths[i][j]: of the longest common row of x from i on and y from j on. */
static uint16_t *
table_fill(struct arena *a, const struct tokens *x, const struct tokens *y)
{
	const size_t wide = y->n + 1;
	uint16_t *t = arena_array(a, uint16_t, (x->n + 1) * wide);

	for (size_t i = x->n; i-- > 0;)
		for (size_t j = y->n; j-- > 0;) {
			const uint16_t down = t[(i + 1) * wide + j];
			const uint16_t right = t[i * wide + j + 1];

			t[i * wide + j] = str_eq(x->v[i], y->v[j])
					      ? (uint16_t)(t[(i + 1) * wide + j + 1] + 1)
					  : down > right ? down
							 : right;
		}
	return t;
}

static void
middle_put(
    struct arena *a, const struct tokens *x, const struct tokens *y, struct diff *out)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	const size_t wide = y->n + 1;
	const bool large = (x->n + 1) * wide > CELLS_MAX || x->n > UINT16_MAX;
	const uint16_t *t = large ? NULL : table_fill(&scratch, x, y);
	size_t i = 0, j = 0;

	while (i < x->n || j < y->n) {
		if (t && i < x->n && j < y->n && str_eq(x->v[i], y->v[j])) {
			piece_put(a, out, DIFF_SAME, y->v[j++]);
			i++;
		} else if (i < x->n &&
			   (j == y->n || large ||
			       t[(i + 1) * wide + j] >= t[i * wide + j + 1])) {
			piece_put(a, out, DIFF_GONE, x->v[i++]);
		} else {
			piece_put(a, out, DIFF_NEW, y->v[j++]);
		}
	}
}

/* A run of changes becomes one piece gone and one new; what little is the same within it
 * belongs to both. `x` and `y` say where the run stands in either text. */
static void
run_put(struct arena *a, struct diff *out, struct str gone, struct str fresh)
{
	piece_put(a, out, DIFF_GONE, gone);
	piece_put(a, out, DIFF_NEW, fresh);
}

static void
diff_glue(
    struct arena *a, const struct diff *raw, struct str x, struct str y, struct diff *out)
{
	size_t i = 0, at_x = 0, at_y = 0;

	while (i < raw->n) {
		const size_t from_x = at_x, from_y = at_y;

		if (raw->v[i].kind == DIFF_SAME) {
			piece_put(a, out, DIFF_SAME, raw->v[i].text);
			at_x += raw->v[i].text.n;
			at_y += raw->v[i++].text.n;
			continue;
		}
		for (; i < raw->n; i++) {
			const struct diff_piece *p = &raw->v[i];

			if (p->kind == DIFF_SAME &&
			    (i + 1 == raw->n || str_chars(p->text) > GLUE_CHARS))
				break;
			at_x += p->kind != DIFF_NEW ? p->text.n : 0;
			at_y += p->kind != DIFF_GONE ? p->text.n : 0;
		}
		run_put(a, out, str_sub(x, from_x, at_x), str_sub(y, from_y, at_y));
	}
}

void
diff_texts(struct arena *a, struct str before, struct str after, struct diff *out)
{
	struct tokens x = { 0 }, y = { 0 };
	struct diff raw = { 0 };
	size_t head = 0, tail = 0;

	tokens_cut(a, before, &x);
	tokens_cut(a, after, &y);
	while (head < x.n && head < y.n && str_eq(x.v[head], y.v[head]))
		piece_put(a, &raw, DIFF_SAME, y.v[head++]);
	while (head + tail < x.n && head + tail < y.n &&
	       str_eq(x.v[x.n - 1 - tail], y.v[y.n - 1 - tail]))
		tail++;
	middle_put(a, &(struct tokens){ x.v + head, x.n - head - tail, 0 },
	    &(struct tokens){ y.v + head, y.n - head - tail, 0 }, &raw);
	for (size_t i = y.n - tail; i < y.n; i++)
		piece_put(a, &raw, DIFF_SAME, y.v[i]);
	diff_glue(a, &raw, before, after, out);
}

/* ---- likeness ---- */

struct str
text_bare(struct arena *a, struct str s)
{
	const struct str folded = nfkc_fold(a, s);
	struct buf b = { .arena = a };

	for (size_t i = 0; i < folded.n;) {
		const size_t from = i;
		const uint32_t c = str_next(folded, &i);

		if (c > ' ' && c != 0x3000 && c != 0x200b)
			buf_put(&b, str_sub(folded, from, i));
	}
	return buf_str(&b);
}

static int
pair_cmp(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static size_t
pairs_of(struct arena *a, struct str s, uint64_t **out)
{
	const struct str bare = text_bare(a, s);
	uint64_t *v = arena_array(a, uint64_t, bare.n + 1);
	uint64_t last = 0;
	size_t n = 0;

	for (size_t i = 0; i < bare.n;) {
		const uint64_t c = str_next(bare, &i);

		v[n++] = last << 32 | c;
		last = c;
	}
	qsort(v, n, sizeof *v, pair_cmp);
	*out = v;
	return n;
}

int
text_likeness(struct arena *a, struct str x, struct str y)
{
	uint64_t *p, *q;
	const size_t n = pairs_of(a, x, &p), m = pairs_of(a, y, &q);
	size_t i = 0, j = 0, same = 0;

	while (i < n && j < m) {
		if (p[i] == q[j]) {
			same++;
			i++;
			j++;
		} else if (p[i] < q[j]) {
			i++;
		} else {
			j++;
		}
	}
	return n + m ? (int)(same * 200 / (n + m)) : 100;
}
