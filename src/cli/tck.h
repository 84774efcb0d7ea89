/*
 * The compatibility kit of DMN as a tree of folders: every file *.xml of test cases is
 * run against its model, which may import the other models of its folder.
 */
#pragma once

#include "base/buf.h"
#include "base/cx.h"

struct tck_folder {
	struct str name; /* relative to the tree */
	size_t passed, all;
};

struct tck_tally {
	size_t passed, all;
	LIST(struct tck_folder) folders; /* those with cases */
};

/* `results`: a line for each case in the kit's own form, "folder","file","case",
 * "SUCCESS" or "ERROR","message". What cannot be read counts as not passed; ERR_INPUT
 * only when the tree itself cannot be. */
enum err tck_run(
    struct cx *cx, struct str dir, struct buf *results, struct tck_tally *out) MUST_USE;
