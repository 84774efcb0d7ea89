/* The door with its own thread: acts from several, documents while none is waiting. */
#include "county.h"
#include "test.h"

#include <pthread.h>
#include <time.h>

#include "act/door.h"

/* The person's act on a matter. */
static struct act
act_on(struct cx *cx, const struct county *f, struct str subject, const char *action)
{
	return (struct act){ .actor = f->person,
		.subject = subject,
		.action = str_z(action),
		.form = value_map(),
		.done = cx_today(cx) };
}

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t all;
	int left, done;
};

static void
answered(const struct door_result *result, void *self)
{
	struct waiting *w = self;

	pthread_mutex_lock(&w->lock);
	w->done += result->err == ERR_OK;
	if (--w->left == 0)
		pthread_cond_signal(&w->all);
	pthread_mutex_unlock(&w->lock);
}

TEST(door_thread_answers_every_act)
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct waiting w = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER,
			150, 0 };
		struct county f;
		int64_t before;

		if (!county_open(cx, engine, &store, &f))
			continue;
		before = county_head(cx, &f);
		CHECK_OK(door_start(cx, f.door));
		for (int i = 0; i < 150; i++) {
			const struct act act = county_begin(cx, &f, "甲", "");

			door_submit(cx, f.door, &act, answered, &w);
		}
		pthread_mutex_lock(&w.lock);
		while (w.left)
			pthread_cond_wait(&w.all, &w.lock);
		pthread_mutex_unlock(&w.lock);
		CHECK(w.done == 150);
		CHECK(county_head(cx, &f) == before + 150);
		county_close(cx, &f);
	}
}

struct twins {
	struct waiting w;
	bool go;
	struct str subject;
	int named, replayed;
};

/* Holds the writer until all twins are in its queue: they come as one group. */
static void
hold(const struct door_result *result, void *self)
{
	struct twins *t = self;

	(void)result;
	pthread_mutex_lock(&t->w.lock);
	while (!t->go)
		pthread_cond_wait(&t->w.all, &t->w.lock);
	pthread_mutex_unlock(&t->w.lock);
}

static void
twin_answered(const struct door_result *result, void *self)
{
	struct twins *t = self;

	t->named += str_eq(result->act.subject, t->subject);
	t->replayed += result->act.replayed;
	answered(result, &t->w);
}

/* The answer to the second looks into what the first has made. */
TEST(door_twins_of_one_group_are_answered_alike)
{
	enum { TWINS = 5 };

	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct twins t = { .w = { PTHREAD_MUTEX_INITIALIZER,
				       PTHREAD_COND_INITIALIZER, TWINS, 0 } };
		struct act_result result;
		struct act act;
		struct county f;

		if (!county_open(cx, engine, &store, &f))
			continue;
		act = county_begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		CHECK_OK(door_start(cx, f.door));
		t.subject = result.subject;
		door_submit(cx, f.door, &act, hold, &t);
		act = act_on(cx, &f, t.subject, "edit");
		act.key = S("twin");
		value_set_text(cx->arena, &act.form, "text", S("乙"));
		for (int i = 0; i < TWINS; i++)
			door_submit(cx, f.door, &act, twin_answered, &t);
		pthread_mutex_lock(&t.w.lock);
		t.go = true;
		pthread_cond_signal(&t.w.all);
		while (t.w.left)
			pthread_cond_wait(&t.w.all, &t.w.lock);
		pthread_mutex_unlock(&t.w.lock);
		CHECK(t.w.done == TWINS && t.named == TWINS && t.replayed == TWINS - 1);
		county_close(cx, &f);
	}
}

TEST(door_thread_renders_when_no_act_waits)
{
	FOR_EACH_ENGINE(engine)
	{
		const struct timespec pause = { 0, 10 * 1000 * 1000 };
		TEST_STORE store = { 0 };
		struct act_result note, result;
		struct county f;
		struct act act;
		int64_t want, is = 0;

		if (!county_open(cx, engine, &store, &f))
			continue;
		CHECK_OK(door_start(cx, f.door));
		act = county_begin(cx, &f, "甲", "");
		CHECK_OK(door_do_one(cx, f.door, &act, &note));
		act = act_on(cx, &f, note.subject, "reply");
		CHECK_OK(door_do_one(cx, f.door, &act, &result));
		want = result.seq + (int64_t)result.events;
		for (int i = 0; i < 500 && is < want; i++) {
			nanosleep(&pause, NULL);
			is = county_head(cx, &f);
		}
		CHECK(is == want);
		county_close(cx, &f);
	}
}
