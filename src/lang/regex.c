/* The only file that knows PCRE2. */
#include "lang/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "base/err.h"

static void
code_free(pcre2_code **code)
{
	pcre2_code_free(*code);
}

static void
data_free(pcre2_match_data **data)
{
	pcre2_match_data_free(*data);
}

static void
context_free(pcre2_match_context **context)
{
	pcre2_match_context_free(*context);
}

static pcre2_code *
compile(struct str pattern, struct str flags)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY;
	PCRE2_SIZE at;
	int error;

	for (size_t i = 0; i < flags.n; i++) {
		if (flags.p[i] == 's')
			options |= PCRE2_DOTALL;
		else if (flags.p[i] == 'm')
			options |= PCRE2_MULTILINE;
		else if (flags.p[i] == 'i')
			options |= PCRE2_CASELESS;
		else if (flags.p[i] == 'x')
			options |= PCRE2_EXTENDED;
		else
			return NULL;
	}
	return pcre2_compile(
	    (PCRE2_SPTR)pattern.p, pattern.n, options, &error, &at, NULL);
}

/* The next match from `from` on: > 0 found, 0 not found, < 0 gave up. */
static int
match(const pcre2_code *code, struct str s, size_t from, pcre2_match_data *data)
{
	pcre2_match_context *context AUTO(context_free) = pcre2_match_context_create(
	    NULL);
	int n;

	pcre2_set_match_limit(context, 100000);
	pcre2_set_heap_limit(context, 1024);
	n = pcre2_match(code, (PCRE2_SPTR)s.p, s.n, from, 0, data, context);
	return n == PCRE2_ERROR_NOMATCH ? 0 : n;
}

int
regex_matches(struct str s, struct str pattern, struct str flags)
{
	pcre2_code *code AUTO(code_free) = compile(pattern, flags);
	pcre2_match_data *data AUTO(data_free) = NULL;
	int n;

	if (!code)
		return -1;
	data = pcre2_match_data_create_from_pattern(code, NULL);
	n = match(code, s, 0, data);
	return n < 0 ? -1 : n > 0;
}

/* One replacement with its groups. False: `$` without a digit behind it. */
static bool
put_with(struct buf *b, struct str with, struct str s, pcre2_match_data *data)
{
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
	const uint32_t groups = pcre2_get_ovector_count(data);

	for (size_t i = 0; i < with.n; i++) {
		uint32_t group;

		if (with.p[i] == '\\' && i + 1 < with.n) {
			buf_put_byte(b, with.p[++i]);
			continue;
		}
		if (with.p[i] != '$') {
			buf_put_byte(b, with.p[i]);
			continue;
		}
		if (i + 1 >= with.n || with.p[i + 1] < '0' || with.p[i + 1] > '9')
			return false;
		group = (uint32_t)(with.p[++i] - '0');
		if (group < groups && ends[2 * group] != PCRE2_UNSET)
			buf_put(b, str_sub(s, ends[2 * group], ends[2 * group + 1]));
	}
	return true;
}

bool
regex_replace(struct arena *a, struct str s, struct str pattern, struct str with,
    struct str flags, struct str *out)
{
	pcre2_code *code AUTO(code_free) = compile(pattern, flags);
	pcre2_match_data *data AUTO(data_free) = NULL;
	struct buf b = { .arena = a, .limit = 1 << 20 };
	size_t from = 0;
	int n;

	if (!code)
		return false;
	data = pcre2_match_data_create_from_pattern(code, NULL);
	while ((n = match(code, s, from, data)) > 0) {
		const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);

		if (ends[0] == ends[1]) /* an empty match is an error in XPath */
			return false;
		buf_put(&b, str_sub(s, from, ends[0]));
		if (!put_with(&b, with, s, data))
			return false;
		from = ends[1];
	}
	if (n < 0)
		return false;
	buf_put(&b, str_sub(s, from, s.n));
	*out = buf_str(&b);
	return !b.full;
}

bool
regex_split(struct arena *a, struct str s, struct str pattern, struct value *out)
{
	pcre2_code *code AUTO(code_free) = compile(pattern, S(""));
	pcre2_match_data *data AUTO(data_free) = NULL;
	size_t from = 0;
	int n;

	if (!code)
		return false;
	data = pcre2_match_data_create_from_pattern(code, NULL);
	while ((n = match(code, s, from, data)) > 0) {
		const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);

		if (ends[0] == ends[1])
			return false;
		value_add(a, out, value_text(str_sub(s, from, ends[0])));
		from = ends[1];
	}
	value_add(a, out, value_text(str_sub(s, from, s.n)));
	return n == 0;
}
