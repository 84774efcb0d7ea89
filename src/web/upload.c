/* Files are read one at a time into memory that ends with each: a form may bring many. */
#include "web/upload.h"

#include "act/door.h"
#include "base/crypto.h"
#include "base/encode.h"
#include "base/file.h"
#include "store/bytes.h"
#include "web/draft.h"
#include "web/session.h"
#include "web/site.h"
#include "web/view.h"
#include "web/word.h"

void
upload_refuse(
    struct exchange *x, const struct upload *u, enum accepted is, struct str why)
{
	*list_add(&x->arena, &x->cx.refusals) = (struct refusal){
		.code = is == ACCEPT_ASKS ? UPLOAD_ASKS_CODE : S("form"),
		.field = u->name,
		.message = why
	};
}

enum accepted
upload_judge(struct exchange *x, const struct upload *u, struct str *why)
{
	struct arena scratch AUTO(arena_free) = { 0 };
	struct cx own = { .arena = &scratch };
	struct str bytes, said = S("");
	enum accepted is;

	*why = S("");
	if (u->size > ACCEPT_BYTES_MAX) {
		*why = word_fill(&x->arena, W(upload_large), u->filename,
		    str_fmt(&x->arena, "%d", ACCEPT_BYTES_MAX >> 20));
		return ACCEPT_REFUSED;
	}
	if (file_read(&own, u->path, ACCEPT_BYTES_MAX, &bytes) != ERR_OK) {
		*why = W(upload_unread);
		return ACCEPT_REFUSED;
	}
	is = accept_judge(&own, u->filename, bytes, &said);
	if (is == ACCEPT_ASKS && form_get(x, S("internal")).n)
		return ACCEPTED;
	*why = str_copy(&x->arena, said);
	return is;
}

bool
uploads_judge(struct exchange *x, struct str field, size_t files_max)
{
	const size_t before = x->cx.refusals.n;
	size_t n = 0;
	struct str why;
	enum accepted is;

	for (size_t i = 0; i < x->req.files.n; i++) {
		const struct upload *u = &x->req.files.v[i];

		if (!u->size || (field.n && !str_eq(u->name, field)))
			continue;
		if (++n > files_max) {
			upload_refuse(x, u, ACCEPT_REFUSED,
			    word_fill(&x->arena, W(upload_many),
				str_fmt(&x->arena, "%zu", files_max)));
			break;
		}
		is = upload_judge(x, u, &why);
		if (is != ACCEPTED)
			upload_refuse(x, u, is, why);
	}
	return x->cx.refusals.n == before;
}

enum err
upload_keep(struct exchange *x, const struct upload *u, struct value *out)
{
	struct value file = value_map();
	struct str digest;
	int64_t size;

	TRY(door_keep_file(&x->cx, x->site->door, u->path, &digest, &size));
	TRY(brought_note(&x->cx, x->site->drafts, digest, x->session->person));
	value_set_text(&x->arena, &file, "digest", digest);
	value_set_text(&x->arena, &file, "name", u->filename);
	value_set_int(&x->arena, &file, "size", size);
	*out = file;
	return ERR_OK;
}

/* ---- whose it is ---- */

static bool
holds(const struct value *v, struct str digest)
{
	if (v->kind == V_MAP && str_eq(value_str(value_get(v, S("digest"))), digest))
		return true;
	for (size_t i = 0; v->kind == V_LIST && i < v->list.n; i++)
		if (holds(&v->list.items[i], digest))
			return true;
	for (size_t i = 0; v->kind == V_MAP && i < v->map.n; i++)
		if (holds(&v->map.pairs[i].value, digest))
			return true;
	return false;
}

enum err
upload_is_own(
    struct view *v, const struct value *held, struct str digest, bool *own, int64_t *size)
{
	struct exchange *x = v->x;
	enum err err;

	*own = false;
	if (!hex_is(digest, 2 * DIGEST_SIZE))
		return ERR_OK;
	*own = holds(held, digest);
	if (!*own)
		TRY(brought_by(&x->cx, x->site->drafts, digest, v->person, own));
	if (!*own)
		return ERR_OK;
	err = bytes_have(&x->cx, v->r.db, v->r.log, digest, size);
	*own = err == ERR_OK;
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}
