/* Decimals: one spelling, half to even at 34 digits, nothing lost below that. */
#include "test.h"

#include "base/decimal.h"

static struct decimal
dec(const char *z)
{
	struct decimal d = { 0 };

	CHECK(decimal_parse(str_z(z), &d));
	return d;
}

#define CHECK_DEC(d, text) CHECK_STR(decimal_str(cx->arena, &(d)), S(text))

TEST(decimal_one_spelling)
{
	static const char *const bad[] = { "", "-", ".", "1.", "1..2", "1e", "e5", "1 ",
		"+1", "--1", "1e99999", "0x1", "1e1.5" };
	struct decimal d = dec("1.50");

	CHECK_DEC(d, "1.5");
	d = dec("-.05");
	CHECK_DEC(d, "-0.05");
	d = dec("1.2e4");
	CHECK_DEC(d, "12000");
	d = dec("-0.000");
	CHECK_DEC(d, "0");
	d = dec("120E-1");
	CHECK_DEC(d, "12");
	d = dec("0.00000000000000000000000000000000000000000001");
	CHECK_DEC(d, "0.00000000000000000000000000000000000000000001");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (decimal_parse(str_z(bad[i]), &d))
			test_fail(__FILE__, __LINE__, bad[i]);
}

TEST(decimal_rounds_half_even_at_34_digits)
{
	struct decimal d = dec("1234567890123456789012345678901234.5");

	CHECK_DEC(d, "1234567890123456789012345678901234");
	d = dec("1234567890123456789012345678901235.5");
	CHECK_DEC(d, "1234567890123456789012345678901236");
	d = dec("1234567890123456789012345678901234.50001");
	CHECK_DEC(d, "1234567890123456789012345678901235");
	d = dec("99999999999999999999999999999999999");
	CHECK_DEC(d, "100000000000000000000000000000000000");
}

TEST(decimal_arithmetic)
{
	struct decimal a = dec("0.1"), b = dec("0.2"), c;

	CHECK(decimal_add(&a, &b, &c));
	CHECK_DEC(c, "0.3");
	CHECK(decimal_sub(&a, &a, &c));
	CHECK_DEC(c, "0");
	a = dec("1");
	b = dec("3");
	CHECK(decimal_div(&a, &b, &c));
	CHECK_DEC(c, "0.3333333333333333333333333333333333");
	CHECK(decimal_mul(&c, &b, &c));
	CHECK_DEC(c, "0.9999999999999999999999999999999999");
	b = dec("0");
	CHECK(!decimal_div(&a, &b, &c));
	a = dec("1e40");
	b = dec("-1");
	CHECK(decimal_add(&a, &b, &c));
	CHECK_DEC(c, "10000000000000000000000000000000000000000");
	a = dec("1e34");
	CHECK(decimal_add(&a, &b, &c));
	CHECK_DEC(c, "9999999999999999999999999999999999");
	a = dec("-12.5");
	b = dec("5");
	CHECK(decimal_modulo(&a, &b, &c));
	CHECK_DEC(c, "2.5");
	b = dec("-5");
	a = dec("12.5");
	CHECK(decimal_modulo(&a, &b, &c));
	CHECK_DEC(c, "-2.5");
	a = dec("9e6143");
	CHECK(!decimal_mul(&a, &a, &c));
	a = dec("1e-6000");
	CHECK(decimal_mul(&a, &a, &c));
	CHECK_DEC(c, "0");
}

TEST(decimal_compare_and_ints)
{
	const struct decimal a = dec("1.10"), b = dec("1.1"), c = dec("-2"),
			     d = dec("10");
	const struct decimal big = decimal_int(INT64_MIN), zero = decimal_int(0);
	int64_t i;

	CHECK(decimal_cmp(&a, &b) == 0 && decimal_cmp(&c, &a) < 0 &&
	      decimal_cmp(&d, &a) > 0);
	CHECK(decimal_cmp(&zero, &c) > 0 && decimal_cmp(&big, &c) < 0);
	CHECK_DEC(big, "-9223372036854775808");
	CHECK(decimal_to_int(&d, &i) && i == 10);
	CHECK(!decimal_to_int(&a, &i) && !decimal_is_integral(&a));
}

TEST(decimal_rounding_modes)
{
	static const struct {
		const char *in;
		int scale;
		enum decimal_rounding how;
		const char *out;
	} cases[] = {
		{ "5.5", 0, ROUND_HALF_EVEN, "6" },
		{ "2.5", 0, ROUND_HALF_EVEN, "2" },
		{ "-2.5", 0, ROUND_HALF_UP, "-3" },
		{ "2.5", 0, ROUND_HALF_DOWN, "2" },
		{ "1.121", 2, ROUND_UP, "1.13" },
		{ "-1.126", 2, ROUND_DOWN, "-1.12" },
		{ "-1.5", 0, ROUND_FLOOR, "-2" },
		{ "-1.5", 0, ROUND_CEILING, "-1" },
		{ "1.56", 1, ROUND_FLOOR, "1.5" },
		{ "1255", -2, ROUND_HALF_EVEN, "1300" },
		{ "0.001", 0, ROUND_CEILING, "1" },
		{ "0.05", 0, ROUND_HALF_UP, "0" },
		{ "7", 3, ROUND_UP, "7" },
	};
	struct decimal d;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		d = dec(cases[i].in);
		CHECK(decimal_round(&d, cases[i].scale, cases[i].how, &d));
		CHECK_STR(decimal_str(cx->arena, &d), str_z(cases[i].out));
	}
}

TEST(decimal_functions)
{
	struct decimal a = dec("2"), b, c;

	CHECK(decimal_sqrt(&a, &c));
	CHECK_DEC(c, "1.414213562373095048801688724209698");
	a = dec("0.0016");
	CHECK(decimal_sqrt(&a, &c));
	CHECK_DEC(c, "0.04");
	a = dec("1");
	CHECK(decimal_exp(&a, &c));
	CHECK_DEC(c, "2.718281828459045235360287471352662");
	a = dec("-1.5");
	CHECK(decimal_exp(&a, &c));
	CHECK_DEC(c, "0.2231301601484298289332804707640125");
	a = dec("10");
	CHECK(decimal_log(&a, &c));
	CHECK_DEC(c, "2.302585092994045684017991454684364");
	a = dec("0.5");
	CHECK(decimal_log(&a, &c));
	CHECK_DEC(c, "-0.6931471805599453094172321214581766");
	a = dec("2");
	b = dec("10");
	CHECK(decimal_pow(&a, &b, &c));
	CHECK_DEC(c, "1024");
	b = dec("-2");
	CHECK(decimal_pow(&a, &b, &c));
	CHECK_DEC(c, "0.25");
	b = dec("0.5");
	CHECK(decimal_pow(&a, &b, &c));
	CHECK_DEC(c, "1.414213562373095048801688724209698");
	a = dec("-2");
	CHECK(!decimal_pow(&a, &b, &c) && !decimal_log(&a, &c) && !decimal_sqrt(&a, &c));
	a = dec("10");
	b = dec("999999999");
	CHECK(!decimal_pow(&a, &b, &c));
	b = dec("-999999999");
	CHECK(decimal_pow(&a, &b, &c));
	CHECK_DEC(c, "0");
	a = dec("1.0000001");
	b = dec("100000000");
	CHECK(decimal_pow(&a, &b, &c));
	CHECK_DEC(c, "22026.4547815773066364694281246363");
}
