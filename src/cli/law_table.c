/*
 * law table FILE.xlsx|csv [--against NAME.table.yaml]: the decision table of a sheet as
 * it belongs under law/, or how it differs from the one that is there. It is held against
 * the whole of law/ first, so that what is printed can be put there. law table
 * NAME.table.yaml --xlsx OUT: the sheet, to be filled in and read again.
 */
#include <stdio.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/law.h"
#include "cli/lawdir.h"
#include "cli/table_sheet.h"
#include "intake/csv.h"

enum { SHEET_MAX = 16 * 1024 * 1024 };

struct table_options {
	struct str file, against, xlsx, dir;
};

static enum err
options_read(struct cx *cx, int argc, char **argv, struct table_options *o)
{
	struct str dir = S("");

	*o = (struct table_options){ 0 };
	for (int i = 0; i < argc; i++) {
		if (option_take(argc, argv, &i, "--against", &o->against) ||
		    option_take(argc, argv, &i, "--xlsx", &o->xlsx) ||
		    option_take(argc, argv, &i, "--law", &dir))
			continue;
		if (argv[i][0] == '-' || o->file.n)
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
		o->file = str_z(argv[i]);
	}
	if (!o->file.n || (o->xlsx.n && o->against.n) ||
	    (o->xlsx.n > 0) != str_ends(o->file, S(".yaml")))
		return fail(cx, ERR_INPUT,
		    "用法：zhunsheng law table 表格.xlsx|csv [--against "
		    "名称.table.yaml]，"
		    "或者 law table 名称.table.yaml --xlsx 文件");
	return lawdir_find(cx, dir, &o->dir);
}

static enum err
sheet_open(struct cx *cx, struct str path, struct xlsx_sheet *out)
{
	struct xlsx_book book = { 0 };
	struct str bytes;

	TRY(file_read(cx, path, SHEET_MAX, &bytes));
	if (str_ends(path, S(".csv")))
		return csv_read(cx, bytes, out);
	TRY(xlsx_read(cx, bytes, &book));
	for (size_t i = 0; i < book.n; i++) {
		if (book.sheets[i].is_hidden || !book.sheets[i].rows.n)
			continue;
		*out = book.sheets[i];
		return ERR_OK;
	}
	return fail(cx, ERR_INPUT, "表格是空的");
}

/* A fault of the whole is told by the row of the sheet that it comes from. */
static struct str
told(struct cx *cx, const struct messages *m, struct str file,
    const struct table_lines *lines)
{
	struct str out = S("");

	for (size_t i = 0; i < m->n; i++) {
		struct message said = m->v[i];
		int row = 0;

		for (size_t k = 0; k < lines->n; k++)
			if (lines->v[k].line <= said.line)
				row = lines->v[k].row;
		if (str_eq(said.file, file)) {
			said.file = row ? str_fmt(cx->arena, "第%d行", row)
					: S("标题以上");
			said.line = 0;
		}
		out = str_fmt(cx->arena, "%.*s%s%.*s", STR_ARG(out), out.n ? "\n" : "",
		    STR_ARG(message_str(cx->arena, &said)));
	}
	return out;
}

/* Is it good beside everything else of law/? */
static enum err
held_against(struct cx *cx, const struct source_list *sources, const struct defs *defs,
    struct str id, struct str yaml, const struct table_lines *lines)
{
	const struct decision_list *known = map_find(&defs->tables, id);
	struct messages m = { .arena = cx->arena };
	struct source_list with = { 0 };
	struct source fresh = { .path = S("sheet.table.yaml"), .text = yaml };
	struct defs *tried;

	for (size_t i = 0; i < sources->n; i++)
		if (!known || !str_eq(sources->v[i].path, known->v[known->n - 1]->file))
			*list_add(cx->arena, &with) = sources->v[i];
	*list_add(cx->arena, &with) = fresh;
	if (defs_load(cx, &with, &m, &tried) == ERR_OK)
		return ERR_OK;
	return fail(cx, ERR_INPUT, "%.*s", STR_ARG(told(cx, &m, fresh.path, lines)));
}

/* --- differences --- */

static struct str
written(struct arena *a, const struct yaml_node *node)
{
	struct str out = node->text;

	for (yaml_each(item, node))
		out = str_fmt(a, "%.*s%s%.*s%s%.*s", STR_ARG(out), out.n ? "、" : "",
		    STR_ARG(item->key), item->key.n ? "：" : "",
		    STR_ARG(written(a, item)));
	return out.n ? out : S("（空）");
}

/* The nth item of a list. */
static const struct yaml_node *
item_at(const struct yaml_node *list, size_t n)
{
	const struct yaml_node *item = list->kind == YAML_LIST ? list->first : NULL;

	while (item && n--)
		item = item->next;
	return item;
}

static void
say(struct arena *a, struct str where, const struct yaml_node *was,
    const struct yaml_node *now, size_t *n)
{
	++*n;
	if (!was)
		printf("%.*s：增加「%.*s」\n", STR_ARG(where), STR_ARG(written(a, now)));
	else if (!now)
		printf("%.*s：删去「%.*s」\n", STR_ARG(where), STR_ARG(written(a, was)));
	else
		printf("%.*s：「%.*s」改为「%.*s」\n", STR_ARG(where),
		    STR_ARG(written(a, was)), STR_ARG(written(a, now)));
}

static void
compare(struct arena *a, struct str where, const struct yaml_node *was,
    const struct yaml_node *now, size_t *n)
{
	if (!was || !now || was->kind != now->kind) {
		const bool same = was && now && str_eq(written(a, was), written(a, now));

		if (!same) /* [fine] and fine are one option */
			say(a, where, was, now, n);
	} else if (was->kind == YAML_MAP) {
		for (yaml_each(item, was))
			compare(a,
			    str_fmt(a, "%.*s.%.*s", STR_ARG(where), STR_ARG(item->key)),
			    item, yaml_find(now, item->key), n);
		for (yaml_each(item, now))
			if (!yaml_find(was, item->key))
				say(a,
				    str_fmt(a, "%.*s.%.*s", STR_ARG(where),
					STR_ARG(item->key)),
				    NULL, item, n);
	} else if (was->kind == YAML_LIST) {
		for (size_t i = 0; i < was->n || i < now->n; i++)
			compare(a, str_fmt(a, "%.*s[%zu]", STR_ARG(where), i + 1),
			    item_at(was, i), item_at(now, i), n);
	} else if (!str_eq(was->text, now->text)) {
		say(a, where, was, now, n);
	}
}

static enum err
print_difference(struct cx *cx, struct str path, struct str yaml)
{
	struct messages m = { .arena = cx->arena, .file = path };
	struct yaml_node *was, *now;
	struct str text;
	size_t n = 0;

	TRY(file_read(cx, path, SHEET_MAX, &text));
	if (yaml_parse(&m, text, &was) != ERR_OK || yaml_parse(&m, yaml, &now) != ERR_OK)
		return messages_err(cx, &m);
	compare(cx->arena, yaml_str(yaml_get(now, S("table"))), was, now, &n);
	if (n)
		printf("%zu 处不同\n", n);
	else
		printf("没有不同\n");
	return ERR_OK;
}

static enum err
from_sheet(struct cx *cx, const struct table_options *o,
    const struct source_list *sources, const struct defs *defs)
{
	struct messages m = { .arena = cx->arena, .file = o->file };
	struct table_lines lines = { 0 };
	struct xlsx_sheet sheet = { 0 };
	struct yaml_node *root;
	struct str yaml;

	TRY(sheet_open(cx, o->file, &sheet));
	TRY(table_sheet_read(cx, &sheet, defs, &yaml, &lines));
	if (yaml_parse(&m, yaml, &root) != ERR_OK)
		return messages_err(cx, &m);
	TRY(held_against(
	    cx, sources, defs, yaml_str(yaml_get(root, S("table"))), yaml, &lines));
	if (o->against.n)
		return print_difference(cx, o->against, yaml);
	printf("%.*s", STR_ARG(yaml));
	return ERR_OK;
}

static enum err
to_sheet(struct cx *cx, const struct table_options *o, const struct defs *defs)
{
	struct str yaml, xlsx;

	TRY(file_read(cx, o->file, SHEET_MAX, &yaml));
	TRY(table_sheet_write(cx, yaml, defs, &xlsx));
	return file_write(cx, o->xlsx, xlsx);
}

int
cli_law_table(struct cx *cx, int argc, char **argv)
{
	struct source_list sources = { 0 };
	struct table_options o;
	struct defs *defs;
	enum err err = options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = law_read(cx, o.dir, &sources, &defs);
	if (err == ERR_OK)
		err = o.xlsx.n ? to_sheet(cx, &o, defs)
			       : from_sheet(cx, &o, &sources, defs);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
