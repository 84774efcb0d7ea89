/*
 * law diff OLD NEW, law diff [DIR] --store URL: what a change of law/ changes, definition
 * by definition and key by key, in the words of the vocabulary; with a store also how
 * many open matters go on under the edition that is replaced.
 */
#include <stdio.h>

#include "act/door.h"
#include "act/project.h"
#include "base/buf.h"
#include "cli/cli.h"
#include "cli/law.h"
#include "procedure/term.h"
#include "register/vocabulary.h"

struct diff {
	struct cx *cx;
	size_t told;
};

/* What a key means, without the examples behind the first comma. */
static struct str
meaning(const struct shape_key *k)
{
	struct str s = str_z(k->says), first;

	str_split(&s, S("，"), &first);
	s = first;
	str_split(&s, S("；"), &first);
	s = first;
	str_split(&s, S("："), &first);
	return first;
}

/* One line, as a person would read it aloud. */
static struct str
shown(struct cx *cx, enum shape_kind kind, const struct yaml_node *node)
{
	struct buf b = { .arena = cx->arena };
	struct term term;

	if (node->kind == YAML_SCALAR) {
		if (kind == SHAPE_TERM && term_parse(cx, node->text, &term) == ERR_OK)
			return term_text(cx->arena, &term);
		return str_trim(node->text);
	}
	for (yaml_each(item, node)) {
		if (b.n)
			buf_put(&b, node->kind == YAML_MAP ? S("，") : S("、"));
		if (node->kind == YAML_MAP)
			buf_fmt(&b, "%.*s: ", STR_ARG(item->key));
		buf_put(&b, shown(cx, SHAPE_TEXT, item));
	}
	return b.n ? buf_str(&b) : S("空");
}

static bool
same(struct cx *cx, const struct yaml_node *a, const struct yaml_node *b)
{
	return a->kind == b->kind &&
	       str_eq(shown(cx, SHAPE_TEXT, a), shown(cx, SHAPE_TEXT, b));
}

static void
tell(struct diff *d, struct str where, const char *what, struct str value)
{
	printf("  · %.*s%s%.*s\n", STR_ARG(where), what, STR_ARG(value));
	d->told++;
}

static void diff_map(struct diff *d, struct str where, const struct shape *shape,
    const struct yaml_node *old, const struct yaml_node *fresh);

/* An item of a list or a named map as people call it: 期限“作出决定”（decide）. */
static struct str
called(struct diff *d, const struct shape *shape, struct str id,
    const struct yaml_node *item)
{
	const struct str title = yaml_str(yaml_get(item, S("title")));

	return title.n ? str_fmt(d->cx->arena, "%s“%.*s”（%.*s）", shape->title,
			     STR_ARG(title), STR_ARG(id))
		       : str_fmt(d->cx->arena, "%s“%.*s”", shape->title, STR_ARG(id));
}

static struct str
item_id(const struct yaml_node *item)
{
	return item->key.n ? item->key : yaml_str(yaml_get(item, S("id")));
}

static const struct yaml_node *
item_of(const struct yaml_node *items, struct str id)
{
	for (yaml_each(item, items))
		if (str_eq(item_id(item), id))
			return item;
	return NULL;
}

static struct str
inside(struct diff *d, struct str where, struct str item)
{
	return where.n
		   ? str_fmt(d->cx->arena, "%.*s，%.*s", STR_ARG(where), STR_ARG(item))
		   : item;
}

/* Actions, clocks, fields …: each by its id. */
static void
diff_items(struct diff *d, struct str where, const struct shape *of,
    const struct yaml_node *old, const struct yaml_node *fresh)
{
	for (yaml_each(item, old)) {
		const struct str id = item_id(item);
		const struct yaml_node *now = item_of(fresh, id);
		const struct str name = called(d, of, id, now ? now : item);

		if (now)
			diff_map(d, inside(d, where, name), of, item, now);
		else
			tell(d, where, where.n ? "，删去" : "删去", name);
	}
	for (yaml_each(item, fresh))
		if (!item_of(old, item_id(item)))
			tell(d, where, where.n ? "，增加" : "增加",
			    called(d, of, item_id(item), item));
}

static void
diff_value(struct diff *d, struct str where, const struct shape_key *k,
    const struct yaml_node *old, const struct yaml_node *fresh)
{
	const struct str at = where.n ? str_fmt(d->cx->arena, "%.*s：%.*s",
					    STR_ARG(where), STR_ARG(meaning(k)))
				      : meaning(k);

	if (old->kind == YAML_NONE)
		tell(d, at, "定为", shown(d->cx, k->kind, fresh));
	else if (fresh->kind == YAML_NONE)
		tell(d, at, "删去，原为", shown(d->cx, k->kind, old));
	else if (!same(d->cx, old, fresh))
		tell(d, at, "由",
		    str_fmt(d->cx->arena, "「%.*s」改为「%.*s」",
			STR_ARG(shown(d->cx, k->kind, old)),
			STR_ARG(shown(d->cx, k->kind, fresh))));
}

static bool
has_items(const struct shape_key *k, const struct yaml_node *node)
{
	if (node->kind == YAML_NONE)
		return true;
	return k->of &&
	       (k->kind == SHAPE_NAMED     ? node->kind == YAML_MAP
		   : k->kind == SHAPE_MAPS ? node->kind == YAML_LIST && node->first &&
						 yaml_find(node->first, S("id")) != NULL
					   : false);
}

static void
diff_map(struct diff *d, struct str where, const struct shape *shape,
    const struct yaml_node *old, const struct yaml_node *fresh)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct shape_key *k = &shape->keys[i];
		const struct yaml_node *was = yaml_get(old, str_z(k->key));
		const struct yaml_node *is = yaml_get(fresh, str_z(k->key));

		if (was->kind == YAML_NONE && is->kind == YAML_NONE)
			continue;
		if (k->kind == SHAPE_MAP && was->kind == YAML_MAP && is->kind == YAML_MAP)
			diff_map(
			    d, inside(d, where, str_z(k->of->title)), k->of, was, is);
		else if (has_items(k, was) && has_items(k, is))
			diff_items(d, where, k->of, was, is);
		else
			diff_value(d, where, k, was, is);
	}
}

/* --- whole sets --- */

struct definition {
	const struct shape *shape;
	struct str id, title, text;
	struct yaml_node *root;
};
struct definitions {
	struct definition *v;
	size_t n, cap;
};

static const struct shape *
shape_by_key(struct str key)
{
	const struct shape *shape;

	for (size_t i = 0; (shape = shape_file(i)); i++)
		if (str_eq(str_z(shape->keys[0].key), key))
			return shape;
	return NULL;
}

static enum err
definitions_read(
    struct cx *cx, const struct source_list *sources, struct definitions *out)
{
	for (size_t i = 0; i < sources->n; i++) {
		const struct source *s = &sources->v[i];
		struct messages m = { .arena = cx->arena, .file = s->path };
		struct definition d = { .text = s->text };

		if (s->withdrawn || s->older || source_is_local(s))
			continue;
		if (yaml_parse(&m, s->text, &d.root) != ERR_OK)
			return messages_err(cx, &m);
		if (!d.root->first)
			continue;
		d.shape = shape_by_key(d.root->first->key);
		d.id = yaml_str(d.root->first);
		d.title = yaml_str(yaml_get(d.root, S("title")));
		if (d.shape)
			*list_add(cx->arena, out) = d;
	}
	return ERR_OK;
}

static const struct definition *
definition_find(const struct definitions *all, const struct definition *of)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].shape == of->shape && str_eq(all->v[i].id, of->id))
			return &all->v[i];
	return NULL;
}

static void
say_definition(const char *what, const struct definition *d)
{
	if (d->title.n)
		printf("%s%s“%.*s”（%.*s）\n", what, d->shape->title, STR_ARG(d->title),
		    STR_ARG(d->id));
	else
		printf("%s%s“%.*s”\n", what, d->shape->title, STR_ARG(d->id));
}

/* How many matters go on under what is replaced; 0 for what is no procedure. */
static enum err
count_open(struct cx *cx, struct door *door, const struct definition *d, int64_t *n)
{
	const struct table *t = door && d->shape == &shape_procedure
				    ? table_of(door_tables(door), d->id)
				    : NULL;
	DB_ROWS rows = { 0 };
	DB_TX tx = { 0 };
	int stmt;

	*n = 0;
	if (!t)
		return ERR_OK;
	TRY(db_begin(cx, door_store(door), &tx));
	TRY(db_prepare(cx, door_store(door), t->not_closed, &stmt));
	TRY(db_ask(cx, door_store(door), &rows, stmt, D_TEXT(door_log(door))));
	while (db_next(&rows))
		(*n)++;
	return db_end(cx, &rows);
}

static enum err
compare(struct cx *cx, const struct source_list *before, const struct source_list *after,
    struct door *door)
{
	struct definitions old = { 0 }, fresh = { 0 };
	size_t changed = 0;
	int64_t open;

	TRY(definitions_read(cx, before, &old));
	TRY(definitions_read(cx, after, &fresh));
	for (size_t i = 0; i < fresh.n; i++) {
		const struct definition *now = &fresh.v[i];
		const struct definition *was = definition_find(&old, now);
		struct diff d = { .cx = cx };

		if (was && str_eq(was->text, now->text))
			continue;
		changed++;
		say_definition(was ? "" : "新增", now);
		if (!was)
			continue;
		diff_map(&d, S(""), now->shape, was->root, now->root);
		if (!d.told)
			puts("  · 只有注释或者写法的改动");
		TRY(count_open(cx, door, now, &open));
		if (open)
			printf("  有%lld件未办结的事项仍按原版本办理\n", (long long)open);
	}
	for (size_t i = 0; i < old.n; i++) {
		if (definition_find(&fresh, &old.v[i]))
			continue;
		changed++;
		say_definition("撤下", &old.v[i]);
		TRY(count_open(cx, door, &old.v[i], &open));
		if (open)
			printf("  有%lld件未办结的事项仍按原版本办理\n", (long long)open);
	}
	printf(changed ? "%zu 份定义有变化\n" : "没有变化\n", changed);
	return ERR_OK;
}

static enum err
diff_store(struct cx *cx, const struct law_options *o)
{
	struct source_list after = { 0 };
	struct door *door;
	enum err err;

	TRY(sources_read(cx, o->dir, &after));
	TRY(place_door(cx, &o->place, &door));
	err = compare(cx, &door_defs(door)->sources, &after, door);
	door_close(door);
	return err;
}

static enum err
diff_folders(struct cx *cx, struct str old, struct str fresh)
{
	struct source_list before = { 0 }, after = { 0 };

	TRY(sources_read(cx, old, &before));
	TRY(sources_read(cx, fresh, &after));
	return compare(cx, &before, &after, NULL);
}

int
cli_law_diff(struct cx *cx, int argc, char **argv)
{
	struct law_options o;
	enum err err;

	if (argc == 2 && argv[0][0] != '-') {
		err = diff_folders(cx, str_z(argv[0]), str_z(argv[1]));
	} else {
		err = law_options_read(cx, argc, argv, &o);
		if (err == ERR_OK && !o.place.store.n)
			err = fail(
			    cx, ERR_INPUT, "请给出两个目录，或者用 --store 指明库");
		if (err == ERR_OK)
			err = diff_store(cx, &o);
	}
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
