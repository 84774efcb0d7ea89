-- The index of the search (read/search.c, read/search_index.c, read/search_match.c).

-- name: SEARCH_UNIT_PUT
INSERT INTO search_unit (id, log, subject, scope, kind, title, place, day, to_day, body, marks)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
-- name: SEARCH_UNIT_DROP   ?1 <= id < ?2
DELETE FROM search_unit WHERE id >= ?1 AND id < ?2;
-- name: SEARCH_UNIT_GET
SELECT id, log, subject, scope, kind, title, place, day, to_day, body, marks FROM search_unit
WHERE id = ?1;
-- name: SEARCH_UNIT_RANGE   ?1 <= id < ?2, at most ?3
SELECT id, log, subject, scope, kind, title, place, day, to_day, body, marks FROM search_unit
WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3;
-- name: SEARCH_UNIT_LAST   the greatest id below ?1
SELECT COALESCE(MAX(id), 0) FROM search_unit WHERE id < ?1;

-- name: SEARCH_MATCH_PUT
-- only sqlite
INSERT INTO search_match (rowid, tokens) VALUES (?1, ?2);
-- only postgres
INSERT INTO search_match (id, tokens) VALUES (?1, array_to_tsvector(string_to_array(?2, ' ')));
-- both
-- name: SEARCH_MATCH_DROP   ?2: the tokens it was put with
-- only sqlite
INSERT INTO search_match (search_match, rowid, tokens) VALUES ('delete', ?1, ?2);
-- only postgres
DELETE FROM search_match WHERE id = ?1 AND CAST(?2 AS TEXT) IS NOT NULL;
-- both
-- name: SEARCH_MATCH_DROP_RANGE   ?1 <= id < ?2; only PostgreSQL needs no tokens for it
-- only sqlite
SELECT ?1, ?2;
-- only postgres
DELETE FROM search_match WHERE id >= ?1 AND id < ?2;
-- both
-- name: SEARCH_MATCH_CLEAR
-- only sqlite
INSERT INTO search_match (search_match) VALUES ('delete-all');
-- only postgres
TRUNCATE search_match;
-- both
-- name: SEARCH_MATCH_TIDY   after much was put at once
-- only sqlite
INSERT INTO search_match (search_match) VALUES ('optimize');
-- only postgres
ANALYZE search_match;
-- both
-- PostgreSQL keeps the tokens of new units in a list until it sorts them into the index: while much is put,
-- that list may be long, and is sorted in at each step. Else there is none, and nobody's query reads it.
-- name: SEARCH_LOAD_OPEN
-- only sqlite
SELECT 1;
-- only postgres
ALTER INDEX search_match_tokens SET (fastupdate = on, gin_pending_list_limit = 1048576);
-- both
-- name: SEARCH_LOAD_STEP   with room to sort in, for this statement only
-- only sqlite
SELECT 1;
-- only postgres
SELECT gin_clean_pending_list('search_match_tokens')
FROM (SELECT set_config('maintenance_work_mem', '256MB', true)) room;
-- both
-- name: SEARCH_LOAD_CLOSE
-- only sqlite
SELECT 1;
-- only postgres
ALTER INDEX search_match_tokens SET (fastupdate = off);
-- both
-- name: SEARCH_FIND   units ?2 <= id < ?3 that hold the tokens (?1 as the engine asks for them), at most ?4.
-- ?5: on PostgreSQL one of these tokens too, by which its index skips what lies elsewhere; as a condition of its
-- own, because it goes through two conditions by leaps and ends with the first that ends.
-- PostgreSQL shall take the index of the tokens, whatever it thinks of the words: the expression is hidden
-- from its planner, so is that the ids have an index.
-- only sqlite
SELECT u.id, u.log, u.subject, u.scope, u.kind, u.title, u.place, u.day, u.to_day, u.body, u.marks
FROM search_match m JOIN search_unit u ON u.id = m.rowid
WHERE m.search_match MATCH ?1 AND m.rowid >= ?2 AND m.rowid < ?3 AND ?5 IS NOT NULL ORDER BY m.rowid LIMIT ?4;
-- only postgres
SELECT u.id, u.log, u.subject, u.scope, u.kind, u.title, u.place, u.day, u.to_day, u.body, u.marks
FROM (SELECT id FROM search_match
	WHERE tokens @@ (SELECT CAST(CAST(?1 AS TEXT) AS TSQUERY))
	AND tokens @@ (SELECT CAST(CAST(?5 AS TEXT) AS TSQUERY)) AND id + 0 >= ?2 AND id + 0 < ?3
	ORDER BY id + 0 LIMIT ?4) m
JOIN search_unit u ON u.id = m.id ORDER BY m.id;
-- both
-- name: SEARCH_COUNT   how many of these there are, counted up to ?4
-- only sqlite
SELECT COUNT(*) FROM (SELECT rowid FROM search_match
	WHERE search_match MATCH ?1 AND rowid >= ?2 AND rowid < ?3 AND ?5 IS NOT NULL LIMIT ?4);
-- only postgres
SELECT COUNT(*) FROM (SELECT 1 FROM search_match
	WHERE tokens @@ (SELECT CAST(CAST(?1 AS TEXT) AS TSQUERY))
	AND tokens @@ (SELECT CAST(CAST(?5 AS TEXT) AS TSQUERY)) AND id + 0 >= ?2 AND id + 0 < ?3 LIMIT ?4) m;
-- both

-- name: SEARCH_CURSOR_GET
SELECT n, seq, rules FROM search_cursor WHERE log = ?1;
-- name: SEARCH_CURSOR_LOCK   the same by who will move it
SELECT n, seq, rules FROM search_cursor WHERE log = ?1
-- postgres: FOR UPDATE
-- name: SEARCH_CURSOR_PUT
INSERT INTO search_cursor (log, n, seq, rules) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (log) DO UPDATE SET seq = excluded.seq, rules = excluded.rules;
-- name: SEARCH_CURSOR_NEXT   the number of the next log, below the library's
SELECT COALESCE(MAX(n), 0) + 1 FROM search_cursor WHERE n < 12288;
-- name: SEARCH_CURSOR_ALL
SELECT log, n, seq, rules FROM search_cursor ORDER BY log;
-- name: SEARCH_TOUCHED   what the log's events after ?2 are about
SELECT seq, subject FROM event WHERE log = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3;
-- name: SEARCH_CURSOR_FORGET
UPDATE search_cursor SET rules = '';
-- name: SEARCH_FIRST   the event that began a subject
SELECT seq FROM event WHERE log = ?1 AND subject = ?2 AND subject_seq = 1;
