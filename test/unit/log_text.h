/* A log as one text in memory, for tests of what is written and read back. */
#pragma once

#include "record/export.h"
#include "store.h"

struct str log_text(struct cx *cx, struct db *db, struct str log);
/* All of it, a hundred lines at a time; *imp says where it stopped. */
enum err log_text_import(
    struct cx *cx, struct db *db, struct str text, struct record_import *imp) MUST_USE;
/* The store, opened for writing; a failed check when it cannot be. */
struct db *log_store(struct cx *cx, const struct test_store *s);
