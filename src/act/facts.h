/*
 * Facts: what an act is judged on besides itself. Closed forms, each named by a
 * text, all on a named day. act_decide asks by name; what is not in the table becomes a
 * need; the door fetches needs (act/fetch.c) and asks again. Facts that were used are
 * stored with the event.
 *
 *   entry  units/4@20718              an entry's version on that day, as known now
 *   key    units:name=某局@20718      an entry by a unique field
 *   refs   posts.holder=persons/2@20718   entries referring to one, as of that day
 *   matter task/17                    a matter's state
 *   total  count:inspection:{canonical conditions}   over a declared field and a period
 *   next   series/decision/units/4/2026   the next number of a series
 *   parts  parts persons/12           what the record holds sealed about a subject
 *   handled penalty.officers=persons/2    open matters in which the field names the
 *                                         person, or an entry that means the person
 *   blocks fine-receipt:NO.:7-7   number blocks that hold one of these printed numbers
 *
 * Values: entry → { subject, from, to, at, values: {…} } or null; key → the same; refs →
 * list of the same; matter → state (docs/events.md) or null; total and next → integer;
 * parts → { seq, at, values, parts: ["12:p1", …] }: those not destroyed, of all times,
 * and the values of an entry as they were put last; handled → list of { subject, as }:
 * the matter, and the person or entry it names; blocks → list of subjects.
 */
#pragma once

#include "base/cx.h"
#include "base/map.h"
#include "lang/value.h"

enum fact_form {
	FACT_ENTRY,
	FACT_KEY,
	FACT_REFS,
	FACT_MATTER,
	FACT_TOTAL,
	FACT_NEXT,
	FACT_PARTS,
	FACT_HANDLED,
	FACT_BLOCKS,
};

struct fact {
	enum fact_form form;
	struct str name; /* as above: unique in the table */
	struct str
	    family; /* register or procedure (entry, key, refs, total), else empty */
	struct str
	    field;     /* key: field; refs: field; total: "count", "sum:f", "latest:f" */
	struct str by; /* handled: "officers.person", where entries mean persons; or "" */
	struct str argument; /* entry, matter: subject; key: text; refs: subject; total:
			      * canonical conditions; next: subject of the series;
			      * blocks: what is printed before the number */
	int64_t day;
	int64_t first, last; /* blocks: inclusive; family is the kind of paper */
	struct value value;
	bool known, used;
};

struct facts {
	struct arena *arena;
	struct map by_name;        /* name → struct fact */
	LIST(struct fact *) needs; /* asked for and not known */
	int rounds;                /* how often the question asked (facts_more) */
	/* Values at hand from earlier, name → struct value: asked for, they are known at
	 * once. Or NULL. */
	const struct map *at_hand;
};

/* Asking begins anew: only what is asked from here on was used. */
void facts_again(struct facts *f);

/* The value, or NULL when it is not known yet (it is then in needs). */
const struct value *facts_entry(struct facts *f, struct str subject, int64_t day);
const struct value *facts_key(
    struct facts *f, struct str family, struct str field, struct str text, int64_t day);
const struct value *facts_refs(struct facts *f, struct str family, struct str field,
    struct str subject, int64_t day);
const struct value *facts_matter(struct facts *f, struct str subject);
const struct value *facts_total(
    struct facts *f, struct str family, struct str what, struct str conditions);
const struct value *facts_next(struct facts *f, struct str series);
const struct value *facts_parts(struct facts *f, struct str subject);
const struct value *facts_handled(struct facts *f, struct str procedure, struct str field,
    struct str by, struct str person);
const struct value *facts_blocks(
    struct facts *f, struct str paper, struct str series, int64_t first, int64_t last);

/* Called by whoever fetches. */
void fact_give(struct fact *fact, struct value value);
/* Who refers to one was read with its values: asked for next, these entries are known. */
void facts_know(struct facts *f, const struct fact *refs);

/* { name: … } of the facts used: of an entry or matter the seq it was read at, of refs
 * how many. */
struct value facts_used(struct facts *f, struct arena *a);
