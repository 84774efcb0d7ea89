/*
 * What the public may see of the matters of the programme, as the public pages show it:
 * for the index of the search, which knows no procedure (read/search_follow.h).
 */
#pragma once

#include "read/search.h"
#include "read/search_follow.h"

struct view;

enum err search_open(struct cx *cx, const struct search_from *from, struct str subject,
    const struct value *state, struct search_source *out) MUST_USE;
enum err search_also(struct cx *cx, const struct search_from *from, struct str subject,
    const struct value *state, struct id_list *subjects) MUST_USE;

/* Whether what was found is still open to this reader; what is not public, and statutes,
 * always are to who found them. */
bool search_is_open(struct view *v, const struct search_hit *hit);

/* What this reader may find, as of today. */
void search_ask_open(struct view *v, struct search_ask *ask);
struct str search_kind_title(struct view *v, struct str kind);
/* Its own page where it has one, the library's for an article; else one that shows it as
 * it was indexed. */
struct str search_hit_path(struct view *v, const struct search_hit *hit);
