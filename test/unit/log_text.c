/* A log as text, whole (log_text.h). */
#include "log_text.h"

#include "base/buf.h"
#include "test.h"

static enum err
line_keep(struct cx *cx, struct str line, void *self)
{
	(void)cx;
	buf_put(self, line);
	buf_put_byte(self, '\n');
	return ERR_OK;
}

struct str
log_text(struct cx *cx, struct db *db, struct str log)
{
	struct buf b = { .arena = cx->arena };

	CHECK_OK(record_export(cx, db, log, line_keep, &b));
	return buf_str(&b);
}

enum { GROUP = 100 };

enum err
log_text_import(struct cx *cx, struct db *db, struct str text, struct record_import *imp)
{
	struct str lines[GROUP];
	size_t n = GROUP;

	*imp = (struct record_import){ .arena = cx->arena };
	while (n == GROUP) {
		for (n = 0; n < GROUP && text.n; n++)
			str_split(&text, S("\n"), &lines[n]);
		TRY(record_import_lines(cx, db, imp, lines, n));
	}
	return ERR_OK;
}

struct db *
log_store(struct cx *cx, const struct test_store *s)
{
	struct db *db = NULL;

	CHECK_OK(db_open(cx, s->url, DB_WRITE, &db));
	return db;
}
