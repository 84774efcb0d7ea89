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
SELECT s.login, s.csrf, s.seen, a.person, COALESCE(t.temporary, 0), COALESCE(f.confirmed, 0)
  FROM session s JOIN account a ON a.login = s.login
  LEFT JOIN account_state t ON t.login = s.login
  LEFT JOIN account_factor f ON f.login = s.login
 WHERE s.token = ?1 AND s.seen > ?2 AND s.created > ?3 AND a.disabled = 0;
-- name: SESSION_LIST   of an account
SELECT token, created, seen FROM session WHERE login = ?1 ORDER BY seen DESC;
-- name: SESSION_END_OTHERS
DELETE FROM session WHERE login = ?1 AND token <> ?2;
-- name: SESSION_SEEN
UPDATE session SET seen = ?2 WHERE token = ?1;
-- name: SESSION_END
DELETE FROM session WHERE token = ?1;
-- name: SESSION_END_ALL   of an account: its password has changed
DELETE FROM session WHERE login = ?1;
-- name: SESSION_SWEEP
DELETE FROM session WHERE seen <= ?1 OR created <= ?2;
-- What else belongs to an account, and failed logins (web/login.c, web/factor.c).
-- name: STATE_GET
SELECT temporary, changed, used FROM account_state WHERE login = ?1;
-- name: STATE_PUT
INSERT INTO account_state (login, temporary, changed, used) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (login) DO UPDATE SET temporary = excluded.temporary, changed = excluded.changed;
-- name: STATE_USED
UPDATE account_state SET used = ?2 WHERE login = ?1;
-- name: FAILURE_GET
SELECT failed, last FROM login_failure WHERE who = ?1;
-- name: FAILURE_PUT
INSERT INTO login_failure (who, failed, last) VALUES (?1, ?2, ?3)
ON CONFLICT (who) DO UPDATE SET failed = excluded.failed, last = excluded.last;
-- name: FAILURE_DROP
DELETE FROM login_failure WHERE who = ?1;
-- name: FAILURE_SWEEP
DELETE FROM login_failure WHERE last <= ?1;
-- name: FAILURE_TRIM   the newest 10,000 stay, whoever tries out names
DELETE FROM login_failure WHERE last <
	(SELECT last FROM login_failure ORDER BY last DESC LIMIT 1 OFFSET 10000);
-- name: PENDING_ADD
INSERT INTO login_pending (token, login, created) VALUES (?1, ?2, ?3);
-- name: PENDING_GET
SELECT p.login, a.person FROM login_pending p JOIN account a ON a.login = p.login
 WHERE p.token = ?1 AND p.created > ?2 AND a.disabled = 0;
-- name: PENDING_DROP
DELETE FROM login_pending WHERE token = ?1;
-- name: PENDING_DROP_ALL   of an account: its password has changed
DELETE FROM login_pending WHERE login = ?1;
-- name: PENDING_SWEEP
DELETE FROM login_pending WHERE created <= ?1;
-- name: FACTOR_GET
SELECT secret, confirmed, step FROM account_factor WHERE login = ?1;
-- name: FACTOR_PUT
INSERT INTO account_factor (login, secret, confirmed, step) VALUES (?1, ?2, 0, 0)
ON CONFLICT (login) DO UPDATE SET secret = excluded.secret, confirmed = 0, step = 0;
-- name: FACTOR_STEP   a code has been used: none of its step or before is taken again
UPDATE account_factor SET confirmed = 1, step = ?2 WHERE login = ?1 AND step < ?2;
-- name: FACTOR_DROP
DELETE FROM account_factor WHERE login = ?1;
-- name: RECOVERY_ADD
INSERT INTO account_recovery (login, code) VALUES (?1, ?2);
-- name: RECOVERY_USE
DELETE FROM account_recovery WHERE login = ?1 AND code = ?2;
-- name: RECOVERY_DROP
DELETE FROM account_recovery WHERE login = ?1;
-- name: RECOVERY_COUNT
SELECT count(*) FROM account_recovery WHERE login = ?1;
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
-- Tokens of programs (web/token.c).
-- name: TOKEN_ADD   for an account that is open
INSERT INTO token (id, secret, login, scope, note, created, until, seen)
SELECT ?1, ?2, a.login, ?4, ?5, ?6, ?7, 0 FROM account a WHERE a.login = ?3 AND a.disabled = 0;
-- name: TOKEN_ALL   of a login; of every one when it is empty
SELECT id, login, scope, note, created, until, seen FROM token WHERE until > ?1 AND ?2 IN ('', login)
 ORDER BY login, created, id;
-- name: TOKEN_GET   with its account; a disabled one has none
SELECT t.login, a.person, t.scope, t.seen FROM token t JOIN account a ON a.login = t.login
 WHERE t.secret = ?1 AND t.until > ?2 AND a.disabled = 0;
-- name: TOKEN_SEEN
UPDATE token SET seen = ?2 WHERE secret = ?1;
-- name: TOKEN_COUNT
SELECT COUNT(*) FROM token WHERE login = ?1;
-- name: TOKEN_DROP   of a login; whoever's when it is empty
DELETE FROM token WHERE id = ?1 AND ?2 IN ('', login);
-- name: TOKEN_SWEEP
DELETE FROM token WHERE until <= ?1;
-- Files that programs brought (web/draft.c).
-- name: BROUGHT_ADD
INSERT INTO brought (digest, person, created) VALUES (?1, ?2, ?3)
ON CONFLICT (digest, person) DO UPDATE SET created = excluded.created;
-- name: BROUGHT_GET
SELECT created FROM brought WHERE digest = ?1 AND person = ?2;
-- name: BROUGHT_SWEEP
DELETE FROM brought WHERE created <= ?1;
-- name: ACCOUNT_DUMP   for a backup of the secrets
SELECT login, password, person, disabled FROM account ORDER BY login;
-- name: STATE_DUMP
SELECT login, temporary, changed, used FROM account_state ORDER BY login;
-- name: FACTOR_DUMP   those that are in force
SELECT login, secret, step FROM account_factor WHERE confirmed = 1 ORDER BY login;
-- name: FACTOR_DROP_ALL
DELETE FROM account_factor;
-- name: RECOVERY_DUMP
SELECT login, code FROM account_recovery ORDER BY login, code;
-- name: RECOVERY_DROP_ALL
DELETE FROM account_recovery;
-- name: CHART_GET
SELECT svg FROM chart WHERE drawing = ?1;
-- name: CHART_PUT
INSERT INTO chart (drawing, svg) VALUES (?1, ?2) ON CONFLICT (drawing) DO UPDATE SET svg = excluded.svg;
-- name: CHART_ALL
SELECT drawing FROM chart ORDER BY drawing;
-- name: CHART_DROP
DELETE FROM chart WHERE drawing = ?1;

-- Uploads that no event is known to cite yet (record/offer.c).
-- name: OFFER_ADD
INSERT INTO offered (log, digest, seq, at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (log, digest) DO UPDATE SET at = excluded.at;
-- name: OFFER_AGAIN   brought once more; waits for who sweeps it
UPDATE offered SET at = ?3 WHERE log = ?1 AND digest = ?2;
-- name: OFFER_OLD
SELECT digest, seq FROM offered WHERE log = ?1 AND at <= ?2 ORDER BY at, digest LIMIT ?3;
-- name: OFFER_DROP   unless it was brought once more
DELETE FROM offered WHERE log = ?1 AND digest = ?2 AND at <= ?3;
