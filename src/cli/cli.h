/*
 * The subcommands of zhunsheng. Each takes what stands behind its own words on the
 * command line and returns the exit status: 0 done, 1 failed, 2 what was given cannot be
 * used. Results on stdout, everything else on stderr, in Chinese.
 */
#pragma once

#include "base/cx.h"

int cli_account_set(struct cx *cx, int argc, char **argv); /* account set LOGIN */
int cli_token_add(struct cx *cx, int argc, char **argv);   /* token add LOGIN */
int cli_token_list(struct cx *cx, int argc, char **argv);
int cli_token_end(struct cx *cx, int argc, char **argv);    /* token end ID */
int cli_api_describe(struct cx *cx, int argc, char **argv); /* api describe */
int cli_clock(struct cx *cx, int argc, char **argv);        /* clock DAY TERM */
int cli_plan_read(struct cx *cx, int argc, char **argv);    /* plan read FILE [--json] */
int cli_feel(struct cx *cx, int argc, char **argv); /* feel 'EXPR' [--context JSON] */
int cli_tck(struct cx *cx, int argc, char **argv);  /* tck DIR [--out FILE] */

/* cli/record.c: exit status 1 is damage found. */
int cli_record_verify(struct cx *cx, int argc, char **argv);
int cli_record_checkpoint(struct cx *cx, int argc, char **argv);
int cli_record_prove(struct cx *cx, int argc, char **argv);
int cli_record_check_proof(struct cx *cx, int argc, char **argv);
int cli_record_key(struct cx *cx, int argc, char **argv);
/* cli/copy.c, cli/backup.c, cli/restore.c */
int cli_backup(struct cx *cx, int argc, char **argv);  /* backup --store URL --to DIR */
int cli_restore(struct cx *cx, int argc, char **argv); /* restore --from DIR --to URL */
int cli_record_copy(struct cx *cx, int argc, char **argv);
int cli_record_export(struct cx *cx, int argc, char **argv); /* … --to FILE */
int cli_record_import(struct cx *cx, int argc, char **argv); /* … FILE --to URL */

int cli_plan_adopt(struct cx *cx, int argc, char **argv);   /* plan adopt FILE … */
int cli_run(struct cx *cx, int argc, char **argv);          /* run --data DIR … */
int cli_serve(struct cx *cx, int argc, char **argv);        /* serve --store URL … */
int cli_time_confirm(struct cx *cx, int argc, char **argv); /* time confirm --store URL */

int cli_law_check(struct cx *cx, int argc, char **argv);   /* law check [DIR] */
int cli_law_table(struct cx *cx, int argc, char **argv);   /* law table FILE … */
int cli_law_test(struct cx *cx, int argc, char **argv);    /* law test [DIR] [NAME] … */
int cli_coverage(struct cx *cx, int argc, char **argv);    /* coverage [--json] */
int cli_law_mutate(struct cx *cx, int argc, char **argv);  /* law mutate [DIR] */
int cli_law_publish(struct cx *cx, int argc, char **argv); /* law publish --store */
int cli_law_holiday(struct cx *cx, int argc, char **argv); /* law holiday --off DAYS … */
int cli_law_move(struct cx *cx, int argc, char **argv);    /* law move PROCEDURE … */
int cli_law_explain(struct cx *cx, int argc, char **argv); /* law explain NAME */
int cli_law_chart(struct cx *cx, int argc, char **argv);   /* law chart PROCEDURE … */
int cli_law_diff(struct cx *cx, int argc, char **argv);    /* law diff … */
int cli_law_schema(struct cx *cx, int argc, char **argv);  /* law schema [KIND] */
int cli_record_rebuild(struct cx *cx, int argc, char **argv); /* … --store [--check] */

/* The library of the installation, cli/statute.c. */
int cli_statute_import(struct cx *cx, int argc, char **argv); /* statute import FILE … */
int cli_statute_list(struct cx *cx, int argc, char **argv);
int cli_statute_show(struct cx *cx, int argc, char **argv); /* … NAME [ARTICLE] */
int cli_statute_diff(struct cx *cx, int argc, char **argv); /* … NAME DAY DAY */
int cli_statute_repeal(struct cx *cx, int argc, char **argv);
int cli_statute_rebuild(struct cx *cx, int argc, char **argv); /* … [--check] */
int cli_search_import(struct cx *cx, int argc, char **argv);   /* search import FILE */
int cli_search_rebuild(struct cx *cx, int argc, char **argv);  /* search rebuild */
