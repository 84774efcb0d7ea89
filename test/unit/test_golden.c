/*
 * What was written long ago (test/golden/record, in the text of docs/record.md): its
 * bytes, its digests and the states it folds to are for ever. `ZS_GOLDEN_WRITE=1 unit
 * golden` writes the states of a log that is new there.
 */
#include "test.h"

#include <stdlib.h>

#include "act/fold.h"
#include "base/file.h"
#include "lang/canon.h"
#include "log_text.h"
#include "record/verify.h"
#include "store.h"

struct golden {
	struct buf states;
	struct str subject;
	struct value state;
	bool *seen; /* by kind */
};

static void
state_end(struct cx *cx, struct golden *g)
{
	if (g->state.kind == V_MAP)
		buf_fmt(&g->states, "%.*s %.*s\n", STR_ARG(g->subject),
		    STR_ARG(canon_str(cx->arena, &g->state)));
	g->state = value_null();
}

static enum err
golden_event(struct cx *cx, struct golden *g, const struct event *e)
{
	struct value open;

	g->seen[e->kind] = true;
	if (!str_eq(e->subject, g->subject)) {
		state_end(cx, g);
		g->subject = str_copy(g->states.arena, e->subject);
	}
	if (!event_of_matter(e->kind))
		return ERR_OK;
	TRY(event_open(cx, g->states.arena, e, &open));
	open = value_copy(g->states.arena, &open);
	fold_body(g->states.arena, &g->state, e, &open);
	return ERR_OK;
}

/* Every line that differs, by its number: these files change only by new ones. */
static void
golden_states(struct cx *cx, const char *path, struct str is)
{
	struct str want, a, b;

	CHECK_OK(file_read(cx, str_z(path), 8 << 20, &want));
	if (getenv("ZS_GOLDEN_WRITE")) {
		CHECK_OK(file_write(cx, str_z(path), is));
		return;
	}
	while (want.n || is.n) {
		a = b = S("");
		str_split(&want, S("\n"), &a);
		str_split(&is, S("\n"), &b);
		CHECK_STR(b, a);
	}
}

static void
golden(struct cx *cx, struct str name, bool *seen)
{
	const struct str path = str_fmt(
	    cx->arena, "test/golden/record/%.*s", STR_ARG(name));
	struct golden g = { .states.arena = cx->arena, .seen = seen };
	struct subject_place place = { 0 };
	struct event_list events = { 0 };
	struct record_import imp = { 0 };
	const struct verify_options options = { .without_files = true };
	struct verify_report report;
	TEST_STORE s = { 0 };
	struct str text;
	struct db *db;

	CHECK_OK(file_read(cx, path, 8 << 20, &text));
	CHECK(test_store_make(cx, 0, &s));
	db = log_store(cx, &s);
	CHECK_OK(log_text_import(cx, db, text, &imp));
	CHECK(imp.ended);
	CHECK_STR(log_text(cx, db, imp.log), text);
	CHECK_OK(record_verify_alone(cx, db, imp.log, &options, &report));
	CHECK(report.found == 0);
	CHECK_OK(record_by_subject(cx, db, imp.log, &place, 1 << 20, &events));
	for (size_t i = 0; i < events.n; i++)
		CHECK_OK(golden_event(cx, &g, &events.v[i]));
	state_end(cx, &g);
	golden_states(cx,
	    str_cz(cx->arena, str_replace(cx->arena, path, S(".log"), S(".states"))),
	    buf_str(&g.states));
	db_close(db);
}

/* Together these logs hold every kind of event: each byte of them, each digest and what
 * they fold to is as it was when the format was frozen (docs/record.md). A new kind needs
 * a log of its own here. */
TEST(golden_logs)
{
	struct file_names names = { 0 };
	bool seen[EV_COUNT_] = { false };

	CHECK_OK(folder_list(cx, S("test/golden/record"), S(".log"), &names));
	for (size_t i = 0; i < names.n; i++)
		golden(cx, names.v[i], seen);
	for (int i = 0; i < EV_COUNT_; i++)
		if (!seen[i])
			test_fail_str(__FILE__, __LINE__, "a golden log with", S("none"),
			    event_kind_name((enum event_kind)i));
}
