/* Accounts, logins and sessions on a store of their own; failed logins are counted. */
#include "test.h"

#include "store.h"
#include "web/password.h"
#include "web/session.h"
#include "web/throttle.h"
#include "web/word.h"

static void
lives_eight_hours_without_a_request(struct cx *cx, struct sessions *s)
{
	struct session *found = NULL;
	struct login token;

	CHECK_OK(account_put(cx, s, S("li"), S("right one"), S("persons/1"), false));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &token));
	cx->now_ms += SESSION_IDLE_MS - 1000;
	CHECK_OK(session_find(cx, s, token.token, &found));
	CHECK(found && str_eq(found->person, S("persons/1")) && found->csrf.n > 40);
	found = NULL;
	cx->now_ms += SESSION_IDLE_MS - 1000; /* the request before has prolonged it */
	CHECK_OK(session_find(cx, s, token.token, &found));
	CHECK(found != NULL);
	found = NULL;
	cx->now_ms += SESSION_IDLE_MS + 1000;
	CHECK_OK(session_find(cx, s, token.token, &found));
	CHECK(found == NULL);
}

static void
ends_with_logout_password_and_account(struct cx *cx, struct sessions *s)
{
	struct session *found = NULL;
	struct login token;

	CHECK_OK(account_put(cx, s, S("li"), S("right one"), S(""), false));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &token));
	CHECK_OK(session_end(cx, s, token.token));
	CHECK_OK(session_find(cx, s, token.token, &found));
	CHECK(found == NULL);
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &token));
	CHECK_OK(account_put(cx, s, S("li"), S("another one"), S(""), false));
	CHECK_OK(session_find(cx, s, token.token, &found));
	CHECK(found == NULL);
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("another one"), &token));
	CHECK_OK(account_disable(cx, s, S("li")));
	CHECK_OK(session_find(cx, s, token.token, &found));
	CHECK(found == NULL);
	CHECK(session_login(cx, s, S("::1"), S("li"), S("another one"), &token) ==
	      ERR_REFUSED);
	CHECK(cx->refusals.n > 0);
}

static struct str
login_said(struct cx *cx, struct sessions *s, struct str peer, const char *login,
    const char *password)
{
	struct login token;

	cx->refusals = (struct refusal_list){ 0 };
	if (session_login(cx, s, peer, str_z(login), str_z(password), &token) == ERR_OK)
		return S("");
	return cx->refusals.n ? cx->refusals.v[0].message : S("?");
}

/* One login tried from many places, and many logins tried from one place. */
static void
limits_by_login_and_by_peer(struct cx *cx, struct sessions *s)
{
	CHECK_OK(account_put(cx, s, S("li"), S("right one"), S(""), false));
	CHECK_OK(account_put(cx, s, S("wu"), S("right one"), S(""), false));
	for (int i = 0; i < THROTTLE_TRIES; i++) {
		const struct str peer = str_fmt(cx->arena, "10.0.0.%d", i);

		CHECK_STR(login_said(cx, s, peer, "li", "wrong one"), W(login_wrong));
		CHECK_STR(login_said(cx, s, S("10.9.9.8"),
			      str_fmt(cx->arena, "nobody%d", i).p, "wrong one"),
		    W(login_wrong));
	}
	CHECK_STR(
	    login_said(cx, s, S("10.1.1.1"), "li", "right one"), W(login_throttled));
	CHECK_STR(
	    login_said(cx, s, S("10.9.9.8"), "wu", "right one"), W(login_throttled));
	CHECK_STR(login_said(cx, s, S("10.1.1.1"), "wu", "right one"), S(""));
	cx->now_ms += THROTTLE_MS;
	CHECK_STR(login_said(cx, s, S("10.9.9.8"), "li", "right one"), S(""));
}

static void
refuses_weak_accounts(struct cx *cx, struct sessions *s)
{
	CHECK(account_put(cx, s, S(""), S("right one"), S(""), false) == ERR_INPUT);
	CHECK(account_put(cx, s, S("li"), S("short"), S(""), false) == ERR_INPUT);
}

static void
on_each_engine(struct cx *cx, void (*run)(struct cx *cx, struct sessions *s))
{
	FOR_EACH_ENGINE(engine)
	{
		TEST_STORE store = { 0 };
		struct sessions *s = NULL;

		if (!test_store_make(cx, engine, &store))
			continue;
		CHECK_OK(sessions_open(cx, store.url, &s));
		if (s)
			run(cx, s);
		sessions_close(s);
	}
}

TEST(session_lives_eight_hours_without_a_request)
{
	on_each_engine(cx, lives_eight_hours_without_a_request);
}

TEST(session_ends_with_logout_password_and_account)
{
	on_each_engine(cx, ends_with_logout_password_and_account);
}

TEST(session_limits_by_login_and_by_peer)
{
	on_each_engine(cx, limits_by_login_and_by_peer);
}

TEST(session_refuses_weak_accounts)
{
	on_each_engine(cx, refuses_weak_accounts);
}

TEST(password_and_token)
{
	const struct str hash = password_hash(cx, S("right one"));

	CHECK(str_starts(hash, S("$argon2id$v=19$m=19456,t=2,p=1$")));
	CHECK(password_check(cx, hash, S("right one")));
	CHECK(!password_check(cx, hash, S("right onE")));
	CHECK(!password_check(cx, S(""), S("right one")));
	const struct str a = token_new(cx), b = token_new(cx);
	CHECK(a.n == 43 && !str_eq(a, b));
	CHECK(secret_eq(a, a) && !secret_eq(a, b) && !secret_eq(a, S("")));
	CHECK(!str_eq(token_digest(cx, a), token_digest(cx, b)));
}

TEST(throttle_blocks_after_five_and_forgives)
{
	struct throttle *t = arena_new(cx->arena, struct throttle);

	for (int i = 0; i < THROTTLE_TRIES; i++) {
		CHECK(!throttle_blocks(t, S("li"), 1000));
		throttle_failed(t, S("li"), 1000);
	}
	CHECK(throttle_blocks(t, S("li"), 1000 + THROTTLE_MS - 1));
	CHECK(!throttle_blocks(t, S("li"), 1000 + THROTTLE_MS));
	CHECK(!throttle_blocks(t, S("other"), 1000));
	throttle_forget(t, S("li"));
	CHECK(!throttle_blocks(t, S("li"), 1000));
}
