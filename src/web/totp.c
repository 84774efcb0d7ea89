/* The code is a part of the digest that the digest itself names (RFC 4226 5.3). */
#include "web/totp.h"

#include "base/buf.h"
#include "base/crypto.h"
#include "base/encode.h"
#include "web/form.h"
#include "web/password.h"

struct str
totp_code(struct arena *a, struct str secret, int64_t step)
{
	unsigned char counter[8], mac[HMAC_SHA1_SIZE];
	uint32_t code = 0;

	for (size_t i = 0; i < sizeof counter; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	hmac_sha1(secret, (struct str){ (const char *)counter, sizeof counter }, mac);
	for (size_t i = 0, from = mac[HMAC_SHA1_SIZE - 1] & 15; i < 4; i++)
		code = code << 8 | mac[from + i];
	return str_fmt(a, "%06u", (unsigned)((code & 0x7fffffff) % 1000000));
}

int64_t
totp_step(
    struct arena *a, struct str secret, struct str code, int64_t now_ms, int64_t used)
{
	const int64_t now = now_ms / 1000 / TOTP_SECONDS;
	int64_t found = 0;

	for (int64_t step = now - 1; step <= now + 1; step++)
		if (step > used && secret_eq(totp_code(a, secret, step), code))
			found = step;
	return found;
}

struct str
totp_address(struct arena *a, struct str secret, struct str login)
{
	struct buf b = { .arena = a };

	buf_put_z(&b, "otpauth://totp/zhunsheng:");
	url_put(&b, login);
	buf_put_z(&b, "?secret=");
	buf_put(&b, base32_of(a, secret));
	buf_put_z(&b, "&issuer=zhunsheng");
	return buf_str(&b);
}
