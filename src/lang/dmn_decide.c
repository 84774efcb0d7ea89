/*
 * Asking a compiled model: what a decision needs comes first, each part once for an
 * answer. A service is asked in a world of its own, where only its arguments are known.
 */
#include "lang/dmn_model.h"

enum { PARTS_MAX = 1000, CHAIN_MAX = 200 };

enum progress { PART_NEW, PART_BEGUN, PART_KNOWN };

struct known_part {
	enum progress progress;
	struct value value;
};

/* One world: what is given and what was found from it. */
struct world {
	struct arena *arena;
	const struct dmn *model;
	const struct value *inputs;
	struct known_part *known; /* by index */
	int *spent;               /* parts evaluated, in all worlds of one answer */
	int depth;                /* of expressions around this world */
	int chain;
};

/* What a service's function value carries. */
struct service {
	const struct world *asked_in;
	const struct dmn_part *part;
};

static struct value evaluate(struct world *w, const struct dmn_part *part);

static const struct value *
given(const struct world *w, struct str name)
{
	for (size_t i = 0; i < w->inputs->map.n; i++)
		if (str_eq(w->inputs->map.pairs[i].key, name))
			return &w->inputs->map.pairs[i].value;
	return NULL;
}

/* The names a part sees: those it needs, another model's under the import's name. */
static void
bind_needs(struct world *w, const struct dmn_part *part, struct value *map)
{
	for (size_t i = 0; i < part->needs.n; i++) {
		const struct dmn_need *need = &part->needs.v[i];
		const struct value v = evaluate(w, need->part);
		struct value theirs;

		if (!need->import.n) {
			value_set(w->arena, map, need->part->name, v);
			continue;
		}
		theirs = *value_get(map, need->import);
		if (theirs.kind != V_MAP)
			theirs = value_map();
		value_set(w->arena, &theirs, need->part->name, v);
		value_set(w->arena, map, need->import, theirs);
	}
}

static struct value
run_logic(struct world *w, const struct dmn_part *part)
{
	struct value *map = arena_new(w->arena, struct value), out;
	struct feel_vars *vars = arena_new(w->arena, struct feel_vars);
	struct feel_run run = { .arena = w->arena, .vars = vars, .depth = w->depth };

	*map = value_map();
	*vars = (struct feel_vars){ .map = map };
	bind_needs(w, part, map);
	if (!part->logic)
		return value_null();
	out = feel_convert(&run, feel_eval(&run, part->logic), part->type);
	return run.exhausted ? value_null() : out;
}

static struct world *
world_of(const struct world *outer, const struct value *inputs, int depth)
{
	struct world *w = arena_new(outer->arena, struct world);

	*w = *outer;
	w->inputs = inputs;
	w->depth = depth;
	w->known = arena_array(w->arena, struct known_part, w->model->parts.n);
	return w;
}

static struct value
call_service(void *self, struct feel_run *run, const struct value *args)
{
	const struct service *s = self;
	const struct dmn_part *part = s->part;
	struct value *inputs = arena_new(run->arena, struct value), out = value_map();
	struct world *w;

	*inputs = value_map();
	for (size_t i = 0; i < part->inputs.n; i++)
		value_set(run->arena, inputs, part->inputs.v[i].part->name, args[i]);
	w = world_of(s->asked_in, inputs, run->depth);
	for (size_t i = 0; i < part->outputs.n; i++) {
		const struct dmn_part *output = part->outputs.v[i].part;
		const struct value v = evaluate(w, output);

		if (part->outputs.n == 1)
			return feel_convert(run, v, part->type);
		value_set(run->arena, &out, output->name, v);
	}
	return feel_convert(run, out, part->type);
}

static struct value
service_function(struct world *w, const struct dmn_part *part)
{
	struct feel_function *f = arena_new(w->arena, struct feel_function);
	struct feel_native *native = arena_new(w->arena, struct feel_native);
	struct service *self = arena_new(w->arena, struct service);

	*self = (struct service){ w, part };
	*native = *part->native;
	native->call = call_service;
	native->self = self;
	f->native = native;
	return (struct value){ .kind = V_FUNCTION, .function = f };
}

static struct value
find_value(struct world *w, const struct dmn_part *part)
{
	struct feel_run run = { .arena = w->arena };
	const struct value *input = NULL;

	if (part->kind == DMN_INPUT || part->kind == DMN_DECISION)
		input = given(w, part->name);
	if (input)
		return feel_convert(&run, *input, part->type);
	switch (part->kind) {
	case DMN_INPUT:
		break;
	case DMN_SERVICE:
		return service_function(w, part);
	case DMN_DECISION:
	case DMN_KNOWLEDGE:
		if (++*w->spent <= PARTS_MAX && w->chain < CHAIN_MAX)
			return run_logic(w, part);
		break;
	}
	return value_null();
}

/* A part that is asked for while it is being found needs itself: null. */
static struct value
evaluate(struct world *w, const struct dmn_part *part)
{
	struct known_part *known = &w->known[part->index];

	if (known->progress == PART_NEW) {
		known->progress = PART_BEGUN;
		known->value = value_null();
		w->chain++;
		known->value = find_value(w, part);
		w->chain--;
		known->progress = PART_KNOWN;
	}
	return known->value;
}

/* Of the model asked, not of those it imports; a decision before others of its name. */
static const struct dmn_part *
part_named(const struct dmn *model, struct str name)
{
	const struct dmn_part *found = NULL;

	for (size_t i = 0; i < model->parts.n; i++) {
		const struct dmn_part *p = model->parts.v[i];

		if (p->file == &model->files[0] && str_eq(p->name, name) &&
		    (!found || p->kind == DMN_DECISION))
			found = p;
	}
	return found;
}

struct value
dmn_decide(
    struct arena *a, const struct dmn *model, struct str name, const struct value *inputs)
{
	int spent = 0;
	struct world *w = world_of(
	    &(struct world){ .arena = a, .model = model, .spent = &spent }, inputs, 0);
	const struct dmn_part *part = part_named(model, name);
	struct value v = part ? evaluate(w, part) : value_null();
	struct feel_run run = { .arena = a };

	if (part && part->kind == DMN_SERVICE)
		v = feel_call(&run, &v, NULL, 0, NULL);
	return v;
}

struct value
dmn_serve(struct arena *a, const struct dmn *model, struct str service,
    struct str decision, const struct value *inputs)
{
	int spent = 0;
	const struct world outside = { .arena = a, .model = model, .spent = &spent };
	const struct dmn_part *part = part_named(model, service);
	struct value args = value_map(), v = value_null();
	struct feel_run run = { .arena = a };

	if (!part || part->kind != DMN_SERVICE)
		return value_null();
	for (size_t i = 0; i < part->inputs.n; i++) {
		const struct str name = part->inputs.v[i].part->name;

		value_set(a, &args, name, *value_get(inputs, name));
	}
	for (size_t i = 0; i < part->outputs.n; i++)
		if (str_eq(part->outputs.v[i].part->name, decision))
			v = evaluate(
			    world_of(&outside, &args, 0), part->outputs.v[i].part);
	return part->outputs.n == 1 ? feel_convert(&run, v, part->type) : v;
}
