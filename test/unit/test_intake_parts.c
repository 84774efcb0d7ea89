/* The small parts of reading a plan: numbers, dates, lists of units, assignments, names.
 */
#include "intake/names.h"
#include "intake/number.h"
#include "intake/units.h"
#include "intake/when.h"
#include "lang/han.h"
#include "test.h"

static struct str
joined(struct cx *cx, const struct strs *list)
{
	return str_join(cx->arena, list->v, list->n, S("|"));
}

static struct str
split(struct cx *cx, const char *z)
{
	struct strs out = { 0 };

	units_split(cx, NULL, str_z(z), &out);
	return joined(cx, &out);
}

TEST(intake_number_kinds)
{
	CHECK(number_at(S("一、总则")).kind == NUMBER_HAN);
	CHECK(number_at(S("一,、总则")).n == S("一,、").n);
	CHECK(number_at(S("(三十五)加强")).value == 35);
	CHECK(number_at(S("三十一)加强")).no_open);
	CHECK(number_at(S("()项目")).no_numeral);
	CHECK(number_at(S(")推进")).no_numeral && number_at(S(")推进")).no_open);
	CHECK(number_at(S("12.深化")).value == 12);
	CHECK(number_at(S("12、深化")).kind == NUMBER_DOT);
	CHECK(number_at(S("1.5倍")).kind == NUMBER_NONE);
	CHECK(number_at(S("174)大力")).value == 174);
	CHECK(number_at(S("(区监察局)")).kind == NUMBER_NONE);
	CHECK(number_at(S("一类、三类")).kind == NUMBER_NONE);
	CHECK(number_at(S("三级政府")).kind == NUMBER_NONE);
	CHECK(number_at(S(")")).kind == NUMBER_NONE);
	CHECK(number_at(S("一是加强")).kind == NUMBER_SPOKEN);
	CHECK(number_at(S("十二是,加强")).value == 12);
	CHECK(number_at(S("是一")).kind == NUMBER_NONE);
	CHECK(number_at(S("")).kind == NUMBER_NONE);
	CHECK_STR(han_write(cx->arena, 35), S("三十五"));
	CHECK_STR(han_write(cx->arena, 10), S("十"));
	CHECK(han_number(S("一百零八")) == 108);
}

static struct str
limit(struct cx *cx, const char *z)
{
	struct plan_deadline d;
	struct milestones m = { 0 };

	if (!when_cell(cx, str_z(z), &d, &m))
		return S("none");
	return d.kind == DEADLINE_CONTINUOUS ? S("continuous") : day_iso(cx->arena, d.by);
}

TEST(intake_time_limits)
{
	CHECK_STR(limit(cx, "2016年年底前"), S("2016-12-31"));
	CHECK_STR(limit(cx, "2023年12月底前"), S("2023-12-31"));
	CHECK_STR(limit(cx, "2022年年底"), S("2022-12-31"));
	CHECK_STR(limit(cx, "２０２４年２月底前"), S("2024-02-29"));
	CHECK_STR(limit(cx, "2024年6月30日前"), S("2024-06-30"));
	CHECK_STR(limit(cx, "2025年"), S("2025-12-31"));
	CHECK_STR(limit(cx, "2018年第四季度"), S("2018-12-31"));
	CHECK_STR(limit(cx, "2023年上半年"), S("2023-06-30"));
	CHECK_STR(limit(cx, "2024.9"), S("2024-09-30"));
	CHECK_STR(limit(cx, "2022—2025年"), S("2025-12-31"));
	CHECK_STR(limit(cx, "长期坚持"), S("continuous"));
	CHECK_STR(limit(cx, "持续推进"), S("continuous"));
	CHECK_STR(limit(cx, "每年12月底前"), S("continuous"));
	CHECK_STR(limit(cx, "二〇二六年底前"), S("2026-12-31"));
	CHECK_STR(limit(cx, "2026年十一月三十日前"), S("2026-11-30"));
	CHECK_STR(limit(cx, "6月底前"), S("1904-06-30")); /* the year is the plan's */
	CHECK_STR(limit(cx, "第三季度"), S("1904-09-30"));
	CHECK_STR(limit(cx, "年底前完成"), S("1904-12-31"));
	CHECK_STR(limit(cx, "次年3月底前"), S("none"));
	CHECK_STR(limit(cx, "每年3月底前"), S("continuous"));
	CHECK_STR(limit(cx, "上半年、下半年各1期"), S("1904-12-31"));
	CHECK_STR(limit(cx, "立即"), S("none"));
	CHECK_STR(limit(cx, "20166月底前"), S("none"));
	CHECK_STR(limit(cx, "坚持"), S("none"));
	CHECK_STR(limit(cx, "区政府法制办"), S("none"));
}

static struct str
dates(struct cx *cx, const char *z)
{
	struct milestones m = { 0 };
	struct strs out = { 0 };

	when_sentences(cx, str_z(z), &m);
	for (size_t i = 0; i < m.n; i++)
		*list_add(cx->arena, &out) = day_iso(cx->arena, m.v[i].by);
	return joined(cx, &out);
}

TEST(intake_limits_without_a_year)
{
	int64_t day = day_of(YEAR_UNSAID, 2, 29), other = day_of(2026, 6, 30);

	CHECK(when_unsaid(day) && !when_settle(&day, 0) && when_unsaid(day));
	CHECK(when_settle(&day, 2026) && day == day_of(2026, 2, 28));
	CHECK(!when_settle(&other, 2027) && other == day_of(2026, 6, 30));
}

TEST(intake_dates_in_sentences)
{
	CHECK_STR(dates(cx, "完善制度。到2016年底,两级政府公布清单。"), S("2016-12-31"));
	CHECK_STR(
	    dates(cx, "2016年,市级开展;2017年,各县开展。"), S("2016-12-31|2017-12-31"));
	CHECK_STR(dates(cx, "从2019年1月1日起实施。"), S(""));
	CHECK_STR(dates(cx, "2019年1月1日至2020年12月31日,给予补贴。"), S(""));
	CHECK_STR(dates(cx, "落实《纲要(2021—2025年)》。"), S(""));
	CHECK_STR(dates(cx, "20166月底前设立。"), S(""));
	CHECK_STR(dates(cx, "对2025年以前出台的文件进行清理。"), S(""));
	CHECK_STR(dates(cx, "每年6月底前报送。"), S(""));
	CHECK_STR(dates(cx, "二〇二七年六月底前建成。"), S("2027-06-30"));
}

TEST(intake_lists_of_units)
{
	CHECK_STR(split(cx, "市编办、市法制局,各市、区政府"),
	    S("市编办|市法制局|各市、区政府"));
	CHECK_STR(split(cx, "市有关部门及各市、区政府"), S("市有关部门|各市、区政府"));
	CHECK_STR(split(cx, "区编办等区级有关部门,各镇人民政府、街道办事处"),
	    S("区编办|区级有关部门|各镇人民政府、街道办事处"));
	CHECK_STR(split(cx, "区级各部门,各人民团体、有关单位"),
	    S("区级各部门|各人民团体|有关单位"));
	CHECK_STR(split(cx, "县政府相关部门,各乡(镇)、城市社区党(工)委、政府(管委会)"),
	    S("县政府相关部门|各乡(镇)、城市社区党(工)委、政府(管委会)"));
	CHECK_STR(split(cx, "文化和旅游部、工业和信息化部、粮食和储备局"),
	    S("文化和旅游部|工业和信息化部|粮食和储备局"));
	CHECK_STR(split(cx, "县财政局和县司法局"), S("县财政局|县司法局"));
	CHECK_STR(split(cx, "税务局等和各省辖市、省直管县〔市〕政府"),
	    S("税务局|各省辖市、省直管县〔市〕政府"));
	CHECK_STR(split(cx, "人力资源社会保障部等有关部门和单位"),
	    S("人力资源社会保障部|有关部门和单位"));
	CHECK_STR(split(cx, "县公安局、县司法局等部门"), S("县公安局|县司法局"));
	CHECK_STR(split(cx, "区纪委(区监察局、区巡察办),省高等法院"),
	    S("区纪委(区监察局、区巡察办)|省高等法院"));
	CHECK_STR(
	    split(cx, "县公安局，县教育局；县民政局"), S("县公安局|县教育局|县民政局"));
	CHECK_STR(split(cx, "各镇人民政府、区教委"), S("各镇人民政府|区教委"));
	CHECK_STR(split(cx, ""), S(""));
}

static struct str
assigned(struct cx *cx, const char *z, bool first_leads)
{
	struct assignment a;

	if (!assignment_parse(cx, NULL, str_z(z), first_leads, &a))
		return S("nothing");
	return str_fmt(cx->arena, "%.*s > %.*s", STR_ARG(joined(cx, &a.lead)),
	    STR_ARG(joined(cx, &a.units)));
}

TEST(intake_assignments)
{
	CHECK_STR(assigned(cx, "省工商局牵头，省公安厅、省司法厅配合", false),
	    S("省工商局 > 省公安厅|省司法厅"));
	CHECK_STR(
	    assigned(cx, "县司法局、县公安局负责", false), S(" > 县司法局|县公安局"));
	CHECK_STR(assigned(cx, "县司法局、县公安局负责", true), S("县司法局 > 县公安局"));
	CHECK_STR(
	    assigned(
		cx, "县司法局、县公安局等按职责分工负责,列第一的为牵头单位,下同", false),
	    S("县司法局 > 县公安局"));
	CHECK_STR(
	    assigned(cx, "税务总局、财政部负责，排在第一位的部门为牵头部门，下同", false),
	    S("税务总局 > 财政部"));
	CHECK_STR(
	    assigned(cx, "市府办公室、市重点领域信息公开牵头单位、市法制局负责", true),
	    S("市府办公室 > 市重点领域信息公开牵头单位|市法制局"));
	CHECK_STR(assigned(cx, "牵头单位:县司法局;责任单位:县公安局、县法院", false),
	    S("县司法局 > 县公安局|县法院"));
	CHECK_STR(
	    assigned(cx, "县司法局负责，县财政局配合", false), S("县司法局 > 县财政局"));
	CHECK_STR(
	    assigned(cx, "县司法局会同县财政局负责", false), S("县司法局 > 县财政局"));
	CHECK_STR(assigned(cx, "责任单位：县司法局牵头，县财政局配合", false),
	    S("县司法局 > 县财政局"));
	CHECK_STR(assigned(cx, "牵头：县司法局；配合：县财政局", false),
	    S("县司法局 > 县财政局"));
	CHECK_STR(assigned(cx, "县司法局负责；配合单位：县财政局", false),
	    S("县司法局 > 县财政局"));
	CHECK_STR(
	    assigned(cx, "各执法单位负责，立即组织实施", false), S(" > 各执法单位"));
	CHECK_STR(assigned(cx, "牵头县司法局", false), S("nothing"));
	CHECK_STR(assigned(cx, "以下简称“三同”", false), S("nothing"));
	CHECK_STR(assigned(cx, "试行", false), S("nothing"));
	CHECK(has_lead_rule(S("列第一位者为牵头责任单位")));
	CHECK(!has_lead_rule(S("第一责任人要履行职责,由法制办牵头")));
}

TEST(intake_names)
{
	struct str aliases[] = { S("区法制办") };
	const struct known_name known[] = {
		{ .name = S("区政府法制办"), .aliases = { aliases, 1, 1 } },
		{ .name = S("区纪委(区监察局)") },
		{ .name = S("区政府办公室") },
		{ .name = S("区发展和改革委员会") },
		{ .name = S("区委党校") },
	};
	struct name_result r;

	r = name_match(cx, known, 5, S("区政府法制办"));
	CHECK(r.how == NAME_EXACT && r.index == 0);
	r = name_match(cx, known, 5, S("区法制办"));
	CHECK(r.how == NAME_ALIAS && r.index == 0);
	r = name_match(cx, known, 5, S("区纪委（区监察局）"));
	CHECK(r.how == NAME_EXACT && r.index == 1);
	r = name_match(cx, known, 5, S("区监察局"));
	CHECK(r.how == NAME_BRACKET && r.index == 1);
	r = name_match(cx, known, 5, S("区委党校(行政学院)"));
	CHECK(r.how == NAME_BRACKET && r.index == 4);
	r = name_match(cx, known, 5, S("区政府办"));
	CHECK(r.how == NAME_CANDIDATES && r.candidates.n >= 1 && r.candidates.v[0] == 2);
	r = name_match(cx, known, 5, S("区发改委"));
	CHECK(r.how == NAME_CANDIDATES && r.candidates.v[0] == 3);
	r = name_match(cx, known, 5, S("区气象局"));
	CHECK(r.how == NAME_UNKNOWN && r.candidates.n == 0);
	r = name_match(cx, known, 5, S("区法制办(区政府办公室)"));
	CHECK(r.how == NAME_CANDIDATES && r.candidates.n == 2);
}
