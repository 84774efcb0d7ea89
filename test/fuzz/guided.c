/*
 * The same targets under libFuzzer, which sees what an input reaches and keeps those that
 * reach more. Built by clang alone, see tools/fuzz.sh; what it finds is replayed by
 * fuzz.c, which any compiler builds.
 *
 *     guided --target=NAME [--dictionary=FILE] [libFuzzer's own options] FOLDER...
 *
 * FILE receives the pieces that the format likes, to be named in -dict=FILE as well.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const unsigned char *p, size_t n);

static const struct target *target;

static void
word_write(FILE *f, const char *word, size_t n)
{
	fputc('"', f);
	for (size_t i = 0; i < n; i++)
		fprintf(f, "\\x%02X", (unsigned)(unsigned char)word[i]);
	fputs("\"\n", f);
}

static void
dictionary_write(const char *path)
{
	FILE *f = fopen(path, "w");

	if (!f)
		exit((perror(path), 2));
	for (const char *p = target->words; *p;) {
		const size_t n = strcspn(p, " ");

		if (n)
			word_write(f, p, n);
		p += n + (p[n] != '\0');
	}
	if (fclose(f) != 0)
		exit((perror(path), 2));
}

static const char *
option(int argc, char **argv, const char *name)
{
	const size_t n = strlen(name);

	for (int i = 1; i < argc; i++)
		if (strncmp(argv[i], name, n) == 0)
			return argv[i] + n;
	return NULL;
}

/* libFuzzer passes over what begins with two hyphens, and hands it on to its helpers. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = option(*argc, *argv, "--target=");
	const char *dictionary = option(*argc, *argv, "--dictionary=");

	for (const struct target *t = targets; name && t->name; t++)
		if (strcmp(t->name, name) == 0)
			target = t;
	if (!target)
		exit((fputs("guided: --target=NAME is missing or unknown\n", stderr), 2));
	if (dictionary)
		dictionary_write(dictionary);
	return 0;
}

int
LLVMFuzzerTestOneInput(const unsigned char *p, size_t n)
{
	const char *broken = target_run(target, (struct str){ (const char *)p, n });

	if (broken) {
		fprintf(stderr, "%s: %s\n", target->name, broken);
		abort();
	}
	return 0;
}
