/* Every component once, as it looks and behaves: for those who build pages, and for the
 * pictures that the browser tests take. Shown only where the server was started with
 * --style. */
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/word.h"

static void
forms_put(struct html *h)
{
	const struct option kinds[] = {
		{ S("1"), W(style_kind_1), S("") },
		{ S("2"), W(style_kind_2), S("") },
		{ S("3"), W(style_kind_3), W(style_kind_3_h) },
	};
	const struct option units[] = {
		{ S("1"), W(style_unit_1), S("") },
		{ S("2"), W(style_unit_2), S("") },
		{ S("3"), W(style_unit_3), S("") },
	};
	const struct str ticked[] = { S("2") };

	html(h, L("<h2>"), T(W(style_forms)), L("</h2>\n"));
	form_open_files(h, S("/style"));
	field_text(h, .name = S("name"), .label = W(style_plan_name),
	    .hint = W(style_hint_name), .basis = W(style_basis));
	field_area(h, .name = S("text"), .label = W(style_progress),
	    .hint = W(style_progress_h));
	field_day(h, .name = S("done"), .label = W(style_done));
	field_radios(h, .name = S("kind"), .label = W(style_kind), .choices = kinds,
	    .n = 3, .value = S("1"));
	field_checks(h, .name = S("units"), .label = W(style_units), .choices = units,
	    .n = 3, .checked = ticked, .nchecked = 1);
	field_select(
	    h, .name = S("one"), .label = W(style_lead_unit), .choices = units, .n = 3);
	field_text(h, .name = S("count"), .label = W(style_count),
	    .suffix = W(style_suffix), .narrow = true, .optional = true);
	field_file(
	    h, .name = S("file"), .label = W(style_file), .many = true, .optional = true);
	button_row_open(h);
	button_primary(h, W(style_save));
	button_second(h, S("draft"), S("1"), W(style_other));
	button_row_close(h);
	form_close(h);
}

static void
table_put(struct html *h, struct arena *a)
{
	const struct grid_column columns[] = {
		{ .title = W(style_tick), .tick = S("task") },
		{ .title = W(style_no), .sort = S("/style?order=no"), .sorted = 1 },
		{ .title = W(style_task), .head = true, .wide = true },
		{ .title = W(style_lead_unit) },
		{ .title = W(style_state) },
		{ .title = W(style_due), .sort = S("/style?order=due"), .day = true },
		{ .title = W(style_days), .number = true },
	};
	const struct {
		enum tone tone;
		struct str text, unit, state;
	} rows[] = {
		{ TONE_LATE, W(style_text_1), W(style_unit_2), W(style_late) },
		{ TONE_WARN, W(style_text_2), W(style_unit_1), W(style_warn) },
		{ TONE_GOING, W(style_text_3), W(style_unit_3), W(style_going) },
		{ TONE_DONE, W(style_text_3), W(style_unit_1), W(style_done_state) },
		{ TONE_REST, W(style_text_1), W(style_unit_2), W(style_rest) },
		{ TONE_PLAIN, W(style_text_3), W(style_unit_1), W(style_sent) },
	};
	struct grid t = grid_open(h, W(style_caption), columns, 7);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		row_open(&t);
		cell_open(&t);
		tick_box(h, S("task"), str_fmt(a, "%zu", i), rows[i].text, false);
		cell_close(&t);
		cell(&t, N(161 + (int64_t)i));
		cell(&t, L("<a href=\"/style\">"), T(rows[i].text), L("</a>"));
		cell(&t, T(rows[i].unit));
		cell_open(&t);
		badge(h, rows[i].tone, rows[i].state);
		cell_close(&t);
		cell(&t, L("2018-06-30"));
		cell(&t, N(30 - 14 * (int64_t)i));
		row_close(&t);
	}
	grid_close(&t);
	pager(h, S(""), S("/style?after=25"), W(style_shown));
}

static void
ledger_put(struct html *h, struct arena *a)
{
	struct grid_column columns[12] = { { .title = W(style_no), .head = true } };
	struct grid t;

	for (size_t i = 1; i < 12; i++) {
		columns[i].title = word_fill(
		    a, W(style_column), str_fmt(a, "%zu", i + 1));
		columns[i].wide = i == 1;
	}
	t = grid_open_scroll(h, W(style_wide), columns, 12);
	for (int row = 1; row <= 3; row++) {
		row_open(&t);
		cell(&t, N(row));
		cell(&t, T(W(style_text_1)));
		for (int i = 2; i < 12; i++)
			cell(&t, T(W(style_unit_1)));
		row_close(&t);
	}
	grid_close(&t);
}

static void
data_put(struct html *h, struct arena *a)
{
	const struct tab views[] = {
		{ W(style_tab_all), S("/style"), 174, true },
		{ W(style_tab_late), S("/style?state=late"), 12, false },
		{ W(style_tab_warn), S("/style?state=warn"), 9, false },
	};

	html(h, L("<h2>"), T(W(style_data)), L("</h2>\n"));
	figures_open(h);
	figure(h, TONE_LATE, 12, W(style_tab_late), S("/style?state=late"));
	figure(h, TONE_WARN, 9, W(style_tab_warn), S("/style?state=warn"));
	figure(h, TONE_GOING, 100, W(style_going), S("/style?state=going"));
	figure(h, TONE_DONE, 53, W(style_done_state), S(""));
	figures_close(h);
	progress(h, W(style_unit_1), 31, 47);
	progress(h, W(style_unit_2), 3, 19);
	tabs(h, W(style_state), views, 3);
	table_put(h, a);
	ledger_put(h, a);
}

static void
facts_put(struct html *h)
{
	html(h, L("<h2>"), T(W(style_facts)), L("</h2>\n"));
	facts_open(h);
	fact(h, W(style_lead_unit), T(W(style_unit_2)));
	fact(h, W(style_leader), T(W(style_leader_1)));
	fact_open(h, W(style_state));
	badge(h, TONE_LATE, W(style_late));
	fact_close(h);
	fact(h, W(style_due), L("<a href=\"/style\">2018-05-20</a>"));
	facts_close(h);
	details_open(h, W(style_details));
	html(h, L("<p>"), T(W(style_details_text)), L("</p>\n"));
	details_close(h);
	html(h, L("<h2>"), T(W(style_when)), L("</h2>\n"));
	timeline_open(h);
	timeline_item_open(h, W(style_when_1), W(style_event_1));
	html(h, L("<p>"), T(W(style_event_text)), L("</p>"));
	timeline_item_close(h);
	timeline_item_open(h, W(style_when_2), W(style_event_2));
	timeline_item_close(h);
	timeline_close(h);
}

static void
boxes_put(struct html *h)
{
	static const enum tone tones[] = { TONE_PLAIN, TONE_WARN, TONE_LATE };

	for (size_t i = 0; i < sizeof tones / sizeof *tones; i++) {
		notice_open(h, tones[i], W(style_warn));
		html(h, L("<p>"), T(W(style_notice)), L("</p>\n"));
		notice_close(h);
	}
	panel_open(h, W(style_panel), W(style_panel_text));
	panel_close(h);
	empty_put(h, W(style_empty), W(style_empty_text));
	copy_text(h, S("remind"), W(style_remind), W(style_remind_text));
}

static void
style_put(struct exchange *x, int status)
{
	struct html *h = page_open(x, .title = W(style), .wide = true,
	    .crumbs = { { W(home), S("/") }, { W(style), S("/style") } });

	error_summary(h);
	html(h, L("<p class=\"lead\">"), T(W(style_lead)), L("</p>\n"));
	data_put(h, &x->arena);
	facts_put(h);
	boxes_put(h);
	forms_put(h);
	page_close(x, h, status);
}

void
page_style(struct exchange *x)
{
	style_put(x, 200);
}

/* Refuses everything, to show how that looks. */
void
page_style_post(struct exchange *x)
{
	const struct refusal refusals[] = {
		{ .field = S("text"), .message = W(style_required) },
		{ .field = S("done"), .message = W(style_day_wrong) },
		{ .message = W(style_gate),
		    .basis = W(style_basis),
		    .ways = W(style_ways) },
	};

	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		*list_add(&x->arena, &x->cx.refusals) = refusals[i];
	style_put(x, 422);
}
