/* The second factor is begun by its owner: the secret is shown, and a code from the
 * telephone proves that it has it. The recovery codes are shown once, as the answer. */
#include "web/factor.h"

#include "act/door.h"
#include "base/encode.h"
#include "out/qr.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/totp.h"
#include "web/word.h"

enum { GROUP = 4 }; /* letters of the secret, to be typed from the screen */

static struct str
in_groups(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < s.n; i++) {
		if (i && i % GROUP == 0)
			buf_put_byte(&b, ' ');
		buf_put_byte(&b, s.p[i]);
	}
	return buf_str(&b);
}

static void
already(struct exchange *x)
{
	struct html *h = page_open(
	    x, .title = W(me_factor), .crumbs = { { W(me), S("/me") } });

	html(h, L("<p>"), T(W(factor_on_text)), L("</p>\n"));
	page_close(x, h, 200);
}

static void
begin_show(struct exchange *x, struct str secret, int status)
{
	struct str picture;
	struct html *h = page_open(
	    x, .title = W(factor_title), .crumbs = { { W(me), S("/me") } });

	error_summary(h);
	if (x->session->wants_factor) {
		notice_open(h, TONE_WARN, W(factor_title));
		html(h, L("<p>"), T(W(factor_why)), L("</p>\n"));
		notice_close(h);
	}
	html(h, L("<p>"), T(W(factor_how)), L("</p>\n"));
	/* out/qr.h escapes what it prints, as html.h does. */
	if (qr_svg(&x->cx, totp_address(&x->arena, secret, x->session->login),
		W(factor_code_picture), &picture) == ERR_OK)
		html(h, L("<p class=\"qr\">"), M(((struct markup){ picture })),
		    L("</p>\n"));
	facts_open(h);
	fact(h, W(factor_secret), L("<code>"),
	    T(in_groups(&x->arena, base32_of(&x->arena, secret))), L("</code>"));
	fact(h, W(factor_address), L("<a href=\""),
	    T(totp_address(&x->arena, secret, x->session->login)), L("\">"),
	    T(W(factor_open)), L("</a>"));
	facts_close(h);
	form_open(h, S("/me/factor"));
	field_text(h, .name = S("code"), .label = W(factor_code),
	    .autocomplete = S("one-time-code"), .narrow = true);
	button_row_open(h);
	button_primary(h, W(factor_confirm));
	button_row_close(h);
	form_close(h);
	page_close(x, h, status);
}

static void
begin(struct exchange *x, int status)
{
	struct str secret;
	enum err err;

	if (!x->site->sessions) {
		respond_error(x, 404);
		return;
	}
	err = factor_begin(&x->cx, x->site->sessions, x->session->login, &secret);
	if (err == ERR_OK)
		begin_show(x, secret, status);
	else if (err == ERR_STALE)
		already(x);
	else
		respond_err(x, err);
}

void
page_factor(struct exchange *x)
{
	begin(x, 200);
}

static void
done_show(struct exchange *x, const struct recovery *codes)
{
	struct html *h = page_open(
	    x, .title = W(factor_done), .crumbs = { { W(me), S("/me") } });

	html(h, L("<h2>"), T(W(factor_recovery)), L("</h2>\n<p>"),
	    T(W(factor_recovery_text)), L("</p>\n<ol>\n"));
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		html(h, L("<li><code>"), T(codes->v[i]), L("</code></li>\n"));
	html(h, L("</ol>\n"));
	button_row_open(h);
	button_link_primary(h, S("/"), W(back_home));
	button_row_close(h);
	page_close(x, h, 200);
}

void
page_factor_post(struct exchange *x)
{
	struct recovery codes;
	enum err err;

	if (!x->site->sessions) {
		respond_error(x, 404);
		return;
	}
	err = factor_confirm(&x->cx, x->site->sessions, x->session->login,
	    form_get(x, S("code")), x->cx.now_ms - x->site->offset_ms, session_token(x),
	    &codes);
	if (err == ERR_OK && x->site->door)
		err = door_access(&x->cx, x->site->door, x->session->person, S("factor"),
		    x->session->person, NULL);
	if (err == ERR_OK)
		done_show(x, &codes);
	else if (err == ERR_REFUSED)
		begin(x, 422);
	else
		respond_err(x, err);
}
