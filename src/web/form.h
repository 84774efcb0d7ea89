/*
 * Forms as browsers send them: application/x-www-form-urlencoded (WHATWG URL 5.1) and the
 * encoding of addresses. What is read is checked: UTF-8, no U+0000, a limited number of
 * fields; line ends become '\n'; texts are in NFC afterwards. multipart.h reads the other
 * kind.
 */
#pragma once

#include "base/buf.h"
#include "web/exchange.h"

enum { FIELDS_MAX = 5000 };

/* "a=1&b=%E4%B8%AD" into pairs, in the arena. ERR_INPUT: an escape that is not one, text
 * that is not UTF-8, too many fields. */
enum err form_parse(struct cx *cx, struct str body, struct params *out) MUST_USE;

/* "theme=large; session=…" into pairs; what is not a pair is passed over. */
void cookies_parse(struct arena *a, struct str header, struct params *out);

/* A text of a form made fit for use: UTF-8 or ERR_INPUT, '\n' for every line end, NFC. */
enum err form_text(struct cx *cx, struct str raw, struct str *out) MUST_USE;

/* "%E4%B8%AD" to bytes; false on a broken escape. plus_is_blank in queries, not in paths.
 */
bool url_decode(struct arena *a, struct str s, bool plus_is_blank, struct str *out);

/* Appends s percent-encoded, all but the unreserved characters of RFC 3986. */
void url_put(struct buf *b, struct str s);

/* What stands in a request line: target, path and query of req. A path that is no text of
 * ours becomes "/", and req->bad says so. */
void target_parse(struct cx *cx, struct str target, struct request *req);
