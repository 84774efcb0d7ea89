/*
 * The folder for files being uploaded: of this process alone, locked as long as it lives.
 */
#pragma once

#include "base/cx.h"

struct upload_folder {
	struct str path;
	int fd; /* holds the lock */
};

/* Makes it under /tmp, and removes those that servers left which were killed. */
enum err upload_folder_open(struct cx *cx, struct upload_folder *out) MUST_USE;
void upload_folder_close(struct cx *cx, struct upload_folder *folder);
