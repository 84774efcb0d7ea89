/* How an event is told: definitions give the titles, registers the names. */
#include "web/pages/record_say.h"

#include "act/door.h"
#include "base/date.h"
#include "lang/canon.h"
#include "record/proof.h"
#include "web/component.h"
#include "web/pages/page.h"
#include "web/session.h"
#include "web/site.h"
#include "web/word.h"

/* Who audits reads everything and who keeps the system what keeps it alive; the log of
 * access is for who audits alone. */
bool
record_may(const struct session *session, enum record_tab tab)
{
	static const char *const can[][6] = {
		[RECORD_EVENTS] = { "read-record", "audit" },
		[RECORD_ACCESS] = { "audit" },
		[RECORD_POWERS] = { "audit", "read-record", "grant", "keep-security",
		    "keep-system" },
		[RECORD_CHECK] = { "read-record", "audit", "keep-system" },
		[RECORD_UPKEEP] = { "read-record", "audit", "keep-system" },
		[RECORD_SIGN] = { "read-record", "keep-system" },
	};

	for (const char *const *c = can[tab]; *c; c++)
		for (size_t i = 0; i < session->ncan; i++)
			if (str_eq(session->can[i], str_z(*c)))
				return true;
	return false;
}

bool
record_open(struct exchange *x, struct view *v, enum record_tab tab)
{
	if (!view_open(x, v))
		return false;
	if (record_may(x->session, tab))
		return true;
	respond_error(x, 403);
	return false;
}

void
record_keep(struct arena *a, const struct event *e, struct record_line *out)
{
	struct cx own = { .arena = a };

	*out = (struct record_line){ .seq = e->seq,
		.recorded = e->recorded,
		.done = e->done,
		.kind = e->kind,
		.subject = str_copy(a, e->subject),
		.actor = str_copy(a, e->actor),
		.behalf = str_copy(a, e->behalf),
		.definition = str_copy(a, e->definition),
		.digest = str_copy(a, e->digest),
		.previous = str_copy(a, e->previous) };
	if (canon_parse(&own, str_copy(a, e->parts.v[0].bytes), &out->open) != ERR_OK)
		out->open = value_map(); /* damage is the verifier's to report */
}

struct str
text_cut(struct arena *a, struct str s, size_t most)
{
	size_t at = 0;

	for (size_t i = 0; i < most && at < s.n; i++)
		str_next(s, &at);
	return at < s.n ? str_fmt(a, "%.*s…", STR_ARG(str_sub(s, 0, at))) : s;
}

struct str
record_when(struct arena *a, int64_t ms)
{
	return str_fmt(a, "%.*s %.*s", STR_ARG(day_chinese(a, day_of_ms(ms))),
	    STR_ARG(str_sub(ms_iso(a, ms), 11, 16)));
}

struct str
record_name(struct record_names *n, struct str subject)
{
	struct view *v = n->v;
	struct str *known = map_find(&n->names, subject);

	if (!known) {
		known = arena_new(&v->x->arena, struct str);
		*known = ask_name(&v->x->cx, &v->r, v->defs, subject);
		map_put(&v->x->arena, &n->names, subject, known);
	}
	return *known;
}

static struct str
action_title(const struct defs *defs, const struct record_line *e)
{
	const struct procedure_def *p = defs_edition(
	    defs, e->definition, subject_family(e->subject));
	const struct action_def *a = p ? action_find(p,
					     value_str(value_get(&e->open, S("action"))))
				       : NULL;

	return a ? a->title : S("");
}

static struct str
clock_title(const struct defs *defs, const struct record_line *e)
{
	const struct procedure_def *p = defs_procedure(defs, subject_family(e->subject));
	const struct clock_def *c = p ? clock_find(
					    p, value_str(value_get(&e->open, S("clock"))))
				      : NULL;

	return c ? c->title : S("");
}

static struct str
with(struct arena *a, struct str title, struct str detail)
{
	return detail.n ? word_fill(a, W(titled), title, detail) : title;
}

static struct str
access_what(struct str what)
{
	const struct {
		struct str id, title;
	} known[] = { { S("login"), W(said_login) }, { S("sealed"), W(said_sealed) },
		{ S("export"), W(said_export) }, { S("read"), W(said_read) },
		{ S("login-failed"), W(said_login_failed) },
		{ S("locked"), W(said_locked) }, { S("logout"), W(said_logout) },
		{ S("recovery"), W(said_recovery) }, { S("password"), W(said_password) },
		{ S("factor"), W(said_factor) },
		{ S("factor-reset"), W(said_factor_reset) },
		{ S("unlocked"), W(said_unlocked) }, { S("account"), W(said_account) },
		{ S("account-closed"), W(said_account_closed) },
		{ S("refused"), W(said_refused) }, { S("limited"), W(said_limited) },
		{ S("token"), W(said_token) }, { S("token-ended"), W(said_token_ended) },
		{ S("file"), W(said_file) }, { S("restore"), W(said_restore) } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_eq(what, known[i].id))
			return known[i].title;
	return W(said_read);
}

struct str
record_what(struct record_names *n, const struct record_line *e)
{
	struct arena *a = &n->v->x->arena;
	const struct str title = event_kind_title(e->kind);
	struct str action = S("");

	if (e->kind == EV_MATTER_OPENED || e->kind == EV_ACTED ||
	    e->kind == EV_REGISTERED)
		action = action_title(n->v->defs, e);
	if (e->kind == EV_CLOCK_LAPSED)
		return with(a, title, clock_title(n->v->defs, e));
	if (e->kind == EV_ISSUED || e->kind == EV_NUMBER_GIVEN)
		return with(a, title, value_str(value_get(&e->open, S("number"))));
	if (e->kind == EV_ACCESS)
		return with(a, access_what(value_str(value_get(&e->open, S("what")))),
		    value_str(value_get(&e->open, S("file"))));
	if (e->kind == EV_REGISTERED && action.n)
		return word_fill(a, W(said_registered), action);
	return action.n ? action : title;
}

/* "law/procedure/task": the title of what was published. */
static struct str
law_title(const struct defs *defs, struct str subject)
{
	const size_t slash = str_rfind(subject, S("/"));
	const struct str id = slash == SIZE_MAX ? S("")
						: str_sub(subject, slash + 1, subject.n);
	const struct procedure_def *p = defs_procedure(defs, id);
	const struct register_def *r = defs_register(defs, id);
	const struct document_def *d = map_find(&defs->documents, id);

	if (p && str_starts(subject, S("law/procedure")))
		return p->title;
	if (r && str_starts(subject, S("law/register")))
		return r->title;
	if (d && str_starts(subject, S("law/document")))
		return d->title;
	return W(said_law);
}

/* "series/reminder-letter/units/3/2018" */
static struct str
series_title(const struct defs *defs, struct str subject)
{
	struct str rest = str_sub(subject, 7, subject.n), id;
	const struct document_def *d;

	if (!str_split(&rest, S("/"), &id))
		return W(document_number);
	d = map_find(&defs->documents, id);
	return d ? d->title : W(document_number);
}

struct str
record_on(struct record_names *n, const struct record_line *e, size_t most)
{
	struct arena *a = &n->v->x->arena;
	struct str subject = e->subject, name;
	const struct register_def *r;

	if (e->kind == EV_ACCESS)
		subject = value_str(value_get(&e->open, S("subject")));
	if (str_starts(subject, S("law/")))
		return law_title(n->v->defs, subject);
	if (str_starts(subject, S("series/")))
		return series_title(n->v->defs, subject);
	if (str_eq(subject, S("log")) || str_eq(subject, S("access")))
		return W(record);
	if (!subject.n)
		return S("");
	name = text_cut(a, record_name(n, subject), most);
	r = defs_register(n->v->defs, subject_family(subject));
	if (r && !name.n)
		return r->title;
	return r ? word_fill(a, W(titled), r->title, name) : name;
}

struct str
record_who(struct record_names *n, const struct record_line *e)
{
	struct str name;

	if (str_eq(e->actor, S("clock")))
		return W(said_clock);
	if (!str_starts(e->actor, S("persons/")))
		return W(by_system);
	name = record_name(n, e->actor);
	return name.n ? name : W(said_gone);
}

struct str
record_unit(struct record_names *n, const struct record_line *e)
{
	struct view *v = n->v;
	struct value post;

	if (!str_starts(e->behalf, S("posts/")) ||
	    read_entry(&v->x->cx, &v->r, e->behalf, e->done, READ_NOW, &post) != ERR_OK)
		return S("");
	return record_name(n, value_str(value_path(&post, "values.unit")));
}

struct str
record_address(struct arena *a, struct str subject)
{
	return str_starts(subject, S("task/")) ? str_fmt(a, "/%.*s", STR_ARG(subject))
					       : S("");
}

enum err
record_signed(struct view *v, struct checkpoint *out, int64_t *at_ms)
{
	struct cx *cx = &v->x->cx;
	DB_ROWS rows = { 0 };

	*at_ms = 0;
	*out = (struct checkpoint){ 0 };
	TRY(db_ask(cx, v->r.db, &rows, Q_CHECKPOINT_LAST, D_TEXT(v->r.log)));
	if (db_next(&rows))
		*at_ms = db_int(&rows, 1);
	TRY(db_end(cx, &rows));
	return *at_ms ? record_last_checkpoint(cx, v->r.db, v->r.log, out) : ERR_OK;
}

struct str
record_keys(struct view *v)
{
	struct cx own = { .arena = &v->x->arena };
	const struct str url = door_url(v->x->site->door);
	struct signer signer;
	bool sm3;

	if (signer_read(&own, signer_path(own.arena, url), &signer) != ERR_OK ||
	    record_is_sm3(&own, v->r.db, v->r.log, &sm3) != ERR_OK)
		return S("");
	return signer_vkey(own.arena, &signer, log_origin(own.arena, v->r.log, sm3));
}

void
record_keys_put(struct html *h, struct str keys)
{
	struct str key;

	while (str_split(&keys, S("\n"), &key))
		html(h, L("<p><code>"), T(key), L("</code></p>\n"));
}

void
record_tabs(struct html *h, enum record_tab current)
{
	const struct {
		struct str label, href;
	} all[] = {
		[RECORD_EVENTS] = { W(record), S("/record") },
		[RECORD_ACCESS] = { W(record_access), S("/record/access") },
		[RECORD_POWERS] = { W(powers_page), S("/record/powers") },
		[RECORD_CHECK] = { W(record_check), S("/record/check") },
		[RECORD_UPKEEP] = { W(upkeep), S("/record/upkeep") },
	};
	struct tab shown[sizeof all / sizeof *all];
	size_t n = 0;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (record_may(h->x->session, (enum record_tab)i))
			shown[n++] = (struct tab){ all[i].label, all[i].href, -1,
				i == (size_t)current };
	tabs(h, W(record), shown, n);
}
