/*
 * One's own account: what it may do, where it is logged in, its password. The password is
 * changed by who knows the old one, and every other login ends with it.
 */
#include "act/door.h"
#include "register/field.h"
#include "web/factor.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/site.h"
#include "web/token.h"
#include "web/view.h"
#include "web/word.h"

struct own {
	struct view *v;
	struct account account;
	struct session_lines lines;
	int64_t left; /* recovery codes */
	struct token_list tokens;
};

static enum err
own_load(struct view *v, struct own *o)
{
	struct exchange *x = v->x;
	struct sessions *s = x->site->sessions;

	*o = (struct own){ .v = v };
	TRY(account_find(&x->cx, s, x->session->login, &o->account));
	if (x->site->tokens)
		TRY(token_all(&x->cx, x->site->tokens, x->session->login, &o->tokens));
	TRY(session_list(&x->cx, s, x->session->login, session_token(x), &o->lines));
	return factor_left(&x->cx, s, x->session->login, &o->left);
}

static struct str
powers_of(const struct own *o)
{
	const struct session *s = o->v->x->session;
	const struct register_def *def = defs_register(o->v->defs, S("competences"));
	const struct field *what = def ? field_find(&def->fields, S("what")) : NULL;
	LIST(struct str) titles = { 0 };

	for (size_t i = 0; what && i < s->ncan; i++)
		*list_add(&o->v->x->arena, &titles) = choice_title(what, s->can[i]);
	return str_join(&o->v->x->arena, titles.v, titles.n, W(list_comma));
}

static void
factor_put(struct html *h, const struct own *o)
{
	fact_open(h, W(me_factor));
	if (o->account.has_factor)
		html_say(h, W(me_factor_on), N(o->left));
	else
		html(h, T(W(me_factor_off)), T(W(sentence_end)),
		    L("<a href=\"/me/factor\">"), T(W(me_factor_open)), L("</a>"));
	fact_close(h);
}

static void
facts_put(struct html *h, const struct own *o)
{
	struct arena *a = &o->v->x->arena;
	const struct session *s = o->v->x->session;

	facts_open(h);
	fact(h, W(me_name), T(s->name));
	fact(h, W(me_login), T(s->login));
	fact(h, W(me_powers), T(powers_of(o)));
	if (o->account.changed_ms)
		fact(h, W(me_changed), T(record_when(a, o->account.changed_ms)));
	factor_put(h, o);
	fact(h, W(tokens), N((int64_t)o->tokens.n), T(W(me_tokens_unit)),
	    L("<a href=\"/me/tokens\">"), T(W(me_tokens_open)), L("</a>"));
	facts_close(h);
	if (!o->account.has_factor && factor_is_for(s))
		html(h, L("<p class=\"hint\">"), T(W(me_factor_demo)), L("</p>\n"));
}

static void
password_put(struct html *h)
{
	html(h, L("<h2>"), T(W(me_password)), L("</h2>\n"));
	form_open(h, S("/me/password"));
	field_password(h, .name = S("old"), .label = W(me_old),
	    .autocomplete = S("current-password"));
	field_password(h, .name = S("password"), .label = W(me_new),
	    .hint = W(account_password_bad), .autocomplete = S("new-password"));
	field_password(h, .name = S("again"), .label = W(account_again),
	    .autocomplete = S("new-password"));
	button_row_open(h);
	button_primary(h, W(me_password_save));
	button_row_close(h);
	form_close(h);
}

static void
sessions_put(struct html *h, const struct own *o)
{
	const struct grid_column columns[] = { { .title = W(me_session_begun),
						   .head = true },
		{ .title = W(me_session_seen) }, { .title = W(me_sessions) } };
	struct arena *a = &o->v->x->arena;
	struct grid g = grid_open(h, W(me_sessions), columns, 3);

	for (size_t i = 0; i < o->lines.n; i++) {
		const struct session_line *l = &o->lines.v[i];

		row_open(&g);
		cell(&g, T(record_when(a, l->created_ms)));
		cell(&g, T(record_when(a, l->seen_ms)));
		cell(&g, T(l->current ? W(me_session_this) : W(me_session_other)));
		row_close(&g);
	}
	grid_close(&g);
	if (o->lines.n < 2)
		return;
	form_open(h, S("/me/others"));
	button_row_open(h);
	button_second(h, S("end"), S("yes"), W(me_end_others));
	button_row_close(h);
	form_close(h);
}

static void
own_show(struct own *o, int status)
{
	struct exchange *x = o->v->x;
	struct html *h = page_open(x, .title = W(me));

	error_summary(h);
	if (x->session->temporary) {
		notice_open(h, TONE_WARN, W(me_temporary));
		html(h, L("<p>"), T(W(me_temporary_text)), L("</p>\n"));
		notice_close(h);
	} else if (query_get(x, S("changed")).n) {
		panel_open(h, W(me_password), W(me_password_done));
		panel_close(h);
	}
	facts_put(h, o);
	password_put(h);
	sessions_put(h, o);
	page_close(x, h, status);
}

static void
own_page(struct exchange *x, int status)
{
	struct own o;
	VIEW v = { 0 };

	if (view_open(x, &v) && view_ok(&v, own_load(&v, &o)))
		own_show(&o, status);
}

void
page_me(struct exchange *x)
{
	own_page(x, 200);
}

void
page_me_password(struct exchange *x)
{
	struct str token = S("");
	enum err err = ERR_REFUSED;

	if (!str_eq(form_get(x, S("password")), form_get(x, S("again"))))
		form_refuse(x, S("again"), W(account_differs));
	else
		err = password_change(&x->cx, x->site->sessions, x->session,
		    form_get(x, S("old")), form_get(x, S("password")), &token);
	if (err == ERR_REFUSED) {
		own_page(x, 422);
		return;
	}
	if (err == ERR_OK && x->site->door)
		err = door_access(&x->cx, x->site->door, x->session->person,
		    S("password"), x->session->person, NULL);
	if (err != ERR_OK) {
		respond_err(x, err);
		return;
	}
	respond_cookie(x, session_cookie(x), token, 0);
	respond_redirect(x, S("/me?changed=1"));
}

void
page_me_others(struct exchange *x)
{
	const enum err err = session_end_others(
	    &x->cx, x->site->sessions, x->session->login, session_token(x));

	if (err == ERR_OK)
		respond_redirect(x, S("/me"));
	else
		respond_err(x, err);
}
