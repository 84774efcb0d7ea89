-- The record: logs, events, sealed parts, the tree, checkpoints.

-- name: STORE_GET   what the store says of itself
SELECT value FROM store WHERE name = ?1;
-- name: STORE_PUT
INSERT INTO store (name, value) VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: LOG_CREATE
INSERT INTO log (log, algorithm, offset_ms, seq, recorded, digest, edge)
VALUES (?1, ?2, ?3, 0, 0, ?4, ?5);
-- name: LOG_HEAD
SELECT algorithm, offset_ms, seq, recorded, digest, edge FROM log WHERE log = ?1;
-- name: LOG_LOCK   the same by the log's writer: on SQLite BEGIN IMMEDIATE has already locked
SELECT algorithm, offset_ms, seq, recorded, digest, edge FROM log WHERE log = ?1
-- postgres: FOR UPDATE
-- name: LOG_MOVE
UPDATE log SET seq = ?2, recorded = ?3, digest = ?4, edge = ?5 WHERE log = ?1;
-- name: LOG_NAMES
SELECT log FROM log ORDER BY log;

-- name: EVENT_ADD
INSERT INTO event (log, seq, recorded, done, kind, subject, subject_seq, actor, behalf,
	definition, key, body, digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
-- name: SEALED_ADD
INSERT INTO sealed (log, seq, part, salt, bytes, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- name: TREE_ADD
INSERT INTO tree (log, level, at, digest) VALUES (?1, ?2, ?3, ?4);

-- name: EVENT_RANGE   ?2 <= seq <= ?3, at most ?4
SELECT seq, recorded, done, kind, subject, subject_seq, actor, behalf, definition, key, body,
	digest
FROM event WHERE log = ?1 AND seq >= ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4;
-- name: SEALED_RANGE
SELECT seq, part, salt, bytes, digest FROM sealed
WHERE log = ?1 AND seq >= ?2 AND seq <= ?3 ORDER BY seq, part;
-- name: EVENT_DIGESTS   leaves of the tree: ?2 <= seq <= ?3
SELECT digest FROM event WHERE log = ?1 AND seq >= ?2 AND seq <= ?3 ORDER BY seq;
-- name: EVENT_OF_SUBJECT   from its subject_seq ?3 on
SELECT seq, recorded, done, kind, subject, subject_seq, actor, behalf, definition, key, body,
	digest
FROM event WHERE log = ?1 AND subject = ?2 AND subject_seq >= ?3 ORDER BY subject_seq;
-- name: EVENT_BY_SUBJECT   the subjects in byte order; behind ?3 of subject ?2, at most ?4; no key, no digest
SELECT seq, recorded, done, kind, subject, subject_seq, actor, behalf, definition, '', body, ''
FROM event WHERE log = ?1 AND (subject, subject_seq) > (?2, ?3)
ORDER BY subject, subject_seq LIMIT ?4;
-- name: EVENT_BY_KEY
SELECT seq, recorded, done, kind, subject, subject_seq, actor, behalf, definition, key, body,
	digest
FROM event WHERE log = ?1 AND actor = ?2 AND key = ?3 AND key <> '';
-- name: SUBJECT_LAST   the newest subject_seq of a subject, 0 when it has none
SELECT COALESCE(MAX(subject_seq), 0) FROM event WHERE log = ?1 AND subject = ?2;

-- name: SEALED_DESTROY
UPDATE sealed SET salt = NULL, bytes = NULL WHERE log = ?1 AND seq = ?2 AND part = ?3;

-- name: TREE_RANGE   nodes ?3 <= at < ?4 of a level
SELECT at, digest FROM tree WHERE log = ?1 AND level = ?2 AND at >= ?3 AND at < ?4 ORDER BY at;

-- name: CHECKPOINT_ADD
INSERT INTO checkpoint (log, size, signed_at, note) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING;
-- name: CHECKPOINT_LAST
SELECT size, signed_at, note FROM checkpoint WHERE log = ?1 ORDER BY size DESC LIMIT 1;
-- name: CHECKPOINT_ALL
SELECT size, signed_at, note FROM checkpoint WHERE log = ?1 ORDER BY size;

-- For the verifier: nothing stands outside what the head and the tree account for.
-- name: EVENT_EXTENT
SELECT COUNT(*), COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0) FROM event WHERE log = ?1;
-- name: SEALED_COUNT
SELECT COUNT(*) FROM sealed WHERE log = ?1;
-- name: SEALED_GONE   destroyed parts of the first ?2 events
SELECT COUNT(*) FROM sealed WHERE log = ?1 AND seq <= ?2 AND bytes IS NULL;
-- name: TREE_ALL
SELECT level, at, digest FROM tree WHERE log = ?1 ORDER BY level, at;
