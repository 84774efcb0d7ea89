/*
 * A killed server cannot remove what was being uploaded to it. Whether a folder's server
 * still lives is asked of its lock, not of a process number, which another may bear by
 * now. One that is seconds old may not have its lock yet and is left alone.
 */
#include "cli/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define FOLDERS "/tmp"
#define PREFIX "zhunsheng-upload-"
enum { YOUNG_S = 60 };

/* The files in it, then itself. Nothing below it is ours but plain files. */
static void
remove_all(struct cx *cx, struct str path)
{
	struct file_names names = { 0 };

	if (folder_list(cx, path, S(""), &names) != ERR_OK)
		return;
	for (size_t i = 0; i < names.n; i++)
		unlink(str_fmt(cx->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.v[i]))
			   .p);
	rmdir(str_cz(cx->arena, path));
}

static bool
is_left(int fd)
{
	struct stat st, now;

	if (fd < 0 || fstat(fd, &st) != 0 || st.st_uid != getuid() ||
	    stat(FOLDERS, &now) != 0)
		return false;
	/* The folder above changed when ours was made: that is now, by the same clock. */
	return now.st_mtime - st.st_mtime >= YOUNG_S && flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static void
sweep(struct cx *cx)
{
	struct file_names names = { 0 };

	if (folder_list(cx, S(FOLDERS), S(""), &names) != ERR_OK)
		return;
	for (size_t i = 0; i < names.n; i++) {
		const struct str path = str_fmt(
		    cx->arena, FOLDERS "/%.*s", STR_ARG(names.v[i]));
		int fd;

		if (!str_starts(names.v[i], S(PREFIX)))
			continue;
		fd = open(path.p, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (is_left(fd))
			remove_all(cx, path);
		if (fd >= 0)
			close(fd);
	}
}

enum err
upload_folder_open(struct cx *cx, struct upload_folder *out)
{
	char *path = str_cz(cx->arena, S(FOLDERS "/" PREFIX "XXXXXX"));
	int fd;

	if (!mkdtemp(path))
		return fail(cx, ERR_STORE, "不能在 " FOLDERS " 建立临时文件夹：%s",
		    strerror(errno));
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (fd >= 0)
			close(fd);
		rmdir(path);
		return fail(cx, ERR_STORE, "不能锁定临时文件夹");
	}
	*out = (struct upload_folder){ str_z(path), fd };
	sweep(cx);
	return ERR_OK;
}

void
upload_folder_close(struct cx *cx, struct upload_folder *folder)
{
	if (!folder->path.n)
		return;
	remove_all(cx, folder->path);
	close(folder->fd);
}
