/*
 * JSON from outside, as a value: what may be stored and nothing else. jansson reads the
 * bytes (untrusted, so a parser that others attack too), out/json.h writes ours.
 */
#pragma once

#include "base/cx.h"
#include "lang/value.h"

enum { JSON_DEPTH_MAX = 8 };

/* An object. Texts are UTF-8 without U+0000, '\n' at every line end, NFC. ERR_INPUT, with
 * the line: no JSON, a member given twice, deeper than JSON_DEPTH_MAX, a number that is
 * not an integer below 2^53. */
enum err json_read(struct cx *cx, struct str text, struct value *out) MUST_USE;
