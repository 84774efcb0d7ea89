/*
 * Access of programs under one's own name: made by who knows the password, shown once,
 * listed with its last use, ended at once. Nobody makes one for another, who would then
 * act under his name; who keeps security may end it (account.c).
 */
#include "web/pages/tokens.h"

#include "act/door.h"
#include "base/date.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

enum { DAYS = 90 };

static struct str
scope_title(enum token_scope scope)
{
	switch (scope) {
	case TOKEN_READ:
		return W(token_read);
	case TOKEN_WRITE:
		return W(token_write);
	case TOKEN_METRICS:
		return W(token_metrics);
	case TOKEN_SCOPES_:
		break;
	}
	return S("");
}

static void
row_put(struct grid *g, struct arena *a, const struct token *t)
{
	row_open(g);
	cell(g, T(t->note));
	cell(g, T(scope_title(t->scope)));
	cell(g, T(day_iso(a, day_of_ms(t->until) - 1)));
	cell(g, T(t->seen ? day_iso(a, day_of_ms(t->seen)) : W(token_unused)));
	cell_open(g);
	button_second(g->h, S("id"), t->id, W(token_end));
	cell_close(g);
	row_close(g);
}

void
tokens_put(
    struct html *h, struct exchange *x, const struct token_list *all, struct str path)
{
	const struct grid_column columns[] = { { .title = W(token_note), .head = true },
		{ .title = W(token_scope) }, { .title = W(token_until), .day = true },
		{ .title = W(token_used), .day = true }, { .title = W(token_do) } };
	struct grid g;

	if (!all->n) {
		html(h, L("<p>"), T(W(token_have_none)), L("</p>\n"));
		return;
	}
	form_open(h, path);
	g = grid_open(h, W(tokens_kept), columns, 5);
	for (size_t i = 0; i < all->n; i++)
		row_put(&g, &x->arena, &all->v[i]);
	grid_close(&g);
	form_close(h);
}

/* ---- one's own ---- */

static void
ask_put(struct html *h)
{
	const struct option scopes[] = { { token_scope_name(TOKEN_READ), W(token_read),
					     W(token_read_hint) },
		{ token_scope_name(TOKEN_WRITE), W(token_write), W(token_write_hint) } };

	html(h, L("<h2>"), T(W(token_new_title)), L("</h2>\n"));
	form_open(h, S("/me/tokens"));
	field_text(h, .name = S("note"), .label = W(token_note),
	    .hint = W(token_note_hint), .autocomplete = S("off"));
	field_radios(h, .name = S("scope"), .label = W(token_scope), .choices = scopes,
	    .n = 2, .value = token_scope_name(TOKEN_READ));
	field_text(h, .name = S("days"), .label = W(token_days), .narrow = true,
	    .value = str_fmt(h->b.arena, "%d", DAYS), .autocomplete = S("off"));
	field_password(h, .name = S("password"), .label = W(token_password),
	    .hint = W(token_password_hint), .autocomplete = S("current-password"));
	button_row_open(h);
	button_primary(h, W(token_make));
	button_row_close(h);
	form_close(h);
}

static void
own_show(struct exchange *x, int status)
{
	struct token_list all;
	struct html *h;

	if (!x->site->tokens) {
		respond_error(x, 404);
		return;
	}
	if (token_all(&x->cx, x->site->tokens, x->session->login, &all) != ERR_OK) {
		respond_err(x, ERR_STORE);
		return;
	}
	h = page_open(x, .title = W(tokens), .crumbs = { { W(me), S("/me") } });
	error_summary(h);
	html(h, L("<p class=\"lead\">"), T(W(tokens_lead)), L("</p>\n"));
	tokens_put(h, x, &all, S("/me/tokens/end"));
	ask_put(h);
	page_close(x, h, status);
}

void
page_tokens(struct exchange *x)
{
	own_show(x, 200);
}

static void
made_show(struct exchange *x, struct str note, struct str secret, int64_t days)
{
	struct html *h = page_open(x, .title = W(token_made),
	    .crumbs = { { W(me), S("/me") }, { W(tokens), S("/me/tokens") } });

	notice_open(h, TONE_WARN, W(token_once));
	html(h, L("<p>"), T(W(token_once_text)), L("</p>\n"));
	notice_close(h);
	facts_open(h);
	fact(h, W(token_note), T(note));
	fact(h, W(token_until), T(day_chinese(&x->arena, cx_today(&x->cx) + days)));
	facts_close(h);
	copy_text(h, S("token"), W(token_text), secret);
	button_row_open(h);
	button_link_primary(h, S("/me/tokens"), W(token_kept));
	button_row_close(h);
	page_close(x, h, 200);
}

static enum err
form_read(struct exchange *x, enum token_scope *scope, int64_t *days)
{
	if (!str_trim(form_get(x, S("note"))).n)
		form_refuse(x, S("note"), W(token_note_empty));
	if (!token_scope_find(form_get(x, S("scope")), scope) || *scope == TOKEN_METRICS)
		form_refuse(x, S("scope"), W(token_scope_wrong));
	if (!str_int(str_trim(form_get(x, S("days"))), days) || *days < 1 ||
	    *days > TOKEN_DAYS_MAX)
		form_refuse(x, S("days"), W(token_days_wrong));
	if (x->cx.refusals.n)
		return ERR_REFUSED;
	return password_confirm(&x->cx, x->site->sessions, x->session->login,
	    form_get(x, S("password")), S("password"), W(token_password_wrong));
}

static enum err
noted(struct exchange *x, const char *what)
{
	return x->site->door ? door_access(&x->cx, x->site->door, x->session->person,
				   str_z(what), x->session->person, NULL)
			     : ERR_OK;
}

void
page_tokens_post(struct exchange *x)
{
	const struct str note = str_trim(form_get(x, S("note")));
	struct str id = S(""), secret = S("");
	enum token_scope scope;
	int64_t days;
	enum err err;

	if (!x->site->tokens || !x->site->sessions) {
		respond_error(x, 404);
		return;
	}
	err = form_read(x, &scope, &days);
	if (err == ERR_OK)
		err = noted(x, "token");
	if (err == ERR_OK)
		err = token_add(&x->cx, x->site->tokens, x->session->login, scope, days,
		    note, &id, &secret);
	if (err == ERR_INPUT)
		form_refuse(x, S("note"), x->cx.why);
	if (err == ERR_OK)
		made_show(x, note, secret, days);
	else if (err == ERR_REFUSED || err == ERR_INPUT)
		own_show(x, 422);
	else
		respond_err(x, err);
}

void
page_tokens_end(struct exchange *x)
{
	enum err err = ERR_NOT_FOUND;

	if (x->site->tokens)
		err = token_drop(
		    &x->cx, x->site->tokens, x->session->login, form_get(x, S("id")));
	if (err == ERR_OK)
		err = noted(x, "token-ended");
	if (err == ERR_OK)
		respond_redirect(x, S("/me/tokens"));
	else
		respond_err(x, err);
}
