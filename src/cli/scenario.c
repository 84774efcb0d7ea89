/*
 * Running a scenario: its people and entries are put by the system, its steps go through
 * the door one by one, its end is verified.
 */
#include "cli/scenario.h"

#include "act/fetch.h"
#include "act/install.h"
#include "act/rebuild.h"
#include "base/date.h"
#include "base/encode.h"
#include "cli/scenario_edition.h"
#include "cli/scenario_expect.h"
#include "lang/canon.h"
#include "record/verify.h"

/* Steps happen at nine in the morning, a second apart. */
#define MORNING_MS ((int64_t)9 * 3600 * 1000)

struct stage {
	struct arena arena;
	struct door *door;
	const struct defs *defs;
	struct entropy entropy;
	uint64_t seed; /* the same for every scenario: equal records on every engine */
};

struct run {
	struct cx *cx;
	struct stage *stage;
	struct scenario *scenario;
	struct stage_names names;
	const struct defs *defs; /* in force at this step */
	struct str log;
	bool quick;
};

enum err
stage_open(struct cx *cx, struct str url, const struct defs *defs, struct stage **out)
{
	struct arena first = { 0 };
	struct stage *s = arena_new(&first, struct stage);
	const struct str log = str_fmt(cx->arena, "scenario/%lld", (long long)cx->now_ms);
	const struct install install = { .log = log, .title = S("scenario") };
	struct db *db = NULL;
	enum err err;

	s->arena = first;
	s->defs = defs;
	s->entropy = (struct entropy){ entropy_repeat, &s->seed };
	err = db_open(cx, url, DB_WRITE, &db);
	if (err == ERR_OK)
		err = install_log(cx, db, &install);
	if (err == ERR_OK)
		err = door_open(cx,
		    &(struct door_config){ .url = url,
			.log = log,
			.entropy = &s->entropy,
			.defs = defs,
			.db = db },
		    &s->door);
	else
		db_close(db);
	if (err == ERR_OK)
		*out = s;
	else
		stage_close(s);
	return err;
}

void
stage_close(struct stage *stage)
{
	struct arena arena = stage->arena;

	door_close(stage->door);
	arena_free(&arena);
}

/* --- names and states --- */

/* An entry as expectations read a matter: its values today, and which parts are gone. */
static enum err
entry_of(struct run *r, struct projection *p, struct str subject, struct value *out)
{
	struct value version, gone = value_list();
	const struct value *parts;
	struct arena *a = r->cx->arena;
	struct event_list all = { 0 };

	TRY(project_version(r->cx, p, subject, cx_today(r->cx), &version));
	TRY(record_of_subject(r->cx, p->db, r->log, subject, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct value open;

		if (all.v[i].kind != EV_DESTROYED)
			continue;
		TRY(canon_parse(r->cx, all.v[i].parts.v[0].bytes, &open));
		parts = value_get(&open, S("parts"));
		for (size_t k = 0; k < value_count(parts); k++) {
			const struct value *part = value_at(parts, k);

			value_add(a, &gone,
			    value_text(str_fmt(a, "%lld:%.*s",
				(long long)value_num(value_get(part, S("seq"))),
				STR_ARG(value_str(value_get(part, S("part")))))));
		}
	}
	*out = value_map();
	value_set(a, out, S("fields"), *value_get(&version, S("values")));
	value_set(a, out, S("gone"), gone);
	return ERR_OK;
}

static enum err
state_of(struct run *r, struct str subject, struct value *out)
{
	struct projection p;

	projection_init(&p, r->cx->arena, door_store(r->stage->door),
	    door_tables(r->stage->door), r->log);
	return defs_register(r->stage->defs, subject_family(subject))
		   ? entry_of(r, &p, subject, out)
		   : project_state(r->cx, &p, subject, out);
}

/* The nth child of a kind, in the order of opening. */
static enum err
child_of(struct run *r, struct str parent, struct str kind, int64_t nth, struct str *out)
{
	const struct procedure_def *p = defs_procedure(r->defs, subject_family(parent));
	const struct child_def *c = p ? child_find(p, kind) : NULL;
	const struct table *t = c ? table_of(door_tables(r->stage->door), c->procedure)
				  : NULL;
	struct db *db = door_store(r->stage->door);
	DB_ROWS rows = { 0 };
	int stmt;

	*out = S("");
	if (!t)
		return ERR_OK;
	TRY(db_prepare(r->cx, db, t->by_parent, &stmt));
	TRY(db_ask(r->cx, db, &rows, stmt, D_TEXT(r->log), D_TEXT(parent)));
	while (db_next(&rows)) {
		struct value state;

		TRY(canon_parse(r->cx, db_text(r->cx, &rows, 1), &state));
		if (str_eq(value_str(value_get(&state, S("kind"))), kind) && --nth == 0)
			*out = db_text(r->cx, &rows, 0);
	}
	return db_end(r->cx, &rows);
}

/* "case", "case/review/1", "case/review/1/appeal/1" → subject. */
static struct str
subject_of(struct run *r, const struct yaml_node *node)
{
	struct str rest = node->text, name, kind, nth;
	struct str subject;
	int64_t n;

	str_split(&rest, S("/"), &name);
	subject = name_of(&r->names, node, name);
	while (subject.n && str_split(&rest, S("/"), &kind)) {
		if (!str_split(&rest, S("/"), &nth) || !str_int(nth, &n) ||
		    child_of(r, subject, kind, n, &subject) != ERR_OK)
			subject = S("");
	}
	if (!subject.n)
		yaml_fault(r->names.failures, node, "没有%.*s", STR_ARG(node->text));
	return subject;
}

static const struct field_list *
fields_of(struct run *r, struct str family)
{
	const struct register_def *reg = defs_register(r->defs, family);
	const struct procedure_def *p = defs_procedure(r->defs, family);

	return reg ? &reg->fields : p ? &p->fields : NULL;
}

/* --- given --- */

static void
put_given(struct run *r, const struct yaml_node *node, struct str family, struct str name,
    struct value values, int64_t from, int64_t to, struct str *subject)
{
	const struct act act = { .actor = S("system"),
		.family = family,
		.action = S("put"),
		.form = values,
		.done = from,
		.to_day = to,
		.is_setup = true };
	struct act_result done = { 0 };

	r->cx->refusals = (struct refusal_list){ 0 };
	if (door_do_one(r->cx, r->stage->door, &act, &done) != ERR_OK) {
		yaml_fault(r->names.failures, node, "given %.*s:%.*s%.*s",
		    STR_ARG(family), STR_ARG(r->cx->why),
		    STR_ARG(r->cx->refusals.n ? r->cx->refusals.v[0].message : S("")));
		return;
	}
	*subject = done.subject;
	if (name.n)
		name_put(&r->names, name, done.subject);
}

static void
given_person(struct run *r, const struct yaml_node *item, int64_t from)
{
	struct arena *a = r->cx->arena;
	struct value person = value_map(), post = value_map();
	struct str holder = S(""), held = S("");
	const struct yaml_node *title = yaml_get(item, S("title"));

	value_set_text(a, &person, "name", yaml_str(yaml_get(item, S("name"))));
	put_given(r, item, S("persons"), yaml_str(yaml_get(item, S("person"))), person,
	    from, 0, &holder);
	value_set_text(a, &post, "unit",
	    name_of(&r->names, item, yaml_str(yaml_get(item, S("unit")))));
	value_set_text(
	    a, &post, "title", yaml_is_null(title) ? S("工作人员") : yaml_str(title));
	value_set_text(a, &post, "holder", holder);
	put_given(r, item, S("posts"), S(""), post, from, 0, &held);
	for (yaml_each(can, yaml_get(item, S("can")))) {
		struct value grant = value_map();
		struct str subject;

		value_set_text(a, &grant, "post", held);
		value_set_text(a, &grant, "what", can->text);
		put_given(r, can, S("competences"), S(""), grant, from, 0, &subject);
	}
}

/* From when a person is there: stated, or as long as the unit. */
static int64_t
given_from(struct run *r, const struct yaml_node *item)
{
	const struct yaml_node *unit = yaml_get(item, S("unit"));
	int64_t from = r->scenario->today;

	if (yaml_find(item, S("from"))) {
		yaml_day(r->names.failures, yaml_get(item, S("from")), &from);
		return from;
	}
	for (size_t i = 0; i < r->scenario->given.n; i++) {
		const struct yaml_node *other = r->scenario->given.v[i];

		if (unit->text.n &&
		    str_eq(yaml_str(yaml_get(other, S("as"))),
			str_sub(unit->text, 1, unit->text.n)) &&
		    yaml_find(other, S("from")))
			yaml_day(r->names.failures, yaml_get(other, S("from")), &from);
	}
	return from;
}

static void
given(struct run *r)
{
	for (size_t i = 0; i < r->scenario->given.n; i++) {
		const struct yaml_node *item = r->scenario->given.v[i];
		const struct str family = yaml_str(yaml_get(item, S("put")));
		const int64_t from = given_from(r, item);
		int64_t to = 0;
		struct str subject;

		if (yaml_find(item, S("to")))
			yaml_day(r->names.failures, yaml_get(item, S("to")), &to);
		if (yaml_find(item, S("person")))
			given_person(r, item, from);
		else
			put_given(r, item, family, yaml_str(yaml_get(item, S("as"))),
			    scenario_form(&r->names, yaml_get(item, S("values")),
				fields_of(r, family)),
			    from, to, &subject);
		if (r->names.failures->n)
			return;
	}
}

/* --- steps --- */

static void
move_clock(struct run *r, const struct yaml_node *step)
{
	const struct yaml_node *now = yaml_find(step, S("now"));
	int64_t day;

	r->cx->now_ms += 1000;
	if (now && yaml_day(r->names.failures, now, &day))
		r->cx->now_ms = ms_of_day(day) + MORNING_MS;
}

/* `part: parties/2` names a row; the engine wants the place of its sealed part. */
static void
part_place(struct run *r, struct act *act)
{
	struct str rest = value_str(value_get(&act->form, S("part"))), field, row;
	const struct value *v;
	struct value state;
	int64_t n;

	if (!str_eq(act->action, S("destroy")) || str_has(rest, S(":")) ||
	    state_of(r, act->subject, &state) != ERR_OK ||
	    !str_split(&rest, S("/"), &field))
		return;
	v = value_get(value_get(&state, S("fields")), field);
	if (str_split(&rest, S("/"), &row) && str_int(row, &n) && n > 0)
		v = value_at(v, (size_t)n - 1);
	value_set_text(
	    r->cx->arena, &act->form, "part", value_str(value_get(v, S("sealed"))));
}

static void
act_from(struct run *r, const struct yaml_node *step, struct act *act)
{
	const struct yaml_node *on = yaml_find(step, S("on"));
	const struct yaml_node *put = yaml_find(step, S("put"));
	const struct yaml_node *by = yaml_find(step, S("by"));
	struct messages *m = r->names.failures;
	struct str rest = yaml_str(yaml_get(step, S("do")));

	*act = (struct act){ .actor = S("system"),
		.action = S("put"),
		.form = value_map(),
		.done = cx_today(r->cx),
		.key = yaml_str(yaml_get(step, S("key"))) };
	if (by)
		act->actor = name_of(&r->names, by, by->text);
	if (on)
		act->subject = subject_of(r, on);
	if (put)
		act->family = put->text;
	else if (on)
		act->action = rest;
	else if (str_split(&rest, S("."), &act->family))
		act->action = rest;
	if (act->subject.n)
		act->family = subject_family(act->subject);
	act->form = scenario_form(&r->names,
	    yaml_get(step, put ? S("values") : S("with")), fields_of(r, act->family));
	if (yaml_find(step, S("day")))
		yaml_day(m, yaml_get(step, S("day")), &act->done);
	if (yaml_find(step, S("from")))
		yaml_day(m, yaml_get(step, S("from")), &act->done);
	if (yaml_find(step, S("to")))
		yaml_day(m, yaml_get(step, S("to")), &act->to_day);
	if (yaml_find(step, S("registered")))
		yaml_bool(m, yaml_get(step, S("registered")), &act->registered);
	if (yaml_find(step, S("seen")))
		yaml_int(m, yaml_get(step, S("seen")), &act->seen);
	part_place(r, act);
}

/* What the act's event says besides the state: warnings, and what it keeps sealed. */
static void
event_of(struct run *r, int64_t seq, struct outcome *out)
{
	struct value part;
	struct event e;

	out->warned = value_list();
	if (record_get(r->cx, door_store(r->stage->door), r->log, seq, &e) != ERR_OK ||
	    canon_parse(r->cx, e.parts.v[0].bytes, &part) != ERR_OK)
		return;
	out->warned = *value_get(&part, S("warnings"));
	out->instead = value_str(value_get(&part, S("instead")));
	for (size_t i = 1; i < e.parts.n; i++)
		if (canon_parse(r->cx, e.parts.v[i].bytes, &part) == ERR_OK)
			for (size_t k = 0; k < part.map.n; k++)
				*list_add(
				    r->cx->arena, &out->sealed) = part.map.pairs[k].key;
}

static void
step_do(struct run *r, const struct yaml_node *step)
{
	const struct yaml_node *as = yaml_find(step, S("as"));
	struct outcome is = { .state = value_null() };
	struct door_result result;
	struct act act;

	act_from(r, step, &act);
	if (r->names.failures->n && r->quick)
		return;
	door_do(r->cx, r->stage->door, &act, 1, &result);
	is.result = &result;
	is.fields = fields_of(r, act.family);
	if (result.err == ERR_OK) {
		act.subject = result.act.subject;
		event_of(r, result.act.seq, &is);
	}
	if (as && result.err == ERR_OK)
		name_put(&r->names, as->text, result.act.subject);
	if (act.subject.n && state_of(r, act.subject, &is.state) != ERR_OK)
		yaml_fault(r->names.failures, step, "%.*s", STR_ARG(r->cx->why));
	expect_check(&r->names, yaml_get(step, S("expect")), step, &is);
}

static enum err
hidden_from(struct run *r, struct str actor, struct str subject, struct id_list *out)
{
	struct facts facts = { .arena = r->cx->arena };
	struct id_list fields;
	struct projection p;
	enum err err;

	projection_init(&p, r->cx->arena, door_store(r->stage->door),
	    door_tables(r->stage->door), r->log);
	do {
		*out = fields = (struct id_list){ 0 };
		err = act_hidden(r->cx, r->defs, actor, subject, &facts, out, &fields);
	} while (facts_more(r->cx, &p, &facts, &err));
	return err;
}

static void
step_look(struct run *r, const struct yaml_node *step)
{
	const struct yaml_node *by = yaml_find(step, S("by"));
	const struct yaml_node *look = yaml_get(step, S("look"));
	const struct str subject = subject_of(r, look);
	struct outcome is = { .fields = fields_of(r, subject_family(subject)) };

	if (!subject.n)
		return;
	if (state_of(r, subject, &is.state) != ERR_OK ||
	    hidden_from(r, by ? name_of(&r->names, by, by->text) : S(""), subject,
		&is.hidden) != ERR_OK)
		yaml_fault(r->names.failures, step, "%.*s", STR_ARG(r->cx->why));
	expect_check(&r->names, yaml_get(step, S("expect")), step, &is);
}

static void
in_force(struct run *r, struct str procedure, bool former)
{
	const struct defs *now = scenario_edition(
	    r->cx->arena, r->defs, r->stage->defs, procedure, former);

	if (!now) {
		message_put(r->names.failures, 1, 1, "程序“%.*s”没有%s",
		    STR_ARG(procedure), former ? "旧版本" : "现行版本");
		return;
	}
	r->defs = now;
	door_define(r->stage->door, now);
}

static void
step_move(struct run *r, const struct yaml_node *step)
{
	const struct yaml_node *by = yaml_find(step, S("by"));
	struct law_move_ask ask = { .rule = yaml_str(yaml_get(step, S("move"))) };
	struct law_moves moves = { 0 };
	int64_t limit = 0;

	if (by)
		ask.person = name_of(&r->names, by, by->text);
	if (yaml_find(step, S("limit")))
		yaml_int(r->names.failures, yaml_get(step, S("limit")), &limit);
	ask.limit = (size_t)limit;
	if (door_move_by_rule(r->cx, r->stage->door, &ask, &moves) != ERR_OK)
		yaml_fault(r->names.failures, step, "%.*s", STR_ARG(r->cx->why));
	expect_moves(&r->names, yaml_get(step, S("expect")), &moves);
}

static void
step_run(struct run *r, const struct yaml_node *step)
{
	size_t lapsed;
	bool tick = false;

	move_clock(r, step);
	if (yaml_find(step, S("tick")))
		yaml_bool(r->names.failures, yaml_get(step, S("tick")), &tick);
	if (tick && door_tick(r->cx, r->stage->door, &lapsed) != ERR_OK)
		yaml_fault(r->names.failures, step, "%.*s", STR_ARG(r->cx->why));
	if (yaml_find(step, S("publish")))
		in_force(r, yaml_str(yaml_get(step, S("publish"))), false);
	if (yaml_find(step, S("move")))
		step_move(r, step);
	else if (yaml_find(step, S("do")) || yaml_find(step, S("put")))
		step_do(r, step);
	else if (yaml_find(step, S("look")))
		step_look(r, step);
}

/* --- the end --- */

static enum err
rebuild_check(struct run *r)
{
	struct db *db = door_store(r->stage->door);
	const struct tables *tables = door_tables(r->stage->door);
	struct str live, rebuilt;
	DB_TX tx = { 0 };

	TRY(rebuild_dump_text(r->cx, db, tables, r->log, &live));
	TRY(db_begin(r->cx, db, &tx));
	TRY(rebuild_log(r->cx, db, tables, r->log));
	TRY(rebuild_dump_text(r->cx, db, tables, r->log, &rebuilt));
	TRY(db_commit(r->cx, &tx));
	if (!str_eq(live, rebuilt))
		message_put(r->names.failures, 0, 0, "重建的数据与现有数据不同：%.*s",
		    STR_ARG(text_difference(live, rebuilt)));
	return ERR_OK;
}

/* On the caller's connection: the store may be in memory. */
static enum err
verify_check(struct run *r)
{
	const struct verify_options options = { .without_files = true };
	struct verify_report report = { 0 };

	TRY(record_verify_alone(
	    r->cx, door_store(r->stage->door), r->log, &options, &report));
	for (size_t i = 0; i < report.faults.n; i++)
		message_put(r->names.failures, 0, 0, "记录第%lld号：%.*s",
		    (long long)report.faults.v[i].seq, STR_ARG(report.faults.v[i].text));
	return ERR_OK;
}

static enum err
touch(struct cx *cx, const struct event *e, void *self)
{
	struct run *r = self;
	const struct str family = subject_family(e->subject);

	(void)cx;
	if (!id_list_has(&r->scenario->touched, family))
		*list_add(r->scenario->arena, &r->scenario->touched) = str_copy(
		    r->scenario->arena, family);
	return ERR_OK;
}

static enum err
finish(struct run *r, struct scenario_result *out)
{
	struct db *db = door_store(r->stage->door);
	struct record_head head;

	TRY(record_head(r->cx, db, r->log, &head));
	out->head = hex_of(r->cx->arena, head.digest);
	TRY(record_walk(r->cx, db, r->log, 1, 0, touch, r));
	TRY(verify_check(r));
	return rebuild_check(r);
}

void
scenario_run(struct cx *cx, struct stage *stage, struct scenario *scenario,
    struct str log, bool quick, struct scenario_result *out)
{
	const struct install install = { .log = log, .title = scenario->title };
	struct cx own = { .arena = cx->arena,
		.now_ms = ms_of_day(scenario->today) + MORNING_MS,
		.entropy = &stage->entropy };
	struct run r = { .cx = &own,
		.stage = stage,
		.scenario = scenario,
		.names = { .arena = cx->arena, .failures = &out->failures },
		.defs = stage->defs,
		.log = log,
		.quick = quick };

	*out = (struct scenario_result){ .failures = { .arena = cx->arena,
					     .file = scenario->path } };
	stage->seed = 1;
	if (install_log(&own, door_store(stage->door), &install) != ERR_OK)
		message_put(&out->failures, 0, 0, "%.*s", STR_ARG(own.why));
	door_use(stage->door, log);
	for (size_t i = 0; i < scenario->former.n; i++)
		in_force(&r, scenario->former.v[i], true);
	door_define(stage->door, r.defs);
	if (!out->failures.n)
		given(&r);
	if (!out->failures.n)
		for (size_t i = 0; i < scenario->steps.n; i++)
			if (!quick || !out->failures.n)
				step_run(&r, scenario->steps.v[i]);
	if (!quick && finish(&r, out) != ERR_OK)
		message_put(&out->failures, 0, 0, "%.*s", STR_ARG(own.why));
	door_define(stage->door, stage->defs);
	out->passed = !out->failures.n;
}
