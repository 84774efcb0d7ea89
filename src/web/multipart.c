/*
 * A window of fixed size slides over the stream. A delimiter may be split between two
 * arrivals, so the last bytes that could begin one are kept back until more has come.
 */
#include "web/multipart.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "web/form.h"

enum { WINDOW = 32 << 10, PART_HEAD_MAX = 8 << 10 };

enum multipart_state { PREAMBLE, AFTER_DELIMITER, PART_HEAD, PART_BODY, EPILOGUE };

struct multipart {
	enum multipart_state state;
	struct str delimiter; /* CR LF "--" boundary */
	struct str folder;
	struct request *req;
	char *window;
	size_t n; /* bytes in the window */
	int64_t files_left, texts_left;
	struct str name; /* of the part being read */
	struct buf text; /* of a part that is not a file */
	size_t file;     /* its index + 1 in req->files; 0 = a text */
	int fd;
};

/* The value of `key` in "form-data; name=\"a\"; filename=\"b\"", or an empty view with p
 * NULL. */
static struct str
disposition_get(struct str header, struct str key)
{
	struct str part;

	while (str_split(&header, S(";"), &part)) {
		part = str_trim(part);
		if (!str_starts(part, key) || part.n <= key.n || part.p[key.n] != '=')
			continue;
		struct str v = str_sub(part, key.n + 1, part.n);
		if (v.n >= 2 && v.p[0] == '"') {
			/* The value may hold ';': take what stands between the quotes. */
			const char *end = header.p ? header.p + header.n
						   : part.p + part.n;
			const struct str rest = { v.p + 1, (size_t)(end - v.p - 1) };
			const size_t quote = str_find(rest, S("\""), 0);

			return str_sub(rest, 0, quote);
		}
		return v;
	}
	return (struct str){ 0 };
}

/* Browsers write quotes and line ends inside a name as %22 %0D %0A and nothing else so.
 */
static struct str
disposition_text(struct arena *a, struct str s)
{
	s = str_replace(a, s, S("%22"), S("\""));
	s = str_replace(a, s, S("%0D"), S(" "));
	return str_replace(a, s, S("%0A"), S(" "));
}

static bool
header_is(struct str line, struct str name, struct str *value)
{
	if (line.n <= name.n || line.p[name.n] != ':')
		return false;
	if (strncasecmp(line.p, name.p, name.n) != 0)
		return false;
	*value = str_trim(str_sub(line, name.n + 1, line.n));
	return true;
}

enum err
multipart_begin(struct cx *cx, struct str content_type, struct str folder,
    int64_t files_max, struct request *req, struct multipart **out)
{
	struct multipart *m = arena_new(cx->arena, struct multipart);
	struct str boundary = disposition_get(content_type, S("boundary"));

	if (boundary.n == 0 || boundary.n > 70)
		return fail(cx, ERR_INPUT, "multipart form without a boundary");
	m->delimiter = str_fmt(cx->arena, "\r\n--%.*s", STR_ARG(boundary));
	m->folder = folder;
	m->req = req;
	m->window = arena_alloc(cx->arena, WINDOW);
	memcpy(
	    m->window, "\r\n", 2); /* so that the first boundary looks like the others */
	m->n = 2;
	m->files_left = files_max;
	m->texts_left = FORM_MAX;
	m->fd = -1;
	*out = m;
	return ERR_OK;
}

void
multipart_close(struct multipart *m)
{
	if (m && m->fd >= 0) {
		close(m->fd);
		m->fd = -1;
	}
}

static enum err
file_begin(struct cx *cx, struct multipart *m, struct str filename)
{
	char *path = str_cz(
	    cx->arena, str_fmt(cx->arena, "%.*s/upload-XXXXXX", STR_ARG(m->folder)));

	m->fd = mkostemp(path, 0);
	if (m->fd < 0)
		return fail(cx, ERR_STORE, "cannot write uploads: %s", strerror(errno));
	struct upload *u = list_add(cx->arena, &m->req->files);
	u->name = m->name;
	u->filename = filename;
	u->path = str_z(path);
	m->file = m->req->files.n;
	return ERR_OK;
}

static enum err
part_begin(struct cx *cx, struct multipart *m, struct str head)
{
	struct str line, value, disposition = { 0 };

	while (str_split(&head, S("\r\n"), &line))
		if (header_is(line, S("content-disposition"), &value))
			disposition = value;
	m->name = str_copy(cx->arena, disposition_get(disposition, S("name")));
	m->name = disposition_text(cx->arena, m->name);
	struct str filename = disposition_get(disposition, S("filename"));
	if (m->name.n == 0 || !str_is_utf8(m->name))
		return fail(cx, ERR_INPUT, "part of a form without a name");
	if (m->req->form.n + m->req->files.n >= FIELDS_MAX)
		return fail(cx, ERR_INPUT, "more than %d fields", FIELDS_MAX);
	m->state = PART_BODY;
	m->file = 0;
	m->text = (struct buf){ .arena = cx->arena };
	if (filename.p == NULL)
		return ERR_OK;
	filename = disposition_text(cx->arena, str_copy(cx->arena, filename));
	if (!str_is_utf8(filename))
		return fail(cx, ERR_INPUT, "file name is not UTF-8");
	for (size_t i = filename.n; i > 0; i--) /* some send a whole path */
		if (filename.p[i - 1] == '/' || filename.p[i - 1] == '\\') {
			filename = str_sub(filename, i, filename.n);
			break;
		}
	return file_begin(cx, m, filename);
}

static enum err
part_put(struct cx *cx, struct multipart *m, struct str bytes)
{
	if (m->file == 0) {
		m->texts_left -= (int64_t)bytes.n;
		if (m->texts_left < 0)
			return fail(
			    cx, ERR_INPUT, "texts of a form over %d bytes", FORM_MAX);
		buf_put(&m->text, bytes);
		return ERR_OK;
	}
	m->files_left -= (int64_t)bytes.n;
	if (m->files_left < 0) {
		m->req->over_limit = true;
		return ERR_OK;
	}
	m->req->files.v[m->file - 1].size += (int64_t)bytes.n;
	while (bytes.n) {
		const ssize_t wrote = write(m->fd, bytes.p, bytes.n);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return fail(
			    cx, ERR_STORE, "cannot write uploads: %s", strerror(errno));
		bytes = str_sub(bytes, (size_t)wrote, bytes.n);
	}
	return ERR_OK;
}

static enum err
part_end(struct cx *cx, struct multipart *m)
{
	struct str text;

	m->state = AFTER_DELIMITER;
	if (m->file == 0) {
		TRY(form_text(cx, buf_str(&m->text), &text));
		params_add(cx->arena, &m->req->form, m->name, text);
		return ERR_OK;
	}
	multipart_close(m);
	const struct upload *u = &m->req->files.v[m->file - 1];
	if (u->filename.n == 0 && u->size == 0) { /* a file input that was left empty */
		unlink(u->path.p);
		m->req->files.n--;
	}
	return ERR_OK;
}

/* Does what the window allows; *used bytes of it are spent. false in *more: wait for
 * bytes. */
static enum err
window_read(struct cx *cx, struct multipart *m, size_t *used, bool *more)
{
	const struct str w = { m->window, m->n };
	size_t at;

	*used = 0;
	*more = false;
	switch (m->state) {
	case PREAMBLE:
	case PART_BODY:
		at = str_find(w, m->delimiter, 0);
		*more = at != SIZE_MAX;
		if (at == SIZE_MAX)
			at = w.n < m->delimiter.n ? 0 : w.n - m->delimiter.n + 1;
		*used = *more ? at + m->delimiter.n : at;
		if (m->state == PART_BODY)
			TRY(part_put(cx, m, str_sub(w, 0, at)));
		if (!*more)
			return ERR_OK;
		if (m->state == PART_BODY)
			return part_end(cx, m);
		m->state = AFTER_DELIMITER;
		return ERR_OK;
	case AFTER_DELIMITER:
		if (w.n < 2)
			return ERR_OK;
		if (!str_starts(w, S("--")) && !str_starts(w, S("\r\n")))
			return fail(cx, ERR_INPUT, "broken boundary in a form");
		m->state = w.p[0] == '-' ? EPILOGUE : PART_HEAD;
		*used = 2;
		*more = true;
		return ERR_OK;
	case PART_HEAD:
		at = str_find(w, S("\r\n\r\n"), 0);
		if (at == SIZE_MAX && w.n > PART_HEAD_MAX)
			return fail(
			    cx, ERR_INPUT, "head of a part over %d bytes", PART_HEAD_MAX);
		if (at == SIZE_MAX)
			return ERR_OK;
		*used = at + 4;
		*more = true;
		return part_begin(cx, m, str_sub(w, 0, at));
	case EPILOGUE:
		*used = w.n;
		return ERR_OK;
	}
	return ERR_OK;
}

enum err
multipart_put(struct cx *cx, struct multipart *m, struct str bytes)
{
	while (bytes.n) {
		const size_t room = WINDOW - m->n, n = bytes.n < room ? bytes.n : room;
		bool more = true;

		memcpy(m->window + m->n, bytes.p, n);
		m->n += n;
		bytes = str_sub(bytes, n, bytes.n);
		while (more) {
			size_t used;

			TRY(window_read(cx, m, &used, &more));
			memmove(m->window, m->window + used, m->n - used);
			m->n -= used;
		}
	}
	return ERR_OK;
}

enum err
multipart_end(struct cx *cx, struct multipart *m)
{
	multipart_close(m);
	if (m->state != EPILOGUE)
		return fail(cx, ERR_INPUT, "form is cut off");
	return ERR_OK;
}
