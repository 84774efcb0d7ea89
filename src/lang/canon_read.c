/*
 * Reading the canonical form (docs/canon.md), and nothing but it: what another spelling
 * would allow is refused. Items and pairs are gathered where the reader stands and copied
 * once their number is known, so that a value takes no more memory than it needs.
 */
#include "lang/canon.h"

#include "base/encode.h"
#include "lang/canon_text.h"

/* The canonical form of a state has some forty members open at once. */
enum { ROOM = 64 };

struct reader {
	struct cx *cx;
	struct str in;
	size_t at;
	struct value_pair *open; /* of all maps and lists not yet at their end */
	size_t n, cap;
	const struct str *without; /* keys of the outermost map nobody asks for */
	size_t n_without;
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
		r->at = canon_plain_end(r->in, from);
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
	r->at = canon_plain_end(r->in, from);
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
	if (r->at - from > DIGITS_MAX || i >= CANON_INT_LIMIT)
		return bad(r, "an integer must be below 2^53");
	if (r->in.p[from] == '0' && (negative || r->at - from > 1))
		return bad(r, "a leading zero or -0");
	*out = value_int(negative ? -i : i);
	return ERR_OK;
}

/* Not by reference: while a value is read the room may move. */
static void
open_put(struct reader *r, struct str key, struct value v)
{
	if (r->n == r->cap) {
		struct value_pair *more = arena_raw(
		    r->cx->arena, 2 * r->cap * sizeof *more);

		memcpy(more, r->open, r->n * sizeof *more);
		r->open = more;
		r->cap *= 2;
	}
	r->open[r->n++] = (struct value_pair){ key, v };
}

static struct value
list_of(struct reader *r, size_t from)
{
	struct value v = value_list();

	v.list.n = v.list.cap = r->n - from;
	v.list.items = arena_raw(r->cx->arena, v.list.n * sizeof *v.list.items);
	for (size_t i = 0; i < v.list.n; i++)
		v.list.items[i] = r->open[from + i].value;
	r->n = from;
	return v;
}

static struct value
map_of(struct reader *r, size_t from)
{
	struct value v = value_map();
	const size_t n = r->n - from, size = n * sizeof *v.map.pairs;

	v.map.n = v.map.cap = n;
	v.map.pairs = memcpy(arena_raw(r->cx->arena, size), r->open + from, size);
	r->n = from;
	return v;
}

static enum err read_value(struct reader *r, struct value *out, int depth);

static enum err
read_list(struct reader *r, struct value *out, int depth)
{
	const size_t from = r->n;

	*out = value_list();
	if (take_byte(r, ']'))
		return ERR_OK;
	do {
		struct value item;

		TRY(read_value(r, &item, depth + 1));
		open_put(r, S(""), item);
	} while (take_byte(r, ','));
	if (!take_byte(r, ']'))
		return bad(r, "',' or ']' must stand here");
	*out = list_of(r, from);
	return ERR_OK;
}

static enum err
pass_text(struct reader *r)
{
	r->at = canon_plain_end(r->in, r->at + 1);
	while (r->in.n - r->at > 1 && r->in.p[r->at] == '\\')
		r->at = canon_plain_end(r->in, r->at + 2);
	return take_byte(r, '"') ? ERR_OK : bad(r, "it ends");
}

/* Behind the value that begins here. Its brackets are counted, nothing else is looked at.
 */
static enum err
pass_over(struct reader *r)
{
	int depth = 0;

	while (r->at < r->in.n) {
		const char c = r->in.p[r->at];

		if (c == '"') {
			TRY(pass_text(r));
			continue;
		}
		if (!depth && (c == ',' || c == '}' || c == ']'))
			return ERR_OK;
		depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		r->at++;
	}
	return bad(r, "it ends");
}

static bool
is_wanted(const struct reader *r, struct str key, int depth)
{
	for (size_t i = 0; depth == 0 && i < r->n_without; i++)
		if (str_eq(r->without[i], key))
			return false;
	return true;
}

/* Pairs are gathered without value_set's search: the order already proves that no key
 * comes twice. */
static enum err
read_map(struct reader *r, struct value *out, int depth)
{
	const size_t from = r->n;
	struct str last = { NULL, 0 };

	*out = value_map();
	if (take_byte(r, '}'))
		return ERR_OK;
	do {
		struct str key;
		struct value v;

		TRY(read_text(r, &key));
		if (last.p && canon_key_order(last, key) >= 0)
			return bad(r, "keys must be in byte order, each once");
		if (!take_byte(r, ':'))
			return bad(r, "':' must stand here");
		last = key;
		if (!is_wanted(r, key, depth)) {
			TRY(pass_over(r));
			continue;
		}
		TRY(read_value(r, &v, depth + 1));
		open_put(r, key, v);
	} while (take_byte(r, ','));
	if (!take_byte(r, '}'))
		return bad(r, "',' or '}' must stand here");
	*out = map_of(r, from);
	return ERR_OK;
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
		if (depth >= CANON_DEPTH)
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
canon_parse_without(
    struct cx *cx, struct str bytes, const struct str *keys, size_t n, struct value *out)
{
	struct value_pair room[ROOM];
	struct reader r = { .cx = cx,
		.in = bytes,
		.open = room,
		.cap = ROOM,
		.without = keys,
		.n_without = n };
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

enum err
canon_parse(struct cx *cx, struct str bytes, struct value *out)
{
	return canon_parse_without(cx, bytes, NULL, 0, out);
}
