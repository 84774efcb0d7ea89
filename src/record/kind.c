/*
 * The closed table of event kinds: name and version of each for ever, and the little that
 * the record itself must be able to read in a body. What else stands in it is decided by
 * act/.
 */
#include "record/event.h"

#include "lang/canon.h"

static const struct kind {
	struct str name, title;
	int version;
} kinds[] = {
	[EV_LOG_OPENED] = { S("log-opened"), S("日志开启"), 1 },
	[EV_LAW_PUBLISHED] = { S("law-published"), S("制度文本公布"), 1 },
	[EV_ENTRY_PUT] = { S("entry-put"), S("清单条目入册"), 1 },
	[EV_ENTRY_ENDED] = { S("entry-ended"), S("清单条目终止"), 1 },
	[EV_MATTER_OPENED] = { S("matter-opened"), S("事项开始"), 1 },
	[EV_ACTED] = { S("acted"), S("办理"), 1 },
	[EV_REGISTERED] = { S("registered"), S("登记"), 1 },
	[EV_CLOCK_LAPSED] = { S("clock-lapsed"), S("期限届满"), 1 },
	[EV_CHILD_CHANGED] = { S("child-changed"), S("子事项变化"), 1 },
	[EV_RESULT_LAPSED] = { S("result-lapsed"), S("结果失效"), 1 },
	[EV_CORRECTED] = { S("corrected"), S("更正"), 1 },
	[EV_DOUBT_SETTLED] = { S("doubt-settled"), S("疑点处理"), 1 },
	[EV_NUMBER_GIVEN] = { S("number-given"), S("编号"), 1 },
	[EV_ISSUED] = { S("issued"), S("文书制发"), 1 },
	[EV_RENDERED] = { S("rendered"), S("文书成文"), 1 },
	[EV_PUBLISHED] = { S("published"), S("公布"), 1 },
	[EV_UNPUBLISHED] = { S("unpublished"), S("撤回公布"), 1 },
	[EV_DESTROYED] = { S("destroyed"), S("依法销毁"), 1 },
	[EV_TIME_CONFIRMED] = { S("time-confirmed"), S("时间确认"), 1 },
	[EV_EDITION_MOVED] = { S("edition-moved"), S("版本衔接"), 1 },
	[EV_ACCESS] = { S("access"), S("查阅"), 1 },
	[EV_CLOCK_MOVED] = { S("clock-moved"), S("期限重新计算"), 1 },
	[EV_LAW_WITHDRAWN] = { S("law-withdrawn"), S("制度文本撤下"), 1 },
	[EV_STATUTE] = { S("statute"), S("法规入库"), 1 },
	[EV_HANDED_OVER] = { S("handed-over"), S("工作交接"), 1 },
};
_Static_assert(sizeof kinds / sizeof *kinds == EV_COUNT_, "every kind has a name");

struct str
event_kind_name(enum event_kind kind)
{
	return (int)kind >= 0 && kind < EV_COUNT_ ? kinds[kind].name : S("?");
}

struct str
event_kind_title(enum event_kind kind)
{
	return kinds[kind].title;
}

int
event_kind_version(enum event_kind kind)
{
	return kinds[kind].version;
}

bool
event_kind_find(struct str name, enum event_kind *out)
{
	for (int i = 0; i < EV_COUNT_; i++) {
		if (str_eq(kinds[i].name, name)) {
			*out = (enum event_kind)i;
			return true;
		}
	}
	return false;
}

/* {"parts":[{"part":"p1","seq":17},…], …} */
enum err
event_destroys(struct cx *cx, struct str open, struct destroyed_parts *out)
{
	struct value body;
	const struct value *parts;

	TRY(canon_parse(cx, open, &body));
	parts = value_get(&body, S("parts"));
	if (!value_count(parts))
		return fail(cx, ERR_INPUT, "a destruction that names no parts");
	for (size_t i = 0; i < value_count(parts); i++) {
		const struct value *one = value_at(parts, i);
		const struct destroyed_part d = { value_num(value_get(one, S("seq"))),
			value_str(value_get(one, S("part"))) };

		if (d.seq < 1 || !d.part.n || str_eq(d.part, S("open")))
			return fail(cx, ERR_INPUT, "a destruction of no sealed part");
		*list_add(cx->arena, out) = d;
	}
	return ERR_OK;
}

enum err
event_destroys_again(
    struct cx *cx, struct db *db, struct str log, const struct event_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct event *e = &list->v[i];
		struct destroyed_parts parts = { 0 };

		if (e->kind != EV_DESTROYED)
			continue;
		TRY(event_destroys(cx, e->parts.v[0].bytes, &parts));
		for (size_t k = 0; k < parts.n; k++)
			TRY(record_destroy(
			    cx, db, log, parts.v[k].seq, &parts.v[k].part, 1));
	}
	return ERR_OK;
}

struct str
event_kind_fault(struct cx *cx, enum event_kind kind, struct str open)
{
	struct destroyed_parts parts = { 0 };
	struct value body;

	if (kind == EV_DESTROYED)
		return event_destroys(cx, open, &parts) == ERR_OK ? S("") : cx->why;
	if (canon_parse(cx, open, &body) != ERR_OK)
		return cx->why;
	if (body.kind != V_MAP)
		return S("an open part that is not a map");
	if (kind == EV_CLOCK_MOVED && (!value_str(value_get(&body, S("clock"))).n ||
					  !value_count(value_get(&body, S("clocks")))))
		return S("a moved clock that names none");
	if (kind == EV_HANDED_OVER && (!value_str(value_get(&body, S("from"))).n ||
					  !value_str(value_get(&body, S("to"))).n ||
					  !value_str(value_get(&body, S("by"))).n ||
					  !value_count(value_get(&body, S("set")))))
		return S(
		    "a hand-over that does not say from whom, to whom, by which, what");
	return S("");
}
