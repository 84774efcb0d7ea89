/*
 * libmicrohttpd calls one function several times for one request: first with the head,
 * then with pieces of the body, last with nothing. All of that stays here. Two traps:
 *
 * - A response queued in the first call closes the connection (and is five times slower),
 * so the first call only makes the exchange; but a body that is announced as absurdly
 * large is refused there, because then closing is what we want.
 * - A response cannot be queued between the pieces of a body, so what is too large or not
 *   wanted is read and thrown away, and answered at the end.
 */
#include "web/mhd.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/bug.h"
#include "web/form.h"
#include "web/listen.h"
#include "web/multipart.h"
#include "web/word.h"

enum { POOL_BYTES = 64 << 10, DRAIN_MAX = 256 << 20, TIMEOUT_S = 30 };

struct server {
	struct arena arena;
	struct server_options options;
	struct MHD_Daemon *daemon;
	int port;
	pthread_mutex_t lock;
	pthread_cond_t idle;
	int busy; /* exchanges between their dispatch and their response */
	bool stopping;
};

enum body_kind { BODY_NONE, BODY_FORM, BODY_MULTIPART, BODY_OTHER };

/* What the server knows of an exchange beyond what the application sees. */
struct call {
	struct exchange x;
	struct server *server;
	struct MHD_Connection *connection;
	bool begun, busy, parked, resumed;
	enum body_kind kind;
	struct buf body;
	struct multipart *multipart;
	enum err failed;  /* of reading the body */
	int64_t received; /* bytes of the body */
	int64_t begun_us; /* when the head was there */
};

static int64_t
wall_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t
monotonic_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- reading the head ---- */

static enum http_method
method_find(const char *method)
{
	static const struct {
		const char *name;
		enum http_method method;
	} known[] = {
		{ "GET", HTTP_GET },
		{ "HEAD", HTTP_HEAD },
		{ "POST", HTTP_POST },
		{ "PUT", HTTP_PUT },
		{ "DELETE", HTTP_DELETE },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(method, known[i].name) == 0)
			return known[i].method;
	return HTTP_OTHER;
}

static enum MHD_Result
header_take(void *self, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct call *c = self;
	struct arena *a = &c->x.arena;
	char *lower = arena_copy(a, name, strlen(name));

	(void)kind;
	for (char *p = lower; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	params_add(a, &c->x.req.headers, str_z(lower), str_copy(a, str_z(value)));
	if (strcmp(lower, "cookie") == 0)
		cookies_parse(a, str_copy(a, str_z(value)), &c->x.req.cookies);
	return MHD_YES;
}

static struct str
peer_name(struct call *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    c->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char name[64];

	if (!info || getnameinfo(info->client_addr, sizeof(struct sockaddr_storage), name,
			 sizeof name, NULL, 0, NI_NUMERICHOST) != 0)
		return S("");
	return str_copy(&c->x.arena, str_z(name));
}

static enum body_kind
body_kind_of(const struct request *req)
{
	const struct str type = params_get(&req->headers, S("content-type"));

	if (str_starts(type, S("application/x-www-form-urlencoded")))
		return BODY_FORM;
	if (str_starts(type, S("multipart/form-data")))
		return BODY_MULTIPART;
	return type.n ? BODY_OTHER : BODY_NONE;
}

/* What our own proxy has appended: the last address. Those before it are the sender's
 * word. */
static struct str
forwarded_peer(const struct request *req)
{
	const struct str list = params_get(&req->headers, S("x-forwarded-for"));
	const size_t comma = str_rfind(list, S(","));
	const struct str last = str_trim(
	    str_sub(list, comma == SIZE_MAX ? 0 : comma + 1, list.n));

	return last.n ? last : req->peer;
}

static void
head_read(struct call *c, const char *method)
{
	struct exchange *x = &c->x;
	size_t head = 0, hosts = 0;

	x->req.method = method_find(method);
	x->req.peer = peer_name(c);
	MHD_get_connection_values(c->connection, MHD_HEADER_KIND, header_take, c);
	for (size_t i = 0; i < x->req.headers.n; i++) {
		head += x->req.headers.v[i].name.n + x->req.headers.v[i].value.n + 4;
		hosts += str_eq(x->req.headers.v[i].name, S("host"));
	}
	if (head > HEAD_MAX)
		x->res.status = 431;
	else if (hosts >
		 1) /* RFC 9112 3.2: nobody knows which of them a proxy believed */
		x->res.status = 400;
	if (c->server->options.proxied)
		x->req.peer = forwarded_peer(&x->req);
	c->kind = body_kind_of(&x->req);
	c->body = (struct buf){ .arena = &x->arena, .limit = FORM_MAX };
	const int64_t files_max = c->server->options.admit(c->server->options.self, x);
	if (c->kind == BODY_MULTIPART)
		c->failed = multipart_begin(&x->cx,
		    params_get(&x->req.headers, S("content-type")),
		    c->server->options.upload_folder, files_max, &x->req, &c->multipart);
}

/* ---- reading the body ---- */

static void
body_put(struct call *c, struct str bytes)
{
	c->received += (int64_t)bytes.n;
	if (c->failed != ERR_OK || c->x.req.over_limit || c->x.res.status)
		return; /* thrown away: the answer is known */
	if (c->kind == BODY_MULTIPART) {
		c->failed = multipart_put(&c->x.cx, c->multipart, bytes);
		return;
	}
	if (c->received > FORM_MAX)
		c->x.req.over_limit = true;
	else
		buf_put(&c->body, bytes);
}

static void
body_end(struct call *c)
{
	struct request *req = &c->x.req;

	if (c->failed == ERR_OK && !req->over_limit && !c->x.res.status) {
		switch (c->kind) {
		case BODY_FORM:
			c->failed = form_parse(&c->x.cx, buf_str(&c->body), &req->form);
			break;
		case BODY_MULTIPART:
			c->failed = multipart_end(&c->x.cx, c->multipart);
			break;
		case BODY_OTHER:
			req->body = buf_str(&c->body);
			break;
		case BODY_NONE:
			break;
		}
	}
	multipart_close(c->multipart);
	if (c->failed != ERR_OK)
		req->bad = c->x.cx.why;
	if (req->over_limit && !c->x.res.status)
		c->x.res.status = 413;
}

/* ---- sending ---- */

static struct MHD_Response *
response_of_file(struct response *res)
{
	char path[4096];

	if (res->file.n >= sizeof path)
		return NULL;
	memcpy(path, res->file.p, res->file.n);
	path[res->file.n] = '\0';
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	const off_t size = lseek(fd, 0, SEEK_END);
	struct MHD_Response *r = size < 0
				     ? NULL
				     : MHD_create_response_from_fd64((uint64_t)size, fd);
	if (!r)
		close(fd);
	return r;
}

static void
headers_add(struct arena *a, struct MHD_Response *r, const struct response *res)
{
	if (res->type.n)
		MHD_add_response_header(r, "Content-Type", str_cz(a, res->type));
	MHD_add_response_header(
	    r, "Cache-Control", res->cache.n ? str_cz(a, res->cache) : "no-store");
	for (size_t i = 0; i < res->headers.n; i++)
		MHD_add_response_header(r, str_cz(a, res->headers.v[i].name),
		    str_cz(a, res->headers.v[i].value));
}

struct ready {
	struct arena arena; /* its own place */
	atomic_int holders;
	struct MHD_Response *response;
};

struct ready *
ready_make(const struct response *res, bool with_body)
{
	struct arena arena = { 0 }, scratch AUTO(arena_free) = { 0 };
	const struct str body = with_body ? res->body : S("");
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_MUST_COPY);
	struct ready *r;

	if (!response)
		return NULL;
	headers_add(&scratch, response, res);
	r = arena_new(&arena, struct ready);
	r->arena = arena;
	r->holders = 1;
	r->response = response;
	return r;
}

void
ready_hold(struct ready *r)
{
	atomic_fetch_add(&r->holders, 1);
}

void
ready_drop(struct ready *r)
{
	struct arena arena;

	if (!r || atomic_fetch_sub(&r->holders, 1) > 1)
		return;
	MHD_destroy_response(r->response); /* those on their way hold it too */
	arena = r->arena;
	arena_free(&arena);
}

static struct MHD_Response *
response_make(struct arena *a, struct response *res)
{
	struct MHD_Response *r = NULL;

	if (res->file.n && !(r = response_of_file(res))) {
		res->status = 500;
		res->body = S("");
	}
	if (!r)
		r = MHD_create_response_from_buffer(
		    res->body.n, (void *)(uintptr_t)res->body.p, MHD_RESPMEM_PERSISTENT);
	if (r)
		headers_add(a, r, res);
	return r;
}

static enum MHD_Result
call_send(struct call *c)
{
	struct response *res = &c->x.res;
	struct ready *ready = res->ready;
	struct MHD_Response *r = ready ? ready->response
				       : response_make(&c->x.arena, res);

	if (!r)
		return MHD_NO;
	const enum MHD_Result queued = MHD_queue_response(
	    c->connection, (unsigned)res->status, r);
	if (ready)
		ready_drop(ready);
	else
		MHD_destroy_response(r);
	res->ready = NULL;
	if (c->server->options.sent)
		c->server->options.sent(
		    c->server->options.self, &c->x, monotonic_us() - c->begun_us);
	return queued;
}

/* ---- parking ---- */

/* False when the server is stopping and takes nothing new. */
static bool
busy_begin(struct call *c)
{
	struct server *s = c->server;

	pthread_mutex_lock(&s->lock);
	c->busy = !s->stopping;
	s->busy += c->busy;
	pthread_mutex_unlock(&s->lock);
	return c->busy;
}

static void
busy_end(struct call *c)
{
	struct server *s = c->server;

	if (!c->busy)
		return;
	c->busy = false;
	pthread_mutex_lock(&s->lock);
	if (--s->busy == 0)
		pthread_cond_broadcast(&s->idle);
	pthread_mutex_unlock(&s->lock);
}

void
web_park(struct exchange *x, void (*then)(struct exchange *x))
{
	struct call *c = x->server;

	x->then = then;
	c->parked = true;
	MHD_suspend_connection(c->connection);
}

void
web_resume(struct exchange *x)
{
	struct call *c = x->server;

	/* Once resumed, the exchange may be gone before the next line: touch it no more.
	 */
	c->resumed = true;
	MHD_resume_connection(c->connection);
}

/* ---- the one function that libmicrohttpd calls ---- */

static enum MHD_Result
call_dispatch(struct call *c)
{
	const struct server_options *o = &c->server->options;

	if (c->resumed) {
		c->resumed = c->parked = false;
		c->x.then(&c->x);
	} else {
		body_end(c);
		if (!busy_begin(c))
			return MHD_NO;
		o->handle(o->self, &c->x);
	}
	if (c->parked)
		return MHD_YES; /* belongs to another thread now */
	if (c->x.res.status == 0)
		bug("no response to %.*s", STR_ARG(c->x.req.path));
	const enum MHD_Result sent = call_send(c);
	busy_end(c);
	return sent;
}

static enum MHD_Result
on_request(void *self, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **con_cls)
{
	struct call *c = *con_cls;

	(void)self;
	(void)url;
	(void)version;
	c->connection = connection;
	if (!c->begun) {
		c->begun = true;
		head_read(c, method);
		int64_t announced = 0;
		if (str_int(
			params_get(&c->x.req.headers, S("content-length")), &announced) &&
		    announced > DRAIN_MAX) {
			c->x.res.status = 413;
			c->server->options.handle(c->server->options.self, &c->x);
			return call_send(c);
		}
		return MHD_YES;
	}
	if (*size) {
		body_put(c, (struct str){ data, *size });
		*size = 0;
		return c->received > DRAIN_MAX ? MHD_NO : MHD_YES;
	}
	return call_dispatch(c);
}

/* The first thing libmicrohttpd does with a request: what is returned here is its
 * con_cls. */
static void *
on_target(void *self, const char *target, struct MHD_Connection *connection)
{
	struct server *s = self;
	struct arena arena = { 0 };
	struct call *c = arena_new(&arena, struct call);

	c->x.arena = arena;
	c->server = s;
	c->connection = connection;
	c->x.server = c;
	c->x.cx.arena = &c->x.arena;
	c->x.cx.now_ms = wall_ms() + s->options.offset_ms;
	c->x.cx.entropy = s->options.entropy;
	c->begun_us = monotonic_us();
	target_parse(&c->x.cx, str_copy(&c->x.arena, str_z(target)), &c->x.req);
	return c;
}

static void
on_completed(void *self, struct MHD_Connection *connection, void **con_cls,
    enum MHD_RequestTerminationCode code)
{
	struct call *c = *con_cls;

	(void)self;
	(void)connection;
	(void)code;
	if (!c)
		return;
	busy_end(c); /* a parked one whose peer went away is never dispatched again */
	multipart_close(c->multipart);
	for (size_t i = 0; i < c->x.req.files.n; i++)
		unlink(c->x.req.files.v[i].path.p); /* gone already if it was moved */
	if (c->x.res.file.n && !c->x.res.keep_file)
		unlink(str_cz(&c->x.arena, c->x.res.file));
	*con_cls = NULL;
	struct arena arena = c->x.arena; /* c itself is in it */
	arena_free(&arena);
}

static void
on_log(void *self, const char *fmt, va_list ap)
{
	/* Peers that hang up are no news; libmicrohttpd reports little else. */
	(void)self;
	(void)fmt;
	(void)ap;
}

/* ---- start and stop ---- */

enum err
server_start(struct cx *cx, const struct server_options *options, struct server **out)
{
	struct arena arena = { 0 };
	struct server *s = arena_new(&arena, struct server);
	int fd = -1;

	s->arena = arena;
	s->options = *options;
	if (listen_open(cx, options->address, options->port, options->port_last, &fd,
		&s->port) != ERR_OK) {
		arena_free(&arena);
		return ERR_INPUT;
	}
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->idle, NULL);
	s->daemon = MHD_start_daemon(
	    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
	    0, NULL, NULL, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
	    MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_THREAD_POOL_SIZE,
	    (unsigned)(options->threads > 1 ? options->threads : 0),
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVER_CONNECTIONS,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    (unsigned)(options->proxied ? SERVER_CONNECTIONS : SERVER_PER_PEER),
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_S, MHD_OPTION_END);
	if (!s->daemon) {
		close(fd);
		arena_free(&arena);
		return word_fail(cx, ERR_INPUT,
		    word_fill(cx->arena, W(listen_failed), str_z(strerror(errno))));
	}
	*out = s;
	return ERR_OK;
}

int64_t
server_monotonic_ms(void)
{
	return monotonic_us() / 1000;
}

int64_t
server_now(const struct server *s)
{
	return wall_ms() + s->options.offset_ms;
}

int
server_port(const struct server *s)
{
	return s->port;
}

void
server_stop(struct server *s)
{
	const int fd = MHD_quiesce_daemon(s->daemon);

	if (fd >= 0)
		close(fd);
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	while (s->busy)
		pthread_cond_wait(&s->idle, &s->lock);
	pthread_mutex_unlock(&s->lock);
	MHD_stop_daemon(s->daemon);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->idle);
	struct arena arena = s->arena;
	arena_free(&arena);
}
