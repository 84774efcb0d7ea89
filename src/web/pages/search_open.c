/*
 * What the page of a public plan shows (open.c), as text to be found: title, number and
 * the tasks of a plan that is shown; its yearly reports. A plan that was taken down
 * leaves nothing, whatever it had published.
 */
#include "web/pages/search.h"

#include "web/exchange.h"
#include "web/pages/open.h"
#include "web/view.h"

static enum err
tasks_put(struct cx *cx, const struct search_from *from, struct str plan, struct buf *b)
{
	struct read_page tasks;

	TRY(open_of_plan(cx, &from->r, "task", plan, &tasks));
	for (size_t i = 0; i < tasks.n; i++) {
		const struct value *state = value_get(&tasks.v[i], S("state"));
		const struct str parts[] = { open_field(from->defs, state, S("no")),
			open_field(from->defs, state, S("text")),
			open_field(from->defs, state, S("measure")) };

		if (str_eq(value_str(value_get(state, S("stage"))), S("cancelled")))
			continue;
		buf_put(b, str_join(cx->arena, parts, 3, S(" ")));
		buf_put_byte(b, '\n');
	}
	return ERR_OK;
}

static enum err
is_plan_open(
    struct cx *cx, const struct search_from *from, struct str plan, bool *is_open)
{
	struct read_page adoptions;

	*is_open = false;
	TRY(open_of_plan(cx, &from->r, "plan-adoption", plan, &adoptions));
	for (size_t i = 0; i < adoptions.n; i++)
		*is_open |= value_true(
		    value_path(&adoptions.v[i], "state.fields.public"));
	return ERR_OK;
}

enum err
search_open(struct cx *cx, const struct search_from *from, struct str subject,
    const struct value *state, struct search_source *out)
{
	const struct value *fields = value_get(state, S("fields"));
	const struct value *shown = value_get(state, S("published"));
	const struct str family = subject_family(subject);
	const struct str plan = value_str(value_get(fields, S("plan")));
	struct buf b = { .arena = cx->arena };
	bool is_open;

	if (str_eq(family, S("plan-adoption"))) {
		out->place = value_str(value_get(shown, S("number")));
		if (value_true(value_get(fields, S("public"))))
			TRY(tasks_put(cx, from, plan, &b));
		out->body = buf_str(&b);
	} else if (str_eq(family, S("yearly-report")) && out->body.n) {
		TRY(is_plan_open(cx, from, plan, &is_open));
		if (!is_open)
			out->body = S("");
	}
	return ERR_OK;
}

static void
subjects_add(struct arena *a, const struct read_page *page, struct id_list *out)
{
	for (size_t i = 0; i < page->n; i++)
		*list_add(a, out) = value_str(value_get(&page->v[i], S("subject")));
}

enum err
search_also(struct cx *cx, const struct search_from *from, struct str subject,
    const struct value *state, struct id_list *subjects)
{
	const struct str family = subject_family(subject);
	const struct str plan = value_str(value_path(state, "fields.plan"));
	struct read_page page;

	if (str_eq(family, S("task")))
		TRY(open_of_plan(cx, &from->r, "plan-adoption", plan, &page));
	else if (str_eq(family, S("plan-adoption")))
		TRY(open_of_plan(cx, &from->r, "yearly-report", plan, &page));
	else
		return ERR_OK;
	subjects_add(cx->arena, &page, subjects);
	return ERR_OK;
}

bool
search_is_open(struct view *v, const struct search_hit *hit)
{
	const struct str family = subject_family(hit->subject);
	const struct search_from from = { .r = v->r, .defs = v->defs };
	struct value state;
	bool is_open = false;

	if (hit->scope.n || !str_eq(hit->log, v->r.log))
		return true;
	if (read_matter(&v->x->cx, &v->r, hit->subject, &state) != ERR_OK ||
	    !value_count(value_get(&state, S("published"))))
		return false;
	if (str_eq(family, S("plan-adoption")))
		return value_true(value_path(&state, "fields.public"));
	if (!str_eq(family, S("yearly-report")))
		return true;
	return is_plan_open(&v->x->cx, &from,
		   value_str(value_path(&state, "fields.plan")), &is_open) == ERR_OK &&
	       is_open;
}
