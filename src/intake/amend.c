/* Words put back into the lines of a plan. */
#include "intake/amend.h"

#include "base/buf.h"
#include "intake/text.h"

static bool
has_words(const struct text *t, size_t line, struct str words)
{
	return line >= 1 && line <= t->n && words.n && str_has(t->v[line - 1].s, words);
}

enum err
plan_amend(struct cx *cx, struct plan_source *source, const struct amend *v, size_t n)
{
	struct buf b = { .arena = cx->arena };
	struct text t;

	if (!n)
		return ERR_OK;
	TRY(text_split(cx, source->text, &t));
	for (size_t i = 0; i < n; i++) {
		struct str *line;
		size_t at;

		if (!has_words(&t, v[i].line, v[i].text))
			return fail(cx, ERR_INPUT, "第 %zu 行没有“%.*s”，不能更正",
			    v[i].line, STR_ARG(v[i].text));
		line = &t.v[v[i].line - 1].s;
		at = str_find(*line, v[i].text, 0);
		*line = str_fmt(cx->arena, "%.*s%.*s%.*s", (int)at, line->p,
		    STR_ARG(v[i].to), STR_ARG(str_sub(*line, at + v[i].text.n, line->n)));
	}
	for (size_t i = 0; i < t.n; i++) {
		buf_put(&b, t.v[i].s);
		buf_put_byte(&b, '\n');
	}
	source->text = buf_str(&b);
	return ERR_OK;
}

bool
plan_can_amend(struct cx *cx, const struct plan_source *source,
    const struct plan_damage *v, size_t n, bool *can)
{
	struct text t;
	const bool is_text = text_split(cx, source->text, &t) == ERR_OK;
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= can[i] = is_text && v[i].count <= 1 &&
				has_words(&t, v[i].line, v[i].text);
	return any;
}

bool
plan_suggests_words(const struct plan_damage *d)
{
	if (d->count > 1 || !d->suggest.n)
		return false;
	switch (d->why) {
	case WHY_DATE_RUN_TOGETHER:
	case WHY_MARK_LOST:
	case WHY_BRACKET_LOST:
	case WHY_NUMERAL_LOST:
		return true;
	case WHY_MOJIBAKE:
	case WHY_LEADER_MISSING:
	case WHY_NO_LEAD_RULE:
	case WHY_REPEATED_HEADING:
	case WHY_SECOND_DEADLINE:
	case WHY_NOISE_REMOVED:
	case WHY_LEFT_OUT:
	case PLAN_WHY_COUNT_:
		break;
	}
	return false;
}
