/*
 * law publish: what changed in law/ into the record and into force. record rebuild: the
 * projections anew from the record, or, with --check, only whether they would be the
 * same.
 */
#include <stdio.h>

#include "act/rebuild.h"
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
	door_close(door);
	return err;
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

	TRY(db_begin(cx, db, &tx));
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
