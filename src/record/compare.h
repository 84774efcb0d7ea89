/*
 * Proof that two stores hold the same log, for who has copied it: nothing is believed
 * that can be computed.
 */
#pragma once

#include "base/crypto.h"
#include "record/record.h"

struct log_compared {
	int64_t size;         /* events of both; the source may hold more by now */
	struct digest root;   /* of those, computed on both sides */
	struct str head;      /* hex digest of the last of them, the same on both */
	int64_t checkpoint;   /* size of the newest checkpoint on both, 0: none */
	int64_t gone;         /* destroyed parts, empty on both */
	int64_t files, bytes; /* of the copy, each read again and its digest compared */
};

/* The copy against its source: ERR_STALE says what differs. */
enum err record_compare(struct cx *cx, struct db *from, struct db *copy, struct str log,
    struct log_compared *out) MUST_USE;
