/*
 * The DMN Technology Compatibility Kit, read from beside the project. The test fails when
 * fewer cases pass than it says here; when more pass, raise the number. Define TCK_LOG as
 * the name of a file to see those that do not.
 */
#include "test.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/list.h"
#include "tck_model.h"

enum { TCK_PASSES = 2591 };
#define TCK_FOLDER "../shared/data/tck"

static void
file_close(FILE **f)
{
	if (*f)
		fclose(*f);
}

static bool
read_whole(struct cx *cx, struct str path, struct str *out)
{
	FILE *f AUTO(file_close) = fopen(str_cz(cx->arena, path), "rb");
	char chunk[4096];
	struct buf b = { .arena = cx->arena };
	size_t n;

	if (!f)
		return false;
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(&b, (struct str){ chunk, n });
	*out = buf_str(&b);
	return true;
}

static struct value
simple_value(struct cx *cx, const struct xml_node *value)
{
	const struct str type = xml_attribute(value, S("xsi:type")), s = value->text;
	struct value v = value_null();
	struct decimal d;
	int64_t day;

	if (str_eq(xml_attribute(value, S("xsi:nil")), S("true")))
		return v;
	if (str_ends(type, S("string")))
		return value_text(s);
	if (str_ends(type, S("boolean")))
		return value_bool(str_eq(str_trim(s), S("true")));
	if (str_ends(type, S("dateTime")) &&
	    feel_parse_instant(cx->arena, str_trim(s), &v))
		return v;
	if (str_ends(type, S("date")) && feel_parse_day(str_trim(s), &day))
		return value_day(day);
	if (str_ends(type, S("time")) && feel_parse_time(cx->arena, str_trim(s), &v))
		return v;
	if (str_ends(type, S("uration")) && feel_parse_duration(str_trim(s), &v))
		return v;
	if ((!type.n || str_ends(type, S("decimal")) || str_ends(type, S("double")) ||
		str_ends(type, S("integer"))) &&
	    decimal_parse(str_trim(s), &d))
		return feel_number(cx->arena, &d);
	return value_text(s);
}

/* <value>, <list>, or <component>s, inside `node`. */
static struct value
value_of(struct cx *cx, const struct xml_node *node)
{
	const struct xml_node *list = xml_find(node, S("list"));
	const struct xml_node *value = xml_find(node, S("value"));
	struct value out = value_null();

	if (list) {
		out = value_list();
		for (const struct xml_node *i = xml_find(list, S("item")); i;
		     i = xml_again(i))
			value_add(cx->arena, &out, value_of(cx, i));
		return out;
	}
	if (value)
		return simple_value(cx, value);
	for (const struct xml_node *c = xml_find(node, S("component")); c;
	     c = xml_again(c))
		value_set(cx->arena, &out, xml_attribute(c, S("name")), value_of(cx, c));
	return out;
}

/* Numbers may differ by 10^-8: the kit gives some results with few digits. */
static bool
same(const struct value *got, const struct value *want)
{
	const struct decimal close = { 1, -8, false };
	struct decimal a, b, d;

	if (feel_decimal(got, &a) && feel_decimal(want, &b)) {
		if (!decimal_sub(&a, &b, &d))
			return false;
		d.negative = false;
		return decimal_cmp(&d, &close) <= 0;
	}
	if (got->kind == V_LIST && want->kind == V_LIST) {
		if (got->list.n != want->list.n)
			return false;
		for (size_t i = 0; i < got->list.n; i++)
			if (!same(&got->list.items[i], &want->list.items[i]))
				return false;
		return true;
	}
	if (got->kind == V_MAP && want->kind == V_MAP) {
		if (got->map.n != want->map.n)
			return false;
		for (size_t i = 0; i < got->map.n; i++)
			if (!same(&got->map.pairs[i].value,
				value_get(want, got->map.pairs[i].key)))
				return false;
		return true;
	}
	return feel_equal(got, want) == 1;
}

struct tally {
	FILE *log;
	int passed, all;
};

static bool
run_case(struct cx *cx, const struct tck_model *m, const struct xml_node *test,
    struct str file, struct tally *tally)
{
	struct value inputs = value_map();
	bool ok = true;

	for (const struct xml_node *i = xml_find(test, S("inputNode")); i;
	     i = xml_again(i))
		value_set(
		    cx->arena, &inputs, xml_attribute(i, S("name")), value_of(cx, i));
	for (const struct xml_node *r = xml_find(test, S("resultNode")); r;
	     r = xml_again(r)) {
		const struct xml_node *expected = xml_find(r, S("expected"));
		const struct value want = expected ? value_of(cx, expected)
						   : value_null();
		const struct value got = tck_evaluate(
		    cx, m, xml_attribute(r, S("name")), &inputs);

		if (same(&got, &want))
			continue;
		ok = false;
		if (tally->log)
			fprintf(tally->log, "%.*s %.*s %.*s: got %.*s want %.*s\n",
			    STR_ARG(file), STR_ARG(xml_attribute(test, S("id"))),
			    STR_ARG(xml_attribute(r, S("name"))),
			    STR_ARG(feel_string(cx->arena, &got)),
			    STR_ARG(feel_string(cx->arena, &want)));
	}
	return ok;
}

static void
run_file(struct cx *outer, struct str folder, struct str name, struct tally *tally)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx scratch = { .arena = &arena }, *cx = &scratch;
	struct str tests, model;
	struct tck_model m = { 0 };
	struct xml_node *root;
	const struct xml_node *model_name;

	(void)outer;
	if (!read_whole(cx, str_fmt(&arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name)),
		&tests) ||
	    xml_parse(cx, tests, &root) != ERR_OK) {
		test_fail_str(__FILE__, __LINE__, "cannot read", name, S(""));
		return;
	}
	model_name = xml_find(root, S("modelName"));
	if (!model_name ||
	    !read_whole(cx,
		str_fmt(&arena, "%.*s/%.*s", STR_ARG(folder),
		    STR_ARG(str_trim(model_name->text))),
		&model) ||
	    tck_load(cx, model, &m) != ERR_OK) {
		test_fail_str(
		    __FILE__, __LINE__, "cannot read the model of", name, S(""));
		return;
	}
	for (const struct xml_node *t = xml_find(root, S("testCase")); t;
	     t = xml_again(t)) {
		struct arena turn AUTO(arena_free) = { 0 };
		struct cx one = { .arena = &turn };

		tally->all++;
		tally->passed += run_case(&one, &m, t, name, tally);
	}
}

static int
names_only(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static void
run_folder(struct cx *cx, struct str folder, struct tally *tally)
{
	struct dirent **v = NULL;
	const int n = scandir(str_cz(cx->arena, folder), &v, names_only, alphasort);

	for (int i = 0; i < n; i++) {
		const struct str name = str_z(v[i]->d_name);

		if (str_ends(name, S(".xml")))
			run_file(cx, folder, name, tally);
		else if (!str_has(name, S(".")) && !str_starts(name, S("0076")))
			run_folder(cx,
			    str_fmt(
				cx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name)),
			    tally);
		free(v[i]);
	}
	free(v);
}

TEST(tck)
{
#ifdef TCK_LOG
	FILE *log AUTO(file_close) = fopen(TCK_LOG, "w");
#else
	FILE *log = NULL;
#endif
	struct tally tally = { .log = log };

	run_folder(cx, S(TCK_FOLDER), &tally);
	if (!tally.all) {
		test_skip(TCK_FOLDER " is absent");
		return;
	}
	printf("tck: %d of %d cases pass\n", tally.passed, tally.all);
	CHECK(tally.passed >= TCK_PASSES);
}
