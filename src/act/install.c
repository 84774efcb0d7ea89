/* The first events of a log; publishing definitions into it. */
#include "act/install.h"

#include "act/door_inside.h"
#include "act/library.h"
#include "base/crypto.h"
#include "lang/canon.h"
#include "record/journal.h"

static enum err
open_log(struct cx *cx, struct db *db, const struct install *in, struct str log)
{
	struct arena *a = cx->arena;
	struct value open = value_map();
	struct event *e = arena_new(a, struct event);
	struct record_head head;
	struct event_part *part;

	TRY(record_create(cx, db, log, !in->sha256, in->offset_ms));
	TRY(record_lock(cx, db, log, &head));
	value_set_text(a, &open, "name", log);
	value_set_text(a, &open, "title", in->title);
	value_set_text(a, &open, "digest", in->sha256 ? S("sha256") : S("sm3"));
	value_set_int(a, &open, "offset", in->offset_ms);
	*e = (struct event){ .kind = EV_LOG_OPENED,
		.subject = S("log"),
		.subject_seq = 1,
		.done = cx_today(cx),
		.actor = S("system") };
	part = list_add(a, &e->parts);
	part->name = S("open");
	part->bytes = canon_str(a, &open);
	record_append(cx, &head, &e, 1);
	return record_flush(cx, db, &head);
}

bool
log_is_companion(struct str log)
{
	return str_ends(log, S("/access")) || str_eq(log, LIBRARY_LOG);
}

bool
install_exists(struct cx *cx, struct db *db, struct str log)
{
	struct record_head head;

	return record_head(cx, db, log, &head) == ERR_OK;
}

enum err
install_alone(struct cx *cx, struct db *db, const struct install *in)
{
	return open_log(cx, db, in, in->log);
}

enum err
install_log(struct cx *cx, struct db *db, const struct install *in)
{
	DB_TX tx = { 0 };

	if (install_exists(cx, db, in->log))
		return fail(cx, ERR_REFUSED, "日志%.*s已经存在", STR_ARG(in->log));
	TRY(db_begin(cx, db, &tx));
	TRY(open_log(cx, db, in, in->log));
	TRY(open_log(cx, db, in, str_fmt(cx->arena, "%.*s/access", STR_ARG(in->log))));
	return db_commit(cx, &tx);
}

/* --- publishing --- */

static const struct source *
published(const struct defs *defs, const struct source *source)
{
	const struct source *found = NULL;

	for (size_t i = 0; defs && i < defs->sources.n; i++)
		if (str_eq(defs->sources.v[i].path, source->path))
			found = &defs->sources.v[i]; /* the newest stands last */
	return found;
}

static struct source_list
changed(struct cx *cx, const struct defs *defs, const struct source_list *sources)
{
	struct source_list out = { 0 };

	for (size_t i = 0; i < sources->n; i++) {
		const struct source *now = published(defs, &sources->v[i]);

		if (sources->v[i].older)
			continue; /* it was published in its time, here or elsewhere */
		if (!now || now->withdrawn || !str_eq(now->text, sources->v[i].text))
			*list_add(cx->arena, &out) = sources->v[i];
	}
	return out;
}

/* What is in force and not in the set, but for what no set holds: a county's own days.
 * What the program itself reads cannot go: without it nobody could act at all, and a past
 * year without workdays is never guessed. */
static enum err
find_withdrawn(struct cx *cx, const struct defs *defs, const struct source_list *sources,
    struct law_change *change)
{
	struct map kept = { 0 };
	struct str name;

	for (size_t i = 0; i < sources->n; i++) {
		TRY(law_name(cx, &sources->v[i], &name));
		map_put(cx->arena, &kept, name, &sources->v[i]);
	}
	for (size_t i = defs->sources.n; i-- > 0;) {
		const struct source *s = &defs->sources.v[i];

		TRY(law_name(cx, s, &name));
		if (s->withdrawn || source_is_local(s) || map_find(&kept, name))
			continue;
		if (str_starts(s->path, S("kernel/")))
			return fail(cx, ERR_INPUT,
			    "%.*s由程序本身使用，可以修改，不能撤下", STR_ARG(s->path));
		map_put(cx->arena, &kept, name, &defs->sources.v[i]);
		*list_add(cx->arena, &change->withdrawn) = (struct law_gone){ name, s };
	}
	return ERR_OK;
}

static enum err
law_event(
    struct group *g, struct str actor, enum event_kind event, const struct source *source)
{
	struct arena *a = g->cx->arena;
	const struct digest d = digest_of(DIGEST_SM3, source->text);
	struct event_list events = { 0 };
	struct value open = value_map();
	struct str name, id, kind;

	TRY(law_name(g->cx, source, &name));
	id = name;
	str_split(&id, S("/"), &kind);
	value_set_text(a, &open, "id", id);
	value_set_text(a, &open, "kind", kind);
	value_set_text(a, &open, "path", source->path);
	if (event == EV_LAW_PUBLISHED)
		value_set_text(a, &open, "text", source->text);
	group_event(
	    g, &events, event, str_fmt(a, "law/%.*s", STR_ARG(name)), actor, &open)
	    ->definition = digest_hex(a, &d);
	return group_append(g, &events);
}

/* The notice by which days changed, or NULL: the first stands for all, which are in the
 * new calendar together. */
static const struct source *
notice_of(const struct law_change *change)
{
	for (size_t i = 0; i < change->put.n; i++)
		if (source_is_workdays(&change->put.v[i]))
			return &change->put.v[i];
	for (size_t i = 0; i < change->withdrawn.n; i++)
		if (source_is_workdays(change->withdrawn.v[i].source))
			return change->withdrawn.v[i].source;
	return NULL;
}

/* The new shape of the tables and the events that cause it are one transaction. */
static enum err
publish_changed(struct cx *cx, struct door *door, struct str actor,
    const struct law_change *change, const struct snapshot *fresh,
    struct clock_moves *moves)
{
	const struct source_list *put = &change->put;
	const struct snapshot *before = door->snapshot;
	const struct source *notice;
	GROUP g = { 0 };

	TRY(group_begin(cx, door, door->config.log, &g));
	if (door->snapshot != before)
		return fail(cx, ERR_STALE, "制度文本刚刚在别处公布过，请核对后重新公布");
	TRY(door_bring_tables(cx, door, fresh->tables));
	g.projection.tables = fresh->tables;
	for (size_t i = 0; i < put->n; i++)
		TRY(law_event(&g, actor, EV_LAW_PUBLISHED, &put->v[i]));
	for (size_t i = 0; i < change->withdrawn.n; i++)
		TRY(law_event(
		    &g, actor, EV_LAW_WITHDRAWN, change->withdrawn.v[i].source));
	notice = notice_of(change);
	if (notice)
		TRY(group_recount(&g, door->snapshot->defs->calendar, fresh->defs,
		    notice->path, moves));
	return group_commit(&g);
}

/* What an administrator may want to read again: which terms, by which events. */
static enum err
note_moves(struct cx *cx, struct door *door, const struct clock_moves *moves)
{
	struct value note = value_map();

	if (!moves->n)
		return ERR_OK;
	value_set_int(cx->arena, &note, "n", (int64_t)moves->n);
	value_set_int(cx->arena, &note, "first", moves->v[0].seq);
	value_set_int(cx->arena, &note, "last", moves->v[moves->n - 1].seq);
	return journal_note(cx, door->db, door->config.log, S("recount"), &note);
}

static enum err
publish_locked(struct cx *cx, struct door *door, struct str actor,
    const struct law_change *change, struct clock_moves *moves)
{
	struct snapshot *fresh;
	enum err err;

	if (!change->put.n && !change->withdrawn.n)
		return ERR_OK;
	TRY(snapshot_load(cx, door->db, door->config.log, change, &fresh));
	err = publish_changed(cx, door, actor, change, fresh, moves);
	if (err != ERR_OK) {
		snapshot_free(fresh);
		return err;
	}
	fresh->older = door->snapshot;
	door->snapshot = fresh;
	return note_moves(cx, door, moves);
}

enum err
door_publish(struct cx *cx, struct door *door, struct str actor,
    const struct source_list *sources, size_t *count)
{
	struct law_change change = { 0 };
	struct clock_moves moves = { 0 };
	enum err err;

	pthread_mutex_lock(&door->writing);
	change.put = changed(cx, door->snapshot->defs, sources);
	err = publish_locked(cx, door, actor, &change, &moves);
	pthread_mutex_unlock(&door->writing);
	*count = change.put.n;
	return err;
}

/* The set must be good without what it no longer holds: what is in force never rests on
 * what was withdrawn. */
static enum err
stands_alone(struct cx *cx, const struct source_list *sources)
{
	struct arena turn AUTO(arena_free) = { 0 };
	struct cx own = { .arena = &turn, .now_ms = cx->now_ms };
	struct messages messages = { .arena = &turn };
	struct defs *defs;
	const enum err err = defs_load(&own, sources, &messages, &defs);

	cx->why = str_copy(cx->arena, own.why);
	return err;
}

enum err
door_publish_whole(struct cx *cx, struct door *door, struct str actor,
    const struct source_list *sources, struct law_published *out)
{
	struct law_change change = { 0 };
	enum err err;

	TRY(stands_alone(cx, sources));
	*out = (struct law_published){ 0 };
	pthread_mutex_lock(&door->writing);
	change.put = changed(cx, door->snapshot->defs, sources);
	err = find_withdrawn(cx, door->snapshot->defs, sources, &change);
	if (err == ERR_OK)
		err = publish_locked(cx, door, actor, &change, &out->moves);
	pthread_mutex_unlock(&door->writing);
	TRY(err);
	out->published = change.put.n;
	for (size_t i = 0; i < change.withdrawn.n; i++)
		*list_add(
		    cx->arena, &out->withdrawn) = change.withdrawn.v[i].source->path;
	return ERR_OK;
}

/* --- a county's own days --- */

static enum err
local_locked(struct cx *cx, struct door *door, const struct local_days *days,
    struct clock_moves *moves)
{
	struct source_list one = { 0 };
	struct law_change change = { 0 };
	struct source *source = list_add(cx->arena, &one);
	const struct source *now;
	struct str name;

	source->path = str_fmt(
	    cx->arena, "local/workdays/%.*s.yaml", STR_ARG(days->first));
	source->text = days->text;
	now = published(door->snapshot->defs, source);
	if (days->text.n) {
		change.put = changed(cx, door->snapshot->defs, &one);
		return publish_locked(cx, door, days->person, &change, moves);
	}
	if (!now || now->withdrawn)
		return fail(cx, ERR_INPUT, "没有公布过%.*s起的地方放假安排",
		    STR_ARG(days->first));
	TRY(law_name(cx, now, &name));
	*list_add(cx->arena, &change.withdrawn) = (struct law_gone){ name, now };
	return publish_locked(cx, door, days->person, &change, moves);
}

static enum err
signed_today(struct cx *cx, struct door *door, struct str person)
{
	GROUP g = { 0 };

	TRY(group_begin(cx, door, door->config.log, &g));
	return move_signer(&g, person);
}

enum err
door_local_days(struct cx *cx, struct door *door, const struct local_days *days,
    struct clock_moves *moves)
{
	enum err err;

	*moves = (struct clock_moves){ 0 };
	pthread_mutex_lock(&door->writing);
	err = signed_today(cx, door, days->person);
	if (err == ERR_OK)
		err = local_locked(cx, door, days, moves);
	pthread_mutex_unlock(&door->writing);
	return err;
}
