/* A small county for tests of the door. */
#include "county.h"

#include "act/install.h"
#include "act/rebuild.h"
#include "base/file.h"
#include "lang/canon.h"
#include "test.h"

/* A county of one unit and one procedure. */
static const struct source LAW[] = {
	{ S("statutes/s.yaml"),
	    S("statute: 试行规定\narticles: { 一: 要办, 二: 要回 }\n") },
	{ S("kernel/competences.choices.yaml"),
	    S("choices: competences\ntitle: 权限\nitems: { write: 办理, grant: 授权 "
	      "}\n") },
	{ S("kernel/units.register.yaml"),
	    S("register: units\ntitle: 单位\nkey: name\nfields:\n"
	      "  name: { title: 名称, type: text, required: true, unique: true }\n"
	      "by: grant\nof: any\n") },
	{ S("kernel/persons.register.yaml"),
	    S("register: persons\ntitle: 人员\nfields:\n"
	      "  name: { title: 姓名, type: text, required: true }\nby: grant\nof: "
	      "any\n") },
	{ S("kernel/posts.register.yaml"),
	    S("register: posts\ntitle: 岗位\nfields:\n"
	      "  unit: { title: 单位, type: entry, of: units, required: true }\n"
	      "  holder: { title: 任职, type: entry, of: persons }\n"
	      "  deputy: { title: AB角, type: entry, of: persons }\nby: grant\nof: "
	      "any\n") },
	{ S("kernel/competences.register.yaml"),
	    S("register: competences\ntitle: 授权\nfields:\n"
	      "  post: { title: 岗位, type: entry, of: posts, required: true }\n"
	      "  what: { title: 权限, type: choice, of: competences, required: true }\n"
	      "by: grant\nof: any\n") },
	{ S("note.document.yaml"),
	    S("document: letter\ntitle: 回函\nnumber: { format: \"函〔{year}〕{n}号\" }\n"
	      "text: |\n  关于{text}的回函\n") },
	{ S("note.procedure.yaml"),
	    S("procedure: note\ntitle: 来函\nin_force: { from: 2000-01-01 }\n"
	      "basis: [试行规定/一]\nunit: body\nname: text\nfields:\n"
	      "  body: { title: 单位, type: entry, of: units, required: true }\n"
	      "  text: { title: 内容, type: text, required: true }\n"
	      "  amount: { title: 件数, type: int }\n"
	      "  phone: { title: 电话, type: text, personal: true }\n"
	      "stages: { open: 办理中, closed: 已办结 }\nfinal: [closed]\nactions:\n"
	      "  begin: { title: 收函, at: new, by: write, "
	      "form: [body, text, \"amount?\", \"phone?\"], then: open }\n"
	      "  edit: { title: 修改, at: open, by: write, form: [\"text?\", "
	      "\"amount?\"] }\n"
	      "  reply: { title: 回函, at: open, by: write, issues: letter, then: closed "
	      "}\n"
	      "clocks:\n"
	      "  - { id: reply, title: 回复期限, from: begin, within: 5 days, "
	      "until: [reply], basis: [试行规定/二] }\n"
	      "destroys: write\n") },
};
enum { LAWS = sizeof LAW / sizeof *LAW };

struct str
county_given(struct cx *cx, struct door *door, const char *family, const char *form)
{
	struct act act = { .actor = S("system"),
		.family = str_z(family),
		.action = S("put"),
		.done = cx_today(cx) - 100,
		.is_setup = true };
	struct act_result result = { 0 };

	CHECK_OK(canon_parse(
	    cx, str_replace(cx->arena, str_z(form), S("'"), S("\"")), &act.form));
	CHECK_OK(door_do_one(cx, door, &act, &result));
	return result.subject;
}

int64_t county_monotonic;

static int64_t
monotonic_ms(void)
{
	return county_monotonic;
}

void
county_sources(struct cx *cx, struct source_list *out)
{
	static const char *const days[] = { "kernel/workdays/2026.yaml",
		"kernel/workdays/expected.yaml" };

	for (size_t i = 0; i < LAWS; i++)
		*list_add(cx->arena, out) = LAW[i];
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct source s = { .path = str_z(days[i]) };

		CHECK_OK(file_read(
		    cx, str_fmt(cx->arena, "law/%s", days[i]), 100000, &s.text));
		*list_add(cx->arena, out) = s;
	}
}

bool
county_open(struct cx *cx, int engine, struct test_store *store, struct county *f)
{
	const struct install install = { .log = S("test/door"), .title = S("试验") };
	struct door_config config = { .log = S("test/door"),
		.entropy = cx->entropy,
		.monotonic_ms = monotonic_ms };
	struct source_list sources = { 0 };
	struct str post;
	size_t published = 0;

	*f = (struct county){ 0 };
	if (!test_store_make(cx, engine, store))
		return false;
	config.url = store->url;
	CHECK_OK(db_open(cx, store->url, DB_WRITE, &config.db));
	CHECK_OK(install_log(cx, config.db, &install));
	CHECK(install_log(cx, config.db, &install) == ERR_REFUSED);
	CHECK_OK(door_open(cx, &config, &f->door));
	county_sources(cx, &sources);
	CHECK_OK(door_publish(cx, f->door, S("system"), &sources, &published));
	CHECK(published == LAWS + 2);
	CHECK_OK(door_publish(cx, f->door, S("system"), &sources, &published));
	CHECK(published == 0);
	f->unit = county_given(cx, f->door, "units", "{'name':'某局'}");
	f->person = county_given(cx, f->door, "persons", "{'name':'张三'}");
	post = county_given(cx, f->door, "posts",
	    str_fmt(cx->arena, "{'holder':'%.*s','unit':'%.*s'}", STR_ARG(f->person),
		STR_ARG(f->unit))
		.p);
	county_given(cx, f->door, "competences",
	    str_fmt(cx->arena, "{'post':'%.*s','what':'write'}", STR_ARG(post)).p);
	return true;
}

struct act
county_begin(struct cx *cx, const struct county *f, const char *text, const char *key)
{
	struct act act = { .actor = f->person,
		.family = S("note"),
		.action = S("begin"),
		.form = value_map(),
		.done = cx_today(cx),
		.key = str_z(key) };

	value_set_text(cx->arena, &act.form, "body", f->unit);
	value_set_text(cx->arena, &act.form, "text", str_z(text));
	return act;
}

int64_t
county_head(struct cx *cx, struct county *f)
{
	struct record_head head = { 0 };

	CHECK_OK(record_head(cx, door_store(f->door), S("test/door"), &head));
	return head.seq;
}

/* Whatever was done: a rebuild must give the same rows. */
void
county_close(struct cx *cx, struct county *f)
{
	struct db *db = door_store(f->door);
	struct str live, rebuilt;
	DB_TX tx = { 0 };

	CHECK_OK(db_begin(cx, db, &tx));
	CHECK_OK(rebuild_dump_text(cx, db, door_tables(f->door), S("test/door"), &live));
	CHECK_OK(rebuild_log(cx, db, door_tables(f->door), S("test/door")));
	CHECK_OK(
	    rebuild_dump_text(cx, db, door_tables(f->door), S("test/door"), &rebuilt));
	CHECK(live.n > 100);
	CHECK_STR(rebuilt, live);
	db_rollback(&tx);
	door_close(f->door);
}
