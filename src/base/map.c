/* Open addressing over an index, so that walking keeps the order of insertion. */
#include "base/map.h"

#include <string.h>

static size_t
slot_of(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = hash & (m->nslots - 1);

	while (m->slots[i]) {
		const struct map_item *it = &m->items[m->slots[i] - 1];

		if (it->hash == hash && str_eq(it->key, key))
			break;
		i = (i + 1) & (m->nslots - 1);
	}
	return i;
}

void *
map_find(const struct map *m, struct str key)
{
	size_t i;

	if (!m->n)
		return NULL;
	i = slot_of(m, key, str_hash(key));
	return m->slots[i] ? m->items[m->slots[i] - 1].value : NULL;
}

static void
grow(struct arena *a, struct map *m)
{
	const size_t cap = m->cap ? m->cap * 2 : 8;
	struct map_item *items = arena_array(a, struct map_item, cap);

	if (m->n)
		memcpy(items, m->items, m->n * sizeof *items);
	m->items = items;
	m->cap = cap;
	m->nslots = cap * 2;
	m->slots = arena_array(a, uint32_t, m->nslots);
	for (size_t i = 0; i < m->n; i++)
		m->slots[slot_of(m, items[i].key, items[i].hash)] = (uint32_t)i + 1;
}

void
map_put(struct arena *a, struct map *m, struct str key, void *value)
{
	const uint64_t hash = str_hash(key);
	size_t i;

	if (m->n == m->cap)
		grow(a, m);
	i = slot_of(m, key, hash);
	if (!m->slots[i]) {
		m->items[m->n] = (struct map_item){ key, NULL, hash };
		m->slots[i] = (uint32_t)++m->n;
	}
	m->items[m->slots[i] - 1].value = value;
}
