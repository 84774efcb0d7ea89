/* What the two files that read workbooks tell each other. */
#pragma once

#include "base/buf.h"
#include "base/map.h"
#include "intake/xlsx.h"

/* How a style of cells shows a number. */
enum xlsx_shows { XLSX_NUMBER, XLSX_DAY, XLSX_MONTH, XLSX_YEAR };

struct xlsx_parts {
	LIST(struct str) shared;
	LIST(enum xlsx_shows) styles; /* by number of the cell's style */
	bool from_1904;               /* days count from 1904-01-01 */
};

enum err xlsx_read_sheet(struct cx *cx, struct str xml, const struct xlsx_parts *parts,
    struct xlsx_sheet *out) MUST_USE;

/* Appends text as it is stored in workbooks, where _x000D_ is a code point. */
void xlsx_put_text(struct buf *b, struct str s);

/* Appends a stored number as people see it; digits beyond the 15th are noise of binary
 * fractions. */
void xlsx_put_number(struct buf *b, struct str stored);

/* Appends the day, and time, of a stored serial number, as much as is shown of it; false
 * when it is none. */
bool xlsx_put_date(
    struct buf *b, struct str stored, bool from_1904, enum xlsx_shows shows);
