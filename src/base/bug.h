/*
 * bug(): our own promise is broken. Report and abort; the transaction dies with the
 * process.
 */
#pragma once

#include "base/err.h"

_Noreturn void bug(const char *fmt, ...) PRINTF(1, 2);
