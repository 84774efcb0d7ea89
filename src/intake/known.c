/* Names that a document prints whole (intake/known.h). Offsets are in folded text. */
#include "intake/known.h"

#include "intake/units.h"

enum {
	CHUNK_BYTES = 90, /* a longer one is a sentence */
	NAME_MIN = 6,     /* bytes: two characters */
};

struct chunk {
	size_t all, listed;
};

static const char *const joints[] = { "以及", "及", "和", "等", NULL };

/* Length of the word at i that may join two names; 0 when there is none. */
static size_t
joint_at(struct str f, size_t i)
{
	size_t n = 0;

	for (const char *const *j = joints; *j && !n; j++)
		n = word_at(f, i, *j);
	return n;
}

static bool
is_mark(uint32_t c)
{
	return c == 0x3001 || c == 0x3002 || c == ',' || c == ';' || c == ':' ||
	       c == '(' || c == ')' || c == '[' || c == ']' || c == ' ' || c == '/' ||
	       c == '|';
}

static bool
is_list_mark(uint32_t c)
{
	return c == 0x3001 || c == ',' || c == ';';
}

static void
add(struct cx *cx, struct known *k, struct str f, bool listed)
{
	struct chunk *c;

	if (f.n < NAME_MIN || f.n > CHUNK_BYTES)
		return;
	c = map_find(&k->chunks, f);
	if (!c) {
		c = arena_new(cx->arena, struct chunk);
		map_put(cx->arena, &k->chunks, f, c);
	}
	c->all++;
	c->listed += listed;
}

/* A、B等区级有关部门: B is a name too. */
static void
add_chunk(struct cx *cx, struct known *k, struct str f, bool listed)
{
	const struct str name = without_role(f);
	const size_t others = str_rfind(name, S("等"));

	add(cx, k, name, listed);
	if (name.n <= CHUNK_BYTES && others != SIZE_MAX && others >= NAME_MIN &&
	    unit_generic(str_sub(name, others, name.n)))
		add(cx, k, str_sub(name, 0, others), listed);
}

void
known_collect(struct cx *cx, struct known *k, const struct text *t)
{
	for (size_t n = 0; n < t->n; n++) {
		const struct str f = t->v[n].f;
		size_t from = t->v[n].num.n;
		uint32_t before = 0;

		for (size_t i = from; i <= f.n;) {
			const size_t here = i;
			const uint32_t c = i < f.n ? str_next(f, &i) : 0;

			if (c && !is_mark(c))
				continue;
			if (here - from >= NAME_MIN && here - from <= 2 * CHUNK_BYTES)
				add_chunk(cx, k, str_sub(f, from, here),
				    is_list_mark(before) || is_list_mark(c));
			before = c;
			from = i;
			if (!c)
				break;
		}
	}
}

static const struct chunk *
chunk(const struct known *k, struct str f)
{
	return k && f.n <= CHUNK_BYTES ? map_find(&k->chunks, f) : NULL;
}

size_t
known_count(const struct known *k, struct str f)
{
	const struct chunk *c = chunk(k, f);

	return c ? c->all : 0;
}

size_t
known_listed(const struct known *k, struct str f)
{
	const struct chunk *c = chunk(k, f);

	return c ? c->listed : 0;
}

/* The same first character: units of one level, 县财政局和县审计局. */
static bool
of_one_level(struct str a, struct str b)
{
	size_t i = 0, j = 0;

	return str_next(a, &i) == str_next(b, &j);
}

/* True when the document prints a part of it, cut at a joint, as a name of its own. */
static bool
comes_in_parts(const struct known *k, struct str f)
{
	for (size_t i = NAME_MIN; i + NAME_MIN < f.n;) {
		const size_t n = joint_at(f, i);
		const struct str a = str_sub(f, 0, i), b = str_sub(f, i + n, f.n);

		if (n && (known_count(k, a) || known_count(k, b) || of_one_level(a, b)))
			return true;
		(void)str_next(f, &i);
	}
	return false;
}

size_t
known_name(const struct known *k, struct str f, size_t from)
{
	size_t end = from, joint = SIZE_MAX;

	if (!k)
		return 0;
	for (size_t i = from; i < f.n && i - from <= CHUNK_BYTES;) {
		const size_t here = i;

		end = here;
		if (joint == SIZE_MAX && joint_at(f, here))
			joint = here;
		if (is_mark(str_next(f, &i)))
			break;
		end = i;
	}
	if (joint == SIZE_MAX)
		return 0;
	for (size_t to = end; to > joint; to--) {
		const struct str name = str_sub(f, from, to);
		const bool whole = to == end;

		if ((to < f.n && ((unsigned char)f.p[to] & 0xc0) == 0x80) ||
		    (!whole && !joint_at(f, to)))
			continue;
		if (known_count(k, name) > whole && !unit_generic(name) &&
		    !comes_in_parts(k, name))
			return to - from;
	}
	return 0;
}
