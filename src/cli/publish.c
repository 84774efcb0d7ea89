/*
 * law publish: what changed in law/ into the record and into force. record rebuild: the
 * projections anew from the record, or, with --check, only whether they would be the
 * same.
 */
#include <stdio.h>

#include "act/rebuild.h"
#include "cli/cli.h"
#include "cli/law.h"

/* The only log of the store, when none is named. */
static enum err
log_find(struct cx *cx, struct db *db, struct str named, struct str *out)
{
	struct log_names logs = { 0 };
	size_t found = 0;

	if (named.n) {
		*out = named;
		return ERR_OK;
	}
	TRY(record_logs(cx, db, &logs));
	for (size_t i = 0; i < logs.n; i++) {
		if (str_ends(logs.v[i], S("/access")))
			continue;
		*out = logs.v[i];
		found++;
	}
	return found == 1 ? ERR_OK : fail(cx, ERR_INPUT, "请用 --log 指明日志");
}

static enum err
door_from(struct cx *cx, const struct law_options *o, struct door **out)
{
	struct door_config config = { .url = o->store, .entropy = cx->entropy };
	enum err err;

	if (!o->store.n)
		return fail(cx, ERR_INPUT, "缺少 --store");
	TRY(db_open(cx, o->store, DB_WRITE, &config.db));
	err = log_find(cx, config.db, o->log, &config.log);
	if (err != ERR_OK) {
		db_close(config.db);
		return err;
	}
	return door_open(cx, &config, out);
}

static enum err
publish(struct cx *cx, const struct law_options *o, size_t *published)
{
	struct source_list sources = { 0 };
	struct door *door;
	enum err err;

	TRY(sources_read(cx, o->dir, &sources));
	TRY(door_from(cx, o, &door));
	err = door_publish(cx, door, S("system"), &sources, published);
	door_close(door);
	return err;
}

int
cli_law_publish(struct cx *cx, int argc, char **argv)
{
	struct law_options o;
	size_t published = 0;
	enum err err = law_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = publish(cx, &o, &published);
	if (err != ERR_OK)
		return law_failed(cx, err);
	printf("公布了 %zu 个有变动的文件\n", published);
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
		err = door_from(cx, &o, &door);
	if (err == ERR_OK)
		err = rebuild(cx, &o, door, &same);
	door_close(door);
	if (err != ERR_OK)
		return law_failed(cx, err);
	return o.check && !same ? 1 : 0;
}
