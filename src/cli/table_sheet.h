/*
 * A decision table as officials keep it: a sheet with what it is on top, then a row of
 * headings that begins with the hit policy, then a row for each rule.
 *
 *     编号     | hearing-right
 *     名称     | 应当告知听证权利的行政处罚
 *     施行日期 | 2021-07-15
 *     依据     | 行政处罚法/63
 *     U        | 输入：处罚种类      | 输入：金额 | 结果：应当告知 | 依据
 *     编号     | kind                | amount     | offered
 *     类型     | choice penalty-kinds | money     | bool
 *     1        | 罚款；限制从业      | >= 5000    | 是             | 行政处罚法/63
 *     其他     |                     |            | 否
 *
 * The two rows of ids and types may be left out where law/ has a table of this id whose
 * columns have these titles. A choice is named by its title or its id, several joined
 * with 、; an empty cell or - asks nothing; other cells are written as in law/, with 是
 * and 否 for true and false. P and O have one row more below the headings, 次序: in each
 * column of results its values from the highest, joined with ；.
 */
#pragma once

#include "act/defs.h"
#include "intake/xlsx.h"

/* Which row of the sheet a line of the text comes from. */
struct table_line {
	int line, row;
};
struct table_lines {
	struct table_line *v;
	size_t n, cap;
};

/* *yaml: the text of NAME.table.yaml. ERR_INPUT with each fault at its cell: "C5: …".
 * `defs` tells choices by their titles. */
enum err table_sheet_read(struct cx *cx, const struct xlsx_sheet *sheet,
    const struct defs *defs, struct str *yaml, struct table_lines *lines) MUST_USE;

/* The other way: a workbook of one sheet, from the text of a table of law/. */
enum err table_sheet_write(
    struct cx *cx, struct str yaml, const struct defs *defs, struct str *xlsx) MUST_USE;
