/* Asking a YAML tree: what is there, and whether it is what the vocabulary wants. */
#include "lang/yaml.h"

#include <stdarg.h>

#include "base/buf.h"
#include "base/date.h"

const struct yaml_node *
yaml_find(const struct yaml_node *map, struct str key)
{
	if (map->kind != YAML_MAP)
		return NULL;
	for (yaml_each(item, map))
		if (str_eq(item->key, key))
			return item;
	return NULL;
}

const struct yaml_node *
yaml_get(const struct yaml_node *map, struct str key)
{
	static const struct yaml_node none;
	const struct yaml_node *found = yaml_find(map, key);

	return found ? found : &none;
}

struct str
yaml_str(const struct yaml_node *node)
{
	return node->kind == YAML_SCALAR ? node->text : S("");
}

static bool
is_null_word(struct str s)
{
	return !s.n || str_eq(s, S("null")) || str_eq(s, S("~"));
}

bool
yaml_is_null(const struct yaml_node *node)
{
	return node->kind == YAML_NONE ||
	       (node->kind == YAML_SCALAR && !node->quoted && is_null_word(node->text));
}

void
yaml_fault(struct messages *m, const struct yaml_node *node, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = str_vfmt(m->arena, fmt, ap);
	va_end(ap);
	message_put(m, node->line, node->column, "%.*s", STR_ARG(text));
}

void
yaml_fault_key(struct messages *m, const struct yaml_node *item, const char *fmt, ...)
{
	const bool keyed = item->key_line > 0;
	struct str text;
	va_list ap;

	va_start(ap, fmt);
	text = str_vfmt(m->arena, fmt, ap);
	va_end(ap);
	message_put(m, keyed ? item->key_line : item->line,
	    keyed ? item->key_column : item->column, "%.*s", STR_ARG(text));
}

bool
yaml_want(struct messages *m, const struct yaml_node *node, enum yaml_kind kind)
{
	static const char *const names[] = { [YAML_NONE] = "空",
		[YAML_SCALAR] = "文本",
		[YAML_LIST] = "列表",
		[YAML_MAP] = "键值" };

	if (node->kind == kind)
		return true;
	yaml_fault(m, node, "%.*s%s应当是%s，不是%s", STR_ARG(node->key),
	    node->key.n ? " " : "", names[kind], names[node->kind]);
	return false;
}

bool
yaml_int(struct messages *m, const struct yaml_node *node, int64_t *out)
{
	if (node->kind == YAML_SCALAR && str_int(node->text, out))
		return true;
	yaml_fault(m, node, "%.*s 应当是整数", STR_ARG(node->key));
	return false;
}

bool
yaml_bool(struct messages *m, const struct yaml_node *node, bool *out)
{
	const struct str s = yaml_str(node);

	if (str_eq(s, S("true")) || str_eq(s, S("false"))) {
		*out = s.p[0] == 't';
		return true;
	}
	yaml_fault(m, node, "%.*s 应当是 true 或者 false", STR_ARG(node->key));
	return false;
}

bool
yaml_day(struct messages *m, const struct yaml_node *node, int64_t *out)
{
	if (day_parse(yaml_str(node), out))
		return true;
	yaml_fault(m, node, "%.*s 应当是日期，如 2026-03-02", STR_ARG(node->key));
	return false;
}

static bool
is_listed(struct str key, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(key, str_z(keys[i])))
			return true;
	return false;
}

bool
yaml_closed(
    struct messages *m, const struct yaml_node *map, const char *const *keys, size_t n)
{
	bool closed = yaml_want(m, map, YAML_MAP);

	if (!closed)
		return false;
	for (yaml_each(item, map)) {
		struct buf known = { .arena = m->arena };

		if (is_listed(item->key, keys, n))
			continue;
		for (size_t i = 0; i < n; i++)
			buf_fmt(&known, "%s%s", i ? "、" : "", keys[i]);
		yaml_fault_key(m, item, "未知的键 %.*s（这里可以用：%.*s）",
		    STR_ARG(item->key), STR_ARG(buf_str(&known)));
		closed = false;
	}
	return closed;
}

/* Only the spelling that an integer is stored in counts as one: 007 is a code. */
static bool
plain_int(struct str s, int64_t *out)
{
	const size_t sign = s.n && s.p[0] == '-';

	if (!str_int(s, out) || *out <= -(1LL << 53) || *out >= 1LL << 53)
		return false;
	return s.p[sign] != '0' || (s.n == 1);
}

struct value
yaml_value(struct arena *a, const struct yaml_node *node)
{
	struct value out = value_null();
	int64_t i;

	switch (node->kind) {
	case YAML_NONE:
		return out;
	case YAML_SCALAR:
		if (!node->quoted) {
			if (is_null_word(node->text))
				return out;
			if (str_eq(node->text, S("true")) ||
			    str_eq(node->text, S("false")))
				return value_bool(node->text.p[0] == 't');
			if (plain_int(node->text, &i))
				return value_int(i);
		}
		return value_text(node->text);
	case YAML_LIST:
		out = value_list();
		for (yaml_each(item, node))
			value_add(a, &out, yaml_value(a, item));
		return out;
	case YAML_MAP:
		out = value_map();
		for (yaml_each(item, node))
			value_set(a, &out, item->key, yaml_value(a, item));
		return out;
	}
	return out;
}

struct str
yaml_quoted(struct arena *a, struct str text)
{
	text = str_replace(a, text, S("\\"), S("\\\\"));
	text = str_replace(a, text, S("\""), S("\\\""));
	text = str_replace(a, text, S("\n"), S(" "));
	return str_fmt(a, "\"%.*s\"", STR_ARG(text));
}
