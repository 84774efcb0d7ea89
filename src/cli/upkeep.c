/* Lapses, checkpoints and sweeping of a running server. */
#include "cli/upkeep.h"

#include <stdio.h>

#include "act/door.h"
#include "act/install.h"
#include "act/library.h"
#include "record/offer.h"
#include "record/proof.h"
#include "store/bytes.h"

enum { LOGS = 3 }; /* a log, its companion, the library of statutes */

struct upkeep {
	struct arena arena;
	struct db *db; /* the door's connection belongs to its writer */
	struct signer signer;
	struct str file;
	struct {
		struct str name;
		int64_t signed_to;
	} logs[LOGS];
};

static enum err
open_inside(struct cx *cx, struct str store, struct upkeep *u)
{
	struct arena *a = &u->arena;
	size_t swept;

	TRY(db_open(cx, store, DB_WRITE, &u->db));
	for (size_t i = 0; i < LOGS; i++)
		if (install_exists(cx, u->db, u->logs[i].name))
			TRY(checkpoint_guard(cx, u->db, u->logs[i].name, u->file));
	TRY(bytes_sweep(cx, u->db, &swept));
	return signer_load(cx, signer_path(a, store), &u->signer);
}

enum err
upkeep_open(struct cx *cx, struct str store, struct str log, struct str checkpoints,
    struct upkeep **out)
{
	struct arena first = { 0 };
	struct upkeep *u = arena_new(&first, struct upkeep);
	struct arena *a = &u->arena;
	enum err err;

	*a = first;
	u->file = checkpoints.n ? str_copy(a, checkpoints) : checkpoints_path(a, store);
	u->logs[0].name = str_copy(a, log);
	u->logs[1].name = str_fmt(a, "%.*s/access", STR_ARG(log));
	u->logs[2].name = LIBRARY_LOG;
	err = open_inside(cx, store, u);
	if (err == ERR_OK)
		*out = u;
	else
		upkeep_close(u);
	return err;
}

void
upkeep_close(struct upkeep *u)
{
	struct arena arena;

	if (!u)
		return;
	db_close(u->db);
	arena = u->arena;
	arena_free(&arena);
}

static enum err
sign(struct cx *cx, struct upkeep *u, size_t i)
{
	struct record_head head;
	struct checkpoint c;

	/* The library begins with its first import. */
	if (!install_exists(cx, u->db, u->logs[i].name))
		return ERR_OK;
	TRY(record_head(cx, u->db, u->logs[i].name, &head));
	if (head.seq == u->logs[i].signed_to)
		return ERR_OK;
	TRY(record_checkpoint(cx, u->db, u->logs[i].name, &u->signer, &c));
	TRY(checkpoint_append(cx, u->file, &c));
	u->logs[i].signed_to = c.size;
	return ERR_OK;
}

void
upkeep_sign(struct cx *cx, struct upkeep *u)
{
	for (size_t i = 0; i < LOGS; i++)
		if (sign(cx, u, i) != ERR_OK)
			fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
}

void
upkeep_turn(struct cx *cx, struct upkeep *u, struct door *door)
{
	size_t lapsed, swept;

	if (door_tick(cx, door, &lapsed) != ERR_OK)
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
	/* By a clock that jumped everything would be old. */
	if (!door_time_in_doubt(door) &&
	    offer_sweep(cx, u->db, u->logs[0].name, &swept) != ERR_OK)
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
	upkeep_sign(cx, u);
}
