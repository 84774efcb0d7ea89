/*
 * A QR code (ISO/IEC 18004) as SVG, to stand inside a page: black squares on a white
 * ground with the four modules of quiet zone that readers want, whatever the page's
 * colours are.
 */
#pragma once

#include "base/cx.h"

enum { QR_QUIET = 4 }; /* modules of white on each side */

/* `content` in bytes, at most 1,000, error correction M. `title` is read aloud in its
 * place. ERR_INPUT when it does not fit. In cx->arena. */
enum err qr_svg(struct cx *cx, struct str content, struct str title, struct str *out)
    MUST_USE;
