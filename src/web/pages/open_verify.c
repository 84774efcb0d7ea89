/*
 * Is this paper real? A document by its number and code, or a proof of one event; without
 * a login, in large type, and with the way to check it without trusting this site. What
 * is masked stays masked: of a document its name, number, day and issuer are said.
 */
#include "act/defs.h"
#include "act/door.h"
#include "base/date.h"
#include "base/file.h"
#include "lang/canon.h"
#include "record/proof.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/site.h"
#include "web/word.h"

enum { PROOF_MAX = 64 << 10, PAGES = 5 };

struct asked {
	struct str number, code, proof;
};

static void
forms_put(struct html *h, struct view *v, const struct asked *q)
{
	const struct str keys = record_keys(v);

	html(h, L("<h2>"), T(W(verify_document)), L("</h2>\n"));
	form_open_search(h, S("/open/verify"));
	field_text(
	    h, .name = S("number"), .label = W(document_number), .value = q->number);
	field_text(h, .name = S("code"), .label = W(document_code), .narrow = true,
	    .value = q->code);
	button_primary(h, W(verify_do));
	form_close(h);
	html(h, L("<h2>"), T(W(verify_proof)), L("</h2>\n"));
	form_open_files(h, S("/open/verify"));
	field_file(h, .name = S("file"), .label = W(verify_file), .accept = S(".txt"),
	    .optional = true);
	field_area(
	    h, .name = S("proof"), .label = W(verify_paste), .rows = 4, .optional = true);
	button_row_open(h);
	button_second(h, S("what"), S("proof"), W(verify_proof));
	button_row_close(h);
	form_close(h);
	details_open(h, W(verify_alone));
	html(h, L("<p>"), T(W(verify_alone_text)), L("</p>\n<p><code>"),
	    T(W(verify_command)), L("</code></p>\n"));
	if (keys.n) {
		html(h, L("<p>"), T(W(verify_key)), L("</p>\n"));
		record_keys_put(h, keys);
	}
	details_close(h);
}

static struct html *
verify_open(struct exchange *x, struct str title)
{
	return page_open(x, .title = title, .section = S("/open"),
	    .crumbs = { { W(open), S("/open") } });
}

/* ---- documents ---- */

struct found {
	struct str title, number, issuer;
	int64_t day;
};

static bool
issued_find(
    struct view *v, const struct value *state, const struct asked *q, struct found *out)
{
	const struct value *issued = value_get(state, S("issued"));

	for (size_t i = 0; i < value_count(issued); i++) {
		const struct value *one = value_at(issued, i);

		if (!str_eq(value_str(value_get(one, S("number"))), q->number) ||
		    !str_eq(value_str(value_get(one, S("code"))), q->code))
			continue;
		*out = (struct found){ value_str(value_get(one, S("title"))), q->number,
			ask_name(&v->x->cx, &v->r, v->defs,
			    value_str(value_get(state, S("unit")))),
			value_num(value_get(one, S("day"))) };
		return true;
	}
	return false;
}

static bool
issues(const struct procedure_def *p)
{
	for (size_t i = 0; i < p->actions.n; i++)
		if (p->actions.v[i].issues.n)
			return true;
	return false;
}

static enum err
document_find(struct view *v, const struct asked *q, struct found *out)
{
	const struct map *all = &v->defs->procedures;

	*out = (struct found){ 0 };
	for (size_t i = 0; i < all->n; i++) {
		const struct procedure_def *p = all->items[i].value;
		struct read_query query = {
			.family = p->id, .limit = 1000, .descending = true
		};

		for (int page = 0; issues(p) && page < PAGES; page++) {
			struct read_page got;

			TRY(read_matters(&v->x->cx, &v->r, &query, &got));
			for (size_t k = 0; k < got.n; k++)
				if (issued_find(
					v, value_get(&got.v[k], S("state")), q, out))
					return ERR_OK;
			if (!got.next.n)
				break;
			query.after = got.next;
		}
	}
	return ERR_OK;
}

static void
document_put(struct html *h, const struct found *f)
{
	struct arena *a = &h->x->arena;

	if (!f->title.n) {
		notice_open(h, TONE_LATE, W(verify_none));
		html(h, L("<p>"), T(W(verify_none_text)), L("</p>\n"));
		notice_close(h);
		return;
	}
	panel_open(h, W(verify_true), f->title);
	panel_close(h);
	facts_open(h);
	fact(h, W(document_number), T(f->number));
	fact(h, W(document_day), T(day_chinese(a, f->day)));
	if (f->issuer.n)
		fact(h, W(verify_issuer), T(f->issuer));
	facts_close(h);
}

void
page_open_verify(struct exchange *x)
{
	struct asked q = { .number = str_trim(query_get(x, S("number"))),
		.code = str_trim(query_get(x, S("code"))) };
	struct found found;
	VIEW v = { 0 };
	struct html *h;
	const bool asks = q.number.n && q.code.n;

	if (!view_open(x, &v) || (asks && !view_ok(&v, document_find(&v, &q, &found))))
		return;
	h = verify_open(x, W(verify));
	if (asks)
		document_put(h, &found);
	else
		html(h, L("<p class=\"lead\">"), T(W(verify_lead)), L("</p>\n"));
	forms_put(h, &v, &q);
	page_close(x, h, asks && !found.title.n ? 404 : 200);
}

/* ---- proofs ---- */

/* Whether the event still stands in the log as the proof has it. */
static bool
still_there(struct view *v, const struct proven *p)
{
	struct cx own = { .arena = &v->x->arena };
	struct event e;
	struct digest d;
	const struct str leaf = str_fmt(own.arena, "%c%.*s", 0, STR_ARG(p->header));
	bool sm3;

	if (record_is_sm3(&own, v->r.db, v->r.log, &sm3) != ERR_OK ||
	    record_get(&own, v->r.db, v->r.log, p->seq, &e) != ERR_OK)
		return false;
	d = digest_of(sm3 ? DIGEST_SM3 : DIGEST_SHA256, leaf);
	return str_eq(digest_str(&d), e.digest);
}

static void
proven_put(struct html *h, struct view *v, const struct proven *p)
{
	struct arena *a = &v->x->arena;
	struct value header = value_map();
	enum event_kind kind = EV_COUNT_;

	if (canon_parse(&v->x->cx, p->header, &header) != ERR_OK)
		header = value_map();
	panel_open(
	    h, W(verify_valid), still_there(v, p) ? W(verify_same) : W(verify_changed));
	panel_close(h);
	facts_open(h);
	if (event_kind_find(value_str(value_get(&header, S("kind"))), &kind))
		fact(h, W(verify_kind), T(event_kind_title(kind)));
	fact(h, W(record_number), T(word_n(a, W(record_nth), p->seq)));
	fact(h, W(act_done_day),
	    T(day_chinese(a, value_num(value_get(&header, S("done"))))));
	fact(h, W(record_at),
	    T(record_when(a, value_num(value_get(&header, S("recorded"))))));
	fact(h, W(verify_digest), L("<code>"),
	    T(value_str(value_path(&header, "body.open"))), L("</code>"));
	fact(h, W(checkpoint), T(word_n(a, W(checkpoint_first), p->checkpoint.size)));
	fact(h, W(checkpoint_root), L("<code>"), T(digest_hex(a, &p->checkpoint.root)),
	    L("</code>"));
	facts_close(h);
}

static enum err
proof_taken(struct exchange *x, struct str *out)
{
	const struct upload *file = upload_find(x, S("file"));

	*out = str_trim(form_get(x, S("proof")));
	if (file && file->size)
		TRY(file_read(&x->cx, file->path, PROOF_MAX, out));
	if (!out->n)
		return word_fail(&x->cx, ERR_INPUT, W(verify_empty));
	if (out->n > PROOF_MAX || !str_is_utf8(*out))
		return word_fail(&x->cx, ERR_INPUT, W(verify_no_proof));
	/* What a form strips from the end belongs to the note. */
	*out = str_fmt(&x->arena, "%.*s\n", STR_ARG(str_trim(*out)));
	return ERR_OK;
}

void
page_open_verify_post(struct exchange *x)
{
	struct asked q = { 0 };
	struct verifier key;
	struct proven proven;
	VIEW v = { 0 };
	enum err err;
	struct html *h;

	if (!view_open(x, &v))
		return;
	err = proof_taken(x, &q.proof);
	if (err == ERR_OK)
		err = verifier_parse(&x->cx, record_keys(&v), &key);
	if (err == ERR_OK)
		err = proof_check(&x->cx, q.proof, &key, &proven);
	if (err == ERR_STORE && !view_ok(&v, err))
		return;
	h = verify_open(x, W(verify_result));
	if (err == ERR_OK) {
		proven_put(h, &v, &proven);
	} else {
		notice_open(h, TONE_LATE, W(verify_failed));
		html(h, L("<p>"), T(x->cx.why), L("</p>\n"));
		notice_close(h);
	}
	forms_put(h, &v, &q);
	page_close(x, h, err == ERR_OK ? 200 : 422);
}
