/*
 * The record in plain words: what an event is called on a page, who did it, and on what.
 * Nothing of an id, a kind or a key is shown. Whoever calls has asked for the right to
 * read this part of it (record_open).
 */
#pragma once

#include "base/map.h"
#include "web/view.h"

/* What is kept of an event while a page is made. */
struct record_line {
	int64_t seq, recorded, done;
	enum event_kind kind;
	struct str subject, actor, behalf, definition;
	struct value open;
	struct str digest, previous; /* raw */
};
struct record_lines {
	struct record_line *v;
	size_t n, cap;
};

/* Names that were looked up, each once a page. */
struct record_names {
	struct view *v;
	struct map names;
};

struct checkpoint;
struct html;
struct session;

/* The pages of the record, as tabs. */
enum record_tab {
	RECORD_EVENTS,
	RECORD_ACCESS,
	RECORD_POWERS,
	RECORD_CHECK,
	RECORD_UPKEEP,
	RECORD_SIGN /* no page: a checkpoint is signed, which who only audits does not */
};
void record_tabs(struct html *h, enum record_tab current);
/* May somebody with these competences open it? */
bool record_may(const struct session *session, enum record_tab tab);

/* The newest checkpoint and when it was signed; *at_ms 0: none yet. */
enum err record_signed(struct view *v, struct checkpoint *out, int64_t *at_ms) MUST_USE;

/* With what this installation's checkpoints are checked, a key on each line; empty when
 * it has signed nothing yet. */
struct str record_keys(struct view *v);
void record_keys_put(struct html *h, struct str keys);

/* Opens the view for who may read this part of the record; false: the exchange has been
 * answered. */
bool record_open(struct exchange *x, struct view *v, enum record_tab tab);

void record_keep(struct arena *a, const struct event *e, struct record_line *out);

struct str record_name(struct record_names *n, struct str subject);
/* What was done: the action's own title, or that of the kind of event. */
struct str record_what(struct record_names *n, const struct record_line *e);
/* On what: a task's text, a unit's name …; at most `most` characters. */
struct str record_on(struct record_names *n, const struct record_line *e, size_t most);
struct str record_who(struct record_names *n, const struct record_line *e);
struct str record_unit(struct record_names *n, const struct record_line *e);
/* "2018年6月1日 09:12" */
struct str record_when(struct arena *a, int64_t ms);
/* The address of the page of a subject, or empty. */
struct str record_address(struct arena *a, struct str subject);
/* The first `most` characters, with … behind them when there are more. */
struct str text_cut(struct arena *a, struct str s, size_t most);
