/* Gathering references: of each target the fields, of each field the subjects. */
#include "act/gather.h"

#include <stdlib.h>

#include "register/table.h"

enum {
	FULL = 4 * 1000 *
	       1000, /* references: some 50 MB with the names of the subjects */
	ROWS = 250   /* of one statement */
};

/* The subjects that name one target in one field, by their places in the list. */
struct gathered_field {
	struct str name;
	LIST(uint32_t) subjects;
};

struct gathered_target {
	struct str name;
	LIST(struct gathered_field) fields; /* a dozen at most */
};

static struct gathered_target *
target_of(struct gather *g, struct str name)
{
	struct gathered_target *t = map_find(&g->targets, name);

	if (t)
		return t;
	t = arena_new(&g->arena, struct gathered_target);
	t->name = str_copy(&g->arena, name);
	map_put(&g->arena, &g->targets, t->name, t);
	return t;
}

static struct gathered_field *
field_of(struct gather *g, struct gathered_target *t, struct str name)
{
	struct gathered_field *f;

	for (size_t i = 0; i < t->fields.n; i++)
		if (t->fields.v[i].name.p == name.p)
			return &t->fields.v[i];
	f = list_add(&g->arena, &t->fields);
	f->name = name;
	return f;
}

void
gather_put(struct gather *g, struct str subject, struct str field, struct str target)
{
	struct gathered_field *f = field_of(g, target_of(g, target), field);

	if (!g->subjects.n || !str_eq(g->subjects.v[g->subjects.n - 1], subject))
		*list_add(&g->arena, &g->subjects) = str_copy(&g->arena, subject);
	*list_add(&g->arena, &f->subjects) = (uint32_t)(g->subjects.n - 1);
	g->n++;
}

bool
gather_full(const struct gather *g)
{
	return g->n >= FULL;
}

static int
target_order(const void *a, const void *b)
{
	const struct map_item *x = a, *y = b;

	return str_cmp(x->key, y->key);
}

static int
field_order(const void *a, const void *b)
{
	const struct gathered_field *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

struct writing {
	struct db *db;
	const struct gather *g;
	int many, one;                /* statements: of ROWS rows, of one */
	struct db_arg args[3 + ROWS]; /* log, target, field, subjects */
};

static enum err
field_write(struct cx *cx, struct writing *w, const struct gathered_field *f)
{
	size_t i = 0;

	w->args[2] = D_TEXT(f->name);
	while (i < f->subjects.n) {
		const size_t n = f->subjects.n - i < ROWS ? 1 : ROWS;

		for (size_t k = 0; k < n; k++)
			w->args[3 + k] = D_TEXT(w->g->subjects.v[f->subjects.v[i + k]]);
		TRY(db_run_many(
		    cx, w->db, n == 1 ? w->one : w->many, w->args, 3 + n, 1, NULL));
		i += n;
	}
	return ERR_OK;
}

enum err
gather_write(struct cx *cx, struct db *db, struct str log, struct gather *g)
{
	struct writing w = { .db = db, .g = g, .args[0] = D_TEXT(log) };

	if (!g->n)
		return ERR_OK;
	TRY(db_prepare(cx, db, table_refs(cx->arena, ROWS), &w.many));
	TRY(db_prepare(cx, db, table_refs(cx->arena, 1), &w.one));
	qsort(g->targets.items, g->targets.n, sizeof *g->targets.items, target_order);
	for (size_t i = 0; i < g->targets.n; i++) {
		struct gathered_target *t = g->targets.items[i].value;

		qsort(t->fields.v, t->fields.n, sizeof *t->fields.v, field_order);
		w.args[1] = D_TEXT(t->name);
		for (size_t k = 0; k < t->fields.n; k++)
			TRY(field_write(cx, &w, &t->fields.v[k]));
	}
	gather_free(g);
	return ERR_OK;
}

void
gather_free(struct gather *g)
{
	arena_free(&g->arena);
	*g = (struct gather){ 0 };
}
