/*
 * The course of a procedure as a flow chart, written for Graphviz from the definition
 * that runs. Stages are boxes, actions the smaller boxes between them with who takes
 * them, what must hold before (the article) and by when; children stand beside, decision
 * tables and transitional rules below (chart_rule.c).
 */
#include "explain/chart.h"

#include "base/crypto.h"
#include "explain/chart_inside.h"
#include "lang/citation.h"
#include "out/markup.h"

/* The colours of the pages (web/static/zhunsheng.css). */
static const char head[] =
    "digraph procedure {\n"
    "  graph [rankdir=TB, nodesep=0.28, ranksep=0.34, bgcolor=\"#ffffff\", pad=0.35,\n"
    "    fontname=\"Noto Sans CJK SC\", labelloc=t, fontsize=22, "
    "fontcolor=\"#173a5e\"];\n"
    "  node [fontname=\"Noto Sans CJK SC\", fontsize=13, fontcolor=\"#1a2129\", "
    "shape=box,\n"
    "    style=\"rounded,filled\", margin=\"0.16,0.07\"];\n"
    "  edge [fontname=\"Noto Sans CJK SC\", fontsize=10, fontcolor=\"#4b5763\",\n"
    "    color=\"#5d6975\", arrowsize=0.65, penwidth=1.1];\n"
    "  begin [shape=circle, label=\"\", width=0.2, fillcolor=\"#173a5e\", "
    "color=\"#173a5e\"];\n";

enum { LINE_CHARS = 20 }; /* of a line inside a box */

/* No line begins with one of these. */
static bool
closes(struct str rest)
{
	static const struct str signs[] = { S("，"), S("。"), S("、"), S("；"), S("："),
		S("）"), S("》"), S("内") };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(rest, signs[i]))
			return true;
	return false;
}

/* A row for each line: Graphviz breaks none, and sets lines of one cell too close. */
void
chart_rows(struct chart *c, const char *open, struct str s, const char *close)
{
	size_t i = 0, from = 0, chars = 0;

	while (i < s.n) {
		str_next(s, &i);
		if ((++chars < LINE_CHARS && i < s.n) || closes(str_sub(s, i, s.n)))
			continue;
		chars = 0;
		buf_fmt(&c->b, "<TR><TD>%s", open);
		markup_put(&c->b, str_sub(s, from, i));
		buf_fmt(&c->b, "%s</TD></TR>", close);
		from = i;
	}
}

void
chart_small(struct chart *c, const char *colour, const char *before, struct str s)
{
	const struct str open = str_fmt(
	    c->w.arena, "<FONT POINT-SIZE=\"10\" COLOR=\"%s\">", colour);

	if (s.n)
		chart_rows(c, str_cz(c->w.arena, open),
		    str_fmt(c->w.arena, "%s%.*s", before, STR_ARG(s)), "</FONT>");
}

void
chart_open(struct chart *c)
{
	buf_put_z(&c->b, "label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" "
			 "CELLSPACING=\"0\" CELLPADDING=\"1\">");
}

void
chart_close(struct chart *c)
{
	buf_put_z(&c->b, "</TABLE>>];\n");
}

static bool
stays(const struct action_def *a)
{
	return !a->then.n;
}

/* Done by several, what it moves, the printed number it takes, the document it gives. */
static void
put_more(struct chart *c, const struct action_def *a)
{
	const struct document_def *doc = map_find(&c->w.defs->documents, a->issues);

	if (a->join.given && a->join.needs)
		chart_small(c, "#173a5e", "⊕ ",
		    str_fmt(c->w.arena, "%lld个共同办理", (long long)a->join.needs));
	else if (a->join.given)
		chart_small(c, "#173a5e", "⊕ ", S("各方全部办理"));
	if (a->hand_over.given)
		chart_small(c, "#173a5e", "⇄ ", S("事项改由接收人承办"));
	for (size_t i = 0; i < a->form.n; i++) {
		const struct field *f = field_find(&c->p->fields, a->form.v[i].field);

		if (f && f->is_numbered)
			chart_small(c, "#173a5e", "№ ",
			    str_fmt(c->w.arena, "号段内的%.*s",
				STR_ARG(words_paper(&c->w, f->paper))));
	}
	if (doc)
		chart_small(c, "#173a5e", "▤ ",
		    str_fmt(c->w.arena, "《%.*s》%s", STR_ARG(doc->title),
			doc->number_holes.n ? "，编文号" : ""));
}

/* What makes its term longer is drawn where it is done. */
static void
put_extensions(struct chart *c, const struct action_def *a)
{
	for (size_t i = 0; i < c->p->clocks.n; i++) {
		const struct clock_def *k = &c->p->clocks.v[i];

		for (size_t n = 0; n < k->extensions.n; n++) {
			const struct clock_extension *e = &k->extensions.v[n];

			if (!str_eq(e->action, a->id))
				continue;
			chart_small(c, "#9d1c16", "◷ ",
			    str_fmt(c->w.arena, "%.*s延长%.*s", STR_ARG(k->title),
				STR_ARG(term_text(c->w.arena, &e->more.term))));
		}
	}
}

static void
put_stage(struct chart *c, const struct stage_def *s)
{
	buf_fmt(&c->b, "  \"s:%.*s\" [%s, ", STR_ARG(s->id),
	    s->final ? "peripheries=2, fillcolor=\"#e5f3e9\", color=\"#17572f\""
		     : "fillcolor=\"#e6f0fa\", color=\"#173a5e\", penwidth=1.6");
	chart_open(c);
	chart_rows(c, "<B>", s->title, "</B>");
	for (size_t i = 0; i < c->p->actions.n; i++) {
		const struct action_def *a = &c->p->actions.v[i];

		if (!stays(a) || s->final || !id_list_has(&a->at, s->id))
			continue;
		chart_small(c, "#4b5763", "· ", a->title);
		put_more(c, a);
		put_extensions(c, a);
	}
	chart_close(c);
}

struct str
chart_unquoted(struct chart *c, struct str s)
{
	return str_replace(
	    c->w.arena, str_replace(c->w.arena, s, S("“"), S("")), S("”"), S(""));
}

static struct str
who(struct chart *c, const struct action_def *a)
{
	if (id_list_has(&a->by, S("system")))
		return S("系统自动");
	return chart_unquoted(c, words_competences(&c->w, &a->by));
}

/* Only statutes: the numbers of requirements mean nothing to who looks at a chart. */
static void
put_gates(struct chart *c, const struct action_def *a)
{
	for (size_t i = 0; i < c->p->gates.n; i++) {
		const struct gate_def *g = &c->p->gates.v[i];
		const struct str cited = citation_texts(c->w.arena, g->rule.basis);

		if (!id_list_has(&g->before, a->id))
			continue;
		chart_small(c, "#6d4400", "◆ ", g->rule.says);
		chart_small(c, "#6d4400", "　", cited);
	}
}

static void
put_terms(struct chart *c, const struct action_def *a)
{
	for (size_t i = 0; i < c->p->clocks.n; i++) {
		const struct clock_def *k = &c->p->clocks.v[i];
		const struct parameter_def *p = map_find(
		    &c->w.defs->parameters, k->term.parameter);
		struct term term = k->term.term;
		struct str words;

		if (!id_list_has(&k->until, a->id) && !id_list_has(&k->before, a->id))
			continue;
		if (p)
			term.number = p->value;
		words = k->at ? k->title
			      : str_fmt(c->w.arena, "%.*s：自%.*s起%s%.*s%s",
				    STR_ARG(k->title),
				    STR_ARG(chart_unquoted(
					c, words_actions(&c->w, &k->from))),
				    k->minimum ? "满" : "",
				    STR_ARG(term_text(c->w.arena, &term)),
				    k->minimum ? "" : "内");
		if (k->amount.of)
			words = str_fmt(
			    c->w.arena, "%.*s，逾期按日计算数额", STR_ARG(words));
		chart_small(c, "#9d1c16", "◷ ", words);
	}
}

static size_t
place(const struct chart *c, struct str stage)
{
	for (size_t i = 0; i < c->p->stages.n; i++)
		if (str_eq(c->p->stages.v[i].id, stage))
			return i;
	return 0;
}

/* How far down a stage stands: an end below all that is not one. */
static size_t
depth(const struct chart *c, struct str stage)
{
	const size_t i = place(c, stage);

	return c->p->stages.v[i].final ? i + c->p->stages.n : i;
}

/* The way back is drawn dashed and draws nothing upwards: to a stage that stands no lower
 * than all from which the action is taken. */
static bool
is_back(const struct chart *c, const struct action_def *a, struct str to)
{
	for (size_t i = 0; i < a->at.n; i++)
		if (depth(c, a->at.v[i]) < depth(c, to))
			return false;
	return a->at.n > 0;
}

/* Taken from a stage below where it leads, while other stages lead on to there. */
static bool
is_from_below(const struct chart *c, const struct action_def *a, struct str from)
{
	size_t lowest = 0;
	bool all_back = true;

	for (size_t i = 0; i < a->then.n; i++) {
		lowest = depth(c, a->then.v[i].stage) > lowest
			     ? depth(c, a->then.v[i].stage)
			     : lowest;
		all_back = all_back && is_back(c, a, a->then.v[i].stage);
	}
	return !all_back && depth(c, from) >= lowest;
}

static void
put_action(struct chart *c, const struct action_def *a)
{
	buf_fmt(&c->b, "  \"a:%.*s\" [fillcolor=\"#ffffff\", color=\"#c3cad1\", ",
	    STR_ARG(a->id));
	chart_open(c);
	chart_rows(c, "", a->title, "");
	chart_small(c, "#4b5763", "", who(c, a));
	put_more(c, a);
	put_gates(c, a);
	put_terms(c, a);
	put_extensions(c, a);
	chart_close(c);
	if (a->at_new)
		buf_fmt(&c->b, "  begin -> \"a:%.*s\" [weight=8];\n", STR_ARG(a->id));
	if (a->at_any)
		buf_fmt(&c->b,
		    "  \"any:%.*s\" [label=\"办结前的任何阶段\", fontsize=10, "
		    "fontcolor=\"#4b5763\", fillcolor=\"#f3f5f7\", color=\"#c3cad1\", "
		    "style=\"rounded,filled,dashed\"];\n"
		    "  \"any:%.*s\" -> \"a:%.*s\" [style=dashed];\n",
		    STR_ARG(a->id), STR_ARG(a->id), STR_ARG(a->id));
	for (size_t i = 0; i < a->at.n; i++)
		buf_fmt(&c->b, "  \"s:%.*s\" -> \"a:%.*s\" [arrowhead=none%s];\n",
		    STR_ARG(a->at.v[i]), STR_ARG(a->id),
		    is_from_below(c, a, a->at.v[i])
			? ", constraint=false, style=dashed, color=\"#8a5a00\""
			: ", weight=4");
	for (size_t i = 0; i < a->then.n; i++)
		buf_fmt(&c->b, "  \"a:%.*s\" -> \"s:%.*s\" [%s];\n", STR_ARG(a->id),
		    STR_ARG(a->then.v[i].stage),
		    is_back(c, a, a->then.v[i].stage)
			? "constraint=false, style=dashed, color=\"#8a5a00\""
			: "weight=4");
}

/* Children stand beside the stage at which they are opened. */
static void
put_child(struct chart *c, const struct child_def *k)
{
	const struct procedure_def *child = defs_procedure(c->w.defs, k->procedure);

	buf_fmt(&c->b,
	    "  \"c:%.*s\" [shape=component, style=filled, fillcolor=\"#fff3d4\", "
	    "color=\"#6d4400\", fontsize=12, ",
	    STR_ARG(k->kind));
	chart_open(c);
	chart_rows(c, "", child ? child->title : k->procedure, "");
	if (k->for_rows.n)
		chart_small(c, "#6d4400", "每个",
		    str_fmt(c->w.arena, "%.*s各一件",
			STR_ARG(chart_unquoted(c, words_field(&c->w, k->for_rows)))));
	chart_close(c);
	for (size_t i = 0; i < c->p->actions.n; i++) {
		const struct action_def *a = &c->p->actions.v[i];

		if (!id_list_has(&a->opens, k->kind))
			continue;
		if (!stays(a))
			buf_fmt(&c->b, "  \"a:%.*s\"", STR_ARG(a->id));
		else if (a->at.n)
			buf_fmt(&c->b, "  \"s:%.*s\"", STR_ARG(a->at.v[0]));
		else
			continue;
		buf_fmt(&c->b,
		    " -> \"c:%.*s\" [style=dotted, color=\"#6d4400\", arrowhead=open];\n",
		    STR_ARG(k->kind));
	}
}

static void
put_lapses(struct chart *c)
{
	for (size_t i = 0; i < c->p->clocks.n; i++) {
		const struct clock_def *k = &c->p->clocks.v[i];

		if (!k->lapse_stage.n)
			continue;
		buf_fmt(&c->b, "  \"l:%.*s\" [fillcolor=\"#fcebea\", color=\"#9d1c16\", ",
		    STR_ARG(k->id));
		chart_open(c);
		chart_rows(c, "", str_fmt(c->w.arena, "%.*s届满", STR_ARG(k->title)), "");
		chart_close(c);
		/* Where it may run out: where it can still be ended by somebody. */
		for (size_t n = 0; n < k->until.n; n++) {
			const struct action_def *a = action_find(c->p, k->until.v[n]);

			for (size_t s = 0; a && s < a->at.n; s++)
				buf_fmt(&c->b,
				    "  \"s:%.*s\" -> \"l:%.*s\" [arrowhead=none];\n",
				    STR_ARG(a->at.v[s]), STR_ARG(k->id));
		}
		buf_fmt(&c->b, "  \"l:%.*s\" -> \"s:%.*s\";\n", STR_ARG(k->id),
		    STR_ARG(k->lapse_stage));
	}
}

struct str
chart_dot(struct arena *a, const struct defs *defs, const struct procedure_def *p)
{
	struct chart own = { .w = { a, defs, &p->fields, p, .plain = true },
		.p = p,
		.b = { .arena = a } };
	struct chart *const c = &own;

	buf_put_z(&c->b, head);
	buf_put_z(&c->b, "  label=<<B>");
	markup_put(&c->b, c->p->title);
	buf_put_z(&c->b, "流程图</B>>;\n");
	for (size_t i = 0; i < c->p->stages.n; i++)
		put_stage(c, &c->p->stages.v[i]);
	for (size_t i = 0; i < c->p->actions.n; i++)
		if (!stays(&c->p->actions.v[i]))
			put_action(c, &c->p->actions.v[i]);
	for (size_t i = 0; i < c->p->children.n; i++)
		put_child(c, &c->p->children.v[i]);
	put_lapses(c);
	chart_tables(c);
	chart_transitions(c);
	buf_put_z(&c->b, "}\n");
	return buf_str(&c->b);
}

struct str
chart_name(struct arena *a, struct str dot)
{
	const struct digest d = digest_of(DIGEST_SM3, dot);

	return digest_hex(a, &d);
}
