/* What happened, the newest first: when it was done, when it was registered, by whom for
 * which unit, and what it changed. */
#include "base/date.h"
#include "web/pages/matter.h"
#include "web/pages/record_say.h"
#include "web/pages/sealed.h"
#include "web/word.h"

enum { FOLDED = 4 };

struct happening {
	struct html *h;
	struct view *v;
	const struct value *event, *open;
	const struct procedure_def *procedure; /* of this edition, or NULL */
	const struct field_list *fields;
	const struct id_list *hidden;
};

static struct str
child_title(const struct happening *e)
{
	const struct value *subject = value_get(e->open, S("child"));
	const struct procedure_def *p = defs_procedure(
	    e->v->defs, subject_family(value_str(subject)));

	return p ? p->title : S("");
}

static struct str
act_title(const struct happening *e)
{
	const struct action_def *a = e->procedure
					 ? action_find(e->procedure,
					       value_str(value_get(e->open, S("action"))))
					 : NULL;

	return a ? a->title : W(kind_acted);
}

static struct str
clock_title(const struct happening *e)
{
	const struct clock_def *c = e->procedure
					? clock_find(e->procedure,
					      value_str(value_get(e->open, S("clock"))))
					: NULL;

	return word_fill(
	    &e->v->x->arena, W(kind_lapsed), c ? c->title : W(matter_clocks));
}

/* A notice of holidays moved a term: from which day to which. */
static struct str
moved_title(const struct happening *e)
{
	struct arena *a = &e->v->x->arena;
	const struct value *clock = value_get(
	    value_get(e->open, S("clocks")), value_str(value_get(e->open, S("clock"))));

	return word_fill(a, W(kind_moved), value_str(value_get(clock, S("title"))),
	    day_chinese(a, value_num(value_get(e->open, S("was")))),
	    day_chinese(a, value_num(value_get(e->open, S("now")))));
}

/* On a number block: the number that an act elsewhere used, or did not use after all. */
static struct str
paper_title(const struct happening *e)
{
	struct arena *a = &e->v->x->arena;
	const struct str state = value_str(value_get(e->open, S("state")));

	return word_fill(a,
	    str_eq(state, S("released")) ? W(kind_paper_freed) : W(kind_paper_used),
	    str_fmt(a, "%lld", (long long)value_num(value_get(e->open, S("n")))));
}

static struct str
title_of(const struct happening *e)
{
	const struct str kind = value_str(value_get(e->event, S("kind")));
	struct arena *a = &e->v->x->arena;

	if (str_eq(kind, S("matter-opened")) || str_eq(kind, S("acted")) ||
	    str_eq(kind, S("registered")))
		return act_title(e);
	if (str_eq(kind, S("clock-lapsed")))
		return clock_title(e);
	if (str_eq(kind, S("clock-moved")))
		return moved_title(e);
	if (str_eq(kind, S("child-changed")))
		return word_fill(a, W(kind_child), child_title(e));
	if (str_eq(kind, S("result-lapsed")))
		return W(kind_result_lapsed);
	if (str_eq(kind, S("corrected")))
		return W(act_correct);
	if (str_eq(kind, S("doubt-settled")))
		return W(act_settle);
	if (str_eq(kind, S("issued")))
		return word_fill(
		    a, W(kind_issued), value_str(value_get(e->open, S("title"))));
	if (str_eq(kind, S("rendered")))
		return W(kind_rendered);
	if (str_eq(kind, S("paper-number")))
		return paper_title(e);
	if (str_eq(kind, S("published")))
		return W(kind_published);
	if (str_eq(kind, S("unpublished")))
		return W(kind_unpublished);
	if (str_eq(kind, S("destroyed")))
		return W(act_destroy);
	if (str_eq(kind, S("handed-over")))
		return W(kind_handed);
	if (str_eq(kind, S("entry-put")))
		return W(kind_put);
	return str_eq(kind, S("entry-ended")) ? W(kind_ended) : W(kind_acted);
}

/* When it was registered, and the day it happened where that was another. */
static struct str
when_of(const struct happening *e)
{
	struct arena *a = &e->v->x->arena;
	const int64_t done = value_num(value_get(e->event, S("done")));
	const int64_t recorded = value_num(value_get(e->event, S("recorded")));
	const struct str at = record_when(a, recorded);

	return done == day_of_ms(recorded)
		   ? at
		   : word_fill(a, W(timeline_when), day_chinese(a, done), at);
}

static void
marks_put(const struct happening *e)
{
	const int64_t done = value_num(value_get(e->event, S("done")));
	const int64_t recorded = value_num(value_get(e->event, S("recorded")));
	const struct str kind = value_str(value_get(e->event, S("kind")));
	const struct value *here = value_get(e->open, S("here"));
	const bool registered = here->kind == V_BOOL && !here->b;

	if (!registered && done == day_of_ms(recorded))
		return;
	if (str_eq(kind, S("clock-lapsed")) || str_eq(kind, S("entry-put")))
		return;
	html(e->h, L("<p>"));
	if (registered)
		badge(e->h, TONE_PLAIN, W(mark_registered));
	html(e->h, L(" "));
	if (done != day_of_ms(recorded))
		badge(e->h, TONE_PLAIN, W(mark_late_entry));
	html(e->h, L("</p>\n"));
}

/* Who did it, with the post that was used and its unit. */
static void
actor_put(const struct happening *e)
{
	struct cx *cx = &e->v->x->cx;
	const struct str actor = value_str(value_get(e->event, S("actor")));
	const struct str post = value_str(value_get(e->event, S("behalf")));
	const struct str instead = value_str(value_get(e->open, S("instead")));
	struct value entry;

	html(e->h, L("<p>"), T(show_name(e->v, actor)));
	if (post.n &&
	    read_entry(cx, &e->v->r, post, cx_today(cx), READ_NOW, &entry) == ERR_OK)
		html(e->h, T(W(letter_comma)),
		    T(show_name(e->v, value_str(value_path(&entry, "values.unit")))),
		    T(value_str(value_path(&entry, "values.title"))));
	if (instead.n)
		html(e->h, T(word_fill(&e->v->x->arena, W(timeline_instead),
			       show_name(e->v, instead))));
	html(e->h, L("</p>\n"));
}

/* A few rows as lines: what stands in each, in the order of its columns. */
static void
rows_put(const struct happening *e, const struct field *f, const struct value *rows)
{
	struct arena *a = &e->v->x->arena;

	for (size_t i = 0; i < value_count(rows); i++) {
		LIST(struct str) cells = { 0 };

		for (size_t k = 0; k < f->columns.n; k++) {
			const struct str cell = show_text(e->v, &f->columns.v[k],
			    value_get(value_at(rows, i), f->columns.v[k].id));

			if (cell.n)
				*list_add(a, &cells) = cell;
		}
		html(e->h, L("<p>"), T(f->title), T(W(sign_colon)),
		    T(str_join(a, cells.v, cells.n, W(list_comma))), L("</p>\n"));
	}
}

static bool
has_personal(const struct field *f)
{
	for (size_t i = 0; i < f->columns.n; i++)
		if (f->columns.v[i].personal)
			return true;
	return false;
}

static void
change_put(const struct happening *e, const struct field *f, const struct value *now,
    const struct value *was)
{
	const struct str text = show_text(e->v, f, now);

	if (f->type == FIELD_ROWS && !was && value_count(now) <= FOLDED &&
	    !has_personal(f)) {
		rows_put(e, f, now);
		return;
	}

	html(e->h, L("<p>"), T(f->title), T(W(sign_colon)));
	if (f->personal || f->type == FIELD_FILES ||
	    ((f->type == FIELD_LONG || f->type == FIELD_CODE) && now->kind == V_TEXT))
		show_value(e->h, e->v, f, now);
	else
		html(e->h, T(text.n ? text : W(act_nothing)));
	if (was)
		html(e->h, L(" <span class=\"hint\">"),
		    T(word_fill(&e->v->x->arena, W(timeline_was),
			value_is_null(was) ? W(act_nothing) : show_text(e->v, f, was))),
		    L("</span>"));
	html(e->h, L("</p>\n"));
}

/* The fields that this event set; of an action only those that its form asked for: what
 * the program computed from them is seen above. */
static bool
was_asked(const struct happening *e, struct str id)
{
	const struct str action = value_str(value_get(e->open, S("action")));
	const struct action_def *a = e->procedure && action.n
					 ? action_find(e->procedure, action)
					 : NULL;

	if (!a)
		return true;
	for (size_t i = 0; i < a->form.n; i++)
		if (str_eq(a->form.v[i].field, id))
			return true;
	return false;
}

/* Many values would bury the next event. */
static bool
many_changes(const struct happening *e, const struct value *set)
{
	size_t n = 0;

	for (size_t i = 0; e->fields && i < e->fields->n; i++)
		n += !value_is_null(value_get(set, e->fields->v[i].id)) &&
		     was_asked(e, e->fields->v[i].id);
	return n > FOLDED;
}

/* What a form only brought into a table stands there. */
static void
added_put(const struct happening *e)
{
	const struct value *added = value_get(e->open, S("added"));

	for (size_t i = 0; e->fields && i < e->fields->n; i++) {
		const struct field *f = &e->fields->v[i];
		const struct value *rows = value_get(added, f->id);

		if (value_count(rows) && f->type == FIELD_ROWS &&
		    !(e->hidden && id_list_has(e->hidden, f->id)))
			change_put(e, f, rows, NULL);
	}
}

static void
changes_put(const struct happening *e)
{
	const struct value *set = value_get(e->open, S("set"));
	const struct value *was = value_get(e->open, S("was"));
	const bool folded = many_changes(e, set);
	bool masked = false, any = false;

	if (folded)
		details_open(e->h, W(timeline_content));

	for (size_t i = 0; e->fields && i < e->fields->n; i++) {
		const struct field *f = &e->fields->v[i];
		const struct value *now = value_get(set, f->id);

		if (value_is_null(now) || !was_asked(e, f->id))
			continue;
		if (e->hidden && id_list_has(e->hidden, f->id)) {
			masked = true;
			continue;
		}
		any = true;
		change_put(e, f, now, was->kind == V_MAP ? value_get(was, f->id) : NULL);
	}
	if (folded)
		details_close(e->h);
	if (!any)
		added_put(e);
	if (masked)
		html(e->h, L("<p class=\"hint\">"), T(W(timeline_masked)), L("</p>\n"));
}

static void
said_put(const struct happening *e, const char *key, struct str label)
{
	const struct value *rules = value_get(e->open, str_z(key));

	for (size_t i = 0; i < value_count(rules); i++)
		html(e->h, L("<p>"), T(label),
		    T(value_str(value_get(value_at(rules, i), S("message")))),
		    L("</p>\n"));
}

/* A field of its own says where it is sealed; rows only say how many they are. */
static bool
is_told_above(const struct happening *e, struct str place)
{
	const struct value *set = value_get(e->open, S("set"));

	for (size_t i = 0; set->kind == V_MAP && i < set->map.n; i++)
		if (str_eq(value_str(value_get(&set->map.pairs[i].value, S("sealed"))),
			place))
			return true;
	return false;
}

/* Every other sealed part of the event: how to open it, or who destroyed it. */
static void
parts_put(const struct happening *e)
{
	static const char *const lists[] = { "sealed", "gone" };
	const long long seq = (long long)value_num(value_get(e->event, S("seq")));

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const struct value *parts = value_get(e->event, str_z(lists[i]));

		for (size_t k = 0; k < value_count(parts); k++) {
			const struct str place = str_fmt(&e->v->x->arena, "%lld:%.*s",
			    seq, STR_ARG(value_str(value_at(parts, k))));

			if (is_told_above(e, place))
				continue;
			html(e->h, L("<p class=\"hint\">"));
			sealed_put(e->h, e->v, place);
			html(e->h, L("</p>\n"));
		}
	}
}

/* From whom to whom, and the hand-over in which all of them confirmed it. */
static void
handed_put(const struct happening *e)
{
	const struct str by = value_str(value_get(e->open, S("by")));

	if (!str_eq(value_str(value_get(e->event, S("kind"))), S("handed-over")))
		return;
	html(e->h, L("<p>"),
	    T(word_fill(&e->v->x->arena, W(timeline_handed),
		show_name(e->v, value_str(value_get(e->open, S("from")))),
		show_name(e->v, value_str(value_get(e->open, S("to")))))));
	show_link(e->h, e->v, by);
	html(e->h, L("</p>\n"));
}

/* What this act took back: it was done, and stands no longer. A joint act that waits for
 * others has taken nothing back. */
static void
void_put(const struct happening *e)
{
	const struct value *ids = value_get(e->open, S("void"));
	struct arena *a = &e->v->x->arena;
	LIST(struct str) titles = { 0 };

	for (size_t i = 0; e->procedure && i < value_count(ids); i++) {
		const struct str id = value_str(value_at(ids, i));
		const struct action_def *was = action_find(e->procedure, id);

		if (was && !str_eq(id, value_str(value_get(e->open, S("action")))))
			*list_add(a, &titles) = was->title;
	}
	if (titles.n)
		html(e->h, L("<p>"),
		    T(word_fill(a, W(timeline_void),
			str_join(a, titles.v, titles.n, W(list_comma)))),
		    L("</p>\n"));
}

static void
happening_put(const struct happening *e)
{
	const struct str reason = value_str(value_get(e->open, S("reason")));
	const struct str number = value_str(value_get(e->open, S("number")));

	timeline_item_open(e->h, when_of(e), title_of(e));
	marks_put(e);
	actor_put(e);
	if (number.n)
		html(e->h, L("<p>"), T(number), L("</p>\n"));
	handed_put(e);
	changes_put(e);
	if (reason.n)
		html(e->h, L("<p>"), T(W(act_reason)), T(W(sign_colon)), T(reason),
		    L("</p>\n"));
	void_put(e);
	said_put(e, "warnings", W(timeline_warned));
	parts_put(e);
	timeline_item_close(e->h);
}

/* Files made of what was issued, and what a loose child says of itself, are no news. */
static bool
is_told(const struct value *event)
{
	return !str_eq(value_str(value_get(event, S("kind"))), S("rendered"));
}

enum err
timeline_put(struct html *h, struct matter_page *m)
{
	struct read_page history;

	TRY(read_history(&m->v->x->cx, &m->v->r, m->subject, &history));
	html(h, L("<h2>"), T(W(timeline)), L("</h2>\n"));
	timeline_open(h);
	for (size_t i = history.n; i-- > 0;) {
		struct happening e = { .h = h,
			.v = m->v,
			.event = &history.v[i],
			.open = value_get(&history.v[i], S("open")),
			.hidden = &m->hidden };

		e.procedure = defs_edition(m->v->defs,
		    value_str(value_get(e.event, S("definition"))),
		    subject_family(m->subject));
		e.fields = e.procedure ? &e.procedure->fields : NULL;
		if (is_told(e.event))
			happening_put(&e);
	}
	timeline_close(h);
	return ERR_OK;
}

/* A version says only what is other than before. */
static struct value
version_news(struct view *v, const struct value *values, const struct value *before)
{
	struct value set = value_map();

	for (size_t i = 0; values->kind == V_MAP && i < values->map.n; i++)
		if (!value_eq(&values->map.pairs[i].value,
			value_get(before, values->map.pairs[i].key)))
			value_set(&v->x->arena, &set, values->map.pairs[i].key,
			    values->map.pairs[i].value);
	return set;
}

enum err
timeline_entry_put(struct html *h, struct view *v, struct str subject)
{
	const struct register_def *def = defs_register(v->defs, subject_family(subject));
	struct read_page history;
	const struct value *before;

	TRY(read_history(&v->x->cx, &v->r, subject, &history));
	html(h, L("<h2>"), T(W(timeline)), L("</h2>\n"));
	timeline_open(h);
	for (size_t i = history.n; i-- > 0;) {
		struct value open = *value_get(&history.v[i], S("open"));
		struct happening e = {
			.h = h, .v = v, .event = &history.v[i], .fields = &def->fields
		};

		before = i ? value_path(&history.v[i - 1], "open.values")
			   : value_get(&open, S("none"));
		open = value_copy(&v->x->arena, &open);
		value_set(&v->x->arena, &open, S("set"),
		    version_news(v, value_get(&open, S("values")), before));
		e.open = &open;
		happening_put(&e);
	}
	timeline_close(h);
	return ERR_OK;
}
