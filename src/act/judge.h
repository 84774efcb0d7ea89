/*
 * Judging: expressions of definitions over one matter (or entry), on one day. The only
 * place where the engine meets FEEL; entries, other matters, totals and parameters come
 * from the facts table, children and clocks from the state.
 */
#pragma once

#include "act/defs.h"
#include "act/facts.h"
#include "act/refuse.h"

struct judge {
	struct cx *cx;
	const struct defs *defs;
	struct facts *facts;
	int64_t done;              /* entries are read as of this day */
	const struct value *state; /* of the matter; NULL when judging an entry */
	struct value vars;         /* names → FEEL values */
	/* What else is a name: fields, made variables when an expression first uses them,
	 * for it uses few of many; `old`, the fields of `before`; `acts` and `clocks`. */
	const struct field_list *fields;
	struct value values, before, acts, clocks; /* the last two of the state */
	bool needs;                    /* a fact is missing: fetch and judge again */
	struct feel_name_list missing; /* names that made the last answer null */
	int tables;                    /* asked one inside the other */
};

enum verdict {
	VERDICT_YES,
	VERDICT_NO,
	VERDICT_UNKNOWN, /* null: something is missing; never the same as no */
	VERDICT_NEEDS,
};

/* The value of an expression; null (and j->needs) while facts are missing. */
struct value judge_value(struct judge *j, const struct feel *e);
enum verdict judge_truth(struct judge *j, const struct feel *e);

/* How expressions are evaluated here, with `vars` as names (NULL: the judge's own). */
struct feel_run judge_run(struct judge *j, const struct feel_vars *vars);

/* What a decision table answers on the day: `given` a map of FEEL values by the names of
 * its inputs. false: there is no such table in force. */
struct table_answer {
	const struct decision_def *table;
	struct feel_table_answer answer;
};
bool judge_table(
    struct judge *j, struct str id, const struct value *given, struct table_answer *out);

/* Does the rule hold? A rule whose `when` is not true, or that was taken out, holds. */
enum verdict judge_rule(struct judge *j, const struct rule *rule);

/* Is everything that was chosen among what the field's `among` gives? Nothing chosen, or
 * a field without it: yes. `chosen`: as stored. */
enum verdict judge_among(
    struct judge *j, const struct field *f, const struct value *chosen);

/* Appends what a broken or undecidable rule says. */
void judge_refuse(struct judge *j, const struct rule *rule, enum verdict verdict,
    struct refusal_list *out);

struct value judge_import_row(
    struct arena *a, const struct field_list *columns, const struct value *row);

/* A parameter's value on the day: the county's entry, or the default. */
int64_t judge_parameter(struct judge *j, struct str id);

void judge_set(struct judge *j, struct str name, struct value feel_value);

/* Stored value → FEEL value, by the field's type (a day becomes a date …). NULL field: as
 * it is. */
struct value judge_import(
    struct arena *a, const struct field *f, const struct value *stored);
/* FEEL value → stored value; false when it does not fit the field. */
bool judge_export(
    struct arena *a, const struct field *f, const struct value *feel, struct value *out);

/* Makes a variable of each field that is not personal, null when it has no value, from a
 * map of stored values as it is now; a variable that was set has precedence. `old` of the
 * values before, which must not change meanwhile; NULL: there is no such name. */
void judge_set_fields(struct judge *j, const struct field_list *fields,
    const struct value *values, const struct value *old);
