/*
 * Rebuilding: the projections from the record alone. Whether live and rebuilt are the
 * same is a comparison of dumps, which are the same on both engines.
 */
#pragma once

#include "record/record.h"
#include "register/table.h"

/* Empties and fills one log's projections, inside the caller's transaction; locks the
 * log. */
enum err rebuild_log(
    struct cx *cx, struct db *db, const struct tables *tables, struct str log) MUST_USE;

/* Each row of each table as one line, "TABLE [canonical values]", tables in order, rows
 * in the order of their keys. */
typedef void dump_line(struct str line, void *self);
enum err rebuild_dump(struct cx *cx, struct db *db, const struct tables *tables,
    struct str log, dump_line *line, void *self) MUST_USE;
/* All lines, and their SM3 digest in hex: equal digests are equal projections. */
enum err rebuild_dump_text(struct cx *cx, struct db *db, const struct tables *tables,
    struct str log, struct str *out) MUST_USE;
enum err rebuild_dump_digest(struct cx *cx, struct db *db, const struct tables *tables,
    struct str log, struct str *out) MUST_USE;
