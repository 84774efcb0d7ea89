/* Builtin relations between points and ranges (DMN 1.5 10.3.4.10), and ranges open on one
 * side. A point counts as the closed range from itself to itself. */
#include "lang/feel_builtin.h"

struct value
feel_open_range(struct feel_run *run, const struct feel *e)
{
	struct feel_range *r = arena_new(run->arena, struct feel_range);
	const struct value end = feel_eval(run, e->kids[0]);
	const bool upper = e->op == OP_LT || e->op == OP_LE;

	if (e->op == OP_NE)
		return feel_null(run, "“!=”不是区间");
	if (value_is_null(&end) || feel_order(&end, &end) == 2)
		return feel_null(run, "区间的一端不能比较");
	if (upper || e->op == OP_EQ) {
		r->high = end;
		r->high_closed = e->op != OP_LT;
	}
	if (!upper) {
		r->low = end;
		r->low_closed = e->op != OP_GT;
	}
	return (struct value){ .kind = V_RANGE, .range = r };
}

static struct feel_range
range_of(const struct value *v)
{
	if (v->kind == V_RANGE)
		return *v->range;
	return (struct feel_range){ true, true, *v, *v };
}

/* All relations at once: what each asks of the four comparisons of the ends. 2 in a
 * field: the ends cannot be compared. */
struct relation {
	struct feel_range a, b;
	int low, high;          /* a's low with b's low, a's high with b's high */
	int high_low, low_high; /* a's high with b's low, a's low with b's high */
	bool points;            /* both are points */
	bool a_point, b_point;
};

static bool
relate(struct feel_run *run, struct value *v, struct relation *r)
{
	r->a = range_of(&v[0]);
	r->b = range_of(&v[1]);
	r->a_point = v[0].kind != V_RANGE;
	r->b_point = v[1].kind != V_RANGE;
	r->points = r->a_point && r->b_point;
	r->low = feel_order(&r->a.low, &r->b.low);
	r->high = feel_order(&r->a.high, &r->b.high);
	r->high_low = feel_order(&r->a.high, &r->b.low);
	r->low_high = feel_order(&r->a.low, &r->b.high);
	if (r->low == 2 || r->high == 2 || r->high_low == 2 || r->low_high == 2) {
		feel_null(run, "参数不能比较先后");
		return false;
	}
	return true;
}

static bool
is_before(const struct relation *r)
{
	return r->high_low < 0 ||
	       (r->high_low == 0 && !(r->a.high_closed && r->b.low_closed));
}

static bool
is_after(const struct relation *r)
{
	return r->low_high > 0 ||
	       (r->low_high == 0 && !(r->a.low_closed && r->b.high_closed));
}

static bool
is_meets(const struct relation *r)
{
	return r->high_low == 0 && r->a.high_closed && r->b.low_closed;
}

static bool
is_met_by(const struct relation *r)
{
	return r->low_high == 0 && r->a.low_closed && r->b.high_closed;
}

static bool
is_overlaps(const struct relation *r)
{
	return !is_before(r) && !is_after(r);
}

/* a begins before b does, an open end counting as a little later */
static bool
begins_before(const struct relation *r)
{
	return r->low < 0 || (r->low == 0 && r->a.low_closed && !r->b.low_closed);
}

static bool
ends_before(const struct relation *r)
{
	return r->high < 0 || (r->high == 0 && !r->a.high_closed && r->b.high_closed);
}

static bool
same_begin(const struct relation *r)
{
	return r->low == 0 && r->a.low_closed == r->b.low_closed;
}

static bool
same_end(const struct relation *r)
{
	return r->high == 0 && r->a.high_closed == r->b.high_closed;
}

static bool
is_overlaps_before(const struct relation *r)
{
	return is_overlaps(r) && begins_before(r) && (ends_before(r) || same_end(r));
}

static bool
is_overlaps_after(const struct relation *r)
{
	const bool begins_after = !begins_before(r) && !same_begin(r);
	const bool ends_after = !ends_before(r) && !same_end(r);

	return is_overlaps(r) && begins_after && (ends_after || same_end(r));
}

static bool
is_included(const struct relation *r)
{
	return !begins_before(r) && (ends_before(r) || same_end(r));
}

static bool
is_includes(const struct relation *r)
{
	const bool ends_after = !ends_before(r) && !same_end(r);

	return (begins_before(r) || same_begin(r)) && (ends_after || same_end(r));
}

static bool
is_finishes(const struct relation *r)
{
	return same_end(r) && !begins_before(r);
}

static bool
is_finished_by(const struct relation *r)
{
	return same_end(r) && (begins_before(r) || same_begin(r));
}

static bool
is_starts(const struct relation *r)
{
	return same_begin(r) && (ends_before(r) || same_end(r));
}

static bool
is_started_by(const struct relation *r)
{
	return same_begin(r) && !ends_before(r);
}

static bool
is_coincides(const struct relation *r)
{
	return same_begin(r) && same_end(r);
}

#define RELATION(fn, test)                                                       \
	static struct value fn(struct feel_run *run, struct value *v, size_t n)  \
	{                                                                        \
		struct relation r;                                               \
                                                                                 \
		(void)n;                                                         \
		return relate(run, v, &r) ? value_bool(test(&r)) : value_null(); \
	}
RELATION(fn_before, is_before)
RELATION(fn_after, is_after)
RELATION(fn_meets, is_meets)
RELATION(fn_met_by, is_met_by)
RELATION(fn_overlaps, is_overlaps)
RELATION(fn_overlaps_before, is_overlaps_before)
RELATION(fn_overlaps_after, is_overlaps_after)
RELATION(fn_finishes, is_finishes)
RELATION(fn_finished_by, is_finished_by)
RELATION(fn_includes, is_includes)
RELATION(fn_during, is_included)
RELATION(fn_starts, is_starts)
RELATION(fn_started_by, is_started_by)
RELATION(fn_coincides, is_coincides)

#define ROW(name, fn)                                     \
	{                                                 \
		S(name), fn, 2, 2, NULL, false, FEEL_BOOL \
	}
static const struct feel_builtin_row rows[] = {
	ROW("before", fn_before),
	ROW("after", fn_after),
	ROW("meets", fn_meets),
	ROW("met by", fn_met_by),
	ROW("overlaps", fn_overlaps),
	ROW("overlaps before", fn_overlaps_before),
	ROW("overlaps after", fn_overlaps_after),
	ROW("finishes", fn_finishes),
	ROW("finished by", fn_finished_by),
	ROW("includes", fn_includes),
	ROW("during", fn_during),
	ROW("starts", fn_starts),
	ROW("started by", fn_started_by),
	ROW("coincides", fn_coincides),
};
const struct feel_builtin_table feel_range_builtins = TABLE(rows);
