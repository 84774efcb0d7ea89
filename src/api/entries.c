/* Entries of registers: listed, one as of a day, its history. */
#include "api/definitions.h"
#include "api/operation.h"
#include "api/query.h"
#include "api/values.h"
#include "base/date.h"
#include "web/pages/show.h"
#include "web/word.h"

enum { DAY_OPEN = 2932897 }; /* the day after 9999-12-31: no last day */

static void
version_put(struct json *j, struct view *v, const struct register_def *def,
    const struct value *version, struct subject_list *named)
{
	struct arena *a = &v->x->arena;
	const int64_t to = value_num(value_get(version, S("to")));

	put_str(j, "subject", value_str(value_get(version, S("subject"))));
	put_text(j, "name",
	    ask_title(&v->x->cx, &v->r, v->defs, def, value_get(version, S("values"))));
	put_day(j, a, "from", value_num(value_get(version, S("from"))));
	/* Exclusive inside, inclusive outside: the last day itself counts. */
	if (to < DAY_OPEN)
		put_day(j, a, "last_day", to - 1);
	json_key(j, "values");
	values_put(j, v, &def->fields, value_get(version, S("values")), NULL, named);
}

void
api_entries(struct exchange *x)
{
	const struct register_def *def;
	struct read_query q;
	struct read_page page;
	struct reply r;
	int64_t day;
	VIEW v = { 0 };

	if (!query_only(x, "list", "day", "search", "after", "limit", QUERY_FILTER) ||
	    !query_day(x, S("day"), &day) || !view_open(x, &v) ||
	    !(def = api_register_of(&v)))
		return;
	const struct query_of of = { def->id, &def->lists, &def->fields, NULL };
	if (!query_take(&v, &of, &q) ||
	    !view_ok(&v, read_entries(&x->cx, &v.r, &q, day, &page)))
		return;
	reply_open(&r, x);
	json_key(&r.j, "entries");
	json_open(&r.j, '[');
	for (size_t i = 0; i < page.n; i++) {
		json_open(&r.j, '{');
		version_put(&r.j, &v, def, &page.v[i], NULL);
		json_close(&r.j, '}');
	}
	json_close(&r.j, ']');
	put_text(&r.j, "next", page.next);
	reply_send(&r, 200);
}

/* The subject of the address, or empty: answered with 404. */
static struct str
entry_subject(struct view *v)
{
	const struct str subject = show_subject(v->x, 0, 1);

	if (!subject.n) {
		v->x->cx.why = W(api_no_entry);
		respond_error(v->x, 404);
	}
	return subject;
}

void
api_entry(struct exchange *x)
{
	const struct register_def *def;
	struct subject_list named = { 0 };
	struct read_page history;
	struct str subject;
	struct value version;
	struct reply r;
	int64_t day;
	VIEW v = { 0 };

	if (!query_only(x, "day") || !query_day(x, S("day"), &day) || !view_open(x, &v) ||
	    !(def = api_register_of(&v)) || !(subject = entry_subject(&v)).n ||
	    !view_ok(&v, read_entry(&x->cx, &v.r, subject, day, READ_NOW, &version)) ||
	    !view_ok(&v, read_history(&x->cx, &v.r, subject, &history)))
		return;
	reply_open(&r, x);
	version_put(&r.j, &v, def, &version, &named);
	put_int(&r.j, "seen", (int64_t)history.n);
	names_put(&r.j, &v, &named);
	reply_send(&r, 200);
}

static void
change_put(struct json *j, struct view *v, const struct register_def *def,
    const struct value *event)
{
	struct arena *a = &v->x->arena;
	const struct value *open = value_get(event, S("open"));
	const int64_t to = value_num(value_get(open, S("to")));
	const struct value *values = value_get(open, S("values"));

	json_open(j, '{');
	put_int(j, "seq", value_num(value_get(event, S("seq"))));
	put_instant(j, a, "recorded", value_num(value_get(event, S("recorded"))));
	put_day(j, a, "done", value_num(value_get(event, S("done"))));
	put_str(j, "kind", value_str(value_get(event, S("kind"))));
	put_str(j, "actor", value_str(value_get(event, S("actor"))));
	put_text(j, "behalf", value_str(value_get(event, S("behalf"))));
	put_text(j, "reason", value_str(value_get(open, S("reason"))));
	if (to && to < DAY_OPEN)
		put_day(j, a, "last_day", to - 1);
	if (values->kind == V_MAP) {
		json_key(j, "values");
		values_put(j, v, &def->fields, values, NULL, NULL);
	}
	json_close(j, '}');
}

void
api_entry_history(struct exchange *x)
{
	const struct register_def *def;
	struct read_page history;
	struct str subject;
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v) || !(def = api_register_of(&v)) ||
	    !(subject = entry_subject(&v)).n ||
	    !view_ok(&v, read_history(&x->cx, &v.r, subject, &history)))
		return;
	if (!history.n) {
		x->cx.why = W(api_no_entry);
		respond_error(x, 404);
		return;
	}
	reply_open(&r, x);
	json_key(&r.j, "history");
	json_open(&r.j, '[');
	for (size_t i = 0; i < history.n; i++)
		change_put(&r.j, &v, def, &history.v[i]);
	json_close(&r.j, ']');
	reply_send(&r, 200);
}
