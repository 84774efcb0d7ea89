/* Passwords that whoever guesses tries first. */
#pragma once

#include <stdbool.h>

#include "base/cx.h"

/* A word, a name of this system or the login itself, with figures and signs around it or
 * for its letters; a row of the keyboard; the same again and again. */
bool password_is_weak(struct cx *cx, struct str password, struct str login);
