/*
 * A person's login. Who may grant makes it, gives it a new password or closes it; the
 * password is typed here once and never shown again. Both are noted with who did it.
 */
#include "act/door.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/show.h"
#include "web/pages/unit.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

struct account_page {
	struct view *v;
	struct str person, name;
	struct value entry;
	struct account account; /* of this person; login empty: none yet */
};

static enum err
page_load(struct view *v, struct account_page *p)
{
	struct exchange *x = v->x;
	int64_t n;

	*p = (struct account_page){ .v = v };
	if (!str_int(x->req.args[0], &n) || !x->site->sessions || !unit_may(v, "grant"))
		return word_fail(&x->cx, ERR_NOT_FOUND, W(none_person));
	p->person = str_fmt(&x->arena, "persons/%lld", (long long)n);
	TRY(read_entry(&x->cx, &v->r, p->person, cx_today(&x->cx), READ_NOW, &p->entry));
	p->name = show_name(v, p->person);
	return account_of_person(&x->cx, x->site->sessions, p->person, &p->account);
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

static void
disable_put(struct html *h, struct exchange *x, struct account_page *p)
{
	if (!p->account.login.n || p->account.is_disabled)
		return;
	form_open(
	    h, str_fmt(&x->arena, "/person/%.*s/account/close", STR_ARG(x->req.args[0])));
	field_hidden(h, S("to"), way_back(x, p));
	button_row_open(h);
	button_second(h, S("close"), S("yes"), W(account_close));
	button_row_close(h);
	form_close(h);
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
	    .hint = W(account_password_bad), .autocomplete = S("new-password"));
	field_password(h, .name = S("again"), .label = W(account_again),
	    .autocomplete = S("new-password"));
	button_row_open(h);
	button_primary(h, p->account.login.n ? W(account_renew) : W(account_make));
	button_link(h, way_back(x, p), W(act_back));
	button_row_close(h);
	form_close(h);
	disable_put(h, x, p);
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
	if (!str_eq(password, form_get(x, S("again"))))
		form_refuse(x, S("again"), W(account_differs));
	if (x->cx.refusals.n)
		return ERR_REFUSED;
	TRY(note(x, p, "account"));
	err = account_put(&x->cx, x->site->sessions, login, password, p->person);
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

void
page_account_close(struct exchange *x)
{
	struct account_page p;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !view_ok(&v, page_load(&v, &p)) ||
	    !view_ok(&v, note(x, &p, "account-closed")))
		return;
	if (p.account.login.n &&
	    !view_ok(&v, account_disable(&x->cx, x->site->sessions, p.account.login)))
		return;
	respond_redirect(x, way_back(x, &p));
}
