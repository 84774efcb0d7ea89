/*
 * Writing the canonical form (docs/canon.md). One value has exactly one spelling, and the
 * reader (canon_read.c) accepts no other: whatever parses is byte for byte what canon_put
 * would write again, so a digest over the bytes is a digest over the value.
 */
#include "lang/canon.h"

#include <stdlib.h>

#include "base/bug.h"
#include "lang/canon_text.h"

/* Whether it is UTF-8 is asked once, of all that was written. */
static void
put_text(struct buf *b, struct str s)
{
	static const char shorts[32] = {
		[8] = 'b', [9] = 't', [10] = 'n', [12] = 'f', [13] = 'r'
	};
	size_t from = 0;

	buf_put_byte(b, '"');
	for (size_t i = canon_plain_end(s, 0); i < s.n; i = canon_plain_end(s, i + 1)) {
		const unsigned char c = (unsigned char)s.p[i];

		if (!c)
			bug("canon: a text that holds U+0000");
		buf_put(b, str_sub(s, from, i));
		from = i + 1;
		if (c < 0x20 && !shorts[c])
			buf_fmt(b, "\\u%04x", c);
		else
			buf_put(
			    b, (struct str){
				   (char[]){ '\\', c < 0x20 ? shorts[c] : (char)c }, 2 });
	}
	buf_put(b, str_sub(s, from, s.n));
	buf_put_byte(b, '"');
}

static bool
in_order(const struct value_pair *pairs, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (canon_key_order(pairs[i - 1].key, pairs[i].key) >= 0)
			return false;
	return true;
}

static int
pair_order(const void *a, const void *b)
{
	const struct value_pair *const *x = a, *const *y = b;

	return canon_key_order((*x)->key, (*y)->key);
}

/* What grew by a few keys since it was read is nearly sorted, and nearly all is short. */
static void
pairs_sort(const struct value_pair **v, size_t n)
{
	enum { SHORT = 64 };

	if (n > SHORT) {
		qsort(v, n, sizeof *v, pair_order);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		const struct value_pair *one = v[i];
		size_t at = i;

		for (; at && canon_key_order(v[at - 1]->key, one->key) > 0; at--)
			v[at] = v[at - 1];
		v[at] = one;
	}
}

static void put_value(struct buf *b, const struct value *v, int depth);

static void
put_pair(struct buf *b, const struct value_pair *p, bool first, int depth)
{
	if (!first)
		buf_put_byte(b, ',');
	put_text(b, p->key);
	buf_put_byte(b, ':');
	put_value(b, &p->value, depth + 1);
}

static void
put_unordered(struct buf *b, const struct value *v, int depth)
{
	const size_t n = v->map.n;
	const struct value_pair **order = arena_array(
	    b->arena, const struct value_pair *, n);

	for (size_t i = 0; i < n; i++)
		order[i] = &v->map.pairs[i];
	pairs_sort(order, n);
	for (size_t i = 0; i < n; i++) {
		if (i && str_eq(order[i - 1]->key, order[i]->key))
			bug("canon: key %.*s twice", STR_ARG(order[i]->key));
		put_pair(b, order[i], !i, depth);
	}
}

/* What was read from the record is in order. */
static void
put_map(struct buf *b, const struct value *v, int depth)
{
	buf_put_byte(b, '{');
	if (in_order(v->map.pairs, v->map.n))
		for (size_t i = 0; i < v->map.n; i++)
			put_pair(b, &v->map.pairs[i], !i, depth);
	else
		put_unordered(b, v, depth);
	buf_put_byte(b, '}');
}

static void
put_list(struct buf *b, const struct value *v, int depth)
{
	buf_put_byte(b, '[');
	for (size_t i = 0; i < v->list.n; i++) {
		if (i)
			buf_put_byte(b, ',');
		put_value(b, &v->list.items[i], depth + 1);
	}
	buf_put_byte(b, ']');
}

static void
put_value(struct buf *b, const struct value *v, int depth)
{
	switch (v->kind) {
	case V_NULL:
		buf_put(b, S("null"));
		return;
	case V_BOOL:
		buf_put(b, v->b ? S("true") : S("false"));
		return;
	case V_INT:
		if (v->i <= -CANON_INT_LIMIT || v->i >= CANON_INT_LIMIT)
			bug("canon: integer %lld out of range", (long long)v->i);
		buf_put_int(b, v->i);
		return;
	case V_TEXT:
		put_text(b, v->s);
		return;
	case V_LIST:
	case V_MAP:
		if (depth >= CANON_DEPTH)
			bug("canon: deeper than %d", CANON_DEPTH);
		if (v->kind == V_LIST)
			put_list(b, v, depth);
		else
			put_map(b, v, depth);
		return;
	case V_DECIMAL:
	case V_DAY:
	case V_TIME:
	case V_INSTANT:
	case V_MONTHS:
	case V_DURATION:
	case V_RANGE:
	case V_FUNCTION:
		break;
	}
	bug("canon: a value of kind %d is not stored", (int)v->kind);
}

void
canon_put(struct buf *b, const struct value *v)
{
	const size_t from = b->n;

	put_value(b, v, 0);
	if (!str_is_utf8(str_sub(buf_str(b), from, b->n)))
		bug("canon: a text that is not UTF-8");
}

struct str
canon_str(struct arena *a, const struct value *v)
{
	struct buf b = { .arena = a };

	canon_put(&b, v);
	return buf_str(&b);
}
