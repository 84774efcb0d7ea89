/*
 * Two anchors: 《, and 第N条 behind a name that is known. From either the row of articles
 * is followed as long as nothing but list signs stands between.
 */
#include "lang/citation.h"

#include "base/buf.h"
#include "lang/han.h"

enum { NAME_CHARS = 60 }; /* of the longest name without brackets that is looked for */

struct search {
	struct arena *a;
	struct str text;
	citation_known *known;
	void *self;
	struct citations *out;
	size_t done; /* what stands before belongs to a citation already */
};

static bool
take(struct str s, size_t *i, struct str what)
{
	if (!str_eq(str_sub(s, *i, *i + what.n), what))
		return false;
	*i += what.n;
	return true;
}

/* 第N and a sign behind it, e.g. 条. */
static bool
numbered_take(struct str s, size_t *i, struct str sign, int64_t *n)
{
	size_t at = *i;

	*n = 0;
	if (!take(s, &at, S("第")))
		return false;
	if (!han_take(s, &at, n))
		while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && *n < 1000)
			*n = *n * 10 + (s.p[at++] - '0');
	if (!*n || !take(s, &at, sign))
		return false;
	*i = at;
	return true;
}

/* （三） as well as 三. */
static bool
item_take(struct str s, size_t *i, int64_t *n)
{
	size_t at = *i;

	if (numbered_take(s, i, S("项"), n))
		return true;
	if (take(s, &at, S("第")) && (take(s, &at, S("（")) || take(s, &at, S("("))) &&
	    han_take(s, &at, n) && (take(s, &at, S("）")) || take(s, &at, S(")"))) &&
	    take(s, &at, S("项"))) {
		*i = at;
		return true;
	}
	*n = 0;
	return false;
}

static bool
article_take(struct search *q, size_t *i, struct citation *c)
{
	int64_t n, under;
	size_t at;

	if (!numbered_take(q->text, i, S("条"), &n))
		return false;
	at = *i;
	if (take(q->text, &at, S("之")) && han_take(q->text, &at, &under) && under) {
		*i = at;
		c->key = str_fmt(q->a, "%lld-%lld", (long long)n, (long long)under);
	} else {
		c->key = str_fmt(q->a, "%lld", (long long)n);
	}
	(void)numbered_take(q->text, i, S("款"), &c->clause);
	(void)item_take(q->text, i, &c->item);
	return true;
}

/* 、 和 以及 至 between two articles of one statute. */
static void
between_take(struct str s, size_t *i)
{
	static const char *const signs[] = { "、", "和", "以及", "及", "或者", "或", "与",
		"至", "到", "，", "," };

	for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
		if (take(s, i, str_z(signs[k])))
			return;
}

static void
put(struct search *q, const struct citation *c)
{
	if (q->out->n < CITATIONS_MAX)
		*list_add(q->a, q->out) = *c;
	q->done = c->to;
}

/* The articles at `at`; the first belongs to the name that begins at `from`. */
static bool
row_put(struct search *q, struct str statute, size_t from, size_t at)
{
	bool any = false;

	for (;;) {
		struct citation c = { .from = any ? at : from, .statute = statute };

		if (any)
			between_take(q->text, &at);
		if (any)
			c.from = at;
		if (!article_take(q, &at, &c))
			return any;
		c.to = at;
		put(q, &c);
		any = true;
	}
}

/* What is said in brackets behind a name: （以下简称…）, （2021年修订）. */
static size_t
past_remark(struct str s, size_t at)
{
	const struct str close[] = { S("）"), S(")") };
	const struct str open[] = { S("（"), S("(") };

	for (int k = 0; k < 2; k++) {
		const size_t end = str_find(s, close[k], at);

		if (str_eq(str_sub(s, at, at + open[k].n), open[k]) && end != SIZE_MAX &&
		    end - at < 120)
			return end + close[k].n;
	}
	return at;
}

/* 《X》 at `from`; gives where to go on. */
static size_t
bracket_find(struct search *q, size_t from)
{
	const struct str open = S("《"), close = S("》");
	const size_t end = str_find(q->text, close, from);
	struct citation whole = { .from = from };
	struct str statute;

	if (end == SIZE_MAX || end - from > 600)
		return from + open.n;
	statute = q->known(citation_name(str_sub(q->text, from + open.n, end)), q->self);
	if (!statute.n)
		return end + close.n;
	if (row_put(q, statute, from, past_remark(q->text, end + close.n)))
		return q->done;
	whole.statute = statute;
	whole.to = end + close.n;
	put(q, &whole);
	return whole.to;
}

/* A known name that ends at `end`, the longest; SIZE_MAX when there is none. */
static size_t
name_before(struct search *q, size_t end, struct str *statute)
{
	size_t best = SIZE_MAX, at = end;

	for (int n = 0; n < NAME_CHARS && at > q->done; n++) {
		struct str found;

		do
			at--;
		while (at > q->done && ((unsigned char)q->text.p[at] & 0xc0) == 0x80);
		if (n < 1)
			continue;
		found = q->known(citation_name(str_sub(q->text, at, end)), q->self);
		if (!found.n)
			continue;
		best = at;
		*statute = found;
	}
	return best;
}

void
citations_find(struct arena *a, struct str text, citation_known *known, void *self,
    struct citations *out)
{
	struct search q = { a, text, known, self, out, 0 };
	size_t i = 0;

	while (i < text.n) {
		struct citation c = { 0 };
		struct str statute;
		size_t at = i, from;

		if (str_starts(str_sub(text, i, text.n), S("《"))) {
			i = bracket_find(&q, i);
		} else if (text.p[i] == S("第").p[0] && article_take(&q, &at, &c)) {
			from = name_before(&q, i, &statute);
			i = from != SIZE_MAX && row_put(&q, statute, from, i) ? q.done
									      : at;
		} else {
			str_next(text, &i);
		}
	}
}

struct str
citation_name(struct str given)
{
	const struct str country = S("中华人民共和国");

	given = str_trim(given);
	if (str_starts(given, S("《")) && str_ends(given, S("》")))
		given = str_sub(given, 3, given.n - 3);
	return str_starts(given, country) && given.n > country.n
		   ? str_sub(given, country.n, given.n)
		   : given;
}

struct str
citation_key(struct arena *a, struct str label)
{
	struct search q = { .a = a, .text = label };
	struct citation c = { 0 };
	size_t i = 0;

	return article_take(&q, &i, &c) && i == label.n ? c.key : label;
}

struct str
citation_label(struct arena *a, struct str key)
{
	struct str under = key, number;
	int64_t n, m = 0;

	if (!str_split(&under, S("-"), &number) || !str_int(number, &n) || n < 1 ||
	    n > HAN_MAX || (under.n && (!str_int(under, &m) || m < 1 || m > HAN_MAX)))
		return key;
	return str_fmt(a, "第%.*s条%s%.*s", STR_ARG(han_write(a, n)), m ? "之" : "",
	    STR_ARG(m ? han_write(a, m) : S("")));
}

struct str
citation_text(struct arena *a, struct str cited)
{
	struct str key = cited, name, label;

	str_split(&key, S("/"), &name);
	label = citation_label(a, key);
	if (han_number(key))
		label = str_fmt(a, "第%.*s项", STR_ARG(key));
	else if (key.n && str_eq(label, key))
		label = str_fmt(a, "（%.*s）", STR_ARG(key));
	return str_fmt(a, "《%.*s》%.*s", STR_ARG(name), STR_ARG(label));
}

struct str
citation_texts(struct arena *a, struct str basis)
{
	struct buf b = { .arena = a };
	struct str one;

	while (basis.n && str_split(&basis, S("、"), &one)) {
		if (!str_has(one, S("/")))
			continue;
		if (b.n)
			buf_put(&b, S("、"));
		buf_put(&b, citation_text(a, one));
	}
	return buf_str(&b);
}

bool
citation_is_item(struct str line)
{
	size_t i = 0;
	int64_t n;

	return (take(line, &i, S("（")) || take(line, &i, S("("))) &&
	       han_take(line, &i, &n) &&
	       (take(line, &i, S("）")) || take(line, &i, S(")")));
}
