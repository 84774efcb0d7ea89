/*
 * A flow chart as Graphviz drew it, into a page. Nothing of the file is believed: what is
 * not an element or attribute that a drawing needs is left out, so that neither scripts
 * nor addresses nor ids of others come in, and each value is escaped like any other text.
 * The names of nodes (<title>) are those of the definition and no words for readers.
 */
#include "lang/xml.h"
#include "web/layout.h"
#include "web/pages/law.h"
#include "web/word.h"

static const struct {
	struct str name;
	struct html_piece open, close;
} elements[] = {
	{ S("g"), L("<g"), L("</g>\n") },
	{ S("path"), L("<path"), L("</path>\n") },
	{ S("polygon"), L("<polygon"), L("</polygon>\n") },
	{ S("polyline"), L("<polyline"), L("</polyline>\n") },
	{ S("ellipse"), L("<ellipse"), L("</ellipse>\n") },
	{ S("text"), L("<text"), L("</text>\n") },
};

static const struct {
	struct str name;
	struct html_piece open;
} attributes[] = {
	{ S("d"), L(" d=\"") },
	{ S("points"), L(" points=\"") },
	{ S("cx"), L(" cx=\"") },
	{ S("cy"), L(" cy=\"") },
	{ S("rx"), L(" rx=\"") },
	{ S("ry"), L(" ry=\"") },
	{ S("x"), L(" x=\"") },
	{ S("y"), L(" y=\"") },
	{ S("transform"), L(" transform=\"") },
	{ S("fill"), L(" fill=\"") },
	{ S("stroke"), L(" stroke=\"") },
	{ S("stroke-width"), L(" stroke-width=\"") },
	{ S("stroke-dasharray"), L(" stroke-dasharray=\"") },
	{ S("text-anchor"), L(" text-anchor=\"") },
	{ S("font-size"), L(" font-size=\"") },
	{ S("font-weight"), L(" font-weight=\"") },
};

enum { DEPTH_MOST = 32 };

static void
attributes_put(struct html *h, const struct xml_node *node)
{
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
		const struct str value = xml_attribute(node, attributes[i].name);

		if (value.n)
			html(h, attributes[i].open, T(value), L("\""));
	}
}

static void
element_put(struct html *h, const struct xml_node *node, int depth)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		if (!str_eq(node->name, elements[i].name) || depth > DEPTH_MOST)
			continue;
		html(h, elements[i].open);
		attributes_put(h, node);
		html(h, L(">"));
		if (str_eq(node->name, S("text")))
			html(h, T(node->text));
		for (const struct xml_node *c = node->first; c; c = c->next)
			element_put(h, c, depth + 1);
		html(h, elements[i].close);
	}
}

enum err
law_chart_put(struct html *h, struct view *v, struct str svg, struct str title)
{
	const size_t at = str_find(svg, S("<svg"), 0); /* behind its document type */
	struct xml_node *root;

	if (at == SIZE_MAX)
		return word_fail(&v->x->cx, ERR_STORE, W(law_no_chart));
	TRY(xml_parse(&v->x->cx, str_sub(svg, at, svg.n), &root));
	html(h,
	    L("<div class=\"scroll flow\" role=\"region\" tabindex=\"0\" "
	      "aria-label=\""),
	    T(title), L("\">\n<svg role=\"img\" aria-label=\""), T(title),
	    L("\" width=\""), T(xml_attribute(root, S("width"))), L("\" height=\""),
	    T(xml_attribute(root, S("height"))), L("\" viewBox=\""),
	    T(xml_attribute(root, S("viewBox"))), L("\">\n"));
	for (const struct xml_node *c = root->first; c; c = c->next)
		element_put(h, c, 0);
	html(h, L("</svg>\n</div>\n"));
	return ERR_OK;
}
