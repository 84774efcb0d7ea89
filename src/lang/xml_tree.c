/* XML as a tree in an arena, built from the events of xml_scan. */
#include "base/buf.h"
#include "lang/xml.h"

enum { DEPTH_MAX = 256, NODES_MAX = 2000000 };

struct frame {
	struct xml_node *node, *last;
	struct buf text; /* used from the second piece on: most texts come in one */
};

struct builder {
	struct arena *arena;
	struct xml_node *root;
	struct frame frames[DEPTH_MAX];
	size_t depth, nodes;
};

static struct xml_attribute *
copy_attributes(struct arena *a, const struct xml_attribute *v, size_t n)
{
	struct xml_attribute *copy = arena_array(a, struct xml_attribute, n);

	for (size_t i = 0; i < n; i++)
		copy[i] = (struct xml_attribute){ str_copy(a, v[i].name),
			str_copy(a, v[i].value) };
	return copy;
}

static const char *
on_open(void *self, struct str name, const struct xml_attribute *v, size_t n, int line)
{
	struct builder *b = self;
	struct frame *f = b->depth ? &b->frames[b->depth - 1] : NULL;
	struct xml_node *node;

	if (b->depth == DEPTH_MAX || ++b->nodes > NODES_MAX)
		return "元素太多";
	node = arena_new(b->arena, struct xml_node);
	node->name = str_copy(b->arena, name);
	node->line = line;
	node->attributes = copy_attributes(b->arena, v, n);
	node->n_attributes = n;
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
	return NULL;
}

static const char *
on_text(void *self, struct str piece)
{
	struct builder *b = self;

	struct frame *f = &b->frames[b->depth - 1];

	if (!f->node->text.n) {
		f->node->text = str_copy(b->arena, piece);
		return NULL;
	}
	if (!f->text.n)
		buf_put(&f->text, f->node->text);
	buf_put(&f->text, piece);
	return NULL;
}

static void
on_close(void *self, struct str name)
{
	struct builder *b = self;
	struct frame *f = &b->frames[--b->depth];

	(void)name;
	if (f->text.n)
		f->node->text = buf_str(&f->text);
}

enum err
xml_parse(struct cx *cx, struct str text, struct xml_node **out)
{
	struct builder b = { .arena = cx->arena };
	const struct xml_sink sink = { &b, on_open, on_text, on_close };

	TRY(xml_scan(cx, text, &sink));
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
