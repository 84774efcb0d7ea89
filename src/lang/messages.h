/*
 * Messages: what is wrong with a text, with the place. A loader puts every fault it finds
 * and goes on; whoever asked prints them all. Texts are Chinese: lawyers read them.
 */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct message {
	struct str file;
	int line, column; /* from 1; 0 = the file as a whole */
	struct str text;
};

struct messages {
	struct arena *arena; /* owns the texts; must outlive the list */
	struct str
	    file; /* the file being read: set by the loader, kept by each message */
	struct message *v;
	size_t n, cap;
};

void message_put(struct messages *m, int line, int column, const char *fmt, ...)
    PRINTF(4, 5);

/* "file:line:column: text", "file: text" where there is no line. */
struct str message_str(struct arena *a, const struct message *m);

/* All of them, one a line, as cx->why; ERR_OK when there are none, else ERR_INPUT. */
struct cx;
enum err messages_err(struct cx *cx, const struct messages *m) MUST_USE;
