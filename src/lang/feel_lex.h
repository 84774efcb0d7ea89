/* The scanner of FEEL, for feel_parse*.c only. There are no tokens: which characters make
 * a name depends on the names that are known (DMN 10.3.1.2), so the parser asks for what
 * it expects at the place where it stands. */
#pragma once

#include "lang/feel_tree.h"

struct parser {
	struct cx *cx;
	struct arena *arena;
	struct messages *messages;
	const struct feel_scope *scope;
	struct str in;
	size_t at;
	int depth;
	bool failed;     /* a message was put; unwind */
	bool uses_input; /* `?` was seen */
	bool in_end;     /* reading the upper end of a range: '[' closes it */
	LIST(struct str)
	known; /* names of several words declared inside the expression */
};

void feel_fail(struct parser *p, size_t at, const char *what);
void feel_place(const struct parser *p, size_t at, int *line, int *column);

void feel_blanks(struct parser *p); /* and comments */
/* Takes a sign when it comes next (blanks before it are passed over in any case). */
bool feel_sign(struct parser *p, const char *sign);
bool feel_peek(struct parser *p, const char *sign);
void feel_expect(struct parser *p, const char *sign);
/* Takes a keyword when it comes next as a whole word. */
bool feel_word(struct parser *p, const char *word);
bool feel_peek_word(struct parser *p, const char *word);
/* The longest known name here, else one word; false when no name begins here. */
bool feel_name(struct parser *p, struct str *out);
/* A name that is being declared: everything up to a sign of `stops` or the keyword `word`
 * (may be NULL), blanks as one space. Becomes known. */
bool feel_new_name(
    struct parser *p, const char *stops, const char *word, struct str *out);
bool feel_text_literal(struct parser *p, struct str *out);
bool feel_number_literal(struct parser *p, struct value *out);
