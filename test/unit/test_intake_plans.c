/*
 * Whole plans: small ones of our own, and, where ../shared is beside the project, the
 * real ones with the numbers that requirements.md counted by hand.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "intake/plan.h"
#include "intake/text.h"
#include "test.h"

static struct plan *
own(struct cx *cx, const char *name)
{
	struct plan *p = NULL;

	CHECK_OK(plan_read_file(
	    cx, str_fmt(cx->arena, "test/golden/plans/%s.txt", name).p, &p));
	return p;
}

static struct str
joined(struct cx *cx, const struct strs *list)
{
	return str_join(cx->arena, list->v, list->n, S("|"));
}

/* leaders > lead > units > limit > classes, of one task */
static struct str
row(struct cx *cx, const struct plan *p, const char *no)
{
	const struct plan_task *t = plan_task(p, str_z(no));
	struct str limit;

	if (!t)
		return S("absent");
	limit = t->deadline.kind == DEADLINE_DATE
		    ? day_iso(cx->arena, t->deadline.by)
		    : str_z(plan_deadline_name(t->deadline.kind));
	return str_fmt(cx->arena, "%.*s > %.*s > %.*s > %.*s > %.*s",
	    STR_ARG(joined(cx, &t->leaders)), STR_ARG(joined(cx, &t->lead)),
	    STR_ARG(joined(cx, &t->units)), STR_ARG(limit),
	    STR_ARG(joined(cx, &t->classes)));
}

/* Every damage as "line why count", for one look at all of it. */
static struct str
damage(struct cx *cx, const struct plan *p)
{
	struct strs all = { 0 };

	for (size_t i = 0; i < p->damage.n; i++)
		*list_add(cx->arena, &all) = str_fmt(cx->arena, "%zu %s %zu",
		    p->damage.v[i].line, plan_why_name(p->damage.v[i].why),
		    p->damage.v[i].count);
	return joined(cx, &all);
}

TEST(intake_own_table)
{
	const struct plan *p = own(cx, "table");

	if (!p)
		return;
	CHECK_STR(p->title, S("云岭县法治建设任务分工表"));
	CHECK_STR(p->number, S("云政办发〔2023〕8号"));
	CHECK(p->sections.n == 1 && p->measures.n == 2 && p->tasks.n == 5);
	CHECK_STR(row(cx, p, "1"),
	    S(" > 县委编办 > 县司法局|县级有关部门|各镇人民政府、街道办事处 > 2023-12-31 "
	      "> 一类"));
	CHECK_STR(row(cx, p, "2"),
	    S("买买提·艾力 > 县司法局 > 县委编办|县财政局 > continuous > 一类|三类"));
	CHECK_STR(row(cx, p, "3"),
	    S("买买提·艾力 > 县司法局 > 县委编办|县财政局 > continuous > 三类"));
	CHECK_STR(row(cx, p, "4"), S("欧阳春林|江平 > 县纪委（县监委） > "
				     "县公安局|县法院|县检察院 > 2024-06-30 > 三类"));
	CHECK_STR(row(cx, p, "5"), S("方芳 > 县司法局 > 各执法部门 > 2024-12-31 > 二类"));
	CHECK(plan_task(p, S("3"))->inherited.n == 4);
	CHECK_STR(plan_task(p, S("2"))->text, S("建立动态调整机制，每年核对一次。"));
	CHECK(plan_task(p, S("2"))->milestones.n == 1);
	CHECK_STR(damage(cx, p),
	    S("20 leader-missing 1|43 second-deadline 1|45 repeated-heading 1"));
	CHECK(p->remainder == 0);
}

TEST(intake_own_table_with_another_order)
{
	const struct plan *p = own(cx, "table-numbers");

	if (!p)
		return;
	CHECK(p->tasks.n == 3 && p->remainder == 0);
	CHECK_STR(row(cx, p, "1"),
	    S("周明 > 县政务服务中心 > 县住建局|县市场监管局 > 2024-09-30 > "));
	CHECK_STR(row(cx, p, "2"), S("李一航|王芳 > 县发改局 >  > 2024-12-31 > "));
	CHECK_STR(row(cx, p, "3"), S(" > 县政务服务中心 > 各镇（街道） > continuous > "));
}

TEST(intake_own_brackets)
{
	const struct plan *p = own(cx, "brackets");

	if (!p)
		return;
	CHECK(
	    p->first_leads && p->tasks.n == 6 && p->measures.n == 2 && p->remainder == 0);
	CHECK_STR(
	    row(cx, p, "1-1"), S(" > 县司法局 > 县政府办公室|各乡镇人民政府 > none > "));
	CHECK_STR(row(cx, p, "1-2a"),
	    S(" > 县委编办 > 县文化和旅游局|各乡镇人民政府 > none > "));
	CHECK_STR(row(cx, p, "1-2b"), S(" > 县司法局 > 县财政局 > none > "));
	CHECK_STR(row(cx, p, "2-1"), S(" > 县司法局 > 县公安局|县市场监管局 > none > "));
	CHECK_STR(
	    row(cx, p, "2-2"), S(" > 县司法局 > 县城管局|县交通运输局 > 2025-06-30 > "));
	CHECK_STR(row(cx, p, "2-3"), S(" > 县委组织部 > 县委党校(县行政学院) > none > "));
	CHECK(plan_task(p, S("1-1"))->milestones.n == 1);
	CHECK(p->damage.n == 0);
}

TEST(intake_own_lines)
{
	const struct plan *p = own(cx, "lines");

	if (!p)
		return;
	CHECK(p->tasks.n == 3 && p->remainder == 0);
	CHECK_STR(
	    row(cx, p, "2a"), S(" > 县政府办|县司法局 > "
				"县级有关部门|各镇人民政府、街道办事处 > 2024-12-31 > "));
	CHECK_STR(row(cx, p, "2b"), S(" > 县司法局 > 县信访局|县民政局 > none > "));
	CHECK_STR(row(cx, p, "3"), S(" >  > 县司法局|县法院 > continuous > "));
	CHECK_STR(damage(cx, p), S("13 mark-lost 1|14 no-lead-rule 1"));
}

TEST(intake_own_items)
{
	const struct plan *p = own(cx, "items");

	if (!p)
		return;
	CHECK(p->tasks.n == 4 && p->measures.n == 2 && p->remainder == 0);
	CHECK_STR(row(cx, p, "5"), S(" >  >  > none > "));
	CHECK(plan_task(p, S("1")) == NULL); /* stands under 总体要求 */
	CHECK(str_has(plan_task(p, S("4"))->text, S("\n进一步完善平台")));
}

/* The refusal of these bytes; a test that names what the person is told. */
static struct str
refusal(struct cx *cx, struct str bytes)
{
	struct plan *p;

	if (plan_read(cx, bytes, &p) != ERR_INPUT)
		return S("was read");
	return cx->why;
}

TEST(intake_refusals)
{
	struct plan *p;
	struct str good;
	char *big;

	CHECK(plan_read_file(cx, "test/golden/plans/report.txt", &p) == ERR_INPUT);
	CHECK(str_has(cx->why, S("没有读出任务")));
	CHECK(plan_read_file(cx, "test/golden/plans/secret.txt", &p) == ERR_INPUT);
	CHECK(str_has(cx->why, S("秘密")) && str_has(cx->why, S("拒绝")));
	CHECK(plan_read_file(cx, "test/golden/plans/absent.txt", &p) == ERR_INPUT);
	CHECK(str_has(refusal(cx, S("")), S("空")));
	CHECK(str_has(refusal(cx, S(" \n\n")), S("空")));
	CHECK(str_has(refusal(cx, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...")), S(".wps")));
	CHECK(str_has(refusal(cx, S("%PDF-1.7")), S("PDF")));
	CHECK(str_has(refusal(cx, S("PK\3\4...")), S(".docx")));
	CHECK(str_has(refusal(cx, S("PK\3\4..word/document.xml")), S(".docx")));
	CHECK(
	    str_has(refusal(cx, S("\xd0\xcf\x11\xe0W\0o\0r\0k\0b\0o\0o\0k")), S(".xls")));
	CHECK(str_has(refusal(cx, S("<!DOCTYPE html><html>")), S("网页")));
	CHECK(str_has(refusal(cx, S("GIF89a")), S("图片")));
	CHECK(str_has(refusal(cx, S("{\\rtf1 a}")), S("RTF")));
	CHECK(str_has(refusal(cx, S("秘 密 ★ 1 年\n方案\n")), S("秘密")));
	CHECK(plan_read_file(cx, "test/golden/plans", &p) == ERR_INPUT);
	CHECK(str_has(refusal(cx, S("a\0b")), S("不是文本")));
	CHECK(str_has(refusal(cx, S("机密★\n方案\n一、任务\n")), S("机密")));
	CHECK(str_has(refusal(cx, S("附件\n绝密 ★ 特急\n")), S("绝密")));
	CHECK_OK(text_load(cx, "test/golden/plans/items.txt", 1 << 20, &good));
	CHECK(str_has(refusal(cx, str_sub(good, 0, good.n - 2)), S("UTF-8")));
	big = arena_alloc(cx->arena, PLAN_FILE_MAX + 1);
	memset(big, 'a', PLAN_FILE_MAX + 1);
	CHECK(str_has(refusal(cx, (struct str){ big, PLAN_FILE_MAX + 1 }), S("上限")));
}

/* A sparse file of 100 MB: refused by its size, before a byte of it is read. */
TEST(intake_large_file_is_not_read)
{
	const char *path = "build-large-plan.tmp";
	const int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
	const size_t before = cx->arena->used;
	struct plan *p;

	CHECK(fd >= 0 && ftruncate(fd, 100 << 20) == 0);
	CHECK(plan_read_file(cx, path, &p) == ERR_INPUT && str_has(cx->why, S("100")));
	CHECK(cx->arena->used - before < 4096);
	close(fd);
	unlink(path);
}

/* A real plan; false and "skipped" where ../shared is absent. */
static bool
real(struct cx *cx, const char *path, struct str *bytes)
{
	const struct str full = str_fmt(cx->arena, "../shared/%s", path);

	if (access("../shared", F_OK) != 0) {
		test_skip("../shared is absent");
		return false;
	}
	CHECK_OK(text_load(cx, full.p, PLAN_FILE_MAX, bytes));
	return bytes->n > 0;
}

static struct plan *
real_plan(struct cx *cx, const char *path)
{
	struct plan *p = NULL;
	struct str bytes;

	if (!real(cx, path, &bytes))
		return NULL;
	CHECK_OK(plan_read(cx, bytes, &p));
	return p;
}

struct counts {
	size_t years[5], continuous, no_leader, inheriting;
};

static struct counts
count(const struct plan *p)
{
	struct counts c = { 0 };

	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct plan_task *t = &p->tasks.v[i];
		const int year = t->deadline.kind == DEADLINE_DATE
				     ? day_civil(t->deadline.by).year
				     : 0;

		if (year >= 2016 && year <= 2019)
			c.years[year - 2016]++;
		c.continuous += t->deadline.kind == DEADLINE_CONTINUOUS;
		c.no_leader += t->leaders.n == 0;
		c.inheriting += t->inherited.n > 0;
	}
	return c;
}

static void
check_table(struct cx *cx, const struct plan *p)
{
	const struct counts c = count(p);

	CHECK(p->sections.n == 8 && p->measures.n == 41 && p->tasks.n == 174);
	CHECK(
	    c.years[0] == 21 && c.years[1] == 35 && c.years[2] == 16 && c.years[3] == 49);
	CHECK(c.continuous == 53 && c.no_leader == 77 && c.inheriting == 5);
	CHECK(p->remainder == 0);
	(void)cx;
}

TEST(intake_real_table)
{
	const struct plan *p = real_plan(cx, "sources/003_0a28174be0e00f4e.txt");
	const struct plan_task *t;

	if (!p)
		return;
	check_table(cx, p);
	t = plan_task(p, S("163"));
	CHECK(t->leaders.n == 2 && t->lead.n == 2 && t->units.n == 3);
	t = plan_task(p, S("141"));
	CHECK(t->milestones.n == 1 && t->milestones.v[0].by == day_of(2016, 12, 31));
	t = plan_task(p, S("169"));
	CHECK(t->inherited.n == 5 && t->leaders.n == 1);
	for (size_t i = 0; i < p->measures.n; i++)
		CHECK(p->measures.v[i].text.n > 0);
	CHECK_STR(damage(cx, p),
	    S("25 date-run-together 1|29 bracket-lost 1|31 bracket-lost 1|212 "
	      "leader-missing 77|"
	      "490 repeated-heading 7|1922 second-deadline 1|2356 date-run-together 1"));
}

TEST(intake_real_brackets)
{
	const struct plan *p = real_plan(cx, "sources/000_b97c4419305f3b6d.txt");
	size_t leads = 0, legal = 0;

	if (!p)
		return;
	CHECK(p->tasks.n == 43 && p->remainder == 0 && p->first_leads);
	for (size_t i = 0; i < p->tasks.n; i++) {
		leads += p->tasks.v[i].lead.n;
		legal += p->tasks.v[i].lead.n &&
			 str_eq(p->tasks.v[i].lead.v[0], S("市法制局"));
	}
	CHECK(leads == 36 && legal == 12 && plan_task(p, S("P7")));
	CHECK_STR(damage(cx, p),
	    S("13 date-run-together 1|13 bracket-lost 1|21 numeral-lost 18|"
	      "53 date-run-together 1|81 date-run-together 1|109 bracket-lost 1|"
	      "111 no-lead-rule 7|129 date-run-together 1"));
}

TEST(intake_real_lines)
{
	const struct plan *p = real_plan(cx, "sources/004_977136e14aa6108a.txt");

	if (!p)
		return;
	CHECK(p->tasks.n == 37 && p->remainder == 0 && plan_task(p, S("4a")) &&
	      plan_task(p, S("5c")) && plan_task(p, S("28b")) && plan_task(p, S("35")));
	CHECK(plan_task(p, S("6"))->lead.n == 9);
	CHECK_STR(damage(cx, p),
	    S("19 numeral-lost 1|89 mark-lost 1|227 bracket-lost 1|233 bracket-lost 1|"
	      "239 bracket-lost 1|245 bracket-lost 1|251 bracket-lost 1"));
}

TEST(intake_real_items)
{
	const struct plan *p = real_plan(cx, "sources/002_4e84aac5f35be19d.txt");

	if (!p)
		return;
	CHECK(p->tasks.n == 34 && p->measures.n == 8 && p->remainder == 0);
	CHECK(str_starts(
	    p->tasks.v[0].text, S("推行政府职能法定化。坚持“法定职责必须为、法无授权")));
	CHECK_STR(damage(cx, p),
	    S("1 noise-removed 1502|1 noise-removed 3055|2 noise-removed 1|3 "
	      "noise-removed 577|"
	      "10 mojibake 1|19 mojibake 1|19 mojibake 1|20 mojibake 1|34 mojibake 1"));
}

TEST(intake_real_report_is_no_plan)
{
	struct plan *p;
	struct str bytes;

	if (real(cx, "sources/001_67201649ccd67642.txt", &bytes))
		CHECK(plan_read(cx, bytes, &p) == ERR_INPUT);
}

TEST(intake_real_closing_brackets)
{
	static const struct {
		const char *name;
		size_t tasks;
	} plans[] = {
		{ "01-广东省人民政府办公厅关于印发广东省推进涉烟打假打私工作方案的通知",
		    10 },
		{ "02-重庆市人民政府办公厅关于促进内外贸一体化发展的实施意见", 20 },
		{ "05-河南省人民政府关于做好当前和今后一个时期促进就业工作的实施意见",
		    17 },
		{ "06-国务院关于促进综合保税区高水平开放高质量发展的若干意见", 21 },
		{ "07-国务院办公厅关于深入开展消费扶贫助力打赢脱贫攻坚战的指导意见", 17 },
		{ "09-国务院办公厅关于加快发展体育竞赛表演产业的指导意见", 21 },
		{ "11-国务院关于做好当前和今后一个时期促进就业工作的若干意见", 15 },
	};

	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
		const struct plan *p = real_plan(
		    cx, str_fmt(cx->arena, "data/plans/%s.txt", plans[i].name).p);

		if (!p)
			return;
		CHECK(p->tasks.n == plans[i].tasks);
		CHECK(p->remainder == 0);
	}
}
