/*
 * Accounts and sessions of the installation, in its service tables. A session ends after
 * eight hours without a request. The cookie holds a random token; the table its digest.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/cx.h"

#define SESSION_IDLE_MS ((int64_t)8 * 3600 * 1000)
#define SESSION_COOKIE S("session")

struct session {
	struct str login, person; /* person: subject, "persons/12" */
	struct str name, unit; /* as shown in the head; filled in by the site's pages */
	const struct str
	    *can; /* competences of the person's posts; filled in with name */
	size_t ncan;
	struct str csrf; /* stands in every form of this session; empty with a token */
	bool by_token;   /* a program with a token (token.h): no cookie to abuse */
	bool reads_only; /* … that may change nothing */
};

/* A connection of its own for the service tables, shared by the web threads behind a
 * lock, and the memory of failed logins. */
struct sessions;
enum err sessions_open(struct cx *cx, struct str url, struct sessions **out) MUST_USE;
void sessions_close(struct sessions *s); /* NULL is fine */

/* Creates the account or gives it a new password and person; its sessions end. ERR_INPUT:
 * a login that is empty or too long, a password of less than 8 or more than 200
 * characters. */
enum err account_put(struct cx *cx, struct sessions *s, struct str login,
    struct str password, struct str person) MUST_USE;
enum err account_disable(struct cx *cx, struct sessions *s, struct str login) MUST_USE;

struct account {
	struct str login, person;
	bool is_disabled;
};
/* The login is empty when there is none. A person has at most one: the one in use, or
 * else the last by name. */
enum err account_find(
    struct cx *cx, struct sessions *s, struct str login, struct account *out) MUST_USE;
enum err account_of_person(
    struct cx *cx, struct sessions *s, struct str person, struct account *out) MUST_USE;

/* ERR_REFUSED with a refusal when login and password do not fit, or when too many
 * attempts from this peer or for this login have failed: five within a quarter of an
 * hour. */
enum err session_login(struct cx *cx, struct sessions *s, struct str peer,
    struct str login, struct str password, struct str *token) MUST_USE;

/* *out stays NULL when the token opens nothing (any more). */
enum err session_find(
    struct cx *cx, struct sessions *s, struct str token, struct session **out) MUST_USE;
enum err session_end(struct cx *cx, struct sessions *s, struct str token) MUST_USE;
