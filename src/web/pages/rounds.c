/*
 * Each form asked of a unit costs it work, so they are counted where everybody who may
 * ask sees them (国办函〔2026〕12号; practice: two rounds a year).
 */
#include "web/pages/rounds.h"

#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/word.h"

/* ---- rounds of the year ---- */

/* The county's own number from its first day, else the default of law/. */
static int64_t
parameter(struct programme *p, struct str id)
{
	const struct parameter_def *def = map_find(&p->v->defs->parameters, id);
	int64_t n = def ? def->value : 0;
	struct value entry;

	if (read_entry_by(p->cx, &p->v->r, S("parameters"), S("id"), id, p->today,
		&entry) == ERR_OK)
		str_int(value_str(value_path(&entry, "values.value")), &n);
	return n;
}

static enum err
rounds_of(struct programme *p, const struct plan_row *plan, size_t *out)
{
	const int year = day_civil(p->today).year;
	const struct read_filter filters[] = {
		{ S("plan"), READ_IS, value_text(plan->subject) },
		{ S("opened"), READ_FROM, value_int(day_of(year, 1, 1)) },
		{ S("opened"), READ_TO, value_int(day_of(year, 12, 31)) },
	};
	const struct read_query q = { .family = S("round"), .filters = filters, .n = 3 };

	return read_count(p->cx, &p->v->r, &q, p->today, 100, out);
}

static enum err
limits_put(struct html *h, struct programme *p, bool supervises)
{
	const int64_t most = parameter(p, S("rounds-a-year"));
	struct plan_rows plans;

	TRY(programme_plans(p, &plans));
	html(h, L("<h2>"), T(W(rounds)), L("</h2>\n"));
	for (size_t i = 0; i < plans.n; i++) {
		size_t n;

		TRY(rounds_of(p, &plans.v[i], &n));
		progress(h, plans.v[i].title, (int64_t)n, most);
	}
	html(h, L("<p class=\"hint\">"));
	html_say(h, W(rounds_limit), N(most));
	html(h, L("</p>\n<ul class=\"picks\">\n<li><a href=\"/board/forms\">"),
	    T(W(forms_asked)), L("</a></li>\n"));
	if (supervises)
		html(h, L("<li><a href=\"/new/round/start\">"), T(W(rounds_start)),
		    L("</a></li>\n"));
	html(h, L("</ul>\n"));
	return ERR_OK;
}

/* ---- reminders that are open ---- */

static struct str
do_url(struct programme *p, struct str subject, struct str action)
{
	return str_fmt(
	    p->cx->arena, "/m/%.*s/do/%.*s", STR_ARG(subject), STR_ARG(action));
}

/* What may be done next, by this reader; further steps are drafts for who has the power.
 */
static enum err
ways_put(struct html *h, struct programme *p, struct str subject)
{
	struct act_choices choices;

	TRY(asker_choices(p->cx, &p->asker, subject, S(""), &choices));
	for (size_t i = 0; i < choices.n; i++)
		if (choices.v[i].allowed)
			html(h, L("<p><a href=\""),
			    U(do_url(p, subject, choices.v[i].action->id)), L("\">"),
			    T(choices.v[i].action->title), L("</a></p>"));
	return ERR_OK;
}

static enum err
reminder_put(struct html *h, struct programme *p, struct grid *g, const struct value *v)
{
	const struct str subject = value_str(value_get(v, S("subject")));
	const struct value *state = value_get(v, S("state"));
	const struct value *issued = value_get(state, S("issued"));
	const struct procedure_def *def = defs_edition(
	    p->v->defs, value_str(value_get(state, S("edition"))), S("reminder"));
	const struct stage_def *stage = def ? stage_find(def,
						  value_str(value_get(state, S("stage"))))
					    : NULL;
	const struct str number = value_str(value_get(value_at(issued, 0), S("number")));

	row_open(g);
	cell(g, T(programme_party(p, value_str(value_path(state, "fields.unit")))->name));
	cell(g, L("<a href=\"/m/"), T(subject), L("\">"),
	    T(number.n ? number : W(reminder_letter)), L("</a>"));
	cell(g, T(day_iso(p->cx->arena, value_num(value_get(state, S("opened"))))));
	cell(g, T(stage ? stage->title : S("")));
	cell_open(g);
	TRY(ways_put(h, p, subject));
	cell_close(g);
	row_close(g);
	return ERR_OK;
}

static bool
may_see(const struct value *state, bool supervises, const struct id_list *own)
{
	return supervises ||
	       id_list_has(own, value_str(value_path(state, "fields.unit"))) ||
	       id_list_has(own, value_str(value_path(state, "fields.holder")));
}

static enum err
reminders_put(
    struct html *h, struct programme *p, bool supervises, const struct id_list *own)
{
	const struct grid_column columns[] = {
		{ .title = W(reminder_unit), .head = true },
		{ .title = W(reminder_letter) },
		{ .title = W(reminder_day), .day = true },
		{ .title = W(filter_stage) },
		{ .title = W(reminder_next), .wide = true },
	};
	const struct read_filter open = { S("closed"), READ_IS, value_bool(false) };
	const struct read_query q = {
		.family = S("reminder"), .filters = &open, .n = 1, .limit = 1000
	};
	struct read_page page;
	struct grid g = { 0 };

	TRY(read_matters(p->cx, &p->v->r, &q, &page));
	for (size_t i = 0; i < page.n; i++) {
		if (!may_see(value_get(&page.v[i], S("state")), supervises, own))
			continue;
		if (!g.h)
			g = grid_open(h, W(reminders_open), columns, 5);
		TRY(reminder_put(h, p, &g, &page.v[i]));
	}
	if (g.h)
		grid_close(&g);
	return ERR_OK;
}

enum err
rounds_put(
    struct html *h, struct programme *p, bool supervises, const struct id_list *own)
{
	TRY(reminders_put(h, p, supervises, own));
	return limits_put(h, p, supervises);
}

/* ---- forms asked of each unit this quarter ---- */

enum { ASK_ROUND, ASK_YEARLY, ASK_INQUIRY, ASK_COUNT_ };
static const struct str families[ASK_COUNT_] = { S("round"), S("yearly-report"),
	S("inquiry") };

struct asked {
	struct str unit;
	int64_t counts[ASK_COUNT_];
};
struct asked_list {
	struct asked *v;
	size_t n, cap;
};

static void
count(struct programme *p, struct asked_list *list, struct str unit, size_t what)
{
	struct asked *one = NULL;

	for (size_t i = 0; i < list->n && !one; i++)
		if (str_eq(list->v[i].unit, unit))
			one = &list->v[i];
	if (!one) {
		one = list_add(p->cx->arena, list);
		one->unit = unit;
	}
	one->counts[what]++;
}

static enum err
asked_read(struct programme *p, int64_t from, struct asked_list *out)
{
	const struct read_filter since = { S("opened"), READ_FROM, value_int(from) };

	for (size_t f = 0; f < ASK_COUNT_; f++) {
		const struct read_query q = {
			.family = families[f], .filters = &since, .n = 1, .limit = 1000
		};
		struct read_page page;

		TRY(read_matters(p->cx, &p->v->r, &q, &page));
		for (size_t i = 0; i < page.n; i++) {
			const struct value *asked = value_path(
			    &page.v[i], "state.fields.asked");

			if (asked->kind == V_TEXT)
				count(p, out, asked->s, f);
			for (size_t k = 0; k < value_count(asked); k++)
				count(p, out, value_str(value_at(asked, k)), f);
		}
	}
	return ERR_OK;
}

static struct str
family_title(struct programme *p, struct str family)
{
	const struct procedure_def *def = defs_procedure(p->v->defs, family);

	return def ? def->title : S("");
}

static void
asked_put(struct html *h, struct programme *p, const struct asked_list *list)
{
	const struct grid_column columns[] = {
		{ .title = W(reminder_unit), .head = true, .wide = true },
		{ .title = family_title(p, families[0]), .number = true },
		{ .title = family_title(p, families[1]), .number = true },
		{ .title = family_title(p, families[2]), .number = true },
		{ .title = W(forms_total), .number = true },
	};
	struct grid g = grid_open(h, W(forms_caption), columns, 5);

	for (size_t i = 0; i < list->n; i++) {
		int64_t total = 0;

		row_open(&g);
		cell(&g, T(programme_party(p, list->v[i].unit)->name));
		for (size_t f = 0; f < ASK_COUNT_; f++) {
			cell(&g, N(list->v[i].counts[f]));
			total += list->v[i].counts[f];
		}
		cell(&g, N(total));
		row_close(&g);
	}
	grid_close(&g);
}

void
page_forms_asked(struct exchange *x)
{
	struct asked_list list = { 0 };
	struct programme p;
	struct civil today;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	programme_open(&v, &p);
	today = day_civil(p.today);
	if (!view_ok(
		&v, asked_read(
			&p, day_of(today.year, (today.month - 1) / 3 * 3 + 1, 1), &list)))
		return;
	struct html *h = page_open(x, .title = W(forms_asked), .section = S("/board"),
	    .crumbs = { { W(board), S("/board") } });
	html(h, L("<p>"), T(W(forms_text)), L("</p>\n"));
	if (list.n)
		asked_put(h, &p, &list);
	else
		empty_put(h, W(forms_none), W(forms_none_text));
	page_close(x, h, 200);
}
