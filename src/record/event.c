/*
 * The bytes of an event. The header is written here and nowhere else, from the same
 * fields when it is appended and when it is verified, so there is no stored copy that
 * could differ.
 */
#include "record/event.h"

#include <stdlib.h>

#include "base/encode.h"

struct digest
event_part_digest(struct hasher *h, const struct event_part *part)
{
	hasher_put(h, part->salt);
	hasher_put(h, part->bytes);
	return hasher_end(h);
}

/* Texts of headers hold no control characters (append.c), so these two are all that the
 * canonical form escapes. A row that somebody changed may hold anything, and then the
 * digest differs: nothing here refuses. */
static void
put_text(struct buf *b, const char *key, struct str text)
{
	size_t from = 0;

	buf_put_z(b, key);
	buf_put_byte(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '"' && text.p[i] != '\\')
			continue;
		buf_put(b, str_sub(text, from, i));
		buf_put_byte(b, '\\');
		from = i;
	}
	buf_put(b, str_sub(text, from, text.n));
	buf_put_byte(b, '"');
}

static void
put_int(struct buf *b, const char *key, int64_t i)
{
	buf_put_z(b, key);
	buf_put_int(b, i);
}

static void
put_hex(struct buf *b, struct str bytes)
{
	char hex[2 * DIGEST_SIZE];

	hex_put(hex, bytes.p, DIGEST_SIZE);
	buf_put(b, (struct str){ hex, sizeof hex });
}

static int
part_order(const void *a, const void *b)
{
	const struct event_part *const *x = a, *const *y = b;

	return str_cmp((*x)->name, (*y)->name);
}

static void
put_manifest(struct buf *b, const struct event *e)
{
	const struct event_part **order = arena_array(
	    b->arena, const struct event_part *, e->parts.n);

	for (size_t i = 0; i < e->parts.n; i++)
		order[i] = &e->parts.v[i];
	qsort(order, e->parts.n, sizeof *order, part_order);
	for (size_t i = 0; i < e->parts.n; i++) {
		put_text(b, i ? "\"," : "", order[i]->name);
		buf_put(b, S(":\""));
		put_hex(b, order[i]->digest);
	}
}

/* Keys in byte order: this is the canonical form of a map, written straight down because
 * it is written a million times. test_record.c holds it against canon_put. */
void
event_header(struct buf *b, struct str log, const struct event *e)
{
	put_text(b, "{\"actor\":", e->actor);
	put_text(b, ",\"behalf\":", e->behalf);
	buf_put(b, S(",\"body\":{"));
	put_manifest(b, e);
	put_text(b, "\"},\"definition\":", e->definition);
	put_int(b, ",\"done\":", e->done);
	put_text(b, ",\"key\":", e->key);
	put_text(b, ",\"kind\":", event_kind_name(e->kind));
	put_text(b, ",\"log\":", log);
	buf_put(b, S(",\"previous\":\""));
	put_hex(b, e->previous);
	put_int(b, "\",\"recorded\":", e->recorded);
	put_int(b, ",\"seq\":", e->seq);
	put_text(b, ",\"subject\":", e->subject);
	put_int(b, ",\"subject_seq\":", e->subject_seq);
	put_int(b, ",\"version\":", event_kind_version(e->kind));
	buf_put_byte(b, '}');
}

void
event_leaf(struct buf *b, struct str log, const struct event *e)
{
	buf_put_byte(b, '\0');
	event_header(b, log, e);
}

struct digest
event_digest(struct hasher *h, struct buf *scratch, struct str log, const struct event *e)
{
	scratch->n = 0;
	event_leaf(scratch, log, e);
	hasher_put(h, buf_str(scratch));
	return hasher_end(h);
}

enum err
event_from_row(struct cx *cx, const struct db_rows *rows, struct event *out)
{
	struct event e = { .seq = db_int(rows, 0),
		.recorded = db_int(rows, 1),
		.done = db_int(rows, 2),
		.subject = db_text(cx, rows, 4),
		.subject_seq = db_int(rows, 5),
		.actor = db_text(cx, rows, 6),
		.behalf = db_text(cx, rows, 7),
		.definition = db_text(cx, rows, 8),
		.key = db_text(cx, rows, 9),
		.digest = db_text(cx, rows, 11) };
	struct event_part *open = arena_new(cx->arena, struct event_part);

	/* Nearly every event has no other. */
	e.parts.v = open;
	e.parts.n = e.parts.cap = 1;
	open->name = S("open");
	open->bytes = db_text(cx, rows, 10);
	if (!event_kind_find(db_view(rows, 3), &e.kind))
		return fail(cx, ERR_STORE, "第 %lld 号记录的种类不认识：%.*s",
		    (long long)e.seq, STR_ARG(db_view(rows, 3)));
	*out = e;
	return ERR_OK;
}

static struct event *
event_of_seq(struct event_list *list, int64_t seq, size_t *from)
{
	while (*from < list->n && list->v[*from].seq < seq)
		(*from)++;
	return *from < list->n && list->v[*from].seq == seq ? &list->v[*from] : NULL;
}

/* Sealed rows come in the order of seq, so both lists are walked once. One whose event is
 * not there is passed over: the verifier counts them. */
static enum err
sealed_load(struct cx *cx, struct db *db, struct str log, struct event_list *list)
{
	DB_ROWS rows = { 0 };
	size_t at = 0;

	if (!list->n)
		return ERR_OK;
	TRY(db_ask(cx, db, &rows, Q_SEALED_RANGE, D_TEXT(log), D_INT(list->v[0].seq),
	    D_INT(list->v[list->n - 1].seq)));
	while (db_next(&rows)) {
		struct event *e = event_of_seq(list, db_int(&rows, 0), &at);
		struct event_part *part;

		if (!e)
			continue;
		part = list_add(cx->arena, &e->parts);
		part->name = db_text(cx, &rows, 1);
		part->gone = db_is_null(&rows, 3);
		if (!part->gone) {
			part->salt = db_text(cx, &rows, 2);
			part->bytes = db_text(cx, &rows, 3);
		}
		part->digest = db_text(cx, &rows, 4);
	}
	return db_end(cx, &rows);
}

enum err
event_parts_load(struct cx *cx, struct db *db, struct str log, struct event *e)
{
	struct event_list one = { .v = e, .n = 1, .cap = 1 };

	return sealed_load(cx, db, log, &one);
}

enum err
events_load(struct cx *cx, struct db *db, struct str log, int64_t from, int64_t to,
    int64_t most, struct event_list *out)
{
	struct event_list list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_EVENT_RANGE, D_TEXT(log), D_INT(from), D_INT(to),
	    D_INT(most)));
	while (db_next(&rows))
		TRY(event_from_row(cx, &rows, list_add(cx->arena, &list)));
	TRY(db_end(cx, &rows));
	TRY(sealed_load(cx, db, log, &list));
	*out = list;
	return ERR_OK;
}
