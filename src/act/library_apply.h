/* Inside the library: an event of its log to rows. */
#pragma once

#include "record/record.h"

/* Copies what the event holds, then the last days of the statute's editions. */
enum err library_apply(struct cx *cx, struct db *db, const struct event *e) MUST_USE;
