/*
 * The desk: what is due, on the first page and without a click. The office of the ledger
 * and the government office see all units; a unit sees what waits for itself. Nothing is
 * ranked: the order is that of the days.
 */
#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/programme.h"
#include "web/pages/show.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

enum { PAGE_ROWS = 50 };

struct desk {
	struct view *v;
	struct programme p;
	struct read_page posts;
	struct str units[8]; /* of the reader's posts */
	size_t n_units;
	bool sees_all;
	struct task_rows tasks;
};

/* What the numbers on top count; the first two together are the list at first. */
static const struct figure_of {
	enum task_need need;
	const char *id;
	enum tone tone;
	bool of_units; /* shown to a unit too */
} figures[] = {
	{ NEED_LATE, "late", TONE_LATE, true },
	{ NEED_SOON, "soon", TONE_WARN, true },
	{ NEED_VERIFIER, "verify", TONE_GOING, false },
	{ NEED_MORE, "returned", TONE_GOING, true },
	{ NEED_SIGNING, "sign", TONE_GOING, true },
	{ NEED_LEAD, "lead", TONE_GOING, false },
	{ NEED_TAKEOVER, "takeover", TONE_REST, true },
};
enum { FIGURES = sizeof figures / sizeof *figures };

static bool
leads_all(struct desk *d, struct str unit)
{
	const struct party *party = programme_party(&d->p, unit);

	return str_eq(party->role, S("justice")) ||
	       str_eq(party->role, S("government-office"));
}

static enum err
desk_posts(struct desk *d)
{
	TRY(ask_posts(&d->v->x->cx, &d->v->r, d->v->person, &d->posts));
	for (size_t i = 0; i < d->posts.n; i++) {
		const struct str unit = value_str(
		    value_path(&d->posts.v[i], "values.unit"));
		bool known = false;

		for (size_t k = 0; k < d->n_units; k++)
			known |= str_eq(d->units[k], unit);
		if (!known && d->n_units < sizeof d->units / sizeof *d->units)
			d->units[d->n_units++] = unit;
		d->sees_all |= leads_all(d, unit);
	}
	return ERR_OK;
}

/* A unit's own: what it leads; what it only takes part in waits for others. */
static enum err
desk_of_units(struct desk *d)
{
	for (size_t i = 0; i < d->n_units; i++) {
		struct task_rows rows = { 0 };

		TRY(programme_of_unit(&d->p, d->units[i], &rows));
		for (size_t k = 0; k < rows.n; k++)
			if (task_leads(&rows.v[k], d->units[i]))
				*list_add(&d->v->x->arena, &d->tasks) = rows.v[k];
	}
	return ERR_OK;
}

static enum err
desk_load(struct view *v, struct desk *d)
{
	*d = (struct desk){ .v = v };
	programme_open(v, &d->p);
	TRY(desk_posts(d));
	if (d->sees_all)
		return programme_of_plan(&d->p, S(""), &d->tasks);
	return desk_of_units(d);
}

/* ---- numbers ---- */

static bool
signed_by_us(struct desk *d, const struct task_row *t)
{
	for (size_t i = 0; i < d->n_units; i++)
		if (task_waits_for(t, d->units[i]))
			return false;
	return true;
}

/* What a unit has signed already waits for others. */
static bool
counts(struct desk *d, const struct task_row *t, enum task_need need)
{
	if (t->need != need)
		return false;
	return d->sees_all || need != NEED_SIGNING || !signed_by_us(d, t);
}

static const struct figure_of *
figure_asked(struct exchange *x)
{
	const struct str show = query_get(x, S("show"));

	for (size_t i = 0; i < FIGURES; i++)
		if (str_eq(show, str_z(figures[i].id)))
			return &figures[i];
	return NULL;
}

static void
figures_put(struct html *h, struct desk *d)
{
	struct arena *a = &d->v->x->arena;

	figures_open(h);
	for (size_t i = 0; i < FIGURES; i++) {
		int64_t n = 0;

		if (!d->sees_all && !figures[i].of_units)
			continue;
		for (size_t k = 0; k < d->tasks.n; k++)
			n += counts(d, &d->tasks.v[k], figures[i].need);
		figure(h, n ? figures[i].tone : TONE_PLAIN, n,
		    need_title(figures[i].need),
		    n ? url_query(a, S("/"), { S("show"), str_z(figures[i].id) })
		      : S(""));
	}
	figures_close(h);
}

/* ---- the list ---- */

/* The day on which a term of an open task ends, or did. */
static int64_t
running_day(const struct task_row *t)
{
	const struct value *due = value_get(t->state, S("due"));

	if (t->next != DAY_NONE || t->need == NEED_OVER)
		return t->need == NEED_OVER ? DAY_NONE : t->next;
	return due->kind == V_INT ? due->i : DAY_NONE;
}

static void
rows_pick(struct desk *d, const struct figure_of *asked, struct task_rows *out)
{
	*out = (struct task_rows){ 0 };
	for (size_t i = 0; i < d->tasks.n; i++) {
		const struct task_row *t = &d->tasks.v[i];
		bool fits = asked ? counts(d, t, asked->need)
				  : running_day(t) != DAY_NONE;

		if (!asked && !d->sees_all)
			fits |= t->need == NEED_MORE || counts(d, t, NEED_SIGNING);
		if (fits)
			*list_add(&d->v->x->arena, out) = *t;
	}
}

/* By the day that matters: what runs out next, else the plan's own limit. */
static int64_t
day_of_row(const struct task_row *t)
{
	if (running_day(t) != DAY_NONE)
		return running_day(t);
	return t->due != DAY_NONE ? t->due : INT64_MAX;
}

/* Few are out of order at once and equal days must keep the paper's order. */
static void
rows_order(struct task_rows *rows)
{
	for (size_t i = 1; i < rows->n; i++) {
		const struct task_row row = rows->v[i];
		size_t k = i;

		for (; k && day_of_row(&rows->v[k - 1]) > day_of_row(&row); k--)
			rows->v[k] = rows->v[k - 1];
		rows->v[k] = row;
	}
}

static void
task_cells(struct grid *g, struct desk *d, const struct task_row *t)
{
	struct html *h = g->h;
	const struct str path = str_fmt(&d->v->x->arena, "/task/%lld", (long long)t->n);
	const int64_t day = day_of_row(t);

	row_open(g);
	cell_open(g);
	html(h, T(t->no), L("&#12288;<a href=\""), U(path), L("\">"), T(t->text),
	    L("</a>"));
	cell_close(g);
	cell_open(g);
	if (t->body.n)
		show_link(h, d->v, t->body);
	else
		html(h, T(t->lead));
	cell_close(g);
	cell(g, T(day == INT64_MAX ? t->limit : day_iso(&d->v->x->arena, day)));
	cell_open(g);
	badge(h, t->tone, t->state_words);
	if (t->clock.n && t->next != DAY_NONE)
		html(h, L("<br>"), T(t->clock));
	cell_close(g);
	row_close(g);
}

static struct str
page_path(struct desk *d, const struct figure_of *asked, int64_t from)
{
	struct arena *a = &d->v->x->arena;

	return url_query(a, S("/"), { S("show"), asked ? str_z(asked->id) : S("") },
	    { S("from"), from ? str_fmt(a, "%lld", (long long)from) : S("") });
}

static void
list_pager(struct html *h, struct desk *d, const struct figure_of *asked, size_t from,
    size_t to, size_t n)
{
	struct arena *a = &d->v->x->arena;

	if (n <= PAGE_ROWS)
		return;
	pager(h,
	    from ? page_path(d, asked, from > PAGE_ROWS ? (int64_t)from - PAGE_ROWS : 0)
		 : S(""),
	    to < n ? page_path(d, asked, (int64_t)to) : S(""),
	    word_fill(a, W(desk_shown), str_fmt(a, "%zu", from + 1),
		str_fmt(a, "%zu", to), str_fmt(a, "%zu", n)));
}

static void
list_put(struct html *h, struct desk *d)
{
	const struct grid_column columns[] = {
		{ .title = W(desk_task), .head = true, .wide = true },
		{ .title = W(desk_unit) }, { .title = W(desk_day), .day = true },
		{ .title = W(desk_state) }
	};
	const struct figure_of *asked = figure_asked(d->v->x);
	struct task_rows rows;
	size_t from, to;
	int64_t typed = 0;
	struct grid g;

	rows_pick(d, asked, &rows);
	rows_order(&rows);
	if (!rows.n) {
		empty_put(
		    h, asked ? W(desk_none) : W(desk_nothing_due), W(desk_nothing_text));
		return;
	}
	str_int(query_get(d->v->x, S("from")), &typed);
	from = typed > 0 && (size_t)typed < rows.n ? (size_t)typed : 0;
	to = from + PAGE_ROWS < rows.n ? from + PAGE_ROWS : rows.n;
	g = grid_open(h,
	    asked         ? need_title(asked->need)
	    : d->sees_all ? W(desk_due)
			  : W(desk_own),
	    columns, 4);
	for (size_t i = from; i < to; i++)
		task_cells(&g, d, &rows.v[i]);
	grid_close(&g);
	list_pager(h, d, asked, from, to, rows.n);
}

/* ---- rounds and yearly reports that are being collected ---- */

static bool
concerns(struct desk *d, const struct value *fields, const char *done)
{
	const struct value *asked = value_get(fields, S("asked"));
	const struct value *back = value_get(fields, str_z(done));

	for (size_t u = 0; u < d->n_units; u++) {
		bool is_asked = false, is_back = false;

		for (size_t i = 0; i < value_count(asked); i++)
			is_asked |= str_eq(value_str(value_at(asked, i)), d->units[u]);
		for (size_t i = 0; i < value_count(back); i++)
			is_back |= str_eq(value_str(value_at(back, i)), d->units[u]);
		if (is_asked && !is_back)
			return true;
	}
	return d->sees_all;
}

static enum err
collections_put(struct html *h, struct desk *d, const char *family, const char *stage,
    const char *day, const char *done)
{
	const struct read_filter open = { S("stage"), READ_IS, value_text(str_z(stage)) };
	const struct read_query q = { .family = str_z(family), .filters = &open, .n = 1 };
	struct arena *a = &d->v->x->arena;
	struct read_page page;

	TRY(read_matters(&d->v->x->cx, &d->v->r, &q, &page));
	for (size_t i = 0; i < page.n; i++) {
		const struct str subject = value_str(value_get(&page.v[i], S("subject")));
		const struct value *fields = value_path(&page.v[i], "state.fields");

		if (!concerns(d, fields, done))
			continue;
		notice_open(h, TONE_GOING, show_name(d->v, subject));
		html(h, L("<p>"));
		html_say(h, W(desk_collecting),
		    T(day_chinese(a, value_num(value_get(fields, str_z(day))))),
		    N((int64_t)value_count(value_get(fields, str_z(done)))),
		    N((int64_t)value_count(value_get(fields, S("asked")))));
		html(h, L(" <a href=\""), U(show_path(a, subject)), L("\">"),
		    T(W(desk_open)), L("</a></p>\n"));
		notice_close(h);
	}
	return ERR_OK;
}

/* ---- hand-overs that wait for the reader ---- */

static bool
takes_part(struct desk *d, const struct value *fields)
{
	static const char *const roles[] = { "giver", "receiver", "head" };
	const struct value *witnesses = value_get(fields, S("witnesses"));
	bool part = false;

	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		part |= str_eq(
		    value_str(value_get(fields, str_z(roles[i]))), d->v->person);
	for (size_t i = 0; i < value_count(witnesses); i++)
		part |= str_eq(value_str(value_at(witnesses, i)), d->v->person);
	return part;
}

static enum err
hand_overs_put(struct html *h, struct desk *d)
{
	const struct read_filter open = { S("closed"), READ_IS, value_bool(false) };
	const struct read_query q = {
		.family = S("hand-over"), .filters = &open, .n = 1
	};
	struct read_page page;

	if (!defs_procedure(d->v->defs, q.family))
		return ERR_OK;
	TRY(read_matters(&d->v->x->cx, &d->v->r, &q, &page));
	for (size_t i = 0; i < page.n; i++) {
		const struct value *state = value_get(&page.v[i], S("state"));
		const struct procedure_def *p = show_procedure(d->v, state);

		if (!p || !takes_part(d, value_get(state, S("fields"))))
			continue;
		notice_open(h, TONE_GOING, p->title);
		html(h, L("<p>"),
		    T(word_fill(&d->v->x->arena, W(desk_handing),
			value_str(value_get(state, S("title"))), show_stage(p, state))),
		    L("<a href=\""),
		    U(show_path(
			&d->v->x->arena, value_str(value_get(&page.v[i], S("subject"))))),
		    L("\">"), T(W(desk_open)), L("</a></p>\n"));
		notice_close(h);
	}
	return ERR_OK;
}

static void
own_units_put(struct html *h, struct desk *d)
{
	if (d->sees_all || !d->n_units)
		return;
	button_row_open(h);
	for (size_t i = 0; i < d->n_units; i++) {
		const struct str label = word_fill(
		    &d->v->x->arena, W(desk_unit_table), show_name(d->v, d->units[i]));

		if (i)
			button_link(h, show_path(&d->v->x->arena, d->units[i]), label);
		else
			button_link_primary(
			    h, show_path(&d->v->x->arena, d->units[i]), label);
	}
	button_row_close(h);
}

static void
desk_show(struct view *v)
{
	struct exchange *x = v->x;
	struct desk d;
	struct html *h;

	if (!view_ok(v, desk_load(v, &d)))
		return;
	h = page_open(x, .title = d.sees_all ? W(desk_all) : W(desk_mine), .wide = true);
	figures_put(h, &d);
	if (!view_ok(v, collections_put(h, &d, "round", "open", "due", "returned")) ||
	    !view_ok(v, collections_put(h, &d, "yearly-report", "collecting",
			    "collect-by", "reported")) ||
	    !view_ok(v, hand_overs_put(h, &d)))
		return;
	own_units_put(h, &d);
	list_put(h, &d);
	page_close(x, h, 200);
}

/* ---- without a login ---- */

/* Something is public only when a person has published it. */
static bool
is_published(struct exchange *x)
{
	const struct read_filter f = { S("public"), READ_IS, value_bool(true) };
	const struct read_query q = {
		.family = S("plan-adoption"), .filters = &f, .n = 1
	};
	size_t n = 0;
	VIEW v = { 0 };

	return x->site->door && view_open(x, &v) &&
	       read_count(&x->cx, &v.r, &q, 0, 1, &n) == ERR_OK && n;
}

static void
public_link(struct html *h, struct str path, struct str title)
{
	html(h, L("<li><a href=\""), U(path), L("\">"), T(title), L("</a></li>\n"));
}

static void
public_show(struct exchange *x)
{
	struct html *h = page_open(x, .title = W(product_full));

	html(h, L("<p class=\"lead\">"), T(W(home_text)), L("</p>\n"));
	if (x->site->sessions) {
		button_row_open(h);
		button_link_primary(h, S("/login"), W(login));
		button_row_close(h);
	}
	html(h, L("<h2>"), T(W(home_public)), L("</h2>\n<ul>\n"));
	if (is_published(x))
		public_link(h, S("/open"), W(open));
	if (x->site->door) {
		public_link(h, S("/open/verify"), W(verify));
		public_link(h, S("/search"), W(search));
		public_link(h, S("/statutes"), W(statutes));
	}
	public_link(h, S("/clock"), W(clock));
	html(h, L("</ul>\n"));
	page_close(x, h, 200);
}

void
page_home(struct exchange *x)
{
	VIEW v = { 0 };

	if (!x->session || !x->site->door)
		public_show(x);
	else if (view_open(x, &v))
		desk_show(&v);
}
