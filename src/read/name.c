/* What entries and matters are called, and how those of one name are told apart. */
#include "read/ask.h"

#include "base/buf.h"
#include "base/date.h"
#include "read/keep.h"
#include "register/table.h"

/* A name made of names: of a certificate the person, and no deeper. */
enum { NAMES_DEEP = 3 };

static struct str name_of(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str subject, int deep);

static struct str
field_said(struct cx *cx, const struct reader *r, const struct defs *defs,
    const struct field *f, const struct value *value, int deep)
{
	switch (f->type) {
	case FIELD_ENTRY:
	case FIELD_MATTER:
		return name_of(cx, r, defs, value_str(value), deep - 1);
	case FIELD_CHOICE:
		return choice_title(f, value_str(value));
	case FIELD_DAY:
		return value->kind == V_INT ? day_chinese(cx->arena, value->i) : S("");
	case FIELD_INT:
		return value->kind == V_INT
			   ? str_fmt(cx->arena, "%lld", (long long)value->i)
			   : S("");
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_CODE:
	case FIELD_DECIMAL:
		return value_str(value);
	case FIELD_MONEY:
	case FIELD_BOOL:
	case FIELD_ENTRIES:
	case FIELD_MATTERS:
	case FIELD_TEXTS:
	case FIELD_ROWS:
	case FIELD_CITATIONS:
	case FIELD_FILES:
	case FIELD_COUNT_:
		break;
	}
	return S("");
}

static struct str
called(struct cx *cx, const struct reader *r, const struct defs *defs,
    const struct register_def *def, const struct value *values, int deep)
{
	struct buf b = { .arena = cx->arena };
	struct str rest = def->called, words, id;

	while (called_next(&rest, &words, &id)) {
		const struct field *f = field_find(&def->fields, id);

		buf_put(&b, words);
		if (f)
			buf_put(
			    &b, field_said(cx, r, defs, f, value_get(values, id), deep));
	}
	return buf_str(&b);
}

static struct str
title_of(struct cx *cx, const struct reader *r, const struct defs *defs,
    const struct register_def *def, const struct value *values, int deep)
{
	const struct field *key = field_find(&def->fields, def->key);

	if (def->called.n)
		return called(cx, r, defs, def, values, deep);
	if (key)
		return field_said(cx, r, defs, key, value_get(values, key->id), deep);
	for (size_t i = 0; i < def->fields.n; i++)
		if (def->fields.v[i].type == FIELD_TEXT && !def->fields.v[i].personal)
			return value_str(value_get(values, def->fields.v[i].id));
	return S("");
}

struct str
ask_title(struct cx *cx, const struct reader *r, const struct defs *defs,
    const struct register_def *def, const struct value *values)
{
	return title_of(cx, r, defs, def, values, NAMES_DEEP);
}

static struct str
name_of(struct cx *cx, const struct reader *r, const struct defs *defs,
    struct str subject, int deep)
{
	const struct register_def *def = defs_register(defs, subject_family(subject));
	const struct procedure_def *p = defs_procedure(defs, subject_family(subject));
	struct value v;

	if (!subject.n || deep <= 0)
		return S("");
	if (!def) {
		if (read_matter(cx, r, subject, &v) != ERR_OK)
			return S("");
		v = *value_get(&v, S("title")); /* else it is called what it is one of */
		return v.kind == V_TEXT && v.s.n ? v.s : p ? p->title : S("");
	}
	if (read_entry(cx, r, subject, cx_today(cx), READ_NOW, &v) != ERR_OK)
		return S("");
	return title_of(cx, r, defs, def, value_get(&v, S("values")), deep);
}

struct str
ask_name(
    struct cx *cx, const struct reader *r, const struct defs *defs, struct str subject)
{
	const struct str what = S("name");
	struct id_list kept;
	struct str name;

	if (keep_find(cx, r->keep, defs, what, subject, &kept))
		return kept.v[0];
	name = name_of(cx, r, defs, subject, NAMES_DEEP);
	/* Of what could not be read there is none, and the next may ask again. */
	if (name.n)
		keep_put(cx, r->keep, defs, what, subject,
		    &(struct id_list){ .v = &name, .n = 1 });
	return name;
}

/* ---- those of one name ---- */

struct apart {
	struct cx *cx;
	const struct reader *r;
	const struct defs *defs;
};

/* What is added first, and what when that was not enough. */
enum told { TOLD_UNIT, TOLD_POST, TOLD_CODE, TOLD_NUMBER, TOLD_COUNT_ };

static void
word_add(struct arena *a, struct id_list *all, struct str word)
{
	if (word.n && !id_list_has(all, word))
		*list_add(a, all) = word;
}

/* Of a person: the units of the posts held, the posts, the numbers of certificates. */
static enum err
person_told(struct apart *p, struct str person, enum told told, struct id_list *all)
{
	struct read_page posts = { 0 };

	TRY(ask_refs(p->cx, p->r, S("posts"), S("holder"), person, &posts));
	for (size_t i = 0; i < posts.n; i++) {
		const struct value *values = value_get(&posts.v[i], S("values"));

		word_add(p->cx->arena, all,
		    ask_name(
			p->cx, p->r, p->defs, value_str(value_get(values, S("unit")))));
		if (told >= TOLD_POST)
			word_add(
			    p->cx->arena, all, value_str(value_get(values, S("title"))));
	}
	for (size_t i = 0; told >= TOLD_CODE && i < p->defs->registers.n; i++) {
		const struct register_def *def = p->defs->registers.items[i].value;
		const struct field *f = defs_person_field(p->defs, def->id);
		const struct field *key = field_find(&def->fields, def->key);
		struct read_page held = { 0 };

		if (!f || !key || key->type != FIELD_CODE ||
		    !table_of(p->r->tables, def->id))
			continue;
		TRY(ask_refs(p->cx, p->r, def->id, f->id, person, &held));
		for (size_t k = 0; k < held.n; k++)
			word_add(p->cx->arena, all,
			    value_str(
				value_get(value_get(&held.v[k], S("values")), key->id)));
	}
	return ERR_OK;
}

/* Of anything else what it names: first its unit, then its holder or who else. */
static enum err
entry_told(struct apart *p, const struct register_def *def, struct str subject,
    enum told told, struct id_list *all)
{
	struct value v;

	const enum err err = read_entry(
	    p->cx, p->r, subject, cx_today(p->cx), READ_NOW, &v);

	if (err != ERR_OK) /* one that has ended may still stand where it stood */
		return err == ERR_NOT_FOUND ? ERR_OK : err;
	for (size_t i = 0; i < def->fields.n; i++) {
		const struct field *f = &def->fields.v[i];

		if (f->type == FIELD_ENTRY && !f->personal &&
		    (told >= TOLD_POST || field_takes(f, S("units"))))
			word_add(p->cx->arena, all,
			    ask_name(p->cx, p->r, p->defs,
				value_str(value_get(value_get(&v, S("values")), f->id))));
	}
	return ERR_OK;
}

static enum err
offer_tell(struct apart *p, struct offer *o, struct str label, enum told told)
{
	const struct register_def *def = defs_register(
	    p->defs, subject_family(o->subject));
	struct id_list all = { 0 };

	if (!def)
		return ERR_OK;
	if (str_eq(def->id, S("persons")))
		TRY(person_told(p, o->subject, told, &all));
	else
		TRY(entry_told(p, def, o->subject, told, &all));
	if (told == TOLD_NUMBER)
		word_add(p->cx->arena, &all,
		    str_fmt(p->cx->arena, "%lld", (long long)subject_number(o->subject)));
	if (all.n) /* in the brackets that Chinese text has */
		o->label = str_fmt(p->cx->arena, "%.*s\xEF\xBC\x88%.*s\xEF\xBC\x89",
		    STR_ARG(label),
		    STR_ARG(str_join(p->cx->arena, all.v, all.n, S(" "))));
	return ERR_OK;
}

enum err
ask_apart(struct cx *cx, const struct reader *r, const struct defs *defs, struct offer *v,
    size_t n)
{
	struct apart p = { cx, r, defs };
	struct str *labels = arena_array(cx->arena, struct str, n + 1);
	bool *shared = arena_array(cx->arena, bool, n + 1);
	bool any = true;

	for (size_t i = 0; i < n; i++)
		labels[i] = v[i].label;
	for (int told = TOLD_UNIT; any && told < TOLD_COUNT_; told++) {
		struct map first = { 0 }; /* label to the place where it stands first */

		any = false;
		for (size_t i = 0; i < n; i++)
			shared[i] = false;
		for (size_t i = 0; i < n; i++) {
			const struct offer *same = map_find(&first, v[i].label);

			if (!same) {
				map_put(cx->arena, &first, v[i].label, &v[i]);
			} else if (!str_eq(same->subject, v[i].subject)) {
				shared[same - v] = shared[i] = any = true;
			}
		}
		for (size_t i = 0; i < n; i++)
			if (shared[i])
				TRY(offer_tell(&p, &v[i], labels[i], (enum told)told));
	}
	return ERR_OK;
}
