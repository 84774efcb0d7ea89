/*
 * File: whole small files and folders. Paths are bytes as the user gave them. A failure
 * names the path and what the system said of it.
 */
#pragma once

#include "base/cx.h"

/* At most `max` bytes; a larger file is refused. ERR_NOT_FOUND when there is none, else
 * ERR_INPUT. */
enum err file_read(struct cx *cx, struct str path, size_t max, struct str *out) MUST_USE;

/* A new file or the old one replaced, for a person who asked for it: not durable. */
enum err file_write(struct cx *cx, struct str path, struct str text) MUST_USE;

/* Makes the name of a new or renamed file or folder durable: a power failure takes a name
 * whose folder was not synced, however well the bytes were. */
enum err file_name_sync(struct cx *cx, struct str path) MUST_USE;

struct file_names {
	struct str *v;
	size_t n, cap;
};

/* The names in a folder that end in `suffix`, in byte order, without hidden ones. */
enum err folder_list(
    struct cx *cx, struct str path, struct str suffix, struct file_names *out) MUST_USE;

bool folder_is(struct cx *cx, struct str path);
