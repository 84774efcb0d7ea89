/*
 * A person's login. Who keeps security (or, where nobody is named for that, who grants)
 * makes it, gives it a new password, unlocks or closes it and takes its second factor
 * away. The password is typed here once, never shown again and good for one login, after
 * which its owner chooses another: nobody acts under a password that two people know. All
 * of it is noted with who did it, and nobody does it to himself.
 */
#include "act/door.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/pages/show.h"
#include "web/pages/tokens.h"
#include "web/pages/unit.h"
#include "web/factor.h"
#include "web/site.h"
#include "web/word.h"

struct account_page {
	struct view *v;
	struct str person, name;
	struct value entry;
	struct account account; /* of this person; login empty: none yet */
	struct token_list tokens;
};

bool
account_may(struct view *v)
{
	return unit_may(v, "keep-security") || unit_may(v, "grant");
}

static enum err
page_load(struct view *v, struct account_page *p)
{
	struct exchange *x = v->x;
	int64_t n;

	*p = (struct account_page){ .v = v };
	if (!str_int(x->req.args[0], &n) || !x->site->sessions || !account_may(v))
		return word_fail(&x->cx, ERR_NOT_FOUND, W(none_person));
	p->person = str_fmt(&x->arena, "persons/%lld", (long long)n);
	TRY(read_entry(&x->cx, &v->r, p->person, cx_today(&x->cx), READ_NOW, &p->entry));
	p->name = show_name(v, p->person);
	TRY(account_of_person(&x->cx, x->site->sessions, p->person, &p->account));
	return x->site->tokens && p->account.login.n
		   ? token_all(&x->cx, x->site->tokens, p->account.login, &p->tokens)
		   : ERR_OK;
}

static struct str
way_back(struct exchange *x, const struct account_page *p)
{
	const struct str to = x->req.method == HTTP_POST ? form_get(x, S("to"))
							 : query_get(x, S("to"));

	return to.n && path_is_own(to)
		   ? to
		   : str_fmt(&x->arena, "/m/%.*s", STR_ARG(p->person));
}

static bool
is_own(const struct account_page *p)
{
	return str_eq(p->person, p->v->person);
}

/* One thing that is done to the account by one button. */
static void
button_form(struct html *h, struct account_page *p, const char *what, struct str label)
{
	struct exchange *x = p->v->x;

	form_open(h,
	    str_fmt(&x->arena, "/person/%.*s/account/%s", STR_ARG(x->req.args[0]), what));
	field_hidden(h, S("to"), way_back(x, p));
	button_row_open(h);
	button_second(h, S("do"), S("yes"), label);
	button_row_close(h);
	form_close(h);
}

static void
more_put(struct html *h, struct account_page *p)
{
	struct arena *a = &p->v->x->arena;
	const struct account *account = &p->account;

	if (!account->login.n)
		return;
	html(h, L("<p>"));
	html_say(h, W(account_factor),
	    T(account->has_factor ? W(account_factor_is_on) : W(me_factor_off)));
	html(h, L("</p>\n"));
	if (account->locked_until_ms) {
		html(h, L("<p>"));
		html_say(
		    h, W(account_locked), T(record_when(a, account->locked_until_ms)));
		html(h, L("</p>\n"));
		button_form(h, p, "unlock", W(account_unlock));
	}
	if (account->has_factor && !is_own(p))
		button_form(h, p, "factor", W(account_factor_reset));
	if (!account->is_disabled)
		button_form(h, p, "close", W(account_close));
	if (p->tokens.n)
		tokens_put(h, p->v->x, &p->tokens,
		    str_fmt(
			a, "/person/%.*s/account/token", STR_ARG(p->v->x->req.args[0])));
}

static void
account_show(struct account_page *p, int status)
{
	struct exchange *x = p->v->x;
	const struct str known = value_str(value_path(&p->entry, "values.login"));
	struct html *h = page_open(x, .title = W(account), .above = p->name,
	    .section = S("/units"),
	    .crumbs = { { W(units), S("/units") }, { p->name, way_back(x, p) } });

	error_summary(h);
	html(h, L("<p>"));
	if (!p->account.login.n)
		html(h, T(W(account_none)));
	else
		html_say(h, p->account.is_disabled ? W(account_off) : W(account_on),
		    T(p->account.login));
	html(h, L("</p>\n"));
	form_open(h, str_fmt(&x->arena, "/person/%.*s/account", STR_ARG(x->req.args[0])));
	field_hidden(h, S("to"), way_back(x, p));
	if (p->account.login.n)
		field_hidden(h, S("login"), p->account.login);
	else
		field_text(h, .name = S("login"), .label = W(login_name), .value = known,
		    .autocomplete = S("off"));
	field_password(h, .name = S("password"), .label = W(account_password),
	    .hint = str_fmt(&x->arena, "%.*s%.*s%.*s", STR_ARG(W(account_password_bad)),
		STR_ARG(W(sentence_end)), STR_ARG(W(account_temporary_text))),
	    .autocomplete = S("new-password"));
	field_password(h, .name = S("again"), .label = W(account_again),
	    .autocomplete = S("new-password"));
	button_row_open(h);
	button_primary(h, p->account.login.n ? W(account_renew) : W(account_make));
	button_link(h, way_back(x, p), W(act_back));
	button_row_close(h);
	form_close(h);
	more_put(h, p);
	page_close(x, h, status);
}

void
page_account(struct exchange *x)
{
	struct account_page p;
	VIEW v = { 0 };

	if (view_open(x, &v) && view_ok(&v, page_load(&v, &p)))
		account_show(&p, 200);
}

/* A login is one person's for ever: who acted under it stands in the record. */
static enum err
login_check(struct exchange *x, struct account_page *p, struct str login)
{
	struct account other;

	TRY(account_find(&x->cx, x->site->sessions, login, &other));
	if (!login.n)
		form_refuse(x, S("login"), W(login_empty));
	else if (other.login.n && !str_eq(other.person, p->person))
		form_refuse(x, S("login"), W(account_taken));
	else if (p->account.login.n && !str_eq(p->account.login, login))
		form_refuse(x, S("login"), W(account_one));
	return ERR_OK;
}

static enum err
note(struct exchange *x, struct account_page *p, const char *what)
{
	return door_access(
	    &x->cx, x->site->door, p->v->person, str_z(what), p->person, NULL);
}

static enum err
account_make(struct exchange *x, struct account_page *p)
{
	const struct str login = str_trim(form_get(x, S("login")));
	const struct str password = form_get(x, S("password"));
	enum err err;

	TRY(login_check(x, p, login));
	if (is_own(p))
		form_refuse(x, S("password"), W(account_self));
	if (!str_eq(password, form_get(x, S("again"))))
		form_refuse(x, S("again"), W(account_differs));
	if (x->cx.refusals.n)
		return ERR_REFUSED;
	TRY(note(x, p, "account"));
	err = account_put(&x->cx, x->site->sessions, login, password, p->person, true);
	if (err == ERR_INPUT) {
		form_refuse(x, S("password"), x->cx.why);
		return ERR_REFUSED;
	}
	return err;
}

void
page_account_post(struct exchange *x)
{
	struct account_page p;
	enum err err;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, page_load(&v, &p)))
		return;
	err = account_make(x, &p);
	if (err == ERR_OK)
		respond_redirect(x, way_back(x, &p));
	else if (err == ERR_REFUSED)
		account_show(&p, 422);
	else
		respond_err(x, err);
}

/* What is done by one button: noted first, then done. */
static void
account_change(struct exchange *x, const char *what, bool of_others,
    enum err (*change)(struct cx *cx, struct sessions *s, struct str login))
{
	struct account_page p;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, page_load(&v, &p)))
		return;
	if (of_others && is_own(&p)) {
		form_refuse(x, S(""), W(account_not_own));
		account_show(&p, 422);
		return;
	}
	if (!p.account.login.n) {
		respond_error(x, 404);
		return;
	}
	if (view_ok(&v, note(x, &p, what)) &&
	    view_ok(&v, change(&x->cx, x->site->sessions, p.account.login)))
		respond_redirect(x, way_back(x, &p));
}

void
page_account_close(struct exchange *x)
{
	account_change(x, "account-closed", false, account_disable);
}

void
page_account_unlock(struct exchange *x)
{
	account_change(x, "unlocked", true, account_unlock);
}

void
page_account_factor(struct exchange *x)
{
	account_change(x, "factor-reset", true, factor_drop);
}

void
page_account_token(struct exchange *x)
{
	struct account_page p;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, page_load(&v, &p)))
		return;
	if (!x->site->tokens || !p.account.login.n) {
		respond_error(x, 404);
		return;
	}
	if (view_ok(&v, token_drop(&x->cx, x->site->tokens, p.account.login,
			    form_get(x, S("id")))) &&
	    view_ok(&v, note(x, &p, "token-ended")))
		respond_redirect(x,
		    str_fmt(&x->arena, "/person/%.*s/account", STR_ARG(x->req.args[0])));
}
