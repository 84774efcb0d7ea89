/*
 * /law: the definitions in force, for everybody: they are the county's own rules of
 * procedure, and the description of the interface has said the same all along. A
 * procedure's page has its flow chart, drawn when it was published (never here), then the
 * sentences of `law explain`, its decision tables as tables, its transitional rules.
 */
#include "web/pages/law.h"

#include "explain/chart.h"
#include "explain/prose.h"
#include "store/db.h"
#include "web/cite.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/word.h"

/* ---- ways here ---- */

struct str
law_path(struct view *v, const struct procedure_def *p)
{
	struct arena *a = &v->x->arena;
	const bool newest = defs_procedure(v->defs, p->id) == p;

	return url_query(a, str_fmt(a, "/law/procedure/%.*s", STR_ARG(p->id)),
	    { S("edition"), newest ? S("") : p->digest });
}

void
law_link(struct html *h, struct view *v, const struct procedure_def *p)
{
	html(h, L("<p><a href=\""), U(law_path(v, p)), L("\">"),
	    T(word_fill(&v->x->arena, W(law_of), p->title)), L("</a></p>\n"));
}

/* ---- sentences ---- */

struct page_prose {
	struct html *h;
	struct view *v;
	bool items, subs, points; /* a list, and in its item a list, is open */
};

static void
points_close(struct page_prose *p)
{
	if (p->points)
		html(p->h, L("</ul>\n"));
	p->points = false;
}

static void
subs_close(struct page_prose *p)
{
	points_close(p);
	if (p->subs)
		html(p->h, L("</li>\n</ul>\n"));
	p->subs = false;
}

static void
items_close(struct page_prose *p)
{
	subs_close(p);
	if (p->items)
		html(p->h, L("</li>\n</ol>\n"));
	p->items = false;
}

static void
item_open(struct page_prose *p)
{
	subs_close(p);
	html(p->h, p->items ? L("</li>\n<li>") : L("<ol class=\"prose\">\n<li>"));
	p->items = true;
}

static void
sub_open(struct page_prose *p)
{
	points_close(p);
	html(p->h, p->subs ? L("</li>\n<li>") : L("<ul>\n<li>"));
	p->subs = true;
}

static void
line_put(struct page_prose *p, const struct prose_line *line)
{
	const struct str text = buf_str(&line->text);

	switch (line->kind) {
	case PROSE_TITLE:
		return;
	case PROSE_LEAD:
	case PROSE_PLAIN:
		items_close(p);
		html(p->h, L("<p>"));
		cite_put(p->h, p->v, text);
		html(p->h, L("</p>\n"));
		return;
	case PROSE_HEADING:
		items_close(p);
		html(p->h, L("<h2>"), T(text), L("</h2>\n"));
		return;
	case PROSE_TABLE:
		items_close(p);
		law_table_put(p->h, p->v, line->table);
		return;
	case PROSE_ITEM:
		item_open(p);
		cite_put(p->h, p->v, text);
		return;
	case PROSE_SUB:
		sub_open(p);
		cite_put(p->h, p->v, text);
		return;
	case PROSE_POINT:
		if (!p->points)
			html(p->h, L("<ul>\n"));
		p->points = true;
		html(p->h, L("<li>"));
		cite_put(p->h, p->v, text);
		html(p->h, L("</li>\n"));
		return;
	}
}

static void
prose_put(struct html *h, struct view *v, const struct prose *t)
{
	struct page_prose p = { .h = h, .v = v };

	for (size_t i = 0; i < t->lines.n; i++)
		line_put(&p, &t->lines.v[i]);
	items_close(&p);
}

/* ---- one definition ---- */

/* What a page of this address is about: one of them, or none and no title. */
struct law_subject {
	const struct procedure_def *procedure;
	const struct register_def *reg;
	const struct decision_def *table;
	const struct transition_def *transition;
	struct str title;
	bool withdrawn;
};

/* In force today, or else to be in force. */
static const struct decision_def *
table_shown(struct view *v, struct str id)
{
	const struct decision_def *d = defs_table(v->defs, id, cx_today(&v->x->cx));

	return d ? d : defs_table(v->defs, id, IN_FORCE_END - 1);
}

/* The newest of this kind and id, or the edition that is named. */
static struct law_subject
subject_find(struct view *v, struct str kind, struct str id, struct str edition)
{
	const struct defs *d = v->defs;
	struct law_subject s = { 0 };

	if (str_eq(kind, S("procedure"))) {
		const struct procedure_def *p = edition.n
						    ? map_find(&d->editions, edition)
						    : defs_procedure(d, id);

		if (p && str_eq(p->id, id))
			s = (struct law_subject){ .procedure = p,
				.title = p->title,
				.withdrawn = p->withdrawn };
	} else if (str_eq(kind, S("table"))) {
		const struct decision_def *t = edition.n
						   ? defs_table_edition(d, id, edition)
						   : table_shown(v, id);

		if (t)
			s = (struct law_subject){
				.table = t, .title = t->title, .withdrawn = t->withdrawn
			};
	} else if (str_eq(kind, S("transition"))) {
		const struct transition_def *t = map_find(&d->transitions, id);

		if (t)
			s = (struct law_subject){ .transition = t,
				.title = t->title,
				.withdrawn = t->withdrawn };
	} else if (str_eq(kind, S("register"))) {
		const struct register_def *r = defs_register(d, id);

		if (r)
			s = (struct law_subject){
				.reg = r, .title = r->title, .withdrawn = r->withdrawn
			};
	}
	return s;
}

static enum err
chart_find(struct view *v, const struct procedure_def *p, struct str *svg)
{
	struct cx *cx = &v->x->cx;
	DB_ROWS rows = { 0 };

	*svg = S("");
	if (!p)
		return ERR_OK;
	TRY(db_ask(cx, v->r.db, &rows, Q_CHART_GET,
	    D_TEXT(chart_name(cx->arena, chart_dot(cx->arena, v->defs, p)))));
	if (db_next(&rows))
		*svg = db_text(cx, &rows, 0);
	return db_end(cx, &rows);
}

static void
explain(struct prose *t, const struct law_subject *s)
{
	if (s->procedure)
		prose_procedure(t, s->procedure);
	else if (s->reg)
		prose_register(t, s->reg);
	else if (s->table)
		prose_table(t, s->table);
	else
		prose_transition(t, s->transition);
}

static void
chart_part(struct html *h, struct view *v, struct str svg, struct str title)
{
	html(h, L("<h2>"), T(W(law_chart)), L("</h2>\n"));
	if (svg.n)
		html(h, L("<p class=\"hint\">"), T(W(law_chart_hint)), L("</p>\n"));
	if (!svg.n || law_chart_put(h, v, svg,
			  word_fill(&v->x->arena, W(law_chart_of), title)) != ERR_OK)
		html(h, L("<p class=\"hint\">"), T(W(law_no_chart)), L("</p>\n"));
}

void
page_law_one(struct exchange *x)
{
	struct law_subject s;
	struct str svg;
	struct html *h;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	s = subject_find(&v, x->req.args[0], x->req.args[1], query_get(x, S("edition")));
	if (!s.title.n) {
		respond_error(x, 404);
		return;
	}
	struct prose t = { .w = { .arena = &x->arena, .defs = v.defs, .plain = true } };

	if (!view_ok(&v, chart_find(&v, s.procedure, &svg)) ||
	    view_unchanged(&v, svg.n > 0))
		return;
	explain(&t, &s);
	h = page_open(x, .title = s.title, .section = S("/statutes"), .wide = true,
	    .crumbs = { { W(statutes), S("/statutes") }, { W(law), S("/law") } });
	if (s.procedure)
		chart_part(h, &v, svg, s.title);
	prose_put(h, &v, &t);
	page_close(x, h, 200);
}

/* ---- all of them ---- */

static void
kind_put(struct html *h, struct view *v, struct str kind, struct str heading,
    const struct map *all)
{
	bool any = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct str id = all->items[i].key;
		const struct law_subject s = subject_find(v, kind, id, S(""));

		if (!s.title.n || s.withdrawn)
			continue;
		if (!any)
			html(h, L("<h2>"), T(heading),
			    L("</h2>\n<ul class=\"titles\">\n"));
		any = true;
		html(h, L("<li><a href=\""),
		    U(str_fmt(
			&v->x->arena, "/law/%.*s/%.*s", STR_ARG(kind), STR_ARG(id))),
		    L("\">"), T(s.title), L("</a></li>\n"));
	}
	if (any)
		html(h, L("</ul>\n"));
}

void
page_law(struct exchange *x)
{
	struct html *h;
	VIEW v = { 0 };

	if (!view_open(x, &v) || view_unchanged(&v, 0))
		return;
	h = page_open(x, .title = W(law), .section = S("/statutes"),
	    .crumbs = { { W(statutes), S("/statutes") } });
	html(h, L("<p class=\"lead\">"), T(W(law_lead)), L("</p>\n"));
	kind_put(h, &v, S("procedure"), W(law_procedures), &v.defs->procedures);
	kind_put(h, &v, S("table"), W(law_tables), &v.defs->tables);
	kind_put(h, &v, S("transition"), W(law_transitions), &v.defs->transitions);
	kind_put(h, &v, S("register"), W(law_registers), &v.defs->registers);
	page_close(x, h, 200);
}
