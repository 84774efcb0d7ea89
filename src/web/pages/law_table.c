/* A decision table as a table: what is asked, what follows, by which article. */
#include "act/defs.h"
#include "web/cite.h"
#include "web/pages/law.h"
#include "web/word.h"

static void
cells_put(struct grid *g, struct view *v, const struct decision_def *d, size_t row)
{
	const struct decision_names names = defs_names(v->defs);
	struct arena *a = &v->x->arena;

	for (size_t i = 0; i < d->inputs.n; i++) {
		const struct str said = decision_test_text(
		    a, &names, d, &d->inputs.v[i], d->table.rows[row].tests[i]);

		cell(g, T(said.n ? said : W(law_any)));
	}
	for (size_t i = 0; i < d->outputs.n; i++)
		cell(g, T(decision_result_text(a, &names, d, &d->outputs.v[i],
			    d->table.rows[row].results[i])));
	cell_open(g);
	cite_put(g->h, v, basis_text(v->defs, a, d->notes.v[row].basis));
	cell_close(g);
}

/* What follows where no row fits. */
static void
otherwise_put(struct grid *g, struct view *v, const struct decision_def *d)
{
	const struct decision_names names = defs_names(v->defs);

	if (!d->outputs.n || !d->table.outputs[0].fallback)
		return;
	row_open(g);
	cell(g, T(W(law_otherwise)));
	for (size_t i = 0; i < d->inputs.n; i++)
		cell(g, T(W(law_any)));
	for (size_t i = 0; i < d->outputs.n; i++) {
		const struct feel *other = d->table.outputs[i].fallback;

		cell(g, T(other ? decision_result_text(
				      &v->x->arena, &names, d, &d->outputs.v[i], other)
				: S("")));
	}
	cell(g, T(S("")));
	row_close(g);
}

void
law_table_put(struct html *h, struct view *v, const struct decision_def *d)
{
	const size_t n = d->inputs.n + d->outputs.n + 2;
	struct grid_column *columns = arena_array(&v->x->arena, struct grid_column, n);
	struct grid g;

	columns[0] = (struct grid_column){ .title = W(law_row), .head = true };
	for (size_t i = 0; i < d->inputs.n; i++)
		columns[1 + i].title = d->inputs.v[i].title;
	for (size_t i = 0; i < d->outputs.n; i++)
		columns[1 + d->inputs.n + i].title = word_fill(
		    &v->x->arena, W(law_gives), d->outputs.v[i].title);
	columns[n - 1].title = W(law_basis);
	g = grid_open(h, d->title, columns, n);
	for (size_t i = 0; i < d->table.n_rows; i++) {
		row_open(&g);
		cell(&g, N((int64_t)i + 1));
		cells_put(&g, v, d, i);
		row_close(&g);
	}
	otherwise_put(&g, v, d);
	grid_close(&g);
}
