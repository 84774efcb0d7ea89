/*
 * An import of a plan under way: the file, what was read out of it, and what a person has
 * decided so far. Shared by its pages (import.c, import_names.c, import_confirm.c); each
 * reads the file again, so that what is shown is always what would be adopted.
 *
 * The draft's state: { file digest title amend: [{ line text to }], names: { printed: {
 * how means kind } }, form: { field: text }, plan adoption: subjects already made }
 */
#pragma once

#include "intake/amend.h"
#include "web/component.h"
#include "web/draft.h"
#include "web/layout.h"
#include "web/pages/adopt.h"
#include "web/view.h"

#define IMPORT_KIND S("plan")

/* How a printed name was settled. */
enum settled {
	SETTLED_NOT,
	SETTLED_KNOWN, /* found: name, alias, bracket, register of names */
	SETTLED_HERE,  /* a person said: an existing one */
	SETTLED_UNIT,  /* … a new unit */
	SETTLED_GROUP, /* … a new 统称 */
};

struct import_name {
	struct adopt_name *name; /* text, counts; subject where it is known */
	enum settled how;
	struct str kind;  /* of a new unit */
	struct str found; /* name of the unit or group found or chosen */
	struct name_choice {
		struct str subject, name;
		struct str reform; /* made it the successor; empty: its name is alike */
	} * candidates;
	size_t n_candidates;
};

struct import {
	struct exchange *x;
	struct view *v;
	struct draft draft;
	struct draft_file file;
	struct plan_source source; /* the text of the file, amended */
	struct amend *amend;
	size_t n_amend;
	struct plan *plan;
	struct adopt_names names;
	/* Filled by import_names_open. */
	struct import_name *settled; /* as names */
	struct name_choice *known;   /* units, then groups, in force today */
	size_t n_known, n_units;
};

/* The draft of the address; answers the exchange and gives false when there is none, or
 * when this person may neither import nor adopt plans. */
bool import_open(struct exchange *x, struct view *v, struct import *i);
/* Reads units, groups and names, and settles what can be. */
enum err import_names_open(struct import *i) MUST_USE;
size_t import_unsettled(const struct import *i);
enum err import_save(struct import *i) MUST_USE;

/* May this person do such things at all? Answers the exchange when not. */
bool import_allowed(struct view *v);

struct str import_path(const struct import *i, const char *end); /* "", "/names" … */
/* Title, where one is among the three steps, and whether the plan is here already. */
struct html *import_page(struct import *i, int step);
/* Plans here with the same file or the same title: { subject … } of the first, or empty.
 */
struct str import_twin(struct import *i, bool *same_file);
