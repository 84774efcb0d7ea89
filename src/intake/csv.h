/*
 * CSV in: UTF-8 or GB18030, separated by commas, or by tabs where the first line has a
 * tab and no comma (what Excel calls Unicode text). Rows come as those of a workbook
 * (xlsx.h), so that a returned form is read the same way from either.
 *
 * An apostrophe before a formula sign, as out/csv.h writes it, is taken off again.
 */
#pragma once

#include "intake/xlsx.h"

/* One sheet without a name. ERR_INPUT in Chinese: no text, a quote that does not end,
 * text behind a closing quote, more than 100,000 rows or 1,000 columns. */
enum err csv_read(struct cx *cx, struct str bytes, struct xlsx_sheet *out) MUST_USE;
