/*
 * law move PROCEDURE --erratum: the open matters of a procedure go on under its newest
 * edition. Who says so and why stands in the event of each; each is listed.
 */
#include <stdio.h>
#include <string.h>

#include "act/door.h"
#include "cli/cli.h"
#include "cli/option.h"

struct move_options {
	struct place place;
	struct str procedure, person, reason;
	bool erratum;
};

static enum err
options_read(struct cx *cx, int argc, char **argv, struct move_options *o)
{
	*o = (struct move_options){ 0 };
	for (int i = 0; i < argc; i++) {
		if (place_take(argc, argv, &i, &o->place) ||
		    option_take(argc, argv, &i, "--person", &o->person) ||
		    option_take(argc, argv, &i, "--reason", &o->reason))
			continue;
		if (strcmp(argv[i], "--erratum") == 0)
			o->erratum = true;
		else if (argv[i][0] != '-' && !o->procedure.n)
			o->procedure = str_z(argv[i]);
		else
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
	}
	if (!o->procedure.n || !o->erratum || !o->person.n || !o->reason.n)
		return fail(cx, ERR_INPUT,
		    "用法:zhunsheng law move 程序 --erratum --person persons/编号 "
		    "--reason 理由 --store 地址");
	return ERR_OK;
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
	if (err == ERR_OK)
		err = door_move_edition(
		    cx, door, o.person, o.procedure, o.reason, &moves);
	door_close(door);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	for (size_t i = 0; i < moves.n; i++)
		printf("%.*s %.*s\n", STR_ARG(moves.v[i].subject),
		    STR_ARG(moves.v[i].title));
	printf("%zu 件未办结的事项改按更正后的版本办理\n", moves.n);
	return 0;
}
