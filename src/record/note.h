/*
 * Signed notes, checkpoints and verifier keys (C2SP signed-note and tlog-checkpoint):
 * what a log says about itself, on paper or in a file, outside the database. An SM3 log's
 * origin ends in "/sm3" and it signs twice, with Ed25519 and with SM2; everything else is
 * plain C2SP.
 */
#pragma once

#include "base/crypto.h"
#include "base/cx.h"
#include "base/list.h"

/* The installation's signing key: one file, readable by its owner alone. The secret of
 * SM2 is made of this one, so that who keeps the file keeps both. */
struct signer {
	unsigned char secret[KEY_SIZE];
};
/* Reads the file, or makes it at first use (mode 0600, on disk before it returns). */
enum err signer_load(struct cx *cx, struct str path, struct signer *out) MUST_USE;
/* Only reads it: ERR_NOT_FOUND when there is none. */
enum err signer_read(struct cx *cx, struct str path, struct signer *out) MUST_USE;
/* Where the key of a store is unless somebody says otherwise: beside a SQLite file, in
 * var/ for a server. */
struct str signer_path(struct arena *a, struct str url);
/* The same for the file outside the database that its checkpoints are appended to. */
struct str checkpoints_path(struct arena *a, struct str url);

/* What signatures are held against: one key of a log or both. */
struct verifier {
	struct str name; /* the origin */
	bool has_ed25519, has_sm2;
	unsigned char id[4], key[KEY_SIZE];
	unsigned char sm2_id[4], sm2_key[SM2_KEY_SIZE];
};
/* Of an SM3 log two keys, parted by a line end: Ed25519, then SM2. */
struct str signer_vkey(struct arena *a, const struct signer *s, struct str name);
/* "name+hex id+base64(type || key)", one or two of a log parted by blanks; ERR_INPUT for
 * anything else, also for a wrong id. */
enum err verifier_parse(struct cx *cx, struct str vkey, struct verifier *out) MUST_USE;

struct checkpoint {
	struct str origin;
	int64_t size;
	struct digest root;
	struct str text; /* what is signed */
	struct str note; /* with the signatures */
};
struct str log_origin(struct arena *a, struct str log, bool sm3);
bool origin_is_sm3(struct str origin);

struct str checkpoint_sign(struct arena *a, const struct signer *s, struct str origin,
    int64_t size, const struct digest *root);
/* Only the form; views into `note`. */
enum err checkpoint_parse(struct cx *cx, struct str note, struct checkpoint *out)
    MUST_USE;
/* By at least one of the keys, and no line that bears the id of one is wrong. Lines of
 * others do not count: a checkpoint of before the SM2 key has no line of it. */
bool checkpoint_is_signed(const struct checkpoint *c, const struct verifier *v);
/* A line is by none of the keys. */
bool checkpoint_has_strangers(const struct checkpoint *c, const struct verifier *v);

/* A file into which each checkpoint was appended; blank lines between them. */
struct checkpoints {
	struct checkpoint *v;
	size_t n, cap;
};
enum err checkpoints_parse(struct cx *cx, struct str text, struct checkpoints *out)
    MUST_USE;
