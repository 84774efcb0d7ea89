/*
 * Issuing: a number from its series, the text of a document, and what is put on the
 * public channel. Never for an act that is only registered.
 */
#pragma once

#include "act/work.h"

/* What the document would say now, without a number. */
struct str issue_draft(struct work *w, struct matter *m, struct str document);

void issue_document(struct work *w, struct matter *m, const struct action_def *a);
void issue_publication(struct work *w, struct matter *m, const struct action_def *a);

/* Takes back what is published, if anything is. Also for what is only registered: that
 * something stands no longer in public is never worth less than that it does. */
void issue_unpublication(struct work *w, struct matter *m);
