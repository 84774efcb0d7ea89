/* Where what lies in a backup; for backup and restore. */
#pragma once

#include "base/cx.h"

struct db;

/* DIR/record.db: the logs, with DIR/record.db.files beside it. */
struct str backup_store(struct arena *a, struct str dir);
/* DIR/checkpoints: the file that was kept outside the store, as it was. */
struct str backup_checkpoints(struct arena *a, struct str dir);
/* In the folder of secrets: the signing key, the key that second factors are encrypted
 * with, and a store that holds only accounts. */
struct str backup_key(struct arena *a, struct str dir);
struct str backup_seal(struct arena *a, struct str dir);
struct str backup_accounts(struct arena *a, struct str dir);

/* Makes the folder (mode 0700) unless it is there. */
enum err folder_make(struct cx *cx, struct str dir) MUST_USE;
/* A small file as it is, under a new name, mode 0600, on disk before it returns; what is
 * there already is replaced at once or not at all. */
enum err file_keep(struct cx *cx, struct str from, struct str to) MUST_USE;
struct secrets_copied {
	int64_t accounts, factors;
};
/* The accounts of a store: logins, digests of passwords, which of these are temporary,
 * and with them the second factors and recovery codes, which are of use only beside the
 * key that encrypted them. Without them those of `to` stay as they are. */
enum err secrets_copy(struct cx *cx, struct db *from, struct db *to, bool with_factors,
    struct secrets_copied *out) MUST_USE;
