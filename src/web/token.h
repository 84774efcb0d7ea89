/*
 * Tokens: how a program logs in for a person. Its owner makes one (pages/tokens.c), or
 * the machine's administrator (token add), for an account, with a scope and a last day;
 * it is shown once, and the service tables hold its digest. It opens what the person's
 * posts open and nothing more; it ends with its last day, and with the account.
 */
#pragma once

#include "base/cx.h"

struct session;

enum token_scope {
	TOKEN_READ,    /* changes nothing */
	TOKEN_WRITE,   /* also acts */
	TOKEN_METRICS, /* only /metrics, which says nothing of anybody */
	TOKEN_SCOPES_,
};
struct str token_scope_name(enum token_scope scope);
bool token_scope_find(struct str name, enum token_scope *out);

enum { TOKEN_DAYS_MAX = 366, TOKENS_MAX = 20 /* of an account */ };

/* A connection of its own, shared by the web threads behind a lock. */
struct tokens;
enum err tokens_open(struct cx *cx, struct str url, struct tokens **out) MUST_USE;
void tokens_close(struct tokens *t); /* NULL is fine */

struct token {
	struct str id; /* names it in lists; opens nothing */
	struct str login, note;
	enum token_scope scope;
	int64_t created, until, seen; /* ms; seen 0: never used */
};
struct token_list {
	struct token *v;
	size_t n, cap;
};

/* *secret is what the program says, *id how people call it. ERR_NOT_FOUND: no such open
 * account; ERR_INPUT: a note of more than 100 characters, days outside 1..366, too many
 * tokens of this account. */
enum err token_add(struct cx *cx, struct tokens *t, struct str login,
    enum token_scope scope, int64_t days, struct str note, struct str *id,
    struct str *secret) MUST_USE;
/* Those that are still good, by login and day; of one login unless that is empty. */
enum err token_all(
    struct cx *cx, struct tokens *t, struct str login, struct token_list *out) MUST_USE;
/* ERR_NOT_FOUND: none of that id, or, unless `login` is empty, not of that account. */
enum err token_drop(struct cx *cx, struct tokens *t, struct str login, struct str id)
    MUST_USE;

/* *out stays NULL when it opens nothing (any more), or only the metrics. */
enum err token_find(
    struct cx *cx, struct tokens *t, struct str secret, struct session **out) MUST_USE;
/* Whether it is one for the metrics. */
enum err token_measures(struct cx *cx, struct tokens *t, struct str secret, bool *out)
    MUST_USE;
