/*
 * 期限计算说明: how one due day of a matter was computed, on one sheet that can be put
 * into a file. It shows what the record holds and computes nothing again; who may read
 * the matter may read it.
 */
#include "act/clocks.h"
#include "act/door.h"
#include "base/date.h"
#include "out/docx.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/matter.h"
#include "web/pages/page.h"
#include "web/pages/sheet.h"
#include "web/site.h"
#include "web/word.h"

struct annex {
	struct matter_page m;
	struct str id;
	const struct value *clock;
	struct read_page history; /* of the matter: who did what */
};

/* "2026年3月24日" of a day in the clock, or what says that there is none. */
static struct str
day_in(struct annex *x, const char *key, struct str none)
{
	const struct value *day = value_get(x->clock, str_z(key));

	return day->kind == V_INT ? day_chinese(&x->m.v->x->arena, day->i) : none;
}

static struct str
basis_in(struct annex *x, const struct value *of)
{
	return basis_text(x->m.v->defs, &x->m.v->x->arena, value_str(of));
}

/* "2026年10月1日 08:59" of an instant in the clock; empty when there is none. */
static struct str
instant_in(struct annex *x, const char *key)
{
	struct arena *a = &x->m.v->x->arena;
	const struct value *at = value_get(x->clock, str_z(key));

	return at->kind != V_INT
		   ? S("")
		   : str_fmt(a, "%.*s %.*s", STR_ARG(day_chinese(a, day_of_ms(at->i))),
			 STR_ARG(str_sub(ms_iso(a, at->i), 11, 16)));
}

static struct str
due_text(struct annex *x)
{
	const struct str instant = instant_in(x, "instant");

	return instant.n ? instant : day_in(x, "due", W(annex_standing));
}

static struct str
start_text(struct annex *x)
{
	struct arena *a = &x->m.v->x->arena;
	const struct str begun = instant_in(x, "begun");
	const struct action_def *action = action_find(
	    x->m.procedure, value_str(value_get(x->clock, S("act"))));

	if (value_is_null(value_get(x->clock, S("term"))))
		return W(annex_fixed);
	return str_fmt(a, "%.*s%s%.*s",
	    STR_ARG(begun.n ? begun : day_in(x, "start", S(""))), action ? " " : "",
	    STR_ARG(action ? action->title : S("")));
}

/* One more line of a fact, with its article. */
static void
line_add(struct buf *b, struct str text, struct str basis)
{
	if (buf_str(b).n)
		buf_put_byte(b, '\n');
	buf_put(b, text);
	if (basis.n)
		buf_put(b, word_fill(b->arena, W(annex_by), basis));
}

/* Has the list this pause, as it began; `over`: as it ended too. */
static bool
has_pause(const struct value *list, const struct value *p, bool over)
{
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *q = value_at(list, i);

		if (value_eq(value_at(q, PAUSE_FROM), value_at(p, PAUSE_FROM)) &&
		    value_eq(value_at(q, PAUSE_SOURCE), value_at(p, PAUSE_SOURCE)) &&
		    (!over ||
			value_eq(value_at(q, PAUSE_UNTIL), value_at(p, PAUSE_UNTIL))))
			return true;
	}
	return false;
}

/* Who did what began the pause, or, `over`, what ended it: the state keeps its days and
 * its reason, the events what each act made of the clock. */
static struct str
pause_by(struct annex *x, const struct value *p, bool over)
{
	for (size_t i = 0; i < x->history.n; i++) {
		const struct value *event = &x->history.v[i];
		const struct value *clocks = value_get(
		    value_get(event, S("open")), S("clocks"));
		const struct value *clock = value_get(clocks, x->id);

		if (has_pause(value_get(clock, S("pauses")), p, over))
			return show_name(x->m.v, value_str(value_get(event, S("actor"))));
	}
	return S("");
}

/* The reason, with who stopped the clock and who let it go on. */
static struct str
pause_reason(struct annex *x, const struct value *p)
{
	struct arena *a = &x->m.v->x->arena;
	const struct str reason = value_str(value_at(p, PAUSE_REASON));
	const struct str began = pause_by(x, p, false);
	const struct str ended = value_at(p, PAUSE_UNTIL)->kind == V_INT
				     ? pause_by(x, p, true)
				     : S("");
	const struct str said = reason.n ? reason : W(annex_stopped);

	if (began.n && ended.n)
		return word_fill(a, W(annex_stopped_by), said, began, ended);
	return began.n ? word_fill(a, W(annex_stands_by), said, began) : said;
}

static struct str
pause_text(struct annex *x, const struct value *p)
{
	struct arena *a = &x->m.v->x->arena;
	const int64_t from = value_num(value_at(p, PAUSE_FROM));
	const struct value *until = value_at(p, PAUSE_UNTIL);
	const struct str said = pause_reason(x, p);

	if (until->kind != V_INT)
		return word_fill(a, W(annex_standing_since), day_chinese(a, from), said);
	if (until->i - from == 1)
		return word_fill(a, W(annex_pause_day), day_chinese(a, from), said);
	return word_fill(a, W(annex_pause), day_chinese(a, from),
	    day_chinese(a, until->i - 1), word_int(a, until->i - from), said);
}

/* One that ended the day it began took no day. */
static struct str
pauses_text(struct annex *x)
{
	const struct value *pauses = value_get(x->clock, S("pauses"));
	struct buf b = { .arena = &x->m.v->x->arena };

	for (size_t i = 0; i < value_count(pauses); i++) {
		const struct value *p = value_at(pauses, i);

		if (!value_eq(value_at(p, PAUSE_FROM), value_at(p, PAUSE_UNTIL)))
			line_add(
			    &b, pause_text(x, p), basis_in(x, value_at(p, PAUSE_BASIS)));
	}
	return buf_str(&b);
}

static struct str
extensions_text(struct annex *x)
{
	struct arena *a = &x->m.v->x->arena;
	const struct value *list = value_get(x->clock, S("extended"));
	struct buf b = { .arena = a };

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *e = value_at(list, i);

		line_add(&b,
		    word_fill(a, W(annex_extension),
			day_chinese(a, value_num(value_get(e, S("day")))),
			show_name(x->m.v, value_str(value_get(e, S("actor")))),
			value_str(value_get(e, S("term")))),
		    basis_in(x, value_get(e, S("basis"))));
	}
	return buf_str(&b);
}

static struct str
amount_text(struct annex *x)
{
	struct arena *a = &x->m.v->x->arena;
	const int64_t today = cx_today(&x->m.v->x->cx);
	const int64_t fen = clock_amount(x->clock, today);

	if (value_is_null(value_get(x->clock, S("amount"))))
		return S("");
	return word_fill(a, W(annex_amount_is), day_chinese(a, today),
	    str_fmt(a, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100)));
}

/* The numbers of what was issued, which is how a file is named on paper. */
static struct str
numbers_text(struct annex *x)
{
	const struct value *issued = value_get(&x->m.state, S("issued"));
	struct buf b = { .arena = &x->m.v->x->arena };

	for (size_t i = 0; i < value_count(issued); i++) {
		const struct str number = value_str(
		    value_get(value_at(issued, i), S("number")));

		if (number.n)
			line_add(&b, number, S(""));
	}
	return buf_str(&b);
}

static struct sheet
annex_sheet(struct annex *x)
{
	struct arena *a = &x->m.v->x->arena;
	const struct str title = value_str(value_get(&x->m.state, S("title")));
	const struct value *why = value_get(x->clock, S("why"));
	struct sheet s = { .answer = due_text(x),
		.is_provisional = value_true(value_get(x->clock, S("provisional"))) };

	sheet_fact(a, &s, W(annex_matter), title.n ? title : x->m.procedure->title);
	sheet_fact(a, &s, W(document_number), numbers_text(x));
	sheet_fact(a, &s, W(annex_clock), value_str(value_get(x->clock, S("title"))));
	sheet_fact(a, &s, W(annex_start), start_text(x));
	sheet_fact(a, &s, W(annex_term), value_str(value_get(x->clock, S("term"))));
	sheet_fact(a, &s, W(annex_basis), basis_in(x, value_get(x->clock, S("basis"))));
	sheet_fact(a, &s, W(annex_pauses), pauses_text(x));
	sheet_fact(a, &s, W(annex_extended), extensions_text(x));
	sheet_fact(a, &s, W(annex_amount), amount_text(x));
	for (size_t i = 0; i < value_count(why); i++)
		*list_add(a, &s.steps) = value_str(value_at(why, i));
	s.foot = word_fill(a, W(annex_printed), day_chinese(a, cx_today(&x->m.v->x->cx)),
	    word_n(a, W(annex_record), value_num(value_get(&x->m.state, S("at")))));
	return s;
}

/* Finds the clock that the address names; false: answered. */
static bool
annex_open(struct exchange *e, struct view *v, struct annex *x)
{
	*x = (struct annex){ .id = e->req.args[2] };
	if (!view_open(e, v))
		return false;
	if (!show_subject(e, 0, 1).n) {
		respond_error(e, 404);
		return false;
	}
	if (!view_ok(v, matter_load(v, show_subject(e, 0, 1), &x->m)))
		return false;
	x->clock = value_get(value_get(&x->m.state, S("clocks")), x->id);
	if (value_is_null(x->clock)) {
		respond_error(e, 404);
		return false;
	}
	return view_ok(v, read_history(&e->cx, &v->r, x->m.subject, &x->history));
}

void
page_clock_annex(struct exchange *e)
{
	struct arena *a = &e->arena;
	struct annex x;
	struct sheet s;
	struct str back;
	struct html *h;
	VIEW v = { 0 };

	if (!annex_open(e, &v, &x))
		return;
	s = annex_sheet(&x);
	back = show_path(a, x.m.subject);
	h = page_open(e, .title = W(annex), .above = W(annex_above),
	    .crumbs = { { W(home), S("/") }, { x.m.procedure->title, back } });
	sheet_put(h, &s);
	button_row_open(h);
	button_link(h,
	    str_fmt(
		a, "/m/%.*s/clock/%.*s/sheet.docx", STR_ARG(x.m.subject), STR_ARG(x.id)),
	    W(annex_docx));
	button_row_close(h);
	page_close(e, h, 200);
}

void
page_clock_annex_docx(struct exchange *e)
{
	struct arena *a = &e->arena;
	struct value more = value_map();
	struct annex x;
	struct sheet s;
	VIEW v = { 0 };

	if (!annex_open(e, &v, &x))
		return;
	value_set_text(a, &more, "file", W(annex));
	if (!view_ok(&v, door_access(&e->cx, e->site->door, v.person, S("export"),
			     x.m.subject, &more)))
		return;
	s = annex_sheet(&x);
	respond_download(e, DOCX_TYPE,
	    word_fill(a, W(annex_file), value_str(value_get(x.clock, S("title")))),
	    sheet_docx(&e->cx, &s));
}
