/*
 * Building a snapshot: each file by its first key, then the whole is linked and checked
 * (act/link.c). A set with any fault is refused whole.
 */
#include "act/defs.h"

#include "act/link.h"
#include "procedure/calendar_file.h"
#include "register/vocabulary.h"
#include "base/crypto.h"

struct load {
	struct cx *cx;
	struct messages *m;
	struct defs *defs;
	const struct source *source; /* the one that is read */
	struct calendar_source calendar;
	struct map paths; /* "document/letter" → the struct source that says it */
};

/* What was withdrawn is read last and gives way to what is in force. */
static void
put_item(struct load *l, struct map *map, struct str key, void *value)
{
	if (!l->source->withdrawn || !map_find(map, key))
		map_put(l->defs->arena, map, key, value);
}

struct register_def *
defs_register(const struct defs *d, struct str id)
{
	return map_find(&d->registers, id);
}

struct procedure_def *
defs_procedure(const struct defs *d, struct str id)
{
	return map_find(&d->procedures, id);
}

const struct field *
defs_person_field(const struct defs *d, struct str family)
{
	const struct register_def *r = defs_register(d, family);
	const struct field *found = NULL;

	for (size_t i = 0; r && i < r->fields.n; i++) {
		const struct field *f = &r->fields.v[i];

		if (f->type != FIELD_ENTRY || !field_takes(f, S("persons")))
			continue;
		if (found)
			return NULL;
		found = f;
	}
	return found;
}

struct procedure_def *
defs_edition(const struct defs *d, struct str digest, struct str id)
{
	struct procedure_def *p = map_find(&d->editions, digest);

	return p && str_eq(p->id, id) ? p : defs_procedure(d, id);
}

static void
load_register(struct load *l, const struct yaml_node *root, struct str digest)
{
	struct register_def *r = arena_new(l->defs->arena, struct register_def);

	r->file = l->m->file;
	r->digest = digest;
	r->withdrawn = l->source->withdrawn;
	register_load(l->cx, l->m, root, r);
	map_put(l->defs->arena, &l->defs->registers, r->id, r);
}

static void
load_procedure(struct load *l, const struct yaml_node *root, struct str digest)
{
	struct procedure_def *p = arena_new(l->defs->arena, struct procedure_def);

	p->file = l->m->file;
	p->digest = digest;
	p->withdrawn = l->source->withdrawn;
	procedure_load(l->cx, l->m, root, p);
	if (!l->source->older || !defs_procedure(l->defs, p->id))
		map_put(l->defs->arena, &l->defs->procedures, p->id, p);
	map_put(l->defs->arena, &l->defs->editions, digest, p);
}

static void
load_transition(struct load *l, const struct yaml_node *root, struct str digest)
{
	struct transition_def *t = arena_new(l->defs->arena, struct transition_def);

	t->file = l->m->file;
	t->digest = digest;
	t->withdrawn = l->source->withdrawn;
	t->recorded = l->source->recorded;
	transition_load(l->cx, l->m, root, t);
	map_put(l->defs->arena, &l->defs->transitions, t->id, t);
}

const struct decision_def *
defs_table(const struct defs *d, struct str id, int64_t day)
{
	const struct decision_list *list = map_find(&d->tables, id);

	for (size_t i = list ? list->n : 0; i-- > 0;)
		if (day >= list->v[i]->from_day && day < list->v[i]->to_day)
			return list->v[i];
	return NULL;
}

const struct decision_def *
defs_table_edition(const struct defs *d, struct str id, struct str digest)
{
	const struct decision_list *list = map_find(&d->tables, id);

	for (size_t i = 0; list && i < list->n; i++)
		if (str_eq(list->v[i]->digest, digest))
			return list->v[i];
	return NULL;
}

static struct str
parameter_title(const void *self, struct str id)
{
	const struct defs *d = self;
	const struct parameter_def *p = map_find(&d->parameters, id);

	return p ? p->title : S("");
}

struct decision_names
defs_names(const struct defs *d)
{
	return (struct decision_names){ parameter_title, d };
}

static void
load_table(struct load *l, const struct yaml_node *root, struct str digest)
{
	struct decision_def *t = arena_new(l->defs->arena, struct decision_def);
	struct decision_list *list;

	t->file = l->m->file;
	t->digest = digest;
	t->withdrawn = l->source->withdrawn;
	decision_load(l->cx, l->m, root, t);
	list = map_find(&l->defs->tables, t->id);
	if (!list) {
		list = arena_new(l->defs->arena, struct decision_list);
		map_put(l->defs->arena, &l->defs->tables, t->id, list);
	}
	*list_add(l->defs->arena, list) = t;
}

/* A block begins on the line behind its `|`. */
static int
text_line(const struct yaml_node *text)
{
	return text->line + (str_has(text->text, S("\n")) ? 1 : 0);
}

/* Each {expression} with the line where it stands. */
static void
holes_load(struct load *l, struct str text, int line, struct hole_list *out)
{
	size_t from = 0;

	while (from < text.n) {
		const size_t open = str_find(text, S("{"), from);
		const size_t close = open == SIZE_MAX ? SIZE_MAX
						      : str_find(text, S("}"), open);
		struct hole *hole = list_add(l->defs->arena, out);
		struct feel_scope scope = { .line = line, .column = 1 };

		hole->before = str_sub(text, from, open);
		if (open == SIZE_MAX)
			return;
		for (size_t i = from; i < open; i++)
			scope.line += text.p[i] == '\n';
		line = scope.line;
		if (close == SIZE_MAX) {
			message_put(l->m, line, 1, "“{”没有对应的“}”");
			return;
		}
		if (feel_parse(l->cx, str_sub(text, open + 1, close), &scope,
			&hole->value, l->m) != ERR_OK)
			return;
		from = close + 1;
	}
}

static void
load_document(struct load *l, const struct yaml_node *root, struct str digest)
{
	struct document_def *d = arena_new(l->defs->arena, struct document_def);
	const struct yaml_node *number = yaml_get(root, S("number"));

	shape_closed(l->m, root, &shape_document);
	d->file = l->m->file;
	d->digest = digest;
	d->id = yaml_str(yaml_get(root, S("document")));
	d->title = yaml_str(yaml_get(root, S("title")));
	d->text = yaml_str(yaml_get(root, S("text")));
	holes_load(l, d->text, text_line(yaml_get(root, S("text"))), &d->text_holes);
	if (number->kind == YAML_MAP) {
		shape_closed(l->m, number, &shape_number);
		const struct yaml_node *format = yaml_get(number, S("format"));

		d->number_line = format->line;
		d->number_per = yaml_str(yaml_get(number, S("per")));
		holes_load(l, yaml_str(format), format->line, &d->number_holes);
		if (!str_has(yaml_str(format), S("{n}")))
			yaml_fault(l->m, number, "文号格式须含{n}");
	}
	if (!d->title.n || !d->text.n)
		yaml_fault(l->m, root, "文书须有 title 和 text");
	map_put(l->defs->arena, &l->defs->documents, d->id, d);
}

static void
load_choices(struct load *l, const struct yaml_node *root, struct str digest)
{
	struct choice_list *c = arena_new(l->defs->arena, struct choice_list);

	(void)digest;
	shape_closed(l->m, root, &shape_choices);
	c->title = yaml_str(yaml_get(root, S("title")));
	if (yaml_want(l->m, yaml_get(root, S("items")), YAML_MAP))
		for (yaml_each(item, yaml_get(root, S("items"))))
			*list_add(
			    l->defs->arena, c) = (struct choice){ item->key, item->text };
	map_put(
	    l->defs->arena, &l->defs->choices, yaml_str(yaml_get(root, S("choices"))), c);
}

static void
load_parameters(struct load *l, const struct yaml_node *root, struct str digest)
{
	(void)digest;
	shape_closed(l->m, root, &shape_parameters);
	for (yaml_each(item, yaml_get(root, S("items")))) {
		struct parameter_def *p = arena_new(l->defs->arena, struct parameter_def);

		shape_closed(l->m, item, &shape_parameter);
		p->id = item->key;
		p->title = yaml_str(yaml_get(item, S("title")));
		p->file = l->m->file;
		p->line = item->key_line;
		ids_load(l->cx, l->m, yaml_get(item, S("basis")), &p->basis);
		yaml_int(l->m, yaml_get(item, S("default")), &p->value);
		yaml_int(l->m, yaml_get(item, S("from")), &p->from);
		yaml_int(l->m, yaml_get(item, S("to")), &p->to);
		if (p->from > p->to)
			yaml_fault(l->m, item, "参数%.*s的范围是空的", STR_ARG(p->id));
		else if (p->value < p->from || p->value > p->to)
			yaml_fault(
			    l->m, item, "参数%.*s的默认值不在范围内", STR_ARG(p->id));
		put_item(l, &l->defs->parameters, p->id, p);
	}
}

static bool
function_known(const struct load *l, struct str name)
{
	for (size_t i = 0; i < l->defs->library.n; i++)
		if (str_eq(l->defs->library.v[i].name, name))
			return true;
	return false;
}

static void
load_functions(struct load *l, const struct yaml_node *root, struct str digest)
{
	(void)digest;
	shape_closed(l->m, root, &shape_functions);
	for (yaml_each(item, yaml_get(root, S("items")))) {
		const struct yaml_node *is = yaml_get(item, S("is"));
		const struct feel_scope scope = { .line = is->line,
			.column = is->column };
		const struct str name = field_name_of(l->defs->arena, item->key);
		struct id_list params = { 0 };
		enum err err;

		shape_closed(l->m, item, &shape_function);
		ids_load(l->cx, l->m, yaml_get(item, S("params")), &params);
		if (l->source->withdrawn && function_known(l, name))
			continue;
		err = feel_define(l->cx, &l->defs->library, name, params.v, params.n,
		    yaml_str(is), &scope, l->m);
		(void)err; /* its faults are in the messages */
	}
}

/* Its name, and the title beside it when that is another: both are cited. */
static void
cited_put(struct load *l, const struct yaml_node *root, struct str name)
{
	struct cited_statute *c = arena_new(l->defs->arena, struct cited_statute);
	const struct yaml_node *in_force = yaml_get(root, S("in_force"));

	*c = (struct cited_statute){ .name = name,
		.title = yaml_str(yaml_get(root, S("title"))),
		.number = yaml_str(yaml_get(root, S("number"))),
		.from = DAY_NONE,
		.to = DAY_NONE };
	if (yaml_find(in_force, S("from")))
		yaml_day(l->m, yaml_get(in_force, S("from")), &c->from);
	if (yaml_find(in_force, S("to")))
		yaml_day(l->m, yaml_get(in_force, S("to")), &c->to);
	ids_load(l->cx, l->m, yaml_get(root, S("repealed")), &c->repealed);
	for (size_t i = 0; i < c->repealed.n; i++)
		if (!yaml_find(yaml_get(root, S("articles")), c->repealed.v[i]))
			yaml_fault(l->m, yaml_get(root, S("repealed")), "没有条款“%.*s”",
			    STR_ARG(c->repealed.v[i]));
	map_put(l->defs->arena, &l->defs->cited, name, c);
}

static void
load_statute(struct load *l, const struct yaml_node *root, struct str digest)
{
	const struct str name = yaml_str(yaml_get(root, S("statute")));
	const struct yaml_node *articles = yaml_get(root, S("articles"));

	(void)digest;
	shape_closed(l->m, root, &shape_statute);
	cited_put(l, root, name);
	statute_days_load(l->m, l->defs, name, root);
	for (yaml_each(article, yaml_get(root, S("unverified")))) {
		if (!yaml_find(articles, article->text))
			yaml_fault(
			    l->m, article, "没有条款“%.*s”", STR_ARG(article->text));
		*list_add(l->defs->arena, &l->defs->unverified) = str_fmt(
		    l->defs->arena, "%.*s/%.*s", STR_ARG(name), STR_ARG(article->text));
	}
	for (yaml_each(item, articles)) {
		struct str *gist = arena_new(l->defs->arena, struct str);

		*gist = item->text;
		put_item(l, &l->defs->statutes,
		    str_fmt(
			l->defs->arena, "%.*s/%.*s", STR_ARG(name), STR_ARG(item->key)),
		    gist);
	}
}

static void
load_coverage(struct load *l, const struct yaml_node *root, struct str digest)
{
	(void)digest;
	shape_closed(l->m, root, &shape_coverage);
	for (yaml_each(item, yaml_get(root, S("items")))) {
		struct requirement *r = arena_new(l->defs->arena, struct requirement);
		const struct str nature = yaml_str(yaml_get(item, S("nature")));

		shape_closed(l->m, item, &shape_requirement);
		r->id = item->key;
		r->title = yaml_str(yaml_get(item, S("title")));
		r->is_outside = str_has(nature, S("E")) || str_has(nature, S("X")) ||
				str_eq(yaml_str(yaml_get(item, S("code"))), S("X"));
		put_item(l, &l->defs->covered, r->id, r);
	}
}

static void
load_names(struct load *l, const struct yaml_node *root, struct str digest)
{
	union {
		const struct yaml_node *in;
		void *out;
	} node = { .in = root }; /* the map holds void *; nobody writes through it */

	(void)digest;
	shape_closed(l->m, root, &shape_names);
	for (yaml_each(row, yaml_get(root, S("roles"))))
		shape_closed(l->m, row, &shape_names_role);
	for (yaml_each(row, yaml_get(root, S("kinds"))))
		shape_closed(l->m, row, &shape_names_kind);
	for (yaml_each(row, yaml_get(root, S("successors"))))
		shape_closed(l->m, row, &shape_names_successor);
	map_put(l->defs->arena, &l->defs->names, yaml_str(yaml_get(root, S("names"))),
	    node.out);
}

static const struct {
	const char *key;
	void (*load)(struct load *l, const struct yaml_node *root, struct str digest);
} loaders[] = {
	{ "register", load_register },
	{ "procedure", load_procedure },
	{ "transition", load_transition },
	{ "document", load_document },
	{ "choices", load_choices },
	{ "parameters", load_parameters },
	{ "functions", load_functions },
	{ "table", load_table },
	{ "statute", load_statute },
	{ "coverage", load_coverage },
	{ "names", load_names },
};

bool
source_is_workdays(const struct source *s)
{
	return str_has(s->path, S("workdays/"));
}

bool
source_is_local(const struct source *s)
{
	return str_starts(s->path, S("local/"));
}

/* Of two files of one name the record would keep the one that was published last. */
static void
want_one_file(struct load *l, const struct yaml_node *first)
{
	const struct str name = str_fmt(
	    l->defs->arena, "%.*s/%.*s", STR_ARG(first->key), STR_ARG(yaml_str(first)));
	union {
		const struct source *in;
		void *out;
	} source = {
		.in = l->source
	}; /* the map holds void *; nobody writes through it */
	const struct source *before = map_find(&l->paths, name);

	if (l->source->withdrawn || l->source->older)
		return;
	if (before)
		yaml_fault(l->m, first, "“%.*s”在 %.*s 和 %.*s 两个文件中都有",
		    STR_ARG(name), STR_ARG(before->path), STR_ARG(l->source->path));
	map_put(l->defs->arena, &l->paths, name, source.out);
}

static void
load_source(struct load *l, const struct source *s)
{
	struct yaml_node *root;
	struct digest digest;
	struct str first;
	enum err err;

	l->m->file = s->path;
	l->source = s;
	if (source_is_workdays(s)) {
		if (!s->withdrawn)
			calendar_read(l->m, s->text, &l->calendar);
		return;
	}
	err = yaml_parse(l->m, s->text, &root);
	if (root->kind != YAML_MAP || !root->first) {
		if (err == ERR_OK)
			message_put(l->m, 1, 1, "文件是空的");
		return;
	}
	first = root->first->key;
	digest = digest_of(DIGEST_SM3, s->text);
	for (size_t i = 0; i < sizeof loaders / sizeof *loaders; i++) {
		if (!str_eq(first, str_z(loaders[i].key)))
			continue;
		want_one_file(l, root->first);
		loaders[i].load(l, root, digest_hex(l->defs->arena, &digest));
		return;
	}
	yaml_fault_key(l->m, root->first, "“%.*s”不是任何一种定义", STR_ARG(first));
}

/* Without workdays no term could be counted. */
static void
want_calendar(struct messages *m, const struct defs *d)
{
	for (size_t i = 0; !d->calendar && i < d->procedures.n; i++) {
		const struct procedure_def *p = d->procedures.items[i].value;

		for (size_t k = 0; k < p->clocks.n; k++) {
			if (!p->clocks.v[k].has_term && !p->clocks.v[k].has_warn)
				continue;
			m->file = p->file;
			message_put(m, p->clocks.v[k].line, 1,
			    "期限“%.*s”要按工作日历计算，制度文本中没有 workdays",
			    STR_ARG(p->clocks.v[k].id));
		}
	}
}

enum err
defs_load(struct cx *cx, const struct source_list *sources, struct messages *m,
    struct defs **out)
{
	struct defs *d = arena_new(cx->arena, struct defs);
	struct load l = { .cx = cx, .m = m, .defs = d };

	d->arena = cx->arena;
	m->arena = cx->arena;
	d->sources = *sources;
	for (size_t i = 0; i < sources->n; i++)
		load_source(&l, &sources->v[i]);
	m->file = S("workdays");
	if (l.calendar.years.n &&
	    calendar_build(cx, cx->arena, &l.calendar, &d->calendar) != ERR_OK)
		message_put(m, 0, 0, "%.*s", STR_ARG(cx->why));
	want_calendar(m, d);
	defs_link(cx, m, d);
	*out = d;
	return messages_err(cx, m);
}
