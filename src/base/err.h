/*
 * The ways a function can fail. The text that explains a failure is in cx->why
 * (ERR_STORE, ERR_NOT_FOUND, ERR_STALE, ERR_INPUT) or in cx->refusals (ERR_REFUSED); it
 * is made once, where the cause is known, and nobody above adds to it.
 */
#pragma once

#define MUST_USE __attribute__((warn_unused_result))
#define AUTO(fn) __attribute__((cleanup(fn)))
#define PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))

enum err {
	ERR_OK,
	ERR_NOT_FOUND, /* what was asked for is not there */
	ERR_REFUSED,   /* "no, because": see cx->refusals */
	ERR_STALE,     /* the act was based on a state that has changed */
	ERR_STORE,     /* database or disk failed us */
	ERR_INPUT, /* what came in is not what it claims to be; cx->why names the place */
	ERR_NEEDS, /* only inside act/: facts are missing, fetch them and ask again */
};

#define TRY(expr)                                 \
	do {                                      \
		const enum err try_err_ = (expr); \
		if (try_err_ != ERR_OK)           \
			return try_err_;          \
	} while (0)
