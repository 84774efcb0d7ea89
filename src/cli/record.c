/*
 * record verify | checkpoint | prove | check-proof | key: what auditors and
 * administrators do with the record. Exit status of verify and check-proof: 0 in order, 1
 * damage found (each line names the number of the event and what is wrong), 2 it could
 * not be tried.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/encode.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/option.h"
#include "lang/canon.h"
#include "record/proof.h"
#include "record/verify.h"

enum { DAMAGED = 1, UNTRIED = 2, FILE_MAX = 64 << 20 };

struct asked {
	struct place place;
	struct str key, file, against, append, word;
	bool without_files;
};

/* Every option of the family; which of them a command reads is in its usage. */
static enum err
asked_read(struct cx *cx, int argc, char **argv, struct asked *a)
{
	*a = (struct asked){ .place.store = S("sqlite:var/zhunsheng.db") };
	for (int i = 0; i < argc; i++) {
		if (place_take(argc, argv, &i, &a->place) ||
		    option_take(argc, argv, &i, "--key", &a->key) ||
		    option_take(argc, argv, &i, "--key-file", &a->file) ||
		    option_take(argc, argv, &i, "--against", &a->against) ||
		    option_take(argc, argv, &i, "--append", &a->append))
			continue;
		if (strcmp(argv[i], "--without-files") == 0)
			a->without_files = true;
		else if (argv[i][0] == '-' || a->word.n)
			return fail(cx, ERR_INPUT, "不认识的参数：%s", argv[i]);
		else
			a->word = str_z(argv[i]);
	}
	if (!a->file.n)
		a->file = signer_path(cx->arena, a->place.store);
	return ERR_OK;
}

static int
failed(const struct cx *cx)
{
	fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
	return UNTRIED;
}

static void
report_print(struct cx *cx, struct str log, const struct verify_report *r)
{
	for (size_t i = 0; i < r->faults.n; i++) {
		const struct verify_fault *f = &r->faults.v[i];

		if (f->seq)
			printf("第 %lld 号：%.*s\n", (long long)f->seq, STR_ARG(f->text));
		else
			printf("%.*s\n", STR_ARG(f->text));
	}
	if (r->found)
		printf("日志 %.*s 核验不通过：%lld 条记录，发现 %lld 处问题",
		    STR_ARG(log), (long long)r->events, (long long)r->found);
	else
		printf("日志 %.*s 核验通过：%lld 条记录，依法销毁 %lld 处，文件 %lld 个，"
		       "存证点 %lld 个，根摘要（%s）%.*s",
		    STR_ARG(log), (long long)r->events, (long long)r->destroyed,
		    (long long)r->files, (long long)r->checkpoints,
		    r->sm3 ? "SM3" : "SHA-256", STR_ARG(digest_hex(cx->arena, &r->root)));
	printf("\n");
}

/* The key given, or that of the installation when its file is here: never made by
 * looking. */
static enum err
verify_key(struct cx *cx, const struct asked *a, const struct signer *signer,
    struct str origin, const struct verifier **key)
{
	struct verifier *v = arena_new(cx->arena, struct verifier);

	*key = NULL;
	if (!a->key.n && !signer)
		return ERR_OK;
	TRY(verifier_parse(
	    cx, a->key.n ? a->key : signer_vkey(cx->arena, signer, origin), v));
	*key = str_eq(v->name, origin) ? v : NULL;
	return ERR_OK;
}

static enum err
verify_log(struct cx *cx, const struct asked *a, struct db *db, struct str log,
    const struct signer *signer, struct checkpoints *all, bool *sound)
{
	struct checkpoints against = { 0 };
	struct verify_options options = { .against = &against,
		.without_files = a->without_files };
	struct verify_report report;
	bool sm3;

	for (size_t i = 0; i < all->n; i++) {
		if (!all->v[i].origin.n ||
		    !(str_eq(all->v[i].origin, log) ||
			str_eq(all->v[i].origin, log_origin(cx->arena, log, true))))
			continue;
		*list_add(cx->arena, &against) = all->v[i];
		all->v[i].origin = S(""); /* looked at */
	}
	TRY(record_is_sm3(cx, db, log, &sm3));
	TRY(verify_key(cx, a, signer, log_origin(cx->arena, log, sm3), &options.key));
	TRY(record_verify(cx, a->place.store, log, &options, &report));
	report_print(cx, log, &report);
	if (!options.key)
		printf("没有验证公钥，存证点的签名未核对\n");
	*sound = *sound && !report.found;
	return ERR_OK;
}

static enum err
verify_all(struct cx *cx, const struct asked *a, struct db *db, bool *sound)
{
	struct log_names logs = { 0 };
	struct checkpoints all = { 0 };
	struct signer signer;
	const bool has_signer = signer_read(cx, a->file, &signer) == ERR_OK;
	struct str text;

	if (a->against.n) {
		TRY(file_read(cx, a->against, FILE_MAX, &text));
		TRY(checkpoints_parse(cx, text, &all));
	}
	if (a->place.log.n)
		*list_add(cx->arena, &logs) = a->place.log;
	else
		TRY(record_logs(cx, db, &logs));
	if (!logs.n && !all.n)
		return fail(cx, ERR_NOT_FOUND, "库中还没有日志");
	for (size_t i = 0; i < logs.n; i++)
		TRY(verify_log(
		    cx, a, db, logs.v[i], has_signer ? &signer : NULL, &all, sound));
	for (size_t i = 0; i < all.n; i++) {
		if (!all.v[i].origin.n || a->place.log.n)
			continue;
		printf("存证点属于 %.*s，库中没有这个日志\n", STR_ARG(all.v[i].origin));
		*sound = false;
	}
	return ERR_OK;
}

int
cli_record_verify(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	struct db *db = NULL;
	bool sound = true;
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK && a.word.n)
		err = fail(cx, ERR_INPUT, "不认识的参数：%.*s", STR_ARG(a.word));
	if (err == ERR_OK)
		err = db_open(cx, a.place.store, DB_READ, &db);
	if (err == ERR_OK)
		err = verify_all(cx, &a, db, &sound);
	db_close(db);
	if (err != ERR_OK)
		return failed(cx);
	return sound ? 0 : DAMAGED;
}

static enum err
checkpoint(struct cx *cx, const struct asked *a, struct db *db)
{
	struct signer signer;
	struct checkpoint c;
	struct str log;

	TRY(place_log(cx, db, &a->place, &log));
	TRY(signer_load(cx, a->file, &signer));
	TRY(record_checkpoint(cx, db, log, &signer, &c));
	if (a->append.n)
		TRY(checkpoint_append(cx, a->append, &c));
	printf("%.*s", STR_ARG(c.note));
	fprintf(stderr, "验证公钥：%.*s\n",
	    STR_ARG(signer_vkey(cx->arena, &signer, c.origin)));
	return ERR_OK;
}

int
cli_record_checkpoint(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	struct db *db = NULL;
	enum err err = asked_read(cx, argc, argv, &a);

	/* Signing must not make an empty store: a reader looks first. */
	if (err == ERR_OK)
		err = db_open(cx, a.place.store, DB_READ, &db);
	db_close(db);
	db = NULL;
	if (err == ERR_OK)
		err = db_open(cx, a.place.store, DB_WRITE, &db);
	if (err == ERR_OK)
		err = checkpoint(cx, &a, db);
	db_close(db);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}

static enum err
prove(struct cx *cx, const struct asked *a, struct db *db)
{
	struct str log, proof;
	int64_t seq;

	if (!str_int(a->word, &seq) || seq < 1)
		return fail(
		    cx, ERR_INPUT, "用法：zhunsheng record prove 编号 [--store 地址]");
	TRY(place_log(cx, db, &a->place, &log));
	TRY(record_prove(cx, db, log, seq, &proof));
	printf("%.*s", STR_ARG(proof));
	return ERR_OK;
}

int
cli_record_prove(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	struct db *db = NULL;
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK)
		err = db_open(cx, a.place.store, DB_READ, &db);
	if (err == ERR_OK)
		err = prove(cx, &a, db);
	db_close(db);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}

static void
proven_print(struct cx *cx, const struct proven *p)
{
	struct value v;
	enum event_kind kind;

	printf("证明成立：日志 %.*s 前 %lld 条中的第 %lld 号记录\n",
	    STR_ARG(p->checkpoint.origin), (long long)p->checkpoint.size,
	    (long long)p->seq);
	if (canon_parse(cx, p->header, &v) != ERR_OK)
		return;
	if (event_kind_find(value_str(value_get(&v, S("kind"))), &kind))
		printf("种类：%.*s\n", STR_ARG(event_kind_title(kind)));
	printf("对象：%.*s\n", STR_ARG(value_str(value_get(&v, S("subject")))));
	printf("办理日期：%.*s\n",
	    STR_ARG(day_iso(cx->arena, value_num(value_get(&v, S("done"))))));
	printf("入册时间：%.*s\n",
	    STR_ARG(ms_iso(cx->arena, value_num(value_get(&v, S("recorded"))))));
	printf("内容摘要：%.*s\n", STR_ARG(value_str(value_path(&v, "body.open"))));
}

int
cli_record_check_proof(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	struct verifier v;
	struct proven p;
	struct str text = S("");
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK && (!a.word.n || !a.key.n))
		err = fail(cx, ERR_INPUT,
		    "用法：zhunsheng record check-proof 文件 --key 验证公钥");
	if (err == ERR_OK)
		err = file_read(cx, a.word, 1 << 20, &text);
	if (err == ERR_OK)
		err = verifier_parse(cx, a.key, &v);
	if (err != ERR_OK)
		return failed(cx);
	if (proof_check(cx, text, &v, &p) != ERR_OK) {
		printf("证明不成立：%.*s\n", STR_ARG(cx->why));
		return DAMAGED;
	}
	proven_print(cx, &p);
	return 0;
}

int
cli_record_key(struct cx *cx, int argc, char **argv)
{
	struct asked a;
	struct signer signer;
	struct db *db = NULL;
	struct str log = S("");
	bool sm3 = false;
	enum err err = asked_read(cx, argc, argv, &a);

	if (err == ERR_OK)
		err = db_open(cx, a.place.store, DB_READ, &db);
	if (err == ERR_OK)
		err = place_log(cx, db, &a.place, &log);
	if (err == ERR_OK)
		err = record_is_sm3(cx, db, log, &sm3);
	if (err == ERR_OK)
		err = signer_load(cx, a.file, &signer);
	db_close(db);
	if (err != ERR_OK)
		return failed(cx);
	printf("%.*s\n",
	    STR_ARG(signer_vkey(cx->arena, &signer, log_origin(cx->arena, log, sm3))));
	return 0;
}
