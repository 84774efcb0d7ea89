/* tck DIR [--out FILE]: runs the compatibility kit of DMN and writes its result file. */
#include "cli/tck.h"

#include <stdio.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/option.h"
#include "lang/dmn_tests.h"

enum { FILE_MAX = 16 << 20, FOLDERS_DEEP = 8 };

struct walk {
	struct cx *cx;
	struct str root;
	struct buf *results;
	struct tck_tally *tally;
};

static struct str
joined(struct arena *a, struct str dir, struct str name)
{
	if (!dir.n || !name.n)
		return dir.n ? dir : name;
	return str_fmt(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name));
}

static void
put_field(struct buf *b, struct str s, const char *end)
{
	buf_put_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_put_byte(b, '"');
		buf_put_byte(b, s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
	}
	buf_put_byte(b, '"');
	buf_put_z(b, end);
}

static void
put_verdict(
    struct walk *w, struct str folder, struct str file, const struct dmn_verdict *v)
{
	put_field(w->results, folder, ",");
	put_field(w->results, str_sub(file, 0, file.n - 4), ",");
	put_field(w->results, v->id, ",");
	put_field(w->results, v->passed ? S("SUCCESS") : S("ERROR"), ",");
	put_field(w->results, v->why, "\n");
}

/* The model named first, then the others of its folder; NULL when one is unreadable. */
static const struct dmn *
model_of(struct cx *cx, struct str path, struct str name)
{
	struct messages m = { .arena = cx->arena };
	struct file_names names = { 0 };
	LIST(struct str) texts = { 0 };
	const struct dmn *model;
	struct str text;

	if (file_read(cx, joined(cx->arena, path, name), FILE_MAX, &text) != ERR_OK ||
	    folder_list(cx, path, S(".dmn"), &names) != ERR_OK)
		return NULL;
	*list_add(cx->arena, &texts) = text;
	for (size_t i = 0; i < names.n; i++)
		if (!str_eq(names.v[i], name)) {
			if (file_read(cx, joined(cx->arena, path, names.v[i]), FILE_MAX,
				&text) != ERR_OK)
				return NULL;
			*list_add(cx->arena, &texts) = text;
		}
	return dmn_load(cx, texts.v, texts.n, &model, &m) == ERR_OK ? model : NULL;
}

static void
run_file(struct walk *w, struct str folder, struct str name, struct tck_folder *tally)
{
	struct arena arena AUTO(arena_free) = { 0 };
	struct cx scratch = { .arena = &arena }, *cx = &scratch;
	const struct str path = joined(&arena, w->root, folder);
	struct dmn_verdicts verdicts = { 0 };
	struct dmn_tests tests;
	struct str text;

	if (file_read(cx, joined(&arena, path, name), FILE_MAX, &text) != ERR_OK ||
	    dmn_tests_read(cx, text, &tests) != ERR_OK) {
		*list_add(&arena, &verdicts) = (struct dmn_verdict){ .why = cx->why };
	} else {
		dmn_tests_run(cx, &tests, model_of(cx, path, tests.model), &verdicts);
	}
	for (size_t i = 0; i < verdicts.n; i++) {
		put_verdict(w, folder, name, &verdicts.v[i]);
		tally->all++;
		tally->passed += verdicts.v[i].passed;
	}
}

static enum err
run_folder(struct walk *w, struct str folder, int depth)
{
	struct tck_folder tally = { .name = folder };
	struct file_names names = { 0 };
	struct cx *cx = w->cx;

	if (depth > FOLDERS_DEEP)
		return fail(cx, ERR_INPUT, "目录太深：%.*s", STR_ARG(folder));
	TRY(folder_list(cx, joined(cx->arena, w->root, folder), S(""), &names));
	for (size_t i = 0; i < names.n; i++) {
		const struct str inner = joined(cx->arena, folder, names.v[i]);

		if (folder_is(cx, joined(cx->arena, w->root, inner)))
			TRY(run_folder(w, inner, depth + 1));
		else if (str_ends(names.v[i], S(".xml")))
			run_file(w, folder, names.v[i], &tally);
	}
	w->tally->all += tally.all;
	w->tally->passed += tally.passed;
	if (tally.all)
		*list_add(cx->arena, &w->tally->folders) = tally;
	return ERR_OK;
}

enum err
tck_run(struct cx *cx, struct str dir, struct buf *results, struct tck_tally *out)
{
	struct walk w = { cx, dir, results, out };

	*out = (struct tck_tally){ 0 };
	return run_folder(&w, S(""), 0);
}

static enum err
write_results(struct cx *cx, struct str path, struct str text)
{
	FILE *f = fopen(str_cz(cx->arena, path), "we");

	if (!f)
		return fail(cx, ERR_STORE, "不能写入 %.*s", STR_ARG(path));
	fwrite(text.p, 1, text.n, f);
	return fclose(f) == 0 ? ERR_OK
			      : fail(cx, ERR_STORE, "不能写入 %.*s", STR_ARG(path));
}

int
cli_tck(struct cx *cx, int argc, char **argv)
{
	struct str dir = S(""), out = S("tck_results.csv");
	struct buf results = { .arena = cx->arena };
	struct tck_tally tally;
	enum err err;

	for (int i = 0; i < argc; i++) {
		if (option_take(argc, argv, &i, "--out", &out))
			continue;
		if (dir.n || argv[i][0] == '-') {
			fputs("用法：zhunsheng tck 目录 [--out 文件]\n", stderr);
			return 2;
		}
		dir = str_z(argv[i]);
	}
	if (!dir.n) {
		fputs("用法：zhunsheng tck 目录 [--out 文件]\n", stderr);
		return 2;
	}
	err = tck_run(cx, dir, &results, &tally);
	if (err == ERR_OK)
		err = write_results(cx, out, buf_str(&results));
	if (err != ERR_OK)
		return cli_failed(cx, err);
	for (size_t i = 0; i < tally.folders.n; i++) {
		const struct tck_folder *f = &tally.folders.v[i];

		if (f->passed < f->all)
			printf("%.*s：%zu 例中通过 %zu 例\n", STR_ARG(f->name), f->all,
			    f->passed);
	}
	printf("passed %zu of %zu\n", tally.passed, tally.all);
	return 0;
}
