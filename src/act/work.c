/* Drafting events: every change is written once, to the event and to the state beside it.
 */
#include "act/work.h"

#include "act/fold.h"
#include "base/bug.h"
#include "lang/canon.h"

static struct draft *
draft_new(struct work *w, enum event_kind kind)
{
	struct draft *d = arena_new(w->cx->arena, struct draft);

	d->kind = kind;
	d->open = value_map();
	d->done = w->done;
	d->seq = w->next_seq + (int64_t)w->drafts.n;
	d->has_key = w->drafts.n == 0;
	*list_add(w->cx->arena, &w->drafts) = d;
	return d;
}

struct work
work_look(struct cx *cx, const struct defs *defs, struct facts *facts, struct str actor)
{
	static const struct act none = { 0 };

	return (struct work){ .cx = cx,
		.defs = defs,
		.facts = facts,
		.act = &none,
		.actor = actor,
		.done = cx_today(cx),
		.here = true };
}

struct work
work_by_clock(
    struct cx *cx, const struct defs *defs, struct facts *facts, int64_t next_seq)
{
	struct work w = work_look(cx, defs, facts, S("clock"));

	w.next_seq = next_seq;
	w.done = 0;
	return w;
}

struct draft *
work_draft(struct work *w, enum event_kind kind, struct matter *m)
{
	struct draft *d = draft_new(w, kind);

	d->matter = m;
	d->subject = m->subject;
	d->subject_seq = ++m->seq;
	d->definition = m->procedure->digest;
	return d;
}

struct draft *
work_draft_subject(
    struct work *w, enum event_kind kind, struct str subject, int64_t subject_seq)
{
	struct draft *d = draft_new(w, kind);

	d->subject = subject;
	d->subject_seq = subject_seq;
	return d;
}

struct matter *
work_matter(struct work *w, struct str subject)
{
	const struct value *state;
	struct matter *m;

	for (size_t i = 0; i < w->matters.n; i++)
		if (str_eq(w->matters.v[i]->subject, subject))
			return w->matters.v[i];
	state = facts_matter(w->facts, subject);
	if (!state) {
		w->needs = true;
		return NULL;
	}
	if (value_is_null(state))
		return NULL;
	m = arena_new(w->cx->arena, struct matter);
	m->subject = subject;
	m->state = value_fork(w->cx->arena, state, 2); /* fields, clocks …: see merge */
	m->seq = value_num(value_get(state, S("seq")));
	m->was_closed = value_true(value_get(state, S("closed")));
	m->procedure = defs_edition(
	    w->defs, value_str(value_get(state, S("edition"))), subject_family(subject));
	if (!m->procedure)
		bug("no definition for %.*s", STR_ARG(subject));
	*list_add(w->cx->arena, &w->matters) = m;
	return m;
}

/* The subject is named after the event that will be drafted next. */
struct matter *
work_new_matter(struct work *w, const struct procedure_def *p)
{
	struct arena *a = w->cx->arena;
	struct matter *m = arena_new(a, struct matter);

	m->procedure = p;
	m->subject = str_fmt(a, "%.*s/%lld", STR_ARG(p->id),
	    (long long)(w->next_seq + (int64_t)w->drafts.n));
	m->state = value_map();
	value_set(a, &m->state, S("fields"), value_map());
	value_set(a, &m->state, S("clocks"), value_map());
	value_set(a, &m->state, S("children"), value_map());
	value_set(a, &m->state, S("acts"), value_map());
	*list_add(a, &w->matters) = m;
	return m;
}

/* What stands under `key`, to be changed; NULL when nothing does. */
static struct value *
value_in(struct value *map, struct str key)
{
	for (size_t i = 0; map->kind == V_MAP && i < map->map.n; i++)
		if (str_eq(map->map.pairs[i].key, key))
			return &map->map.pairs[i].value;
	return NULL;
}

/* The map under `key`, made when it is not there. */
static struct value *
map_at(struct arena *a, struct value *map, struct str key)
{
	struct value *found = value_in(map, key);

	return found ? found : value_set(a, map, key, value_map());
}

void
work_put(struct work *w, struct draft *d, struct str key, struct value v)
{
	value_set(w->cx->arena, &d->open, key, v);
	if (d->matter)
		value_set(w->cx->arena, &d->matter->state, key, v);
}

static void
merge(struct work *w, struct draft *d, struct str event_key, struct str state_key,
    struct str id, struct value v)
{
	struct arena *a = w->cx->arena;

	value_set(a, map_at(a, &d->open, event_key), id, v);
	value_set(a, map_at(a, &d->matter->state, state_key), id, v);
}

void
work_set(struct work *w, struct draft *d, struct str field, struct value v)
{
	struct value *added = value_in(&d->open, S("added"));

	if (added) {
		value_unset(added, field);
		if (!added->map.n)
			value_unset(&d->open, S("added"));
	}
	merge(w, d, S("set"), S("fields"), field, v);
}

/* Is `now` what was there before, and more? */
static bool
goes_on(const struct value *was, const struct value *now)
{
	const size_t n = was->kind == V_LIST ? was->list.n : 0;

	if (!n || now->kind != V_LIST || now->list.n <= n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!value_eq(&was->list.items[i], &now->list.items[i]))
			return false;
	return true;
}

void
work_extend(struct work *w, struct draft *d, struct str field, struct value v)
{
	struct arena *a = w->cx->arena;
	struct value *fields = map_at(a, &d->matter->state, S("fields"));
	struct value *set = value_in(&d->open, S("set")), *added;
	const struct value was = *value_get(fields, field);

	if (!goes_on(&was, &v) || (set && value_in(set, field))) {
		work_set(w, d, field, v);
		return;
	}
	added = map_at(a, &d->open, S("added"));
	if (!value_in(added, field))
		value_set(a, added, field, value_list());
	for (size_t i = was.list.n; i < v.list.n; i++)
		value_add(a, value_in(added, field), v.list.items[i]);
	value_set(a, fields, field, v);
}

void
work_clock(struct work *w, struct draft *d, struct str id, struct value clock)
{
	merge(w, d, S("clocks"), S("clocks"), id, clock);
}

void
work_table(struct work *w, struct draft *d, struct str field, struct value answer)
{
	merge(w, d, S("tables"), S("tables"), field, answer);
}

void
work_children(struct work *w, struct draft *d, struct str kind, struct value list)
{
	struct arena *a = w->cx->arena;
	struct value *state = map_at(a, &d->matter->state, S("children"));
	const struct value before = *value_get(state, kind);
	const struct value *known = value_get(value_get(&d->open, S("children")), kind);
	struct value changed = value_fork(a, known, 1);

	for (size_t i = 0; i < list.list.n; i++)
		if (!value_eq(value_at(&before, i), &list.list.items[i]))
			fold_child(a, &changed, &list.list.items[i]);
	if (changed.kind == V_LIST)
		value_set(a, map_at(a, &d->open, S("children")), kind, changed);
	value_set(a, state, kind, list);
}

void
work_void(struct work *w, struct matter *m, struct draft *d, struct str action)
{
	struct arena *a = w->cx->arena;
	struct value acts = value_copy(a, value_get(&m->state, S("acts")));
	struct value act = value_copy(a, value_get(&acts, action));
	struct value list = value_copy(a, value_get(&d->open, S("void")));

	value_set(a, &act, S("void"), value_bool(true));
	value_set(a, &acts, action, act);
	value_set(a, &m->state, S("acts"), acts);
	if (list.kind != V_LIST)
		list = value_list();
	value_add(a, &list, value_text(action));
	value_set(a, &d->open, S("void"), list);
}

/* Moves `values` into a new sealed part and gives the place it can be found at. */
static struct value
seal(struct work *w, struct draft *d, struct value values)
{
	*list_add(w->cx->arena, &d->sealed) = values;
	return value_text(
	    str_fmt(w->cx->arena, "%lld:p%zu", (long long)d->seq, d->sealed.n));
}

static struct value
seal_row(
    struct work *w, struct draft *d, const struct field *rows, const struct value *row)
{
	struct arena *a = w->cx->arena;
	struct value open = value_map(), sealed = value_map();

	for (size_t i = 0; i < rows->columns.n; i++) {
		const struct field *c = &rows->columns.v[i];
		const struct value *v = value_get(row, c->id);

		if (!value_is_null(v))
			value_set(a, c->personal ? &sealed : &open, c->id, *v);
	}
	if (sealed.map.n)
		value_set(a, &open, S("sealed"), seal(w, d, sealed));
	else if (!value_is_null(value_get(row, S("sealed"))))
		value_set(a, &open, S("sealed"), *value_get(row, S("sealed")));
	return open;
}

struct value
work_seal(struct work *w, struct draft *d, const struct field *f, const struct value *v)
{
	struct arena *a = w->cx->arena;
	struct value out;

	if (f->personal && !value_is_null(v)) {
		struct value one = value_map();

		value_set(a, &one, f->id, *v);
		out = value_map();
		value_set(a, &out, S("sealed"), seal(w, d, one));
		return out;
	}
	if (f->type != FIELD_ROWS)
		return *v;
	out = value_list();
	for (size_t i = 0; i < value_count(v); i++)
		value_add(a, &out, seal_row(w, d, f, value_at(v, i)));
	return out;
}

const struct value *
matter_field(const struct matter *m, struct str field)
{
	return value_get(value_get(&m->state, S("fields")), field);
}

struct str
matter_stage(const struct matter *m)
{
	return value_str(value_get(&m->state, S("stage")));
}

static void
part_add(
    struct work *w, struct event *e, struct str name, const struct value *v, bool salted)
{
	struct event_part *part = list_add(w->cx->arena, &e->parts);

	part->name = name;
	part->bytes = canon_str(w->cx->arena, v);
	if (salted) {
		char *salt = arena_alloc(w->cx->arena, 16);

		cx_random(w->cx, salt, 16);
		part->salt = (struct str){ salt, 16 };
	}
}

/* The earliest due day of the running maximum clocks. */
static struct value
earliest_due(const struct value *clocks)
{
	int64_t due = INT64_MAX;

	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++) {
		const struct value *c = &clocks->map.pairs[i].value;
		const int64_t day = value_num(value_get(c, S("due")));

		if (str_eq(value_str(value_get(c, S("state"))), S("running")) &&
		    day < due)
			due = day;
	}
	return due == INT64_MAX ? value_null() : value_int(due);
}

static void
put_due(struct work *w, struct draft *d)
{
	const struct value *clocks = value_get(&d->matter->state, S("clocks"));
	const struct value due = earliest_due(clocks);

	if (!value_is_null(value_get(&d->open, S("clocks"))) ||
	    !value_is_null(value_get(&d->open, S("closed"))))
		work_put(w, d, S("due"), due);
}

void
work_finish(struct work *w, struct event_list *out)
{
	for (size_t i = 0; i < w->drafts.n; i++) {
		struct draft *d = w->drafts.v[i];
		struct event *e = list_add(w->cx->arena, out);

		if (d->matter)
			put_due(w, d);
		if (d->has_key && w->instead.n)
			value_set_text(w->cx->arena, &d->open, "instead", w->instead);
		if (d->has_key && w->act->key.n)
			value_set_text(w->cx->arena, &d->open, "asked",
			    act_asked(w->cx, w->defs, w->act));
		*e = (struct event){ .kind = d->kind,
			.subject = d->subject,
			.subject_seq = d->subject_seq,
			.done = d->done,
			.actor = w->actor,
			.behalf = w->post,
			.definition = d->definition,
			.key = d->has_key ? w->act->key : S("") };
		part_add(w, e, S("open"), &d->open, false);
		for (size_t k = 0; k < d->sealed.n; k++)
			part_add(w, e, str_fmt(w->cx->arena, "p%zu", k + 1),
			    &d->sealed.v[k], true);
	}
}

struct value
work_rules_value(struct work *w, const struct refusal_list *rules)
{
	struct arena *a = w->cx->arena;
	struct value out = value_list();

	for (size_t i = 0; i < rules->n; i++) {
		struct value one = value_map();

		value_set_text(a, &one, "rule", rules->v[i].rule);
		value_set_text(a, &one, "message", rules->v[i].message);
		value_set_text(a, &one, "basis", rules->v[i].basis);
		value_add(a, &out, one);
	}
	return out;
}

/* Names every expression over a matter may use besides the fields. */
static void
set_engine_names(struct work *w, const struct matter *m, struct judge *j)
{
	struct arena *a = w->cx->arena;

	j->acts = value_fork(a, value_get(&m->state, S("acts")), 1);
	j->clocks = value_fork(a, value_get(&m->state, S("clocks")), 1);
	judge_set(j, S("done"), value_day(w->done));
	judge_set(j, S("stage"), *value_get(&m->state, S("stage")));
	judge_set(j, S("parent"), *value_get(&m->state, S("parent")));
	judge_set(j, S("subject"), value_text(m->subject));
	judge_set(j, S("actor"), value_text(w->actor));
	judge_set(j, S("post"), w->post.n ? value_text(w->post) : value_null());
	judge_set(j, S("here"), value_bool(w->here));
}

void
work_judge_clocks(struct judge *j)
{
	j->clocks = value_fork(j->cx->arena, value_get(j->state, S("clocks")), 1);
	value_unset(&j->vars, S("clocks"));
}

void
work_judge(
    struct work *w, const struct matter *m, const struct value *old, struct judge *j)
{
	*j = (struct judge){ .cx = w->cx,
		.defs = w->defs,
		.facts = w->facts,
		.done = w->done,
		.state = &m->state,
		.vars = value_map() };
	judge_set_fields(
	    j, &m->procedure->fields, value_get(&m->state, S("fields")), old);
	set_engine_names(w, m, j);
}
