/*
 * Handlers: which open matters a person answers for. A procedure names the field in its
 * `handlers:`; the field names persons, or entries of a register that mean persons
 * (行政执法人员).
 */
#pragma once

#include "act/judge.h"

struct handled {
	struct str subject; /* the matter */
	struct str as;      /* what the field holds: the person, or an entry */
};
struct handled_list {
	struct handled *v;
	size_t n, cap;
};

/* Every open matter of the unit in which the person stands among the handlers, in the
 * order of procedures and of opening; a matter that names the person twice (two
 * certificates) stands twice, one behind the other. An entry that names another person on
 * the day is that person's; one that has ended is still of whom it last named. false:
 * facts are missing. */
bool handled_find(struct facts *facts, const struct defs *defs, struct arena *a,
    struct str person, struct str unit, int64_t day, struct handled_list *out);

/* handled(person, unit): the subjects, for expressions. false: facts are missing. */
bool handled_call(struct judge *j, const struct value *args, struct value *out);

/* Is `one` the value of a field of handlers, or in it? */
bool handlers_have(const struct value *handlers, struct str one);
