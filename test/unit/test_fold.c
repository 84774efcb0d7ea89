/* Folding: what one event after another makes of a matter's state. */
#include "test.h"

#include "act/fold.h"
#include "lang/canon.h"
#include "made.h"

static struct value
folded(struct cx *cx, struct event *const *events, size_t n)
{
	struct value state = value_null();

	for (size_t i = 0; i < n; i++)
		fold_event(cx->arena, &state, events[i]);
	return state;
}

static struct str
quoted(struct cx *cx, const char *text)
{
	return str_replace(cx->arena, str_z(text), S("'"), S("\""));
}

TEST(fold_opening_keeps_what_it_says)
{
	struct event *e[] = {
		made_event(cx, 7, EV_MATTER_OPENED, "task/7", 1, 20000,
		    "{'action':'file','here':true,'procedure':'task','set':{'amount':5,"
		    "'cause':'A'},'stage':'open','title':'A','unit':'units/4'}"),
	};
	const struct value s = folded(cx, e, 1);

	CHECK_STR(canon_str(cx->arena, &s),
	    quoted(cx,
		"{'acts':{'file':{'actor':'persons/2','actors':['persons/2'],'day':20000,"
		"'n':1,'post':'posts/3','seq':7}},'at':7,'children':{},'clocks':{},"
		"'edition':'d1','fields':{'amount':5,'cause':'A'},'here':true,'last':"
		"20000,"
		"'opened':20000,'procedure':'task','recorded':1789000000007,'seq':1,"
		"'stage':'open','title':'A','unit':'units/4'}"));
}

TEST(fold_results_replace_and_merge)
{
	struct event *e[] = {
		made_event(cx, 7, EV_MATTER_OPENED, "task/7", 1, 20000,
		    "{'action':'file','clocks':{'a':{'due':1},'b':{'due':2}},"
		    "'set':{'amount':5,'cause':'A'},'stage':'open'}"),
		made_event(cx, 9, EV_ACTED, "task/7", 2, 20003,
		    "{'action':'report','clocks':{'b':{'due':3}},'set':{'amount':null},"
		    "'stage':'done'}"),
		made_event(cx, 12, EV_ACTED, "task/7", 3, 20004, "{'action':'report'}"),
	};
	struct value s;

	e[2]->actor = S("persons/5");
	s = folded(cx, e, 3);
	CHECK_STR(value_str(value_get(&s, S("stage"))), S("done"));
	CHECK(value_num(value_path(&s, "clocks.a.due")) == 1);
	CHECK(value_num(value_path(&s, "clocks.b.due")) == 3);
	CHECK_STR(value_str(value_path(&s, "fields.cause")), S("A"));
	CHECK(value_is_null(value_path(&s, "fields.amount")));
	CHECK(value_num(value_path(&s, "acts.report.n")) == 2);
	CHECK(value_num(value_path(&s, "acts.report.seq")) == 12);
	CHECK(value_count(value_path(&s, "acts.report.actors")) == 2);
	CHECK(value_num(value_get(&s, S("opened"))) == 20000);
	CHECK(value_num(value_get(&s, S("last"))) == 20004);
	CHECK(value_num(value_get(&s, S("at"))) == 12 &&
	      value_num(value_get(&s, S("seq"))) == 3);
}

TEST(fold_lists_grow_and_children_are_known_by_their_subject)
{
	struct event *e[] = {
		made_event(cx, 7, EV_MATTER_OPENED, "task/7", 1, 20000,
		    "{'action':'file','children':{'review':[{'state':'open','subject':"
		    "'r/8'},{'state':'open','subject':'r/9'}]},'set':{'rows':['A']}}"),
		made_event(cx, 10, EV_ACTED, "task/7", 2, 20000,
		    "{'action':'report','added':{'rows':['B','C']}}"),
		made_event(cx, 11, EV_CHILD_CHANGED, "task/7", 3, 20000,
		    "{'child':'r/8','children':{'review':[{'outcome':'yes','state':"
		    "'passed','subject':'r/8'}]}}"),
		made_event(cx, 12, EV_ACTED, "task/7", 4, 20000,
		    "{'action':'open','children':{'review':[{'state':'open','subject':"
		    "'r/13'}]}}"),
	};
	const struct value s = folded(cx, e, 4);

	CHECK_STR(canon_str(cx->arena, value_path(&s, "fields.rows")),
	    S("[\"A\",\"B\",\"C\"]"));
	CHECK_STR(canon_str(cx->arena, value_path(&s, "children.review")),
	    S("[{\"outcome\":\"yes\",\"state\":\"passed\",\"subject\":\"r/8\"},"
	      "{\"state\":\"open\",\"subject\":\"r/9\"},"
	      "{\"state\":\"open\",\"subject\":\"r/13\"}]"));
}

TEST(fold_a_document_does_not_touch_the_title)
{
	struct event *e[] = {
		made_event(cx, 7, EV_MATTER_OPENED, "task/7", 1, 20000,
		    "{'action':'file','set':{'cause':'A'},'title':'A'}"),
		made_event(cx, 8, EV_ISSUED, "task/7", 2, 20000,
		    "{'code':'K','day':20000,'document':'decision','fields':{'cause':'B'}"
		    ","
		    "'number':'1','text':'T','title':'Decision'}"),
		made_event(cx, 9, EV_RENDERED, "task/7", 3, 20000,
		    "{'digest':'ff','document':'decision','number':'1'}"),
		made_event(cx, 10, EV_DESTROYED, "task/7", 4, 20000,
		    "{'gone':['7:p1'],'parts':['p1'],'reason':'R','seq':7}"),
	};
	const struct value s = folded(cx, e, 4);

	CHECK_STR(value_str(value_get(&s, S("title"))), S("A"));
	CHECK_STR(value_str(value_path(&s, "fields.cause")), S("A"));
	CHECK_STR(
	    value_str(value_get(value_at(value_get(&s, S("issued")), 0), S("file"))),
	    S("ff"));
	CHECK(value_num(value_get(&s, S("seq"))) == 4);
	CHECK(value_count(value_get(&s, S("gone"))) == 1);
}
