/*
 * Two events: number-given on the series, issued on the matter. The file is rendered
 * after the act, outside the writer.
 */
#include "act/issue.h"

#include "base/buf.h"
#include "base/date.h"
#include "lang/feel.h"

/* Values as a document shows them: days in Chinese, references by their names. */
static struct str
shown(struct work *w, struct judge *j, const struct value *v)
{
	struct arena *a = w->cx->arena;

	if (v->kind == V_DAY)
		return day_chinese(a, v->i);
	if (v->kind == V_TEXT && feel_is_ref(v->s)) {
		const struct register_def *r = defs_register(
		    w->defs, subject_family(v->s));
		const struct value *entry = r ? facts_entry(w->facts, v->s, w->done)
					      : NULL;

		if (r && !entry)
			j->needs = true;
		return entry ? value_str(value_get(value_get(entry, S("values")), r->key))
			     : S("");
	}
	if (v->kind == V_LIST) {
		LIST(struct str) parts = { 0 };

		for (size_t i = 0; i < v->list.n; i++)
			*list_add(a, &parts) = shown(w, j, &v->list.items[i]);
		return str_join(a, parts.v, parts.n, S("、"));
	}
	return value_is_null(v) ? S("") : feel_string(a, v);
}

/* The words of a text, its holes filled from the matter. *empty counts those that gave
 * nothing. */
static struct str
filled(struct work *w, struct judge *j, const struct hole_list *text, size_t *empty)
{
	struct buf b = { .arena = w->cx->arena };

	*empty = 0;
	for (size_t i = 0; i < text->n; i++) {
		struct value v;
		struct str s;

		buf_put(&b, text->v[i].before);
		if (!text->v[i].value)
			continue;
		v = judge_value(j, text->v[i].value);
		s = shown(w, j, &v);
		*empty += !s.n;
		buf_put(&b, s);
	}
	return buf_str(&b);
}

/* The next number of the document's series for this body and year. */
static bool
take_number(struct work *w, struct matter *m, const struct document_def *doc,
    struct judge *j, struct str *number)
{
	struct arena *a = w->cx->arena;
	const int year = day_civil(w->done).year;
	const struct str per = doc->number_per.n
				   ? value_str(matter_field(m, doc->number_per))
				   : S("all");
	const struct str series = str_fmt(
	    a, "series/%.*s/%.*s/%d", STR_ARG(doc->id), STR_ARG(per), year);
	const struct value *next = facts_next(w->facts, series);
	struct draft *d;
	size_t holes;

	if (!next) {
		w->needs = true;
		return false;
	}
	judge_set(j, S("n"), value_int(next->i));
	judge_set(j, S("year"), value_int(year));
	*number = filled(w, j, &doc->number_holes, &holes);
	/* A number without its office word, 提醒〔2019〕1号, is no number. */
	if (!number->n || holes || j->needs)
		return false;
	d = work_draft_subject(w, EV_NUMBER_GIVEN, series, next->i);
	value_set_int(a, &d->open, "n", next->i);
	value_set_text(a, &d->open, "number", *number);
	value_set_text(a, &d->open, "for", m->subject);
	value_set_text(a, &d->open, "document", doc->id);
	return true;
}

static struct str
random_code(struct work *w)
{
	static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
	unsigned char bytes[8];
	char *code = arena_alloc(w->cx->arena, sizeof bytes + 1);

	cx_random(w->cx, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		code[i] = letters[bytes[i] % (sizeof letters - 1)];
	return (struct str){ code, sizeof bytes };
}

struct str
issue_draft(struct work *w, struct matter *m, struct str document)
{
	const struct document_def *doc = map_find(&w->defs->documents, document);
	struct str text;
	struct judge j;
	size_t holes;

	if (!doc)
		return S(""); /* checked at load */
	work_judge(w, m, NULL, &j);
	judge_set(&j, S("number"), value_text(S("（待编号）")));
	judge_set(&j, S("day"), value_day(w->done));
	judge_set(&j, S("title"), value_text(doc->title));
	text = filled(w, &j, &doc->text_holes, &holes);
	w->needs |= j.needs;
	return text;
}

void
issue_document(struct work *w, struct matter *m, const struct action_def *a)
{
	struct arena *ar = w->cx->arena;
	const struct document_def *doc = map_find(&w->defs->documents, a->issues);
	struct value issued = value_copy(ar, value_get(&m->state, S("issued")));
	struct value one = value_map();
	struct str number = S(""), text;
	size_t holes; /* a text may leave some */
	struct draft *d;
	struct judge j;

	if (!doc)
		return; /* checked at load */
	if (value_count(value_get(&m->state, S("doubts")))) {
		refuse(w->cx, &w->hard, REFUSE_DOUBT_OPEN, S(""), "%s", "");
		return;
	}
	work_judge(w, m, NULL, &j);
	if (doc->number_holes.n && !take_number(w, m, doc, &j, &number)) {
		w->needs |= j.needs;
		if (!w->needs)
			refuse(w->cx, &w->hard, REFUSE_NUMBER, S(""), "%s", "");
		return;
	}
	judge_set(&j, S("number"), value_text(number));
	judge_set(&j, S("day"), value_day(w->done));
	judge_set(&j, S("title"), value_text(doc->title));
	text = filled(w, &j, &doc->text_holes, &holes);
	w->needs |= j.needs;
	if (w->needs)
		return;
	value_set_text(ar, &one, "document", doc->id);
	value_set_text(ar, &one, "title", doc->title);
	value_set_text(ar, &one, "number", number);
	value_set_int(ar, &one, "day", w->done);
	value_set_text(ar, &one, "code", random_code(w));
	d = work_draft(w, EV_ISSUED, m);
	d->open = value_copy(ar, &one);
	value_set_text(ar, &d->open, "text", text);
	value_set_text(ar, &d->open, "template", doc->digest);
	value_set_int(ar, &one, "seq", d->seq);
	value_add(ar, &issued, one);
	value_set(ar, &m->state, S("issued"), issued);
}

void
issue_unpublication(struct work *w, struct matter *m)
{
	struct draft *d;

	if (!value_count(value_get(&m->state, S("published"))))
		return;
	d = work_draft(w, EV_UNPUBLISHED, m);
	value_set_text(w->cx->arena, &d->open, "channel", S("portal"));
	work_put(w, d, S("published"), value_map());
}

void
issue_publication(struct work *w, struct matter *m, const struct action_def *a)
{
	struct value fields = value_map();
	struct draft *d;

	if (value_count(value_get(&m->state, S("doubts")))) {
		refuse(w->cx, &w->hard, REFUSE_DOUBT_OPEN, S(""), "%s", "");
		return;
	}
	for (size_t i = 0; i < a->publishes.n; i++) {
		const struct field *f = field_find(
		    &m->procedure->fields, a->publishes.v[i]);
		const struct value *v = matter_field(m, a->publishes.v[i]);

		if (f && !f->personal && !value_is_null(v))
			value_set(w->cx->arena, &fields, f->id, *v);
	}
	d = work_draft(w, EV_PUBLISHED, m);
	value_set_text(w->cx->arena, &d->open, "channel", S("portal"));
	value_set(w->cx->arena, &d->open, S("fields"), fields);
	work_put(w, d, S("published"), fields);
}
