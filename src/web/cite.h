/*
 * Citations where texts are shown: 《行政处罚法》第五十四条 in a long text, an opinion, a
 * legal ground becomes a link to the public page of the article as of the matter's day.
 * An article that is not there, or no longer in force on that day, is struck and said to
 * be so. What law/statutes and the library do not know stays plain text.
 */
#pragma once

#include "lang/citation.h"
#include "web/html.h"
#include "web/view.h"

/* Whether an article can be relied on. */
enum cite_state {
	CITE_GOOD,
	CITE_UNKNOWN,  /* its statute was not imported, and no gist is held: says nothing
			*/
	CITE_MISSING,  /* the edition of the day has no such article */
	CITE_REPEALED, /* it was there before the day */
	CITE_FUTURE,   /* the statute is not yet in force on the day */
};

/* The day for which citations are read: v->law_day, else today. */
int64_t cite_day(const struct view *v);

/* The name under which a statute is known here, for any of its names; empty: unknown. */
struct str cite_name(struct view *v, struct str given);

enum cite_state cite_state(
    struct view *v, struct str statute, struct str key, int64_t day);
struct str cite_state_word(enum cite_state state); /* 查无此条; empty when good */

/* The page of an article, or of the statute when the key is empty; the day is left out
 * when it is today's. */
struct str cite_path(
    struct arena *a, struct str statute, struct str key, int64_t day, int64_t today);

/* The text, its citations linked. Lines are the caller's. */
void cite_put(struct html *h, struct view *v, struct str text);

/* The same where there may be no view: plain text then. */
void cite_here(struct html *h, struct str text);

/* What a text cites, as a line of links behind a label, beside a text that cannot hold
 * them itself (to be copied, printed, typed to be found); nothing when it cites nothing.
 */
void cite_list(struct html *h, struct view *v, struct str label, struct str text);

/* The page of the article that the library holds under this title for the day, its label
 * being 第X条; empty: it holds none. */
struct str cite_held(struct view *v, struct str title, struct str label, int64_t day);

/* 依据：《…》第X条, from basis_text. */
void cite_basis(struct html *h, struct view *v, struct str basis);

/* What is wrong with the citations of a text, for who is about to send it; empty:
 * nothing.
 */
struct str cite_faults(struct view *v, struct str text);
