/* Characters of one spelling, and tokens (lang/cut.h). */
#include "lang/cut.h"

#include "lang/nfc.h"
#include "lang/simple.h" /* generated */

enum { TOKEN_MAX = 64 }; /* characters; what is longer is no word */

static uint32_t
simple(uint32_t c)
{
	const uint16_t at = c >= SIMPLE_FIRST && c < SIMPLE_END
				? simple_index[c - SIMPLE_FIRST]
				: 0;

	return at ? simple_chars[at] : c;
}

bool
cut_is_han(uint32_t c)
{
	return (c >= 0x2E80 && c < 0xE000) || (c >= 0xF900 && c < 0xFB00) || c >= 0x20000;
}

/* Zero-width and private signs neither part words nor belong to them. */
static bool
is_nothing(uint32_t c)
{
	return c == 0xFEFF || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xAD ||
	       (c >= 0xE000 && c < 0xF900) || c >= 0xF0000;
}

/* What is met most is known without asking the library: ASCII, its full-width twins, Han
 * characters, the signs of Chinese punctuation. *out is 0 for what parts words. */
static bool
is_common(uint32_t c, uint32_t *out)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	*out = 0;
	if (c < 0x80) {
		if (c >= 'A' && c <= 'Z')
			*out = c + 0x20;
		else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			*out = c;
		return true;
	}
	if (c >= SIMPLE_FIRST && c < SIMPLE_END) {
		*out = simple(c);
		return true;
	}
	if (c >= 0x2010 && c < 0x2030)
		return true;
	return c >= 0x3000 && c < 0x3021 && c != 0x3005 && c != 0x3007;
}

/* A cut being made; room for all but what NFKC makes longer. */
struct making {
	struct arena *a;
	struct cut t;
	size_t cap;
};

static void
grow(struct making *m)
{
	const struct cut old = m->t;

	m->cap = m->cap * 2 + NFKC_CHAR_MAX;
	m->t.c = arena_array(m->a, uint32_t, m->cap + 1);
	m->t.at = arena_array(m->a, uint32_t, m->cap + 1);
	for (size_t i = 0; i < old.n; i++) {
		m->t.c[i] = old.c[i];
		m->t.at[i] = old.at[i];
	}
}

static inline void
add(struct making *m, uint32_t c, size_t at)
{
	struct cut *t = &m->t;

	if (!c && (!t->n || !t->c[t->n - 1]))
		return;
	if (t->n == m->cap)
		grow(m);
	t->c[t->n] = c;
	t->at[t->n++] = (uint32_t)at;
}

static void
add_rare(struct making *m, uint32_t c, size_t at)
{
	uint32_t folded[NFKC_CHAR_MAX];
	const size_t n = is_nothing(c) ? 0 : nfkc_fold_char(c, folded);

	for (size_t i = 0; i < n; i++)
		add(m, char_is_word(folded[i]) ? simple(folded[i]) : 0, at);
}

/* The Han character that begins here, or 0: three bytes of nearly every text, read
 * without a call. */
static inline uint32_t
han_at(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;

	if (s.n - i < 3 || p[0] < 0xE4 || p[0] > 0xE9 || (p[1] & 0xC0) != 0x80 ||
	    (p[2] & 0xC0) != 0x80)
		return 0;
	return (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
}

struct cut
cut_text(struct arena *a, struct str text)
{
	struct making m = { .a = a, .cap = text.n / 2 + 8 };
	struct cut *t = &m.t;
	uint32_t c;

	t->c = arena_array(a, uint32_t, m.cap + 1);
	t->at = arena_array(a, uint32_t, m.cap + 1);
	for (size_t i = 0; i < text.n;) {
		const size_t at = i;
		uint32_t written = han_at(text, i);

		if (written) {
			i += 3;
			add(&m, simple(written), at);
			continue;
		}
		written = str_next(text, &i);
		if (is_common(written, &c))
			add(&m, c, at);
		else
			add_rare(&m, written, at);
	}
	if (t->n && !t->c[t->n - 1])
		t->n--;
	t->at[t->n] = (uint32_t)text.n;
	return *t;
}

/* The end of the run of letters and digits that begins at `from`. */
static size_t
letters_end(const struct cut *t, size_t from)
{
	while (from < t->n && t->c[from] && !cut_is_han(t->c[from]))
		from++;
	return from;
}

static void
token_put(struct buf *out, struct str mark, const struct cut *t, size_t from, size_t to)
{
	buf_put(out, mark);
	for (size_t i = from; i < to && i < from + TOKEN_MAX; i++)
		buf_put_char(out, t->c[i]);
	buf_put_byte(out, ' ');
}

static bool
has_pair(const struct cut *t, size_t i)
{
	return i + 1 < t->n && t->c[i + 1] && cut_is_han(t->c[i + 1]);
}

void
cut_tokens(struct buf *out, struct str mark, const struct cut *text)
{
	for (size_t i = 0; i < text->n;) {
		if (!text->c[i]) {
			i++;
		} else if (cut_is_han(text->c[i])) {
			token_put(out, mark, text, i, i + 1);
			if (has_pair(text, i))
				token_put(out, mark, text, i, i + 2);
			i++;
		} else {
			const size_t end = letters_end(text, i);

			token_put(out, mark, text, i, end);
			i = end;
		}
	}
}

/* A run of Han characters: neighbours two by two, and the last pair when one is left
 * over. The pairs between them add work for the engine and next to no choice; whether
 * the run stands there as a whole is looked at afterwards. */
static size_t
han_run_put(struct buf *out, const struct cut *t, size_t from)
{
	size_t end = from + 1;

	while (end < t->n && t->c[end] && cut_is_han(t->c[end]))
		end++;
	if (end == from + 1)
		token_put(out, S(""), t, from, end);
	for (size_t i = from; i + 1 < end; i += 2)
		token_put(out, S(""), t, i, i + 2);
	if (end - from > 2 && (end - from) % 2)
		token_put(out, S(""), t, end - 2, end);
	return end;
}

void
cut_word(struct buf *out, const struct cut *word)
{
	for (size_t i = 0; i < word->n;) {
		if (!word->c[i]) {
			i++;
		} else if (cut_is_han(word->c[i])) {
			i = han_run_put(out, word, i);
		} else {
			const size_t end = letters_end(word, i);

			token_put(out, S(""), word, i, end);
			i = end;
		}
	}
}

static bool
is_letter(const struct cut *t, size_t i)
{
	return i < t->n && t->c[i] && !cut_is_han(t->c[i]);
}

size_t
cut_find(const struct cut *text, const struct cut *word, size_t from)
{
	const size_t n = word->n;

	if (!n)
		return SIZE_MAX;
	for (size_t i = from; i + n <= text->n; i++) {
		if (text->c[i] != word->c[0] ||
		    memcmp(text->c + i, word->c, n * sizeof *word->c) != 0)
			continue;
		if ((is_letter(word, 0) && i && is_letter(text, i - 1)) ||
		    (is_letter(word, n - 1) && is_letter(text, i + n)))
			continue;
		return i;
	}
	return SIZE_MAX;
}

/* 0 to 9, 10, 100, 1000; -1 for what is no numeral. */
static int
numeral(uint32_t c)
{
	static const struct {
		uint32_t c;
		int value;
	} numerals[] = { { U'零', 0 }, { U'〇', 0 }, { U'一', 1 }, { U'二', 2 },
		{ U'三', 3 }, { U'四', 4 }, { U'五', 5 }, { U'六', 6 }, { U'七', 7 },
		{ U'八', 8 }, { U'九', 9 }, { U'十', 10 }, { U'百', 100 },
		{ U'千', 1000 } };

	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
		if (numerals[i].c == c)
			return numerals[i].value;
	return -1;
}

int64_t
cut_article(const struct cut *text, size_t from, size_t *taken)
{
	int64_t value = 0, digit = -1;
	size_t i = from;

	if (i >= text->n || text->c[i++] != U'第')
		return 0;
	for (; i < text->n && i < from + 12; i++) {
		const int d = numeral(text->c[i]);

		if (d < 0)
			break;
		if (d >= 10) {
			value += (digit < 0 ? 1 : digit) * d;
			digit = -1;
		} else if (text->c[i] < 0x80) {
			digit = (digit < 0 ? 0 : digit) * 10 + d;
		} else {
			digit = d;
		}
	}
	if (digit > 0)
		value += digit;
	if (i >= text->n || text->c[i] != U'条' || value < 1 || value > 9999)
		return 0;
	*taken = i + 1 - from;
	return value;
}
