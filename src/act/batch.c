/* Gathering parameters and running them. Nothing here knows what a row means. */
#include "act/batch.h"

#include "base/list.h"

struct batch *
batch_of(struct cx *cx, struct batches *batches, struct str sql)
{
	size_t i = 0;

	while (i < batches->n && batches->v[i].sql.p != sql.p)
		i++;
	if (i == batches->n)
		list_add(cx->arena, batches)->sql = sql;
	batches->v[i].sets++;
	return &batches->v[i];
}

void
batch_put(struct cx *cx, struct batch *b, struct db_arg arg)
{
	*list_add(cx->arena, &b->args) = arg;
}

enum err
batches_run(struct cx *cx, struct db *db, const struct batches *batches)
{
	for (size_t i = 0; i < batches->n; i++) {
		const struct batch *b = &batches->v[i];
		int stmt;

		TRY(db_prepare(cx, db, b->sql, &stmt));
		TRY(db_run_many(
		    cx, db, stmt, b->args.v, b->args.n / b->sets, b->sets, NULL));
	}
	return ERR_OK;
}
