/* Which drawings the store has and which it needs, told apart by what Graphviz is given.
 */
#include "cli/charts.h"

#include <stdio.h>

#include "base/buf.h"
#include "cli/dot.h"
#include "explain/chart.h"
#include "store/db.h"

struct keeping {
	struct cx *cx;
	struct db *db;
	struct id_list kept, wanted; /* digests: in the store; of these definitions */
	struct id_list missing;
	struct buf graphs; /* of the missing */
};

static enum err
look(struct keeping *k, const struct defs *defs)
{
	struct arena *a = k->cx->arena;
	DB_ROWS rows = { 0 };

	TRY(db_ask(k->cx, k->db, &rows, Q_CHART_ALL));
	while (db_next(&rows))
		*list_add(a, &k->kept) = db_text(k->cx, &rows, 0);
	TRY(db_end(k->cx, &rows));
	for (size_t i = 0; i < defs->procedures.n; i++) {
		const struct procedure_def *p = defs->procedures.items[i].value;
		const struct str dot = chart_dot(a, defs, p);
		const struct str name = chart_name(a, dot);

		*list_add(a, &k->wanted) = name;
		if (id_list_has(&k->kept, name))
			continue;
		*list_add(a, &k->missing) = name;
		buf_put(&k->graphs, dot);
	}
	return ERR_OK;
}

/* Each drawing ends as it began: in the order of the graphs. */
static enum err
put(struct keeping *k, struct str drawn)
{
	static const struct str end = S("</svg>");
	size_t from = 0;

	for (size_t i = 0; i < k->missing.n; i++) {
		const size_t at = str_find(drawn, end, from);

		if (at == SIZE_MAX)
			return fail(k->cx, ERR_INPUT, "Graphviz 没有画出全部流程图");
		TRY(db_run(k->cx, k->db, Q_CHART_PUT, D_TEXT(k->missing.v[i]),
		    D_TEXT(str_sub(drawn, from, at + end.n))));
		from = at + end.n;
	}
	for (size_t i = 0; i < k->kept.n; i++)
		if (!id_list_has(&k->wanted, k->kept.v[i]))
			TRY(db_run(k->cx, k->db, Q_CHART_DROP, D_TEXT(k->kept.v[i])));
	return ERR_OK;
}

static enum err
keep(struct keeping *k, const struct defs *defs)
{
	struct str drawn = S("");
	DB_TX tx = { 0 };

	TRY(look(k, defs));
	if (!k->missing.n && k->kept.n == k->wanted.n)
		return ERR_OK;
	if (k->missing.n)
		TRY(dot_draw(k->cx, S("svg"), buf_str(&k->graphs), &drawn));
	TRY(db_begin(k->cx, k->db, &tx));
	TRY(put(k, drawn));
	return db_commit(k->cx, &tx);
}

void
charts_keep(struct cx *cx, struct door *door)
{
	struct cx own = *cx;
	struct keeping k = {
		.cx = &own, .db = door_store(door), .graphs = { .arena = cx->arena }
	};

	if (keep(&k, door_defs(door)) != ERR_OK)
		fprintf(stderr, "页面上没有新的流程图：%.*s\n", STR_ARG(own.why));
}
