/*
 * What stands beside the course: each decision table that gives a field its value, with
 * its rows, below the actions that give it what it is asked; and the transitional rules
 * under which open matters came here.
 */
#include "base/date.h"
#include "explain/chart_inside.h"
#include "lang/citation.h"
#include "lang/feel_tree.h"
#include "out/markup.h"
#include "procedure/decision_text.h"

enum { ROWS_MOST = 12 }; /* of a table; who wants all reads the table itself */

static bool
names_field(const struct feel *e, const struct field *f)
{
	if (!e)
		return false;
	if (e->kind == F_NAME && str_eq(e->name, f->name))
		return true;
	for (size_t i = 0; i < e->n; i++)
		if (names_field(e->kids[i], f))
			return true;
	return false;
}

/* Does this field of the form tell the table something? */
static bool
is_asked(const struct field *given, const struct decision_def *d, const struct field *f)
{
	for (size_t i = 0; i < given->with.n; i++)
		if (names_field(given->with.v[i].value, f))
			return true;
	return field_find(&d->inputs, f->id) != NULL;
}

static bool
action_tells(struct chart *c, const struct action_def *a, const struct field *given,
    const struct decision_def *d)
{
	for (size_t i = 0; i < a->form.n; i++) {
		const struct field *f = field_find(&c->p->fields, a->form.v[i].field);

		if (f && is_asked(given, d, f))
			return true;
	}
	return false;
}

static void
table_edges(struct chart *c, const struct field *given, const struct decision_def *d)
{
	for (size_t i = 0; i < c->p->actions.n; i++) {
		const struct action_def *a = &c->p->actions.v[i];

		if (!action_tells(c, a, given, d) || (!a->then.n && !a->at.n))
			continue;
		buf_fmt(&c->b,
		    "  \"%s:%.*s\" -> \"t:%.*s\" [style=dotted, "
		    "color=\"#17572f\", arrowhead=open];\n",
		    a->then.n ? "a" : "s", STR_ARG(a->then.n ? a->id : a->at.v[0]),
		    STR_ARG(d->id));
	}
}

/* A sheet beside the course, to be filled and closed. */
static void
note_open(struct chart *c, char kind, struct str id, const char *fill, const char *line)
{
	buf_fmt(&c->b,
	    "  \"%c:%.*s\" [shape=note, style=filled, fillcolor=\"%s\", color=\"%s\", ",
	    kind, STR_ARG(id), fill, line);
	chart_open(c);
}

static void
put_table(struct chart *c, const struct decision_def *d)
{
	const struct decision_names names = defs_names(c->w.defs);
	struct arena *a = c->w.arena;

	note_open(c, 't', d->id, "#e5f3e9", "#17572f");
	chart_rows(c, "", str_fmt(a, "决策表：%.*s", STR_ARG(d->title)), "");
	for (size_t i = 0; i < d->table.n_rows && i < ROWS_MOST; i++)
		chart_small(c, "#17572f", "",
		    str_fmt(a, "%zu. %.*s", i + 1,
			STR_ARG(decision_row_text(a, &names, d, i))));
	if (d->table.n_rows > ROWS_MOST)
		chart_small(c, "#17572f", "", str_fmt(a, "…… 共%zu行", d->table.n_rows));
	for (size_t i = 0; i < d->outputs.n; i++)
		if (d->table.outputs[i].fallback)
			chart_small(c, "#17572f", "其他：",
			    str_fmt(a, "“%.*s”为%.*s", STR_ARG(d->outputs.v[i].title),
				STR_ARG(decision_result_text(a, &names, d,
				    &d->outputs.v[i], d->table.outputs[i].fallback))));
	chart_close(c);
}

void
chart_tables(struct chart *c)
{
	struct id_list drawn = { 0 };

	for (size_t i = 0; i < c->p->fields.n; i++) {
		const struct field *f = &c->p->fields.v[i];
		const struct decision_def *d = f->table.n
						   ? defs_table(c->w.defs, f->table,
							 IN_FORCE_END - 1)
						   : NULL;

		if (!d || id_list_has(&drawn, d->id))
			continue;
		put_table(c, d);
		table_edges(c, f, d);
		*list_add(c->w.arena, &drawn) = d->id;
	}
}

static void
put_transition(struct chart *c, const struct transition_def *rule)
{
	struct arena *a = c->w.arena;

	note_open(c, 'x', rule->id, "#f3f5f7", "#5d6975");
	chart_rows(c, "", str_fmt(a, "过渡规则：%.*s", STR_ARG(rule->title)), "");
	chart_small(c, "#4b5763", "",
	    str_fmt(a, "未办结的事项改按自%.*s起施行的版本办理",
		STR_ARG(day_chinese(a, rule->to_day))));
	chart_small(c, "#4b5763", "", citation_texts(a, rule->basis));
	chart_close(c);
	for (size_t i = 0; i < rule->stages.n; i++)
		if (rule->stages.v[i].to.n)
			buf_fmt(&c->b,
			    "  \"x:%.*s\" -> \"s:%.*s\" [style=dotted, "
			    "constraint=false, arrowhead=open];\n",
			    STR_ARG(rule->id), STR_ARG(rule->stages.v[i].to));
}

void
chart_transitions(struct chart *c)
{
	for (size_t i = 0; i < c->w.defs->transitions.n; i++) {
		const struct transition_def *rule = c->w.defs->transitions.items[i].value;

		if (!rule->withdrawn && str_eq(rule->procedure, c->p->id))
			put_transition(c, rule);
	}
}
