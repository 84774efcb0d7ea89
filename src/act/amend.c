/* Correction is ordinary: the old value stays in the record and beside the new one. */
#include "act/amend.h"

#include "act/apply.h"
#include "act/authority.h"
#include "act/children.h"
#include "act/clocks.h"
#include "act/form.h"
#include "act/paper.h"
#include "act/tables.h"

bool
amend_is_own(struct str action)
{
	return str_eq(action, S("correct")) || str_eq(action, S("settle")) ||
	       str_eq(action, S("destroy"));
}

static void
guard(struct work *w, struct matter *m, const struct id_list *by)
{
	const struct value *unit = matter_field(m, m->procedure->unit);

	if (w->act->is_setup)
		return;
	w->post = authority_post(
	    w, w->actor, by, m->procedure->unit.n ? unit : NULL, cx_today(w->cx));
	if (!w->needs && !w->post.n)
		refuse(w->cx, &w->hard, REFUSE_BY, S(""), "%s", "");
}

struct str
amend_reason(struct work *w)
{
	const struct str reason = str_trim(
	    value_str(value_get(&w->act->form, S("reason"))));

	if (!reason.n)
		refuse(w->cx, &w->hard, REFUSE_REQUIRED, S("reason"), "请写明理由");
	return reason;
}

static void
correct(struct work *w, struct matter *m)
{
	struct arena *a = w->cx->arena;
	const struct value *form = &w->act->form;
	const struct value before = value_fork(a, value_get(&m->state, S("fields")), 1);
	const struct str reason = amend_reason(w);
	struct value was = value_map();
	struct draft *d;

	guard(w, m, &m->procedure->corrects);
	d = work_draft(w, EV_CORRECTED, m);
	for (size_t i = 0; i < form->map.n; i++) {
		const struct str key = form->map.pairs[i].key;
		const struct field *f = field_find(&m->procedure->fields, key);
		const struct value *v = &form->map.pairs[i].value;

		if (str_eq(key, S("reason")))
			continue;
		if (!f) {
			refuse(w->cx, &w->hard, REFUSE_FORM, key, "没有这一项");
			continue;
		}
		if (f->table.n) {
			refuse(w->cx, &w->hard, REFUSE_FORM, key,
			    "“%.*s”由决策表得出，请更正它所依据的内容",
			    STR_ARG(f->title));
			continue;
		}
		form_check(w, f, v, matter_field(m, key));
		value_set(a, &was, key, *value_get(&before, key));
		work_set(w, d, key, work_seal(w, d, f, v));
	}
	if (!was.map.n)
		refuse(w->cx, &w->hard, REFUSE_REQUIRED, S(""), "请填写要更正的内容");
	value_set_text(a, &d->open, "reason", reason);
	value_set(a, &d->open, S("was"), was);
	tables_compute(w, d);
	paper_correct(w, m, &before);
	children_cover(w, d, &before);
	clocks_update(w, d, S(""));
}

static void
settle(struct work *w, struct matter *m)
{
	struct arena *a = w->cx->arena;
	const struct value *doubts = value_get(&m->state, S("doubts"));
	const struct str rule = value_str(value_get(&w->act->form, S("rule")));
	const struct str reason = amend_reason(w);
	struct value rest = value_list();
	struct draft *d;

	guard(w, m, &m->procedure->corrects);
	for (size_t i = 0; i < value_count(doubts); i++)
		if (!str_eq(value_str(value_get(value_at(doubts, i), S("rule"))), rule))
			value_add(a, &rest, *value_at(doubts, i));
	if (rest.list.n == value_count(doubts))
		refuse(w->cx, &w->hard, REFUSE_UNKNOWN, S("rule"), "没有这一疑点");
	d = work_draft(w, EV_DOUBT_SETTLED, m);
	value_set_text(a, &d->open, "rule", rule);
	value_set_text(a, &d->open, "reason", reason);
	work_put(w, d, S("doubts"), rest);
}

bool
part_place(struct str place, int64_t *seq, struct str *part)
{
	const size_t colon = str_find(place, S(":"), 0);

	if (colon == SIZE_MAX || !str_int(str_sub(place, 0, colon), seq))
		return false;
	*part = str_sub(place, colon + 1, place.n);
	return part->n > 1 && part->p[0] == 'p';
}

static bool
is_among(const struct value *texts, struct str s)
{
	for (size_t i = 0; i < value_count(texts); i++)
		if (str_eq(value_str(value_at(texts, i)), s))
			return true;
	return false;
}

const struct value *
destroy_known(struct work *w, struct str subject, struct str *place)
{
	const struct value *known = facts_parts(w->facts, subject);

	*place = str_trim(value_str(value_get(&w->act->form, S("part"))));
	w->needs |= !known;
	if (known && !is_among(value_get(known, S("parts")), *place))
		refuse(w->cx, &w->hard, REFUSE_UNKNOWN, S("part"), "没有这一份个人信息");
	return known;
}

void
destroy_say(struct work *w, struct draft *d, struct str place)
{
	struct arena *a = w->cx->arena;
	struct value parts = value_list(), one = value_map();
	struct str part = S("");
	int64_t seq = 0;

	if (!part_place(place, &seq, &part))
		return; /* refused before */
	value_set_text(a, &one, "part", part);
	value_set_int(a, &one, "seq", seq);
	value_add(a, &parts, one);
	value_set(a, &d->open, S("parts"), parts);
	value_set_text(a, &d->open, "reason", amend_reason(w));
}

static void
destroy(struct work *w, struct matter *m)
{
	struct value gone = value_copy(w->cx->arena, value_get(&m->state, S("gone")));
	struct str place;
	struct draft *d;

	guard(w, m, &m->procedure->destroys);
	if (!destroy_known(w, m->subject, &place))
		return;
	if (gone.kind != V_LIST)
		gone = value_list();
	value_add(w->cx->arena, &gone, value_text(place));
	d = work_draft(w, EV_DESTROYED, m);
	destroy_say(w, d, place);
	work_put(w, d, S("gone"), gone);
}

void
amend(struct work *w, struct matter *m)
{
	if (str_eq(w->act->action, S("correct")))
		correct(w, m);
	else if (str_eq(w->act->action, S("settle")))
		settle(w, m);
	else
		destroy(w, m);
}
