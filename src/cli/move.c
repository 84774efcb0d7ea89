/*
 * law move: the open matters of a procedure go on under its newest edition, by an erratum
 * or by a transitional rule. Who says so and why stands in the event of each; each that
 * moved is listed, and each that did not with its reason.
 */
#include <stdio.h>
#include <string.h>

#include "act/door.h"
#include "cli/cli.h"
#include "cli/option.h"

struct move_options {
	struct place place;
	struct str procedure, person, reason, rule, limit;
	struct law_move_ask ask;
	bool erratum, only_show;
};

static enum err
options_read(struct cx *cx, int argc, char **argv, struct move_options *o)
{
	int64_t limit = 0;

	*o = (struct move_options){ 0 };
	for (int i = 0; i < argc; i++) {
		if (place_take(argc, argv, &i, &o->place) ||
		    option_take(argc, argv, &i, "--person", &o->person) ||
		    option_take(argc, argv, &i, "--rule", &o->rule) ||
		    option_take(argc, argv, &i, "--limit", &o->limit) ||
		    option_take(argc, argv, &i, "--reason", &o->reason))
			continue;
		if (strcmp(argv[i], "--erratum") == 0)
			o->erratum = true;
		else if (strcmp(argv[i], "--dry-run") == 0)
			o->only_show = true;
		else if (argv[i][0] != '-' && !o->procedure.n)
			o->procedure = str_z(argv[i]);
		else
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
	}
	if (o->limit.n && (!str_int(o->limit, &limit) || limit < 1))
		return fail(cx, ERR_INPUT, "--limit 应为件数");
	o->ask = (struct law_move_ask){ o->person, o->rule, o->only_show, (size_t)limit };
	if (o->person.n && (o->rule.n ? !o->procedure.n && !o->erratum && !o->reason.n
				      : o->procedure.n && o->erratum && o->reason.n &&
					    !o->only_show && !o->limit.n))
		return ERR_OK;
	return fail(cx, ERR_INPUT,
	    "用法：zhunsheng law move 程序 --erratum --person persons/编号 "
	    "--reason 理由 --store 地址\n"
	    "或者：zhunsheng law move --rule 过渡规则 --person persons/编号 "
	    "[--dry-run] [--limit 件数] --store 地址");
}

static void
print_moves(const struct law_moves *moves, const struct move_options *o)
{
	for (size_t i = 0; i < moves->n; i++)
		printf("%s%.*s %.*s\n", o->rule.n ? "移动 " : "",
		    STR_ARG(moves->v[i].subject), STR_ARG(moves->v[i].title));
	if (!o->rule.n) {
		printf("%zu 件未办结的事项改按更正后的版本办理\n", moves->n);
		return;
	}
	for (size_t i = 0; i < moves->kept.n; i++)
		printf("保留 %.*s %.*s：%.*s\n", STR_ARG(moves->kept.v[i].subject),
		    STR_ARG(moves->kept.v[i].title), STR_ARG(moves->kept.v[i].why));
	printf("%s%zu 件未办结的事项按新版本办理，%zu 件仍按原版本办理",
	    o->only_show ? "试算（未写入）：" : "", moves->n, moves->kept.n);
	if (moves->rest)
		printf("，%zu 件尚未查看", moves->rest);
	printf("\n");
}

int
cli_law_move(struct cx *cx, int argc, char **argv)
{
	struct law_moves moves = { 0 };
	struct door *door = NULL;
	struct move_options o;
	enum err err = options_read(cx, argc, argv, &o);

	if (err == ERR_OK)
		err = place_door(cx, &o.place, &door);
	if (err == ERR_OK && o.rule.n)
		err = door_move_by_rule(cx, door, &o.ask, &moves);
	else if (err == ERR_OK)
		err = door_move_edition(
		    cx, door, o.person, o.procedure, o.reason, &moves);
	door_close(door);
	/* What stands stands, also when a later transaction failed. */
	if (err == ERR_OK || moves.n)
		print_moves(&moves, &o);
	return err == ERR_OK ? 0 : cli_failed(cx, err);
}
