/*
 * Chinese numerals of statutes and papers, both ways: 一百二十三 is 123. Written as
 * statutes write them: 十, 十一, 一百零一, 一百一十, 一千零二十四.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum { HAN_MAX = 9999 };

/* The longest numeral at *i, which moves behind it: 0..9999. false, and *i as it was,
 * when none stands there. 〇 is 零; a row of digits (二〇二六) is read by its first
 * alone.
 */
bool han_take(struct str s, size_t *i, int64_t *out);

/* Whole string; 0 when it is no numeral of 1..9999. */
int64_t han_number(struct str s);

struct str han_write(struct arena *a, int64_t n); /* 0..9999 */
