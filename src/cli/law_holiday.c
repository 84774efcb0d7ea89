/*
 * law holiday: a region's own days off and make-up workdays, by their notice, into the
 * record and into force; taken back the same way. Terms that they move are printed as
 * after a year's notice. Without days it lists what is in force.
 */
#include <stdio.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/law.h"
#include "lang/yaml.h"

struct holiday_options {
	struct place place;
	struct str off, work, title, notice, person, withdraw;
};

static enum err
options_read(struct cx *cx, int argc, char **argv, struct holiday_options *o)
{
	*o = (struct holiday_options){ 0 };
	for (int i = 0; i < argc; i++)
		if (!place_take(argc, argv, &i, &o->place) &&
		    !option_take(argc, argv, &i, "--off", &o->off) &&
		    !option_take(argc, argv, &i, "--work", &o->work) &&
		    !option_take(argc, argv, &i, "--title", &o->title) &&
		    !option_take(argc, argv, &i, "--notice", &o->notice) &&
		    !option_take(argc, argv, &i, "--person", &o->person) &&
		    !option_take(argc, argv, &i, "--withdraw", &o->withdraw))
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
	if (o->withdraw.n
		? o->person.n && !o->off.n && !o->work.n && !o->title.n && !o->notice.n
	    : o->off.n || o->work.n ? o->title.n && o->notice.n && o->person.n
				    : !o->title.n && !o->notice.n && !o->person.n)
		return ERR_OK;
	return fail(cx, ERR_INPUT,
	    "用法：zhunsheng law holiday --off 日期 [--work 日期] --title 节日 "
	    "--notice 文号或网址 --person persons/编号 --store 地址\n"
	    "或者：zhunsheng law holiday --withdraw 首日 --person persons/编号 "
	    "--store 地址\n日期写作 2026-05-27、2026-05-27..2026-05-28，几处用逗号隔开");
}

/* 2026-05-27..2026-05-28,2026-06-01 as a list; *first becomes the earliest day named. ISO
 * days are in the order of their texts. */
static enum err
put_days(
    struct cx *cx, struct buf *b, const char *key, struct str days, struct str *first)
{
	struct str span;
	int64_t day;
	bool any = false;

	if (!days.n)
		return ERR_OK;
	buf_fmt(b, "%s: [", key);
	while (str_split(&days, S(","), &span)) {
		const struct str begins = str_sub(span, 0, sizeof "2026-05-27" - 1);
		const struct str rest = str_sub(span, begins.n, span.n);

		if (!day_parse(begins, &day) ||
		    (rest.n && (!str_starts(rest, S("..")) ||
				   !day_parse(str_sub(rest, 2, rest.n), &day))))
			return fail(cx, ERR_INPUT, "“%.*s”应当写作一日或者“首日..末日”",
			    STR_ARG(span));
		if (!first->n || str_cmp(begins, *first) < 0)
			*first = begins;
		buf_fmt(b, "%s%.*s", any ? ", " : "", STR_ARG(span));
		any = true;
	}
	buf_put(b, S("]\n"));
	return ERR_OK;
}

static enum err
days_of(struct cx *cx, const struct holiday_options *o, struct local_days *out)
{
	struct buf days = { .arena = cx->arena }, text = { .arena = cx->arena };

	*out = (struct local_days){ .person = o->person, .first = o->withdraw };
	if (o->withdraw.n)
		return ERR_OK;
	TRY(put_days(cx, &days, "off", o->off, &out->first));
	TRY(put_days(cx, &days, "work", o->work, &out->first));
	buf_fmt(&text, "local: %.*s\ntitle: %.*s\nnotice: %.*s\n%.*s",
	    STR_ARG(out->first), STR_ARG(yaml_quoted(cx->arena, o->title)),
	    STR_ARG(yaml_quoted(cx->arena, o->notice)), STR_ARG(buf_str(&days)));
	out->text = buf_str(&text);
	return ERR_OK;
}

static void
list(struct cx *cx, const struct source_list *sources)
{
	size_t n = 0;

	for (size_t i = 0; i < sources->n; i++) {
		const struct source *s = &sources->v[i];
		struct messages m = { .arena = cx->arena, .file = s->path };
		struct yaml_node *root;

		if (s->withdrawn || !source_is_local(s) ||
		    yaml_parse(&m, s->text, &root) != ERR_OK)
			continue;
		n++;
		printf("%.*s %.*s（%.*s）\n",
		    STR_ARG(yaml_str(yaml_get(root, S("local")))),
		    STR_ARG(yaml_str(yaml_get(root, S("title")))),
		    STR_ARG(yaml_str(yaml_get(root, S("notice")))));
	}
	printf("现有地方放假安排 %zu 项\n", n);
}

static enum err
holiday(struct cx *cx, struct door *door, const struct holiday_options *o)
{
	struct local_days days;
	struct clock_moves moves;

	if (!o->person.n) {
		list(cx, &door_defs(door)->sources);
		return ERR_OK;
	}
	TRY(days_of(cx, o, &days));
	TRY(door_local_days(cx, door, &days, &moves));
	printf("%s%.*s起的地方放假安排\n", days.text.n ? "公布了" : "收回了",
	    STR_ARG(days.first));
	print_clock_moves(cx, &moves);
	return ERR_OK;
}

int
cli_law_holiday(struct cx *cx, int argc, char **argv)
{
	struct door *door = NULL;
	struct holiday_options o;
	enum err err = options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = place_door(cx, &o.place, &door);
	if (err == ERR_OK)
		err = holiday(cx, door, &o);
	door_close(door);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
