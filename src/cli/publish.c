/*
 * law publish: what changed in law/ into the record and into force. record rebuild: the
 * projections anew from the record, or, with --check, only whether they would be the
 * same.
 */
#include <stdio.h>

#include "act/rebuild.h"
#include "base/date.h"
#include "cli/charts.h"
#include "cli/cli.h"
#include "cli/law.h"

static enum err
publish(struct cx *cx, const struct law_options *o, struct law_published *out)
{
	struct source_list sources = { 0 };
	struct door *door;
	enum err err;

	TRY(sources_read(cx, o->dir, &sources));
	TRY(place_door(cx, &o->place, &door));
	err = door_publish_whole(cx, door, S("system"), &sources, out);
	if (err == ERR_OK)
		charts_keep(cx, door);
	door_close(door);
	return err;
}

/* Columns as wide as their widest word: a Chinese sign takes two places. */
static int
places(struct str s)
{
	int n = 0;

	for (size_t i = 0; i < s.n; i++) {
		const unsigned char c = (unsigned char)s.p[i];

		n += (c & 0xc0) != 0x80 ? (c >= 0xe0 ? 2 : 1) : 0;
	}
	return n;
}

static void
put_column(struct str s, int width)
{
	printf("%.*s%*s", STR_ARG(s), width - places(s) + 2, "");
}

void
print_clock_moves(struct cx *cx, const struct clock_moves *moves)
{
	int matter = places(S("事项")), clock = places(S("期限"));

	if (!moves->n)
		return;
	for (size_t i = 0; i < moves->n; i++) {
		const struct clock_move *m = &moves->v[i];
		const int wide = places(m->matter.n ? m->matter : m->subject);

		matter = wide > matter ? wide : matter;
		clock = places(m->clock) > clock ? places(m->clock) : clock;
	}
	printf("放假安排变动，重新计算了 %zu 项期限\n", moves->n);
	put_column(S("事项"), matter);
	put_column(S("期限"), clock);
	puts("原届满日    现届满日");
	for (size_t i = 0; i < moves->n; i++) {
		const struct clock_move *m = &moves->v[i];

		put_column(m->matter.n ? m->matter : m->subject, matter);
		put_column(m->clock, clock);
		printf("%.*s  %.*s\n", STR_ARG(day_iso(cx->arena, m->was)),
		    STR_ARG(day_iso(cx->arena, m->now)));
	}
}

int
cli_law_publish(struct cx *cx, int argc, char **argv)
{
	struct law_options o;
	struct law_published done = { 0 };
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = publish(cx, &o, &done);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	printf("公布了 %zu 个有变动的文件，撤下了 %zu 个不再有的文件\n", done.published,
	    done.withdrawn.n);
	for (size_t i = 0; i < done.withdrawn.n; i++)
		printf("撤下 %.*s\n", STR_ARG(done.withdrawn.v[i]));
	print_clock_moves(cx, &done.moves);
	return 0;
}

/* In one transaction, so that readers never see half; --check takes it back. */
static enum err
rebuild(struct cx *cx, const struct law_options *o, struct door *door, bool *same)
{
	const struct tables *tables = door_tables(door);
	struct db *db = door_store(door);
	struct str live, rebuilt;
	DB_TX tx = { 0 };

	TRY(db_begin_alone(cx, db, &tx));
	TRY(rebuild_dump_digest(cx, db, tables, door_log(door), &live));
	TRY(rebuild_log(cx, db, tables, door_log(door)));
	TRY(rebuild_dump_digest(cx, db, tables, door_log(door), &rebuilt));
	*same = str_eq(live, rebuilt);
	printf("原有 %.*s\n重建 %.*s\n%s\n", STR_ARG(live), STR_ARG(rebuilt),
	    *same ? "两者相同" : "两者不同");
	return o->check ? ERR_OK : db_commit(cx, &tx);
}

int
cli_record_rebuild(struct cx *cx, int argc, char **argv)
{
	struct door *door = NULL;
	struct law_options o;
	bool same = false;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = place_door(cx, &o.place, &door);
	if (err == ERR_OK)
		err = rebuild(cx, &o, door, &same);
	door_close(door);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	return o.check && !same ? 1 : 0;
}
