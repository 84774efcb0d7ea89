/* The search for programs: what the page finds for the same reader, and as open. */
#include "api/operation.h"
#include "api/query.h"
#include "base/date.h"
#include "register/table.h"
#include "web/pages/search.h"
#include "web/word.h"

enum { WORDS_MAX = 500, SKIP_MAX = 999, EXCERPT = 200 };

static bool
wrong(struct exchange *x, const char *name, struct str why)
{
	form_refuse(x, str_z(name), why);
	respond_error(x, 400);
	return false;
}

/* A day that may be left out. */
static bool
day_take(struct exchange *x, const char *name, int64_t *out)
{
	return !params_has(&x->req.query, str_z(name)) || query_day(x, str_z(name), out);
}

/* Units and stages are of what is inside: the public may not ask by them. */
static bool
is_unit(struct view *v, struct str unit)
{
	return v->person.n && str_eq(subject_family(unit), S("units")) &&
	       subject_number(unit) > 0;
}

/* Only a stage that matters of this kind have. */
static bool
is_stage(struct view *v, struct str kind, struct str stage)
{
	const struct procedure_def *p = defs_procedure(v->defs, kind);

	return v->person.n && p && stage_find(p, stage);
}

static bool
ask_take(struct view *v, struct search_ask *ask)
{
	struct exchange *x = v->x;
	const struct str words = query_get(x, S("q"));
	const struct str force = query_get(x, S("in_force"));
	int64_t skip = 0;

	search_ask_open(v, ask);
	ask->query = search_query_parse(&x->arena, words);
	ask->kind = query_get(x, S("kind"));
	ask->unit = query_get(x, S("unit"));
	ask->stage = query_get(x, S("stage"));
	ask->in_force = str_eq(force, S("true"));
	if (words.n > WORDS_MAX || !ask->query.wanted)
		return wrong(x, "q", W(search_no_words));
	if (ask->kind.n && !search_kind_title(v, ask->kind).n)
		return wrong(x, "kind", W(api_query_wrong));
	if (ask->unit.n && !is_unit(v, ask->unit))
		return wrong(x, "unit", W(api_query_wrong));
	if (ask->stage.n && !is_stage(v, ask->kind, ask->stage))
		return wrong(x, "stage", W(api_query_wrong));
	if (force.n && !ask->in_force && !str_eq(force, S("false")))
		return wrong(x, "in_force", W(api_query_wrong));
	if (params_has(&x->req.query, S("skip")) &&
	    (!str_int(query_get(x, S("skip")), &skip) || skip < 0 || skip > SKIP_MAX))
		return wrong(x, "skip", W(api_query_wrong));
	ask->skip = (size_t)skip;
	return day_take(x, "from", &ask->from_day) && day_take(x, "to", &ask->to_day);
}

static struct str
excerpt(struct arena *a, const struct search_ask *ask, struct str text)
{
	struct search_pieces pieces;
	struct buf b = { .arena = a };

	search_pieces(a, &ask->query, text, EXCERPT, &pieces);
	for (size_t i = 0; i < pieces.n; i++)
		buf_put(&b, pieces.v[i].text);
	return buf_str(&b);
}

static void
hit_put(
    struct json *j, struct view *v, const struct search_ask *ask, struct search_hit *hit)
{
	struct arena *a = &v->x->arena;

	json_open(j, '{');
	put_str(j, "kind", hit->kind);
	put_str(j, "kind_title", search_kind_title(v, hit->kind));
	put_str(j, "title", hit->title);
	put_text(j, "place", hit->place);
	/* The library's articles have an address of their own; so has nothing public. */
	if (hit->scope.n)
		put_str(j, "subject", hit->subject);
	put_str(j, "page", search_hit_path(v, hit));
	if (hit->day != ABSENT_INT)
		put_day(j, a, "day", hit->day);
	put_bool(j, "in_force", hit->to_day > cx_today(&v->x->cx));
	put_str(j, "excerpt", excerpt(a, ask, hit->body));
	json_close(j, '}');
}

void
api_search(struct exchange *x)
{
	struct search_answer found = { 0 };
	struct search_ask ask;
	struct reply r;
	VIEW v = { 0 };

	if (!query_only(
		x, "q", "kind", "unit", "stage", "from", "to", "in_force", "skip") ||
	    !view_open(x, &v) || !ask_take(&v, &ask) ||
	    !view_ok(&v, search_find(&x->cx, v.r.db, &ask, &found)))
		return;
	reply_open(&r, x);
	json_key(&r.j, "found");
	json_open(&r.j, '[');
	for (size_t i = 0; i < found.n; i++)
		if (search_is_open(&v, &found.v[i]))
			hit_put(&r.j, &v, &ask, &found.v[i]);
	json_close(&r.j, ']');
	put_bool(&r.j, "index_is_behind", found.is_behind);
	if (!found.is_behind) {
		put_int(&r.j, "count", (int64_t)found.count);
		put_bool(&r.j, "at_least", found.at_least);
	}
	if (found.has_next && ask.skip + SEARCH_PAGE <= SKIP_MAX)
		put_int(&r.j, "next_skip", (int64_t)(ask.skip + SEARCH_PAGE));
	reply_send(&r, 200);
}
