/*
 * The builder of markup and its checker. Escaping is not the caller's duty: a value
 * cannot reach a page without saying what it is. The checker reads the finished bytes; as
 * values are escaped, every '<' and '"' it meets comes from a literal of the source.
 */
#include "web/html.h"

#include "base/bug.h"
#include "base/list.h"

struct html_piece
html_url(struct str path)
{
	if (path.n == 0 || path.p[0] != '/' || (path.n > 1 && path.p[1] == '/'))
		bug("U() admits our own paths only, not \"%.*s\"", STR_ARG(path));
	return (struct html_piece){ HTML_URL, path, 0 };
}

struct html_piece
html_outside(struct str address)
{
	if (!str_starts(address, S("https://")))
		bug("X() admits https addresses only, not \"%.*s\"", STR_ARG(address));
	return (struct html_piece){ HTML_URL, address, 0 };
}

struct html *
html_new(struct arena *a, struct exchange *x)
{
	struct html *h = arena_new(a, struct html);

	h->b.arena = a;
	h->x = x;
	return h;
}

void
html_escape(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *entity = NULL;

		switch (s.p[i]) {
		case '&':
			entity = "&amp;";
			break;
		case '<':
			entity = "&lt;";
			break;
		case '>':
			entity = "&gt;";
			break;
		case '"':
			entity = "&quot;";
			break;
		case '\'':
			entity = "&#39;";
			break;
		}
		if (entity == NULL)
			continue;
		buf_put(b, str_sub(s, from, i));
		buf_put_z(b, entity);
		from = i + 1;
	}
	buf_put(b, str_sub(s, from, s.n));
}

static void
piece_put(struct buf *b, const struct html_piece *piece)
{
	switch (piece->kind) {
	case HTML_LITERAL:
		buf_put(b, piece->s);
		return;
	case HTML_TEXT:
	case HTML_URL:
		html_escape(b, piece->s);
		return;
	case HTML_INT:
		buf_put_int(b, piece->i);
		return;
	}
}

void
html_put(struct html *h, const struct html_piece *pieces, size_t n)
{
	for (size_t i = 0; i < n; i++)
		piece_put(&h->b, &pieces[i]);
}

void
html_say_(struct html *h, struct str word, const struct html_piece *pieces, size_t n)
{
	size_t from = 0, hole, filled = 0;

	while ((hole = str_find(word, S("{}"), from)) != SIZE_MAX) {
		if (filled == n)
			bug("\"%.*s\" has more holes than values", STR_ARG(word));
		html_escape(&h->b, str_sub(word, from, hole));
		piece_put(&h->b, &pieces[filled++]);
		from = hole + 2;
	}
	if (filled != n)
		bug("\"%.*s\" has fewer holes than values", STR_ARG(word));
	html_escape(&h->b, str_sub(word, from, word.n));
}

struct markup
html_done(struct html *h)
{
	const struct str s = buf_str(&h->b);

#ifdef ARENA_DEBUG
	const struct str fault = html_fault(h->b.arena, s);
	if (fault.n)
		bug("page: %.*s", STR_ARG(fault));
#endif
	return (struct markup){ s };
}

/* ---- the checker ---- */

struct scan {
	struct arena *arena;
	struct str s;
	size_t i;
	LIST(struct str) open; /* names of elements not closed yet */
	LIST(struct str) ids;
};

static bool
element_is_void(struct str name)
{
	static const char *const names[] = { "area", "br", "col", "hr", "img", "input",
		"link", "meta", "source", "wbr" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(name, str_z(names[i])))
			return true;
	return false;
}

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == ':';
}

static struct str
scan_name(struct scan *sc)
{
	const size_t from = sc->i;

	while (sc->i < sc->s.n && is_name_char(sc->s.p[sc->i]))
		sc->i++;
	return str_sub(sc->s, from, sc->i);
}

static struct str
fault_at(struct scan *sc, const char *what, struct str name)
{
	const size_t from = sc->i > 60 ? sc->i - 60 : 0;
	const struct str near = str_sub(sc->s, from, sc->i + 20);

	return str_fmt(
	    sc->arena, "%s <%.*s> near \"%.*s\"", what, STR_ARG(name), STR_ARG(near));
}

static bool
id_is_new(struct scan *sc, struct str id)
{
	for (size_t i = 0; i < sc->ids.n; i++)
		if (str_eq(sc->ids.v[i], id))
			return false;
	*list_add(sc->arena, &sc->ids) = id;
	return true;
}

/* The attributes up to and with '>'; self-closing "/>" is for the elements of SVG. */
static struct str
scan_attributes(struct scan *sc, struct str element, bool *closed)
{
	*closed = false;
	while (sc->i < sc->s.n && sc->s.p[sc->i] != '>') {
		const char c = sc->s.p[sc->i];

		if (c == ' ' || c == '\n' || c == '\t' || c == '/') {
			*closed = c == '/';
			sc->i++;
			continue;
		}
		const struct str name = scan_name(sc);
		if (name.n == 0)
			return fault_at(sc, "stray character in", element);
		if (sc->i >= sc->s.n || sc->s.p[sc->i] != '=')
			continue;
		if (++sc->i >= sc->s.n || sc->s.p[sc->i] != '"')
			return fault_at(sc, "attribute without quotes in", element);
		const size_t end = str_find(sc->s, S("\""), sc->i + 1);
		if (end == SIZE_MAX)
			return fault_at(sc, "quote not closed in", element);
		if (str_eq(name, S("id")) &&
		    !id_is_new(sc, str_sub(sc->s, sc->i + 1, end)))
			return fault_at(sc, "id given twice in", element);
		sc->i = end + 1;
	}
	if (sc->i++ >= sc->s.n)
		return fault_at(sc, "tag not finished:", element);
	return (struct str){ 0 };
}

static struct str
scan_tag(struct scan *sc)
{
	bool closed = false;

	if (sc->i < sc->s.n && sc->s.p[sc->i] == '!') { /* <!doctype html> */
		const size_t end = str_find(sc->s, S(">"), sc->i);
		sc->i = end == SIZE_MAX ? sc->s.n : end + 1;
		return (struct str){ 0 };
	}
	if (sc->i < sc->s.n && sc->s.p[sc->i] == '/') {
		sc->i++;
		const struct str name = scan_name(sc);
		if (sc->open.n == 0 || !str_eq(sc->open.v[sc->open.n - 1], name))
			return fault_at(sc, "closed out of order:", name);
		sc->open.n--;
		sc->i++;
		return (struct str){ 0 };
	}
	const struct str name = scan_name(sc);
	if (name.n == 0)
		return fault_at(sc, "tag without a name", name);
	const struct str fault = scan_attributes(sc, name, &closed);
	if (fault.n)
		return fault;
	if (!closed && !element_is_void(name))
		*list_add(sc->arena, &sc->open) = name;
	return (struct str){ 0 };
}

struct str
html_fault(struct arena *a, struct str markup)
{
	struct scan sc = { .arena = a, .s = markup };

	while ((sc.i = str_find(markup, S("<"), sc.i)) != SIZE_MAX) {
		sc.i++;
		const struct str fault = scan_tag(&sc);
		if (fault.n)
			return fault;
	}
	sc.i = markup.n;
	if (sc.open.n)
		return fault_at(&sc, "never closed:", sc.open.v[sc.open.n - 1]);
	return (struct str){ 0 };
}
