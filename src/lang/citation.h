/*
 * Citations in running text: 《行政处罚法》第五十四条第二款, also several in a row
 * (第十一条、第十二条), 第X条之一, a name without its brackets where it is known
 * (行政处罚法第五条), and a name alone. 本法 names nothing and is left alone.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

struct citation {
	size_t from, to;      /* bytes of the text that name it */
	struct str statute;   /* as `known` answered: 行政处罚法 */
	struct str key;       /* "54", "54-1"; empty: the statute as a whole */
	int64_t clause, item; /* 第二款第三项; 0: not said */
};
struct citations {
	struct citation *v;
	size_t n, cap;
};

/* The name under which a statute is kept, for the name it is given in a text; empty when
 * it is none that is known. */
typedef struct str citation_known(struct str name, void *self);

/* In the order of the text; they do not overlap. At most CITATIONS_MAX. */
enum { CITATIONS_MAX = 1000 };
void citations_find(struct arena *a, struct str text, citation_known *known, void *self,
    struct citations *out);

/* 行政处罚法 for 《中华人民共和国行政处罚法》 and for 中华人民共和国行政处罚法. */
struct str citation_name(struct str given);

/* 第五十四条之一 is "54-1" and back; what is no number of an article stays as it is. */
struct str citation_key(struct arena *a, struct str label);
struct str citation_label(struct arena *a, struct str key);
/* "行政处罚法/54" of a definition as papers cite it: 《行政处罚法》第五十四条; 第十一项
 * where documents count 十一, （适用） where they have no number. */
struct str citation_text(struct arena *a, struct str cited);
/* The same of a whole `basis:`, parted by 、; ids of requirements, which are no grounds
 * to show, are left out. */
struct str citation_texts(struct arena *a, struct str basis);

/* Whether a line of an article is an item (项: （一）…) of the paragraph (款) before it.
 */
bool citation_is_item(struct str line);
