/*
 * A plain driver: every target gets its seeds as they are and then altered ones, from a
 * seeded generator, so that a run can be repeated. No compiler of its own is needed; the
 * sanitizers of the test build watch.
 *
 *     fuzz [--rounds N] [--seconds S] [--seed X] SEEDS [TARGET...]
 *
 * SEEDS holds a folder for each target. Each target runs in a child; when that dies or a
 * promise is broken, the input is written to ./fuzz-TARGET and named. To keep it from
 * coming back, put it among the seeds.
 */
#include "fuzz.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { INPUT_MAX = 128 * 1024, SEEDS_MAX = 4096, CASE_SECONDS = 20 };

struct seed {
	char *p;
	size_t n;
};

/* What the child is at, seen by the parent after its death. */
struct current {
	size_t n, count;
	char input[INPUT_MAX];
};

struct campaign {
	const struct target *target;
	struct seed seeds[SEEDS_MAX];
	size_t n_seeds;
	char *words_text;
	const char *words[64];
	size_t n_words;
	uint64_t random;
	long rounds, seconds;
	struct current *now; /* shared with the child */
};

static uint64_t
next(struct campaign *c)
{
	c->random ^= c->random << 13;
	c->random ^= c->random >> 7;
	c->random ^= c->random << 17;
	return c->random;
}

static size_t
below(struct campaign *c, size_t n)
{
	return n ? (size_t)(next(c) % n) : 0;
}

static void
seed_load(struct campaign *c, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct seed *s = &c->seeds[c->n_seeds];

	if (!f || c->n_seeds == SEEDS_MAX)
		exit((perror(path), 2));
	s->p = malloc(INPUT_MAX);
	s->n = fread(s->p, 1, INPUT_MAX, f);
	c->n_seeds++;
	fclose(f);
}

static void
seeds_load(struct campaign *c, const char *folder)
{
	char path[4096];
	struct dirent **names;

	snprintf(path, sizeof path, "%s/%s", folder, c->target->name);
	const int n = scandir(path, &names, NULL, alphasort);
	if (n < 0)
		exit((perror(path), 2));
	for (int i = 0; i < n; i++) {
		if (names[i]->d_name[0] != '.') {
			snprintf(path, sizeof path, "%s/%s/%s", folder, c->target->name,
			    names[i]->d_name);
			seed_load(c, path);
		}
		free(names[i]);
	}
	free(names);
}

static void
words_cut(struct campaign *c)
{
	c->words_text = strdup(c->target->words);
	for (char *p = c->words_text; *p && c->n_words < 64;) {
		const size_t n = strcspn(p, " ");
		const bool last = !p[n];

		p[n] = '\0';
		if (n)
			c->words[c->n_words++] = p;
		p += n + !last;
	}
}

/* Puts n bytes at `at`, as far as there is room. */
static void
insert(struct current *now, size_t at, const char *p, size_t n)
{
	if (n > INPUT_MAX - now->n)
		n = INPUT_MAX - now->n;
	memmove(now->input + at + n, now->input + at, now->n - at);
	memmove(now->input + at, p, n);
	now->n += n;
}

static void
alter(struct campaign *c)
{
	struct current *now = c->now;
	const size_t at = below(c, now->n + 1);
	size_t n = below(c, 1 + below(c, 200));
	char copy[256];
	const struct seed *other;

	if (n > now->n - at)
		n = now->n - at;
	switch (below(c, 7)) {
	case 0:
		if (at < now->n)
			now->input[at] ^= (char)(1 << below(c, 8));
		break;
	case 1:
		copy[0] = (char)next(c);
		insert(now, at, copy, 1);
		break;
	case 2: /* leave a piece out */
		memmove(now->input + at, now->input + at + n, now->n - at - n);
		now->n -= n;
		break;
	case 3: /* say a piece many times */
		memcpy(copy, now->input + at, n);
		for (size_t i = below(c, 40); i; i--)
			insert(now, at, copy, n);
		break;
	case 4:
		if (c->n_words) {
			const char *word = c->words[below(c, c->n_words)];

			insert(now, at, word, strlen(word));
		}
		break;
	case 5: /* the rest of another seed */
		other = &c->seeds[below(c, c->n_seeds)];
		now->n = at;
		n = below(c, other->n + 1);
		insert(now, at, other->p + n, other->n - n);
		break;
	default:
		now->n = at;
		break;
	}
}

static void
try_one(struct campaign *c)
{
	/* A copy of exactly its size, so that one byte too far is seen. */
	char *exact = malloc(c->now->n ? c->now->n : 1);
	const char *broken;

	memcpy(exact, c->now->input, c->now->n);
	alarm(CASE_SECONDS);
	broken = target_run(c->target, (struct str){ exact, c->now->n });
	alarm(0);
	free(exact);
	c->now->count++;
	if (broken) {
		fprintf(stderr, "%s: %s\n", c->target->name, broken);
		_exit(3);
	}
}

_Noreturn static void
child(struct campaign *c)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	const time_t end = t.tv_sec + c->seconds;
	for (size_t i = 0; i < c->n_seeds; i++) {
		memcpy(c->now->input, c->seeds[i].p, c->seeds[i].n);
		c->now->n = c->seeds[i].n;
		try_one(c);
	}
	for (long i = 0; i < c->rounds || t.tv_sec < end; i++) {
		const struct seed *s = &c->seeds[below(c, c->n_seeds)];

		memcpy(c->now->input, s->p, s->n);
		c->now->n = s->n;
		for (size_t edits = 1 + below(c, 8); edits; edits--)
			alter(c);
		try_one(c);
		clock_gettime(CLOCK_MONOTONIC, &t);
	}
	_exit(0);
}

static bool
target_holds(struct campaign *c)
{
	int status;
	const pid_t pid = (fflush(NULL), fork());

	if (pid < 0)
		exit((perror("fork"), 2));
	if (pid == 0)
		child(c);
	waitpid(pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		printf("%-10s %zu seeds, %zu inputs\n", c->target->name, c->n_seeds,
		    c->now->count);
		return true;
	}
	char path[256];
	snprintf(path, sizeof path, "fuzz-%s", c->target->name);
	FILE *f = fopen(path, "wb");
	if (f) {
		fwrite(c->now->input, 1, c->now->n, f);
		fclose(f);
	}
	printf("FAILED %s: input %zu %s; kept as %s (%zu bytes)\n", c->target->name,
	    c->now->count,
	    WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM ? "hangs"
							       : "is not survived",
	    path, c->now->n);
	return false;
}

static void
campaign_free(struct campaign *c)
{
	for (size_t i = 0; i < c->n_seeds; i++)
		free(c->seeds[i].p);
	free(c->words_text);
	munmap(c->now, sizeof *c->now);
	free(c);
}

static bool
is_wanted(const char *name, int argc, char **argv, int first)
{
	for (int i = first; i < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return true;
	return first >= argc;
}

int
main(int argc, char **argv)
{
	long rounds = 0, seconds = 0;
	uint64_t seed = 1;
	int at = 1, passed = 0, failed = 0;

	for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
		const unsigned long long v = strtoull(argv[at + 1], NULL, 10);

		if (strcmp(argv[at], "--rounds") == 0)
			rounds = (long)v;
		else if (strcmp(argv[at], "--seconds") == 0)
			seconds = (long)v;
		else
			seed = v;
	}
	if (at >= argc)
		return fputs("usage: fuzz [--rounds N] [--seconds S] [--seed X] SEEDS "
			     "[TARGET...]\n",
			   stderr),
		       2;
	for (const struct target *t = targets; t->name; t++) {
		if (!is_wanted(t->name, argc, argv, at + 1))
			continue;
		struct campaign *c = calloc(1, sizeof *c);
		c->target = t;
		c->random = seed * 0x9e3779b97f4a7c15u + 1;
		c->rounds = rounds;
		c->seconds = seconds;
		c->now = mmap(NULL, sizeof *c->now, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		seeds_load(c, argv[at]);
		words_cut(c);
		if (target_holds(c))
			passed++;
		else
			failed++;
		campaign_free(c);
	}
	printf("%d passed, %d failed, 0 skipped\n", passed, failed);
	return failed ? 1 : 0;
}
