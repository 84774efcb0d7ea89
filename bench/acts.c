/* One text of progress a task, round after round. */
#include "acts.h"

#include "base/str.h"

enum { COUNT_MAX = 100 * 1000 * 1000 };

struct tasks {
	struct value *v;
	size_t n, cap;
};

/* Every k-th task of the store, n at most: what is far apart lies on other pages. */
static enum err
tasks_spread(struct cx *cx, const struct reader *r, size_t n, struct tasks *out)
{
	const struct read_filter issued = { S("stage"), READ_IS,
		value_text(S("issued")) };
	struct read_query q = {
		.family = S("task"), .filters = &issued, .n = 1, .limit = 1000
	};
	size_t all, k, i = 0;

	TRY(read_count(cx, r, &q, cx_today(cx), COUNT_MAX, &all));
	k = all / n + 1;
	do {
		struct arena turn AUTO(arena_free) = { 0 };
		struct cx own = *cx;
		struct read_page page;

		own.arena = &turn;
		TRY(read_matters(&own, r, &q, &page));
		for (size_t p = 0; p < page.n; p++)
			if (i++ % k == 0)
				*list_add(cx->arena, out) = value_copy(
				    cx->arena, &page.v[p]);
		q.after = str_copy(cx->arena, page.next);
	} while (q.after.n);
	return out->n ? ERR_OK : fail(cx, ERR_INPUT, "no tasks");
}

static struct act
progress_act(
    struct cx *cx, const struct value *task, struct str person, size_t i, uint64_t salt)
{
	struct arena *a = cx->arena;
	struct act act = { .actor = person,
		.subject = value_str(value_get(task, S("subject"))),
		.action = S("progress"),
		.form = value_map(),
		.done = cx_today(cx),
		.key = str_fmt(a, "bench-%llx-%zu", (unsigned long long)salt, i) };

	value_set_text(a, &act.form, "report",
	    str_fmt(
		a, "第%zu次报送：制度已印发，培训已完成，下一步组织检查并公布结果。", i));
	value_set_text(
	    a, &act.form, "for-unit", value_str(value_path(task, "state.fields.body")));
	return act;
}

enum err
acts_make(
    struct cx *cx, const struct reader *r, size_t n, uint64_t salt, struct act **out)
{
	struct tasks tasks = { 0 };
	struct value office;
	struct str person;

	TRY(tasks_spread(cx, r, n, &tasks));
	TRY(read_entry_by(
	    cx, r, S("persons"), S("login"), S("sifa"), cx_today(cx), &office));
	person = value_str(value_get(&office, S("subject")));
	*out = arena_array(cx->arena, struct act, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = progress_act(cx, &tasks.v[i % tasks.n], person, i, salt);
	return ERR_OK;
}
