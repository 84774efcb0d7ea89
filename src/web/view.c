/* Reading and acting from pages. The exchange is the other thread's while it is parked.
 */
#include "web/view.h"

#include <stdatomic.h>

#include "act/door.h"
#include "web/layout.h"
#include "web/meter.h"
#include "web/mhd.h"
#include "web/session.h"
#include "web/shelf.h"
#include "web/site.h"
#include "web/word.h"

static void
view_begin(struct view *v)
{
	struct door *door = v->x->site->door;

	v->r = (struct reader){ v->loan.db, door_tables(door), door_log(door),
		v->loan.keep };
	v->defs = door_defs(door);
	keep_begin(v->loan.keep, v->r.db, v->defs, cx_today(&v->x->cx));
}

bool
view_open(struct exchange *x, struct view *v)
{
	*v = (struct view){ .x = x, .person = x->session ? x->session->person : S("") };
	if (!x->site->door || !x->site->pool) {
		respond_error(x, 404);
		return false;
	}
	if (!view_ok(v, loan_take(&x->cx, x->site->pool, &v->loan)))
		return false;
	view_begin(v);
	x->view = v;
	return true;
}

void
view_close(struct view *v)
{
	if (v->x && v->x->view == v)
		v->x->view = NULL;
	loan_give(&v->loan);
}

bool
view_ok(struct view *v, enum err err)
{
	if (err == ERR_OK)
		return true;
	respond_err(v->x, err);
	return false;
}

/* The definitions in force may be newer than the newest event this reader sees, or older:
 * each snapshot has its place in memory as long as the site runs. */
static bool
is_on_shelf(struct view *v, struct str tag)
{
	struct exchange *x = v->x;
	const struct str key = str_fmt(&x->arena, "%.*s %p %.*s", STR_ARG(tag),
	    (const void *)v->defs, STR_ARG(x->req.target));

	if (!x->site->shelf)
		return false;
	if (shelf_take(x->site->shelf, x, key))
		return true;
	x->shelf = key;
	x->plain = x->res.headers.n;
	return false;
}

/* Taken before the page reads anything: what is committed meanwhile makes it old. */
static const struct shelf_moment *
moment_of(struct exchange *x)
{
	struct shelf_moment *m = arena_new(&x->arena, struct shelf_moment);
	struct loan loan;
	bool known;

	if (loan_take(&x->cx, x->site->pool, &loan) != ERR_OK)
		return NULL;
	known = db_mark(loan.db, &m->mark);
	loan_give(&loan);
	m->defs = door_defs(x->site->door);
	m->day = cx_today(&x->cx);
	m->large = type_is_large(x);
	return known ? m : NULL;
}

bool
view_kept(struct exchange *x)
{
	const bool reads = x->req.method == HTTP_GET || x->req.method == HTTP_HEAD;

	if (!x->site->shelf || !x->site->door || !x->site->pool || x->session || !reads ||
	    x->res.status || x->req.bad.n)
		return false;
	x->moment = moment_of(x);
	return shelf_take_now(x->site->shelf, x);
}

/* It is asked every time, as what is taken down must be gone at once. Who is logged in
 * sees his own head on it and keeps nothing. */
bool
view_unchanged(struct view *v, int64_t more)
{
	struct exchange *x = v->x;
	struct record_head head;
	struct str tag;

	if (!view_ok(v, record_head(&x->cx, v->r.db, v->r.log, &head)))
		return true;
	respond_header(x, S("Vary"), S("Cookie"));
	if (x->session)
		return false;
	tag = str_fmt(&x->arena, "\"%lld-%lld-%lld-%c\"", (long long)head.seq,
	    (long long)more, (long long)cx_today(&x->cx), type_is_large(x) ? 'l' : 'n');
	respond_header(x, S("ETag"), tag);
	x->res.cache = S("public, no-cache");
	if (!str_eq(params_get(&x->req.headers, S("if-none-match")), tag))
		return is_on_shelf(v, tag);
	respond(x, 304, S("text/html; charset=utf-8"), S(""));
	return true;
}

bool
view_may(struct view *v, const struct id_list *competences)
{
	bool may = false;

	for (size_t i = 0; v->person.n && i < competences->n && !may; i++)
		if (ask_can(&v->x->cx, &v->r, v->person, competences->v[i], &may) !=
		    ERR_OK)
			return false;
	return may;
}

/* All answers of one submission; the last that comes resumes the exchange. */
struct answers {
	struct exchange *x;
	size_t n;
	atomic_size_t open;
	struct act_answer *v;
	struct waiting *waiting;
};
struct waiting {
	struct answers *all;
	size_t i;
};

static struct str
kept(struct exchange *x, struct str s)
{
	return str_copy(&x->arena, s);
}

static void
keep_refusals(struct exchange *x, const struct refusal_list *refusals)
{
	for (size_t i = 0; i < refusals->n; i++) {
		const struct refusal *r = &refusals->v[i];

		*list_add(&x->arena,
		    &x->cx.refusals) = (struct refusal){ .code = kept(x, r->code),
			.rule = kept(x, r->rule),
			.field = kept(x, r->field),
			.message = kept(x, r->message),
			.basis = basis_text(
			    door_defs(x->site->door), &x->arena, r->basis),
			.ways = kept(x, r->ways) };
	}
}

static enum meter_act
outcome(const struct door_result *result)
{
	if (result->err == ERR_OK)
		return result->act.replayed ? METER_REPLAYED : METER_DONE;
	return result->err == ERR_REFUSED || result->err == ERR_STALE ? METER_REFUSED
								      : METER_FAILED;
}

/* On the door's thread, one act after another: the arena is used by nobody else
 * meanwhile. */
static void
answered(const struct door_result *result, void *self)
{
	struct waiting *w = self;
	struct answers *all = w->all;
	struct act_answer *a = &all->v[w->i];

	a->err = result->err;
	a->result = result->act;
	if (all->x->site->meter)
		meter_act(all->x->site->meter, outcome(result));
	a->result.subject = kept(all->x, result->act.subject);
	a->result.number = kept(all->x, result->act.number);
	a->refusals = all->x->cx.refusals.n;
	a->refused = result->refusals.n;
	keep_refusals(all->x, &result->refusals);
	if (result->err != ERR_OK && result->err != ERR_REFUSED)
		all->x->cx.why = kept(all->x, result->why);
	if (atomic_fetch_sub(&all->open, 1) == 1)
		web_resume(all->x);
}

void
acts_submit(struct exchange *x, const struct act *acts, size_t n,
    void (*then)(struct exchange *x))
{
	struct answers *all = arena_new(&x->arena, struct answers);

	all->x = x;
	all->n = n;
	all->v = arena_array(&x->arena, struct act_answer, n + 1);
	all->waiting = arena_array(&x->arena, struct waiting, n + 1);
	atomic_init(&all->open, n);
	x->result = all;
	if (!n) {
		then(x);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		all->waiting[i] = (struct waiting){ all, i };
		all->v[i].subject = acts[i].subject;
	}
	web_park(x, then);
	for (size_t i = 0; i < n; i++) {
		struct act act = acts[i];
		struct arena scratch AUTO(arena_free) = { 0 };
		/* The exchange's own arena belongs to the door's thread by now. */
		struct cx cx = { .arena = &scratch,
			.now_ms = x->cx.now_ms,
			.entropy = x->cx.entropy };

		door_submit(&cx, x->site->door, &act, answered, &all->waiting[i]);
	}
}

void
act_submit(struct exchange *x, const struct act *act, void (*then)(struct exchange *x))
{
	struct act filled = *act;

	filled.actor = x->session ? x->session->person : S("");
	if (!filled.key.n)
		filled.key = form_get(x, S("key"));
	if (!filled.seen)
		str_int(form_get(x, S("seen")), &filled.seen);
	acts_submit(x, &filled, 1, then);
}

const struct act_answer *
acts_answer(const struct exchange *x, size_t i)
{
	const struct answers *all = x->result;

	return &all->v[i];
}

size_t
acts_count(const struct exchange *x)
{
	const struct answers *all = x->result;

	return all->n;
}

const struct act_answer *
act_answer(const struct exchange *x)
{
	return acts_answer(x, 0);
}

/* Who manages, grants, audits or publishes: kernel's own competences, and those of a
 * procedure that begin as these do. */
bool
factor_is_for(const struct session *s)
{
	static const struct str heads[] = { S("keep-"), S("grant"), S("audit"),
		S("publish-") };

	for (size_t i = 0; i < s->ncan; i++)
		for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
			if (str_starts(s->can[i], heads[k]))
				return true;
	return false;
}

/* What the place has decided (kernel/security.parameters.yaml). */
static enum err
factor_wanted(struct view *v, bool *out)
{
	struct cx *cx = &v->x->cx;
	const struct parameter_def *def = map_find(
	    &v->defs->parameters, S("second-factor"));
	struct value entry;
	int64_t set = 0;
	enum err err;

	*out = def && def->value;
	if (!def)
		return ERR_OK;
	err = read_entry_by(cx, &v->r, S("parameters"), S("id"), S("second-factor"),
	    cx_today(cx), &entry);
	if (err == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(err);
	if (str_int(value_str(value_path(&entry, "values.value")), &set))
		*out = set != 0;
	return ERR_OK;
}

/* The person's name, the units of the posts, and from WHO_CAN on what these may do. */
enum { WHO_NAME, WHO_UNITS, WHO_CAN };

static enum err
who_read(struct view *v, struct str person, struct id_list *out)
{
	struct exchange *x = v->x;
	LIST(struct str) units = { 0 };
	struct read_page posts;
	struct id_list can;

	*out = (struct id_list){ 0 };
	*list_add(&x->arena, out) = ask_name(&x->cx, &v->r, v->defs, person);
	TRY(ask_posts(&x->cx, &v->r, person, &posts));
	for (size_t i = 0; i < posts.n; i++)
		*list_add(&x->arena, &units) = ask_name(&x->cx, &v->r, v->defs,
		    value_str(value_path(&posts.v[i], "values.unit")));
	*list_add(&x->arena, out) = str_join(&x->arena, units.v, units.n, W(list_comma));
	TRY(ask_granted(&x->cx, &v->r, &posts, &can));
	for (size_t i = 0; i < can.n; i++)
		*list_add(&x->arena, out) = can.v[i];
	return ERR_OK;
}

enum err
view_who(struct exchange *x, struct session *session)
{
	const struct str what = S("who");
	VIEW v = { .x = x };
	struct id_list who;

	if (!x->site->door)
		return ERR_OK;
	TRY(loan_take(&x->cx, x->site->pool, &v.loan));
	view_begin(&v);
	if (!keep_find(&x->cx, v.r.keep, v.defs, what, session->person, &who)) {
		TRY(who_read(&v, session->person, &who));
		keep_put(&x->cx, v.r.keep, v.defs, what, session->person, &who);
	}
	session->name = who.v[WHO_NAME];
	session->unit = who.v[WHO_UNITS];
	session->can = who.v + WHO_CAN;
	session->ncan = who.n - WHO_CAN;
	return !session->has_factor && factor_is_for(session)
		   ? factor_wanted(&v, &session->wants_factor)
		   : ERR_OK;
}
