/*
 * Uploads: every file of a form is judged before anything of it is kept
 * (intake/accept.h), whatever the page then does with it.
 */
#pragma once

#include "intake/accept.h"
#include "lang/value.h"
#include "web/exchange.h"

enum { UPLOAD_FILES_MAX = 50 }; /* files of a form; a round's returned tables have more */

/* The code of the refusal that field_file answers with a box to confirm. */
#define UPLOAD_ASKS_CODE S("form.internal")

/* The files posted under `field` (empty: under any): what is wrong with one stands beside
 * its input as a refusal. false: something was refused, nothing may be kept. */
bool uploads_judge(struct exchange *x, struct str field, size_t files_max);

/* Keeps it among the log's stored files, for an act that will cite it: a value of the
 * type `files` is a list of such { name digest size }. */
enum err upload_keep(struct exchange *x, const struct upload *u, struct value *out)
    MUST_USE;

/* One file; *why unless it is accepted. A person's confirmation (the form's `internal`)
 * has been asked already. */
enum accepted upload_judge(struct exchange *x, const struct upload *u, struct str *why);
void upload_refuse(
    struct exchange *x, const struct upload *u, enum accepted is, struct str why);
