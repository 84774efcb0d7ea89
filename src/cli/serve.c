/*
 * serve --store URL [--port N] [--address A] [--today DAY] [--place NAME] [--https]
 * [--style]: runs the site in the foreground until Ctrl-C, then ends cleanly. Ends its
 * start with one line, so that whoever started it knows where to look.
 */
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "act/door.h"
#include "base/date.h"
#include "cli/lawdir.h"
#include "lang/canon.h"
#include "web/draft.h"
#include "web/listen.h"
#include "web/mhd.h"
#include "web/pool.h"
#include "web/session.h"
#include "web/site.h"
#include "web/view.h"

enum { PORT_FIRST = 8080, PORT_LAST = 8089, THREADS = 4 };

struct serve_options {
	struct str store, address, place, law, log;
	int64_t port;  /* 0 = the first free of PORT_FIRST..PORT_LAST; -1 = any */
	int64_t today; /* DAY_NONE = the real one */
	bool https, style;
	struct str
	    demo_flag; /* while this file exists, only loopback addresses are served */
};

/* Takes "--name value"; false when argv[*i] is another option or has no value. */
static bool
option_take(int argc, char **argv, int *i, const char *name, struct str *out)
{
	if (strcmp(argv[*i], name) != 0 || *i + 1 >= argc)
		return false;
	*out = str_z(argv[++*i]);
	return true;
}

static enum err
options_read(struct cx *cx, int argc, char **argv, struct serve_options *o)
{
	*o = (struct serve_options){ .address = S("127.0.0.1"), .today = DAY_NONE };
	for (int i = 0; i < argc; i++) {
		struct str v;

		if (option_take(argc, argv, &i, "--store", &o->store) ||
		    option_take(argc, argv, &i, "--address", &o->address) ||
		    option_take(argc, argv, &i, "--place", &o->place) ||
		    option_take(argc, argv, &i, "--law", &o->law) ||
		    option_take(argc, argv, &i, "--log", &o->log) ||
		    option_take(argc, argv, &i, "--demo-accounts", &o->demo_flag))
			continue;
		if (option_take(argc, argv, &i, "--port", &v)) {
			if (!str_int(v, &o->port) || o->port < -1 || o->port > 65535)
				return fail(cx, ERR_INPUT, "端口应为 0 至 65535 的整数");
		} else if (option_take(argc, argv, &i, "--today", &v)) {
			if (!day_parse(v, &o->today))
				return fail(cx, ERR_INPUT, "日期应写作 2018-06-01");
		} else if (strcmp(argv[i], "--https") == 0) {
			o->https = true;
		} else if (strcmp(argv[i], "--style") == 0) {
			o->style = true;
		} else {
			return fail(cx, ERR_INPUT, "不认识的选项：%s", argv[i]);
		}
	}
	if (o->store.n == 0)
		return fail(cx, ERR_INPUT, "缺少 --store");
	if (o->demo_flag.n && access(str_cz(cx->arena, o->demo_flag), F_OK) == 0 &&
	    !address_is_loopback(o->address))
		return fail(cx, ERR_INPUT,
		    "演示账号存在时只能在本机地址上运行，请先删除 %.*s 所列账号和该文件",
		    STR_ARG(o->demo_flag));
	return ERR_OK;
}

/* The folder for files being uploaded, of this process alone. */
static enum err
folder_make(struct cx *cx, char **out)
{
	char *path = str_cz(cx->arena, S("/tmp/zhunsheng-XXXXXX"));

	if (!mkdtemp(path))
		return fail(cx, ERR_STORE, "不能建立临时文件夹");
	*out = path;
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

/* The log of the store: the one named, or the only one that is no companion. */
static enum err
log_find(struct cx *cx, struct db *db, struct str *log)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask0(cx, db, &rows, Q_LOG_NAMES));
	while (db_next(&rows)) {
		const struct str name = db_text(cx, &rows, 0);

		if (!log->n && !str_ends(name, S("/access")))
			*log = name;
	}
	return db_end(cx, &rows);
}

/* The way in, when the store holds a log: its definitions, its clock, its name. */
static enum err
door_for(struct cx *cx, const struct serve_options *o, struct site *site)
{
	struct door_config config = { .url = o->store,
		.log = o->log,
		.entropy = cx->entropy,
		.monotonic_ms = server_monotonic_ms };
	struct record_head head;
	struct event first;
	struct value open;
	struct db *db;
	enum err err;

	TRY(db_open(cx, o->store, DB_READ, &db));
	err = log_find(cx, db, &config.log);
	if (err == ERR_OK && config.log.n)
		err = record_head(cx, db, config.log, &head);
	if (err == ERR_OK && config.log.n)
		err = record_get(cx, db, config.log, 1, &first);
	db_close(db);
	TRY(err);
	if (!config.log.n)
		return ERR_OK;
	TRY(canon_parse(cx, first.parts.v[0].bytes, &open));
	site->offset_ms = head.offset_ms;
	if (!site->place.n)
		site->place = value_str(value_get(&open, S("title")));
	site->who = view_who;
	cx->now_ms += head.offset_ms;
	TRY(door_open(cx, &config, &site->door));
	return door_start(cx, site->door);
}

/* Until somebody stops us, look once a minute for terms that ran out. */
static void
wait_and_tick(struct site *site, const struct server *server, const sigset_t *stop)
{
	const struct timespec minute = { .tv_sec = 60 };

	while (sigtimedwait(stop, NULL, &minute) < 0) {
		struct arena arena AUTO(arena_free) = { 0 };
		struct cx cx = { .arena = &arena, .now_ms = server_now(server) };
		size_t lapsed;

		if (site->door && door_tick(&cx, site->door, &lapsed) != ERR_OK)
			fprintf(stderr, "%.*s\n", STR_ARG(cx.why));
	}
}

static enum err
serve(struct cx *cx, const struct serve_options *o, struct site *site, const char *folder)
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
		.upload_folder = str_z(folder),
		.offset_ms = site->offset_ms,
		.entropy = cx->entropy,
		.admit = site_admit,
		.handle = site_handle,
		.self = site,
	};
	struct server *server;
	sigset_t stop;

	/* Blocked before the threads start, so that only sigwait sees them. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	TRY(server_start(cx, &options, &server));
	printf("就绪 http://%.*s:%d\n", STR_ARG(o->address), server_port(server));
	fflush(stdout);
	wait_and_tick(site, server, &stop);
	server_stop(server);
	return ERR_OK;
}

int
cli_serve(struct cx *cx, int argc, char **argv)
{
	struct serve_options o;
	struct site site = { .routes = site_routes };
	char *folder = NULL;
	enum err err = options_read(cx, argc, argv, &o);

	if (err != ERR_OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
		return 2;
	}
	site.place = o.place;
	site.https = o.https;
	site.style = o.style;
	if (o.today != DAY_NONE)
		site.offset_ms = ms_of_day(o.today) - ms_of_day(cx_today(cx));
	err = calendar_load(cx, o.law, &site);
	if (err == ERR_OK)
		err = folder_make(cx, &folder);
	if (err == ERR_OK)
		err = sessions_open(cx, o.store, &site.sessions);
	if (err == ERR_OK)
		err = drafts_open(cx, o.store, &site.drafts);
	if (err == ERR_OK)
		err = pool_open(cx, o.store, &site.pool);
	if (err == ERR_OK)
		err = door_for(cx, &o, &site);
	if (err == ERR_OK)
		err = serve(cx, &o, &site, folder);
	door_close(site.door);
	pool_close(site.pool);
	drafts_close(site.drafts);
	sessions_close(site.sessions);
	if (folder)
		rmdir(folder);
	if (err != ERR_OK)
		fprintf(stderr, "%.*s\n", STR_ARG(cx->why));
	return err == ERR_OK ? 0 : 1;
}
