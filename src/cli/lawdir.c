/* Finds law/ at run time and reads from it what needs no store. */
#include "cli/lawdir.h"

#include "base/file.h"
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
	return folder_is(cx, str_fmt(cx->arena, "%.*s/kernel", STR_ARG(dir)));
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

enum err
lawdir_calendar(struct cx *cx, struct str dir, struct calendar **out)
{
	const struct str folder = str_fmt(
	    cx->arena, "%.*s/kernel/workdays", STR_ARG(dir));
	struct messages messages = { .arena = cx->arena };
	struct calendar_source source = { 0 };
	struct file_names names = { 0 };
	struct str text;

	TRY(folder_list(cx, folder, S(".yaml"), &names));
	for (size_t i = 0; i < names.n; i++) {
		messages.file = str_fmt(
		    cx->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names.v[i]));
		TRY(file_read(cx, messages.file, FILE_LIMIT, &text));
		calendar_read(&messages, text, &source);
	}
	TRY(messages_err(cx, &messages));
	return calendar_build(cx, cx->arena, &source, out);
}
