/*
 * Evidence: what all rows of a table teach before one is read. Whether a short cell is a
 * person or a unit, its characters hardly tell (庙明处 may be either); where else it
 * stands does: a row that lacks no cell puts a person where the head names the leaders,
 * and a member of a list is a unit.
 */
#pragma once

#include "base/map.h"
#include "intake/cells.h"
#include "intake/known.h"

/* Costs, in tenths of a missing cell: never, and hardly. */
enum { NEVER = 500, UNLIKELY = 300 };

enum { EVIDENCE_CELLS = 16 }; /* of a row; further ones teach nothing */

struct evidence {
	const struct known *known;
	struct map seen;  /* struct seen of each short cell */
	struct map units; /* names seen inside lists: no persons */
	struct map ends;  /* size_t: how many of these end in a character */
	uint32_t level; /* 区, 县, 旗 … that units of this plan begin with; 0 = none */
	size_t full;    /* columns of persons and units */
	size_t place;   /* of these, that of the persons; SIZE_MAX = none */
	size_t lead, helpers; /* places of 牵头单位 and 配合单位, likewise */
	size_t rows,
	    one_lead;     /* rows with all; of these, with one unit and then several */
	bool lead_is_one; /* most of them: the lead is one, the others are a list */
	bool text_first;  /* the text is the first cell of a row */
};

/* Where a short cell stood: in the column of persons, or in another. */
struct seen {
	size_t leading, elsewhere;
};

void evidence_open(struct evidence *e, const struct known *known, const struct columns *c,
    bool text_open);
/* Collects what one row of the table teaches; evidence_close() after the last. */
void evidence_add(struct cx *cx, struct evidence *e, const struct cells *row);
void evidence_close(struct evidence *e);

bool evidence_level(const struct evidence *e, struct str f); /* begins as units do here */
bool evidence_unit(const struct evidence *e, struct str f);  /* looks like one unit */
/* The cost of taking the cell for one or several persons. */
int evidence_person(struct cx *cx, const struct evidence *e, struct str f);

/* Names of persons in one cell: 文良印、罗清泉 */
void cell_persons(struct cx *cx, struct str cell, struct strs *out);
