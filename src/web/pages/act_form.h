/*
 * The form of one act, made from its definition: what is asked, what stands in it, and
 * what was posted. act_form.c has the pages, act_input.c the inputs, act_take.c the way
 * back from what was typed to values as stored.
 */
#pragma once

#include "web/field.h"
#include "web/pages/show.h"

enum form_kind {
	FORM_ACTION,
	FORM_NEW,
	FORM_PUT,
	FORM_END,
	FORM_CORRECT,
	FORM_SETTLE,
	FORM_DESTROY
};

struct form_field {
	const struct field *field;
	bool optional;
	struct value among; /* what may be chosen (form_among); null: anything */
	bool is_fresh;      /* rows that each open a matter: those there have theirs */
	bool is_one;        /* rows of which only `row` is corrected */
	size_t row;
};

struct form {
	enum form_kind kind;
	struct str subject, family; /* subject: empty for a new one */
	struct str action, title, says, basis;
	LIST(struct form_field) fields;
	LIST(const struct field *)
	rows; /* FORM_CORRECT: each row has a form of its own */
	const struct procedure_def *procedure; /* or NULL */
	const struct register_def *reg;        /* or NULL */
	const struct action_def *def;          /* FORM_ACTION, FORM_NEW of a procedure */
	struct value state;                    /* of a matter; null otherwise */
	struct value current;                  /* fields as they are: what is shown */
	struct id_list hidden;                 /* masked for this reader */
	int64_t seq;                           /* of the subject's newest event */
	bool may_register;                     /* 登记 is offered */
};

/* What the act asks for; ERR_NOT_FOUND when there is no such act. */
enum err form_of_subject(
    struct view *v, struct str subject, struct str action, struct form *out) MUST_USE;
enum err form_of_new(
    struct view *v, struct str family, struct str action, struct form *out) MUST_USE;

/* The fields of the subject as its event number `seq` left them. */
enum err form_values_at(
    struct view *v, const struct form *f, int64_t seq, struct value *out) MUST_USE;

/* What may be chosen of each field, when the form holds `values`. */
enum err form_among(struct view *v, struct form *f, const struct value *values) MUST_USE;

/* One input, filled with `value` (null: empty) unless this page answers a post. */
void form_input(struct html *h, struct view *v, const struct form_field *f,
    const struct value *value);

/* What was posted, as a map of values; what was emptied is null, and so is an empty row.
 * Faults become refusals. Files are kept in the store on the way. */
enum err form_take(struct view *v, const struct form *f, struct value *out) MUST_USE;

/* The number of rows shown of a rows field: posted, or those there are and some more:
 * form_more, one where a row is a form of its own. */
size_t form_rows(const struct exchange *x, const struct field *f, struct str name,
    const struct value *value);
size_t form_more(const struct field *f);

/* ---- cited articles that are not there (act_cite.c) ----
 *
 * A warning, never a refusal: a text that cites one is shown once more with what is wrong
 * beside its field; sent again as it is, it goes in. */

/* Whether something is wrong that the page posted had not shown yet. */
bool form_cites_new(struct view *v, const struct form *f, const struct value *taken);
void form_cites_seen(
    struct html *h, struct view *v, const struct form *f, const struct value *taken);
void form_cites_put(
    struct html *h, struct view *v, const struct field *field, const struct value *value);

/* ---- one row of many (act_row.c) ---- */

/* "FIELD.N" of the address, kept in the form; empty when no row is asked for. */
struct str form_row_asked(const struct exchange *x);
bool form_row_is(struct str asked, const struct field *field, size_t *row);
/* The rows that may be corrected, each a link to its own form. */
void form_rows_links(struct html *h, struct view *v, const struct form *f);
/* All rows as they are by now, with the one that was posted; nothing when it stayed. */
void form_row_merge(struct view *v, const struct form *f, const struct form_field *ff,
    const struct value *posted, const struct value *shown, struct value *out);
