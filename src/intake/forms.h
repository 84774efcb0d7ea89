/*
 * The conventions, one file each. A form says how well a text fits it (the number of
 * places that look like a task; 0 = not at all), and reads it into the plan. What it uses
 * of the text it takes (intake/text.h); what surrounds the tasks is head.c's business.
 */
#pragma once

#include "intake/plan.h"
#include "intake/text.h"

size_t table_fits(struct cx *cx, const struct text *t);
void table_read(struct cx *cx, struct text *t, struct plan *p);

size_t lines_fit(struct cx *cx, const struct text *t);
void lines_read(struct cx *cx, struct text *t, struct plan *p);

/* What brackets do in this document; looking costs as much as reading, so it is kept. */
struct survey {
	size_t fits;
	char mark;             /* ( or [ : the one that assigns */
	enum number_kind item; /* the kind of number its paragraphs bear */
	uint8_t *assigned;     /* of each line: it has such a bracket */
};
void brackets_survey(struct cx *cx, const struct text *t, struct survey *out);
void brackets_read(
    struct cx *cx, struct text *t, const struct survey *survey, struct plan *p);

/* Only where the title names a plan: numbered paragraphs are in every document. */
size_t items_fit(struct cx *cx, const struct text *t);
void items_read(struct cx *cx, struct text *t, struct plan *p);

/* Before a form reads: title, 文号, secrecy. After it: what is left is named by its
 * place. */
/* 秘密, 机密, 绝密 in the first lines: refused (保守国家秘密法). */
enum err head_refuse_secret(struct cx *cx, const struct text *t) MUST_USE;
enum err head_read(struct cx *cx, struct text *t, struct plan *p) MUST_USE;
bool head_is_plan(const struct plan *p);
void head_name_rest(struct cx *cx, struct text *t, struct plan *p);

/* More than a heading: several sentences, or a long one. */
bool is_prose(struct str f);
bool is_sentence(struct str f); /* also a short one, when it ends in 。 */
