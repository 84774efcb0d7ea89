/*
 * Money that grows with each day a payment is late: 加处罚款 (行政处罚法 72: three
 * percent of the fine a day, never above the fine), 滞纳金. Whole fen, no binary
 * fraction.
 */
#pragma once

#include <stdint.h>

struct surcharge {
	int64_t of, cap;      /* fen, 0 and more */
	int64_t parts, whole; /* of `of` each day: 3 of 100; 0 < parts <= whole */
};

/* After `days` whole days; 0 for none. The share is taken once, of all days together, and
 * what is less than a fen is dropped: the rate is the most that may be asked. */
int64_t surcharge_after(const struct surcharge *s, int64_t days);
