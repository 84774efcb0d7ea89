/*
 * What happens to every request. The order matters: what costs nothing and refuses most
 * stands first, and no page runs before session, login and token have been looked at.
 */
#include "web/site.h"

#include <pthread.h>
#include <stdio.h>

#include "act/door.h"
#include "base/bug.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/meter.h"
#include "web/password.h"
#include "web/session.h"
#include "web/shelf.h"
#include "web/throttle.h"
#include "web/token.h"
#include "web/view.h"

static const struct route *
site_route(const struct site *site, struct exchange *x, bool *other_method)
{
	const struct route_table *table = site_is_area(x) ? &site->area->routes
							  : &site->routes;
	const struct route *r = route_find(
	    table, x->req.method, x->req.path, x->req.args, other_method);

	return r && r->style && !site->style ? NULL : r;
}

bool
site_is_area(const struct exchange *x)
{
	const struct site_area *area = x->site ? x->site->area : NULL;

	return area && str_starts(x->req.path, area->prefix);
}

/* ---- why not ---- */

static enum word
error_title(int status)
{
	switch (status) {
	case 400:
		return WORD_err_400;
	case 401:
		return WORD_err_401;
	case 403:
		return WORD_err_403;
	case 404:
		return WORD_err_404;
	case 405:
		return WORD_err_405;
	case 409:
		return WORD_err_409;
	case 413:
		return WORD_err_413;
	case 415:
		return WORD_err_415;
	case 422:
		return WORD_err_422;
	case 429:
		return WORD_err_429;
	case 431:
		return WORD_err_431;
	}
	return WORD_err_500;
}

static enum word
error_text(int status)
{
	switch (status) {
	case 400:
		return WORD_err_400_text;
	case 401:
		return WORD_err_401_text;
	case 403:
		return WORD_err_403_text;
	case 404:
		return WORD_err_404_text;
	case 405:
		return WORD_err_405_text;
	case 409:
		return WORD_err_409_text;
	case 413:
		return WORD_err_413_text;
	case 415:
		return WORD_err_415_text;
	case 422:
		return WORD_err_422_text;
	case 429:
		return WORD_err_429_text;
	case 431:
		return WORD_err_431_text;
	}
	return WORD_err_500_text;
}

struct str
error_name(int status)
{
	return word(error_title(status));
}

static void
error_page(struct exchange *x, int status, struct str text)
{
	if (site_is_area(x)) {
		x->site->area->refuse(x, status, text);
		return;
	}
	struct html *h = page_open(x, .title = error_name(status));

	error_summary(h);
	html(h, L("<p>"), T(text), L("</p>\n"));
	button_row_open(h);
	button_link(h, S("/"), W(back_home));
	button_row_close(h);
	page_close(x, h, status);
}

/* Who was turned away stands in the companion log, each person's first attempts of a
 * quarter of an hour: more would be that person's log to fill. A note that cannot be
 * written is no reason to say more than no. */
static void
refusal_note(struct exchange *x, struct str what)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static struct throttle noted;
	struct value more = value_map();
	bool enough;

	if (!x->session || !x->session->person.n || !x->site->door || !x->route)
		return;
	pthread_mutex_lock(&lock);
	enough = throttle_blocks(&noted, x->session->person, x->cx.now_ms);
	if (!enough)
		throttle_failed(&noted, x->session->person, x->cx.now_ms);
	pthread_mutex_unlock(&lock);
	if (enough)
		return;
	value_set_text(&x->arena, &more, "route", str_z(x->route->pattern));
	if (door_access(&x->cx, x->site->door, x->session->person, what,
		x->session->person, &more) != ERR_OK)
		fprintf(stderr, "refusal not noted: %.*s\n", STR_ARG(x->cx.why));
}

const struct calendar *
site_calendar(const struct site *site)
{
	const struct calendar *published = site->door ? door_defs(site->door)->calendar
						      : NULL;

	return published ? published : site->calendar;
}

void
respond_error(struct exchange *x, int status)
{
	if (status == 403)
		refusal_note(x, S("refused"));
	error_page(x, status, word(error_text(status)));
}

void
respond_missing(struct exchange *x, struct str why)
{
	error_page(x, 404, why);
}

void
respond_err(struct exchange *x, enum err err)
{
	switch (err) {
	case ERR_OK:
		bug("respond_err without an err");
	case ERR_NOT_FOUND:
		respond_error(x, 404);
		return;
	case ERR_REFUSED:
		respond_error(x, 403);
		return;
	case ERR_STALE:
		respond_error(x, 409);
		return;
	case ERR_INPUT:
		respond_error(x, 400);
		return;
	case ERR_STORE:
	case ERR_NEEDS:
		/* The pattern and not the path: addresses may name persons. */
		fprintf(stderr, "500 %s: %.*s\n", x->route ? x->route->pattern : "-",
		    STR_ARG(x->cx.why));
		respond_error(x, 500);
		return;
	}
}

/* ---- gates before a page ---- */

static void
headers_put(struct exchange *x)
{
	respond_header(x, S("Content-Security-Policy"),
	    S("default-src 'none'; style-src 'self'; script-src 'self'; connect-src "
	      "'self'; img-src 'self'; "
	      "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"));
	respond_header(x, S("X-Content-Type-Options"), S("nosniff"));
	respond_header(x, S("Referrer-Policy"), S("same-origin"));
	respond_header(x, S("Cross-Origin-Opener-Policy"), S("same-origin"));
	respond_header(x, S("Cross-Origin-Resource-Policy"), S("same-origin"));
	respond_header(x, S("Permissions-Policy"),
	    S("camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
	if (x->site->https)
		respond_header(x, S("Strict-Transport-Security"),
		    S("max-age=31536000; includeSubDomains"));
}

/* Whether another site made the browser send this. Browsers say so in Sec-Fetch-Site;
 * older ones at least give the Origin. What says neither is no browser and has no cookies
 * to abuse. */
static bool
is_foreign(const struct request *req)
{
	const struct str site = params_get(&req->headers, S("sec-fetch-site"));
	const struct str origin = params_get(&req->headers, S("origin"));
	const struct str host = params_get(&req->headers, S("host"));

	if (site.n)
		return !str_eq(site, S("same-origin")) && !str_eq(site, S("none"));
	if (!origin.n)
		return false;
	const size_t slashes = str_find(origin, S("://"), 0);
	return slashes == SIZE_MAX ||
	       !str_eq(str_sub(origin, slashes + 3, origin.n), host);
}

/* Over https the browser itself refuses a cookie of this name that another host of the
 * domain or a plain connection set. */
struct str
session_cookie(const struct exchange *x)
{
	return x->site->https ? S("__Host-session") : S("session");
}

struct str
session_token(const struct exchange *x)
{
	return params_get(&x->req.cookies, session_cookie(x));
}

/* A program names its token instead of a cookie, below the area only: a page that took
 * one would have no forms it could trust. */
static enum err
session_load(struct exchange *x)
{
	const struct str said = params_get(&x->req.headers, S("authorization"));
	struct session *session = NULL;

	if (said.n && site_is_area(x)) {
		if (x->site->tokens && str_starts(said, S("Bearer ")))
			TRY(token_find(&x->cx, x->site->tokens,
			    str_trim(str_sub(said, 7, said.n)), &session));
	} else if (x->site->sessions) {
		TRY(session_find(&x->cx, x->site->sessions, session_token(x), &session));
	}
	if (session && x->site->who)
		TRY(x->site->who(x, session));
	x->session = session;
	return ERR_OK;
}

int64_t
site_admit(void *self, struct exchange *x)
{
	const struct site *site = self;
	bool other_method;

	x->site = site;
	if (x->res.status)
		return 0;
	if (session_load(x) != ERR_OK) {
		x->res.status = 500;
		return 0;
	}
	x->route = site_route(site, x, &other_method);
	if (!x->route || !x->route->uploads || (!x->route->open && !x->session))
		return 0;
	/* Who is not known brings small files only. */
	return x->session || x->route->style ? UPLOAD_MAX : FORM_MAX;
}

static bool
is_write(const struct exchange *x)
{
	return x->req.method != HTTP_GET && x->req.method != HTTP_HEAD;
}

/* A browser sends its cookie with every request, also with one that another site made:
 * what changes something must say what only our own pages know. */
static bool
token_fits(const struct exchange *x)
{
	const struct session *s = x->session;
	const struct str said = site_is_area(x)
				    ? params_get(&x->req.headers, S("x-csrf-token"))
				    : form_get(x, S("csrf"));

	return s->by_token ? !s->reads_only : secret_eq(said, s->csrf);
}

/* RFC 9110: who is told that a method does not fit is told which do. */
static void
allow_put(struct exchange *x)
{
	static const struct {
		enum http_method method;
		const char *name;
	} methods[] = { { HTTP_GET, "GET, HEAD" }, { HTTP_POST, "POST" },
		{ HTTP_PUT, "PUT" }, { HTTP_DELETE, "DELETE" } };
	const struct route_table *table = site_is_area(x) ? &x->site->area->routes
							  : &x->site->routes;
	struct buf b = { .arena = &x->arena };
	struct str args[4];
	bool other;

	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		if (!route_find(table, methods[i].method, x->req.path, args, &other))
			continue;
		buf_put_z(&b, b.n ? ", " : "");
		buf_put_z(&b, methods[i].name);
	}
	respond_header(x, S("Allow"), buf_str(&b));
	respond_error(x, 405);
}

/* A form that was sent is lost with its session: that is said, and the way back is the
 * form. Logging out twice loses nothing. */
static void
ask_login(struct exchange *x)
{
	const bool sent = x->req.method == HTTP_POST;
	struct str args[4], to = x->req.target;
	bool other;

	if (sent)
		to = route_find(&x->site->routes, HTTP_GET, x->req.path, args, &other)
			 ? x->req.path
			 : S("");
	else if (str_eq(to, S("/")))
		to = S("");
	respond_redirect(x, url_query(&x->arena, S("/login"), { S("to"), to },
				{ S("lost"), sent && to.n ? S("1") : S("") }));
}

/* What comes before everything else: a password that nobody else knows, then the second
 * factor that the person's powers ask for. A program's token was given out instead. */
static bool
is_held_back(struct exchange *x)
{
	const struct session *s = x->session;

	if (!s || s->by_token || x->route->own || x->route->open ||
	    (!s->temporary && (!s->wants_factor || s->has_factor)))
		return false;
	if (site_is_area(x))
		respond_error(x, 403);
	else
		respond_redirect(x, s->temporary ? S("/me") : S("/me/factor"));
	return true;
}

/* Whether the account has asked for more than one account may; then it is told when to
 * come again. */
static bool
is_too_much(struct exchange *x)
{
	const struct session *s = x->session;
	const enum cost cost = x->route->cost   ? x->route->cost
			       : x->route->open ? 0
						: COST_PAGE;
	int64_t wait;

	if (!s || !cost || !x->site->allowance)
		return false;
	wait = allowance_take(x->site->allowance, s->login, cost, x->cx.now_ms);
	if (!wait)
		return false;
	refusal_note(x, S("limited"));
	respond_header(x, S("Retry-After"), str_fmt(&x->arena, "%lld", (long long)wait));
	respond_error(x, 429);
	return true;
}

static void
refuse_stranger(struct exchange *x)
{
	if (!site_is_area(x)) {
		ask_login(x);
		return;
	}
	respond_header(x, S("WWW-Authenticate"), S("Bearer"));
	respond_error(x, 401);
}

/* What costs nothing and refuses most; true: the route may run. */
static bool
is_in_order(struct exchange *x)
{
	bool other_method = false;

	if (x->res.status)
		respond_error(x, x->res.status);
	else if (x->req.bad.n)
		respond_error(x, 400);
	else if (x->req.method == HTTP_OTHER)
		allow_put(x);
	else if (is_write(x) && is_foreign(&x->req))
		error_page(x, 403, W(err_403_origin));
	else if (!(x->route = site_route(x->site, x, &other_method)) && other_method)
		allow_put(x);
	else if (!x->route)
		respond_error(x, 404);
	else if (!x->route->open && !x->session)
		refuse_stranger(x);
	else if (is_write(x) && x->session && !token_fits(x))
		respond_error(x, 403);
	else
		return !is_held_back(x) && !is_too_much(x);
	return false;
}

void
site_handle(void *self, struct exchange *x)
{
	x->site = self;
	if (view_kept(x))
		return;
	headers_put(x);
	if (is_in_order(x))
		x->route->run(x);
	if (x->shelf.n && x->res.headers.n == x->plain)
		shelf_keep(x->site->shelf, x, x->shelf);
}

void
site_sent(void *self, const struct exchange *x, int64_t took_us)
{
	const struct site *site = self;

	if (site->meter)
		meter_request(site->meter, x->res.status, took_us);
}
