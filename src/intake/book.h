/*
 * A workbook that is none of ours (a county's own sheet of tasks) as the text of a plan:
 * a row a line, so that the number of a line is that of its row, tables as merged.h
 * writes them. Where several sheets hold tasks, each is a part of the plan under its
 * name, and lines run on.
 */
#pragma once

#include "intake/docx.h"
#include "intake/xlsx.h"

/* False when no sheet that is shown has the head of a table of tasks. */
bool book_text(
    struct cx *cx, const struct xlsx_book *book, struct str *text, struct lefts *left);
