/* What waits for whom: rows of the programme on the days of their terms, and the board
 * made of them. */
#include "test.h"

#include "act/door.h"
#include "act/install.h"
#include "base/date.h"
#include "lang/canon.h"
#include "store.h"
#include "web/pages/adopt.h"
#include "web/pages/board.h"
#include "web/pages/ledger_query.h"

struct place {
	struct door *door;
	struct str office, substitute, finance, party, group, plan;
};

static enum err
put(struct cx *cx, struct place *f, const char *family, const char *action,
    struct str form, struct str *subject)
{
	struct act act = { .actor = S("system"),
		.family = str_z(family),
		.action = str_z(action),
		.done = cx_today(cx),
		.is_setup = true };
	struct act_result result;

	TRY(canon_parse(cx, str_replace(cx->arena, form, S("'"), S("\"")), &act.form));
	TRY(door_do_one(cx, f->door, &act, &result));
	*subject = result.subject;
	return ERR_OK;
}

/* due, taken_over: DAY_NONE when there is none; without a day it is for ever. */
static enum err
task(struct cx *cx, struct place *f, const char *no, struct str lead, int64_t due,
    int64_t taken_over)
{
	struct arena *a = cx->arena;
	struct value form = value_map(), leads = value_list();
	struct act act = { .actor = S("system"),
		.family = S("task"),
		.action = S("open"),
		.done = cx_today(cx),
		.is_setup = true };
	struct act_result result;

	value_add(a, &leads, value_text(lead));
	value_set_text(a, &form, "plan", f->plan);
	value_set_text(a, &form, "no", str_z(no));
	value_set_text(a, &form, "text", str_fmt(a, "第%s项任务", no));
	value_set(a, &form, S("lead"), leads);
	value_set_text(a, &form, "office", f->office);
	value_set_text(a, &form, "substitute", f->substitute);
	value_set(a, &form, S("continuous"), value_bool(due == DAY_NONE));
	if (due != DAY_NONE)
		value_set_int(a, &form, "due", due);
	if (taken_over != DAY_NONE)
		value_set_int(a, &form, "taken-over", taken_over);
	act.form = form;
	return door_do_one(cx, f->door, &act, &result);
}

/* Tasks 1 and 10 end in twenty days, 2 is of the party, 3 was late before the plan was
 * taken over, 4 is for ever, 5 has a group as its lead. */
static enum err
fill(struct cx *cx, struct place *f)
{
	const int64_t today = cx_today(cx), soon = today + 20;

	TRY(put(cx, f, "units", "put",
	    S("{'kind':'government','name':'县司法局','role':'justice','short':'县依治办'"
	      "}"),
	    &f->office));
	TRY(put(cx, f, "units", "put",
	    S("{'kind':'government','name':'县政府办','role':'government-office'}"),
	    &f->substitute));
	TRY(put(cx, f, "units", "put", S("{'kind':'government','name':'县财政局'}"),
	    &f->finance));
	TRY(put(
	    cx, f, "units", "put", S("{'kind':'party','name':'县委组织部'}"), &f->party));
	TRY(put(cx, f, "groups", "put", S("{'kind':'group','name':'各有关部门'}"),
	    &f->group));
	TRY(put(cx, f, "plans", "put",
	    S("{'first-leads':true,'kind':'plan','level':'county','title':'某县方案'}"),
	    &f->plan));
	TRY(task(cx, f, "10", f->finance, soon, DAY_NONE));
	TRY(task(cx, f, "1", f->finance, soon, DAY_NONE));
	TRY(task(cx, f, "2", f->party, soon, DAY_NONE));
	TRY(task(cx, f, "3", f->finance, today - 40, today));
	TRY(task(cx, f, "4", f->finance, DAY_NONE, DAY_NONE));
	return task(cx, f, "5", f->group, soon, DAY_NONE);
}

static enum err
make(struct cx *cx, struct test_store *store, struct place *f)
{
	const struct install install = { .log = S("test/programme"), .title = S("某县") };
	const struct door_config config = {
		.url = store->url, .log = install.log, .entropy = cx->entropy
	};
	struct source_list sources = { 0 };
	struct db *db;
	size_t published;
	enum err err;

	TRY(db_open(cx, store->url, DB_WRITE, &db));
	err = install_log(cx, db, &install);
	db_close(db);
	TRY(err);
	TRY(door_open(cx, &config, &f->door));
	TRY(sources_read(cx, S("law"), &sources));
	TRY(door_publish(cx, f->door, S("system"), &sources, &published));
	return fill(cx, f);
}

static void
view_make(struct exchange *x, struct place *f, struct view *v, struct programme *p)
{
	*v = (struct view){ .x = x,
		.r = { door_store(f->door), door_tables(f->door), door_log(f->door) },
		.defs = door_defs(f->door),
		.person = S("") };
	programme_open(v, p);
}

/* "1 即将到期 余 20 天到期;" … in the order of the paper. */
static struct str
told(struct cx *cx, const struct task_rows *rows)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < rows->n; i++)
		buf_fmt(&b, "%.*s %.*s %.*s;", STR_ARG(rows->v[i].no),
		    STR_ARG(need_title(rows->v[i].need)),
		    STR_ARG(rows->v[i].state_words));
	return buf_str(&b);
}

static void
on_its_day(struct cx *cx, struct place *f)
{
	struct exchange x = { .cx = *cx };
	const struct ledger_query all = { 0 };
	struct task_rows rows, shown;
	struct programme p;
	struct view v;

	view_make(&x, f, &v, &p);
	CHECK_OK(ledger_rows(&p, &all, f->plan, &rows, &shown));
	CHECK_STR(told(cx, &shown),
	    S("1 即将到期 余 20 天到期;2 待签收 已下达;3 接管时已逾期 接管时已逾期;"
	      "4 待签收 已下达;5 待落实 待落实;10 即将到期 余 20 天到期;"));
	CHECK_STR(shown.v[0].lead, S("县财政局"));
	CHECK_STR(shown.v[3].limit, S("长期坚持"));
}

/* Twenty-five days later only what is the government's is late; nothing is said of the
 * party, and what was late before stays a statement. */
static void
when_late(struct cx *cx, struct place *f)
{
	struct exchange x = { .cx = *cx };
	const struct ledger_query late = { .need = S("late"), .descending = true };
	struct task_rows rows, shown;
	struct board_rows board;
	struct programme p;
	struct view v;

	x.cx.now_ms += 25 * DAY_MS;
	view_make(&x, f, &v, &p);
	CHECK_OK(ledger_rows(&p, &late, f->plan, &rows, &shown));
	CHECK_STR(told(cx, &shown), S("10 超期 超期 5 天;1 超期 超期 5 天;"));
	board_rows_of(&p, &rows, NULL, &board);
	CHECK(board.n == 5);
	for (size_t i = 0; i < board.n; i++)
		CHECK(!str_eq(board.v[i].unit, f->party));
	CHECK(board.v[0].task->need == NEED_LATE && board_may_remind(&board.v[0]));
	CHECK(str_has(letter_body(&p, board.v, 2), S("超期 5 天")));
	CHECK_STR(board_tick(cx->arena, &board.v[0]),
	    str_fmt(cx->arena, "%lld-%.*s", (long long)board.v[0].task->n,
		STR_ARG(str_sub(f->finance, sizeof "units/" - 1, f->finance.n))));
}

TEST(programme_rows_and_board)
{
	TEST_STORE store = { 0 };
	struct place f = { 0 };

	if (!test_store_make(cx, 0, &store))
		return;
	CHECK_OK(make(cx, &store, &f));
	on_its_day(cx, &f);
	when_late(cx, &f);
	door_close(f.door);
}

/* An older paper prints the name of before; whoever took over is offered, no other unit
 * of the same work, and nothing is made up where no row of law/ says so. */
TEST(programme_knows_who_took_over)
{
	static const struct {
		struct str printed, unit;
		bool succeeds;
	} rows[] = {
		{ S("县国土资源局"), S("县自然资源局"), true },
		{ S("安和县国土局"), S("县自然资源局"), true },
		{ S("国土局"), S("县自然资源局"), true },
		{ S("县卫计委"), S("县卫健局"), true },
		{ S("县地税局"), S("县税务局"), true },
		{ S("县国土资源局"), S("市自然资源局"), false },
		{ S("县国土资源局"), S("县应急管理局"), false },
		{ S("县自然资源和规划局"), S("县自然资源局"), false },
		{ S("县自然资源局"), S("县自然资源局"), false },
	};
	TEST_STORE store = { 0 };
	struct place f = { 0 };

	if (!test_store_make(cx, 0, &store))
		return;
	CHECK_OK(make(cx, &store, &f));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str reform = S("");

		CHECK(adopt_succeeds(door_defs(f.door), rows[i].printed, rows[i].unit,
			  &reform) == rows[i].succeeds);
		CHECK(rows[i].succeeds == (reform.n > 0));
	}
	door_close(f.door);
}

TEST(programme_ticks)
{
	struct str t, u;

	CHECK(board_tick_read(cx->arena, S("17-88"), &t, &u));
	CHECK_STR(t, S("task/17"));
	CHECK_STR(u, S("units/88"));
	CHECK(!board_tick_read(cx->arena, S("17"), &t, &u));
	CHECK(!board_tick_read(cx->arena, S("17-"), &t, &u));
	CHECK(!board_tick_read(cx->arena, S("-1-2"), &t, &u));
	CHECK(!board_tick_read(cx->arena, S("a-b"), &t, &u));
}
