/*
 * http PORT FILE...: plays scripts of requests against a running server. A script is a
 * list of blocks; each is one request on a connection of its own and what must come back:
 *
 *     = login leads back to where one came from
 *     POST /login
 *     > Origin: http://127.0.0.1:{port}
 *     form login=li&password=right%20one
 *     expect 303
 *     header Location: /clock
 *     text 届满            must stand in the body;   no text …   must not
 *     take csrf name="csrf" value="        from there to the next quote, later {csrf}
 *
 * Also: `body N` sends N bytes of 'x', `upload NAME N` a multipart form with a file of N
 * bytes and the csrf taken, `raw BYTES` sends these instead of a request (\r \n are
 * escapes), `fresh` forgets all cookies. A block that wants nothing hangs up without
 * waiting for an answer. Cookies are kept within a file. Last line: N passed, N failed, N
 * skipped.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/list.h"

struct pair {
	struct str name, value;
};

struct run {
	struct arena arena;
	int port, passed, failed;
	const char *file;
	LIST(struct pair) cookies;
	LIST(struct pair) taken;
};

struct block {
	struct str name, request, form, raw, upload;
	struct buf headers;
	int64_t body, upload_bytes;
	LIST(struct str) wants; /* lines expect, header, text, no text, take */
};

static struct str
rest_of(struct str line, struct str head)
{
	return str_sub(line, head.n, line.n);
}

/* {port} and whatever was taken. */
static struct str
fill(struct run *r, struct str s)
{
	s = str_replace(&r->arena, s, S("{port}"), str_fmt(&r->arena, "%d", r->port));
	for (size_t i = 0; i < r->taken.n; i++)
		s = str_replace(&r->arena, s,
		    str_fmt(&r->arena, "{%.*s}", STR_ARG(r->taken.v[i].name)),
		    r->taken.v[i].value);
	return s;
}

static void
x_put(struct buf *b, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
		buf_put_byte(b, 'x');
}

static struct str
body_build(struct run *r, const struct block *k, struct buf *head)
{
	struct buf b = { .arena = &r->arena };

	if (k->upload.n) {
		buf_put_z(head, "Content-Type: multipart/form-data; boundary=AaB\r\n");
		buf_put(&b,
		    fill(r,
			S("--AaB\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n"
			  "{csrf}\r\n")));
		buf_fmt(&b,
		    "--AaB\r\nContent-Disposition: form-data; name=\"%.*s\"; "
		    "filename=\"a.bin\"\r\n\r\n",
		    STR_ARG(k->upload));
		x_put(&b, k->upload_bytes);
		buf_put_z(&b, "\r\n--AaB--\r\n");
	} else if (k->form.n) {
		buf_put_z(head, "Content-Type: application/x-www-form-urlencoded\r\n");
		buf_put(&b, fill(r, k->form));
	} else {
		x_put(&b, k->body);
	}
	return buf_str(&b);
}

static struct str
request_build(struct run *r, const struct block *k)
{
	struct buf b = { .arena = &r->arena };
	struct str body;

	if (k->raw.n) {
		struct str raw = str_replace(
		    &r->arena, fill(r, k->raw), S("\\r"), S("\r"));
		return str_replace(&r->arena, raw, S("\\n"), S("\n"));
	}
	buf_put(&b, fill(r, k->request));
	buf_fmt(&b, " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n", r->port);
	buf_put(&b, fill(r, buf_str(&k->headers)));
	for (size_t i = 0; i < r->cookies.n; i++)
		buf_fmt(&b, "%s%.*s=%.*s%s",
		    i ? "; " : "Cookie: ", STR_ARG(r->cookies.v[i].name),
		    STR_ARG(r->cookies.v[i].value), i + 1 == r->cookies.n ? "\r\n" : "");
	body = body_build(r, k, &b);
	if (body.n)
		buf_fmt(&b, "Content-Length: %zu\r\n", body.n);
	buf_put_z(&b, "\r\n");
	buf_put(&b, body);
	return buf_str(&b);
}

/* Sends and reads to the end; an answer may come before everything is sent. */
static struct str
exchange(struct run *r, struct str request, bool answered)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)r->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct timeval patience = { .tv_sec = 20 };
	struct buf b = { .arena = &r->arena };
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	static char bytes[65536];
	ssize_t n;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (connect(fd, (const struct sockaddr *)&to, sizeof to) == 0) {
		while (
		    request.n && (n = send(fd, request.p, request.n, MSG_NOSIGNAL)) > 0)
			request = str_sub(request, (size_t)n, request.n);
		shutdown(fd, SHUT_WR);
		while (answered && (n = recv(fd, bytes, sizeof bytes, 0)) > 0)
			buf_put(&b, (struct str){ bytes, (size_t)n });
	}
	close(fd);
	return buf_str(&b);
}

static void
fault(struct run *r, const struct block *k, struct str want, struct str answer)
{
	printf("FAILED %s: %.*s\n    wanted: %.*s\n    got: %.*s\n", r->file,
	    STR_ARG(k->name), STR_ARG(want), STR_ARG(str_sub(answer, 0, 600)));
}

static void
pair_set(
    struct run *r, struct pair *v, size_t n, struct str name, struct str value, bool *set)
{
	(void)r;
	for (size_t i = 0; i < n && !*set; i++)
		if (str_eq(v[i].name, name)) {
			v[i].value = value;
			*set = true;
		}
}

static void
cookies_keep(struct run *r, struct str head)
{
	struct str line;

	while (str_split(&head, S("\r\n"), &line)) {
		struct str pair, name;
		bool set = false;

		if (!str_starts(line, S("Set-Cookie: ")))
			continue;
		line = rest_of(line, S("Set-Cookie: "));
		str_split(&line, S(";"), &pair);
		str_split(&pair, S("="), &name);
		pair_set(r, r->cookies.v, r->cookies.n, name, pair, &set);
		if (!set)
			*list_add(&r->arena, &r->cookies) = (struct pair){ name, pair };
	}
}

static bool
take(struct run *r, struct str what, struct str body)
{
	struct str name;
	bool set = false;

	str_split(&what, S(" "), &name);
	const size_t at = str_find(body, what, 0);
	if (at == SIZE_MAX)
		return false;
	const size_t end = str_find(body, S("\""), at + what.n);
	const struct str value = str_sub(body, at + what.n, end);
	pair_set(r, r->taken.v, r->taken.n, name, value, &set);
	if (!set)
		*list_add(&r->arena, &r->taken) = (struct pair){ name, value };
	return true;
}

static bool
want_holds(struct run *r, struct str want, struct str head, struct str body)
{
	if (str_starts(want, S("expect ")))
		return str_starts(head, str_fmt(&r->arena, "HTTP/1.1 %.*s ",
					    STR_ARG(rest_of(want, S("expect ")))));
	if (str_starts(want, S("header ")))
		return str_has(head, str_fmt(&r->arena, "\r\n%.*s\r\n",
					 STR_ARG(rest_of(want, S("header ")))));
	if (str_starts(want, S("no text ")))
		return !str_has(body, rest_of(want, S("no text ")));
	if (str_starts(want, S("text ")))
		return str_has(body, rest_of(want, S("text ")));
	if (str_eq(want, S("empty")))
		return body.n == 0;
	return take(r, rest_of(want, S("take ")), body);
}

static void
block_run(struct run *r, const struct block *k)
{
	const struct str answer = exchange(r, request_build(r, k), k->wants.n > 0);
	const size_t gap = str_find(answer, S("\r\n\r\n"), 0);
	const struct str head = str_sub(answer, 0, gap == SIZE_MAX ? gap : gap + 2);
	const struct str body = gap == SIZE_MAX ? S("")
						: str_sub(answer, gap + 4, answer.n);
	bool good = true;

	cookies_keep(r, head);
	for (size_t i = 0; i < k->wants.n && good; i++) {
		const struct str want = fill(r, k->wants.v[i]);

		good = want_holds(
		    r, want, str_fmt(&r->arena, "%.*s\r\n", STR_ARG(head)), body);
		if (!good)
			fault(r, k, want, answer);
	}
	good ? r->passed++ : r->failed++;
}

static bool
line_read(struct run *r, struct block *k, struct str line)
{
	if (str_starts(line, S("> ")))
		buf_fmt(&k->headers, "%.*s\r\n", STR_ARG(rest_of(line, S("> "))));
	else if (str_starts(line, S("form ")))
		k->form = rest_of(line, S("form "));
	else if (str_starts(line, S("raw ")))
		k->raw = rest_of(line, S("raw "));
	else if (str_starts(line, S("big-header "))) {
		int64_t n = 0;
		if (!str_int(rest_of(line, S("big-header ")), &n))
			return false;
		buf_put_z(&k->headers, "X-Big: ");
		x_put(&k->headers, n);
		buf_put_z(&k->headers, "\r\n");
	} else if (str_starts(line, S("body ")))
		return str_int(rest_of(line, S("body ")), &k->body);
	else if (str_starts(line, S("upload "))) {
		struct str rest = rest_of(line, S("upload "));
		str_split(&rest, S(" "), &k->upload);
		return str_int(rest, &k->upload_bytes);
	} else if (str_eq(line, S("fresh")))
		r->cookies.n = 0;
	else if (str_starts(line, S("expect ")) || str_starts(line, S("header ")) ||
		 str_starts(line, S("text ")) || str_starts(line, S("no text ")) ||
		 str_starts(line, S("take ")) || str_eq(line, S("empty")))
		*list_add(&r->arena, &k->wants) = line;
	else if (k->request.n == 0 && line.n && line.p[0] >= 'A' && line.p[0] <= 'Z')
		k->request = line;
	else
		return false;
	return true;
}

static void
script_run(struct run *r, struct str script)
{
	struct block k = { 0 };
	struct str line;

	while (str_split(&script, S("\n"), &line)) {
		if (str_starts(line, S("#")) || line.n == 0)
			continue;
		if (!str_starts(line, S("= "))) {
			if (!line_read(r, &k, line)) {
				printf("FAILED %s: cannot read: %.*s\n", r->file,
				    STR_ARG(line));
				r->failed++;
			}
			continue;
		}
		if (k.name.n)
			block_run(r, &k);
		k = (struct block){ .name = rest_of(line, S("= ")),
			.headers.arena = &r->arena };
	}
	if (k.name.n)
		block_run(r, &k);
}

static struct str
file_read(struct arena *a, const char *path)
{
	struct buf b = { .arena = a };
	FILE *f = fopen(path, "rbe");
	static char bytes[65536];
	size_t n;

	while (f && (n = fread(bytes, 1, sizeof bytes, f)) > 0)
		buf_put(&b, (struct str){ bytes, n });
	if (f)
		fclose(f);
	return buf_str(&b);
}

int
main(int argc, char **argv)
{
	int64_t port = 0;
	int passed = 0, failed = 0;

	if (argc < 3 || !str_int(str_z(argv[1]), &port)) {
		fputs("http PORT FILE...\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		struct run r = { .port = (int)port, .file = argv[i] };
		const struct str script = file_read(&r.arena, argv[i]);

		if (script.n == 0) {
			printf("FAILED %s: empty or not there\n", argv[i]);
			failed++;
		}
		script_run(&r, script);
		passed += r.passed;
		failed += r.failed;
		arena_free(&r.arena);
	}
	printf("%d passed, %d failed, 0 skipped\n", passed, failed);
	return failed ? 1 : 0;
}
