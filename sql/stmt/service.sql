-- Accounts and sessions (web/account.c, web/session.c).

-- name: ACCOUNT_PUT
INSERT INTO account (login, password, person, disabled) VALUES (?1, ?2, ?3, 0)
ON CONFLICT (login) DO UPDATE SET password = excluded.password, person = excluded.person,
	disabled = 0;
-- name: ACCOUNT_GET
SELECT password, person, disabled FROM account WHERE login = ?1;
-- name: ACCOUNT_ALL
SELECT login, person, disabled FROM account ORDER BY login;
-- name: ACCOUNT_DISABLE
UPDATE account SET disabled = 1 WHERE login = ?1;
-- name: SESSION_ADD
INSERT INTO session (token, login, csrf, created, seen) VALUES (?1, ?2, ?3, ?4, ?4);
-- name: SESSION_GET   with its account; a disabled one has no sessions
SELECT s.login, s.csrf, s.seen, a.person FROM session s JOIN account a ON a.login = s.login
 WHERE s.token = ?1 AND s.seen > ?2 AND a.disabled = 0;
-- name: SESSION_SEEN
UPDATE session SET seen = ?2 WHERE token = ?1;
-- name: SESSION_END
DELETE FROM session WHERE token = ?1;
-- name: SESSION_END_ALL   of an account: its password has changed
DELETE FROM session WHERE login = ?1;
-- name: SESSION_SWEEP
DELETE FROM session WHERE seen <= ?1;
-- Unfinished imports (web/draft.c).
-- name: DRAFT_ADD
INSERT INTO draft (id, kind, person, created, state) VALUES (?1, ?2, ?3, ?4, ?5);
-- name: DRAFT_GET
SELECT kind, person, created, state FROM draft WHERE id = ?1;
-- name: DRAFT_ALL   newest first
SELECT id, person, created, state FROM draft WHERE kind = ?1 ORDER BY created DESC, id LIMIT 100;
-- name: DRAFT_SET
UPDATE draft SET state = ?2 WHERE id = ?1;
-- name: DRAFT_DROP
DELETE FROM draft WHERE id = ?1;
-- name: DRAFT_DROP_FILES
DELETE FROM draft_file WHERE draft = ?1;
-- name: DRAFT_SWEEP_FILES
DELETE FROM draft_file WHERE draft IN (SELECT id FROM draft WHERE created <= ?1);
-- name: DRAFT_SWEEP
DELETE FROM draft WHERE created <= ?1;
-- name: DRAFT_FILE_ADD
INSERT INTO draft_file (draft, n, name, bytes) VALUES (?1, ?2, ?3, ?4);
-- name: DRAFT_FILE_GET
SELECT name, bytes FROM draft_file WHERE draft = ?1 AND n = ?2;
