/*
 * Comparing acts with what stands in the record: is it the same act again, and has
 * somebody changed meanwhile what it wants to change.
 *
 * A digest of a short secret is the secret, so personal values stay out of `asked`; they
 * are compared with the sealed parts themselves, as long as those exist.
 */
#include "act/door_inside.h"
#include "base/crypto.h"
#include "lang/canon.h"

static const struct field_list *
fields_of(const struct defs *defs, const struct act *act)
{
	const struct str family = act->subject.n ? subject_family(act->subject)
						 : act->family;
	const struct register_def *r = defs_register(defs, family);
	const struct procedure_def *p = defs_procedure(defs, family);

	return r ? &r->fields : p ? &p->fields : NULL;
}

/* The form without personal values; those go to `personal`, a list of { id: value }. */
static struct value
form_open(struct arena *a, const struct field_list *fields, const struct value *form,
    struct value *personal)
{
	struct value open = value_map();

	for (size_t i = 0; form->kind == V_MAP && i < form->map.n; i++) {
		const struct value_pair *pair = &form->map.pairs[i];
		const struct field *f = fields ? field_find(fields, pair->key) : NULL;
		struct value rows = value_list(), one = value_map();

		if (f && f->personal) {
			value_set(a, &one, pair->key, pair->value);
			value_add(a, personal, one);
		} else if (f && f->type == FIELD_ROWS) {
			for (size_t k = 0; k < value_count(&pair->value); k++)
				value_add(a, &rows,
				    form_open(a, &f->columns, value_at(&pair->value, k),
					personal));
			value_set(a, &open, pair->key, rows);
		} else {
			value_set(a, &open, pair->key, pair->value);
		}
	}
	return open;
}

static struct str
asked_of(
    struct cx *cx, const struct defs *defs, const struct act *act, struct value *personal)
{
	struct arena *a = cx->arena;
	struct value asked = value_map();
	struct digest d;

	*personal = value_list();
	value_set_text(a, &asked, "action", act->action);
	value_set_text(a, &asked, "subject", act->subject);
	value_set_text(a, &asked, "family", act->family);
	value_set_text(a, &asked, "behalf", act->behalf);
	value_set_int(a, &asked, "done", act->done);
	value_set_int(a, &asked, "to", act->to_day);
	value_set(a, &asked, S("registered"), value_bool(act->registered));
	value_set(a, &asked, S("form"),
	    form_open(a, fields_of(defs, act), &act->form, personal));
	d = digest_of(DIGEST_SM3, canon_str(a, &asked));
	return digest_hex(a, &d);
}

struct str
act_asked(struct cx *cx, const struct defs *defs, const struct act *act)
{
	struct value personal;

	return asked_of(cx, defs, act, &personal);
}

/* Does a sealed part hold this one value? A destroyed part can no longer contradict. */
static bool
parts_hold(struct cx *cx, const struct event *e, const struct value_pair *pair)
{
	for (size_t i = 1; i < e->parts.n; i++) {
		struct value part;

		if (e->parts.v[i].gone)
			return true;
		if (canon_parse(cx, e->parts.v[i].bytes, &part) == ERR_OK &&
		    value_eq(value_get(&part, pair->key), &pair->value))
			return true;
	}
	return false;
}

bool
act_same(
    struct cx *cx, const struct defs *defs, const struct act *act, const struct event *e)
{
	struct value personal, open;
	const struct str asked = asked_of(cx, defs, act, &personal);

	if (canon_parse(cx, e->parts.v[0].bytes, &open) != ERR_OK ||
	    !str_eq(value_str(value_get(&open, S("asked"))), asked))
		return false;
	for (size_t i = 0; i < value_count(&personal); i++)
		if (!parts_hold(cx, e, &value_at(&personal, i)->map.pairs[0]))
			return false;
	return true;
}

static struct str
field_title(const struct field_list *fields, struct str id)
{
	const struct field *f = fields ? field_find(fields, id) : NULL;

	return f ? f->title : id;
}

/* Which of the act's fields did this later event change? */
static struct str
changed_field(struct cx *cx, const struct event *e, const struct act *act)
{
	struct value open;
	const struct value *set, *added;

	if (canon_parse(cx, e->parts.v[0].bytes, &open) != ERR_OK)
		return S("");
	set = value_get(&open, e->kind == EV_ENTRY_PUT ? S("values") : S("set"));
	added = value_get(&open, S("added"));
	for (size_t i = 0; added->kind == V_MAP && i < added->map.n; i++)
		if (!value_is_null(value_get(&act->form, added->map.pairs[i].key)))
			return added->map.pairs[i].key;
	for (size_t i = 0; act->form.kind == V_MAP && i < act->form.map.n; i++)
		for (size_t k = 0; set->kind == V_MAP && k < set->map.n; k++)
			if (str_eq(act->form.map.pairs[i].key, set->map.pairs[k].key) &&
			    !value_eq(
				&act->form.map.pairs[i].value, &set->map.pairs[k].value))
				return set->map.pairs[k].key;
	return S("");
}

enum err
act_seen(struct cx *cx, struct group *g, const struct act *act)
{
	const struct field_list *fields = fields_of(g->door->snapshot->defs, act);
	struct event_list events = { 0 };
	int64_t newest;

	TRY(project_subject_seq(cx, &g->projection, act->subject, &newest));
	if (newest <= act->seen)
		return ERR_OK;
	TRY(record_flush(cx, g->door->db, &g->head)); /* what this group did counts too */
	TRY(record_of_subject(cx, g->door->db, g->head.log, act->subject, &events));
	for (size_t i = 0; i < events.n; i++) {
		const struct str id = events.v[i].subject_seq > act->seen
					  ? changed_field(cx, &events.v[i], act)
					  : S("");

		if (!id.n)
			continue;
		refuse(cx, &cx->refusals, REFUSE_SEEN, id,
		    "“%.*s”刚刚被他人改动，请核对后重新提交",
		    STR_ARG(field_title(fields, id)));
		return fail(cx, ERR_STALE, "填写以后内容已被他人改动");
	}
	return ERR_OK;
}
