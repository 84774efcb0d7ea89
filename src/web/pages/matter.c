/* The page of any matter, made from its definition alone; and of an entry of a register.
 */
#include "web/pages/matter.h"

#include "act/tables_say.h"
#include "base/date.h"
#include "web/cite.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/law.h"
#include "web/pages/page.h"
#include "web/pages/sheet.h"
#include "web/site.h"
#include "web/word.h"

enum err
matter_load(struct view *v, struct str subject, struct matter_page *out)
{
	struct cx *cx = &v->x->cx;

	*out = (struct matter_page){ .v = v, .subject = subject };
	v->about = subject;
	TRY(read_matter(cx, &v->r, subject, &out->state));
	out->procedure = show_procedure(v, &out->state);
	if (!out->procedure)
		return word_fail(cx, ERR_NOT_FOUND, W(none_procedure));
	out->fields = value_get(&out->state, S("fields"));
	v->law_day = value_num(value_get(&out->state, S("opened")));
	TRY(ask_hidden(
	    cx, &v->r, v->defs, v->person, subject, &out->masks, &out->hidden));
	return ask_choices(cx, &v->r, v->defs, v->person, subject, S(""), &out->choices);
}

/* The action's title when this reader did it last; the engine's own acts have theirs. */
static struct str
done_title(struct matter_page *m, struct str action)
{
	const struct action_def *a = action_find(m->procedure, action);
	const struct value *act = value_get(value_get(&m->state, S("acts")), action);

	if (str_eq(action, S("correct")))
		return W(act_correct);
	if (str_eq(action, S("settle")))
		return W(act_settle);
	if (str_eq(action, S("destroy")))
		return W(act_destroy);
	return a && str_eq(value_str(value_get(act, S("actor"))), m->v->person) ? a->title
										: S("");
}

void
matter_done_panel(struct html *h, struct matter_page *m)
{
	const struct str title = done_title(m, query_get(m->v->x, S("done")));

	if (!title.n)
		return;
	panel_open(h, word_fill(&m->v->x->arena, W(matter_done), title),
	    word_fill(
		&m->v->x->arena, W(matter_now), show_stage(m->procedure, &m->state)));
	panel_close(h);
}

/* ---- terms ---- */

static void
clock_badge(struct html *h, const struct value *clock, int64_t today)
{
	const struct str state = value_str(value_get(clock, S("state")));
	const int64_t due = value_num(value_get(clock, S("due")));
	const struct value *warn = value_get(clock, S("warn"));

	if (str_eq(state, S("lapsed")) || (str_eq(state, S("running")) && due < today))
		badge(h, TONE_LATE, W(term_late));
	else if (str_eq(state, S("running")) && !value_is_null(warn) &&
		 value_num(warn) <= today)
		badge(h, TONE_WARN, W(term_warn));
	else if (str_eq(state, S("running")))
		badge(h, TONE_GOING, W(term_running));
	else if (str_eq(state, S("paused")))
		badge(h, TONE_REST, W(term_paused));
	else if (str_eq(state, S("met")))
		badge(h, TONE_DONE, W(term_met));
	else if (str_eq(state, S("late")))
		badge(h, TONE_PLAIN, W(term_met_late));
	else if (str_eq(state, S("waiting")))
		badge(h, TONE_GOING, due < today ? W(term_over) : W(term_waiting));
}

static void
clock_why(struct html *h, struct matter_page *m, const struct value *clock)
{
	const struct value *why = value_get(clock, S("why"));
	struct sheet_steps steps = { 0 };
	const struct str basis = basis_text(
	    m->v->defs, &m->v->x->arena, value_str(value_get(clock, S("basis"))));

	if (!value_count(why) && !basis.n)
		return;
	details_open(h, W(term_why));
	for (size_t i = 0; i < value_count(why); i++)
		*list_add(&m->v->x->arena, &steps) = value_str(value_at(why, i));
	if (steps.n)
		steps_put(h, &steps);
	if (basis.n)
		cite_basis(h, m->v, basis);
	if (value_true(value_get(clock, S("provisional"))))
		html(h, L("<p class=\"hint\">"), T(W(clock_provisional)), L("</p>\n"));
	details_close(h);
}

static bool
clock_is_told(const struct value *clock)
{
	const struct str state = value_str(value_get(clock, S("state")));

	return str_eq(state, S("paused")) ||
	       (!str_eq(state, S("ended")) && !value_is_null(value_get(clock, S("due"))));
}

void
matter_clocks(struct html *h, struct matter_page *m)
{
	const struct value *clocks = value_get(&m->state, S("clocks"));
	const int64_t today = cx_today(&m->v->x->cx);
	bool any = false;

	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++) {
		const struct value *clock = &clocks->map.pairs[i].value;

		if (!clock_is_told(clock))
			continue;
		if (!any) {
			html(h, L("<h2>"), T(W(matter_clocks)), L("</h2>\n"));
			facts_open(h);
		}
		any = true;
		fact_open(h, value_str(value_get(clock, S("title"))));
		if (!value_is_null(value_get(clock, S("due"))))
			html(h,
			    T(day_chinese(
				&m->v->x->arena, value_num(value_get(clock, S("due"))))),
			    L(" "));
		clock_badge(h, clock, today);
		html(h, L(" <a href=\""),
		    U(str_fmt(&m->v->x->arena, "/m/%.*s/clock/%.*s", STR_ARG(m->subject),
			STR_ARG(clocks->map.pairs[i].key))),
		    L("\">"), T(W(annex_open)), L("</a>"));
		clock_why(h, m, clock);
		fact_close(h);
	}
	if (any)
		facts_close(h);
}

/* ---- doubts, documents, children ---- */

void
matter_doubts(struct html *h, struct matter_page *m)
{
	const struct value *doubts = value_get(&m->state, S("doubts"));
	struct arena *a = &m->v->x->arena;
	bool may = false;

	if (!value_count(doubts))
		return;
	may = view_may(m->v, &m->procedure->corrects);
	notice_open(h, TONE_WARN, W(matter_doubts));
	html(h, L("<ul>\n"));
	for (size_t i = 0; i < value_count(doubts); i++) {
		const struct value *d = value_at(doubts, i);
		const struct str basis = basis_text(
		    m->v->defs, a, value_str(value_get(d, S("basis"))));

		html(h, L("<li>"), T(value_str(value_get(d, S("message")))));
		if (basis.n)
			cite_basis(h, m->v, basis);
		if (may)
			html(h, L(" <a href=\""),
			    U(url_query(a,
				str_fmt(a, "/m/%.*s/do/settle", STR_ARG(m->subject)),
				{ S("rule"), value_str(value_get(d, S("rule"))) })),
			    L("\">"), T(W(act_settle)), L("</a>"));
		html(h, L("</li>\n"));
	}
	html(h, L("</ul>\n"));
	notice_close(h);
}

/* What the law deems since a term ran out: nobody has made it so yet. */
static void
matter_deemed(struct html *h, struct matter_page *m)
{
	const struct value *list = value_get(&m->state, S("deemed"));
	struct arena *a = &m->v->x->arena;

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *one = value_at(list, i);
		const struct clock_def *c = clock_find(
		    m->procedure, value_str(value_get(one, S("clock"))));
		const struct str text = value_str(value_get(one, S("text")));

		if (value_true(value_get(one, S("confirmed"))))
			continue;
		notice_open(h, TONE_WARN, W(matter_deemed));
		html(h, L("<p>"),
		    T(word_fill(a, W(matter_deemed_text), c ? c->title : S(""),
			day_chinese(a, value_num(value_get(one, S("due")))),
			value_str(value_get(one, S("title"))))),
		    L("</p>\n"));
		if (c && c->basis.n)
			html(h, L("<p class=\"basis\">"), T(W(basis_is)),
			    T(basis_text(m->v->defs, a, c->basis)), L("</p>\n"));
		if (text.n && !m->hidden.n)
			copy_text(h, str_fmt(a, "deemed-%zu", i), W(matter_draft), text);
		notice_close(h);
	}
}

/* Who has done a joint action already, while others are still missing. */
static void
matter_joined(struct html *h, struct matter_page *m)
{
	const struct value *joined = value_get(&m->state, S("joined"));
	struct arena *a = &m->v->x->arena;

	for (size_t i = 0; joined->kind == V_MAP && i < joined->map.n; i++) {
		const struct value_pair *p = &joined->map.pairs[i];
		const struct action_def *def = action_find(m->procedure, p->key);
		const struct value *act = value_get(
		    value_get(&m->state, S("acts")), p->key);
		LIST(struct str) names = { 0 };

		if (!def || !value_true(value_get(act, S("void"))))
			continue;
		for (size_t k = 0; k < value_count(&p->value); k++)
			*list_add(a, &names) = show_name(
			    m->v, value_str(value_get(value_at(&p->value, k), S("who"))));
		if (names.n)
			html(h, L("<p class=\"hint\">"),
			    T(word_fill(a, W(matter_joined), def->title,
				str_join(a, names.v, names.n, W(list_comma)))),
			    L("</p>\n"));
	}
}

/* The words of the document of this number stand in the event that issued it; they hold
 * what a mask may hide. */
static struct str
document_text(struct matter_page *m, const struct read_page *history, struct str number)
{
	struct str text = S("");

	for (size_t i = 0; i < history->n && !m->hidden.n; i++) {
		const struct value *open = value_get(&history->v[i], S("open"));

		if (str_eq(
			value_str(value_get(&history->v[i], S("kind"))), S("issued")) &&
		    str_eq(value_str(value_get(open, S("number"))), number))
			text = value_str(value_get(open, S("text")));
	}
	return text;
}

void
matter_documents(struct html *h, struct matter_page *m)
{
	const struct value *issued = value_get(&m->state, S("issued"));
	struct arena *a = &m->v->x->arena;
	struct read_page history;

	if (!value_count(issued) ||
	    read_history(&m->v->x->cx, &m->v->r, m->subject, &history) != ERR_OK)
		return;
	html(h, L("<h2>"), T(W(matter_documents)), L("</h2>\n"));
	for (size_t i = 0; i < value_count(issued); i++) {
		const struct value *d = value_at(issued, i);
		const struct str number = value_str(value_get(d, S("number")));

		html(h, L("<h3>"), T(value_str(value_get(d, S("title")))), L("</h3>\n"));
		facts_open(h);
		if (number.n)
			fact(h, W(document_number), T(number));
		fact(h, W(document_day),
		    T(day_chinese(a, value_num(value_get(d, S("day"))))));
		if (value_str(value_get(d, S("code"))).n)
			fact(h, W(document_code), L("<code>"),
			    T(value_str(value_get(d, S("code")))), L("</code>"));
		facts_close(h);
		const struct str text = document_text(m, &history, number);

		if (!text.n)
			continue;
		copy_text(h, str_fmt(a, "document-%zu", i), W(document_text), text);
		cite_list(h, m->v, W(cite_listed), text);
	}
}

void
matter_children(struct html *h, struct matter_page *m)
{
	const struct grid_column columns[] = { { .title = W(child_title), .head = true },
		{ .title = W(child_stage) }, { .title = W(child_opened), .day = true } };

	for (size_t k = 0; k < m->procedure->children.n; k++) {
		const struct child_def *def = &m->procedure->children.v[k];
		const struct procedure_def *p = defs_procedure(
		    m->v->defs, def->procedure);
		struct read_page children;
		struct grid g;

		if (!p || read_children(&m->v->x->cx, &m->v->r, def->procedure,
			      m->subject, &children) != ERR_OK)
			continue;
		if (!children.n)
			continue;
		g = grid_open(h, p->title, columns, 3);
		for (size_t i = 0; i < children.n; i++) {
			const struct value *state = value_get(&children.v[i], S("state"));

			if (!str_eq(value_str(value_get(state, S("kind"))), def->kind))
				continue;
			row_open(&g);
			cell_open(&g);
			show_link(
			    h, m->v, value_str(value_get(&children.v[i], S("subject"))));
			cell_close(&g);
			cell(&g, T(show_stage(p, state)));
			cell(&g, T(day_iso(&m->v->x->arena,
				     value_num(value_get(state, S("opened"))))));
			row_close(&g);
		}
		grid_close(&g);
	}
}

/* ---- the rows that decided ---- */

/* Where the table is read: the entry, or the edition of the definition. */
static struct str
table_path(struct matter_page *m, const struct value *one)
{
	struct arena *a = &m->v->x->arena;
	const struct str table = value_str(value_get(one, S("table")));

	if (!value_is_null(value_get(one, S("field"))))
		return show_path(a, table);
	return url_query(a, str_fmt(a, "/law/table/%.*s", STR_ARG(table)),
	    { S("edition"), value_str(value_get(one, S("edition"))) });
}

/* What the event says of the table, not what the table says now. A row tells what it was
 * asked, which a mask may hide. */
void
matter_rows(struct html *h, struct matter_page *m)
{
	const struct value *tables = value_get(&m->state, S("tables"));
	struct arena *a = &m->v->x->arena;
	bool any = false;

	for (size_t i = 0; tables->kind == V_MAP && i < tables->map.n && !m->hidden.n;
	     i++) {
		const struct value *one = &tables->map.pairs[i].value;
		const struct field *f = field_find(
		    &m->procedure->fields, tables->map.pairs[i].key);
		const bool entry = !value_is_null(value_get(one, S("field")));
		const struct str said = tables_said(a, m->v->defs, one,
		    entry ? show_name(m->v, value_str(value_get(one, S("table"))))
			  : S(""));

		if (!f || !said.n)
			continue;
		if (!any) {
			html(h, L("<h2>"), T(W(matter_rows)), L("</h2>\n"));
			facts_open(h);
		}
		any = true;
		fact_open(h, f->title);
		show_value(h, m->v, f, value_get(m->fields, f->id));
		html(h, L("<br>"), T(said), L(" <a href=\""), U(table_path(m, one)),
		    L("\">"), T(W(matter_row_open)), L("</a>"));
		fact_close(h);
	}
	if (any)
		facts_close(h);
}

/* ---- pages ---- */

static void
stage_put(struct html *h, struct matter_page *m)
{
	const bool closed = value_true(value_get(&m->state, S("closed")));

	html(h, L("<p>"));
	badge(h, closed ? TONE_DONE : TONE_GOING, show_stage(m->procedure, &m->state));
	html(h, L("</p>\n"));
}

/* A correction where the definition lets one be made. */
static void
correct_put(struct html *h, struct matter_page *m)
{
	const bool may = view_may(m->v, &m->procedure->corrects);
	if (may)
		html(h, L("<p><a href=\""),
		    U(str_fmt(
			&m->v->x->arena, "/m/%.*s/do/correct", STR_ARG(m->subject))),
		    L("\">"), T(W(act_correct)), L("</a></p>\n"));
}

static void
matter_show(struct view *v, struct str subject)
{
	struct exchange *x = v->x;
	struct matter_page m;
	const struct act_choice *first;
	struct str title, parent;
	struct html *h;

	if (!view_ok(v, matter_load(v, subject, &m)))
		return;
	title = value_str(value_get(&m.state, S("title")));
	parent = value_str(value_get(&m.state, S("parent")));
	h = page_open(x, .title = title.n ? title : m.procedure->title,
	    .above = m.procedure->title,
	    .crumbs = { { W(home), S("/") },
		parent.n
		    ? (struct crumb){ show_name(v, parent), show_path(&x->arena, parent) }
		    : show_list_crumb(&x->arena, m.procedure) });
	matter_done_panel(h, &m);
	stage_put(h, &m);
	matter_doubts(h, &m);
	matter_deemed(h, &m);
	matter_joined(h, &m);
	first = matter_first(&m);
	if (first)
		matter_primary(h, &m, first);
	matter_others(h, &m, first);
	matter_clocks(h, &m);
	html(h, L("<h2>"), T(W(matter_facts)), L("</h2>\n"));
	show_fields(h, v, &m.procedure->fields, m.fields, &m.hidden, NULL);
	show_masks(h, m.procedure, &m.masks);
	hand_list_link(h, &m);
	correct_put(h, &m);
	matter_rows(h, &m);
	law_link(h, v, m.procedure);
	matter_documents(h, &m);
	matter_children(h, &m);
	if (!view_ok(v, timeline_put(h, &m)))
		return;
	page_close(x, h, 200);
}

static void
entry_buttons(
    struct html *h, struct view *v, const struct register_def *def, struct str subject)
{
	struct arena *a = &v->x->arena;

	if (!view_may(v, &def->by))
		return;
	button_row_open(h);
	button_link(h, str_fmt(a, "/m/%.*s/do/put", STR_ARG(subject)),
	    word_fill(a, W(act_put), def->title));
	button_link(h, str_fmt(a, "/m/%.*s/do/end", STR_ARG(subject)),
	    word_fill(a, W(act_end), def->title));
	button_row_close(h);
}

static void
entry_show(struct view *v, const struct register_def *def, struct str subject)
{
	struct exchange *x = v->x;
	struct value entry;
	const enum err err = read_entry(
	    &x->cx, &v->r, subject, cx_today(&x->cx), READ_NOW, &entry);
	struct html *h;

	v->about = subject;
	if (err != ERR_OK && err != ERR_NOT_FOUND) {
		respond_err(x, err);
		return;
	}
	h = page_open(x, .title = show_name(v, subject), .above = def->title,
	    .crumbs = { { W(home), S("/") },
		{ def->title, str_fmt(&x->arena, "/register/%.*s", STR_ARG(def->id)) } });
	if (err == ERR_OK) {
		show_fields(
		    h, v, &def->fields, value_get(&entry, S("values")), NULL, NULL);
		entry_buttons(h, v, def, subject);
	} else {
		empty_put(h, W(entry_over), W(entry_over_text));
	}
	if (!view_ok(v, timeline_entry_put(h, v, subject)))
		return;
	page_close(x, h, 200);
}

void
page_matter(struct exchange *x)
{
	const struct register_def *def;
	struct str subject, own;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	subject = show_subject(x, 0, 1);
	def = defs_register(v.defs, x->req.args[0]);
	own = subject.n ? show_path(&x->arena, subject) : S("");
	if (!subject.n)
		respond_error(x, 404);
	else if (!str_starts(own, S("/m/")) && !def)
		respond_redirect(
		    x, url_query(&x->arena, own, { S("done"), query_get(x, S("done")) }));
	else if (def)
		entry_show(&v, def, subject);
	else
		matter_show(&v, subject);
}
