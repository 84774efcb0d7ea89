/*
 * Tables: the shape of the projections, made from the fields of all registers and
 * procedures, all their editions united. The only place but read/query.c that makes SQL:
 * from checked names, every value bound. Definitions shape tables, never contents; a
 * field keeps its name and type for ever.
 *
 * A struct tables belongs to a snapshot of definitions and never changes; connections
 * prepare its texts as they need them.
 */
#pragma once

#include "register/field.h"
#include "store/db.h"

#define ABSENT_INT                                                                  \
	INT64_C(-9007199254740991)         /* an absent scalar in an integer column \
					    */
#define SEQ_OPEN INT64_C(9007199254740991) /* to_seq of what is known now */
#define DAY_OPEN INT64_C(2932897)          /* to_day of what has no end */

struct column {
	struct str field; /* id of the field */
	struct str name;  /* "f_..." */
	bool is_int;
	bool indexed; /* references are found through p_ref */
};

/* A place in a state or a version where references to subjects stand. */
struct reference {
	struct str field, column; /* column: of rows, else empty */
	struct str name;          /* "posts.holder", "penalty.parties.person" */
};

struct table {
	bool is_register;
	struct str family; /* id of the register or procedure */
	struct str name;   /* "e_units", "m_legal_review" */
	LIST(struct column) columns;
	LIST(struct reference) references;
	/* Texts for db_prepare. Parameters: log, subject, then as said in table.c. */
	struct str put, get, last, as_of, by_reference, by_parent, not_closed, handled,
	    handled_by_entry, dump, empty, others;
	struct str change;     /* put of a matter that keeps its place in every index */
	struct str dump_types; /* of the dump's columns: 'i' integer, 't' text */
};

struct tables {
	struct arena *arena;
	struct map registers, procedures; /* family → struct table */
	LIST(struct table *) all;         /* in the order of addition */
	struct str ddl;                   /* of everything, the p_ tables included */
	struct str disputed;              /* a field whose editions disagree */
};

/* Adds the fields of one register or one edition of a procedure to its table. */
void tables_add(struct tables *t, bool is_register, struct str family,
    const struct field_list *fields);

/* Makes the texts. ERR_INPUT when two editions disagree about a field's column. */
enum err tables_finish(struct cx *cx, struct tables *t) MUST_USE;

const struct table *table_of(const struct tables *t, struct str family); /* or NULL */
const struct column *column_find(const struct table *t, struct str field);
/* Of a field, or of what every matter has: stage, title, unit, parent, opened, due,
 * closed. */
bool table_column(const struct table *t, struct str name, struct column *out);

/* Makes the database's projections those of `t`, inside a transaction: when they already
 * are, *stale is false; otherwise they are dropped and made anew, empty, and *stale says
 * that they must be filled. */
enum err tables_bring(struct cx *cx, struct db *db, const struct tables *t, bool *stale)
    MUST_USE;

/* Empties the projections of one log, which will be filled. Where the store holds no
 * other log's, the tables are dropped and made anew. */
enum err tables_clear(
    struct cx *cx, struct db *db, const struct tables *t, struct str log) MUST_USE;

/* The version that has this text in a column and is in force on a day, as known now.
 * Parameters: log, text, day; columns as those of as_of. */
struct str table_by_field(struct arena *a, const struct table *t, const struct column *c);

/* Matters of the number block's table that hold one of the numbers of a kind of paper.
 * Parameters: log, kind of paper, what is printed before the number, first, last. */
struct str table_blocks(struct arena *a, const struct table *t);

/* "what" is "count", "sum:FIELD" or "latest:FIELD"; conditions a map of stored values,
 * its keys fields or stage, unit, parent, closed, and from, to: inclusive days of opening
 * (registers: of being in force). The text and its parameters; ERR_INPUT when a name is
 * not a column. */
struct db_args {
	struct db_arg *v;
	size_t n, cap;
};
enum err table_total(struct cx *cx, const struct table *t, struct str log,
    struct str what, const struct value *conditions, struct str *sql,
    struct db_args *args) MUST_USE;

/* The value of a scalar field as its column holds it. */
struct db_arg column_arg(bool is_int, const struct value *v);

/* The statements on the tables that every store has; parameters as said in table.c. */
enum table_stmt {
	TABLE_CLOCK_PUT,
	TABLE_CLOCK_DROP,
	TABLE_CLOCK_DUE,
	TABLE_CLOCK_OPEN,
	TABLE_CLOCK_FROM,
	TABLE_REF_PUT,
	TABLE_REF_DROP,
	TABLE_REF_FIND,
	TABLE_SERIES_PUT,
	TABLE_SERIES_GET,
	TABLE_SUBJECT_PUT,
	TABLE_SUBJECT_GET,
	TABLE_UNFILED_PUT,
	TABLE_UNFILED_DROP,
	TABLE_UNFILED,
	TABLE_STMT_COUNT_,
};
struct str table_text(enum table_stmt stmt);
/* Puts n references to one target in one field, none of which stands there yet.
 * Parameters: log, target, field, n subjects. */
struct str table_refs(struct arena *a, size_t n);

/* The i-th table of the projection for the dump: its name, the text that gives one log's
 * rows in the order of their keys, and the types of its columns, 'i' or 't'. false at the
 * end. */
bool table_dump(struct arena *a, const struct tables *t, size_t i, struct str *name,
    struct str *sql, struct str *types);
/* The same for emptying it of one log's rows. */
bool table_empty(struct arena *a, const struct tables *t, size_t i, struct str *sql);
