/*
 * Where law/ is. In order: the directory the user names (--law DIR), the source tree this
 * binary was built from, the installed place, ./law. The first that holds kernel/ is
 * taken.
 */
#pragma once

#include "base/cx.h"

struct calendar;

/* `named` is empty when the user names none; ERR_INPUT when none of them holds kernel/.
 */
enum err lawdir_find(struct cx *cx, struct str named, struct str *out) MUST_USE;

/* The calendar of DIR/kernel/workdays; it lives in cx->arena. */
enum err lawdir_calendar(struct cx *cx, struct str dir, struct calendar **out) MUST_USE;
