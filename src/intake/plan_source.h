/*
 * What a file is to the reader of plans: bytes that were sent become the text of a plan,
 * or are the ledger's own workbook. The only place that knows which kinds of files hold
 * plans; what is wrong with the others is said here and in text.h.
 */
#pragma once

#include "intake/docx.h"
#include "intake/plan.h"
#include "intake/xlsx.h"

enum plan_source_kind {
	PLAN_SOURCE_TEXT,
	PLAN_SOURCE_WORD,   /* DOCX */
	PLAN_SOURCE_SHEET,  /* a workbook that is not ours */
	PLAN_SOURCE_LEDGER, /* ours: out of the ledger (sheet.h) */
};

struct plan_source {
	enum plan_source_kind kind;
	struct str text;       /* lines in UTF-8; empty of a ledger */
	struct xlsx_book book; /* of a ledger */
	struct lefts left;     /* what the file holds and its text does not */
};

/* ERR_INPUT with a Chinese sentence and an advice where no plan can be in it: see
 * plan_read(). Marks of secrecy beside the text (headers, text boxes) refuse it too. */
enum err plan_source_open(struct cx *cx, struct str bytes, struct plan_source *out)
    MUST_USE;

/* Reads the plan in it. What is wrong stands in cx->why (plan.h). */
enum err plan_read_source(
    struct cx *cx, const struct plan_source *source, struct plan **out) MUST_USE;
