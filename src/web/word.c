/* The table behind W(). */
#include "web/word.h"

struct str
word(enum word w)
{
	static const struct str texts[WORD_COUNT_] = {
#define WORD(id, text) [WORD_##id] = { text, sizeof(text) - 1 },
#include "web/words.h"
#undef WORD
	};

	return texts[w];
}
