/*
 * Importing a plan: the upload, the list of what is under way, and what its pages share.
 */
#include "web/pages/import.h"

#include "base/crypto.h"
#include "base/file.h"
#include "web/field.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/upload.h"
#include "web/word.h"

bool
import_allowed(struct view *v)
{
	bool import = false, adopt = false;

	if (!view_ok(
		v, ask_can(&v->x->cx, &v->r, v->person, S("import-plan"), &import)) ||
	    !view_ok(v, ask_can(&v->x->cx, &v->r, v->person, S("adopt-plan"), &adopt)))
		return false;
	if (!import && !adopt)
		respond_error(v->x, 403);
	return import || adopt;
}

struct str
import_path(const struct import *i, const char *end)
{
	return str_fmt(&i->x->arena, "/plan/import/%.*s%s", STR_ARG(i->draft.id), end);
}

static void
amends_load(struct import *i)
{
	const struct value *list = value_get(&i->draft.state, S("amend"));

	i->n_amend = value_count(list);
	i->amend = arena_array(&i->x->arena, struct amend, i->n_amend + 1);
	for (size_t k = 0; k < i->n_amend; k++) {
		const struct value *one = value_at(list, k);

		i->amend[k] = (struct amend){ (size_t)value_num(
						  value_get(one, S("line"))),
			value_str(value_get(one, S("text"))),
			value_str(value_get(one, S("to"))) };
	}
}

static enum err
import_read(struct import *i)
{
	struct cx *cx = &i->x->cx;

	TRY(draft_get(cx, i->x->site->drafts, IMPORT_KIND, i->x->req.args[0], &i->draft));
	TRY(draft_file_get(cx, i->x->site->drafts, i->draft.id, 0, &i->file));
	amends_load(i);
	TRY(plan_amend(cx, i->file.bytes, i->amend, i->n_amend, &i->bytes));
	TRY(plan_read(cx, i->bytes, &i->plan));
	adopt_names(cx, i->v->defs, i->plan, &i->names);
	return ERR_OK;
}

bool
import_open(struct exchange *x, struct view *v, struct import *i)
{
	*i = (struct import){ .x = x, .v = v };
	return view_open(x, v) && import_allowed(v) && view_ok(v, import_read(i));
}

enum err
import_save(struct import *i)
{
	return draft_set(&i->x->cx, i->x->site->drafts, i->draft.id, &i->draft.state);
}

struct str
import_twin(struct import *i, bool *same_file)
{
	struct cx *cx = &i->x->cx;
	const struct read_filter same = { S("digest"), READ_IS,
		*value_get(&i->draft.state, S("digest")) };
	const struct read_query q = { .family = S("plans"), .filters = &same, .n = 1 };
	struct read_page page;
	struct value entry;

	*same_file = false;
	if (read_entries(cx, &i->v->r, &q, cx_today(cx), &page) == ERR_OK && page.n) {
		*same_file = true;
		return value_str(value_get(&page.v[0], S("subject")));
	}
	if (read_entry_by(cx, &i->v->r, S("plans"), S("title"), i->plan->title,
		cx_today(cx), &entry) == ERR_OK)
		return value_str(value_get(&entry, S("subject")));
	return S("");
}

static void
twin_put(struct html *h, struct import *i)
{
	bool same_file;
	const struct str twin = import_twin(i, &same_file);

	if (!twin.n || value_get(&i->draft.state, S("plan"))->kind == V_TEXT)
		return;
	notice_open(
	    h, TONE_WARN, same_file ? S("这份文件已经导入过") : S("已有同名方案"));
	html(h, L("<p>"), T(S("已登记的方案：")),
	    T(ask_name(&i->x->cx, &i->v->r, i->v->defs, twin)),
	    T(S("。确需再次导入的，请在第三步改用另一个名称，以示区别。")), L("</p>"));
	notice_close(h);
}

struct html *
import_page(struct import *i, int step)
{
	struct exchange *x = i->x;
	struct html *h = page_open(x, .title = i->plan->title, .above = S("导入规划方案"),
	    .section = S("/plan"), .wide = step == 2,
	    .crumbs = {
		{ S("规划方案"), S("/plan") }, { S("导入"), S("/plan/import") } });

	error_summary(h);
	tabs(h, S("导入步骤"),
	    (const struct tab[]){ { S("1 核对内容"), import_path(i, ""), -1, step == 1 },
		{ S("2 单位名称"), import_path(i, "/names"), -1, step == 2 },
		{ S("3 登记印发"), import_path(i, "/confirm"), -1, step == 3 } },
	    3);
	twin_put(h, i);
	return h;
}

void
page_import_file(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (import_open(x, &v, &i))
		respond_download(
		    x, S("application/octet-stream"), i.file.name, i.file.bytes);
}

/* ---- upload ---- */

static void
unfinished_put(struct html *h, struct view *v)
{
	struct exchange *x = v->x;
	struct draft_list drafts;
	const struct grid_column columns[] = {
		{ .title = S("方案"), .head = true, .wide = true },
		{ .title = S("文件") }, { .title = S("上传人") },
		{ .title = S("上传日期"), .day = true }
	};
	struct grid t;

	if (draft_all(&x->cx, x->site->drafts, IMPORT_KIND, &drafts) != ERR_OK ||
	    !drafts.n)
		return;
	html(h, L("<h2>"), T(S("尚未完成的导入")), L("</h2>\n"));
	t = grid_open(h, S("尚未完成的导入"), columns, 4);
	for (size_t i = 0; i < drafts.n; i++) {
		const struct draft *d = &drafts.v[i];

		row_open(&t);
		cell(&t, L("<a href=\""),
		    U(str_fmt(&x->arena, "/plan/import/%.*s", STR_ARG(d->id))), L("\">"),
		    T(value_str(value_get(&d->state, S("title")))), L("</a>"));
		cell(&t, L("<span class=\"code\">"),
		    T(value_str(value_get(&d->state, S("file")))), L("</span>"));
		cell(&t, T(ask_name(&x->cx, &v->r, v->defs, d->person)));
		cell(&t, T(day_chinese(&x->arena, day_of_ms(d->created))));
		row_close(&t);
	}
	grid_close(&t);
}

static void
upload_form(struct view *v, int status)
{
	struct exchange *x = v->x;
	struct html *h = page_open(x, .title = S("导入规划方案"), .section = S("/plan"),
	    .crumbs = { { S("规划方案"), S("/plan") } });

	error_summary(h);
	html(h, L("<p class=\"lead\">"),
	    T(S("先读出任务供核对，由有权印发任务分工的人员确认后才写入。")),
	    L("</p>\n"));
	form_open_files(h, S("/plan/import"));
	field_file(h, .name = S("file"), .label = S("方案或者任务分工表"),
	    .hint = S(
		"纯文本文件（UTF-8 或者 GB18030 编码），或者从本系统台账导出的表格，"
		"不超过 16 兆字节。DOCX、PDF 等文件请先另存为纯文本。"),
	    .accept = S(".txt,.xlsx,text/plain"));
	button_row_open(h);
	button_primary(h, S("读取"));
	button_row_close(h);
	form_close(h);
	unfinished_put(h, v);
	page_close(x, h, status);
}

void
page_import(struct exchange *x)
{
	VIEW v = { 0 };

	if (view_open(x, &v) && import_allowed(&v))
		upload_form(&v, 200);
}

/* What was uploaded, read once to know that it is a plan, and kept for the review. */
static enum err
plan_keep(struct view *v, const struct upload *u, struct str *id)
{
	struct exchange *x = v->x;
	struct draft_file file = { .name = u->filename };
	struct value state = value_map();
	struct plan *plan;
	struct digest digest;

	if (u->size > PLAN_FILE_MAX)
		return fail(&x->cx, ERR_INPUT,
		    "文件超过 16 兆字节的上限，请只保留方案正文和分工表再试");
	TRY(file_read(&x->cx, u->path, PLAN_FILE_MAX, &file.bytes));
	TRY(plan_read(&x->cx, file.bytes, &plan));
	if (!uploads_judge(x, S("file"), 1))
		return ERR_REFUSED;
	digest = digest_of(DIGEST_SM3, file.bytes);
	value_set_text(&x->arena, &state, "file", file.name);
	value_set_text(&x->arena, &state, "title", plan->title);
	value_set_text(&x->arena, &state, "digest", digest_hex(&x->arena, &digest));
	return draft_add(
	    &x->cx, x->site->drafts, IMPORT_KIND, v->person, &state, &file, 1, id);
}

void
page_import_post(struct exchange *x)
{
	const struct upload *u = upload_find(x, S("file"));
	struct str id;
	enum err err;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !import_allowed(&v))
		return;
	if (!u || !u->size) {
		form_refuse(
		    x, S("file"), u && u->filename.n ? S("文件是空的") : S("请选择文件"));
		upload_form(&v, 422);
		return;
	}
	err = plan_keep(&v, u, &id);
	if (err == ERR_INPUT)
		form_refuse(x, S("file"), x->cx.why);
	if (err == ERR_INPUT || err == ERR_REFUSED) {
		upload_form(&v, 422);
	} else if (view_ok(&v, err)) {
		respond_redirect(x, str_fmt(&x->arena, "/plan/import/%.*s", STR_ARG(id)));
	}
}
