/* Taking a condition apart, for who checks definitions: what must hold for it to be true.
 */
#include "lang/feel_part.h"

#include "lang/feel_tree.h"

void
feel_parts(struct arena *a, const struct feel *e, struct feel_part_list *out)
{
	if (e->kind == F_BINARY && e->op == OP_AND) {
		feel_parts(a, e->kids[0], out);
		feel_parts(a, e->kids[1], out);
	} else {
		*list_add(a, out) = e;
	}
}

bool
feel_is_call(const struct feel *e, struct str *name, struct str *text)
{
	if (e->kind != F_CALL || e->n != 2 || e->kids[0]->kind != F_NAME ||
	    e->kids[1]->kind != F_LITERAL || e->kids[1]->value.kind != V_TEXT)
		return false;
	*name = e->kids[0]->name;
	*text = value_str(&e->kids[1]->value);
	return true;
}

static bool
is_path_of(const struct feel *e, struct str root, struct str last, struct str *middle)
{
	if (e->kind != F_PATH || !str_eq(e->name, last) || e->kids[0]->kind != F_PATH ||
	    e->kids[0]->kids[0]->kind != F_NAME ||
	    !str_eq(e->kids[0]->kids[0]->name, root))
		return false;
	*middle = e->kids[0]->name;
	return true;
}

/* Where a comparison with a missing value is never true: all but `= null`. */
bool
feel_wants(const struct feel *e, struct str root, struct str last, struct str *middle)
{
	if (e->kind != F_BINARY || e->op < OP_EQ || e->op > OP_GE)
		return false;
	if (e->op == OP_EQ &&
	    (e->kids[1]->kind == F_LITERAL && e->kids[1]->value.kind == V_NULL))
		return false;
	return is_path_of(e->kids[0], root, last, middle) ||
	       is_path_of(e->kids[1], root, last, middle);
}

struct str
feel_text(const struct feel *e)
{
	return e->text;
}
