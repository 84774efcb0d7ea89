/*
 * The power plug: what a process writes below PLUG_ROOT is told to PLUG_JOURNAL first,
 * with what stood there before, and so is what it syncs, names, renames and unlinks.
 * After all of them were killed, pull.py takes from the files what a disk may forget: all
 * that no sync has confirmed, sector by sector. The functions stand before those of the C
 * library in whoever is started with libplug.so (LD_PRELOAD): a writer, the program,
 * every process of PostgreSQL. What was unlinked is kept as PLUG_KEPT/PID-NUMBER. Maps
 * are not seen (SQLite's `-shm` is one, and is made anew), nor what stdio writes (of
 * PostgreSQL that is statistics and caches).
 */
/* With it `pwrite` would be another name of `pwrite64`; libraries call both. */
#undef _FILE_OFFSET_BITS
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SECTOR = 512, PATH = 512 };

/* What pull.py reads: this, the path, then `n` bytes as they were at `at`. */
struct entry {
	int32_t kind; /* one of: W written, T truncated, S synced, N named, R renamed (the
			 bytes are the new path), U unlinked (where it is kept) */
	int32_t path;
	int64_t at, n; /* of a sync: how long the journal was when it began */
	int64_t size;  /* of the file before */
};

static int journal = -1;
static char root[PATH];

/* Before main(); what comes earlier is none of ours. */
__attribute__((constructor)) static void
plug_begin(void)
{
	const char *file = getenv("PLUG_JOURNAL"), *below = getenv("PLUG_ROOT");

	if (!file || !below)
		return;
	snprintf(root, sizeof root, "%s", below);
	journal = (int)syscall(
	    SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* By the kernel's own names, so that nothing here calls itself. */
static void
tell(int kind, const char *path, int64_t at, int64_t n, int64_t size, const void *bytes)
{
	const struct entry e = { kind, (int32_t)strlen(path), at, n, size };
	char *whole = malloc(sizeof e + strlen(path) + (size_t)n);

	if (!whole)
		_exit(1);
	memcpy(whole, &e, sizeof e);
	memcpy(whole + sizeof e, path, strlen(path));
	if (n)
		memcpy(whole + sizeof e + strlen(path), bytes, (size_t)n);
	/* One write: a kill must not leave half an entry. */
	if (syscall(SYS_write, journal, whole, sizeof e + strlen(path) + (size_t)n) < 0)
		_exit(1);
	free(whole);
}

/* The file's path, until the next call, or NULL: it is none of those to be told of. */
static const char *
watched(int fd)
{
	static _Thread_local char path[PATH];
	char link[64];
	ssize_t n;

	if (journal < 0)
		return NULL;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof path - 1);
	path[n > 0 ? n : 0] = '\0';
	return strncmp(path, root, strlen(root)) == 0 ? path : NULL;
}

/* Whole sectors of what stands where `n` bytes are about to be written. */
static void
tell_change(int kind, int fd, int64_t at, int64_t n)
{
	const int64_t from = at / SECTOR * SECTOR;
	const int64_t to = (at + n + SECTOR - 1) / SECTOR * SECTOR;
	const char *path = watched(fd);
	struct stat st;
	ssize_t got;
	char *old;

	if (!path || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	old = calloc(1, (size_t)(to - from) + 1);
	if (!old)
		_exit(1);
	/* By another descriptor only if this one is for writing only: to close one is to
	 * let go of every lock that the process has on the file. */
	const bool reads = (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR;
	const int from_fd = reads ? fd
				  : (int)syscall(
					SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
	got = from_fd < 0 ? 0 : pread(from_fd, old, (size_t)(to - from), from);
	if (from_fd >= 0 && !reads)
		close(from_fd);
	tell(kind, path, from, got < 0 ? 0 : to - from, st.st_size, old);
	free(old);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	tell_change('W', fd, at, (int64_t)n);
	return REAL(pwrite)(fd, p, n, at);
}

ssize_t
pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	tell_change('W', fd, at, (int64_t)n);
	return REAL(pwrite64)(fd, p, n, at);
}

ssize_t
pwritev(int fd, const struct iovec *v, int count, off_t at)
{
	int64_t n = 0;

	for (int i = 0; i < count; i++)
		n += (int64_t)v[i].iov_len;
	tell_change('W', fd, at, n);
	return REAL(pwritev)(fd, v, count, at);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	struct stat st;

	if (watched(fd) && fstat(fd, &st) == 0) {
		const bool appends = fcntl(fd, F_GETFL) & O_APPEND;

		tell_change(
		    'W', fd, appends ? st.st_size : lseek(fd, 0, SEEK_CUR), (int64_t)n);
	}
	return REAL(write)(fd, p, n);
}

static void
tell_cut(int fd, int64_t to)
{
	struct stat st;

	if (journal >= 0 && fstat(fd, &st) == 0)
		tell_change('T', fd, to, st.st_size > to ? st.st_size - to : 0);
}

int
ftruncate(int fd, off_t to)
{
	tell_cut(fd, to);
	return REAL(ftruncate)(fd, to);
}

int
ftruncate64(int fd, off64_t to)
{
	tell_cut(fd, to);
	return REAL(ftruncate64)(fd, to);
}

/* What others tell while it lasts is not confirmed by it. */
static int64_t
sync_begins(void)
{
	struct stat st;

	return journal >= 0 && fstat(journal, &st) == 0 ? st.st_size : 0;
}

/* Told afterwards: what was killed in it is not confirmed. */
static int
synced(int fd, int64_t since, int status)
{
	const char *path = status == 0 ? watched(fd) : NULL;

	if (path)
		tell('S', path, since, 0, 0, NULL);
	return status;
}

int
fsync(int fd)
{
	const int64_t since = sync_begins();

	return synced(fd, since, REAL(fsync)(fd));
}

int
fdatasync(int fd)
{
	const int64_t since = sync_begins();

	return synced(fd, since, REAL(fdatasync)(fd));
}

static bool
below(const char *path)
{
	return journal >= 0 && strncmp(path, root, strlen(root)) == 0;
}

/* A name of its own for what is about to lose its last. */
static void
tell_unlink(const char *path)
{
	static int number;
	const char *folder = getenv("PLUG_KEPT");
	char kept[PATH];

	if (!folder || !below(path) || access(path, F_OK) != 0)
		return;
	const int n = snprintf(kept, sizeof kept, "%s/%d-%d", folder, (int)getpid(),
	    __atomic_add_fetch(&number, 1, __ATOMIC_RELAXED));
	if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0) == 0)
		tell('U', path, 0, n, 0, kept);
}

int
unlink(const char *path)
{
	tell_unlink(path);
	return REAL(unlink)(path);
}

/* Told beforehand: a rename that was told and did not happen has nothing to undo. */
int
rename(const char *from, const char *to)
{
	if (below(to)) {
		tell_unlink(to);
		tell('R', from, 0, (int64_t)strlen(to), 0, to);
	}
	return REAL(rename)(from, to);
}

static int
named(const char *path, int status)
{
	if (status >= 0 && below(path))
		tell('N', path, 0, 0, 0, NULL);
	return status;
}

int
link(const char *from, const char *to)
{
	return named(to, REAL(link)(from, to));
}

int
mkdir(const char *path, mode_t mode)
{
	return named(path, REAL(mkdir)(path, mode));
}

/* open and open64 are one function under two names. */
typedef int opener(const char *path, int flags, ...);

static int
opened(opener *really, const char *path, int flags, mode_t mode)
{
	const bool makes = journal >= 0 && flags & O_CREAT && access(path, F_OK) != 0;
	const int fd = really(path, flags, mode);

	return makes ? named(path, fd) : fd;
}

#define OPEN(name)                                                 \
	int name(const char *path, int flags, ...)                 \
	{                                                          \
		va_list args;                                      \
		mode_t mode;                                       \
                                                                   \
		va_start(args, flags);                             \
		mode = flags & O_CREAT ? va_arg(args, mode_t) : 0; \
		va_end(args);                                      \
		return opened(REAL(name), path, flags, mode);      \
	}
OPEN(open)
OPEN(open64)
