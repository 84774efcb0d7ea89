/*
 * What pages are made of besides forms. Nothing says anything by colour alone: a badge
 * has its words and a shape, a bar has its numbers.
 */
#pragma once

#include "web/html.h"

enum tone {
	TONE_PLAIN,
	TONE_GOING, /* under way */
	TONE_DONE,  /* 已销号 */
	TONE_WARN,  /* 预警 */
	TONE_LATE,  /* 超期 */
	TONE_REST,  /* 长期坚持; nothing is due */
};

void badge(struct html *h, enum tone tone, struct str text);

/* ---- tables ---- */

struct grid_column {
	struct str title;
	bool number;     /* to the right */
	bool day;        /* a date: never broken */
	bool head;       /* names the row */
	bool names;      /* of units: not thinner than one of them */
	bool state;      /* badges */
	bool wide;       /* long text: gets the room that is left */
	struct str tick; /* name of the boxes in this column: one in the head ticks all */
	struct str sort; /* address that sorts by it, or empty */
	int sorted;      /* 1 rising, -1 falling, 0 not */
};

/* Cells come in the order of the columns. On a phone each row becomes a card with the
 * titles beside the values; with `scroll` it stands in a region that scrolls where the
 * window is too narrow for its columns but no phone. */
struct grid {
	struct html *h;
	const struct grid_column *columns;
	size_t n, at;
	bool scroll;
};

struct grid grid_open(
    struct html *h, struct str caption, const struct grid_column *columns, size_t n);
struct grid grid_open_scroll(
    struct html *h, struct str caption, const struct grid_column *columns, size_t n);
void row_open(struct grid *t);
void cell_open(struct grid *t);
void cell_close(struct grid *t);
#define cell(t, ...)                       \
	do {                               \
		cell_open(t);              \
		html((t)->h, __VA_ARGS__); \
		cell_close(t);             \
	} while (0)
void tick_box(
    struct html *h, struct str name, struct str value, struct str label, bool on);
void row_close(struct grid *t);
/* A heading across all columns: the part of a plan that the next rows belong to. */
void row_title(struct grid *t, struct str title);
void grid_close(struct grid *t);

/* ---- one thing's facts: label and value ---- */

void facts_open(struct html *h);
void fact_open(struct html *h, struct str label);
void fact_close(struct html *h);
#define fact(h, label, ...)              \
	do {                             \
		fact_open((h), (label)); \
		html((h), __VA_ARGS__);  \
		fact_close(h);           \
	} while (0)
void facts_close(struct html *h);

/* ---- what happened, newest first ---- */

void timeline_open(struct html *h);
/* Opens an item; html() what belongs to it, then close it. */
void timeline_item_open(struct html *h, struct str when, struct str title);
void timeline_item_close(struct html *h);
void timeline_close(struct html *h);

/* ---- boxes ---- */

void notice_open(struct html *h, enum tone tone, struct str title);
void notice_close(struct html *h);
void details_open(struct html *h, struct str summary);
void details_open_if(struct html *h, struct str summary, bool open);
void details_close(struct html *h);
void panel_open(
    struct html *h, struct str title, struct str text); /* an act has been done */
void panel_close(struct html *h);

/* Nothing to show: why, and what to do about it. */
void empty_put(struct html *h, struct str title, struct str text);

/* A text to be copied as it stands; its button appears where a script runs. */
void copy_text(struct html *h, struct str id, struct str label, struct str text);

/* ---- ways on ---- */

struct tab {
	struct str label, href;
	int64_t count; /* shown behind the label unless negative */
	bool current;
};
void tabs(struct html *h, struct str label, const struct tab *v, size_t n);

/* Keyset pages: an address is empty where there is no such page. `shown` says what is
 * shown. */
void pager(struct html *h, struct str previous, struct str next, struct str shown);

/* ---- numbers ---- */

void figures_open(struct html *h);
/* A number that opens to what it counts; href may be empty. Nothing alarms with none. */
void figure(struct html *h, enum tone tone, int64_t n, struct str label, struct str href);
void figures_close(struct html *h);

/* done of total, as numbers with a bar. */
void progress(struct html *h, struct str label, int64_t done, int64_t total);
