/* Values: reading never fails, maps keep their order, copies are deep. */
#include "test.h"

#include "lang/value.h"

TEST(value_get_of_anything_is_null)
{
	struct value m = value_map();
	const struct value text = value_text(S("x"));

	CHECK(value_is_null(value_get(&text, S("a"))));
	CHECK(value_is_null(value_at(&text, 0)));
	CHECK(value_is_null(value_path(&m, "a.b.c")));
	CHECK(value_num(&text) == 0 && value_count(&text) == 0 && !value_true(&text));
	CHECK_STR(value_str(&m), S(""));
}

TEST(value_map_sets_and_unsets)
{
	struct value m = value_map(), inner = value_map();

	for (int64_t i = 0; i < 20; i++)
		value_set(cx->arena, &m, str_fmt(cx->arena, "k%d", (int)i), value_int(i));
	value_set_int(cx->arena, &m, "k3", 33);
	CHECK(value_count(&m) == 20 && value_num(value_get(&m, S("k3"))) == 33);
	value_unset(&m, S("k0"));
	value_unset(&m, S("absent"));
	CHECK(value_count(&m) == 19 && value_is_null(value_get(&m, S("k0"))));
	CHECK_STR(m.map.pairs[0].key, S("k1"));
	CHECK_STR(m.map.pairs[18].key, S("k19"));
	value_set_text(cx->arena, &inner, "stage", S("filing"));
	value_set(cx->arena, &m, S("state"), inner);
	CHECK_STR(value_str(value_path(&m, "state.stage")), S("filing"));
}

TEST(value_eq_is_deep_and_typed)
{
	struct value a = value_map(), b = value_map(), list = value_list();
	const struct value one = value_int(1), one_text = value_text(S("1"));

	value_add(cx->arena, &list, value_bool(true));
	value_set(cx->arena, &a, S("x"), list);
	value_set_int(cx->arena, &a, "y", 1);
	value_set_int(cx->arena, &b, "y", 1);
	CHECK(!value_eq(&a, &b));
	value_set(cx->arena, &b, S("x"), value_copy(cx->arena, &list));
	CHECK(value_eq(&a, &b));
	value_add(cx->arena, &list, value_null());
	value_set(cx->arena, &b, S("x"), list);
	CHECK(!value_eq(&a, &b));
	CHECK(!value_eq(&one, &one_text));
}

TEST(value_copy_shares_nothing)
{
	char bytes[] = "abc";
	struct value list = value_list(), copy;

	value_add(cx->arena, &list, value_text((struct str){ bytes, 3 }));
	copy = value_copy(cx->arena, &list);
	bytes[0] = 'X';
	list.list.items[0] = value_null();
	CHECK_STR(value_str(value_at(&copy, 0)), S("abc"));
	value_add(cx->arena, &copy, value_int(2));
	CHECK(value_count(&copy) == 2 && value_count(&list) == 1);
}
