/* Items that name nobody (intake/orphan.h). */
#include "intake/orphan.h"

#include "intake/damage.h"
#include "intake/when.h"

enum { SHARE = 3 }; /* this many items that name somebody for one that does not */

struct item {
	size_t line; /* index */
	int value;
	bool assigned;
};

struct items {
	struct item *v;
	size_t n, cap;
};

/* Each item, and whether anything up to the next number of its kind or above assigns. */
static void
list_items(struct cx *cx, const struct text *t, enum number_kind kind,
    const uint8_t *assigned, struct items *out)
{
	struct item *open = NULL;

	for (size_t i = 0; i < t->n; i++) {
		const struct number n = t->v[i].num;

		if (n.kind == kind) {
			open = list_add(cx->arena, out);
			*open = (struct item){ .line = i, .value = n.value };
		} else if (n.kind != NUMBER_NONE && n.kind < kind) {
			open = NULL;
		}
		if (open && assigned[i])
			open->assigned = true;
	}
}

void
orphans_mark(
    struct cx *cx, struct text *t, enum number_kind item, const uint8_t *assigned)
{
	struct items all = { 0 };
	size_t with = 0, orphans = 0;

	if (item == NUMBER_NONE)
		return;
	list_items(cx, t, item, assigned, &all);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < all.n; i++) {
			const struct item none = { 0 }, *b = &all.v[i];
			const struct item *a = i ? b - 1 : &none;
			const struct item *c = i + 1 < all.n ? b + 1 : &none;
			const bool between = a->assigned && !b->assigned && c->assigned &&
					     b->value && b->value == a->value + 1 &&
					     c->value == b->value + 1;

			if (pass == 0) {
				with += b->assigned;
				orphans += between;
			} else if (between && with >= orphans * SHARE) {
				t->v[b->line].orphan = true;
			}
		}
}

void
orphan_read(struct cx *cx, struct outline *o, struct plan *p, struct line *l)
{
	struct plan_task *task = outline_task(cx, o, p, o->last_item, true, false);
	size_t end = l->num.n;

	task->text = line_cut(l, l->num.n, l->f.n);
	task->line = l->no;
	when_sentences(cx, task->text, &task->milestones);
	line_take_all(cx, l, CLAIM_TASK);
	for (int k = 0; k < 20 && end < l->f.n; k++)
		(void)str_next(l->f, &end);
	damage_add(cx, p,
	    (struct plan_damage){ l->no, WHY_MARK_LOST, line_cut(l, 0, end),
		S("这一条没有注明单位，已列为任务；请对照原件补正"), 1 });
}
