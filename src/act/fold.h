/*
 * Fold: what one event makes of a matter's state (docs/events.md). Pure, and without any
 * definition: the event carries results, this only copies them.
 */
#pragma once

#include "lang/value.h"
#include "record/record.h"

/* Kinds whose events belong to matters, to entries. */
bool event_of_matter(enum event_kind kind);
bool event_of_entry(enum event_kind kind);

/* The open part of the body, in `a`. ERR_INPUT when it is not canonical: then the
 * database was altered. */
enum err event_open(
    struct cx *cx, struct arena *a, const struct event *e, struct value *out) MUST_USE;
/* The same without what the decision was told and asked, which no state keeps: a third of
 * the bytes that a rebuild reads. */
enum err event_results(
    struct cx *cx, struct arena *a, const struct event *e, struct value *out) MUST_USE;

/* `state` is null before a matter's first event. Everything put into it lives in `a`, the
 * texts of `open` included, which must outlive it. */
void fold_body(struct arena *a, struct value *state, const struct event *e,
    const struct value *open);

/* The two of its steps that others take too: what an event says of the fields, and what
 * became of one child in the list of its kind, found by its subject. */
void fold_fields(struct arena *a, struct value *fields, const struct value *open);
void fold_child(struct arena *a, struct value *list, const struct value *child);

/* Both at once; a body that is not canonical is a bug. */
void fold_event(struct arena *a, struct value *state, const struct event *e);
