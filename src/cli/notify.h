/*
 * Telling the supervisor that started us (systemd, Type=notify) how we are: one datagram
 * to the socket it named. libsystemd would be a library for thirty lines.
 */
#pragma once

/* The path or '@' name of the socket, as NOTIFY_SOCKET has it; NULL: nobody listens. Kept
 * as it is. */
void notify_to(const char *socket);

/* "READY=1", "STOPPING=1"; a supervisor that cannot be reached is no reason to stop. */
void notify_say(const char *state);
