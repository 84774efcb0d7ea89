/*
 * search import FILE: articles of statutes into the collection that is searched beside
 * the log; what was imported before is replaced. search rebuild: the whole index anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/door.h"
#include "base/date.h"
#include "cli/articles.h"
#include "cli/cli.h"
#include "cli/follow.h"
#include "cli/option.h"
#include "lang/cut.h"
#include "lang/nfc.h"
#include "read/search.h"
#include "read/search_index.h"
#include "register/table.h"

enum { GROUP = 2000 };

struct asked {
	struct place place;
	struct str file;
};

static enum err
asked_read(struct cx *cx, int argc, char **argv, struct asked *a)
{
	*a = (struct asked){ .place.store = S("sqlite:var/zhunsheng.db") };
	for (int i = 0; i < argc; i++) {
		if (place_take(argc, argv, &i, &a->place))
			continue;
		if ((argv[i][0] == '-' && argv[i][1]) || a->file.n)
			return fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
		a->file = str_z(argv[i]);
	}
	return ERR_OK;
}

static struct search_source
source_of(struct cx *cx, const struct article_line *a)
{
	const struct cut art = cut_text(cx->arena, a->art);
	struct search_source s = { .kind = S("statute"),
		.title = a->title,
		.place = str_trim(
		    str_fmt(cx->arena, "%.*s %.*s", STR_ARG(a->path), STR_ARG(a->art))),
		.body = a->text,
		.day = ABSENT_INT,
		.to_day = DAY_OPEN };
	size_t taken;

	day_parse(a->date, &s.day);
	s.article = cut_article(&art, 0, &taken);
	return s;
}

/* Up to GROUP lines in one transaction; *n gets how many. */
static enum err
group_import(struct cx *cx, struct db *db, FILE *in, int64_t *id, size_t *n)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t got;
	enum err err;
	DB_TX tx = { 0 };

	*n = 0;
	TRY(db_begin(cx, db, &tx));
	while (*n < GROUP && (got = getline(&line, &room, in)) >= 0) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = *cx;
		struct article_line a;
		struct search_source s;

		own.arena = &scratch;
		err = article_line_parse(
		    &own, str_trim((struct str){ line, (size_t)got }), &a);
		if (err == ERR_OK)
			err = nfc(&own, a.text, &a.text);
		if (err == ERR_OK) {
			s = source_of(&own, &a);
			err = search_add(&own, db, S(""), a.id, *id, &s, 1);
		}
		if (err != ERR_OK) {
			free(line);
			return fail(cx, err, "第%zu行：%.*s", *n + 1, STR_ARG(own.why));
		}
		*id += SEARCH_SUBJECT_IDS;
		++*n;
	}
	free(line);
	return db_commit(cx, &tx);
}

static enum err
import(struct cx *cx, struct db *db, FILE *in, size_t *total)
{
	int64_t id;
	size_t n = GROUP;
	bool more = true;

	while (more)
		TRY(search_recut(cx, db, &more));
	for (more = true; more;) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = *cx;

		own.arena = &scratch;
		TRY(search_clear(&own, db, SEARCH_COLLECTION_NUMBER, &more));
	}
	TRY(search_next_id(cx, db, &id));
	while (n == GROUP) {
		TRY(group_import(cx, db, in, &id, &n));
		*total += n;
	}
	return db_run0(cx, db, Q_SEARCH_MATCH_TIDY);
}

int
cli_search_import(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	struct db *db = NULL;
	size_t total = 0;
	FILE *in = stdin, *file = NULL;
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK && !a.file.n)
		err = fail(cx, ERR_INPUT, "缺少条文文件（- 为标准输入）");
	if (err != ERR_OK)
		return cli_failed(cx, err);
	if (!str_eq(a.file, S("-")))
		in = file = fopen(str_cz(cx->arena, a.file), "r");
	if (!in)
		return cli_failed(
		    cx, fail(cx, ERR_INPUT, "打不开 %.*s", STR_ARG(a.file)));
	err = db_open(cx, a.place.store, DB_WRITE, &db);
	if (err == ERR_OK)
		err = import(cx, db, in, &total);
	db_close(db);
	if (file)
		fclose(file);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	printf("导入条文 %zu 条\n", total);
	return 0;
}

static enum err
rebuild(struct cx *cx, struct door *door)
{
	bool more = true;

	TRY(search_forget(cx, door_store(door)));
	while (more) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct cx own = *cx;

		own.arena = &scratch;
		const enum err err = follow_step(&own, door, door_store(door), &more);
		if (err != ERR_OK)
			return fail(cx, err, "%.*s", STR_ARG(own.why));
	}
	return db_run0(cx, door_store(door), Q_SEARCH_MATCH_TIDY);
}

int
cli_search_rebuild(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	struct door *door = NULL;
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK)
		err = place_door(cx, &a.place, &door);
	if (err == ERR_OK)
		err = rebuild(cx, door);
	door_close(door);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	printf("检索目录已重建\n");
	return 0;
}
