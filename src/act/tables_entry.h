/* Fields whose value stands in a row of an entry: `value: { table: benchmark.grades }`.
 */
#pragma once

#include "act/work.h"

/* Is it such a field? Then the field that names the entry, and the entry's field of rows.
 */
bool field_table_entry(const struct field *f, struct str *chosen, struct str *rows);

void tables_compute_entry(struct work *w, struct draft *d, const struct field *f);
