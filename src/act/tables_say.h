/* What gave a field its value, in words: which table, which row, what the row says. */
#pragma once

#include "act/defs.h"

/* `one`: what an event holds of the field under `tables`; `name`: how the entry is
 * called, where its rows were the table. Empty: no row decided. */
struct str tables_said(
    struct arena *a, const struct defs *defs, const struct value *one, struct str name);
