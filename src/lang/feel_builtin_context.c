/* Builtin functions on contexts (DMN 1.5 10.3.4.9). */
#include "lang/feel_builtin.h"

static bool
arg_map(struct feel_run *run, const struct value *v)
{
	if (v->kind != V_MAP)
		feel_null(run, "参数应当是键值");
	return v->kind == V_MAP;
}

static struct value
fn_get_value(struct feel_run *run, struct value *v, size_t n)
{
	struct str key;

	(void)n;
	if (!arg_map(run, &v[0]) || !feel_arg_text(run, &v[1], &key))
		return value_null();
	return *value_get(&v[0], key);
}

static struct value
fn_get_entries(struct feel_run *run, struct value *v, size_t n)
{
	struct value out = value_list();

	(void)n;
	if (!arg_map(run, &v[0]))
		return value_null();
	for (size_t i = 0; i < v[0].map.n && feel_spend(run, 1); i++) {
		struct value entry = value_map();

		value_set(
		    run->arena, &entry, S("key"), value_text(v[0].map.pairs[i].key));
		value_set(run->arena, &entry, S("value"), v[0].map.pairs[i].value);
		value_add(run->arena, &out, entry);
	}
	return out;
}

/* A copy of the top level: values are shared, they are never changed. */
static struct value
copy_map(struct feel_run *run, const struct value *map)
{
	struct value out = value_map();

	for (size_t i = 0; i < map->map.n && feel_spend(run, i % 16 == 0); i++)
		value_set(
		    run->arena, &out, map->map.pairs[i].key, map->map.pairs[i].value);
	return out;
}

static struct value
put_path(struct feel_run *run, const struct value *map, const struct value *path,
    size_t at, const struct value *item)
{
	const struct value *key = &path->list.items[at];
	struct value out, inner;

	if (key->kind != V_TEXT || map->kind != V_MAP)
		return feel_null(run, "context put 的路径不对");
	out = copy_map(run, map);
	inner = *item;
	if (at + 1 < path->list.n) {
		inner = put_path(run, value_get(map, key->s), path, at + 1, item);
		if (value_is_null(&inner))
			return inner;
	}
	value_set(run->arena, &out, key->s, inner);
	return out;
}

static struct value
fn_put(struct feel_run *run, struct value *v, size_t n)
{
	struct value path;

	(void)n;
	if (!arg_map(run, &v[0]) || !feel_arg_list(run, &v[1], &path))
		return value_null();
	if (!path.list.n || path.list.n > 32)
		return feel_null(run, "context put 的路径不对");
	return put_path(run, &v[0], &path, 0, &v[2]);
}

static struct value
fn_merge(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_map();

	(void)n;
	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	for (size_t i = 0; i < list.list.n; i++) {
		const struct value *map = &list.list.items[i];

		if (!arg_map(run, map))
			return value_null();
		for (size_t k = 0; k < map->map.n && feel_spend(run, 1); k++)
			value_set(run->arena, &out, map->map.pairs[k].key,
			    map->map.pairs[k].value);
	}
	return out;
}

/* From a list of { key, value }. */
static struct value
fn_context(struct feel_run *run, struct value *v, size_t n)
{
	struct value list, out = value_map();

	(void)n;
	if (!feel_arg_list(run, &v[0], &list))
		return value_null();
	for (size_t i = 0; i < list.list.n && feel_spend(run, 1); i++) {
		const struct value *entry = &list.list.items[i];
		const struct value *key = value_get(entry, S("key"));
		const size_t before = out.map.n;

		if (entry->kind != V_MAP || key->kind != V_TEXT || entry->map.n < 2)
			return feel_null(run, "context 的列表里应当都是 key 和 value");
		value_set(run->arena, &out, key->s, *value_get(entry, S("value")));
		if (out.map.n == before)
			return feel_null(run, "键 %.*s 重复", STR_ARG(key->s));
	}
	return out;
}

static const struct feel_builtin_row rows[] = {
	{ S("get value"), fn_get_value, 2, 2, "m,key", false, FEEL_ANY },
	{ S("get entries"), fn_get_entries, 1, 1, "m", false, FEEL_LIST },
	{ S("context put"), fn_put, 3, 3, "context,key,value|context,keys,value", false,
	    FEEL_MAP },
	{ S("context merge"), fn_merge, 1, 1, "contexts", false, FEEL_MAP },
	{ S("context"), fn_context, 1, 1, "entries", false, FEEL_MAP },
};
const struct feel_builtin_table feel_context_builtins = TABLE(rows);
