/* The table of routes: what the site answers to. Literals stand before placeholders. */
#include "web/pages/page.h"
#include "web/site.h"

static const struct route table[] = {
	{ HTTP_GET, "/", page_home, WORD_home, .open = true, .nav = true },
	{ HTTP_GET, "/login", page_login, WORD_login_title, .open = true },
	{ HTTP_POST, "/login", page_login_post, WORD_login_title, .open = true },
	{ HTTP_POST, "/logout", page_logout, .title = WORD_logout },
	{ HTTP_GET, "/type", page_type, WORD_NONE, .open = true },
	{ HTTP_GET, "/static/{name}", page_static, WORD_NONE, .open = true },
	{ HTTP_GET, "/health", page_health, WORD_NONE, .open = true },
	{ HTTP_GET, "/ledger", page_ledger, WORD_ledger, .nav = true },
	{ HTTP_GET, "/clock", page_clock, .title = WORD_clock, .open = true,
	    .nav = true },
	{ HTTP_GET, "/ledger.xlsx", page_ledger_xlsx, .title = WORD_ledger },
	{ HTTP_GET, "/ledger.csv", page_ledger_csv, .title = WORD_ledger },
	{ HTTP_GET, "/ledger.docx", page_ledger_docx, .title = WORD_ledger },
	{ HTTP_GET, "/ledger/brief.docx", page_ledger_brief, .title = WORD_ledger },
	{ HTTP_GET, "/open", page_open_list, .title = WORD_open, .open = true },
	{ HTTP_GET, "/open/verify", page_open_verify, .title = WORD_open, .open = true },
	{ HTTP_POST, "/open/verify", page_open_verify_post, .title = WORD_open,
	    .open = true, .uploads = true },
	{ HTTP_GET, "/open/{plan}", page_open_plan, .title = WORD_open, .open = true },
	{ HTTP_GET, "/publish", page_publish, .title = WORD_publish },
	{ HTTP_GET, "/publish/{plan}", page_publish_one, .title = WORD_publish },
	{ HTTP_POST, "/publish/{plan}", page_publish_post, .title = WORD_publish },
	{ HTTP_GET, "/record", page_record, .title = WORD_record, .nav = true },
	{ HTTP_GET, "/record/access", page_record_access, .title = WORD_record },
	{ HTTP_GET, "/record/check", page_record_check, .title = WORD_record },
	{ HTTP_GET, "/record/checkpoint.txt", page_record_note, .title = WORD_record },
	{ HTTP_POST, "/record/verify", page_record_verify, .title = WORD_record },
	{ HTTP_POST, "/record/sign", page_record_sign, .title = WORD_record },
	{ HTTP_GET, "/record/{seq}", page_record_event, .title = WORD_record },
	{ HTTP_GET, "/record/{seq}/proof", page_record_proof, .title = WORD_record },
	{ HTTP_GET, "/style", page_style, WORD_style, .open = true, .nav = true,
	    .style = true },
	{ HTTP_POST, "/style", page_style_post, WORD_style, .open = true, .uploads = true,
	    .style = true },
};

const struct route_table site_routes = { table, sizeof table / sizeof *table };
