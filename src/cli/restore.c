/*
 * restore --from DIR --to URL [--against FILE] [--keys DIR] [--accept-loss REASON]: a
 * store from a backup. The backup is held against the newest checkpoint that was kept
 * outside: when that says more, it is told what is missing and nothing is done, unless
 * the administrator accepts the loss with a reason, which the log of access then tells
 * for ever. Then copy, verify, rebuild.
 */
#include "cli/backup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "act/door.h"
#include "act/install.h"
#include "act/rebuild.h"
#include "base/date.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/copy.h"
#include "cli/option.h"
#include "record/proof.h"
#include "record/verify.h"
#include "store/db.h"
#include "web/session.h"

enum { KEY_FILE_MAX = 4096 };

struct asked {
	struct str from, to, against, keys, accept;
};

/* What a log of the backup lacks of what the checkpoint outside says. */
struct loss {
	struct str log;
	int64_t first, last; /* numbers */
	int64_t until;       /* when the backup's newest event was recorded, ms */
};
struct losses {
	struct loss *v;
	size_t n, cap;
};

static enum err
asked_read(struct cx *cx, int argc, char **argv, struct asked *a)
{
	*a = (struct asked){ 0 };
	for (int i = 0; i < argc; i++)
		if (!option_take(argc, argv, &i, "--from", &a->from) &&
		    !option_take(argc, argv, &i, "--to", &a->to) &&
		    !option_take(argc, argv, &i, "--against", &a->against) &&
		    !option_take(argc, argv, &i, "--keys", &a->keys) &&
		    !option_take(argc, argv, &i, "--accept-loss", &a->accept))
			return fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
	if (!a->from.n || !a->to.n)
		return fail(
		    cx, ERR_INPUT, "用法：zhunsheng restore --from 目录 --to 地址");
	if (!a->against.n)
		a->against = checkpoints_path(cx->arena, a->to);
	return ERR_OK;
}

/* ---- against the checkpoint outside ---- */

/* ERR_REFUSED: the backup says another thing than the checkpoint, not only less. */
static enum err
log_hold(struct cx *cx, const struct asked *a, struct db *from, struct str log,
    struct losses *out)
{
	struct checkpoint newest;
	struct record_head head;

	TRY(record_head(cx, from, log, &head));
	TRY(checkpoint_newest(
	    cx, a->against, log_origin(cx->arena, log, head.sm3), &newest));
	if (newest.size > head.seq)
		*list_add(cx->arena, out) = (struct loss){ log, head.seq + 1, newest.size,
			head.recorded };
	else if (newest.size)
		return checkpoint_guard(cx, from, log, a->against);
	return ERR_OK;
}

static void
loss_print(struct cx *cx, const struct loss *l)
{
	fprintf(stderr,
	    "日志 %.*s 的备份早于库外的存证点：备份到第 %lld 条为止（%.*s 入册），"
	    "缺少第 %lld 条至第 %lld 条，共 %lld 条\n",
	    STR_ARG(l->log), (long long)l->first - 1,
	    STR_ARG(ms_iso(cx->arena, l->until)), (long long)l->first, (long long)l->last,
	    (long long)(l->last - l->first + 1));
}

static enum err
backup_hold(struct cx *cx, const struct asked *a, struct db *from, struct losses *out)
{
	struct log_names logs = { 0 };

	TRY(record_logs(cx, from, &logs));
	if (!logs.n)
		return fail(cx, ERR_NOT_FOUND, "备份中没有日志");
	for (size_t i = 0; i < logs.n; i++)
		TRY(log_hold(cx, a, from, logs.v[i], out));
	for (size_t i = 0; i < out->n; i++)
		loss_print(cx, &out->v[i]);
	if (!out->n || a->accept.n)
		return ERR_OK;
	return fail(cx, ERR_REFUSED,
	    "没有恢复任何内容。请改用较新的备份；确实没有的，用 --accept-loss 理由 "
	    "恢复，缺少的记录须凭纸质材料重新登记，其间依法销毁的个人信息须重新销毁");
}

/* ---- the parts ---- */

static enum err
log_verify(struct cx *cx, const struct asked *a, struct str log)
{
	const struct verify_options options = { 0 };
	struct verify_report r;

	TRY(record_verify(cx, a->to, log, &options, &r));
	if (r.found)
		return fail(cx, ERR_REFUSED,
		    "日志 %.*s 恢复后核验不通过，发现 %lld 处问题", STR_ARG(log),
		    (long long)r.found);
	printf("日志 %.*s 核验通过：%lld 条，依法销毁 %lld 处，文件 %lld 个\n",
	    STR_ARG(log), (long long)r.events, (long long)r.destroyed,
	    (long long)r.files);
	return ERR_OK;
}

static enum err
logs_restore(
    struct cx *cx, const struct asked *a, struct db *from, struct log_names *logs)
{
	struct copy_job job = { .from = from };
	enum err err;

	TRY(db_open(cx, a->to, DB_WRITE, &job.to));
	err = copy_logs(cx, &job);
	db_close(job.to);
	TRY(err);
	TRY(record_logs(cx, from, logs));
	for (size_t i = 0; i < logs->n; i++)
		TRY(log_verify(cx, a, logs->v[i]));
	return ERR_OK;
}

/* A checkpoint that says more would keep every server from starting: it goes aside, with
 * its name telling why, and stays the proof of what is missing. */
static enum err
checkpoints_aside(struct cx *cx, const struct asked *a)
{
	const struct str own = checkpoints_path(cx->arena, a->to);
	const char *to = str_cz(
	    cx->arena, str_fmt(cx->arena, "%.*s.before-restore-%lld", STR_ARG(own),
			   (long long)(cx->now_ms / 1000)));

	if (rename(str_cz(cx->arena, own), to) == 0) {
		printf("原存证点文件改名保存为 %s\n", to);
		return file_name_sync(cx, own);
	}
	return errno == ENOENT ? ERR_OK
			       : fail(cx, ERR_STORE, "无法改名保存 %.*s：%s",
				     STR_ARG(own), strerror(errno));
}

static bool
is_of(struct cx *cx, struct str lost, struct str log)
{
	return str_eq(lost, log) ||
	       str_eq(lost, str_fmt(cx->arena, "%.*s/access", STR_ARG(log)));
}

static enum err
loss_note(struct cx *cx, struct door *door, const struct asked *a, const struct loss *l)
{
	struct value more = value_map();

	value_set_text(cx->arena, &more, "log", l->log);
	value_set_int(cx->arena, &more, "first", l->first);
	value_set_int(cx->arena, &more, "last", l->last);
	value_set_text(cx->arena, &more, "reason", a->accept);
	return door_access(cx, door, S("system"), S("restore"), S(""), &more);
}

/* The projections of one log anew, and what was lost into its log of access. */
static enum err
log_open(
    struct cx *cx, const struct asked *a, struct str log, const struct losses *losses)
{
	struct door_config config = { .url = a->to, .log = log, .entropy = cx->entropy };
	struct cx own = *cx;
	struct record_head head;
	struct door *door;
	DB_TX tx = { 0 };
	enum err err;

	TRY(db_open(cx, a->to, DB_WRITE, &config.db));
	err = record_head(cx, config.db, log, &head);
	if (err != ERR_OK)
		db_close(config.db);
	TRY(err);
	own.now_ms += head.offset_ms;
	TRY(door_open(&own, &config, &door));
	err = db_begin_alone(&own, door_store(door), &tx);
	if (err == ERR_OK)
		err = rebuild_log(&own, door_store(door), door_tables(door), log);
	if (err == ERR_OK)
		err = db_commit(&own, &tx);
	for (size_t i = 0; err == ERR_OK && i < losses->n; i++)
		if (is_of(cx, losses->v[i].log, log))
			err = loss_note(&own, door, a, &losses->v[i]);
	db_rollback(&tx);
	door_close(door);
	cx->why = own.why;
	TRY(err);
	printf("日志 %.*s 已重建\n", STR_ARG(log));
	return ERR_OK;
}

static bool
same_file(struct cx *cx, struct str a, struct str b)
{
	struct str one, two;

	return file_read(cx, a, KEY_FILE_MAX, &one) == ERR_OK &&
	       file_read(cx, b, KEY_FILE_MAX, &two) == ERR_OK && str_eq(one, two);
}

/* A key that is there stays: what was made with it would be lost. *same: afterwards it is
 * the one of the backup. */
static enum err
key_restore(struct cx *cx, struct str from, struct str to, const char *what, bool *same)
{
	enum err err;

	if (access(str_cz(cx->arena, to), F_OK) == 0) {
		*same = same_file(cx, from, to);
		printf("已有%s %.*s，没有改动\n", what, STR_ARG(to));
		return ERR_OK;
	}
	err = file_keep(cx, from, to);
	*same = err == ERR_OK;
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
secrets_restore(struct cx *cx, const struct asked *a)
{
	const struct str key = signer_path(cx->arena, a->to);
	struct db *from = NULL, *to = NULL;
	struct secrets_copied copied;
	bool same, opens;
	enum err err;

	if (str_starts(key, S("var/")))
		TRY(folder_make(cx, S("var")));
	TRY(key_restore(cx, backup_key(cx->arena, a->keys), key, "签名密钥", &same));
	TRY(key_restore(cx, backup_seal(cx->arena, a->keys), seal_path(cx->arena, a->to),
	    "动态口令的密钥", &opens));
	err = db_open(cx, backup_accounts(cx->arena, a->keys), DB_READ, &from);
	if (err == ERR_OK)
		err = db_open(cx, a->to, DB_WRITE, &to);
	if (err == ERR_OK)
		err = secrets_copy(cx, from, to, opens, &copied);
	db_close(from);
	db_close(to);
	TRY(err);
	printf("恢复了 %lld 个账号，其中 %lld 个有动态口令\n", (long long)copied.accounts,
	    (long long)copied.factors);
	return ERR_OK;
}

static enum err
restore(struct cx *cx, const struct asked *a, struct db *from)
{
	struct losses losses = { 0 };
	struct log_names logs = { 0 };

	TRY(backup_hold(cx, a, from, &losses));
	TRY(logs_restore(cx, a, from, &logs));
	if (losses.n)
		TRY(checkpoints_aside(cx, a));
	if (a->keys.n)
		TRY(secrets_restore(cx, a));
	else
		printf("没有恢复签名密钥和账号：启动时将生成新的密钥，账号须用 --keys "
		       "恢复或者重新建立\n");
	for (size_t i = 0; i < logs.n; i++)
		if (!log_is_companion(logs.v[i]))
			TRY(log_open(cx, a, logs.v[i], &losses));
	return ERR_OK;
}

int
cli_restore(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	struct db *from = NULL;
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK)
		err = db_open(cx, backup_store(cx->arena, a.from), DB_READ, &from);
	if (err == ERR_OK)
		err = restore(cx, &a, from);
	db_close(from);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
