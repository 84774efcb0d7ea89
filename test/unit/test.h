/*
 * Unit tests: TEST(name) { CHECK(...); }, found by the linker's constructor list, run one
 * by one with a fresh cx. `unit NAME` runs the tests whose name begins so.
 */
#pragma once

#include <stdio.h>

#include "base/cx.h"
#include "base/str.h"

struct test {
	const char *name;
	void (*run)(struct cx *cx);
	struct test *next;
};

void test_add(struct test *t);
void test_fail(const char *file, int line, const char *what);
void test_fail_str(
    const char *file, int line, const char *what, struct str got, struct str want);
void test_skip(const char *why);

#define TEST(id)                                                 \
	static void test_##id(struct cx *cx);                    \
	__attribute__((constructor)) static void add_##id(void)  \
	{                                                        \
		static struct test t = { #id, test_##id, NULL }; \
		test_add(&t);                                    \
	}                                                        \
	static void test_##id(struct cx *cx __attribute__((unused)))

#define CHECK(cond)                                           \
	do {                                                  \
		if (!(cond))                                  \
			test_fail(__FILE__, __LINE__, #cond); \
	} while (0)

#define CHECK_STR(got, want)                                                  \
	do {                                                                  \
		const struct str got_ = (got), want_ = (want);                \
		if (!str_eq(got_, want_))                                     \
			test_fail_str(__FILE__, __LINE__, #got, got_, want_); \
	} while (0)

#define CHECK_OK(expr)                                                                  \
	do {                                                                            \
		if ((expr) != ERR_OK)                                                   \
			test_fail_str(__FILE__, __LINE__, #expr, cx->why, S("ERR_OK")); \
	} while (0)

/* A number that the seed decides, and the next seed. */
uint32_t test_draw(uint64_t *seed);
