/*
 * Data that nobody here wrote, in ../shared/data beside the project: published vectors,
 * real plans. Where it is absent a test says so and is skipped.
 */
#pragma once

#include <stdbool.h>

#include "base/cx.h"

bool shared_read(struct cx *cx, const char *path, struct str *out); /* false: skipped */
const char *shared_folder(void);
