/*
 * Reading: what pages, the API and the command line know. Generic over registers and
 * procedures; every answer comes from the projections of one log through one read
 * connection, nothing is cached. Values are as stored (lang/value.h): a matter is its
 * state (docs/events.md), an entry { subject, from, to, at, seq, values }.
 */
#pragma once

#include "act/act.h"
#include "act/project.h"
#include "store/db.h"

struct read {
	struct cx *cx;
	struct db *db;
	const struct defs *defs;
	const struct tables *tables;
	struct str log;
	struct projection projection;
};

/* Everything read lives in cx->arena. All arguments must outlive r. */
void read_begin(struct read *r, struct cx *cx, struct db *db, const struct defs *defs,
    const struct tables *tables, struct str log);

/* V_NULL when there is none. */
enum err read_matter(struct read *r, struct str subject, struct value *state) MUST_USE;
enum err read_entry(struct read *r, struct str subject, int64_t day, struct value *out)
    MUST_USE;

/* The name of a unit, group, person …: its key field, or the first text of the entry; the
 * subject's own title for a matter; empty when there is none. Each is read once. */
struct str read_name(struct read *r, struct str subject);

/* One condition of a list: a scalar field, or "stage", "unit", "parent", "closed". */
struct read_filter {
	struct str field;
	struct value is; /* text, integer or boolean */
};
struct read_list {
	const struct read_filter *filters;
	size_t n;
	struct str
	    after;   /* subject behind which the page begins; empty: from the start */
	size_t most; /* 1..1000; 0 = 1000 */
};

/* Lists of states in the order of their subjects' numbers. ERR_INPUT: a field that cannot
 * be filtered by. */
enum err read_matters(struct read *r, struct str family, const struct read_list *list,
    struct value *out) MUST_USE;

/* All versions in force on the day, by key. */
enum err read_entries(struct read *r, struct str family, int64_t day, struct value *out)
    MUST_USE;

/* Running maximum clocks due up to and including `until`, earliest first:
 * { subject, clock, due }. */
enum err read_due(struct read *r, int64_t until, size_t most, struct value *out) MUST_USE;

/* act_choices and act_hidden with their facts fetched. */
enum err read_choices(struct read *r, struct str actor, struct str subject,
    struct str family, struct act_choices *out) MUST_USE;
enum err read_hidden(struct read *r, struct str actor, struct str subject,
    struct id_list *masks, struct id_list *fields) MUST_USE;

/* Every post of the person today: entries of posts; and the competences of a post. */
enum err read_posts(struct read *r, struct str person, struct value *out) MUST_USE;
/* Has the person, on some post, this competence today? Empty unit: of any unit. */
enum err read_can(struct read *r, struct str person, struct str competence, bool *out)
    MUST_USE;
