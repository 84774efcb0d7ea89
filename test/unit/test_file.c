/* Reading files and folders, and what is said when it does not work. */
#include "test.h"

#include "base/file.h"

TEST(file_read_and_refuse)
{
	struct str s;

	CHECK_OK(file_read(cx, S("law/kernel/workdays/2026.yaml"), 65536, &s));
	CHECK(str_has(s, S("year: 2026")));
	CHECK(file_read(cx, S("law/kernel/workdays/2026.yaml"), 10, &s) == ERR_INPUT);
	CHECK(str_has(cx->why, S("超过 10 字节")));
	CHECK(file_read(cx, S("law/none"), 10, &s) == ERR_NOT_FOUND);
	CHECK(str_has(cx->why, S("不存在")));
	CHECK(file_read(cx, S("law"), 65536, &s) == ERR_INPUT);
}

TEST(file_folder_in_order)
{
	struct file_names names = { 0 };

	CHECK_OK(folder_list(cx, S("law/kernel/workdays"), S(".yaml"), &names));
	CHECK(names.n >= 21 && str_eq(names.v[0], S("2007.yaml")));
	for (size_t i = 1; i < names.n; i++)
		CHECK(str_cmp(names.v[i - 1], names.v[i]) < 0);
	CHECK(folder_list(cx, S("law/none"), S(""), &names) == ERR_NOT_FOUND);
	CHECK(folder_is(cx, S("law")) && !folder_is(cx, S("meson.build")));
}
