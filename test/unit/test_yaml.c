/* YAML: the tree with its places, and every fault of a text at once. */
#include "test.h"
#include "base/buf.h"

#include "lang/yaml.h"

static struct str
all_messages(struct cx *cx, const struct messages *m)
{
	return messages_err(cx, m) == ERR_OK ? S("") : cx->why;
}

TEST(yaml_tree_keeps_places)
{
	struct messages m = { .arena = cx->arena, .file = S("a.yaml") };
	struct yaml_node *root;
	const struct yaml_node *list;

	CHECK_OK(yaml_parse(&m,
	    S("# 注\nregister: units\ntitle: \"单位\"\nfields:\n"
	      "  名称: { type: text, of: [a, b] }\nempty:\n"),
	    &root));
	CHECK(root->kind == YAML_MAP && root->n == 4 && root->line == 2);
	CHECK_STR(yaml_str(yaml_get(root, S("register"))), S("units"));
	CHECK(!yaml_find(root, S("register"))->quoted &&
	      yaml_find(root, S("title"))->quoted);
	list = yaml_get(yaml_get(yaml_get(root, S("fields")), S("名称")), S("of"));
	CHECK(list->kind == YAML_LIST && list->n == 2 && list->line == 5 &&
	      list->column == 25 && list->key_column == 21);
	CHECK_STR(list->first->next->text, S("b"));
	CHECK(yaml_is_null(yaml_get(root, S("empty"))));
	CHECK(yaml_get(root, S("absent"))->kind == YAML_NONE);
	CHECK(!yaml_find(root->first, S("x")));
}

TEST(yaml_refuses_what_law_does_not_use)
{
	static const struct {
		struct str text, says;
	} cases[] = {
		{ S("a: &x 1\nb: *x\n"),
		    S("f:1:4: 不允许使用锚点（&）\nf:2:4: 不允许使用引用（*）") },
		{ S("a: !!str 1\n"), S("f:1:4: 不允许使用标签（!）") },
		{ S("a: 1\na: 2\n b: 3\n"),
		    S("f:2:1: 键 a 重复\nf:3:3: 这里不能再出现“键: "
		      "值”，请检查缩进，含冒号的文本要加引号") },
		{ S("a: 1\n---\nb: 2\n"), S("f:2:1: 一个文件只能有一份文档") },
		{ S("%YAML 1.1\n---\na: 1\n"), S("f:1:1: 不允许使用指令（%）") },
		{ S("? [a]\n: 1\n"), S("f:1:3: 键必须是文本") },
		{ S("a: \"x\\0y\"\n"), S("f:1:4: 文本中不允许有空字符") },
		{ S("甲: 1\n乙: \xFF\n"), S("f:2:1: 不是 UTF-8 文本，或者含有空字符") },
		{ S("\n# nothing\n"), S("f: 文件是空的") },
		{ S("a: [1, 2\nb: 3\n"), S("f:2:2: 列表缺少“,”或者“]”") },
		{ S("a:\n\t- 1\n"), S("f:2:1: 不能以这个字符开头，制表符请换成空格") },
		{ S("a: \"x\n"), S("f:2:1: 引号没有结束") },
		{ S("a: {b: 1, c\n"), S("f:2:1: 缺少“,”或者“}”，含逗号的文本要加引号") },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct messages m = { .arena = cx->arena, .file = S("f") };
		struct yaml_node *root;

		CHECK(yaml_parse(&m, cases[i].text, &root) == ERR_INPUT);
		CHECK(root);
		CHECK_STR(all_messages(cx, &m), cases[i].says);
	}
}

TEST(yaml_limits)
{
	struct messages m = { .arena = cx->arena, .file = S("f") };
	struct buf b = { .arena = cx->arena };
	struct yaml_node *root;

	for (int i = 0; i < 32; i++)
		buf_put_byte(&b, '[');
	for (int i = 0; i < 32; i++)
		buf_put_byte(&b, ']');
	CHECK_OK(yaml_parse(&m, buf_str(&b), &root));
	CHECK(yaml_parse(&m, str_fmt(cx->arena, "[%.*s]", STR_ARG(buf_str(&b))), &root) ==
	      ERR_INPUT);
	CHECK_STR(m.v[0].text, S("嵌套超过 32 层"));
	while (b.n <= 256 * 1024)
		buf_put(&b, S("# 0123456789\n"));
	CHECK(yaml_parse(&m, buf_str(&b), &root) == ERR_INPUT && m.n == 2);
}

TEST(yaml_of_nothing)
{
	struct messages m = { .arena = cx->arena, .file = S("a.yaml") };
	struct yaml_node *root;

	CHECK(yaml_parse(&m, (struct str){ 0 }, &root) == ERR_INPUT);
	CHECK_STR(all_messages(cx, &m), S("a.yaml: 文件是空的"));
}

TEST(yaml_closed_names_every_unknown_key)
{
	struct messages m = { .arena = cx->arena, .file = S("f") };
	static const char *const few[] = { "title", "fields" };
	static const char *const all[] = { "title", "colour", "size" };
	struct yaml_node *root;

	CHECK_OK(yaml_parse(&m, S("title: x\ncolour: y\nsize: z\n"), &root));
	CHECK(!yaml_closed(&m, root, few, 2));
	CHECK_STR(all_messages(cx, &m),
	    S("f:2:1: 未知的键 colour（这里可以用：title、fields）\n"
	      "f:3:1: 未知的键 size（这里可以用：title、fields）"));
	CHECK(yaml_closed(&m, root, all, 3));
	CHECK(!yaml_closed(&m, root->first, few, 1));
}

TEST(yaml_value_reads_plain_scalars_only)
{
	struct messages m = { .arena = cx->arena, .file = S("f") };
	struct yaml_node *root;
	struct value v;
	int64_t day;

	CHECK_OK(yaml_parse(&m,
	    S("[1, \"1\", 007, -5, -0, true, 'true', null, ~, 2026-03-02, 1.5]"), &root));
	v = yaml_value(cx->arena, root);
	CHECK(value_at(&v, 0)->kind == V_INT && value_at(&v, 1)->kind == V_TEXT);
	CHECK(value_at(&v, 2)->kind == V_TEXT && value_num(value_at(&v, 3)) == -5);
	CHECK(value_at(&v, 4)->kind == V_TEXT && value_true(value_at(&v, 5)));
	CHECK(value_at(&v, 6)->kind == V_TEXT && value_at(&v, 7)->kind == V_NULL);
	CHECK(value_at(&v, 8)->kind == V_NULL && value_at(&v, 9)->kind == V_TEXT);
	CHECK(!yaml_day(&m, root->first, &day) && m.n == 1);
}
