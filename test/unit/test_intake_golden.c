/*
 * Plans of our own against what was read out of them once and checked by hand: each
 * NAME.txt in test/golden/plans that has a NAME.want. One line a task, then damage, then
 * what is neither.
 */
#include "base/buf.h"
#include "intake/plan.h"
#include "intake/text.h"
#include "test.h"

static void
put_list(struct buf *b, const struct strs *list)
{
	buf_put(b, str_join(b->arena, list->v, list->n, S("/")));
	buf_put_byte(b, '|');
}

static void
put_task(struct cx *cx, struct buf *b, const struct plan_task *t)
{
	buf_fmt(b, "%zu|%.*s|%.*s|%.*s|%.*s|", t->line, STR_ARG(t->no),
	    STR_ARG(t->section), STR_ARG(t->measure),
	    STR_ARG(str_replace(cx->arena, t->text, S("\n"), S("/"))));
	put_list(b, &t->leaders);
	put_list(b, &t->lead);
	put_list(b, &t->units);
	put_list(b, &t->classes);
	buf_put(b, t->deadline.kind == DEADLINE_DATE
		       ? day_iso(cx->arena, t->deadline.by)
		       : str_z(plan_deadline_name(t->deadline.kind)));
	for (size_t i = 0; i < t->milestones.n; i++)
		buf_fmt(b, " %.*s", STR_ARG(day_iso(cx->arena, t->milestones.v[i].by)));
	for (size_t i = 0; i < t->inherited.n; i++)
		buf_fmt(b, " %.*s:%.*s", STR_ARG(t->inherited.v[i].field),
		    STR_ARG(t->inherited.v[i].from));
	buf_put_byte(b, '\n');
}

static struct str
rendered(struct cx *cx, const struct plan *p)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < p->tasks.n; i++)
		put_task(cx, &b, &p->tasks.v[i]);
	for (size_t i = 0; i < p->damage.n; i++)
		buf_fmt(&b, "! %zu %s %zu %.*s\n", p->damage.v[i].line,
		    plan_why_name(p->damage.v[i].why), p->damage.v[i].count,
		    STR_ARG(p->damage.v[i].suggest));
	for (size_t i = 0; i < p->other.n; i++)
		buf_fmt(&b, "- %zu %zu %.*s\n", p->other.v[i].from, p->other.v[i].to,
		    STR_ARG(p->other.v[i].kind));
	buf_fmt(&b, "= %zu\n", p->remainder);
	return buf_str(&b);
}

static void
golden(struct cx *cx, const char *name)
{
	struct plan *p;
	struct str want;

	CHECK_OK(text_load(
	    cx, str_fmt(cx->arena, "test/golden/plans/%s.want", name).p, 1 << 20, &want));
	if (plan_read_file(
		cx, str_fmt(cx->arena, "test/golden/plans/%s.txt", name).p, &p)) {
		CHECK_STR(cx->why, S("read"));
		return;
	}
	CHECK_STR(rendered(cx, p), want);
}

static struct str
tasks_of(struct cx *cx, struct str text)
{
	struct buf b = { .arena = cx->arena };
	struct plan *p;

	if (plan_read(cx, text, &p))
		return cx->why;
	for (size_t i = 0; i < p->tasks.n; i++) {
		p->tasks.v[i].line = 0;
		put_task(cx, &b, &p->tasks.v[i]);
	}
	buf_fmt(&b, "= %zu\n", p->remainder);
	return buf_str(&b);
}

/* A blank behind every character, as programs put it that read PDF. */
static struct str
spaced(struct cx *cx, struct str text)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < text.n;) {
		const size_t from = i;

		(void)str_next(text, &i);
		buf_put(&b, str_sub(text, from, i));
		if (i - from > 1 && i < text.n && text.p[i] != '\n')
			buf_put_byte(&b, ' ');
	}
	return buf_str(&b);
}

/* Broken at 32 characters, without empty lines. */
static struct str
wrapped(struct cx *cx, struct str text)
{
	struct buf b = { .arena = cx->arena };
	struct str rest = text, line;

	while (str_split(&rest, S("\n"), &line)) {
		size_t n = 0;

		for (size_t i = 0; i < line.n;) {
			const size_t from = i;

			(void)str_next(line, &i);
			if (n && n % 32 == 0)
				buf_put_byte(&b, '\n');
			buf_put(&b, str_sub(line, from, i));
			n++;
		}
		if (n)
			buf_put_byte(&b, '\n');
	}
	return buf_str(&b);
}

/* The demonstration plan as it comes out of other programs: the same tasks. */
TEST(intake_traces_of_copying)
{
	struct str text, want;

	CHECK_OK(text_load(cx, "demo/plan.txt", 1 << 20, &text));
	want = tasks_of(cx, text);
	CHECK(str_has(want, S("2028-12-31")));
	CHECK_STR(tasks_of(cx, str_replace(cx->arena, text, S("\n"), S("\r"))), want);
	CHECK_STR(
	    tasks_of(cx, str_fmt(cx->arena, "\xef\xbb\xbf%.*s", STR_ARG(text))), want);
	CHECK_STR(
	    tasks_of(cx, str_replace(cx->arena, text, S("司法"), S("司\u200b法"))), want);
	CHECK_STR(
	    tasks_of(cx, str_replace(cx->arena, text, S("牵头，"), S("牵\ufeff头，"))),
	    want);
	CHECK_STR(
	    tasks_of(cx, str_replace(cx->arena, text, S("。（"), S("。&nbsp;（"))), want);
	CHECK_STR(
	    tasks_of(cx, str_replace(cx->arena, text, S("\n"), S("<br/>\n"))), want);
	CHECK_STR(tasks_of(cx,
		      str_replace(cx->arena, text, S("）\n"), S("）\n— 3 —\n第3页\n"))),
	    want);
	CHECK_STR(tasks_of(cx, spaced(cx, text)), want);
	CHECK_STR(tasks_of(cx, wrapped(cx, text)), want);
}

TEST(intake_golden_tables_on_lines)
{
	golden(cx, "grid-tabs");
	golden(cx, "grid-pipes");
	golden(cx, "grid-blanks");
	golden(cx, "grid-no-numbers");
	golden(cx, "grid-repeated-heads");
	golden(cx, "grid-measures");
}

TEST(intake_golden_tables_of_cells)
{
	golden(cx, "cells-restart");
	golden(cx, "table-synonyms");
	golden(cx, "table-plain");
	golden(cx, "table-gap");
}

TEST(intake_golden_items_that_name_nobody)
{
	golden(cx, "orphan-brackets");
	golden(cx, "orphan-lines");
}

/*
 * The account made again from what a caller gets: lines that `other` names, and lines
 * that nothing names, must be those without a word of a task. Then each line is taken out
 * in turn: no crash, and the account still closes or says what it did not understand.
 */
static size_t
chars_of_others(const struct text *t, const struct plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->other.n; i++)
		for (size_t k = p->other.v[i].from; k <= p->other.v[i].to; k++)
			n += k >= 1 && k <= t->n ? chars_without_blanks(t->v[k - 1].s)
						 : 0;
	return n;
}

static size_t
chars_of_tasks(const struct plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->tasks.n; i++)
		n += chars_without_blanks(p->tasks.v[i].text);
	for (size_t i = 0; i < p->sections.n; i++)
		n += chars_without_blanks(p->sections.v[i].title);
	for (size_t i = 0; i < p->measures.n; i++)
		n += chars_without_blanks(p->measures.v[i].title);
	return n;
}

static struct str
without_line(struct cx *cx, const struct text *t, size_t gone)
{
	struct buf b = { .arena = cx->arena };

	for (size_t i = 0; i < t->n; i++)
		if (i != gone) {
			buf_put(&b, t->v[i].s);
			buf_put_byte(&b, '\n');
		}
	return buf_str(&b);
}

TEST(intake_account_from_outside)
{
	static const char *const names[] = { "table", "table-numbers", "brackets",
		"lines", "items", "brackets-limits", "orphan-brackets", "orphan-lines",
		"table-synonyms", "table-plain", "table-gap", "cells-restart", NULL };

	for (const char *const *name = names; *name; name++) {
		struct str bytes;
		struct text t;
		struct plan *p, *q;

		CHECK_OK(
		    text_load(cx, str_fmt(cx->arena, "test/golden/plans/%s.txt", *name).p,
			1 << 20, &bytes));
		CHECK_OK(text_split(cx, bytes, &t));
		CHECK_OK(plan_read(cx, bytes, &p));
		CHECK(p->remainder == 0 && p->chars == t.chars);
		CHECK(chars_of_tasks(p) + chars_of_others(&t, p) <= p->chars);
		for (size_t i = 0; i < t.n; i++) {
			const struct str less = without_line(cx, &t, i);

			if (!t.v[i].s.n || plan_read(cx, less, &q))
				continue;
			CHECK(q->chars == p->chars - chars_without_blanks(t.v[i].s));
			CHECK(chars_of_tasks(q) <= q->chars && q->remainder < q->chars);
		}
	}
}

TEST(intake_golden_of_bureaus)
{
	golden(cx, "lines-in-paragraphs"); /* labels behind the sentence, two dates */
	golden(cx, "lines-requirements"); /* 工作要求: is text, 责任领导: are persons */
	golden(cx, "lines-behind"); /* only 责任单位:, at the end of the paragraph */
	golden(cx, "grid-two-blanks");
	golden(cx, "grid-wide-blanks");
	golden(cx, "table-plain-two"); /* no numbers, two columns of text */
}

/* What counties write beyond the plans we were given. */
TEST(intake_golden_of_counties)
{
	golden(cx, "brackets-labels");      /* labels in brackets, 立即, a page mark */
	golden(cx, "brackets-behind");      /* units alone, on the line behind */
	golden(cx, "brackets-square");      /* 【】, a title on three lines */
	golden(cx, "brackets-traditional"); /* without pinyin, 二〇二六年 */
	golden(cx, "brackets-gb18030");     /* characters of four bytes, CRLF */
	golden(cx, "lines-spoken");         /* 一是, limits without a year */
	golden(cx, "lines-pages");   /* heads of pages, wide digits, a bare limit */
	golden(cx, "lines-circled"); /* labels behind each ① */
	golden(cx, "lines-first");   /* 牵头: in front of the text */
	golden(cx, "grid-leaders");  /* merged cells, 牵头领导 */
	golden(cx, "grid-markdown");
	golden(cx, "table-leaders-last");
	golden(cx, "table-two-texts"); /* two columns of text, heads on each page */
	golden(
	    cx, "brackets-middle"); /* several in a paragraph, 〔〕 inside, conditions */
	golden(cx, "brackets-clauses"); /* 次年, 年底前, 立即组织实施, 责任人: behind */
	golden(cx, "brackets-site");  /* navigation, limits without a year */
	golden(cx, "lines-problems"); /* 问题一: with numbered parts */
	golden(cx, "lines-wrapped");  /* a list that goes on below */
	golden(cx, "grid-quoted");    /* cells of a spreadsheet with line breaks */
	golden(cx, "items-clauses");  /* 由X负责 in most sentences */
}

TEST(intake_golden_limits_in_brackets)
{
	golden(cx, "brackets-limits");
}
