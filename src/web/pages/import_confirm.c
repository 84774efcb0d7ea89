/*
 * The last step of an import: what the paper says about its adoption, then the acts, one
 * after another: names, plan, tasks, adoption. Each step notes in the draft what it made,
 * and carries a key of its own, so that a confirmation that broke off goes on where it
 * stopped and nothing is made twice.
 */
#include "web/field.h"
#include "web/pages/import.h"
#include "web/pages/page.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

/* ---- the form ---- */

static struct str
given(struct import *i, const char *name, struct str otherwise)
{
	const struct value *form = value_get(&i->draft.state, S("form"));
	const struct value *v = value_get(form, str_z(name));

	return v->kind == V_TEXT ? v->s : otherwise;
}

static struct str
day_text(struct import *i, int64_t day)
{
	return day == DAY_NONE ? S("") : day_iso(&i->x->arena, day);
}

static const struct field *
field_of(struct import *i, const char *family, const char *id)
{
	const struct register_def *r = defs_register(i->v->defs, str_z(family));
	const struct procedure_def *p = defs_procedure(i->v->defs, str_z(family));

	return field_find(r ? &r->fields : &p->fields, str_z(id));
}

static void
text_row(struct html *h, struct import *i, const char *family, const char *id,
    struct str value, bool optional, bool day)
{
	const struct field *f = field_of(i, family, id);
	const struct input in = { .name = str_z(id),
		.label = f->title,
		.hint = f->hint,
		.optional = optional,
		.value = given(i, id, value) };

	if (day)
		field_day_(h, &in);
	else
		field_text_(h, &in);
}

static void
choice_row(struct html *h, struct import *i, const char *family, const char *id,
    struct str value)
{
	const struct field *f = field_of(i, family, id);
	struct option *options = arena_array(
	    &i->x->arena, struct option, f->options.n + 1);

	for (size_t k = 0; k < f->options.n; k++)
		options[k] = (struct option){ f->options.v[k].id, f->options.v[k].title,
			S("") };
	field_radios(h, .name = str_z(id), .label = f->title, .hint = f->hint,
	    .value = given(i, id, value), .choices = options, .n = f->options.n);
}

static void
yes_row(struct html *h, struct import *i, const char *id, bool value)
{
	const struct option options[] = { { S("1"), W(yes), S("") },
		{ S("0"), W(no), S("") } };
	const struct field *f = field_of(i, "plans", id);

	field_radios(h, .name = str_z(id), .label = f->title, .hint = f->hint,
	    .value = given(i, id, value ? S("1") : S("0")), .choices = options, .n = 2);
}

/* Units by their role in the register, e.g. the government office; empty when none. */
static struct str
with_role(struct import *i, struct str role)
{
	const struct read_filter f = { S("role"), READ_IS, value_text(role) };
	const struct read_query q = { .family = S("units"), .filters = &f, .n = 1 };
	struct read_page page;

	if (read_entries(&i->x->cx, &i->v->r, &q, cx_today(&i->x->cx), &page) != ERR_OK ||
	    !page.n)
		return S("");
	return value_str(value_get(&page.v[0], S("subject")));
}

/* Only a unit of one's own can be the office that this person acts for. */
static void
office_row(struct html *h, struct import *i)
{
	const struct field *f = field_of(i, "plan-adoption", "office");
	struct read_page posts = { 0 };
	struct option *options;

	if (ask_posts(&i->x->cx, &i->v->r, i->v->person, &posts) != ERR_OK)
		posts.n = 0;
	options = arena_array(&i->x->arena, struct option, posts.n + 1);
	for (size_t k = 0; k < posts.n; k++) {
		options[k].value = value_str(value_path(&posts.v[k], "values.unit"));
		options[k].label = ask_name(
		    &i->x->cx, &i->v->r, i->v->defs, options[k].value);
	}
	field_select(h, .name = f->id, .label = f->title, .hint = f->hint,
	    .value = given(i, "office", with_role(i, S("justice"))), .choices = options,
	    .n = posts.n);
}

static void
substitute_row(struct html *h, struct import *i)
{
	const struct field *f = field_of(i, "plan-adoption", "substitute");
	struct option *options = arena_array(&i->x->arena, struct option, i->n_units + 1);

	options[0] = (struct option){ S(""), W(import_no_substitute), S("") };
	for (size_t k = 0; k < i->n_units; k++)
		options[k + 1] = (struct option){ i->known[k].subject, i->known[k].name,
			S("") };
	field_select(h, .name = f->id, .label = f->title, .hint = f->hint,
	    .value = given(i, "substitute", with_role(i, S("government-office"))),
	    .choices = options, .n = i->n_units + 1);
}

static void
mode_row(struct html *h, struct import *i)
{
	const struct option options[] = {
		{ S("registered"), W(import_registered), W(import_registered_hint) },
		{ S("draft"), W(import_draft), W(import_draft_hint) },
	};

	field_radios(h, .name = S("mode"), .label = W(import_mode),
	    .value = given(i, "mode", S("registered")), .choices = options, .n = 2);
}

static void
confirm_page(struct import *i, int status)
{
	const struct adoption a = adoption_of(i->plan);
	const size_t unsettled = import_unsettled(i);
	struct html *h = import_page(i, 3);

	if (unsettled) {
		notice_open(h, TONE_WARN, W(import_unsettled));
		html(h, L("<p><a href=\""), U(import_path(i, "/names")), L("\">"),
		    T(word_n(&i->x->arena, W(import_settle), (int64_t)unsettled)),
		    L("</a></p>"));
		notice_close(h);
	}
	form_open(h, import_path(i, "/confirm"));
	text_row(h, i, "plans", "title", a.title, false, false);
	choice_row(h, i, "plans", "kind", a.kind);
	choice_row(h, i, "plans", "level", a.level);
	text_row(h, i, "plans", "starts", day_text(i, a.starts), true, true);
	text_row(h, i, "plans", "ends", day_text(i, a.ends), true, true);
	yes_row(h, i, "first-leads", a.first_leads);
	yes_row(h, i, "asks-measures", false);
	office_row(h, i);
	substitute_row(h, i);
	text_row(h, i, "plan-adoption", "outer", day_text(i, a.outer), true, true);
	mode_row(h, i);
	text_row(h, i, "plan-adoption", "taken-over", day_text(i, cx_today(&i->x->cx)),
	    false, true);
	text_row(h, i, "plan-adoption", "meeting", S(""), true, false);
	text_row(h, i, "plan-adoption", "number", a.number, true, false);
	text_row(h, i, "plan-adoption", "adopted-on", S(""), true, true);
	if (!unsettled) {
		button_row_open(h);
		button_primary(h, W(import_do));
		button_row_close(h);
	}
	form_close(h);
	page_close(i->x, h, status);
}

void
page_import_confirm(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (import_open(x, &v, &i) && view_ok(&v, import_names_open(&i)))
		confirm_page(&i, 200);
}

/* ---- what was filled in ---- */

static const char *const form_fields[] = { "title", "kind", "level", "starts", "ends",
	"first-leads", "asks-measures", "office", "substitute", "outer", "mode",
	"taken-over", "meeting", "number", "adopted-on" };

static void
form_keep(struct import *i)
{
	struct value form = value_map();

	for (size_t k = 0; k < sizeof form_fields / sizeof *form_fields; k++) {
		const struct str name = str_z(form_fields[k]);

		value_set(&i->x->arena, &form, name,
		    value_text(str_trim(form_get(i->x, name))));
	}
	value_set(&i->x->arena, &i->draft.state, S("form"), form);
}

static int64_t
day_given(struct import *i, const char *name)
{
	const struct str text = given(i, name, S(""));
	int64_t day = DAY_NONE;

	if (text.n && !day_read(text, &day))
		form_refuse(i->x, str_z(name), W(day_wrong));
	return day;
}

static struct adoption
adoption_given(struct import *i)
{
	struct adoption a = adoption_of(i->plan);

	a.names = &i->names;
	a.title = given(i, "title", S(""));
	a.kind = given(i, "kind", S(""));
	a.level = given(i, "level", S(""));
	a.starts = day_given(i, "starts");
	a.ends = day_given(i, "ends");
	a.first_leads = str_eq(given(i, "first-leads", S("")), S("1"));
	a.asks_measures = str_eq(given(i, "asks-measures", S("")), S("1"));
	a.office = given(i, "office", S(""));
	a.substitute = given(i, "substitute", S(""));
	a.outer = day_given(i, "outer");
	a.day = day_given(i, "taken-over");
	a.meeting = given(i, "meeting", S(""));
	a.number = given(i, "number", S(""));
	a.adopted_on = day_given(i, "adopted-on");
	a.registered = !str_eq(given(i, "mode", S("")), S("draft"));
	a.actor = i->x->session->person;
	a.file = value_str(value_get(&i->draft.state, S("file")));
	a.digest = value_str(value_get(&i->draft.state, S("digest")));
	a.size = (int64_t)i->file.bytes.n;
	a.amended = *value_get(&i->draft.state, S("amend"));
	a.key = str_fmt(&i->x->arena, "import-%.*s", STR_ARG(i->draft.id));
	if (!a.registered || a.day == DAY_NONE)
		a.day = cx_today(&i->x->cx);
	if (!a.title.n)
		form_refuse(i->x, S("title"), W(name_empty));
	if (!a.office.n)
		form_refuse(i->x, S("office"), W(import_no_office));
	return a;
}

/* ---- the acts ---- */

static void go_on(struct exchange *x);

/* The name's decision, if it still has to be written; NULL when nothing is to be done. */
static const struct value *
pending(struct import *i, size_t k)
{
	const struct value *said = value_get(
	    value_get(&i->draft.state, S("names")), i->names.v[k].text);

	if (value_is_null(said) || value_true(value_get(said, S("kept"))))
		return NULL;
	return said;
}

static struct act
name_act(struct import *i, const struct adoption *a, size_t k, const struct value *said)
{
	struct arena *arena = &i->x->arena;
	const struct str text = i->names.v[k].text,
			 how = value_str(value_get(said, S("how")));
	const bool here = str_eq(how, S("here"));
	struct act act = { .actor = a->actor,
		.action = S("put"),
		.form = value_map(),
		.done = a->day,
		.key = str_fmt(arena, "%.*s-%llx", STR_ARG(a->key),
		    (unsigned long long)str_hash(text)) };

	if (here) {
		act.family = S("names");
		value_set_text(arena, &act.form, "text", text);
		value_set(arena, &act.form, S("means"), *value_get(said, S("means")));
		return act;
	}
	act.family = str_eq(how, S("group")) ? S("groups") : S("units");
	value_set_text(arena, &act.form, "name", text);
	value_set(arena, &act.form, S("kind"), *value_get(said, S("kind")));
	value_set_text(arena, &act.form, "source", W(source_plan));
	return act;
}

static void
names_made(struct exchange *x)
{
	struct value names;
	struct import i;
	size_t at = 0;
	bool failed = false;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i))
		return;
	names = *value_get(&i.draft.state, S("names"));
	for (size_t k = 0; k < i.names.n; k++) {
		const struct value *said = pending(&i, k);
		struct value one = value_map();

		if (!said)
			continue;
		const struct act_answer *answer = acts_answer(x, at++);
		if (answer->err != ERR_OK) {
			failed = true;
			if (answer->err != ERR_REFUSED && answer->err != ERR_STALE) {
				respond_err(x, answer->err);
				return;
			}
			continue;
		}
		one = value_copy(&x->arena, said);
		if (!str_eq(value_str(value_get(said, S("how"))), S("here")))
			value_set_text(&x->arena, &one, "means", answer->result.subject);
		value_set(&x->arena, &one, S("kept"), value_bool(true));
		value_set(&x->arena, &names, i.names.v[k].text, one);
	}
	value_set(&x->arena, &i.draft.state, S("names"), names);
	if (!view_ok(&v, import_save(&i)))
		return;
	view_close(&v);
	if (!failed)
		go_on(x);
	else if (import_open(x, &v, &i) && view_ok(&v, import_names_open(&i)))
		confirm_page(&i, 422);
}

/* The answer of one of the single acts: its subject noted in the draft, then on. */
static void
one_made(struct exchange *x, struct str key)
{
	const struct act_answer *answer = act_answer(x);
	struct import i;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i) || !view_ok(&v, import_names_open(&i)))
		return;
	if (answer->err == ERR_REFUSED || answer->err == ERR_STALE) {
		confirm_page(&i, 422);
		return;
	}
	if (!view_ok(&v, answer->err))
		return;
	value_set(&x->arena, &i.draft.state, key, value_text(answer->result.subject));
	if (!view_ok(&v, import_save(&i)))
		return;
	view_close(&v);
	go_on(x);
}

static void
plan_made(struct exchange *x)
{
	one_made(x, S("plan"));
}

static void
import_made(struct exchange *x)
{
	one_made(x, S("adoption"));
}

static void
adopt_made(struct exchange *x)
{
	one_made(x, S("adopted"));
}

static void
finish(struct import *i, struct str adoption)
{
	const size_t slash = str_rfind(adoption, S("/"));

	if (view_ok(i->v, draft_drop(&i->x->cx, i->x->site->drafts, i->draft.id)))
		respond_redirect(
		    i->x, str_fmt(&i->x->arena, "/plan/%.*s",
			      STR_ARG(str_sub(adoption, slash + 1, adoption.n))));
}

/* The first thing that is not done yet. */
static void
step(struct import *i, const struct adoption *a)
{
	struct exchange *x = i->x;
	struct act *acts = arena_array(&x->arena, struct act, i->names.n + 1);
	const struct str plan = value_str(value_get(&i->draft.state, S("plan")));
	const struct str adoption = value_str(value_get(&i->draft.state, S("adoption")));
	struct str digest; /* as the draft has it: SM3 of the same bytes */
	bool can = false;
	size_t n = 0;

	for (size_t k = 0; k < i->names.n; k++) {
		const struct value *said = pending(i, k);

		if (said)
			acts[n++] = name_act(i, a, k, said);
	}
	if (n) {
		acts_submit(x, acts, n, names_made);
		return;
	}
	if (!plan.n && !view_ok(i->v, door_keep_bytes(
					  &x->cx, x->site->door, i->file.bytes, &digest)))
		return;
	if (!plan.n || !adoption.n) {
		acts[0] = plan.n ? adopt_act_import(&x->cx, a, plan)
				 : adopt_act_plan(&x->cx, a);
		acts_submit(x, acts, 1, plan.n ? import_made : plan_made);
		return;
	}
	if (!view_ok(
		i->v, ask_can(&x->cx, &i->v->r, i->v->person, S("adopt-plan"), &can)))
		return;
	/* Whoever only drafts leaves the adoption to the head. */
	if (can && a->registered &&
	    value_get(&i->draft.state, S("adopted"))->kind != V_TEXT) {
		acts[0] = adopt_act_adopt(&x->cx, a, adoption);
		acts_submit(x, acts, 1, adopt_made);
		return;
	}
	finish(i, adoption);
}

static void
go_on(struct exchange *x)
{
	struct adoption a;
	struct import i;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i) || !view_ok(&v, import_names_open(&i)))
		return;
	a = adoption_given(&i);
	if (!x->cx.refusals.n)
		step(&i, &a);
	else
		confirm_page(&i, 422);
}

void
page_import_confirm_post(struct exchange *x)
{
	struct adoption a;
	struct import i;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i) || !view_ok(&v, import_names_open(&i)))
		return;
	form_keep(&i);
	if (!view_ok(&v, import_save(&i)))
		return;
	a = adoption_given(&i);
	if (import_unsettled(&i))
		form_refuse(x, S(""), W(import_unsettled));
	if (x->cx.refusals.n)
		confirm_page(&i, 422);
	else
		step(&i, &a);
}
