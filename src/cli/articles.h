/*
 * Articles of statutes as one JSON object a line, its values texts: id, title, date,
 * path, art, text. What other keys hold is passed over.
 */
#pragma once

#include "base/cx.h"

struct article_line {
	struct str id, title, date, path, art, text;
};

/* One line. ERR_INPUT: it is no such object, or lacks id or text. */
enum err article_line_parse(struct cx *cx, struct str line, struct article_line *out)
    MUST_USE;
