/*
 * A log as text: what an archive keeps and any program can read, a line an event, with
 * everything its digest needs. docs/record.md has the lines. Files are not in it; they
 * stand in the record as digests.
 */
#pragma once

#include "record/record.h"

/* One line without its end, valid for the call. */
typedef enum err export_line(struct cx *cx, struct str line, void *self);

/* The log from its first event to its newest, in the lines of docs/record.md. Nothing is
 * verified: what is damaged is found by who reads it back. ERR_NOT_FOUND: no such log. */
enum err record_export(
    struct cx *cx, struct db *db, struct str log, export_line *put, void *self) MUST_USE;

/* Reading it back into a store, some lines at a time. Zero at first but for `arena`,
 * which outlives it. */
struct record_import {
	struct arena *arena;
	struct str log; /* named by the first line */
	int64_t line;   /* read last; on failure the faulty one */
	int64_t seq;    /* of the last event read */
	int64_t added;  /* events that were not there before */
	bool ended;     /* the last line was read, and no event is missing */
};

/* The next lines, in one transaction: on failure none of them is there. Events the store
 * has are passed over when they are the same, so that a broken import goes on where it
 * was; every digest of the others is computed again. ERR_INPUT: not a line of a log, or
 * not the next one; ERR_STALE: the store holds another log of this name; ERR_STORE: a
 * digest or the root is not what comes out. */
enum err record_import_lines(struct cx *cx, struct db *db, struct record_import *imp,
    const struct str *lines, size_t n) MUST_USE;
