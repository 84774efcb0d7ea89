/*
 * Writing: a group is record_lock, any number of record_append, one record_flush, the
 * commit. Everything between is memory, so a group costs as many statements as it has
 * tables.
 */
#include "record/record.h"

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "record/event.h"
#include "record/tree.h"

struct record_pending {
	struct arena *arena; /* of the cx that locked */
	struct tree tree;
	struct tree_nodes nodes;
	LIST(const struct event *) events;
};

static bool
is_log_name(struct str s)
{
	char before = '/';

	for (size_t i = 0; i < s.n; i++) {
		const char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			(before != '/' && (c == '/' || c == '-' || c == '.'))))
			return false;
		before = c;
	}
	return before != '/' && s.n <= 100;
}

enum err
record_create(struct cx *cx, struct db *db, struct str log, bool sm3, int64_t offset_ms)
{
	const struct digest zero = { 0 };

	if (!is_log_name(log))
		return fail(cx, ERR_INPUT, "日志名称不合规定：%.*s", STR_ARG(log));
	return db_run(cx, db, Q_LOG_CREATE, D_TEXT(log),
	    D_TEXT(sm3 ? S("sm3") : S("sha256")), D_INT(offset_ms),
	    D_BLOB(digest_str(&zero)), D_BLOB(S("")));
}

static enum err
head_read(struct cx *cx, struct db *db, struct str log, int stmt, struct record_head *out)
{
	struct record_head head = { .log = str_copy(cx->arena, log) };
	DB_ROWS rows = { 0 };
	struct str edge;

	TRY(db_ask(cx, db, &rows, stmt, D_TEXT(log)));
	if (!db_next(&rows)) {
		TRY(db_end(cx, &rows));
		return fail(cx, ERR_NOT_FOUND, "没有名为 %.*s 的日志", STR_ARG(log));
	}
	head.sm3 = str_eq(db_view(&rows, 0), S("sm3"));
	head.offset_ms = db_int(&rows, 1);
	head.seq = db_int(&rows, 2);
	head.recorded = db_int(&rows, 3);
	head.digest = db_text(cx, &rows, 4);
	edge = db_text(cx, &rows, 5);
	TRY(db_end(cx, &rows));
	head.pending = arena_new(cx->arena, struct record_pending);
	head.pending->arena = cx->arena;
	if (head.digest.n != DIGEST_SIZE ||
	    !tree_from_edge(head.seq, edge, &head.pending->tree))
		return fail(
		    cx, ERR_STORE, "日志 %.*s 的末端损坏，请核验记录", STR_ARG(log));
	*out = head;
	return ERR_OK;
}

enum err
record_lock(struct cx *cx, struct db *db, struct str log, struct record_head *head)
{
	return head_read(cx, db, log, Q_LOG_LOCK, head);
}

enum err
record_head(struct cx *cx, struct db *db, struct str log, struct record_head *head)
{
	return head_read(cx, db, log, Q_LOG_HEAD, head);
}

enum err
record_is_sm3(struct cx *cx, struct db *db, struct str log, bool *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_LOG_HEAD, D_TEXT(log)));
	if (!db_next(&rows)) {
		TRY(db_end(cx, &rows));
		return fail(cx, ERR_NOT_FOUND, "没有名为 %.*s 的日志", STR_ARG(log));
	}
	*out = str_eq(db_view(&rows, 0), S("sm3"));
	return db_end(cx, &rows);
}

const struct tree *
record_tree(const struct record_head *head)
{
	return &head->pending->tree;
}

static bool
is_header_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20)
			return false;
	return str_is_utf8(s);
}

struct str
event_fault(struct cx *cx, const struct event *e, int64_t recorded)
{
	if ((int)e->kind < 0 || e->kind >= EV_COUNT_ || !e->subject.n ||
	    e->subject_seq < 1 || !e->actor.n)
		return S("an event without kind, subject or actor");
	if (!is_header_text(e->subject) || !is_header_text(e->actor) ||
	    !is_header_text(e->behalf) || !is_header_text(e->definition) ||
	    !is_header_text(e->key))
		return S("a header text with control characters, or not UTF-8");
	if (e->done > day_of_ms(recorded))
		return S("an event done after it is recorded");
	if (!e->parts.n || !str_eq(e->parts.v[0].name, S("open")))
		return S("an event whose first part is not open");
	for (size_t i = 1; i < e->parts.n; i++)
		if (!e->parts.v[i].name.n || str_eq(e->parts.v[i].name, S("open")))
			return S("a sealed part without a name of its own");
	return event_kind_fault(cx, e->kind, e->parts.v[0].bytes);
}

static void
parts_seal(struct cx *cx, struct arena *a, struct hasher *h, struct event *e)
{
	for (size_t i = 0; i < e->parts.n; i++) {
		struct event_part *p = &e->parts.v[i];
		struct digest d;

		/* Copied after its destruction: its digest is all that there is. */
		if (p->gone) {
			if (!i || p->digest.n != DIGEST_SIZE)
				bug("a destroyed part without a digest");
			continue;
		}
		if (i && !p->salt.n) {
			char *salt = arena_alloc(a, SALT_SIZE);

			cx_random(cx, salt, SALT_SIZE);
			p->salt = (struct str){ salt, SALT_SIZE };
		}
		if (p->salt.n != (i ? SALT_SIZE : 0))
			bug("part %.*s has a salt of %zu bytes", STR_ARG(p->name),
			    p->salt.n);
		d = event_part_digest(h, p);
		p->digest = str_copy(a, digest_str(&d));
	}
}

void
record_append(
    struct cx *cx, struct record_head *head, struct event *const *events, size_t n)
{
	struct record_pending *pending = head->pending;
	struct buf scratch = { .arena = cx->arena };
	HASHER h = { 0 };

	hasher_open(&h, head->sm3 ? DIGEST_SM3 : DIGEST_SHA256);
	if (cx->now_ms > head->recorded)
		head->recorded = cx->now_ms;
	for (size_t i = 0; i < n; i++) {
		struct event *e = events[i];
		const struct str fault = event_fault(cx, e, head->recorded);
		struct digest d;

		if (fault.n)
			bug("%.*s of %.*s: %.*s", STR_ARG(event_kind_name(e->kind)),
			    STR_ARG(e->subject), STR_ARG(fault));
		parts_seal(cx, pending->arena, &h, e);
		e->seq = ++head->seq;
		e->recorded = head->recorded;
		e->previous = head->digest;
		d = event_digest(&h, &scratch, head->log, e);
		e->digest = head->digest = str_copy(pending->arena, digest_str(&d));
		tree_add(pending->arena, &pending->tree, &h, &d, &pending->nodes);
		*list_add(pending->arena, &pending->events) = e;
	}
}

enum { EVENT_ARGS = 13, SEALED_ARGS = 6, NODE_ARGS = 4 };

static enum err
events_write(struct cx *cx, struct db *db, const struct record_head *head)
{
	const struct record_pending *pending = head->pending;
	const size_t n = pending->events.n;
	struct db_arg *args = arena_array(cx->arena, struct db_arg, n * EVENT_ARGS);

	for (size_t i = 0; i < n; i++) {
		const struct event *e = pending->events.v[i];
		const struct db_arg row[] = { D_TEXT(head->log), D_INT(e->seq),
			D_INT(e->recorded), D_INT(e->done),
			D_TEXT(event_kind_name(e->kind)), D_TEXT(e->subject),
			D_INT(e->subject_seq), D_TEXT(e->actor), D_TEXT(e->behalf),
			D_TEXT(e->definition), D_TEXT(e->key),
			D_BLOB(e->parts.v[0].bytes), D_BLOB(e->digest) };

		_Static_assert(sizeof row / sizeof *row == EVENT_ARGS, "as EVENT_ADD");
		memcpy(args + i * EVENT_ARGS, row, sizeof row);
	}
	return db_run_many(cx, db, Q_EVENT_ADD, args, EVENT_ARGS, n, NULL);
}

static enum err
sealed_write(struct cx *cx, struct db *db, const struct record_head *head)
{
	const struct record_pending *pending = head->pending;
	LIST(struct db_arg) args = { 0 };

	for (size_t i = 0; i < pending->events.n; i++) {
		const struct event *e = pending->events.v[i];

		for (size_t k = 1; k < e->parts.n; k++) {
			const struct event_part *p = &e->parts.v[k];
			const struct db_arg row[] = { D_TEXT(head->log), D_INT(e->seq),
				D_TEXT(p->name), p->gone ? D_NULL : D_BLOB(p->salt),
				p->gone ? D_NULL : D_BLOB(p->bytes), D_BLOB(p->digest) };

			_Static_assert(
			    sizeof row / sizeof *row == SEALED_ARGS, "as SEALED_ADD");
			for (size_t j = 0; j < SEALED_ARGS; j++)
				*list_add(cx->arena, &args) = row[j];
		}
	}
	return args.n ? db_run_many(cx, db, Q_SEALED_ADD, args.v, SEALED_ARGS,
			    args.n / SEALED_ARGS, NULL)
		      : ERR_OK;
}

static enum err
nodes_write(struct cx *cx, struct db *db, const struct record_head *head)
{
	const struct tree_nodes *nodes = &head->pending->nodes;
	struct db_arg *args = arena_array(cx->arena, struct db_arg, nodes->n * NODE_ARGS);

	for (size_t i = 0; i < nodes->n; i++) {
		const struct tree_node *node = &nodes->v[i];

		args[i * NODE_ARGS] = D_TEXT(head->log);
		args[i * NODE_ARGS + 1] = D_INT(node->level);
		args[i * NODE_ARGS + 2] = D_INT(node->at);
		args[i * NODE_ARGS + 3] = D_BLOB(digest_str(&node->digest));
	}
	return nodes->n ? db_run_many(cx, db, Q_TREE_ADD, args, NODE_ARGS, nodes->n, NULL)
			: ERR_OK;
}

enum err
record_flush(struct cx *cx, struct db *db, struct record_head *head)
{
	struct record_pending *pending = head->pending;
	int64_t moved = 0;
	struct db_arg args[] = { D_TEXT(head->log), D_INT(head->seq),
		D_INT(head->recorded), D_BLOB(head->digest),
		D_BLOB(tree_edge(cx->arena, &pending->tree)) };

	if (!pending->events.n)
		return ERR_OK;
	TRY(events_write(cx, db, head));
	TRY(sealed_write(cx, db, head));
	TRY(nodes_write(cx, db, head));
	TRY(db_run_many(cx, db, Q_LOG_MOVE, args, sizeof args / sizeof *args, 1, &moved));
	if (moved != 1)
		return fail(cx, ERR_STORE, "日志 %.*s 的末端不见了", STR_ARG(head->log));
	pending->events.n = 0;
	pending->nodes.n = 0;
	return ERR_OK;
}

enum err
record_destroy(struct cx *cx, struct db *db, struct str log, int64_t seq,
    const struct str *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct db_arg args[] = { D_TEXT(log), D_INT(seq),
			D_TEXT(parts[i]) };
		int64_t changed = 0;

		TRY(db_run_many(cx, db, Q_SEALED_DESTROY, args, 3, 1, &changed));
		if (changed != 1)
			return fail(cx, ERR_NOT_FOUND, "第 %lld 号记录没有 %.*s 部分",
			    (long long)seq, STR_ARG(parts[i]));
	}
	return ERR_OK;
}
