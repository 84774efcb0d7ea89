/* One text of progress a task, round after round. */
#include "acts.h"

#include "act/subject.h"
#include "base/str.h"
#include "read/query.h"

struct tasks {
	struct value *v;
	size_t n, cap;
};

/* The first task behind a number, or the last one before it; none: *out is V_NULL. */
static enum err
task_beside(
    struct cx *cx, const struct reader *r, int64_t n, bool before, struct value *out)
{
	const struct read_filter issued = { S("stage"), READ_IS,
		value_text(S("issued")) };
	const struct value last = value_int(n);
	const struct read_query q = { .family = S("task"),
		.filters = &issued,
		.n = 1,
		.descending = before,
		.limit = 1,
		.after = query_cursor(cx, &last, n) };
	struct read_page page;

	TRY(read_matters(cx, r, &q, &page));
	*out = page.n ? page.v[0] : value_null();
	return ERR_OK;
}

static int64_t
task_number(const struct value *task)
{
	return subject_number(value_str(value_get(task, S("subject"))));
}

/* Tasks at equal distances, n at most: what is far apart lies on other pages. None is
 * read but these, of however many. */
static enum err
tasks_spread(struct cx *cx, const struct reader *r, size_t n, struct tasks *out)
{
	struct value first, last;
	int64_t from, width, at = 0;

	TRY(task_beside(cx, r, 0, false, &first));
	TRY(task_beside(cx, r, SEQ_OPEN, true, &last));
	from = task_number(&first);
	width = task_number(&last) - from + 1;
	for (size_t i = 0; i < n; i++) {
		const int64_t want = from + (int64_t)i * width / (int64_t)n;
		struct arena turn AUTO(arena_free) = { 0 };
		struct cx own = *cx;
		struct value task;

		if (want < at)
			continue;
		own.arena = &turn;
		TRY(task_beside(&own, r, want - 1, false, &task));
		if (task.kind == V_NULL)
			break;
		at = task_number(&task) + 1;
		*list_add(cx->arena, out) = value_copy(cx->arena, &task);
	}
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
