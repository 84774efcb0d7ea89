/*
 * A unit's own data and its people: who holds which post, who stands in, what each post
 * may do, who can log in. Posts carry the powers, so that a change of people changes
 * nothing else.
 */
#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/show.h"
#include "web/pages/unit.h"
#include "web/password.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

struct people {
	struct view *v;
	struct str subject; /* of the unit */
	struct value entry;
	struct read_page posts;
	bool may_keep, may_grant;
};

static struct str
number_of(struct str subject)
{
	return str_sub(subject, subject_family(subject).n + 1, subject.n);
}

static struct str
here(const struct people *p)
{
	return str_fmt(
	    &p->v->x->arena, "/unit/%.*s/people", STR_ARG(number_of(p->subject)));
}

/* Versions of today that refer to the subject by this field. */
static enum err
referring(struct view *v, const char *name, struct str target, struct read_page *out)
{
	struct cx *cx = &v->x->cx;
	struct read_page refs;

	*out = (struct read_page){ 0 };
	TRY(read_refs(cx, &v->r, str_z(name), target, &refs));
	for (size_t i = 0; i < refs.n; i++) {
		struct value entry;
		const enum err err = read_entry(cx, &v->r,
		    value_str(value_get(&refs.v[i], S("subject"))), cx_today(cx),
		    READ_NOW, &entry);

		if (err == ERR_OK)
			*list_add(cx->arena, out) = entry;
		else if (err != ERR_NOT_FOUND)
			return err;
	}
	return ERR_OK;
}

static enum err
people_load(struct view *v, struct people *p)
{
	struct cx *cx = &v->x->cx;
	int64_t n;

	*p = (struct people){ .v = v };
	if (!str_int(v->x->req.args[0], &n))
		return word_fail(cx, ERR_NOT_FOUND, W(none_unit));
	p->subject = str_fmt(cx->arena, "units/%lld", (long long)n);
	TRY(read_entry(cx, &v->r, p->subject, cx_today(cx), READ_NOW, &p->entry));
	p->may_keep = unit_may(v, "keep-units");
	p->may_grant = unit_may(v, "grant");
	return referring(v, "posts.unit", p->subject, &p->posts);
}

/* ---- posts ---- */

static struct str
powers_of(struct people *p, struct str post)
{
	const struct register_def *def = defs_register(p->v->defs, S("competences"));
	const struct field *what = field_find(&def->fields, S("what"));
	struct read_page grants;
	LIST(struct str) titles = { 0 };

	if (referring(p->v, "competences.post", post, &grants) != ERR_OK || !what)
		return S("");
	for (size_t i = 0; i < grants.n; i++)
		*list_add(&p->v->x->arena, &titles) = choice_title(
		    what, value_str(value_path(&grants.v[i], "values.what")));
	return str_join(&p->v->x->arena, titles.v, titles.n, W(list_comma));
}

static void
person_put(struct html *h, struct people *p, struct str person)
{
	struct arena *a = &p->v->x->arena;

	if (!person.n)
		return;
	html(h, L("<a href=\""), U(str_fmt(a, "/m/%.*s", STR_ARG(person))), L("\">"),
	    T(show_name(p->v, person)), L("</a>"));
	if (account_may(p->v))
		html(h, L("<br><a href=\""),
		    U(url_query(a,
			str_fmt(a, "/person/%.*s/account", STR_ARG(number_of(person))),
			{ S("to"), here(p) })),
		    L("\">"), T(W(account)), L("</a>"));
}

static void
post_links(struct html *h, struct people *p, struct str post)
{
	struct arena *a = &p->v->x->arena;

	if (p->may_keep)
		html(h, L("<a href=\""),
		    U(url_query(a, str_fmt(a, "/m/%.*s/do/put", STR_ARG(post)),
			{ S("to"), here(p) })),
		    L("\">"), T(W(people_change)), L("</a> "));
	if (p->may_grant)
		html(h, L("<a href=\""),
		    U(str_fmt(a, "/post/%.*s/powers", STR_ARG(number_of(post)))),
		    L("\">"), T(W(people_powers)), L("</a>"));
}

static void
posts_put(struct html *h, struct people *p)
{
	const struct grid_column columns[] = { { .title = W(people_post), .head = true },
		{ .title = W(people_holder) }, { .title = W(people_deputy) },
		{ .title = W(people_may), .wide = true }, { .title = W(people_do) } };
	struct grid g;

	if (!p->posts.n) {
		empty_put(h, W(people_none), W(people_none_text));
		return;
	}
	g = grid_open(h, W(people_posts), columns, 5);
	for (size_t i = 0; i < p->posts.n; i++) {
		const struct str post = value_str(
		    value_get(&p->posts.v[i], S("subject")));
		const struct value *values = value_get(&p->posts.v[i], S("values"));

		row_open(&g);
		cell(&g, T(value_str(value_get(values, S("title")))));
		cell_open(&g);
		person_put(h, p, value_str(value_get(values, S("holder"))));
		cell_close(&g);
		cell_open(&g);
		person_put(h, p, value_str(value_get(values, S("deputy"))));
		cell_close(&g);
		cell(&g, T(powers_of(p, post)));
		cell_open(&g);
		post_links(h, p, post);
		cell_close(&g);
		row_close(&g);
	}
	grid_close(&g);
}

static void
people_buttons(struct html *h, struct people *p)
{
	struct arena *a = &p->v->x->arena;

	if (!p->may_keep)
		return;
	button_row_open(h);
	button_link(h, url_query(a, S("/new/persons/put"), { S("to"), here(p) }),
	    W(people_new_person));
	button_link(h,
	    url_query(
		a, S("/new/posts/put"), { S("unit"), p->subject }, { S("to"), here(p) }),
	    W(people_new_post));
	button_row_close(h);
}

/* Who leaves a post hands over first: also those who keep no posts may begin it. */
static void
hand_over_button(struct html *h, struct people *p)
{
	struct view *v = p->v;
	const struct procedure_def *d = defs_procedure(v->defs, S("hand-over"));
	const struct action_def *a = d ? action_find(d, S("begin")) : NULL;
	bool may = false;

	if (!a || d->withdrawn ||
	    ask_can(&v->x->cx, &v->r, v->person, S("hand-over"), &may) != ERR_OK || !may)
		return;
	button_row_open(h);
	button_link(h, S("/new/hand-over/begin"), a->title);
	button_row_close(h);
}

/* ---- the unit ---- */

static void
confirm_put(struct html *h, struct people *p)
{
	struct exchange *x = p->v->x;

	if (!unit_is_unconfirmed(value_get(&p->entry, S("values"))))
		return;
	notice_open(h, TONE_WARN, W(unit_unconfirmed));
	html(h, L("<p>"), T(W(unit_unconfirmed_text)), L("</p>\n"));
	if (p->may_keep) {
		form_open(h, str_fmt(&x->arena, "/unit/%.*s/confirm",
				 STR_ARG(number_of(p->subject))));
		field_hidden(h, S("key"), token_new(&x->cx));
		button_row_open(h);
		button_primary(h, W(unit_confirm));
		button_row_close(h);
		form_close(h);
	}
	notice_close(h);
}

static void
unit_put(struct html *h, struct people *p)
{
	const struct register_def *def = defs_register(p->v->defs, S("units"));
	struct arena *a = &p->v->x->arena;
	const struct str path = str_fmt(a, "/m/%.*s/do/", STR_ARG(p->subject));

	show_fields(h, p->v, &def->fields, value_get(&p->entry, S("values")), NULL, NULL);
	if (!p->may_keep)
		return;
	button_row_open(h);
	button_link(h,
	    url_query(a, str_fmt(a, "%.*sput", STR_ARG(path)), { S("to"), here(p) }),
	    word_fill(a, W(act_put), def->title));
	button_link(h,
	    url_query(a, str_fmt(a, "%.*send", STR_ARG(path)), { S("to"), S("/units") }),
	    word_fill(a, W(act_end), def->title));
	button_row_close(h);
}

static void
groups_put(struct html *h, struct people *p)
{
	struct read_page groups;

	if (referring(p->v, "groups.members", p->subject, &groups) != ERR_OK || !groups.n)
		return;
	html(h, L("<h2>"), T(W(unit_groups)), L("</h2>\n<ul>\n"));
	for (size_t i = 0; i < groups.n; i++) {
		html(h, L("<li>"));
		show_link(h, p->v, value_str(value_get(&groups.v[i], S("subject"))));
		html(h, L("</li>\n"));
	}
	html(h, L("</ul>\n"));
}

void
page_people(struct exchange *x)
{
	struct people p;
	struct html *h;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, people_load(&v, &p)))
		return;
	h = page_open(x, .title = W(people), .above = show_name(&v, p.subject),
	    .section = S("/units"),
	    .crumbs = { { W(units), S("/units") },
		{ show_name(&v, p.subject), show_path(&x->arena, p.subject) } });
	error_summary(h);
	confirm_put(h, &p);
	unit_put(h, &p);
	groups_put(h, &p);
	posts_put(h, &p);
	people_buttons(h, &p);
	hand_over_button(h, &p);
	page_close(x, h, x->cx.refusals.n ? 422 : 200);
}

static void
confirmed(struct exchange *x)
{
	const struct act_answer *answer = act_answer(x);

	if (answer->err == ERR_OK)
		respond_redirect(
		    x, str_fmt(&x->arena, "/unit/%.*s/people", STR_ARG(x->req.args[0])));
	else if (answer->err == ERR_REFUSED)
		page_people(x);
	else
		respond_err(x, answer->err);
}

/* 待核 goes out of the entry's source; all else stays as it is. */
void
page_unit_confirm(struct exchange *x)
{
	struct people p;
	struct act act = { .action = S("put") };
	struct str source;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, people_load(&v, &p)))
		return;
	act.subject = p.subject;
	act.done = cx_today(&x->cx);
	act.form = value_copy(&x->arena, value_get(&p.entry, S("values")));
	source = value_str(value_get(&act.form, S("source")));
	value_set(&x->arena, &act.form, S("source"),
	    value_text(
		str_replace(&x->arena, source, W(unit_unconfirmed), W(unit_confirmed))));
	act_submit(x, &act, confirmed);
}

/* ---- what a post may do ---- */

struct powers {
	struct view *v;
	struct str post;
	struct value entry;
	const struct field *what;
	struct read_page grants;
};

static enum err
powers_load(struct view *v, struct powers *p)
{
	struct cx *cx = &v->x->cx;
	const struct register_def *def = defs_register(v->defs, S("competences"));
	int64_t n;

	*p = (struct powers){ .v = v };
	if (!str_int(v->x->req.args[0], &n) || !def || !unit_may(v, "grant"))
		return word_fail(cx, ERR_NOT_FOUND, W(none_post));
	p->what = field_find(&def->fields, S("what"));
	p->post = str_fmt(cx->arena, "posts/%lld", (long long)n);
	TRY(read_entry(cx, &v->r, p->post, cx_today(cx), READ_NOW, &p->entry));
	return referring(v, "competences.post", p->post, &p->grants);
}

static struct str
grant_of(const struct powers *p, struct str what)
{
	for (size_t i = 0; i < p->grants.n; i++)
		if (str_eq(value_str(value_path(&p->grants.v[i], "values.what")), what))
			return value_str(value_get(&p->grants.v[i], S("subject")));
	return S("");
}

static struct str
powers_back(struct powers *p)
{
	const struct str unit = value_str(value_path(&p->entry, "values.unit"));

	return str_fmt(&p->v->x->arena, "/unit/%.*s/people", STR_ARG(number_of(unit)));
}

static void
powers_show(struct powers *p, int status)
{
	struct exchange *x = p->v->x;
	const size_t n = p->what->options.n;
	struct option *choices = arena_array(&x->arena, struct option, n + 1);
	struct str *checked = arena_array(&x->arena, struct str, p->grants.n + 1);
	const struct str unit = show_name(
	    p->v, value_str(value_path(&p->entry, "values.unit")));
	struct html *h = page_open(x, .title = W(people_powers),
	    .above = str_fmt(&x->arena, "%.*s %.*s", STR_ARG(unit),
		STR_ARG(value_str(value_path(&p->entry, "values.title")))),
	    .section = S("/units"),
	    .crumbs = { { W(units), S("/units") }, { unit, powers_back(p) } });

	for (size_t i = 0; i < n; i++)
		choices[i] = (struct option){ .value = p->what->options.v[i].id,
			.label = p->what->options.v[i].title };
	for (size_t i = 0; i < p->grants.n; i++)
		checked[i] = value_str(value_path(&p->grants.v[i], "values.what"));
	error_summary(h);
	form_open(h, x->req.path);
	field_hidden(h, S("key"), token_new(&x->cx));
	field_checks(h, .name = S("what"), .label = p->what->title,
	    .hint = W(powers_hint), .choices = choices, .n = n, .checked = checked,
	    .nchecked = p->grants.n, .many = true);
	field_text(h, .name = S("reason"), .label = W(powers_end_reason),
	    .hint = W(powers_end_hint), .optional = true);
	button_row_open(h);
	button_primary(h, W(powers_save));
	button_link(h, powers_back(p), W(act_back));
	button_row_close(h);
	form_close(h);
	page_close(x, h, status);
}

void
page_powers(struct exchange *x)
{
	struct powers p;
	VIEW v = { 0 };

	if (view_open(x, &v) && view_ok(&v, powers_load(&v, &p)))
		powers_show(&p, 200);
}

static void
powers_done(struct exchange *x)
{
	enum err worst = ERR_OK;
	struct powers p;
	VIEW v = { 0 };

	for (size_t i = 0; i < acts_count(x); i++)
		if (acts_answer(x, i)->err != ERR_OK)
			worst = acts_answer(x, i)->err;
	if (worst != ERR_OK && worst != ERR_REFUSED) {
		respond_err(x, worst);
		return;
	}
	if (!view_open(x, &v) || !view_ok(&v, powers_load(&v, &p)))
		return;
	if (worst == ERR_OK)
		respond_redirect(x, powers_back(&p));
	else
		powers_show(&p, 422);
}

/* One act for each power that comes or goes. */
void
page_powers_post(struct exchange *x)
{
	const struct str reason = str_trim(form_get(x, S("reason")));
	struct powers p;
	struct act *acts;
	size_t n = 0, ends = 0;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, powers_load(&v, &p)))
		return;
	acts = arena_array(&x->arena, struct act, p.what->options.n + 1);
	for (size_t i = 0; i < p.what->options.n; i++) {
		const struct str what = p.what->options.v[i].id;
		const struct str has = grant_of(&p, what);
		const bool wants = params_has_value(&x->req.form, S("what"), what);
		struct act *act = &acts[n];

		if (wants == (has.n > 0))
			continue;
		*act = (struct act){ .actor = v.person,
			.done = cx_today(&x->cx),
			.form = value_map(),
			.action = wants ? S("put") : S("end"),
			.key = str_fmt(
			    &x->arena, "%.*s %zu", STR_ARG(form_get(x, S("key"))), i) };
		act->subject = has;
		if (wants) {
			act->family = S("competences");
			value_set_text(&x->arena, &act->form, "post", p.post);
			value_set_text(&x->arena, &act->form, "what", what);
		} else {
			value_set_text(&x->arena, &act->form, "reason", reason);
			ends++;
		}
		n++;
	}
	/* All or none: what comes does not go in while what goes is refused. */
	if (ends && !reason.n) {
		form_refuse(x, S("reason"), W(powers_end_why));
		powers_show(&p, 422);
		return;
	}
	acts_submit(x, acts, n, powers_done);
}
