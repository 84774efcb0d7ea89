/*
 * Using printed numbers. The rows of a block are its own field `numbers`: { n state day
 * by matter note }, one for each number that is accounted for; the rules for void, lost
 * and returned numbers stand in its definition.
 */
#include "act/paper.h"

#include "act/clocks.h"
#include "act/refuse.h"

enum { FIGURES_MAX = 15 };

/* A number as it is printed: what stands before its last figures, and these. */
struct printed {
	struct str series;
	int64_t n;
};

static bool
printed_read(struct str text, struct printed *out)
{
	size_t start = text.n;

	while (start && text.p[start - 1] >= '0' && text.p[start - 1] <= '9')
		start--;
	out->series = str_sub(text, 0, start);
	return text.n - start <= FIGURES_MAX &&
	       str_int(str_sub(text, start, text.n), &out->n);
}

/* What the block says of the number, or NULL. */
static const struct value *
row_of(const struct matter *block, int64_t n)
{
	const struct value *rows = matter_field(block, S("numbers"));

	for (size_t i = 0; i < value_count(rows); i++)
		if (value_num(value_get(value_at(rows, i), S("n"))) == n)
			return value_at(rows, i);
	return NULL;
}

static bool
row_is(const struct value *row, struct str state)
{
	return row && str_eq(value_str(value_get(row, S("state"))), state);
}

/* The block that holds the number for the matter's unit; NULL: none, or facts are
 * missing. Returned numbers are not in it any more. */
static struct matter *
block_of(struct work *w, const struct matter *m, const struct field *f,
    const struct printed *number)
{
	const struct value *unit = matter_field(m, m->procedure->unit);
	const struct value *blocks = facts_blocks(
	    w->facts, f->paper, number->series, number->n, number->n);
	struct matter *found = NULL;

	w->needs |= !blocks;
	for (size_t i = 0; blocks && i < value_count(blocks); i++) {
		struct matter *b = work_matter(w, value_str(value_at(blocks, i)));

		if (b && value_eq(matter_field(b, S("body")), unit) &&
		    !row_is(row_of(b, number->n), S("returned")))
			found = b;
	}
	return w->needs ? NULL : found;
}

static bool
is_given_to(const struct matter *block, struct str person)
{
	const struct value *holders = matter_field(block, S("holders"));
	bool given = !value_count(holders); /* to everybody of the unit */

	for (size_t i = 0; i < value_count(holders); i++)
		given |= str_eq(value_str(value_at(holders, i)), person);
	return given;
}

static void
refuse_used(struct work *w, const struct matter *block, const struct field *f,
    const struct value *row)
{
	const struct field *rows = field_find(&block->procedure->fields, S("numbers"));
	const struct field *state = rows ? field_find(&rows->columns, S("state")) : NULL;
	const struct str id = value_str(value_get(row, S("state")));

	refuse(w->cx, &w->hard, REFUSE_USED, f->id, "该号码已登记为“%.*s”，不能再次使用",
	    STR_ARG(state ? choice_title(state, id) : id));
}

static struct draft *
draft_on(struct work *w, struct matter *block, const struct matter *m,
    const struct printed *number, const char *state)
{
	struct draft *d = work_draft(w, EV_PAPER_NUMBER, block);

	value_set_int(w->cx->arena, &d->open, "n", number->n);
	value_set_text(w->cx->arena, &d->open, "for", m->subject);
	value_set_text(w->cx->arena, &d->open, "state", str_z(state));
	return d;
}

/* Who used it on which day: as `was` says, the row of the number that was named by
 * mistake, else by this act. */
static void
use(struct work *w, struct matter *block, const struct matter *m,
    const struct printed *number, const struct value *was)
{
	struct arena *a = w->cx->arena;
	struct value rows = value_fork(a, matter_field(block, S("numbers")), 1);
	struct value row = value_fork(a, was, 1);
	struct draft *d;

	if (value_is_null(was)) {
		row = value_map();
		value_set_text(a, &row, "state", S("used"));
		value_set_text(a, &row, "matter", m->subject);
		value_set_int(a, &row, "day", w->done);
		if (str_starts(w->actor, S("persons/")))
			value_set_text(a, &row, "by", w->actor);
	}
	value_set_int(a, &row, "n", number->n);
	d = draft_on(w, block, m, number, "used");
	value_add(a, &rows, row);
	work_extend(w, d, S("numbers"), rows);
	clocks_update(w, d, S(""));
}

static void
take(struct work *w, struct matter *m, const struct field *f, const struct value *was)
{
	struct printed number = { 0 };
	const struct value *row;
	struct matter *block;

	if (!printed_read(value_str(matter_field(m, f->id)), &number)) {
		refuse(w->cx, &w->hard, REFUSE_FORM, f->id,
		    "“%.*s”须照纸上印的写全，以号码结尾", STR_ARG(f->title));
		return;
	}
	block = block_of(w, m, f, &number);
	if (w->needs)
		return;
	row = block ? row_of(block, number.n) : NULL;
	if (!block)
		refuse(w->cx, &w->hard, REFUSE_NO_BLOCK, f->id, "%s", "");
	else if (row)
		refuse_used(w, block, f, row);
	else if (value_is_null(was) && !is_given_to(block, w->actor))
		refuse(w->cx, &w->broken, REFUSE_NOT_GIVEN, f->id, "%s", "");
	if (block && !row)
		use(w, block, m, &number, was);
}

/* Does the field name another number than before? */
static bool
is_renamed(const struct matter *m, const struct field *f, const struct value *before)
{
	return f->is_numbered && !str_eq(value_str(matter_field(m, f->id)),
				     value_str(value_get(before, f->id)));
}

void
paper_take(struct work *w, struct matter *m, const struct value *before)
{
	const struct field_list *fields = &m->procedure->fields;
	const struct value none = value_null();

	for (size_t i = 0; i < fields->n && !w->needs; i++)
		if (is_renamed(m, &fields->v[i], before) &&
		    value_str(matter_field(m, fields->v[i].id)).n)
			take(w, m, &fields->v[i], &none);
}

/* Takes the row that says this matter used the number out of its block. */
static struct value
release(struct work *w, struct matter *m, const struct field *f, struct str text)
{
	struct value rest = value_list(), mine = value_null();
	struct printed number;
	struct matter *block;
	const struct value *rows;

	if (!printed_read(text, &number))
		return mine;
	block = block_of(w, m, f, &number);
	rows = block ? matter_field(block, S("numbers")) : &mine;
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = value_at(rows, i);

		if (value_num(value_get(row, S("n"))) == number.n &&
		    str_eq(value_str(value_get(row, S("matter"))), m->subject))
			mine = *row;
		else
			value_add(w->cx->arena, &rest, *row);
	}
	if (!value_is_null(&mine))
		work_set(
		    w, draft_on(w, block, m, &number, "released"), S("numbers"), rest);
	return mine;
}

void
paper_correct(struct work *w, struct matter *m, const struct value *before)
{
	const struct field_list *fields = &m->procedure->fields;

	for (size_t i = 0; i < fields->n && !w->needs; i++) {
		const struct field *f = &fields->v[i];
		struct value was;

		if (!is_renamed(m, f, before))
			continue;
		was = release(w, m, f, value_str(value_get(before, f->id)));
		if (!w->needs && value_str(matter_field(m, f->id)).n)
			take(w, m, f, &was);
	}
}
