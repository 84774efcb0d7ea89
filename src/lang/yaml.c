/*
 * Reading YAML with libyaml's events; the only file that knows the library. The tree is
 * built here rather than with yaml_document_load because that one resolves aliases before
 * anybody could refuse them.
 */
#include "lang/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/bug.h"
#include "base/map.h"

enum { TEXT_MAX = 256 * 1024, DEPTH_MAX = 32 };

struct frame {
	struct yaml_node *node; /* a list or a map */
	struct yaml_node *last; /* its newest child */
	struct map keys;
	bool has_key; /* a key was read, its value comes next */
	struct str key;
	int key_line, key_column;
};

struct loader {
	struct messages *m;
	yaml_parser_t parser;
	struct yaml_node *root;
	struct frame frames[DEPTH_MAX];
	size_t depth;
	size_t faults;
};

static void
loader_free(struct loader *l)
{
	yaml_parser_delete(&l->parser);
}

static void
event_free(yaml_event_t *e)
{
	yaml_event_delete(e);
}

static void
fault_at(struct loader *l, yaml_mark_t at, const char *what)
{
	message_put(l->m, (int)at.line + 1, (int)at.column + 1, "%s", what);
	l->faults++;
}

static struct str
copy_bytes(struct loader *l, const unsigned char *p, size_t n)
{
	return (struct str){ arena_copy(l->m->arena, p, n), n };
}

/* A scalar where a map wants a key. */
static void
take_key(struct loader *l, struct frame *f, const yaml_event_t *e)
{
	f->key = copy_bytes(l, e->data.scalar.value, e->data.scalar.length);
	f->key_line = (int)e->start_mark.line + 1;
	f->key_column = (int)e->start_mark.column + 1;
	f->has_key = true;
	if (map_find(&f->keys, f->key)) {
		message_put(
		    l->m, f->key_line, f->key_column, "键 %.*s 重复", STR_ARG(f->key));
		l->faults++;
	} else {
		map_put(l->m->arena, &f->keys, f->key, f);
	}
}

static struct yaml_node *
add_node(struct loader *l, enum yaml_kind kind, yaml_mark_t at)
{
	struct yaml_node *node = arena_new(l->m->arena, struct yaml_node);
	struct frame *f;

	node->kind = kind;
	node->line = (int)at.line + 1;
	node->column = (int)at.column + 1;
	if (!l->depth) {
		l->root = node;
		return node;
	}
	f = &l->frames[l->depth - 1];
	if (f->node->kind == YAML_MAP) {
		node->key = f->key;
		node->key_line = f->key_line;
		node->key_column = f->key_column;
		f->has_key = false;
	}
	if (f->last)
		f->last->next = node;
	else
		f->node->first = node;
	f->last = node;
	f->node->n++;
	return node;
}

static bool
wants_key(const struct loader *l)
{
	const struct frame *f = l->depth ? &l->frames[l->depth - 1] : NULL;

	return f && f->node->kind == YAML_MAP && !f->has_key;
}

static void
take_scalar(struct loader *l, const yaml_event_t *e)
{
	struct yaml_node *node;

	if (e->data.scalar.anchor)
		fault_at(l, e->start_mark, "不允许使用锚点（&）");
	if (e->data.scalar.tag)
		fault_at(l, e->start_mark, "不允许使用标签（!）");
	if (memchr(e->data.scalar.value, 0, e->data.scalar.length))
		fault_at(l, e->start_mark, "文本中不允许有空字符");
	if (wants_key(l)) {
		take_key(l, &l->frames[l->depth - 1], e);
		return;
	}
	node = add_node(l, YAML_SCALAR, e->start_mark);
	node->text = copy_bytes(l, e->data.scalar.value, e->data.scalar.length);
	node->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
}

/* False: too deep to go on. */
static bool
open_node(struct loader *l, enum yaml_kind kind, const yaml_event_t *e)
{
	const bool map = kind == YAML_MAP;

	if (map ? !!e->data.mapping_start.anchor : !!e->data.sequence_start.anchor)
		fault_at(l, e->start_mark, "不允许使用锚点（&）");
	if (map ? !!e->data.mapping_start.tag : !!e->data.sequence_start.tag)
		fault_at(l, e->start_mark, "不允许使用标签（!）");
	if (l->depth == DEPTH_MAX) {
		fault_at(l, e->start_mark, "嵌套超过 32 层");
		return false;
	}
	if (wants_key(l)) {
		fault_at(l, e->start_mark, "键必须是文本");
		return false;
	}
	l->frames[l->depth] = (struct frame){ .node = add_node(l, kind, e->start_mark) };
	l->depth++;
	return true;
}

/* One event into the tree; false ends the reading. */
static bool
take_event(struct loader *l, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (e->data.document_start.version_directive ||
		    e->data.document_start.tag_directives.start !=
			e->data.document_start.tag_directives.end)
			fault_at(l, e->start_mark, "不允许使用指令（%）");
		if (!l->root)
			return true;
		fault_at(l, e->start_mark, "一个文件只能有一份文档");
		return false;
	case YAML_ALIAS_EVENT:
		fault_at(l, e->start_mark, "不允许使用引用（*）");
		if (wants_key(l))
			return false;
		add_node(l, YAML_SCALAR, e->start_mark);
		return true;
	case YAML_SCALAR_EVENT:
		take_scalar(l, e);
		return true;
	case YAML_SEQUENCE_START_EVENT:
		return open_node(l, YAML_LIST, e);
	case YAML_MAPPING_START_EVENT:
		return open_node(l, YAML_MAP, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		l->depth--;
		return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return true;
	}
	return false;
}

/* libyaml's words for the faults that people make, in theirs. */
static const char *
problem_text(const char *problem)
{
	static const struct {
		const char *theirs, *ours;
	} texts[] = {
		{ "mapping values are not allowed",
		    "这里不能再出现“键: 值”，请检查缩进，含冒号的文本要加引号" },
		{ "block sequence entries are not allowed",
		    "这里不能出现“- ”，请检查缩进" },
		{ "did not find expected key", "这里应当是键，请检查缩进" },
		{ "did not find expected '-' indicator", "这里应当是“- ”，请检查缩进" },
		{ "could not find expected ':'", "键之后缺少冒号" },
		{ "did not find expected ',' or ']'", "列表缺少“,”或者“]”" },
		{ "did not find expected ',' or '}'",
		    "缺少“,”或者“}”，含逗号的文本要加引号" },
		{ "found unexpected end of stream", "引号没有结束" },
		{ "found character that cannot start any token",
		    "不能以这个字符开头，制表符请换成空格" },
		{ "found a tab character", "缩进不能用制表符" },
		{ "found unknown escape character", "双引号里的转义写法有误" },
		{ "did not find expected node content", "这里缺少内容" },
		{ "did not find expected <document start>", "这里多出了内容" },
		{ "did not find expected alphabetic", "“&”“*”开头的文本要加引号" },
		{ "found undefined tag handle", "不允许使用标签（!）" },
		{ "control characters are not allowed", "含有控制字符" },
	};

	for (size_t i = 0; problem && i < sizeof texts / sizeof *texts; i++)
		if (str_starts(str_z(problem), str_z(texts[i].theirs)))
			return texts[i].ours;
	return "YAML 写法有误";
}

static void
read_events(struct loader *l)
{
	bool go_on = true;

	while (go_on) {
		yaml_event_t e AUTO(event_free) = { 0 };

		if (!yaml_parser_parse(&l->parser, &e)) {
			const yaml_parser_t *p = &l->parser;

			message_put(l->m, (int)p->problem_mark.line + 1,
			    (int)p->problem_mark.column + 1, "%s",
			    problem_text(p->problem));
			l->faults++;
			return;
		}
		go_on = take_event(l, &e) && e.type != YAML_STREAM_END_EVENT;
	}
}

/* False with a message when the bytes are no text at all. */
static bool
check_bytes(struct messages *m, struct str text)
{
	int line = 1;

	if (text.n > TEXT_MAX) {
		message_put(m, 0, 0, "文件超过 256 KiB");
		return false;
	}
	if (str_is_utf8(text))
		return true;
	for (size_t i = 0; i < text.n;) {
		const size_t from = i;
		const uint32_t c = str_next(text, &i);

		if (c == 0 || (c == 0xFFFD && i - from == 1))
			break;
		line += c == '\n';
	}
	message_put(m, line, 1, "不是 UTF-8 文本，或者含有空字符");
	return false;
}

enum err
yaml_parse(struct messages *m, struct str text, struct yaml_node **out)
{
	struct loader l AUTO(loader_free) = { .m = m };

	*out = arena_new(m->arena, struct yaml_node);
	if (!check_bytes(m, text))
		return ERR_INPUT;
	if (str_starts(text, S("\xEF\xBB\xBF")))
		text = str_sub(text, 3, text.n);
	if (!yaml_parser_initialize(&l.parser))
		bug("libyaml: out of memory");
	yaml_parser_set_encoding(&l.parser, YAML_UTF8_ENCODING);
	/* libyaml wants an address also of nothing. */
	yaml_parser_set_input_string(
	    &l.parser, (const unsigned char *)(text.p ? text.p : ""), text.n);
	read_events(&l);
	if (l.root) {
		*out = l.root;
	} else if (!l.faults) {
		message_put(m, 0, 0, "文件是空的");
		l.faults++;
	}
	return l.faults ? ERR_INPUT : ERR_OK;
}
