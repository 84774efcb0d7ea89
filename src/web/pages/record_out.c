/*
 * The log of access as a table to be kept or handed to an inspection: the newest events,
 * as many as a workbook is pleasant with. Taking it along is itself noted.
 */
#include "act/door.h"
#include "out/csv.h"
#include "out/xlsx.h"
#include "web/pages/ledger_out.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/site.h"
#include "web/word.h"

enum { EVENTS_MAX = 20000, ABOUT_MAX = 200, OUT_COLUMNS = 5 };

struct gather {
	struct arena *arena; /* record_walk lends its own for each event */
	struct record_lines lines;
};

static enum err
line_keep(struct cx *cx, const struct event *e, void *self)
{
	struct gather *g = self;

	(void)cx;
	record_keep(g->arena, e, list_add(g->arena, &g->lines));
	return ERR_OK;
}

static enum err
lines_add(struct view *v, struct table *t)
{
	struct cx *cx = &v->x->cx;
	struct arena *a = cx->arena;
	const struct str log = str_fmt(a, "%.*s/access", STR_ARG(v->r.log));
	struct record_names names = { .v = v };
	struct gather g = { .arena = a };
	struct record_head head;

	TRY(record_head(cx, v->r.db, log, &head));
	TRY(record_walk(cx, v->r.db, log,
	    head.seq > EVENTS_MAX ? head.seq - EVENTS_MAX + 1 : 1, head.seq, line_keep,
	    &g));
	for (size_t i = 0; i < g.lines.n; i++) {
		const struct record_line *line = &g.lines.v[i];

		table_add(a, t,
		    (struct cell[OUT_COLUMNS]){ cell_int(line->seq),
			cell_text(record_when(a, line->recorded)),
			cell_text(record_what(&names, line)),
			cell_text(record_on(&names, line, ABOUT_MAX)),
			cell_text(record_who(&names, line)) });
	}
	return ERR_OK;
}

static void
access_send(struct exchange *x, bool is_workbook)
{
	VIEW v = { 0 };
	const struct column columns[OUT_COLUMNS] = {
		{ .title = W(record_number), .width = 10, .kind = COLUMN_INT },
		{ .title = W(record_at), .width = 20 },
		{ .title = W(act_column), .width = 24 },
		{ .title = W(record_about), .width = 50 },
		{ .title = W(record_actor), .width = 16 }
	};
	const struct str name = is_workbook ? W(access_xlsx) : W(access_csv);
	struct value more = value_map();
	struct table table;
	struct str bytes;

	table = (struct table){ .name = W(record_access),
		.title = W(record_access),
		.columns = columns,
		.n_columns = OUT_COLUMNS };
	if (!record_open(x, &v, RECORD_ACCESS) || !view_ok(&v, lines_add(&v, &table)))
		return;
	value_set_text(&x->arena, &more, "file", W(record_access));
	value_set_int(&x->arena, &more, "rows", (int64_t)table_rows(&table));
	if (!is_workbook)
		bytes = csv_str(&x->cx, &table, CSV_UTF8);
	else if (!view_ok(&v, xlsx_write(&x->cx, &table, 1, x->cx.now_ms, &bytes)))
		return;
	if (view_ok(&v, door_access(&x->cx, x->site->door, v.person, S("export"),
			    v.person, &more)))
		respond_download(x,
		    is_workbook ? XLSX_TYPE : S("text/csv; charset=utf-8"), name, bytes);
}

void
page_record_access_xlsx(struct exchange *x)
{
	access_send(x, true);
}

void
page_record_access_csv(struct exchange *x)
{
	access_send(x, false);
}
