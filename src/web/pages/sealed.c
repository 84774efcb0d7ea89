/*
 * What was sealed, opened for one reader: asked for on a page of its own, so that nobody
 * opens it by scrolling past, and shown only in the answer to that post.
 */
#include "web/pages/sealed.h"

#include "act/amend.h"
#include "act/door.h"
#include "base/date.h"
#include "web/component.h"
#include "web/field.h"
#include "web/layout.h"
#include "web/pages/page.h"
#include "web/pages/show.h"
#include "web/site.h"
#include "web/word.h"

struct destruction {
	int64_t seq; /* of the event whose part it was */
	struct str part, actor, reason;
	int64_t day;
};

/* Of one subject, read once a page. */
struct sealed_about {
	bool may;
	struct read_page history;
	LIST(struct destruction) gone;
};

static void
gone_read(struct arena *a, const struct value *event, struct sealed_about *out)
{
	const struct value *parts = value_path(event, "open.parts");

	if (!str_eq(value_str(value_get(event, S("kind"))), S("destroyed")))
		return;
	for (size_t i = 0; i < value_count(parts); i++) {
		const struct value *one = value_at(parts, i);

		*list_add(a, &out->gone) = (struct destruction){
			.seq = value_num(value_get(one, S("seq"))),
			.part = value_str(value_get(one, S("part"))),
			.actor = value_str(value_get(event, S("actor"))),
			.reason = value_str(value_path(event, "open.reason")),
			.day = value_num(value_get(event, S("done")))
		};
	}
}

static enum err
about_load(struct view *v)
{
	struct cx *cx = &v->x->cx;
	struct sealed_about *s = arena_new(cx->arena, struct sealed_about);

	TRY(read_history(cx, &v->r, v->about, &s->history));
	for (size_t i = 0; i < s->history.n; i++)
		gone_read(cx->arena, &s->history.v[i], s);
	TRY(ask_may_unseal(cx, &v->r, v->defs, v->person, v->about, &s->may));
	v->sealed = s;
	return ERR_OK;
}

static const struct destruction *
gone_find(const struct sealed_about *s, struct str place)
{
	struct str part;
	int64_t seq;

	for (size_t i = 0; part_place(place, &seq, &part) && i < s->gone.n; i++)
		if (s->gone.v[i].seq == seq && str_eq(s->gone.v[i].part, part))
			return &s->gone.v[i];
	return NULL;
}

static struct str
sealed_path(struct view *v, struct str place)
{
	return str_fmt(
	    &v->x->arena, "/m/%.*s/sealed/%.*s", STR_ARG(v->about), STR_ARG(place));
}

void
sealed_put(struct html *h, struct view *v, struct str place)
{
	struct arena *a = &v->x->arena;
	const struct destruction *d;

	if (!v->about.n || (!v->sealed && about_load(v) != ERR_OK)) {
		html(h, T(W(sealed)));
		return;
	}
	d = gone_find(v->sealed, place);
	if (d)
		html(h, T(word_fill(a, W(sealed_gone), day_chinese(a, d->day),
			    show_name(v, d->actor))));
	else
		html(h, T(W(sealed)));
	if (!d && v->sealed->may)
		html(h, L(" <a href=\""), U(sealed_path(v, place)), L("\">"),
		    T(W(sealed_open)), L("</a>"));
}

/* ---- the page ---- */

struct sealed_page {
	struct view *v;
	struct str place;
	const struct value *event;             /* that holds the part */
	const struct register_def *reg;        /* of the subject, or */
	const struct procedure_def *procedure; /* the edition of the event */
};

static enum err
page_load(struct view *v, struct sealed_page *p)
{
	struct cx *cx = &v->x->cx;
	struct str part;
	int64_t seq;

	*p = (struct sealed_page){ .v = v, .place = v->x->req.args[2] };
	v->about = show_subject(v->x, 0, 1);
	if (!v->about.n || !part_place(p->place, &seq, &part))
		return word_fail(cx, ERR_NOT_FOUND, W(none_sealed));
	TRY(about_load(v));
	for (size_t i = 0; i < v->sealed->history.n && !p->event; i++)
		if (value_num(value_get(&v->sealed->history.v[i], S("seq"))) == seq)
			p->event = &v->sealed->history.v[i];
	if (!p->event)
		return word_fail(cx, ERR_NOT_FOUND, W(none_sealed));
	p->reg = defs_register(v->defs, subject_family(v->about));
	p->procedure = defs_edition(v->defs,
	    value_str(value_get(p->event, S("definition"))), subject_family(v->about));
	return ERR_OK;
}

static struct html *
sealed_open(struct sealed_page *p)
{
	struct view *v = p->v;

	return page_open(v->x, .title = W(sealed_title), .above = show_name(v, v->about),
	    .crumbs = { { W(home), S("/") },
		{ show_name(v, v->about), show_path(&v->x->arena, v->about) } });
}

/* Who else may: the competences that the definition names, by their titles. */
static void
refused(struct sealed_page *p)
{
	struct view *v = p->v;
	const struct id_list none = { 0 };
	const struct id_list *by = p->reg         ? &p->reg->unseals
				   : p->procedure ? &p->procedure->unseals
						  : &none;
	const struct register_def *competences = defs_register(v->defs, S("competences"));
	const struct field *what = field_find(&competences->fields, S("what"));
	struct html *h = sealed_open(p);

	notice_open(h, TONE_WARN, W(sealed_not_yours));
	html(h, L("<p>"), T(by->n ? W(sealed_whose) : W(sealed_nobody)));
	for (size_t i = 0; what && i < by->n; i++)
		html(h, T(i ? W(list_comma) : S("")), T(choice_title(what, by->v[i])));
	html(h, L("</p>\n"));
	notice_close(h);
	button_link(h, show_path(&v->x->arena, v->about), W(act_back));
	page_close(v->x, h, 403);
}

static void
destroyed(struct sealed_page *p, const struct destruction *d)
{
	struct view *v = p->v;
	struct arena *a = &v->x->arena;
	struct html *h = sealed_open(p);

	empty_put(h, W(sealed_destroyed),
	    word_fill(a, W(sealed_destroyed_by), day_chinese(a, d->day),
		show_name(v, d->actor), d->reason));
	button_link(h, show_path(a, v->about), W(act_back));
	page_close(v->x, h, 410);
}

/* true: the part is there and this reader may open it; else the exchange is answered. */
static bool
sealed_ready(struct view *v, struct sealed_page *p)
{
	const struct destruction *d;

	if (!view_ok(v, page_load(v, p)))
		return false;
	d = gone_find(v->sealed, p->place);
	if (d)
		destroyed(p, d);
	else if (!v->sealed->may)
		refused(p);
	return !d && v->sealed->may;
}

static void
destroy_put(struct html *h, struct sealed_page *p)
{
	struct arena *a = &p->v->x->arena;
	const struct id_list *by = p->reg         ? &p->reg->destroys
				   : p->procedure ? &p->procedure->destroys
						  : NULL;

	if (by && view_may(p->v, by))
		html(h, L("<p><a href=\""),
		    U(url_query(a, str_fmt(a, "/m/%.*s/do/destroy", STR_ARG(p->v->about)),
			{ S("part"), p->place })),
		    L("\">"), T(W(act_destroy)), L("</a></p>\n"));
}

void
page_sealed(struct exchange *x)
{
	struct sealed_page p;
	struct html *h;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !sealed_ready(&v, &p))
		return;
	h = sealed_open(&p);
	html(h, L("<p class=\"lead\">"), T(W(sealed_lead)), L("</p>\n"));
	form_open(h, sealed_path(&v, p.place));
	button_row_open(h);
	button_primary(h, W(sealed_open));
	button_link(h, show_path(&x->arena, v.about), W(act_back));
	button_row_close(h);
	form_close(h);
	destroy_put(h, &p);
	page_close(x, h, 200);
}

/* A field of the definition, or a column of its rows. */
static const struct field *
field_named(const struct sealed_page *p, struct str id)
{
	const struct field_list *fields = p->reg         ? &p->reg->fields
					  : p->procedure ? &p->procedure->fields
							 : NULL;
	const struct field *found = fields ? field_find(fields, id) : NULL;

	for (size_t i = 0; fields && !found && i < fields->n; i++)
		found = field_find(&fields->v[i].columns, id);
	return found;
}

void
page_sealed_post(struct exchange *x)
{
	struct sealed_page p;
	struct value part;
	struct html *h;
	enum err err;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !sealed_ready(&v, &p))
		return;
	err = door_read_sealed(&x->cx, x->site->door, v.person, v.about, p.place, &part);
	if (err == ERR_REFUSED) { /* a mask, which only the door knows of */
		refused(&p);
		return;
	}
	if (!view_ok(&v, err))
		return;
	h = sealed_open(&p);
	html(h, L("<p class=\"hint\">"), T(W(sealed_shown)), L("</p>\n"));
	facts_open(h);
	for (size_t i = 0; part.kind == V_MAP && i < part.map.n; i++) {
		const struct field *f = field_named(&p, part.map.pairs[i].key);

		if (!f)
			continue;
		fact_open(h, f->title);
		show_value(h, &v, f, &part.map.pairs[i].value);
		fact_close(h);
	}
	facts_close(h);
	button_link(h, show_path(&x->arena, v.about), W(act_back));
	destroy_put(h, &p);
	page_close(x, h, 200);
}
