/* What session.c, login.c and factor.c share. */
#pragma once

#include <pthread.h>

#include "store/db.h"
#include "web/session.h"
#include "web/throttle.h"

enum { PASSWORD_MIN = 8, PASSWORD_MAX = 200 };

struct sessions {
	struct arena arena;
	struct str key; /* file of the key of second factors */
	struct db *db;
	pthread_mutex_t lock;     /* of db and throttle */
	struct throttle throttle; /* by peer */
};

/* All with the lock held. */
enum err session_begin(
    struct cx *cx, struct sessions *s, struct str login, struct str *token) MUST_USE;
/* The stored hash, empty when there is no such account or it is closed. */
enum err account_hash(
    struct cx *cx, struct sessions *s, struct str login, struct str *hash) MUST_USE;
enum err factor_is_on(struct cx *cx, struct sessions *s, struct str login, bool *on)
    MUST_USE;
enum err factor_check(struct cx *cx, struct sessions *s, struct str login,
    struct str code, int64_t real_ms, enum factor_used *used) MUST_USE;
enum err login_refuse(struct cx *cx, struct str field, struct str message);
/* The instant until which the login is locked; 0: it is not. */
enum err failure_until(
    struct cx *cx, struct sessions *s, struct str login, int64_t *until) MUST_USE;
enum err failure_forget(struct cx *cx, struct sessions *s, struct str login) MUST_USE;
