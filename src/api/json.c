/* jansson's tree into our value; the tree is gone when this returns. */
#include "api/json.h"

#include <jansson.h>

#include "web/form.h"
#include "web/word.h"

#define INT_MAX_STORED ((json_int_t)9007199254740991)

static enum err value_from(struct cx *cx, const json_t *j, int depth, struct value *out);

static enum err
text_from(struct cx *cx, const char *p, size_t n, struct str *out)
{
	const struct str raw = { p, n };

	TRY(form_text(cx, str_copy(cx->arena, raw), out));
	return ERR_OK;
}

static enum err
list_from(struct cx *cx, const json_t *j, int depth, struct value *out)
{
	*out = value_list();
	for (size_t i = 0; i < json_array_size(j); i++) {
		struct value item;

		TRY(value_from(cx, json_array_get(j, i), depth + 1, &item));
		value_add(cx->arena, out, item);
	}
	return ERR_OK;
}

static enum err
map_from(struct cx *cx, const json_t *j, int depth, struct value *out)
{
	/* jansson's iterators are not for constant objects, though they change nothing.
	 */
	json_t *own = (json_t *)(uintptr_t)j;

	*out = value_map();
	for (void *at = json_object_iter(own); at; at = json_object_iter_next(own, at)) {
		struct str key;
		struct value item;

		TRY(text_from(
		    cx, json_object_iter_key(at), json_object_iter_key_len(at), &key));
		/* Two spellings of one key (NFC) are the same member twice. */
		if (!value_is_null(value_get(out, key)))
			return word_fail(cx, ERR_INPUT, W(api_member_twice));
		TRY(value_from(cx, json_object_iter_value(at), depth + 1, &item));
		value_set(cx->arena, out, key, item);
	}
	return ERR_OK;
}

static enum err
value_from(struct cx *cx, const json_t *j, int depth, struct value *out)
{
	struct str text;

	if (depth > JSON_DEPTH_MAX)
		return word_fail(cx, ERR_INPUT, W(api_json_deep));
	switch (json_typeof(j)) {
	case JSON_NULL:
		*out = value_null();
		return ERR_OK;
	case JSON_TRUE:
	case JSON_FALSE:
		*out = value_bool(json_is_true(j));
		return ERR_OK;
	case JSON_REAL:
		return word_fail(cx, ERR_INPUT, W(api_json_real));
	case JSON_INTEGER:
		if (json_integer_value(j) > INT_MAX_STORED ||
		    json_integer_value(j) < -INT_MAX_STORED)
			return word_fail(cx, ERR_INPUT, W(api_json_large));
		*out = value_int(json_integer_value(j));
		return ERR_OK;
	case JSON_STRING:
		TRY(text_from(cx, json_string_value(j), json_string_length(j), &text));
		*out = value_text(text);
		return ERR_OK;
	case JSON_ARRAY:
		return list_from(cx, j, depth, out);
	case JSON_OBJECT:
		return map_from(cx, j, depth, out);
	}
	return word_fail(cx, ERR_INPUT, W(api_json_map));
}

enum err
json_read(struct cx *cx, struct str text, struct value *out)
{
	json_error_t error;
	json_t *j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	enum err err;

	if (!j)
		return word_fail(cx, ERR_INPUT,
		    word_fill(cx->arena, W(api_json_wrong),
			word_int(cx->arena, error.line),
			str_copy(cx->arena, str_z(error.text))));
	err = json_is_object(j) ? value_from(cx, j, 0, out)
				: word_fail(cx, ERR_INPUT, W(api_json_map));
	json_decref(j);
	return err;
}
