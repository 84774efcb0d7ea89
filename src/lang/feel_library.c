/* Functions written in FEEL, and what an expression uses of the names around it. */
#include "lang/feel_tree.h"

enum err
feel_define(struct cx *cx, struct feel_library *lib, struct str name,
    const struct str *params, size_t n, struct str body, const struct feel_scope *scope,
    struct messages *m)
{
	const int line = scope && scope->line ? scope->line : 1;
	const int column = scope && scope->column ? scope->column : 1;
	const struct feel *tree;
	bool taken = feel_builtin_find(name) != NULL;

	for (size_t i = 0; i < lib->n; i++)
		taken = taken || str_eq(lib->v[i].name, name);
	if (taken) {
		message_put(m, line, column, "函数 %.*s 已经有了", STR_ARG(name));
		return fail(cx, ERR_INPUT, "函数 %.*s 已经有了", STR_ARG(name));
	}
	TRY(feel_parse(cx, body, scope, &tree, m));
	*list_add(cx->arena, lib) = (struct feel_definition){ name, params, n, tree, line,
		column, m->file };
	return ERR_OK;
}

/* Names bound on the way down. */
struct bound {
	const struct str *names;
	size_t n;
	const struct bound *up;
};

struct walk {
	struct arena *arena;
	struct feel_name_list *names, *calls; /* either may be NULL */
};

static bool
is_bound(const struct bound *b, struct str name)
{
	for (; b; b = b->up)
		for (size_t i = 0; i < b->n; i++)
			if (str_eq(b->names[i], name))
				return true;
	return false;
}

static void
add_once(struct arena *a, struct feel_name_list *list, struct str name)
{
	for (size_t i = 0; list && i < list->n; i++)
		if (str_eq(list->v[i], name))
			return;
	if (list)
		*list_add(a, list) = name;
}

static void
walk(struct walk *w, const struct feel *e, const struct bound *b)
{
	static const struct str loop_names[] = { S("partial") },
				test_names[] = { S("?") }, filter_names[] = { S("item") };
	struct bound inner = { e->names, 0, b };
	struct bound special = { loop_names, 1, &inner };
	size_t from = 0;

	if (e->kind == F_NAME && !is_bound(b, e->name) && !feel_builtin_find(e->name))
		add_once(w->arena, w->names, e->name);
	if (e->kind == F_CALL && e->kids[0]->kind == F_NAME) {
		if (!is_bound(b, e->kids[0]->name) &&
		    !feel_builtin_find(e->kids[0]->name))
			add_once(w->arena, w->calls, e->kids[0]->name);
		from = 1;
	}
	if (e->kind == F_FUNCTION)
		inner.n = e->n_names;
	special.names = e->kind == F_FILTER                     ? filter_names
			: e->kind == F_IN || e->kind == F_TABLE ? test_names
								: loop_names;
	special.n = e->kind == F_FOR || e->kind == F_FILTER || e->kind == F_IN ||
		    e->kind == F_TABLE;
	for (size_t i = from; i < e->n; i++) {
		const bool plain = (e->kind == F_FILTER || e->kind == F_IN) && i == 0;

		if (e->kids[i])
			walk(w, e->kids[i], plain ? b : &special);
		if (e->kind == F_CONTEXT || e->kind == F_FOR || e->kind == F_SOME ||
		    e->kind == F_EVERY)
			inner.n = i + 1 < e->n_names ? i + 1 : e->n_names;
	}
}

void
feel_names(struct arena *a, const struct feel *e, struct feel_name_list *out)
{
	struct walk w = { a, out, NULL };

	walk(&w, e, NULL);
}

void
feel_calls(struct arena *a, const struct feel *e, struct feel_name_list *out)
{
	struct walk w = { a, NULL, out };

	walk(&w, e, NULL);
}
