/* Bytes as text: lower-case hexadecimal, and base64 (RFC 4648 section 4, with padding).
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct str hex_of(struct arena *a, struct str bytes);
struct str base64_of(struct arena *a, struct str bytes);
/* RFC 4648 section 6, without padding: what people type into a telephone. */
struct str base32_of(struct arena *a, struct str bytes);

/* Exactly the one spelling that the functions above give; else false and *out untouched.
 */
bool hex_parse(struct arena *a, struct str text, struct str *out);
bool base64_parse(struct arena *a, struct str text, struct str *out);

/* The value of a digit, -1: it is none. Ours are lower case; what others write is not. */
int hex_digit(char c);
int hex_digit_any(char c);
/* Lower-case digits only, exactly n of them: the form of a digest. */
bool hex_is(struct str s, size_t n);

/* 2n characters into a place of the caller's; for what happens a million times. */
void hex_put(char *to, const void *bytes, size_t n);
