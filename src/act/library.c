/* Taking statutes in: what is there already, what is refused, one event for each text. */
#include "act/library.h"

#include "act/install.h"
#include "act/library_apply.h"
#include "base/crypto.h"
#include "base/date.h"
#include "lang/canon.h"
#include "lang/nfc.h"
#include "register/table.h"
#include "store/bytes.h"

/* A transaction on the library's log. */
struct writing {
	struct cx *cx;
	struct db *db;
	struct str actor;
	struct record_head head;
	struct map last; /* subject → int64_t: its newest subject_seq */
	struct db_tx tx;
};

/* An edition that is there, as far as it matters here. */
struct present {
	int64_t from;
	struct str digest;
};
struct present_list {
	struct present *v;
	size_t n, cap;
};

static enum err
writing_begin(struct writing *w)
{
	const struct install install = { .log = LIBRARY_LOG, .title = S("法规库") };

	TRY(db_begin(w->cx, w->db, &w->tx));
	if (!install_exists(w->cx, w->db, LIBRARY_LOG))
		TRY(install_alone(w->cx, w->db, &install));
	return record_lock(w->cx, w->db, LIBRARY_LOG, &w->head);
}

static enum err
subject_next(struct writing *w, struct str subject, int64_t *out)
{
	int64_t *last = map_find(&w->last, subject);

	if (!last) {
		last = arena_new(w->cx->arena, int64_t);
		TRY(record_subject_last(w->cx, w->db, LIBRARY_LOG, subject, last));
		map_put(w->cx->arena, &w->last, subject, last);
	}
	*out = ++*last;
	return ERR_OK;
}

/* The event and, at once, its rows: what follows in the same transaction sees them. */
static enum err
event_write(struct writing *w, struct str statute, const struct value *open)
{
	struct cx *cx = w->cx;
	struct event *e = arena_new(cx->arena, struct event);
	struct event_part *part;

	e->kind = EV_STATUTE;
	e->subject = str_fmt(cx->arena, "statute/%.*s", STR_ARG(statute));
	e->done = cx_today(cx);
	e->actor = w->actor;
	TRY(subject_next(w, e->subject, &e->subject_seq));
	part = list_add(cx->arena, &e->parts);
	part->name = S("open");
	part->bytes = canon_str(cx->arena, open);
	record_append(cx, &w->head, &e, 1);
	return library_apply(cx, w->db, e);
}

static enum err
present_read(struct cx *cx, struct db *db, struct str statute, struct present_list *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_EDITION_ALL, D_TEXT(statute)));
	while (db_next(&rows))
		*list_add(cx->arena, out) = (struct present){ db_int(&rows, 0),
			db_text(cx, &rows, 12) };
	return db_end(cx, &rows);
}

/* ---- what becomes of a text ---- */

struct verdict {
	enum library_outcome outcome;
	bool moves; /* the same text under another day than before */
	int64_t moved;
};

static enum err
replace_wanted(struct cx *cx, const struct library_file *f, struct str what)
{
	if (!f->replace)
		return fail(cx, ERR_INPUT,
		    "%.*s: %.*s；确需改动请用 --replace 并以 --reason 写明理由",
		    STR_ARG(f->name), STR_ARG(what));
	if (!f->reason.n)
		return fail(
		    cx, ERR_INPUT, "%.*s: 没有写明理由（--reason）", STR_ARG(f->name));
	return ERR_OK;
}

static enum err
judge(struct cx *cx, const struct library_file *f, const struct value *text,
    struct str digest, const struct present_list *there, struct verdict *out)
{
	const int64_t from = value_num(value_get(text, S("from")));
	const struct str name = value_str(value_get(text, S("statute")));

	*out = (struct verdict){ .outcome = LIBRARY_ADDED };
	for (size_t i = 0; i < there->n; i++) {
		const struct present *p = &there->v[i];
		const struct str day = day_chinese(cx->arena, p->from);

		if (p->from == from && str_eq(p->digest, digest)) {
			out->outcome = LIBRARY_SAME;
			return ERR_OK;
		}
		if (p->from != from && !str_eq(p->digest, digest))
			continue;
		/* A day that was only concluded says nothing against the one kept. */
		if (p->from != from && value_true(value_get(text, S("assumed")))) {
			out->outcome = LIBRARY_SAME;
			return ERR_OK;
		}
		out->outcome = LIBRARY_REPLACED;
		out->moves |= p->from != from;
		if (p->from != from)
			out->moved = p->from;
		TRY(replace_wanted(cx, f,
		    str_fmt(cx->arena,
			p->from == from ? "《%.*s》%.*s起施行的版本已有另一文本"
					: "《%.*s》的这一文本已按%.*s起施行入库",
			STR_ARG(name), STR_ARG(day))));
	}
	return ERR_OK;
}

static enum err
want_sound(struct cx *cx, const struct library_file *f, const struct value *text)
{
	const struct str name = value_str(value_get(text, S("statute")));

	if (value_get(text, S("from"))->kind != V_INT)
		return fail(cx, ERR_INPUT,
		    "%.*s: 没有读出施行日期，请用 --from 日期 指明", STR_ARG(f->name));
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == '/')
			return fail(cx, ERR_INPUT, "%.*s: 标题中有不能用的字符",
			    STR_ARG(f->name));
	return name.n && value_count(value_get(text, S("articles")))
		   ? ERR_OK
		   : fail(cx, ERR_INPUT, "%.*s: 没有标题或者条文", STR_ARG(f->name));
}

static enum err
file_keep(struct writing *w, const struct library_file *f, struct str *source)
{
	BYTES_DRAFT d = { 0 };

	TRY(bytes_begin(w->cx, w->db, &d));
	TRY(bytes_add(w->cx, &d, f->bytes));
	return bytes_keep(w->cx, w->db, LIBRARY_LOG, &d, source);
}

static enum err
adopt_one(struct writing *w, const struct library_file *f, enum library_outcome *outcome)
{
	struct arena *a = w->cx->arena;
	struct value text, open = value_map();
	struct present_list there = { 0 };
	struct digest raw;
	struct verdict v;
	struct str name, digest, source;

	TRY(nfc_value(w->cx, f->statute, &text));
	TRY(want_sound(w->cx, f, &text));
	name = value_str(value_get(&text, S("statute")));
	raw = digest_of(DIGEST_SM3, canon_str(a, value_get(&text, S("articles"))));
	digest = digest_hex(a, &raw);
	TRY(present_read(w->cx, w->db, name, &there));
	TRY(judge(w->cx, f, &text, digest, &there, &v));
	*outcome = v.outcome;
	if (v.outcome == LIBRARY_SAME)
		return ERR_OK;
	TRY(file_keep(w, f, &source));
	value_set_text(a, &open, "statute", name);
	value_set_text(a, &open, "file", f->name);
	value_set_text(a, &open, "source", source);
	value_set_text(a, &open, "digest", digest);
	value_set(a, &open, S("text"), text);
	if (v.moves)
		value_set_int(a, &open, "moved", v.moved);
	if (v.outcome == LIBRARY_REPLACED)
		value_set_text(a, &open, "reason", f->reason);
	return event_write(w, name, &open);
}

enum err
library_adopt(struct cx *cx, struct db *db, struct str actor,
    const struct library_file *files, size_t n, enum library_outcome *outcomes)
{
	struct writing w = { .cx = cx, .db = db, .actor = actor };
	enum err err = writing_begin(&w);

	for (size_t i = 0; i < n && err == ERR_OK; i++)
		err = adopt_one(&w, &files[i], &outcomes[i]);
	if (err == ERR_OK)
		err = record_flush(cx, db, &w.head);
	if (err == ERR_OK)
		err = db_commit(cx, &w.tx);
	db_rollback(&w.tx);
	return err;
}

static enum err
repeal_inside(struct writing *w, struct str statute, int64_t day, struct str by)
{
	struct arena *a = w->cx->arena;
	struct present_list there = { 0 };
	struct value open = value_map();

	TRY(writing_begin(w));
	TRY(present_read(w->cx, w->db, statute, &there));
	if (!there.n)
		return fail(
		    w->cx, ERR_NOT_FOUND, "法规库中没有《%.*s》", STR_ARG(statute));
	value_set_text(a, &open, "statute", statute);
	value_set_int(a, &open, "repealed", day);
	value_set_text(a, &open, "by", by);
	TRY(event_write(w, statute, &open));
	TRY(record_flush(w->cx, w->db, &w->head));
	return db_commit(w->cx, &w->tx);
}

enum err
library_repeal(struct cx *cx, struct db *db, struct str actor, struct str statute,
    int64_t day, struct str by)
{
	struct writing w = { .cx = cx, .db = db, .actor = actor };
	const enum err err = repeal_inside(&w, statute, day, by);

	db_rollback(&w.tx);
	return err;
}

/* ---- rebuild ---- */

static enum err
rows_digest(struct cx *cx, struct db *db, int stmt, const struct db_arg *args,
    size_t nargs, int columns, struct hasher *h)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask_args(cx, db, &rows, stmt, args, nargs));
	while (db_next(&rows))
		for (int i = 0; i < columns; i++) {
			hasher_put(h, db_view(&rows, i));
			hasher_put(h, S("\x1f"));
		}
	return db_end(cx, &rows);
}

static enum err
library_digest(struct cx *cx, struct db *db, struct str *out)
{
	LIST(struct db_arg) keys = { 0 };
	DB_ROWS rows = { 0 };
	struct digest d;
	HASHER h = { 0 };

	hasher_open(&h, DIGEST_SM3);
	TRY(db_ask0(cx, db, &rows, Q_EDITION_EVERY));
	while (db_next(&rows)) {
		*list_add(cx->arena, &keys) = D_TEXT(db_text(cx, &rows, 14));
		*list_add(cx->arena, &keys) = D_INT(db_int(&rows, 0));
	}
	TRY(db_end(cx, &rows));
	TRY(rows_digest(cx, db, Q_STATUTE_ALL, NULL, 0, 5, &h));
	TRY(rows_digest(cx, db, Q_EDITION_EVERY, NULL, 0, 15, &h));
	for (size_t i = 0; i + 1 < keys.n; i += 2)
		TRY(rows_digest(cx, db, Q_ARTICLE_ALL, keys.v + i, 2, 5, &h));
	d = hasher_end(&h);
	*out = digest_hex(cx->arena, &d);
	return ERR_OK;
}

static enum err
apply_visit(struct cx *cx, const struct event *e, void *self)
{
	return library_apply(cx, self, e);
}

enum err
library_rebuild(struct cx *cx, struct db *db, bool keep, bool *same)
{
	struct record_head head;
	struct str before, after;
	DB_TX tx = { 0 };

	TRY(db_begin(cx, db, &tx));
	TRY(record_lock(cx, db, LIBRARY_LOG, &head));
	TRY(library_digest(cx, db, &before));
	TRY(db_run0(cx, db, Q_STATUTE_CLEAR));
	TRY(db_run0(cx, db, Q_EDITION_CLEAR));
	TRY(db_run0(cx, db, Q_ARTICLE_CLEAR));
	TRY(record_walk(cx, db, LIBRARY_LOG, 1, 0, apply_visit, db));
	TRY(library_digest(cx, db, &after));
	*same = str_eq(before, after);
	return keep ? db_commit(cx, &tx) : ERR_OK;
}
