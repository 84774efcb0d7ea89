/* The JSON writer: commas, indents and escapes are its own business. */
#include "out/json.h"
#include "test.h"

TEST(json_writes_nested_values)
{
	struct buf b = { .arena = cx->arena };
	struct json j = { .b = &b };

	json_open(&j, '{');
	json_key(&j, "a");
	json_open(&j, '[');
	json_int(&j, 1);
	json_null(&j);
	json_bool(&j, true);
	json_close(&j, ']');
	json_key(&j, "b");
	json_open(&j, '[');
	json_close(&j, ']');
	json_close(&j, '}');
	CHECK_STR(buf_str(&b),
	    S("{\n  \"a\": [\n    1,\n    null,\n    true\n  ],\n  \"b\": []\n}"));
}

TEST(json_escapes)
{
	struct buf b = { .arena = cx->arena };
	struct json j = { .b = &b };

	json_str(&j, S("\"\\\n\t\x01中\xff"));
	CHECK_STR(buf_str(&b), S("\"\\\"\\\\\\n\\u0009\\u0001中\xef\xbf\xbd\""));
}
