-- Files that events cite (store/bytes.c).

-- name: FILE_ADD
INSERT INTO file (log, digest, length, stored) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING;
-- name: FILE_GET
SELECT length FROM file WHERE log = ?1 AND digest = ?2;
-- name: FILE_ALL
SELECT digest, length FROM file WHERE log = ?1 ORDER BY digest;
-- name: FILE_FORGET
DELETE FROM file WHERE log = ?1 AND digest = ?2;
-- name: CHUNK_ADD
INSERT INTO chunk (log, digest, n, bytes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING;
-- name: CHUNK_GET
SELECT bytes FROM chunk WHERE log = ?1 AND digest = ?2 AND n = ?3;
-- name: CHUNK_FORGET
DELETE FROM chunk WHERE log = ?1 AND digest = ?2;
