/*
 * The record as the one reads it who may: newest first, by day, person or matter; and
 * beside it the log of who looked at what. A page looks at a bounded part of the log, so
 * that it costs the same in its tenth year.
 */
#include "act/door.h"
#include "base/date.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/site.h"
#include "web/word.h"

enum { ROWS = 50, CHUNK = 256, CHUNKS = 40, TITLE = 46 };

struct asked {
	struct str day, actor, matter, before;
	int64_t on, limit; /* DAY_NONE: any day; events before this number */
	bool wrong;
};

struct gather {
	struct arena *arena;
	const struct asked *asked;
	struct record_lines lines;
};

static struct asked
asked_read(struct exchange *x)
{
	struct asked q = { .day = query_get(x, S("day")),
		.actor = query_get(x, S("actor")),
		.matter = query_get(x, S("matter")),
		.before = query_get(x, S("before")),
		.on = DAY_NONE };

	str_int(q.before, &q.limit);
	if (str_trim(q.day).n && !day_read(q.day, &q.on)) {
		form_refuse(x, S("day"), W(record_day_wrong));
		q.wrong = true;
	}
	return q;
}

static bool
wanted(const struct asked *q, struct str actor)
{
	if (!q->actor.n)
		return true;
	if (str_eq(q->actor, S("system")))
		return !str_starts(actor, S("persons/"));
	return str_eq(q->actor, actor);
}

static enum err
gather_visit(struct cx *cx, const struct event *e, void *self)
{
	struct gather *g = self;

	(void)cx;
	if (wanted(g->asked, e->actor))
		record_keep(g->arena, e, list_add(g->arena, &g->lines));
	return ERR_OK;
}

/* The number of the first event recorded on the day or later; times never fall. */
static enum err
first_on(struct view *v, struct str log, int64_t day, int64_t newest, int64_t *out)
{
	int64_t low = 1, high = newest + 1;

	while (low < high) {
		const int64_t middle = low + (high - low) / 2;
		struct event e;

		TRY(record_get(&v->x->cx, v->r.db, log, middle, &e));
		if (day_of_ms(e.recorded) < day)
			low = middle + 1;
		else
			high = middle;
	}
	*out = low;
	return ERR_OK;
}

/* From `high` downwards until a page is full or enough has been looked at; *next is the
 * number to go on before, 0 at the end. */
static enum err
gather_down(struct view *v, struct str log, const struct asked *q, int64_t low,
    int64_t high, struct record_lines *out, int64_t *next)
{
	struct arena *a = &v->x->arena;

	*next = 0;
	for (int chunk = 0; high >= low; chunk++) {
		const int64_t from = high - CHUNK + 1 > low ? high - CHUNK + 1 : low;
		struct gather g = { a, q, { 0 } };

		if (chunk == CHUNKS) {
			*next = high + 1;
			return ERR_OK;
		}
		TRY(record_walk(&v->x->cx, v->r.db, log, from, high, gather_visit, &g));
		for (size_t i = g.lines.n; i-- > 0;) {
			if (out->n == ROWS) {
				*next = out->v[ROWS - 1].seq;
				return ERR_OK;
			}
			*list_add(a, out) = g.lines.v[i];
		}
		high = from - 1;
	}
	return ERR_OK;
}

static enum err
gather_matter(struct view *v, struct str log, const struct asked *q, int64_t high,
    struct record_lines *out, int64_t *next)
{
	struct event_list all = { 0 };

	*next = 0;
	TRY(record_of_subject(&v->x->cx, v->r.db, log, q->matter, &all));
	for (size_t i = all.n; i-- > 0;) {
		const struct event *e = &all.v[i];

		if (e->seq > high || !wanted(q, e->actor) ||
		    (q->on != DAY_NONE && day_of_ms(e->recorded) != q->on))
			continue;
		if (out->n == ROWS) {
			*next = out->v[ROWS - 1].seq;
			break;
		}
		record_keep(&v->x->arena, e, list_add(&v->x->arena, out));
	}
	return ERR_OK;
}

static enum err
lines_read(struct view *v, struct str log, const struct asked *q,
    struct record_lines *out, int64_t *next)
{
	struct record_head head;
	int64_t low = 1, high, behind;

	TRY(record_head(&v->x->cx, v->r.db, log, &head));
	high = q->limit > 0 && q->limit <= head.seq ? q->limit - 1 : head.seq;
	if (q->matter.n)
		return gather_matter(v, log, q, high, out, next);
	if (q->on != DAY_NONE) {
		TRY(first_on(v, log, q->on, head.seq, &low));
		TRY(first_on(v, log, q->on + 1, head.seq, &behind));
		high = high < behind - 1 ? high : behind - 1;
	}
	return gather_down(v, log, q, low, high, out, next);
}

/* ---- the page ---- */

static enum err
people(struct view *v, struct option **options, size_t *n)
{
	const struct read_query q = { .family = S("persons"), .limit = 1000 };
	struct arena *a = &v->x->arena;
	struct read_page page;
	struct offer *offers;
	LIST(struct option) all = { 0 };

	*list_add(a, &all) = (struct option){ .value = S(""), .label = W(filter_any) };
	*list_add(
	    a, &all) = (struct option){ .value = S("system"), .label = W(by_system) };
	TRY(read_entries(&v->x->cx, &v->r, &q, cx_today(&v->x->cx), &page));
	offers = arena_array(a, struct offer, page.n + 1);
	for (size_t i = 0; i < page.n; i++)
		offers[i] = (struct offer){ value_str(
						value_get(&page.v[i], S("subject"))),
			value_str(value_path(&page.v[i], "values.name")) };
	TRY(ask_apart(&v->x->cx, &v->r, v->defs, offers, page.n));
	for (size_t i = 0; i < page.n; i++)
		*list_add(a, &all) = (struct option){ .value = offers[i].subject,
			.label = offers[i].label };
	*options = all.v;
	*n = all.n;
	return ERR_OK;
}

static void
filters_put(struct html *h, struct view *v, struct str path, const struct asked *q)
{
	struct option *options = NULL;
	size_t n = 0;

	if (people(v, &options, &n) != ERR_OK)
		n = 0;
	form_open_search(h, path);
	field_day(h, .name = S("day"), .label = W(record_day), .value = q->day,
	    .optional = true);
	field_select(h, .name = S("actor"), .label = W(record_actor), .value = q->actor,
	    .choices = options, .n = n, .optional = true);
	if (q->matter.n)
		field_hidden(h, S("matter"), q->matter);
	button_primary(h, W(record_find));
	form_close(h);
}

static void
line_put(
    struct grid *t, struct record_names *n, const struct record_line *e, bool is_access)
{
	struct html *h = t->h;
	struct arena *a = &n->v->x->arena;
	const struct str unit = record_unit(n, e);

	row_open(t);
	cell(t, T(record_when(a, e->recorded)));
	cell_open(t);
	if (is_access)
		html(h, T(record_what(n, e)));
	else
		html(h, L("<a href=\""), U(str_fmt(a, "/record/%lld", (long long)e->seq)),
		    L("\">"), T(record_what(n, e)), L("</a>"));
	cell_close(t);
	cell_open(t);
	if (!is_access && str_has(e->subject, S("/")))
		html(h, L("<a href=\""),
		    U(url_query(a, S("/record"), { S("matter"), e->subject })), L("\">"),
		    T(record_on(n, e, TITLE)), L("</a>"));
	else
		html(h, T(record_on(n, e, TITLE)));
	cell_close(t);
	cell_open(t);
	html(h, T(record_who(n, e)));
	if (unit.n)
		html(h, L("<br>"), T(unit));
	cell_close(t);
	if (!is_access) {
		cell_open(t);
		html(h, T(day_chinese(a, e->done)));
		if (e->kind == EV_REGISTERED && e->done < day_of_ms(e->recorded))
			html(h, L(" "), T(W(mark_late_entry)));
		cell_close(t);
	}
	row_close(t);
}

static void
lines_put(
    struct html *h, struct view *v, const struct record_lines *lines, bool is_access)
{
	const struct grid_column columns[] = { { .title = W(record_at) },
		{ .title = W(act_column), .head = true },
		{ .title = W(record_about), .wide = true }, { .title = W(record_actor) },
		{ .title = W(act_done_day), .day = true } };
	struct record_names names = { .v = v };
	struct grid t;

	if (!lines->n) {
		empty_put(h, W(record_none), W(record_none_text));
		return;
	}
	t = grid_open(
	    h, is_access ? W(record_access) : W(record), columns, is_access ? 4 : 5);
	for (size_t i = 0; i < lines->n; i++)
		line_put(&t, &names, &lines->v[i], is_access);
	grid_close(&t);
}

static void
below_put(struct html *h, struct exchange *x, struct str path, const struct asked *q,
    int64_t next)
{
	struct arena *a = &x->arena;
	const struct str older = next ? url_query(a, path, { S("day"), q->day },
					    { S("actor"), q->actor },
					    { S("matter"), q->matter },
					    { S("before"),
						str_fmt(a, "%lld", (long long)next) })
				      : S("");
	const struct str newest = q->limit ? url_query(a, path, { S("day"), q->day },
						 { S("actor"), q->actor },
						 { S("matter"), q->matter })
					   : S("");

	if (older.n || newest.n)
		pager(h, newest, older, S(""));
}

static void
record_page(struct exchange *x, bool is_access)
{
	VIEW v = { 0 };
	struct record_lines lines = { 0 };
	struct asked q = asked_read(x);
	const struct str path = is_access ? S("/record/access") : S("/record");
	struct record_names names = { .v = &v };
	int64_t next = 0;
	struct str log;
	struct html *h;

	if (!record_open(x, &v, is_access ? RECORD_ACCESS : RECORD_EVENTS))
		return;
	log = is_access ? str_fmt(&x->arena, "%.*s/access", STR_ARG(v.r.log)) : v.r.log;
	if (is_access)
		q.matter = S("");
	if (!q.wrong && !view_ok(&v, lines_read(&v, log, &q, &lines, &next)))
		return;
	h = page_open(x, .title = is_access ? W(record_access) : W(record),
	    .section = S("/record"), .wide = true);
	error_summary(h);
	record_tabs(h, is_access ? RECORD_ACCESS : RECORD_EVENTS);
	if (q.matter.n)
		html(h, L("<p>"), T(W(record_only)),
		    T(text_cut(&x->arena, record_name(&names, q.matter), 60)),
		    L(" <a href=\"/record\">"), T(W(record_all)), L("</a></p>\n"));
	filters_put(h, &v, path, &q);
	lines_put(h, &v, &lines, is_access);
	below_put(h, x, path, &q, next);
	if (is_access) {
		button_row_open(h);
		button_link(h, S("/record/access.xlsx"), W(ledger_xlsx));
		button_link(h, S("/record/access.csv"), W(ledger_csv));
		button_row_close(h);
	}
	page_close(x, h, q.wrong ? 422 : 200);
}

void
page_record(struct exchange *x)
{
	record_page(x, false);
}

void
page_record_access(struct exchange *x)
{
	record_page(x, true);
}
