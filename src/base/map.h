/*
 * Map: text to pointer, in an arena, in the order of insertion. Keys are not copied.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct map_item {
	struct str key;
	void *value;
	uint64_t hash;
};

struct map {
	struct map_item *items; /* n of them, in the order of insertion */
	uint32_t *slots;        /* index + 1 into items, 0 = free */
	size_t n, cap, nslots;
};

void *map_find(const struct map *m, struct str key); /* NULL when absent */
void map_put(struct arena *a, struct map *m, struct str key, void *value); /* replaces */
