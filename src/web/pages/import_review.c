/*
 * The review of a plan that was read, before anything is written. Damage is shown with
 * what may have been meant; a person chooses, and the text is read again with the words
 * put back.
 */
#include "web/field.h"
#include "web/pages/import.h"
#include "web/pages/page.h"
#include "web/pages/plan_json.h"
#include "web/word.h"

static void
deadlines_put(struct html *h, const struct plan *p)
{
	const struct grid_column columns[] = { { .title = S("完成时限"), .head = true },
		{ .title = S("任务数"), .number = true } };
	size_t years[301] = { 0 }, continuous = 0, none = 0;
	struct grid t;

	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_deadline *d = &p->tasks.v[i].deadline;

		if (d->kind == DEADLINE_DATE)
			years[day_civil(d->by).year - 1900]++;
		else if (d->kind == DEADLINE_CONTINUOUS)
			continuous++;
		else
			none++;
	}
	t = grid_open(h, S("任务的完成时限"), columns, 2);
	for (int y = 0; y <= 300; y++)
		if (years[y]) {
			row_open(&t);
			cell(&t, N(y + 1900), T(S("年")));
			cell(&t, N((int64_t)years[y]));
			row_close(&t);
		}
	row_open(&t);
	cell(&t, T(S("长期坚持")));
	cell(&t, N((int64_t)continuous));
	row_close(&t);
	row_open(&t);
	cell(&t, T(S("没有规定")));
	cell(&t, N((int64_t)none));
	row_close(&t);
	grid_close(&t);
}

static void
counts_put(struct html *h, struct import *i)
{
	const struct plan *p = i->plan;
	size_t no_leader = 0, no_lead = 0, inherited = 0, dated = 0;
	const struct str tasks = import_path(i, "/tasks");

	for (size_t k = 0; k < p->tasks.n; k++) {
		no_leader += !p->tasks.v[k].leaders.n;
		no_lead += !p->tasks.v[k].lead.n;
		inherited += p->tasks.v[k].inherited.n > 0;
		dated += p->tasks.v[k].milestones.n > 0;
	}
	figures_open(h);
	figure(h, TONE_PLAIN, (int64_t)p->sections.n, S("部分"), S(""));
	figure(h, TONE_PLAIN, (int64_t)p->measures.n, S("措施"), S(""));
	figure(h, TONE_PLAIN, (int64_t)p->tasks.n, S("任务"), tasks);
	figure(h, TONE_PLAIN, (int64_t)p->damage.n, S("疑点"), S(""));
	figures_close(h);
	deadlines_put(h, p);
	facts_open(h);
	fact(h, S("写法"), T(str_z(plan_form_chinese(p->form))));
	fact(h, S("文号"), T(p->number.n ? p->number : S("文件没有印出（无数据）")));
	fact(h, S("没有责任领导"), N((int64_t)no_leader), T(S(" 项")));
	fact(h, S("没有牵头单位"), N((int64_t)no_lead), T(S(" 项")));
	fact(h, S("沿用上一行"), N((int64_t)inherited), T(S(" 项")));
	fact(h, S("另有阶段要求"), N((int64_t)dated), T(S(" 项")));
	fact(h, S("没有归入任何一处"), N((int64_t)p->remainder), T(S(" 字，全文 ")),
	    N((int64_t)p->chars), T(S(" 字")));
	facts_close(h);
	html(h, L("<p><a href=\""), U(tasks), L("\">"), T(S("逐条查看读出的任务")),
	    L("</a>　<a href=\""), U(import_path(i, "/file")), L("\">"),
	    T(S("下载导入的文件")), L("</a>　<a href=\""),
	    U(import_path(i, "/reading.json")), L("\">"), T(S("下载读出的数据")),
	    L("</a></p>\n"));
}

static struct str
numbered(struct import *i, const char *name, size_t k)
{
	return str_fmt(&i->x->arena, "%s%zu", name, k);
}

/* One damaged place that words can be put into. */
static void
damage_field(struct html *h, struct import *i, size_t k)
{
	const struct plan_damage *d = &i->plan->damage.v[k];
	struct option options[3] = { { S("keep"), S("照原文"), S("") } };
	const struct str label = str_fmt(&i->x->arena, "第 %zu 行　%s：%.*s", d->line,
	    plan_why_chinese(d->why), STR_ARG(d->text));
	size_t n = 1;

	if (plan_suggests_words(d))
		options[n++] = (struct option){ S("take"),
			str_fmt(&i->x->arena, "采用建议：%.*s", STR_ARG(d->suggest)),
			S("") };
	options[n++] = (struct option){ S("own"), S("另行改为下面的文字"), S("") };
	field_radios(h, .name = numbered(i, "d", k), .label = label, .value = S("keep"),
	    .hint = plan_suggests_words(d) ? S("") : d->suggest, .choices = options,
	    .n = n);
	field_text(h, .name = numbered(i, "own", k), .hide_label = true,
	    .label = str_fmt(&i->x->arena, "第 %zu 行改为", d->line), .value = d->text);
}

static void
advice_put(struct html *h, struct import *i, const bool *can)
{
	const struct grid_column columns[] = { { .title = S("行"), .number = true },
		{ .title = S("疑点") }, { .title = S("原文"), .wide = true },
		{ .title = S("处数"), .number = true },
		{ .title = S("建议"), .wide = true } };
	struct grid t;
	size_t n = 0;

	for (size_t k = 0; k < i->plan->damage.n; k++)
		n += !can[k];
	if (!n)
		return;
	html(h, L("<h2>"), T(S("只作提示的疑点")), L("</h2>\n"));
	t = grid_open(h, S("照原文导入，导入后可以在任务中确定"), columns, 5);
	for (size_t k = 0; k < i->plan->damage.n; k++) {
		const struct plan_damage *d = &i->plan->damage.v[k];

		if (can[k])
			continue;
		row_open(&t);
		cell(&t, N((int64_t)d->line));
		cell(&t, T(str_z(plan_why_chinese(d->why))));
		cell(&t, L("<q class=\"code\">"), T(d->text), L("</q>"));
		cell(&t, N((int64_t)(d->count ? d->count : 1)));
		cell(&t, T(d->suggest));
		row_close(&t);
	}
	grid_close(&t);
}

static void
amended_put(struct html *h, struct import *i)
{
	if (!i->n_amend)
		return;
	html(h, L("<h2>"), T(S("已经更正的文字")), L("</h2>\n"));
	for (size_t k = 0; k < i->n_amend; k++) {
		const struct str id = numbered(i, "undo", k);

		html(h, L("<div class=\"choice\"><input type=\"checkbox\" name=\""),
		    T(id), L("\" id=\""), T(id), L("\" value=\"1\"><label for=\""), T(id),
		    L("\">"),
		    T(str_fmt(&i->x->arena, "撤销第 %zu 行的更正：", i->amend[k].line)),
		    L("<q class=\"code\">"), T(i->amend[k].text),
		    L("</q> → <q class=\"code\">"), T(i->amend[k].to),
		    L("</q></label></div>\n"));
	}
}

static void
review(struct import *i, int status)
{
	bool *can = arena_array(&i->x->arena, bool, i->plan->damage.n + 1), any = false;
	struct html *h = import_page(i, 1);

	for (size_t k = 0; k < i->plan->damage.n; k++)
		any |= can[k] = plan_can_amend(
		    &i->x->cx, i->bytes, &i->plan->damage.v[k]);
	counts_put(h, i);
	form_open(h, import_path(i, ""));
	field_hidden(h, S("amended"), str_fmt(&i->x->arena, "%zu", i->n_amend));
	amended_put(h, i);
	if (any)
		html(h, L("<h2>"), T(S("需要决定的疑点")), L("</h2>\n<p>"),
		    T(S("原文有缺损，系统不作改动；如何处理由您决定，决定随导入一并留存"
			"。")),
		    L("</p>\n"));
	for (size_t k = 0; k < i->plan->damage.n; k++)
		if (can[k])
			damage_field(h, i, k);
	advice_put(h, i, can);
	button_row_open(h);
	button_primary(h, S("保存并继续"));
	button_row_close(h);
	form_close(h);
	page_close(i->x, h, status);
}

void
page_import_review(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (import_open(x, &v, &i))
		review(&i, 200);
}

/* ---- what was decided ---- */

static void
amend_keep(struct import *i, struct value *list, const struct amend *a)
{
	struct value one = value_map();

	value_set_int(&i->x->arena, &one, "line", (int64_t)a->line);
	value_set_text(&i->x->arena, &one, "text", a->text);
	value_set_text(&i->x->arena, &one, "to", a->to);
	value_add(&i->x->arena, list, one);
}

/* What the person chose for one place; false when the words are missing. */
static bool
damage_decided(struct import *i, size_t k, struct value *list)
{
	const struct plan_damage *d = &i->plan->damage.v[k];
	const struct str how = form_get(i->x, numbered(i, "d", k));
	struct amend a = { d->line, d->text,
		str_trim(form_get(i->x, numbered(i, "own", k))) };

	if (!str_eq(how, S("take")) && !str_eq(how, S("own")))
		return true;
	if (str_eq(how, S("take")))
		a.to = d->suggest;
	if (!a.to.n || a.to.n > 1000 || str_has(a.to, S("\n"))) {
		form_refuse(i->x, numbered(i, "own", k),
		    str_fmt(&i->x->arena,
			"请填写第 %zu 行改成的文字，不换行，不超过 300 字", d->line));
		return false;
	}
	if (!str_eq(a.to, a.text))
		amend_keep(i, list, &a);
	return true;
}

/* Another page has changed the text meanwhile: its places are no longer these. */
static bool
is_same_reading(const struct import *i)
{
	int64_t n;

	return str_int(form_get(i->x, S("amended")), &n) && n == (int64_t)i->n_amend;
}

void
page_import_review_post(struct exchange *x)
{
	struct value list = value_list();
	struct import i;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i))
		return;
	if (!is_same_reading(&i)) {
		form_refuse(x, S(""), S("页面打开之后内容有了变动，请重新核对"));
		review(&i, 409);
		return;
	}
	for (size_t k = 0; k < i.n_amend; k++)
		if (!form_get(x, numbered(&i, "undo", k)).n)
			amend_keep(&i, &list, &i.amend[k]);
	for (size_t k = 0; k < i.plan->damage.n; k++)
		damage_decided(&i, k, &list);
	if (x->cx.refusals.n) {
		review(&i, 422);
		return;
	}
	const bool changed = !value_eq(&list, value_get(&i.draft.state, S("amend"))) &&
			     (value_count(&list) || i.n_amend);
	value_set(&x->arena, &i.draft.state, S("amend"), list);
	if (view_ok(&v, import_save(&i)))
		respond_redirect(x, import_path(&i, changed ? "" : "/names"));
}

/* ---- row by row ---- */

static struct str
joined(struct import *i, const struct strs *list)
{
	return str_join(&i->x->arena, list->v, list->n, S("、"));
}

static struct str
deadline_text(struct import *i, const struct plan_deadline *d)
{
	switch (d->kind) {
	case DEADLINE_DATE:
		return day_iso(&i->x->arena, d->by);
	case DEADLINE_CONTINUOUS:
		return S("长期坚持");
	case DEADLINE_NONE:
	case PLAN_DEADLINE_COUNT_:
		break;
	}
	return S("");
}

void
page_import_tasks(struct exchange *x)
{
	const struct grid_column columns[] = { { .title = S("序号"), .head = true },
		{ .title = S("具体任务"), .wide = true }, { .title = S("责任领导") },
		{ .title = S("牵头单位") }, { .title = S("配合单位"), .wide = true },
		{ .title = S("完成时限"), .day = true }, { .title = S("成果形成") },
		{ .title = S("文件行号"), .number = true } };
	struct import i;
	struct html *h;
	struct grid t;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i))
		return;
	h = page_open(x, .title = S("读出的任务"), .above = i.plan->title, .wide = true,
	    .section = S("/plan"),
	    .crumbs = { { S("规划方案"), S("/plan") }, { S("导入"), S("/plan/import") },
		{ S("核对内容"), import_path(&i, "") } });
	t = grid_open_scroll(h, S("读出的任务"), columns, 8);
	for (size_t k = 0; k < i.plan->tasks.n; k++) {
		const struct plan_task *task = &i.plan->tasks.v[k];

		row_open(&t);
		cell(&t, T(task->no));
		cell(&t, T(task->text));
		cell(&t, T(joined(&i, &task->leaders)));
		cell(&t, T(joined(&i, &task->lead)));
		cell(&t, T(joined(&i, &task->units)));
		cell(&t, T(deadline_text(&i, &task->deadline)));
		cell(&t, T(joined(&i, &task->classes)));
		cell(&t, N((int64_t)task->line));
		row_close(&t);
	}
	grid_close(&t);
	page_close(x, h, 200);
}

void
page_import_json(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (import_open(x, &v, &i))
		respond_download(x, S("application/json; charset=utf-8"),
		    str_fmt(&x->arena, "%.*s.json", STR_ARG(i.plan->title)),
		    plan_json(&x->cx, i.plan));
}
