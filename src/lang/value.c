/*
 * Values: making, reading, comparing, copying. Lists and maps grow by doubling in the
 * arena of whoever adds; maps keep the order of insertion, so that forms show fields as
 * they were declared, and are put in byte order only by the canonical form.
 */
#include "lang/value.h"

#include <string.h>

#include "base/decimal.h"

static const struct value null_value = { .kind = V_NULL };

struct value
value_null(void)
{
	return null_value;
}

struct value
value_bool(bool b)
{
	return (struct value){ .kind = V_BOOL, .b = b };
}

struct value
value_int(int64_t i)
{
	return (struct value){ .kind = V_INT, .i = i };
}

struct value
value_text(struct str s)
{
	return (struct value){ .kind = V_TEXT, .s = s };
}

struct value
value_list(void)
{
	return (struct value){ .kind = V_LIST };
}

struct value
value_map(void)
{
	return (struct value){ .kind = V_MAP };
}

struct value
value_day(int64_t day)
{
	return (struct value){ .kind = V_DAY, .i = day };
}

static struct value_pair *
pair_of(const struct value *map, struct str key)
{
	if (map->kind != V_MAP)
		return NULL;
	for (size_t i = 0; i < map->map.n; i++)
		if (str_eq(map->map.pairs[i].key, key))
			return &map->map.pairs[i];
	return NULL;
}

const struct value *
value_get(const struct value *map, struct str key)
{
	const struct value_pair *p = pair_of(map, key);

	return p ? &p->value : &null_value;
}

const struct value *
value_at(const struct value *list, size_t i)
{
	if (list->kind != V_LIST || i >= list->list.n)
		return &null_value;
	return &list->list.items[i];
}

size_t
value_count(const struct value *v)
{
	if (v->kind == V_LIST)
		return v->list.n;
	return v->kind == V_MAP ? v->map.n : 0;
}

struct str
value_str(const struct value *v)
{
	return v->kind == V_TEXT ? v->s : S("");
}

int64_t
value_num(const struct value *v)
{
	switch (v->kind) {
	case V_INT:
	case V_DAY:
	case V_TIME:
	case V_INSTANT:
	case V_MONTHS:
	case V_DURATION:
		return v->i;
	case V_NULL:
	case V_BOOL:
	case V_TEXT:
	case V_LIST:
	case V_MAP:
	case V_DECIMAL:
	case V_RANGE:
	case V_FUNCTION:
		break;
	}
	return 0;
}

bool
value_true(const struct value *v)
{
	return v->kind == V_BOOL && v->b;
}

bool
value_is_null(const struct value *v)
{
	return v->kind == V_NULL;
}

const struct value *
value_path(const struct value *v, const char *path)
{
	struct str rest = str_z(path), key;

	while (str_split(&rest, S("."), &key))
		v = value_get(v, key);
	return v;
}

struct value *
value_add(struct arena *a, struct value *list, struct value item)
{
	if (list->kind != V_LIST)
		*list = value_list();
	if (list->list.n == list->list.cap) {
		const size_t cap = list->list.cap ? list->list.cap * 2 : 4;
		struct value *items = arena_raw(a, cap * sizeof *items);

		if (list->list.n)
			memcpy(items, list->list.items, list->list.n * sizeof *items);
		list->list.items = items;
		list->list.cap = cap;
	}
	list->list.items[list->list.n] = item;
	return &list->list.items[list->list.n++];
}

struct value *
value_set(struct arena *a, struct value *map, struct str key, struct value item)
{
	struct value_pair *p = pair_of(map, key);

	if (p) {
		p->value = item;
		return &p->value;
	}
	if (map->kind != V_MAP)
		*map = value_map();
	if (map->map.n == map->map.cap) {
		const size_t cap = map->map.cap ? map->map.cap * 2 : 4;
		struct value_pair *pairs = arena_raw(a, cap * sizeof *pairs);

		if (map->map.n)
			memcpy(pairs, map->map.pairs, map->map.n * sizeof *pairs);
		map->map.pairs = pairs;
		map->map.cap = cap;
	}
	p = &map->map.pairs[map->map.n++];
	*p = (struct value_pair){ key, item };
	return &p->value;
}

void
value_unset(struct value *map, struct str key)
{
	struct value_pair *p = pair_of(map, key);

	if (!p)
		return;
	map->map.n--;
	for (size_t i = (size_t)(p - map->map.pairs); i < map->map.n; i++)
		map->map.pairs[i] = map->map.pairs[i + 1];
}

static bool
list_eq(const struct value *a, const struct value *b)
{
	if (a->list.n != b->list.n)
		return false;
	for (size_t i = 0; i < a->list.n; i++)
		if (!value_eq(&a->list.items[i], &b->list.items[i]))
			return false;
	return true;
}

/* Order does not matter: a map read from the record is in byte order, one made by a form
 * is not. */
static bool
map_eq(const struct value *a, const struct value *b)
{
	if (a->map.n != b->map.n)
		return false;
	for (size_t i = 0; i < a->map.n; i++) {
		const struct value_pair *p = pair_of(b, a->map.pairs[i].key);

		if (!p || !value_eq(&a->map.pairs[i].value, &p->value))
			return false;
	}
	return true;
}

bool
value_eq(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case V_NULL:
		return true;
	case V_BOOL:
		return a->b == b->b;
	case V_INT:
	case V_DAY:
	case V_TIME:
	case V_INSTANT:
	case V_MONTHS:
	case V_DURATION:
		return a->i == b->i;
	case V_TEXT:
		return str_eq(a->s, b->s);
	case V_LIST:
		return list_eq(a, b);
	case V_MAP:
		return map_eq(a, b);
	case V_DECIMAL:
		return decimal_cmp(a->decimal, b->decimal) == 0;
	case V_RANGE:
		return a->range == b->range;
	case V_FUNCTION:
		return a->function == b->function;
	}
	return false;
}

struct value
value_copy(struct arena *a, const struct value *v)
{
	struct value out = *v;

	if (v->kind == V_TEXT) {
		out.s = str_copy(a, v->s);
	} else if (v->kind == V_LIST) {
		out.list.items = arena_raw(a, v->list.n * sizeof *out.list.items);
		out.list.cap = v->list.n;
		for (size_t i = 0; i < v->list.n; i++)
			out.list.items[i] = value_copy(a, &v->list.items[i]);
	} else if (v->kind == V_MAP) {
		out.map.pairs = arena_raw(a, v->map.n * sizeof *out.map.pairs);
		out.map.cap = v->map.n;
		for (size_t i = 0; i < v->map.n; i++) {
			const struct value_pair *p = &v->map.pairs[i];

			out.map.pairs[i] = (struct value_pair){ str_copy(a, p->key),
				value_copy(a, &p->value) };
		}
	}
	return out;
}

struct value
value_fork(struct arena *a, const struct value *v, int depth)
{
	struct value out = *v;

	if (depth > 0 && !value_count(v)) {
		/* Room that was made for the first ones is not shared either. */
		if (v->kind == V_LIST)
			out = value_list();
		else if (v->kind == V_MAP)
			out = value_map();
	} else if (depth > 0 && v->kind == V_LIST) {
		out.list.items = arena_raw(a, v->list.n * sizeof *out.list.items);
		out.list.cap = v->list.n;
		for (size_t i = 0; i < v->list.n; i++)
			out.list.items[i] = value_fork(a, &v->list.items[i], depth - 1);
	} else if (depth > 0 && v->kind == V_MAP) {
		out.map.pairs = arena_raw(a, v->map.n * sizeof *out.map.pairs);
		out.map.cap = v->map.n;
		for (size_t i = 0; i < v->map.n; i++)
			out.map.pairs[i] = (struct value_pair){ v->map.pairs[i].key,
				value_fork(a, &v->map.pairs[i].value, depth - 1) };
	}
	return out;
}
