/* A small county for tests of the door. */
#include "county.h"

#include "act/install.h"
#include "test.h"

int64_t county_monotonic;

static int64_t
monotonic_ms(void)
{
	return county_monotonic;
}

bool
county_open(struct cx *cx, int engine, struct test_store *store, struct county *f)
{
	const struct install install = { .log = S("test/door"), .title = S("试验") };
	struct door_config config = {
		.log = install.log, .entropy = cx->entropy, .monotonic_ms = monotonic_ms
	};
	struct source_list sources = { 0 };
	size_t published = 9;

	*f = (struct county){ 0 };
	if (!test_store_make(cx, engine, store))
		return false;
	config.url = store->url;
	CHECK_OK(county_make(cx, &config, f));
	CHECK(install_log(cx, door_store(f->door), &install) == ERR_REFUSED);
	CHECK_OK(county_laws(cx, &sources));
	CHECK_OK(door_publish(cx, f->door, S("system"), &sources, &published));
	CHECK(published == 0);
	return true;
}

struct act
county_begin(struct cx *cx, const struct county *f, const char *text, const char *key)
{
	return county_note(cx, f, str_z(text), str_z(key));
}

int64_t
county_head(struct cx *cx, struct county *f)
{
	struct record_head head = { 0 };
	struct db *db = NULL; /* the door's own may be at work in its thread */

	CHECK_OK(db_open(cx, door_url(f->door), DB_READ, &db));
	CHECK_OK(record_head(cx, db, S("test/door"), &head));
	db_close(db);
	return head.seq;
}

void
county_close(struct cx *cx, struct county *f)
{
	CHECK(county_rebuilds(cx, f->door));
	door_close(f->door);
}
