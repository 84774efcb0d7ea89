/* What is no definition's: who I am, how the service is, terms, the record's head. */
#include "act/door.h"
#include "api/operation.h"
#include "api/query.h"
#include "base/crypto.h"
#include "base/date.h"
#include "procedure/term.h"
#include "record/proof.h"
#include "web/pages/record_say.h"
#include "web/session.h"
#include "web/word.h"

void
api_me(struct exchange *x)
{
	const struct session *s = x->session;
	struct reply r;

	if (!query_only_none(x))
		return;
	reply_open(&r, x);
	put_str(&r.j, "login", s->login);
	put_str(&r.j, "person", s->person);
	put_str(&r.j, "name", s->name);
	put_str(&r.j, "unit", s->unit);
	put_ids(&r.j, "competences", s->can, s->ncan);
	put_bool(&r.j, "reads_only", s->reads_only);
	/* For X-CSRF-Token; a token needs none. */
	put_text(&r.j, "csrf", s->csrf);
	reply_send(&r, 200);
}

void
api_health(struct exchange *x)
{
	struct door *door = x->site->door;
	struct reply r;

	if (!query_only_none(x))
		return;
	reply_open(&r, x);
	put_str(&r.j, "status", S("ok"));
	put_str(&r.j, "version", S(ZHUNSHENG_VERSION));
	put_bool(&r.j, "time_in_doubt", door && door_time_in_doubt(door));
	reply_send(&r, 200);
}

/* ---- terms ---- */

static bool
time_read(struct str s, int64_t *minutes)
{
	int64_t hour, minute;

	*minutes = 0;
	if (!s.n)
		return true;
	if (s.n != 5 || s.p[2] != ':' || !str_int(str_sub(s, 0, 2), &hour) ||
	    !str_int(str_sub(s, 3, 5), &minute) || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59)
		return false;
	*minutes = hour * 60 + minute;
	return true;
}

static void
clock_put(struct exchange *x, const struct term *term, const struct term_end *end)
{
	struct arena *a = &x->arena;
	struct reply r;

	reply_open(&r, x);
	put_day(&r.j, a, "last_day", end->day);
	put_instant(&r.j, a, "ends", end->at_ms);
	put_bool(&r.j, "provisional", end->is_provisional);
	put_str(&r.j, "term", term_text(a, term));
	json_key(&r.j, "why");
	json_open(&r.j, '[');
	for (size_t i = 0; i < end->notes.n; i++)
		json_str(&r.j, term_note_text(a, term, &end->notes.v[i]));
	json_close(&r.j, ']');
	reply_send(&r, 200);
}

void
api_clock(struct exchange *x)
{
	struct term_end end = { 0 };
	struct term term;
	int64_t start, minutes;

	if (!query_only(x, "start", "term", "time") || !query_day(x, S("start"), &start))
		return;
	if (!site_calendar(x->site)) {
		respond_error(x, 404);
		return;
	}
	if (!time_read(query_get(x, S("time")), &minutes)) {
		form_refuse(x, S("time"), W(clock_time_wrong));
	} else if (term_parse(&x->cx, str_trim(query_get(x, S("term"))), &term) !=
		   ERR_OK) {
		form_refuse(x, S("term"), x->cx.why);
	} else if (term_from_instant(&x->cx, site_calendar(x->site), &term,
		       ms_of_day(start) + minutes * 60000, &end) != ERR_OK) {
		form_refuse(x, S("start"), x->cx.why);
	} else {
		clock_put(x, &term, &end);
		return;
	}
	respond_error(x, 422);
}

/* ---- the record ---- */

void
api_record(struct exchange *x)
{
	struct arena *a = &x->arena;
	struct record_head head;
	struct checkpoint last;
	struct digest d;
	struct reply r;
	int64_t at;
	VIEW v = { 0 };

	if (!query_only_none(x) || !record_open(x, &v, RECORD_CHECK) ||
	    !view_ok(&v, record_head(&x->cx, v.r.db, v.r.log, &head)) ||
	    !view_ok(&v, record_signed(&v, &last, &at)))
		return;
	reply_open(&r, x);
	put_str(&r.j, "log", head.log);
	put_str(&r.j, "algorithm", head.sm3 ? S("sm3") : S("sha256"));
	put_int(&r.j, "seq", head.seq);
	put_instant(&r.j, a, "recorded", head.recorded);
	put_str(&r.j, "digest", digest_from(head.digest, &d) ? digest_hex(a, &d) : S(""));
	if (at) {
		json_key(&r.j, "checkpoint");
		json_open(&r.j, '{');
		put_int(&r.j, "size", last.size);
		put_str(&r.j, "root", digest_hex(a, &last.root));
		put_instant(&r.j, a, "signed", at);
		json_close(&r.j, '}');
	}
	reply_send(&r, 200);
}
