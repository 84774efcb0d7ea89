/* Names and conditions of definitions in Chinese. */
#include "explain/words.h"

#include "base/buf.h"
#include "lang/citation.h"
#include "lang/feel_part.h"

static void
put_requirement(const struct words *w, struct buf *b, struct str id)
{
	const struct requirement *r = map_find(&w->defs->covered, id);

	if (w->plain)
		buf_fmt(b, "“%.*s”的要求", STR_ARG(r ? r->title : id));
	else
		buf_fmt(b, "要求%.*s", STR_ARG(id));
}

struct str
words_citations(const struct words *w, struct str basis)
{
	struct buf b = { .arena = w->arena };
	struct str one;

	while (basis.n && str_split(&basis, S("、"), &one)) {
		if (b.n)
			buf_put(&b, S("、"));
		if (str_has(one, S("/")))
			buf_put(&b, citation_text(w->arena, one));
		else
			put_requirement(w, &b, one);
	}
	return buf_str(&b);
}

static struct str
titled(const struct words *w, struct str title, struct str id)
{
	return title.n ? str_fmt(w->arena, "“%.*s”", STR_ARG(title)) : id;
}

struct str
words_field(const struct words *w, struct str id)
{
	for (size_t i = 0; i < w->fields->n; i++)
		if (str_eq(w->fields->v[i].id, id) || str_eq(w->fields->v[i].name, id))
			return titled(w, w->fields->v[i].title, id);
	return id;
}

struct str
words_action(const struct words *w, struct str id)
{
	const struct action_def *a = w->of ? action_find(w->of, id) : NULL;

	return a ? titled(w, a->title, id) : id;
}

struct str
words_stage(const struct words *w, struct str id)
{
	const struct stage_def *s = w->of ? stage_find(w->of, id) : NULL;

	return s ? titled(w, s->title, id) : id;
}

struct str
words_child(const struct words *w, struct str kind)
{
	const struct child_def *c = w->of ? child_find(w->of, kind) : NULL;
	const struct procedure_def *p = c ? defs_procedure(w->defs, c->procedure) : NULL;

	return p ? titled(w, p->title, kind) : kind;
}

static struct str
joined(const struct words *w, const struct id_list *ids,
    struct str (*name)(const struct words *w, struct str id))
{
	struct buf b = { .arena = w->arena };

	for (size_t i = 0; i < ids->n; i++) {
		if (i)
			buf_put(&b, S("、"));
		buf_put(&b, name(w, ids->v[i]));
	}
	return buf_str(&b);
}

struct str
words_fields(const struct words *w, const struct id_list *ids)
{
	return joined(w, ids, words_field);
}

struct str
words_actions(const struct words *w, const struct id_list *ids)
{
	return joined(w, ids, words_action);
}

/* Of the closed list; one that is not there is read as it is written. */
static struct str
choice(const struct words *w, const char *list, struct str id)
{
	const struct choice_list *all = map_find(&w->defs->choices, str_z(list));

	if (str_eq(id, S("actor"))) /* of a manner: whoever did what is undone */
		return S("“原办理人”");
	for (size_t i = 0; all && i < all->n; i++)
		if (str_eq(all->v[i].id, id))
			return all->v[i].title;
	return S("");
}

static struct str
competence(const struct words *w, struct str id)
{
	const struct str title = choice(w, "competences", id);

	return title.n ? titled(w, title, id) : id;
}

struct str
words_competences(const struct words *w, const struct id_list *by)
{
	return joined(w, by, competence);
}

struct str
words_paper(const struct words *w, struct str form)
{
	const struct str title = choice(w, "paper-forms", form);

	return title.n ? title : form;
}

/* --- conditions --- */

static const struct {
	struct str feel, words;
} tokens[] = {
	{ S("and"), S("且") },
	{ S("or"), S("或者") },
	{ S("not"), S("并非") },
	{ S("null"), S("空") },
	{ S("true"), S("是") },
	{ S("false"), S("否") },
	{ S("if"), S("如果") },
	{ S("then"), S("则") },
	{ S("else"), S("否则") },
	{ S("every"), S("每个") },
	{ S("some"), S("有的") },
	{ S("in"), S("属于") },
	{ S("satisfies"), S("符合") },
	{ S("count"), S("个数") },
	{ S("done"), S("办理之日") },
	{ S("here"), S("在本系统办理") },
	{ S("stage"), S("所在阶段") },
	{ S("actor"), S("办理人") },
	{ S("passed"), S("已通过") },
	{ S("all_closed"), S("已全部办结") },
	{ S("open"), S("正在办理") },
	{ S("outcome"), S("办理结果") },
	{ S("handled"), S("承办的未办结事项") },
	{ S("blocks"), S("有这些号码的号段") },
	{ S(">="), S("≥") },
	{ S("<="), S("≤") },
	{ S("!="), S("≠") },
};

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* A name, an operator of two signs, a text in quotes, or one byte. */
static struct str
take_token(struct str *rest)
{
	size_t n = 1;

	if (rest->p[0] == '"') {
		while (n < rest->n && rest->p[n] != '"')
			n += rest->p[n] == '\\' ? 2 : 1;
		n++;
	} else if (is_name_char(rest->p[0])) {
		while (n < rest->n && is_name_char(rest->p[n]))
			n++;
	} else if (rest->n > 1 && strchr("<>!", rest->p[0]) && rest->p[1] == '=') {
		n = 2;
	}
	n = n > rest->n ? rest->n : n;
	*rest = str_sub(*rest, n, rest->n);
	return (struct str){ rest->p - n, n };
}

static bool
put_known(const struct words *w, struct buf *b, struct str token)
{
	const struct str field = words_field(w, token);

	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
		if (str_eq(tokens[i].feel, token)) {
			buf_put(b, tokens[i].words);
			return true;
		}
	if (str_eq(field, token))
		return false;
	buf_put(b, field);
	return true;
}

/* What stands in quotes: a kind of children, or an option of some field. */
static struct str
quoted(const struct words *w, struct str text)
{
	const struct stage_def *stage = w->of ? stage_find(w->of, text) : NULL;

	if (w->of && child_find(w->of, text))
		return words_child(w, text);
	for (size_t i = 0; i < w->fields->n; i++)
		for (size_t k = 0; k < w->fields->v[i].options.n; k++)
			if (str_eq(w->fields->v[i].options.v[k].id, text))
				return titled(
				    w, w->fields->v[i].options.v[k].title, text);
	return stage ? titled(w, stage->title, text)
		     : str_fmt(w->arena, "“%.*s”", STR_ARG(text));
}

/* The two names behind `acts` or `clocks`: `.discuss.day`; false: something else. */
static bool
path_take(struct str *rest, struct str *name, struct str *last)
{
	struct str after = *rest;

	for (int i = 0; i < 2; i++) {
		if (after.n < 2 || after.p[0] != '.')
			return false;
		after = str_sub(after, 1, after.n);
		*(i ? last : name) = take_token(&after);
	}
	*rest = after;
	return true;
}

/* acts.discuss.day → 办理“集体讨论”的日期; false: no such path. */
static bool
put_act(const struct words *w, struct buf *b, struct str *rest)
{
	struct str after = *rest, name, last;

	if (!w->of || !path_take(&after, &name, &last))
		return false;
	for (size_t i = 0; i < w->of->actions.n; i++) {
		const struct action_def *a = &w->of->actions.v[i];

		if (!str_eq(field_name_of(w->arena, a->id), name))
			continue;
		buf_fmt(b, "办理“%.*s”的%s", STR_ARG(a->title),
		    str_eq(last, S("day")) ? "日期" : "人");
		*rest = after;
		return true;
	}
	return false;
}

/* clocks.pay.due → 期限“缴纳罚款”的届满日; false: no such path. */
static bool
put_clock(const struct words *w, struct buf *b, struct str *rest)
{
	struct str after = *rest, name, last;

	if (!w->of || !path_take(&after, &name, &last))
		return false;
	for (size_t i = 0; i < w->of->clocks.n; i++) {
		const struct clock_def *c = &w->of->clocks.v[i];

		if (!str_eq(field_name_of(w->arena, c->id), name))
			continue;
		buf_fmt(b, "期限“%.*s”的%s", STR_ARG(c->title),
		    str_eq(last, S("due"))      ? "届满日"
		    : str_eq(last, S("amount")) ? "逾期数额"
						: "状态");
		*rest = after;
		return true;
	}
	return false;
}

/* A name that no title stands for. */
static bool
has_code(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z'))
			return true;
	return false;
}

struct str
words_condition(const struct words *w, const struct feel *e)
{
	struct buf b = { .arena = w->arena };
	struct str rest = feel_text(e);

	buf_put(&b, S("「"));
	while (rest.n) {
		const struct str token = take_token(&rest);

		if ((str_eq(token, S("acts")) && put_act(w, &b, &rest)) ||
		    (str_eq(token, S("clocks")) && put_clock(w, &b, &rest)))
			continue;
		if (token.p[0] == '"' && token.n > 1)
			buf_put(&b, quoted(w, str_sub(token, 1, token.n - 1)));
		else if (token.p[0] == '\n' || token.p[0] == '\t')
			buf_put_byte(&b, ' ');
		else if (token.p[0] == '.' && rest.n && is_name_char(rest.p[0]))
			buf_put(&b, S("的"));
		else if (!put_known(w, &b, token))
			buf_put(&b, token);
	}
	buf_put(&b, S("」"));
	return w->plain && has_code(buf_str(&b)) ? S("") : buf_str(&b);
}
