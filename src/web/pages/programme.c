/*
 * Rows from states. What is late is what the clocks of the definition say; which clocks
 * run, and for whom, is decided there and not here.
 */
#include "web/pages/programme.h"

#include "base/date.h"
#include "read/keep.h"
#include "web/word.h"

struct str
need_title(enum task_need need)
{
	static const enum word words[NEED_COUNT_] = {
		[NEED_LATE] = WORD_need_late,
		[NEED_SOON] = WORD_need_soon,
		[NEED_TAKEOVER] = WORD_need_takeover,
		[NEED_LEAD] = WORD_need_lead,
		[NEED_SIGNING] = WORD_need_signing,
		[NEED_MORE] = WORD_need_more,
		[NEED_VERIFIER] = WORD_need_verifier,
		[NEED_NOTHING] = WORD_need_nothing,
		[NEED_OVER] = WORD_need_over,
	};

	return word(words[need]);
}

enum tone
need_tone(enum task_need need)
{
	static const enum tone tones[NEED_COUNT_] = {
		[NEED_LATE] = TONE_LATE,
		[NEED_SOON] = TONE_WARN,
		[NEED_TAKEOVER] = TONE_PLAIN,
		[NEED_LEAD] = TONE_PLAIN,
		[NEED_SIGNING] = TONE_PLAIN,
		[NEED_MORE] = TONE_WARN,
		[NEED_VERIFIER] = TONE_GOING,
		[NEED_NOTHING] = TONE_GOING,
		[NEED_OVER] = TONE_DONE,
	};

	return tones[need];
}

void
programme_open(struct view *v, struct programme *out)
{
	struct cx *cx = &v->x->cx;

	*out = (struct programme){ .v = v, .cx = cx, .today = cx_today(cx) };
	asker_open(cx, &v->r, v->defs, v->person, &out->asker);
}

/* ---- names ---- */

struct str
programme_title(struct programme *p, struct str field)
{
	const struct procedure_def *def = defs_procedure(p->v->defs, S("task"));
	const struct field *f = def ? field_find(&def->fields, field) : NULL;

	return f ? f->title : S("");
}

/* As the definitions say it (law/kernel/units.functions.yaml): it depends on the kind
 * alone. */
static bool
kind_answers(struct programme *p, struct str kind)
{
	const struct feel_scope scope = { 0 };
	struct messages messages = { .arena = p->cx->arena };
	struct value unit = value_map(), vars = value_map();
	struct feel_vars all = { .map = &vars };
	struct feel_run run = { .arena = p->cx->arena,
		.vars = &all,
		.library = &p->v->defs->library,
		.strict = true };
	const struct feel *e;

	value_set_text(p->cx->arena, &unit, "kind", kind);
	value_set(p->cx->arena, &vars, S("unit"), unit);
	if (feel_parse(p->cx, S("answers_to_government(unit)"), &scope, &e, &messages) !=
	    ERR_OK)
		return false;
	const struct value answer = feel_eval(&run, e);
	return value_true(&answer);
}

/* What a party is known by, in the order of `known_by`. */
static bool
party_texts(struct programme *p, struct str subject, struct id_list *out)
{
	static const struct str known_by[] = { S("name"), S("short"), S("kind"),
		S("role") };
	const struct str what = S("party");
	struct keep *keep = p->v->r.keep;
	struct value entry;

	if (keep_find(p->cx, keep, p->v->defs, what, subject, out))
		return true;
	if (read_entry(p->cx, &p->v->r, subject, p->today, READ_NOW, &entry) != ERR_OK)
		return false;
	for (size_t i = 0; i < sizeof known_by / sizeof *known_by; i++)
		*list_add(p->cx->arena, out) = value_str(
		    value_get(value_get(&entry, S("values")), known_by[i]));
	keep_put(p->cx, keep, p->v->defs, what, subject, out);
	return true;
}

static struct party *
party_read(struct programme *p, struct str subject)
{
	struct party *party = arena_new(p->cx->arena, struct party);
	struct id_list texts;

	party->subject = subject;
	party->is_group = str_eq(subject_family(subject), S("groups"));
	if (!party_texts(p, subject, &texts))
		return party;
	party->name = texts.v[0];
	party->short_name = texts.v[1];
	party->kind = texts.v[2];
	party->role = texts.v[3];
	return party;
}

const struct party *
programme_party(struct programme *p, struct str subject)
{
	struct party *party = map_find(&p->parties, subject);

	if (!party) {
		party = party_read(p, subject);
		map_put(p->cx->arena, &p->parties, subject, party);
	}
	return party;
}

/* Asked for a few units of many, and of a kind only once: the expression is parsed anew
 * each time. */
bool
programme_answers(struct programme *p, struct str subject)
{
	const struct str kind = programme_party(p, subject)->kind;
	bool *known = map_find(&p->answering, kind);

	if (!known) {
		known = arena_new(p->cx->arena, bool);
		*known = kind_answers(p, kind);
		map_put(p->cx->arena, &p->answering, kind, known);
	}
	return *known;
}

struct str
programme_names(struct programme *p, const struct value *list)
{
	LIST(struct str) names = { 0 };

	for (size_t i = 0; i < value_count(list); i++)
		*list_add(p->cx->arena,
		    &names) = programme_party(p, value_str(value_at(list, i)))->name;
	return str_join(p->cx->arena, names.v, names.n, W(list_comma));
}

static struct str
joined(struct programme *p, const struct value *texts)
{
	LIST(struct str) parts = { 0 };

	for (size_t i = 0; i < value_count(texts); i++)
		*list_add(p->cx->arena, &parts) = value_str(value_at(texts, i));
	return str_join(p->cx->arena, parts.v, parts.n, W(list_comma));
}

/* ---- what it waits for ---- */

static bool
stage_is(const struct task_row *t, const char *stage)
{
	return str_eq(t->stage, str_z(stage));
}

/* The clock that says most: one that ran out, else one within its warning days. */
static void
clocks_look(const struct programme *p, struct task_row *t, bool *late, bool *soon)
{
	const struct value *clocks = value_get(t->state, S("clocks"));

	for (size_t i = 0; clocks->kind == V_MAP && i < clocks->map.n; i++) {
		const struct value *c = &clocks->map.pairs[i].value;
		const struct str state = value_str(value_get(c, S("state")));
		const int64_t due = value_num(value_get(c, S("due")));
		const bool runs = str_eq(state, S("running"));
		const bool out = str_eq(state, S("lapsed")) || (runs && due < p->today);
		const struct value *warn = value_get(c, S("warn"));
		const bool near = runs && !out && !value_is_null(warn) &&
				  value_num(warn) <= p->today;

		if ((!out && !near) || (*late && !out) ||
		    (*late == out && t->next != DAY_NONE && t->next <= due))
			continue;
		*late = out;
		*soon = !out;
		t->next = due;
		t->clock = value_str(value_get(c, S("title")));
	}
}

static enum task_need
need_of(const struct programme *p, struct task_row *t)
{
	bool late = false, soon = false;

	if (value_true(value_get(t->state, S("closed"))))
		return NEED_OVER;
	if (stage_is(t, "applied") || stage_is(t, "sent"))
		return NEED_VERIFIER;
	if (stage_is(t, "waiting"))
		return NEED_LEAD;
	clocks_look(p, t, &late, &soon);
	if (late)
		return NEED_LATE;
	if (soon)
		return NEED_SOON;
	if (t->at_takeover && t->answerable)
		return NEED_TAKEOVER;
	if (stage_is(t, "issued"))
		return NEED_SIGNING;
	return stage_is(t, "returned") ? NEED_MORE : NEED_NOTHING;
}

static enum tone
stage_tone(const struct task_row *t)
{
	if (stage_is(t, "done") || stage_is(t, "received"))
		return TONE_DONE;
	if (stage_is(t, "ongoing"))
		return TONE_REST;
	if (stage_is(t, "returned"))
		return TONE_WARN;
	if (stage_is(t, "signed") || stage_is(t, "applied") || stage_is(t, "sent"))
		return TONE_GOING;
	return TONE_PLAIN;
}

static struct str
days(struct programme *p, int64_t n)
{
	return str_fmt(p->cx->arena, "%lld", (long long)n);
}

static void
words_fill(struct programme *p, struct task_row *t)
{
	struct arena *a = p->cx->arena;

	t->state_words = t->stage_title;
	t->tone = stage_tone(t);
	switch (t->need) {
	case NEED_LATE:
		t->tone = TONE_LATE;
		t->state_words = word_fill(a, W(state_late), days(p, p->today - t->next));
		return;
	case NEED_SOON:
		t->tone = TONE_WARN;
		t->state_words = t->next == p->today ? W(state_today)
						     : word_fill(a, W(state_soon),
							   days(p, t->next - p->today));
		return;
	case NEED_TAKEOVER:
		t->tone = TONE_PLAIN;
		t->state_words = W(need_takeover);
		return;
	case NEED_LEAD:
	case NEED_SIGNING:
	case NEED_MORE:
	case NEED_VERIFIER:
	case NEED_NOTHING:
	case NEED_OVER:
	case NEED_COUNT_:
		return;
	}
}

/* ---- rows ---- */

static enum err
report_fill(struct programme *p, struct task_row *t)
{
	const struct value *reports = value_get(t->fields, S("reports"));
	const size_t n = value_count(reports);
	struct id_list masks, fields;

	t->report_day = DAY_NONE;
	if (!n && value_is_null(value_get(t->fields, S("report"))))
		return ERR_OK;
	asker_knows(&p->asker, t->subject, t->state);
	TRY(asker_hidden(p->cx, &p->asker, t->subject, &masks, &fields));
	t->is_hidden = id_list_has(&fields, S("reports"));
	if (t->is_hidden || !n)
		return ERR_OK;
	const struct value *last = value_at(reports, n - 1);
	t->report = value_str(value_get(last, S("text")));
	t->report_unit = programme_party(p, value_str(value_get(last, S("unit"))))->name;
	t->report_day = value_num(value_get(last, S("day")));
	return ERR_OK;
}

static void
paper_fill(struct programme *p, struct task_row *t)
{
	const struct value *f = t->fields;
	const struct value *due = value_get(f, S("due"));

	t->no = value_str(value_get(f, S("no")));
	t->section = value_str(value_get(f, S("section")));
	t->measure = value_str(value_get(f, S("measure")));
	t->text = value_str(value_get(f, S("text")));
	t->leaders = joined(p, value_get(f, S("leaders")));
	t->classes = joined(p, value_get(f, S("classes")));
	t->lead = programme_names(p, value_get(f, S("lead")));
	t->units = programme_names(p, value_get(f, S("units")));
	t->body = value_str(value_get(f, S("body")));
	t->due = value_is_null(due) ? DAY_NONE : value_num(due);
	t->continuous = value_true(value_get(f, S("continuous")));
	t->limit = t->continuous        ? W(limit_continuous)
		   : t->due != DAY_NONE ? day_iso(p->cx->arena, t->due)
					: S("");
	t->answerable = value_true(value_get(f, S("answerable")));
	t->at_takeover = value_true(value_get(f, S("overdue-at-takeover")));
}

enum err
programme_row(struct programme *p, struct str subject, const struct value *state,
    struct task_row *out)
{
	const struct procedure_def *def = defs_edition(p->v->defs,
	    value_str(value_get(state, S("edition"))), subject_family(subject));
	const struct stage_def *stage;

	*out = (struct task_row){ .subject = subject,
		.state = state,
		.fields = value_get(state, S("fields")),
		.stage = value_str(value_get(state, S("stage"))),
		.next = DAY_NONE };
	str_int(str_sub(subject, str_rfind(subject, S("/")) + 1, subject.n), &out->n);
	stage = def ? stage_find(def, out->stage) : NULL;
	out->stage_title = stage ? stage->title : S("");
	paper_fill(p, out);
	out->need = need_of(p, out);
	words_fill(p, out);
	return report_fill(p, out);
}

static bool
has_row(const struct task_rows *rows, struct str subject)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->v[i].subject, subject))
			return true;
	return false;
}

/* Every page of a query; a task that several queries find stands once. */
static enum err
rows_read(struct programme *p, struct read_query *q, bool once, struct task_rows *out)
{
	struct read_page page;

	q->family = S("task");
	q->limit = 1000;
	do {
		TRY(read_matters(p->cx, &p->v->r, q, &page));
		for (size_t i = 0; i < page.n; i++) {
			const struct str subject = value_str(
			    value_get(&page.v[i], S("subject")));

			if (once && has_row(out, subject))
				continue;
			TRY(programme_row(p, subject, value_get(&page.v[i], S("state")),
			    list_add(p->cx->arena, out)));
		}
		q->after = page.next;
	} while (page.next.n);
	return ERR_OK;
}

enum err
programme_of_plan(struct programme *p, struct str plan, struct task_rows *out)
{
	const struct read_filter of = { S("plan"), READ_IS, value_text(plan) };
	struct read_query q = { .filters = &of, .n = plan.n ? 1 : 0 };

	*out = (struct task_rows){ 0 };
	return rows_read(p, &q, false, out);
}

enum err
programme_of_unit(struct programme *p, struct str unit, struct task_rows *out)
{
	static const struct str places[] = { S("lead"), S("movers"), S("units") };
	struct read_page groups;
	LIST(struct str) names = { 0 };

	*out = (struct task_rows){ 0 };
	*list_add(p->cx->arena, &names) = unit;
	TRY(read_refs(p->cx, &p->v->r, S("groups.members"), unit, &groups));
	for (size_t i = 0; i < groups.n; i++)
		*list_add(p->cx->arena, &names) = value_str(
		    value_get(&groups.v[i], S("subject")));
	for (size_t i = 0; i < names.n; i++) {
		for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
			const struct read_filter of = { places[k], READ_REFERS,
				value_text(names.v[i]) };
			struct read_query q = { .filters = &of, .n = 1 };

			TRY(rows_read(p, &q, true, out));
		}
	}
	task_rows_sort(p->cx, out, ORDER_NO, false);
	return ERR_OK;
}

/* ---- plans ---- */

static enum err
adoption_of(struct programme *p, struct plan_row *plan)
{
	const struct read_filter of = { S("plan"), READ_IS, value_text(plan->subject) };
	const struct read_query q = {
		.family = S("plan-adoption"), .filters = &of, .n = 1, .limit = 1
	};
	struct read_page page;

	TRY(read_matters(p->cx, &p->v->r, &q, &page));
	if (page.n) {
		plan->adoption = value_str(value_get(&page.v[0], S("subject")));
		plan->number = value_str(value_path(&page.v[0], "state.fields.number"));
		plan->is_adopted = !value_is_null(
		    value_path(&page.v[0], "state.acts.adopt"));
	}
	return ERR_OK;
}

/* What is still a draft has no tasks yet: it comes after those that are carried out. */
static void
adopted_first(struct programme *p, struct plan_rows *plans)
{
	struct plan_rows sorted = { 0 };

	for (int pass = 1; pass >= 0; pass--)
		for (size_t i = 0; i < plans->n; i++)
			if (plans->v[i].is_adopted == pass)
				*list_add(p->cx->arena, &sorted) = plans->v[i];
	*plans = sorted;
}

enum err
programme_plans(struct programme *p, struct plan_rows *out)
{
	const struct read_query q = {
		.family = S("plans"), .limit = 100, .descending = true
	};
	struct read_page page;

	*out = (struct plan_rows){ 0 };
	TRY(read_entries(p->cx, &p->v->r, &q, p->today, &page));
	for (size_t i = 0; i < page.n; i++) {
		struct plan_row *plan = list_add(p->cx->arena, out);
		const struct value *ends = value_path(&page.v[i], "values.ends");

		plan->subject = value_str(value_get(&page.v[i], S("subject")));
		plan->title = value_str(value_path(&page.v[i], "values.title"));
		plan->ends = value_is_null(ends) ? DAY_NONE : value_num(ends);
		str_int(str_sub(plan->subject, str_rfind(plan->subject, S("/")) + 1,
			    plan->subject.n),
		    &plan->n);
		TRY(adoption_of(p, plan));
	}
	adopted_first(p, out);
	return ERR_OK;
}
