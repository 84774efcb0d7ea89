/* Notes, keys and checkpoints as text; the formats are in docs/record.md. */
#include "record/note.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/encode.h"
#include "base/file.h"

enum { ID_SIZE = 4, SIGNATURES_MAX = 64 };

#define KEY_FILE_HEAD S("zhunsheng-ed25519-1 ")
#define DASH S("\xE2\x80\x94 ")

static enum err
key_file_parse(struct cx *cx, struct str path, struct str text, struct signer *out)
{
	const struct str head = KEY_FILE_HEAD;
	struct str bytes;

	if (str_starts(text, head) &&
	    base64_parse(cx->arena, str_trim(str_sub(text, head.n, text.n)), &bytes) &&
	    bytes.n == KEY_SIZE) {
		memcpy(out->secret, bytes.p, KEY_SIZE);
		return ERR_OK;
	}
	return fail(cx, ERR_INPUT, "签名密钥文件 %.*s 的内容不对", STR_ARG(path));
}

static enum err
key_failed(struct cx *cx, const char *path)
{
	return fail(cx, ERR_STORE, "写不了签名密钥 %s：%s", path, strerror(errno));
}

/* Under another name first, so that whoever is stopped in the middle leaves no half key;
 * of two processes that make one at once the first gives the name. */
static enum err
key_file_make(struct cx *cx, struct str path, struct str text)
{
	char chance[8], hex[2 * sizeof chance];
	char *z = str_cz(cx->arena, path), *draft;
	bool written, named;
	int fd;

	cx_random(cx, chance, sizeof chance);
	hex_put(hex, chance, sizeof chance);
	draft = str_cz(
	    cx->arena, str_fmt(cx->arena, "%s.draft-%.*s", z, (int)sizeof hex, hex));
	fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return key_failed(cx, draft);
	written = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
	named = written && (link(draft, z) == 0 || errno == EEXIST);
	close(fd);
	unlink(draft);
	return named ? file_name_sync(cx, path) : key_failed(cx, z);
}

static enum err
key_make(struct cx *cx, struct str path)
{
	unsigned char secret[KEY_SIZE];
	const struct str bytes = { (const char *)secret, sizeof secret };

	cx_random(cx, secret, sizeof secret);
	return key_file_make(cx, path,
	    str_fmt(cx->arena, "%.*s%.*s\n", STR_ARG(KEY_FILE_HEAD),
		STR_ARG(base64_of(cx->arena, bytes))));
}

enum err
signer_read(struct cx *cx, struct str path, struct signer *out)
{
	char *z = str_cz(cx->arena, path), *text = arena_alloc(cx->arena, 256);
	const int fd = open(z, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return fail(cx, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE,
		    "读不了签名密钥 %s：%s", z, strerror(errno));
	n = read(fd, text, 255);
	close(fd);
	return key_file_parse(cx, path, (struct str){ text, n > 0 ? (size_t)n : 0 }, out);
}

enum err
signer_load(struct cx *cx, struct str path, struct signer *out)
{
	const enum err err = signer_read(cx, path, out);

	if (err != ERR_NOT_FOUND)
		return err;
	/* Of a server, whose folder nobody may have made yet; if it cannot be made, the
	 * key cannot either, and that is told. */
	if (str_starts(path, S("var/")))
		(void)mkdir("var", 0700);
	TRY(key_make(cx, path));
	return signer_read(cx, path, out);
}

/* A file beside that of SQLite; in var/ for a server. */
static struct str
path_beside(struct arena *a, struct str url, const char *suffix)
{
	const struct str sqlite = S("sqlite:");

	return str_starts(url, sqlite)
		   ? str_fmt(a, "%.*s.%s", STR_ARG(str_sub(url, sqlite.n, url.n)), suffix)
		   : str_fmt(a, "var/zhunsheng.%s", suffix);
}

struct str
signer_path(struct arena *a, struct str url)
{
	return path_beside(a, url, "key");
}

struct str
checkpoints_path(struct arena *a, struct str url)
{
	return path_beside(a, url, "checkpoints");
}

/* The type of a key as it stands in front of it: 0xFF and a name of our own for SM2,
 * which C2SP has assigned no type. */
static const struct {
	struct str type;
	size_t size;
} key_types[] = {
	{ S("\x01"), KEY_SIZE },
	{ S("\xFF"
	    "zhunsheng-sm2-sm3"),
	    SM2_KEY_SIZE },
};
enum { TYPE_ED25519, TYPE_SM2 };

/* SHA-256(name || 0x0A || type || key)[:4] */
static void
key_id(struct str name, int type, const unsigned char *key, unsigned char out[ID_SIZE])
{
	HASHER h = { 0 };
	struct digest d;

	hasher_open(&h, DIGEST_SHA256);
	hasher_put(&h, name);
	hasher_put(&h, S("\n"));
	hasher_put(&h, key_types[type].type);
	hasher_put(&h, (struct str){ (const char *)key, key_types[type].size });
	d = hasher_end(&h);
	memcpy(out, d.b, ID_SIZE);
}

/* Nearly every number of 32 bytes is a secret; the first that is one. */
static void
sm2_secret(const struct signer *s, unsigned char secret[KEY_SIZE],
    unsigned char public[SM2_KEY_SIZE])
{
	HASHER h = { 0 };

	hasher_open(&h, DIGEST_SHA256);
	for (char n = 0;; n++) {
		struct digest d;

		hasher_put(&h, S("zhunsheng-sm2-1\n"));
		hasher_put(&h, (struct str){ (const char *)s->secret, sizeof s->secret });
		hasher_put(&h, (struct str){ &n, 1 });
		d = hasher_end(&h);
		memcpy(secret, d.b, KEY_SIZE);
		if (sm2_public(secret, public))
			return;
	}
}

static struct str
vkey_of(struct arena *a, struct str name, int type, const unsigned char *key)
{
	unsigned char id[ID_SIZE];
	struct buf typed = { .arena = a };

	key_id(name, type, key, id);
	buf_put(&typed, key_types[type].type);
	buf_put(&typed, (struct str){ (const char *)key, key_types[type].size });
	return str_fmt(a, "%.*s+%.*s+%.*s", STR_ARG(name),
	    STR_ARG(hex_of(a, (struct str){ (char *)id, ID_SIZE })),
	    STR_ARG(base64_of(a, buf_str(&typed))));
}

struct str
signer_vkey(struct arena *a, const struct signer *s, struct str name)
{
	unsigned char key[KEY_SIZE], secret[KEY_SIZE], sm2[SM2_KEY_SIZE];
	struct str first;

	ed25519_public(s->secret, key);
	first = vkey_of(a, name, TYPE_ED25519, key);
	if (!origin_is_sm3(name))
		return first;
	sm2_secret(s, secret, sm2);
	return str_fmt(
	    a, "%.*s\n%.*s", STR_ARG(first), STR_ARG(vkey_of(a, name, TYPE_SM2, sm2)));
}

/* The type of key bytes; -1 when they are none. */
static int
type_of(struct str typed)
{
	for (int i = 0; i < (int)(sizeof key_types / sizeof *key_types); i++)
		if (str_starts(typed, key_types[i].type) &&
		    typed.n == key_types[i].type.n + key_types[i].size)
			return i;
	return -1;
}

static enum err
key_parse(struct cx *cx, struct str vkey, struct verifier *v)
{
	struct str rest = vkey, name, hex, id, typed, key;
	unsigned char own[ID_SIZE];
	int type;

	if (!str_split(&rest, S("+"), &name) || !name.n ||
	    !str_split(&rest, S("+"), &hex) || !rest.p ||
	    !hex_parse(cx->arena, hex, &id) || id.n != ID_SIZE ||
	    !base64_parse(cx->arena, rest, &typed) || (type = type_of(typed)) < 0 ||
	    (v->name.n && !str_eq(v->name, name)) ||
	    (type == TYPE_SM2 ? v->has_sm2 : v->has_ed25519))
		return fail(
		    cx, ERR_INPUT, "不是验证公钥（名称+编号+公钥）：%.*s", STR_ARG(vkey));
	key = str_sub(typed, key_types[type].type.n, typed.n);
	key_id(name, type, (const unsigned char *)key.p, own);
	if (memcmp(own, id.p, ID_SIZE) != 0)
		return fail(cx, ERR_INPUT, "验证公钥的编号与公钥不符，抄录有误：%.*s",
		    STR_ARG(vkey));
	v->name = name;
	memcpy(type == TYPE_SM2 ? v->sm2_id : v->id, own, ID_SIZE);
	memcpy(type == TYPE_SM2 ? v->sm2_key : v->key, key.p, key.n);
	*(type == TYPE_SM2 ? &v->has_sm2 : &v->has_ed25519) = true;
	return ERR_OK;
}

enum err
verifier_parse(struct cx *cx, struct str vkey, struct verifier *out)
{
	struct str rest = str_trim(vkey), one;
	struct verifier v = { 0 };

	while (rest.n) {
		size_t at = 0;

		while (at < rest.n && !strchr(" \t\r\n", rest.p[at]))
			at++;
		one = str_sub(rest, 0, at);
		rest = str_trim(str_sub(rest, at, rest.n));
		TRY(key_parse(cx, one, &v));
	}
	if (!v.name.n)
		return fail(cx, ERR_INPUT, "没有验证公钥");
	*out = v;
	return ERR_OK;
}

struct str
log_origin(struct arena *a, struct str log, bool sm3)
{
	return sm3 ? str_fmt(a, "%.*s/sm3", STR_ARG(log)) : str_copy(a, log);
}

bool
origin_is_sm3(struct str origin)
{
	return str_ends(origin, S("/sm3"));
}

static struct str
signature_line(struct arena *a, struct str origin, int type, const unsigned char *key,
    const unsigned char signature[SIGNATURE_SIZE])
{
	unsigned char bytes[ID_SIZE + SIGNATURE_SIZE];

	key_id(origin, type, key, bytes);
	memcpy(bytes + ID_SIZE, signature, SIGNATURE_SIZE);
	return str_fmt(a, "%.*s%.*s %.*s\n", STR_ARG(DASH), STR_ARG(origin),
	    STR_ARG(base64_of(a, (struct str){ (char *)bytes, sizeof bytes })));
}

struct str
checkpoint_sign(struct arena *a, const struct signer *s, struct str origin, int64_t size,
    const struct digest *root)
{
	const struct str text = str_fmt(a, "%.*s\n%lld\n%.*s\n", STR_ARG(origin),
	    (long long)size, STR_ARG(base64_of(a, digest_str(root))));
	unsigned char key[SM2_KEY_SIZE], secret[KEY_SIZE], signature[SIGNATURE_SIZE];
	struct str first, second = S("");

	ed25519_public(s->secret, key);
	ed25519_sign(s->secret, text, signature);
	first = signature_line(a, origin, TYPE_ED25519, key, signature);
	if (origin_is_sm3(origin)) {
		sm2_secret(s, secret, key);
		sm2_sign(secret, text, signature);
		second = signature_line(a, origin, TYPE_SM2, key, signature);
	}
	return str_fmt(
	    a, "%.*s\n%.*s%.*s", STR_ARG(text), STR_ARG(first), STR_ARG(second));
}

/* "0" or digits that do not begin with one. */
static bool
size_parse(struct str s, int64_t *out)
{
	return s.n && s.p[0] >= '0' && s.p[0] <= '9' && (s.n == 1 || s.p[0] != '0') &&
	       str_int(s, out);
}

enum err
checkpoint_parse(struct cx *cx, struct str note, struct checkpoint *out)
{
	const size_t blank = str_rfind(note, S("\n\n"));
	struct checkpoint c = { .note = note };
	struct str rest, origin, size, root, bytes;

	if (blank == SIZE_MAX || !str_ends(note, S("\n")) || !str_is_utf8(note))
		return fail(cx, ERR_INPUT, "不是存证点：没有空行和签名");
	c.text = rest = str_sub(note, 0, blank + 1);
	if (!str_split(&rest, S("\n"), &origin) || !origin.n ||
	    !str_split(&rest, S("\n"), &size) || !size_parse(size, &c.size) ||
	    !str_split(&rest, S("\n"), &root) || !rest.p ||
	    !base64_parse(cx->arena, root, &bytes) || !digest_from(bytes, &c.root))
		return fail(
		    cx, ERR_INPUT, "不是存证点：前三行应当是日志名称、条数、根摘要");
	c.origin = origin;
	*out = c;
	return ERR_OK;
}

enum signature { SIGNATURE_OTHER, SIGNATURE_GOOD, SIGNATURE_WRONG };

/* One signature line: is it by one of the keys, and is it good? */
static enum signature
line_judge(struct arena *a, struct str line, struct str text, const struct verifier *v)
{
	const struct str dash = DASH;
	struct str name, sig, rest;
	bool good;

	if (!str_starts(line, dash))
		return SIGNATURE_WRONG;
	line = str_sub(line, dash.n, line.n);
	if (!str_split(&line, S(" "), &name) || !line.p || !base64_parse(a, line, &sig) ||
	    sig.n <= ID_SIZE)
		return SIGNATURE_WRONG; /* no line of a note at all */
	if (!str_eq(name, v->name))
		return SIGNATURE_OTHER;
	rest = str_sub(sig, ID_SIZE, sig.n);
	if (v->has_ed25519 && memcmp(sig.p, v->id, ID_SIZE) == 0)
		good = rest.n == SIGNATURE_SIZE && ed25519_verify(v->key, text, rest);
	else if (v->has_sm2 && memcmp(sig.p, v->sm2_id, ID_SIZE) == 0)
		good = rest.n == SIGNATURE_SIZE && sm2_verify(v->sm2_key, text, rest);
	else
		return SIGNATURE_OTHER;
	return good ? SIGNATURE_GOOD : SIGNATURE_WRONG;
}

/* How many lines of a note were judged each way; a wrong one ends it. */
static void
lines_judge(const struct checkpoint *c, const struct verifier *v, size_t counts[3])
{
	struct arena scratch AUTO(arena_free) = { 0 };
	struct str rest = str_sub(c->note, c->text.n + 1, c->note.n), line;

	for (int i = 0; i < SIGNATURES_MAX && rest.n && !counts[SIGNATURE_WRONG] &&
			str_split(&rest, S("\n"), &line);
	     i++)
		counts[line_judge(&scratch, line, c->text, v)]++;
}

bool
checkpoint_is_signed(const struct checkpoint *c, const struct verifier *v)
{
	size_t counts[3] = { 0 };

	/* The key is of this log: a good signature on another log's checkpoint says
	 * nothing. */
	if (!str_eq(c->origin, v->name))
		return false;
	lines_judge(c, v, counts);
	return counts[SIGNATURE_GOOD] && !counts[SIGNATURE_WRONG];
}

bool
checkpoint_has_strangers(const struct checkpoint *c, const struct verifier *v)
{
	size_t counts[3] = { 0 };

	lines_judge(c, v, counts);
	return counts[SIGNATURE_OTHER] > 0;
}

/* Behind the signature lines of a note. */
static size_t
note_end(struct str text)
{
	size_t at = str_find(text, S("\n\n"), 0);

	if (at == SIZE_MAX)
		return text.n;
	at += 2;
	while (str_starts(str_sub(text, at, text.n), DASH)) {
		const size_t end = str_find(text, S("\n"), at);

		if (end == SIZE_MAX)
			return text.n;
		at = end + 1;
	}
	return at;
}

enum err
checkpoints_parse(struct cx *cx, struct str text, struct checkpoints *out)
{
	while (str_trim(text).n) {
		struct checkpoint c;
		size_t end;

		while (str_starts(text, S("\n")))
			text = str_sub(text, 1, text.n);
		end = note_end(text);
		TRY(checkpoint_parse(cx, str_sub(text, 0, end), &c));
		*list_add(cx->arena, out) = c;
		text = str_sub(text, end, text.n);
	}
	return ERR_OK;
}
