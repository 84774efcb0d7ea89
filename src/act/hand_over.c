/* What is judged one matter at a time says in each refusal which matter it is about. */
#include "act/hand_over.h"

#include "act/apply.h"
#include "act/authority.h"
#include "act/children.h"
#include "act/clocks.h"
#include "act/handled.h"
#include "act/tables.h"

/* Who hands over what to whom, as the matter says. */
struct hand_over {
	struct work *w;
	struct matter *m;
	const struct hand_over_def *def;
	struct str giver, receiver, head;
	struct handled_list handled; /* of the giver, now */
};

static struct str
person_of(const struct matter *m, struct str field)
{
	return value_str(matter_field(m, field));
}

static bool
hand_over_read(
    struct work *w, struct matter *m, const struct action_def *a, struct hand_over *out)
{
	const struct value *unit = value_get(&m->state, S("unit"));

	*out = (struct hand_over){ .w = w,
		.m = m,
		.def = &a->hand_over,
		.giver = person_of(m, a->hand_over.from),
		.receiver = person_of(m, a->hand_over.to),
		.head = person_of(m, a->hand_over.by) };
	if (handled_find(w->facts, w->defs, w->cx->arena, out->giver, value_str(unit),
		w->done, &out->handled))
		return true;
	w->needs = true;
	return false;
}

/* Says of which matter it is. */
static void
say(struct hand_over *h, const struct matter *about, struct str rule, struct str message,
    struct str basis, struct str ways)
{
	struct arena *a = h->w->cx->arena;
	const struct str title = value_str(value_get(&about->state, S("title")));

	refuse_rule(h->w->cx, &h->w->broken, REFUSE_HAND_OVER, rule, S(""),
	    str_fmt(a, "“%.*s”：%.*s", STR_ARG(title.n ? title : about->subject),
		STR_ARG(message)),
	    basis, ways.n ? ways : S("列为另行交接的事项；由符合条件的人员接收"));
}

static bool
is_handled(const struct hand_over *h, struct str subject)
{
	for (size_t i = 0; i < h->handled.n; i++)
		if (str_eq(h->handled.v[i].subject, subject))
			return true;
	return false;
}

/* What was opened, or came to the giver, after the list was made. */
static void
judge_unlisted(struct hand_over *h)
{
	const struct value *listed = matter_field(h->m, h->def->matters);
	const struct value *left = matter_field(h->m, h->def->left);

	for (size_t i = 0; i < h->handled.n; i++) {
		const struct str subject = h->handled.v[i].subject;
		const struct matter *one = work_matter(h->w, subject);

		if (!one || handlers_have(listed, subject) ||
		    handlers_have(left, subject) ||
		    (i && str_eq(subject, h->handled.v[i - 1].subject)))
			continue;
		say(h, one, S("unlisted"), S("由移交人承办，没有列入清单"), S(""),
		    S("退回修改清单"));
	}
}

static const struct action_def *
reassigning(const struct matter *one)
{
	const struct procedure_def *p = one->procedure;

	for (size_t i = 0; i < p->actions.n; i++)
		if (p->actions.v[i].manner == MANNER_REASSIGN &&
		    apply_stage_fits(one, &p->actions.v[i]))
			return &p->actions.v[i];
	return NULL;
}

/* As whom the receiver stands in the field that names `as`: himself, or an entry that
 * means him; empty when there is none. */
static struct str
receiver_as(struct hand_over *h, struct str as)
{
	const struct str family = subject_family(as);
	const struct field *person = defs_person_field(h->w->defs, family);
	const struct value *entries;

	if (!person)
		return h->receiver;
	entries = facts_refs(h->w->facts, family, person->id, h->receiver, h->w->done);
	h->w->needs |= !entries;
	return entries && value_count(entries)
		   ? value_str(value_get(value_at(entries, 0), S("subject")))
		   : S("");
}

static bool
is_giver(const struct hand_over *h, struct str subject, struct str as)
{
	for (size_t i = 0; i < h->handled.n; i++)
		if (str_eq(h->handled.v[i].subject, subject) &&
		    str_eq(h->handled.v[i].as, as))
			return true;
	return false;
}

/* The handlers with the receiver in the giver's place, once; null when the receiver
 * cannot stand there. */
static struct value
new_handlers(struct hand_over *h, const struct matter *one)
{
	const struct value *before = matter_field(one, one->procedure->handlers);
	struct value after = value_list();

	if (before->kind == V_TEXT) {
		const struct str as = receiver_as(h, before->s);

		return as.n ? value_text(as) : value_null();
	}
	for (size_t i = 0; i < value_count(before); i++) {
		struct str as = value_str(value_at(before, i));

		if (is_giver(h, one->subject, as))
			as = receiver_as(h, as);
		if (!as.n)
			return value_null();
		if (!handlers_have(&after, as))
			value_add(h->w->cx->arena, &after, value_text(as));
	}
	return after;
}

/* The person in whose authority the matter changes hands might have reassigned it. */
static void
judge_authority(struct hand_over *h, struct matter *one, const struct action_def *a)
{
	struct work *w = h->w;
	const struct str instead = w->instead;
	const struct value *units = apply_units(w, one, a);
	const struct str post = authority_post(w, h->head, &a->by, units, w->done);

	w->instead = instead; /* it is not he who acts */
	if (!w->needs && !post.n)
		say(h, one, S("by"),
		    str_fmt(w->cx->arena, "监交人没有“%.*s”的职权", STR_ARG(a->title)),
		    a->basis, S("列为另行交接的事项；由有职权的人员监交"));
	for (size_t i = 0; i < a->apart.n; i++)
		if (apply_has_done(one, a->apart.v[i], h->head))
			say(h, one, S("apart"), S("监交人办理过的环节须由不同人员办理"),
			    a->basis, S(""));
}

/* One person would have done both of what must be apart. */
static bool
would_join(
    const struct hand_over *h, const struct matter *one, struct str a, struct str b)
{
	return (apply_has_done(one, a, h->giver) &&
		   apply_has_done(one, b, h->receiver)) ||
	       (apply_has_done(one, b, h->giver) && apply_has_done(one, a, h->receiver));
}

static void
judge_apart(struct hand_over *h, const struct matter *one)
{
	const struct procedure_def *p = one->procedure;

	for (size_t i = 0; i < p->actions.n; i++) {
		const struct action_def *a = &p->actions.v[i];

		for (size_t k = 0; k < a->apart.n; k++) {
			const struct action_def *b = action_find(p, a->apart.v[k]);

			if (!b || !would_join(h, one, a->id, b->id))
				continue;
			say(h, one, S("apart"),
			    str_fmt(h->w->cx->arena,
				"“%.*s”和“%.*s”须由不同人员办理，移交人和接收人各办理过"
				"其一",
				STR_ARG(b->title), STR_ARG(a->title)),
			    a->basis, S(""));
		}
	}
}

/* Conditions and gates of the matter's own reassigning, with the receiver in place. */
static void
judge_rules(struct hand_over *h, const struct matter *one, const struct action_def *a,
    struct value handlers)
{
	struct work *w = h->w;
	struct arena *ar = w->cx->arena;
	const struct str field = one->procedure->handlers;
	const struct value before = value_fork(
	    ar, value_get(&one->state, S("fields")), 1);
	const struct refusal_list kept = w->broken;
	struct value fields = value_fork(ar, &before, 1);
	struct matter trial = *one;
	struct refusal_list found;
	struct judge j;

	value_set(ar, &fields, field, handlers);
	trial.state = value_fork(ar, &one->state, 1);
	value_set(ar, &trial.state, S("fields"), fields);
	w->broken = (struct refusal_list){ 0 };
	work_judge(w, &trial, &before, &j);
	judge_set(&j, S("actor"), value_text(h->head));
	if (judge_among(&j, field_find(&one->procedure->fields, field), &handlers) ==
	    VERDICT_NO)
		refuse_rule(w->cx, &w->broken, REFUSE_FORM,
		    str_fmt(ar, "among:%.*s", STR_ARG(field)), S(""),
		    S("接收人不在本事项可选的范围内"), a->basis, S(""));
	apply_rules(w, &j, &a->require, &w->broken);
	apply_gates(w, &j, &trial, a->id, true);
	w->needs |= j.needs;
	clocks_guard(w, &trial, a->id, true);
	found = w->broken;
	w->broken = kept;
	for (size_t i = 0; i < found.n; i++)
		say(h, one, found.v[i].rule, found.v[i].message, found.v[i].basis,
		    found.v[i].ways);
}

static void
judge_one(struct hand_over *h, struct str subject)
{
	struct matter *one = work_matter(h->w, subject);
	const struct action_def *a;
	struct value handlers;

	if (!one || value_true(value_get(&one->state, S("closed"))))
		return; /* closed meanwhile: there is nothing to hand over */
	if (!is_handled(h, subject)) {
		say(h, one, S("not-handled"), S("已经不由移交人承办"), S(""),
		    S("退回修改清单"));
		return;
	}
	if (h->w->done < value_num(value_get(&one->state, S("opened"))))
		say(h, one, S("day"), S("交接日期早于该事项开始之日"), S(""), S(""));
	judge_apart(h, one);
	a = reassigning(one);
	if (!a) {
		say(h, one, S("at"), S("当前阶段不能更换承办人员"), S(""), S(""));
		return;
	}
	judge_authority(h, one, a);
	handlers = new_handlers(h, one);
	if (!value_is_null(&handlers))
		judge_rules(h, one, a, handlers);
	else if (!h->w->needs)
		say(h, one, S("receiver"), S("接收人没有列入承办人员的名录，不能承办"),
		    a->basis, S("列入名录；由符合条件的人员接收"));
}

/* Nobody receives, and nobody's authority is used, without being asked. */
static void
judge_asked(struct hand_over *h, const struct action_def *a)
{
	struct judge j;
	struct value of;

	work_judge(h->w, h->m, NULL, &j);
	of = judge_value(&j, a->join.of);
	h->w->needs |= j.needs;
	if (!j.needs &&
	    (!handlers_have(&of, h->receiver) || !handlers_have(&of, h->head)))
		refuse(h->w->cx, &h->w->hard, REFUSE_HAND_OVER, S(""),
		    "接收人和监交人都须在确认人员之列");
}

void
hand_over_guard(struct work *w, struct matter *m, const struct action_def *a)
{
	const struct value *listed;
	struct hand_over h;
	bool needs = w->needs;

	if (!a->hand_over.given || w->hard.n)
		return;   /* who may not confirm learns nothing of the matters */
	w->needs = false; /* what the actor's authority still needs is asked for beside */
	if (hand_over_read(w, m, a, &h)) {
		judge_asked(&h, a);
		judge_unlisted(&h);
		listed = matter_field(m, h.def->matters);
		for (size_t i = 0; i < value_count(listed); i++) {
			needs |= w->needs;
			w->needs = false; /* each asks for its own facts */
			judge_one(&h, value_str(value_at(listed, i)));
		}
	}
	w->needs |= needs;
}

/* What the giver had done, also through those who handed over to him. */
static struct value
done_by_giver(const struct hand_over *h, const struct matter *one)
{
	const struct value *acts = value_get(&one->state, S("acts"));
	struct value did = value_list();

	for (size_t i = 0; acts->kind == V_MAP && i < acts->map.n; i++)
		if (apply_has_done(one, acts->map.pairs[i].key, h->giver))
			value_add(
			    h->w->cx->arena, &did, value_text(acts->map.pairs[i].key));
	return did;
}

static void
put_handed(struct hand_over *h, struct draft *d)
{
	struct arena *a = h->w->cx->arena;
	struct value list = value_copy(a, value_get(&d->matter->state, S("handed")));
	struct value one = value_map();

	if (list.kind != V_LIST)
		list = value_list();
	value_set_text(a, &one, "from", h->giver);
	value_set_text(a, &one, "to", h->receiver);
	value_set_text(a, &one, "by", h->m->subject);
	value_set_int(a, &one, "day", h->w->done);
	value_set(a, &one, S("did"), done_by_giver(h, d->matter));
	value_add(a, &list, one);
	work_put(h->w, d, S("handed"), list);
}

static void
take_one(struct hand_over *h, struct str subject)
{
	struct work *w = h->w;
	struct arena *a = w->cx->arena;
	struct matter *one = work_matter(w, subject);
	struct value before, handlers, was = value_map();
	struct str field;
	struct draft *d;

	if (!one || value_true(value_get(&one->state, S("closed"))))
		return;
	handlers = new_handlers(h, one);
	if (w->needs)
		return;
	field = one->procedure->handlers;
	before = value_fork(a, value_get(&one->state, S("fields")), 1);
	d = work_draft(w, EV_HANDED_OVER, one);
	value_set_text(a, &d->open, "from", h->giver);
	value_set_text(a, &d->open, "to", h->receiver);
	value_set_text(a, &d->open, "by", h->m->subject);
	value_set_text(
	    a, &d->open, "reason", value_str(matter_field(h->m, h->def->reason)));
	value_set(a, &was, field, *matter_field(one, field));
	value_set(a, &d->open, S("was"), was);
	put_handed(h, d);
	work_set(w, d, field, handlers);
	tables_compute(w, d);
	children_cover(w, d, &before);
	clocks_update(w, d, S(""));
}

void
hand_over_take(struct work *w, struct matter *m, const struct action_def *a)
{
	const struct value *listed;
	struct hand_over h;

	if (!a->hand_over.given || !hand_over_read(w, m, a, &h))
		return;
	listed = matter_field(m, h.def->matters);
	for (size_t i = 0; i < value_count(listed); i++)
		take_one(&h, value_str(value_at(listed, i)));
}
