/*
 * The text of a log. A line of an event is its header as it was hashed and the parts the
 * header names: who holds the text can compute every digest with nothing else.
 */
#include "record/export.h"

#include "base/encode.h"
#include "lang/canon.h"
#include "record/event.h"

/* --- out --- */

struct exporting {
	struct str log;
	bool sm3;
	export_line *put;
	void *self;
};

static enum err
line_put(struct cx *cx, const struct exporting *x, const struct value *line)
{
	return x->put(cx, canon_str(cx->arena, line), x->self);
}

static enum err
part_value(struct cx *cx, const struct event_part *part, struct value *parts)
{
	struct value sealed = value_map(), text;

	TRY(canon_parse(cx, part->bytes, &text));
	if (!part->salt.n) {
		value_set(cx->arena, parts, part->name, text);
		return ERR_OK;
	}
	value_set_text(cx->arena, &sealed, "salt", hex_of(cx->arena, part->salt));
	value_set(cx->arena, &sealed, S("text"), text);
	value_set(cx->arena, parts, part->name, sealed);
	return ERR_OK;
}

static enum err
event_put(struct cx *cx, const struct event *e, void *self)
{
	const struct exporting *x = self;
	struct value line = value_map(), parts = value_map(), header;
	struct buf b = { .arena = cx->arena };
	HASHER h = { 0 };

	hasher_open(&h, x->sm3 ? DIGEST_SM3 : DIGEST_SHA256);
	for (size_t i = 0; i < e->parts.n; i++) {
		struct event_part *part = &e->parts.v[i];

		if (part->gone)
			continue;
		if (!part->digest.n) {
			const struct digest d = event_part_digest(&h, part);

			part->digest = str_copy(cx->arena, digest_str(&d));
		}
		TRY(part_value(cx, part, &parts));
	}
	event_header(&b, x->log, e);
	TRY(canon_parse(cx, buf_str(&b), &header));
	value_set_text(cx->arena, &line, "digest", hex_of(cx->arena, e->digest));
	value_set(cx->arena, &line, S("header"), header);
	value_set(cx->arena, &line, S("parts"), parts);
	return line_put(cx, x, &line);
}

static struct str
root_of(struct cx *cx, const struct record_head *head)
{
	HASHER h = { 0 };
	struct digest root;

	hasher_open(&h, head->sm3 ? DIGEST_SM3 : DIGEST_SHA256);
	root = tree_root(record_tree(head), &h);
	return digest_hex(cx->arena, &root);
}

enum err
record_export(struct cx *cx, struct db *db, struct str log, export_line *put, void *self)
{
	struct exporting x = { .log = log, .put = put, .self = self };
	struct value first = value_map(), last = value_map();
	struct record_head head;

	TRY(record_head(cx, db, log, &head));
	x.sm3 = head.sm3;
	value_set_text(cx->arena, &first, "hash", head.sm3 ? S("sm3") : S("sha256"));
	value_set_text(cx->arena, &first, "log", log);
	value_set_int(cx->arena, &first, "offset", head.offset_ms);
	TRY(line_put(cx, &x, &first));
	if (head.seq)
		TRY(record_walk(cx, db, log, 1, head.seq, event_put, &x));
	value_set_text(cx->arena, &last, "root", root_of(cx, &head));
	value_set_int(cx->arena, &last, "size", head.seq);
	return line_put(cx, &x, &last);
}

/* --- and in --- */

/* Lines that go in with one transaction. */
struct import_group {
	struct record_import *imp;
	struct db *db;
	struct record_head head;
	struct event_list added;
};

static enum err
log_begin(struct cx *cx, struct db *db, struct record_import *imp, struct str text)
{
	struct record_head head;
	struct str hash, log;
	struct value line;
	enum err err;

	imp->line = 1;
	TRY(canon_parse(cx, text, &line));
	hash = value_str(value_get(&line, S("hash")));
	log = value_str(value_get(&line, S("log")));
	if (!log.n || !(str_eq(hash, S("sm3")) || str_eq(hash, S("sha256"))))
		return fail(cx, ERR_INPUT, "第一行不是日志的名称和摘要算法");
	imp->log = str_copy(imp->arena, log);
	err = record_head(cx, db, log, &head);
	if (err != ERR_NOT_FOUND)
		return err;
	return record_create(cx, db, log, str_eq(hash, S("sm3")),
	    value_num(value_get(&line, S("offset"))));
}

/* The parts a header names; one that is not in the line was destroyed. */
static bool
parts_read(
    struct cx *cx, const struct value *names, const struct value *parts, struct event *e)
{
	struct event_part *open = list_add(cx->arena, &e->parts);

	open->name = S("open");
	open->bytes = canon_str(cx->arena, value_get(parts, S("open")));
	if (names->kind != V_MAP || !value_get(parts, S("open")) ||
	    value_get(parts, S("open"))->kind != V_MAP)
		return false;
	for (size_t i = 0; i < names->map.n; i++) {
		const struct str name = names->map.pairs[i].key;
		const struct value *sealed = value_get(parts, name);
		struct event_part *part;

		if (str_eq(name, S("open")))
			continue;
		part = list_add(cx->arena, &e->parts);
		part->name = name;
		part->gone = value_is_null(sealed);
		if (part->gone
			? !hex_parse(cx->arena, value_str(&names->map.pairs[i].value),
			      &part->digest) ||
			      part->digest.n != DIGEST_SIZE
			: !hex_parse(cx->arena, value_str(value_get(sealed, S("salt"))),
			      &part->salt) ||
			      part->salt.n != SALT_SIZE)
			return false;
		if (!part->gone)
			part->bytes = canon_str(cx->arena, value_get(sealed, S("text")));
	}
	return true;
}

static bool
event_read(struct cx *cx, const struct value *line, struct event *e)
{
	const struct value *h = value_get(line, S("header"));

	*e = (struct event){ .subject = value_str(value_get(h, S("subject"))),
		.subject_seq = value_num(value_get(h, S("subject_seq"))),
		.done = value_num(value_get(h, S("done"))),
		.actor = value_str(value_get(h, S("actor"))),
		.behalf = value_str(value_get(h, S("behalf"))),
		.definition = value_str(value_get(h, S("definition"))),
		.key = value_str(value_get(h, S("key"))),
		.seq = value_num(value_get(h, S("seq"))),
		.recorded = value_num(value_get(h, S("recorded"))) };
	return event_kind_find(value_str(value_get(h, S("kind"))), &e->kind) &&
	       hex_parse(
		   cx->arena, value_str(value_get(line, S("digest"))), &e->digest) &&
	       parts_read(cx, value_get(h, S("body")), value_get(line, S("parts")), e) &&
	       !event_fault(cx, e, e->recorded).n;
}

static enum err
event_take(struct cx *cx, struct import_group *g, const struct value *line)
{
	struct event *e = arena_new(cx->arena, struct event);
	struct record_import *imp = g->imp;
	struct event same;
	struct str digest;

	if (!event_read(cx, line, e))
		return fail(cx, ERR_INPUT, "不是一条记录");
	if (e->seq != ++imp->seq)
		return fail(cx, ERR_INPUT, "应为第 %lld 号记录，写的是第 %lld 号",
		    (long long)imp->seq, (long long)e->seq);
	digest = e->digest;
	if (e->seq <= g->head.seq) {
		TRY(record_get(cx, g->db, imp->log, e->seq, &same));
		return str_eq(same.digest, digest)
			   ? ERR_OK
			   : fail(cx, ERR_STALE, "库中第 %lld 号记录与此不同",
				 (long long)e->seq);
	}
	cx->now_ms = e->recorded;
	record_append(cx, &g->head, &e, 1);
	if (!str_eq(e->digest, digest))
		return fail(
		    cx, ERR_STORE, "第 %lld 号记录与其摘要不符", (long long)e->seq);
	*list_add(cx->arena, &g->added) = *e;
	imp->added++;
	return ERR_OK;
}

/* The last line: nothing may be missing before it. */
static enum err
log_end(struct cx *cx, const struct import_group *g, const struct value *line)
{
	struct record_import *imp = g->imp;

	if (value_num(value_get(line, S("size"))) != imp->seq)
		return fail(cx, ERR_INPUT, "应有 %lld 条记录，只有 %lld 条",
		    (long long)value_num(value_get(line, S("size"))),
		    (long long)imp->seq);
	if (g->head.seq == imp->seq &&
	    !str_eq(value_str(value_get(line, S("root"))), root_of(cx, &g->head)))
		return fail(cx, ERR_STORE, "根摘要与记录不符");
	imp->ended = true;
	return ERR_OK;
}

static enum err
line_take(struct cx *cx, struct import_group *g, struct str text)
{
	struct value line;

	TRY(canon_parse(cx, text, &line));
	if (g->imp->ended)
		return fail(cx, ERR_INPUT, "最后一行之后还有内容");
	if (value_get(&line, S("header"))->kind == V_MAP)
		return event_take(cx, g, &line);
	return log_end(cx, g, &line);
}

enum err
record_import_lines(struct cx *cx, struct db *db, struct record_import *imp,
    const struct str *lines, size_t n)
{
	struct import_group g = { .imp = imp, .db = db };
	DB_TX tx = { 0 };
	size_t i = 0;

	TRY(db_begin(cx, db, &tx));
	if (!imp->log.n && n)
		TRY(log_begin(cx, db, imp, lines[i++]));
	TRY(record_lock(cx, db, imp->log, &g.head));
	for (; i < n; i++) {
		imp->line++;
		TRY(line_take(cx, &g, lines[i]));
	}
	TRY(record_flush(cx, db, &g.head));
	TRY(event_destroys_again(cx, db, imp->log, &g.added));
	return db_commit(cx, &tx);
}
