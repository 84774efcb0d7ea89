/* The handlers that the table of routes (routes.c) names; each lives in a file of its own
 * name. */
#pragma once

#include "web/exchange.h"

void page_home(struct exchange *x);
void page_health(struct exchange *x);
void page_static(struct exchange *x);
void page_type(struct exchange *x);
void page_login(struct exchange *x);
void page_login_post(struct exchange *x);
void page_logout(struct exchange *x);
void page_clock(struct exchange *x);
void page_act(struct exchange *x);
void page_act_post(struct exchange *x);
void page_units(struct exchange *x);
void page_register(struct exchange *x);
void page_people(struct exchange *x);
void page_unit_confirm(struct exchange *x);
void page_powers(struct exchange *x);
void page_powers_post(struct exchange *x);
void page_account(struct exchange *x);
void page_account_post(struct exchange *x);
void page_account_close(struct exchange *x);
void page_task(struct exchange *x);
void page_file(struct exchange *x);
void page_matter(struct exchange *x);
void page_ledger(struct exchange *x);
void page_board(struct exchange *x);
void page_letters(struct exchange *x);
void page_letters_post(struct exchange *x);
void page_letters_sent(struct exchange *x);
void page_forms_asked(struct exchange *x);
void page_style(struct exchange *x);
void page_style_post(struct exchange *x);
void page_record(struct exchange *x);
void page_record_access(struct exchange *x);
void page_record_check(struct exchange *x);
void page_record_verify(struct exchange *x);
void page_record_sign(struct exchange *x);
void page_record_note(struct exchange *x);
void page_record_event(struct exchange *x);
void page_record_proof(struct exchange *x);
void page_plans(struct exchange *x);
void page_plan(struct exchange *x);
void page_import(struct exchange *x);
void page_import_post(struct exchange *x);
void page_import_review(struct exchange *x);
void page_import_review_post(struct exchange *x);
void page_import_tasks(struct exchange *x);
void page_import_json(struct exchange *x);
void page_import_names(struct exchange *x);
void page_import_names_post(struct exchange *x);
void page_import_confirm(struct exchange *x);
void page_import_confirm_post(struct exchange *x);
void page_ledger_xlsx(struct exchange *x);
void page_ledger_csv(struct exchange *x);
void page_ledger_docx(struct exchange *x);
void page_ledger_brief(struct exchange *x);
