/* The table behind W(). */
#include "web/word.h"

#include "base/buf.h"
#include "base/bug.h"

struct str
word(enum word w)
{
	static const struct str texts[WORD_COUNT_] = {
#define WORD(id, text) [WORD_##id] = { text, sizeof(text) - 1 },
#include "web/words.h"
#undef WORD
	};

	return texts[w];
}

struct str
word_fill_(struct arena *a, struct str pattern, const struct str *v, size_t n)
{
	struct buf b = { .arena = a };
	size_t from = 0, hole, filled = 0;

	while ((hole = str_find(pattern, S("{}"), from)) != SIZE_MAX) {
		if (filled == n)
			bug("\"%.*s\" has more holes than values", STR_ARG(pattern));
		buf_put(&b, str_sub(pattern, from, hole));
		buf_put(&b, v[filled++]);
		from = hole + 2;
	}
	if (filled != n)
		bug("\"%.*s\" has fewer holes than values", STR_ARG(pattern));
	buf_put(&b, str_sub(pattern, from, pattern.n));
	return buf_str(&b);
}

struct str
word_int(struct arena *a, int64_t n)
{
	return str_fmt(a, "%lld", (long long)n);
}

struct str
word_n(struct arena *a, struct str pattern, int64_t n)
{
	return word_fill(a, pattern, word_int(a, n));
}

enum err
word_fail(struct cx *cx, enum err err, struct str why)
{
	return fail(cx, err, "%.*s", STR_ARG(why));
}
