/* Names of subjects: "task/17" is the matter that began with event 17 of its log. */
#include "act/subject.h"

struct str
subject_family(struct str subject)
{
	const size_t slash = str_find(subject, S("/"), 0);

	return str_sub(subject, 0, slash == SIZE_MAX ? subject.n : slash);
}

int64_t
subject_number(struct str subject)
{
	const size_t slash = str_rfind(subject, S("/"));
	int64_t n = 0;

	if (slash == SIZE_MAX || !str_int(str_sub(subject, slash + 1, subject.n), &n))
		return 0;
	return n;
}

struct value
version_value(struct arena *a, struct str subject, int64_t from, int64_t to, int64_t at,
    struct value values)
{
	struct value v = value_map();

	value_set_text(a, &v, "subject", subject);
	value_set_int(a, &v, "from", from);
	value_set_int(a, &v, "to", to);
	value_set_int(a, &v, "at", at);
	value_set(a, &v, S("values"), values);
	return v;
}
