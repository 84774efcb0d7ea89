/*
 * Making a log: its first event, its companion for access, and whether it is there.
 */
#pragma once

#include "record/record.h"

struct install {
	struct str log, title; /* "990101/demo", 虚构县法治政府 */
	bool sha256;           /* else SM3 */
	int64_t offset_ms;     /* of a demonstration's clock */
};

/* Opens the log and its companion with their first events, in one transaction.
 * ERR_REFUSED when the log is already there. */
enum err install_log(struct cx *cx, struct db *db, const struct install *install)
    MUST_USE;

/* Opens a log without a companion, inside the caller's transaction. */
enum err install_alone(struct cx *cx, struct db *db, const struct install *install)
    MUST_USE;

/* "990101/demo/access" and the installation's library: no county works in it, it has no
 * door of its own. */
bool log_is_companion(struct str log);

bool install_exists(struct cx *cx, struct db *db, struct str log);
