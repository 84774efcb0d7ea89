/* Matching names of units (intake/names.h). */
#include "intake/names.h"

#include "base/buf.h"
#include "intake/text.h"

/* The spelling that is compared: folded, without blanks. */
static struct str
plain(struct cx *cx, struct str s)
{
	const struct line l = line_make(cx->arena, s);
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < l.f.n; i++)
		if (l.f.p[i] != ' ')
			buf_put_byte(&b, l.f.p[i]);
	return buf_str(&b);
}

struct parts {
	struct str outer, inner; /* inner is empty without a bracket at the end */
};

static struct parts
split(struct str s)
{
	const size_t open = str_find(s, S("("), 0);

	if (open == SIZE_MAX || open == 0 || !str_ends(s, S(")")) || s.n - open < 8)
		return (struct parts){ s, { 0 } };
	return (struct parts){ str_sub(s, 0, open), str_sub(s, open + 1, s.n - 1) };
}

/* How `s`, already plain, names the known unit; NAME_UNKNOWN when it does not. */
static enum name_match
names(struct cx *cx, const struct known_name *k, struct str s)
{
	const struct str name = plain(cx, k->name);
	const struct parts known = split(name);

	if (s.n == 0)
		return NAME_UNKNOWN;
	if (str_eq(name, s))
		return NAME_EXACT;
	for (size_t i = 0; i < k->aliases.n; i++)
		if (str_eq(plain(cx, k->aliases.v[i]), s))
			return NAME_ALIAS;
	if (known.inner.n && (str_eq(known.outer, s) || str_eq(known.inner, s)))
		return NAME_BRACKET;
	return NAME_UNKNOWN;
}

static void
add_candidate(struct cx *cx, struct name_result *r, size_t index)
{
	for (size_t i = 0; i < r->candidates.n; i++)
		if (r->candidates.v[i] == index)
			return;
	if (r->candidates.n < NAME_CANDIDATES_MAX)
		*list_add(cx->arena, &r->candidates) = index;
}

/* The one unit that s names; two of them are candidates. */
static void
find(struct cx *cx, const struct known_name *known, size_t n, struct str s,
    struct name_result *r)
{
	for (size_t i = 0; i < n; i++) {
		const enum name_match how = names(cx, &known[i], s);

		if (how == NAME_UNKNOWN)
			continue;
		if (r->how == NAME_UNKNOWN) {
			r->how = how;
			r->index = i;
		} else if (r->index != i) {
			add_candidate(cx, r, r->index);
			add_candidate(cx, r, i);
		}
	}
	if (r->candidates.n)
		r->how = NAME_CANDIDATES;
}

/* All characters of the shorter in their order in the longer: 发改委 in 发展改革委员会.
 */
static bool
abbreviates(struct str a, struct str b)
{
	const struct str shorter = a.n < b.n ? a : b, longer = a.n < b.n ? b : a;
	size_t i = 0, k = 0;

	if (shorter.n < 6)
		return false;
	while (i < shorter.n) {
		const uint32_t c = str_next(shorter, &i);
		bool found = false;

		while (k < longer.n && !found)
			found = str_next(longer, &k) == c;
		if (!found)
			return false;
	}
	return true;
}

static bool
is_like(struct cx *cx, const struct known_name *k, struct str name, struct str s)
{
	if (abbreviates(name, s))
		return true;
	for (size_t i = 0; i < k->aliases.n; i++)
		if (abbreviates(plain(cx, k->aliases.v[i]), s))
			return true;
	return false;
}

/* What is like it: the nearest in length first, and of these what begins alike. */
static void
find_like(struct cx *cx, const struct known_name *known, size_t n, struct str s,
    struct name_result *r)
{
	const size_t own = str_chars(s);

	for (size_t round = 0; round < 80; round++)
		for (size_t i = 0; i < n; i++) {
			const struct str name = plain(cx, known[i].name);
			const size_t other = str_chars(name);
			const bool begins = str_starts(name, s) || str_starts(s, name);
			const size_t far = other > own ? other - own : own - other;

			if (far * 2 + !begins == round && is_like(cx, &known[i], name, s))
				add_candidate(cx, r, i);
		}
	if (r->candidates.n)
		r->how = NAME_CANDIDATES;
}

struct name_result
name_match(struct cx *cx, const struct known_name *known, size_t n, struct str printed)
{
	const struct str s = plain(cx, printed);
	const struct parts p = split(s);
	struct name_result r = { 0 }, inner = { 0 };

	find(cx, known, n, s, &r);
	if (r.how != NAME_UNKNOWN)
		return r;
	if (p.inner.n) {
		find(cx, known, n, p.outer, &r);
		find(cx, known, n, p.inner, &inner);
		if (r.how == NAME_UNKNOWN)
			r = inner;
		else if (inner.how != NAME_UNKNOWN && inner.index != r.index) {
			add_candidate(cx, &r, r.index);
			add_candidate(cx, &r, inner.index);
		}
		if (r.how != NAME_UNKNOWN) {
			r.how = r.candidates.n ? NAME_CANDIDATES : NAME_BRACKET;
			return r;
		}
	}
	find_like(cx, known, n, p.outer, &r);
	return r;
}
