/* Chunked bump allocation; the only file that calls malloc. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

enum { ALIGN = 16, CHUNK = 16 * 1024 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t size, used;
	_Alignas(ALIGN) unsigned char bytes[];
};

static struct arena_chunk *
chunk_new(struct arena *a, size_t size)
{
	struct arena_chunk *c = malloc(sizeof *c + size);

	if (!c)
		bug("out of memory (%zu bytes)", size);
	c->next = a->head;
	c->size = size;
	c->used = 0;
	a->head = c;
	return c;
}

void *
arena_raw(struct arena *a, size_t size)
{
	const size_t limit = a->limit ? a->limit : (size_t)1 << 30;
	struct arena_chunk *c = a->head;
	void *p;

	if (size > limit || a->used > limit - size)
		bug("arena limit of %zu bytes reached", limit);
	a->used += size;
#ifdef ARENA_DEBUG
	c = chunk_new(a, size ? size : 1);
	(void)CHUNK;
#else
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (!c || c->size - c->used < size) {
		size_t want = c ? c->size * 2 : CHUNK;

		if (want > (size_t)1 << 20)
			want = (size_t)1 << 20;
		c = chunk_new(a, size > want ? size : want);
	}
#endif
	p = c->bytes + c->used;
	c->used += size;
	return p;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_raw(a, size), 0, size);
}

char *
arena_copy(struct arena *a, const void *p, size_t n)
{
	char *copy = arena_raw(a, n + 1);

	if (n)
		memcpy(copy, p, n);
	copy[n] = 0;
	return copy;
}

void
arena_free(struct arena *a)
{
	while (a->head) {
		struct arena_chunk *c = a->head;

		a->head = c->next;
		free(c);
	}
	a->used = 0;
}
