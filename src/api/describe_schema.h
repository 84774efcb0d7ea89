/* Schemas made from definitions: JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
#pragma once

#include "act/defs.h"
#include "out/json.h"

enum schema_use {
	SCHEMA_GIVEN, /* as replies have it */
	SCHEMA_TAKEN, /* as requests may have it; null clears */
};

/* "#/components/schemas/NAME" as { "$ref": … } */
void schema_ref(struct json *j, struct str name);

struct str schema_name(
    struct arena *a, const char *kind, struct str id, const char *suffix);

void schema_of_field(struct json *j, const struct field *f, enum schema_use use);

/* What only the program itself does is no operation. */
bool action_is_of_people(const struct action_def *a);

/* Every schema of components: those of definitions; the caller has opened the object. */
void schemas_put(struct json *j, struct arena *a, const struct defs *defs);
