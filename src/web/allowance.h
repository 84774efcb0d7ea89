/*
 * How much one account may ask for: a bucket of points each, that fills by itself.
 * Generous for people, who never meet it; it holds back a program that reads everything
 * in a loop. In memory, by process: a restart gives everybody a full bucket.
 */
#pragma once

#include <pthread.h>
#include <stdint.h>

#include "base/str.h"

enum {
	ALLOWANCE_SLOTS = 1024,
	ALLOWANCE_MINUTE = 1200, /* points a minute unless told; also what a bucket holds
				  */
};

/* What a route costs in points; COST_PAGE where its line says nothing. */
enum cost {
	COST_PAGE = 1,
	COST_SEARCH = 10,
	COST_EXPORT = 50, /* whole tables, documents, verification */
};

struct allowance {
	pthread_mutex_t lock;
	int64_t minute; /* points a minute; 0: no limit */
	struct {
		int64_t left;  /* points by 60,000 */
		int64_t at_ms; /* when that was so */
	} slots[ALLOWANCE_SLOTS];
};

void allowance_init(struct allowance *a, int64_t minute);

/* Takes the points. 0: granted; else nothing is taken and it is the seconds after which
 * they will be there. Any thread. */
int64_t allowance_take(
    struct allowance *a, struct str account, enum cost cost, int64_t now_ms);
