/*
 * The ledger of one plan: the table of the paper with what has become of each task beside
 * it, to be filtered, sorted, printed whole and exported.
 */
#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/ledger_query.h"
#include "web/pages/page.h"

enum { PAGE_ROWS = 50, REPORT_CHARS = 60 };

struct ledger {
	struct exchange *x;
	struct html *h;
	struct programme p;
	struct ledger_query q;
	struct plan_rows plans;
	const struct plan_row *plan;
	struct task_rows all, rows;
};

struct options {
	struct option *v;
	size_t n, cap;
};

static struct str
url(struct ledger *l, const struct ledger_query *q)
{
	return ledger_url(&l->x->arena, S("/ledger"), q);
}

/* ---- choosing ---- */

static void
add(struct ledger *l, struct options *o, struct str value, struct str label)
{
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->v[i].value, value))
			return;
	*list_add(&l->x->arena, o) = (struct option){ value, label, S("") };
}

static struct options
options_start(struct ledger *l)
{
	struct options o = { 0 };

	add(l, &o, S(""), W(filter_any));
	return o;
}

static void
stage_select(struct ledger *l)
{
	const struct procedure_def *def = defs_procedure(l->p.v->defs, S("task"));
	struct options o = options_start(l);

	for (size_t i = 0; def && i < def->stages.n; i++)
		add(l, &o, def->stages.v[i].id, def->stages.v[i].title);
	field_select(l->h, .name = S("stage"), .label = W(filter_stage), .choices = o.v,
	    .n = o.n, .value = l->q.stage);
}

static void
lead_select(struct ledger *l)
{
	struct options o = options_start(l);

	for (size_t i = 0; i < l->all.n; i++) {
		const struct value *lead = value_get(l->all.v[i].fields, S("lead"));

		for (size_t k = 0; k < value_count(lead); k++) {
			const struct str subject = value_str(value_at(lead, k));

			add(l, &o, subject, programme_party(&l->p, subject)->name);
		}
	}
	field_select(l->h, .name = S("lead"), .label = programme_title(&l->p, S("lead")),
	    .choices = o.v, .n = o.n, .value = l->q.lead);
}

static void
section_select(struct ledger *l)
{
	struct options o = options_start(l);

	for (size_t i = 0; i < l->all.n; i++)
		if (l->all.v[i].section.n)
			add(l, &o, l->all.v[i].section, l->all.v[i].section);
	field_select(l->h, .name = S("section"),
	    .label = programme_title(&l->p, S("section")), .choices = o.v, .n = o.n,
	    .value = l->q.section);
}

static void
due_select(struct ledger *l)
{
	struct options o = options_start(l);
	size_t n;
	const struct ledger_period *periods = ledger_periods(&n);

	for (size_t i = 0; i < n; i++)
		add(l, &o, periods[i].id, word(periods[i].title));
	field_select(l->h, .name = S("due"), .label = programme_title(&l->p, S("due")),
	    .choices = o.v, .n = o.n, .value = l->q.due);
}

static void
filters_put(struct ledger *l)
{
	form_open_search(l->h, S("/ledger"));
	field_hidden(l->h, S("plan"), l->q.plan);
	if (l->q.need.n)
		field_hidden(l->h, S("need"), l->q.need);
	if (l->q.order.n)
		field_hidden(l->h, S("order"), l->q.order);
	if (l->q.descending)
		field_hidden(l->h, S("down"), S("1"));
	field_text(l->h, .name = S("q"), .label = W(filter_text), .value = l->q.search);
	section_select(l);
	lead_select(l);
	due_select(l);
	stage_select(l);
	button_primary(l->h, W(filter_go));
	form_close(l->h);
}

/* Several plans side by side. */
static void
plans_put(struct ledger *l)
{
	struct arena *a = &l->x->arena;
	struct tab *v = arena_array(a, struct tab, l->plans.n + 1);

	for (size_t i = 0; i < l->plans.n; i++) {
		const struct ledger_query q = { .plan = str_fmt(a, "%lld",
						    (long long)l->plans.v[i].n) };

		v[i] = (struct tab){ l->plans.v[i].title, url(l, &q), -1,
			&l->plans.v[i] == l->plan };
	}
	if (l->plans.n > 1)
		tabs(l->h, W(ledger_plans), v, l->plans.n);
}

/* What waits, each number opening to its rows; the filters stay as they are. */
static void
needs_put(struct ledger *l)
{
	struct ledger_query q = l->q;
	int64_t counts[NEED_COUNT_] = { 0 };

	for (size_t i = 0; i < l->all.n; i++)
		counts[l->all.v[i].need]++;
	q.page = 0;
	q.need = S("");
	figures_open(l->h);
	figure(l->h, TONE_PLAIN, (int64_t)l->all.n, W(need_all), url(l, &q));
	for (int need = 0; need < NEED_COUNT_; need++) {
		if (!counts[need])
			continue;
		q.need = ledger_need((enum task_need)need);
		figure(l->h, need_tone((enum task_need)need), counts[need],
		    need_title((enum task_need)need), url(l, &q));
	}
	figures_close(l->h);
}

/* ---- the table ---- */

static struct str
sort_url(struct ledger *l, const char *order)
{
	struct ledger_query q = l->q;

	q.descending = str_eq(q.order, str_z(order)) && !q.descending;
	q.order = str_z(order);
	q.page = 0;
	return url(l, &q);
}

static int
sorted(const struct ledger *l, const char *order)
{
	const struct str now = l->q.order.n ? l->q.order : S("no");

	if (!str_eq(now, str_z(order)))
		return 0;
	return l->q.descending ? -1 : 1;
}

static struct str
shortened(struct ledger *l, struct str text)
{
	size_t i = 0;

	if (l->q.is_whole || str_chars(text) <= REPORT_CHARS)
		return text;
	for (int n = 0; n < REPORT_CHARS; n++)
		str_next(text, &i);
	return str_fmt(&l->x->arena, "%.*s…", (int)i, text.p);
}

static void
progress_put(struct ledger *l, const struct task_row *t)
{
	struct html *h = l->h;

	badge(h, t->tone, t->state_words);
	if (!str_eq(t->state_words, t->stage_title))
		html(h, L(" <span class=\"stage\">"), T(t->stage_title), L("</span>"));
	if (t->is_hidden)
		html(h, L("<p class=\"hint\">"), T(W(report_hidden)), L("</p>"));
	else if (t->report.n)
		html(h, L("<p>"), T(shortened(l, t->report)), L(" <span class=\"hint\">"),
		    T(t->report_unit), L(" "), T(day_iso(&l->x->arena, t->report_day)),
		    L("</span></p>"));
}

/* Each unit leads to the page of its tasks; a group has none. */
static void
leads_put(struct ledger *l, const struct task_row *t)
{
	const struct value *lead = value_get(t->fields, S("lead"));

	for (size_t i = 0; i < value_count(lead); i++) {
		const struct party *party = programme_party(
		    &l->p, value_str(value_at(lead, i)));

		if (i)
			html(l->h, T(W(list_sign)));
		if (party->is_group)
			html(l->h, T(party->name));
		else
			html(l->h, L("<a href=\""),
			    U(str_fmt(&l->x->arena, "/unit/%.*s",
				STR_ARG(str_sub(party->subject,
				    str_rfind(party->subject, S("/")) + 1,
				    party->subject.n)))),
			    L("\">"), T(party->name), L("</a>"));
	}
}

static void
task_put(struct ledger *l, struct grid *g, const struct task_row *t)
{
	row_open(g);
	cell(g, T(t->no));
	cell(g, T(t->measure));
	cell(g, L("<a href=\"/task/"), N(t->n), L("\">"), T(t->text), L("</a>"));
	cell(g, T(t->leaders));
	cell_open(g);
	leads_put(l, t);
	cell_close(g);
	cell(g, T(t->units));
	cell(g, T(t->limit));
	cell(g, T(t->classes));
	cell_open(g);
	progress_put(l, t);
	cell_close(g);
	row_close(g);
}

static struct str
shown_text(struct ledger *l, size_t from, size_t to)
{
	struct arena *a = &l->x->arena;

	return word_fill(a, W(ledger_shown), str_fmt(a, "%zu", l->rows.n),
	    str_fmt(a, "%zu", from + 1), str_fmt(a, "%zu", to));
}

static void
pages_put(struct ledger *l, size_t from, size_t to)
{
	struct ledger_query before = l->q, after = l->q;

	if (before.page)
		before.page--;
	after.page++;
	pager(l->h, from ? url(l, &before) : S(""),
	    to < l->rows.n ? url(l, &after) : S(""), shown_text(l, from, to));
}

static void
table_put(struct ledger *l)
{
	struct programme *p = &l->p;
	const struct grid_column columns[] = {
		{ .title = programme_title(p, S("no")),
		    .sort = sort_url(l, "no"),
		    .sorted = sorted(l, "no") },
		{ .title = programme_title(p, S("measure")), .names = true },
		{ .title = programme_title(p, S("text")), .head = true, .wide = true },
		{ .title = programme_title(p, S("leaders")) },
		{ .title = programme_title(p, S("lead")),
		    .names = true,
		    .sort = sort_url(l, "unit"),
		    .sorted = sorted(l, "unit") },
		{ .title = programme_title(p, S("units")), .names = true },
		{ .title = programme_title(p, S("due")),
		    .day = true,
		    .sort = sort_url(l, "due"),
		    .sorted = sorted(l, "due") },
		{ .title = programme_title(p, S("classes")) },
		{ .title = W(ledger_progress),
		    .state = true,
		    .sort = sort_url(l, "stage"),
		    .sorted = sorted(l, "stage") },
	};
	const size_t first = l->q.is_whole ? 0 : l->q.page * PAGE_ROWS;
	const size_t from = first < l->rows.n ? first : 0;
	const size_t left = l->rows.n - from;
	const size_t to = l->q.is_whole || left < PAGE_ROWS ? l->rows.n
							    : from + PAGE_ROWS;
	struct grid g = grid_open(l->h, l->plan->title, columns, 9);
	struct str section = S("");

	for (size_t i = from; i < to; i++) {
		const struct task_row *t = &l->rows.v[i];

		if (t->section.n && !str_eq(t->section, section) && !l->q.order.n)
			row_title(&g, t->section);
		section = t->section;
		task_put(l, &g, t);
	}
	grid_close(&g);
	pages_put(l, from, to);
}

/* ---- the page ---- */

static void
ways_put(struct ledger *l)
{
	struct arena *a = &l->x->arena;
	struct ledger_query whole = l->q;

	whole.is_whole = true;
	whole.page = 0;
	html(l->h, L("<ul class=\"picks\">\n<li><a href=\""), U(url(l, &whole)), L("\">"),
	    T(W(ledger_whole)), L("</a></li>\n<li><a href=\""),
	    U(ledger_url(a, S("/ledger.xlsx"), &l->q)), L("\">"), T(W(ledger_xlsx)),
	    L("</a></li>\n<li><a href=\""), U(ledger_url(a, S("/ledger.docx"), &l->q)),
	    L("\">"), T(W(ledger_docx)), L("</a></li>\n<li><a href=\""),
	    U(ledger_url(a, S("/ledger/brief.docx"), &l->q)), L("\">"),
	    T(W(ledger_brief)), L("</a></li>\n<li><a href=\""),
	    U(ledger_url(a, S("/ledger.csv"), &l->q)), L("\">"), T(W(ledger_csv)),
	    L("</a></li>\n<li><a href=\""),
	    U(url_query(a, S("/ledger/chart"), { S("plan"), l->q.plan })), L("\">"),
	    T(W(ledger_chart)), L("</a></li>\n</ul>\n"));
}

static void
ledger_put(struct ledger *l)
{
	l->h = page_open(l->x, .title = W(ledger), .section = S("/ledger"),
	    .above = l->plan ? l->plan->number : S(""), .wide = true,
	    .print_landscape = true);
	if (!l->plan) {
		empty_put(l->h, W(ledger_none), W(ledger_none_text));
		page_close(l->x, l->h, 200);
		return;
	}
	plans_put(l);
	needs_put(l);
	filters_put(l);
	ways_put(l);
	if (l->rows.n)
		table_put(l);
	else
		empty_put(l->h, W(ledger_empty), W(ledger_empty_text));
	page_close(l->x, l->h, 200);
}

void
page_ledger(struct exchange *x)
{
	struct ledger l = { .x = x, .q = ledger_query_of(x) };
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	programme_open(&v, &l.p);
	if (!view_ok(&v, programme_plans(&l.p, &l.plans)))
		return;
	l.plan = ledger_plan(&l.plans, l.q.plan);
	if (l.plan)
		l.q.plan = str_fmt(&x->arena, "%lld", (long long)l.plan->n);
	if (l.plan &&
	    !view_ok(&v, ledger_rows(&l.p, &l.q, l.plan->subject, &l.all, &l.rows)))
		return;
	ledger_put(&l);
}
