/*
 * For who may publish: which plans the public sees, and the one act that shows or takes
 * away, with the opinion of the secrecy review in it. Nothing is public by itself.
 */
#include "web/pages/publish.h"

#include "act/defs.h"
#include "base/date.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/password.h"
#include "web/site.h"
#include "web/word.h"

void
publish_tabs(struct html *h, struct view *v, bool is_publishing)
{
	const struct tab both[] = { { W(yearly_report), S("/yearly"), -1,
					!is_publishing },
		{ W(publish), S("/publish"), -1, is_publishing } };
	bool may = false;

	if (ask_can(&v->x->cx, &v->r, v->person, S("publish-progress"), &may) == ERR_OK &&
	    may)
		tabs(h, W(yearly), both, 2);
}

static bool
publish_open(struct exchange *x, struct view *v)
{
	bool may = false;

	if (!view_open(x, v) ||
	    !view_ok(v, ask_can(&x->cx, &v->r, v->person, S("publish-progress"), &may)))
		return false;
	if (!may)
		respond_error(x, 403);
	return may;
}

void
page_publish(struct exchange *x)
{
	const struct grid_column columns[] = {
		{ .title = W(task_plan), .head = true, .wide = true },
		{ .title = W(publish_state) }, { .title = W(act_column) }
	};
	const struct read_query q = {
		.family = S("plan-adoption"), .limit = 200, .descending = true
	};
	VIEW v = { 0 };
	struct read_page page;
	struct grid t;
	struct html *h;

	if (!publish_open(x, &v) || !view_ok(&v, read_matters(&x->cx, &v.r, &q, &page)))
		return;
	h = page_open(x, .title = W(publish), .section = S("/yearly"));
	publish_tabs(h, &v, true);
	html(h, L("<p>"), T(W(publish_lead)), L("</p>\n"));
	t = grid_open(h, W(task_plan), columns, 3);
	for (size_t i = 0; i < page.n; i++) {
		const struct value *state = value_get(&page.v[i], S("state"));
		const struct str subject = value_str(value_get(&page.v[i], S("subject")));
		const bool is_public = value_true(value_path(state, "fields.public"));
		const struct str n = str_sub(
		    subject, str_rfind(subject, S("/")), subject.n);

		if (!str_eq(value_str(value_get(state, S("stage"))), S("adopted")))
			continue;
		row_open(&t);
		cell(&t, T(value_str(value_get(state, S("title")))));
		cell_open(&t);
		badge(h, is_public ? TONE_GOING : TONE_PLAIN,
		    is_public ? W(publish_on) : W(publish_off));
		cell_close(&t);
		cell(&t, L("<a href=\""),
		    U(str_fmt(&x->arena, "/publish%.*s", STR_ARG(n))), L("\">"),
		    T(is_public ? W(publish_hide) : W(publish_show)), L("</a>"));
		row_close(&t);
	}
	grid_close(&t);
	page_close(x, h, 200);
}

static struct str
subject_asked(struct exchange *x)
{
	int64_t n;

	return str_int(x->req.args[0], &n)
		   ? str_fmt(&x->arena, "plan-adoption/%lld", (long long)n)
		   : S("");
}

static void
form_put(struct html *h, struct view *v, const struct value *state, bool is_public)
{
	const struct procedure_def *p = defs_procedure(v->defs, S("plan-adoption"));
	const struct field *f = p ? field_find(&p->fields, S("secrecy")) : NULL;
	const struct action_def *a = p ? action_find(p, is_public ? S("hide") : S("show"))
				       : NULL;

	if (!f || !a)
		return;
	form_open(h, str_fmt(&v->x->arena, "/publish/%.*s", STR_ARG(v->x->req.args[0])));
	field_hidden(h, S("key"), token_new(&v->x->cx));
	field_hidden(h, S("seen"),
	    str_fmt(
		&v->x->arena, "%lld", (long long)value_num(value_get(state, S("seq")))));
	if (!is_public)
		field_area(h, .name = S("secrecy"), .label = f->title, .rows = 3,
		    .hint = W(publish_secrecy));
	button_row_open(h);
	button_primary(h, a->title);
	button_link(h, S("/publish"), W(act_back));
	button_row_close(h);
	form_close(h);
}

static void
one_put(struct exchange *x, struct view *v, int status)
{
	struct value state;
	bool is_public;
	struct html *h;

	if (!view_ok(v, read_matter(&x->cx, &v->r, subject_asked(x), &state)))
		return;
	is_public = value_true(value_path(&state, "fields.public"));
	h = page_open(x,
	    .title = is_public ? W(publish_hide_title) : W(publish_show_title),
	    .section = S("/yearly"), .crumbs = { { W(publish), S("/publish") } });
	error_summary(h);
	html(h, L("<p class=\"lead\">"), T(value_str(value_get(&state, S("title")))),
	    L("</p>\n"));
	form_put(h, v, &state, is_public);
	page_close(x, h, status);
}

void
page_publish_one(struct exchange *x)
{
	VIEW v = { 0 };

	if (publish_open(x, &v))
		one_put(x, &v, 200);
}

static void
publish_done(struct exchange *x)
{
	const enum err err = act_answer(x)->err;
	VIEW v = { 0 };

	if (err == ERR_OK) {
		respond_redirect(x, S("/publish"));
		return;
	}
	if (err != ERR_REFUSED)
		respond_err(x, err);
	else if (publish_open(x, &v))
		one_put(x, &v, 422);
}

void
page_publish_post(struct exchange *x)
{
	struct act act = {
		.subject = subject_asked(x), .form = value_map(), .done = cx_today(&x->cx)
	};
	const struct str secrecy = str_trim(form_get(x, S("secrecy")));
	struct value state;

	{
		VIEW v = { 0 };

		if (!publish_open(x, &v) ||
		    !view_ok(&v, read_matter(&x->cx, &v.r, act.subject, &state)))
			return;
	}
	act.action = value_true(value_path(&state, "fields.public")) ? S("hide")
								     : S("show");
	if (secrecy.n && str_eq(act.action, S("show")))
		value_set_text(&x->arena, &act.form, "secrecy", secrecy);
	act_submit(x, &act, publish_done);
}
