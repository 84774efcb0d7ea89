/* Clauses of time among the words of an assignment (intake/limit.h). */
#include "intake/limit.h"

#include "base/buf.h"
#include "intake/text.h"
#include "intake/when.h"

enum { CLAUSE_CHARS = 40 }; /* a longer one is a sentence, and stays one */

/* A later date is the limit and the earlier one a step on the way; 长期 yields to a
 * date. */
static void
put_limit(
    struct cx *cx, struct assignment *out, struct plan_deadline d, struct str printed)
{
	const bool both = d.kind == DEADLINE_DATE && out->deadline.kind == DEADLINE_DATE;

	if (both && d.by < out->deadline.by) {
		*list_add(cx->arena, &out->milestones) = (struct plan_milestone){ d.by,
			printed };
		return;
	}
	if (both)
		*list_add(cx->arena, &out->milestones) = (struct plan_milestone){
			out->deadline.by, out->limit
		};
	if (out->deadline.kind != DEADLINE_DATE || d.kind == DEADLINE_DATE) {
		out->deadline = d;
		out->limit = printed;
	}
}

/* 完成时限:2024年9月, or the time alone. */
static bool
clause_of_time(
    struct cx *cx, struct str s, struct plan_deadline *d, struct milestones *others)
{
	const struct line l = line_make(cx->arena, s);
	struct plan_deadline again;
	bool colon = false;
	size_t n = 0;

	if (l.f.n > CLAUSE_CHARS * 3 || str_chars(l.f) > CLAUSE_CHARS)
		return false;
	if (label_at(l.f, &n, &colon) == ROLE_DEADLINE)
		return when_cell(cx, line_cut(&l, n, l.f.n), d, others);
	if (!when_clause(cx, s, d))
		return false;
	(void)when_cell(cx, s, &again, others); /* only for the earlier dates */
	return true;
}

static bool
ends_clause(uint32_t c)
{
	return c == ',' || c == ';' || c == 0x3002 || c == ' ';
}

struct str
limit_cut(struct cx *cx, struct str words, struct assignment *out)
{
	const struct line l = line_make(cx->arena, words);
	struct buf rest = { .arena = cx->arena };
	struct plan_deadline d;
	size_t from = 0, cut = 0;
	int depth = 0;

	for (size_t i = 0; i <= l.f.n;) {
		const size_t here = i;
		const uint32_t c = i < l.f.n ? str_next(l.f, &i) : 0;
		struct str clause;

		depth += c == '(' || c == '['              ? 1
			 : (c == ')' || c == ']') && depth ? -1
							   : 0;
		if (c && (depth || !ends_clause(c)))
			continue;
		clause = line_cut(&l, from, here);
		if (clause.n && clause_of_time(cx, clause, &d, &out->milestones)) {
			put_limit(cx, out, d, clause);
			cut++;
		} else if (clause.n) {
			buf_put(&rest, line_cut(&l, from, c ? i : here));
			if (c == ' ')
				buf_put_byte(&rest, ' ');
		}
		from = i;
		if (c == 0)
			break;
	}
	return cut ? text_trim(buf_str(&rest)) : words;
}

/* The bracket from..to, marks included, is a limit alone. */
static bool
only_limit(
    struct cx *cx, const struct line *l, size_t from, size_t to, struct assignment *out)
{
	const struct str words = line_cut(l, from + 1, to - 1);
	struct plan_deadline d;

	if (!words.n || !clause_of_time(cx, words, &d, &out->milestones))
		return false;
	put_limit(cx, out, d, words);
	return true;
}

bool
limit_bracket(struct cx *cx, struct str text, struct assignment *out)
{
	const struct line l = line_make(cx->arena, text);
	size_t end = l.f.n, open, close;

	if (str_ends(str_sub(l.f, 0, end), S("。")))
		end -= S("。").n;
	if (end && l.f.p[end - 1] == ')') {
		open = str_rfind(str_sub(l.f, 0, end), S("("));
		if (open != SIZE_MAX && only_limit(cx, &l, open, end, out))
			return true;
	}
	close = str_starts(l.f, S("(")) ? str_find(l.f, S(")"), 0) : SIZE_MAX;
	return close != SIZE_MAX && only_limit(cx, &l, 0, close + 1, out);
}
