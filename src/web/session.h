/*
 * Accounts and sessions of the installation, in its service tables. A session ends after
 * eight hours without a request and a day after it began. The cookie holds a random
 * token; the table its digest.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/cx.h"
#include "base/list.h"

#define SESSION_IDLE_MS ((int64_t)8 * 3600 * 1000)
#define SESSION_MOST_MS ((int64_t)24 * 3600 * 1000)
#define PENDING_MS ((int64_t)10 * 60 * 1000)
#define PENDING_COOKIE S("login")

struct session {
	struct str login, person; /* person: subject, "persons/12" */
	struct str name, unit; /* as shown in the head; filled in by the site's pages */
	const struct str
	    *can; /* competences of the person's posts; filled in with name */
	size_t ncan;
	struct str csrf; /* stands in every form of this session; empty with a token */
	bool by_token;   /* a program with a token (token.h): no cookie to abuse */
	bool reads_only; /* … that may change nothing */
	bool temporary;  /* the password was given by another: a new one comes first */
	bool has_factor;
	bool wants_factor; /* what the person may do asks for one; filled in with name */
};

/* A connection of its own for the service tables, shared by the web threads behind a
 * lock, and the memory of failed logins. */
struct sessions;
enum err sessions_open(struct cx *cx, struct str url, struct sessions **out) MUST_USE;
/* Where the key that second factors are encrypted with stands: beside that of the record.
 */
struct str seal_path(struct arena *a, struct str url);
/* Another place for it. The path must outlive s. */
void sessions_key(struct sessions *s, struct str path);
void sessions_close(struct sessions *s); /* NULL is fine */

/* Creates the account or gives it a new password and person; its sessions end and failed
 * logins are forgotten. ERR_INPUT: a login that is empty or too long, a password of less
 * than 8 or more than 200 characters or one that is tried first (weak.h). `temporary`:
 * another than its owner knows it. */
enum err account_put(struct cx *cx, struct sessions *s, struct str login,
    struct str password, struct str person, bool temporary) MUST_USE;
enum err account_disable(struct cx *cx, struct sessions *s, struct str login) MUST_USE;
/* Failed logins of the account are forgotten. */
enum err account_unlock(struct cx *cx, struct sessions *s, struct str login) MUST_USE;
/* By its owner, who knows the old one: ERR_REFUSED beside the field `old` or `password`.
 * All its sessions end; *token begins a new one. Wrong ones count as failed logins. */
enum err password_change(struct cx *cx, struct sessions *s, const struct session *who,
    struct str old, struct str password, struct str *token) MUST_USE;
/* One's own password, asked again. A wrong one counts as a failed login: ERR_REFUSED with
 * `why` beside `field`. */
enum err password_confirm(struct cx *cx, struct sessions *s, struct str login,
    struct str password, struct str field, struct str why) MUST_USE;

struct account {
	struct str login, person;
	bool is_disabled;
	bool temporary, has_factor;
	int64_t changed_ms, used_ms; /* password changed, last login; 0: not known */
	int64_t locked_until_ms;     /* 0: not locked */
};
/* The login is empty when there is none. A person has at most one: the one in use, or
 * else the last by name. */
enum err account_find(
    struct cx *cx, struct sessions *s, struct str login, struct account *out) MUST_USE;
enum err account_of_person(
    struct cx *cx, struct sessions *s, struct str person, struct account *out) MUST_USE;

/*
 * Login and password; then, where the account has one, the second factor. ERR_REFUSED
 * with a refusal when they do not fit, or when too many attempts from this peer or for
 * this login have failed: five, and then the longer the more, an hour at most.
 */
struct login {
	struct str person; /* of the account that was named; empty: there is none */
	struct str token;  /* of a session, or of PENDING_COOKIE */
	bool pending;      /* the code is still to come */
	bool locked;       /* refused: it is this attempt that locked the account */
};
enum err session_login(struct cx *cx, struct sessions *s, struct str peer,
    struct str login, struct str password, struct login *out) MUST_USE;

enum factor_used { FACTOR_NONE, FACTOR_CODE, FACTOR_RECOVERY };
/* `real_ms`: the time of telephones, whatever day the site shows. ERR_NOT_FOUND: begin
 * with the password. */
enum err session_code(struct cx *cx, struct sessions *s, struct str pending,
    struct str code, int64_t real_ms, struct login *out, enum factor_used *used) MUST_USE;

/* *out stays NULL when the token opens nothing (any more). */
enum err session_find(
    struct cx *cx, struct sessions *s, struct str token, struct session **out) MUST_USE;
enum err session_end(struct cx *cx, struct sessions *s, struct str token) MUST_USE;
/* All of the account but the one of this token. */
enum err session_end_others(
    struct cx *cx, struct sessions *s, struct str login, struct str token) MUST_USE;

struct session_line {
	int64_t created_ms, seen_ms;
	bool current;
};
struct session_lines {
	struct session_line *v;
	size_t n, cap;
};
enum err session_list(struct cx *cx, struct sessions *s, struct str login,
    struct str token, struct session_lines *out) MUST_USE;
