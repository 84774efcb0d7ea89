/*
 * The bytes of a file that a matter or an entry holds: of a matter only for who may read
 * the field it stands in, of an entry for who keeps the register or reads the record; and
 * not before it is noted who opened it. Always a download: what a stranger uploaded
 * is never shown inside our own pages.
 */
#include "act/door.h"
#include "store/bytes.h"
#include "web/exchange.h"
#include "web/pages/page.h"
#include "web/pages/show.h"
#include "web/site.h"
#include "web/word.h"

/* The file's entry { digest name size } anywhere below the value, or NULL. */
static const struct value *
file_below(const struct value *v, struct str digest)
{
	const struct value *found = NULL;

	if (v->kind == V_MAP && str_eq(value_str(value_get(v, S("digest"))), digest) &&
	    value_get(v, S("size"))->kind == V_INT)
		return v;
	for (size_t i = 0; v->kind == V_LIST && i < v->list.n && !found; i++)
		found = file_below(&v->list.items[i], digest);
	for (size_t i = 0; v->kind == V_MAP && i < v->map.n && !found; i++)
		found = file_below(&v->map.pairs[i].value, digest);
	return found;
}

bool
file_may(struct view *v, struct str subject)
{
	const struct register_def *def = defs_register(v->defs, subject_family(subject));
	static struct str readers[] = { S("read-record") };

	return !def || view_may(v, &def->by) ||
	       view_may(v, &(const struct id_list){ .v = readers, .n = 1, .cap = 1 });
}

static enum err
file_find(struct view *v, struct str subject, struct str digest, struct value *out)
{
	struct cx *cx = &v->x->cx;
	struct id_list masks, hidden;
	const struct value *fields, *found = NULL;
	struct value state;

	if (defs_register(v->defs, subject_family(subject))) {
		hidden = (struct id_list){ 0 };
		TRY(read_entry(cx, &v->r, subject, cx_today(cx), READ_NOW, &state));
		fields = value_get(&state, S("values"));
	} else {
		TRY(read_matter(cx, &v->r, subject, &state));
		TRY(ask_hidden(cx, &v->r, v->defs, v->person, subject, &masks, &hidden));
		fields = value_get(&state, S("fields"));
	}
	for (size_t i = 0; fields->kind == V_MAP && i < fields->map.n && !found; i++)
		if (!id_list_has(&hidden, fields->map.pairs[i].key))
			found = file_below(&fields->map.pairs[i].value, digest);
	if (!found)
		return word_fail(cx, ERR_NOT_FOUND, W(no_such));
	*out = *found;
	return ERR_OK;
}

void
page_file(struct exchange *x)
{
	const struct str digest = x->req.args[2];
	struct value file, more = value_map();
	struct str subject, bytes;
	VIEW v = { 0 };

	if (!view_open(x, &v))
		return;
	subject = show_subject(x, 0, 1);
	if (!file_may(&v, subject)) {
		respond_error(x, 403);
		return;
	}
	if (!view_ok(&v, file_find(&v, subject, digest, &file)))
		return;
	value_set_text(&x->arena, &more, "digest", digest);
	if (!view_ok(
		&v, bytes_read(&x->cx, v.r.db, v.r.log, digest, 0, UPLOAD_MAX, &bytes)) ||
	    !view_ok(&v,
		door_access(&x->cx, x->site->door, v.person, S("file"), subject, &more)))
		return;
	respond_download(x, S("application/octet-stream"),
	    value_str(value_get(&file, S("name"))), bytes);
}
