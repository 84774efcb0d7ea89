/*
 * Definitions in words for lawyers: citations, competences, conditions. What the
 * definition says and nothing else; what has no words stays as it is written.
 */
#pragma once

#include "act/defs.h"

struct words {
	struct arena *arena;
	const struct defs *defs;
	const struct field_list *fields; /* whose names conditions use */
	const struct procedure_def *of;  /* NULL: of a register */
	bool plain; /* for who reads no code: no ids, no condition that has no words */
};

/* "行政处罚法/54、R144" → 《行政处罚法》第54条、要求R144 */
struct str words_citations(const struct words *w, struct str basis);
/* 「“办案人员”的个数 …」: the expression with titles for names. Empty: it has no words,
 * and plain ones are wanted. */
struct str words_condition(const struct words *w, const struct feel *e);
struct str words_competences(const struct words *w, const struct id_list *by);
struct str words_field(const struct words *w, struct str id);
struct str words_fields(const struct words *w, const struct id_list *ids);
struct str words_action(const struct words *w, struct str id);
struct str words_actions(const struct words *w, const struct id_list *ids);
struct str words_stage(const struct words *w, struct str id);
struct str words_child(const struct words *w, struct str kind);
struct str words_paper(const struct words *w, struct str form); /* as printed: no signs */
