/* Which rows stand on the board and in which order, and what a reminder says about them.
 */
#include <stdlib.h>

#include "base/date.h"
#include "web/pages/board.h"
#include "web/word.h"

/* ---- rows ---- */

static int64_t
acted_on(const struct task_row *t, const char *action)
{
	const struct value *act = value_get(
	    value_get(t->state, S("acts")), str_z(action));

	return value_num(value_get(act, S("day")));
}

static int64_t
since(const struct task_row *t)
{
	switch (t->need) {
	case NEED_LATE:
	case NEED_SOON:
		return t->next;
	case NEED_TAKEOVER:
		return t->due;
	case NEED_MORE:
		return acted_on(t, "send-back");
	case NEED_VERIFIER:
		return acted_on(t, "apply");
	case NEED_LEAD:
	case NEED_SIGNING:
	case NEED_NOTHING:
	case NEED_OVER:
	case NEED_COUNT_:
		break;
	}
	return value_num(value_get(t->state, S("opened")));
}

static void
add(struct programme *p, const struct task_row *t, struct str unit,
    const struct id_list *only, struct board_rows *out)
{
	if (only && !id_list_has(only, unit))
		return;
	*list_add(p->cx->arena, out) = (struct board_row){ t, unit, since(t) };
}

/* What waits for a unit that no government may send a report back to is not held up to
 * it. */
static void
task_add(struct programme *p, const struct task_row *t, const struct id_list *only,
    struct board_rows *out)
{
	const struct value *movers = value_get(t->fields, S("movers"));

	if (t->need == NEED_NOTHING || t->need == NEED_OVER)
		return;
	if (t->need == NEED_LEAD) {
		if (!only ||
		    id_list_has(only, value_str(value_get(t->fields, S("office")))))
			add(p, t, S(""), NULL, out);
		return;
	}
	if (t->need == NEED_VERIFIER) {
		add(p, t, value_str(value_get(t->fields, S("verifier"))), only, out);
		return;
	}
	for (size_t i = 0; i < value_count(movers); i++) {
		const struct str unit = value_str(value_at(movers, i));

		if (task_waits_for(t, unit) && programme_answers(p, unit))
			add(p, t, unit, only, out);
	}
}

/* The oldest row of the unit within the need. */
static int64_t
oldest(const struct board_rows *rows, const struct board_row *of)
{
	int64_t day = of->since;

	for (size_t i = 0; i < rows->n; i++) {
		const struct board_row *r = &rows->v[i];

		if (r->task->need == of->task->need && str_eq(r->unit, of->unit) &&
		    r->since < day)
			day = r->since;
	}
	return day;
}

struct ranked {
	struct board_row row;
	int64_t unit_since;
	size_t i;
};

static int
ranked_compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->row.task->need != y->row.task->need)
		return (int)x->row.task->need - (int)y->row.task->need;
	if (x->unit_since != y->unit_since)
		return x->unit_since < y->unit_since ? -1 : 1;
	if (!str_eq(x->row.unit, y->row.unit))
		return str_cmp(x->row.unit, y->row.unit);
	if (x->row.since != y->row.since)
		return x->row.since < y->row.since ? -1 : 1;
	return x->i < y->i ? -1 : 1;
}

void
board_rows_of(struct programme *p, const struct task_rows *tasks,
    const struct id_list *only, struct board_rows *out)
{
	struct ranked *ranked;

	*out = (struct board_rows){ 0 };
	for (size_t i = 0; i < tasks->n; i++)
		task_add(p, &tasks->v[i], only, out);
	ranked = arena_array(p->cx->arena, struct ranked, out->n + 1);
	for (size_t i = 0; i < out->n; i++)
		ranked[i] = (struct ranked){ out->v[i], oldest(out, &out->v[i]), i };
	qsort(ranked, out->n, sizeof *ranked, ranked_compare);
	for (size_t i = 0; i < out->n; i++)
		out->v[i] = ranked[i].row;
}

bool
board_may_remind(const struct board_row *row)
{
	return row->unit.n && row->task->need != NEED_VERIFIER &&
	       row->task->need != NEED_LEAD;
}

/* ---- ticks ---- */

static struct str
number_of(struct str subject)
{
	return str_sub(subject, str_rfind(subject, S("/")) + 1, subject.n);
}

struct str
board_tick(struct arena *a, const struct board_row *row)
{
	return str_fmt(a, "%.*s-%.*s", STR_ARG(number_of(row->task->subject)),
	    STR_ARG(number_of(row->unit)));
}

bool
board_tick_read(struct arena *a, struct str tick, struct str *task, struct str *unit)
{
	const size_t at = str_find(tick, S("-"), 0);
	int64_t t, u;

	if (at == SIZE_MAX || !str_int(str_sub(tick, 0, at), &t) ||
	    !str_int(str_sub(tick, at + 1, tick.n), &u) || t <= 0 || u <= 0)
		return false;
	*task = str_fmt(a, "task/%lld", (long long)t);
	*unit = str_fmt(a, "units/%lld", (long long)u);
	return true;
}

/* ---- the letter ---- */

static struct str
lead_in(enum task_need need)
{
	switch (need) {
	case NEED_LATE:
		return W(letter_late);
	case NEED_SOON:
		return W(letter_soon);
	case NEED_TAKEOVER:
		return W(letter_takeover);
	case NEED_MORE:
		return W(letter_more);
	case NEED_SIGNING:
	case NEED_LEAD:
	case NEED_VERIFIER:
	case NEED_NOTHING:
	case NEED_OVER:
	case NEED_COUNT_:
		break;
	}
	return W(letter_signing);
}

static void
line_put(struct programme *p, struct buf *b, const struct task_row *t, size_t n)
{
	struct arena *a = p->cx->arena;

	buf_fmt(b, "%zu. ", n);
	buf_put(b, str_trim(t->text));
	if (t->limit.n) {
		buf_put(b, W(letter_open));
		buf_put(b, word_fill(a, W(letter_limit), t->limit));
		if (t->need == NEED_LATE || t->need == NEED_SOON) {
			buf_put(b, W(letter_comma));
			buf_put(b, t->state_words);
		}
		buf_put(b, W(letter_close));
	}
	buf_put_byte(b, '\n');
}

struct str
letter_body(struct programme *p, const struct board_row *rows, size_t n)
{
	struct buf b = { .arena = p->cx->arena };

	for (int need = 0; need < NEED_COUNT_; need++) {
		size_t shown = 0;

		for (size_t i = 0; i < n; i++) {
			if ((int)rows[i].task->need != need)
				continue;
			if (!shown++) {
				buf_put(&b, lead_in((enum task_need)need));
				buf_put_byte(&b, '\n');
			}
			line_put(p, &b, rows[i].task, shown);
		}
	}
	return str_trim(buf_str(&b));
}

struct str
letter_text(struct programme *p, struct str unit, struct str office, struct str body,
    struct str number, int64_t day)
{
	const struct document_def *doc = map_find(
	    &p->v->defs->documents, S("reminder-letter"));
	struct arena *a = p->cx->arena;
	struct str text = doc ? doc->text
			      : S("{unit.name}\n{text}\n{office.name}\n{day}");

	if (!number.n)
		text = str_replace(a, text, S("{number}\n"), S(""));
	text = str_replace(a, text, S("{number}"), number);
	text = str_replace(a, text, S("{unit.name}"), programme_party(p, unit)->name);
	text = str_replace(a, text, S("{office.name}"), programme_party(p, office)->name);
	text = str_replace(a, text, S("{day}"), day_chinese(a, day));
	return str_trim(str_replace(a, text, S("{text}"), body));
}
