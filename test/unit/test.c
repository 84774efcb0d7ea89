/* The runner of the unit tests: prints what failed, ends with one line of counts. */
#include "test.h"

#include <string.h>

static struct test *tests;
static int failed_checks, skipped;

void
test_add(struct test *t)
{
	struct test **at = &tests;

	while (*at && strcmp((*at)->name, t->name) < 0)
		at = &(*at)->next;
	t->next = *at;
	*at = t;
}

void
test_fail(const char *file, int line, const char *what)
{
	printf("%s:%d: %s\n", file, line, what);
	failed_checks++;
}

void
test_fail_str(
    const char *file, int line, const char *what, struct str got, struct str want)
{
	printf("%s:%d: %s\n  got  %.*s\n  want %.*s\n", file, line, what, STR_ARG(got),
	    STR_ARG(want));
	failed_checks++;
}

void
test_skip(const char *why)
{
	printf("skipped: %s\n", why);
	skipped++;
}

uint32_t
test_draw(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

int
main(int argc, char **argv)
{
	int passed = 0, failed = 0;

	for (const struct test *t = tests; t; t = t->next) {
		struct arena arena AUTO(arena_free) = { 0 };
		uint64_t seed = 1;
		/* the same salts in every run */
		const struct entropy entropy = { entropy_repeat, &seed };
		struct cx cx = {
			.arena = &arena, .now_ms = 1789000000000, .entropy = &entropy
		};
		const int before = failed_checks, skips = skipped;

		if (argc > 1 && strncmp(t->name, argv[1], strlen(argv[1])) != 0)
			continue;
		t->run(&cx);
		if (failed_checks > before) {
			printf("FAILED %s\n", t->name);
			failed++;
		} else if (skipped == skips) {
			passed++;
		}
	}
	printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
	return failed ? 1 : 0;
}
