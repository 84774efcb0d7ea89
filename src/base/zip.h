/*
 * ZIP, the container of XLSX and DOCX. Reading holds limits against archives that grow:
 * 10,000 entries, and a sum of unpacked bytes that the caller names. Writing is
 * reproducible: the same entries give the same bytes, with a fixed time.
 */
#pragma once

#include "base/cx.h"

struct zip_entry {
	struct str name, bytes;
};

struct zip_entries {
	struct zip_entry *v;
	size_t n, cap;
};

/*
 * All entries whose name ends in `suffix` (empty: all), unpacked into cx->arena, in the
 * order of the archive. ERR_INPUT in Chinese: no archive, damaged, encrypted, or more
 * than max_bytes in all when unpacked; what its header claims is not believed.
 */
enum err zip_unpack(struct cx *cx, struct str bytes, struct str suffix, size_t max_bytes,
    struct zip_entries *out) MUST_USE;

const struct zip_entry *zip_find(const struct zip_entries *z, struct str name);

/* Deflated, dated 1980-01-01; in cx->arena. */
struct str zip_pack(struct cx *cx, const struct zip_entry *v, size_t n);
