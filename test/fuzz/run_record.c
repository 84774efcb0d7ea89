/*
 * What is checked without a server: proofs, checkpoints, keys. The proofs are of a log of
 * five events, made here from a secret that the inputs do not know: whatever is accepted
 * must be one of its events.
 */
#include "runs.h"

#include <string.h>

#include "base/encode.h"
#include "record/proof.h"
#include "record/tree.h"

enum { EVENTS = 5 };

static const struct signer key = { { 1, 2, 3, 4, 5, 6, 7, 8, 9 } };

static struct str
header_of(struct arena *a, int64_t seq)
{
	return str_fmt(a, "{\"log\":\"a\",\"seq\":%lld}", (long long)seq);
}

static const char *
check_proven(struct cx *cx, const struct proven *p)
{
	if (p->seq < 1 || p->seq > EVENTS || p->checkpoint.size < p->seq)
		return "an event that the log does not have";
	return str_eq(p->header, header_of(cx->arena, p->seq)) ? NULL : "a forged event";
}

const char *
run_proof(struct cx *cx, struct str input)
{
	static const char *const origins[] = { "a", "a/sm3" };
	struct verifier v;
	struct proven p;

	for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
		const struct str vkey = signer_vkey(cx->arena, &key, str_z(origins[i]));
		const char *broken;

		if (verifier_parse(cx, vkey, &v) != ERR_OK)
			return "a key of our own is refused";
		if (proof_check(cx, input, &v, &p) != ERR_OK)
			continue;
		broken = check_proven(cx, &p);
		if (broken)
			return broken;
	}
	return NULL;
}

/* The form, not the signature: each note is found again alone as it was among others. */
const char *
run_checkpoints(struct cx *cx, struct str input)
{
	struct checkpoints all = { 0 };

	if (checkpoints_parse(cx, input, &all) != ERR_OK)
		return cx->why.n ? NULL : "refused without a message";
	for (size_t i = 0; i < all.n; i++) {
		const struct checkpoint *c = &all.v[i];
		struct checkpoint again;

		if (c->size < 0 || !c->origin.n || !str_starts(c->note, c->text))
			return "a checkpoint that is none";
		if (checkpoint_parse(cx, c->note, &again) != ERR_OK ||
		    again.size != c->size || !digest_eq(&again.root, &c->root))
			return "a note that reads otherwise when it stands alone";
	}
	return NULL;
}

/* A key has one spelling, so what holds two has one too, but for the order and blanks. */
const char *
run_verifier(struct cx *cx, struct str input)
{
	struct verifier v, again;

	if (verifier_parse(cx, input, &v) != ERR_OK)
		return cx->why.n ? NULL : "refused without a message";
	if (!v.has_ed25519 && !v.has_sm2)
		return "a verifier without a key";
	if (verifier_parse(cx, str_fmt(cx->arena, "%.*s\n", STR_ARG(input)), &again) !=
		ERR_OK ||
	    memcmp(v.id, again.id, sizeof v.id) != 0 || v.has_sm2 != again.has_sm2)
		return "a key that reads otherwise the second time";
	return NULL;
}
