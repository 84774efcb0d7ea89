/*
 * From ticked rows to reminders: first the texts, one for each unit, ready to be copied;
 * then, when the reader confirms, numbers and matters. Two clicks for the text, one more
 * for the number.
 */
#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/board.h"
#include "web/pages/page.h"
#include "web/password.h"
#include "web/session.h"
#include "web/site.h"

struct letter {
	struct str unit, n; /* "units/88", "88" */
	struct str office;
	struct board_rows rows;
	struct str body;
	size_t answer; /* of the act, while answers are shown */
};
struct letter_list {
	struct letter *v;
	size_t n, cap;
};
struct letters {
	struct exchange *x;
	struct programme p;
	struct letter_list list;
	size_t at; /* while acts are counted */
};

/* ---- what was ticked ---- */

static struct letter *
letter_of(struct letters *l, struct str unit)
{
	struct letter *one;

	for (size_t i = 0; i < l->list.n; i++)
		if (str_eq(l->list.v[i].unit, unit))
			return &l->list.v[i];
	one = list_add(l->x->cx.arena, &l->list);
	one->unit = unit;
	one->n = str_sub(unit, str_rfind(unit, S("/")) + 1, unit.n);
	return one;
}

static void
tick_take(struct letters *l, const struct board_rows *rows, struct str tick)
{
	struct str task, unit;

	if (!board_tick_read(&l->x->arena, tick, &task, &unit))
		return;
	for (size_t i = 0; i < rows->n; i++) {
		const struct board_row *r = &rows->v[i];
		struct letter *one;

		if (!str_eq(r->task->subject, task) || !str_eq(r->unit, unit) ||
		    !board_may_remind(r))
			continue;
		one = letter_of(l, unit);
		one->office = value_str(value_get(r->task->fields, S("office")));
		*list_add(&l->x->arena, &one->rows) = *r;
	}
}

static struct str
body_name(struct letters *l, const struct letter *one)
{
	return str_fmt(&l->x->arena, "text-%.*s", STR_ARG(one->n));
}

/* A row that has changed since it was ticked is left out: it waits for nobody now. */
static enum err
letters_read(struct letters *l, const struct params *from)
{
	struct task_rows tasks;
	struct board_rows rows;

	TRY(programme_of_plan(&l->p, S(""), &tasks));
	board_rows_of(&l->p, &tasks, NULL, &rows);
	for (size_t i = 0; i < from->n; i++)
		if (str_eq(from->v[i].name, S("t")))
			tick_take(l, &rows, from->v[i].value);
	for (size_t i = 0; i < l->list.n; i++) {
		struct letter *one = &l->list.v[i];
		const struct str typed = form_get(l->x, body_name(l, one));

		one->body = typed.n ? typed
				    : letter_body(&l->p, one->rows.v, one->rows.n);
	}
	return ERR_OK;
}

/* ---- the texts ---- */

static void
letter_put(struct letters *l, struct html *h, const struct letter *one)
{
	struct arena *a = &l->x->arena;

	html(h, L("<section class=\"group\">\n<h2>"),
	    T(programme_party(&l->p, one->unit)->name), L("</h2>\n"));
	for (size_t i = 0; i < one->rows.n; i++)
		field_hidden(h, S("t"), board_tick(a, &one->rows.v[i]));
	copy_text(h, str_fmt(a, "letter-%.*s", STR_ARG(one->n)), W(letter_whole),
	    letter_text(&l->p, one->unit, one->office, one->body, S(""), l->p.today));
	details_open(h, W(letter_change));
	field_area(h, .name = body_name(l, one), .label = W(letter_field),
	    .value = one->body, .rows = 6);
	details_close(h);
	html(h, L("</section>\n"));
}

static void
letters_put(struct letters *l, struct html *h)
{
	html(h, L("<p>"), T(W(letter_lead)), L("</p>\n"));
	form_open(h, S("/board/letter"));
	field_hidden(h, S("key"),
	    l->x->req.method == HTTP_POST ? form_get(l->x, S("key"))
					  : token_new(&l->x->cx));
	for (size_t i = 0; i < l->list.n; i++)
		letter_put(l, h, &l->list.v[i]);
	button_row_open(h);
	button_primary(h, word_fill(&l->x->arena, W(letter_confirm),
			      str_fmt(&l->x->arena, "%zu", l->list.n)));
	button_row_close(h);
	form_close(h);
}

static struct html *
letters_page(struct exchange *x, struct str title)
{
	return page_open(x, .title = title, .section = S("/board"),
	    .crumbs = { { W(board), S("/board") } });
}

/* Only who supervises reminds; the door would say the same. */
static bool
letters_open(struct letters *l, struct view *v)
{
	struct id_list own;
	bool supervises;

	if (!view_open(l->x, v))
		return false;
	programme_open(v, &l->p);
	if (!view_ok(v, board_reader(&l->p, &supervises, &own)))
		return false;
	if (!supervises)
		respond_error(l->x, 403);
	return supervises;
}

void
page_letters(struct exchange *x)
{
	struct letters l = { .x = x };
	VIEW v = { 0 };

	if (!letters_open(&l, &v) || !view_ok(&v, letters_read(&l, &x->req.query)))
		return;
	struct html *h = letters_page(x, W(letters));
	if (l.list.n)
		letters_put(&l, h);
	else
		empty_put(h, W(letters_none), W(letters_none_text));
	page_close(x, h, 200);
}

/* ---- the acts ---- */

static struct act
act_of(struct letters *l, const struct letter *one)
{
	struct arena *a = &l->x->arena;
	struct value tasks = value_list();
	struct act act = { .actor = l->x->session->person,
		.family = S("reminder"),
		.action = S("remind"),
		.form = value_map(),
		.done = cx_today(&l->x->cx),
		.key = str_fmt(
		    a, "%.*s-%.*s", STR_ARG(form_get(l->x, S("key"))), STR_ARG(one->n)) };

	for (size_t i = 0; i < one->rows.n; i++)
		value_add(a, &tasks, value_text(one->rows.v[i].task->subject));
	value_set_text(a, &act.form, "office", one->office);
	value_set_text(a, &act.form, "unit", one->unit);
	value_set(a, &act.form, S("tasks"), tasks);
	value_set_text(a, &act.form, "text", one->body);
	return act;
}

/* Where the sent ones can be seen: /board/sent?m=401&m=402. */
static struct str
sent_url(struct exchange *x)
{
	struct buf b = { .arena = &x->arena };

	for (size_t i = 0; i < acts_count(x); i++) {
		const struct act_answer *a = acts_answer(x, i);
		const struct str s = a->result.subject;

		if (a->err == ERR_OK)
			buf_fmt(&b, "%sm=%.*s", b.n ? "&" : "/board/sent?",
			    STR_ARG(str_sub(s, str_rfind(s, S("/")) + 1, s.n)));
	}
	return buf_str(&b);
}

/* The refused ones again, each refusal at its own text. */
static void
keep_refused(struct letters *l)
{
	struct letter_list kept = { 0 };
	struct refusal_list *all = &l->x->cx.refusals;

	for (size_t i = 0; i < l->list.n && i < acts_count(l->x); i++) {
		const struct act_answer *a = acts_answer(l->x, i);

		if (a->err == ERR_OK)
			continue;
		for (size_t k = a->refusals; k < a->refusals + a->refused; k++)
			all->v[k].field = body_name(l, &l->list.v[i]);
		*list_add(&l->x->arena, &kept) = l->list.v[i];
	}
	l->list = kept;
}

static void
letters_sent(struct exchange *x)
{
	struct letters l = { .x = x };
	const struct str sent = sent_url(x);
	bool refused = false;
	VIEW v = { 0 };

	for (size_t i = 0; i < acts_count(x); i++) {
		const enum err err = acts_answer(x, i)->err;

		refused |= err == ERR_REFUSED;
		if (err != ERR_OK && err != ERR_REFUSED && !sent.n) {
			respond_err(x, err);
			return;
		}
	}
	if (!refused) {
		respond_redirect(x, sent);
		return;
	}
	/* The rows are as they were: a reminder changes no task. */
	if (!letters_open(&l, &v) || !view_ok(&v, letters_read(&l, &x->req.form)))
		return;
	keep_refused(&l);
	struct html *h = letters_page(x, W(letters));
	error_summary(h);
	if (sent.n) {
		notice_open(h, TONE_DONE, W(letters_some));
		html(h, L("<p><a href=\""), U(sent), L("\">"), T(W(letters_see)),
		    L("</a></p>\n"));
		notice_close(h);
	}
	letters_put(&l, h);
	page_close(x, h, 422);
}

void
page_letters_post(struct exchange *x)
{
	struct letters l = { .x = x };
	struct act *acts = NULL;

	{
		VIEW v = { 0 };

		if (!letters_open(&l, &v) || !view_ok(&v, letters_read(&l, &x->req.form)))
			return;
		acts = arena_array(&x->arena, struct act, l.list.n + 1);
		for (size_t i = 0; i < l.list.n; i++)
			acts[i] = act_of(&l, &l.list.v[i]);
	}
	if (l.list.n)
		acts_submit(x, acts, l.list.n, letters_sent);
	else
		respond_redirect(x, S("/board"));
}

/* ---- what was sent ---- */

static enum err
sent_put(struct programme *p, struct html *h, struct str subject)
{
	struct arena *a = p->cx->arena;
	struct value state;
	struct id_list masks, hidden;
	const struct value *fields, *issued;
	struct str unit, number;

	TRY(read_matter(p->cx, &p->v->r, subject, &state));
	TRY(asker_hidden(p->cx, &p->asker, subject, &masks, &hidden));
	if (id_list_has(&hidden, S("text")))
		return ERR_OK;
	fields = value_get(&state, S("fields"));
	issued = value_get(&state, S("issued"));
	unit = value_str(value_get(fields, S("unit")));
	number = value_count(issued)
		     ? value_str(value_get(value_at(issued, 0), S("number")))
		     : S("");
	html(h, L("<section class=\"group\">\n<h2>"), T(programme_party(p, unit)->name),
	    L("</h2>\n"));
	copy_text(h, str_replace(a, subject, S("/"), S("-")), number,
	    letter_text(p, unit, value_str(value_get(fields, S("office"))),
		value_str(value_get(fields, S("text"))), number,
		value_num(value_get(&state, S("opened")))));
	html(h, L("</section>\n"));
	return ERR_OK;
}

void
page_letters_sent(struct exchange *x)
{
	struct programme p;
	int64_t n;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	programme_open(&v, &p);
	struct html *h = letters_page(x, W(letters_done));
	html(h, L("<p>"), T(W(letters_done_text)), L("</p>\n"));
	for (size_t i = 0; i < x->req.query.n; i++) {
		const struct param *q = &x->req.query.v[i];

		if (str_eq(q->name, S("m")) && str_int(q->value, &n) && n > 0 &&
		    !view_ok(&v, sent_put(&p, h,
				     str_fmt(&x->arena, "reminder/%lld", (long long)n))))
			return;
	}
	button_row_open(h);
	button_link(h, S("/board"), W(letters_back));
	button_row_close(h);
	page_close(x, h, 200);
}
