/*
 * The walk through a statute's lines (intake/statute.h): head, headings, articles. What
 * the head's lines mean is statute_head.c, the order of articles statute_order.c.
 */
#include "intake/statute_parts.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "intake/text.h"

enum { LEVELS = 5, HISTORY_MAX = 200, FLAGS_MAX = 200 };

/* Where the walk is. */
struct walk {
	struct cx *cx;
	struct statute_text *t;
	struct str parts[LEVELS]; /* headings that stand above, by level */
	struct str annex;  /* 修正案 or 附件一; empty in the statute itself */
	struct buf text;   /* of the article that is open */
	int64_t last;      /* number of the article before */
	struct str issuer; /* as far as the category tells it */
	int64_t published, in_force; /* of the metadata */
	bool meta;                   /* between --- lines */
	bool seen_title;
	bool open; /* an article takes the lines that follow */
};

void
statute_flag_put(struct cx *cx, struct statute_text *t, size_t line, const char *fmt, ...)
{
	va_list ap;

	if (t->flags.n == FLAGS_MAX)
		return;
	va_start(ap, fmt);
	*list_add(cx->arena, &t->flags) = (struct statute_note){ line,
		str_vfmt(cx->arena, fmt, ap) };
	va_end(ap);
}

static struct str
without_blanks(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < s.n;) {
		const size_t from = i;

		str_next(s, &i);
		if (text_trim(str_sub(s, from, i)).n)
			buf_put(&b, str_sub(s, from, i));
	}
	return buf_str(&b);
}

/* ---- metadata: title, publish_date, implement_date, status ---- */

static struct str
unquoted(struct str s)
{
	s = text_trim(s);
	return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_sub(s, 1, s.n - 1)
								: s;
}

static void
meta_line(struct walk *w, struct str line, size_t no)
{
	struct str value = line, key;

	if (!str_split(&value, S(":"), &key) || !value.n)
		return;
	value = unquoted(value);
	if (str_eq(key, S("title")))
		w->t->title = without_blanks(w->cx->arena, value);
	else if (str_eq(key, S("publish_date")))
		(void)day_parse(value, &w->published);
	else if (str_eq(key, S("implement_date")))
		(void)day_parse(value, &w->in_force);
	else if (str_eq(key, S("category")) && str_eq(value, S("行政法规")))
		w->issuer = S("国务院");
	else if (str_eq(key, S("status")) && str_has(value, S("废止")))
		statute_flag_put(w->cx, w->t, no, "来源注明“%.*s”", STR_ARG(value));
}

/* ---- articles ---- */

static void
article_close(struct walk *w)
{
	struct statute_article *a;

	if (!w->open)
		return;
	a = &w->t->articles.v[w->t->articles.n - 1];
	a->text = buf_str(&w->text);
	if (!a->text.n)
		statute_flag_put(w->cx, w->t, a->line, "%.*s没有内容", STR_ARG(a->label));
	w->text = (struct buf){ .arena = w->cx->arena };
	w->open = false;
}

static struct str
parts_joined(struct walk *w)
{
	struct str shown[LEVELS];
	size_t n = 0;

	for (size_t i = 0; i < LEVELS; i++)
		if (w->parts[i].n)
			shown[n++] = w->parts[i];
	return str_join(w->cx->arena, shown, n, S(" / "));
}

static void
article_open(struct walk *w, struct str key, struct str label, size_t no)
{
	article_close(w);
	*list_add(w->cx->arena, &w->t->articles) = (struct statute_article){
		.key = key, .label = label, .part = parts_joined(w), .line = no
	};
	w->text = (struct buf){ .arena = w->cx->arena };
	w->open = true;
}

static void
text_put(struct walk *w, struct str line)
{
	if (!line.n)
		return;
	if (w->text.n)
		buf_put_byte(&w->text, '\n');
	buf_put(&w->text, line);
}

static void
article_line(struct walk *w, const struct statute_mark *m, size_t no)
{
	struct buf key = { .arena = w->cx->arena };

	if (w->annex.n) {
		buf_put(&key, w->annex);
		buf_put_byte(&key, '-');
	}
	buf_put_int(&key, m->number);
	if (m->under)
		buf_fmt(&key, "-%lld", (long long)m->under);
	article_open(w, buf_str(&key), m->head, no);
	if (m->glued)
		statute_flag_put(w->cx, w->t, no, "%.*s后面缺少空格", STR_ARG(m->head));
	text_put(w, m->rest);
	w->last = m->number;
}

/* A heading ends the article before it and whatever headings stood below its level. */
static void
heading_line(struct walk *w, const struct statute_mark *m)
{
	struct arena *a = w->cx->arena;
	const struct str rest = without_blanks(a, m->rest);

	article_close(w);
	for (int i = m->level; i < LEVELS; i++)
		w->parts[i] = S("");
	w->parts[m->level - 1] = m->head.n && rest.n
				     ? str_fmt(a, "%.*s %.*s", STR_ARG(m->head),
					   STR_ARG(rest))
				 : m->head.n ? m->head
					     : rest;
}

/* 附件一 keeps its name and takes all that follows; amendments are numbered through. */
static void
annex_line(struct walk *w, const struct statute_mark *m, size_t no)
{
	const struct statute_mark heading = { .level = 1, .rest = m->rest };
	struct str name = m->rest;

	heading_line(w, &heading);
	w->last = 0;
	if (str_has(name, S("修正案"))) {
		w->annex = S("修正案");
		return;
	}
	for (size_t i = 0; i < name.n;) {
		const size_t from = i;

		str_next(name, &i);
		if (!text_trim(str_sub(name, from, i)).n ||
		    str_has(S(":：.．（("), str_sub(name, from, i)))
			name = str_sub(name, 0, from);
	}
	w->annex = name;
	article_open(w, name, name, no);
}

/* Whether a number that has no blank behind it is an article all the same. */
static bool
is_article(const struct walk *w, const struct statute_mark *m)
{
	return m->kind == STATUTE_ARTICLE &&
	       (!m->glued ||
		   (m->number == w->last + 1 && !m->under &&
		       !str_starts(m->rest, S("第")) && !str_starts(m->rest, S("规定")) &&
		       !str_starts(m->rest, S("所"))));
}

static void
body_line(struct walk *w, struct str line, size_t no)
{
	const struct statute_mark m = statute_mark(line);

	if (is_article(w, &m))
		article_line(w, &m, no);
	else if (m.kind == STATUTE_ANNEX && w->t->articles.n)
		annex_line(w, &m, no);
	else if (m.kind == STATUTE_PREAMBLE)
		article_open(w, S("序言"), S("序言"), no);
	else if (m.kind == STATUTE_HEADING)
		heading_line(w, &m);
	else if (w->open)
		text_put(w, line);
	else if (!w->t->articles.n && w->t->history.n < HISTORY_MAX)
		*list_add(
		    w->cx->arena, &w->t->history) = (struct statute_note){ no, line };
	else
		statute_flag_put(w->cx, w->t, no, "不属于任何一条的文字，没有收入");
}

/* ---- the head ---- */

/* The first line that is neither metadata nor a comment is the title. */
static bool
title_line(struct walk *w, struct str line)
{
	const bool marked = str_starts(line, S("#"));

	if (w->seen_title)
		return false;
	w->seen_title = true;
	while (str_starts(line, S("#")))
		line = str_sub(line, 1, line.n);
	line = without_blanks(w->cx->arena, line);
	if (!marked && statute_mark(line).kind == STATUTE_ARTICLE)
		return false;
	w->t->title = line;
	return true;
}

static void
one_line(struct walk *w, struct str line, size_t no)
{
	if (str_eq(line, S("---")) && (w->meta || (no == 1 && !w->seen_title))) {
		w->meta = !w->meta;
		return;
	}
	if (w->meta) {
		meta_line(w, line, no);
		return;
	}
	if (str_starts(line, S("<!--")) && str_ends(line, S("-->")))
		return;
	if (line.n && !title_line(w, line))
		body_line(w, line, no);
}

static int
flag_cmp(const void *a, const void *b)
{
	const struct statute_note *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

/* A day in brackets in the name of the file: 办法(2022-03-24).md. */
static void
name_hint(struct walk *w, struct str file)
{
	const size_t open = str_rfind(file, S("("));
	int64_t day;

	if (open != SIZE_MAX && day_parse(str_sub(file, open + 1, open + 11), &day) &&
	    (w->published == DAY_NONE || day > w->published))
		w->published = day;
}

static enum err
statute_whole(struct walk *w, struct str file)
{
	struct statute_text *t = w->t;
	const struct str country = S("中华人民共和国");

	article_close(w);
	if (w->meta)
		return fail(w->cx, ERR_INPUT, "第1行: 元数据没有以 --- 结束");
	if (!t->title.n)
		return fail(w->cx, ERR_INPUT, "第1行: 没有标题");
	if (t->title.n > 300)
		return fail(w->cx, ERR_INPUT, "第1行: 不像标题");
	if (!t->articles.n)
		return fail(w->cx, ERR_INPUT, "全文没有“第一条”这样的条文");
	t->name = str_starts(t->title, country) && t->title.n > country.n
		      ? str_sub(t->title, country.n, t->title.n)
		      : t->title;
	name_hint(w, file);
	TRY(statute_order(w->cx, t));
	statute_dates(w->cx, t, w->published, w->in_force);
	if (!t->issuer.n)
		t->issuer = w->issuer;
	if (t->flags.n)
		qsort(t->flags.v, t->flags.n, sizeof *t->flags.v, flag_cmp);
	return ERR_OK;
}

enum err
statute_read(struct cx *cx, struct str file, struct str bytes, struct statute_text *out)
{
	struct text lines = { 0 };
	struct walk w = {
		.cx = cx, .t = out, .published = DAY_NONE, .in_force = DAY_NONE
	};
	struct str utf8;

	*out = (struct statute_text){
		.passed = DAY_NONE, .promulgated = DAY_NONE, .in_force = DAY_NONE
	};
	if (bytes.n > STATUTE_BYTES_MAX)
		return fail(
		    cx, ERR_INPUT, "文件超过%d兆字节", STATUTE_BYTES_MAX / 1024 / 1024);
	TRY(text_decode(cx, bytes, &utf8));
	TRY(text_split(cx, utf8, &lines));
	for (size_t i = 0; i < lines.n; i++)
		one_line(&w, text_trim(lines.v[i].s), lines.v[i].no);
	return statute_whole(&w, file);
}

/* ---- for the record ---- */

static struct value
day_or_null(int64_t day)
{
	return day == DAY_NONE ? value_null() : value_int(day);
}

struct value
statute_value(struct cx *cx, const struct statute_text *t)
{
	struct arena *a = cx->arena;
	struct value v = value_map(), articles = value_list(), flags = value_list();
	struct buf history = { .arena = a };

	for (size_t i = 0; i < t->articles.n; i++) {
		const struct statute_article *one = &t->articles.v[i];
		struct value row = value_map();

		value_set_text(a, &row, "key", one->key);
		value_set_text(a, &row, "label", one->label);
		value_set_text(a, &row, "part", one->part);
		value_set_text(a, &row, "text", one->text);
		value_add(a, &articles, row);
	}
	for (size_t i = 0; i < t->history.n; i++) {
		if (i)
			buf_put_byte(&history, '\n');
		buf_put(&history, t->history.v[i].text);
	}
	for (size_t i = 0; i < t->flags.n; i++)
		value_add(a, &flags,
		    value_text(t->flags.v[i].line
				   ? str_fmt(a, "第%zu行: %.*s", t->flags.v[i].line,
					 STR_ARG(t->flags.v[i].text))
				   : t->flags.v[i].text));
	value_set_text(a, &v, "title", t->title);
	value_set_text(a, &v, "statute", t->name);
	value_set_text(a, &v, "number", t->number);
	value_set_text(a, &v, "issuer", t->issuer);
	value_set_text(a, &v, "history", buf_str(&history));
	value_set(a, &v, S("passed"), day_or_null(t->passed));
	value_set(a, &v, S("promulgated"), day_or_null(t->promulgated));
	value_set(a, &v, S("from"), day_or_null(t->in_force));
	value_set(a, &v, S("assumed"), value_bool(t->assumed));
	value_set(a, &v, S("articles"), articles);
	value_set(a, &v, S("flags"), flags);
	return v;
}
