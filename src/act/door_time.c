/*
 * The door's time: terms that ran out, and whether the clock is to be believed. A doubt
 * is kept in the store, so that it outlives the process that saw it and ends for all
 * processes when one of them writes the confirmation.
 */
#include "act/door_inside.h"
#include "base/date.h"

enum { TICK_BATCH = 200, QUIET_DAYS = 30 };

static struct str
doubt_name(struct cx *cx, const struct door *door)
{
	return str_fmt(cx->arena, "time-doubt/%.*s", STR_ARG(door->config.log));
}

/* "FROM TO" in ms while there is a doubt, else empty. */
static enum err
doubt_load(struct cx *cx, struct door *door)
{
	struct str value = S(""), from;
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, door->db, &rows, Q_STORE_GET, D_TEXT(doubt_name(cx, door))));
	if (db_next(&rows))
		value = db_text(cx, &rows, 0);
	TRY(db_end(cx, &rows));
	door->in_doubt = str_split(&value, S(" "), &from) &&
			 str_int(from, &door->doubt_from) &&
			 str_int(value, &door->doubt_to);
	return ERR_OK;
}

static enum err
doubt_begin(struct cx *cx, struct door *door, int64_t from, int64_t to)
{
	door->doubt_from = from;
	door->doubt_to = to;
	door->in_doubt = true; /* also when it cannot be kept */
	return db_run(cx, door->db, Q_STORE_PUT, D_TEXT(doubt_name(cx, door)),
	    D_TEXT(str_fmt(cx->arena, "%lld %lld", (long long)from, (long long)to)));
}

static void
time_base(struct door *door, int64_t now_ms)
{
	if (door->config.monotonic_ms)
		door->base_ms = now_ms - door->config.monotonic_ms();
}

enum err
door_time_start(struct cx *cx, struct door *door)
{
	struct record_head head;

	time_base(door, cx->now_ms);
	TRY(doubt_load(cx, door));
	TRY(record_head(cx, door->db, door->config.log, &head));
	if (!door->in_doubt && head.seq > 0 &&
	    cx->now_ms - head.recorded > QUIET_DAYS * DAY_MS)
		return doubt_begin(cx, door, head.recorded, cx->now_ms);
	return ERR_OK;
}

/* The wall clock and the other one were together when the door opened. */
enum err
door_time_look(struct cx *cx, struct door *door)
{
	int64_t expected;

	if (door->in_doubt) {
		TRY(doubt_load(cx, door));
		if (!door->in_doubt)
			time_base(door, cx->now_ms);
		return ERR_OK;
	}
	if (!door->config.monotonic_ms)
		return ERR_OK;
	expected = door->config.monotonic_ms() + door->base_ms;
	if (cx->now_ms - expected > DAY_MS || expected - cx->now_ms > DAY_MS)
		return doubt_begin(cx, door, expected, cx->now_ms);
	return ERR_OK;
}

struct due {
	struct str subject;
	int64_t day;
};

static enum err
due_after(
    struct group *g, const struct due *last, struct due *out, size_t *n, int64_t today)
{
	DB_ROWS rows = { 0 };
	int stmt;

	*n = 0;
	TRY(db_prepare(g->cx, g->door->db, table_text(TABLE_CLOCK_DUE), &stmt));
	TRY(db_ask(g->cx, g->door->db, &rows, stmt, D_TEXT(g->head.log), D_INT(today),
	    D_INT(last->day), D_TEXT(last->subject), D_INT(ABSENT_INT),
	    D_INT(TICK_BATCH)));
	while (db_next(&rows))
		out[(*n)++] = (struct due){ db_text(g->cx, &rows, 0), db_int(&rows, 2) };
	return db_end(g->cx, &rows);
}

/* One batch; *last moves on, so that a term which does not lapse is not met again. */
static enum err
tick_batch(
    struct cx *cx, struct door *door, struct due *last, size_t *found, size_t *lapsed)
{
	struct due due[TICK_BATCH];
	GROUP g = { 0 };

	TRY(group_begin(cx, door, door->config.log, &g));
	/* Of what is due today a term of hours may have run out. */
	TRY(due_after(&g, last, due, found, cx_today(cx) + 1));
	for (size_t i = 0; i < *found; i++)
		TRY(group_lapse(&g, due[i].subject, lapsed));
	if (*found)
		*last = (struct due){ str_copy(cx->arena, due[*found - 1].subject),
			due[*found - 1].day };
	return group_commit(&g);
}

enum err
door_tick(struct cx *cx, struct door *door, size_t *lapsed)
{
	struct due last = { S(""), ABSENT_INT };
	size_t found = TICK_BATCH;
	enum err err = ERR_OK;

	*lapsed = 0;
	pthread_mutex_lock(&door->writing);
	err = door_time_look(cx, door);
	while (!door->in_doubt && err == ERR_OK && found == TICK_BATCH)
		err = tick_batch(cx, door, &last, &found, lapsed);
	pthread_mutex_unlock(&door->writing);
	return err;
}

bool
door_time_in_doubt(struct door *door)
{
	return door->in_doubt;
}

static enum err
confirm_locked(struct cx *cx, struct door *door, struct str actor, struct str behalf)
{
	struct event_list events = { 0 };
	struct value open = value_map();
	GROUP g = { 0 };

	TRY(group_begin(cx, door, door->config.log, &g));
	value_set_int(cx->arena, &open, "from", door->doubt_from);
	value_set_int(cx->arena, &open, "to", door->doubt_to);
	group_event(&g, &events, EV_TIME_CONFIRMED, S("log"), actor, &open)
	    ->behalf = behalf;
	TRY(group_append(&g, &events));
	TRY(db_run(
	    cx, door->db, Q_STORE_PUT, D_TEXT(doubt_name(cx, door)), D_TEXT(S(""))));
	TRY(group_commit(&g));
	door->in_doubt = false;
	time_base(door, cx->now_ms);
	return ERR_OK;
}

enum err
door_confirm_time(struct cx *cx, struct door *door, struct str actor, struct str behalf)
{
	enum err err = ERR_OK;

	pthread_mutex_lock(&door->writing);
	if (door->in_doubt)
		err = confirm_locked(cx, door, actor, behalf);
	pthread_mutex_unlock(&door->writing);
	return err;
}
