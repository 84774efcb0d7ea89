/*
 * Arena: memory that dies together. Nothing in it is freed alone. Does not return on
 * exhaustion: sizes are limited at the doors, so running out here is a bug.
 *
 * Built with -DARENA_DEBUG each allocation is a malloc of its own, so that the address
 * sanitizer sees every overrun; the test build always sets it.
 */
#pragma once

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *head;
	size_t used, limit; /* bytes; limit 0 = 1 GiB */
};

/* Zeroed, never NULL, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);
/* The same, not zeroed: for what is written over at once. */
void *arena_raw(struct arena *a, size_t size);

/* A copy of n bytes with a NUL behind them. */
char *arena_copy(struct arena *a, const void *p, size_t n);

/* Frees everything. The arena is empty and usable again; a zeroed arena is a valid one.
 */
void arena_free(struct arena *a);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

/* struct arena scratch AUTO(arena_free) = { 0 }; frees at the end of the scope. */
