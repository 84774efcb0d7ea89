/* Finds law/ at run time and reads from it what needs no store. */
#include "cli/lawdir.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "procedure/calendar.h"
#include "procedure/calendar_file.h"

#ifndef LAW_SOURCE_DIR
#define LAW_SOURCE_DIR "law"
#endif
#ifndef LAW_INSTALL_DIR
#define LAW_INSTALL_DIR "/usr/share/zhunsheng/law"
#endif

enum { FILE_LIMIT = 256 * 1024 };

static bool
holds_kernel(struct cx *cx, struct str dir)
{
	const struct str kernel = str_fmt(cx->arena, "%.*s/kernel", STR_ARG(dir));
	struct stat st;

	return stat(str_cz(cx->arena, kernel), &st) == 0 && S_ISDIR(st.st_mode);
}

enum err
lawdir_find(struct cx *cx, struct str named, struct str *out)
{
	static const struct str places[] = { S(LAW_SOURCE_DIR), S(LAW_INSTALL_DIR),
		S("law") };

	if (named.n) {
		if (!holds_kernel(cx, named))
			return fail(cx, ERR_INPUT,
			    "“%.*s”不是法规定义目录（其中没有 kernel 目录）",
			    STR_ARG(named));
		*out = named;
		return ERR_OK;
	}
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (holds_kernel(cx, places[i])) {
			*out = places[i];
			return ERR_OK;
		}
	return fail(cx, ERR_INPUT, "找不到法规定义目录 law，请用 --law 目录 指明");
}

static enum err
read_small_file(struct cx *cx, struct str path, struct str *out)
{
	FILE *f = fopen(str_cz(cx->arena, path), "rbe");
	char *p = arena_alloc(cx->arena, FILE_LIMIT + 1);
	size_t n;
	bool bad;

	if (!f)
		return fail(
		    cx, ERR_INPUT, "打不开 %.*s：%s", STR_ARG(path), strerror(errno));
	n = fread(p, 1, FILE_LIMIT + 1, f);
	bad = ferror(f) != 0;
	fclose(f);
	if (bad || n > FILE_LIMIT)
		return fail(cx, ERR_INPUT, "%.*s 读不出来或者太大", STR_ARG(path));
	*out = (struct str){ p, n };
	return ERR_OK;
}

static int
is_yaml(const struct dirent *e)
{
	return e->d_name[0] != '.' && str_ends(str_z(e->d_name), S(".yaml"));
}

enum err
lawdir_calendar(struct cx *cx, struct str dir, struct calendar **out)
{
	const struct str folder = str_fmt(
	    cx->arena, "%.*s/kernel/workdays", STR_ARG(dir));
	struct messages messages = { .arena = cx->arena };
	struct calendar_source source = { 0 };
	struct dirent **names;
	const int n = scandir(str_cz(cx->arena, folder), &names, is_yaml, alphasort);
	enum err err = ERR_OK;

	if (n < 0)
		return fail(
		    cx, ERR_INPUT, "打不开 %.*s：%s", STR_ARG(folder), strerror(errno));
	for (int i = 0; i < n; i++) {
		struct str text;

		messages.file = str_fmt(
		    cx->arena, "%.*s/%s", STR_ARG(folder), names[i]->d_name);
		free(names[i]);
		if (err == ERR_OK &&
		    (err = read_small_file(cx, messages.file, &text)) == ERR_OK)
			calendar_read(&messages, text, &source);
	}
	free(names);
	TRY(err);
	TRY(messages_err(cx, &messages));
	return calendar_build(cx, cx->arena, &source, out);
}
