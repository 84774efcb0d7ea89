/*
 * What actions have beside who, where and what must hold: manners, joint actions, and the
 * confirmation of what the law deems (docs/language.md).
 */
#pragma once

#include "register/definition.h"

struct action_def;
struct clock_def;
struct procedure_def;

/* How an action goes about it (docs/language.md): what a manner means is written once, in
 * act/manner.c; the definition says by whom, until when, with which article. */
enum manner {
	MANNER_PLAIN,
	MANNER_WITHDRAW, /* 撤回: takes back what was done */
	MANNER_RETURN,   /* 退回补充: to an earlier stage */
	MANNER_REOPEN,   /* 重新办理: leaves a final stage */
	MANNER_REASSIGN, /* 改派: other handlers */
	MANNER_COUNT_,
};

/* 会签、多人确认: several do the same action, and it is done when enough have. */
struct join_def {
	bool given;
	const struct feel *of;      /* units or persons; NULL: whoever may */
	int64_t needs;              /* how many; 0: all of them */
	const struct feel *refused; /* true: this one refuses */
	struct str then;            /* where one refusal leads, or empty */
};

/* 交接: the open matters of one person go to another, once all of a joint action have
 * confirmed it. Each a field of the procedure. */
struct hand_over_def {
	bool given;
	struct str from, to; /* persons: the giver, the receiver */
	struct str by;       /* the person in whose authority each matter changes hands */
	struct str matters;  /* the list */
	struct str left;     /* matters of the giver that go elsewhere, or empty */
	struct str reason;
};

/* The manner of an action: its keys, and what only the whole of a definition shows. */
void manner_load(struct cx *cx, struct messages *messages, const struct yaml_node *node,
    struct action_def *a);
void manner_check(
    struct messages *messages, const struct procedure_def *p, const struct action_def *a);

void handlers_check(struct messages *messages, const struct procedure_def *p);
void deemed_check(
    struct messages *messages, const struct procedure_def *p, const struct clock_def *c);
