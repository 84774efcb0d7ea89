/*
 * Importing a plan: the upload, the list of what is under way, and what its pages share.
 */
#include "web/pages/import.h"

#include "base/crypto.h"
#include "base/file.h"
#include "web/field.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/upload.h"
#include "web/word.h"

bool
import_allowed(struct view *v)
{
	bool import = false, adopt = false;

	if (!view_ok(
		v, ask_can(&v->x->cx, &v->r, v->person, S("import-plan"), &import)) ||
	    !view_ok(v, ask_can(&v->x->cx, &v->r, v->person, S("adopt-plan"), &adopt)))
		return false;
	if (!import && !adopt)
		respond_error(v->x, 403);
	return import || adopt;
}

struct str
import_path(const struct import *i, const char *end)
{
	return str_fmt(&i->x->arena, "/plan/import/%.*s%s", STR_ARG(i->draft.id), end);
}

static void
amends_load(struct import *i)
{
	const struct value *list = value_get(&i->draft.state, S("amend"));

	i->n_amend = value_count(list);
	i->amend = arena_array(&i->x->arena, struct amend, i->n_amend + 1);
	for (size_t k = 0; k < i->n_amend; k++) {
		const struct value *one = value_at(list, k);

		i->amend[k] = (struct amend){ (size_t)value_num(
						  value_get(one, S("line"))),
			value_str(value_get(one, S("text"))),
			value_str(value_get(one, S("to"))) };
	}
}

static enum err
import_read(struct import *i)
{
	struct cx *cx = &i->x->cx;

	TRY(draft_file_get(cx, i->x->site->drafts, i->draft.id, 0, &i->file));
	amends_load(i);
	TRY(plan_source_open(cx, i->file.bytes, &i->source));
	TRY(plan_amend(cx, &i->source, i->amend, i->n_amend));
	TRY(plan_read_source(cx, &i->source, &i->plan));
	adopt_names(cx, i->v->defs, i->plan, &i->names);
	return ERR_OK;
}

bool
import_open(struct exchange *x, struct view *v, struct import *i)
{
	enum err err;

	*i = (struct import){ .x = x, .v = v };
	if (!view_open(x, v) || !import_allowed(v))
		return false;
	err = draft_get(&x->cx, x->site->drafts, IMPORT_KIND, x->req.args[0], &i->draft);
	if (err == ERR_NOT_FOUND) { /* also who goes back, or sends the last form twice */
		respond_missing(x, W(import_gone));
		return false;
	}
	return view_ok(v, err) && view_ok(v, import_read(i));
}

enum err
import_save(struct import *i)
{
	return draft_set(&i->x->cx, i->x->site->drafts, i->draft.id, &i->draft.state);
}

struct str
import_twin(struct import *i, bool *same_file)
{
	struct cx *cx = &i->x->cx;
	const struct read_filter same = { S("digest"), READ_IS,
		*value_get(&i->draft.state, S("digest")) };
	const struct read_query q = { .family = S("plans"), .filters = &same, .n = 1 };
	struct read_page page;
	struct value entry;

	*same_file = false;
	if (read_entries(cx, &i->v->r, &q, cx_today(cx), &page) == ERR_OK && page.n) {
		*same_file = true;
		return value_str(value_get(&page.v[0], S("subject")));
	}
	if (read_entry_by(cx, &i->v->r, S("plans"), S("title"), i->plan->title,
		cx_today(cx), &entry) == ERR_OK)
		return value_str(value_get(&entry, S("subject")));
	return S("");
}

static void
twin_put(struct html *h, struct import *i)
{
	bool same_file;
	const struct str twin = import_twin(i, &same_file);

	if (!twin.n || value_get(&i->draft.state, S("plan"))->kind == V_TEXT)
		return;
	notice_open(h, TONE_WARN, same_file ? W(import_same_file) : W(import_same_name));
	html(h, L("<p>"),
	    T(word_fill(&i->x->arena, W(import_twin),
		ask_name(&i->x->cx, &i->v->r, i->v->defs, twin))),
	    L("</p>"));
	notice_close(h);
}

struct html *
import_page(struct import *i, int step)
{
	struct exchange *x = i->x;
	struct html *h = page_open(x, .title = i->plan->title, .above = W(plan_import),
	    .section = S("/plan"), .wide = step == 2,
	    .crumbs = {
		{ W(plans), S("/plan") }, { W(import_crumb), S("/plan/import") } });

	error_summary(h);
	tabs(h, W(import_steps),
	    (const struct tab[]){ { W(import_step_1), import_path(i, ""), -1, step == 1 },
		{ W(import_step_2), import_path(i, "/names"), -1, step == 2 },
		{ W(import_step_3), import_path(i, "/confirm"), -1, step == 3 } },
	    3);
	twin_put(h, i);
	return h;
}

void
page_import_file(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (import_open(x, &v, &i))
		respond_download(
		    x, S("application/octet-stream"), i.file.name, i.file.bytes);
}

/* The text that was read, amended, whose lines are those that the review counts. */
void
page_import_text(struct exchange *x)
{
	struct import i;
	VIEW v = { 0 };

	if (!import_open(x, &v, &i))
		return;
	if (i.source.kind == PLAN_SOURCE_LEDGER)
		respond_error(x, 404);
	else
		respond_download(x, S("text/plain; charset=utf-8"),
		    str_fmt(&x->arena, "%.*s.txt", STR_ARG(i.plan->title)),
		    i.source.text);
}

/* ---- upload ---- */

static void
unfinished_put(struct html *h, struct view *v)
{
	struct exchange *x = v->x;
	struct draft_list drafts;
	const struct grid_column columns[] = {
		{ .title = W(plan_column), .head = true, .wide = true },
		{ .title = W(file_one) }, { .title = W(import_by) },
		{ .title = W(import_on), .day = true }
	};
	struct grid t;

	if (draft_all(&x->cx, x->site->drafts, IMPORT_KIND, &drafts) != ERR_OK ||
	    !drafts.n)
		return;
	html(h, L("<h2>"), T(W(import_unfinished)), L("</h2>\n"));
	t = grid_open(h, W(import_unfinished), columns, 4);
	for (size_t i = 0; i < drafts.n; i++) {
		const struct draft *d = &drafts.v[i];

		row_open(&t);
		cell(&t, L("<a href=\""),
		    U(str_fmt(&x->arena, "/plan/import/%.*s", STR_ARG(d->id))), L("\">"),
		    T(value_str(value_get(&d->state, S("title")))), L("</a>"));
		cell(&t, L("<span class=\"code\">"),
		    T(value_str(value_get(&d->state, S("file")))), L("</span>"));
		cell(&t, T(ask_name(&x->cx, &v->r, v->defs, d->person)));
		cell(&t, T(day_chinese(&x->arena, day_of_ms(d->created))));
		row_close(&t);
	}
	grid_close(&t);
}

static void
upload_form(struct view *v, int status)
{
	struct exchange *x = v->x;
	struct html *h = page_open(x, .title = W(plan_import), .section = S("/plan"),
	    .crumbs = { { W(plans), S("/plan") } });

	error_summary(h);
	html(h, L("<p class=\"lead\">"), T(W(import_lead)), L("</p>\n"));
	form_open_files(h, S("/plan/import"));
	field_file(h, .name = S("file"), .label = W(import_file),
	    .hint = W(import_file_hint), .accept = S(".docx,.xlsx,.txt,text/plain"),
	    .mib = PLAN_FILE_MAX >> 20);
	button_row_open(h);
	button_primary(h, W(read_file));
	button_row_close(h);
	form_close(h);
	unfinished_put(h, v);
	page_close(x, h, status);
}

void
page_import(struct exchange *x)
{
	VIEW v = { 0 };

	if (view_open(x, &v) && import_allowed(&v))
		upload_form(&v, 200);
}

/* What was uploaded, read once to know that it is a plan, and kept for the review. */
static enum err
plan_keep(struct view *v, const struct upload *u, struct str *id)
{
	struct exchange *x = v->x;
	struct draft_file file = { .name = u->filename };
	struct value state = value_map();
	struct plan *plan;
	struct digest digest;

	if (u->size > PLAN_FILE_MAX)
		return word_fail(&x->cx, ERR_INPUT, W(import_large));
	TRY(file_read(&x->cx, u->path, PLAN_FILE_MAX, &file.bytes));
	TRY(plan_read(&x->cx, file.bytes, &plan));
	if (!uploads_judge(x, S("file"), 1))
		return ERR_REFUSED;
	digest = digest_of(DIGEST_SM3, file.bytes);
	value_set_text(&x->arena, &state, "file", file.name);
	value_set_text(&x->arena, &state, "title", plan->title);
	value_set_text(&x->arena, &state, "digest", digest_hex(&x->arena, &digest));
	return draft_add(
	    &x->cx, x->site->drafts, IMPORT_KIND, v->person, &state, &file, 1, id);
}

void
page_import_post(struct exchange *x)
{
	const struct upload *u = upload_find(x, S("file"));
	struct str id;
	enum err err;
	VIEW v = { 0 };

	if (!view_open(x, &v) || !import_allowed(&v))
		return;
	if (!u || !u->size) {
		form_refuse(
		    x, S("file"), u && u->filename.n ? W(import_empty) : W(file_none));
		upload_form(&v, 422);
		return;
	}
	err = plan_keep(&v, u, &id);
	if (err == ERR_INPUT)
		form_refuse(x, S("file"), x->cx.why);
	if (err == ERR_INPUT || err == ERR_REFUSED) {
		upload_form(&v, 422);
	} else if (view_ok(&v, err)) {
		respond_redirect(x, str_fmt(&x->arena, "/plan/import/%.*s", STR_ARG(id)));
	}
}
