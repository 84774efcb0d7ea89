/*
 * serve --store URL [--port N] [--address A] [--today DAY] [--place NAME] [--https]
 * [--calls N] [--style]: runs the site in the foreground until Ctrl-C, then ends cleanly.
 * Ends its start with one line, so that whoever started it knows where to look.
 */
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "act/door.h"
#include "api/operation.h"
#include "base/date.h"
#include "cli/charts.h"
#include "cli/folder.h"
#include "cli/follow.h"
#include "cli/lawdir.h"
#include "cli/notify.h"
#include "cli/option.h"
#include "cli/upkeep.h"
#include "lang/canon.h"
#include "web/draft.h"
#include "web/listen.h"
#include "web/meter.h"
#include "web/mhd.h"
#include "web/pool.h"
#include "web/session.h"
#include "web/shelf.h"
#include "web/site.h"
#include "web/token.h"
#include "web/view.h"

enum { PORT_FIRST = 8080, PORT_LAST = 8089, THREADS = 4 };

struct serve_options {
	struct place place;
	struct str address, title, law;
	int64_t port;  /* 0 = the first free of PORT_FIRST..PORT_LAST; -1 = any */
	int64_t today; /* DAY_NONE = the real one */
	int64_t calls; /* points a minute for each account; 0: no limit */
	bool https, style;
	struct str
	    demo_flag; /* while this file exists, only loopback addresses are served */
};

static enum err
options_read(struct cx *cx, int argc, char **argv, struct serve_options *o)
{
	*o = (struct serve_options){
		.address = S("127.0.0.1"), .today = DAY_NONE, .calls = ALLOWANCE_MINUTE
	};
	for (int i = 0; i < argc; i++) {
		struct str v;

		if (place_take(argc, argv, &i, &o->place) ||
		    option_take(argc, argv, &i, "--address", &o->address) ||
		    option_take(argc, argv, &i, "--place", &o->title) ||
		    option_take(argc, argv, &i, "--law", &o->law) ||
		    option_take(argc, argv, &i, "--demo-accounts", &o->demo_flag))
			continue;
		if (option_take(argc, argv, &i, "--port", &v)) {
			if (!str_int(v, &o->port) || o->port < -1 || o->port > 65535)
				return fail(cx, ERR_INPUT, "端口应为 0 至 65535 的整数");
		} else if (option_take(argc, argv, &i, "--today", &v)) {
			if (!day_parse(v, &o->today))
				return fail(cx, ERR_INPUT, "日期应写作 2018-06-01");
		} else if (option_take(argc, argv, &i, "--calls", &v)) {
			if (!str_int(v, &o->calls) || o->calls < 0 ||
			    (o->calls && o->calls < COST_EXPORT) || o->calls > 1000000)
				return fail(cx, ERR_INPUT,
				    "--calls 应为 0（不限）或者 %d 至 1000000 的整数",
				    COST_EXPORT);
		} else if (strcmp(argv[i], "--https") == 0) {
			o->https = true;
		} else if (strcmp(argv[i], "--style") == 0) {
			o->style = true;
		} else {
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
		}
	}
	if (o->place.store.n == 0)
		return fail(cx, ERR_INPUT, "缺少 --store");
	if (o->demo_flag.n && access(str_cz(cx->arena, o->demo_flag), F_OK) == 0 &&
	    !address_is_loopback(o->address))
		return fail(cx, ERR_INPUT,
		    "演示账号存在时只能在本机地址上运行，请先删除 %.*s 所列账号和该文件",
		    STR_ARG(o->demo_flag));
	return ERR_OK;
}

static enum err
calendar_load(struct cx *cx, struct str named, struct site *site)
{
	struct calendar *calendar;
	struct str law;

	TRY(lawdir_find(cx, named, &law));
	TRY(lawdir_calendar(cx, law, &calendar));
	site->calendar = calendar;
	return ERR_OK;
}

/* What the log says of itself: its clock and its name. */
static enum err
log_look(struct cx *cx, struct str store, struct place *place, struct site *site)
{
	struct record_head head;
	struct event first;
	struct value open;
	struct db *db;
	enum err err;

	TRY(db_open(cx, store, DB_READ, &db));
	err = place_log(cx, db, place, &place->log);
	if (err == ERR_OK)
		err = record_head(cx, db, place->log, &head);
	if (err == ERR_OK)
		err = record_get(cx, db, place->log, 1, &first);
	db_close(db);
	TRY(err);
	TRY(canon_parse(cx, first.parts.v[0].bytes, &open));
	site->offset_ms = head.offset_ms;
	if (!site->place.n)
		site->place = value_str(value_get(&open, S("title")));
	return ERR_OK;
}

/* The way in, when the store holds a log: its definitions, its clock, its name. */
static enum err
door_for(struct cx *cx, const struct serve_options *o, struct site *site,
    struct upkeep **upkeep)
{
	struct place place = o->place;
	struct door_config config = { .url = place.store,
		.entropy = cx->entropy,
		.monotonic_ms = server_monotonic_ms };
	const enum err err = log_look(cx, place.store, &place, site);

	if (err == ERR_NOT_FOUND && !o->place.log.n)
		return ERR_OK;
	TRY(err);
	config.log = place.log;
	site->who = view_who;
	TRY(upkeep_open(cx, place.store, place.log, place.checkpoints, upkeep));
	cx->now_ms += site->offset_ms;
	TRY(door_open(cx, &config, &site->door));
	upkeep_sign(cx, *upkeep);
	charts_keep(cx, site->door);
	return door_start(cx, site->door);
}

/* Until somebody stops us. */
static void
wait_and_tick(struct site *site, struct upkeep *upkeep, const struct server *server,
    const sigset_t *stop)
{
	const struct timespec minute = { .tv_sec = 60 };

	while (sigtimedwait(stop, NULL, &minute) < 0) {
		struct arena arena AUTO(arena_free) = { 0 };
		struct cx cx = { .arena = &arena, .now_ms = server_now(server) };

		if (site->door)
			upkeep_turn(&cx, upkeep, site->door);
	}
}

static enum err
serve(struct cx *cx, const struct serve_options *o, struct site *site,
    struct upkeep *upkeep, struct str folder, const sigset_t *stop)
{
	const struct server_options options = {
		.address = o->address,
		.port = o->port > 0   ? (int)o->port
			: o->port < 0 ? 0
				      : PORT_FIRST,
		.port_last = o->port > 0   ? (int)o->port
			     : o->port < 0 ? 0
					   : PORT_LAST,
		.threads = THREADS,
		.proxied = o->https,
		.upload_folder = folder,
		.offset_ms = site->offset_ms,
		.entropy = cx->entropy,
		.admit = site_admit,
		.handle = site_handle,
		.sent = site_sent,
		.self = site,
	};
	struct follower *follower = NULL;
	struct server *server;
	enum err err = ERR_OK;

	TRY(server_start(cx, &options, &server));
	if (site->door)
		err = follower_start(cx, site->door, o->place.store, server, &follower);
	if (err != ERR_OK) {
		server_stop(server);
		return err;
	}
	printf("就绪 http://%.*s:%d\n", STR_ARG(o->address), server_port(server));
	fflush(stdout);
	notify_say("READY=1");
	wait_and_tick(site, upkeep, server, stop);
	notify_say("STOPPING=1");
	cx->now_ms = server_now(server);
	follower_stop(follower);
	server_stop(server);
	if (upkeep)
		upkeep_sign(cx, upkeep);
	return ERR_OK;
}

int
cli_serve(struct cx *cx, int argc, char **argv)
{
	struct serve_options o;
	static struct allowance allowance;
	struct meter meter = { .started_ms = server_monotonic_ms() };
	struct site site = { .routes = site_routes, .area = &api_area, .meter = &meter };
	struct upkeep *upkeep = NULL;
	struct upload_folder folder = { 0 };
	sigset_t stop;
	enum err err = options_read(cx, argc, argv, &o);

	if (err != ERR_OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
		return 2;
	}
	/* Blocked before any thread starts, the door's writer too: a Ctrl-C that a thread
	 * of ours took would end the process where it stands. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	allowance_init(&allowance, o.calls);
	site.allowance = &allowance;
	site.place = o.title;
	site.https = o.https;
	site.style = o.style;
	if (o.today != DAY_NONE)
		site.offset_ms = ms_of_day(o.today) - ms_of_day(cx_today(cx));
	err = calendar_load(cx, o.law, &site);
	if (err == ERR_OK)
		err = upload_folder_open(cx, &folder);
	if (err == ERR_OK)
		err = sessions_open(cx, o.place.store, &site.sessions);
	if (err == ERR_OK)
		err = drafts_open(cx, o.place.store, &site.drafts);
	if (err == ERR_OK)
		err = tokens_open(cx, o.place.store, &site.tokens);
	if (err == ERR_OK)
		err = pool_open(cx, o.place.store, &site.pool);
	site.shelf = shelf_open();
	if (err == ERR_OK)
		err = door_for(cx, &o, &site, &upkeep);
	if (err == ERR_OK)
		err = serve(cx, &o, &site, upkeep, folder.path, &stop);
	door_close(site.door);
	upkeep_close(upkeep);
	shelf_close(site.shelf);
	pool_close(site.pool);
	tokens_close(site.tokens);
	drafts_close(site.drafts);
	sessions_close(site.sessions);
	if (err != ERR_OK)
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
	upload_folder_close(cx, &folder);
	return err == ERR_OK ? 0 : 1;
}
