/* Building a tree from expat's events; the only file that knows the library. */
#include "lang/xml.h"

#include <expat.h>
#include <limits.h>

#include "base/buf.h"
#include "base/bug.h"

enum { DEPTH_MAX = 256, NODES_MAX = 4000000 };

struct frame {
	struct xml_node *node, *last;
	struct buf text;
};

struct builder {
	struct arena *arena;
	XML_Parser parser;
	struct xml_node *root;
	struct frame frames[DEPTH_MAX];
	size_t depth, nodes;
	const char *refused; /* why we stopped ourselves */
};

static void
builder_free(struct builder *b)
{
	XML_ParserFree(b->parser);
}

static void
stop(struct builder *b, const char *why)
{
	b->refused = why;
	XML_StopParser(b->parser, XML_FALSE);
}

static struct str
local_name(struct str s)
{
	const size_t at = str_find(s, S(":"), 0);

	return at == SIZE_MAX ? s : str_sub(s, at + 1, s.n);
}

static void
take_attributes(struct builder *b, struct xml_node *node, const XML_Char **v)
{
	size_t n = 0;

	while (v[n * 2])
		n++;
	node->n_attributes = n;
	node->attributes = arena_array(b->arena, struct xml_attribute, n);
	for (size_t i = 0; i < n; i++)
		node->attributes[i] = (struct xml_attribute){ str_copy(b->arena,
								  str_z(v[i * 2])),
			str_copy(b->arena, str_z(v[i * 2 + 1])) };
}

static void XMLCALL
on_start(void *self, const XML_Char *name, const XML_Char **attributes)
{
	struct builder *b = self;
	struct xml_node *node;
	struct frame *f = b->depth ? &b->frames[b->depth - 1] : NULL;

	if (b->refused)
		return;
	if (b->depth == DEPTH_MAX || ++b->nodes > NODES_MAX) {
		stop(b, b->depth == DEPTH_MAX ? "嵌套太深" : "元素太多");
		return;
	}
	node = arena_new(b->arena, struct xml_node);
	node->name = local_name(str_copy(b->arena, str_z(name)));
	node->line = (int)XML_GetCurrentLineNumber(b->parser);
	take_attributes(b, node, attributes);
	if (!f)
		b->root = node;
	else if (f->last)
		f->last->next = node;
	else
		f->node->first = node;
	if (f)
		f->last = node;
	b->frames[b->depth++] = (struct frame){ .node = node,
		.text = { .arena = b->arena } };
}

static void XMLCALL
on_end(void *self, const XML_Char *name)
{
	struct builder *b = self;
	struct frame *f;

	(void)name;
	if (b->refused)
		return;
	f = &b->frames[--b->depth];
	f->node->text = buf_str(&f->text);
}

static void XMLCALL
on_text(void *self, const XML_Char *p, int n)
{
	struct builder *b = self;

	if (!b->refused && b->depth)
		buf_put(&b->frames[b->depth - 1].text, (struct str){ p, (size_t)n });
}

static void XMLCALL
on_doctype(void *self, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	stop(self, "不允许有文档类型声明");
}

enum err
xml_parse(struct cx *cx, struct str text, struct xml_node **out)
{
	struct builder b AUTO(builder_free) = { .arena = cx->arena };
	enum XML_Status status;

	if (text.n > INT_MAX)
		return fail(cx, ERR_INPUT, "XML 太大");
	b.parser = XML_ParserCreate(NULL);
	if (!b.parser)
		bug("expat: out of memory");
	XML_SetUserData(b.parser, &b);
	XML_SetElementHandler(b.parser, on_start, on_end);
	XML_SetCharacterDataHandler(b.parser, on_text);
	XML_SetStartDoctypeDeclHandler(b.parser, on_doctype);
	status = XML_Parse(b.parser, text.p, (int)text.n, XML_TRUE);
	if (status != XML_STATUS_OK || b.refused || !b.root)
		return fail(cx, ERR_INPUT, "XML 第 %lu 行第 %lu 列:%s",
		    (unsigned long)XML_GetCurrentLineNumber(b.parser),
		    (unsigned long)XML_GetCurrentColumnNumber(b.parser) + 1,
		    b.refused ? b.refused : XML_ErrorString(XML_GetErrorCode(b.parser)));
	*out = b.root;
	return ERR_OK;
}

struct str
xml_attribute(const struct xml_node *node, struct str name)
{
	for (size_t i = 0; i < node->n_attributes; i++)
		if (str_eq(node->attributes[i].name, name))
			return node->attributes[i].value;
	return S("");
}

static const struct xml_node *
named_from(const struct xml_node *node, struct str name)
{
	while (node && !str_eq(node->name, name))
		node = node->next;
	return node;
}

const struct xml_node *
xml_find(const struct xml_node *node, struct str name)
{
	return named_from(node->first, name);
}

const struct xml_node *
xml_again(const struct xml_node *node)
{
	return named_from(node->next, node->name);
}
