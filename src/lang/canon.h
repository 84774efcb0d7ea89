/*
 * The canonical form, version 1: the bytes that are stored, hashed and signed
 * (docs/canon.md has the rules and vectors). A strict subset of JSON: keys in byte order,
 * no blanks, integers with |i| < 2^53 and no "-0", texts escaped only where JSON must, no
 * U+0000.
 */
#pragma once

#include "base/buf.h"
#include "base/cx.h"
#include "lang/value.h"

/* Appends v. A kind that is not stored (value.h), a key given twice, an integer out of
 * range or a text that is not UTF-8 is a bug: the door has checked. */
void canon_put(struct buf *b, const struct value *v);
struct str canon_str(struct arena *a, const struct value *v);

/* Reads exactly one canonical value; anything else, also valid JSON in another spelling,
 * is ERR_INPUT with the byte offset. Depth at most 32. Texts look into `bytes`. */
enum err canon_parse(struct cx *cx, struct str bytes, struct value *out) MUST_USE;

/* The same, but members of the outermost map under these keys are passed over: for who
 * reads much and has no use for them. What stands there is only counted to its end, so
 * this is for bytes that were canonical when they were stored, never for proof. */
enum err canon_parse_without(struct cx *cx, struct str bytes, const struct str *keys,
    size_t n, struct value *out) MUST_USE;
