/*
 * The three administrators: who keeps the system, who the accounts and powers, who
 * audits; who holds more than one of them and why; who announced a power for himself.
 * What is refused at the door is read here once more from what stands in the registers
 * today, so that what came in another way is seen too.
 */
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/record_say.h"
#include "web/pages/show.h"
#include "web/pages/unit.h"
#include "web/site.h"
#include "web/word.h"

enum { DUTIES = 3, KEEPERS_MAX = 1000 };

static const char *const competences[DUTIES][2] = { { "keep-units", "keep-system" },
	{ "grant", "keep-security" }, { "audit", NULL } };

struct keeper {
	struct str person;
	bool has[DUTIES], explained;
};

struct powers_page {
	struct view *v;
	LIST(struct keeper) keepers;
	struct read_page concurrent, announced;
};

static struct str
duty_title(size_t duty)
{
	return duty == 0   ? W(powers_system)
	       : duty == 1 ? W(powers_security)
			   : W(powers_audit);
}

static struct keeper *
keeper_of(struct powers_page *p, struct str person)
{
	struct keeper *k;

	for (size_t i = 0; i < p->keepers.n; i++)
		if (str_eq(p->keepers.v[i].person, person))
			return &p->keepers.v[i];
	k = list_add(&p->v->x->arena, &p->keepers);
	*k = (struct keeper){ .person = person };
	return k;
}

static enum err
post_read(struct powers_page *p, struct str post, size_t duty)
{
	static const char *const seats[] = { "values.holder", "values.deputy" };
	struct cx *cx = &p->v->x->cx;
	struct value entry;
	const enum err err = read_entry(
	    cx, &p->v->r, post, cx_today(cx), READ_NOW, &entry);

	if (err == ERR_NOT_FOUND)
		return ERR_OK; /* the post has ended, and its powers with it */
	TRY(err);
	for (size_t i = 0; i < 2; i++) {
		const struct str person = value_str(value_path(&entry, seats[i]));

		if (person.n)
			keeper_of(p, person)->has[duty] = true;
	}
	return ERR_OK;
}

static enum err
duty_read(struct powers_page *p, size_t duty, struct str competence)
{
	struct cx *cx = &p->v->x->cx;
	const struct read_filter is = { S("what"), READ_IS, value_text(competence) };
	const struct read_query q = {
		.family = S("competences"), .filters = &is, .n = 1, .limit = KEEPERS_MAX
	};
	struct read_page grants;

	TRY(read_entries(cx, &p->v->r, &q, cx_today(cx), &grants));
	for (size_t i = 0; i < grants.n; i++)
		TRY(post_read(
		    p, value_str(value_path(&grants.v[i], "values.post")), duty));
	return ERR_OK;
}

static enum err
entries_all(struct powers_page *p, const char *family, struct read_page *out)
{
	struct cx *cx = &p->v->x->cx;
	const struct read_query q = { .family = str_z(family), .limit = KEEPERS_MAX };

	*out = (struct read_page){ 0 };
	if (!defs_register(p->v->defs, q.family))
		return ERR_OK;
	return read_entries(cx, &p->v->r, &q, cx_today(cx), out);
}

static enum err
powers_load(struct powers_page *p)
{
	const int64_t today = cx_today(&p->v->x->cx);

	for (size_t duty = 0; duty < DUTIES; duty++)
		for (size_t i = 0; i < 2 && competences[duty][i]; i++)
			TRY(duty_read(p, duty, str_z(competences[duty][i])));
	TRY(entries_all(p, "concurrent-duties", &p->concurrent));
	TRY(entries_all(p, "self-grants", &p->announced));
	for (size_t i = 0; i < p->concurrent.n; i++) {
		const struct value *entry = &p->concurrent.v[i];

		if (value_num(value_path(entry, "values.effective")) <= today)
			keeper_of(p, value_str(value_path(entry, "values.person")))
			    ->explained = true;
	}
	return ERR_OK;
}

/* ---- the page ---- */

static void
breaches_put(struct html *h, struct powers_page *p)
{
	struct arena *a = &p->v->x->arena;

	for (size_t i = 0; i < p->keepers.n; i++) {
		const struct keeper *k = &p->keepers.v[i];
		LIST(struct str) held = { 0 };

		for (size_t duty = 0; duty < DUTIES; duty++)
			if (k->has[duty])
				*list_add(a, &held) = duty_title(duty);
		if (held.n < 2 || k->explained)
			continue;
		notice_open(h, TONE_LATE, W(powers_concurrent));
		html(h, L("<p>"));
		html_say(h, W(powers_breach), T(show_name(p->v, k->person)),
		    T(str_join(a, held.v, held.n, W(list_comma))));
		html(h, L("</p>\n"));
		notice_close(h);
	}
}

static void
keepers_put(struct html *h, struct powers_page *p)
{
	facts_open(h);
	for (size_t duty = 0; duty < DUTIES; duty++) {
		LIST(struct str) names = { 0 };

		for (size_t i = 0; i < p->keepers.n; i++)
			if (p->keepers.v[i].has[duty])
				*list_add(&p->v->x->arena, &names) = show_name(
				    p->v, p->keepers.v[i].person);
		fact(h, duty_title(duty),
		    T(names.n ? str_join(&p->v->x->arena, names.v, names.n, W(list_comma))
			      : W(powers_none)));
	}
	facts_close(h);
}

static void
concurrent_put(struct html *h, struct powers_page *p)
{
	const struct grid_column columns[] = { { .title = W(powers_person),
						   .head = true },
		{ .title = W(powers_duties) },
		{ .title = W(powers_staff), .number = true },
		{ .title = W(powers_reason), .wide = true },
		{ .title = W(powers_effective), .day = true } };
	struct grid g;

	html(h, L("<h2>"), T(W(powers_concurrent)), L("</h2>\n"));
	if (!p->concurrent.n) {
		html(h, L("<p>"), T(W(powers_no_concurrent)), L("</p>\n"));
		return;
	}
	g = grid_open(h, W(powers_holders), columns, 5);
	for (size_t i = 0; i < p->concurrent.n; i++) {
		const struct value *values = value_get(&p->concurrent.v[i], S("values"));

		row_open(&g);
		cell(&g, T(show_name(p->v, value_str(value_get(values, S("person"))))));
		cell(&g, T(value_str(value_get(values, S("duties")))));
		cell(&g, N(value_num(value_get(values, S("staff")))));
		cell(&g, T(value_str(value_get(values, S("reason")))));
		cell(&g, T(day_chinese(&p->v->x->arena,
			     value_num(value_get(values, S("effective"))))));
		row_close(&g);
	}
	grid_close(&g);
}

static void
announced_put(struct html *h, struct powers_page *p)
{
	const struct grid_column columns[] = { { .title = W(powers_person),
						   .head = true },
		{ .title = W(powers_what) }, { .title = W(powers_reason), .wide = true },
		{ .title = W(powers_effective), .day = true } };
	const struct register_def *def = defs_register(p->v->defs, S("self-grants"));
	const struct field *what = def ? field_find(&def->fields, S("what")) : NULL;
	struct grid g;

	html(h, L("<h2>"), T(W(powers_announced)), L("</h2>\n"));
	if (!p->announced.n || !what) {
		html(h, L("<p>"), T(W(powers_no_announced)), L("</p>\n"));
		return;
	}
	g = grid_open(h, W(powers_notices), columns, 4);
	for (size_t i = 0; i < p->announced.n; i++) {
		const struct value *values = value_get(&p->announced.v[i], S("values"));

		row_open(&g);
		cell(&g, T(show_name(p->v, value_str(value_get(values, S("person"))))));
		cell(&g, T(choice_title(what, value_str(value_get(values, S("what"))))));
		cell(&g, T(value_str(value_get(values, S("reason")))));
		cell(&g, T(day_chinese(&p->v->x->arena,
			     value_num(value_get(values, S("effective"))))));
		row_close(&g);
	}
	grid_close(&g);
}

void
page_record_powers(struct exchange *x)
{
	VIEW v = { 0 };
	struct powers_page p = { .v = &v };
	struct html *h;

	if (!record_open(x, &v, RECORD_POWERS) || !view_ok(&v, powers_load(&p)))
		return;
	h = page_open(x, .title = W(powers_page), .section = S("/record"));
	record_tabs(h, RECORD_POWERS);
	html(h, L("<p>"), T(W(powers_page_text)), L("</p>\n"));
	breaches_put(h, &p);
	keepers_put(h, &p);
	concurrent_put(h, &p);
	announced_put(h, &p);
	if (unit_may(&v, "grant")) {
		button_row_open(h);
		button_link(h, S("/new/concurrent-duties/put?to=/record/powers"),
		    W(powers_concurrent_new));
		button_link(h, S("/new/self-grants/put?to=/record/powers"),
		    W(powers_announce_new));
		button_row_close(h);
	}
	page_close(x, h, 200);
}
