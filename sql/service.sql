-- Service: secrets and sessions of the installation. Losing it loses no act; it is no part of
-- the record and is never rebuilt from it.

CREATE TABLE IF NOT EXISTS account (
	login TEXT NOT NULL PRIMARY KEY,
	password TEXT NOT NULL,
	person TEXT NOT NULL,
	disabled INTEGER NOT NULL
) STRICT;

-- temporary: the password is known to who set it; its owner must choose another first.
CREATE TABLE IF NOT EXISTS account_state (
	login TEXT NOT NULL PRIMARY KEY,
	temporary INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	used INTEGER NOT NULL
) STRICT;

-- secret is encrypted with a key that stands beside the store, not in it; step is that of the
-- newest code used, so that none is taken twice. Not confirmed: shown, and no code seen yet.
CREATE TABLE IF NOT EXISTS account_factor (
	login TEXT NOT NULL PRIMARY KEY,
	secret BLOB NOT NULL,
	confirmed INTEGER NOT NULL,
	step INTEGER NOT NULL
) STRICT;

-- Digests of the recovery codes that are still good.
CREATE TABLE IF NOT EXISTS account_recovery (
	login TEXT NOT NULL,
	code BLOB NOT NULL,
	PRIMARY KEY (login, code)
) STRICT;

-- Failed attempts by the digest of the login that was typed, whether there is such an account
-- or not.
CREATE TABLE IF NOT EXISTS login_failure (
	who BLOB NOT NULL PRIMARY KEY,
	failed INTEGER NOT NULL,
	last INTEGER NOT NULL
) STRICT;

-- The password was right, the code is still to come.
CREATE TABLE IF NOT EXISTS login_pending (
	token BLOB NOT NULL PRIMARY KEY,
	login TEXT NOT NULL,
	created INTEGER NOT NULL
) STRICT;

-- token is the digest of the cookie's value, so that a copy of the table opens nothing.
CREATE TABLE IF NOT EXISTS session (
	token BLOB NOT NULL PRIMARY KEY,
	login TEXT NOT NULL,
	csrf TEXT NOT NULL,
	created INTEGER NOT NULL,
	seen INTEGER NOT NULL
) STRICT;

-- Unfinished imports: what was uploaded and read, and what a person has decided about it so
-- far. Nothing here has happened yet.
CREATE TABLE IF NOT EXISTS draft (
	id TEXT NOT NULL PRIMARY KEY,
	kind TEXT NOT NULL,
	person TEXT NOT NULL,
	created INTEGER NOT NULL,
	state TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS draft_file (
	draft TEXT NOT NULL,
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (draft, n)
) STRICT;

-- How programs log in for a person; secret is a digest. It ends at `until`, or with its account.
CREATE TABLE IF NOT EXISTS token (
	id TEXT NOT NULL PRIMARY KEY,
	secret BLOB NOT NULL,
	login TEXT NOT NULL,
	scope TEXT NOT NULL,
	note TEXT NOT NULL,
	created INTEGER NOT NULL,
	until INTEGER NOT NULL,
	seen INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS token_secret ON token (secret);

-- Who brought a file that no act has cited yet: only that person's act may cite it.
CREATE TABLE IF NOT EXISTS brought (
	digest TEXT NOT NULL,
	person TEXT NOT NULL,
	created INTEGER NOT NULL,
	PRIMARY KEY (digest, person)
) STRICT;

-- Files that were uploaded, until an event is known to cite them (record/offer.h): `seq` is the size of the
-- log when it was first kept, `at` when somebody last brought it.
CREATE TABLE IF NOT EXISTS offered (
	log TEXT NOT NULL,
	digest TEXT NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (log, digest)
) STRICT;

-- Flow charts of procedures as Graphviz drew them when they were published: `drawing` is the
-- digest of what it was given, so that one of another edition is never shown.
CREATE TABLE IF NOT EXISTS chart (
	drawing TEXT NOT NULL PRIMARY KEY,
	svg TEXT NOT NULL
) STRICT;
