/*
 * One snapshot of all definitions: immutable, swapped whole. Editions: a definition is
 * found by id (the newest) or by the digest it was published under.
 */
#pragma once

#include "act/subject.h"
#include "base/date.h"
#include "lang/feel.h"
#include "procedure/calendar.h"
#include "procedure/decision_text.h"
#include "procedure/definition.h"
#include "procedure/transition.h"

struct source {
	struct str path; /* "programme/task.procedure.yaml" */
	struct str text;
	bool withdrawn; /* what began under it goes on, nothing begins */
	bool older;     /* a newer edition of the same definition is there */
	bool recorded;  /* from the record, not from files */
};
bool source_is_workdays(const struct source *s);
/* What a county published for itself by a command: no file of law/ holds it. */
bool source_is_local(const struct source *s);
struct source_list {
	struct source *v;
	size_t n, cap;
};

/* A text with {expressions} in it, each parsed once, when the definition is loaded: the
 * words before the hole and what fills it, NULL behind the last. */
struct hole {
	struct str before;
	const struct feel *value;
};
struct hole_list {
	struct hole *v;
	size_t n, cap;
};

struct document_def {
	struct str id, title, file, digest;
	struct str text;
	struct hole_list text_holes, number_holes; /* number: none, without one */
	struct str number_per;                     /* or empty */
	int number_line; /* of the file, where the number begins */
};

struct parameter_def {
	struct str id, title, file;
	struct id_list basis;
	int64_t value, from, to; /* default and range */
	int line;
};

/* A statute as law/statutes has it: what may be cited, not its text. */
struct cited_statute {
	struct str name, title, number; /* title and number may be empty */
	int64_t from, to;               /* in force, `to` exclusive; DAY_NONE: not said */
	struct id_list repealed;        /* articles */
};

struct requirement {
	struct str id, title;
	bool is_outside; /* systems of nature E or X, rules of code X */
};

/* Which numbers of 日 a statute means as workdays; the others are calendar days. */
struct statute_days {
	LIST(int64_t) numbers;
	bool all;
	struct str article; /* that says so */
};

struct defs {
	struct arena *arena;                         /* owns everything here */
	struct map registers, procedures, documents; /* id → newest */
	struct map tables; /* id → struct decision_list: its editions, oldest first */
	struct map transitions; /* id → struct transition_def */
	struct map editions;    /* digest → struct procedure_def of that edition */
	struct map parameters;  /* id → struct parameter_def */
	struct map choices;     /* id → LIST of struct choice (struct choice_list) */
	struct feel_library library; /* functions of *.functions.yaml */
	struct map statutes;         /* "行政处罚法/54" → gist (struct str *) */
	struct map cited;            /* 行政处罚法 → struct cited_statute */
	struct map statute_days;     /* "行政处罚法" → struct statute_days */
	struct id_list unverified;   /* of them: gists nobody has held against a text */
	struct map covered;          /* requirement id → struct requirement */
	struct calendar *calendar;
	struct source_list sources; /* in the order given */
	struct map names;           /* id → struct yaml_node of a *.names.yaml */
};

struct choice_list {
	struct choice *v;
	size_t n, cap;
	struct str title;
};

struct decision_list {
	struct decision_def **v;
	size_t n, cap;
};

/* Every file below `dir` (paths sorted) that is a definition, statute, workdays or
 * coverage. NAME.former.yaml is an older edition, for the checks and proofs of a
 * transitional rule; it is not published. Scenario and must-fail folders (*.ok, *.no) are
 * left out. ERR_INPUT when it cannot be read. */
enum err sources_read(struct cx *cx, struct str dir, struct source_list *out) MUST_USE;
/* Every file in those folders instead. */
enum err proofs_read(struct cx *cx, struct str dir, struct source_list *out) MUST_USE;

/* Builds a snapshot; ERR_INPUT with all faults in messages when the set is bad. The
 * snapshot is allocated in cx->arena. */
enum err defs_load(struct cx *cx, const struct source_list *sources,
    struct messages *messages, struct defs **out) MUST_USE;

struct register_def *defs_register(const struct defs *d, struct str id); /* or NULL */
struct procedure_def *defs_procedure(
    const struct defs *d, struct str id); /* newest, or NULL */
/* The field of a register's entries that says which person an entry means: the only one
 * of its kind; NULL when there is none or are several. */
const struct field *defs_person_field(const struct defs *d, struct str family);
/* The edition of a table in force on the day, the newest where several are; NULL. */
const struct decision_def *defs_table(const struct defs *d, struct str id, int64_t day);
/* The edition of this digest, or NULL. */
const struct decision_def *defs_table_edition(
    const struct defs *d, struct str id, struct str digest);
/* How tables name what stands outside of them. */
struct decision_names defs_names(const struct defs *d);
struct procedure_def *defs_edition(
    const struct defs *d, struct str digest, struct str id);
