/* Reading the files of law/: every definition below a folder, in the order of their
 * paths. */
#include "act/defs.h"
#include "base/file.h"

enum { SOURCE_MAX = 256 * 1024, DEPTH_MAX = 8 };

/* Proofs are not definitions: they stand in folders of their own, and what several of
 * them begin with in a file of its own. */
static bool
is_given(struct str name)
{
	return str_ends(name, S(".given.yaml"));
}

static bool
is_proof(struct str name)
{
	return str_ends(name, S(".ok")) || str_ends(name, S(".no")) || is_given(name);
}

enum wanted { DEFINITIONS, PROOFS, PROOFS_INSIDE };

static enum err
folder_read(struct cx *cx, struct str dir, struct str below, int depth,
    enum wanted wanted, struct source_list *out)
{
	struct file_names names = { 0 };

	TRY(folder_list(cx, dir, S(""), &names));
	for (size_t i = 0; i < names.n; i++) {
		const struct str name = names.v[i];
		const struct str path = str_fmt(
		    cx->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name));
		const struct str rel = below.n ? str_fmt(cx->arena, "%.*s/%.*s",
						     STR_ARG(below), STR_ARG(name))
					       : name;

		if (wanted == DEFINITIONS && is_proof(name))
			continue;
		if (folder_is(cx, path)) {
			if (depth < DEPTH_MAX)
				TRY(folder_read(cx, path, rel, depth + 1,
				    wanted == PROOFS && is_proof(name) ? PROOFS_INSIDE
								       : wanted,
				    out));
		} else if ((wanted != PROOFS || is_given(name)) &&
			   str_ends(name, S(".yaml"))) {
			struct source source = { .path = rel,
				.older = str_ends(name, S(".former.yaml")) };

			TRY(file_read(cx, path, SOURCE_MAX, &source.text));
			*list_add(cx->arena, out) = source;
		}
	}
	return ERR_OK;
}

enum err
sources_read(struct cx *cx, struct str dir, struct source_list *out)
{
	return folder_read(cx, dir, S(""), 0, DEFINITIONS, out);
}

enum err
proofs_read(struct cx *cx, struct str dir, struct source_list *out)
{
	return folder_read(cx, dir, S(""), 0, PROOFS, out);
}
