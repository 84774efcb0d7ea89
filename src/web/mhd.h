/*
 * The HTTP server: libmicrohttpd with epoll and a pool of threads, behind two functions
 * of the application. It hands over finished requests and sends finished responses.
 *
 * Limits: head HEAD_MAX, forms FORM_MAX, uploads UPLOAD_MAX, 30 s of silence,
 * SERVER_PER_PEER connections from one address. What a limit refuses is answered by the
 * application too, so that every page speaks the same language: it sees res.status
 * already set (413, 431).
 */
#pragma once

#include "base/cx.h"
#include "web/exchange.h"

struct server;

/* A response made once and sent many times: bytes and headers are copied, with the body
 * or as the 304 that stands for it. Whoever puts one into a response holds it for the
 * server; the last who drops it frees it. From any thread. */
struct ready;
/* NULL: no memory. */
struct ready *ready_make(const struct response *res, bool with_body);
void ready_hold(struct ready *r);
void ready_drop(struct ready *r); /* NULL is fine */

enum { SERVER_PER_PEER = 64, SERVER_CONNECTIONS = 1000 };

struct server_options {
	struct str address;  /* numeric, e.g. 127.0.0.1 */
	int port, port_last; /* the first free one of these; 0 and 0 = any */
	int threads;
	bool proxied; /* behind a proxy: peers are named by X-Forwarded-For, and share one
		       */
	struct str upload_folder; /* exists; files being uploaded */
	int64_t offset_ms;        /* added to the clock: a demonstration's day */
	const struct entropy *entropy;

	/* How many bytes of files this request may bring: 0 for none. Called when the
	 * head is there and before the body; x->req has method, path, query, cookies,
	 * headers, peer. */
	int64_t (*admit)(void *self, struct exchange *x);
	/* Makes the response, or parks the exchange. Called on a thread of the pool. */
	void (*handle)(void *self, struct exchange *x);
	/* The response is on its way; microseconds since the head was read. NULL: nobody
	 * counts. */
	void (*sent)(void *self, const struct exchange *x, int64_t took_us);
	void *self;
};

/* ERR_INPUT: the address cannot be used or no port is free. */
enum err server_start(
    struct cx *cx, const struct server_options *options, struct server **out) MUST_USE;
int server_port(const struct server *s);

/* The clock that requests see. */
int64_t server_now(const struct server *s);

/* A clock that nobody sets, for who watches the other one. */
int64_t server_monotonic_ms(void);

/* Takes no new connections, waits for parked exchanges to be resumed, and ends. */
void server_stop(struct server *s);

/* See exchange.h: from web_park on, x belongs to who will call web_resume; after that
 * call it belongs to the server again. */
void web_park(struct exchange *x, void (*then)(struct exchange *x));
void web_resume(struct exchange *x);
