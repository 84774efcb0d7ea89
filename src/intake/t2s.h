/* Traditional to Simplified characters, by OpenCC's table t2s. */
#pragma once

#include "base/cx.h"
#include "base/str.h"

struct t2s;

/* ERR_INPUT when the tables are not installed; close with t2s_close. */
enum err t2s_open(struct cx *cx, struct t2s **out) MUST_USE;
void t2s_close(struct t2s **t);

/* Character for character: a text that would change its length is returned unchanged. */
struct str t2s_convert(struct cx *cx, struct t2s *t, struct str s);
