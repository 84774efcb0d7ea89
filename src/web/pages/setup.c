/*
 * The acts of a first day, by "system": nobody is there yet whose competence could be
 * asked. They go through the door like all others.
 */
#include "web/pages/setup.h"
#include "web/word.h"

#include "intake/title.h"

struct setup {
	struct cx *cx;
	struct door *door;
	struct sessions *sessions;
	const struct defs *defs;
	const struct plan *plan;
	struct adopt_names names;
	struct str justice, office; /* units */
	int64_t from;               /* first day of the entries */
	struct setup_accounts *accounts;
};

static struct act
put_act(const struct setup *s, struct str family)
{
	return (struct act){ .actor = S("system"),
		.family = family,
		.action = S("put"),
		.form = value_map(),
		.done = s->from,
		.is_setup = true };
}

static void
set(struct setup *s, struct act *a, const char *key, struct str text)
{
	if (text.n)
		value_set(s->cx->arena, &a->form, str_z(key), value_text(text));
}

static enum err
put(struct setup *s, const struct act *act, struct str *subject)
{
	struct act_result result;

	TRY(door_do_one(s->cx, s->door, act, &result));
	*subject = result.subject;
	return ERR_OK;
}

/* Vertical units are led from above; the others by the place. */
static struct str
led_of(struct str kind)
{
	return str_eq(kind, S("vertical")) ? S("vertical") : S("local");
}

/* "甲局(乙局)": the inner name is another spelling of the same. */
static struct str
bracketed(struct str name)
{
	size_t open = str_find(name, S("("), 0), close;

	if (open == SIZE_MAX || !str_ends(name, S(")")))
		return S("");
	close = name.n - 1;
	return str_sub(name, open + 1, close);
}

/* 县司法局 and the row { ends: 司法局, short: 司 } give 县司: what letters are numbered
 * with until a person puts in the office's own word. */
static struct str
short_of(struct setup *s, struct str role, struct str name)
{
	static const char *const keys[] = { "is", "has", "ends", "starts" };
	const struct yaml_node *table = map_find(&s->defs->names, S("units"));

	for (yaml_each(row, yaml_get(table, S("roles")))) {
		const struct str word = yaml_str(yaml_get(row, S("short")));

		if (!word.n || !str_eq(yaml_str(yaml_get(row, S("role"))), role) ||
		    !adopt_row_fits(row, name))
			continue;
		for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
			const size_t at = adopt_row_at(row, keys[k], name);

			if (at != SIZE_MAX)
				return str_fmt(s->cx->arena, "%.*s%.*s",
				    STR_ARG(str_sub(name, 0, at)), STR_ARG(word));
		}
	}
	return S("");
}

/* The first unit that a row of this role fits, in the order of the rows; NULL when none
 * does. */
static struct adopt_name *
fits_role(struct setup *s, const struct yaml_node *table, struct str role)
{
	struct adopt_name *best = NULL;

	for (yaml_each(row, yaml_get(table, S("roles")))) {
		if (!str_eq(yaml_str(yaml_get(row, S("role"))), role))
			continue;
		for (size_t i = 0; i < s->names.n; i++) {
			struct adopt_name *n = &s->names.v[i];

			if (!str_eq(n->kind, S("group")) && !n->role.n &&
			    adopt_row_fits(row, n->text) &&
			    (!best || n->leads > best->leads))
				best = n;
		}
		if (best)
			return best;
	}
	return NULL;
}

static bool
is_given(const struct setup *s, struct str role)
{
	for (size_t i = 0; i < s->names.n; i++)
		if (str_eq(s->names.v[i].role, role))
			return true;
	return false;
}

/* Who is 依法治县办, who the government office: by their names, or made (演示补建). */
static enum err
find_roles(struct setup *s)
{
	const struct yaml_node *table = map_find(&s->defs->names, S("units"));

	if (!table)
		return word_fail(s->cx, ERR_INPUT, W(setup_no_table));
	for (yaml_each(row, yaml_get(table, S("roles")))) {
		const struct str role = yaml_str(yaml_get(row, S("role")));
		const struct str made = yaml_str(
		    yaml_get(yaml_get(table, S("created")), role));
		struct adopt_name *n;

		if (is_given(s, role))
			continue;
		n = fits_role(s, table, role);
		if (!n && made.n) {
			n = list_add(s->cx->arena, &s->names);
			*n = (struct adopt_name){
				.text = made, .kind = S("government"), .made = true
			};
		}
		if (n)
			n->role = role;
	}
	return ERR_OK;
}

static struct str
with_role(const struct setup *s, struct str role)
{
	for (size_t i = 0; i < s->names.n; i++)
		if (str_eq(s->names.v[i].role, role))
			return s->names.v[i].subject;
	return S("");
}

/* All units and groups of the plan, in one group of acts. */
static enum err
put_names(struct setup *s)
{
	struct arena *a = s->cx->arena;
	struct act *acts = arena_array(a, struct act, s->names.n + 1);
	struct door_result *results = arena_array(a, struct door_result, s->names.n + 1);

	for (size_t i = 0; i < s->names.n; i++) {
		const struct adopt_name *n = &s->names.v[i];
		const bool group = str_eq(n->kind, S("group"));
		const struct str alias = bracketed(n->text);

		acts[i] = put_act(s, group ? S("groups") : S("units"));
		set(s, &acts[i], "name", n->text);
		set(s, &acts[i], "kind", n->kind);
		set(s, &acts[i], "source", n->made ? W(setup_made) : W(source_plan));
		if (!group)
			set(s, &acts[i], "led", led_of(n->kind));
		set(s, &acts[i], "role", n->role);
		if (n->role.n)
			set(s, &acts[i], "short", short_of(s, n->role, n->text));
		if (alias.n && !adopt_name_find(&s->names, alias)) {
			struct value aliases = value_list();

			value_add(a, &aliases, value_text(alias));
			value_set(a, &acts[i].form, S("aliases"), aliases);
		}
	}
	door_do(s->cx, s->door, acts, s->names.n, results);
	for (size_t i = 0; i < s->names.n; i++) {
		if (results[i].err != ERR_OK) {
			s->cx->why = results[i].why;
			s->cx->refusals = results[i].refusals;
			return results[i].err;
		}
		s->names.v[i].subject = results[i].act.subject;
	}
	return ERR_OK;
}

/* Letters alone: with figures among them one in a hundred would look like a birthday. */
static struct str
random_password(struct cx *cx)
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz";
	unsigned char bytes[12];
	char *p = arena_alloc(cx->arena, sizeof bytes + 1);

	cx_random(cx, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		p[i] = letters[bytes[i] % (sizeof letters - 1)];
	return (struct str){ p, sizeof bytes };
}

static struct str
unit_name(const struct setup *s, struct str subject)
{
	for (size_t i = 0; i < s->names.n; i++)
		if (str_eq(s->names.v[i].subject, subject))
			return s->names.v[i].text;
	return S("");
}

static const char *const justice_can[] = { "import-plan", "adopt-plan", "adjust-plan",
	"sign-for-task", "report-task", "approve-report", "verify-task", "supervise-task",
	"publish-progress", "keep-units", "keep-system", "grant", "keep-security",
	"read-record", "correct-record", "draft-norm", "review-norm", "review-case",
	"hand-over", "give-numbers", NULL };
/* A second hand in the same office and who watches over both: one of the two takes over
 * what the first hands over, and both are needed for what is done on printed forms. */
static const char *const clerk_can[] = { "supervise-task", "hand-over",
	"investigate-case", "account-numbers", NULL };
static const char *const head_can[] = { "supervise-task", "hand-over", "file-case",
	"decide-case", NULL };
static const char *const office_can[] = { "sign-for-task", "report-task",
	"approve-report", "verify-task", "decide-supervision", "read-record",
	"adopt-plan", NULL };
static const char *const unit_can[] = { "sign-for-task", "report-task", "approve-report",
	NULL };
/* The three administrators: system, security, audit. */
static const char *const system_can[] = { "keep-units", "keep-system", NULL };
static const char *const security_can[] = { "grant", "keep-security", NULL };
static const char *const audit_can[] = { "audit", "read-record", NULL };

/* Why one person keeps the system and the powers: what a place with a single person would
 * write. Before the powers themselves, which are refused without it. */
static enum err
put_concurrent(struct setup *s, struct str person)
{
	struct act act = put_act(s, S("concurrent-duties"));
	const int64_t today = cx_today(s->cx);
	struct str ignored;

	set(s, &act, "person", person);
	set(s, &act, "duties", W(setup_duties));
	value_set_int(s->cx->arena, &act.form, "staff", 1);
	set(s, &act, "reason", W(setup_alone));
	value_set_int(s->cx->arena, &act.form, "effective", today);
	return put(s, &act, &ignored);
}

/* A demonstration asks for no telephone; that it does not is written down like any other
 * decision of the place, and ends with the entry. */
static enum err
put_no_factor(struct setup *s)
{
	struct act act = put_act(s, S("parameters"));
	struct str ignored;

	set(s, &act, "id", S("second-factor"));
	set(s, &act, "value", S("0"));
	set(s, &act, "ground", W(setup_no_factor));
	return put(s, &act, &ignored);
}

/* A person with one post in the unit, its competences, and an account. */
static enum err
put_person(struct setup *s, const char *login, struct str name, struct str unit,
    struct str role, const char *const *can)
{
	struct act person = put_act(s, S("persons")), post = put_act(s, S("posts"));
	struct setup_account *account;
	struct str holder, seat;

	set(s, &person, "name", name);
	set(s, &person, "login", str_z(login));
	TRY(put(s, &person, &holder));
	if (can == justice_can)
		TRY(put_concurrent(s, holder));
	set(s, &post, "unit", unit);
	set(s, &post, "title", W(setup_post));
	set(s, &post, "holder", holder);
	TRY(put(s, &post, &seat));
	for (; *can; can++) {
		struct act grant = put_act(s, S("competences"));
		struct str ignored;

		set(s, &grant, "post", seat);
		set(s, &grant, "what", str_z(*can));
		TRY(put(s, &grant, &ignored));
	}
	account = list_add(s->cx->arena, s->accounts);
	*account = (struct setup_account){ .login = str_z(login),
		.password = random_password(s->cx),
		.person = holder,
		.unit = unit_name(s, unit),
		.role = role };
	return account_put(
	    s->cx, s->sessions, account->login, account->password, holder, false);
}

/* The unit that leads most of those not taken yet; empty when none leads. */
static struct str
busiest(const struct setup *s, const struct str *taken, size_t n)
{
	const struct adopt_name *best = NULL;

	for (size_t i = 0; i < s->names.n; i++) {
		const struct adopt_name *u = &s->names.v[i];
		const size_t weight = u->leads * 10000 + u->takes_part;
		bool skip = str_eq(u->kind, S("group"));

		for (size_t k = 0; k < n; k++)
			skip |= str_eq(taken[k], u->subject);
		if (!skip && (!best || weight > best->leads * 10000 + best->takes_part))
			best = u;
	}
	return best ? best->subject : S("");
}

static enum err
put_people(struct setup *s)
{
	const struct {
		const char *login;
		struct str name;
	} others[] = { { "danwei1", W(setup_person_3) }, { "danwei2", W(setup_person_4) },
		{ "danwei3", W(setup_person_5) } };
	struct str taken[5] = { s->justice, s->office };

	TRY(put_person(
	    s, "sifa", W(setup_person_1), s->justice, W(setup_justice), justice_can));
	TRY(put_person(
	    s, "zhengfuban", W(setup_person_2), s->office, W(setup_office), office_can));
	TRY(put_person(
	    s, "jingban", W(setup_person_9), s->justice, W(setup_clerk), clerk_can));
	TRY(put_person(
	    s, "fuzeren", W(setup_person_10), s->justice, W(setup_head), head_can));
	TRY(put_person(
	    s, "xitong", W(setup_person_6), s->justice, W(setup_system), system_can));
	TRY(put_person(
	    s, "anquan", W(setup_person_7), s->justice, W(setup_security), security_can));
	TRY(put_person(
	    s, "shenji", W(setup_person_8), s->justice, W(setup_audit), audit_can));
	for (size_t i = 0; i < 3; i++) {
		taken[2 + i] = busiest(s, taken, 2 + i);
		if (!taken[2 + i].n)
			break;
		TRY(put_person(s, others[i].login, others[i].name, taken[2 + i],
		    W(setup_lead), unit_can));
	}
	return ERR_OK;
}

/* Of a path: its last part. */
static struct str
last_part(struct str path)
{
	const size_t slash = str_rfind(path, S("/"));

	return slash == SIZE_MAX ? path : str_sub(path, slash + 1, path.n);
}

enum err
setup_from_plan(struct cx *cx, struct door *door, struct sessions *sessions,
    const struct plan *plan, struct str path, struct setup_accounts *accounts)
{
	const int64_t first = title_first_day(plan->title), today = cx_today(cx);
	struct setup s = { .cx = cx,
		.door = door,
		.sessions = sessions,
		.defs = door_defs(door),
		.plan = plan,
		.from = first != DAY_NONE && first < today ? first : today,
		.accounts = accounts };
	struct adoption a = adoption_of(plan);
	struct str subject;

	adopt_names(cx, s.defs, plan, &s.names);
	TRY(find_roles(&s));
	TRY(put_names(&s));
	s.justice = with_role(&s, S("justice"));
	s.office = with_role(&s, S("government-office"));
	TRY(put_people(&s));
	TRY(put_no_factor(&s));
	a.names = &s.names;
	a.actor = S("system");
	a.file = last_part(path);
	TRY(door_keep_file(cx, door, path, &a.digest, &a.size));
	a.day = today;
	a.office = s.justice;
	a.substitute = s.office;
	return adopt_plan(cx, door, &a, &subject);
}
