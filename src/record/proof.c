/* Checkpoints and proofs: from the tree in the store to text, and from text to a verdict.
 */
#include "record/proof.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encode.h"
#include "base/file.h"
#include "lang/canon.h"
#include "record/event.h"

#define HEAD_SHA256 S("c2sp.org/tlog-proof@v1")
#define HEAD_SM3 S("zhunsheng/tlog-proof-sm3@v1")

struct stored_tree {
	struct tree_source source;
	struct db *db;
	struct str log;
};

/* A node between the kept heights is made of the kept ones below it: at most 128 of them.
 */
static enum err
stored_node(
    struct cx *cx, struct tree_source *self, int height, int64_t at, struct digest *out)
{
	const struct stored_tree *t = (const struct stored_tree *)self;
	const int level = height / TILE_HEIGHT, above = height % TILE_HEIGHT;
	const int64_t first = at << above, n = (int64_t)1 << above;
	struct tree sub = { 0 };
	DB_ROWS rows = { 0 };

	if (level == 0)
		TRY(db_ask(cx, t->db, &rows, Q_EVENT_DIGESTS, D_TEXT(t->log),
		    D_INT(first + 1), D_INT(first + n)));
	else
		TRY(db_ask(cx, t->db, &rows, Q_TREE_RANGE, D_TEXT(t->log), D_INT(level),
		    D_INT(first), D_INT(first + n)));
	while (db_next(&rows)) {
		struct digest d;

		if (!digest_from(db_view(&rows, level ? 1 : 0), &d))
			return fail(cx, ERR_STORE, "摘要树损坏，请核验记录");
		tree_add(cx->arena, &sub, self->hasher, &d, NULL);
	}
	TRY(db_end(cx, &rows));
	if (sub.n != n)
		return fail(cx, ERR_STORE, "摘要树缺少节点，请核验记录");
	*out = tree_root(&sub, self->hasher);
	return ERR_OK;
}

static enum digest_algorithm
algorithm_of(bool sm3)
{
	return sm3 ? DIGEST_SM3 : DIGEST_SHA256;
}

/* Perfect subtrees from the left make up the edge, and the edge the root. */
static enum err
root_at(struct cx *cx, struct stored_tree *t, int64_t size, struct digest *out)
{
	struct tree edge = { 0 };

	for (int height = TREE_HEIGHT_MAX; height >= 0; height--) {
		struct digest d;

		if (!(size >> height & 1))
			continue;
		TRY(stored_node(cx, &t->source, height, edge.n >> height, &d));
		tree_add_subtree(cx->arena, &edge, t->source.hasher, height, &d, NULL);
	}
	*out = tree_root(&edge, t->source.hasher);
	return ERR_OK;
}

enum err
record_root(
    struct cx *cx, struct db *db, struct str log, int64_t size, struct digest *out)
{
	HASHER h = { 0 };
	struct stored_tree t = { { stored_node, &h }, db, log };
	struct record_head head;

	TRY(record_head(cx, db, log, &head));
	if (size < 0 || size > head.seq)
		return fail(cx, ERR_INPUT, "日志没有第 %lld 号记录", (long long)size);
	hasher_open(&h, algorithm_of(head.sm3));
	return root_at(cx, &t, size, out);
}

enum err
record_last_checkpoint(
    struct cx *cx, struct db *db, struct str log, struct checkpoint *out)
{
	struct str note = S("");
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_CHECKPOINT_LAST, D_TEXT(log)));
	if (db_next(&rows))
		note = db_text(cx, &rows, 2);
	TRY(db_end(cx, &rows));
	if (!note.n)
		return fail(cx, ERR_NOT_FOUND, "日志 %.*s 还没有存证点", STR_ARG(log));
	return checkpoint_parse(cx, note, out);
}

/* What was signed before must be the beginning of what is signed now. */
static enum err
consistent(struct cx *cx, struct db *db, const struct record_head *head,
    const struct checkpoint *last)
{
	struct digest root;

	if (last->size > head->seq)
		return fail(cx, ERR_STORE,
		    "存证点已覆盖 %lld 条，日志只有 %lld 条：记录被截断，不予签名",
		    (long long)last->size, (long long)head->seq);
	TRY(record_root(cx, db, head->log, last->size, &root));
	if (!digest_eq(&root, &last->root))
		return fail(cx, ERR_STORE,
		    "日志与上一个存证点（%lld 条）不一致，不予签名",
		    (long long)last->size);
	return ERR_OK;
}

enum err
record_checkpoint(struct cx *cx, struct db *db, struct str log,
    const struct signer *signer, struct checkpoint *out)
{
	HASHER h = { 0 };
	DB_TX tx = { 0 };
	struct record_head head;
	struct checkpoint last;
	struct digest root;
	struct str note;
	enum err err;

	TRY(db_begin(cx, db, &tx));
	TRY(record_head(cx, db, log, &head));
	if (head.seq == 0)
		return fail(cx, ERR_NOT_FOUND, "日志 %.*s 还没有记录", STR_ARG(log));
	err = record_last_checkpoint(cx, db, log, &last);
	if (err != ERR_OK && err != ERR_NOT_FOUND)
		return err;
	if (err == ERR_OK) {
		TRY(consistent(cx, db, &head, &last));
		if (last.size == head.seq) {
			*out = last;
			return ERR_OK;
		}
	}
	hasher_open(&h, algorithm_of(head.sm3));
	root = tree_root(record_tree(&head), &h);
	note = checkpoint_sign(
	    cx->arena, signer, log_origin(cx->arena, log, head.sm3), head.seq, &root);
	TRY(db_run(cx, db, Q_CHECKPOINT_ADD, D_TEXT(log), D_INT(head.seq),
	    D_INT(cx->now_ms), D_TEXT(note)));
	TRY(db_commit(cx, &tx));
	return checkpoint_parse(cx, note, out);
}

static enum err
file_ends_with(struct cx *cx, int fd, struct str tail, bool *out)
{
	struct stat st;
	char *p = arena_alloc(cx->arena, tail.n + 1);

	*out = false;
	if (fstat(fd, &st) != 0)
		return fail(cx, ERR_STORE, "读不了存证点文件：%s", strerror(errno));
	if (st.st_size < (off_t)tail.n)
		return ERR_OK;
	if (pread(fd, p, tail.n, st.st_size - (off_t)tail.n) != (ssize_t)tail.n)
		return fail(cx, ERR_STORE, "读不了存证点文件：%s", strerror(errno));
	*out = str_eq((struct str){ p, tail.n }, tail);
	return ERR_OK;
}

enum err
checkpoint_append(struct cx *cx, struct str path, const struct checkpoint *c)
{
	char *z = str_cz(cx->arena, path);
	const struct str entry = str_fmt(cx->arena, "%.*s\n", STR_ARG(c->note));
	const int fd = open(z, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	bool there = false;
	enum err err;

	if (fd < 0)
		return fail(cx, ERR_STORE, "写不了存证点文件 %s：%s", z, strerror(errno));
	err = file_ends_with(cx, fd, entry, &there);
	if (err == ERR_OK && !there &&
	    (write(fd, entry.p, entry.n) != (ssize_t)entry.n || fsync(fd) != 0))
		err = fail(cx, ERR_STORE, "写不了存证点文件 %s：%s", z, strerror(errno));
	close(fd);
	return err == ERR_OK && !there ? file_name_sync(cx, path) : err;
}

enum { CHECKPOINTS_MAX = 64 << 20 };

static enum err
guard_one(struct cx *cx, struct db *db, const struct record_head *head,
    const struct checkpoint *c, struct str path)
{
	struct digest root;

	if (c->size > head->seq)
		return fail(cx, ERR_REFUSED,
		    "日志 %.*s 落后于存证点，不予启动：存证点文件 %.*s 记着 %lld 条，"
		    "库中只有 %lld 条。请确认是否误用了旧备份；恢复最新的数据库后再启动，"
		    "确须沿用现有数据的，由管理员封存该文件并移走",
		    STR_ARG(head->log), STR_ARG(path), (long long)c->size,
		    (long long)head->seq);
	TRY(record_root(cx, db, head->log, c->size, &root));
	if (digest_eq(&root, &c->root))
		return ERR_OK;
	return fail(cx, ERR_REFUSED,
	    "日志 %.*s 与存证点不一致，不予启动：前 %lld 条与存证点文件 %.*s "
	    "所记不同。请用 zhunsheng record verify --against %.*s 查明改动之处，"
	    "并恢复可信的备份",
	    STR_ARG(head->log), (long long)c->size, STR_ARG(path), STR_ARG(path));
}

enum err
checkpoint_newest(
    struct cx *cx, struct str path, struct str origin, struct checkpoint *out)
{
	struct checkpoints all = { 0 };
	struct str text;
	const enum err err = file_read(cx, path, CHECKPOINTS_MAX, &text);

	*out = (struct checkpoint){ 0 };
	if (err == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(err);
	TRY(checkpoints_parse(cx, text, &all));
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.v[i].origin, origin) && all.v[i].size > out->size)
			*out = all.v[i];
	return ERR_OK;
}

enum err
checkpoint_guard(struct cx *cx, struct db *db, struct str log, struct str path)
{
	struct checkpoint newest;
	struct record_head head;

	TRY(record_head(cx, db, log, &head));
	TRY(checkpoint_newest(cx, path, log_origin(cx->arena, log, head.sm3), &newest));
	return newest.size ? guard_one(cx, db, &head, &newest, path) : ERR_OK;
}

/* The open part's digest is not stored; the sealed parts' are. */
static enum err
header_of(struct cx *cx, struct db *db, const struct record_head *head, int64_t seq,
    struct hasher *h, struct str *out)
{
	struct buf b = { .arena = cx->arena };
	struct event e;
	struct digest open;

	TRY(record_get(cx, db, head->log, seq, &e));
	open = event_part_digest(h, &e.parts.v[0]);
	e.parts.v[0].digest = digest_str(&open);
	for (size_t i = 1; i < e.parts.n; i++)
		if (e.parts.v[i].digest.n != DIGEST_SIZE)
			return fail(
			    cx, ERR_STORE, "第 %lld 号记录损坏，请核验", (long long)seq);
	event_header(&b, head->log, &e);
	*out = buf_str(&b);
	return ERR_OK;
}

enum err
record_prove(struct cx *cx, struct db *db, struct str log, int64_t seq, struct str *out)
{
	HASHER h = { 0 };
	struct stored_tree t = { { stored_node, &h }, db, log };
	struct buf b = { .arena = cx->arena };
	struct digests path = { 0 };
	struct record_head head;
	struct checkpoint last;
	struct str header;

	TRY(record_head(cx, db, log, &head));
	TRY(record_last_checkpoint(cx, db, log, &last));
	if (seq < 1 || seq > last.size)
		return fail(cx, ERR_NOT_FOUND,
		    "存证点只覆盖到第 %lld 号，没有第 %lld 号的证明",
		    (long long)last.size, (long long)seq);
	hasher_open(&h, algorithm_of(head.sm3));
	TRY(header_of(cx, db, &head, seq, &h, &header));
	TRY(tree_inclusion(cx, &t.source, seq - 1, last.size, &path));
	buf_put(&b, head.sm3 ? HEAD_SM3 : HEAD_SHA256);
	buf_fmt(&b, "\nextra %.*s\nindex %lld\n", STR_ARG(base64_of(cx->arena, header)),
	    (long long)seq - 1);
	for (size_t i = 0; i < path.n; i++)
		buf_fmt(
		    &b, "%.*s\n", STR_ARG(base64_of(cx->arena, digest_str(&path.v[i]))));
	buf_fmt(&b, "\n%.*s", STR_ARG(last.note));
	*out = buf_str(&b);
	return ERR_OK;
}

/* A line that begins with `head`; what stands behind it. */
static bool
line_of(struct str *rest, struct str head, struct str *out)
{
	struct str line;

	if (!str_split(rest, S("\n"), &line) || !str_starts(line, head))
		return false;
	*out = str_sub(line, head.n, line.n);
	return true;
}

struct proof_text {
	bool sm3;
	struct str header, note;
	int64_t index;
	struct str path[TREE_HEIGHT_MAX];
	size_t n;
};

static bool
proof_parse(struct cx *cx, struct str text, struct proof_text *p)
{
	struct str rest = text, line, extra, index;

	if (!str_split(&rest, S("\n"), &line))
		return false;
	p->sm3 = str_eq(line, HEAD_SM3);
	if (!(p->sm3 || str_eq(line, HEAD_SHA256)) ||
	    !line_of(&rest, S("extra "), &extra) ||
	    !base64_parse(cx->arena, extra, &p->header) ||
	    !line_of(&rest, S("index "), &index) || !str_int(index, &p->index) ||
	    p->index < 0)
		return false;
	while (str_split(&rest, S("\n"), &line) && line.n) {
		if (p->n == TREE_HEIGHT_MAX ||
		    !base64_parse(cx->arena, line, &p->path[p->n++]))
			return false;
	}
	p->note = rest.p ? rest : S("");
	return true;
}

/* The header says which log and number it is of; both must be those of the proof. */
static bool
header_fits(struct cx *cx, const struct proof_text *p, struct str origin)
{
	struct value v;

	return canon_parse(cx, p->header, &v) == ERR_OK &&
	       value_num(value_get(&v, S("seq"))) - 1 == p->index &&
	       str_eq(log_origin(cx->arena, value_str(value_get(&v, S("log"))), p->sm3),
		   origin);
}

enum err
proof_check(struct cx *cx, struct str proof, const struct verifier *v, struct proven *out)
{
	struct proof_text p = { 0 };
	struct checkpoint c;
	struct digest leaf;
	HASHER h = { 0 };

	if (!proof_parse(cx, proof, &p))
		return fail(cx, ERR_INPUT, "不是准绳的证明文件，或者内容不全");
	TRY(checkpoint_parse(cx, p.note, &c));
	if (!str_eq(c.origin, v->name))
		return fail(cx, ERR_INPUT, "证明出自 %.*s，公钥属于 %.*s",
		    STR_ARG(c.origin), STR_ARG(v->name));
	if (!checkpoint_is_signed(&c, v))
		return fail(cx, ERR_INPUT, "存证点的签名不符");
	if (origin_is_sm3(c.origin) != p.sm3 || !header_fits(cx, &p, c.origin))
		return fail(cx, ERR_INPUT, "证明里的记录与存证点不是同一日志、同一编号");
	hasher_open(&h, algorithm_of(p.sm3));
	leaf = tree_leaf(&h, p.header);
	if (!tree_check_inclusion(algorithm_of(p.sm3), p.index, c.size, digest_str(&leaf),
		p.path, p.n, digest_str(&c.root)))
		return fail(cx, ERR_INPUT, "记录不在存证点所签的日志里，或者被改动过");
	*out = (struct proven){ c, p.index + 1, p.header };
	return ERR_OK;
}
