/*
 * Exchange: one request and its response. The server (web/mhd.c) fills the request and
 * sends the response; handlers see nothing of HTTP libraries. Everything in it lives in
 * its arena and dies with it, after the response has left.
 *
 * A handler that hands work to another thread parks the exchange:
 *
 *     web_park(x, task_done);     from here on x belongs to the other thread
 *     door_submit(door, x, act);  which sets x->result and calls web_resume(x);
 *     return;                     task_done(x) then runs on a web thread and responds
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/cx.h"
#include "base/list.h"
#include "base/str.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_DELETE, HTTP_OTHER };

struct param {
	struct str name, value;
};

struct params { /* in the order given; a name may come several times */
	struct param *v;
	size_t n, cap;
};

/* A file of a multipart form, already on disk; removed with the exchange unless moved. */
struct upload {
	struct str name;     /* of the field */
	struct str filename; /* as the sender calls it: its last part, UTF-8, never a path
				of ours */
	struct str path;
	int64_t size;
};

struct request {
	enum http_method method;
	struct str target; /* path and query as sent: the way back to this very page */
	struct str path;   /* decoded, UTF-8, begins with '/' */
	struct str peer;   /* address without port */
	struct params query, form, cookies, headers;
	LIST(struct upload) files;
	struct str body; /* of a type that is not a form, at most FORM_MAX bytes */
	bool over_limit; /* the body was larger than admitted and has been thrown away */
	struct str bad;  /* why the form could not be read, or empty */
	struct str args[4]; /* what stands for {…} in the route's pattern */
};

struct response {
	int status;            /* 0 = nothing said yet */
	struct str type;       /* of the content, with charset */
	struct str body;       /* in the exchange's arena, or static */
	struct ready *ready;   /* made before (mhd.h): sent instead of all that follows */
	struct str file;       /* a path served instead of body; removed after sending */
	bool keep_file;        /* … unless it is not the exchange's own */
	struct str cache;      /* Cache-Control; empty = no-store */
	struct params headers; /* also Set-Cookie */
};

enum { HEAD_MAX = 16 << 10, FORM_MAX = 1 << 20, UPLOAD_MAX = 64 << 20 };

struct route;
struct session;
struct site;

struct exchange {
	struct arena arena;
	struct cx cx; /* cx.arena is &arena */
	struct request req;
	struct response res;
	const struct site *site;       /* set by the site when it handles the request */
	const struct route *route;     /* NULL when no route fits */
	const struct session *session; /* NULL when nobody is logged in */
	struct view *view; /* of the page being made (web/view.h); else NULL */
	void *result;      /* left by who resumes it */
	struct str shelf;  /* what the page is kept under (shelf.h); empty: nowhere */
	/* When it came, for pages that are kept; NULL: the store cannot say (shelf.h). */
	const struct shelf_moment *moment;
	size_t plain; /* headers it had then: one that says more is not kept */
	void (*then)(struct exchange *x); /* set by web_park */
	void *server;                     /* web/mhd.c's own */
};

/* The first value of that name, or the empty text; params_has tells them apart. Names of
 * headers are given in lower case. */
struct str params_get(const struct params *ps, struct str name);
bool params_has(const struct params *ps, struct str name);
bool params_has_value(const struct params *ps, struct str name, struct str value);
void params_add(struct arena *a, struct params *ps, struct str name, struct str value);

/* Shorthands for handlers: a field of the form, of the query; argument i of the route. */
struct str form_get(const struct exchange *x, struct str name);
struct str query_get(const struct exchange *x, struct str name);
const struct upload *upload_find(const struct exchange *x, struct str field);

/* What the page itself finds wrong with an input, as the door would say it: beside the
 * field and on top of the page. The field may be empty. */
void form_refuse(struct exchange *x, struct str field, struct str message);

/* ---- responses ---- */

void respond(struct exchange *x, int status, struct str type, struct str body);
/* 303, so that a reload never repeats a form. The path is our own (begins with one '/').
 */
void respond_redirect(struct exchange *x, struct str path);
/* A download: `name` is offered to the user, in UTF-8. */
void respond_download(
    struct exchange *x, struct str type, struct str name, struct str body);
void respond_header(struct exchange *x, struct str name, struct str value);
/* max_age in seconds; 0 = until the browser closes, negative = forget it. */
void respond_cookie(
    struct exchange *x, struct str name, struct str value, int64_t max_age);

/* "/ledger?unit=%E5%8F%B8" from a path and pairs; pairs with an empty value are left out.
 */
struct str url_with(
    struct arena *a, struct str path, const struct param *pairs, size_t n);
#define url_query(a, path, ...)                                      \
	url_with((a), (path), (const struct param[]){ __VA_ARGS__ }, \
	    sizeof((const struct param[]){ __VA_ARGS__ }) / sizeof(struct param))

/* Whether s is a path of our own: "/…", not "//…", without control characters. */
bool path_is_own(struct str s);
