/* A child's summary on the parent: { subject, state, outcome, row }. */
#include "act/children.h"

#include "act/apply.h"
#include "act/clocks.h"
#include "base/bug.h"

static struct value
summaries(struct work *w, const struct matter *m, struct str kind)
{
	const struct value *list = value_get(value_get(&m->state, S("children")), kind);

	return list->kind == V_LIST ? value_copy(w->cx->arena, list) : value_list();
}

static const struct action_def *
opening_action(const struct procedure_def *p)
{
	for (size_t i = 0; i < p->actions.n; i++)
		if (p->actions.v[i].at_new)
			return &p->actions.v[i];
	bug("%.*s has no action at: new", STR_ARG(p->id));
}

/* First values of the child, judged on the parent with the row at hand. */
static struct value
first_values(struct work *w, struct judge *j, const struct child_def *def,
    const struct procedure_def *p, const struct field *rows, const struct value *row,
    int64_t row_no)
{
	struct value form = value_map();

	if (row) {
		judge_set(
		    j, S("row"), judge_import_row(w->cx->arena, &rows->columns, row));
		judge_set(j, S("row_no"), value_int(row_no));
	}
	for (size_t i = 0; i < def->with.n && !j->needs; i++) {
		const struct field *f = field_find(&p->fields, def->with.v[i].field);
		const struct value feel = judge_value(j, def->with.v[i].value);
		struct value stored;

		if (j->needs || !f)
			break;
		if (!judge_export(w->cx->arena, f, &feel, &stored))
			refuse(w->cx, &w->hard, REFUSE_FORM, f->id,
			    "“%.*s”无法按规则带入", STR_ARG(f->title));
		else if (!value_is_null(&stored))
			value_set(w->cx->arena, &form, f->id, stored);
	}
	w->needs |= j->needs;
	return form;
}

static void
open_one(struct work *w, struct draft *parent, const struct child_def *def,
    struct judge *j, const struct value *row, int64_t row_no, struct value *list)
{
	struct arena *a = w->cx->arena;
	const struct procedure_def *p = defs_procedure(w->defs, def->procedure);
	struct matter *m;
	struct draft *d;
	struct value form, one = value_map();

	if (!p)
		bug("no procedure %.*s", STR_ARG(def->procedure));
	/* What one row still needs must not keep the next from asking for its own. */
	w->needs = j->needs = false;
	form = first_values(w, j, def, p,
	    field_find(&parent->matter->procedure->fields, def->for_rows), row, row_no);
	m = work_new_matter(w, p);
	d = work_draft(w, EV_MATTER_OPENED, m);
	work_put(w, d, S("procedure"), value_text(p->id));
	work_put(w, d, S("parent"), value_text(parent->matter->subject));
	work_put(w, d, S("kind"), value_text(def->kind));
	value_set_int(a, &m->state, "opened", w->done);
	if (row)
		work_put(w, d, S("row"), value_int(row_no));
	if (def->loose)
		work_put(w, d, S("loose"), value_bool(true));
	apply_action(w, m, d, opening_action(p), &form);
	if (def->loose)
		return;
	value_set_text(a, &one, "subject", m->subject);
	value_set_text(a, &one, "state", S("open"));
	if (row)
		value_set_int(a, &one, "row", row_no);
	value_add(a, list, one);
}

void
children_open(struct work *w, struct draft *parent, const struct child_def *def)
{
	struct value list = summaries(w, parent->matter, def->kind);
	bool needs = w->needs;
	struct judge j;

	/* Once for all rows: the parent does not change while its children open. */
	work_judge(w, parent->matter, NULL, &j);
	if (def->for_rows.n) {
		const struct value *rows = matter_field(parent->matter, def->for_rows);

		for (size_t i = 0; i < value_count(rows); i++) {
			open_one(
			    w, parent, def, &j, value_at(rows, i), (int64_t)i + 1, &list);
			needs |= w->needs;
		}
	} else {
		open_one(w, parent, def, &j, NULL, 0, &list);
		needs |= w->needs;
	}
	w->needs = needs;
	if (!def->loose && !w->needs)
		work_children(w, parent, def->kind, list);
}

static struct value
changed_fields(struct work *w, const struct draft *d, const struct child_def *def,
    const struct value *before)
{
	struct value changed = value_list();

	for (size_t i = 0; i < def->covers.n; i++) {
		const struct str f = def->covers.v[i];
		const struct value *was = value_get(before, f);

		if (!value_is_null(was) && !value_eq(was, matter_field(d->matter, f)))
			value_add(w->cx->arena, &changed, value_text(f));
	}
	return changed;
}

static void
lapse_child(struct work *w, struct str subject, const struct value *changed)
{
	struct matter *m = work_matter(w, subject);
	struct draft *d;

	if (!m)
		return;
	d = work_draft(w, EV_RESULT_LAPSED, m);
	value_set(w->cx->arena, &d->open, S("fields"), *changed);
	work_put(w, d, S("lapsed"), value_bool(true));
	if (!value_true(value_get(&m->state, S("closed")))) {
		clocks_end(w, d);
		work_put(w, d, S("closed"), value_bool(true));
	}
}

void
children_lapse(struct work *w, struct draft *parent, const struct child_def *def,
    const struct value *changed)
{
	struct value list = summaries(w, parent->matter, def->kind);
	bool any = false;

	for (size_t i = 0; i < list.list.n; i++) {
		struct value *one = &list.list.items[i];
		const struct str state = value_str(value_get(one, S("state")));

		if (!str_eq(state, S("open")) && !str_eq(state, S("passed")))
			continue;
		lapse_child(w, value_str(value_get(one, S("subject"))), changed);
		value_set_text(w->cx->arena, one, "state", S("lapsed"));
		any = true;
	}
	if (any)
		work_children(w, parent, def->kind, list);
}

void
children_cover(struct work *w, struct draft *parent, const struct value *before)
{
	const struct procedure_def *p = parent->matter->procedure;

	for (size_t k = 0; k < p->children.n; k++) {
		const struct child_def *def = &p->children.v[k];
		const struct value changed = changed_fields(w, parent, def, before);

		if (changed.list.n)
			children_lapse(w, parent, def, &changed);
	}
}

static bool
has_passed(struct work *w, struct matter *child)
{
	struct judge j;
	enum verdict v;

	if (!child->procedure->passes)
		return true;
	work_judge(w, child, NULL, &j);
	v = judge_truth(&j, child->procedure->passes);
	w->needs |= j.needs;
	return v == VERDICT_YES;
}

void
children_tell_parent(struct work *w, struct matter *child)
{
	struct arena *a = w->cx->arena;
	const struct str subject = value_str(value_get(&child->state, S("parent")));
	const struct str kind = value_str(value_get(&child->state, S("kind")));
	struct matter *parent;
	const bool closed = value_true(value_get(&child->state, S("closed")));
	struct draft *d;
	struct value list;

	if (!subject.n || value_true(value_get(&child->state, S("loose"))))
		return;
	parent = work_matter(w, subject);
	if (!parent)
		return;
	list = summaries(w, parent, kind);
	for (size_t i = 0; i < list.list.n; i++) {
		struct value *one = &list.list.items[i];

		if (!str_eq(value_str(value_get(one, S("subject"))), child->subject))
			continue;
		value_set_text(a, one, "state",
		    !closed                ? S("open")
		    : has_passed(w, child) ? S("passed")
					   : S("failed"));
		value_unset(one, S("outcome"));
		if (closed && child->procedure->outcome.n)
			value_set(a, one, S("outcome"),
			    *matter_field(child, child->procedure->outcome));
	}
	if (w->needs)
		return;
	d = work_draft(w, EV_CHILD_CHANGED, parent);
	value_set_text(a, &d->open, "child", child->subject);
	work_children(w, d, kind, list);
	clocks_update(w, d, S(""));
}
