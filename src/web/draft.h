/*
 * Drafts: unfinished imports in the service tables. A file that was read waits here until
 * a person has looked at it; losing a draft loses no act. They end after thirty days.
 */
#pragma once

#include "base/cx.h"
#include "lang/value.h"

#define DRAFT_DAYS 30

struct draft {
	struct str id, kind, person;
	int64_t created; /* ms */
	struct value state;
};
struct draft_list {
	struct draft *v;
	size_t n, cap;
};
struct draft_file {
	struct str name, bytes;
};

/* A connection of its own, shared by the web threads behind a lock. */
struct drafts;
enum err drafts_open(struct cx *cx, struct str url, struct drafts **out) MUST_USE;
void drafts_close(struct drafts *d); /* NULL is fine */

/* With its files, numbered from 0; *id is 16 hex digits. */
enum err draft_add(struct cx *cx, struct drafts *d, struct str kind, struct str person,
    const struct value *state, const struct draft_file *files, size_t n, struct str *id)
    MUST_USE;
/* ERR_NOT_FOUND, also when it is of another kind. */
enum err draft_get(struct cx *cx, struct drafts *d, struct str kind, struct str id,
    struct draft *out) MUST_USE;
enum err draft_file_get(struct cx *cx, struct drafts *d, struct str id, int64_t n,
    struct draft_file *out) MUST_USE;
/* The newest hundred of a kind. */
enum err draft_all(
    struct cx *cx, struct drafts *d, struct str kind, struct draft_list *out) MUST_USE;
enum err draft_set(
    struct cx *cx, struct drafts *d, struct str id, const struct value *state) MUST_USE;
/* Files that a program brought before the act that cites them (a form brings both at
 * once): who brought which, kept for a day, so that nobody cites what another brought. */
enum err brought_note(
    struct cx *cx, struct drafts *d, struct str digest, struct str person) MUST_USE;
enum err brought_by(struct cx *cx, struct drafts *d, struct str digest, struct str person,
    bool *out) MUST_USE;

enum err draft_drop(struct cx *cx, struct drafts *d, struct str id) MUST_USE;
