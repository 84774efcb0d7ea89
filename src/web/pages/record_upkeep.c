/*
 * Operation in one place, for who answers for the system: when the record was last
 * copied and where, last computed again, last signed. Everything here is a fact the
 * program has; what it has not is said to be missing, because no backup is the worst
 * news of all.
 */
#include <sys/stat.h>

#include "act/door.h"
#include "base/date.h"
#include "lang/canon.h"
#include "read/search_follow.h"
#include "record/journal.h"
#include "record/proof.h"
#include "web/component.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/pages/show.h"
#include "web/site.h"
#include "web/word.h"

/* Days after which a copy, a check and a signature are too old to be relied on. */
enum { COPY_DAYS = 7, CHECK_DAYS = 30, SIGN_DAYS = 1 };

struct upkeep_page {
	struct view *v;
	struct record_head head, access;
	struct value copies, checks, moves;
	int64_t indexed; /* events of the log that the search knows */
	int64_t signed_ms;
	struct checkpoint signed_last;
	struct str
	    outside; /* the file of checkpoints outside the database; empty: none */
	int64_t outside_ms;
};

static void
outside_look(struct upkeep_page *p)
{
	struct arena *a = &p->v->x->arena;
	const struct str path = checkpoints_path(a, door_url(p->v->x->site->door));
	struct stat st;

	if (stat(str_cz(a, path), &st) != 0)
		return;
	p->outside = path;
	p->outside_ms = (int64_t)st.st_mtime * 1000 + p->v->x->site->offset_ms;
}

static enum err
upkeep_load(struct view *v, struct upkeep_page *p)
{
	struct cx *cx = &v->x->cx;
	const struct str access = str_fmt(cx->arena, "%.*s/access", STR_ARG(v->r.log));
	struct search_cursor cursor;

	*p = (struct upkeep_page){ .v = v };
	TRY(record_head(cx, v->r.db, v->r.log, &p->head));
	TRY(record_head(cx, v->r.db, access, &p->access));
	TRY(journal_read(cx, v->r.db, v->r.log, S("copy"), &p->copies));
	TRY(journal_read(cx, v->r.db, v->r.log, S("verify"), &p->checks));
	TRY(journal_read(cx, v->r.db, v->r.log, S("recount"), &p->moves));
	TRY(record_signed(v, &p->signed_last, &p->signed_ms));
	TRY(search_cursor(cx, v->r.db, v->r.log, &cursor));
	p->indexed = str_eq(cursor.rules, search_rules(cx->arena, v->defs)) ? cursor.seq
									    : 0;
	outside_look(p);
	return ERR_OK;
}

/* "3 天前", 今天; and a mark when that is too long ago. */
static void
age_put(struct html *h, struct upkeep_page *p, int64_t ms, int64_t most_days)
{
	struct arena *a = &p->v->x->arena;
	const int64_t days = cx_today(&p->v->x->cx) - day_of_ms(ms);

	html(h,
	    T(word_fill(a, W(upkeep_ago), record_when(a, ms),
		days <= 0 ? W(upkeep_today) : word_n(a, W(upkeep_days_ago), days))),
	    L(" "));
	if (days > most_days)
		badge(h, TONE_WARN, W(upkeep_too_long));
}

static void
never_put(struct html *h, struct str what)
{
	html(h, T(what), L(" "));
	badge(h, TONE_LATE, W(upkeep_missing));
}

static void
state_put(struct html *h, struct upkeep_page *p)
{
	const struct value *check = value_at(&p->checks, 0);
	const struct value *copy = value_at(&p->copies, 0);

	facts_open(h);
	fact_open(h, W(upkeep_copy));
	if (value_count(&p->copies))
		age_put(h, p, value_num(value_get(copy, S("at"))), COPY_DAYS);
	else
		never_put(h, W(upkeep_copy_never));
	fact_close(h);
	fact_open(h, W(upkeep_check));
	if (value_count(&p->checks))
		age_put(h, p, value_num(value_get(check, S("at"))), CHECK_DAYS);
	else
		never_put(h, W(upkeep_check_never));
	fact_close(h);
	fact_open(h, W(upkeep_signed));
	if (p->signed_ms)
		age_put(h, p, p->signed_ms, SIGN_DAYS);
	else
		never_put(h, W(upkeep_signed_never));
	fact_close(h);
	fact_open(h, W(upkeep_outside));
	if (p->outside.n)
		html(h, L("<code>"), T(p->outside), L("</code><br>"),
		    T(record_when(&p->v->x->arena, p->outside_ms)));
	else
		never_put(h, W(upkeep_outside_never));
	fact_close(h);
	fact_open(h, W(upkeep_events));
	html_say(h, W(upkeep_events_are), N(p->head.seq), N(p->signed_last.size));
	fact_close(h);
	fact_open(h, W(upkeep_access));
	html_say(h, W(upkeep_access_are), N(p->access.seq));
	fact_close(h);
	fact_open(h, W(upkeep_search));
	html_say(h, W(upkeep_search_is), N(p->indexed),
	    N(p->head.seq > p->indexed ? p->head.seq - p->indexed : 0));
	fact_close(h);
	fact(h, W(upkeep_newest), T(record_when(&p->v->x->arena, p->head.recorded)));
	fact(h, W(upkeep_clock),
	    T(door_time_in_doubt(p->v->x->site->door) ? W(upkeep_clock_doubt)
						      : W(upkeep_clock_fine)));
	facts_close(h);
}

static void
copies_put(struct html *h, struct upkeep_page *p)
{
	const struct grid_column columns[] = { { .title = W(upkeep_when), .head = true },
		{ .title = W(upkeep_where), .wide = true },
		{ .title = W(upkeep_size), .number = true },
		{ .title = W(upkeep_new_events), .number = true },
		{ .title = W(upkeep_new_files), .number = true } };
	struct grid t;

	html(h, L("<p>"), T(W(upkeep_copy_how)),
	    L(" <code>zhunsheng record copy</code></p>\n"));
	if (!value_count(&p->copies))
		return;
	t = grid_open(h, W(upkeep_copies), columns, 5);
	for (size_t i = 0; i < value_count(&p->copies); i++) {
		const struct value *c = value_at(&p->copies, i);

		row_open(&t);
		cell(&t,
		    T(record_when(&p->v->x->arena, value_num(value_get(c, S("at"))))));
		cell(&t, L("<code>"), T(value_str(value_get(c, S("to")))), L("</code>"));
		cell(&t, N(value_num(value_get(c, S("size")))));
		cell(&t, N(value_num(value_get(c, S("events")))));
		cell(&t, N(value_num(value_get(c, S("files")))));
		row_close(&t);
	}
	grid_close(&t);
}

static void
checks_put(struct html *h, struct upkeep_page *p)
{
	const struct grid_column columns[] = { { .title = W(upkeep_when), .head = true },
		{ .title = W(upkeep_who) }, { .title = W(upkeep_size), .number = true },
		{ .title = W(upkeep_result) } };
	struct record_names names = { .v = p->v };
	struct grid t;

	if (!value_count(&p->checks))
		return;
	t = grid_open(h, W(upkeep_checks), columns, 4);
	for (size_t i = 0; i < value_count(&p->checks); i++) {
		const struct value *c = value_at(&p->checks, i);
		const int64_t found = value_num(value_get(c, S("found")));

		row_open(&t);
		cell(&t,
		    T(record_when(&p->v->x->arena, value_num(value_get(c, S("at"))))));
		cell(&t, T(record_name(&names, value_str(value_get(c, S("by"))))));
		cell(&t, N(value_num(value_get(c, S("events")))));
		cell_open(&t);
		if (found)
			badge(h, TONE_LATE,
			    word_fill(&p->v->x->arena, W(upkeep_found),
				str_fmt(&p->v->x->arena, "%lld", (long long)found)));
		else
			html(h, T(W(upkeep_passed)));
		cell_close(&t);
		row_close(&t);
	}
	grid_close(&t);
}

enum { MOVES_SHOWN = 100 };

struct moves_table {
	struct upkeep_page *p;
	struct grid grid;
	size_t shown;
};

static enum err
move_put(struct cx *cx, const struct event *e, void *self)
{
	struct moves_table *t = self;
	struct arena *a = &t->p->v->x->arena;
	const struct value *clocks, *was, *now;
	struct value open;

	if (e->kind != EV_CLOCK_MOVED || t->shown++ >= MOVES_SHOWN)
		return ERR_OK;
	TRY(canon_parse(cx, e->parts.v[0].bytes, &open));
	clocks = value_get(&open, S("clocks"));
	was = value_get(&open, S("was"));
	now = value_get(&open, S("now"));
	row_open(&t->grid);
	cell_open(&t->grid);
	show_link(t->grid.h, t->p->v, str_copy(a, e->subject));
	cell_close(&t->grid);
	cell(&t->grid,
	    T(str_copy(a, value_str(value_get(
			      value_get(clocks, value_str(value_get(&open, S("clock")))),
			      S("title"))))));
	cell(&t->grid, T(day_iso(a, value_num(was))));
	cell(&t->grid, T(day_iso(a, value_num(now))));
	row_close(&t->grid);
	return ERR_OK;
}

/* The newest notice of holidays that moved terms that ran. */
static enum err
moves_put(struct html *h, struct upkeep_page *p)
{
	const struct grid_column columns[] = { { .title = W(upkeep_moved), .head = true },
		{ .title = W(upkeep_moved_clock) },
		{ .title = W(upkeep_moved_was), .day = true },
		{ .title = W(upkeep_moved_now), .day = true } };
	const struct value *last = value_at(&p->moves, 0);
	struct moves_table t = { .p = p };

	if (!value_count(&p->moves))
		return ERR_OK;
	t.grid = grid_open(h, W(upkeep_moves), columns, 4);
	TRY(record_walk(&p->v->x->cx, p->v->r.db, p->v->r.log,
	    value_num(value_get(last, S("first"))), value_num(value_get(last, S("last"))),
	    move_put, &t));
	grid_close(&t.grid);
	html(h, L("<p class=\"hint\">"),
	    T(word_n(
		&p->v->x->arena, W(upkeep_moves_n), value_num(value_get(last, S("n"))))),
	    T(record_when(&p->v->x->arena, value_num(value_get(last, S("at"))))),
	    L("</p>\n"));
	return ERR_OK;
}

void
page_record_upkeep(struct exchange *x)
{
	struct upkeep_page p;
	struct html *h;
	VIEW v = { 0 };

	if (!record_open(x, &v, RECORD_UPKEEP) || !view_ok(&v, upkeep_load(&v, &p)))
		return;
	h = page_open(x, .title = W(upkeep), .section = S("/record"));
	record_tabs(h, RECORD_UPKEEP);
	state_put(h, &p);
	copies_put(h, &p);
	checks_put(h, &p);
	if (!view_ok(&v, moves_put(h, &p)))
		return;
	page_close(x, h, 200);
}
