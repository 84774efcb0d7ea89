/*
 * Acts: the one door of the pages, with JSON for a form. The fields that a form has come
 * from the same place as the page's (web/pages/act_form.h); what was not sent stays as it
 * is, null clears it.
 */
#include "api/definitions.h"
#include "api/json.h"
#include "api/operation.h"
#include "api/query.h"
#include "api/values.h"
#include "base/date.h"
#include "web/pages/act_form.h"
#include "web/session.h"
#include "web/site.h"
#include "web/upload.h"
#include "web/word.h"

enum { KEY_MAX = 100 };

/* ---- what was sent ---- */

static bool
is_json(struct str type)
{
	const struct str name = S("application/json");
	const struct str rest = str_sub(type, name.n, type.n);

	return str_starts(type, name) &&
	       (!rest.n || rest.p[0] == ';' || rest.p[0] == ' ');
}

static bool
key_take(struct exchange *x, struct act *act)
{
	const struct str key = params_get(&x->req.headers, S("idempotency-key"));

	for (size_t i = 0; i < key.n; i++) {
		const char c = key.p[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
		    !(c >= 'A' && c <= 'Z') && !strchr("-_.~", c)) {
			form_refuse(x, S("Idempotency-Key"), W(api_key_wrong));
			return false;
		}
	}
	if (key.n > KEY_MAX)
		form_refuse(x, S("Idempotency-Key"), W(api_key_wrong));
	act->key = key;
	return key.n <= KEY_MAX;
}

static void
day_take(struct exchange *x, const struct value *body, const char *member, int64_t *out)
{
	const struct value *v = value_get(body, str_z(member));

	if (value_is_null(v))
		return;
	if (v->kind != V_TEXT || !day_parse(v->s, out))
		form_refuse(x, str_z(member),
		    word_fill(&x->arena, W(api_day_wrong), str_z(member)));
}

static void
seen_take(struct exchange *x, const struct value *body, struct act *act)
{
	const struct value *v = value_get(body, S("seen"));

	if (value_is_null(v))
		return;
	if (v->kind != V_INT || v->i < 1)
		form_refuse(
		    x, S("seen"), word_fill(&x->arena, W(api_int_wrong), S("seen")));
	else
		act->seen = v->i;
}

/* The body as an object that has no other members than these, none of them null (what is
 * not there is left out); false: answered. */
static bool
body_take(
    struct exchange *x, const char *const *members, struct act *act, struct value *out)
{
	if (!is_json(params_get(&x->req.headers, S("content-type")))) {
		respond_error(x, 415);
		return false;
	}
	if (json_read(&x->cx, x->req.body, out) != ERR_OK) {
		respond_error(x, 400);
		return false;
	}
	for (size_t i = 0; i < out->map.n; i++) {
		bool known = false;

		for (const char *const *m = members; *m; m++)
			known |= str_eq(out->map.pairs[i].key, str_z(*m));
		if (!known)
			form_refuse(x, out->map.pairs[i].key, W(api_member_unknown));
		else if (value_is_null(&out->map.pairs[i].value))
			form_refuse(x, out->map.pairs[i].key, W(api_member_null));
	}
	seen_take(x, out, act);
	if (key_take(x, act) && !x->cx.refusals.n)
		return true;
	respond_error(x, 422);
	return false;
}

/* ---- forms ---- */

static const struct field *
form_field_of(const struct form *f, struct str id)
{
	for (size_t i = 0; i < f->fields.n; i++)
		if (str_eq(f->fields.v[i].field->id, id))
			return f->fields.v[i].field;
	for (size_t i = 0; i < f->rows.n; i++)
		if (str_eq(f->rows.v[i]->id, id))
			return f->rows.v[i];
	return NULL;
}

/* What the engine's own acts ask for besides their fields: which doubt, which part. */
static bool
is_own_member(const struct form *f, struct str id)
{
	return (f->kind == FORM_SETTLE && str_eq(id, S("rule"))) ||
	       (f->kind == FORM_DESTROY && str_eq(id, S("part")));
}

static enum err
form_fill(
    struct view *v, const struct form *f, const struct value *sent, struct value *out)
{
	struct exchange *x = v->x;

	*out = value_map();
	if (!value_is_null(sent) && sent->kind != V_MAP)
		form_refuse(x, S("form"), W(api_json_map));
	for (size_t i = 0; sent->kind == V_MAP && i < sent->map.n; i++) {
		const struct str id = sent->map.pairs[i].key;
		const struct value *one = &sent->map.pairs[i].value;
		const struct field *field = form_field_of(f, id);
		struct value value = *one;

		if (field)
			TRY(value_take(
			    v, field, one, value_get(&f->current, id), &value));
		else if (!is_own_member(f, id) || one->kind != V_TEXT)
			form_refuse(x, id, W(api_member_unknown));
		/* A version of an entry is whole: what is cleared is not in it. */
		if (f->kind == FORM_PUT && value_is_null(one))
			continue;
		value_set(&x->arena, out, id, value);
	}
	return ERR_OK;
}

/* ---- the door's answer ---- */

static struct str
place_of(struct exchange *x, struct str subject)
{
	const struct str family = subject_family(subject);
	const bool entry = str_starts(x->req.path, S(API_PREFIX "/registers/"));

	return str_fmt(&x->arena, API_PREFIX "/%s/%.*s/%s/%lld",
	    entry ? "registers" : "procedures", STR_ARG(family),
	    entry ? "entries" : "matters", (long long)subject_number(subject));
}

static void
act_done(struct exchange *x)
{
	const struct act_answer *answer = act_answer(x);
	const struct act_result *act = &answer->result;
	struct reply r;

	if (answer->err == ERR_REFUSED || answer->err == ERR_STALE) {
		x->cx.why = S("");
		reply_refused(x, answer->err);
		return;
	}
	if (answer->err != ERR_OK) {
		respond_err(x, answer->err);
		return;
	}
	reply_open(&r, x);
	put_str(&r.j, "subject", act->subject);
	put_int(&r.j, "seq", act->seq);
	put_int(&r.j, "events", (int64_t)act->events);
	put_text(&r.j, "number", act->number);
	put_bool(&r.j, "replayed", act->replayed);
	reply_send(&r, answer->subject.n || act->replayed ? 200 : 201);
	respond_header(x, S("Location"), place_of(x, act->subject));
}

static void
act_send(struct view *v, const struct form *f, const struct value *sent, struct act *act)
{
	struct exchange *x = v->x;

	if (!view_ok(v, form_fill(v, f, sent, &act->form)))
		return;
	if (x->cx.refusals.n) {
		respond_error(x, 422);
		return;
	}
	act->subject = f->subject;
	act->family = f->subject.n ? S("") : f->family;
	act->action = f->action;
	/* The writer wants a connection of its own while this one waits. */
	view_close(v);
	v->loan = (struct loan){ 0 };
	act_submit(x, act, act_done);
}

/* ---- entries ---- */

static void
entry_put(struct exchange *x, bool is_new)
{
	static const char *const members[] = { "values", "from", "last_day", "seen",
		NULL };
	const struct register_def *def;
	int64_t last = DAY_NONE;
	struct value body;
	struct form f;
	VIEW v = { 0 };
	struct act act = { .done = cx_today(&x->cx) };

	if (!query_only_none(x) || !view_open(x, &v) || !(def = api_register_of(&v)) ||
	    !body_take(x, members, &act, &body) ||
	    !view_ok(&v, is_new
			     ? form_of_new(&v, def->id, S("put"), &f)
			     : form_of_subject(&v, show_subject(x, 0, 1), S("put"), &f)))
		return;
	day_take(x, &body, "from", &act.done);
	day_take(x, &body, "last_day", &last);
	act.to_day = last == DAY_NONE ? 0 : last + 1;
	act_send(&v, &f, value_get(&body, S("values")), &act);
}

void
api_entry_add(struct exchange *x)
{
	entry_put(x, true);
}

void
api_entry_put(struct exchange *x)
{
	entry_put(x, false);
}

/* What one act on an entry beside its versions needs: all texts. */
static void
entry_act(struct exchange *x, struct str action, const char *const *texts,
    const char *const *members, const char *day)
{
	struct value body, form = value_map();
	struct form f;
	VIEW v = { 0 };
	struct act act = { .done = cx_today(&x->cx) };

	if (!query_only_none(x) || !view_open(x, &v) || !api_register_of(&v) ||
	    !body_take(x, members, &act, &body) ||
	    !view_ok(&v, form_of_subject(&v, show_subject(x, 0, 1), action, &f)))
		return;
	day_take(x, &body, day, &act.done);
	for (; *texts; texts++)
		if (!value_is_null(value_get(&body, str_z(*texts))))
			value_set(&x->arena, &form, str_z(*texts),
			    *value_get(&body, str_z(*texts)));
	act_send(&v, &f, &form, &act);
}

void
api_entry_end(struct exchange *x)
{
	static const char *const members[] = { "last_day", "reason", "seen", NULL };
	static const char *const texts[] = { "reason", NULL };

	entry_act(x, S("end"), texts, members, "last_day");
}

void
api_entry_destroy(struct exchange *x)
{
	static const char *const members[] = { "part", "reason", "done", "seen", NULL };
	static const char *const texts[] = { "part", "reason", NULL };

	entry_act(x, S("destroy"), texts, members, "done");
}

/* ---- matters ---- */

static bool
registered_take(struct exchange *x, const struct form *f, const struct value *body)
{
	const struct value *v = value_get(body, S("registered"));

	if (value_is_null(v))
		return false;
	if (v->kind != V_BOOL || (v->b && !f->may_register))
		form_refuse(x, S("registered"),
		    v->kind == V_BOOL
			? W(api_member_unknown)
			: word_fill(&x->arena, W(api_bool_wrong), S("registered")));
	return value_true(v);
}

static void
matter_act(struct view *v, struct str subject, size_t action)
{
	static const char *const members[] = { "form", "done", "registered", "seen",
		NULL };
	struct exchange *x = v->x;
	struct value body;
	struct form f;
	struct act act = { .done = cx_today(&x->cx) };

	if (!body_take(x, members, &act, &body) ||
	    !view_ok(v, subject.n
			    ? form_of_subject(v, subject, x->req.args[action], &f)
			    : form_of_new(v, x->req.args[0], x->req.args[action], &f)))
		return;
	day_take(x, &body, "done", &act.done);
	act.registered = registered_take(x, &f, &body);
	act_send(v, &f, value_get(&body, S("form")), &act);
}

void
api_matter_open(struct exchange *x)
{
	VIEW v = { 0 };

	if (query_only_none(x) && view_open(x, &v) && api_procedure_of(&v))
		matter_act(&v, S(""), 1);
}

void
api_matter_do(struct exchange *x)
{
	const struct str subject = show_subject(x, 0, 1);
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v) || !api_procedure_of(&v))
		return;
	if (subject.n)
		matter_act(&v, subject, 2);
	else
		respond_error(x, 404);
}

/* ---- files ---- */

void
api_files(struct exchange *x)
{
	const struct str type = params_get(&x->req.headers, S("content-type"));
	const struct upload *u = upload_find(x, S("file"));
	struct value file;
	struct reply r;
	VIEW v = { 0 };

	if (!query_only_none(x) || !view_open(x, &v))
		return;
	if (!str_starts(type, S("multipart/form-data"))) {
		respond_error(x, 415);
		return;
	}
	if (!u || !u->size)
		form_refuse(x, S("file"), W(api_no_file));
	if (x->cx.refusals.n || !uploads_judge(x, S(""), 1)) {
		respond_error(x, 422);
		return;
	}
	if (!view_ok(&v, upload_keep(x, u, &file)))
		return;
	reply_open(&r, x);
	put_str(&r.j, "digest", value_str(value_get(&file, S("digest"))));
	put_str(&r.j, "name", value_str(value_get(&file, S("name"))));
	put_int(&r.j, "size", value_num(value_get(&file, S("size"))));
	reply_send(&r, 201);
}
