/*
 * Verification: everything is computed again from the rows and compared: the digests of
 * the parts, the headers, the chain, the tree and its kept nodes, the head, every
 * checkpoint, the destructions, the stored files. It trusts nothing that the store says
 * of itself; an earlier checkpoint from outside is what shows that the end was cut off or
 * all of it rewritten.
 */
#pragma once

#include "record/note.h"
#include "record/record.h"

struct verify_fault {
	int64_t seq; /* 0: of the log as a whole */
	struct str text;
};

struct verify_options {
	const struct checkpoints *against; /* from outside; may be NULL */
	const struct verifier *key; /* whose signatures; may be NULL: not checked */
	int threads;                /* 0: as many as there are processors */
	bool without_files;
};

enum { VERIFY_FAULTS_MAX = 100 };

struct verify_report {
	bool sm3;
	int64_t events, files, checkpoints, destroyed; /* looked at */
	struct digest root;
	struct {
		struct verify_fault *v;
		size_t n, cap;
	} faults;      /* the first VERIFY_FAULTS_MAX by seq */
	int64_t found; /* all of them */
};

/* Opens connections of its own. An err means that it could not be done at all; damage is
 * in the report. Appending may go on meanwhile: what is verified is the log as it was at
 * the beginning. */
enum err record_verify(struct cx *cx, struct str url, struct str log,
    const struct verify_options *options, struct verify_report *out) MUST_USE;
/* The same on the caller's connection, outside a transaction and without threads. */
enum err record_verify_alone(struct cx *cx, struct db *db, struct str log,
    const struct verify_options *options, struct verify_report *out) MUST_USE;
