/* statute show NAME [ARTICLE] [--on DAY]; statute diff NAME DAY DAY [--all]. */
#include <stdio.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/statute.h"
#include "lang/citation.h"
#include "lang/diff.h"
#include "store/db.h"

static void
edition_print(struct cx *cx, const struct edition *e)
{
	printf("%.*s\n", STR_ARG(e->title));
	if (e->number.n)
		printf("%.*s\n", STR_ARG(e->number));
	printf("%.*s起施行", STR_ARG(day_chinese(cx->arena, e->from)));
	if (e->to != STATUTE_DAY_OPEN)
		printf("，%.*s起不再适用", STR_ARG(day_chinese(cx->arena, e->to)));
	printf("%s\n", e->assumed ? "（施行日期为推定）" : "");
}

static void
article_print(const struct article *a)
{
	struct str rest = a->text, line;

	printf("\n%.*s", STR_ARG(a->label));
	while (str_split(&rest, S("\n"), &line))
		printf("　%.*s\n", STR_ARG(line));
}

static enum err
show(struct cx *cx, struct db *db, const struct statute_options *o)
{
	const struct str name = citation_name(o->files[0]);
	const int64_t day = o->on == DAY_NONE ? cx_today(cx) : o->on;
	struct articles all = { 0 };
	struct article one;
	struct edition e;

	TRY(edition_on(cx, db, name, day, &e));
	if (o->n_files > 1) {
		const struct str key = citation_key(cx->arena, o->files[1]);

		TRY(article_read(cx, db, name, e.from, key, &one));
		edition_print(cx, &e);
		article_print(&one);
		return ERR_OK;
	}
	edition_print(cx, &e);
	TRY(articles_read(cx, db, name, e.from, true, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].part.n && (!i || !str_eq(all.v[i].part, all.v[i - 1].part)))
			printf("\n%.*s\n", STR_ARG(all.v[i].part));
		article_print(&all.v[i]);
	}
	return ERR_OK;
}

int
cli_statute_show(struct cx *cx, int argc, char **argv)
{
	struct statute_options o;
	struct db *db = NULL;
	enum err err = statute_options_read(cx, argc, argv, &o);

	if (err == ERR_OK && (!o.n_files || o.n_files > 2))
		err = fail(cx, ERR_INPUT,
		    "用法：zhunsheng statute show 《名称》 [第X条] [--on 日期] --store "
		    "地址");
	if (err == ERR_OK)
		err = db_open(cx, o.place.store, DB_READ, &db);
	if (err == ERR_OK)
		err = show(cx, db, &o);
	db_close(db);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}

/* ---- diff ---- */

static void
changed_print(struct cx *cx, struct str before, struct str after)
{
	struct diff d = { 0 };

	diff_texts(cx->arena, before, after, &d);
	printf("  ");
	for (size_t i = 0; i < d.n; i++) {
		const struct str s = str_replace(
		    cx->arena, d.v[i].text, S("\n"), S("\n  "));

		switch (d.v[i].kind) {
		case DIFF_SAME:
			printf("%.*s", STR_ARG(s));
			break;
		case DIFF_GONE:
			printf("[-%.*s-]", STR_ARG(s));
			break;
		case DIFF_NEW:
			printf("{+%.*s+}", STR_ARG(s));
			break;
		}
	}
	printf("\n");
}

static void
whole_print(struct cx *cx, struct str text)
{
	printf("  %.*s\n", STR_ARG(str_replace(cx->arena, text, S("\n"), S("\n  "))));
}

/* What is the same is told only by `all`. */
static void
pair_print(struct cx *cx, const struct article_pair *p, bool all)
{
	switch (p->change) {
	case ARTICLE_SAME:
		if (all)
			printf("%.*s 未改动\n", STR_ARG(p->after->label));
		break;
	case ARTICLE_CHANGED:
		printf("%.*s 有改动\n", STR_ARG(p->after->label));
		changed_print(cx, p->before->text, p->after->text);
		break;
	case ARTICLE_MOVED:
		printf("%.*s 改为 %.*s，文字未改动\n", STR_ARG(p->before->label),
		    STR_ARG(p->after->label));
		break;
	case ARTICLE_MOVED_CHANGED:
		printf("%.*s 改为 %.*s，并有改动\n", STR_ARG(p->before->label),
		    STR_ARG(p->after->label));
		changed_print(cx, p->before->text, p->after->text);
		break;
	case ARTICLE_ADDED:
		printf("%.*s 新增\n", STR_ARG(p->after->label));
		whole_print(cx, p->after->text);
		break;
	case ARTICLE_GONE:
		printf("%.*s 删去\n", STR_ARG(p->before->label));
		whole_print(cx, p->before->text);
		break;
	}
}

static enum err
diff(struct cx *cx, struct db *db, const struct statute_options *o)
{
	const struct str name = citation_name(o->files[0]);
	struct articles before = { 0 }, after = { 0 };
	struct article_pairs pairs = { 0 };
	struct edition old, now;
	int64_t first, second;

	if (!day_parse(o->files[1], &first) || !day_parse(o->files[2], &second))
		return fail(cx, ERR_INPUT, "日期应写作 2026-07-01");
	TRY(edition_on(cx, db, name, first, &old));
	TRY(edition_on(cx, db, name, second, &now));
	TRY(articles_read(cx, db, name, old.from, true, &before));
	TRY(articles_read(cx, db, name, now.from, true, &after));
	articles_compare(cx, &before, &after, &pairs);
	for (size_t i = 0; i < pairs.n; i++)
		pair_print(cx, &pairs.v[i], o->all);
	printf(
	    "未改动 %zu 条，有改动 %zu 条，仅条号变动 %zu 条，条号和文字都变动 %zu 条，"
	    "新增 %zu 条，删去 %zu 条\n",
	    pairs.count[ARTICLE_SAME], pairs.count[ARTICLE_CHANGED],
	    pairs.count[ARTICLE_MOVED], pairs.count[ARTICLE_MOVED_CHANGED],
	    pairs.count[ARTICLE_ADDED], pairs.count[ARTICLE_GONE]);
	return ERR_OK;
}

int
cli_statute_diff(struct cx *cx, int argc, char **argv)
{
	struct statute_options o;
	struct db *db = NULL;
	enum err err = statute_options_read(cx, argc, argv, &o);

	if (err == ERR_OK && o.n_files != 3)
		err = fail(cx, ERR_INPUT,
		    "用法：zhunsheng statute diff 名称 日期 日期 [--all] --store 地址");
	if (err == ERR_OK)
		err = db_open(cx, o.place.store, DB_READ, &db);
	if (err == ERR_OK)
		err = diff(cx, db, &o);
	db_close(db);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
