/* Looking things up in a request and putting a response together. */
#include "web/exchange.h"

#include "base/bug.h"
#include "web/form.h"
#include "web/site.h"

static const struct param *
param_find(const struct params *ps, struct str name)
{
	for (size_t i = 0; i < ps->n; i++)
		if (str_eq(ps->v[i].name, name))
			return &ps->v[i];
	return NULL;
}

struct str
params_get(const struct params *ps, struct str name)
{
	const struct param *p = param_find(ps, name);

	return p ? p->value : (struct str){ 0 };
}

bool
params_has(const struct params *ps, struct str name)
{
	return param_find(ps, name) != NULL;
}

bool
params_has_value(const struct params *ps, struct str name, struct str value)
{
	for (size_t i = 0; i < ps->n; i++)
		if (str_eq(ps->v[i].name, name) && str_eq(ps->v[i].value, value))
			return true;
	return false;
}

void
params_add(struct arena *a, struct params *ps, struct str name, struct str value)
{
	*list_add(a, ps) = (struct param){ name, value };
}

struct str
form_get(const struct exchange *x, struct str name)
{
	return params_get(&x->req.form, name);
}

struct str
query_get(const struct exchange *x, struct str name)
{
	return params_get(&x->req.query, name);
}

const struct upload *
upload_find(const struct exchange *x, struct str field)
{
	for (size_t i = 0; i < x->req.files.n; i++)
		if (str_eq(x->req.files.v[i].name, field))
			return &x->req.files.v[i];
	return NULL;
}

void
form_refuse(struct exchange *x, struct str field, struct str message)
{
	*list_add(&x->arena, &x->cx.refusals) = (struct refusal){
		.code = S("form"), .field = field, .message = message
	};
}

void
respond(struct exchange *x, int status, struct str type, struct str body)
{
	x->res.status = status;
	x->res.type = type;
	x->res.body = body;
}

bool
path_is_own(struct str s)
{
	if (s.n == 0 || s.p[0] != '/' || (s.n > 1 && (s.p[1] == '/' || s.p[1] == '\\')))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}

void
respond_redirect(struct exchange *x, struct str path)
{
	if (!path_is_own(path))
		bug("redirect to \"%.*s\"", STR_ARG(path));
	respond(x, 303, S("text/plain; charset=utf-8"), S(""));
	respond_header(x, S("Location"), path);
}

void
respond_header(struct exchange *x, struct str name, struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < 0x20)
			bug("header %.*s with a control character", STR_ARG(name));
	params_add(&x->arena, &x->res.headers, name, value);
}

void
respond_cookie(struct exchange *x, struct str name, struct str value, int64_t max_age)
{
	struct buf b = { .arena = &x->arena };

	buf_fmt(&b, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax", STR_ARG(name),
	    STR_ARG(value));
	if (max_age)
		buf_fmt(&b, "; Max-Age=%lld", (long long)(max_age > 0 ? max_age : 0));
	if (x->site && x->site->https)
		buf_put_z(&b, "; Secure");
	respond_header(x, S("Set-Cookie"), buf_str(&b));
}

void
respond_download(struct exchange *x, struct str type, struct str name, struct str body)
{
	struct buf b = { .arena = &x->arena };

	respond(x, 200, type, body);
	buf_put_z(&b, "attachment; filename*=UTF-8''"); /* RFC 6266 */
	url_put(&b, name);
	respond_header(x, S("Content-Disposition"), buf_str(&b));
}

struct str
url_with(struct arena *a, struct str path, const struct param *pairs, size_t n)
{
	struct buf b = { .arena = a };
	char between = str_has(path, S("?")) ? '&' : '?';

	buf_put(&b, path);
	for (size_t i = 0; i < n; i++) {
		if (pairs[i].value.n == 0)
			continue;
		buf_put_byte(&b, between);
		url_put(&b, pairs[i].name);
		buf_put_byte(&b, '=');
		url_put(&b, pairs[i].value);
		between = '&';
	}
	return buf_str(&b);
}
