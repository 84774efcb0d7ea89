/*
 * backup --store URL --to DIR [--log NAME] [--keys DIR]: the record and its files into a
 * folder, from either engine; run again it adds what is new. Secrets (the signing key,
 * the accounts with their second factors) go to another folder or nowhere: who holds a
 * backup of the record must not thereby be able to sign for the county.
 */
#include "cli/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/copy.h"
#include "cli/option.h"
#include "record/note.h"
#include "store/db.h"
#include "web/session.h"

enum { KEEP_MAX = 64 << 20 };

struct str
backup_store(struct arena *a, struct str dir)
{
	return str_fmt(a, "sqlite:%.*s/record.db", STR_ARG(dir));
}

struct str
backup_checkpoints(struct arena *a, struct str dir)
{
	return str_fmt(a, "%.*s/checkpoints", STR_ARG(dir));
}

struct str
backup_key(struct arena *a, struct str dir)
{
	return str_fmt(a, "%.*s/signing.key", STR_ARG(dir));
}

struct str
backup_seal(struct arena *a, struct str dir)
{
	return str_fmt(a, "%.*s/factors.key", STR_ARG(dir));
}

struct str
backup_accounts(struct arena *a, struct str dir)
{
	return str_fmt(a, "sqlite:%.*s/accounts.db", STR_ARG(dir));
}

enum err
folder_make(struct cx *cx, struct str dir)
{
	const char *z = str_cz(cx->arena, dir);

	if (mkdir(z, 0700) != 0 && errno != EEXIST)
		return fail(cx, ERR_INPUT, "无法建立目录 %s：%s", z, strerror(errno));
	return folder_is(cx, dir) ? ERR_OK : fail(cx, ERR_INPUT, "%s 不是目录", z);
}

enum err
file_keep(struct cx *cx, struct str from, struct str to)
{
	const char *z = str_cz(cx->arena, to);
	char *draft = str_cz(cx->arena, str_fmt(cx->arena, "%s.new", z));
	struct str text;
	bool written;

	TRY(file_read(cx, from, KEEP_MAX, &text));
	const int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(cx, ERR_STORE, "无法写入 %s：%s", draft, strerror(errno));
	written = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
	close(fd);
	if (!written || rename(draft, z) != 0) {
		unlink(draft);
		return fail(cx, ERR_STORE, "无法写入 %s：%s", z, strerror(errno));
	}
	return file_name_sync(cx, to);
}

/* ---- the command ---- */

struct asked {
	struct place place;
	struct str to, keys;
};

static enum err
asked_read(struct cx *cx, int argc, char **argv, struct asked *a)
{
	*a = (struct asked){ 0 };
	for (int i = 0; i < argc; i++)
		if (!place_take(argc, argv, &i, &a->place) &&
		    !option_take(argc, argv, &i, "--to", &a->to) &&
		    !option_take(argc, argv, &i, "--keys", &a->keys))
			return fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
	if (!a->place.store.n || !a->to.n)
		return fail(
		    cx, ERR_INPUT, "用法：zhunsheng backup --store 地址 --to 目录");
	return ERR_OK;
}

/* Two names for one folder are one folder: secrets beside the record are refused before
 * anything is written. */
static enum err
must_be_apart(struct cx *cx, struct str a, struct str b)
{
	struct stat one, two;

	if (stat(str_cz(cx->arena, a), &one) != 0 ||
	    stat(str_cz(cx->arena, b), &two) != 0)
		return fail(cx, ERR_INPUT, "无法读取备份目录");
	return one.st_dev == two.st_dev && one.st_ino == two.st_ino
		   ? fail(cx, ERR_INPUT,
			 "密钥和账号须与记录分开存放，请用 --keys 指明另一个目录")
		   : ERR_OK;
}

static enum err
folders_make(struct cx *cx, const struct asked *a)
{
	TRY(folder_make(cx, a->to));
	if (!a->keys.n)
		return ERR_OK;
	TRY(folder_make(cx, a->keys));
	return must_be_apart(cx, a->keys, a->to);
}

static enum err
record_keep(struct cx *cx, const struct asked *a)
{
	struct copy_job job = {
		.log = a->place.log, .noted_url = a->place.store, .to_shown = a->to
	};
	const struct str outside = a->place.checkpoints.n
				       ? a->place.checkpoints
				       : checkpoints_path(cx->arena, a->place.store);
	enum err err;

	TRY(db_open(cx, a->place.store, DB_READ, &job.from));
	err = db_open(cx, backup_store(cx->arena, a->to), DB_WRITE, &job.to);
	if (err == ERR_OK)
		err = copy_logs(cx, &job);
	db_close(job.from);
	db_close(job.to);
	TRY(err);
	err = file_keep(cx, outside, backup_checkpoints(cx->arena, a->to));
	if (err == ERR_NOT_FOUND)
		printf("没有存证点文件可备份\n");
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
secrets_keep(struct cx *cx, const struct asked *a)
{
	struct db *from = NULL, *to = NULL;
	struct secrets_copied copied;
	enum err err;

	err = file_keep(
	    cx, signer_path(cx->arena, a->place.store), backup_key(cx->arena, a->keys));
	if (err == ERR_NOT_FOUND)
		printf("还没有签名密钥\n");
	else
		TRY(err);
	err = file_keep(
	    cx, seal_path(cx->arena, a->place.store), backup_seal(cx->arena, a->keys));
	if (err != ERR_NOT_FOUND) /* nobody has a second factor yet */
		TRY(err);
	err = db_open(cx, a->place.store, DB_READ, &from);
	if (err == ERR_OK)
		err = db_open(cx, backup_accounts(cx->arena, a->keys), DB_WRITE, &to);
	if (err == ERR_OK)
		err = secrets_copy(cx, from, to, true, &copied);
	db_close(from);
	db_close(to);
	TRY(err);
	chmod(
	    str_cz(cx->arena, str_sub(backup_accounts(cx->arena, a->keys), 7, SIZE_MAX)),
	    0600);
	printf("签名密钥和 %lld 个账号（%lld 个有动态口令）已备份到 "
	       "%.*s，请与记录的备份分开保管\n",
	    (long long)copied.accounts, (long long)copied.factors, STR_ARG(a->keys));
	return ERR_OK;
}

int
cli_backup(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK)
		err = folders_make(cx, &a);
	if (err == ERR_OK)
		err = record_keep(cx, &a);
	if (err == ERR_OK && a.keys.n)
		err = secrets_keep(cx, &a);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	if (!a.keys.n)
		printf("签名密钥和账号不在此备份中，请用 --keys 备份到另一个目录\n");
	printf("登录会话、访问令牌和未完成的导入不备份，恢复后重新建立\n");
	return 0;
}
