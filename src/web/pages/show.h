/*
 * Showing: names, values and fields as people read them, from their definitions. Nothing
 * here decides who may see a field: `hidden` says which are left out.
 */
#pragma once

#include "web/component.h"
#include "web/layout.h"
#include "web/view.h"

struct procedure_def;

/* The name of a subject today; of one that has ended, its last; 系统 for the program. */
struct str show_name(struct view *v, struct str subject);
/* The page of a subject: "/unit/4", "/task/17", "/m/plans/3". */
struct str show_path(struct arena *a, struct str subject);
/* A subject's name that leads to its page. */
void show_link(struct html *h, struct view *v, struct str subject);

/* A value in one line of plain text, and as markup with links. Rows are show_rows. */
struct str show_text(struct view *v, const struct field *f, const struct value *value);
void show_value(
    struct html *h, struct view *v, const struct field *f, const struct value *value);
void show_rows(struct html *h, struct view *v, const struct field *f, struct str caption,
    const struct value *rows);

/* Whether this reader may have the files of the subject, as far as that does not depend
 * on the field they stand in. (file.c) */
bool file_may(struct view *v, struct str subject);

/* Where the field takes matters of several procedures: which one, with a colon behind it,
 * for a title alone does not tell. Else empty. */
struct str show_kind(struct view *v, const struct field *f, struct str subject);

/* All fields that have a value, in the definition's order, but those of `hidden` and
 * `but` (either may be NULL): first the single ones, then the tables. */
void show_fields(struct html *h, struct view *v, const struct field_list *fields,
    const struct value *values, const struct id_list *hidden, const struct id_list *but);

/* What stands where masked fields are left out. */
void show_masks(
    struct html *h, const struct procedure_def *p, const struct id_list *masks);

/* The definition a matter began under. NULL: not in this set. */
const struct procedure_def *show_procedure(
    const struct view *v, const struct value *state);
/* The list of its procedure's matters, as a step of the way back; empty without
 * one, and where the procedure has pages of its own. */
struct crumb show_list_crumb(struct arena *a, const struct procedure_def *p);
struct str show_stage(const struct procedure_def *p, const struct value *state);
/* "units/4" from a route's family and number; empty when they are none. */
struct str show_subject(struct exchange *x, size_t family, size_t number);
