/*
 * The ledger as a workbook, out and in again: one convention for who writes it (the
 * export) and who reads it (plan_read). A row a task, the titles of the columns below in
 * any order, further columns allowed. Lists in a cell are joined with ； because the name
 * of a group may itself hold 、 (各镇人民政府、街道办事处).
 */
#pragma once

#include "intake/plan.h"
#include "intake/xlsx.h"

enum sheet_column {
	SHEET_NO,
	SHEET_SECTION, /* titles, without their numbers */
	SHEET_MEASURE,
	SHEET_TEXT,
	SHEET_LEADERS,
	SHEET_LEAD,
	SHEET_UNITS,
	SHEET_DEADLINE,   /* 2016-12-31, 长期坚持, or empty */
	SHEET_MILESTONES, /* 2016-06-30：text, one a line; text alone without a day */
	SHEET_CLASSES,
	SHEET_COLUMN_COUNT_,
};

/* Titles of the columns, as the export prints them. */
struct str sheet_title(enum sheet_column c);

/* What an export writes into a cell. */
struct str sheet_list(struct arena *a, const struct str *v, size_t n);
struct str sheet_deadline(struct arena *a, const struct plan_deadline *d);
struct str sheet_milestones(struct arena *a, const struct plan_milestone *v, size_t n);

/* A mark of the sheet (out/table.h) that says "1" when the document itself says that the
 * unit listed first leads: no column can say it. */
#define SHEET_FIRST_LEADS S("first-leads")

/* All these titles stand in a row of one of its sheets. */
bool sheet_is_ledger(const struct xlsx_book *book);

/* A workbook with a row of these titles (序号 and 具体任务 at least): the first sheet
 * that has one, its title above it. ERR_INPUT when there is none. */
enum err sheet_read_plan(struct cx *cx, const struct xlsx_book *book, struct plan **out)
    MUST_USE;
