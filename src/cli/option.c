/* Options, logs and doors of the commands. */
#include "cli/option.h"

#include <stdio.h>
#include <string.h>

#include "act/door.h"
#include "act/install.h"
#include "record/proof.h"

bool
option_take(int argc, char **argv, int *i, const char *name, struct str *out)
{
	if (strcmp(argv[*i], name) != 0 || *i + 1 >= argc)
		return false;
	*out = str_z(argv[++*i]);
	return true;
}

bool
place_take(int argc, char **argv, int *i, struct place *out)
{
	return option_take(argc, argv, i, "--store", &out->store) ||
	       option_take(argc, argv, i, "--log", &out->log) ||
	       option_take(argc, argv, i, "--checkpoints", &out->checkpoints);
}

enum err
place_log(struct cx *cx, struct db *db, const struct place *place, struct str *out)
{
	struct log_names names = { 0 };
	size_t found = 0;

	*out = place->log;
	if (place->log.n)
		return ERR_OK;
	TRY(record_logs(cx, db, &names));
	for (size_t i = 0; i < names.n; i++) {
		if (log_is_companion(names.v[i]))
			continue;
		*out = names.v[i];
		found++;
	}
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "库中还没有日志");
	if (found > 1)
		return fail(cx, ERR_INPUT, "库中有%zu个日志，请用 --log 指明", found);
	return ERR_OK;
}

/* What must hold before anything is written; the log's own clock. */
static enum err
place_look(struct cx *cx, struct db *db, const struct place *place, struct str log)
{
	const struct str file = place->checkpoints.n
				    ? place->checkpoints
				    : checkpoints_path(cx->arena, place->store);
	struct record_head head;

	TRY(record_head(cx, db, log, &head));
	TRY(checkpoint_guard(cx, db, log, file));
	cx->now_ms += head.offset_ms;
	return ERR_OK;
}

enum err
place_door(struct cx *cx, const struct place *place, struct door **out)
{
	struct door_config config = { .url = place->store, .entropy = cx->entropy };
	enum err err;

	if (!place->store.n)
		return fail(cx, ERR_INPUT, "缺少 --store");
	TRY(db_open(cx, place->store, DB_WRITE, &config.db));
	err = place_log(cx, config.db, place, &config.log);
	if (err == ERR_OK)
		err = place_look(cx, config.db, place, config.log);
	if (err != ERR_OK) {
		db_close(config.db);
		return err;
	}
	return door_open(cx, &config, out);
}

int
cli_failed(const struct cx *cx, enum err err)
{
	for (size_t i = 0; i < cx->refusals.n; i++)
		fprintf(stderr, "%.*s\n", STR_ARG(cx->refusals.v[i].message));
	if (!cx->refusals.n)
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
	return err == ERR_INPUT ? 2 : 1;
}
