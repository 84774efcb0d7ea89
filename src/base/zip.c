/* The only file that knows libzip. */
#include "base/zip.h"

#include <zip.h>

#include "base/bug.h"
#include "base/list.h"

enum { ENTRIES_MAX = 10000, DOS_DATE_1980_01_01 = 0x21, EMPTY_ARCHIVE = 22 };

static void
archive_free(zip_t **z)
{
	if (*z)
		zip_discard(*z);
}

static void
file_free(zip_file_t **f)
{
	if (*f)
		zip_fclose(*f);
}

static enum err
damaged(struct cx *cx, struct str name)
{
	return fail(cx, ERR_INPUT, "压缩包已损坏（%.*s）", STR_ARG(name));
}

static zip_t *
open_bytes(struct str bytes)
{
	zip_error_t why;
	zip_source_t *source;
	zip_t *z;

	zip_error_init(&why);
	source = zip_source_buffer_create(bytes.p, bytes.n, 0, &why);
	if (!source)
		bug("libzip: no source");
	z = zip_open_from_source(source, ZIP_RDONLY, &why);
	if (!z)
		zip_source_free(source);
	zip_error_fini(&why);
	return z;
}

/* The read at the end finds both a false claim of size and a wrong checksum. */
static enum err
unpack(struct cx *cx, zip_t *z, zip_uint64_t i, size_t *left, struct zip_entry *out)
{
	zip_file_t *f AUTO(file_free) = NULL;
	zip_stat_t st;
	zip_int64_t n;
	char *p, beyond;

	if (zip_stat_index(z, i, 0, &st) != 0 || !(st.valid & ZIP_STAT_SIZE) ||
	    !(st.valid & ZIP_STAT_NAME))
		return damaged(cx, S("目录"));
	out->name = str_copy(cx->arena, str_z(st.name));
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
	    st.encryption_method != ZIP_EM_NONE)
		return fail(cx, ERR_INPUT, "文件已加密，请去掉密码后再提交");
	if (st.size > *left)
		return fail(cx, ERR_INPUT, "压缩包展开后太大");
	f = zip_fopen_index(z, i, 0);
	if (!f)
		return damaged(cx, out->name);
	p = arena_alloc(cx->arena, (size_t)st.size + 1);
	n = zip_fread(f, p, st.size);
	if (n < 0 || (zip_uint64_t)n != st.size || zip_fread(f, &beyond, 1) != 0)
		return damaged(cx, out->name);
	out->bytes = (struct str){ p, (size_t)n };
	*left -= (size_t)n;
	return ERR_OK;
}

enum err
zip_unpack(struct cx *cx, struct str bytes, struct str suffix, size_t max_bytes,
    struct zip_entries *out)
{
	zip_t *z AUTO(archive_free) = open_bytes(bytes);
	struct zip_entries all = { 0 };
	size_t left = max_bytes;
	zip_int64_t n;

	if (!z ||
	    bytes.n < EMPTY_ARCHIVE) /* libzip takes no bytes for an empty archive */
		return fail(cx, ERR_INPUT, "不是压缩包，或者已损坏");
	n = zip_get_num_entries(z, 0);
	if (n > ENTRIES_MAX)
		return fail(cx, ERR_INPUT, "压缩包内文件太多");
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(z, (zip_uint64_t)i, 0);
		struct zip_entry e;

		if (!name)
			return damaged(cx, S("目录"));
		if (!str_ends(str_z(name), suffix))
			continue;
		TRY(unpack(cx, z, (zip_uint64_t)i, &left, &e));
		*list_add(cx->arena, &all) = e;
	}
	*out = all;
	return ERR_OK;
}

const struct zip_entry *
zip_find(const struct zip_entries *z, struct str name)
{
	for (size_t i = 0; i < z->n; i++)
		if (str_eq(z->v[i].name, name))
			return &z->v[i];
	return NULL;
}

static void
add(struct cx *cx, zip_t *z, const struct zip_entry *e)
{
	zip_source_t *source = zip_source_buffer(z, e->bytes.p, e->bytes.n, 0);
	zip_int64_t i;

	if (!source)
		bug("libzip: no source");
	i = zip_file_add(z, str_cz(cx->arena, e->name), source, ZIP_FL_ENC_UTF_8);
	if (i < 0)
		bug("libzip: %s", zip_strerror(z));
	if (zip_file_set_dostime(z, (zip_uint64_t)i, 0, DOS_DATE_1980_01_01, 0) != 0)
		bug("libzip: %s", zip_strerror(z));
}

static struct str
take_bytes(struct cx *cx, zip_source_t *packed)
{
	zip_stat_t st;
	char *p;

	if (zip_source_stat(packed, &st) != 0 || !(st.valid & ZIP_STAT_SIZE) ||
	    zip_source_open(packed) != 0)
		bug("libzip: what was packed cannot be read");
	p = arena_alloc(cx->arena, (size_t)st.size + 1);
	if (zip_source_read(packed, p, st.size) != (zip_int64_t)st.size)
		bug("libzip: what was packed cannot be read");
	zip_source_close(packed);
	return (struct str){ p, (size_t)st.size };
}

struct str
zip_pack(struct cx *cx, const struct zip_entry *v, size_t n)
{
	zip_error_t why;
	zip_source_t *packed;
	struct str out;
	zip_t *z;

	zip_error_init(&why);
	packed = zip_source_buffer_create(NULL, 0, 0, &why);
	if (!packed)
		bug("libzip: no source");
	zip_source_keep(packed); /* zip_close gives up its own hold */
	z = zip_open_from_source(packed, ZIP_TRUNCATE, &why);
	if (!z)
		bug("libzip: no archive");
	for (size_t i = 0; i < n; i++)
		add(cx, z, &v[i]);
	if (zip_close(z) != 0)
		bug("libzip: %s", zip_strerror(z));
	out = take_bytes(cx, packed);
	zip_source_free(packed);
	zip_error_fini(&why);
	return out;
}
