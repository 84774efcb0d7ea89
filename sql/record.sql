-- The record: what happened. Frozen; only forward-only numbered changes would ever touch it, and
-- none are hoped for. Every table begins with the log. Nothing here is updated or deleted but a
-- log's head, and the bytes of sealed parts that a destruction event names.
--
-- Written once for both engines: INTEGER, TEXT, BLOB and STRICT are SQLite's; store/postgres.c
-- says BIGINT, TEXT COLLATE "C" and BYTEA. docs/record.md has the formats.

CREATE TABLE IF NOT EXISTS store (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;
INSERT INTO store (name, value) VALUES ('schema', '1') ON CONFLICT DO NOTHING;

-- The head of each log. Whoever holds its row is the log's writer. `edge` is the right edge of
-- the tree: the roots of its perfect subtrees, largest first.
CREATE TABLE IF NOT EXISTS log (
	log TEXT NOT NULL PRIMARY KEY,
	algorithm TEXT NOT NULL CHECK (algorithm IN ('sm3', 'sha256')),
	offset_ms INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	recorded INTEGER NOT NULL,
	digest BLOB NOT NULL,
	edge BLOB NOT NULL
) STRICT;

-- One row is one event with the open part of its body. The canonical header is not stored: it
-- is rebuilt from these columns and the digests of the parts, so no column can lie unseen.
CREATE TABLE IF NOT EXISTS event (
	log TEXT NOT NULL,
	seq INTEGER NOT NULL,
	recorded INTEGER NOT NULL,
	done INTEGER NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	subject_seq INTEGER NOT NULL,
	actor TEXT NOT NULL,
	behalf TEXT NOT NULL,
	definition TEXT NOT NULL,
	key TEXT NOT NULL,
	body BLOB NOT NULL,
	digest BLOB NOT NULL,
	PRIMARY KEY (log, seq)
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS event_subject ON event (log, subject, subject_seq);
CREATE UNIQUE INDEX IF NOT EXISTS event_key ON event (log, actor, key) WHERE key <> '';

-- Sealed parts. A destroyed one keeps its row and digest, its salt and bytes become NULL.
CREATE TABLE IF NOT EXISTS sealed (
	log TEXT NOT NULL,
	seq INTEGER NOT NULL,
	part TEXT NOT NULL,
	salt BLOB,
	bytes BLOB,
	digest BLOB NOT NULL,
	PRIMARY KEY (log, seq, part)
) STRICT;

-- Inner nodes of the tree whose height is a multiple of 8: level 1 is the root of 256 events.
-- A C2SP tile of level L is 256 consecutive rows of level L; those of level 0 are the events'
-- own digests.
CREATE TABLE IF NOT EXISTS tree (
	log TEXT NOT NULL,
	level INTEGER NOT NULL,
	at INTEGER NOT NULL,
	digest BLOB NOT NULL,
	PRIMARY KEY (log, level, at)
) STRICT;

CREATE TABLE IF NOT EXISTS checkpoint (
	log TEXT NOT NULL,
	size INTEGER NOT NULL,
	signed_at INTEGER NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (log, size)
) STRICT;

-- Files that events cite, by the SM3 digest of their bytes. On SQLite the bytes lie in a folder
-- beside the database and `chunk` stays empty.
CREATE TABLE IF NOT EXISTS file (
	log TEXT NOT NULL,
	digest TEXT NOT NULL,
	length INTEGER NOT NULL,
	stored INTEGER NOT NULL,
	PRIMARY KEY (log, digest)
) STRICT;
CREATE TABLE IF NOT EXISTS chunk (
	log TEXT NOT NULL,
	digest TEXT NOT NULL,
	n INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (log, digest, n)
) STRICT;

-- The guards below stop mistakes and make tampering leave traces; what proves that nothing was
-- changed is `record verify`, which does not trust them. That the destruction event is among the
-- newest is all a guard can see cheaply; that it names this part is checked by the verifier.

-- only sqlite
CREATE TRIGGER IF NOT EXISTS event_fixed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER IF NOT EXISTS event_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS sealed_kept BEFORE DELETE ON sealed
BEGIN SELECT RAISE(ABORT, 'sealed parts are emptied, never deleted'); END;
CREATE TRIGGER IF NOT EXISTS sealed_fixed BEFORE UPDATE ON sealed
WHEN NOT (NEW.salt IS NULL AND NEW.bytes IS NULL AND NEW.log = OLD.log AND NEW.seq = OLD.seq
	AND NEW.part = OLD.part AND NEW.digest = OLD.digest
	AND EXISTS (SELECT 1 FROM log JOIN event ON event.log = log.log
		WHERE log.log = OLD.log AND event.seq > OLD.seq AND event.seq > log.seq - 10000
		AND event.kind = 'destroyed'))
BEGIN SELECT RAISE(ABORT, 'sealed parts go only with the event that destroys them'); END;
CREATE TRIGGER IF NOT EXISTS tree_fixed BEFORE UPDATE ON tree
BEGIN SELECT RAISE(ABORT, 'the tree only grows'); END;
CREATE TRIGGER IF NOT EXISTS tree_kept BEFORE DELETE ON tree
BEGIN SELECT RAISE(ABORT, 'the tree only grows'); END;
CREATE TRIGGER IF NOT EXISTS checkpoint_fixed BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
CREATE TRIGGER IF NOT EXISTS checkpoint_kept BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END;

-- only postgres
CREATE OR REPLACE FUNCTION record_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is never changed', TG_TABLE_NAME;
END $$;
CREATE OR REPLACE FUNCTION record_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.salt IS NULL AND NEW.bytes IS NULL AND NEW.log = OLD.log AND NEW.seq = OLD.seq
		AND NEW.part = OLD.part AND NEW.digest = OLD.digest
		AND EXISTS (SELECT 1 FROM log JOIN event ON event.log = log.log
			WHERE log.log = OLD.log AND event.seq > OLD.seq
			AND event.seq > log.seq - 10000
			AND event.kind = 'destroyed') THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'sealed parts go only with the event that destroys them';
END $$;
CREATE OR REPLACE TRIGGER event_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON event
	FOR EACH STATEMENT EXECUTE FUNCTION record_fixed();
CREATE OR REPLACE TRIGGER sealed_kept BEFORE DELETE OR TRUNCATE ON sealed
	FOR EACH STATEMENT EXECUTE FUNCTION record_fixed();
CREATE OR REPLACE TRIGGER sealed_fixed BEFORE UPDATE ON sealed
	FOR EACH ROW EXECUTE FUNCTION record_sealed();
CREATE OR REPLACE TRIGGER tree_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON tree
	FOR EACH STATEMENT EXECUTE FUNCTION record_fixed();
CREATE OR REPLACE TRIGGER checkpoint_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
	FOR EACH STATEMENT EXECUTE FUNCTION record_fixed();
-- both
