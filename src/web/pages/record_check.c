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

/* ---- checkpoints ---- */

static struct str
store_key(struct view *v)
{
	struct cx own = { .arena = &v->x->arena };
	const struct str url = door_url(v->x->site->door);
	struct signer signer;
	bool sm3;

	if (signer_read(&own, signer_path(own.arena, url), &signer) != ERR_OK ||
	    record_is_sm3(&own, v->r.db, v->r.log, &sm3) != ERR_OK)
		return S("");
	return signer_vkey(own.arena, &signer, log_origin(own.arena, v->r.log, sm3));
}

void
page_record_sign(struct exchange *x)
{
	const struct str back = form_get(x, S("back"));
	VIEW v = { 0 };
	struct signer signer;
	struct checkpoint made;
	struct db *db = NULL;
	enum err err;

	if (!record_open(x, &v))
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

	if (!record_open(x, &v) || !view_ok(&v, record_signed(&v, &last, &at)))
		return;
	if (!at) {
		respond_error(x, 404);
		return;
	}
	respond_download(x, S("text/plain; charset=utf-8"),
	    str_fmt(&x->arena, "存证点-%lld.txt", (long long)last.size), last.note);
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
			html_say(h, S("第 {} 号记录："), N(r->faults.v[i].seq));
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
	h = page_open(x, .title = found ? S("校验不通过") : S("防篡改校验"),
	    .section = S("/record"),
	    .crumbs = { { S("防篡改校验"), S("/record/check") } });
	if (found) {
		notice_open(h, TONE_LATE, S("记录与其摘要不一致"));
		html_say(h,
		    S("发现 {} "
		      "处问题。请保留现场，立即报告负责人，并以留存的存证点核对。"),
		    N(found));
		notice_close(h);
		faults_put(h, &c->report);
		faults_put(h, &c->access);
	} else {
		panel_open(h, S("校验通过"),
		    word_fill(&x->arena,
			S("全部 {} 条办理记录和 {} "
			  "条查阅记录逐条重新计算，与其摘要一致。"),
			str_fmt(&x->arena, "%lld", (long long)c->report.events),
			str_fmt(&x->arena, "%lld", (long long)c->access.events)));
		panel_close(h);
	}
	facts_open(h);
	fact(h, S("校验时间"), T(record_when(&x->arena, x->cx.now_ms)));
	fact(h, S("文件"), N(c->report.files), T(S(" 个")));
	fact(h, S("存证点"), N(c->report.checkpoints), T(S(" 个")));
	fact(h, S("依法销毁的内容"), N(c->report.destroyed), T(S(" 处")));
	fact(h, S("摘要算法"), T(c->report.sm3 ? S("SM3") : S("SHA-256")));
	fact(h, S("总摘要值"), L("<code>"), T(digest_hex(&x->arena, &c->report.root)),
	    L("</code>"));
	facts_close(h);
	button_row_open(h);
	button_link(h, S("/record/check"), S("返回"));
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

		if (!record_open(x, &v))
			return;
		*c = (struct check){
			.x = x, .url = door_url(x->site->door), .log = v.r.log
		};
	}
	if (atomic_flag_test_and_set(&checking)) {
		form_refuse(x, S(""), S("另一次校验正在进行，请稍后再试"));
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
	const struct str key = store_key(v);

	html(h, L("<h2>"), T(S("存证点")), L("</h2>\n"));
	facts_open(h);
	fact(h, S("现有记录"), N(head->seq), T(S(" 条")));
	if (at) {
		fact(h, S("最近一次签署"), T(record_when(a, at)));
		fact(h, S("已签署"), T(S("前 ")), N(last->size), T(S(" 条")));
		fact(h, S("总摘要值"), L("<code>"), T(digest_hex(a, &last->root)),
		    L("</code>"));
	} else {
		fact(h, S("最近一次签署"), T(S("尚未签署")));
	}
	if (key.n)
		fact(h, S("验证公钥"), L("<code>"), T(key), L("</code>"));
	facts_close(h);
	html(h, L("<p>"),
	    T(S("存证点签署后请下载，存放到本系统之外（如档案室光盘、上级机关）。日后有人"
		"改动或者"
		"删减记录，与留存的存证点一对即可发现。")),
	    L("</p>\n"));
	form_open(h, S("/record/sign"));
	button_row_open(h);
	button_second(h, S("back"), S("/record/check"), S("签署存证点"));
	if (at)
		button_link(h, S("/record/checkpoint.txt"), S("下载存证点"));
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

	if (!record_open(x, &v) ||
	    !view_ok(&v, record_head(&x->cx, v.r.db, v.r.log, &head)) ||
	    !view_ok(&v, record_signed(&v, &last, &at)))
		return;
	h = page_open(x, .title = S("防篡改校验"), .section = S("/record"));
	record_tabs(h, RECORD_CHECK);
	html(h, L("<p class=\"lead\">"),
	    T(S("每条办理记录都含有前一条的摘要，改动任何一条，其后全部对不上。")),
	    L("</p>\n"));
	form_open(h, S("/record/verify"));
	button_row_open(h);
	button_primary(h, S("校验全部记录"));
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

	html(h, L("<h2>"), T(S("存证条")), L("</h2>\n<p>"),
	    T(S("存证条是一个小文件，不联网、不登录也能证明这条记录当时就在册，没有改动过"
		"。")),
	    L("</p>\n"));
	if (last->size >= e->seq) {
		button_row_open(h);
		html(h, L("<a class=\"button\" href=\""),
		    U(str_fmt(a, "%.*s/proof", STR_ARG(here))), L("\">"),
		    T(S("下载存证条")), L("</a>\n"));
		button_row_close(h);
		return;
	}
	html(h, L("<p>"), T(S("这条记录尚未包含在存证点中，签署存证点后即可下载。")),
	    L("</p>\n"));
	form_open(h, S("/record/sign"));
	button_row_open(h);
	field_hidden(h, S("back"), here);
	button_primary(h, S("签署存证点"));
	button_row_close(h);
	form_close(h);
}

static void
event_put(struct html *h, struct record_names *n, const struct record_line *e)
{
	struct arena *a = &n->v->x->arena;
	const struct str unit = record_unit(n, e), page = record_address(a, e->subject);

	facts_open(h);
	fact(h, S("记录编号"), T(S("第 ")), N(e->seq), T(S(" 号")));
	fact_open(h, S("所涉事项"));
	if (page.n)
		html(h, L("<a href=\""), U(page), L("\">"), T(record_on(n, e, 200)),
		    L("</a>"));
	else
		html(h, T(record_on(n, e, 200)));
	fact_close(h);
	fact(h, S("办理人"), T(record_who(n, e)));
	if (unit.n)
		fact(h, S("所在单位"), T(unit));
	fact(h, S("发生日期"), T(day_chinese(a, e->done)));
	fact(h, S("登记时间"), T(record_when(a, e->recorded)));
	fact(h, S("本条摘要值"), L("<code>"), T(hex(a, e->digest)), L("</code>"));
	if (e->seq > 1)
		fact(h, S("前一条摘要值"), L("<code>"), T(hex(a, e->previous)),
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

	if (!record_open(x, &v) || !event_read(x, &v, &e) ||
	    !view_ok(&v, record_signed(&v, &last, &at)))
		return;
	h = page_open(x, .title = record_what(&names, &e), .section = S("/record"),
	    .crumbs = { { S("办理记录"), S("/record") } });
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

	if (!record_open(x, &v) || !event_read(x, &v, &e) ||
	    !view_ok(&v, record_prove(&x->cx, v.r.db, v.r.log, e.seq, &proof)))
		return;
	value_set_text(&x->arena, &more, "file", S("存证条"));
	if (!view_ok(&v, door_access(&x->cx, x->site->door, v.person, S("export"),
			     e.subject, &more)))
		return;
	respond_download(x, S("text/plain; charset=utf-8"),
	    str_fmt(&x->arena, "存证条-%lld.txt", (long long)e.seq), proof);
}
