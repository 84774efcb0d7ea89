/* The small county (county_log.h). */
#include "county_log.h"

#include "act/install.h"
#include "act/rebuild.h"
#include "base/date.h"
#include "base/file.h"
#include "lang/canon.h"

static const struct source LAW[] = {
	{ .path = S("statutes/s.yaml"),
	    .text = S("statute: 试行规定\narticles: { 一: 要办, 二: 要回 }\n") },
	{ .path = S("kernel/competences.choices.yaml"),
	    .text = S(
		"choices: competences\ntitle: 权限\nitems: { write: 办理, grant: 授权 "
		"}\n") },
	{ .path = S("kernel/units.register.yaml"),
	    .text = S(
		"register: units\ntitle: 单位\nkey: name\nfields:\n"
		"  name: { title: 名称, type: text, required: true, unique: true }\n"
		"by: grant\nof: any\n") },
	{ .path = S("kernel/persons.register.yaml"),
	    .text = S(
		"register: persons\ntitle: 人员\nfields:\n"
		"  name: { title: 姓名, type: text, required: true }\nby: grant\nof: "
		"any\n") },
	{ .path = S("kernel/posts.register.yaml"),
	    .text = S(
		"register: posts\ntitle: 岗位\nfields:\n"
		"  unit: { title: 单位, type: entry, of: units, required: true }\n"
		"  holder: { title: 任职, type: entry, of: persons }\n"
		"  deputy: { title: AB角, type: entry, of: persons }\nby: grant\nof: "
		"any\n") },
	{ .path = S("kernel/competences.register.yaml"),
	    .text = S(
		"register: competences\ntitle: 授权\nfields:\n"
		"  post: { title: 岗位, type: entry, of: posts, required: true }\n"
		"  what: { title: 权限, type: choice, of: competences, required: true }\n"
		"by: grant\nof: any\n") },
	{ .path = S("check.procedure.yaml"),
	    .text = S(
		"procedure: check\ntitle: 核对\nin_force: { from: 2000-01-01 }\n"
		"basis: [试行规定/一]\nunit: body\nfields:\n"
		"  body: { title: 单位, type: entry, of: units, required: true }\n"
		"  result: { title: 结果, type: text }\n"
		"stages: { open: 核对中, closed: 已核对 }\nfinal: [closed]\n"
		"outcome: result\npasses: \"result = \\\"无误\\\"\"\nactions:\n"
		"  begin: { title: 开始核对, at: new, by: write, form: [body], then: "
		"open }\n"
		"  finish: { title: 核对完毕, at: open, by: write, form: [result], then: "
		"closed }\nclocks:\n"
		"  - { id: finish, title: 核对期限, from: begin, within: 4 days, "
		"until: [finish], lapse: { then: closed }, basis: [试行规定/二] }\n") },
	{ .path = S("note.document.yaml"),
	    .text = S("document: letter\ntitle: 回函\nnumber: { format: "
		      "\"函〔{year}〕{n}号\" }\n"
		      "text: |\n  关于{text}的回函\n") },
	{ .path = S("note.procedure.yaml"),
	    .text = S(
		"procedure: note\ntitle: 来函\nin_force: { from: 2000-01-01 }\n"
		"basis: [试行规定/一]\nunit: body\nname: text\nfields:\n"
		"  body: { title: 单位, type: entry, of: units, required: true }\n"
		"  text: { title: 内容, type: text, required: true }\n"
		"  amount: { title: 件数, type: int }\n"
		"  more: { title: 附言, type: long }\n"
		"  phone: { title: 电话, type: text, personal: true }\n"
		"  scan: { title: 扫描件, type: files }\n"
		"stages: { open: 办理中, closed: 已办结 }\nfinal: [closed]\n"
		"children:\n  check: { procedure: check, with: { body: body } }\n"
		"actions:\n"
		"  begin: { title: 收函, at: new, by: write, "
		"form: [body, text, \"amount?\", \"more?\", \"phone?\", \"scan?\"], "
		"then: open }\n"
		"  edit: { title: 修改, at: open, by: write, form: [\"text?\", "
		"\"amount?\"] }\n"
		"  ask: { title: 交核对, at: open, by: write, opens: [check] }\n"
		"  reply: { title: 回函, at: open, by: write, issues: letter, then: "
		"closed "
		"}\n"
		"clocks:\n"
		"  - { id: reply, title: 回复期限, from: begin, within: 5 days, "
		"until: [reply], basis: [试行规定/二] }\n"
		"destroys: write\nunseals: write\n") },
};
enum { LAWS = sizeof LAW / sizeof *LAW };

static enum err
given(struct cx *cx, struct door *door, const char *family, struct str form,
    struct str *subject)
{
	struct act act = { .actor = S("system"),
		.family = str_z(family),
		.action = S("put"),
		.done = cx_today(cx) - 100,
		.is_setup = true };
	struct act_result result;

	TRY(canon_parse(cx, str_replace(cx->arena, form, S("'"), S("\"")), &act.form));
	TRY(door_do_one(cx, door, &act, &result));
	*subject = result.subject;
	return ERR_OK;
}

enum err
county_laws(struct cx *cx, struct source_list *out)
{
	static const char *const days[] = { "kernel/workdays/2026.yaml",
		"kernel/workdays/expected.yaml" };

	for (size_t i = 0; i < LAWS; i++)
		*list_add(cx->arena, out) = LAW[i];
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct source s = { .path = str_z(days[i]) };

		TRY(file_read(
		    cx, str_fmt(cx->arena, "law/%s", days[i]), 100000, &s.text));
		*list_add(cx->arena, out) = s;
	}
	return ERR_OK;
}

static enum err
publish(struct cx *cx, struct door *door)
{
	struct source_list sources = { 0 };
	size_t published;

	TRY(county_laws(cx, &sources));
	TRY(door_publish(cx, door, S("system"), &sources, &published));
	if (published != sources.n)
		return fail(cx, ERR_INPUT, "published %zu", published);
	return ERR_OK;
}

static enum err
people(struct cx *cx, struct county *c)
{
	struct str post, grant;

	TRY(given(cx, c->door, "units", S("{'name':'某局'}"), &c->unit));
	TRY(given(cx, c->door, "persons", S("{'name':'张三'}"), &c->person));
	TRY(given(cx, c->door, "posts",
	    str_fmt(cx->arena, "{'holder':'%.*s','unit':'%.*s'}", STR_ARG(c->person),
		STR_ARG(c->unit)),
	    &post));
	return given(cx, c->door, "competences",
	    str_fmt(cx->arena, "{'post':'%.*s','what':'write'}", STR_ARG(post)), &grant);
}

enum err
county_make(struct cx *cx, const struct door_config *config, struct county *out)
{
	const struct install install = { .log = config->log, .title = S("试验") };
	struct door_config own = *config;
	enum err err;

	*out = (struct county){ 0 };
	TRY(db_open(cx, config->url, DB_WRITE, &own.db));
	err = install_log(cx, own.db, &install);
	if (err != ERR_OK) {
		db_close(own.db);
		return err;
	}
	TRY(door_open(cx, &own, &out->door));
	TRY(publish(cx, out->door));
	return people(cx, out);
}

static enum err
find_people(struct cx *cx, const struct event *e, void *self)
{
	struct county *c = self;

	(void)cx;
	if (str_starts(e->subject, S("units/")))
		c->unit = str_copy(c->arena, e->subject);
	if (str_starts(e->subject, S("persons/")))
		c->person = str_copy(c->arena, e->subject);
	return ERR_OK;
}

enum err
county_again(struct cx *cx, const struct door_config *config, struct county *out)
{
	*out = (struct county){ .arena = cx->arena };
	TRY(door_open(cx, config, &out->door));
	return record_walk(
	    cx, door_store(out->door), config->log, 1, 0, find_people, out);
}

struct act
county_note(struct cx *cx, const struct county *c, struct str text, struct str key)
{
	struct act act = { .actor = c->person,
		.family = S("note"),
		.action = S("begin"),
		.form = value_map(),
		.done = cx_today(cx),
		.key = key };

	value_set_text(cx->arena, &act.form, "body", c->unit);
	value_set_text(cx->arena, &act.form, "text", text);
	return act;
}

static bool
rebuilds(struct cx *cx, struct db *db, const struct tables *tables, struct str log)
{
	struct str live, rebuilt;
	DB_TX tx = { 0 };

	return db_begin(cx, db, &tx) == ERR_OK &&
	       rebuild_dump_text(cx, db, tables, log, &live) == ERR_OK &&
	       rebuild_log(cx, db, tables, log) == ERR_OK &&
	       rebuild_dump_text(cx, db, tables, log, &rebuilt) == ERR_OK &&
	       live.n > 100 && str_eq(live, rebuilt);
}

bool
county_rebuilds(struct cx *cx, struct door *door)
{
	const struct tables *tables = door_tables(door);
	struct db *db = NULL; /* the door's own may be at work in its thread */
	bool same;

	if (db_open(cx, door_url(door), DB_WRITE, &db) != ERR_OK)
		return false;
	same = rebuilds(cx, db, tables, door_log(door));
	db_close(db);
	return same;
}
