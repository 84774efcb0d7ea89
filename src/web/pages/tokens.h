/* Tokens of an account as a table, for its owner and for who keeps security. */
#pragma once

#include "web/html.h"
#include "web/token.h"

struct exchange;

/* With a button at each that posts its `id` to `path`; says so when there is none. */
void tokens_put(
    struct html *h, struct exchange *x, const struct token_list *all, struct str path);
