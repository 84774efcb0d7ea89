/*
 * statute import FILE …: texts of laws into the library of the installation, all of them
 * or none, and what each new edition touches. statute repeal, list, rebuild.
 */
#include "cli/statute.h"

#include <stdio.h>
#include <string.h>

#include "act/door.h"
#include "act/install.h"
#include "act/library.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/cli.h"
#include "intake/statute.h"
#include "lang/citation.h"
#include "store/db.h"

enum { NEAR_DAYS = 400 }; /* how long after its decision an amendment takes effect */

/* ---- import ---- */

struct import {
	struct cx *cx;
	const struct statute_options *o;
	struct db *db;
	struct door **doors; /* one for each log of the store */
	size_t n_doors;
	struct statute_text *texts;
	struct library_file *files;
	enum library_outcome *outcomes;
};

static struct str
base_name(struct str path)
{
	const size_t slash = str_rfind(path, S("/"));

	return slash == SIZE_MAX ? path : str_sub(path, slash + 1, path.n);
}

/* An amendment's own day where law/statutes knows it. */
static void
day_from_law(struct import *im, struct statute_text *t)
{
	for (size_t i = 0; i < im->n_doors && t->assumed; i++) {
		const struct cited_statute *c = map_find(
		    &door_defs(im->doors[i])->cited, t->name);

		if (!c || c->from == DAY_NONE || c->from < t->in_force ||
		    c->from > t->in_force + NEAR_DAYS)
			continue;
		t->in_force = c->from;
		t->assumed = false;
		for (size_t k = t->flags.n; k-- > 0;)
			if (!t->flags.v[k].line &&
			    str_has(t->flags.v[k].text, S("--from")))
				t->flags.v[k].text = str_fmt(im->cx->arena,
				    "施行日期依制度文本所载，为%.*s",
				    STR_ARG(day_chinese(im->cx->arena, c->from)));
	}
}

static enum err
file_take(struct import *im, size_t i)
{
	const struct statute_options *o = im->o;
	struct statute_text *t = &im->texts[i];
	struct library_file *f = &im->files[i];
	struct value *v = arena_new(im->cx->arena, struct value);
	enum err err;

	f->name = base_name(o->files[i]);
	f->replace = o->replace;
	f->reason = o->reason;
	TRY(file_read(im->cx, o->files[i], STATUTE_BYTES_MAX, &f->bytes));
	err = statute_read(im->cx, f->name, f->bytes, t);
	if (err != ERR_OK)
		return fail(im->cx, err, "%.*s: %.*s", STR_ARG(o->files[i]),
		    STR_ARG(im->cx->why));
	if (o->from != DAY_NONE) {
		t->in_force = o->from;
		t->assumed = false;
	}
	day_from_law(im, t);
	*v = statute_value(im->cx, t);
	f->statute = v;
	return ERR_OK;
}

static void
flags_print(const struct statute_text *t)
{
	for (size_t k = 0; k < t->flags.n; k++) {
		printf("  疑点 ");
		if (t->flags.v[k].line)
			printf("第%zu行：", t->flags.v[k].line);
		printf("%.*s\n", STR_ARG(t->flags.v[k].text));
	}
}

/* The edition taken in and the one before it; then what that means for each log. */
static enum err
touched_print(struct import *im, const struct statute_text *t)
{
	struct editions all = { 0 };
	size_t at = 0;

	TRY(editions_read(im->cx, im->db, t->name, &all));
	while (at < all.n && all.v[at].from != t->in_force)
		at++;
	if (at == all.n)
		return ERR_OK;
	if (at + 1 < all.n) {
		printf("  已有更新的版本（%.*s起施行），不影响现行制度\n",
		    STR_ARG(day_chinese(im->cx->arena, all.v[at + 1].from)));
		return ERR_OK;
	}
	for (size_t i = 0; i < im->n_doors; i++) {
		struct str touched;

		TRY(statute_touched(im->cx, im->db, im->doors[i],
		    at ? &all.v[at - 1] : NULL, &all.v[at], &touched));
		printf("%.*s", STR_ARG(touched));
	}
	return ERR_OK;
}

static enum err
outcome_print(struct import *im, size_t i)
{
	const struct statute_text *t = &im->texts[i];
	const struct str day = day_chinese(im->cx->arena, t->in_force);

	switch (im->outcomes[i]) {
	case LIBRARY_SAME:
		printf("《%.*s》法规库中已有相同文本，没有改动\n", STR_ARG(t->name));
		return ERR_OK;
	case LIBRARY_ADDED:
		printf("《%.*s》%.*s起施行，%zu条，已入库\n", STR_ARG(t->name),
		    STR_ARG(day), t->articles.n);
		break;
	case LIBRARY_REPLACED:
		printf("《%.*s》%.*s起施行，%zu条，已更换\n", STR_ARG(t->name),
		    STR_ARG(day), t->articles.n);
		break;
	}
	flags_print(t);
	return touched_print(im, t);
}

/* A door into each log, for its definitions, entries and matters. */
static enum err
doors_open(struct import *im)
{
	struct log_names names = { 0 };

	TRY(record_logs(im->cx, im->db, &names));
	im->doors = arena_array(im->cx->arena, struct door *, names.n + 1);
	for (size_t i = 0; i < names.n; i++) {
		const struct door_config config = { .url = im->o->place.store,
			.log = names.v[i],
			.entropy = im->cx->entropy };

		if (log_is_companion(names.v[i]) ||
		    (im->o->place.log.n && !str_eq(im->o->place.log, names.v[i])))
			continue;
		TRY(door_open(im->cx, &config, &im->doors[im->n_doors]));
		im->n_doors++;
	}
	return ERR_OK;
}

static enum err
import_inside(struct import *im)
{
	struct cx *cx = im->cx;
	const size_t n = im->o->n_files;

	im->texts = arena_array(cx->arena, struct statute_text, n);
	im->files = arena_array(cx->arena, struct library_file, n);
	im->outcomes = arena_array(cx->arena, enum library_outcome, n);
	TRY(db_open(cx, im->o->place.store, DB_WRITE, &im->db));
	TRY(doors_open(im));
	for (size_t i = 0; i < n; i++)
		TRY(file_take(im, i));
	TRY(library_adopt(cx, im->db, im->o->person.n ? im->o->person : S("system"),
	    im->files, n, im->outcomes));
	for (size_t i = 0; i < n; i++)
		TRY(outcome_print(im, i));
	return ERR_OK;
}

int
cli_statute_import(struct cx *cx, int argc, char **argv)
{
	struct statute_options o;
	struct import im = { .cx = cx, .o = &o };
	enum err err = statute_options_read(cx, argc, argv, &o);

	if (err == ERR_OK && !o.n_files)
		err = fail(cx, ERR_INPUT,
		    "用法：zhunsheng statute import 文件… --store 地址 [--from 日期] "
		    "[--replace --reason 理由] [--person 人员]");
	if (err == ERR_OK && o.from != DAY_NONE && o.n_files > 1)
		err = fail(cx, ERR_INPUT, "--from 只能用于一个文件");
	if (err == ERR_OK)
		err = import_inside(&im);
	for (size_t i = 0; i < im.n_doors; i++)
		door_close(im.doors[i]);
	db_close(im.db);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}

/* ---- repeal, list, rebuild ---- */

int
cli_statute_repeal(struct cx *cx, int argc, char **argv)
{
	struct statute_options o;
	struct db *db = NULL;
	enum err err = statute_options_read(cx, argc, argv, &o);

	if (err == ERR_OK && (!o.n_files || o.on == DAY_NONE || !o.by.n))
		err = fail(cx, ERR_INPUT,
		    "用法：zhunsheng statute repeal 名称 --on 日期 --by 依据 --store "
		    "地址");
	if (err == ERR_OK)
		err = db_open(cx, o.place.store, DB_WRITE, &db);
	if (err == ERR_OK)
		err = library_repeal(cx, db, o.person.n ? o.person : S("system"),
		    citation_name(o.files[0]), o.on, o.by);
	db_close(db);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	printf("《%.*s》自%.*s起不再施行\n", STR_ARG(citation_name(o.files[0])),
	    STR_ARG(day_chinese(cx->arena, o.on)));
	return 0;
}

static enum err
list_print(struct cx *cx, struct db *db)
{
	struct statute_rows all = { 0 };

	TRY(statutes_read(cx, db, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct editions e = { 0 };

		TRY(editions_read(cx, db, all.v[i].statute, &e));
		printf("《%.*s》", STR_ARG(all.v[i].title));
		if (e.n && e.v[e.n - 1].number.n)
			printf(" %.*s", STR_ARG(e.v[e.n - 1].number));
		printf("\n");
		for (size_t k = 0; k < e.n; k++)
			printf("  %s 起%s%s，%lld 条%s\n",
			    day_iso(cx->arena, e.v[k].from).p,
			    e.v[k].to == STATUTE_DAY_OPEN ? "" : "，至 ",
			    e.v[k].to == STATUTE_DAY_OPEN
				? ""
				: day_iso(cx->arena, e.v[k].to - 1).p,
			    (long long)e.v[k].articles,
			    e.v[k].assumed ? "（施行日期为推定）" : "");
	}
	printf("共 %zu 件\n", all.n);
	return ERR_OK;
}

int
cli_statute_list(struct cx *cx, int argc, char **argv)
{
	struct statute_options o;
	struct db *db = NULL;
	enum err err = statute_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = db_open(cx, o.place.store, DB_READ, &db);
	if (err == ERR_OK)
		err = list_print(cx, db);
	db_close(db);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}

int
cli_statute_rebuild(struct cx *cx, int argc, char **argv)
{
	struct statute_options o;
	struct db *db = NULL;
	bool same = false;
	enum err err = statute_options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = db_open(cx, o.place.store, DB_WRITE, &db);
	if (err == ERR_OK)
		err = library_rebuild(cx, db, !o.check, &same);
	db_close(db);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	printf("法规库与其记录%s\n", same ? "相同" : "不同");
	return o.check && !same ? 1 : 0;
}
