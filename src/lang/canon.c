/*
 * Writing and reading the canonical form (docs/canon.md). One value has exactly one
 * spelling, and the reader accepts no other: whatever parses is byte for byte what
 * canon_put would write again, so a digest over the bytes is a digest over the value.
 */
#include "lang/canon.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/encode.h"

enum { DEPTH_MAX = 32 };
#define INT_LIMIT ((int64_t)1 << 53)

/* Which of these eight bytes are below 0x20, a quote or a backslash? Of each byte the top
 * bit is set where a subtraction went below 0. A byte may only look so because it lent to
 * the one before it, never the first that is set. */
static uint64_t
special_bits(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t w, quote, slash;

	memcpy(&w, p, sizeof w);
	w = le64toh(w); /* the first byte lowest */
	quote = w ^ ones * '"';
	slash = w ^ ones * '\\';
	return ((w - ones * 0x20) | (quote - ones) | (slash - ones)) & ~w & ones * 0x80;
}

/* Where the next byte stands that a text does not hold as it is: a quote, a backslash, a
 * control character; s.n when there is none. */
static size_t
plain_end(struct str s, size_t i)
{
	static const bool special[256] = {
		[0 ... 0x1F] = true, ['"'] = true, ['\\'] = true
	};

	for (; s.n - i >= 8; i += 8) {
		const uint64_t bits = special_bits(s.p + i);

		if (bits)
			return i + (size_t)__builtin_ctzll(bits) / 8;
	}
	while (i < s.n && !special[(unsigned char)s.p[i]])
		i++;
	return i;
}

static void
put_text(struct buf *b, struct str s)
{
	static const char shorts[32] = {
		[8] = 'b', [9] = 't', [10] = 'n', [12] = 'f', [13] = 'r'
	};
	size_t from = 0;

	if (!str_is_utf8(s))
		bug("canon: a text that is not UTF-8 or holds U+0000");
	buf_put_byte(b, '"');
	for (size_t i = plain_end(s, 0); i < s.n; i = plain_end(s, i + 1)) {
		const unsigned char c = (unsigned char)s.p[i];

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

static int
pair_order(const void *a, const void *b)
{
	const struct value_pair *const *x = a, *const *y = b;

	return str_cmp((*x)->key, (*y)->key);
}

static void put_value(struct buf *b, const struct value *v, int depth);

static void
put_map(struct buf *b, const struct value *v, int depth)
{
	const size_t n = v->map.n;
	const struct value_pair **order = arena_array(
	    b->arena, const struct value_pair *, n);
	bool sorted = true; /* as what was read from the record is */

	for (size_t i = 0; i < n; i++) {
		order[i] = &v->map.pairs[i];
		sorted = sorted && (!i || pair_order(&order[i - 1], &order[i]) < 0);
	}
	if (!sorted)
		qsort(order, n, sizeof *order, pair_order);
	buf_put_byte(b, '{');
	for (size_t i = 0; i < n; i++) {
		if (i) {
			if (str_eq(order[i - 1]->key, order[i]->key))
				bug("canon: key %.*s twice", STR_ARG(order[i]->key));
			buf_put_byte(b, ',');
		}
		put_text(b, order[i]->key);
		buf_put_byte(b, ':');
		put_value(b, &order[i]->value, depth + 1);
	}
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
		if (v->i <= -INT_LIMIT || v->i >= INT_LIMIT)
			bug("canon: integer %lld out of range", (long long)v->i);
		buf_put_int(b, v->i);
		return;
	case V_TEXT:
		put_text(b, v->s);
		return;
	case V_LIST:
	case V_MAP:
		if (depth >= DEPTH_MAX)
			bug("canon: deeper than %d", DEPTH_MAX);
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
	put_value(b, v, 0);
}

struct str
canon_str(struct arena *a, const struct value *v)
{
	struct buf b = { .arena = a };

	canon_put(&b, v);
	return buf_str(&b);
}

struct reader {
	struct cx *cx;
	struct str in;
	size_t at;
};

static enum err
bad(struct reader *r, const char *what)
{
	return fail(r->cx, ERR_INPUT, "not canonical at byte %zu: %s", r->at, what);
}

static bool
take_byte(struct reader *r, char c)
{
	if (r->at >= r->in.n || r->in.p[r->at] != c)
		return false;
	r->at++;
	return true;
}

static bool
take(struct reader *r, struct str word)
{
	if (!str_starts(str_sub(r->in, r->at, r->in.n), word))
		return false;
	r->at += word.n;
	return true;
}

/* Behind a backslash. Only the spellings that put_text writes are known here. */
static enum err
read_escape(struct reader *r, char *out)
{
	static const struct {
		char letter, means;
	} shorts[] = { { '"', '"' }, { '\\', '\\' }, { 'b', '\b' }, { 't', '\t' },
		{ 'n', '\n' }, { 'f', '\f' }, { 'r', '\r' } };
	const char c = r->at < r->in.n ? r->in.p[r->at] : 0;
	int high, low;

	for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
		if (shorts[i].letter == c) {
			*out = shorts[i].means;
			r->at++;
			return ERR_OK;
		}
	if (r->in.n - r->at < 5 || !str_eq(str_sub(r->in, r->at, r->at + 3), S("u00")))
		return bad(r, "this escape is not used");
	high = hex_digit(r->in.p[r->at + 3]);
	low = hex_digit(r->in.p[r->at + 4]);
	if (high < 0 || high > 1 || low < 0)
		return bad(r, "this escape is not used");
	*out = (char)(high * 16 + low);
	if (*out == 0)
		return bad(r, "U+0000");
	for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
		if (shorts[i].means == *out)
			return bad(r, "this escape has a shorter spelling");
	r->at += 5;
	return ERR_OK;
}

/* A text from `from` on that has something to undo where the reader stands. */
static enum err
read_escaped(struct reader *r, size_t from, struct str *out)
{
	struct buf copy = { .arena = r->cx->arena };

	for (;;) {
		buf_put(&copy, str_sub(r->in, from, r->at));
		if (r->at == r->in.n)
			return bad(r, "it ends");
		if (take_byte(r, '"'))
			break;
		if (!take_byte(r, '\\'))
			return bad(r, "a bare control character");
		buf_put_byte(&copy, ' ');
		TRY(read_escape(r, &copy.p[copy.n - 1]));
		from = r->at;
		r->at = plain_end(r->in, from);
	}
	*out = buf_str(&copy);
	return ERR_OK;
}

/* Nearly every text stands in the bytes as it is meant, and stays there. */
static enum err
read_text(struct reader *r, struct str *out)
{
	const size_t from = r->at + 1;

	if (!take_byte(r, '"'))
		return bad(r, "a text must begin here");
	r->at = plain_end(r->in, from);
	*out = (struct str){ r->in.p + from, r->at - from };
	return take_byte(r, '"') ? ERR_OK : read_escaped(r, from, out);
}

static enum err
read_int(struct reader *r, struct value *out)
{
	enum { DIGITS_MAX = 16 }; /* of 2^53 */
	const bool negative = take_byte(r, '-');
	const size_t from = r->at;
	int64_t i = 0;

	for (; r->at < r->in.n && r->in.p[r->at] >= '0' && r->in.p[r->at] <= '9'; r->at++)
		if (r->at - from <= DIGITS_MAX)
			i = i * 10 + (r->in.p[r->at] - '0');
	if (r->at == from)
		return bad(r, "no value begins here");
	if (r->at - from > DIGITS_MAX || i >= INT_LIMIT)
		return bad(r, "an integer must be below 2^53");
	if (r->in.p[from] == '0' && (negative || r->at - from > 1))
		return bad(r, "a leading zero or -0");
	*out = value_int(negative ? -i : i);
	return ERR_OK;
}

static enum err read_value(struct reader *r, struct value *out, int depth);

static enum err
read_list(struct reader *r, struct value *out, int depth)
{
	*out = value_list();
	if (take_byte(r, ']'))
		return ERR_OK;
	do {
		struct value item;

		TRY(read_value(r, &item, depth + 1));
		value_add(r->cx->arena, out, item);
	} while (take_byte(r, ','));
	return take_byte(r, ']') ? ERR_OK : bad(r, "',' or ']' must stand here");
}

static bool
in_order(struct str a, struct str b)
{
	if (a.n && b.n && a.p[0] != b.p[0])
		return (unsigned char)a.p[0] < (unsigned char)b.p[0];
	return str_cmp(a, b) < 0;
}

/* Pairs are appended without value_set's search: the order already proves that no key
 * comes twice. */
static enum err
read_map(struct reader *r, struct value *out, int depth)
{
	LIST(struct value_pair) pairs = { 0 };

	*out = value_map();
	if (take_byte(r, '}'))
		return ERR_OK;
	do {
		struct value_pair *p = list_add(r->cx->arena, &pairs);

		TRY(read_text(r, &p->key));
		if (pairs.n > 1 && !in_order(p[-1].key, p->key))
			return bad(r, "keys must be in byte order, each once");
		if (!take_byte(r, ':'))
			return bad(r, "':' must stand here");
		TRY(read_value(r, &p->value, depth + 1));
	} while (take_byte(r, ','));
	out->map.pairs = pairs.v;
	out->map.n = pairs.n;
	out->map.cap = pairs.cap;
	return take_byte(r, '}') ? ERR_OK : bad(r, "',' or '}' must stand here");
}

static enum err
read_value(struct reader *r, struct value *out, int depth)
{
	const char c = r->at < r->in.n ? r->in.p[r->at] : 0;

	if (c == '"') {
		*out = (struct value){ .kind = V_TEXT };
		return read_text(r, &out->s);
	}
	if (c == '{' || c == '[') {
		if (depth >= DEPTH_MAX)
			return bad(r, "deeper than 32");
		r->at++;
		return c == '{' ? read_map(r, out, depth) : read_list(r, out, depth);
	}
	*out = value_null();
	if (c == 'n' && take(r, S("null")))
		return ERR_OK;
	if ((c == 't' && take(r, S("true"))) || (c == 'f' && take(r, S("false")))) {
		*out = value_bool(c == 't');
		return ERR_OK;
	}
	return read_int(r, out);
}

enum err
canon_parse(struct cx *cx, struct str bytes, struct value *out)
{
	struct reader r = { cx, bytes, 0 };
	struct value v;

	/* What is not text is ASCII: once for all texts. */
	if (!str_is_utf8(bytes))
		return bad(&r, "not UTF-8");
	TRY(read_value(&r, &v, 0));
	if (r.at != bytes.n)
		return bad(&r, "something follows the value");
	*out = v;
	return ERR_OK;
}
