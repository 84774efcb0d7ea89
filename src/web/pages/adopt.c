/* From the printed plan to acts through the door. Nothing printed is changed on the way.
 */
#include "web/pages/adopt.h"

#include "intake/title.h"
#include "intake/units.h"

/* The first word that fits the name, of one word or a list; NULL: none does. */
static const struct yaml_node *
word_that(const struct yaml_node *words, struct str name,
    bool (*fits)(struct str name, struct str word))
{
	if (words->kind == YAML_SCALAR)
		return fits(name, words->text) ? words : NULL;
	for (yaml_each(word, words))
		if (fits(name, word->text))
			return word;
	return NULL;
}

bool
adopt_row_fits(const struct yaml_node *row, struct str name)
{
	return word_that(yaml_get(row, S("is")), name, str_eq) ||
	       word_that(yaml_get(row, S("ends")), name, str_ends) ||
	       word_that(yaml_get(row, S("starts")), name, str_starts) ||
	       word_that(yaml_get(row, S("has")), name, str_has);
}

size_t
adopt_row_at(const struct yaml_node *row, const char *key, struct str name)
{
	const struct yaml_node *word = word_that(
	    yaml_get(row, str_z(key)), name, str_has);

	return word ? str_rfind(name, word->text) : SIZE_MAX;
}

struct str
adopt_kind(const struct defs *defs, struct str name)
{
	const struct yaml_node *table = map_find(&defs->names, S("units"));

	if (unit_generic(name))
		return S("group");
	if (table)
		for (yaml_each(row, yaml_get(table, S("kinds"))))
			if (adopt_row_fits(row, name))
				return yaml_str(yaml_get(row, S("kind")));
	return S("other");
}

/* What stands before the word of the list that ends the name. */
static bool
front_of(const struct yaml_node *words, struct str name, struct str *front)
{
	const struct yaml_node *word = word_that(words, name, str_ends);

	if (word)
		*front = str_sub(name, 0, name.n - word->text.n);
	return word;
}

bool
adopt_succeeds(
    const struct defs *defs, struct str printed, struct str unit, struct str *reform)
{
	const struct yaml_node *table = map_find(&defs->names, S("units"));
	struct str before, now;

	if (!table)
		return false;
	for (yaml_each(row, yaml_get(table, S("successors")))) {
		if (!front_of(yaml_get(row, S("was")), printed, &before) ||
		    !front_of(yaml_get(row, S("now")), unit, &now))
			continue;
		/* 安和县国土局 is 县自然资源局, and the other way about. */
		if (str_ends(before, now) || str_ends(now, before)) {
			*reform = yaml_str(yaml_get(row, S("reform")));
			return true;
		}
	}
	return false;
}

struct adopt_name *
adopt_name_find(struct adopt_names *names, struct str text)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_eq(names->v[i].text, text))
			return &names->v[i];
	return NULL;
}

static struct adopt_name *
name_of(
    struct cx *cx, const struct defs *defs, struct adopt_names *names, struct str text)
{
	struct adopt_name *n = adopt_name_find(names, text);

	if (!n) {
		n = list_add(cx->arena, names);
		*n = (struct adopt_name){ .text = text, .kind = adopt_kind(defs, text) };
	}
	n->takes_part++;
	return n;
}

void
adopt_names(struct cx *cx, const struct defs *defs, const struct plan *plan,
    struct adopt_names *out)
{
	for (size_t i = 0; i < plan->tasks.n; i++) {
		const struct plan_task *t = &plan->tasks.v[i];

		for (size_t k = 0; k < t->lead.n; k++)
			name_of(cx, defs, out, t->lead.v[k])->leads++;
		for (size_t k = 0; k < t->units.n; k++)
			name_of(cx, defs, out, t->units.v[k]);
	}
}

static struct value
texts(struct cx *cx, const struct strs *list)
{
	struct value out = value_list();

	for (size_t i = 0; i < list->n; i++)
		value_add(cx->arena, &out, value_text(list->v[i]));
	return out;
}

static struct value
subjects(struct cx *cx, const struct adoption *a, const struct strs *list)
{
	struct value out = value_list();

	for (size_t i = 0; i < list->n; i++)
		for (size_t k = 0; k < a->names->n; k++)
			if (str_eq(a->names->v[k].text, list->v[i]))
				value_add(
				    cx->arena, &out, value_text(a->names->v[k].subject));
	return out;
}

static struct value
milestones(struct cx *cx, const struct plan_task *t)
{
	struct value out = value_list();

	for (size_t i = 0; i < t->milestones.n; i++) {
		struct value one = value_map();

		if (t->milestones.v[i].by != DAY_NONE)
			value_set_int(cx->arena, &one, "by", t->milestones.v[i].by);
		value_set_text(cx->arena, &one, "text", t->milestones.v[i].text);
		value_add(cx->arena, &out, one);
	}
	return out;
}

static void
set_text(struct cx *cx, struct value *row, struct str key, struct str text)
{
	if (text.n)
		value_set(cx->arena, row, key, value_text(text));
}

static void
set_list(struct cx *cx, struct value *row, struct str key, struct value list)
{
	if (list.kind == V_LIST && list.list.n)
		value_set(cx->arena, row, key, list);
}

static struct str
section_title(const struct plan *p, struct str no)
{
	for (size_t i = 0; i < p->sections.n; i++)
		if (str_eq(p->sections.v[i].no, no))
			return p->sections.v[i].title;
	return no;
}

static struct str
measure_title(const struct plan *p, const struct plan_task *t)
{
	for (size_t i = 0; i < p->measures.n; i++)
		if (str_eq(p->measures.v[i].no, t->measure))
			return p->measures.v[i].title;
	return t->measure;
}

static struct value
task_row(struct cx *cx, const struct adoption *a, const struct plan_task *t)
{
	struct value row = value_map();

	set_text(cx, &row, S("no"), t->no);
	set_text(cx, &row, S("section"), section_title(a->plan, t->section));
	set_text(cx, &row, S("measure"), measure_title(a->plan, t));
	set_text(cx, &row, S("text"), t->text);
	set_list(cx, &row, S("leaders"), texts(cx, &t->leaders));
	set_list(cx, &row, S("lead"), subjects(cx, a, &t->lead));
	set_list(cx, &row, S("units"), subjects(cx, a, &t->units));
	if (t->deadline.kind == DEADLINE_DATE)
		value_set_int(cx->arena, &row, "due", t->deadline.by);
	value_set(cx->arena, &row, S("continuous"),
	    value_bool(t->deadline.kind == DEADLINE_CONTINUOUS));
	set_list(cx, &row, S("milestones"), milestones(cx, t));
	set_list(cx, &row, S("classes"), texts(cx, &t->classes));
	value_set_int(cx->arena, &row, "line", (int64_t)t->line);
	return row;
}

struct value
adopt_rows(struct cx *cx, const struct adoption *a)
{
	struct value rows = value_list();

	for (size_t i = 0; i < a->plan->tasks.n; i++)
		value_add(cx->arena, &rows, task_row(cx, a, &a->plan->tasks.v[i]));
	return rows;
}

struct adoption
adoption_of(const struct plan *plan)
{
	const int64_t first = title_first_day(plan->title);
	const int64_t last = title_last_day(plan->title);
	const bool known = first != DAY_NONE && last > first;

	return (struct adoption){ .plan = plan,
		.title = plan->title,
		.kind = S("plan"),
		.level = S("county"),
		.starts = known ? first : DAY_NONE,
		.ends = known ? last : DAY_NONE,
		.first_leads = plan->first_leads,
		.outer = last,
		.number = plan->number,
		.adopted_on = DAY_NONE,
		.registered = true };
}

/* The three acts differ only in what they name. */
static struct act
act_of(struct cx *cx, const struct adoption *a, struct str family, struct str action)
{
	return (struct act){ .actor = a->actor,
		.family = family,
		.action = action,
		.form = value_map(),
		.done = a->day,
		.registered = a->registered,
		.is_setup = str_eq(a->actor, S("system")),
		.key = a->key.n ? str_fmt(cx->arena, "%.*s-%.*s", STR_ARG(a->key),
				      STR_ARG(action))
				: S("") };
}

static void
set_day(struct cx *cx, struct value *form, const char *key, int64_t day)
{
	if (day != DAY_NONE)
		value_set(cx->arena, form, str_z(key), value_int(day));
}

/* The file as it came in, to be compared with the tasks for ever. */
static struct value
original(struct cx *cx, const struct adoption *a)
{
	struct value files = value_list(), one = value_map();

	value_set_text(cx->arena, &one, "name", a->file);
	value_set_text(cx->arena, &one, "digest", a->digest);
	value_set_int(cx->arena, &one, "size", a->size);
	value_add(cx->arena, &files, one);
	return files;
}

struct act
adopt_act_plan(struct cx *cx, const struct adoption *a)
{
	struct act act = act_of(cx, a, S("plans"), S("put"));

	act.registered = false; /* an entry is always put here */
	set_text(cx, &act.form, S("title"), a->title);
	set_text(cx, &act.form, S("kind"), a->kind);
	set_text(cx, &act.form, S("level"), a->level);
	set_list(cx, &act.form, S("original"), original(cx, a));
	set_text(cx, &act.form, S("digest"), a->digest);
	set_list(cx, &act.form, S("amended"), a->amended);
	value_set(cx->arena, &act.form, S("first-leads"), value_bool(a->first_leads));
	if (a->asks_measures)
		value_set(cx->arena, &act.form, S("asks-measures"), value_bool(true));
	set_day(cx, &act.form, "starts", a->starts);
	set_day(cx, &act.form, "ends", a->ends);
	return act;
}

struct act
adopt_act_import(struct cx *cx, const struct adoption *a, struct str plan)
{
	struct act act = act_of(cx, a, S("plan-adoption"), S("import"));

	set_text(cx, &act.form, S("plan"), plan);
	set_text(cx, &act.form, S("title"), a->title);
	set_text(cx, &act.form, S("office"), a->office);
	set_text(cx, &act.form, S("substitute"), a->substitute);
	set_day(cx, &act.form, "outer", a->outer);
	if (a->registered)
		set_day(cx, &act.form, "taken-over", a->day);
	value_set(cx->arena, &act.form, S("tasks"), adopt_rows(cx, a));
	return act;
}

struct act
adopt_act_adopt(struct cx *cx, const struct adoption *a, struct str adoption)
{
	struct act act = act_of(cx, a, S(""), S("adopt"));

	act.subject = adoption;
	set_text(cx, &act.form, S("meeting"), a->meeting);
	set_text(cx, &act.form, S("number"), a->number);
	set_day(cx, &act.form, "adopted-on", a->adopted_on);
	return act;
}

enum err
adopt_plan(
    struct cx *cx, struct door *door, const struct adoption *a, struct str *subject)
{
	struct act act = adopt_act_plan(cx, a);
	struct act_result result;

	TRY(door_do_one(cx, door, &act, &result));
	act = adopt_act_import(cx, a, result.subject);
	TRY(door_do_one(cx, door, &act, &result));
	*subject = result.subject;
	act = adopt_act_adopt(cx, a, result.subject);
	return door_do_one(cx, door, &act, &result);
}
