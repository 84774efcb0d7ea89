/*
 * The board. Nothing on it escalates: rows are ticked by a person, and what follows from
 * a tick is a text that a person reads before it is sent (board_letter.c).
 */
#include "web/pages/board.h"

#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/ledger_query.h"
#include "web/pages/page.h"
#include "web/pages/rounds.h"

enum { GROUP_ROWS = 40 };

struct board {
	struct exchange *x;
	struct html *h;
	struct programme p;
	struct task_rows tasks;
	struct board_rows rows;
	bool supervises;
	struct id_list own;
	struct str need; /* one group alone, whole; empty: all */
};

/* ---- a group ---- */

static size_t
count_of(const struct board *b, enum task_need need)
{
	size_t n = 0;

	for (size_t i = 0; i < b->rows.n; i++)
		n += b->rows.v[i].task->need == need;
	return n;
}

static struct str
board_url(struct board *b, enum task_need need)
{
	return url_query(&b->x->arena, S("/board"), { S("need"), ledger_need(need) });
}

static void
unit_title(struct board *b, struct grid *g, struct str unit)
{
	const struct party *party = programme_party(&b->p, unit);

	row_title(g, unit.n ? party->name : W(board_no_unit));
}

static void
row_put(struct board *b, struct grid *g, const struct board_row *row, bool ticks)
{
	const struct task_row *t = row->task;

	row_open(g);
	if (ticks) {
		cell_open(g);
		if (board_may_remind(row))
			tick_box(
			    b->h, S("t"), board_tick(&b->x->arena, row), t->text, false);
		cell_close(g);
	}
	cell(g, T(t->no));
	cell(g, L("<a href=\"/task/"), N(t->n), L("\">"), T(t->text), L("</a>"));
	cell(g, T(t->limit));
	cell_open(g);
	badge(b->h, t->tone, t->state_words);
	if (!str_eq(t->state_words, t->stage_title))
		html(b->h, L(" <span class=\"stage\">"), T(t->stage_title), L("</span>"));
	if (t->clock.n && !str_eq(t->clock, programme_title(&b->p, S("due"))))
		html(b->h, L(" <span class=\"stage\">"), T(t->clock), L("</span>"));
	cell_close(g);
	row_close(g);
}

static void
table_put(struct board *b, enum task_need need, size_t most)
{
	const bool ticks = b->supervises && need != NEED_LEAD && need != NEED_VERIFIER;
	const struct grid_column columns[] = {
		{ .title = W(board_tick), .tick = S("t") },
		{ .title = programme_title(&b->p, S("no")) },
		{ .title = programme_title(&b->p, S("text")),
		    .head = true,
		    .wide = true },
		{ .title = programme_title(&b->p, S("due")), .day = true },
		{ .title = W(filter_stage), .state = true },
	};
	struct grid g = grid_open(
	    b->h, need_title(need), columns + (ticks ? 0 : 1), ticks ? 5 : 4);
	struct str unit = S("-");
	size_t shown = 0;

	for (size_t i = 0; i < b->rows.n && shown < most; i++) {
		const struct board_row *row = &b->rows.v[i];

		if (row->task->need != need)
			continue;
		if (!str_eq(row->unit, unit))
			unit_title(b, &g, row->unit);
		unit = row->unit;
		row_put(b, &g, row, ticks);
		shown++;
	}
	grid_close(&g);
}

static void
group_put(struct board *b, enum task_need need)
{
	const size_t n = count_of(b, need);
	const bool alone = str_eq(b->need, ledger_need(need));

	if (!n || (b->need.n && !alone))
		return;
	html(b->h, L("<section class=\"group\">\n"));
	if (need == NEED_TAKEOVER)
		html(b->h, L("<p class=\"hint\">"), T(W(board_takeover)), L("</p>\n"));
	table_put(b, need, alone ? n : GROUP_ROWS);
	if (!alone && n > GROUP_ROWS) {
		html(b->h, L("<p><a href=\""), U(board_url(b, need)), L("\">"));
		html_say(b->h, W(board_rest), T(need_title(need)), N((int64_t)n));
		html(b->h, L("</a></p>\n"));
	}
	html(b->h, L("</section>\n"));
}

/* ---- the page ---- */

static void
figures_put(struct board *b)
{
	figures_open(b->h);
	for (int i = NEED_LATE; i <= NEED_VERIFIER; i++) {
		const enum task_need need = (enum task_need)i;

		figure(b->h, need_tone(need), (int64_t)count_of(b, need),
		    need_title(need), count_of(b, need) ? board_url(b, need) : S(""));
	}
	figures_close(b->h);
}

static void
groups_put(struct board *b)
{
	for (int i = NEED_LATE; i <= NEED_VERIFIER; i++)
		group_put(b, (enum task_need)i);
}

static bool
any_to_remind(struct board *b)
{
	for (size_t i = 0; i < b->rows.n; i++)
		if (board_may_remind(&b->rows.v[i]))
			return true;
	return false;
}

/* The texts are only looked at, so the form asks and does not post. */
static void
board_put(struct board *b)
{
	if (!b->rows.n) {
		empty_put(b->h, W(board_empty), W(board_empty_text));
		return;
	}
	figures_put(b);
	if (!b->supervises || !any_to_remind(b)) {
		groups_put(b);
		return;
	}
	html(b->h, L("<form method=\"get\" action=\"/board/letter\" class=\"rows\">\n"));
	groups_put(b);
	html(b->h, L("<div class=\"stay\">\n<p>"), T(W(board_ticked)), L("</p>\n"));
	button_primary(b->h, W(board_make));
	html(b->h, L("</div>\n"));
	form_close(b->h);
}

enum err
board_reader(struct programme *p, bool *supervises, struct id_list *own)
{
	struct read_page posts;

	*own = (struct id_list){ 0 };
	TRY(ask_can(p->cx, &p->v->r, p->v->person, S("supervise-task"), supervises));
	TRY(ask_posts(p->cx, &p->v->r, p->v->person, &posts));
	for (size_t i = 0; i < posts.n; i++)
		*list_add(p->cx->arena, own) = value_str(
		    value_path(&posts.v[i], "values.unit"));
	return ERR_OK;
}

static enum err
board_read(struct board *b)
{
	TRY(board_reader(&b->p, &b->supervises, &b->own));
	TRY(programme_of_plan(&b->p, S(""), &b->tasks));
	board_rows_of(&b->p, &b->tasks, b->supervises ? NULL : &b->own, &b->rows);
	return ERR_OK;
}

void
page_board(struct exchange *x)
{
	struct board b = { .x = x, .need = query_get(x, S("need")) };
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	programme_open(&v, &b.p);
	if (!view_ok(&v, board_read(&b)))
		return;
	b.h = page_open(x, .title = W(board), .section = S("/board"), .wide = true);
	board_put(&b);
	if (!view_ok(&v, rounds_put(b.h, &b.p, b.supervises, &b.own)))
		return;
	page_close(x, b.h, 200);
}
