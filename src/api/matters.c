/* Matters: listed; one with what may be done now and what is missing, its terms with
 * their reasons, its documents and children. What a mask hides is left out, and it is
 * said that something is. */
#include "api/definitions.h"
#include "api/operation.h"
#include "api/query.h"
#include "api/values.h"
#include "base/date.h"
#include "web/pages/matter.h"
#include "web/word.h"

static void
state_put(struct json *j, struct view *v, const struct procedure_def *p,
    struct str subject, const struct value *state, bool title_is_hidden)
{
	const struct str stage = value_str(value_get(state, S("stage")));

	put_str(j, "subject", subject);
	if (!title_is_hidden)
		put_str(j, "title", value_str(value_get(state, S("title"))));
	put_str(j, "edition", value_str(value_get(state, S("edition"))));
	json_key(j, "stage");
	json_open(j, '{');
	put_str(j, "id", stage);
	put_str(j, "title", show_stage(p, state));
	json_close(j, '}');
	put_bool(j, "closed", value_true(value_get(state, S("closed"))));
	put_day(j, &v->x->arena, "opened", value_num(value_get(state, S("opened"))));
	put_text(j, "parent", value_str(value_get(state, S("parent"))));
}

static bool
hides_title(const struct procedure_def *p, const struct id_list *hidden)
{
	return p->name.n && id_list_has(hidden, p->name);
}

/* ---- many ---- */

static enum err
row_put(struct json *j, struct view *v, struct asker *asker, const struct value *row)
{
	const struct str subject = value_str(value_get(row, S("subject")));
	const struct value *state = value_get(row, S("state"));
	const struct procedure_def *p = show_procedure(v, state);
	struct id_list masks, hidden;

	if (!p)
		return word_fail(&v->x->cx, ERR_NOT_FOUND, W(none_procedure));
	asker_knows(asker, subject, state);
	TRY(asker_hidden(&v->x->cx, asker, subject, &masks, &hidden));
	json_open(j, '{');
	state_put(j, v, p, subject, state, hides_title(p, &hidden));
	json_key(j, "fields");
	values_put(j, v, &p->fields, value_get(state, S("fields")), &hidden, NULL);
	put_bool(j, "masked", masks.n > 0);
	json_close(j, '}');
	return ERR_OK;
}

static enum err
rows_put(struct json *j, struct view *v, const struct read_page *page)
{
	struct asker asker;

	asker_open(&v->x->cx, &v->r, v->defs, v->person, &asker);
	json_key(j, "matters");
	json_open(j, '[');
	for (size_t i = 0; i < page->n; i++)
		TRY(row_put(j, v, &asker, &page->v[i]));
	json_close(j, ']');
	return ERR_OK;
}

void
api_matters(struct exchange *x)
{
	const struct procedure_def *p;
	struct read_query q;
	struct read_page page;
	struct reply r;
	VIEW v = { 0 };

	if (!query_only(x, "list", "search", "after", "limit", QUERY_FILTER) ||
	    !view_open(x, &v) || !(p = api_procedure_of(&v)))
		return;
	const struct query_of of = { p->id, &p->lists, &p->fields, p };
	if (!query_take(&v, &of, &q) ||
	    !view_ok(&v, read_matters(&x->cx, &v.r, &q, &page)))
		return;
	reply_open(&r, x);
	if (!view_ok(&v, rows_put(&r.j, &v, &page)))
		return;
	put_text(&r.j, "next", page.next);
	reply_send(&r, 200);
}

/* ---- one ---- */

static void
clock_put(struct json *j, struct view *v, struct str id, const struct value *clock)
{
	struct arena *a = &v->x->arena;
	const struct value *why = value_get(clock, S("why"));
	const struct value *due = value_get(clock, S("due"));
	const struct value *warn = value_get(clock, S("warn"));

	json_open(j, '{');
	put_str(j, "id", id);
	put_str(j, "title", value_str(value_get(clock, S("title"))));
	put_str(j, "state", value_str(value_get(clock, S("state"))));
	if (due->kind == V_INT)
		put_day(j, a, "due", due->i);
	if (warn->kind == V_INT)
		put_day(j, a, "warn", warn->i);
	put_bool(j, "provisional", value_true(value_get(clock, S("provisional"))));
	json_key(j, "why");
	json_open(j, '[');
	for (size_t i = 0; i < value_count(why); i++)
		json_str(j, value_str(value_at(why, i)));
	json_close(j, ']');
	put_text(j, "article",
	    basis_text(v->defs, a, value_str(value_get(clock, S("basis")))));
	json_close(j, '}');
}

static void
clocks_put(struct json *j, struct matter_page *m)
{
	const struct value *clocks = value_get(&m->state, S("clocks"));

	json_key(j, "clocks");
	json_open(j, '[');
	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++)
		clock_put(j, m->v, clocks->map.pairs[i].key, &clocks->map.pairs[i].value);
	json_close(j, ']');
}

/* What this person may do, now or as soon as what is missing is there. */
static void
actions_put(struct json *j, struct matter_page *m)
{
	json_key(j, "actions");
	json_open(j, '[');
	for (size_t i = 0; i < m->choices.n; i++) {
		const struct act_choice *c = &m->choices.v[i];

		if (!c->may && !c->allowed)
			continue;
		json_open(j, '{');
		put_str(j, "id", c->action->id);
		put_str(j, "title", c->action->title);
		put_bool(j, "allowed", c->allowed);
		json_key(j, "missing");
		refusals_put(
		    j, m->v->defs, &m->v->x->arena, c->refusals, c->refusal_count);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
doubts_put(struct json *j, struct matter_page *m)
{
	const struct value *doubts = value_get(&m->state, S("doubts"));

	json_key(j, "doubts");
	json_open(j, '[');
	for (size_t i = 0; i < value_count(doubts); i++) {
		const struct value *d = value_at(doubts, i);

		json_open(j, '{');
		put_str(j, "rule", value_str(value_get(d, S("rule"))));
		put_str(j, "message", value_str(value_get(d, S("message"))));
		put_text(j, "article",
		    basis_text(m->v->defs, &m->v->x->arena,
			value_str(value_get(d, S("basis")))));
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
documents_put(struct json *j, struct matter_page *m)
{
	const struct value *issued = value_get(&m->state, S("issued"));

	json_key(j, "documents");
	json_open(j, '[');
	for (size_t i = 0; i < value_count(issued); i++) {
		const struct value *d = value_at(issued, i);

		json_open(j, '{');
		put_str(j, "title", value_str(value_get(d, S("title"))));
		put_text(j, "number", value_str(value_get(d, S("number"))));
		put_day(j, &m->v->x->arena, "day", value_num(value_get(d, S("day"))));
		put_text(j, "code", value_str(value_get(d, S("code"))));
		json_close(j, '}');
	}
	json_close(j, ']');
}

static enum err
children_put(struct json *j, struct matter_page *m)
{
	struct cx *cx = &m->v->x->cx;

	json_key(j, "children");
	json_open(j, '[');
	for (size_t k = 0; k < m->procedure->children.n; k++) {
		const struct child_def *def = &m->procedure->children.v[k];
		struct read_page children;

		if (!defs_procedure(m->v->defs, def->procedure))
			continue;
		TRY(read_children(cx, &m->v->r, def->procedure, m->subject, &children));
		for (size_t i = 0; i < children.n; i++) {
			const struct value *state = value_get(&children.v[i], S("state"));
			const struct procedure_def *p = show_procedure(m->v, state);

			if (!str_eq(value_str(value_get(state, S("kind"))), def->kind))
				continue;
			json_open(j, '{');
			put_str(j, "kind", def->kind);
			put_str(j, "subject",
			    value_str(value_get(&children.v[i], S("subject"))));
			put_str(j, "stage", p ? show_stage(p, state) : S(""));
			put_bool(j, "closed", value_true(value_get(state, S("closed"))));
			json_close(j, '}');
		}
	}
	json_close(j, ']');
	return ERR_OK;
}

static void
masks_put(struct json *j, const struct matter_page *m)
{
	json_key(j, "masks");
	json_open(j, '[');
	for (size_t i = 0; i < m->procedure->masks.n; i++) {
		const struct mask_def *mask = &m->procedure->masks.v[i];

		if (!id_list_has(&m->masks, mask->id))
			continue;
		json_open(j, '{');
		put_str(j, "id", mask->id);
		put_str(j, "says", mask->says);
		json_close(j, '}');
	}
	json_close(j, ']');
}

void
api_matter(struct exchange *x)
{
	const struct str subject = show_subject(x, 0, 1);
	struct subject_list named = { 0 };
	struct matter_page m;
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v) || !api_procedure_of(&v) ||
	    !view_ok(&v, subject.n ? matter_load(&v, subject, &m)
				   : word_fail(&x->cx, ERR_NOT_FOUND, W(none_matter))))
		return;
	reply_open(&r, x);
	state_put(&r.j, &v, m.procedure, subject, &m.state,
	    hides_title(m.procedure, &m.hidden));
	put_int(&r.j, "seen", value_num(value_get(&m.state, S("seq"))));
	json_key(&r.j, "fields");
	values_put(&r.j, &v, &m.procedure->fields, m.fields, &m.hidden, &named);
	masks_put(&r.j, &m);
	actions_put(&r.j, &m);
	clocks_put(&r.j, &m);
	doubts_put(&r.j, &m);
	documents_put(&r.j, &m);
	if (!view_ok(&v, children_put(&r.j, &m)))
		return;
	names_put(&r.j, &v, &named);
	reply_send(&r, 200);
}

/* ---- what happened ---- */

static void
happening_put(struct json *j, struct matter_page *m, const struct value *event)
{
	struct view *v = m->v;
	struct arena *a = &v->x->arena;
	const struct value *open = value_get(event, S("open"));
	const struct str id = value_str(value_get(open, S("action")));
	const struct procedure_def *p = defs_edition(v->defs,
	    value_str(value_get(event, S("definition"))), subject_family(m->subject));
	const struct action_def *action = p && id.n ? action_find(p, id) : NULL;
	static const char *const values[] = { "set", "added" };

	json_open(j, '{');
	put_int(j, "seq", value_num(value_get(event, S("seq"))));
	put_instant(j, a, "recorded", value_num(value_get(event, S("recorded"))));
	put_day(j, a, "done", value_num(value_get(event, S("done"))));
	put_str(j, "kind", value_str(value_get(event, S("kind"))));
	put_text(j, "action", id);
	put_text(j, "title", action ? action->title : S(""));
	put_str(j, "actor", value_str(value_get(event, S("actor"))));
	put_text(j, "behalf", value_str(value_get(event, S("behalf"))));
	put_text(j, "number", value_str(value_get(open, S("number"))));
	put_text(j, "reason", value_str(value_get(open, S("reason"))));
	for (size_t i = 0; p && i < sizeof values / sizeof *values; i++) {
		const struct value *fields = value_get(open, str_z(values[i]));

		if (fields->kind != V_MAP)
			continue;
		json_key(j, values[i]);
		values_put(j, v, &p->fields, fields, &m->hidden, NULL);
	}
	json_close(j, '}');
}

void
api_timeline(struct exchange *x)
{
	const struct str subject = show_subject(x, 0, 1);
	struct read_page history;
	struct matter_page m;
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v) || !api_procedure_of(&v) ||
	    !view_ok(&v, subject.n ? matter_load(&v, subject, &m)
				   : word_fail(&x->cx, ERR_NOT_FOUND, W(none_matter))) ||
	    !view_ok(&v, read_history(&x->cx, &v.r, subject, &history)))
		return;
	reply_open(&r, x);
	json_key(&r.j, "timeline");
	json_open(&r.j, '[');
	for (size_t i = 0; i < history.n; i++)
		happening_put(&r.j, &m, &history.v[i]);
	json_close(&r.j, ']');
	put_bool(&r.j, "masked", m.hidden.n > 0);
	reply_send(&r, 200);
}
