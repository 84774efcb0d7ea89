/* sd_notify(3): AF_UNIX, SOCK_DGRAM, one message. */
#include "cli/notify.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char *place;

void
notify_to(const char *socket)
{
	place = socket && (socket[0] == '/' || socket[0] == '@') ? socket : NULL;
}

void
notify_say(const char *state)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const size_t n = place ? strlen(place) : 0;
	int fd;

	if (!n || n >= sizeof to.sun_path)
		return;
	memcpy(to.sun_path, place, n);
	if (to.sun_path[0] == '@')
		to.sun_path[0] = '\0'; /* an abstract name */
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	(void)!sendto(fd, state, strlen(state), MSG_NOSIGNAL,
	    (const struct sockaddr *)&to,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	close(fd);
}
