/*
 * Stored files on both engines. A draft is written to a file of its own while its digest
 * is computed; keeping it gives that file its name (SQLite) or copies it into chunks
 * (PostgreSQL). A draft that a crash leaves behind is called draft-… and may be deleted.
 */
#include "store/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/encode.h"
#include "base/file.h"
#include "store/engine.h"

enum { CHUNK = 256 * 1024, HEX = 2 * DIGEST_SIZE };

static enum err
os_failed(struct cx *cx, const char *what, const char *path)
{
	return fail(cx, ERR_STORE, "%s %s:%s", what, path, strerror(errno));
}

/* Makes a folder, and makes its name durable, also when somebody else has made it: he may
 * have been stopped before he came so far. */
static enum err
folder_make(struct cx *cx, struct str path)
{
	char *p = str_cz(cx->arena, path);

	if (mkdir(p, 0700) != 0 && errno != EEXIST)
		return os_failed(cx, "建不了文件夹", p);
	return file_name_sync(cx, path);
}

/* A name that nobody has: /tmp is shared with other processes, and what is drawn in tests
 * is the same in each. */
static int
draft_open(struct cx *cx, struct str place, char **path)
{
	enum { TRIES = 100 };
	unsigned char random[8];
	char hex[2 * sizeof random];
	int fd = -1;

	cx_random(cx, random, sizeof random);
	for (int i = 0; i < TRIES && fd < 0; i++) {
		hex_put(hex, random, sizeof random);
		*path = str_cz(cx->arena, str_fmt(cx->arena, "%.*s/draft-%.*s",
					      STR_ARG(place), (int)sizeof hex, hex));
		fd = open(*path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 && errno != EEXIST)
			break;
		random[i % 8]++;
	}
	return fd;
}

enum err
bytes_begin(struct cx *cx, struct db *db, struct bytes_draft *d)
{
	char *path = NULL;

	if (d->open)
		bug("bytes_begin on an open draft");
	if (db->files.n)
		TRY(folder_make(cx, db->files));
	d->fd = draft_open(cx, db->files.n ? db->files : S("/tmp"), &path);
	if (d->fd < 0)
		return os_failed(cx, "写不了文件", path);
	d->path = path;
	d->open = true;
	d->length = 0;
	d->hashed = false;
	hasher_open(&d->hasher, DIGEST_SM3);
	return ERR_OK;
}

enum err
bytes_add(struct cx *cx, struct bytes_draft *d, struct str part)
{
	if (!d->open || d->hashed)
		bug("bytes_add without bytes_begin, or after bytes_digest");
	hasher_put(&d->hasher, part);
	d->length += (int64_t)part.n;
	while (part.n) {
		const ssize_t n = write(d->fd, part.p, part.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return os_failed(cx, "写不了文件", d->path);
		part = str_sub(part, (size_t)n, part.n);
	}
	return ERR_OK;
}

void
bytes_discard(struct bytes_draft *d)
{
	if (!d->open)
		return;
	close(d->fd);
	unlink(d->path);
	hasher_close(&d->hasher);
	d->open = false;
}

/* FILES/990101+demo/ab/abcd… */
static struct str
file_path(struct cx *cx, const struct db *db, struct str log, struct str digest)
{
	const struct str name = str_replace(cx->arena, log, S("/"), S("+"));

	return str_fmt(cx->arena, "%.*s/%.*s/%.*s/%.*s", STR_ARG(db->files),
	    STR_ARG(name), 2, digest.p, STR_ARG(digest));
}

static enum err
keep_in_folder(struct cx *cx, struct db *db, struct str log, struct bytes_draft *d,
    struct str digest)
{
	const struct str path = file_path(cx, db, log, digest);
	const struct str folder = str_sub(path, 0, path.n - HEX - 1);

	TRY(folder_make(cx, str_sub(folder, 0, folder.n - 3)));
	TRY(folder_make(cx, folder));
	if (fsync(d->fd) != 0)
		return os_failed(cx, "写不了文件", d->path);
	if (link(d->path, path.p) != 0 && errno != EEXIST)
		return os_failed(cx, "写不了文件", path.p);
	return file_name_sync(cx, path);
}

static enum err
keep_in_table(struct cx *cx, struct db *db, struct str log, struct bytes_draft *d,
    struct str digest)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	char *chunk = arena_alloc(&scratch, CHUNK);

	for (int64_t at = 0, n = 0; at < d->length; at += CHUNK, n++) {
		const int64_t left = d->length - at;
		const size_t want = left < CHUNK ? (size_t)left : CHUNK;
		const ssize_t got = pread(d->fd, chunk, want, at);

		if (got != (ssize_t)want)
			return os_failed(cx, "读不了文件", d->path);
		TRY(db_run(cx, db, Q_CHUNK_ADD, D_TEXT(log), D_TEXT(digest), D_INT(n),
		    D_BLOB(((struct str){ chunk, want }))));
	}
	return ERR_OK;
}

struct str
bytes_digest(struct cx *cx, struct bytes_draft *d)
{
	if (!d->open)
		bug("the digest of no draft");
	if (!d->hashed)
		d->digest = hasher_end(&d->hasher);
	d->hashed = true;
	return digest_hex(cx->arena, &d->digest);
}

enum err
bytes_keep(struct cx *cx, struct db *db, struct str log, struct bytes_draft *d,
    struct str *digest)
{
	const struct str hex = bytes_digest(cx, d);

	if (db->files.n)
		TRY(keep_in_folder(cx, db, log, d, hex));
	else
		TRY(keep_in_table(cx, db, log, d, hex));
	TRY(db_run(cx, db, Q_FILE_ADD, D_TEXT(log), D_TEXT(hex), D_INT(d->length),
	    D_INT(cx->now_ms)));
	bytes_discard(d);
	*digest = hex;
	return ERR_OK;
}

enum err
bytes_have(
    struct cx *cx, struct db *db, struct str log, struct str digest, int64_t *length)
{
	DB_ROWS rows = { 0 };
	int64_t n = -1;

	TRY(db_ask(cx, db, &rows, Q_FILE_GET, D_TEXT(log), D_TEXT(digest)));
	if (db_next(&rows))
		n = db_int(&rows, 0);
	TRY(db_end(cx, &rows));
	if (n < 0)
		return fail(cx, ERR_NOT_FOUND, "没有这个文件：%.*s", STR_ARG(digest));
	*length = n;
	return ERR_OK;
}

static enum err
read_folder(struct cx *cx, const char *path, int64_t from, size_t n, char *to)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t done = 0;

	if (fd < 0)
		return os_failed(cx, "读不了文件", path);
	while (done < n) {
		const ssize_t got = pread(fd, to + done, n - done, from + (int64_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			close(fd);
			return fail(cx, ERR_STORE, "文件 %s 比登记的短", path);
		}
		done += (size_t)got;
	}
	close(fd);
	return ERR_OK;
}

static enum err
read_table(struct cx *cx, struct db *db, struct str log, struct str digest, int64_t from,
    size_t n, char *to)
{
	for (size_t done = 0; done < n;) {
		const int64_t at = from + (int64_t)done;
		struct str chunk;
		DB_ROWS rows = { 0 };

		TRY(db_ask(cx, db, &rows, Q_CHUNK_GET, D_TEXT(log), D_TEXT(digest),
		    D_INT(at / CHUNK)));
		chunk = db_next(&rows) ? db_view(&rows, 0) : S("");
		chunk = str_sub(
		    chunk, (size_t)(at % CHUNK), (size_t)(at % CHUNK) + n - done);
		if (chunk.n)
			memcpy(to + done, chunk.p, chunk.n);
		done += chunk.n;
		TRY(db_end(cx, &rows));
		if (!chunk.n)
			return fail(
			    cx, ERR_STORE, "文件 %.*s 比登记的短", STR_ARG(digest));
	}
	return ERR_OK;
}

enum err
bytes_read(struct cx *cx, struct db *db, struct str log, struct str digest, int64_t from,
    size_t n, struct str *out)
{
	int64_t length;
	char *to;

	TRY(bytes_have(cx, db, log, digest, &length));
	if (from < 0 || from > length)
		from = length;
	if ((int64_t)n > length - from)
		n = (size_t)(length - from);
	to = arena_alloc(cx->arena, n + 1);
	if (db->files.n)
		TRY(read_folder(cx, file_path(cx, db, log, digest).p, from, n, to));
	else
		TRY(read_table(cx, db, log, digest, from, n, to));
	*out = (struct str){ to, n };
	return ERR_OK;
}

enum err
bytes_check(struct cx *cx, struct db *db, struct str log, struct str digest)
{
	HASHER h = { 0 };
	struct arena *outer = cx->arena;
	struct digest d;
	int64_t length;

	TRY(bytes_have(cx, db, log, digest, &length));
	hasher_open(&h, DIGEST_SM3);
	for (int64_t at = 0; at < length; at += CHUNK) {
		struct arena scratch AUTO(arena_free) = { 0 };
		struct str part;
		enum err err;

		cx->arena = &scratch;
		err = bytes_read(cx, db, log, digest, at, CHUNK, &part);
		cx->arena = outer;
		if (err != ERR_OK) {
			cx->why = str_copy(outer, cx->why);
			return err;
		}
		hasher_put(&h, part);
	}
	d = hasher_end(&h);
	if (!str_eq(digest_hex(cx->arena, &d), digest))
		return fail(cx, ERR_INPUT, "文件 %.*s 的内容被改动", STR_ARG(digest));
	return ERR_OK;
}

enum err
bytes_forget(struct cx *cx, struct db *db, struct str log, struct str digest)
{
	int64_t length;

	TRY(bytes_have(cx, db, log, digest, &length));
	TRY(db_run(cx, db, Q_CHUNK_FORGET, D_TEXT(log), D_TEXT(digest)));
	TRY(db_run(cx, db, Q_FILE_FORGET, D_TEXT(log), D_TEXT(digest)));
	if (db->files.n) {
		const struct str path = file_path(cx, db, log, digest);

		if (unlink(path.p) != 0 && errno != ENOENT)
			return os_failed(cx, "删不了文件", path.p);
	}
	return ERR_OK;
}

enum { SWEEP_MS = 86400000 };

static bool
is_draft_name(struct str name)
{
	const struct str head = S("draft-");

	if (!str_starts(name, head) || name.n != head.n + 16)
		return false;
	for (size_t i = head.n; i < name.n; i++)
		if (!strchr("0123456789abcdef", name.p[i]))
			return false;
	return true;
}

enum err
bytes_sweep(struct cx *cx, struct db *db, size_t *n)
{
	const struct str place = db->files.n ? db->files : S("/tmp");
	struct file_names names;

	*n = 0;
	if (!folder_is(cx, place))
		return ERR_OK;
	TRY(folder_list(cx, place, S(""), &names));
	for (size_t i = 0; i < names.n; i++) {
		const struct str path = str_fmt(
		    cx->arena, "%.*s/%.*s", STR_ARG(place), STR_ARG(names.v[i]));
		struct stat st;

		/* In /tmp somebody else's file may have such a name. */
		if (!is_draft_name(names.v[i]) || lstat(path.p, &st) != 0 ||
		    !S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
		    (int64_t)st.st_mtim.tv_sec * 1000 > cx->now_ms - SWEEP_MS)
			continue;
		if (unlink(path.p) != 0)
			return os_failed(cx, "删不了文件", path.p);
		++*n;
	}
	return ERR_OK;
}

enum err
bytes_list(struct cx *cx, struct db *db, struct str log, struct stored_files *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_FILE_ALL, D_TEXT(log)));
	while (db_next(&rows))
		*list_add(cx->arena, out) = (struct stored_file){ db_text(cx, &rows, 0),
			db_int(&rows, 1) };
	return db_end(cx, &rows);
}
