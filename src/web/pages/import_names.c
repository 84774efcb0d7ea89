/*
 * The names a plan prints against the units and groups that are known. What is certain is
 * settled by itself; for each other name a person says once what it means. Nothing is
 * guessed in silence.
 */
#include "web/pages/import.h"

#include "intake/names.h"
#include "web/field.h"
#include "web/pages/page.h"
#include "web/word.h"

enum { CANDIDATES_MAX = NAME_CANDIDATES_MAX + 3 };

/* ---- settling ---- */

struct lookup {
	LIST(struct known_name) names;
	LIST(struct name_choice) choices;
	struct map settled; /* printed → means, of the register */
};

static enum err
entries_each(struct import *i, struct str family, size_t limit,
    void (*take)(struct import *i, struct lookup *l, const struct value *version),
    struct lookup *l)
{
	struct cx *cx = &i->x->cx;
	struct read_query q = { .family = family, .limit = limit };
	struct read_page page;

	do {
		TRY(read_entries(cx, &i->v->r, &q, cx_today(cx), &page));
		for (size_t k = 0; k < page.n; k++)
			take(i, l, &page.v[k]);
		q.after = page.next;
	} while (page.next.n);
	return ERR_OK;
}

static void
take_unit(struct import *i, struct lookup *l, const struct value *version)
{
	const struct value *values = value_get(version, S("values"));
	const struct value *aliases = value_get(values, S("aliases"));
	struct known_name *k = list_add(&i->x->arena, &l->names);

	k->name = value_str(value_get(values, S("name")));
	for (size_t n = 0; n < value_count(aliases); n++)
		*list_add(&i->x->arena, &k->aliases) = value_str(value_at(aliases, n));
	*list_add(&i->x->arena, &l->choices) = (struct name_choice){
		.subject = value_str(value_get(version, S("subject"))), .name = k->name
	};
}

static void
take_name(struct import *i, struct lookup *l, const struct value *version)
{
	const struct value *values = value_get(version, S("values"));

	map_put(&i->x->arena, &l->settled, value_str(value_get(values, S("text"))),
	    (void *)(uintptr_t)value_get(values, S("means")));
}

static struct str
known_as(const struct import *i, struct str subject)
{
	for (size_t k = 0; k < i->n_known; k++)
		if (str_eq(i->known[k].subject, subject))
			return i->known[k].name;
	return S("");
}

/* The unit or group of exactly this name; empty when there is none. */
static struct str
by_name(const struct import *i, struct str name)
{
	for (size_t k = 0; k < i->n_known; k++)
		if (str_eq(i->known[k].name, name))
			return i->known[k].subject;
	return S("");
}

static void
settle_at(struct import *i, struct import_name *n, struct str subject, enum settled how)
{
	n->how = how;
	n->name->subject = subject;
	n->found = known_as(i, subject);
}

static void
offer(struct import_name *n, struct name_choice one)
{
	for (size_t k = 0; k < n->n_candidates; k++)
		if (str_eq(n->candidates[k].subject, one.subject))
			return;
	if (n->n_candidates < CANDIDATES_MAX)
		n->candidates[n->n_candidates++] = one;
}

/* The paper may be older than the unit. */
static void
offer_successors(struct import *i, struct import_name *n)
{
	for (size_t k = 0; k < i->n_units; k++) {
		struct name_choice one = i->known[k];

		if (adopt_succeeds(i->v->defs, n->name->text, one.name, &one.reform))
			offer(n, one);
	}
}

/* The very name counts before another unit that bears it in brackets. */
static void
settle_by_match(struct import *i, struct lookup *l, struct import_name *n)
{
	const struct str same = by_name(i, n->name->text);
	struct name_result r;

	if (same.n) {
		settle_at(i, n, same, SETTLED_KNOWN);
		return;
	}
	r = name_match(&i->x->cx, l->names.v, l->names.n, n->name->text);
	switch (r.how) {
	case NAME_EXACT:
	case NAME_ALIAS:
	case NAME_BRACKET:
		settle_at(i, n, i->known[r.index].subject, SETTLED_KNOWN);
		return;
	case NAME_UNKNOWN:
	case NAME_CANDIDATES:
		break;
	}
	n->candidates = arena_array(&i->x->arena, struct name_choice, CANDIDATES_MAX);
	offer_successors(i, n);
	for (size_t k = 0; k < r.candidates.n; k++)
		offer(n, i->known[r.candidates.v[k]]);
}

/* What a person has said here counts before what could be found. */
static bool
settle_as_said(struct import *i, struct import_name *n)
{
	const struct value *said = value_get(
	    value_get(&i->draft.state, S("names")), n->name->text);
	const struct str how = value_str(value_get(said, S("how")));
	const struct str means = value_str(value_get(said, S("means")));

	if (str_eq(how, S("here"))) {
		settle_at(i, n, means, SETTLED_HERE);
	} else if (str_eq(how, S("unit"))) {
		n->how = SETTLED_UNIT;
		n->kind = value_str(value_get(said, S("kind")));
		n->name->subject = means;
	} else if (str_eq(how, S("group"))) {
		n->how = SETTLED_GROUP;
		n->kind = S("group");
		n->name->subject = means;
	} else {
		return false;
	}
	return true;
}

/* A new one that stands in the register by now: an earlier confirmation came that far. */
static void
settle_if_made(struct import *i, struct import_name *n)
{
	const struct str same = by_name(i, n->name->text);

	if (same.n)
		settle_at(i, n, same, SETTLED_KNOWN);
}

enum err
import_names_open(struct import *i)
{
	struct lookup l = { 0 };

	TRY(entries_each(i, S("units"), 1000, take_unit, &l));
	i->n_units = l.choices.n;
	TRY(entries_each(i, S("groups"), 1000, take_unit, &l));
	TRY(entries_each(i, S("names"), 1000, take_name, &l));
	i->known = l.choices.v;
	i->n_known = l.choices.n;
	i->settled = arena_array(&i->x->arena, struct import_name, i->names.n + 1);
	for (size_t k = 0; k < i->names.n; k++) {
		struct import_name *n = &i->settled[k];
		const struct value *before;

		n->name = &i->names.v[k];
		n->kind = n->name->kind;
		before = map_find(&l.settled, n->name->text);
		if (settle_as_said(i, n) && n->name->subject.n)
			continue;
		if (n->how == SETTLED_UNIT || n->how == SETTLED_GROUP) {
			settle_if_made(i, n);
			continue;
		}
		if (before)
			settle_at(i, n, value_str(before), SETTLED_KNOWN);
		else
			settle_by_match(i, &l, n);
	}
	return ERR_OK;
}

size_t
import_unsettled(const struct import *i)
{
	size_t n = 0;

	for (size_t k = 0; k < i->names.n; k++)
		n += i->settled[k].how == SETTLED_NOT;
	return n;
}

/* ---- the page ---- */

static struct str
numbered(struct import *i, const char *name, size_t k)
{
	return str_fmt(&i->x->arena, "%s%zu", name, k);
}

/* What is chosen when the page opens: what was said, else a new one where nothing is like
 * it, else nothing. */
static struct str
chosen(const struct import_name *n)
{
	switch (n->how) {
	case SETTLED_UNIT:
		return S("unit");
	case SETTLED_GROUP:
		return S("group");
	case SETTLED_HERE:
		for (size_t k = 0; k < n->n_candidates; k++)
			if (str_eq(n->candidates[k].subject, n->name->subject))
				return n->name->subject;
		return S("other");
	case SETTLED_NOT:
	case SETTLED_KNOWN:
		break;
	}
	if (n->n_candidates)
		return S("");
	return str_eq(n->name->kind, S("group")) ? S("group") : S("unit");
}

static void
choice_cell(struct grid *t, struct import *i, size_t k)
{
	const struct import_name *n = &i->settled[k];
	struct option options[CANDIDATES_MAX + 4] = { { S(""), W(act_choose), S("") } };
	size_t count = 1;

	for (size_t c = 0; c < n->n_candidates; c++) {
		const struct name_choice *one = &n->candidates[c];

		options[count++] = (struct option){ one->subject,
			one->reform.n
			    ? word_fill(&i->x->arena, W(names_successor), one->name,
				  one->reform)
			    : word_fill(&i->x->arena, W(names_candidate), one->name),
			S("") };
	}
	options[count++] = (struct option){ S("unit"), W(names_new_unit), S("") };
	options[count++] = (struct option){ S("group"), W(names_new_group), S("") };
	options[count++] = (struct option){ S("other"), W(names_other), S("") };
	cell_open(t);
	field_select(t->h, .name = numbered(i, "u", k), .hide_label = true,
	    .label = word_fill(&i->x->arena, W(names_means), n->name->text),
	    .value = chosen(n), .choices = options, .n = count);
	cell_close(t);
}

static void
kind_cell(struct grid *t, struct import *i, size_t k, const struct choice_list *kinds)
{
	const struct import_name *n = &i->settled[k];
	struct option *options = arena_array(&i->x->arena, struct option, kinds->n);
	size_t count = 0;

	for (size_t c = 0; c < kinds->n; c++)
		if (!str_eq(kinds->v[c].id, S("group")))
			options[count++] = (struct option){ kinds->v[c].id,
				kinds->v[c].title, S("") };
	cell_open(t);
	field_select(t->h, .name = numbered(i, "k", k), .hide_label = true,
	    .label = word_fill(&i->x->arena, W(names_kind), n->name->text),
	    .value = str_eq(n->kind, S("group")) ? S("other") : n->kind,
	    .choices = options, .n = count);
	cell_close(t);
}

static void
other_cell(struct grid *t, struct import *i, size_t k)
{
	const struct import_name *n = &i->settled[k];
	const struct str name = numbered(i, "o", k);
	const bool other = n->how == SETTLED_HERE;

	cell_open(t);
	field_text(t->h, .name = name, .hide_label = true,
	    .label = word_fill(&i->x->arena, W(names_other_is), n->name->text),
	    .value = other ? n->found : S(""), .list = S("known"));
	cell_close(t);
}

static bool
is_open(const struct import_name *n)
{
	return n->how != SETTLED_KNOWN;
}

static void
open_names_put(struct html *h, struct import *i)
{
	const struct grid_column columns[] = { { .title = W(names_printed),
						   .head = true },
		{ .title = W(names_leads), .number = true },
		{ .title = W(names_takes_part), .number = true },
		{ .title = W(names_is) }, { .title = W(names_unit_kind) },
		{ .title = W(names_other_column) } };
	const struct choice_list *kinds = map_find(&i->v->defs->choices, S("unit-kinds"));
	struct grid t = grid_open(h, W(names_open), columns, 6);

	for (size_t k = 0; k < i->names.n; k++) {
		if (!is_open(&i->settled[k]))
			continue;
		row_open(&t);
		cell(&t, T(i->names.v[k].text));
		cell(&t,
		    T(word_n(&i->x->arena, W(items_n), (int64_t)i->names.v[k].leads)));
		cell(&t, T(word_n(&i->x->arena, W(items_n),
			     (int64_t)i->names.v[k].takes_part)));
		choice_cell(&t, i, k);
		kind_cell(&t, i, k, kinds);
		other_cell(&t, i, k);
		row_close(&t);
	}
	grid_close(&t);
}

static void
known_names_put(struct html *h, struct import *i)
{
	const struct grid_column columns[] = { { .title = W(names_printed),
						   .head = true },
		{ .title = W(names_known_is) } };
	struct grid t;
	size_t n = 0;

	for (size_t k = 0; k < i->names.n; k++)
		n += !is_open(&i->settled[k]);
	if (!n)
		return;
	details_open(h, word_n(&i->x->arena, W(names_known_n), (int64_t)n));
	t = grid_open(h, W(names_known), columns, 2);
	for (size_t k = 0; k < i->names.n; k++) {
		if (is_open(&i->settled[k]))
			continue;
		row_open(&t);
		cell(&t, T(i->names.v[k].text));
		cell(&t, T(i->settled[k].found));
		row_close(&t);
	}
	grid_close(&t);
	details_close(h);
}

static void
names_page(struct import *i, int status)
{
	struct html *h = import_page(i, 2);
	size_t open = 0;

	for (size_t k = 0; k < i->names.n; k++)
		open += is_open(&i->settled[k]);
	html(h, L("<p>"));
	html_say(h, W(names_text), N((int64_t)i->names.n), N((int64_t)open));
	html(h, L("</p>\n"));
	form_open(h, import_path(i, "/names"));
	if (open) {
		html(h, L("<datalist id=\"known\">\n"));
		for (size_t k = 0; k < i->n_known; k++)
			html(h, L("<option value=\""), T(i->known[k].name),
			    L("\"></option>\n"));
		html(h, L("</datalist>\n"));
		open_names_put(h, i);
	}
	known_names_put(h, i);
	button_row_open(h);
	button_primary(h, W(save_on));
	button_row_close(h);
	form_close(h);
	page_close(i->x, h, status);
}

void
page_import_names(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (import_open(x, &v, &i) && view_ok(&v, import_names_open(&i)))
		names_page(&i, 200);
}

/* ---- what was decided ---- */

static bool
is_known(const struct import *i, struct str subject)
{
	for (size_t k = 0; k < i->n_known; k++)
		if (str_eq(i->known[k].subject, subject))
			return true;
	return false;
}

static bool
is_kind(const struct import *i, struct str kind)
{
	const struct choice_list *kinds = map_find(&i->v->defs->choices, S("unit-kinds"));

	for (size_t k = 0; k < kinds->n; k++)
		if (str_eq(kinds->v[k].id, kind))
			return !str_eq(kind, S("group"));
	return false;
}

static void
say(struct import *i, struct value *names, size_t k, struct str how, struct str means,
    struct str kind)
{
	struct value one = value_map();

	value_set_text(&i->x->arena, &one, "how", how);
	value_set_text(&i->x->arena, &one, "means", means);
	value_set_text(&i->x->arena, &one, "kind", kind);
	value_set(&i->x->arena, names, i->names.v[k].text, one);
}

static void
name_decided(struct import *i, size_t k, struct value *names)
{
	const struct str how = form_get(i->x, numbered(i, "u", k));
	const struct str kind = form_get(i->x, numbered(i, "k", k));
	const struct str text = i->names.v[k].text;
	struct str means = how;

	if (str_eq(how, S("unit")) && is_kind(i, kind)) {
		say(i, names, k, how, S(""), kind);
		return;
	}
	if (str_eq(how, S("group"))) {
		say(i, names, k, how, S(""), S("group"));
		return;
	}
	if (str_eq(how, S("other"))) {
		means = by_name(i, str_trim(form_get(i->x, numbered(i, "o", k))));
		if (!means.n) {
			form_refuse(i->x, numbered(i, "o", k),
			    word_fill(&i->x->arena, W(names_unknown), text));
			return;
		}
	}
	if (is_known(i, means))
		say(i, names, k, S("here"), means, S(""));
	else
		form_refuse(i->x, numbered(i, "u", k),
		    word_fill(&i->x->arena, W(names_undecided), text));
}

void
page_import_names_post(struct exchange *x)
{
	struct value names = value_map();
	struct import i;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i) || !view_ok(&v, import_names_open(&i)))
		return;
	for (size_t k = 0; k < i.names.n; k++)
		if (is_open(&i.settled[k]))
			name_decided(&i, k, &names);
	value_set(&x->arena, &i.draft.state, S("names"), names);
	if (!view_ok(&v, import_save(&i)))
		return;
	if (x->cx.refusals.n)
		names_page(&i, 422);
	else
		respond_redirect(x, import_path(&i, "/confirm"));
}
