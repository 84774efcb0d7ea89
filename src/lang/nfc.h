/*
 * Normal forms of Unicode. NFC is what every text passes once, at the door, before it is
 * compared, hashed or stored. NFKC (full width to half width, ligatures apart) is for the
 * index of the search only: it loses what the writer wrote.
 */
#pragma once

#include "base/cx.h"
#include "lang/value.h"

/* ERR_INPUT when `in` is not UTF-8 or holds U+0000. *out is `in` itself when it is
 * already ASCII, else in cx->arena. */
enum err nfc(struct cx *cx, struct str in, struct str *out) MUST_USE;

/* Every text of a value, keys included. */
enum err nfc_value(struct cx *cx, const struct value *in, struct value *out) MUST_USE;

/* NFKC with case folded. Bad UTF-8 is a bug here: the text has passed the door. */
struct str nfkc_fold(struct arena *a, struct str in);

/* Every character on its own, as Unicode's simple case mapping has it. */
struct str text_upper(struct arena *a, struct str in);
struct str text_lower(struct arena *a, struct str in);

/* One character by NFKC and case folding, as up to NFKC_CHAR_MAX others; how many. */
enum { NFKC_CHAR_MAX = 18 };
size_t nfkc_fold_char(uint32_t c, uint32_t out[NFKC_CHAR_MAX]);
/* A letter, a number, or what is set upon one. */
bool char_is_word(uint32_t c);
