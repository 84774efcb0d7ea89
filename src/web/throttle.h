/* Throttle: failed attempts, counted by key in a table of fixed size. In memory only: a
 * restart forgives, which costs an attacker more than it gives. Locking is the caller's.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { THROTTLE_SLOTS = 1024, THROTTLE_TRIES = 5 };
#define THROTTLE_MS ((int64_t)15 * 60 * 1000)

struct throttle {
	struct {
		int64_t first_ms; /* of the attempts counted */
		int failed;
	} slots[THROTTLE_SLOTS];
};

bool throttle_blocks(const struct throttle *t, struct str key, int64_t now_ms);
void throttle_failed(struct throttle *t, struct str key, int64_t now_ms);
void throttle_forget(struct throttle *t, struct str key);
