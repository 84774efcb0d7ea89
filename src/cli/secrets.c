/*
 * Accounts from one store to another, for backup and restore. A second factor goes with
 * its account: who restores a county must not find that its administrators log in with a
 * password alone.
 */
#include "cli/backup.h"

#include "store/db.h"

static enum err
passwords_copy(struct cx *cx, struct db *from, struct db *to, int64_t *n)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask0(cx, from, &rows, Q_ACCOUNT_DUMP));
	while (db_next(&rows)) {
		const struct str login = db_text(cx, &rows, 0);

		TRY(db_run(cx, to, Q_ACCOUNT_PUT, D_TEXT(login),
		    D_TEXT(db_text(cx, &rows, 1)), D_TEXT(db_text(cx, &rows, 2))));
		if (db_int(&rows, 3))
			TRY(db_run(cx, to, Q_ACCOUNT_DISABLE, D_TEXT(login)));
		++*n;
	}
	return db_end(cx, &rows);
}

/* A password that somebody else chose stays one that must be changed. */
static enum err
states_copy(struct cx *cx, struct db *from, struct db *to)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask0(cx, from, &rows, Q_STATE_DUMP));
	while (db_next(&rows))
		TRY(db_run(cx, to, Q_STATE_PUT, D_TEXT(db_text(cx, &rows, 0)),
		    D_INT(db_int(&rows, 1)), D_INT(db_int(&rows, 2)),
		    D_INT(db_int(&rows, 3))));
	return db_end(cx, &rows);
}

/* First all that are there go: what was ended since the last backup must not come back.
 */
static enum err
factors_copy(struct cx *cx, struct db *from, struct db *to, int64_t *n)
{
	DB_ROWS rows = { 0 };

	TRY(db_run0(cx, to, Q_FACTOR_DROP_ALL));
	TRY(db_run0(cx, to, Q_RECOVERY_DROP_ALL));
	TRY(db_ask0(cx, from, &rows, Q_FACTOR_DUMP));
	while (db_next(&rows)) {
		const struct str login = db_text(cx, &rows, 0);

		TRY(db_run(
		    cx, to, Q_FACTOR_PUT, D_TEXT(login), D_BLOB(db_text(cx, &rows, 1))));
		TRY(db_run(
		    cx, to, Q_FACTOR_STEP, D_TEXT(login), D_INT(db_int(&rows, 2))));
		++*n;
	}
	return db_end(cx, &rows);
}

static enum err
recovery_copy(struct cx *cx, struct db *from, struct db *to)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask0(cx, from, &rows, Q_RECOVERY_DUMP));
	while (db_next(&rows))
		TRY(db_run(cx, to, Q_RECOVERY_ADD, D_TEXT(db_text(cx, &rows, 0)),
		    D_BLOB(db_text(cx, &rows, 1))));
	return db_end(cx, &rows);
}

enum err
secrets_copy(struct cx *cx, struct db *from, struct db *to, bool with_factors,
    struct secrets_copied *out)
{
	DB_TX tx = { 0 };

	*out = (struct secrets_copied){ 0 };
	TRY(db_begin(cx, to, &tx));
	TRY(passwords_copy(cx, from, to, &out->accounts));
	TRY(states_copy(cx, from, to));
	if (with_factors) {
		TRY(factors_copy(cx, from, to, &out->factors));
		TRY(recovery_copy(cx, from, to));
	}
	return db_commit(cx, &tx);
}
