/* Sections, measures, tasks and their numbers (intake/outline.h). */
#include "intake/outline.h"

#include "base/map.h"
#include "intake/forms.h"

struct str
heading_title(const struct line *l, struct number n)
{
	size_t end = str_find(l->f, S("。"), n.n);

	if (end == SIZE_MAX)
		end = l->f.n;
	while (end > n.n && (l->f.p[end - 1] == ':' || l->f.p[end - 1] == ' '))
		end--;
	return line_cut(l, n.n, end);
}

void
outline_section(struct outline *o, struct plan *p, const struct line *l, struct number n)
{
	(void)p;
	o->section = (struct heading){ .value = n.value,
		.title = heading_title(l, n),
		.line = l->no,
		.index = NO_HEADING };
	o->measure = (struct heading){ .index = NO_HEADING };
}

/* The same heading again, after a page break: goes on, does not begin. */
static bool
repeats(const struct outline *o, struct str title, int value)
{
	return o->measure.line && value && o->measure.value == value &&
	       str_eq(o->measure.title, title);
}

void
outline_measure(struct outline *o, struct plan *p, const struct line *l, struct number n)
{
	const struct str title = heading_title(l, n);

	(void)p;
	if (repeats(o, title, n.value)) {
		if (o->repeated++ == 0) {
			o->repeated_line = l->no;
			o->repeated_text = line_cut(l, 0, l->f.n);
		}
		return;
	}
	o->measure = (struct heading){
		.value = n.value, .title = title, .line = l->no, .index = NO_HEADING
	};
}

static void
open_headings(struct cx *cx, struct outline *o, struct plan *p)
{
	if (o->section.line && o->section.index == NO_HEADING) {
		o->section.index = (int)p->sections.n;
		*list_add(cx->arena, &p->sections) = (struct plan_section){
			.title = o->section.title, .line = o->section.line
		};
		*list_add(cx->arena, &o->section_values) = o->section.value;
	}
	if (o->measure.line && o->measure.index == NO_HEADING) {
		o->measure.index = (int)p->measures.n;
		o->measure.section = o->section.line ? o->section.index : NO_HEADING;
		*list_add(cx->arena, &p->measures) = (struct plan_measure){
			.title = o->measure.title, .line = o->measure.line
		};
		*list_add(cx->arena, &o->measure_values) = o->measure.value;
	}
}

struct plan_task *
outline_task(struct cx *cx, struct outline *o, struct plan *p, int value, bool new_item,
    bool pilot)
{
	struct outline_task *ref;
	struct plan_task *t;

	open_headings(cx, o, p);
	if (new_item || o->items == 0)
		o->items++;
	ref = list_add(cx->arena, &o->tasks);
	*ref = (struct outline_task){ .value = value,
		.item = o->items,
		.pilot = pilot,
		.section = o->section.line ? o->section.index : NO_HEADING,
		.measure = o->measure.line ? o->measure.index : NO_HEADING };
	t = list_add(cx->arena, &p->tasks);
	t->deadline = (struct plan_deadline){ DEADLINE_NONE, DAY_NONE };
	return t;
}

/* Printed values are used where they are all there and all different, else headings are
 * counted. */
static bool
all_different(const int *values, size_t n)
{
	if (n > 1000)
		return false; /* no plan has so many: do not compare them all */
	for (size_t a = 0; a < n; a++) {
		if (values[a] <= 0)
			return false;
		for (size_t b = 0; b < a; b++)
			if (values[a] == values[b])
				return false;
	}
	return true;
}

static struct str
heading_no(struct cx *cx, bool printed, const int *values, size_t i)
{
	return printed ? str_fmt(cx->arena, "%d", values[i])
		       : str_fmt(cx->arena, "%zu", i + 1);
}

static void
number_headings(struct cx *cx, struct outline *o, struct plan *p)
{
	const bool sections = all_different(o->section_values.v, p->sections.n);
	const bool measures = all_different(o->measure_values.v, p->measures.n);

	for (size_t i = 0; i < p->sections.n; i++)
		p->sections.v[i].no = heading_no(cx, sections, o->section_values.v, i);
	for (size_t i = 0; i < p->measures.n; i++)
		p->measures.v[i].no = heading_no(cx, measures, o->measure_values.v, i);
	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct outline_task *ref = &o->tasks.v[i];
		struct plan_task *t = &p->tasks.v[i];

		if (ref->section != NO_HEADING)
			t->section = p->sections.v[ref->section].no;
		if (ref->measure != NO_HEADING) {
			t->measure = p->measures.v[ref->measure].no;
			p->measures.v[ref->measure].section = t->section;
		}
	}
}

enum how { HOW_VALUE, HOW_PARENT, HOW_BOTH, HOW_COUNT };

/* The no of a task without the letter of its paragraph. */
static struct str
base_no(struct cx *cx, const struct outline *o, const struct plan *p, size_t i,
    enum how how, size_t pilots)
{
	const struct outline_task *ref = &o->tasks.v[i];
	const struct plan_task *t = &p->tasks.v[i];
	const struct str parent = t->measure.n ? t->measure : t->section;

	if (ref->pilot)
		return str_fmt(cx->arena, "P%zu", pilots);
	if (how == HOW_COUNT || ref->value == 0)
		return str_fmt(cx->arena, how == HOW_COUNT ? "%zu" : "0-%zu", ref->item);
	if (how == HOW_VALUE || parent.n == 0)
		return str_fmt(cx->arena, "%d", ref->value);
	if (how == HOW_BOTH && t->measure.n && t->section.n)
		return str_fmt(cx->arena, "%.*s-%.*s-%d", STR_ARG(t->section),
		    STR_ARG(t->measure), ref->value);
	return str_fmt(cx->arena, "%.*s-%d", STR_ARG(parent), ref->value);
}

/* True when no two items share a number; fills t->no. */
static bool
try_numbers(struct cx *cx, const struct outline *o, struct plan *p, enum how how)
{
	struct map seen = { 0 };
	size_t pilots = 0, last_pilot = 0;

	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct outline_task *ref = &o->tasks.v[i];
		const struct outline_task *before;
		struct str no;

		if (ref->pilot && ref->item != last_pilot) {
			pilots++;
			last_pilot = ref->item;
		}
		no = base_no(cx, o, p, i, how, pilots);
		before = map_find(&seen, no);
		if (before && before->item != ref->item)
			return false;
		if (!before)
			map_put(cx->arena, &seen, no, &o->tasks.v[i]);
		p->tasks.v[i].no = no;
	}
	return true;
}

/* Several tasks of one item: 4a, 4b. */
static void
letter_tasks(struct cx *cx, const struct outline *o, struct plan *p)
{
	for (size_t i = 0; i < p->tasks.n;) {
		size_t end = i;

		while (end < p->tasks.n && o->tasks.v[end].item == o->tasks.v[i].item)
			end++;
		for (size_t k = i; end - i > 1 && k < end; k++) {
			const size_t n = k - i;
			const char letters[3] = { n < 26 ? (char)('a' + n)
							 : (char)('a' + n / 26 - 1),
				n < 26 ? 0 : (char)('a' + n % 26), 0 };

			p->tasks.v[k].no = str_fmt(
			    cx->arena, "%.*s%s", STR_ARG(p->tasks.v[k].no), letters);
		}
		i = end;
	}
}

void
outline_finish(struct cx *cx, struct outline *o, struct plan *p)
{
	number_headings(cx, o, p);
	if (!try_numbers(cx, o, p, HOW_VALUE) && !try_numbers(cx, o, p, HOW_PARENT) &&
	    !try_numbers(cx, o, p, HOW_BOTH))
		(void)try_numbers(cx, o, p, HOW_COUNT);
	letter_tasks(cx, o, p);
}

void
outline_measure_texts(struct cx *cx, struct text *t, struct plan *p, size_t head)
{
	enum { MOST = 1000 };
	struct line **only = arena_array(cx->arena, struct line *, MOST);
	uint8_t *found = arena_array(cx->arena, uint8_t, MOST);

	for (size_t i = 0; i < head; i++) {
		const struct number n = t->v[i].num;

		if (n.kind != NUMBER_DOT || n.value >= MOST || !is_prose(t->v[i].f))
			continue;
		only[n.value] = &t->v[i];
		found[n.value] = found[n.value] ? 2 : 1;
	}
	for (size_t m = 0; m < p->measures.n; m++) {
		struct line *l;
		int64_t value;

		if (!str_int(p->measures.v[m].no, &value) || value < 1 || value >= MOST ||
		    found[value] != 1)
			continue;
		l = only[value];
		p->measures.v[m].text = line_cut(l, l->num.n, l->f.n);
		line_take_all(cx, l, CLAIM_OTHER + OTHER_MEASURE);
	}
}
