/* What browsers and programs send. */
#include "runs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/json.h"
#include "lang/canon.h"
#include "web/form.h"
#include "web/multipart.h"
#include "web/route.h"

const char *
run_form(struct cx *cx, struct str input)
{
	struct params form = { 0 }, cookies = { 0 };
	struct buf again = { .arena = cx->arena };
	struct str back;

	cookies_parse(cx->arena, input, &cookies);
	url_put(&again, input);
	if (!url_decode(cx->arena, buf_str(&again), false, &back) || !str_eq(back, input))
		return "what was encoded does not decode to itself";
	if (form_parse(cx, input, &form) != ERR_OK)
		return NULL;
	if (form.n > FIELDS_MAX)
		return "more fields than admitted";
	for (size_t i = 0; i < form.n; i++)
		if (!str_is_utf8(form.v[i].value) || !str_is_utf8(form.v[i].name) ||
		    memchr(form.v[i].value.p, '\r', form.v[i].value.n))
			return "a text that is not fit for use";
	return NULL;
}

const char *
run_multipart(struct cx *cx, struct str input)
{
	const char *tmp = getenv("TMPDIR");
	const struct str folder = str_z(tmp ? tmp : "/tmp");
	struct request req = { 0 };
	struct multipart *m = NULL;
	const char *broken = NULL;
	enum err e;

	e = multipart_begin(
	    cx, S("multipart/form-data; boundary=XX"), folder, 65536, &req, &m);
	/* In pieces, as from the network; the first byte says how large they are. */
	const size_t piece = input.n ? (unsigned char)input.p[0] % 64 + 1 : 1;
	for (size_t at = 0; e == ERR_OK && at < input.n; at += piece) {
		const size_t end = at + piece < input.n ? at + piece : input.n;

		e = multipart_put(cx, m, str_sub(input, at, end));
	}
	if (e == ERR_OK)
		e = multipart_end(cx, m);
	multipart_close(m);
	for (size_t i = 0; i < req.files.n; i++) {
		const struct upload *u = &req.files.v[i];

		if (u->size > 65536 || memchr(u->filename.p, '/', u->filename.n))
			broken = "a file larger or called worse than admitted";
		unlink(str_cz(cx->arena, u->path));
	}
	return broken;
}

static const struct route routes[] = {
	{ HTTP_GET, "/", NULL, .title = 0 },
	{ HTTP_GET, "/task/new", NULL, .title = 0 },
	{ HTTP_POST, "/task/{id}", NULL, .title = 0 },
	{ HTTP_GET, "/{a}/{b}/{c}/{d}", NULL, .title = 0 },
};

/* The line of an address: a path that is text, and what stands behind it in pairs. */
const char *
run_target(struct cx *cx, struct str input)
{
	const struct route_table table = { routes, sizeof routes / sizeof *routes };
	struct request req = { 0 };
	bool other;

	target_parse(cx, input, &req);
	if (!str_starts(req.path, S("/")) || !str_is_utf8(req.path))
		return "a path that is no path";
	if (!path_is_own(req.target))
		return "a way back that leads elsewhere";
	for (size_t i = 0; i < req.query.n; i++)
		if (!str_is_utf8(req.query.v[i].value))
			return "a value that is no text";
	if (!route_find(&table, HTTP_GET, req.path, req.args, &other))
		return NULL;
	for (size_t i = 0; i < 4; i++)
		if (str_has(req.args[i], S("/")))
			return "a segment with another in it";
	return NULL;
}

/* What is accepted can be stored, and is read again from what is stored. */
const char *
run_json(struct cx *cx, struct str input)
{
	struct value v, again;
	struct str stored;

	if (json_read(cx, input, &v) != ERR_OK)
		return cx->why.n ? NULL : "refused without a message";
	if (v.kind != V_MAP)
		return "accepted although it is no object";
	stored = canon_str(cx->arena, &v);
	if (canon_parse(cx, stored, &again) != ERR_OK || !value_eq(&v, &again))
		return "a value that cannot be stored";
	if (json_read(cx, stored, &again) != ERR_OK || !value_eq(&v, &again))
		return "what is stored reads otherwise";
	return NULL;
}
