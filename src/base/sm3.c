/*
 * Eight texts at once: each goes through the same steps, so one step of all of them is
 * one instruction on a vector. A lane whose text is done takes the next one; lanes with
 * nothing left compute on, and nobody looks. Names follow the standard: A to H, W, T, FF,
 * GG, P0, P1.
 */
#include "base/sm3.h"

#include <endian.h>
#include <string.h>

enum { LANES = 8, BLOCK = 64, WORDS = 16, ROUNDS = 64, STATE = 8, LENGTH = 8 };

/* A word of each text: a register of AVX2. Where they are narrower the compiler splits
 * it, which is as fast as one text after the other. */
typedef uint32_t lanes __attribute__((vector_size(4 * LANES)));

/* Macros, because a vector given to a function depends on what the processor has. */
#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define P0(x) ((x) ^ ROTATE(x, 9) ^ ROTATE(x, 17))
#define P1(x) ((x) ^ ROTATE(x, 15) ^ ROTATE(x, 23))
#define FF(x, y, z) (((x) & (y)) | (((x) | (y)) & (z)))
#define GG(x, y, z) (((x) & ((y) ^ (z))) ^ (z))

#define ROUND(ff, gg, t)                                                      \
	do {                                                                  \
		const lanes a12 = ROTATE(a, 12);                              \
		const lanes sum = a12 + e + (t);                              \
		const lanes ss1 = ROTATE(sum, 7);                             \
		const lanes tt1 = (ff) + d + (ss1 ^ a12) + (w[j] ^ w[j + 4]); \
		const lanes tt2 = (gg) + h + ss1 + w[j];                      \
                                                                              \
		d = c;                                                        \
		c = ROTATE(b, 9);                                             \
		b = a;                                                        \
		a = tt1;                                                      \
		h = g;                                                        \
		g = ROTATE(f, 19);                                            \
		f = e;                                                        \
		e = P0(tt2);                                                  \
	} while (0)

static uint32_t
constant(uint32_t t, int j)
{
	return j % 32 ? t << j % 32 | t >> (32 - j % 32) : t;
}

/* One block of each lane into its state. */
static inline __attribute__((always_inline)) void
compress(lanes state[STATE], const unsigned char *const blocks[LANES])
{
	lanes a = state[0], b = state[1], c = state[2], d = state[3];
	lanes e = state[4], f = state[5], g = state[6], h = state[7];
	lanes w[ROUNDS + 4];

	for (int j = 0; j < WORDS; j++) {
		uint32_t row[LANES] __attribute__((aligned(sizeof(lanes))));

		for (int i = 0; i < LANES; i++) {
			memcpy(&row[i], blocks[i] + 4 * j, 4);
			row[i] = be32toh(row[i]);
		}
		memcpy(&w[j], row, sizeof row);
	}
	for (int j = WORDS; j < ROUNDS + 4; j++) {
		const lanes mixed = w[j - 16] ^ w[j - 9] ^ ROTATE(w[j - 3], 15);

		w[j] = P1(mixed) ^ ROTATE(w[j - 13], 7) ^ w[j - 6];
	}
	for (int j = 0; j < 16; j++)
		ROUND(a ^ b ^ c, e ^ f ^ g, constant(0x79cc4519, j));
	for (int j = 16; j < ROUNDS; j++)
		ROUND(FF(a, b, c), GG(e, f, g), constant(0x7a879d8a, j));
	state[0] ^= a;
	state[1] ^= b;
	state[2] ^= c;
	state[3] ^= d;
	state[4] ^= e;
	state[5] ^= f;
	state[6] ^= g;
	state[7] ^= h;
}

typedef void compress_blocks(
    lanes state[STATE], const unsigned char *const blocks[LANES]);

static void
compress_plain(lanes state[STATE], const unsigned char *const blocks[LANES])
{
	compress(state, blocks);
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static void
compress_avx2(lanes state[STATE], const unsigned char *const blocks[LANES])
{
	compress(state, blocks);
}

__attribute__((target("avx512f,avx512vl"))) static void
compress_avx512(lanes state[STATE], const unsigned char *const blocks[LANES])
{
	compress(state, blocks);
}
#endif

static compress_blocks *
compress_here(void)
{
#ifdef __x86_64__
	if (__builtin_cpu_supports("avx512vl"))
		return compress_avx512;
	if (__builtin_cpu_supports("avx2"))
		return compress_avx2;
#endif
	return compress_plain;
}

/* What is left of a lane's text: blocks of its own, then the padded end. */
struct lane {
	const unsigned char *at;
	size_t whole;
	unsigned char end[2 * BLOCK];
	size_t end_at, end_n;
	struct digest *out; /* NULL: idle */
};

static void
lane_begin(struct lane *l, struct str text, struct digest *out)
{
	const size_t rest = text.n % BLOCK;
	const uint64_t bits = htobe64((uint64_t)text.n * 8);

	l->at = (const unsigned char *)text.p;
	l->whole = text.n / BLOCK;
	l->end_at = 0;
	l->end_n = rest + 1 + LENGTH > BLOCK ? 2 * BLOCK : BLOCK;
	l->out = out;
	memset(l->end, 0, sizeof l->end);
	if (rest)
		memcpy(l->end, l->at + text.n - rest, rest);
	l->end[rest] = 0x80;
	memcpy(l->end + l->end_n - LENGTH, &bits, LENGTH);
}

static const unsigned char *
lane_block(struct lane *l)
{
	const unsigned char *block = l->at;

	if (l->whole) {
		l->whole--;
		l->at += BLOCK;
		return block;
	}
	block = l->end + l->end_at;
	if (l->out)
		l->end_at += BLOCK;
	return block;
}

static bool
lane_over(const struct lane *l)
{
	return l->out && !l->whole && l->end_at == l->end_n;
}

static void
state_begin(lanes state[STATE], int lane)
{
	static const uint32_t iv[STATE] = { 0x7380166f, 0x4914b2b9, 0x172442d7,
		0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e };

	for (int i = 0; i < STATE; i++)
		state[i][lane] = iv[i];
}

static void
state_end(const lanes state[STATE], int lane, struct digest *out)
{
	for (int i = 0; i < STATE; i++) {
		const uint32_t word = htobe32(state[i][lane]);

		memcpy(out->b + 4 * i, &word, sizeof word);
	}
}

void
sm3_many(const struct str *texts, size_t n, struct digest *out)
{
	compress_blocks *const step = compress_here();
	struct lane all[LANES] = { 0 };
	lanes state[STATE] = { 0 };
	size_t begun = 0, done = 0;

	for (; begun < LANES && begun < n; begun++) {
		lane_begin(&all[begun], texts[begun], &out[begun]);
		state_begin(state, (int)begun);
	}
	while (done < n) {
		const unsigned char *blocks[LANES];

		for (int i = 0; i < LANES; i++)
			blocks[i] = lane_block(&all[i]);
		step(state, blocks);
		for (int i = 0; i < LANES; i++) {
			if (!lane_over(&all[i]))
				continue;
			state_end(state, i, all[i].out);
			all[i].out = NULL;
			all[i].end_at = 0;
			done++;
			if (begun == n)
				continue;
			lane_begin(&all[i], texts[begun], &out[begun]);
			state_begin(state, i);
			begun++;
		}
	}
}
