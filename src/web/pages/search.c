/*
 * One box for everything: statutes, what is public and, for who is logged in, what every
 * account may read. The same page for all readers; what a reader may not read does not
 * match (read/search.h), and what was taken down since it was indexed is looked at once
 * more before it is shown.
 */
#include "web/pages/search.h"

#include "base/date.h"
#include "read/search.h"
#include "read/search_follow.h"
#include "register/table.h"
#include "web/cite.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/show.h"
#include "web/site.h"
#include "web/word.h"

enum { EXCERPT = 110, PAGES_FROM_MAX = 1000, UNITS_MAX = 1000 };

static const struct str inside[] = { { "in", 2 } };

struct search_page {
	struct view *v;
	struct search_ask ask;
	struct str typed, kind, unit, stage, from, to, force;
	size_t skip;
	struct search_answer found;
};

void
search_ask_open(struct view *v, struct search_ask *ask)
{
	struct exchange *x = v->x;

	*ask = (struct search_ask){ .log = v->r.log,
		.scopes = inside,
		.nscopes = v->person.n ? 1 : 0,
		.rules = search_rules(&x->arena, v->defs),
		.from_day = ABSENT_INT,
		.to_day = ABSENT_INT,
		.today = cx_today(&x->cx) };
}

/* A day or only a year: its first or its last day. */
static bool
day_typed(struct exchange *x, const char *name, bool is_last, int64_t *out)
{
	const struct str typed = str_trim(query_get(x, str_z(name)));
	int64_t year;

	if (!typed.n || day_read(typed, out))
		return true;
	if (!str_int(typed, &year) || year < 1900 || year > 2200)
		return false;
	*out = is_last ? day_of((int)year, 12, 31) : day_of((int)year, 1, 1);
	return true;
}

/* Only a stage that matters of this kind have. */
static struct str
stage_asked(struct search_page *p)
{
	const struct procedure_def *def = defs_procedure(p->v->defs, p->kind);
	const struct str typed = query_get(p->v->x, S("stage"));

	for (size_t i = 0; p->v->person.n && def && i < def->stages.n; i++)
		if (str_eq(def->stages.v[i].id, typed))
			return typed;
	return S("");
}

static void
page_read(struct search_page *p)
{
	struct exchange *x = p->v->x;
	int64_t skip = 0;

	search_ask_open(p->v, &p->ask);
	p->typed = query_get(x, S("q"));
	p->kind = query_get(x, S("kind"));
	if (p->v->person.n)
		p->unit = query_get(x, S("unit"));
	p->stage = stage_asked(p);
	p->from = query_get(x, S("from"));
	p->to = query_get(x, S("to"));
	p->force = query_get(x, S("force"));
	p->ask.query = search_query_parse(&x->arena, p->typed);
	p->ask.kind = p->kind;
	p->ask.unit = p->unit;
	p->ask.stage = p->stage;
	p->ask.in_force = p->force.n > 0;
	if (!day_typed(x, "from", false, &p->ask.from_day))
		form_refuse(x, S("from"), W(search_day_unread));
	if (!day_typed(x, "to", true, &p->ask.to_day))
		form_refuse(x, S("to"), W(search_day_unread));
	if (str_int(query_get(x, S("start")), &skip) && skip > 0 && skip < PAGES_FROM_MAX)
		p->skip = p->ask.skip = (size_t)skip;
}

/* ---- the question ---- */

struct options {
	struct option *v;
	size_t n, cap;
};

static struct options
kinds_of(struct search_page *p)
{
	struct arena *a = &p->v->x->arena;
	const struct defs *d = p->v->defs;
	struct options o = { 0 };

	*list_add(a, &o) = (struct option){ .label = W(search_all) };
	*list_add(a, &o) = (struct option){ S("statute"), W(search_statute), S("") };
	*list_add(a, &o) = (struct option){ S("public"), W(search_public), S("") };
	if (!p->v->person.n)
		return o;
	for (size_t i = 0; i < d->procedures.n; i++) {
		const struct procedure_def *def = d->procedures.items[i].value;

		*list_add(a, &o) = (struct option){ def->id, def->title, S("") };
	}
	for (size_t i = 0; i < d->registers.n; i++) {
		const struct register_def *def = d->registers.items[i].value;

		*list_add(a, &o) = (struct option){ def->id, def->title, S("") };
	}
	return o;
}

static void
unit_select(struct html *h, struct search_page *p)
{
	struct exchange *x = p->v->x;
	const struct read_query q = {
		.family = S("units"), .order = S("name"), .limit = UNITS_MAX
	};
	struct options o = { 0 };
	struct read_page page;

	if (read_entries(&x->cx, &p->v->r, &q, cx_today(&x->cx), &page) != ERR_OK)
		return;
	*list_add(&x->arena, &o) = (struct option){ .label = W(filter_any) };
	for (size_t i = 0; i < page.n; i++)
		*list_add(&x->arena,
		    &o) = (struct option){ value_str(value_get(&page.v[i], S("subject"))),
			value_str(value_path(&page.v[i], "values.name")), S("") };
	field_select(h, .name = S("unit"), .label = W(units_units), .choices = o.v,
	    .n = o.n, .value = p->unit);
}

/* The stages of the kind that has been chosen; other kinds have none. */
static void
stage_select(struct html *h, struct search_page *p)
{
	const struct procedure_def *def = defs_procedure(p->v->defs, p->kind);
	struct options o = { 0 };

	if (!def)
		return;
	*list_add(&p->v->x->arena, &o) = (struct option){ .label = W(filter_any) };
	for (size_t i = 0; i < def->stages.n; i++)
		*list_add(&p->v->x->arena, &o) = (struct option){ def->stages.v[i].id,
			def->stages.v[i].title, S("") };
	field_select(h, .name = S("stage"), .label = W(filter_stage), .choices = o.v,
	    .n = o.n, .value = p->stage);
}

static void
question_put(struct html *h, struct search_page *p)
{
	const struct options kinds = kinds_of(p);
	const struct option yes = { S("1"), W(search_in_force), S("") };

	form_open_search(h, S("/search"));
	field_text(h, .name = S("q"), .label = W(search_words), .value = p->typed);
	field_select(h, .name = S("kind"), .label = W(search_kind), .choices = kinds.v,
	    .n = kinds.n, .value = p->kind);
	if (p->v->person.n) {
		stage_select(h, p);
		unit_select(h, p);
	}
	field_text(h, .name = S("from"), .label = W(search_from), .narrow = true,
	    .value = p->from);
	field_text(
	    h, .name = S("to"), .label = W(search_to), .narrow = true, .value = p->to);
	field_checks(h, .name = S("force"), .label = W(search_state), .choices = &yes,
	    .n = 1, .checked = &p->force, .nchecked = p->force.n ? 1 : 0);
	button_primary(h, W(search_go));
	form_close(h);
}

/* ---- what was found ---- */

static void
pieces_put(struct html *h, const struct search_pieces *p)
{
	if (p->cut_before)
		html(h, T(W(search_more)));
	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].is_hit)
			html(h, L("<mark>"), T(p->v[i].text), L("</mark>"));
		else
			html(h, T(p->v[i].text));
	}
	if (p->cut_after)
		html(h, T(W(search_more)));
}

static void
marked_put(struct html *h, struct search_page *p, struct str text, size_t chars)
{
	struct search_pieces pieces;

	search_pieces(&p->v->x->arena, &p->ask.query, text, chars, &pieces);
	pieces_put(h, &pieces);
}

struct str
search_kind_title(struct view *v, struct str kind)
{
	const struct procedure_def *procedure = defs_procedure(v->defs, kind);
	const struct register_def *of_register = defs_register(v->defs, kind);

	if (str_eq(kind, S("statute")))
		return W(search_statute);
	if (str_eq(kind, S("public")))
		return W(search_public);
	return procedure ? procedure->title : of_register ? of_register->title : S("");
}

/* "statute/NAME/KEY/FROM" of the library: the article in that edition. */
static struct str
library_path(struct view *v, const struct search_hit *hit)
{
	const int64_t today = cx_today(&v->x->cx);
	struct str rest = hit->subject, part[3] = { { NULL, 0 } };

	for (size_t i = 0; i < 3; i++)
		if (!str_split(&rest, S("/"), &part[i]))
			return S("");
	return cite_path(&v->x->arena, part[1], part[2],
	    hit->day <= today && today < hit->to_day ? today : hit->day, today);
}

/* Of a collection: where the library holds the statute too, its article of that day. */
static struct str
held_path(struct view *v, const struct search_hit *hit)
{
	const size_t blank = str_rfind(hit->place, S(" "));
	const struct str label = blank == SIZE_MAX
				     ? hit->place
				     : str_sub(hit->place, blank + 1, hit->place.n);

	return cite_held(v, hit->title, label,
	    hit->day == ABSENT_INT ? cx_today(&v->x->cx) : hit->day);
}

/* Its own page where it has one; else the page that shows it as it was indexed. */
struct str
search_hit_path(struct view *v, const struct search_hit *hit)
{
	struct arena *a = &v->x->arena;
	struct str held = S("");

	if (hit->scope.n)
		return show_path(a, hit->subject);
	if (str_eq(hit->log, SEARCH_LIBRARY))
		held = library_path(v, hit);
	else if (!hit->log.n)
		held = held_path(v, hit);
	if (held.n)
		return held;
	if (str_eq(subject_family(hit->subject), S("plan-adoption")))
		return str_fmt(a, "/open/%lld", (long long)subject_number(hit->subject));
	return str_fmt(a, "/search/%lld", (long long)hit->id);
}

static void
where_put(struct html *h, struct view *v, const struct search_hit *hit)
{
	const struct str kind = search_kind_title(v, hit->kind);

	html(h, T(kind));
	if (hit->place.n && !str_eq(hit->place, kind))
		html(h, L("&#12288;"), T(hit->place));
	if (hit->day != ABSENT_INT)
		html(h, L("&#12288;<span class=\"day\">"),
		    T(day_iso(&v->x->arena, hit->day)), L("</span>"));
	if (hit->to_day <= cx_today(&v->x->cx)) {
		html(h, L(" "));
		badge(h, TONE_REST, W(search_ended));
	}
}

static void
hit_put(struct html *h, struct search_page *p, const struct search_hit *hit)
{
	html(h, L("<li><h2><a href=\""), U(search_hit_path(p->v, hit)), L("\">"));
	marked_put(h, p, hit->title, 0);
	html(h, L("</a></h2>\n<p class=\"hint\">"));
	where_put(h, p->v, hit);
	html(h, L("</p>\n<p>"));
	marked_put(h, p, hit->body, EXCERPT);
	html(h, L("</p></li>\n"));
}

static struct str
start_path(struct search_page *p, size_t start)
{
	struct arena *a = &p->v->x->arena;

	return url_query(a, S("/search"), { S("q"), p->typed }, { S("kind"), p->kind },
	    { S("unit"), p->unit }, { S("stage"), p->stage }, { S("from"), p->from },
	    { S("to"), p->to }, { S("force"), p->force },
	    { S("start"), start ? str_fmt(a, "%zu", start) : S("") });
}

static void
count_put(struct html *h, struct search_page *p)
{
	const struct search_answer *f = &p->found;

	if (f->is_behind)
		html(h, L("<p class=\"hint\">"), T(W(search_behind)), L("</p>\n"));
	else
		html(h, L("<p class=\"hint\">"),
		    T(word_n(&p->v->x->arena,
			f->at_least ? W(search_at_least) : W(search_count),
			(int64_t)f->count)),
		    L("</p>\n"));
}

static void
found_put(struct html *h, struct search_page *p)
{
	const struct search_answer *f = &p->found;
	struct arena *a = &p->v->x->arena;
	size_t shown = 0;

	count_put(h, p);
	html(h, L("<ol class=\"found\">\n"));
	for (size_t i = 0; i < f->n; i++) {
		if (!search_is_open(p->v, &f->v[i]))
			continue;
		hit_put(h, p, &f->v[i]);
		shown++;
	}
	html(h, L("</ol>\n"));
	if (!p->skip && !f->has_next)
		return;
	pager(h,
	    p->skip ? start_path(p, p->skip > SEARCH_PAGE ? p->skip - SEARCH_PAGE : 0)
		    : S(""),
	    f->has_next ? start_path(p, p->skip + SEARCH_PAGE) : S(""),
	    word_fill(a, W(search_shown), word_int(a, (int64_t)p->skip + 1),
		word_int(a, (int64_t)(p->skip + shown))));
	if (!f->has_next && f->at_least)
		html(h, L("<p class=\"hint\">"), T(W(search_narrow)), L("</p>\n"));
}

static void
help_put(struct html *h)
{
	static const enum word lines[] = { WORD_search_help_words,
		WORD_search_help_phrase, WORD_search_help_title, WORD_search_help_article,
		WORD_search_help_minus };

	html(h, L("<h2>"), T(W(search_help)), L("</h2>\n<ul>\n"));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		html(h, L("<li>"), T(word(lines[i])), L("</li>\n"));
	html(h, L("</ul>\n"));
}

void
page_search(struct exchange *x)
{
	VIEW v = { 0 };
	struct search_page p = { .v = &v };
	struct html *h;
	bool asked;

	if (!view_open(x, &v))
		return;
	page_read(&p);
	asked = p.ask.query.wanted && !x->cx.refusals.n;
	if (asked && !view_ok(&v, search_find(&x->cx, v.r.db, &p.ask, &p.found)))
		return;
	h = page_open(x, .title = W(search));
	error_summary(h);
	question_put(h, &p);
	if (p.ask.query.is_cut)
		html(h, L("<p class=\"hint\">"), T(W(search_cut)), L("</p>\n"));
	if (asked)
		cite_list(h, &v, W(search_direct), p.typed);
	if (asked && p.found.n) {
		found_put(h, &p);
	} else if (asked) {
		empty_put(h, W(search_none), W(search_none_text));
		help_put(h);
	} else {
		if (str_trim(p.typed).n && !x->cx.refusals.n)
			empty_put(h, W(search_no_words), W(search_no_words_text));
		help_put(h);
	}
	page_close(x, h, 200);
}

/* ---- one of them, to be read and copied with its source ---- */

void
page_search_one(struct exchange *x)
{
	VIEW v = { 0 };
	struct search_ask ask;
	struct search_hit hit;
	struct html *h;
	int64_t id;

	if (!view_open(x, &v))
		return;
	search_ask_open(&v, &ask);
	if (!str_int(x->req.args[0], &id)) {
		respond_error(x, 404);
		return;
	}
	if (!view_ok(&v, search_unit(&x->cx, v.r.db, &ask, id, &hit)))
		return;
	if (!search_is_open(&v, &hit)) {
		respond_error(x, 404);
		return;
	}
	h = page_open(x, .title = hit.title, .section = S("/search"),
	    .crumbs = { { W(search), S("/search") } });
	html(h, L("<p class=\"hint\">"));
	where_put(h, &v, &hit);
	html(h, L("</p>\n"));
	copy_text(h, S("text"), W(search_text),
	    word_fill(&x->arena, W(search_citation), hit.body, hit.title, hit.place));
	page_close(x, h, 200);
}
