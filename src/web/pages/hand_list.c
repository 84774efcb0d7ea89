/*
 * 交接清单: what a hand-over moves, on a list that is printed, checked against the files
 * and signed. It tells of every matter at once what otherwise stands on pages of their
 * own, so it is for those from whom the hand-over hides nothing (`masks:` of its
 * definition); what the masks of a matter hide from the reader is not told here either.
 */
#include "act/door.h"
#include "base/date.h"
#include "out/docx.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/matter.h"
#include "web/pages/page.h"
#include "web/pages/sheet.h"
#include "web/site.h"
#include "web/word.h"

struct listed {
	struct str subject, kind, title, stage, terms;
};
struct listed_list {
	struct listed *v;
	size_t n, cap;
};

struct hand_list {
	struct matter_page m;
	const struct hand_over_def *def;
	LIST(struct sheet_fact) facts;
	struct listed_list moved, left;
	LIST(struct sheet_fact) signers; /* as what, and who */
	struct str foot;
};

static const struct hand_over_def *
hand_over_of(const struct procedure_def *p)
{
	for (size_t i = 0; i < p->actions.n; i++)
		if (p->actions.v[i].hand_over.given)
			return &p->actions.v[i].hand_over;
	return NULL;
}

/* Who reads all of the hand-over, as its definition says. */
static bool
list_may(const struct matter_page *m)
{
	return !m->masks.n;
}

void
hand_list_link(struct html *h, struct matter_page *m)
{
	const struct hand_over_def *def = hand_over_of(m->procedure);

	if (def && list_may(m))
		html(h, L("<p><a href=\""),
		    U(str_fmt(&m->v->x->arena, "/m/%.*s/list", STR_ARG(m->subject))),
		    L("\">"), T(W(hand_list_open)), L("</a></p>\n"));
}

/* ---- what stands on it ---- */

/* What runs, stands still or ran out without having been met. */
static struct str
term_said(struct arena *a, const struct value *clock, int64_t today)
{
	const struct str state = value_str(value_get(clock, S("state")));
	const struct str title = value_str(value_get(clock, S("title")));
	const struct value *due = value_get(clock, S("due"));
	const bool lapsed = str_eq(state, S("lapsed"));
	struct str said;

	if (str_eq(state, S("paused")))
		return word_fill(a, W(annex_line), title, W(term_paused));
	if (due->kind != V_INT ||
	    !(lapsed || str_eq(state, S("running")) || str_eq(state, S("waiting"))))
		return S("");
	said = day_chinese(a, due->i);
	if (lapsed || (str_eq(state, S("running")) && due->i < today))
		said = str_fmt(a, "%.*s%.*s%.*s%.*s", STR_ARG(said),
		    STR_ARG(W(sign_open)), STR_ARG(W(term_late)), STR_ARG(W(sign_close)));
	return word_fill(a, W(annex_line), title, said);
}

static struct str
terms_said(struct arena *a, const struct value *state, int64_t today)
{
	const struct value *clocks = value_get(state, S("clocks"));
	LIST(struct str) terms = { 0 };

	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++) {
		const struct str one = term_said(a, &clocks->map.pairs[i].value, today);

		if (one.n)
			*list_add(a, &terms) = one;
	}
	return terms.n ? str_join(a, terms.v, terms.n, W(list_semicolon))
		       : W(hand_list_no_term);
}

static enum err
listed_load(struct view *v, struct str subject, struct listed *out)
{
	struct cx *cx = &v->x->cx;
	const struct procedure_def *p;
	struct id_list masks, hidden;
	struct value state;

	TRY(read_matter(cx, &v->r, subject, &state));
	TRY(ask_hidden(cx, &v->r, v->defs, v->person, subject, &masks, &hidden));
	p = show_procedure(v, &state);
	if (!p)
		return word_fail(cx, ERR_NOT_FOUND, W(none_procedure));
	*out = (struct listed){ .subject = subject,
		.kind = p->title,
		.stage = show_stage(p, &state),
		.terms = terms_said(cx->arena, &state, cx_today(cx)) };
	if (!(p->name.n && id_list_has(&hidden, p->name)))
		out->title = value_str(value_get(&state, S("title")));
	return ERR_OK;
}

static enum err
all_load(struct hand_list *l, struct str field, struct listed_list *out)
{
	const struct value *subjects = value_get(l->m.fields, field);

	for (size_t i = 0; i < value_count(subjects); i++)
		TRY(listed_load(l->m.v, value_str(value_at(subjects, i)),
		    list_add(&l->m.v->x->arena, out)));
	return ERR_OK;
}

static void
fact_of(struct hand_list *l, struct str id)
{
	const struct field *f = field_find(&l->m.procedure->fields, id);
	const struct value *value = value_get(l->m.fields, id);

	if (f && !value_is_null(value) && !id_list_has(&l->m.hidden, id))
		*list_add(&l->m.v->x->arena, &l->facts) = (struct sheet_fact){ f->title,
			show_text(l->m.v, f, value) };
}

/* Each signs for himself; witnesses only where somebody cannot. */
static void
signers_load(struct hand_list *l)
{
	const struct str ids[] = { l->def->from, l->def->to, l->def->by, S("witnesses") };

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		const struct field *f = field_find(&l->m.procedure->fields, ids[i]);
		const struct value *who = value_get(l->m.fields, ids[i]);
		const size_t n = who->kind == V_LIST ? value_count(who)
						     : !value_is_null(who);

		for (size_t k = 0; f && k < n; k++)
			*list_add(&l->m.v->x->arena,
			    &l->signers) = (struct sheet_fact){ f->title,
				show_name(l->m.v,
				    value_str(
					who->kind == V_LIST ? value_at(who, k) : who)) };
	}
}

static enum err
list_load(struct hand_list *l)
{
	struct arena *a = &l->m.v->x->arena;

	fact_of(l, l->m.procedure->unit);
	fact_of(l, l->def->from);
	fact_of(l, l->def->to);
	fact_of(l, l->def->by);
	fact_of(l, l->def->reason);
	fact_of(l, S("notes"));
	TRY(all_load(l, l->def->matters, &l->moved));
	if (l->def->left.n)
		TRY(all_load(l, l->def->left, &l->left));
	fact_of(l, S("left-reason"));
	signers_load(l);
	l->foot = word_fill(
	    a, W(hand_list_foot), day_chinese(a, cx_today(&l->m.v->x->cx)));
	return ERR_OK;
}

/* Finds the hand-over that the address names; false: answered. */
static bool
list_open(struct exchange *x, struct view *v, struct hand_list *l)
{
	const struct str subject = show_subject(x, 0, 1);

	*l = (struct hand_list){ 0 };
	if (!view_open(x, v))
		return false;
	if (!defs_procedure(v->defs, subject_family(subject))) {
		respond_error(x, 404);
		return false;
	}
	if (!view_ok(v, matter_load(v, subject, &l->m)))
		return false;
	l->def = hand_over_of(l->m.procedure);
	if (!l->def || !list_may(&l->m)) {
		respond_error(x, l->def ? 403 : 404);
		return false;
	}
	return view_ok(v, list_load(l));
}

/* ---- the page ---- */

static void
listed_put(struct html *h, struct hand_list *l, struct str caption,
    const struct listed_list *all)
{
	const struct grid_column columns[] = { { .title = W(row_no), .number = true },
		{ .title = W(hand_list_kind), .names = true },
		{ .title = W(list_name), .head = true, .wide = true },
		{ .title = W(filter_stage) },
		{ .title = W(hand_list_terms), .wide = true } };
	struct arena *a = &l->m.v->x->arena;
	struct grid g;

	if (!all->n)
		return;
	g = grid_open(h, caption, columns, 5);
	for (size_t i = 0; i < all->n; i++) {
		const struct listed *one = &all->v[i];

		row_open(&g);
		cell(&g, N((int64_t)i + 1));
		cell(&g, T(one->kind));
		cell(&g, L("<a href=\""), U(show_path(a, one->subject)), L("\">"),
		    T(one->title.n ? one->title : one->kind), L("</a>"));
		cell(&g, T(one->stage));
		cell(&g, T(one->terms));
		row_close(&g);
	}
	grid_close(&g);
}

/* On paper only: nobody signs a screen. */
static void
signers_put(struct html *h, const struct hand_list *l)
{
	const struct grid_column columns[] = {
		{ .title = W(hand_list_party), .head = true }, { .title = W(me_name) },
		{ .title = W(hand_list_signature) }, { .title = W(document_day) }
	};
	struct grid g;

	html(h, L("<div class=\"on-paper\">\n"));
	g = grid_open(h, W(hand_list_signatures), columns, 4);
	for (size_t i = 0; i < l->signers.n; i++) {
		row_open(&g);
		cell(&g, T(l->signers.v[i].label));
		cell(&g, T(l->signers.v[i].text));
		cell(&g, L(""));
		cell(&g, L(""));
		row_close(&g);
	}
	grid_close(&g);
	html(h, L("</div>\n"));
}

void
page_hand_list(struct exchange *x)
{
	struct hand_list l;
	struct html *h;
	VIEW v = { 0 };

	if (!list_open(x, &v, &l))
		return;
	h = page_open(x, .title = W(hand_list), .above = show_name(&v, l.m.subject),
	    .crumbs = { { W(home), S("/") },
		{ l.m.procedure->title, show_path(&x->arena, l.m.subject) } });
	facts_open(h);
	for (size_t i = 0; i < l.facts.n; i++)
		fact(h, l.facts.v[i].label, T(l.facts.v[i].text));
	facts_close(h);
	listed_put(
	    h, &l, word_n(&x->arena, W(hand_list_moved), (int64_t)l.moved.n), &l.moved);
	listed_put(
	    h, &l, word_n(&x->arena, W(hand_list_left), (int64_t)l.left.n), &l.left);
	signers_put(h, &l);
	html(h, L("<p class=\"hint\">"), T(l.foot), L("</p>\n"));
	button_row_open(h);
	button_link(h, str_fmt(&x->arena, "/m/%.*s/list.docx", STR_ARG(l.m.subject)),
	    W(annex_docx));
	button_row_close(h);
	page_close(x, h, 200);
}

/* ---- the document ---- */

static void
table_doc(
    struct arena *a, struct doc *d, struct str caption, const struct listed_list *all)
{
	static const int widths[] = { 6, 14, 34, 14, 34 };
	struct column *columns = arena_array(a, struct column, 5);
	struct table *t = arena_new(a, struct table);
	const struct str titles[] = { W(row_no), W(hand_list_kind), W(list_name),
		W(filter_stage), W(hand_list_terms) };

	if (!all->n)
		return;
	for (size_t i = 0; i < 5; i++)
		columns[i] = (struct column){ .title = titles[i], .width = widths[i] };
	*t = (struct table){ .columns = columns, .n_columns = 5 };
	for (size_t i = 0; i < all->n; i++) {
		const struct listed *one = &all->v[i];

		table_add(a, t,
		    (struct cell[]){ cell_int((int64_t)i + 1), cell_text(one->kind),
			cell_text(one->title.n ? one->title : one->kind),
			cell_text(one->stage), cell_text(one->terms) });
	}
	doc_add(a, d, DOC_HEADING, caption);
	doc_add_table(a, d, t);
}

static void
signers_doc(struct arena *a, struct doc *d, const struct hand_list *l)
{
	static const int widths[] = { 16, 22, 36, 28 };
	struct column *columns = arena_array(a, struct column, 4);
	struct table *t = arena_new(a, struct table);
	const struct str titles[] = { W(hand_list_party), W(me_name),
		W(hand_list_signature), W(document_day) };

	for (size_t i = 0; i < 4; i++)
		columns[i] = (struct column){ .title = titles[i], .width = widths[i] };
	*t = (struct table){ .columns = columns, .n_columns = 4 };
	for (size_t i = 0; i < l->signers.n; i++)
		table_add(a, t,
		    (struct cell[]){ cell_text(l->signers.v[i].label),
			cell_text(l->signers.v[i].text), cell_text(S("")),
			cell_text(S("")) });
	doc_add(a, d, DOC_HEADING, W(hand_list_signatures));
	doc_add_table(a, d, t);
}

static struct str
list_docx(struct cx *cx, const struct hand_list *l)
{
	struct arena *a = cx->arena;
	struct doc d = { 0 };

	doc_add(a, &d, DOC_TITLE, W(hand_list));
	for (size_t i = 0; i < l->facts.n; i++)
		doc_add(a, &d, DOC_PARAGRAPH,
		    word_fill(a, W(annex_line), l->facts.v[i].label, l->facts.v[i].text));
	table_doc(a, &d, word_n(a, W(hand_list_moved), (int64_t)l->moved.n), &l->moved);
	table_doc(a, &d, word_n(a, W(hand_list_left), (int64_t)l->left.n), &l->left);
	signers_doc(a, &d, l);
	doc_add(a, &d, DOC_PLAIN, l->foot);
	return docx_write(cx, &d);
}

void
page_hand_list_docx(struct exchange *x)
{
	struct value more = value_map();
	struct hand_list l;
	VIEW v = { 0 };

	if (!list_open(x, &v, &l))
		return;
	value_set_text(&x->arena, &more, "file", W(hand_list));
	value_set_int(&x->arena, &more, "rows", (int64_t)l.moved.n);
	if (view_ok(&v, door_access(&x->cx, x->site->door, v.person, S("export"),
			    l.m.subject, &more)))
		respond_download(x, DOCX_TYPE, W(hand_list_file), list_docx(&x->cx, &l));
}
