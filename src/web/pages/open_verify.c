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

enum { PROOF_MAX = 64 << 10, PAGES = 5 };

struct asked {
	struct str number, code, proof;
};

/* This installation's verifier key; empty when it has signed nothing yet. */
static struct str
our_key(struct view *v)
{
	struct cx own = { .arena = &v->x->arena };
	struct signer signer;
	bool sm3;

	if (record_is_sm3(&own, v->r.db, v->r.log, &sm3) != ERR_OK ||
	    signer_read(&own, signer_path(own.arena, door_url(v->x->site->door)),
		&signer) != ERR_OK)
		return S("");
	return signer_vkey(own.arena, &signer, log_origin(own.arena, v->r.log, sm3));
}

static void
forms_put(struct html *h, struct view *v, const struct asked *q)
{
	const struct str key = our_key(v);

	html(h, L("<h2>"), T(S("核验文书")), L("</h2>\n"));
	form_open_search(h, S("/open/verify"));
	field_text(h, .name = S("number"), .label = S("文号"), .value = q->number);
	field_text(
	    h, .name = S("code"), .label = S("核验码"), .narrow = true, .value = q->code);
	button_primary(h, S("核验"));
	form_close(h);
	html(h, L("<h2>"), T(S("核验存证条")), L("</h2>\n"));
	form_open_files(h, S("/open/verify"));
	field_file(h, .name = S("file"), .label = S("存证条文件"), .accept = S(".txt"),
	    .optional = true);
	field_area(h, .name = S("proof"), .label = S("或者粘贴存证条全文"), .rows = 4,
	    .optional = true);
	button_row_open(h);
	button_second(h, S("what"), S("proof"), S("核验存证条"));
	button_row_close(h);
	form_close(h);
	details_open(h, S("不依靠本站怎样核验"));
	html(h, L("<p>"),
	    T(S("存证条自带证明。任何人取得本系统的验证公钥后，都可以在自己的计算机上运行"
		"下列命令核验，"
		"不需要联网，也不需要相信本站：")),
	    L("</p>\n<p><code>zhunsheng record check-proof 文件 --key "
	      "公钥</code></p>\n"));
	if (key.n)
		html(h, L("<p>"), T(S("验证公钥（应当与本机关在其他渠道公布的一致）：")),
		    L("<br><code>"), T(key), L("</code></p>\n"));
	details_close(h);
}

static struct html *
verify_open(struct exchange *x, struct str title)
{
	return page_open(x, .title = title, .section = S("/open"),
	    .crumbs = { { S("公示专栏"), S("/open") } });
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
		notice_open(h, TONE_LATE, S("没有查到这份文书"));
		html(h, L("<p>"),
		    T(S("文号和核验码须与纸质文书上的完全一致。核对后仍查不到的，请与文书"
			"上的制发单位联系。")),
		    L("</p>\n"));
		notice_close(h);
		return;
	}
	panel_open(h, S("文书属实"), f->title);
	panel_close(h);
	facts_open(h);
	fact(h, S("文号"), T(f->number));
	fact(h, S("日期"), T(day_chinese(a, f->day)));
	if (f->issuer.n)
		fact(h, S("制发单位"), T(f->issuer));
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
	h = verify_open(x, S("核验文书和存证条"));
	if (asks)
		document_put(h, &found);
	else
		html(h, L("<p class=\"lead\">"),
		    T(S("输入文书上的文号和核验码，或者提交存证条，即可核验真伪，无需登录"
			"。")),
		    L("</p>\n"));
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
	panel_open(h, S("存证条有效"),
	    still_there(v, p)
		? S("与本站现存的办理记录一致。")
		: S("签名有效，但本站现存的记录已与之不同，请报告监督机关。"));
	panel_close(h);
	facts_open(h);
	if (event_kind_find(value_str(value_get(&header, S("kind"))), &kind))
		fact(h, S("记录种类"), T(event_kind_title(kind)));
	fact(h, S("记录编号"), T(S("第 ")), N(p->seq), T(S(" 号")));
	fact(h, S("发生日期"),
	    T(day_chinese(a, value_num(value_get(&header, S("done"))))));
	fact(h, S("登记时间"),
	    T(record_when(a, value_num(value_get(&header, S("recorded"))))));
	fact(h, S("内容摘要值"), L("<code>"),
	    T(value_str(value_path(&header, "body.open"))), L("</code>"));
	fact(h, S("存证点"), T(S("前 ")), N(p->checkpoint.size), T(S(" 条")));
	fact(h, S("总摘要值"), L("<code>"), T(digest_hex(a, &p->checkpoint.root)),
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
		return fail(&x->cx, ERR_INPUT, "请选择存证条文件，或者粘贴全文");
	if (out->n > PROOF_MAX || !str_is_utf8(*out))
		return fail(&x->cx, ERR_INPUT, "这不是存证条");
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
		err = verifier_parse(&x->cx, our_key(&v), &key);
	if (err == ERR_OK)
		err = proof_check(&x->cx, q.proof, &key, &proven);
	if (err == ERR_STORE && !view_ok(&v, err))
		return;
	h = verify_open(x, S("核验结果"));
	if (err == ERR_OK) {
		proven_put(h, &v, &proven);
	} else {
		notice_open(h, TONE_LATE, S("未通过核验"));
		html(h, L("<p>"), T(x->cx.why), L("</p>\n"));
		notice_close(h);
	}
	forms_put(h, &v, &q);
	page_close(x, h, err == ERR_OK ? 200 : 422);
}
