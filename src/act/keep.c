/*
 * Files that acts cite: received on a web thread, kept under the door's lock, since only
 * the door may write. What is long, reading and writing the bytes, is done before.
 */
#include <stdio.h>

#include "act/door_inside.h"
#include "record/offer.h"

enum { PART = 65536 };

static enum err
file_draft(struct cx *cx, struct db *db, const char *path, struct bytes_draft *d)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	char *part = arena_alloc(&scratch, PART);
	FILE *f = fopen(path, "re");
	enum err err = bytes_begin(cx, db, d);
	size_t n;

	if (!f)
		return fail(cx, ERR_INPUT, "无法读取上传的文件");
	while (err == ERR_OK && (n = fread(part, 1, PART, f)) > 0)
		err = bytes_add(cx, d, (struct str){ part, n });
	if (err == ERR_OK && ferror(f))
		err = fail(cx, ERR_STORE, "上传的文件没有读完");
	fclose(f);
	return err;
}

static enum err
keep(struct cx *cx, struct door *door, struct bytes_draft *d, struct str *digest)
{
	DB_TX tx = { 0 };

	TRY(db_begin(cx, door->db, &tx));
	TRY(offer_keep(cx, door->db, door->config.log, d, digest));
	return db_commit(cx, &tx);
}

static enum err
keep_alone(struct cx *cx, struct door *door, struct bytes_draft *d, struct str *digest)
{
	enum err err;

	pthread_mutex_lock(&door->writing);
	err = keep(cx, door, d, digest);
	pthread_mutex_unlock(&door->writing);
	return err;
}

enum err
door_keep_file(struct cx *cx, struct door *door, struct str path, struct str *digest,
    int64_t *length)
{
	BYTES_DRAFT d = { 0 };

	/* The folder's name is all that is read of the connection here. */
	TRY(file_draft(cx, door->db, str_cz(cx->arena, path), &d));
	*length = d.length;
	return keep_alone(cx, door, &d, digest);
}

enum err
door_keep_bytes(struct cx *cx, struct door *door, struct str bytes, struct str *digest)
{
	BYTES_DRAFT d = { 0 };

	TRY(bytes_begin(cx, door->db, &d));
	TRY(bytes_add(cx, &d, bytes));
	return keep_alone(cx, door, &d, digest);
}
