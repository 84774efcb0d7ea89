/* Sockets of the server: numeric addresses only, so that no name service can mislead it.
 */
#include "web/listen.h"
#include "web/word.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct addrinfo *
address_resolve(struct str address)
{
	const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	struct arena scratch AUTO(arena_free) = { 0 };

	return getaddrinfo(str_cz(&scratch, address), NULL, &hints, &found) == 0 ? found
										 : NULL;
}

bool
address_is_loopback(struct str address)
{
	struct addrinfo *found = address_resolve(address);
	bool is = false;

	if (found && found->ai_family == AF_INET)
		is = ntohl(((struct sockaddr_in *)(void *)found->ai_addr)
			       ->sin_addr.s_addr) >>
			 24 ==
		     127;
	else if (found && found->ai_family == AF_INET6)
		is = IN6_IS_ADDR_LOOPBACK(
		    &((struct sockaddr_in6 *)(void *)found->ai_addr)->sin6_addr);
	if (found)
		freeaddrinfo(found);
	return is;
}

/* A listening socket on one port, or -1 with errno. */
static int
socket_listen(struct addrinfo *at, int port)
{
	const int one = 1, fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (at->ai_family == AF_INET)
		((struct sockaddr_in *)(void *)at->ai_addr)->sin_port = htons(
		    (uint16_t)port);
	else
		((struct sockaddr_in6 *)(void *)at->ai_addr)->sin6_port = htons(
		    (uint16_t)port);
	if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, 128) == 0 &&
	    fcntl(fd, F_SETFL, O_NONBLOCK) == 0)
		return fd;
	const int why = errno;
	close(fd);
	errno = why;
	return -1;
}

enum err
listen_open(
    struct cx *cx, struct str address, int first, int last, int *out_fd, int *out_port)
{
	struct addrinfo *at = address_resolve(address);
	int fd = -1, port;
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} bound = { 0 };
	socklen_t size = sizeof bound;

	if (!at)
		return word_fail(
		    cx, ERR_INPUT, word_fill(cx->arena, W(listen_address), address));
	for (port = first; fd < 0 && port <= last; port++)
		fd = socket_listen(at, port);
	freeaddrinfo(at);
	if (fd < 0)
		return word_fail(cx, ERR_INPUT,
		    word_fill(cx->arena, W(listen_ports), word_int(cx->arena, first),
			word_int(cx->arena, last), str_z(strerror(errno))));
	getsockname(fd, &bound.any, &size);
	*out_port = ntohs(
	    bound.any.sa_family == AF_INET ? bound.v4.sin_port : bound.v6.sin6_port);
	*out_fd = fd;
	return ERR_OK;
}
