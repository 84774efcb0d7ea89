/*
 * Replies of the interface: JSON with out/json.h, refusals as RFC 9457 problems that say
 * which rule, in plain Chinese, with its article and the lawful ways out.
 */
#pragma once

#include "out/json.h"
#include "web/view.h"

/* One reply being written; the text lives in the exchange's arena. */
struct reply {
	struct exchange *x;
	struct buf text;
	struct json j;
};
void reply_open(struct reply *r, struct exchange *x); /* with the outer '{' */
void reply_send(struct reply *r, int status);         /* with its '}' */

/* The area's way to say why not (web/site.h): refusals and a reason go along. */
void reply_refuse(struct exchange *x, int status, struct str text);

/* An act that the door refused: 409 when somebody else was first, else 422. */
void reply_refused(struct exchange *x, enum err err);

void refusals_put(struct json *j, const struct defs *defs, struct arena *a,
    const struct refusal *v, size_t n);

/* Members; an empty text is left out. */
void put_text(struct json *j, const char *key, struct str s);
void put_str(struct json *j, const char *key, struct str s); /* also an empty one */
void put_int(struct json *j, const char *key, int64_t n);
void put_bool(struct json *j, const char *key, bool b);
void put_day(struct json *j, struct arena *a, const char *key, int64_t day);
/* 2026-09-21T08:05:00+08:00 (RFC 3339) */
void put_instant(struct json *j, struct arena *a, const char *key, int64_t ms);
void put_ids(struct json *j, const char *key, const struct str *v, size_t n);
