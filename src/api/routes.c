/* Which address runs what. Literals stand before placeholders. */
#include "api/operation.h"
#include "api/reply.h"
#include "web/pages/page.h"

#define REGISTER API_PREFIX "/registers/{register}"
#define PROCEDURE API_PREFIX "/procedures/{procedure}"

static const struct route table[] = {
	[API_DESCRIPTION] = { HTTP_GET, API_PREFIX "/openapi.json", api_description,
	    .open = true },
	[API_HEALTH] = { HTTP_GET, API_PREFIX "/health", api_health, .open = true },
	[API_ME] = { HTTP_GET, API_PREFIX "/me", api_me },
	[API_REGISTERS] = { HTTP_GET, API_PREFIX "/registers", api_registers },
	[API_REGISTER] = { HTTP_GET, REGISTER, api_register },
	[API_ENTRIES] = { HTTP_GET, REGISTER "/entries", api_entries,
	    .cost = COST_SEARCH },
	[API_ENTRY_ADD] = { HTTP_POST, REGISTER "/entries", api_entry_add },
	[API_ENTRY] = { HTTP_GET, REGISTER "/entries/{n}", api_entry },
	[API_ENTRY_PUT] = { HTTP_PUT, REGISTER "/entries/{n}", api_entry_put },
	[API_ENTRY_END] = { HTTP_POST, REGISTER "/entries/{n}/end", api_entry_end },
	[API_ENTRY_DESTROY] = { HTTP_POST, REGISTER "/entries/{n}/destroy",
	    api_entry_destroy },
	[API_ENTRY_HISTORY] = { HTTP_GET, REGISTER "/entries/{n}/history",
	    api_entry_history },
	[API_ENTRY_FILE] = { HTTP_GET, REGISTER "/entries/{n}/files/{digest}",
	    page_file },
	[API_PROCEDURES] = { HTTP_GET, API_PREFIX "/procedures", api_procedures },
	[API_PROCEDURE] = { HTTP_GET, PROCEDURE, api_procedure },
	[API_MATTERS] = { HTTP_GET, PROCEDURE "/matters", api_matters,
	    .cost = COST_SEARCH },
	[API_MATTER_OPEN] = { HTTP_POST, PROCEDURE "/open/{action}", api_matter_open },
	[API_MATTER] = { HTTP_GET, PROCEDURE "/matters/{n}", api_matter },
	[API_MATTER_DO] = { HTTP_POST, PROCEDURE "/matters/{n}/do/{action}",
	    api_matter_do },
	[API_TIMELINE] = { HTTP_GET, PROCEDURE "/matters/{n}/timeline", api_timeline },
	[API_MATTER_FILE] = { HTTP_GET, PROCEDURE "/matters/{n}/files/{digest}",
	    page_file },
	[API_FILES] = { HTTP_POST, API_PREFIX "/files", api_files, .uploads = true },
	[API_CLOCK] = { HTTP_GET, API_PREFIX "/clock", api_clock, .open = true },
	[API_STATUTES] = { HTTP_GET, API_PREFIX "/statutes", api_statutes, .open = true },
	[API_STATUTE] = { HTTP_GET, API_PREFIX "/statutes/{name}", api_statute,
	    .open = true },
	[API_ARTICLE] = { HTTP_GET, API_PREFIX "/statutes/{name}/articles/{article}",
	    api_article, .open = true },
	[API_SEARCH] = { HTTP_GET, API_PREFIX "/search", api_search, .open = true,
	    .cost = COST_SEARCH },
	[API_RECORD] = { HTTP_GET, API_PREFIX "/record", api_record,
	    .cost = COST_SEARCH },
	[API_CHECKPOINT] = { HTTP_GET, API_PREFIX "/record/checkpoint",
	    page_record_note },
	[API_PROOF] = { HTTP_GET, API_PREFIX "/record/{seq}/proof", page_record_proof },
};
_Static_assert(sizeof table / sizeof *table == API_OPS_, "each operation has a route");

const struct route_table api_routes = { table, API_OPS_ };
const struct site_area api_area = {
	.prefix = S("/api/"), .routes = { table, API_OPS_ }, .refuse = reply_refuse
};
