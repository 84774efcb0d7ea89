/*
 * Dates as plans write them: 2016年年底前, 2024年6月底前, 2025年, 第四季度, 长期坚持.
 * "Before" a year, a quarter or a month means by its last day (民法典 1259 would exclude
 * it; plans mean it, as they name the year in which they end). A day names itself.
 */
#pragma once

#include "intake/plan.h"

/*
 * A limit that names no year (6月底前, 第三季度) is a day of this year until the document
 * says which it means; no plan is so old. when_settle() puts it into `year`, 0 = unknown:
 * false then, and for days of other years.
 */
enum { YEAR_UNSAID = 1904 };
bool when_settle(int64_t *day, int year);
bool when_unsaid(int64_t day);

/* The whole text is a time limit and nothing else. */
bool when_whole(struct cx *cx, struct str s, struct plan_deadline *out);

/*
 * A cell of the column 完成时限: also one with words around its dates. The last date is
 * the limit, earlier ones are milestones. False when it names no time at all.
 */
bool when_cell(
    struct cx *cx, struct str s, struct plan_deadline *out, struct milestones *others);

/* A clause of time among others: 2026年12月底前完成, 2027年底前取得成效, 长期坚持. A
 * bare year or a date without 前, 底, 完成 behind it is none. */
bool when_clause(struct cx *cx, struct str s, struct plan_deadline *out);

/* Limits inside sentences; starts (起, 以来), spans and what stands in 《》 are none. */
void when_sentences(struct cx *cx, struct str s, struct milestones *out);
