/* What may be done now. The engine judges; here it only gets its places: the first thing
 * to do as a button, the others as links, the impossible with what is missing. */
#include "base/date.h"
#include "web/cite.h"
#include "web/field.h"
#include "web/pages/matter.h"
#include "web/password.h"
#include "web/word.h"

const struct act_choice *
matter_choice(const struct matter_page *m, const char *id)
{
	for (size_t i = 0; i < m->choices.n; i++)
		if (m->choices.v[i].allowed &&
		    str_eq(m->choices.v[i].action->id, str_z(id)))
			return &m->choices.v[i];
	return NULL;
}

const struct act_choice *
matter_first(const struct matter_page *m)
{
	const struct act_choice *first = NULL;

	for (size_t i = 0; i < m->choices.n && !first; i++)
		if (m->choices.v[i].allowed)
			first = &m->choices.v[i];
	return first && first->action->manner == MANNER_PLAIN ? first : NULL;
}

static struct str
form_path(struct matter_page *m, struct str action)
{
	return str_fmt(
	    &m->v->x->arena, "/m/%.*s/do/%.*s", STR_ARG(m->subject), STR_ARG(action));
}

/* Nothing must be filled in: every field is optional or has its value. */
static bool
needs_form(const struct matter_page *m, const struct action_def *a)
{
	if (a->asks_reason)
		return true;
	for (size_t i = 0; i < a->form.n; i++) {
		const struct field *f = field_find(
		    &m->procedure->fields, a->form.v[i].field);

		if (f && f->required && !a->form.v[i].optional)
			return true;
	}
	return false;
}

/* The form without its page: optional fields stay as they are, the day is today. A value
 * that stands in the matter is sent as it is, so that nothing is cleared. */
static void
at_once(struct html *h, struct matter_page *m, const struct act_choice *c)
{
	struct exchange *x = m->v->x;

	form_open(h, form_path(m, c->action->id));
	field_hidden(h, S("key"), token_new(&x->cx));
	field_hidden(h, S("brief"), S("yes"));
	field_hidden(h, S("seen"),
	    str_fmt(
		&x->arena, "%lld", (long long)value_num(value_get(&m->state, S("seq")))));
	field_hidden(h, S("done"), day_iso(&x->arena, cx_today(&x->cx)));
	button_row_open(h);
	button_primary(h, c->action->title);
	html(h, L("<a href=\""), U(form_path(m, c->action->id)), L("\">"),
	    T(c->action->form.n ? W(act_with_details) : W(act_other_day)), L("</a>\n"));
	button_row_close(h);
	form_close(h);
}

void
matter_primary(struct html *h, struct matter_page *m, const struct act_choice *c)
{
	if (c->action->says.n)
		html(h, L("<p class=\"hint\">"), T(c->action->says), L("</p>\n"));
	if (!needs_form(m, c->action)) {
		at_once(h, m, c);
		return;
	}
	button_row_open(h);
	button_link_primary(h, form_path(m, c->action->id), c->action->title);
	button_row_close(h);
}

/* Rules that the form itself may still meet: only they stand between. */
static bool
form_decides(const struct act_choice *c)
{
	for (size_t i = 0; i < c->refusal_count; i++)
		if (!str_eq(c->refusals[i].code, S("rule")))
			return false;
	return c->action->form.n || c->action->asks_reason;
}

static bool
wrong_stage(const struct act_choice *c)
{
	for (size_t i = 0; i < c->refusal_count; i++)
		if (str_eq(c->refusals[i].code, S("at")))
			return true;
	return false;
}

static void
refusal_put(struct html *h, struct matter_page *m, const struct refusal *r)
{
	const struct str basis = basis_text(m->v->defs, &m->v->x->arena, r->basis);

	html(h, T(r->message));
	if (basis.n)
		cite_basis(h, m->v, basis);
	if (r->ways.n)
		html(h, L("<span class=\"ways\">"), T(W(ways_are)), T(r->ways),
		    L("</span>"));
}

static void
not_yet_put(struct html *h, struct matter_page *m, const struct act_choice *c)
{
	html(h, L("<li><strong>"), T(c->action->title), L("</strong>"), T(W(sign_colon)));
	for (size_t i = 0; i < c->refusal_count; i++) {
		html(h, L("<span class=\"why\">"));
		refusal_put(h, m, &c->refusals[i]);
		html(h, L("</span>"));
	}
	if (action_may_register(m->procedure, c->action))
		html(h, L("<a href=\""), U(form_path(m, c->action->id)), L("\">"),
		    T(W(matter_done_elsewhere)), L("</a>"));
	html(h, L("</li>\n"));
}

static void
links_put(struct html *h, struct matter_page *m, const struct act_choice *but)
{
	bool any = false;

	for (size_t i = 0; i < m->choices.n; i++) {
		const struct act_choice *c = &m->choices.v[i];

		if (c == but || !(c->allowed || (c->may && form_decides(c))))
			continue;
		if (!any)
			html(h, L("<ul class=\"picks\">\n"));
		any = true;
		html(h, L("<li><a href=\""), U(form_path(m, c->action->id)), L("\">"),
		    T(c->action->title), L("</a></li>\n"));
	}
	if (any)
		html(h, L("</ul>\n"));
}

/* In sight when nothing else leads on: then it is what the reader came to find out. */
static void
not_yet_open(struct html *h, const struct act_choice *but)
{
	if (but) {
		details_open(h, W(matter_not_yet));
		html(h, L("<ul class=\"reasons\">\n"));
	} else {
		html(h, L("<h2>"), T(W(matter_not_yet)),
		    L("</h2>\n<ul class=\"reasons\">\n"));
	}
}

void
matter_others(struct html *h, struct matter_page *m, const struct act_choice *but)
{
	bool any = false;

	links_put(h, m, but);
	for (size_t i = 0; i < m->choices.n; i++) {
		const struct act_choice *c = &m->choices.v[i];

		if (c->allowed || !c->may || wrong_stage(c) || form_decides(c))
			continue;
		if (!any)
			not_yet_open(h, but);
		any = true;
		not_yet_put(h, m, c);
	}
	if (any) {
		html(h, L("</ul>\n"));
		if (but)
			details_close(h);
	}
}
