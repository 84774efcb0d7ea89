/*
 * Text inside XML and SVG: escaped, and nothing in it that XML 1.0 forbids (such
 * characters become U+FFFD). Attributes use double quotes.
 */
#pragma once

#include "base/buf.h"

void markup_put(struct buf *b, struct str s);
