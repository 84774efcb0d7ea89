/*
 * The parts of a Word file to lines of text. The body is read event by event, as it may
 * be large; what is left out is skipped with all that is inside, and counted.
 */
#include "intake/docx.h"

#include "base/buf.h"
#include "base/zip.h"
#include "intake/docx_number.h"
#include "intake/docx_table.h"
#include "intake/text.h"
#include "lang/xml.h"

enum {
	UNPACKED_MAX = 64 << 20,
	RELS_MAX = 1 << 20,
	ASIDE_MAX = 1 << 16,
	SAMPLE_CHARS = 20
};

struct paragraph {
	struct numbered numbered;
	struct buf text;
	bool merges; /* its end was deleted: what follows belongs to it */
};

struct reading {
	struct cx *cx;
	struct numbering numbering;
	struct docx *out;
	struct buf text, aside;
	size_t lines;
	int depth;

	int skip; /* the depth of what is left out; 0 = nothing is */
	enum left_kind kind;
	bool counts;                        /* as left */
	bool box, fallback, picture, shown; /* inside what is skipped */
	struct buf sample;

	struct paragraph p;
	int properties; /* the depth of pPr, rPr, trPr or tcPr; 0 = in none */
	bool of_paragraph, of_row;
	bool in_paragraph, in_run, in_text, hidden;

	struct word_table table;
};

void
left_add(struct cx *cx, struct lefts *all, struct left one)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].kind == one.kind) {
			all->v[i].count++;
			return;
		}
	one.count = 1;
	one.text = str_copy(cx->arena, one.text);
	*list_add(cx->arena, all) = one;
}

/* ---- what is left out ---- */

/* Elements that are skipped with all inside. */
static bool
is_skipped(struct str name, enum left_kind *kind, bool *counts)
{
	static const struct {
		const char *name;
		enum left_kind kind;
		bool counts;
	} skipped[] = {
		{ "drawing", LEFT_PICTURE, true }, { "pict", LEFT_PICTURE, true },
		{ "object", LEFT_PICTURE, true }, { "del", LEFT_DELETED, true },
		{ "moveFrom", LEFT_DELETED, false }, /* it stands where it went */
		{ "Fallback", LEFT_PICTURE, false }, /* the same again for old programs */
		{ "rt", LEFT_HIDDEN, false },        /* how to pronounce */
	};

	*counts = false;
	for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
		if (str_eq(name, str_z(skipped[i].name))) {
			*kind = skipped[i].kind;
			*counts = skipped[i].counts;
			return true;
		}
	return str_ends(name, S("Change")); /* properties as they were before */
}

static struct str
sample_of(struct reading *r)
{
	const struct str s = text_trim(buf_str(&r->sample));
	size_t i = 0, chars = 0;

	while (i < s.n && chars++ < SAMPLE_CHARS)
		(void)str_next(s, &i);
	return str_sub(s, 0, i);
}

static size_t
line_now(const struct reading *r)
{
	return r->lines + 1 + r->table.of.rows.n;
}

static void
leave(struct reading *r, enum left_kind kind)
{
	left_add(
	    r->cx, &r->out->left, (struct left){ kind, line_now(r), 1, sample_of(r) });
	r->sample.n = 0;
}

static void
skip_open(struct reading *r, struct str name)
{
	r->box |= str_eq(name, S("txbxContent"));
	r->fallback |= str_eq(name, S("Fallback"));
	r->picture |= str_eq(name, S("blip")) || str_eq(name, S("imagedata")) ||
		      str_eq(name, S("OLEObject"));
	r->shown = str_eq(name, S("t")) || str_eq(name, S("delText"));
}

static void
skip_text(struct reading *r, struct str piece)
{
	if (!r->shown || r->fallback)
		return;
	if (r->sample.n < 4 * SAMPLE_CHARS * 4)
		buf_put(&r->sample, piece);
	if (r->box && r->aside.n < ASIDE_MAX)
		buf_put(&r->aside, piece);
}

static void
skip_close(struct reading *r, struct str name)
{
	r->shown = false;
	if (str_eq(name, S("p")) && r->box)
		buf_put_byte(&r->aside, '\n');
	if (r->depth >= r->skip)
		return;
	if (r->box)
		leave(r, LEFT_BOX);
	else if (r->counts && (r->kind != LEFT_PICTURE || r->picture) &&
		 (r->kind != LEFT_DELETED || r->sample.n))
		leave(r, r->kind);
	r->sample.n = 0;
	r->box = r->fallback = r->picture = false;
	r->skip = 0;
}

/* ---- paragraphs ---- */

static void
paragraph_open(struct reading *r)
{
	r->in_paragraph = true;
	if (!r->p.merges)
		r->p.text.n = 0;
	r->p.merges = false;
	r->p.numbered = (struct numbered){ .level = -1 };
}

static void
line_put(struct reading *r, struct str s)
{
	buf_put(&r->text, s);
	buf_put_byte(&r->text, '\n');
	r->lines++;
	for (size_t i = 0; i < s.n; i++)
		r->lines += s.p[i] == '\n';
}

static void
paragraph_close(struct reading *r)
{
	struct str number, all;

	r->in_paragraph = false;
	if (r->p.merges)
		return;
	if (numbering_is_contents(&r->numbering, r->p.numbered.style)) {
		buf_put(&r->sample, buf_str(&r->p.text));
		leave(r, LEFT_CONTENTS);
		return;
	}
	number = numbering_next(r->cx, &r->numbering, &r->p.numbered);
	all = str_fmt(
	    r->cx->arena, "%.*s%.*s", STR_ARG(number), STR_ARG(buf_str(&r->p.text)));
	if (r->table.deep)
		word_table_text(&r->table, all);
	else
		line_put(r, all);
}

static void
property(struct reading *r, struct str name, const struct xml_attribute *v, size_t n)
{
	const struct str val = word_attribute(v, n, S("val"));
	int64_t level;

	if (str_eq(name, S("pStyle")))
		r->p.numbered.style = str_copy(r->cx->arena, val);
	else if (str_eq(name, S("numId")))
		r->p.numbered.num = str_copy(r->cx->arena, val);
	else if (str_eq(name, S("ilvl")) && str_int(val, &level))
		r->p.numbered.level = level;
	else if (str_eq(name, S("del")))
		r->p.merges = true;
}

static void
table_put(struct reading *r)
{
	struct merged_head *head = &r->table.head;
	const size_t first = r->lines + 1;

	merged_put(r->cx, &r->table.of, head, &r->text);
	r->lines += r->table.of.rows.n;
	if (head->lost)
		left_add(r->cx, &r->out->left,
		    (struct left){
			LEFT_COLUMNS, first + head->lost_row, 1, head->lost_text });
	r->table.of = (struct merged_table){ 0 };
}

/* ---- the body ---- */

static void
inline_put(struct reading *r, struct str name)
{
	if (r->hidden)
		return;
	if (str_eq(name, S("tab")) || str_eq(name, S("ptab")))
		buf_put_byte(&r->p.text, '\t');
	else if (str_eq(name, S("br")) || str_eq(name, S("cr")))
		buf_put_byte(&r->p.text, '\n');
	else if (str_eq(name, S("noBreakHyphen")))
		buf_put_byte(&r->p.text, '-');
	else if (str_eq(name, S("t")))
		r->in_text = true;
}

static void
structure_open(struct reading *r, struct str name)
{
	if (str_eq(name, S("p")))
		paragraph_open(r);
	else
		word_table_open(&r->table, name);
}

static bool
properties_open(struct reading *r, struct str name)
{
	if (r->properties)
		return true;
	if (!str_eq(name, S("pPr")) && !str_eq(name, S("rPr")) &&
	    !str_eq(name, S("trPr")) && !str_eq(name, S("tcPr")))
		return false;
	r->properties = r->depth;
	r->of_paragraph = str_eq(name, S("pPr"));
	r->of_row = str_eq(name, S("trPr"));
	return true;
}

static const char *
on_open(void *self, struct str name, const struct xml_attribute *v, size_t n, int line)
{
	struct reading *r = self;

	(void)line;
	r->depth++;
	if (r->skip) {
		skip_open(r, name);
		return NULL;
	}
	if (properties_open(r, name)) {
		if (str_ends(name, S("Change")))
			r->skip = r->depth, r->counts = false;
		else if (r->of_paragraph)
			property(r, name, v, n);
		else if (r->in_run && str_eq(name, S("vanish")))
			r->hidden = !str_eq(word_attribute(v, n, S("val")), S("0"));
		else
			word_table_property(
			    &r->table, name, word_attribute(v, n, S("val")), r->of_row);
		return NULL;
	}
	if (is_skipped(name, &r->kind, &r->counts)) {
		r->skip = r->depth;
		return NULL;
	}
	structure_open(r, name);
	if (str_eq(name, S("r"))) {
		r->in_run = true;
		r->hidden = false;
	} else if (r->in_paragraph) {
		inline_put(r, name);
	}
	return r->lines + r->table.of.rows.n > TEXT_LINES_MAX ? "段落太多，不像一份方案"
							      : NULL;
}

static const char *
on_text(void *self, struct str piece)
{
	struct reading *r = self;

	if (r->skip)
		skip_text(r, piece);
	else if (r->in_text)
		buf_put(&r->p.text, piece);
	else if (r->in_run && r->hidden && r->in_paragraph && !r->properties &&
		 text_trim(piece).n) {
		buf_put(&r->sample, str_sub(piece, 0, 200));
		leave(r, LEFT_HIDDEN);
	}
	return NULL;
}

static void
structure_close(struct reading *r, struct str name)
{
	if (str_eq(name, S("p")))
		paragraph_close(r);
	else if (word_table_close(&r->table, name))
		table_put(r);
}

static void
on_close(void *self, struct str name)
{
	struct reading *r = self;

	r->depth--;
	if (r->skip) {
		skip_close(r, name);
		return;
	}
	r->in_text = false;
	if (r->properties) {
		if (r->depth < r->properties)
			r->properties = 0, r->of_paragraph = r->of_row = false;
		return;
	}
	if (str_eq(name, S("r")))
		r->in_run = false;
	structure_close(r, name);
}

/* ---- the parts ---- */

static struct str
part_of(const struct zip_entries *z, struct str name)
{
	const struct zip_entry *e = zip_find(z, name);

	return e ? e->bytes : S("");
}

/* The part that is the document, and the folder it stands in. */
static enum err
body_find(struct cx *cx, const struct zip_entries *rels, struct str *path, struct str *in)
{
	struct xml_node *root;
	const struct str own = part_of(rels, S("_rels/.rels"));
	size_t slash;

	*path = S("word/document.xml");
	if (own.n) {
		TRY(xml_parse(cx, own, &root));
		for (const struct xml_node *r = xml_find(root, S("Relationship")); r;
		     r = xml_again(r))
			if (str_ends(xml_attribute(r, S("Type")), S("/officeDocument")))
				*path = xml_attribute(r, S("Target"));
	}
	if (str_starts(*path, S("/")))
		*path = str_sub(*path, 1, path->n);
	slash = str_rfind(*path, S("/"));
	*in = slash == SIZE_MAX ? S("") : str_sub(*path, 0, slash + 1);
	return ERR_OK;
}

/* Words of a part that is not the body, as lines beside the text. */
struct aside {
	struct reading *r;
	bool in_text, is_note;
	size_t notes;
};

static const char *
aside_open(void *self, struct str name, const struct xml_attribute *v, size_t n, int line)
{
	struct aside *a = self;

	(void)line;
	a->in_text = str_eq(name, S("t"));
	if (str_eq(name, S("footnote")) || str_eq(name, S("endnote"))) {
		/* Lines that part notes from the text are notes of another type. */
		a->is_note = !word_attribute(v, n, S("type")).n;
		a->r->sample.n = 0;
	}
	return NULL;
}

static const char *
aside_text(void *self, struct str piece)
{
	struct aside *a = self;

	if (a->in_text && a->r->aside.n < ASIDE_MAX)
		buf_put(&a->r->aside, piece);
	if (a->in_text && a->r->sample.n < 4 * SAMPLE_CHARS * 4)
		buf_put(&a->r->sample, piece);
	return NULL;
}

static void
aside_close(void *self, struct str name)
{
	struct aside *a = self;

	a->in_text = false;
	if (str_eq(name, S("p")))
		buf_put_byte(&a->r->aside, '\n');
	if ((str_eq(name, S("footnote")) || str_eq(name, S("endnote"))) && a->is_note)
		leave(a->r, LEFT_NOTE);
}

/* Headers and footers bear numbers of pages and, sometimes, a mark of secrecy. */
static enum err
asides_read(struct reading *r, const struct zip_entries *z, struct str in)
{
	for (size_t i = 0; i < z->n; i++) {
		const struct str name = z->v[i].name;
		struct aside own = { .r = r };
		const struct xml_sink sink = { &own, aside_open, aside_text,
			aside_close };
		struct str rest;

		if (!str_starts(name, in))
			continue;
		rest = str_sub(name, in.n, name.n);
		if (str_starts(rest, S("header")) || str_starts(rest, S("footer")) ||
		    str_eq(rest, S("footnotes.xml")) || str_eq(rest, S("endnotes.xml")))
			TRY(xml_scan(r->cx, z->v[i].bytes, &sink));
	}
	return ERR_OK;
}

static enum err
parts_read(struct reading *r, const struct zip_entries *z, const struct zip_entries *rels)
{
	const struct xml_sink sink = { r, on_open, on_text, on_close };
	struct str path, in, body;

	TRY(body_find(r->cx, rels, &path, &in));
	body = part_of(z, path);
	if (!body.n)
		return fail(r->cx, ERR_INPUT, "缺少 %.*s", STR_ARG(path));
	TRY(numbering_read(r->cx,
	    part_of(z, str_fmt(r->cx->arena, "%.*snumbering.xml", STR_ARG(in))),
	    part_of(z, str_fmt(r->cx->arena, "%.*sstyles.xml", STR_ARG(in))),
	    &r->numbering));
	TRY(xml_scan(r->cx, body, &sink));
	if (r->p.merges) /* the end of the last paragraph was deleted too */
		line_put(r, buf_str(&r->p.text));
	TRY(asides_read(r, z, in));
	return ERR_OK;
}

enum err
docx_read(struct cx *cx, struct str bytes, struct docx *out)
{
	struct arena *a = cx->arena;
	struct reading r = { .cx = cx, .out = out };
	struct zip_entries z = { 0 }, rels = { 0 };

	*out = (struct docx){ 0 };
	r.text.arena = r.aside.arena = r.sample.arena = r.p.text.arena = a;
	r.table.arena = a;
	TRY(zip_unpack(cx, bytes, S(".xml"), UNPACKED_MAX, &z));
	TRY(zip_unpack(cx, bytes, S(".rels"), RELS_MAX, &rels));
	TRY(parts_read(&r, &z, &rels));
	out->text = buf_str(&r.text);
	out->aside = buf_str(&r.aside);
	return ERR_OK;
}
