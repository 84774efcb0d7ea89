/*
 * law schema [KIND] [--out DIR] | --table: the vocabulary of law/ as JSON Schema
 * (2020-12), so that an editor shows keys, their meaning and what is wrong while a lawyer
 * writes. Printed from the table by which the loaders refuse (register/vocabulary.h): the
 * two cannot say different things. What only the whole of law/ shows is left to `law
 * check`.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/option.h"
#include "cli/scenario_vocabulary.h"
#include "out/json.h"
#include "register/field.h"

struct reached {
	const struct shape **v;
	size_t n, cap;
};

/* Every kind of file, proofs behind the definitions; NULL behind the last. */
static const struct shape *
kind_at(size_t i)
{
	static const struct shape *const proofs[] = { &shape_scenario, &shape_given };
	size_t n = 0;

	while (shape_file(n))
		n++;
	if (i < n)
		return shape_file(i);
	return i - n < sizeof proofs / sizeof *proofs ? proofs[i - n] : NULL;
}

static void
reach(struct arena *a, const struct shape *shape, struct reached *out)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i] == shape)
			return;
	*list_add(a, out) = shape;
	for (size_t i = 0; i < shape->n; i++)
		if (shape->keys[i].of)
			reach(a, shape->keys[i].of, out);
}

static void
put_pair(struct json *j, const char *key, const char *value)
{
	json_key(j, key);
	json_str(j, str_z(value));
}

static void
put_ref(struct json *j, const struct shape *shape)
{
	json_key(j, "$ref");
	json_str(j, str_fmt(j->b->arena, "#/$defs/%s", shape->name));
}

static void
put_one(struct json *j, const char *type)
{
	json_open(j, '{');
	put_pair(j, "type", type);
	json_close(j, '}');
}

static void
put_list_of(struct json *j, const struct shape *shape)
{
	put_pair(j, "type", "array");
	json_key(j, "items");
	json_open(j, '{');
	if (shape)
		put_ref(j, shape);
	else
		put_pair(j, "type", "string");
	json_close(j, '}');
}

/* One text or a list of texts, or of maps; for rows also their columns. */
static void
put_several(struct json *j, const struct shape *list_of, const struct shape *named)
{
	json_key(j, "anyOf");
	json_open(j, '[');
	put_one(j, "string");
	json_open(j, '{');
	put_list_of(j, list_of);
	json_close(j, '}');
	if (named) {
		json_open(j, '{');
		put_pair(j, "type", "object");
		json_key(j, "additionalProperties");
		json_open(j, '{');
		put_ref(j, named);
		json_close(j, '}');
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_step(struct json *j, const struct shape *of)
{
	json_key(j, "anyOf");
	json_open(j, '[');
	put_one(j, "string");
	json_open(j, '{');
	put_list_of(j, NULL);
	json_close(j, '}');
	json_open(j, '{');
	put_ref(j, of);
	json_close(j, '}');
	json_close(j, ']');
}

static void put_kind(struct json *j, enum shape_kind kind, const struct shape *of);

static void
put_map_of(struct json *j, enum shape_kind kind, const struct shape *of)
{
	put_pair(j, "type", "object");
	json_key(j, "additionalProperties");
	json_open(j, '{');
	put_kind(j, kind, of);
	json_close(j, '}');
}

/* YAML does not tell a bare true or a number from a text. */
static void
put_union(struct json *j, const char *const *types)
{
	json_key(j, "type");
	json_open(j, '[');
	while (*types)
		json_str(j, str_z(*types++));
	json_close(j, ']');
}

static void
put_types(struct json *j)
{
	json_key(j, "enum");
	json_open(j, '[');
	for (size_t i = 0; i < FIELD_COUNT_; i++)
		json_str(j, field_type_name((enum field_type)i));
	json_close(j, ']');
}

static void
put_scalar(struct json *j, enum shape_kind kind)
{
	static const char *const condition[] = { "string", "boolean", "number", NULL };
	static const char *const count[] = { "string", "integer", NULL };

	if (kind == SHAPE_FEEL || kind == SHAPE_COUNT) {
		put_union(j, kind == SHAPE_FEEL ? condition : count);
	} else if (kind == SHAPE_TYPE) {
		put_types(j);
	} else {
		put_pair(j, "type",
		    kind == SHAPE_BOOL  ? "boolean"
		    : kind == SHAPE_INT ? "integer"
					: "string");
		if (kind == SHAPE_DAY)
			put_pair(j, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
	}
}

static void
put_kind(struct json *j, enum shape_kind kind, const struct shape *of)
{
	switch (kind) {
	case SHAPE_TEXT:
	case SHAPE_ID:
	case SHAPE_TERM:
	case SHAPE_COUNT:
	case SHAPE_DAY:
	case SHAPE_BOOL:
	case SHAPE_INT:
	case SHAPE_FEEL:
	case SHAPE_TYPE:
		put_scalar(j, kind);
		return;
	case SHAPE_IDS:
	case SHAPE_TEXTS:
	case SHAPE_TURNS:
		put_several(j, of, NULL);
		return;
	case SHAPE_TARGET:
		put_several(j, NULL, of);
		return;
	case SHAPE_MAP:
		put_ref(j, of);
		return;
	case SHAPE_LIST:
		put_list_of(j, NULL);
		return;
	case SHAPE_MAPS:
		put_list_of(j, of);
		return;
	case SHAPE_NAMED:
		put_map_of(j, SHAPE_MAP, of);
		return;
	case SHAPE_TITLES:
		put_map_of(j, SHAPE_TEXT, NULL);
		return;
	case SHAPE_FEELS:
		put_map_of(j, SHAPE_FEEL, NULL);
		return;
	case SHAPE_STEPS:
		put_map_of(j, SHAPE_STEP, of);
		return;
	case SHAPE_STEP:
		put_step(j, of);
		return;
	case SHAPE_SPANS:
		put_map_of(j, SHAPE_LIST, NULL);
		return;
	case SHAPE_YEARS:
		put_map_of(j, SHAPE_SPANS, NULL);
		return;
	case SHAPE_ANY:
		return;
	}
}

static void
put_shape(struct json *j, const struct shape *shape)
{
	json_key(j, shape->name);
	json_open(j, '{');
	put_pair(j, "type", "object");
	put_pair(j, "title", shape->title);
	json_key(j, "properties");
	json_open(j, '{');
	for (size_t i = 0; i < shape->n; i++) {
		json_key(j, shape->keys[i].key);
		json_open(j, '{');
		put_pair(j, "description", shape->keys[i].says);
		put_kind(j, shape->keys[i].kind, shape->keys[i].of);
		json_close(j, '}');
	}
	json_close(j, '}');
	json_key(j, "required");
	json_open(j, '[');
	for (size_t i = 0; i < shape->n; i++)
		if (shape->keys[i].presence == MUST)
			json_str(j, str_z(shape->keys[i].key));
	json_close(j, ']');
	json_key(j, "additionalProperties");
	json_bool(j, false);
	json_close(j, '}');
}

static struct str
schema_of(struct cx *cx, const struct shape *shape)
{
	struct buf b = { .arena = cx->arena };
	struct json j = { .b = &b };
	struct reached reached = { 0 };

	reach(cx->arena, shape, &reached);
	json_open(&j, '{');
	put_pair(&j, "$schema", "https://json-schema.org/draft/2020-12/schema");
	put_pair(&j, "title", shape->title);
	put_pair(&j, "description", shape->files);
	put_ref(&j, shape);
	json_key(&j, "$defs");
	json_open(&j, '{');
	for (size_t i = 0; i < reached.n; i++)
		put_shape(&j, reached.v[i]);
	json_close(&j, '}');
	json_close(&j, '}');
	buf_put_byte(&b, '\n');
	return buf_str(&b);
}

static enum err
write_all(struct cx *cx, struct str dir)
{
	const struct shape *shape;

	for (size_t i = 0; (shape = kind_at(i)); i++) {
		const struct str path = str_fmt(
		    cx->arena, "%.*s/%s.schema.json", STR_ARG(dir), shape->name);

		TRY(file_write(cx, path, schema_of(cx, shape)));
		printf("%.*s    %s\n", STR_ARG(path), shape->files);
	}
	return ERR_OK;
}

static enum err
print_one(struct cx *cx, struct str kind)
{
	const struct shape *shape;
	struct str known = S("");

	for (size_t i = 0; (shape = kind_at(i)); i++) {
		if (str_eq(str_z(shape->name), kind)) {
			const struct str text = schema_of(cx, shape);

			printf("%.*s", STR_ARG(text));
			return ERR_OK;
		}
		known = str_fmt(
		    cx->arena, "%.*s%s%s", STR_ARG(known), i ? "、" : "", shape->name);
	}
	return fail(cx, ERR_INPUT, "请指明哪一种文件：%.*s；或者用 --out 目录 全部写出",
	    STR_ARG(known));
}

/* For docs/law-language.md: a table for each kind of map, each kind once. */
static void
print_tables(struct cx *cx)
{
	struct reached reached = { 0 };
	const struct shape *shape;

	for (size_t i = 0; (shape = kind_at(i)); i++)
		reach(cx->arena, shape, &reached);
	for (size_t i = 0; i < reached.n; i++) {
		shape = reached.v[i];
		printf("\n### %s%s%s%s\n\n| 键 | 必须 | 含义 |\n|---|---|---|\n",
		    shape->title, shape->files ? " `" : "",
		    shape->files ? shape->files : "", shape->files ? "`" : "");
		for (size_t k = 0; k < shape->n; k++)
			printf("| `%s` | %s | %s |\n", shape->keys[k].key,
			    shape->keys[k].presence == MUST ? "是" : "",
			    shape->keys[k].says);
	}
}

int
cli_law_schema(struct cx *cx, int argc, char **argv)
{
	struct str dir = S(""), kind = S("");
	enum err err;

	if (argc == 1 && strcmp(argv[0], "--table") == 0) {
		print_tables(cx);
		return 0;
	}
	for (int i = 0; i < argc; i++)
		if (!option_take(argc, argv, &i, "--out", &dir))
			kind = str_z(argv[i]);
	err = dir.n ? write_all(cx, dir) : print_one(cx, kind);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
