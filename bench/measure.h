/* What every measurement needs: a clock, and the kernel's random bytes. */
#pragma once

#include <stdbool.h>
#include <sys/random.h>
#include <time.h>

static inline double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* As cx->entropy wants it. */
static inline bool
kernel_fill(void *self, void *out, size_t n)
{
	(void)self;
	return getrandom(out, n, 0) == (ssize_t)n;
}
