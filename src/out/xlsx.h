/*
 * XLSX workbooks: a sheet for each table, ready to print (landscape, header row repeated
 * on each page, one page wide) and to fill in (frozen header, input cells unlocked,
 * choices to pick from). Every text is written as a text, never as a formula. The same
 * tables give the same bytes: nothing in the file depends on the moment but `created_ms`.
 *
 * The marks of a table stand in a hidden sheet named "zs", a row each: sheet name, key,
 * value.
 */
#pragma once

#include "base/cx.h"
#include "out/table.h"

#define XLSX_TYPE S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

/* At most 32,767 characters a cell and 1,048,576 rows, or ERR_INPUT. Names of sheets are
 * cut to what is allowed and made unique. *out is in cx->arena. */
enum err xlsx_write(struct cx *cx, const struct table *tables, size_t n,
    int64_t created_ms, struct str *out) MUST_USE;
