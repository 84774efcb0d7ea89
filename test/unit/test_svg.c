/* Charts: well-formed, every number and label printed, in proportion, nothing cut off. */
#include "test.h"

#include "lang/xml.h"
#include "out/svg.h"

static const struct str series[] = { S("已销号"), S("推进中") };

static struct xml_node *
drawn(struct cx *cx, struct str svg)
{
	struct xml_node *root = NULL;

	CHECK_OK(xml_parse(cx, svg, &root));
	return root;
}

static int64_t
number(const struct xml_node *n, struct str name)
{
	int64_t v = -1;

	CHECK(str_int(xml_attribute(n, name), &v));
	return v;
}

TEST(svg_bars_in_proportion)
{
	static const struct chart_item items[] = { { S("司法局 <县>"), { 40 } },
		{ S("财政局"), { 10 } }, { S("教育局"), { 0 } }, { S("公安局"), { 1 } } };
	const struct chart c = { .id = S("c1"),
		.title = S("各单位任务数"),
		.series = series,
		.n_series = 1,
		.items = items,
		.n_items = 4 };
	struct xml_node *root = drawn(cx, svg_bars(cx, &c));
	const struct xml_node *r;

	if (!root)
		return;
	CHECK_STR(xml_find(root, S("title"))->text, S("各单位任务数"));
	CHECK_STR(xml_attribute(root, S("aria-labelledby")), S("c1-t"));
	CHECK_STR(xml_find(root, S("text"))->text, S("司法局 <县>"));
	r = xml_find(root, S("rect"));
	CHECK(number(r, S("width")) == 4 * number(xml_again(r), S("width")));
	r = xml_again(xml_again(r));
	CHECK(r && !xml_again(r)); /* no bar for nothing */
	CHECK(!str_has(svg_bars(cx, &c), S("style=")));
}

TEST(svg_several_series_are_told_apart)
{
	static const struct chart_item items[] = { { S("一季度"), { 3, 5 } },
		{ S("二季度"), { 8, 0 } } };
	const struct chart c = { .id = S("q"),
		.title = S("办理情况"),
		.description = S("二季度已销号8项"),
		.series = series,
		.n_series = 2,
		.items = items,
		.n_items = 2 };
	const struct str bars = svg_bars(cx, &c), columns = svg_columns(cx, &c);

	CHECK_STR(xml_attribute(drawn(cx, bars), S("aria-labelledby")), S("q-t q-d"));
	CHECK(str_has(bars, S(">8 (3/5)<")) && str_has(bars, S(">8 (8/0)<")));
	CHECK(str_has(bars, S(">已销号<")) && str_has(bars, S("url(#q-p1)")));
	CHECK(str_has(columns, S(">推进中<")) && str_has(columns, S(">一季度<")));
	CHECK(str_has(columns, S("二季度已销号8项")));
	drawn(cx, columns);
}

/* Everything drawn lies inside the view box, whatever the numbers and labels are. */
TEST(svg_nothing_outside)
{
	static const struct chart_item items[] = {
		{ S("县人力资源和社会保障局、县发展和改革局、县住房和城乡建设局、县交通运"
		    "输局、"
		    "县农业农村局、县文化广电旅游体育局"),
		    { INT64_MAX / 4, 1 } },
		{ S("乙"), { 0, 0 } },
	};
	const struct chart c = { .id = S("x"),
		.title = S("t"),
		.series = series,
		.n_series = 2,
		.items = items,
		.n_items = 2 };
	const struct str drawings[] = { svg_bars(cx, &c), svg_columns(cx, &c) };

	for (size_t i = 0; i < 2; i++) {
		struct xml_node *root = drawn(cx, drawings[i]);
		struct str box = xml_attribute(root, S("viewBox"));
		int64_t height = 0;

		CHECK(str_int(str_sub(box, str_rfind(box, S(" ")) + 1, box.n), &height));
		for (const struct xml_node *n = root->first; n; n = n->next) {
			if (str_eq(n->name, S("text")))
				CHECK(
				    number(n, S("y")) > 0 && number(n, S("y")) < height);
			if (str_eq(n->name, S("rect")))
				CHECK(
				    number(n, S("y")) >= 0 &&
				    number(n, S("x")) + number(n, S("width")) <= 640 &&
				    number(n, S("y")) + number(n, S("height")) <= height);
		}
	}
}

TEST(svg_without_items)
{
	const struct chart c = { .id = S("e"), .title = S("无"), .n_series = 1 };

	drawn(cx, svg_bars(cx, &c));
	drawn(cx, svg_columns(cx, &c));
}
