/*
 * The targets themselves: each takes one input and answers NULL when all is well, else
 * which promise is broken. What is read must not only be survived: it is held against
 * what it was read from.
 */
#pragma once

#include "base/cx.h"
#include "base/str.h"

typedef const char *run_fn(struct cx *cx, struct str input);

run_fn run_yaml, run_feel, run_canon, run_xml, run_term; /* run_lang.c */
run_fn run_law, run_dmn;                                 /* run_law.c */
run_fn run_form, run_multipart, run_target, run_json;    /* run_web.c */
run_fn run_plan, run_statute, run_citation, run_query;   /* run_text.c */
run_fn run_diff;                                         /* run_text.c */
run_fn run_csv, run_sheet, run_xlsx, run_word, run_zip;  /* run_sheet.c */
run_fn run_docx, run_table;                              /* run_out.c */
run_fn run_proof, run_checkpoints, run_verifier;         /* run_record.c */
