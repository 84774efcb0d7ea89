-- The statute library: written by act/library.c, read by read/statute.c.

-- name: STATUTE_PUT
INSERT INTO statute (statute, title, repealed, repealed_by, seq) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (statute) DO UPDATE SET title = excluded.title, repealed = excluded.repealed,
	repealed_by = excluded.repealed_by, seq = excluded.seq;
-- name: STATUTE_GET
SELECT title, repealed, repealed_by, seq FROM statute WHERE statute = ?1;
-- name: STATUTE_ALL
SELECT statute, title, repealed, repealed_by, seq FROM statute ORDER BY statute;
-- name: STATUTE_SINCE   what an index that has seen ?1 must read again
SELECT statute, seq FROM statute WHERE seq > ?1 ORDER BY seq, statute;
-- name: STATUTE_NEWEST
SELECT COALESCE(MAX(seq), 0) FROM statute;

-- name: EDITION_PUT
INSERT INTO statute_edition (statute, from_day, to_day, title, number, issuer, passed, promulgated,
	assumed, history, flags, file, source, text_digest, articles)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);
-- name: EDITION_UNTIL
UPDATE statute_edition SET to_day = ?3 WHERE statute = ?1 AND from_day = ?2;
-- name: EDITION_DROP
DELETE FROM statute_edition WHERE statute = ?1 AND from_day = ?2;
-- name: EDITION_ALL   of a statute, the oldest first
SELECT from_day, to_day, title, number, issuer, passed, promulgated, assumed, history, flags, file,
	source, text_digest, articles
FROM statute_edition WHERE statute = ?1 ORDER BY from_day;
-- name: EDITION_EVERY   the whole library
SELECT from_day, to_day, title, number, issuer, passed, promulgated, assumed, history, flags, file,
	source, text_digest, articles, statute
FROM statute_edition ORDER BY statute, from_day;

-- name: ARTICLE_PUT
INSERT INTO statute_article (statute, from_day, n, article, label, part, text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- name: ARTICLE_DROP
DELETE FROM statute_article WHERE statute = ?1 AND from_day = ?2;
-- name: ARTICLE_ALL   of an edition, in order
SELECT n, article, label, part, text FROM statute_article
WHERE statute = ?1 AND from_day = ?2 ORDER BY n;
-- name: ARTICLE_GET
SELECT n, article, label, part, text FROM statute_article
WHERE statute = ?1 AND from_day = ?2 AND article = ?3;
-- name: ARTICLE_LABELS   without the texts: tables of contents, neighbours
SELECT n, article, label, part, '' FROM statute_article
WHERE statute = ?1 AND from_day = ?2 ORDER BY n;

-- name: STATUTE_CLEAR   for a rebuild, with the two below
DELETE FROM statute;
-- name: EDITION_CLEAR
DELETE FROM statute_edition;
-- name: ARTICLE_CLEAR
DELETE FROM statute_article;
