/*
 * What a new edition touches in one log: what law/ cites of it, our gists, entries whose
 * fields name its articles, and the open matters of the procedures that cite it. Only
 * articles whose text or number changed, or that are not there, are told.
 */
#include "act/door.h"
#include "base/buf.h"
#include "base/date.h"
#include "cli/statute.h"
#include "lang/citation.h"
#include "lang/yaml.h"
#include "read/read.h"
#include "store/db.h"

enum { SHOWN = 20, PAGE = 1000 };

struct touch {
	struct cx *cx;
	struct door *door;
	const struct defs *defs;
	struct reader r;
	const struct edition *now;
	struct article_pairs pairs;
	struct id_list procedures; /* that cite what is touched */
	struct buf out;
	size_t found;
};

static struct str
label(struct touch *t, struct str key)
{
	return citation_label(t->cx->arena, key);
}

/* What became of the article that a citation means; empty when nothing did. */
static struct str
fate(struct touch *t, struct str key)
{
	struct arena *a = t->cx->arena;

	for (size_t i = 0; i < t->pairs.n; i++) {
		const struct article_pair *p = &t->pairs.v[i];

		if (!p->before || !str_eq(p->before->key, key))
			continue;
		switch (p->change) {
		case ARTICLE_SAME:
		case ARTICLE_ADDED:
			return S("");
		case ARTICLE_CHANGED:
			return S("内容有改动");
		case ARTICLE_MOVED:
			return str_fmt(a, "改为%.*s", STR_ARG(p->after->label));
		case ARTICLE_MOVED_CHANGED:
			return str_fmt(
			    a, "改为%.*s，内容有改动", STR_ARG(p->after->label));
		case ARTICLE_GONE:
			return S("已删去");
		}
	}
	for (size_t i = 0; i < t->pairs.n; i++)
		if (t->pairs.v[i].after && str_eq(t->pairs.v[i].after->key, key))
			return S("");
	return S("查无此条");
}

/* Of a text "行政处罚法/54": the key when it cites this statute, else empty. */
static struct str
cited_key(const struct touch *t, struct str text)
{
	struct str rest = text, name;

	return str_split(&rest, S("/"), &name) && str_eq(name, t->now->statute) ? rest
										: S("");
}

static void
heading(struct touch *t)
{
	if (!t->found++)
		buf_fmt(&t->out, "  影响（%.*s）：\n", STR_ARG(door_log(t->door)));
}

/* ---- definitions ---- */

static void
citation_look(struct touch *t, const struct source *s, const struct yaml_node *root,
    const struct yaml_node *node)
{
	const struct str key = cited_key(t, node->text);
	const struct str became = key.n ? fate(t, key) : S("");
	const struct str title = yaml_str(yaml_get(root, S("title")));
	const struct str id = yaml_str(yaml_get(root, S("procedure")));

	if (!became.n)
		return;
	heading(t);
	buf_fmt(&t->out, "    制度 %.*s（%.*s 第%d行）依据的%.*s%.*s\n",
	    STR_ARG(title.n ? title : s->path), STR_ARG(s->path), node->line,
	    STR_ARG(label(t, key)), STR_ARG(became));
	if (id.n && !id_list_has(&t->procedures, id))
		*list_add(t->cx->arena, &t->procedures) = id;
}

/* Every `basis`, wherever a definition has one. */
static void
tree_look(struct touch *t, const struct source *s, const struct yaml_node *root,
    const struct yaml_node *node, bool basis)
{
	basis |= str_eq(node->key, S("basis"));
	if (basis && node->kind == YAML_SCALAR)
		citation_look(t, s, root, node);
	for (yaml_each(child, node))
		tree_look(t, s, root, child, basis);
}

static void
definitions_look(struct touch *t)
{
	for (size_t i = 0; i < t->defs->sources.n; i++) {
		const struct source *s = &t->defs->sources.v[i];
		struct messages messages = { .arena = t->cx->arena };
		struct yaml_node *root;

		if (s->withdrawn || s->older || source_is_workdays(s) ||
		    yaml_parse(&messages, s->text, &root) != ERR_OK)
			continue;
		tree_look(t, s, root, root, false);
	}
}

static void
gists_look(struct touch *t)
{
	for (size_t i = 0; i < t->defs->statutes.n; i++) {
		const struct str key = cited_key(t, t->defs->statutes.items[i].key);
		const struct str became = key.n ? fate(t, key) : S("");

		if (!became.n)
			continue;
		heading(t);
		buf_fmt(&t->out, "    要旨 %.*s%.*s，要旨需要重新核对\n",
		    STR_ARG(label(t, key)), STR_ARG(became));
	}
}

/* ---- entries ---- */

static void
entry_look(struct touch *t, const struct register_def *def, const struct value *entry)
{
	const struct value *values = value_get(entry, S("values"));

	for (size_t i = 0; i < def->fields.n; i++) {
		const struct value *list = value_get(values, def->fields.v[i].id);

		if (def->fields.v[i].type != FIELD_CITATIONS)
			continue;
		for (size_t k = 0; k < value_count(list); k++) {
			const struct str key = cited_key(t, value_str(value_at(list, k)));
			const struct str became = key.n ? fate(t, key) : S("");

			if (!became.n)
				continue;
			heading(t);
			buf_fmt(&t->out, "    条目 %.*s %.*s：%.*s%.*s\n",
			    STR_ARG(def->title),
			    STR_ARG(value_str(
				value_get(values, def->key.n ? def->key : S("name")))),
			    STR_ARG(label(t, key)), STR_ARG(became));
		}
	}
}

static bool
has_citations(const struct register_def *def)
{
	for (size_t i = 0; i < def->fields.n; i++)
		if (def->fields.v[i].type == FIELD_CITATIONS)
			return true;
	return false;
}

static enum err
entries_look(struct touch *t)
{
	for (size_t i = 0; i < t->defs->registers.n; i++) {
		const struct register_def *def = t->defs->registers.items[i].value;
		struct read_query q = { .family = def->id, .limit = PAGE };
		struct read_page page;

		if (!has_citations(def))
			continue;
		do {
			page = (struct read_page){ 0 };
			TRY(read_entries(t->cx, &t->r, &q, cx_today(t->cx), &page));
			for (size_t k = 0; k < page.n; k++)
				entry_look(t, def, &page.v[k]);
			q.after = page.next;
		} while (page.next.n);
	}
	return ERR_OK;
}

/* ---- open matters ---- */

static enum err
matters_look(struct touch *t, const struct procedure_def *p)
{
	struct read_query q = { .family = p->id, .limit = PAGE };
	struct read_page page;
	size_t open = 0;

	do {
		page = (struct read_page){ 0 };
		TRY(read_matters(t->cx, &t->r, &q, &page));
		for (size_t k = 0; k < page.n; k++) {
			const struct value *state = value_get(&page.v[k], S("state"));

			if (!value_is_null(value_get(state, S("closed"))))
				continue;
			if (!open++)
				buf_fmt(
				    &t->out, "    未办结的%.*s：\n", STR_ARG(p->title));
			if (open <= SHOWN)
				buf_fmt(&t->out, "      %.*s %.*s\n",
				    STR_ARG(
					value_str(value_get(&page.v[k], S("subject")))),
				    STR_ARG(value_str(value_get(state, S("title")))));
		}
		q.after = page.next;
	} while (page.next.n);
	if (open)
		buf_fmt(&t->out, "      共 %zu 件\n", open);
	return ERR_OK;
}

/* ---- the whole ---- */

/* Whether law/ was written with this edition in hand: then only what it does not hold is
 * wrong, whatever the edition before was like. */
static bool
is_cited_already(const struct touch *t)
{
	const struct cited_statute *c = map_find(&t->defs->cited, t->now->statute);

	return c && c->from != DAY_NONE && c->from >= t->now->from;
}

static enum err
pairs_make(struct touch *t, struct db *db, const struct edition *before)
{
	struct articles *old = arena_new(t->cx->arena, struct articles);
	struct articles *now = arena_new(t->cx->arena, struct articles);

	if (before && !is_cited_already(t))
		TRY(articles_read(t->cx, db, before->statute, before->from, true, old));
	TRY(articles_read(t->cx, db, t->now->statute, t->now->from, true, now));
	articles_compare(t->cx, old, now, &t->pairs);
	return ERR_OK;
}

enum err
statute_touched(struct cx *cx, struct db *db, struct door *door,
    const struct edition *before, const struct edition *now, struct str *out)
{
	struct touch t = { .cx = cx,
		.door = door,
		.defs = door_defs(door),
		.r = { door_store(door), door_tables(door), door_log(door) },
		.now = now,
		.out = { .arena = cx->arena } };

	TRY(pairs_make(&t, db, before));
	definitions_look(&t);
	gists_look(&t);
	TRY(entries_look(&t));
	for (size_t i = 0; i < t.procedures.n; i++) {
		const struct procedure_def *p = defs_procedure(t.defs, t.procedures.v[i]);

		if (p)
			TRY(matters_look(&t, p));
	}
	*out = buf_str(&t.out);
	return ERR_OK;
}
