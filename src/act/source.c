/* Reading the files of law/: every definition below a folder, in the order of their
 * paths. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "act/defs.h"
#include "base/buf.h"

enum { SOURCE_MAX = 256 * 1024, DEPTH_MAX = 8 };

static enum err
file_read(struct cx *cx, const char *path, struct str *out)
{
	struct buf b = { .arena = cx->arena, .limit = SOURCE_MAX };
	char chunk[8192];
	size_t n;
	FILE *f = fopen(path, "re");

	if (!f)
		return fail(cx, ERR_INPUT, "无法读取 %s", path);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(&b, (struct str){ chunk, n });
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INPUT, "%s 超过256 KiB", path);
	*out = buf_str(&b);
	return ERR_OK;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return str_cmp(str_z((*a)->d_name), str_z((*b)->d_name));
}

/* Proofs are not definitions. */
static bool
is_proof(struct str name)
{
	return str_ends(name, S(".ok")) || str_ends(name, S(".no"));
}

static enum err
folder_read(
    struct cx *cx, struct str dir, struct str below, int depth, struct source_list *out)
{
	struct dirent **names = NULL;
	const int n = scandir(str_cz(cx->arena, dir), &names, NULL, by_name);
	enum err err = n < 0 ? fail(cx, ERR_INPUT, "无法读取目录 %.*s", STR_ARG(dir))
			     : ERR_OK;

	for (int i = 0; i < n; i++) {
		const struct str name = str_copy(cx->arena, str_z(names[i]->d_name));
		const struct str path = str_fmt(
		    cx->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name));
		const struct str rel = below.n ? str_fmt(cx->arena, "%.*s/%.*s",
						     STR_ARG(below), STR_ARG(name))
					       : name;
		struct stat st;

		free(names[i]);
		if (err != ERR_OK || str_starts(name, S(".")) || is_proof(name) ||
		    stat(path.p, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX) {
			err = folder_read(cx, path, rel, depth + 1, out);
		} else if (S_ISREG(st.st_mode) && str_ends(name, S(".yaml"))) {
			struct source *s = list_add(cx->arena, out);

			s->path = rel;
			err = file_read(cx, path.p, &s->text);
		}
	}
	free(names);
	return err;
}

enum err
sources_read(struct cx *cx, struct str dir, struct source_list *out)
{
	return folder_read(cx, dir, S(""), 0, out);
}
