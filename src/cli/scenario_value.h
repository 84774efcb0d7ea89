/* Values as scenarios write them, and as the record stores them. Inside cli/. */
#pragma once

#include "cli/scenario.h"

/* Names given by `as`, and persons: → subject (struct str *). */
struct stage_names {
	struct arena *arena;
	struct map by_name;
	struct messages *failures;
};
void name_put(struct stage_names *names, struct str name, struct str subject);
/* "@bureau" or "bureau"; a failure and the empty text when nobody is called so. */
struct str name_of(
    struct stage_names *names, const struct yaml_node *node, struct str text);

/* A YAML value as this field stores it; `f` NULL: texts stay texts. */
struct value scenario_value(
    struct stage_names *names, const struct yaml_node *node, const struct field *f);
/* A map of them. */
struct value scenario_form(struct stage_names *names, const struct yaml_node *map,
    const struct field_list *fields);

/* The first line in which two dumps differ. */
struct str text_difference(struct str live, struct str rebuilt);
