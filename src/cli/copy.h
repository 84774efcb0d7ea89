/* Copying logs and saying with what proof; for record copy, backup and restore. */
#pragma once

#include "record/record.h"

/* The log named, or all of them; each copied, compared with its source and told on
 * stdout. `noted` in the store copied from, when it is not empty: the URL of that store;
 * `to` is where it went, as it may be shown. */
struct copy_job {
	struct db *from, *to;
	struct str log;       /* empty: all */
	struct str noted_url; /* empty: no note is left */
	struct str to_shown;
};
enum err copy_logs(struct cx *cx, const struct copy_job *job) MUST_USE;

/* Where a store is, without what opens it: shown to who reads the record. */
struct str store_shown(struct str url);
