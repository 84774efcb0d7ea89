/* What every measurement needs: a clock, and the kernel's random bytes. */
#pragma once

#include <stdbool.h>
#include <sys/random.h>
#include <time.h>

static inline double
clock_of(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline double
seconds(void)
{
	return clock_of(CLOCK_MONOTONIC);
}

/* Of all threads: on a machine that others use too, it says more than the time. */
static inline double
processor(void)
{
	return clock_of(CLOCK_PROCESS_CPUTIME_ID);
}

/* As cx->entropy wants it. */
static inline bool
kernel_fill(void *self, void *out, size_t n)
{
	(void)self;
	return getrandom(out, n, 0) == (ssize_t)n;
}
