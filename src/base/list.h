/*
 * Growing arrays in an arena:  struct { struct task *v; size_t n, cap; }.
 *
 *     LIST(struct task) tasks = { 0 };
 *     struct task *t = list_add(cx->arena, &tasks);      zeroed, valid until the next add
 */
#pragma once

#include <string.h>

#include "base/arena.h"

#define LIST(type)             \
	struct {               \
		type *v;       \
		size_t n, cap; \
	}

#define list_add(a, l)                                                       \
	({                                                                   \
		if ((l)->n == (l)->cap)                                      \
			(l)->v = list_grow_(                                 \
			    (a), (l)->v, (l)->n, &(l)->cap, sizeof *(l)->v); \
		&(l)->v[(l)->n++];                                           \
	})

static inline void *
list_grow_(struct arena *a, const void *v, size_t n, size_t *cap, size_t size)
{
	const size_t more = *cap ? *cap * 2 : 8;
	char *grown = arena_raw(a, more * size);

	if (n)
		memcpy(grown, v, n * size);
	memset(grown + n * size, 0, (more - n) * size);
	*cap = more;
	return grown;
}
