/* Listening: a socket on the first free port of a range. */
#pragma once

#include <stdbool.h>

#include "base/cx.h"

/* A non-blocking listening socket on the numeric address, at the first free port of
 * first..last (0 and 0: any). ERR_INPUT when the address is no address or no port is
 * free. */
enum err listen_open(struct cx *cx, struct str address, int first, int last, int *out_fd,
    int *out_port) MUST_USE;

/* 127.0.0.0/8 or ::1, written as numbers. */
bool address_is_loopback(struct str address);
