/*
 * The kit's values, and whether a result is the one expected. Some of its numbers have
 * fewer digits than the result, so they may differ by 10^-8; nothing else may.
 */
#include "lang/dmn_tests.h"

#include "base/buf.h"
#include "lang/dmn_model.h"

enum err
dmn_tests_read(struct cx *cx, struct str text, struct dmn_tests *out)
{
	struct xml_node *xml;
	const struct xml_node *model;

	TRY(xml_parse(cx, text, &xml));
	model = xml_find(xml, S("modelName"));
	if (!str_eq(xml->name, S("testCases")) || !model)
		return fail(cx, ERR_INPUT, "不是兼容性测试的用例文件");
	*out = (struct dmn_tests){ str_trim(model->text), xml };
	return ERR_OK;
}

static struct value
simple_value(struct arena *a, const struct xml_node *value)
{
	const struct str type = xml_attribute(value, S("xsi:type")), s = value->text;
	const struct str trimmed = str_trim(s);
	struct value v = value_null();
	struct decimal d;
	int64_t day;

	if (str_eq(xml_attribute(value, S("xsi:nil")), S("true")))
		return v;
	if (str_ends(type, S("string")))
		return value_text(s);
	if (str_ends(type, S("boolean")))
		return value_bool(str_eq(trimmed, S("true")));
	if (str_ends(type, S("dateTime")) && feel_parse_instant(a, trimmed, &v))
		return v;
	if (str_ends(type, S("date")) && feel_parse_day(trimmed, &day))
		return value_day(day);
	if (str_ends(type, S("time")) && feel_parse_time(a, trimmed, &v))
		return v;
	if (str_ends(type, S("uration")) && feel_parse_duration(trimmed, &v))
		return v;
	if ((!type.n || str_ends(type, S("decimal")) || str_ends(type, S("double")) ||
		str_ends(type, S("integer"))) &&
	    decimal_parse(trimmed, &d))
		return feel_number(a, &d);
	return value_text(s);
}

/* <value>, <list>, or <component>s, inside `node`. */
static struct value
value_of(struct arena *a, const struct xml_node *node)
{
	const struct xml_node *list = xml_find(node, S("list"));
	const struct xml_node *value = xml_find(node, S("value"));
	struct value out = value_null();

	if (list) {
		out = value_list();
		for (DMN_EACH(item, list, "item"))
			value_add(a, &out, value_of(a, item));
		return out;
	}
	if (value)
		return simple_value(a, value);
	for (DMN_EACH(c, node, "component"))
		value_set(a, &out, xml_attribute(c, S("name")), value_of(a, c));
	return out;
}

static bool
is_close(const struct decimal *a, const struct decimal *b)
{
	const struct decimal close = { 1, -8, false };
	struct decimal d;

	if (!decimal_sub(a, b, &d))
		return false;
	d.negative = false;
	return decimal_cmp(&d, &close) <= 0;
}

static bool
is_same(const struct value *got, const struct value *want)
{
	struct decimal a, b;

	if (feel_decimal(got, &a) && feel_decimal(want, &b))
		return is_close(&a, &b);
	if (got->kind == V_LIST && want->kind == V_LIST) {
		for (size_t i = 0; i < got->list.n && i < want->list.n; i++)
			if (!is_same(&got->list.items[i], &want->list.items[i]))
				return false;
		return got->list.n == want->list.n;
	}
	if (got->kind == V_MAP && want->kind == V_MAP) {
		for (size_t i = 0; i < got->map.n; i++)
			if (!is_same(&got->map.pairs[i].value,
				value_get(want, got->map.pairs[i].key)))
				return false;
		return got->map.n == want->map.n;
	}
	return feel_equal(got, want) == 1;
}

static void
run_case(struct arena *keep, struct arena *a, const struct xml_node *test,
    const struct dmn *model, struct dmn_verdict *out)
{
	const struct str service = xml_attribute(test, S("invocableName"));
	struct value inputs = value_map();
	struct buf why = { .arena = keep };

	for (DMN_EACH(input, test, "inputNode"))
		value_set(
		    a, &inputs, xml_attribute(input, S("name")), value_of(a, input));
	for (DMN_EACH(result, test, "resultNode")) {
		const struct str name = xml_attribute(result, S("name"));
		const struct xml_node *expected = xml_find(result, S("expected"));
		const struct value want = expected ? value_of(a, expected) : value_null();
		const struct value got = service.n
					     ? dmn_serve(a, model, service, name, &inputs)
					     : dmn_decide(a, model, name, &inputs);

		if (is_same(&got, &want))
			continue;
		buf_fmt(&why, "%s%.*s 得到 %.*s，应当是 %.*s", why.n ? "；" : "",
		    STR_ARG(name), STR_ARG(feel_string(a, &got)),
		    STR_ARG(feel_string(a, &want)));
	}
	out->why = buf_str(&why);
	out->passed = !why.n;
}

void
dmn_tests_run(struct cx *cx, const struct dmn_tests *tests, const struct dmn *model,
    struct dmn_verdicts *out)
{
	for (DMN_EACH(test, tests->xml, "testCase")) {
		struct arena turn AUTO(arena_free) = { 0 };
		struct dmn_verdict *v = list_add(cx->arena, out);

		*v = (struct dmn_verdict){ .id = xml_attribute(test, S("id")),
			.why = S("模型不能读取") };
		if (model)
			run_case(cx->arena, &turn, test, model, v);
	}
}
