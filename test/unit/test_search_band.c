/* Bands: whatever was found, the groups of ids asked for are all there is, each id once.
 */
#include "test.h"

#include "base/list.h"
#include "read/search_band.h"
#include "read/search_index.h"

static bool
is_in(struct cx *cx, struct str place, int64_t id)
{
	struct buf b = { .arena = cx->arena };
	struct str tokens, token;

	search_band_put(&b, id);
	for (tokens = buf_str(&b); str_split(&tokens, S(" "), &token);)
		if (token.n &&
		    str_find(place, str_fmt(cx->arena, "'%.*s'", STR_ARG(token)), 0) !=
			SIZE_MAX)
			return true;
	return false;
}

static void
group_is_sound(struct cx *cx, const struct search_group *g)
{
	const struct str place = search_group_place(cx->arena, g);
	const int64_t middle = g->from + (g->to - g->from) / 2;

	CHECK(g->from < g->to);
	CHECK(place.n < 2000);
	CHECK(is_in(cx, place, g->from) && is_in(cx, place, middle));
	CHECK(is_in(cx, place, g->to - 1));
	/* The first stretch may hold ids before the first that is asked for, the last
	 * some behind the last; another one none. */
	if (g->is_rest)
		return;
	CHECK(!is_in(cx, place, g->from - (INT64_C(1) << 29)));
	CHECK(!is_in(cx, place, g->to + (INT64_C(1) << 29)));
}

/* From id to id in groups, where each id in `rarity` thousand is a match. */
static size_t
walk(struct cx *cx, int64_t from, int64_t end, int64_t rarity, size_t most)
{
	struct search_group g = { .to = from };
	size_t found = 0, groups = 0;
	int64_t before = from;

	while (g.to < end && found < most) {
		g = search_group_next(from, g.to, end, found, most);
		CHECK(g.from == before && g.to <= end);
		group_is_sound(cx, &g);
		before = g.to;
		if (rarity)
			found += (size_t)((g.to - g.from) / 1000 / rarity);
		if (found > most)
			found = most;
		if (++groups > 100)
			break;
	}
	CHECK(found == most || g.to == end);
	return groups;
}

TEST(search_groups_are_all_and_each_once)
{
	static const int64_t rarities[] = { 0, 1, 3, 40, 1000, 100000 };
	static const int64_t lengths[] = { 1, 1 << 16, (1 << 20) + 77, 1 << 26,
		INT64_C(10) << 30, INT64_C(1) << 45 };
	const int64_t froms[] = { search_subject_id(1, 1234567), search_log_id(7),
		SEARCH_STATUTES, SEARCH_STATUTES + (INT64_C(5) << 28) + 3,
		SEARCH_COLLECTIONS, SEARCH_COLLECTIONS + 1234567890 };

	for (size_t i = 0; i < 6; i++)
		for (size_t k = 0; k < 6; k++)
			for (size_t r = 0; r < 6; r++)
				CHECK(walk(cx, froms[i], froms[i] + lengths[k],
					  rarities[r], 300) <= 30);
}

/* 175,000 articles: what every word needs at most, and a frequent one. */
TEST(search_groups_are_few)
{
	const int64_t from = SEARCH_COLLECTIONS, end = from + INT64_C(175000) * 256;

	CHECK(walk(cx, from, end, 0, 300) <= 11);
	CHECK(walk(cx, from, end, 1, 300) <= 4);
	CHECK(search_part_end(from) == from + (INT64_C(1) << 46));
}
