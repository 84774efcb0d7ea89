/* What is: `put`, `end` and `destroy`. A version is judged whole; the one before it is
 * `old`. */
#include "act/entry.h"

#include "act/amend.h"
#include "act/authority.h"
#include "act/form.h"
#include "base/date.h"

enum { DAY_OPEN = 2932897 }; /* no last day: the day after 9999-12-31 */

static void
entry_judge(struct work *w, const struct register_def *r, const struct value *values,
    const struct value *old, struct judge *j)
{
	*j = (struct judge){ .cx = w->cx,
		.defs = w->defs,
		.facts = w->facts,
		.done = w->done,
		.vars = value_map() };
	judge_set_fields(j, &r->fields, values, old);
	judge_set(j, S("done"), value_day(w->done));
	judge_set(j, S("recorded"), value_day(cx_today(w->cx)));
	judge_set(j, S("actor"), value_text(w->actor));
	judge_set(j, S("here"), value_bool(w->here));
	judge_set(j, S("subject"), value_text(w->act->subject));
}

struct str
entry_post(struct work *w, const struct register_def *r,
    const struct id_list *competences, const struct value *values)
{
	struct value units;
	struct judge j;

	if (!r->of)
		return authority_post(w, w->actor, competences, NULL, cx_today(w->cx));
	entry_judge(w, r, values, NULL, &j);
	units = judge_value(&j, r->of);
	w->needs |= j.needs;
	return w->needs
		   ? S("")
		   : authority_post(w, w->actor, competences, &units, cx_today(w->cx));
}

static void
authority_guard(struct work *w, const struct register_def *r, const struct value *values)
{
	if (w->act->is_setup)
		return;
	w->post = entry_post(w, r, &r->by, values);
	if (!w->needs && !w->post.n)
		refuse(w->cx, &w->hard, REFUSE_BY, S(""), "%s", "");
}

static void
unique_guard(struct work *w, const struct register_def *r, const struct field *f,
    const struct value *v)
{
	const struct value *other;

	if (v->kind != V_TEXT)
		return;
	other = facts_key(w->facts, r->id, f->id, v->s, w->done);
	if (!other)
		w->needs = true;
	else if (!value_is_null(other) &&
		 !str_eq(value_str(value_get(other, S("subject"))), w->act->subject))
		refuse(
		    w->cx, &w->hard, REFUSE_UNIQUE, f->id, "已有“%.*s”", STR_ARG(v->s));
}

/* A personal value that was sealed before stays where it is. */
static bool
stays_sealed(const struct field *f, const struct value *v, const struct value *before)
{
	return f->personal && v->kind == V_MAP &&
	       value_eq(v, value_get(value_get(before, S("values")), f->id));
}

static void
values_check(struct work *w, const struct register_def *r, const struct value *values,
    const struct value *before)
{
	for (size_t i = 0; values->kind == V_MAP && i < values->map.n; i++)
		if (!field_find(&r->fields, values->map.pairs[i].key))
			refuse(w->cx, &w->hard, REFUSE_FORM, values->map.pairs[i].key,
			    "“%.*s”没有这一项", STR_ARG(r->title));
	for (size_t i = 0; i < r->fields.n; i++) {
		const struct field *f = &r->fields.v[i];
		const struct value *v = value_get(values, f->id);

		if (value_is_null(v)) {
			if (f->required)
				refuse(w->cx, &w->hard, REFUSE_REQUIRED, f->id,
				    "请填写“%.*s”", STR_ARG(f->title));
			continue;
		}
		if (stays_sealed(f, v, before))
			continue;
		form_check(w, f, v, NULL);
		if (f->unique)
			unique_guard(w, r, f, v);
	}
}

/* What a parameter may be is said where it is defined: a value beyond the law's range
 * would only be passed over later, and whoever set it would believe in it. */
static void
parameter_guard(struct work *w, const struct value *values)
{
	const struct str id = value_str(value_get(values, S("id")));
	const struct str text = value_str(value_get(values, S("value")));
	const struct parameter_def *p = map_find(&w->defs->parameters, id);
	int64_t n;

	if (id.n && !p)
		refuse(w->cx, &w->hard, REFUSE_UNKNOWN, S("id"), "没有这个参数");
	else if (text.n && p && (!str_int(text, &n) || n < p->from || n > p->to))
		refuse(w->cx, &w->hard, REFUSE_FORM, S("value"),
		    "“%.*s”应当是 %lld 至 %lld 的整数", STR_ARG(p->title),
		    (long long)p->from, (long long)p->to);
}

/* The entry as it stands on the day, or null for a new one. */
static const struct value *
entry_before(struct work *w)
{
	static const struct value none = { .kind = V_NULL };
	const struct value *entry;

	if (!w->act->subject.n)
		return &none;
	entry = facts_entry(w->facts, w->act->subject, w->done);
	if (!entry) {
		w->needs = true;
		return &none;
	}
	if (value_is_null(entry))
		refuse(
		    w->cx, &w->hard, REFUSE_UNKNOWN, S(""), "该条目在所填日期并不有效");
	return entry;
}

static void
entry_put(struct work *w, const struct register_def *r)
{
	struct arena *a = w->cx->arena;
	const struct value *before = entry_before(w);
	const struct value *values = &w->act->form;
	struct value kept = value_map();
	struct judge j;
	struct draft *d;

	if (r->withdrawn)
		refuse(w->cx, &w->hard, REFUSE_WITHDRAWN, S(""),
		    "“%.*s”已经撤下，不再入册", STR_ARG(r->title));
	authority_guard(w, r, values);
	values_check(w, r, values, before);
	if (str_eq(r->id, S("parameters")))
		parameter_guard(w, values);
	if (w->needs || w->hard.n)
		return;
	entry_judge(w, r, values,
	    value_is_null(before) ? NULL : value_get(before, S("values")), &j);
	for (size_t i = 0; i < r->rules.n; i++) {
		const enum verdict v = judge_rule(&j, &r->rules.v[i]);

		if (v == VERDICT_NO || v == VERDICT_UNKNOWN)
			judge_refuse(&j, &r->rules.v[i], v, &w->hard);
	}
	w->needs |= j.needs;
	d = work_draft_subject(w, EV_ENTRY_PUT,
	    w->act->subject.n ? w->act->subject
			      : str_fmt(a, "%.*s/%lld", STR_ARG(r->id),
				    (long long)(w->next_seq + (int64_t)w->drafts.n)),
	    value_num(value_get(before, S("seq"))) + 1);
	d->definition = r->digest;
	for (size_t i = 0; i < r->fields.n; i++) {
		const struct field *f = &r->fields.v[i];
		const struct value *v = value_get(values, f->id);

		if (!value_is_null(v))
			value_set(a, &kept, f->id,
			    stays_sealed(f, v, before) ? *v : work_seal(w, d, f, v));
	}
	value_set_text(a, &d->open, "register", r->id);
	value_set(a, &d->open, S("key"), *value_get(&kept, r->key));
	value_set_int(a, &d->open, "from", w->done);
	value_set_int(a, &d->open, "to", w->act->to_day ? w->act->to_day : DAY_OPEN);
	value_set(a, &d->open, S("values"), kept);
}

static void
entry_end(struct work *w, const struct register_def *r)
{
	const struct value *before = entry_before(w);
	const struct str reason = amend_reason(w);
	struct draft *d;

	authority_guard(w, r, value_get(before, S("values")));
	if (w->needs || w->hard.n)
		return;
	d = work_draft_subject(w, EV_ENTRY_ENDED, w->act->subject,
	    value_num(value_get(before, S("seq"))) + 1);
	d->definition = r->digest;
	value_set_text(w->cx->arena, &d->open, "register", r->id);
	/* The last day counts; `to` is the day after it. */
	value_set_int(w->cx->arena, &d->open, "to", w->done + 1);
	value_set_text(w->cx->arena, &d->open, "reason", reason);
}

/* What one person's data was, once its time is over: also when the entry has ended, and
 * of what a later version replaced. */
static void
entry_destroy(struct work *w, const struct register_def *r)
{
	struct str place;
	const struct value *known = destroy_known(w, w->act->subject, &place);
	struct draft *d;

	if (!known)
		return;
	if (!w->act->is_setup) {
		w->post = entry_post(w, r, &r->destroys, value_get(known, S("values")));
		if (!w->needs && !w->post.n)
			refuse(w->cx, &w->hard, REFUSE_BY, S(""), "%s", "");
	}
	if (w->needs || w->hard.n)
		return;
	d = work_draft_subject(
	    w, EV_DESTROYED, w->act->subject, value_num(value_get(known, S("seq"))) + 1);
	d->definition = r->digest;
	destroy_say(w, d, place);
}

void
entry_act(struct work *w)
{
	const struct str family = w->act->subject.n ? subject_family(w->act->subject)
						    : w->act->family;
	const struct register_def *r = defs_register(w->defs, family);

	if (str_eq(w->act->action, S("put")))
		entry_put(w, r);
	else if (str_eq(w->act->action, S("end")) && w->act->subject.n)
		entry_end(w, r);
	else if (str_eq(w->act->action, S("destroy")) && w->act->subject.n)
		entry_destroy(w, r);
	else
		refuse(w->cx, &w->hard, REFUSE_UNKNOWN, S(""), "%s", "");
}
