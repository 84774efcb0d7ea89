-- Definitions as they stand in the record.

-- name: LAW_ALL   every edition ever published, in order; '0' follows '/'
SELECT subject, definition, body, kind FROM event
WHERE log = ?1 AND subject >= 'law/' AND subject < 'law0' ORDER BY seq;
-- name: LAW_SINCE   published or withdrawn after ?2, by whatever process
SELECT 1 FROM event
WHERE log = ?1 AND seq > ?2 AND subject >= 'law/' AND subject < 'law0' LIMIT 1;
-- name: LAW_ANY
SELECT 1 FROM event WHERE log = ?1 AND subject >= 'law/' AND subject < 'law0' LIMIT 1;
