/*
 * Files of issued documents. The text was made when the document was issued and stands in
 * its event; the file is those bytes, so that it can be made at any later time and is the
 * same.
 */
#include "act/door_inside.h"
#include "act/fold.h"
#include "store/bytes.h"

struct issued {
	const struct event *event;
	struct value open;
	bool has_file;
};

struct issued_list {
	struct issued *v;
	size_t n, cap;
};

static enum err
issued_load(struct cx *cx, struct door *door, struct str subject, struct issued_list *out)
{
	struct event_list events = { 0 };

	TRY(record_of_subject(cx, door->db, door->config.log, subject, &events));
	for (size_t i = 0; i < events.n; i++) {
		const struct event *e = &events.v[i];
		struct value open;

		if (e->kind != EV_ISSUED && e->kind != EV_RENDERED)
			continue;
		TRY(event_open(cx, cx->arena, e, &open));
		if (e->kind == EV_ISSUED) {
			*list_add(cx->arena, out) = (struct issued){ e, open, false };
			continue;
		}
		for (size_t k = 0; k < out->n; k++)
			if (value_eq(value_get(&out->v[k].open, S("document")),
				value_get(&open, S("document"))) &&
			    value_eq(value_get(&out->v[k].open, S("number")),
				value_get(&open, S("number"))))
				out->v[k].has_file = true;
	}
	return ERR_OK;
}

/* With the log locked: another process may have made it since we looked. */
static enum err
has_file_now(
    struct cx *cx, struct door *door, const struct issued *issued, bool *has_file)
{
	struct issued_list now = { 0 };

	TRY(issued_load(cx, door, issued->event->subject, &now));
	for (size_t i = 0; i < now.n; i++)
		if (now.v[i].event->seq == issued->event->seq)
			*has_file = now.v[i].has_file;
	return ERR_OK;
}

static enum err
render(struct cx *cx, struct door *door, const struct issued *issued)
{
	struct event_list events = { 0 };
	struct value open = value_map();
	BYTES_DRAFT draft = { 0 };
	bool has_file = false;
	struct str digest;
	GROUP g = { 0 };

	TRY(bytes_begin(cx, door->db, &draft));
	TRY(bytes_add(cx, &draft, value_str(value_get(&issued->open, S("text")))));
	TRY(group_begin(cx, door, door->config.log, &g));
	TRY(has_file_now(cx, door, issued, &has_file));
	if (has_file)
		return ERR_OK;
	TRY(bytes_keep(cx, door->db, door->config.log, &draft, &digest));
	value_set(
	    cx->arena, &open, S("document"), *value_get(&issued->open, S("document")));
	value_set(cx->arena, &open, S("number"), *value_get(&issued->open, S("number")));
	value_set_text(cx->arena, &open, "digest", digest);
	group_event(&g, &events, EV_RENDERED, issued->event->subject, S("system"), &open)
	    ->definition = issued->event->definition;
	TRY(group_append(&g, &events));
	return group_commit(&g);
}

static enum err
subject_render(struct cx *cx, struct door *door, struct str subject)
{
	struct issued_list issued = { 0 };

	TRY(issued_load(cx, door, subject, &issued));
	for (size_t i = 0; i < issued.n; i++)
		if (!issued.v[i].has_file)
			TRY(render(cx, door, &issued.v[i]));
	return ERR_OK;
}

enum err
door_render(struct cx *cx, struct door *door, struct str subject)
{
	enum err err;

	pthread_mutex_lock(&door->writing);
	err = subject_render(cx, door, subject);
	pthread_mutex_unlock(&door->writing);
	return err;
}

enum { FILES_AT_A_TIME = 16 };

static enum err
unfiled_list(struct cx *cx, struct door *door, struct str *subjects, size_t *n)
{
	DB_ROWS rows = { 0 };
	int stmt;

	*n = 0;
	TRY(db_prepare(cx, door->db, table_text(TABLE_UNFILED), &stmt));
	TRY(db_ask(cx, door->db, &rows, stmt, D_TEXT(door->config.log), D_TEXT(S("")),
	    D_INT(FILES_AT_A_TIME)));
	while (db_next(&rows))
		subjects[(*n)++] = db_text(cx, &rows, 0);
	return db_end(cx, &rows);
}

enum err
files_make(struct cx *cx, struct door *door, bool *more)
{
	struct str subjects[FILES_AT_A_TIME];
	size_t n;
	enum err err;

	*more = false;
	pthread_mutex_lock(&door->writing);
	err = unfiled_list(cx, door, subjects, &n);
	for (size_t i = 0; err == ERR_OK && i < n; i++)
		err = subject_render(cx, door, subjects[i]);
	pthread_mutex_unlock(&door->writing);
	*more = err == ERR_OK && n == FILES_AT_A_TIME;
	return err;
}
