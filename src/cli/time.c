/*
 * time confirm --store URL [--log NAME]: an administrator says that the clock of this
 * machine is right. Until then no lapse is written after a jump of the clock or a long
 * silence; a running server takes it up by itself.
 */
#include <stdio.h>

#include "act/door.h"
#include "base/date.h"
#include "cli/cli.h"
#include "cli/option.h"

static enum err
options_read(struct cx *cx, int argc, char **argv, struct place *place)
{
	*place = (struct place){ 0 };
	for (int i = 0; i < argc; i++)
		if (!place_take(argc, argv, &i, place))
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
	return ERR_OK;
}

int
cli_time_confirm(struct cx *cx, int argc, char **argv)
{
	struct door *door = NULL;
	struct place place;
	bool in_doubt = false;
	size_t lapsed = 0;
	enum err err = options_read(cx, argc, argv, &place);

	if (err == ERR_OK)
		err = place_door(cx, &place, &door);
	if (err == ERR_OK)
		in_doubt = door_time_in_doubt(door);
	if (err == ERR_OK)
		err = door_confirm_time(cx, door, S("system"), S(""));
	if (err == ERR_OK)
		err = door_tick(cx, door, &lapsed);
	door_close(door);
	if (err != ERR_OK)
		return cli_failed(cx, err);
	if (!in_doubt)
		printf("系统时间没有疑问，无须确认\n");
	else
		printf("已确认系统时间 %.*s，登记期限届满 %zu 件\n",
		    STR_ARG(ms_iso(cx->arena, cx->now_ms)), lapsed);
	return 0;
}
