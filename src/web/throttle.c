/*
 * Two keys that fall into one slot share it: the later drives the earlier out once that
 * is over its time, and is counted with it before. Wrongly blocked for a quarter of an
 * hour is the price of never growing.
 */
#include "web/throttle.h"

static size_t
slot_of(struct str key)
{
	return str_hash(key) % THROTTLE_SLOTS;
}

bool
throttle_blocks(const struct throttle *t, struct str key, int64_t now_ms)
{
	const size_t i = slot_of(key);

	return t->slots[i].failed >= THROTTLE_TRIES &&
	       now_ms - t->slots[i].first_ms < THROTTLE_MS;
}

void
throttle_failed(struct throttle *t, struct str key, int64_t now_ms)
{
	const size_t i = slot_of(key);

	if (t->slots[i].failed == 0 || now_ms - t->slots[i].first_ms >= THROTTLE_MS) {
		t->slots[i].first_ms = now_ms;
		t->slots[i].failed = 0;
	}
	t->slots[i].failed++;
}

void
throttle_forget(struct throttle *t, struct str key)
{
	t->slots[slot_of(key)].failed = 0;
}
