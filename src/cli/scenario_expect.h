/* What a scenario expects, compared with what is. Inside cli/. */
#pragma once

#include "act/project.h"
#include "cli/scenario_value.h"

struct outcome {
	const struct door_result *result; /* NULL after a mere look */
	struct value state;               /* V_NULL when there is no matter */
	const struct field_list *fields;
	struct str instead;    /* of whom the actor stood in for */
	struct value warned;   /* list of { rule } of the act's event */
	struct id_list sealed; /* keys of the personal values it keeps sealed */
	struct id_list hidden; /* masks closed to the reader */
};

/* What a transitional rule moved, and what it did not and why. */
void expect_moves(struct stage_names *names, const struct yaml_node *expect,
    const struct law_moves *is);

/* A message for each difference. */
void expect_check(struct stage_names *names, const struct yaml_node *expect,
    const struct yaml_node *step, const struct outcome *is);
