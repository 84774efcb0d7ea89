/*
 * The files of law/kernel/workdays: one for each year whose notice is published, and
 * expected.yaml for what the law itself fixes beyond.
 *
 *     year: 2026
 *     notices:
 *       - address: https://…
 *         off:  { 国庆节: [2026-10-01..2026-10-07] }
 *         work: { 国庆节: [2026-09-20, 2026-10-10] }
 *
 * A day stands in the file of its own year, under the notice that decides it. And those
 * of a region, one for each notice, by its first day:
 *
 *     local: 2026-05-27
 *     title: 古尔邦节
 *     notice: 某州政办发〔2026〕9号
 *     off:  [2026-05-27..2026-05-28]
 *     work: [2026-05-30]
 */
#pragma once

#include "lang/messages.h"
#include "procedure/calendar.h"

/* Adds one file to *source. Faults go into m; its arena owns the texts and must live as
 * long as the calendar built from them. */
void calendar_read(struct messages *m, struct str text, struct calendar_source *source);
