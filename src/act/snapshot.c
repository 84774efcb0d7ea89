/*
 * Snapshots of definitions: from the record, or given. Of everything but procedures only
 * the newest text counts; every edition of a procedure stays, because matters begun under
 * it go on under it.
 */
#include "act/door_inside.h"
#include "base/bug.h"
#include "base/crypto.h"
#include "lang/canon.h"

static void
tables_add_defs(struct tables *t, const struct defs *defs)
{
	for (size_t i = 0; i < defs->registers.n; i++) {
		const struct register_def *r = defs->registers.items[i].value;

		tables_add(t, true, r->id, &r->fields);
	}
	for (size_t i = 0; i < defs->editions.n; i++) {
		const struct procedure_def *p = defs->editions.items[i].value;

		tables_add(t, false, p->id, &p->fields);
	}
}

static struct snapshot *
snapshot_new(void)
{
	struct arena first = { 0 };
	struct snapshot *s = arena_new(&first, struct snapshot);

	s->arena = first;
	return s;
}

void
snapshot_free(struct snapshot *s)
{
	struct arena arena = s->arena;

	arena_free(&arena);
}

/* A definition as it was published. */
struct law {
	struct str name; /* "procedure/penalty" */
	struct source source;
	struct law *older;
};

static void
law_put(struct arena *a, struct map *laws, struct str name, const struct source *source)
{
	struct law *law = arena_new(a, struct law);

	law->name = name;
	law->source = *source;
	law->older = map_find(laws, name);
	map_put(a, laws, name, law);
}

static void
law_withdraw(const struct map *laws, struct str name)
{
	struct law *law = map_find(laws, name);

	if (law)
		law->source.withdrawn = true;
}

static enum err
laws_load(struct cx *cx, struct db *db, struct str log, struct map *laws)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_LAW_ALL, D_TEXT(log)));
	while (db_next(&rows)) {
		const struct str subject = db_text(cx, &rows, 0);
		const struct str name = str_sub(subject, sizeof "law/" - 1, subject.n);
		struct source source = { 0 };
		struct value open;

		if (str_eq(db_view(&rows, 3), event_kind_name(EV_LAW_WITHDRAWN))) {
			law_withdraw(laws, name);
			continue;
		}
		TRY(canon_parse(cx, db_text(cx, &rows, 2), &open));
		source.path = value_str(value_get(&open, S("path")));
		source.text = value_str(value_get(&open, S("text")));
		law_put(cx->arena, laws, name, &source);
	}
	return db_end(cx, &rows);
}

static void
put_older(struct arena *a, const struct law *law, struct source_list *out)
{
	struct source *source;

	if (!law)
		return;
	put_older(a, law->older, out);
	source = list_add(a, out);
	*source = law->source;
	source->older = true;
}

static void
put_newest(
    struct arena *a, const struct map *laws, bool withdrawn, struct source_list *out)
{
	for (size_t i = 0; i < laws->n; i++) {
		const struct law *law = laws->items[i].value;

		if (law->source.withdrawn == withdrawn)
			*list_add(a, out) = law->source;
	}
}

/* Older editions of procedures and tables first, then what is newest of each, what was
 * withdrawn last. */
static struct source_list
sources_of(struct arena *a, const struct map *laws)
{
	struct source_list out = { 0 };

	for (size_t i = 0; i < laws->n; i++) {
		const struct law *law = laws->items[i].value;

		if (str_starts(law->name, S("procedure/")) ||
		    str_starts(law->name, S("table/")))
			put_older(a, law->older, &out);
	}
	put_newest(a, laws, false, &out);
	put_newest(a, laws, true, &out);
	return out;
}

static enum err
defs_of_log(struct cx *cx, struct db *db, struct str log, const struct law_change *change,
    const struct defs **out)
{
	struct messages messages = { .arena = cx->arena };
	struct map laws = { 0 };
	struct source_list sources;
	struct defs *defs;

	TRY(laws_load(cx, db, log, &laws));
	for (size_t i = 0; change && i < change->put.n; i++) {
		struct str name;

		TRY(law_name(cx, &change->put.v[i], &name));
		law_put(cx->arena, &laws, name, &change->put.v[i]);
	}
	for (size_t i = 0; change && i < change->withdrawn.n; i++)
		law_withdraw(&laws, change->withdrawn.v[i].name);
	sources = sources_of(cx->arena, &laws);
	for (size_t i = 0; i < sources.n; i++)
		sources.v[i].recorded = true;
	TRY(defs_load(cx, &sources, &messages, &defs));
	*out = defs;
	return ERR_OK;
}

enum err
log_has_laws(struct cx *cx, struct db *db, struct str log, bool *out)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, db, &rows, Q_LAW_ANY, D_TEXT(log)));
	*out = db_next(&rows);
	return db_end(cx, &rows);
}

/* A projection table holds the rows of every log, so it has the columns of every log. */
static enum err
tables_of_store(struct cx *cx, struct db *db, struct str log, const struct defs *defs,
    struct tables **out)
{
	struct tables *t = arena_new(cx->arena, struct tables);
	struct log_names logs = { 0 };

	t->arena = cx->arena;
	tables_add_defs(t, defs);
	TRY(record_logs(cx, db, &logs));
	for (size_t i = 0; i < logs.n; i++) {
		const struct defs *others;
		bool has_laws;

		TRY(log_has_laws(cx, db, logs.v[i], &has_laws));
		if (!has_laws || str_eq(logs.v[i], log))
			continue;
		TRY(defs_of_log(cx, db, logs.v[i], NULL, &others));
		tables_add_defs(t, others);
	}
	*out = t;
	return tables_finish(cx, t);
}

/* Definitions given, or else those of the log. */
static enum err
snapshot_fill(struct cx *cx, struct db *db, struct str log, const struct defs *given,
    const struct law_change *change, struct snapshot **out)
{
	struct snapshot *s = snapshot_new();
	struct arena *caller = cx->arena;
	enum err err = ERR_OK;

	s->defs = given;
	cx->arena = &s->arena;
	if (!given)
		err = defs_of_log(cx, db, log, change, &s->defs);
	if (err == ERR_OK)
		err = tables_of_store(cx, db, log, s->defs, &s->tables);
	cx->arena = caller;
	cx->why = str_copy(caller, cx->why);
	if (err == ERR_OK)
		*out = s;
	else
		snapshot_free(s);
	return err;
}

enum err
snapshot_of(struct cx *cx, struct db *db, struct str log, const struct defs *defs,
    struct snapshot **out)
{
	return snapshot_fill(cx, db, log, defs, NULL, out);
}

enum err
snapshot_load(struct cx *cx, struct db *db, struct str log,
    const struct law_change *change, struct snapshot **out)
{
	return snapshot_fill(cx, db, log, NULL, change, out);
}

enum err
snapshot_follow(struct cx *cx, struct door *door, const struct record_head *head)
{
	DB_ROWS rows = { 0 };
	struct snapshot *fresh;
	bool changed;

	if (head->seq == door->followed || door->config.defs ||
	    !str_eq(head->log, door->config.log))
		return ERR_OK;
	TRY(db_ask(
	    cx, door->db, &rows, Q_LAW_SINCE, D_TEXT(head->log), D_INT(door->followed)));
	changed = db_next(&rows);
	TRY(db_end(cx, &rows));
	if (changed) {
		TRY(snapshot_load(cx, door->db, head->log, NULL, &fresh));
		fresh->older = door->snapshot;
		door->snapshot = fresh;
	}
	door->followed = head->seq;
	return ERR_OK;
}

enum err
law_name(struct cx *cx, const struct source *source, struct str *out)
{
	struct str rest = source->text, line;

	while (str_split(&rest, S("\n"), &line)) {
		const size_t colon = str_find(line, S(":"), 0);
		struct str id;

		line = str_trim(line);
		if (!line.n || str_starts(line, S("#")))
			continue;
		if (colon == SIZE_MAX)
			break;
		id = str_trim(str_sub(line, str_find(line, S(":"), 0) + 1, line.n));
		if (str_find(id, S(" #"), 0) != SIZE_MAX)
			id = str_trim(str_sub(id, 0, str_find(id, S(" #"), 0)));
		*out = str_fmt(cx->arena, "%.*s/%.*s", STR_ARG(str_sub(line, 0, colon)),
		    STR_ARG(id));
		return ERR_OK;
	}
	return fail(cx, ERR_INPUT, "%.*s：看不出是什么定义", STR_ARG(source->path));
}
