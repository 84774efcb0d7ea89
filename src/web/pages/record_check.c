/*
 * What makes the record hard to change unseen, for who may read it: its checkpoint, the
 * whole of it computed again, one event with its proof. Computing runs on a thread of its
 * own while the exchange is parked, one at a time, so that no web thread waits for it.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "act/door.h"
#include "base/date.h"
#include "record/journal.h"
#include "record/proof.h"
#include "record/verify.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/mhd.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

/* ---- checkpoints ---- */

void
page_record_sign(struct exchange *x)
{
	const struct str back = form_get(x, S("back"));
	VIEW v = { 0 };
	struct signer signer;
	struct checkpoint made;
	struct db *db = NULL;
	enum err err;

	if (!record_open(x, &v, RECORD_SIGN))
		return;
	const struct str url = door_url(x->site->door);
	err = signer_load(&x->cx, signer_path(&x->arena, url), &signer);
	if (err == ERR_OK)
		err = db_open(&x->cx, url, DB_WRITE, &db);
	if (err == ERR_OK)
		err = record_checkpoint(&x->cx, db, v.r.log, &signer, &made);
	db_close(db);
	if (view_ok(&v, err))
		respond_redirect(x, path_is_own(back) && str_starts(back, S("/record"))
					? back
					: S("/record/check"));
}

void
page_record_note(struct exchange *x)
{
	VIEW v = { 0 };
	struct checkpoint last;
	int64_t at;

	if (!record_open(x, &v, RECORD_CHECK) ||
	    !view_ok(&v, record_signed(&v, &last, &at)))
		return;
	if (!at) {
		respond_error(x, 404);
		return;
	}
	respond_download(x, S("text/plain; charset=utf-8"),
	    word_n(&x->arena, W(check_file), last.size), last.note);
}

/* ---- computing everything again ---- */

struct check {
	struct exchange *x;
	struct str url, log;
	struct verify_report report, access;
	enum err err;
};

static atomic_flag checking = ATOMIC_FLAG_INIT;

/* When that was done is asked on the page of operation; a store that does not take the
 * note is no reason to hide what was found. */
static void
check_note(struct cx *cx, const struct check *c)
{
	struct value note = value_map();
	struct db *db = NULL;

	value_set_text(cx->arena, &note, "by", c->x->session->person);
	value_set_int(cx->arena, &note, "events", c->report.events);
	value_set_int(cx->arena, &note, "found", c->report.found + c->access.found);
	if (db_open(cx, c->url, DB_WRITE, &db) != ERR_OK ||
	    journal_note(cx, db, c->log, S("verify"), &note) != ERR_OK)
		cx->why = S("");
	db_close(db);
}

static void *
check_run(void *self)
{
	struct check *c = self;
	struct cx *cx = &c->x->cx;
	const struct verify_options options = { .threads = 1 };

	c->err = record_verify(cx, c->url, c->log, &options, &c->report);
	if (c->err == ERR_OK)
		c->err = record_verify(cx, c->url,
		    str_fmt(cx->arena, "%.*s/access", STR_ARG(c->log)), &options,
		    &c->access);
	if (c->err == ERR_OK)
		check_note(cx, c);
	atomic_flag_clear(&checking);
	web_resume(c->x);
	return NULL;
}

static void
faults_put(struct html *h, const struct verify_report *r)
{
	html(h, L("<ul>\n"));
	for (size_t i = 0; i < r->faults.n; i++) {
		html(h, L("<li>"));
		if (r->faults.v[i].seq)
			html_say(h, W(check_record), N(r->faults.v[i].seq));
		html(h, T(r->faults.v[i].text), L("</li>\n"));
	}
	html(h, L("</ul>\n"));
}

static void
check_answer(struct exchange *x)
{
	struct check *c = x->result;
	const int64_t found = c->report.found + c->access.found;
	struct html *h;

	if (c->err != ERR_OK) {
		respond_err(x, c->err);
		return;
	}
	h = page_open(x, .title = found ? W(check_failed) : W(record_check),
	    .section = S("/record"),
	    .crumbs = { { W(record_check), S("/record/check") } });
	if (found) {
		notice_open(h, TONE_LATE, W(check_differs));
		html_say(h, W(check_found), N(found));
		notice_close(h);
		faults_put(h, &c->report);
		faults_put(h, &c->access);
	} else {
		panel_open(h, W(check_passed),
		    word_fill(&x->arena, W(check_passed_text),
			word_int(&x->arena, c->report.events),
			word_int(&x->arena, c->access.events)));
		panel_close(h);
	}
	facts_open(h);
	fact(h, W(check_when), T(record_when(&x->arena, x->cx.now_ms)));
	fact(h, W(file_one), T(word_n(&x->arena, W(check_files_n), c->report.files)));
	fact(h, W(checkpoint),
	    T(word_n(&x->arena, W(check_files_n), c->report.checkpoints)));
	fact(h, W(check_destroyed),
	    T(word_n(&x->arena, W(check_destroyed_n), c->report.destroyed)));
	fact(h, W(check_digest), T(c->report.sm3 ? S("SM3") : S("SHA-256")));
	fact(h, W(checkpoint_root), L("<code>"),
	    T(digest_hex(&x->arena, &c->report.root)), L("</code>"));
	facts_close(h);
	button_row_open(h);
	button_link(h, S("/record/check"), W(act_back));
	button_row_close(h);
	page_close(x, h, 200);
}

void
page_record_verify(struct exchange *x)
{
	struct check *c = arena_new(&x->arena, struct check);
	pthread_attr_t detached;
	pthread_t thread;

	{
		VIEW v = { 0 };

		if (!record_open(x, &v, RECORD_CHECK))
			return;
		*c = (struct check){
			.x = x, .url = door_url(x->site->door), .log = v.r.log
		};
	}
	if (atomic_flag_test_and_set(&checking)) {
		form_refuse(x, S(""), W(check_running));
		respond_err(x, ERR_STALE);
		return;
	}
	x->result = c;
	web_park(x, check_answer);
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &detached, check_run, c) != 0)
		check_run(c); /* no thread to be had: then here */
	pthread_attr_destroy(&detached);
}

static void
checkpoint_put(struct html *h, struct view *v, const struct record_head *head,
    const struct checkpoint *last, int64_t at)
{
	struct arena *a = &v->x->arena;
	const struct str keys = record_keys(v);

	html(h, L("<h2>"), T(W(checkpoint)), L("</h2>\n"));
	facts_open(h);
	fact(h, W(check_records), T(word_n(a, W(records_n), head->seq)));
	if (at) {
		fact(h, W(check_signed_last), T(record_when(a, at)));
		fact(h, W(check_signed), T(word_n(a, W(checkpoint_first), last->size)));
		fact(h, W(checkpoint_root), L("<code>"), T(digest_hex(a, &last->root)),
		    L("</code>"));
	} else {
		fact(h, W(check_signed_last), T(W(check_unsigned)));
	}
	if (keys.n) {
		fact_open(h, W(checkpoint_key));
		record_keys_put(h, keys);
		fact_close(h);
	}
	facts_close(h);
	html(h, L("<p>"), T(W(check_keep)), L("</p>\n"));
	form_open(h, S("/record/sign"));
	button_row_open(h);
	button_second(h, S("back"), S("/record/check"), W(check_sign));
	if (at)
		button_link(h, S("/record/checkpoint.txt"), W(check_download));
	button_row_close(h);
	form_close(h);
}

void
page_record_check(struct exchange *x)
{
	VIEW v = { 0 };
	struct record_head head;
	struct checkpoint last;
	int64_t at;
	struct html *h;

	if (!record_open(x, &v, RECORD_CHECK) ||
	    !view_ok(&v, record_head(&x->cx, v.r.db, v.r.log, &head)) ||
	    !view_ok(&v, record_signed(&v, &last, &at)))
		return;
	h = page_open(x, .title = W(record_check), .section = S("/record"));
	record_tabs(h, RECORD_CHECK);
	html(h, L("<p class=\"lead\">"), T(W(check_lead)), L("</p>\n"));
	form_open(h, S("/record/verify"));
	button_row_open(h);
	button_primary(h, W(check_do));
	button_row_close(h);
	form_close(h);
	checkpoint_put(h, &v, &head, &last, at);
	page_close(x, h, 200);
}

/* ---- one event ---- */

static bool
event_read(struct exchange *x, struct view *v, struct record_line *out)
{
	struct event e;
	int64_t seq;

	if (!str_int(x->req.args[0], &seq) || seq < 1) {
		respond_error(x, 404);
		return false;
	}
	if (!view_ok(v, record_get(&x->cx, v->r.db, v->r.log, seq, &e)))
		return false;
	record_keep(&x->arena, &e, out);
	return true;
}

static struct str
hex(struct arena *a, struct str raw)
{
	struct digest d;

	return digest_from(raw, &d) ? digest_hex(a, &d) : S("");
}

static void
proof_put(struct html *h, const struct record_line *e, const struct checkpoint *last)
{
	struct arena *a = &h->x->arena;
	const struct str here = str_fmt(a, "/record/%lld", (long long)e->seq);

	html(h, L("<h2>"), T(W(proof)), L("</h2>\n<p>"), T(W(proof_text)), L("</p>\n"));
	if (last->size >= e->seq) {
		button_row_open(h);
		html(h, L("<a class=\"button\" href=\""),
		    U(str_fmt(a, "%.*s/proof", STR_ARG(here))), L("\">"),
		    T(W(proof_download)), L("</a>\n"));
		button_row_close(h);
		return;
	}
	html(h, L("<p>"), T(W(proof_not_yet)), L("</p>\n"));
	form_open(h, S("/record/sign"));
	button_row_open(h);
	field_hidden(h, S("back"), here);
	button_primary(h, W(check_sign));
	button_row_close(h);
	form_close(h);
}

static void
event_put(struct html *h, struct record_names *n, const struct record_line *e)
{
	struct arena *a = &n->v->x->arena;
	const struct str unit = record_unit(n, e), page = record_address(a, e->subject);

	facts_open(h);
	fact(h, W(record_number), T(word_n(a, W(record_nth), e->seq)));
	fact_open(h, W(record_about));
	if (page.n)
		html(h, L("<a href=\""), U(page), L("\">"), T(record_on(n, e, 200)),
		    L("</a>"));
	else
		html(h, T(record_on(n, e, 200)));
	fact_close(h);
	fact(h, W(record_actor), T(record_who(n, e)));
	if (unit.n)
		fact(h, W(event_unit), T(unit));
	fact(h, W(act_done_day), T(day_chinese(a, e->done)));
	fact(h, W(record_at), T(record_when(a, e->recorded)));
	fact(h, W(event_digest), L("<code>"), T(hex(a, e->digest)), L("</code>"));
	if (e->seq > 1)
		fact(h, W(event_previous), L("<code>"), T(hex(a, e->previous)),
		    L("</code>"));
	facts_close(h);
}

void
page_record_event(struct exchange *x)
{
	VIEW v = { 0 };
	struct record_names names = { .v = &v };
	struct record_line e;
	struct checkpoint last;
	int64_t at;
	struct html *h;

	if (!record_open(x, &v, RECORD_EVENTS) || !event_read(x, &v, &e) ||
	    !view_ok(&v, record_signed(&v, &last, &at)))
		return;
	h = page_open(x, .title = record_what(&names, &e), .section = S("/record"),
	    .crumbs = { { W(record), S("/record") } });
	event_put(h, &names, &e);
	proof_put(h, &e, &last);
	page_close(x, h, 200);
}

void
page_record_proof(struct exchange *x)
{
	VIEW v = { 0 };
	struct record_line e;
	struct value more = value_map();
	struct str proof;

	if (!record_open(x, &v, RECORD_EVENTS) || !event_read(x, &v, &e) ||
	    !view_ok(&v, record_prove(&x->cx, v.r.db, v.r.log, e.seq, &proof)))
		return;
	value_set_text(&x->arena, &more, "file", W(proof));
	if (!view_ok(&v, door_access(&x->cx, x->site->door, v.person, S("export"),
			     e.subject, &more)))
		return;
	respond_download(x, S("text/plain; charset=utf-8"),
	    word_n(&x->arena, W(proof_file), e.seq), proof);
}
