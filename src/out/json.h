/*
 * JSON for people and programs outside: two blanks an indent, keys in the order in which
 * they are written. What is stored and hashed is lang/canon.h, not this. The writer keeps
 * commas and escaping to itself, so that no caller can forget them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct json {
	struct buf *b;
	int depth;
	bool filled; /* something stands already at this depth */
	bool keyed;  /* a key waits for its value */
};

void json_open(struct json *j, char bracket);  /* '{' or '[' */
void json_close(struct json *j, char bracket); /* '}' or ']' */
void json_key(struct json *j, const char *key);
void json_key_str(struct json *j, struct str key);
void json_str(struct json *j, struct str s); /* bytes that are not UTF-8 become U+FFFD */
void json_int(struct json *j, int64_t v);
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
