/*
 * record export [--store URL] [--log NAME] --to FILE and record import FILE --to URL: a
 * log as text for the archive, and back into a store. Lines go in by hundreds; what was
 * broken off goes on with the same command.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "record/export.h"
#include "store/db.h"

enum { GROUP = 256, LINE_MAX_BYTES = 64 << 20 };

static enum err
line_write(struct cx *cx, struct str line, void *self)
{
	if (fwrite(line.p, 1, line.n, self) != line.n || putc('\n', self) == EOF)
		return fail(cx, ERR_STORE, "写入失败（错误号 %d）", errno);
	return ERR_OK;
}

static enum err export(struct cx *cx, const struct place *place, struct str to) {
	struct db *db = NULL; struct str log; enum err err; FILE * out;

	TRY(db_open(cx, place->store, DB_READ, &db));
	err = place_log(cx, db, place, &log);
	out = err == ERR_OK ? fopen(str_cz(cx->arena, to), "wxe") : NULL;
	if (err == ERR_OK && !out) err = fail(cx, ERR_INPUT,
	    errno == EEXIST ? "“%.*s”已经存在" : "“%.*s”不能写入", STR_ARG(to));
	if (out){ err = record_export(cx, db, log, line_write, out);
		  if (fclose(out) != 0 && err == ERR_OK)
		      err = fail(cx, ERR_STORE, "写入失败（错误号 %d）", errno);
		  if (err != ERR_OK) remove(str_cz(cx->arena, to)); }
db_close(db);
return err;
}

int
cli_record_export(struct cx *cx, int argc, char **argv)
{
	struct place place = { .store = S("sqlite:var/zhunsheng.db") };
	struct str to = { 0 };
	enum err err = ERR_OK;

	for (int i = 0; i < argc && err == ERR_OK; i++)
		if (!place_take(argc, argv, &i, &place) &&
		    !option_take(argc, argv, &i, "--to", &to))
			err = fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
	if (err == ERR_OK && !to.n)
		err = fail(cx, ERR_INPUT, "用法：zhunsheng record export --to 文件");
	if (err == ERR_OK)
		err = export(cx, &place, to);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}

/* One group of lines, with memory of its own. */
static enum err
group_import(struct cx *cx, struct db *db, struct record_import *imp, FILE *in, size_t *n)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	struct cx own = { .arena = &scratch, .entropy = cx->entropy };
	struct str lines[GROUP];
	char *line = NULL;
	size_t room = 0;
	ssize_t got = 0;
	enum err err;

	for (*n = 0; *n < GROUP && (got = getline(&line, &room, in)) >= 0; ++*n) {
		if (got > LINE_MAX_BYTES)
			break;
		lines[*n] = str_copy(
		    &scratch, str_trim((struct str){ line, (size_t)got }));
	}
	free(line);
	if (got > LINE_MAX_BYTES)
		return fail(cx, ERR_INPUT, "第 %lld 行太长",
		    (long long)imp->line + (long long)*n + 1);
	err = *n ? record_import_lines(&own, db, imp, lines, *n) : ERR_OK;
	return err == ERR_OK ? ERR_OK
			     : fail(cx, err, "第 %lld 行：%.*s", (long long)imp->line,
				   STR_ARG(own.why));
}

static enum err
import(struct cx *cx, struct str from, struct str to)
{
	struct record_import imp = { .arena = cx->arena };
	FILE *in = fopen(str_cz(cx->arena, from), "re");
	struct db *db = NULL;
	size_t n = GROUP;
	enum err err;

	if (!in)
		return fail(cx, ERR_INPUT, "“%.*s”打不开", STR_ARG(from));
	err = db_open(cx, to, DB_WRITE, &db);
	while (err == ERR_OK && n == GROUP)
		err = group_import(cx, db, &imp, in, &n);
	if (err == ERR_OK && !imp.ended)
		err = fail(cx, ERR_INPUT, "文件不完整：缺最后一行");
	if (err == ERR_OK)
		printf("日志 %.*s：新读入记录 %lld 条，共 %lld 条，摘要逐条相符\n",
		    STR_ARG(imp.log), (long long)imp.added, (long long)imp.seq);
	db_close(db);
	fclose(in);
	return err;
}

int
cli_record_import(struct cx *cx, int argc, char **argv)
{
	struct str from = { 0 }, to = { 0 };
	enum err err = ERR_OK;

	for (int i = 0; i < argc && err == ERR_OK; i++) {
		if (option_take(argc, argv, &i, "--to", &to))
			continue;
		if (argv[i][0] == '-' || from.n)
			err = fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
		else
			from = str_z(argv[i]);
	}
	if (err == ERR_OK && (!from.n || !to.n))
		err = fail(cx, ERR_INPUT, "用法：zhunsheng record import 文件 --to 地址");
	if (err == ERR_OK)
		err = import(cx, from, to);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
