/*
 * The site: what lives as long as the process and what happens to every request, in
 * order: limits, origin, session, route, login, token, page. Pages reach it as x->site.
 */
#pragma once

#include "web/exchange.h"
#include "web/route.h"

struct calendar;
struct door;

/* Addresses below a prefix that answer programs instead of people (api/): the same gates
 * before a page, other words for "no". */
struct site_area {
	struct str prefix; /* "/api/" */
	struct route_table routes;
	/* Answers with why not; cx.refusals and cx.why may say more. */
	void (*refuse)(struct exchange *x, int status, struct str text);
};

struct site {
	struct route_table routes;
	const struct site_area *area; /* NULL: pages only */
	struct str place;  /* whose site this is: 某某县, shown in the head */
	int64_t offset_ms; /* not 0: every page shows 演示日期 */
	bool https; /* reached through a proxy that speaks https: cookies are Secure */
	bool style; /* shows /style, the page of all components */
	const struct calendar *calendar; /* while nothing is published; NULL: none */
	struct pool *pool;               /* readers of the store (pool.h) */
	struct door *door;               /* the way to change anything; NULL: none */
	/* Fills in the session's name and unit from its person; NULL: the login is shown.
	 */
	enum err (*who)(struct exchange *x, struct session *session);
	struct sessions *sessions;   /* NULL: nobody can log in (session.h) */
	struct drafts *drafts;       /* unfinished imports (draft.h); with sessions */
	struct tokens *tokens;       /* NULL: no program may log in (token.h) */
	struct allowance *allowance; /* how much an account may ask; NULL: any amount */
	struct shelf *shelf;         /* public pages already made; NULL: none kept */
	struct meter *meter; /* what is counted while the process lives (meter.h) */
};

/* Both belong to struct server_options; self is the struct site. */
int64_t site_admit(void *self, struct exchange *x);
void site_handle(void *self, struct exchange *x);
void site_sent(void *self, const struct exchange *x, int64_t took_us);

/* Whether this request is one of a program, answered in the area's words. */
bool site_is_area(const struct exchange *x);

/* The name of the session's cookie, and what this request brought under it. */
struct str session_cookie(const struct exchange *x);
struct str session_token(const struct exchange *x);

/* Of the published notices, which matters are counted by; before there are any, the one
 * that came with the program. NULL: none. */
const struct calendar *site_calendar(const struct site *site);

/* A page that says why not, in plain Chinese. */
void respond_error(struct exchange *x, int status);

/* 404 with what has become of the page, where that is known. */
void respond_missing(struct exchange *x, struct str why);

/* What that status is called: 没有找到这一页. */
struct str error_name(int status);

/* The same for an enum err of the reader or the door: NOT_FOUND 404, INPUT 400, STALE
 * 409, REFUSED 403 with its refusals, else 500 and one line of log. */
void respond_err(struct exchange *x, enum err err);

/* The table of web/pages/routes.c. */
extern const struct route_table site_routes;
