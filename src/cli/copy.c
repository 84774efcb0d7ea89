/*
 * record copy --from URL --to URL [--log NAME]: a log at another place, of either engine,
 * with the proof that it is the same. Broken off and run again, it goes on where it was.
 */
#include "cli/copy.h"

#include <stdio.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "record/compare.h"
#include "record/copy.h"
#include "record/journal.h"

struct str
store_shown(struct str url)
{
	return str_starts(url, S("sqlite:")) ? str_sub(url, 7, url.n) : S("PostgreSQL");
}

/* Into the store that was copied; one that cannot be written was copied all the same. */
static void
copy_note(struct cx *cx, const struct copy_job *job, struct str log,
    const struct copy_report *r, int64_t offset_ms)
{
	struct cx own = *cx;
	struct value note = value_map();
	struct db *db = NULL;

	own.now_ms += offset_ms;
	value_set_text(cx->arena, &note, "to", job->to_shown);
	value_set_int(cx->arena, &note, "size", r->size);
	value_set_int(cx->arena, &note, "events", r->events);
	value_set_int(cx->arena, &note, "files", r->files);
	if (db_open(&own, job->noted_url, DB_WRITE, &db) != ERR_OK ||
	    journal_note(&own, db, log, S("copy"), &note) != ERR_OK)
		fprintf(stderr, "已复制，但没有在来源库中留下备份记录：%.*s\n",
		    STR_ARG(own.why));
	db_close(db);
}

static void
proof_print(struct cx *cx, const struct log_compared *c)
{
	printf("  两处相同：%lld 条，根摘要 %.*s\n", (long long)c->size,
	    STR_ARG(digest_hex(cx->arena, &c->root)));
	printf("  最后一条的摘要 %.*s\n", STR_ARG(c->head));
	if (c->checkpoint)
		printf("  最近的存证点为 %lld 条，两处相同\n", (long long)c->checkpoint);
	else
		printf("  还没有存证点\n");
	printf(
	    "  文件 %lld 个、%lld 字节，逐个核对相同；依法销毁 %lld 处，两处均已不存\n",
	    (long long)c->files, (long long)c->bytes, (long long)c->gone);
}

static enum err
copy_one(struct cx *cx, const struct copy_job *job, struct str log)
{
	struct log_compared same;
	struct record_head head;
	struct copy_report r;

	TRY(record_copy(cx, job->from, job->to, log, &r));
	TRY(record_head(cx, job->from, log, &head));
	TRY(record_compare(cx, job->from, job->to, log, &same));
	if (job->noted_url.n)
		copy_note(cx, job, log, &r, head.offset_ms);
	printf("日志 %.*s：新复制记录 %lld 条、文件 %lld 个，目的地共 %lld 条\n",
	    STR_ARG(log), (long long)r.events, (long long)r.files, (long long)r.size);
	proof_print(cx, &same);
	return ERR_OK;
}

enum err
copy_logs(struct cx *cx, const struct copy_job *job)
{
	struct log_names logs = { 0 };

	if (job->log.n)
		*list_add(cx->arena, &logs) = job->log;
	else
		TRY(record_logs(cx, job->from, &logs));
	if (!logs.n)
		return fail(cx, ERR_NOT_FOUND, "库中还没有日志");
	for (size_t i = 0; i < logs.n; i++)
		TRY(copy_one(cx, job, logs.v[i]));
	return ERR_OK;
}

static enum err
asked_read(struct cx *cx, int argc, char **argv, struct str *from, struct copy_job *job,
    struct str *to)
{
	for (int i = 0; i < argc; i++)
		if (!option_take(argc, argv, &i, "--from", from) &&
		    !option_take(argc, argv, &i, "--to", to) &&
		    !option_take(argc, argv, &i, "--log", &job->log))
			return fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
	if (!from->n || !to->n)
		return fail(
		    cx, ERR_INPUT, "用法：zhunsheng record copy --from 地址 --to 地址");
	job->noted_url = *from;
	job->to_shown = store_shown(*to);
	return ERR_OK;
}

int
cli_record_copy(struct cx *cx, int argc, char **argv)
{
	struct copy_job job = { 0 };
	struct str from = { 0 }, to = { 0 };
	enum err err = asked_read(cx, argc, argv, &from, &job, &to);

	if (err == ERR_OK)
		err = db_open(cx, from, DB_READ, &job.from);
	if (err == ERR_OK)
		err = db_open(cx, to, DB_WRITE, &job.to);
	if (err == ERR_OK)
		err = copy_logs(cx, &job);
	db_close(job.from);
	db_close(job.to);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
