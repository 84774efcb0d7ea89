/* Writing replies. */
#include "api/reply.h"

#include "base/date.h"
#include "web/site.h"

void
reply_open(struct reply *r, struct exchange *x)
{
	r->x = x;
	r->text = (struct buf){ .arena = &x->arena };
	r->j = (struct json){ .b = &r->text };
	json_open(&r->j, '{');
}

static void
send_as(struct reply *r, int status, struct str type)
{
	json_close(&r->j, '}');
	buf_put_byte(&r->text, '\n');
	respond(r->x, status, type, buf_str(&r->text));
}

void
reply_send(struct reply *r, int status)
{
	send_as(r, status, S("application/json"));
}

void
refusals_put(struct json *j, const struct defs *defs, struct arena *a,
    const struct refusal *v, size_t n)
{
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, '{');
		put_str(j, "code", v[i].code);
		put_text(j, "rule", v[i].rule);
		put_text(j, "field", v[i].field);
		put_str(j, "message", v[i].message);
		put_text(
		    j, "article", defs ? basis_text(defs, a, v[i].basis) : v[i].basis);
		put_text(j, "ways", v[i].ways);
		json_close(j, '}');
	}
	json_close(j, ']');
}

void
reply_refuse(struct exchange *x, int status, struct str text)
{
	struct reply r;

	/* Why the store failed is the administrator's, on stderr; not a stranger's. */
	const struct str why = status < 500 && x->cx.why.n ? x->cx.why : text;

	reply_open(&r, x);
	put_str(&r.j, "type", S("about:blank"));
	put_str(&r.j, "title", error_name(status));
	put_int(&r.j, "status", status);
	put_str(&r.j, "detail", why);
	json_key(&r.j, "refusals");
	refusals_put(&r.j, NULL, &x->arena, x->cx.refusals.v, x->cx.refusals.n);
	send_as(&r, status, S("application/problem+json"));
}

void
reply_refused(struct exchange *x, enum err err)
{
	respond_error(x, err == ERR_STALE ? 409 : 422);
}

/* ---- members ---- */

void
put_str(struct json *j, const char *key, struct str s)
{
	json_key(j, key);
	json_str(j, s);
}

void
put_text(struct json *j, const char *key, struct str s)
{
	if (s.n)
		put_str(j, key, s);
}

void
put_int(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	json_int(j, n);
}

void
put_bool(struct json *j, const char *key, bool b)
{
	json_key(j, key);
	json_bool(j, b);
}

void
put_day(struct json *j, struct arena *a, const char *key, int64_t day)
{
	put_str(j, key, day_iso(a, day));
}

void
put_instant(struct json *j, struct arena *a, const char *key, int64_t ms)
{
	const struct str at = ms_iso(a, ms);

	put_str(j, key,
	    str_fmt(a, "%.*sT%.*s+08:00", STR_ARG(str_sub(at, 0, 10)),
		STR_ARG(str_sub(at, 11, at.n))));
}

void
put_ids(struct json *j, const char *key, const struct str *v, size_t n)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		json_str(j, v[i]);
	json_close(j, ']');
}
