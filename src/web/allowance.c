/*
 * Points are counted by 60,000, so that what a millisecond brings is a whole number. Two
 * accounts that fall into one slot share it while both are busy: half of much, at a
 * chance of one in a thousand, is the price of a table that never grows.
 */
#include "web/allowance.h"

enum { MS_A_MINUTE = 60000 };

void
allowance_init(struct allowance *a, int64_t minute)
{
	*a = (struct allowance){ .minute = minute };
	pthread_mutex_init(&a->lock, NULL);
}

static int64_t
take(struct allowance *a, size_t i, int64_t cost, int64_t now_ms)
{
	const int64_t full = a->minute * MS_A_MINUTE;
	int64_t passed = now_ms - a->slots[i].at_ms, left;

	/* A full minute fills any bucket; a clock that was set back brings nothing. */
	passed = passed < 0 ? 0 : passed > MS_A_MINUTE ? MS_A_MINUTE : passed;
	left = a->slots[i].left + passed * a->minute;
	left = left < full ? left : full;
	a->slots[i].at_ms = now_ms;
	a->slots[i].left = left;
	if (left < cost)
		return (cost - left + a->minute * 1000 - 1) / (a->minute * 1000);
	a->slots[i].left -= cost;
	return 0;
}

int64_t
allowance_take(struct allowance *a, struct str account, enum cost cost, int64_t now_ms)
{
	const int64_t points = (int64_t)cost * MS_A_MINUTE;
	int64_t wait;

	if (!a->minute)
		return 0;
	pthread_mutex_lock(&a->lock);
	wait = take(a, str_hash(account) % ALLOWANCE_SLOTS, points, now_ms);
	pthread_mutex_unlock(&a->lock);
	return wait;
}
