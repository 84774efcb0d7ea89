/*
 * Operations: what the interface answers to. One table of routes (routes.c) says which
 * address runs what; beside it one table says how each is described (describe.c), by the
 * same numbers, so that nothing is answered that is not described.
 */
#pragma once

#include "web/site.h"

enum api_op {
	API_DESCRIPTION,
	API_HEALTH,
	API_ME,
	API_REGISTERS,
	API_REGISTER,
	API_ENTRIES,
	API_ENTRY_ADD,
	API_ENTRY,
	API_ENTRY_PUT,
	API_ENTRY_END,
	API_ENTRY_DESTROY,
	API_ENTRY_HISTORY,
	API_ENTRY_FILE,
	API_PROCEDURES,
	API_PROCEDURE,
	API_MATTERS,
	API_MATTER_OPEN,
	API_MATTER,
	API_MATTER_DO,
	API_TIMELINE,
	API_MATTER_FILE,
	API_FILES,
	API_CLOCK,
	API_STATUTES,
	API_STATUTE,
	API_ARTICLE,
	API_SEARCH,
	API_RECORD,
	API_CHECKPOINT,
	API_PROOF,
	API_OPS_,
};

#define API_PREFIX "/api/v1"

extern const struct route_table api_routes;
extern const struct site_area api_area;

void api_description(struct exchange *x);
void api_health(struct exchange *x);
void api_me(struct exchange *x);
void api_registers(struct exchange *x);
void api_register(struct exchange *x);
void api_entries(struct exchange *x);
void api_entry_add(struct exchange *x);
void api_entry(struct exchange *x);
void api_entry_put(struct exchange *x);
void api_entry_end(struct exchange *x);
void api_entry_destroy(struct exchange *x);
void api_entry_history(struct exchange *x);
void api_procedures(struct exchange *x);
void api_procedure(struct exchange *x);
void api_matters(struct exchange *x);
void api_matter_open(struct exchange *x);
void api_matter(struct exchange *x);
void api_matter_do(struct exchange *x);
void api_timeline(struct exchange *x);
void api_files(struct exchange *x);
void api_clock(struct exchange *x);
void api_statutes(struct exchange *x);
void api_statute(struct exchange *x);
void api_article(struct exchange *x);
void api_search(struct exchange *x);
void api_record(struct exchange *x);
