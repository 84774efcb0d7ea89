/* From YAML to stored values, by the type of the field. */
#include "cli/scenario_value.h"

#include "base/date.h"

void
name_put(struct stage_names *names, struct str name, struct str subject)
{
	struct str *kept = arena_new(names->arena, struct str);

	*kept = str_copy(names->arena, subject);
	map_put(names->arena, &names->by_name, str_copy(names->arena, name), kept);
}

struct str
name_of(struct stage_names *names, const struct yaml_node *node, struct str text)
{
	const struct str name = str_starts(text, S("@")) ? str_sub(text, 1, text.n)
							 : text;
	const struct str *subject = map_find(&names->by_name, name);

	if (!subject)
		yaml_fault(names->failures, node, "没有叫作%.*s的", STR_ARG(name));
	return subject ? *subject : S("");
}

static struct value
reference(struct stage_names *names, const struct yaml_node *node)
{
	if (str_starts(node->text, S("@")))
		return value_text(name_of(names, node, node->text));
	return value_text(node->text);
}

static struct value
list(struct stage_names *names, const struct yaml_node *node, const struct field *item)
{
	struct value out = value_list();

	if (node->kind != YAML_LIST)
		return yaml_value(names->arena, node);
	for (yaml_each(child, node))
		value_add(names->arena, &out,
		    item->type == FIELD_ROWS ? scenario_form(names, child, &item->columns)
					     : scenario_value(names, child, item));
	return out;
}

static struct value
scalar(struct stage_names *names, const struct yaml_node *node, const struct field *f)
{
	int64_t day;

	switch (f->type) {
	case FIELD_DAY:
		if (day_parse(node->text, &day))
			return value_int(day);
		return yaml_value(names->arena, node);
	case FIELD_INT:
	case FIELD_MONEY:
	case FIELD_BOOL:
	case FIELD_FILES:
		return yaml_value(names->arena, node);
	case FIELD_ENTRY:
	case FIELD_ENTRIES:
	case FIELD_MATTER:
	case FIELD_MATTERS:
		return reference(names, node);
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_DECIMAL:
	case FIELD_CHOICE:
	case FIELD_TEXTS:
	case FIELD_ROWS:
	case FIELD_CITATIONS:
	case FIELD_COUNT_:
		break;
	}
	return value_text(node->text);
}

struct value
scenario_value(
    struct stage_names *names, const struct yaml_node *node, const struct field *f)
{
	if (yaml_is_null(node))
		return value_null();
	if (!f && node->kind == YAML_SCALAR)
		return reference(names, node);
	if (!f || f->type == FIELD_FILES)
		return yaml_value(names->arena, node);
	if (node->kind == YAML_SCALAR)
		return scalar(names, node, f);
	return list(names, node, f);
}

struct value
scenario_form(struct stage_names *names, const struct yaml_node *map,
    const struct field_list *fields)
{
	struct value out = value_map();

	for (yaml_each(item, map)) {
		const struct field *f = fields ? field_find(fields, item->key) : NULL;

		value_set(names->arena, &out, item->key, scenario_value(names, item, f));
	}
	return out;
}

struct str
text_difference(struct str live, struct str rebuilt)
{
	struct str a, b;

	for (;;) {
		const bool more = str_split(&live, S("\n"), &a);

		if (!str_split(&rebuilt, S("\n"), &b))
			return more ? a : S("");
		if (!more || !str_eq(a, b))
			return b;
	}
}
