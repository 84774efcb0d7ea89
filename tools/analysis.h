/*
 * Read before every file when it is analysed (tools/analyse.sh) and never when it is
 * compiled: what functions of other files do, where an analyzer that sees one file at a
 * time must else think of paths that nobody can take.
 */
#include "base/cx.h"
#ifdef ANALYSIS_WEB
#include "web/view.h"
#include "web/word.h"

#define word_fail(cx, why, word) ((void)!word_fail((cx), (why), (word)), (why))
/* True of ERR_OK and of nothing else. */
#define view_ok(v, what)                       \
	({                                     \
		const enum err what_ = (what); \
		view_ok((v), what_);           \
		what_ == ERR_OK;               \
	})
#endif

/* Gives back what it is given, as word_fail does. */
#define fail(cx, why, ...)                            \
	({                                            \
		const enum err why_ = (why);          \
		(void)!fail((cx), why_, __VA_ARGS__); \
		why_;                                 \
	})
