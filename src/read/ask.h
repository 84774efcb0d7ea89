/*
 * Asking the engine without acting: what may be done, what is hidden from whom, what a
 * subject is called. The same judgement as at the door, on facts read through this
 * connection.
 */
#pragma once

#include "act/act.h"
#include "read/read.h"

/* act_choices with its facts fetched: a matter's subject, or the family of a new one. */
enum err ask_choices(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str actor, struct str subject, struct str family, struct act_choices *out)
    MUST_USE;

/* act_among with its facts fetched. */
enum err ask_among(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str subject, struct str family, const struct value *form,
    const struct field *field, struct value *out) MUST_USE;

/* act_hidden with its facts fetched; empty actor: the public. */
enum err ask_hidden(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str actor, struct str subject, struct id_list *masks, struct id_list *fields)
    MUST_USE;

/* act_may_unseal with its facts fetched. */
enum err ask_may_unseal(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str actor, struct str subject, bool *out) MUST_USE;

/* Questions about many subjects in one request: what they rest on is fetched once. Lives
 * as long as cx->arena; what was asked before is not asked anew, so it ends with the
 * request. */
struct asker {
	const struct reader *r;
	const struct defs *defs;
	struct str actor;
	struct facts facts;
};
void asker_open(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str actor, struct asker *out);
/* A state that was read already. */
void asker_knows(struct asker *k, struct str subject, const struct value *state);
enum err asker_choices(struct cx *cx, struct asker *k, struct str subject,
    struct str family, struct act_choices *out) MUST_USE;
enum err asker_hidden(struct cx *cx, struct asker *k, struct str subject,
    struct id_list *masks, struct id_list *fields) MUST_USE;

/* Of an entry's values: what its register says it is called (`called:`), else the key
 * field, else the first text; empty when there is none. */
struct str ask_title(struct cx *cx, const struct reader *r, const struct defs *defs,
    const struct register_def *def, const struct value *values);

/* The name of a unit, group, person …, as above; a matter's title; empty when there is
 * none. */
struct str ask_name(
    struct cx *cx, const struct reader *r, const struct defs *defs, struct str subject);

/* Somebody or something that may be chosen. */
struct offer {
	struct str subject, label;
};
/* Entries that would be offered under the same label get their unit behind it, then post
 * or holder, then the number of a certificate: as much as tells them apart. Matters stay
 * as they are. */
enum err ask_apart(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct offer *v, size_t n) MUST_USE;

/* Entries of `family` whose `field` refers to the subject, today. */
enum err ask_refs(struct cx *cx, const struct reader *r, struct str family,
    struct str field, struct str subject, struct read_page *out) MUST_USE;

/* Versions of posts that the person holds, deputises or stands in for today. */
enum err ask_posts(struct cx *cx, const struct reader *r, struct str person,
    struct read_page *out) MUST_USE;

/* Every competence of these posts today. */
enum err ask_granted(struct cx *cx, const struct reader *r, const struct read_page *posts,
    struct id_list *out) MUST_USE;

/* Has one of the person's posts this competence today? */
enum err ask_can(struct cx *cx, const struct reader *r, struct str person,
    struct str competence, bool *out) MUST_USE;
