/* Definitions as JSON. */
#pragma once

#include "api/reply.h"
#include "procedure/definition.h"

/* The word of a field's type as `law/` writes it. */
struct str type_name(enum field_type type);

/* The definition that the route's first placeholder names; NULL: answered with 404. */
const struct register_def *api_register_of(struct view *v);
const struct procedure_def *api_procedure_of(struct view *v);
