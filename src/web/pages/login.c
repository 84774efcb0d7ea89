/* Login, the code of the second factor, logout. What was wrong is said without saying
 * which of the two it was. Who came in and who failed stands in the companion log before
 * the answer leaves; what was typed as a login never does, it might be a password. */
#include "act/door.h"
#include "web/component.h"
#include "web/factor.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/word.h"

static struct str
way_back(struct str path)
{
	return path_is_own(path) ? path : S("/");
}

static void
login_form(struct exchange *x, struct str to, int status)
{
	struct html *h = page_open(x, .title = W(login_title));

	error_summary(h);
	if (query_get(x, S("lost")).n) {
		notice_open(h, TONE_WARN, W(login_lost));
		html(h, L("<p>"), T(W(login_lost_text)), L("</p>\n"));
		notice_close(h);
	}
	form_open(h, S("/login"));
	field_hidden(h, S("to"), to);
	field_text(
	    h, .name = S("login"), .label = W(login_name), .autocomplete = S("username"));
	field_password(h, .name = S("password"), .label = W(login_password),
	    .autocomplete = S("current-password"));
	button_row_open(h);
	button_primary(h, W(login));
	button_row_close(h);
	form_close(h);
	html(h, L("<p class=\"hint\">"), T(W(login_help)), L("</p>\n"));
	page_close(x, h, status);
}

void
page_login(struct exchange *x)
{
	const struct str to = way_back(query_get(x, S("to")));

	if (x->session)
		respond_redirect(x, to);
	else if (x->site->sessions)
		login_form(x, to, 200);
	else
		respond_error(x, 404);
}

static enum err
note(struct exchange *x, const char *what, struct str person)
{
	if (!x->site->door || !person.n)
		return ERR_OK;
	return door_access(&x->cx, x->site->door, person, str_z(what), person, NULL);
}

static void
let_in(struct exchange *x, const struct login *login, const char *what, struct str to)
{
	const enum err err = note(x, what, login->person);

	if (err != ERR_OK) {
		respond_err(x, err);
		return;
	}
	respond_cookie(x, session_cookie(x), login->token, 0);
	respond_redirect(x, to);
}

/* Refused: the first failures and the one that locked the account are noted, those that
 * the lock turns away are not, or the log would be the attacker's to fill. */
static enum err
failure_note(struct exchange *x, const struct login *login)
{
	return note(x, login->locked ? "locked" : "login-failed", login->person);
}

void
page_login_post(struct exchange *x)
{
	const struct str name = str_trim(form_get(x, S("login")));
	const struct str to = way_back(form_get(x, S("to")));
	struct login login;
	enum err err;

	if (!x->site->sessions) {
		respond_error(x, 404);
		return;
	}
	if (name.n == 0)
		form_refuse(x, S("login"), W(login_empty));
	if (form_get(x, S("password")).n == 0)
		form_refuse(x, S("password"), W(login_empty_pass));
	if (x->cx.refusals.n) {
		login_form(x, to, 422);
		return;
	}
	err = session_login(&x->cx, x->site->sessions, x->req.peer, name,
	    form_get(x, S("password")), &login);
	if (err == ERR_REFUSED && (err = failure_note(x, &login)) == ERR_OK) {
		login_form(x, to, 403);
	} else if (err != ERR_OK) {
		respond_err(x, err);
	} else if (login.pending) {
		respond_cookie(x, PENDING_COOKIE, login.token, 0);
		respond_redirect(
		    x, url_query(&x->arena, S("/login/code"), { S("to"), to }));
	} else {
		let_in(x, &login, "login", to);
	}
}

/* ---- the second factor ---- */

static void
code_form(struct exchange *x, struct str to, int status)
{
	struct html *h = page_open(x, .title = W(login_code_title));

	error_summary(h);
	form_open(h, S("/login/code"));
	field_hidden(h, S("to"), to);
	field_text(h, .name = S("code"), .label = W(login_code),
	    .hint = W(login_code_hint), .autocomplete = S("one-time-code"),
	    .narrow = true);
	button_row_open(h);
	button_primary(h, W(login));
	button_row_close(h);
	form_close(h);
	page_close(x, h, status);
}

void
page_code(struct exchange *x)
{
	const struct str to = way_back(query_get(x, S("to")));

	if (x->session)
		respond_redirect(x, to);
	else if (!params_has(&x->req.cookies, PENDING_COOKIE))
		respond_redirect(x, url_query(&x->arena, S("/login"), { S("to"), to }));
	else
		code_form(x, to, 200);
}

void
page_code_post(struct exchange *x)
{
	const struct str to = way_back(form_get(x, S("to")));
	enum factor_used used;
	struct login login;
	enum err err;

	if (!x->site->sessions) {
		respond_error(x, 404);
		return;
	}
	err = session_code(&x->cx, x->site->sessions,
	    params_get(&x->req.cookies, PENDING_COOKIE), form_get(x, S("code")),
	    x->cx.now_ms - x->site->offset_ms, &login, &used);
	if (err == ERR_NOT_FOUND) {
		form_refuse(x, S(""), W(login_code_ended));
		login_form(x, to, 403);
	} else if (err == ERR_REFUSED && (err = failure_note(x, &login)) == ERR_OK) {
		code_form(x, to, 403);
	} else if (err != ERR_OK) {
		respond_err(x, err);
	} else {
		respond_cookie(x, PENDING_COOKIE, S(""), -1);
		let_in(x, &login, used == FACTOR_RECOVERY ? "recovery" : "login", to);
	}
}

void
page_logout(struct exchange *x)
{
	enum err err = note(x, "logout", x->session->person);

	if (err == ERR_OK)
		err = session_end(&x->cx, x->site->sessions, session_token(x));
	if (err != ERR_OK) {
		respond_err(x, err);
		return;
	}
	respond_cookie(x, session_cookie(x), S(""), -1);
	respond_header(x, S("Clear-Site-Data"), S("\"cache\", \"storage\""));
	respond_redirect(x, S("/"));
}
