/* Login and logout. What was wrong is said without saying which of the two it was. */
#include "act/door.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/session.h"
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

/* Who came in stands in the companion log before the first page is shown. */
static enum err
login_note(struct exchange *x, struct str token)
{
	struct session *session = NULL;

	if (!x->site->door)
		return ERR_OK;
	TRY(session_find(&x->cx, x->site->sessions, token, &session));
	if (!session)
		return fail(&x->cx, ERR_STORE, "session lost");
	return door_access(
	    &x->cx, x->site->door, session->person, S("login"), session->person, NULL);
}

void
page_login_post(struct exchange *x)
{
	const struct str login = str_trim(form_get(x, S("login")));
	const struct str to = way_back(form_get(x, S("to")));
	struct str token;

	if (!x->site->sessions) {
		respond_error(x, 404);
		return;
	}
	if (login.n == 0)
		form_refuse(x, S("login"), W(login_empty));
	if (form_get(x, S("password")).n == 0)
		form_refuse(x, S("password"), W(login_empty_pass));
	if (x->cx.refusals.n) {
		login_form(x, to, 422);
		return;
	}
	enum err err = session_login(&x->cx, x->site->sessions, x->req.peer, login,
	    form_get(x, S("password")), &token);
	if (err == ERR_REFUSED) {
		login_form(x, to, 403);
	} else if (err != ERR_OK) {
		respond_err(x, err);
	} else if ((err = login_note(x, token)) != ERR_OK) {
		respond_err(x, err);
	} else {
		respond_cookie(x, SESSION_COOKIE, token, 0);
		respond_redirect(x, to);
	}
}

void
page_logout(struct exchange *x)
{
	const enum err err = session_end(
	    &x->cx, x->site->sessions, params_get(&x->req.cookies, SESSION_COOKIE));

	if (err != ERR_OK) {
		respond_err(x, err);
		return;
	}
	respond_cookie(x, SESSION_COOKIE, S(""), -1);
	respond_redirect(x, S("/"));
}
