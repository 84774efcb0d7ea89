/*
 * CSV (RFC 4180) for spreadsheets: CRLF, quotes where needed, hidden columns left out. A
 * text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a
 * return) gets an apostrophe before it.
 */
#pragma once

#include "base/cx.h"
#include "out/table.h"

enum csv_encoding {
	CSV_UTF8,    /* with a byte order mark, without which Excel guesses wrong */
	CSV_GB18030, /* what older government systems take */
};

/* Title and notes are left out; the first line is the column titles. In cx->arena. */
struct str csv_str(struct cx *cx, const struct table *t, enum csv_encoding encoding);
