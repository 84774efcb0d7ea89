/* Empty stores for tests. */
#include "store.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void
pg(const char *conninfo, const char *sql)
{
	PGconn *c = PQconnectdb(conninfo);
	PGresult *r;

	PQclear(PQexec(c, "SET client_min_messages = warning"));
	r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		printf("ZS_TEST_PG: %s", PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
}

bool
test_store_make(struct cx *cx, int engine, struct test_store *out)
{
	static int serial;
	const char *conninfo = getenv("ZS_TEST_PG");
	char *folder = str_cz(cx->arena, S("/tmp/zs-test-XXXXXX"));

	if (engine == 1 && !conninfo)
		return false;
	if (!mkdtemp(folder))
		return false;
	out->folder = str_z(folder);
	if (engine == 0) {
		out->url = str_fmt(cx->arena, "sqlite:%s/t.db", folder);
		return true;
	}
	out->schema = str_fmt(cx->arena, "t%d_%d", (int)getpid(), ++serial);
	pg(conninfo, str_fmt(cx->arena, "CREATE SCHEMA %s", out->schema.p).p);
	out->url = str_fmt(
	    cx->arena, "postgres:%s options='-csearch_path=%s'", conninfo, out->schema.p);
	return true;
}

static int
removed(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

void
test_store_drop(struct test_store *s)
{
	char sql[128];

	if (s->schema.n) {
		snprintf(sql, sizeof sql, "DROP SCHEMA %s CASCADE", s->schema.p);
		pg(getenv("ZS_TEST_PG"), sql);
	}
	if (s->folder.n)
		nftw(s->folder.p, removed, 16, FTW_DEPTH | FTW_PHYS);
}
