/* Events and tables for tests. */
#include "made.h"

#include "base/bug.h"

struct event *
made_event(struct cx *cx, int64_t seq, enum event_kind kind, const char *subject,
    int64_t subject_seq, int64_t done, const char *open)
{
	struct event *e = arena_new(cx->arena, struct event);
	struct event_part *part;

	*e = (struct event){ .kind = kind,
		.subject = str_z(subject),
		.subject_seq = subject_seq,
		.done = done,
		.actor = S("persons/2"),
		.behalf = S("posts/3"),
		.definition = S("d1"),
		.seq = seq,
		.recorded = 1789000000000 + seq };
	part = list_add(cx->arena, &e->parts);
	part->name = S("open");
	part->bytes = str_replace(cx->arena, str_z(open), S("'"), S("\""));
	return e;
}

static void
field(struct cx *cx, struct field_list *l, const char *id, enum field_type type)
{
	*list_add(cx->arena, l) = (struct field){ .id = str_z(id), .type = type };
}

struct tables *
made_tables(struct cx *cx)
{
	struct tables *t = arena_new(cx->arena, struct tables);
	struct field_list units = { 0 }, posts = { 0 }, task = { 0 }, columns = { 0 };

	t->arena = cx->arena;
	field(cx, &units, "name", FIELD_TEXT);
	units.v[0].unique = true;
	field(cx, &units, "kind", FIELD_CHOICE);
	field(cx, &posts, "holder", FIELD_ENTRY);
	field(cx, &posts, "duties", FIELD_TEXTS);
	field(cx, &task, "cause", FIELD_TEXT);
	field(cx, &task, "amount", FIELD_MONEY);
	field(cx, &task, "day", FIELD_DAY);
	field(cx, &task, "body", FIELD_ENTRY);
	field(cx, &task, "members", FIELD_ENTRIES);
	field(cx, &task, "parties", FIELD_ROWS);
	field(cx, &columns, "person", FIELD_ENTRY);
	task.v[5].columns = columns;
	tables_add(t, true, S("units"), &units);
	tables_add(t, true, S("posts"), &posts);
	tables_add(t, false, S("task"), &task);
	if (tables_finish(cx, t) != ERR_OK)
		bug("tables: %.*s", STR_ARG(cx->why));
	return t;
}
