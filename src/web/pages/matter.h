/*
 * Parts of the page of a matter, for the tailor-made pages too: what may be done now, how
 * its terms stand, what is in doubt, what happened.
 */
#pragma once

#include "web/pages/show.h"

/* What of a matter a page is made of, read once. */
struct matter_page {
	struct view *v;
	struct str subject;
	struct value state;
	const struct procedure_def *procedure;
	const struct value *fields;
	struct id_list masks, hidden;
	struct act_choices choices;
};
enum err matter_load(struct view *v, struct str subject, struct matter_page *out)
    MUST_USE;

/* After an act: what was done. Only what the reader himself did last is believed. */
void matter_done_panel(struct html *h, struct matter_page *m);

/* The act with this id if it may be done now, else NULL. */
const struct act_choice *matter_choice(const struct matter_page *m, const char *id);
/* What the definition puts first of what may be done now; NULL when that is a way back
 * (退回、撤回) or to others: nobody is led there by a button. */
const struct act_choice *matter_first(const struct matter_page *m);
/* One button that does it at once when nothing must be filled in, else the way to its
 * form. */
void matter_primary(struct html *h, struct matter_page *m, const struct act_choice *c);
/* Links to everything else that may be done (but not `but`, may be NULL), then what is
 * not yet possible and why. */
void matter_others(struct html *h, struct matter_page *m, const struct act_choice *but);

void matter_clocks(struct html *h, struct matter_page *m);
void matter_doubts(struct html *h, struct matter_page *m);
/* Which row of which table gave a field its value, from the events. */
void matter_rows(struct html *h, struct matter_page *m);
void matter_documents(struct html *h, struct matter_page *m);
void matter_children(struct html *h, struct matter_page *m);
/* Of a hand-over, for those between whom it is: the way to its list. (hand_list.c) */
void hand_list_link(struct html *h, struct matter_page *m);
enum err timeline_put(struct html *h, struct matter_page *m) MUST_USE;
/* The same for an entry of a register: its versions. */
enum err timeline_entry_put(struct html *h, struct view *v, struct str subject) MUST_USE;
