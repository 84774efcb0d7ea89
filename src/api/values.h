/*
 * Values between JSON and the record, by their fields: a day is "2026-09-21" outside and
 * a day number inside, money is integer fen on both sides, a decimal is a text. What is
 * sealed is only said to be sealed, what is masked is left out.
 */
#pragma once

#include "api/reply.h"
#include "register/field.h"

/* { id: value … } of every field that has one, but those of `hidden` (may be NULL).
 * Subjects that are named go to `named` (may be NULL). */
struct subject_list {
	struct str *v;
	size_t n, cap;
};
void values_put(struct json *j, struct view *v, const struct field_list *fields,
    const struct value *values, const struct id_list *hidden, struct subject_list *named);
/* A member "names" { subject: name … }, each once. */
void names_put(struct json *j, struct view *v, const struct subject_list *named);

/* What was sent for one field, as stored: null clears it and comes out as the empty text.
 * Faults become refusals beside the field. A file must have been brought by this person
 * or stand in `current` already. */
enum err value_take(struct view *v, const struct field *f, const struct value *sent,
    const struct value *current, struct value *out) MUST_USE;
