/*
 * Uploads: every file of a form is judged before anything of it is kept
 * (intake/accept.h), whatever the page then does with it.
 */
#pragma once

#include "intake/accept.h"
#include "lang/value.h"
#include "web/exchange.h"

struct view;

enum { UPLOAD_FILES_MAX = 50 }; /* files of a form; a round's returned tables have more */

/* The code of the refusal that field_file answers with a box to confirm. */
#define UPLOAD_ASKS_CODE S("form.internal")

/* The files posted under `field` (empty: under any): what is wrong with one stands beside
 * its input as a refusal. false: something was refused, nothing may be kept. */
bool uploads_judge(struct exchange *x, struct str field, size_t files_max);

/* Keeps it among the log's stored files, for an act of this person that will cite it
 * within a day: a value of the type `files` is a list of such { name digest size }. */
enum err upload_keep(struct exchange *x, const struct upload *u, struct value *out)
    MUST_USE;

/* Whether the reader may cite a stored file: he brought it within a day, or it stands in
 * `held` already. A digest alone, which many may know, must not open what somebody else
 * brought, nor keep what is about to be swept. *size is its length. */
enum err upload_is_own(struct view *v, const struct value *held, struct str digest,
    bool *own, int64_t *size) MUST_USE;

/* One file; *why unless it is accepted. A person's confirmation (the form's `internal`)
 * has been asked already. */
enum accepted upload_judge(struct exchange *x, const struct upload *u, struct str *why);
void upload_refuse(
    struct exchange *x, const struct upload *u, enum accepted is, struct str why);
