/* Reading files and folders through stdio and dirent. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The system's own sentences are English; these four are what users meet. */
static enum err
cannot_read(struct cx *cx, struct str path)
{
	const int why = errno;

	if (why == ENOENT || why == ENOTDIR)
		return fail(cx, ERR_NOT_FOUND, "“%.*s”不存在", STR_ARG(path));
	if (why == EACCES)
		return fail(cx, ERR_INPUT, "没有权限读取“%.*s”", STR_ARG(path));
	if (why == EISDIR)
		return fail(cx, ERR_INPUT, "“%.*s”是目录，不是文件", STR_ARG(path));
	return fail(cx, ERR_INPUT, "“%.*s”读取失败（错误号 %d）", STR_ARG(path), why);
}

static void
close_file(FILE **f)
{
	if (*f)
		fclose(*f);
}

enum err
file_read(struct cx *cx, struct str path, size_t max, struct str *out)
{
	FILE *f AUTO(close_file) = fopen(str_cz(cx->arena, path), "rbe");
	struct stat st;
	char *p;
	size_t n;

	if (!f)
		return cannot_read(cx, path);
	if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode))
		return fail(cx, ERR_INPUT, "“%.*s”不是文件", STR_ARG(path));
	if ((size_t)st.st_size > max)
		return fail(cx, ERR_INPUT, "“%.*s”超过 %zu 字节", STR_ARG(path), max);
	p = arena_alloc(cx->arena, (size_t)st.st_size + 1);
	n = fread(p, 1, (size_t)st.st_size, f);
	if (ferror(f))
		return cannot_read(cx, path);
	*out = (struct str){ p, n };
	return ERR_OK;
}

static void
close_folder(DIR **d)
{
	if (*d)
		closedir(*d);
}

static int
by_name(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return str_cmp(*x, *y);
}

enum err
folder_list(struct cx *cx, struct str path, struct str suffix, struct file_names *out)
{
	DIR *d AUTO(close_folder) = opendir(str_cz(cx->arena, path));
	struct file_names names = { 0 };
	const struct dirent *e;

	if (!d)
		return cannot_read(cx, path);
	errno = 0;
	while ((e = readdir(d)))
		if (e->d_name[0] != '.' && str_ends(str_z(e->d_name), suffix))
			*list_add(cx->arena, &names) = str_copy(
			    cx->arena, str_z(e->d_name));
	if (errno)
		return cannot_read(cx, path);
	if (names.n)
		qsort(names.v, names.n, sizeof *names.v, by_name);
	*out = names;
	return ERR_OK;
}

bool
folder_is(struct cx *cx, struct str path)
{
	struct stat st;

	return stat(str_cz(cx->arena, path), &st) == 0 && S_ISDIR(st.st_mode);
}

enum err
file_write(struct cx *cx, struct str path, struct str text)
{
	FILE *f AUTO(close_file) = fopen(str_cz(cx->arena, path), "wbe");

	if (!f || fwrite(text.p, 1, text.n, f) != text.n || fflush(f) != 0)
		return fail(
		    cx, ERR_INPUT, "“%.*s”写不进去（错误号 %d）", STR_ARG(path), errno);
	return ERR_OK;
}

enum err
file_name_sync(struct cx *cx, struct str path)
{
	const size_t slash = str_rfind(path, S("/"));
	const struct str folder = slash == SIZE_MAX ? S(".")
				  : slash == 0      ? S("/")
						    : str_sub(path, 0, slash);
	const char *z = str_cz(cx->arena, folder);
	const int fd = open(z, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err err = ERR_OK;

	if (fd < 0 || fsync(fd) != 0)
		err = fail(cx, ERR_STORE, "写不进文件夹 %s：%s", z, strerror(errno));
	if (fd >= 0)
		close(fd);
	return err;
}
