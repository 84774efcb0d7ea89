/* Folding events into states: copying, key by key. */
#include "act/fold.h"

#include "base/bug.h"
#include "lang/canon.h"

bool
event_of_matter(enum event_kind kind)
{
	switch (kind) {
	case EV_MATTER_OPENED:
	case EV_ACTED:
	case EV_REGISTERED:
	case EV_CLOCK_LAPSED:
	case EV_CHILD_CHANGED:
	case EV_RESULT_LAPSED:
	case EV_CORRECTED:
	case EV_DOUBT_SETTLED:
	case EV_ISSUED:
	case EV_RENDERED:
	case EV_PUBLISHED:
	case EV_UNPUBLISHED:
	case EV_EDITION_MOVED:
	case EV_CLOCK_MOVED:
	case EV_HANDED_OVER:
	case EV_PAPER_NUMBER:
		return true;
	case EV_DESTROYED: /* of either: the subject tells */
	case EV_LOG_OPENED:
	case EV_LAW_PUBLISHED:
	case EV_LAW_WITHDRAWN:
	case EV_STATUTE:
	case EV_ENTRY_PUT:
	case EV_ENTRY_ENDED:
	case EV_NUMBER_GIVEN:
	case EV_TIME_CONFIRMED:
	case EV_ACCESS:
	case EV_COUNT_:
		break;
	}
	return false;
}

bool
event_of_entry(enum event_kind kind)
{
	return kind == EV_ENTRY_PUT || kind == EV_ENTRY_ENDED;
}

static enum err
open_without(struct cx *cx, struct arena *a, const struct event *e,
    const struct str *keys, size_t n, struct value *out)
{
	struct arena *arena = cx->arena;
	enum err err;

	if (!e->parts.n || !str_eq(e->parts.v[0].name, S("open")))
		return fail(cx, ERR_INPUT, "第%lld号事件没有公开部分", (long long)e->seq);
	cx->arena = a;
	err = canon_parse_without(cx, e->parts.v[0].bytes, keys, n, out);
	cx->arena = arena;
	return err;
}

enum err
event_open(struct cx *cx, struct arena *a, const struct event *e, struct value *out)
{
	return open_without(cx, a, e, NULL, 0, out);
}

enum err
event_results(struct cx *cx, struct arena *a, const struct event *e, struct value *out)
{
	static const struct str told[] = { S("asked"), S("facts") };

	return open_without(cx, a, e, told, sizeof told / sizeof *told, out);
}

/* The map under `key`, made when it is not there. */
static struct value *
map_under(struct arena *a, struct value *state, struct str key)
{
	for (size_t i = 0; i < state->map.n; i++)
		if (str_eq(state->map.pairs[i].key, key) &&
		    state->map.pairs[i].value.kind == V_MAP)
			return &state->map.pairs[i].value;
	return value_set(a, state, key, value_map());
}

static void
replace(struct arena *a, struct value *state, const struct value *open,
    const struct str *keys, size_t n)
{
	for (size_t i = 0; open->kind == V_MAP && i < open->map.n; i++)
		for (size_t k = 0; k < n; k++)
			if (str_eq(open->map.pairs[i].key, keys[k]))
				value_set(a, state, keys[k], open->map.pairs[i].value);
}

#define REPLACE(a, state, open, ...)                                                \
	do {                                                                        \
		static const struct str keys_[] = { __VA_ARGS__ };                  \
		replace((a), (state), (open), keys_, sizeof keys_ / sizeof *keys_); \
	} while (0)

/* Into an empty map they go as they stand, in their order. */
static void
put_all(struct arena *a, struct value *map, const struct value *changes)
{
	if (changes->kind != V_MAP)
		return;
	if (!value_count(map)) {
		*map = value_fork(a, changes, 1);
		return;
	}
	for (size_t i = 0; i < changes->map.n; i++)
		value_set(a, map, changes->map.pairs[i].key, changes->map.pairs[i].value);
}

static void
merge(struct arena *a, struct value *state, struct str into, const struct value *changes)
{
	if (changes->kind == V_MAP)
		put_all(a, map_under(a, state, into), changes);
}

/* Lists that grew: what is new stands behind what was there. */
static void
extend(struct arena *a, struct value *map, const struct value *added)
{
	for (size_t i = 0; added->kind == V_MAP && i < added->map.n; i++) {
		const struct value_pair *p = &added->map.pairs[i];
		struct value list = value_fork(a, value_get(map, p->key), 1);

		for (size_t k = 0; k < value_count(&p->value); k++)
			value_add(a, &list, *value_at(&p->value, k));
		value_set(a, map, p->key, list);
	}
}

void
fold_fields(struct arena *a, struct value *fields, const struct value *open)
{
	put_all(a, fields, value_get(open, S("set")));
	extend(a, fields, value_get(open, S("added")));
}

void
fold_child(struct arena *a, struct value *list, const struct value *child)
{
	const struct str subject = value_str(value_get(child, S("subject")));
	size_t i = 0;

	while (i < value_count(list) &&
	       !str_eq(value_str(value_get(value_at(list, i), S("subject"))), subject))
		i++;
	if (i < value_count(list))
		list->list.items[i] = *child;
	else
		value_add(a, list, *child);
}

static void
fold_children(struct arena *a, struct value *state, const struct value *changed)
{
	struct value *children = map_under(a, state, S("children"));

	for (size_t i = 0; changed->kind == V_MAP && i < changed->map.n; i++) {
		const struct value_pair *p = &changed->map.pairs[i];
		struct value list = value_fork(a, value_get(children, p->key), 1);

		for (size_t k = 0; k < value_count(&p->value); k++)
			fold_child(a, &list, value_at(&p->value, k));
		value_set(a, children, p->key, list);
	}
}

/* Acts that stand no longer: taken back, or made undone by a return. */
static void
void_acts(struct arena *a, struct value *state, const struct value *ids)
{
	struct value *acts = map_under(a, state, S("acts"));

	for (size_t i = 0; i < value_count(ids); i++) {
		const struct str id = value_str(value_at(ids, i));
		struct value act = value_copy(a, value_get(acts, id));

		value_set(a, &act, S("void"), value_bool(true));
		value_set(a, acts, id, act);
	}
}

/* acts[action] = { seq day actor post actors n }: of the newest time it was done. */
static void
count_act(struct arena *a, struct value *state, const struct event *e, struct str action)
{
	struct value *acts = map_under(a, state, S("acts"));
	const struct value *before = value_get(acts, action);
	const struct value *known = value_get(before, S("actors"));
	struct value act = value_map(), actors = value_list();
	bool again = false;

	for (size_t i = 0; i < value_count(known); i++) {
		const struct value *actor = value_at(known, i);

		again = again || str_eq(value_str(actor), e->actor);
		value_add(a, &actors, *actor);
	}
	if (!again)
		value_add(a, &actors, value_text(str_copy(a, e->actor)));
	value_set_int(a, &act, "seq", e->seq);
	value_set_int(a, &act, "day", e->done);
	value_set_text(a, &act, "actor", str_copy(a, e->actor));
	value_set_text(a, &act, "post", str_copy(a, e->behalf));
	value_set_int(a, &act, "n", value_num(value_get(before, S("n"))) + 1);
	value_set(a, &act, S("actors"), actors);
	value_set(a, acts, action, act);
}

static void
fold_results(
    struct arena *a, struct value *state, const struct event *e, const struct value *open)
{
	const struct str action = value_str(value_get(open, S("action")));

	REPLACE(a, state, open, S("stage"), S("title"), S("unit"), S("due"), S("closed"),
	    S("outcome"), S("lapsed"), S("doubts"), S("published"), S("gone"),
	    S("deemed"), S("handed"));
	fold_fields(a, map_under(a, state, S("fields")), open);
	merge(a, state, S("clocks"), value_get(open, S("clocks")));
	fold_children(a, state, value_get(open, S("children")));
	merge(a, state, S("tables"), value_get(open, S("tables")));
	merge(a, state, S("joined"), value_get(open, S("joined")));
	if (action.n)
		count_act(a, state, e, action);
	void_acts(a, state, value_get(open, S("void")));
}

/* Its title and number are the document's, not the matter's; its text stays in the event.
 */
static void
fold_issued(
    struct arena *a, struct value *state, const struct event *e, const struct value *open)
{
	struct value issued = value_fork(a, value_get(state, S("issued")), 1);
	struct value one = value_map();

	REPLACE(
	    a, &one, open, S("document"), S("title"), S("number"), S("day"), S("code"));
	value_set_int(a, &one, "seq", e->seq);
	value_add(a, &issued, one);
	value_set(a, state, S("issued"), issued);
}

/* The document that was rendered knows its file from now on. */
static void
fold_rendered(struct arena *a, struct value *state, const struct value *open)
{
	const struct value *issued = value_get(state, S("issued"));
	struct value list = value_list();

	for (size_t i = 0; i < value_count(issued); i++) {
		struct value item = value_copy(a, value_at(issued, i));

		if (value_eq(value_get(&item, S("document")),
			value_get(open, S("document"))) &&
		    str_eq(value_str(value_get(&item, S("number"))),
			value_str(value_get(open, S("number")))))
			value_set(a, &item, S("file"), *value_get(open, S("digest")));
		value_add(a, &list, item);
	}
	value_set(a, state, S("issued"), list);
}

static void
fold_opened(
    struct arena *a, struct value *state, const struct event *e, const struct value *open)
{
	*state = value_map();
	REPLACE(a, state, open, S("procedure"), S("parent"), S("kind"), S("row"),
	    S("loose"), S("here"));
	value_set_text(a, state, "edition", str_copy(a, e->definition));
	value_set_int(a, state, "opened", e->done);
	value_set_int(a, state, "recorded", e->recorded);
	map_under(a, state, S("fields"));
	map_under(a, state, S("clocks"));
	map_under(a, state, S("children"));
	map_under(a, state, S("acts"));
}

void
fold_body(
    struct arena *a, struct value *state, const struct event *e, const struct value *open)
{
	if (e->kind == EV_MATTER_OPENED || state->kind != V_MAP)
		fold_opened(a, state, e, open);
	switch (e->kind) {
	case EV_EDITION_MOVED:
		value_set_text(a, state, "edition", str_copy(a, e->definition));
		fold_results(a, state, e, open);
		break;
	case EV_MATTER_OPENED:
	case EV_ACTED:
	case EV_REGISTERED:
	case EV_CLOCK_LAPSED:
	case EV_CHILD_CHANGED:
	case EV_RESULT_LAPSED:
	case EV_CORRECTED:
	case EV_DOUBT_SETTLED:
	case EV_CLOCK_MOVED:
	case EV_HANDED_OVER:
	case EV_PAPER_NUMBER:
		fold_results(a, state, e, open);
		break;
	case EV_ISSUED:
		fold_issued(a, state, e, open);
		break;
	case EV_RENDERED:
		fold_rendered(a, state, open);
		break;
	case EV_PUBLISHED:
	case EV_UNPUBLISHED:
		REPLACE(a, state, open, S("published"));
		break;
	case EV_DESTROYED:
		REPLACE(a, state, open, S("gone"));
		break;
	case EV_LOG_OPENED:
	case EV_LAW_PUBLISHED:
	case EV_LAW_WITHDRAWN:
	case EV_STATUTE:
	case EV_ENTRY_PUT:
	case EV_ENTRY_ENDED:
	case EV_NUMBER_GIVEN:
	case EV_TIME_CONFIRMED:
	case EV_ACCESS:
	case EV_COUNT_:
		bug("an event of kind %d is not a matter's", (int)e->kind);
	}
	value_set_int(a, state, "seq", e->subject_seq);
	value_set_int(a, state, "at", e->seq);
	value_set_int(a, state, "last", e->done);
}

void
fold_event(struct arena *a, struct value *state, const struct event *e)
{
	struct cx cx = { .arena = a };
	struct value open = value_null();

	if (event_results(&cx, a, e, &open) != ERR_OK)
		bug("event %lld: %.*s", (long long)e->seq, STR_ARG(cx.why));
	fold_body(a, state, e, &open);
}
