/*
 * The index of the search, kept behind the record and the statute library by a thread of
 * a running server: it looks every second, and works only when something has happened.
 * What it cannot do is said on stderr and tried again.
 */
#pragma once

#include "base/cx.h"
#include "store/db.h"

struct door;
struct follower;
struct server;

/* One step over the library or the door's log, on a DB_WRITE connection. */
enum err follow_step(struct cx *cx, struct door *door, struct db *db, bool *more)
    MUST_USE;

/* Begins the thread on a connection of its own. */
enum err follower_start(struct cx *cx, struct door *door, struct str store,
    const struct server *server, struct follower **out) MUST_USE;
void follower_stop(struct follower *f); /* waits for it; NULL is fine */
