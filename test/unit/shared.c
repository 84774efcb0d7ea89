/* Reading ../shared/data. */
#include "shared.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

const char *
shared_folder(void)
{
	return "../shared/data";
}

bool
shared_read(struct cx *cx, const char *path, struct str *out)
{
	const int fd = open(
	    str_fmt(cx->arena, "%s/%s", shared_folder(), path).p, O_RDONLY | O_CLOEXEC);
	struct stat st;
	char *p;
	ssize_t n;

	if (fd < 0) {
		test_skip("../shared/data is absent");
		return false;
	}
	if (fstat(fd, &st) != 0)
		st.st_size = 0;
	p = arena_alloc(cx->arena, (size_t)st.st_size + 1);
	n = read(fd, p, (size_t)st.st_size);
	close(fd);
	CHECK(n == st.st_size);
	*out = (struct str){ p, n > 0 ? (size_t)n : 0 };
	return n > 0;
}
