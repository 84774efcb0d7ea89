/*
 * Events made by hand, and tables without definitions: for the tests of what stands
 * around act_decide.
 */
#pragma once

#include "act/project.h"

/* Bodies are written as canonical text, with ' for ". */
struct event *made_event(struct cx *cx, int64_t seq, enum event_kind kind,
    const char *subject, int64_t subject_seq, int64_t done, const char *open);

/* units (name, kind), posts (holder, duties), task (cause, amount, day, body, members).
 */
struct tables *made_tables(struct cx *cx);
