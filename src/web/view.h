/*
 * View: a page's way to the data. One read connection for the time the page is made, the
 * definitions in force, and who is reading; and the way an act goes in without a web
 * thread waiting for it.
 */
#pragma once

#include "read/ask.h"
#include "web/exchange.h"
#include "web/pool.h"

struct session;

struct view {
	struct exchange *x;
	struct loan loan;
	struct reader r; /* &v.r is what read/ takes */
	const struct defs *defs;
	struct str person; /* who reads: "persons/12"; empty for the public */
	struct str about;  /* whose files are shown: "task/17"; empty: names only */
	int64_t law_day;   /* citations are read as of this day; 0: today (web/cite.h) */
	struct cites *cites;         /* what cite.c has read for this page */
	struct sealed_about *sealed; /* what may be done with its sealed parts (pages/) */
};
#define VIEW __attribute__((cleanup(view_close))) struct view

/* false: the page cannot be made, and the exchange has been answered. */
bool view_open(struct exchange *x, struct view *v);
void view_close(struct view *v);

/* Has this person one of the competences, with any post? false also when that cannot be
 * read: what depends on it is then not offered. */
bool view_may(struct view *v, const struct id_list *competences);

/* Answers with what err means, unless it is ERR_OK; true when the page goes on. */
bool view_ok(struct view *v, enum err err);

/* Before anything is asked: answers a stranger with a public page that was made before,
 * when nothing was committed since. */
bool view_kept(struct exchange *x);

/* A public page that depends on its address, the log, the definitions, the day and the
 * number `more` alone: who has it as of these has been answered with 304, who has not
 * with the page made for another. Call it before anything else is read. */
bool view_unchanged(struct view *v, int64_t more);

/* What became of an act, when the exchange runs on. */
struct act_answer {
	enum err err;
	struct act_result result;
	struct str subject;       /* that the act was about; empty: a new one */
	size_t refusals, refused; /* its refusals: so many from there in cx.refusals */
};

/*
 * Hands the act to the door and parks the exchange; `then` runs on a web thread with
 * act_answer(x). Refusals are in x->cx.refusals then, so that the form can be shown
 * again. The actor is the session's person; the form's `key` and `seen` are taken when
 * posted.
 */
void act_submit(
    struct exchange *x, const struct act *act, void (*then)(struct exchange *x));
const struct act_answer *act_answer(const struct exchange *x);

/* The same for many acts in one group, answers in their order. */
void acts_submit(struct exchange *x, const struct act *acts, size_t n,
    void (*then)(struct exchange *x));
const struct act_answer *acts_answer(const struct exchange *x, size_t i);
size_t acts_count(const struct exchange *x);

/* The site's `who`: name and units of the session's person, for the head of the page. */
enum err view_who(struct exchange *x, struct session *session) MUST_USE;

/* Does what the person may do ask for a second factor? */
bool factor_is_for(const struct session *s);

/* 依据 as people read it: "行政处罚法/54" becomes 《行政处罚法》第五十四条, the number of
 * a requirement its title; the parts stay in their order. */
struct str basis_text(const struct defs *defs, struct arena *a, struct str basis);
