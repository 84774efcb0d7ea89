/*
 * Rows held against each other. Between two neighbouring values that some cell names no
 * cell changes its mind, so a few samples of each input stand for all its values.
 */
#include "procedure/decision.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "lang/feel_tree.h"

enum { SAMPLES_MAX = 200, STEPS_MAX = 50000 };

struct sample_list {
	struct value *v;
	size_t n, cap;
};

struct table_check {
	struct cx *cx;
	struct messages *m;
	struct decision_def *d;
	const struct feel_run *run;
	struct sample_list *samples; /* of each input */
	bool **fits;                 /* fits[input][row * samples.n + sample] */
	bool undecidable;
	int steps;
};

static struct value
evaluated(struct table_check *c, const struct feel *e)
{
	struct feel_run run = *c->run;

	return feel_eval(&run, e);
}

static void
add_sample(struct table_check *c, struct sample_list *out, struct value v)
{
	for (size_t i = 0; i < out->n; i++)
		if (feel_equal(&out->v[i], &v) == 1)
			return;
	*list_add(c->cx->arena, out) = v;
	c->undecidable = c->undecidable || out->n > SAMPLES_MAX;
}

/* The value at which a cell changes its mind. */
static void
add_bound(struct table_check *c, const struct feel *e, struct sample_list *out)
{
	struct feel_name_list names = { 0 };
	struct value v;

	feel_names(c->cx->arena, e, &names);
	v = names.n ? value_null() : evaluated(c, e);
	if (v.kind == V_INT || v.kind == V_DECIMAL || v.kind == V_DAY ||
	    v.kind == V_TEXT || v.kind == V_BOOL)
		add_sample(c, out, v);
	else if (e->kind != F_LITERAL)
		c->undecidable = true;
}

static void
add_bounds(struct table_check *c, const struct feel *tests, struct sample_list *out)
{
	for (size_t i = 0; i < tests->n; i++) {
		const struct feel *e = tests->kids[i];

		if (e->kind == F_TEST) {
			add_bound(c, e->kids[0], out);
		} else if (e->kind == F_RANGE) {
			add_bound(c, e->kids[0], out);
			add_bound(c, e->kids[1], out);
		} else if (e->uses_input) {
			c->undecidable = true;
		} else {
			add_bound(c, e, out);
		}
	}
}

static int
by_order(const void *a, const void *b)
{
	return feel_order(a, b);
}

/* A number or a day between two neighbours; whole where the type is. */
static bool
between(struct table_check *c, const struct field *f, const struct value *a,
    const struct value *b, struct value *out)
{
	const bool whole = f->type != FIELD_DECIMAL;
	const struct decimal two = decimal_int(2);
	struct decimal x, y, sum;

	if (a->kind == V_DAY || (a->kind == V_INT && b->kind == V_INT && whole)) {
		*out = *a;
		out->i = a->i + (b->i - a->i) / 2;
		return b->i - a->i > 1;
	}
	if (!feel_decimal(a, &x) || !feel_decimal(b, &y) || !decimal_add(&x, &y, &sum) ||
	    !decimal_div(&sum, &two, &x))
		return false;
	*out = feel_number(c->cx->arena, &x);
	return true;
}

/* The values named, those between them, and one beyond each end; money is not negative.
 */
static void
fill_line(struct table_check *c, const struct field *f, struct sample_list *list)
{
	const struct sample_list named = *list;
	struct value v;

	if (!named.n)
		add_sample(c, list, f->type == FIELD_DAY ? value_day(0) : value_int(0));
	if (!named.n)
		return;
	qsort(named.v, named.n, sizeof *named.v, by_order);
	*list = (struct sample_list){ 0 };
	for (size_t i = 0; i < named.n; i++) {
		if (i && between(c, f, &named.v[i - 1], &named.v[i], &v))
			add_sample(c, list, v);
		add_sample(c, list, named.v[i]);
	}
	for (int side = -1; side <= 1; side += 2) {
		const struct value one = f->type == FIELD_DAY
					     ? (struct value){ .kind = V_DURATION,
						       .i = DAY_MS }
					     : value_int(1);
		struct feel_run run = *c->run;

		v = feel_binary(&run, side < 0 ? OP_SUB : OP_ADD,
		    &named.v[side < 0 ? 0 : named.n - 1], &one);
		if (v.kind == V_INT && v.i < 0 && f->type == FIELD_MONEY)
			continue;
		if (!value_is_null(&v))
			add_sample(c, list, v);
	}
}

static void
fill_samples(struct table_check *c, size_t input)
{
	const struct field *f = &c->d->inputs.v[input];
	struct sample_list *list = &c->samples[input];

	for (size_t i = 0; i < c->d->table.n_rows; i++)
		add_bounds(c, c->d->rows[i].tests[input], list);
	if (c->undecidable)
		return;
	if (f->type == FIELD_BOOL) {
		add_sample(c, list, value_bool(true));
		add_sample(c, list, value_bool(false));
	} else if (f->type == FIELD_CHOICE) {
		for (size_t i = 0; i < f->options.n; i++)
			add_sample(c, list, value_text(f->options.v[i].id));
	} else if (f->type == FIELD_INT || f->type == FIELD_MONEY ||
		   f->type == FIELD_DECIMAL || f->type == FIELD_DAY) {
		fill_line(c, f, list);
	} else {
		add_sample(c, list, value_text(S("其他")));
	}
}

static void
fill_fits(struct table_check *c, size_t input)
{
	const struct sample_list *list = &c->samples[input];
	const size_t rows = c->d->table.n_rows;

	c->fits[input] = arena_array(c->cx->arena, bool, rows * list->n);
	for (size_t r = 0; r < rows; r++)
		for (size_t s = 0; s < list->n; s++) {
			struct feel_run run = *c->run;

			c->fits[input][r * list->n + s] = feel_satisfies(&run,
							      c->d->rows[r].tests[input],
							      &list->v[s]) == 1;
		}
}

static struct str
sample_text(struct table_check *c, size_t input, size_t sample)
{
	const struct field *f = &c->d->inputs.v[input];
	const struct value *v = &c->samples[input].v[sample];
	const struct str text = f->type == FIELD_CHOICE ? choice_title(f, v->s)
				: f->type != FIELD_BOOL ? feel_string(c->cx->arena, v)
				: v->b                  ? S("是")
							: S("否");

	return str_fmt(c->cx->arena, "%.*s=%.*s", STR_ARG(f->title), STR_ARG(text));
}

/* An example that fits both rows; false where there is none. */
static bool
find_both(struct table_check *c, size_t a, size_t b, struct str *example)
{
	struct buf text = { .arena = c->cx->arena };

	for (size_t i = 0; i < c->d->inputs.n; i++) {
		const size_t n = c->samples[i].n;
		size_t s = 0;

		while (s < n && !(c->fits[i][a * n + s] && c->fits[i][b * n + s]))
			s++;
		if (s == n)
			return false;
		buf_put(&text, i ? S("，") : S(""));
		buf_put(&text, sample_text(c, i, s));
	}
	*example = buf_str(&text);
	return true;
}

static bool
same_results(struct table_check *c, size_t a, size_t b)
{
	for (size_t i = 0; i < c->d->outputs.n; i++) {
		const struct value x = evaluated(c, c->d->rows[a].results[i]);
		const struct value y = evaluated(c, c->d->rows[b].results[i]);

		if (feel_equal(&x, &y) != 1)
			return false;
	}
	return true;
}

static void
check_overlaps(struct table_check *c)
{
	const enum feel_hit hit = c->d->table.hit;
	struct str example;

	for (size_t a = 0; a < c->d->table.n_rows; a++)
		for (size_t b = a + 1; b < c->d->table.n_rows; b++) {
			if (!find_both(c, a, b, &example) ||
			    (hit == HIT_ANY && same_results(c, a, b)))
				continue;
			message_put(c->m, c->d->notes.v[b].line, 1,
			    "第 %zu 行和第 %zu 行同时符合：%.*s", a + 1, b + 1,
			    STR_ARG(example));
		}
}

/* From input `i` on, with the rows alive that fit the samples chosen so far: is there a
 * choice that leaves none? */
static bool
find_gap(struct table_check *c, size_t i, const bool *alive, size_t *chosen)
{
	const size_t rows = c->d->table.n_rows,
		     n = i < c->d->inputs.n ? c->samples[i].n : 0;
	bool any = false, *left;

	for (size_t r = 0; r < rows; r++)
		any = any || alive[r];
	if (!any)
		return true;
	if (i == c->d->inputs.n || ++c->steps > STEPS_MAX)
		return false;
	left = arena_array(c->cx->arena, bool, rows);
	for (size_t s = 0; s < n; s++) {
		for (size_t r = 0; r < rows; r++)
			left[r] = alive[r] && c->fits[i][r * n + s];
		chosen[i] = s + 1;
		if (find_gap(c, i + 1, left, chosen))
			return true;
	}
	chosen[i] = 0;
	return false;
}

static void
note_gap(struct table_check *c)
{
	bool *alive = arena_array(c->cx->arena, bool, c->d->table.n_rows);
	size_t *chosen = arena_array(c->cx->arena, size_t, c->d->inputs.n);
	struct buf text = { .arena = c->cx->arena };

	for (size_t i = 0; i < c->d->outputs.n; i++)
		if (c->d->table.outputs[i].fallback)
			return;
	memset(alive, true, c->d->table.n_rows * sizeof *alive);
	if (!find_gap(c, 0, alive, chosen))
		return;
	for (size_t i = 0; i < c->d->inputs.n; i++) {
		if (!chosen[i])
			continue;
		buf_put(&text, text.n ? S("，") : S(""));
		buf_put(&text, sample_text(c, i, chosen[i] - 1));
	}
	c->d->gap = text.n ? buf_str(&text) : S("任何情形");
}

void
decision_check(
    struct cx *cx, struct messages *m, struct decision_def *d, const struct feel_run *run)
{
	struct table_check c = { .cx = cx, .m = m, .d = d, .run = run };

	c.samples = arena_array(cx->arena, struct sample_list, d->inputs.n);
	c.fits = arena_array(cx->arena, bool *, d->inputs.n);
	for (size_t i = 0; i < d->inputs.n && !c.undecidable; i++)
		fill_samples(&c, i);
	if (c.undecidable)
		return;
	for (size_t i = 0; i < d->inputs.n; i++)
		fill_fits(&c, i);
	if (d->table.hit == HIT_UNIQUE || d->table.hit == HIT_ANY)
		check_overlaps(&c);
	note_gap(&c);
}
