/*
 * Reading decision models: which files there are, who imports whom, what each part needs;
 * then every expression is compiled, once.
 */
#include "lang/dmn_model.h"

enum { IMPORT_DEPTH = 8 };

/* Names that the scanner cannot take for one word. */
static bool
needs_telling(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (strchr(" -'+/*", name.p[i]))
			return true;
	return false;
}

static void
collect_names(struct arena *a, const struct xml_node *node, struct feel_name_list *out)
{
	const struct str name = xml_attribute(node, S("name"));

	if (needs_telling(name))
		*list_add(a, out) = name;
	for (const struct xml_node *c = node->first; c; c = c->next)
		collect_names(a, c, out);
}

/* Those of the file and of all that it imports. */
static void
collect_scope(struct dmn_reader *r, const struct dmn_file *file,
    struct feel_name_list *out, int depth)
{
	if (depth > IMPORT_DEPTH)
		return;
	collect_names(r->cx->arena, file->xml, out);
	for (size_t i = 0; i < file->imports.n; i++)
		if (file->imports.v[i].file)
			collect_scope(r, file->imports.v[i].file, out, depth + 1);
}

static void
read_imports(struct dmn_reader *r)
{
	for (DMN_EACH(import, r->file->xml, "import")) {
		const struct str space = xml_attribute(import, S("namespace"));
		struct dmn_import *in = list_add(r->cx->arena, &r->file->imports);

		in->name = xml_attribute(import, S("name"));
		for (size_t i = 0; i < r->model->n_files; i++)
			if (&r->model->files[i] != r->file &&
			    str_eq(r->model->files[i].space, space))
				in->file = &r->model->files[i];
		if (!in->file)
			dmn_fault(
			    r, import, "没有命名空间为 %.*s 的模型", STR_ARG(space));
	}
}

static bool
part_kind(const struct xml_node *e, enum dmn_kind *out)
{
	static const char *const tags[] = {
		[DMN_INPUT] = "inputData",
		[DMN_DECISION] = "decision",
		[DMN_KNOWLEDGE] = "businessKnowledgeModel",
		[DMN_SERVICE] = "decisionService",
	};

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (str_eq(e->name, str_z(tags[i]))) {
			*out = (enum dmn_kind)i;
			return true;
		}
	return false;
}

static void
list_parts(struct dmn_reader *r)
{
	for (const struct xml_node *e = r->file->xml->first; e; e = e->next) {
		struct dmn_part *part;
		enum dmn_kind kind;

		if (!part_kind(e, &kind))
			continue;
		part = arena_new(r->cx->arena, struct dmn_part);
		*part = (struct dmn_part){ .kind = kind,
			.index = r->model->parts.n,
			.id = xml_attribute(e, S("id")),
			.name = xml_attribute(e, S("name")),
			.xml = e,
			.file = r->file };
		*list_add(r->cx->arena, &r->model->parts) = part;
	}
}

static const struct dmn_part *
part_by_id(const struct dmn_reader *r, const struct dmn_file *file, struct str id)
{
	for (size_t i = 0; i < r->model->parts.n; i++) {
		const struct dmn_part *p = r->model->parts.v[i];

		if (p->file == file && str_eq(p->id, id))
			return p;
	}
	return NULL;
}

/* "#id" or "namespace#id"; a need without part where nothing is found. */
static struct dmn_need
need_of(struct dmn_reader *r, const struct xml_node *ref)
{
	const struct str href = xml_attribute(ref, S("href"));
	const size_t at = str_rfind(href, S("#"));
	const struct str space = str_sub(href, 0, at == SIZE_MAX ? 0 : at);
	const struct str id = at == SIZE_MAX ? href : str_sub(href, at + 1, href.n);
	struct dmn_need need = { 0 };

	for (size_t i = 0; space.n && i < r->file->imports.n; i++) {
		const struct dmn_import *import = &r->file->imports.v[i];

		if (import->file && str_eq(import->file->space, space)) {
			need.part = part_by_id(r, import->file, id);
			need.import = import->name;
		}
	}
	if (!need.part)
		need = (struct dmn_need){ .part = part_by_id(r, r->file, id) };
	if (!need.part)
		dmn_fault(r, ref, "没有 %.*s", STR_ARG(href));
	return need;
}

static void
add_need(struct dmn_reader *r, const struct xml_node *ref, struct dmn_need_list *out)
{
	const struct dmn_need need = need_of(r, ref);

	if (need.part)
		*list_add(r->cx->arena, out) = need;
}

static void
read_needs(struct dmn_reader *r, struct dmn_part *part)
{
	for (const struct xml_node *e = part->xml->first; e; e = e->next)
		if (e->first && (str_eq(e->name, S("informationRequirement")) ||
				    str_eq(e->name, S("knowledgeRequirement"))))
			add_need(r, e->first, &part->needs);
}

static void
read_service(struct dmn_reader *r, struct dmn_part *part)
{
	struct feel_native *native = arena_new(r->cx->arena, struct feel_native);
	const struct feel_type **types;
	struct str *params;

	for (DMN_EACH(ref, part->xml, "outputDecision"))
		add_need(r, ref, &part->outputs);
	for (DMN_EACH(ref, part->xml, "inputData"))
		add_need(r, ref, &part->inputs);
	for (DMN_EACH(ref, part->xml, "inputDecision"))
		add_need(r, ref, &part->inputs);
	native->n = part->inputs.n;
	params = arena_array(r->cx->arena, struct str, native->n);
	types = arena_array(r->cx->arena, const struct feel_type *, native->n);
	for (size_t i = 0; i < native->n; i++) {
		params[i] = part->inputs.v[i].part->name;
		types[i] = part->inputs.v[i].part->type;
	}
	native->params = params;
	native->types = types;
	part->native = native;
}

static void
read_type(struct dmn_reader *r, struct dmn_part *part)
{
	const struct xml_node *variable = xml_find(part->xml, S("variable"));

	r->file = part->file;
	if (variable && part->kind != DMN_KNOWLEDGE)
		part->type = dmn_type(r, xml_attribute(variable, S("typeRef")));
	/* a service is a function: what matters is the type of what it gives */
	if (part->kind == DMN_SERVICE && part->type && part->type->kind == FEEL_FUNCTION)
		part->type = part->type->of;
}

static void
compile(struct dmn_reader *r, struct dmn_part *part)
{
	const struct xml_node *logic = xml_find(part->xml, S("encapsulatedLogic"));

	r->file = part->file;
	read_needs(r, part);
	switch (part->kind) {
	case DMN_INPUT:
		break;
	case DMN_DECISION:
		part->logic = dmn_box_inside(r, part->xml);
		break;
	case DMN_KNOWLEDGE:
		part->logic = logic ? dmn_function(r, logic) : NULL;
		break;
	case DMN_SERVICE:
		read_service(r, part);
		break;
	}
}

enum err
dmn_load(struct cx *cx, const struct str *texts, size_t n, const struct dmn **out,
    struct messages *m)
{
	struct dmn *model = arena_new(cx->arena, struct dmn);
	struct dmn_reader r = { .cx = cx, .m = m, .model = model };

	model->files = arena_array(cx->arena, struct dmn_file, n);
	model->n_files = n;
	for (size_t i = 0; i < n; i++) {
		struct xml_node *xml;

		TRY(xml_parse(cx, texts[i], &xml));
		model->files[i].xml = xml;
		model->files[i].space = xml_attribute(xml, S("namespace"));
	}
	for (size_t i = 0; i < n; i++) {
		r.file = &model->files[i];
		read_imports(&r);
		list_parts(&r);
	}
	for (size_t i = 0; i < n; i++) {
		r.file = &model->files[i];
		collect_scope(&r, r.file, &r.file->names, 0);
		r.file->scope.names = r.file->names.v;
		r.file->scope.n = r.file->names.n;
		dmn_types(&r);
	}
	for (size_t i = 0; i < model->parts.n; i++)
		read_type(&r, model->parts.v[i]);
	for (size_t i = 0; i < model->parts.n; i++)
		compile(&r, model->parts.v[i]);
	*out = model;
	return ERR_OK;
}
