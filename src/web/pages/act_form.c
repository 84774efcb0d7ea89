/*
 * The page of one act: asks for what its definition asks, shows every refusal beside its
 * field, and says what somebody else changed meanwhile. The two addresses differ only in
 * where the form comes from: /m/{family}/{n}/do/{action} and /new/{family}/{action}.
 */
#include "web/pages/act_form.h"

#include "base/date.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/password.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

static enum err
form_load(struct view *v, struct form *f)
{
	struct exchange *x = v->x;
	struct str subject;

	if (str_starts(x->req.path, S("/new/")))
		return form_of_new(v, x->req.args[0], x->req.args[1], f);
	subject = show_subject(x, 0, 1);
	if (!subject.n)
		return word_fail(&x->cx, ERR_NOT_FOUND, W(none_matter));
	return form_of_subject(v, subject, x->req.args[2], f);
}

/* ---- what stands in the form at first ---- */

/* What this unit itself reported last: the matter's own field holds whatever unit spoke
 * last. */
static struct value
own_report(struct view *v, const struct form *f)
{
	const struct value *reports = value_get(&f->current, S("reports"));
	struct read_page posts = { 0 };
	struct value last = value_null();

	if (ask_posts(&v->x->cx, &v->r, v->person, &posts) != ERR_OK)
		return last;
	for (size_t i = 0; i < value_count(reports); i++)
		for (size_t k = 0; k < posts.n; k++)
			if (value_eq(value_get(value_at(reports, i), S("unit")),
				value_path(&posts.v[k], "values.unit")))
				last = *value_get(value_at(reports, i), S("text"));
	return last;
}

/* /new/posts/put?unit=units/4 fills in what is known already. */
static struct value
from_query(struct view *v, const struct field *field)
{
	const struct str text = query_get(v->x, field->id);
	struct value list = value_list();

	if (!text.n)
		return value_null();
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_CHOICE:
	case FIELD_ENTRY:
	case FIELD_MATTER:
		return value_text(text);
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
		for (size_t i = 0; i < v->x->req.query.n; i++)
			if (str_eq(v->x->req.query.v[i].name, field->id))
				value_add(&v->x->arena, &list,
				    value_text(v->x->req.query.v[i].value));
		return list;
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_DECIMAL:
	case FIELD_DAY:
	case FIELD_BOOL:
	case FIELD_TEXTS:
	case FIELD_ROWS:
	case FIELD_CITATIONS:
	case FIELD_FILES:
	case FIELD_COUNT_:
		break;
	}
	return value_null();
}

/* A new matter's own body is, unless said otherwise, the unit of who opens it. */
static struct value
own_unit(struct view *v)
{
	struct read_page posts;

	if (ask_posts(&v->x->cx, &v->r, v->person, &posts) != ERR_OK || !posts.n)
		return value_null();
	return *value_path(&posts.v[0], "values.unit");
}

/* The unit that leads, unless the reader's own does. */
static struct value
for_unit(struct view *v, const struct form *f)
{
	const struct value *body = value_get(&f->current, S("body"));
	const struct value own = own_unit(v);

	return value_eq(body, &own) ? value_null() : *body;
}

static struct value
first_value(struct view *v, const struct form *f, const struct field *field)
{
	if (id_list_has(&f->hidden, field->id))
		return value_null();
	if (!f->subject.n && f->procedure && !query_get(v->x, field->id).n &&
	    str_eq(field->id, f->procedure->unit))
		return own_unit(v);
	if (!f->subject.n)
		return from_query(v, field);
	if (str_eq(f->family, S("task")) && str_eq(field->id, S("report")))
		return own_report(v, f);
	if (str_eq(field->id, S("for-unit")))
		return for_unit(v, f);
	return *value_get(&f->current, field->id);
}

static struct value
first_values(struct view *v, const struct form *f)
{
	struct value values = value_map();

	for (size_t i = 0; i < f->fields.n; i++)
		if (!f->fields.v[i].is_fresh)
			value_set(&v->x->arena, &values, f->fields.v[i].field->id,
			    first_value(v, f, f->fields.v[i].field));
	return values;
}

/* ---- the page ---- */

static bool
has_files(const struct field_list *fields)
{
	for (size_t i = 0; i < fields->n; i++)
		if (fields->v[i].type == FIELD_FILES || has_files(&fields->v[i].columns))
			return true;
	return false;
}

static bool
takes_files(const struct form *f)
{
	for (size_t i = 0; i < f->fields.n; i++)
		if (f->fields.v[i].field->type == FIELD_FILES ||
		    has_files(&f->fields.v[i].field->columns))
			return true;
	return false;
}

static void
days_put(struct html *h, struct view *v, const struct form *f)
{
	const struct str today = day_iso(&v->x->arena, cx_today(&v->x->cx));
	const struct option registered = { S("yes"), W(act_registered),
		W(act_registered_hint) };

	field_day(h, .name = S("done"),
	    .label = f->kind == FORM_PUT   ? W(act_from_day)
		     : f->kind == FORM_END ? W(act_last_day)
					   : W(act_done_day),
	    .value = today);
	if (f->kind == FORM_PUT)
		field_day(h, .name = S("to_day"), .label = W(act_to_day),
		    .hint = W(act_to_day_hint), .optional = true);
	if (f->may_register)
		field_checks(h, .name = S("registered"), .label = W(act_how),
		    .choices = &registered, .n = 1);
}

static void
hidden_put(struct html *h, struct view *v, const struct form *f)
{
	struct exchange *x = v->x;
	const bool posted = x->req.method == HTTP_POST;
	static const char *const kept[] = { "to", "rule", "part", "row" };

	/* The first button is what Enter presses; it must not be one of the others. */
	html(h, L("<button hidden>"), T(f->title), L("</button>\n"));
	field_hidden(h, S("key"),
	    posted && form_get(x, S("key")).n ? form_get(x, S("key"))
					      : token_new(&x->cx));
	field_hidden(h, S("seen"), str_fmt(&x->arena, "%lld", (long long)f->seq));
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const struct str name = str_z(kept[i]);
		const struct str value = posted ? form_get(x, name) : query_get(x, name);

		if (value.n)
			field_hidden(h, name, value);
	}
}

static struct str
back_path(struct view *v, const struct form *f)
{
	struct exchange *x = v->x;
	const struct str to = x->req.method == HTTP_POST ? form_get(x, S("to"))
							 : query_get(x, S("to"));

	if (to.n && path_is_own(to))
		return to;
	return f->subject.n ? show_path(&x->arena, f->subject) : S("/");
}

static struct str
family_title(const struct form *f)
{
	return f->reg ? f->reg->title : f->procedure ? f->procedure->title : S("");
}

/* taken: from the post, or NULL on the way in. */
static void
form_show(struct view *v, struct form *f, const struct value *taken, int status)
{
	struct exchange *x = v->x;
	const struct str name = f->subject.n ? show_name(v, f->subject) : S("");
	const struct value values = taken ? *taken : first_values(v, f);
	const struct crumb no_crumb = { S(""), S("") };
	const struct crumb list = show_list_crumb(&x->arena, f->procedure);
	const struct crumb here = { f->subject.n ? list.label.n ? name : family_title(f)
						 : S(""),
		back_path(v, f) };
	struct html *h;

	if (!view_ok(v, form_among(v, f, &values)))
		return;
	h = page_open(x, .title = f->title, .above = name.n ? name : family_title(f),
	    .crumbs = { { W(home), S("/") }, list.label.n ? list : here,
		list.label.n ? here : no_crumb });

	error_summary(h);
	if (f->says.n)
		html(h, L("<p>"), T(f->says), L("</p>\n"));
	form_rows_links(h, v, f);
	if (takes_files(f))
		form_open_files(h, x->req.path);
	else
		form_open(h, x->req.path);
	hidden_put(h, v, f);
	if (taken)
		form_cites_seen(h, v, f, &values);
	for (size_t i = 0; i < f->fields.n; i++) {
		const struct form_field *ff = &f->fields.v[i];

		form_input(h, v, ff, value_get(&values, ff->field->id));
		if (taken)
			form_cites_put(
			    h, v, ff->field, value_get(&values, ff->field->id));
	}
	days_put(h, v, f);
	button_row_open(h);
	button_primary(h, f->title);
	button_link(h, back_path(v, f), W(act_back));
	button_row_close(h);
	form_close(h);
	page_close(x, h, status);
}

void
page_act(struct exchange *x)
{
	struct form f;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, form_load(&v, &f)))
		return;
	form_show(&v, &f, NULL, 200);
}

/* ---- what was posted ---- */

static struct value
rows_compact(struct arena *a, const struct value *rows)
{
	struct value full = value_list();

	for (size_t i = 0; i < value_count(rows); i++)
		if (!value_is_null(value_at(rows, i)))
			value_add(a, &full, *value_at(rows, i));
	return full.list.n ? full : value_null();
}

static bool
same(const struct value *a, const struct value *b)
{
	const bool a_empty = value_is_null(a) || (a->kind == V_LIST && !value_count(a));
	const bool b_empty = value_is_null(b) || (b->kind == V_LIST && !value_count(b));

	return (a_empty && b_empty) || value_eq(a, b);
}

/* A field that somebody else changed after this form was filled, and this person too. */
static void
refuse_seen(struct view *v, const struct field *field, const struct value *now)
{
	const struct str text = show_text(v, field, now);

	form_refuse(v->x, field->id,
	    word_fill(
		&v->x->arena, W(act_seen), field->title, text.n ? text : W(act_nothing)));
}

/*
 * One field of the act: what to send, or nothing. `shown` is what the form was filled
 * from, `now` what the record says by now. What a person left as it was shown is not his
 * to send: a change by somebody else stays.
 */
static void
field_merge(struct view *v, const struct form *f, const struct form_field *ff,
    const struct value *posted, const struct value *shown, struct value *out)
{
	const struct field *field = ff->field;
	const struct value *now = value_get(&f->current, field->id);
	const bool touched = !same(posted, shown), moved = !same(now, shown);
	struct value send = *posted;

	if (value_is_null(posted) &&
	    (shown->kind == V_MAP || id_list_has(&f->hidden, field->id)))
		send = *shown; /* sealed or masked: an empty box changes nothing */
	if (moved && !same(posted, now) && (touched || !ff->optional)) {
		refuse_seen(v, field, now);
		return;
	}
	if (f->kind == FORM_PUT)
		send = touched ? send : *now;
	else if ((ff->optional && !touched) || send.kind == V_MAP)
		return;
	if (value_is_null(&send) && (f->kind == FORM_PUT || value_is_null(now)))
		return;
	value_set(&v->x->arena, out, field->id,
	    value_is_null(&send) ? value_text(S("")) : send);
}

static enum err
form_merge(
    struct view *v, const struct form *f, const struct value *taken, struct value *out)
{
	struct value shown;
	int64_t seen = 0;

	str_int(form_get(v->x, S("seen")), &seen);
	TRY(form_values_at(v, f, seen, &shown));
	*out = value_map();
	for (size_t i = 0; i < f->fields.n; i++) {
		const struct form_field *ff = &f->fields.v[i];
		struct value posted = *value_get(taken, ff->field->id);

		const struct value *first = value_get(&shown, ff->field->id);

		if (ff->is_one) {
			form_row_merge(v, f, ff, &posted, first, out);
			continue;
		}
		if (ff->field->type == FIELD_ROWS)
			posted = rows_compact(&v->x->arena, &posted);
		if (!ff->is_fresh)
			field_merge(v, f, ff, &posted, first, out);
		else if (!value_is_null(&posted))
			value_set(&v->x->arena, out, ff->field->id, posted);
	}
	if (f->kind == FORM_SETTLE)
		value_set(
		    &v->x->arena, out, S("rule"), value_text(form_get(v->x, S("rule"))));
	if (f->kind == FORM_DESTROY)
		value_set(
		    &v->x->arena, out, S("part"), value_text(form_get(v->x, S("part"))));
	return ERR_OK;
}

static void
day_take(struct exchange *x, const char *name, bool optional, int64_t *out)
{
	const struct str typed = str_trim(form_get(x, str_z(name)));

	if (optional && !typed.n)
		return;
	if (!day_read(typed, out))
		form_refuse(
		    x, str_z(name), typed.n ? W(act_day_bad) : W(act_day_missing));
}

/* A button that did it at once posts no fields: everything stays as it is. */
static enum err
posted_take(struct view *v, const struct form *f, struct value *out)
{
	if (!form_get(v->x, S("brief")).n)
		return form_take(v, f, out);
	*out = f->current;
	return ERR_OK;
}

static void act_done(struct exchange *x);

void
page_act_post(struct exchange *x)
{
	struct act act = { 0 };
	struct value taken;
	struct form f;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, form_load(&v, &f)) ||
	    !view_ok(&v, posted_take(&v, &f, &taken)))
		return;
	if (form_get(x, S("more")).n) {
		x->cx.refusals = (struct refusal_list){ 0 };
		form_show(&v, &f, &taken, 200);
		return;
	}
	day_take(x, "done", false, &act.done);
	if (f.kind == FORM_PUT) {
		day_take(x, "to_day", true, &act.to_day);
		act.to_day += act.to_day ? 1 : 0; /* the last day itself counts */
	}
	if (x->cx.refusals.n) {
		form_show(&v, &f, &taken, 422);
		return;
	}
	if (form_cites_new(&v, &f, &taken)) {
		form_show(&v, &f, &taken, 200);
		return;
	}
	if (!view_ok(&v, form_merge(&v, &f, &taken, &act.form)))
		return;
	if (x->cx.refusals.n) {
		form_show(&v, &f, &taken, 409);
		return;
	}
	act.subject = f.subject;
	act.family = f.subject.n ? S("") : f.family;
	act.action = f.action;
	act.registered = f.may_register && form_get(x, S("registered")).n;
	act.seen = f.seq;
	act_submit(x, &act, act_done);
}

/* The door has answered. */
static void
act_done(struct exchange *x)
{
	const struct act_answer *answer = act_answer(x);
	struct value taken;
	struct form f;
	VIEW v = { 0 };

	if (answer->err == ERR_OK) {
		const struct str to = form_get(x, S("to"));
		const bool here = to.n && path_is_own(to);
		struct str family = subject_family(answer->result.subject);
		struct str path = here ? to
				       : show_path(&x->arena, answer->result.subject);

		if (!here && !str_eq(family, S("units")))
			path = str_fmt(&x->arena, "%.*s?done=%.*s", STR_ARG(path),
			    STR_ARG(
				x->req
				    .args[str_starts(x->req.path, S("/new/")) ? 1 : 2]));
		respond_redirect(x, path);
		return;
	}
	if (answer->err != ERR_REFUSED && answer->err != ERR_STALE) {
		respond_err(x, answer->err);
		return;
	}
	if (!view_open(x, &v) || !view_ok(&v, form_load(&v, &f)) ||
	    !view_ok(&v, posted_take(&v, &f, &taken)))
		return;
	form_show(&v, &f, &taken, answer->err == ERR_STALE ? 409 : 422);
}
