/*
 * The server with a handler of our own: parked exchanges, and a stop that waits for them.
 * What a browser sees of it is in test/http.
 */
#include "test.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/listen.h"
#include "web/mhd.h"

enum { CLIENTS = 8 };

struct stage {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct exchange *parked[CLIENTS];
	int nparked, answered;
};

static int64_t
admit_none(void *self, struct exchange *x)
{
	(void)self;
	(void)x;
	return 0;
}

static void
answer(struct exchange *x)
{
	respond(x, 200, S("text/plain"),
	    str_fmt(&x->arena, "done %s", (const char *)x->result));
}

static void
park_all(void *self, struct exchange *x)
{
	struct stage *st = self;

	web_park(x, answer);
	pthread_mutex_lock(&st->lock);
	st->parked[st->nparked++] = x;
	pthread_cond_broadcast(&st->changed);
	pthread_mutex_unlock(&st->lock);
}

/* A writer that takes the whole group at once and answers each. */
static void *
writer(void *self)
{
	static char result[] = "by the writer";
	struct stage *st = self;

	pthread_mutex_lock(&st->lock);
	while (st->nparked < CLIENTS)
		pthread_cond_wait(&st->changed, &st->lock);
	for (int i = 0; i < CLIENTS; i++) {
		st->parked[i]->result = result;
		web_resume(st->parked[i]);
	}
	pthread_mutex_unlock(&st->lock);
	return NULL;
}

static int
connect_with(int port, struct str request)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connect(fd, (const struct sockaddr *)&to, sizeof to) != 0 ||
	    send(fd, request.p, request.n, MSG_NOSIGNAL) < 0)
		return -1;
	return fd;
}

static int
connect_to(int port)
{
	return connect_with(
	    port, S("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
}

TEST(mhd_parked_exchanges_are_answered_by_another_thread)
{
	struct stage st = { .lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER };
	const struct server_options options = { .address = S("127.0.0.1"),
		.threads = 2,
		.upload_folder = S("/tmp"),
		.entropy = cx->entropy,
		.admit = admit_none,
		.handle = park_all,
		.self = &st };
	struct server *server = NULL;
	pthread_t thread;
	int fd[CLIENTS];

	CHECK_OK(server_start(cx, &options, &server));
	if (!server)
		return;
	for (int i = 0; i < CLIENTS; i++)
		CHECK((fd[i] = connect_to(server_port(server))) >= 0);
	CHECK(pthread_create(&thread, NULL, writer, &st) == 0);
	for (int i = 0; i < CLIENTS; i++) {
		char bytes[1024] = { 0 };
		size_t n = 0;
		ssize_t got;

		while (n < sizeof bytes - 1 &&
		       (got = recv(fd[i], bytes + n, sizeof bytes - 1 - n, 0)) > 0)
			n += (size_t)got;
		CHECK(strstr(bytes, "done by the writer") != NULL);
		close(fd[i]);
	}
	pthread_join(thread, NULL);
	server_stop(server);
}

/* Resumes a little later, while the server is already stopping. */
static void *
late_writer(void *self)
{
	static char result[] = "late";
	struct stage *st = self;

	usleep(100000);
	pthread_mutex_lock(&st->lock);
	st->parked[0]->result = result;
	web_resume(st->parked[0]);
	st->answered++;
	pthread_mutex_unlock(&st->lock);
	return NULL;
}

TEST(mhd_stop_waits_for_what_is_parked)
{
	struct stage st = { .lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER };
	const struct server_options options = { .address = S("127.0.0.1"),
		.threads = 2,
		.upload_folder = S("/tmp"),
		.entropy = cx->entropy,
		.admit = admit_none,
		.handle = park_all,
		.self = &st };
	struct server *server = NULL;
	pthread_t thread;

	CHECK_OK(server_start(cx, &options, &server));
	if (!server)
		return;
	const int fd = connect_to(server_port(server));
	pthread_mutex_lock(&st.lock);
	while (st.nparked == 0)
		pthread_cond_wait(&st.changed, &st.lock);
	pthread_mutex_unlock(&st.lock);
	close(fd); /* the peer goes away: its exchange must still be cleared up */
	CHECK(pthread_create(&thread, NULL, late_writer, &st) == 0);
	server_stop(server);
	pthread_join(thread, NULL);
	CHECK(st.answered == 1);
}

static void
say_peer(void *self, struct exchange *x)
{
	(void)self;
	respond(
	    x, 200, S("text/plain"), str_fmt(&x->arena, "<%.*s>", STR_ARG(x->req.peer)));
}

/* Only behind a proxy of our own is the header believed, and of it only what that
 * appended. */
TEST(mhd_peer_is_who_the_proxy_says)
{
	const struct str request = S("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
				     "X-Forwarded-For: 1.1.1.1, 10.0.0.7\r\n\r\n");

	for (int proxied = 0; proxied < 2; proxied++) {
		const struct server_options options = { .address = S("127.0.0.1"),
			.threads = 2,
			.proxied = proxied,
			.upload_folder = S("/tmp"),
			.admit = admit_none,
			.handle = say_peer };
		struct server *server = NULL;
		char bytes[1024] = { 0 };

		CHECK_OK(server_start(cx, &options, &server));
		if (!server)
			return;
		const int fd = connect_with(server_port(server), request);
		for (size_t n = 0; n < sizeof bytes - 1;) {
			const ssize_t got = recv(fd, bytes + n, sizeof bytes - 1 - n, 0);
			if (got <= 0)
				break;
			n += (size_t)got;
		}
		close(fd);
		CHECK(strstr(bytes, proxied ? "<10.0.0.7>" : "<127.0.0.1>") != NULL);
		server_stop(server);
	}
}

TEST(listen_takes_the_next_free_port)
{
	int first = -1, second = -1, port = 0, next = 0;

	CHECK_OK(listen_open(cx, S("127.0.0.1"), 0, 0, &first, &port));
	CHECK_OK(listen_open(cx, S("127.0.0.1"), port, port + 9, &second, &next));
	CHECK(next > port && next <= port + 9);
	CHECK(listen_open(cx, S("127.0.0.1"), port, port, &second, &next) == ERR_INPUT);
	CHECK(listen_open(cx, S("example.org"), 0, 0, &second, &next) == ERR_INPUT);
	close(first);
	close(second);
}

TEST(listen_knows_loopback)
{
	CHECK(address_is_loopback(S("127.0.0.1")) &&
	      address_is_loopback(S("127.9.9.9")) && address_is_loopback(S("::1")));
	CHECK(!address_is_loopback(S("0.0.0.0")) && !address_is_loopback(S("10.0.0.1")) &&
	      !address_is_loopback(S("::")) && !address_is_loopback(S("localhost")));
}
