/* Scanning FEEL: blanks, signs, names, texts and numbers. */
#include "lang/feel_lex.h"

#include <string.h>

#include "base/buf.h"
#include "base/encode.h"

void
feel_place(const struct parser *p, size_t at, int *line, int *column)
{
	const struct str before = str_sub(p->in, 0, at);
	const size_t nl = str_rfind(before, S("\n"));
	const int first_line = p->scope && p->scope->line ? p->scope->line : 1;
	const int first_column = p->scope && p->scope->column ? p->scope->column : 1;

	*line = first_line;
	for (size_t i = 0; i < before.n; i++)
		*line += before.p[i] == '\n';
	if (nl == SIZE_MAX)
		*column = first_column + (int)str_chars(before);
	else
		*column = 1 + (int)str_chars(str_sub(before, nl + 1, before.n));
}

void
feel_fail(struct parser *p, size_t at, const char *what)
{
	int line, column;

	if (p->failed)
		return;
	p->failed = true;
	feel_place(p, at, &line, &column);
	message_put(p->messages, line, column, "表达式有误：%s", what);
}

static uint32_t
char_at(const struct parser *p, size_t at, size_t *next)
{
	*next = at;
	return at < p->in.n ? str_next(p->in, next) : 0;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
	       c == 0x180E || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

/* DMN 1.5 10.3.1.2, rules 27 to 29; U+3000 and U+FEFF are blanks. */
static bool
is_name_start(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} wide[] = { { 0xC0, 0xD6 }, { 0xD8, 0xF6 }, { 0xF8, 0x2FF }, { 0x370, 0x37D },
		{ 0x37F, 0x1FFF }, { 0x200C, 0x200D }, { 0x2070, 0x218F },
		{ 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF }, { 0xF900, 0xFDCF },
		{ 0xFDF0, 0xFFFC }, { 0x10000, 0xEFFFF } };

	if (c < 0x80)
		return c == '?' || c == '_' || (c >= 'a' && c <= 'z') ||
		       (c >= 'A' && c <= 'Z');
	if (is_blank(c))
		return false;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (c >= wide[i].from && c <= wide[i].to)
			return true;
	return false;
}

static bool
is_name_part(uint32_t c)
{
	return is_name_start(c) || (c >= '0' && c <= '9') || c == 0xB7 ||
	       (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
}

void
feel_blanks(struct parser *p)
{
	for (;;) {
		const struct str rest = str_sub(p->in, p->at, p->in.n);
		size_t next, end;

		if (is_blank(char_at(p, p->at, &next)) && p->at < p->in.n) {
			p->at = next;
		} else if (str_starts(rest, S("//"))) {
			end = str_find(p->in, S("\n"), p->at);
			p->at = end == SIZE_MAX ? p->in.n : end;
		} else if (str_starts(rest, S("/*"))) {
			end = str_find(p->in, S("*/"), p->at + 2);
			if (end == SIZE_MAX)
				feel_fail(p, p->at, "注释没有结束");
			p->at = end == SIZE_MAX ? p->in.n : end + 2;
		} else {
			return;
		}
	}
}

bool
feel_peek(struct parser *p, const char *sign)
{
	feel_blanks(p);
	return str_starts(str_sub(p->in, p->at, p->in.n), str_z(sign));
}

bool
feel_sign(struct parser *p, const char *sign)
{
	if (!feel_peek(p, sign))
		return false;
	p->at += strlen(sign);
	return true;
}

void
feel_expect(struct parser *p, const char *sign)
{
	if (!feel_sign(p, sign)) {
		const struct str what = str_fmt(p->arena, "这里应当是“%s”", sign);

		feel_fail(p, p->at, what.p);
	}
}

static size_t
word_end(const struct parser *p, size_t at)
{
	size_t next;

	while (is_name_part(char_at(p, at, &next)))
		at = next;
	return at;
}

bool
feel_peek_word(struct parser *p, const char *word)
{
	feel_blanks(p);
	return str_eq(str_sub(p->in, p->at, word_end(p, p->at)), str_z(word));
}

bool
feel_word(struct parser *p, const char *word)
{
	if (!feel_peek_word(p, word))
		return false;
	p->at += strlen(word);
	return true;
}

static size_t
skip_blanks(const struct parser *p, size_t at)
{
	size_t next;

	while (is_blank(char_at(p, at, &next)) && at < p->in.n)
		at = next;
	return at;
}

/* Where `name` ends if it stands at `at`, else 0. A space in it matches any blanks, and
 * blanks around an operator sign inside a name do not matter. */
static size_t
match_name(const struct parser *p, size_t at, struct str name)
{
	size_t i = 0, next;
	bool last_is_part;

	while (i < name.n) {
		const bool sign = strchr(".-+*/'", name.p[i]) && name.p[i];

		if (name.p[i] == ' ' || sign) {
			const size_t behind = skip_blanks(p, at);

			if (name.p[i] == ' ' && behind == at && i + 1 < name.n &&
			    !strchr(".-+*/'", name.p[i + 1]) &&
			    !(i && strchr(".-+*/'", name.p[i - 1])))
				return 0;
			at = behind;
			if (name.p[i] == ' ') {
				i++;
				continue;
			}
		}
		if (at >= p->in.n || p->in.p[at] != name.p[i])
			return 0;
		at++;
		i++;
		if (sign && i < name.n && name.p[i] != ' ')
			at = skip_blanks(p, at);
	}
	last_is_part = at > 0 && is_name_part((unsigned char)p->in.p[at - 1] < 0x80
						  ? (uint32_t)p->in.p[at - 1]
						  : 0x4E00);
	return last_is_part && is_name_part(char_at(p, at, &next)) ? 0 : at;
}

static void
try_name(const struct parser *p, struct str name, size_t *end, struct str *out)
{
	const size_t e = match_name(p, p->at, name);

	if (e > *end) {
		*end = e;
		*out = name;
	}
}

/* A builtin of several words counts only where it is called. */
static void
try_builtins(const struct parser *p, size_t *end, struct str *out)
{
	for (size_t i = 0; i < feel_builtin_count(); i++) {
		const struct str name = feel_builtin_at(i)->name;
		size_t e, call;

		if (!str_has(name, S(" ")))
			continue;
		e = match_name(p, p->at, name);
		call = e ? skip_blanks(p, e) : 0;
		if (e > *end && call < p->in.n &&
		    (p->in.p[call] == '(' || p->in.p[call] == ')' ||
			p->in.p[call] == ',')) {
			*end = e;
			*out = name;
		}
	}
}

bool
feel_name(struct parser *p, struct str *out)
{
	static const struct str members[] = { S("time offset"), S("start included"),
		S("end included") };
	size_t next, end;

	feel_blanks(p);
	if (!is_name_start(char_at(p, p->at, &next)))
		return false;
	end = word_end(p, p->at);
	*out = str_sub(p->in, p->at, end);
	for (size_t i = 0; p->scope && i < p->scope->n; i++)
		try_name(p, p->scope->names[i], &end, out);
	for (size_t i = 0; i < p->known.n; i++)
		try_name(p, p->known.v[i], &end, out);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		try_name(p, members[i], &end, out);
	try_builtins(p, &end, out);
	p->at = end;
	return true;
}

bool
feel_new_name(struct parser *p, const char *stops, const char *word, struct str *out)
{
	struct buf b = { .arena = p->arena };
	size_t at, next;
	bool blank = false;

	feel_blanks(p);
	at = p->at;
	if (!is_name_start(char_at(p, at, &next)))
		return false;
	while (at < p->in.n) {
		const uint32_t c = char_at(p, at, &next);

		if (is_blank(c)) {
			blank = true;
			at = next;
			continue;
		}
		if (blank && word &&
		    str_eq(str_sub(p->in, at, word_end(p, at)), str_z(word)))
			break;
		if (c < 0x80 && strchr(stops, (int)c))
			break;
		if (!is_name_part(c) && !(c < 0x80 && strchr(".-+*/'", (int)c)))
			return false;
		if (blank)
			buf_put_byte(&b, ' ');
		blank = false;
		buf_put(&b, str_sub(p->in, at, next));
		at = next;
	}
	*out = buf_str(&b);
	p->at = at;
	for (size_t i = 0; i < out->n; i++)
		if (strchr(" .-+*/'", out->p[i])) {
			*list_add(p->arena, &p->known) = *out;
			break;
		}
	return true;
}

static bool
take_hex(struct parser *p, size_t digits, uint32_t *out)
{
	*out = 0;
	for (size_t i = 0; i < digits; i++, p->at++) {
		const char c = p->at < p->in.n ? p->in.p[p->at] : 0;
		const int digit = hex_digit_any(c);

		if (digit < 0)
			return false;
		*out = *out * 16 + (uint32_t)digit;
	}
	return true;
}

/* Behind a backslash. Pairs of surrogates are one character. */
static bool
take_escape(struct parser *p, struct buf *b)
{
	static const char from[] = "\"'\\nrt", to[] = "\"'\\\n\r\t";
	const char c = p->at < p->in.n ? p->in.p[p->at] : 0;
	const char *hit = c ? strchr(from, c) : NULL;
	uint32_t high, low;

	if (hit) {
		buf_put_byte(b, to[hit - from]);
		p->at++;
		return true;
	}
	if (c != 'u' && c != 'U') {
		buf_put_byte(b, '\\'); /* no escape: "\s" is a backslash and an s */
		return true;
	}
	p->at++;
	if (!take_hex(p, c == 'u' ? 4 : 6, &high))
		return false;
	if (high >= 0xD800 && high < 0xDC00) {
		if (!str_starts(str_sub(p->in, p->at, p->in.n), S("\\u")))
			return false;
		p->at += 2;
		if (!take_hex(p, 4, &low) || low < 0xDC00 || low > 0xDFFF)
			return false;
		high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
	}
	if (!high || high > 0x10FFFF || (high >= 0xD800 && high <= 0xDFFF))
		return false;
	buf_put_char(b, high);
	return true;
}

bool
feel_text_literal(struct parser *p, struct str *out)
{
	struct buf b = { .arena = p->arena };
	const size_t from = p->at;

	if (!feel_sign(p, "\""))
		return false;
	while (p->at < p->in.n && p->in.p[p->at] != '"') {
		if (p->in.p[p->at] != '\\') {
			buf_put_byte(&b, p->in.p[p->at++]);
			continue;
		}
		p->at++;
		if (!take_escape(p, &b)) {
			feel_fail(p, p->at, "文本中的转义写法有误");
			return false;
		}
	}
	if (p->at == p->in.n) {
		feel_fail(p, from, "文本没有结束，缺少引号");
		return false;
	}
	p->at++;
	*out = buf_str(&b);
	return true;
}

static size_t
digits_end(const struct parser *p, size_t at)
{
	while (at < p->in.n && p->in.p[at] >= '0' && p->in.p[at] <= '9')
		at++;
	return at;
}

bool
feel_number_literal(struct parser *p, struct value *out)
{
	struct decimal d;
	size_t end, fraction;

	feel_blanks(p);
	end = digits_end(p, p->at);
	if (end < p->in.n && p->in.p[end] == '.') {
		fraction = digits_end(p, end + 1);
		end = fraction > end + 1 ? fraction : end;
	}
	if (end == p->at)
		return false;
	if (end < p->in.n && (p->in.p[end] | 0x20) == 'e') {
		const size_t sign = end + 1 < p->in.n &&
				    (p->in.p[end + 1] == '-' || p->in.p[end + 1] == '+');
		const size_t e = digits_end(p, end + 1 + sign);

		end = e > end + 1 + sign ? e : end;
	}
	if (!decimal_parse(str_sub(p->in, p->at, end), &d)) {
		feel_fail(p, p->at, "数字太大");
		return false;
	}
	p->at = end;
	*out = feel_number(p->arena, &d);
	return true;
}
