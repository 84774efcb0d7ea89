/*
 * Projecting: events become rows. A row belongs to one subject and is a function of that
 * subject's events alone; no definition is read (they only shape the tables), nothing is
 * decided or refused.
 *
 * A projection holds the subjects of one group of acts in memory, so that an act with
 * hundreds of events on one plan writes that plan once. Nothing is in the database before
 * project_flush.
 */
#pragma once

#include "act/batch.h"
#include "act/gather.h"
#include "act/subject.h"
#include "record/record.h"
#include "register/table.h"

struct projection {
	struct arena *arena; /* of the group: outlives every subject */
	struct db
	    *db; /* NULL: every subject comes from its first event, see project_rows */
	struct gather *gather; /* a rebuild's: takes the references; else NULL */
	const struct tables *tables;
	struct str log;
	struct map subjects; /* name → struct projected */
	LIST(struct projected *) dirty;
	/* What was fetched of registers (act/fetch.c): name of the fact → struct value.
	 * Holds until an entry changes. */
	struct map fetched;
};

void projection_init(struct projection *p, struct arena *arena, struct db *db,
    const struct tables *tables, struct str log);

/* Folds one appended event into its subject. ERR_INPUT: the event is not what the record
 * promises, or belongs to no table. Texts of the event must outlive the projection. */
enum err project_apply(struct cx *cx, struct projection *p, const struct event *e)
    MUST_USE;

/* Writes all that changed, in as few statements as can be. */
enum err project_flush(struct cx *cx, struct projection *p) MUST_USE;
/* What it would write, as parameters that live in cx->arena; for who writes elsewhere.
 * References go to p->gather where there is one. */
void project_rows(struct cx *cx, struct projection *p, struct batches *out);
/* The same, but only when something of this register or procedure changed: before the
 * database is asked about it. */
enum err project_flush_family(struct cx *cx, struct projection *p, struct str family)
    MUST_USE;

/* As the subject stands, unflushed changes included; in the projection's arena, not to be
 * changed. */
/* state of a matter; V_NULL when there is none */
enum err project_state(
    struct cx *cx, struct projection *p, struct str subject, struct value *out) MUST_USE;
/* { subject, from, to, at, seq, values } in force on the day; V_NULL when there is none
 */
enum err project_version(struct cx *cx, struct projection *p, struct str subject,
    int64_t day, struct value *out) MUST_USE;
/* last number of a series; 0 when none was given */
enum err project_series(
    struct cx *cx, struct projection *p, struct str series, int64_t *out) MUST_USE;
/* subject_seq of the newest event on the subject; 0 when there is none */
enum err project_subject_seq(
    struct cx *cx, struct projection *p, struct str subject, int64_t *out) MUST_USE;
