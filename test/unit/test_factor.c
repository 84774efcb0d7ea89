/* One-time codes against the vectors of RFC 6238, and the second factor of an account on
 * both engines: no code twice, recovery codes once, failures counted with the password's.
 */
#include "test.h"

#include <string.h>

#include "base/encode.h"
#include "store.h"
#include "web/factor.h"
#include "web/password.h"
#include "web/throttle.h"
#include "web/totp.h"
#include "web/weak.h"
#include "web/word.h"

/* RFC 6238 appendix B, its eight digits cut to the last six. */
TEST(totp_vectors)
{
	const struct str secret = S("12345678901234567890");
	const struct {
		int64_t seconds;
		const char *code;
	} all[] = { { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
		{ 1234567890, "005924" }, { 2000000000, "279037" },
		{ 20000000000, "353130" } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		CHECK_STR(totp_code(cx->arena, secret, all[i].seconds / 30),
		    str_z(all[i].code));
}

TEST(totp_takes_the_step_before_and_after_and_none_twice)
{
	const struct str secret = S("12345678901234567890");
	const int64_t now = INT64_C(1234567890) * 1000, step = now / 1000 / 30;

	for (int64_t d = -3; d <= 3; d++) {
		const struct str code = totp_code(cx->arena, secret, step + d);

		CHECK(totp_step(cx->arena, secret, code, now, 0) ==
		      (d >= -1 && d <= 1 ? step + d : 0));
		CHECK(totp_step(cx->arena, secret, code, now, step + d) == 0);
	}
	CHECK(totp_step(cx->arena, secret, S(""), now, 0) == 0);
	CHECK_STR(totp_address(cx->arena, secret, S("li si")),
	    S("otpauth://totp/zhunsheng:li%20si?secret="
	      "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=zhunsheng"));
}

TEST(base32_vectors)
{
	const char *const all[][2] = { { "", "" }, { "f", "MY" }, { "fo", "MZXQ" },
		{ "foo", "MZXW6" }, { "foob", "MZXW6YQ" }, { "fooba", "MZXW6YTB" },
		{ "foobar", "MZXW6YTBOI" } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		CHECK_STR(base32_of(cx->arena, str_z(all[i][0])), str_z(all[i][1]));
}

TEST(weak_passwords)
{
	const char *const weak[] = { "password", "Password123", "P@ssw0rd!", "admin2024",
		"12345678", "qwertyuiop", "1qaz2wsx", "abcabcabc", "11111111", "20240101",
		"13800138000", "woaini1314", "zhunsheng2026", "wang.li1990", "88888888",
		"87654321", "qwer1234", "asdf!@#$" };
	const char *const good[] = { "right one", "correct horse battery",
		"准绳-白杨-渡口-七", "kx7mq2r9tb", "another one", "lvse senlin 42",
		"right one 准绳" };

	for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
		if (!password_is_weak(cx, str_z(weak[i]), S("wang.li")))
			test_fail(__FILE__, __LINE__, weak[i]);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (password_is_weak(cx, str_z(good[i]), S("wang.li")))
			test_fail(__FILE__, __LINE__, good[i]);
}

TEST(sealed_opens_with_its_key_alone)
{
	unsigned char key[32] = { 1 }, other[32] = { 2 };
	struct str sealed = sealed_make(cx, key, S("a secret")), plain;
	char *altered;

	CHECK(sealed_open(cx, key, sealed, &plain));
	CHECK_STR(plain, S("a secret"));
	CHECK(!sealed_open(cx, other, sealed, &plain));
	CHECK(!sealed_open(cx, key, str_sub(sealed, 0, 10), &plain));
	altered = arena_alloc(cx->arena, sealed.n);
	memcpy(altered, sealed.p, sealed.n);
	altered[sealed.n - 1] ^= 1;
	CHECK(!sealed_open(cx, key, (struct str){ altered, sealed.n }, &plain));
}

/* ---- accounts ---- */

static struct str
code_now(struct cx *cx, struct str secret, int64_t real_ms)
{
	return totp_code(cx->arena, secret, real_ms / 1000 / 30);
}

static enum err
try_code(struct cx *cx, struct sessions *s, struct str pending, struct str code,
    int64_t real_ms, struct login *in, enum factor_used *used)
{
	cx->refusals = (struct refusal_list){ 0 };
	return session_code(cx, s, pending, code, real_ms, in, used);
}

static void
asks_for_a_code(struct cx *cx, struct sessions *s)
{
	const int64_t real = INT64_C(1700000000) * 1000;
	struct str secret, again, first;
	struct login in, pending;
	struct recovery codes;
	enum factor_used used;
	struct session *found = NULL;
	int64_t left;

	CHECK_OK(account_put(cx, s, S("li"), S("right one"), S("persons/1"), false));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &in));
	CHECK(!in.pending);
	CHECK_OK(factor_begin(cx, s, S("li"), &secret));
	CHECK_OK(factor_begin(cx, s, S("li"), &again));
	CHECK_STR(secret, again);
	CHECK(factor_confirm(cx, s, S("li"), S("000000"), real, in.token, &codes) ==
	      ERR_REFUSED);
	first = code_now(cx, secret, real);
	CHECK_OK(factor_confirm(cx, s, S("li"), first, real, in.token, &codes));
	CHECK_OK(session_find(cx, s, in.token, &found));
	CHECK(found && found->has_factor);
	CHECK(factor_begin(cx, s, S("li"), &again) == ERR_STALE);

	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &pending));
	CHECK(pending.pending);
	found = NULL;
	CHECK_OK(session_find(cx, s, pending.token, &found));
	CHECK(found == NULL); /* half a login opens nothing */
	/* The code that confirmed it is used up. */
	CHECK(try_code(cx, s, pending.token, first, real, &in, &used) == ERR_REFUSED);
	CHECK_OK(try_code(cx, s, pending.token, code_now(cx, secret, real + 60000),
	    real + 60000, &in, &used));
	CHECK(used == FACTOR_CODE);
	CHECK_OK(session_find(cx, s, in.token, &found));
	CHECK(found != NULL);
	CHECK(try_code(cx, s, pending.token, code_now(cx, secret, real + 120000),
		  real + 120000, &in, &used) == ERR_NOT_FOUND);

	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &pending));
	CHECK_OK(try_code(cx, s, pending.token, codes.v[3], real, &in, &used));
	CHECK(used == FACTOR_RECOVERY);
	CHECK_OK(factor_left(cx, s, S("li"), &left));
	CHECK(left == RECOVERY_CODES - 1);
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &pending));
	CHECK(
	    try_code(cx, s, pending.token, codes.v[3], real, &in, &used) == ERR_REFUSED);
	/* Nobody else's account takes it. */
	CHECK_OK(account_put(cx, s, S("wu"), S("right one"), S("persons/2"), false));
	CHECK_OK(factor_drop(cx, s, S("li")));
	CHECK_OK(session_find(cx, s, in.token, &found));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &in));
	CHECK(!in.pending);
}

/* Whoever knows the password cannot go on trying codes, not even by beginning anew. */
static void
counts_codes_with_passwords(struct cx *cx, struct sessions *s)
{
	const int64_t real = INT64_C(1700000000) * 1000;
	struct login in, pending;
	struct recovery codes;
	enum factor_used used;
	struct account account;
	struct str secret;
	enum err err = ERR_OK;
	int tries = 0;

	CHECK_OK(account_put(cx, s, S("li"), S("right one"), S("persons/1"), false));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &in));
	CHECK_OK(factor_begin(cx, s, S("li"), &secret));
	CHECK_OK(factor_confirm(
	    cx, s, S("li"), code_now(cx, secret, real), real, in.token, &codes));
	for (; tries < 50; tries++) {
		cx->refusals = (struct refusal_list){ 0 };
		err = session_login(cx, s, S("::1"), S("li"), S("right one"), &pending);
		if (err != ERR_OK)
			break;
		CHECK(try_code(cx, s, pending.token, S("000000"), real, &in, &used) ==
		      ERR_REFUSED);
	}
	CHECK(err == ERR_REFUSED);
	CHECK(tries == THROTTLE_TRIES);
	CHECK_OK(account_find(cx, s, S("li"), &account));
	CHECK(account.has_factor && account.locked_until_ms == cx->now_ms + THROTTLE_MS);
	CHECK_OK(account_unlock(cx, s, S("li")));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &pending));
	CHECK_OK(account_find(cx, s, S("li"), &account));
	CHECK(account.locked_until_ms == 0);
}

/* The lock grows to an hour and no longer, for names that nobody has as for those that
 * somebody has. */
static void
locks_longer_each_time(struct cx *cx, struct sessions *s)
{
	const struct str names[] = { S("li"), S("nobody") };
	const int minutes[] = { 15, 30, 45, 60, 60, 60 };
	struct login in;

	CHECK_OK(account_put(cx, s, S("li"), S("right one"), S("persons/1"), false));
	for (size_t k = 0; k < 2; k++) {
		for (int i = 0; i < THROTTLE_TRIES - 1; i++)
			CHECK(session_login(cx, s, str_fmt(cx->arena, "%zu.%d", k, i),
				  names[k], S("wrong one"), &in) == ERR_REFUSED);
		for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++) {
			const struct str peer = str_fmt(cx->arena, "%zu.%zu", k, 10 + i);

			CHECK(session_login(cx, s, peer, names[k], S("wrong one"), &in) ==
			      ERR_REFUSED);
			CHECK(in.locked);
			cx->now_ms += (int64_t)minutes[i] * 60000 - 1;
			cx->refusals = (struct refusal_list){ 0 };
			CHECK(session_login(cx, s, S("9.9.9.9"), names[k], S("right one"),
				  &in) == ERR_REFUSED);
			CHECK_STR(cx->refusals.v[0].message, W(login_throttled));
			cx->now_ms += 1;
		}
	}
	CHECK_OK(session_login(cx, s, S("9.9.9.9"), S("li"), S("right one"), &in));
}

static void
owner_changes_the_password(struct cx *cx, struct sessions *s)
{
	struct session *who = NULL, *found = NULL;
	struct session_lines lines = { 0 };
	struct login in, other;
	struct str token;

	CHECK_OK(account_put(cx, s, S("li"), S("given one"), S("persons/1"), true));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("given one"), &in));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("given one"), &other));
	CHECK_OK(session_find(cx, s, in.token, &who));
	CHECK(who && who->temporary);
	CHECK_OK(session_list(cx, s, S("li"), in.token, &lines));
	CHECK(lines.n == 2 && lines.v[0].current != lines.v[1].current);
	CHECK(password_change(cx, s, who, S("wrong one"), S("my own words"), &token) ==
	      ERR_REFUSED);
	CHECK(password_change(cx, s, who, S("given one"), S("given one"), &token) ==
	      ERR_REFUSED);
	CHECK(password_change(cx, s, who, S("given one"), S("12345678"), &token) ==
	      ERR_REFUSED);
	CHECK_OK(password_change(cx, s, who, S("given one"), S("my own words"), &token));
	CHECK_OK(session_find(cx, s, in.token, &found));
	CHECK(found == NULL);
	CHECK_OK(session_find(cx, s, other.token, &found));
	CHECK(found == NULL);
	CHECK_OK(session_find(cx, s, token, &found));
	CHECK(found && !found->temporary);
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("my own words"), &other));
	CHECK_OK(session_end_others(cx, s, S("li"), other.token));
	found = NULL;
	CHECK_OK(session_find(cx, s, token, &found));
	CHECK(found == NULL);
}

/* A day after it began it is over, however busy it was. */
static void
lives_one_day(struct cx *cx, struct sessions *s)
{
	struct session *found = NULL;
	struct login in;
	int hours = 0;

	CHECK_OK(account_put(cx, s, S("li"), S("right one"), S("persons/1"), false));
	CHECK_OK(session_login(cx, s, S("::1"), S("li"), S("right one"), &in));
	for (; hours < 48; hours++) {
		found = NULL;
		CHECK_OK(session_find(cx, s, in.token, &found));
		if (!found)
			break;
		cx->now_ms += (int64_t)3600 * 1000;
	}
	CHECK(hours == 24);
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
		if (s) {
			sessions_key(
			    s, str_fmt(cx->arena, "%.*s/key", STR_ARG(store.folder)));
			run(cx, s);
		}
		sessions_close(s);
	}
}

TEST(factor_asks_for_a_code)
{
	on_each_engine(cx, asks_for_a_code);
}

TEST(factor_counts_codes_with_passwords)
{
	on_each_engine(cx, counts_codes_with_passwords);
}

TEST(login_locks_longer_each_time)
{
	on_each_engine(cx, locks_longer_each_time);
}

TEST(password_changed_by_its_owner)
{
	on_each_engine(cx, owner_changes_the_password);
}

TEST(session_lives_one_day)
{
	on_each_engine(cx, lives_one_day);
}
