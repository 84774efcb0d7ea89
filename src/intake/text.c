/*
 * Bytes to lines: limits, kinds of files that are not text, UTF-8 or GB18030, folding,
 * and the ledger of which character was taken for what.
 */
#include "intake/text.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static void
close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

enum err
text_load(struct cx *cx, const char *path, size_t max, struct str *out)
{
	const int fd AUTO(close_fd) = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	char *p;
	size_t n = 0;

	if (fd < 0)
		return fail(cx, ERR_INPUT, "打不开文件 %s:%s", path,
		    errno == ENOENT ? "没有这个文件" : "没有读取权限");
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		return fail(cx, ERR_INPUT, "%s 是文件夹；请给出其中方案文件的名称", path);
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		return fail(cx, ERR_INPUT, "%s 不是普通文件", path);
	if ((uint64_t)st.st_size > max)
		return fail(cx, ERR_INPUT,
		    "文件有 %lld 兆字节，超过 %zu "
		    "兆字节的上限，没有读取；请只保留方案正文和分工表再试",
		    (long long)st.st_size >> 20, max >> 20);
	p = arena_alloc(cx->arena, (size_t)st.st_size + 1);
	while (n < (size_t)st.st_size) {
		const ssize_t got = read(fd, p + n, (size_t)st.st_size - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	if (n < (size_t)st.st_size)
		return fail(cx, ERR_INPUT, "%s 没有读完，请检查磁盘后再试", path);
	*out = (struct str){ p, n };
	return ERR_OK;
}

/* What is inside decides where the first bytes are the same. */
static const struct {
	struct str magic, inside;
	const char *advice;
} containers[] = {
	{ { "\xd0\xcf\x11\xe0", 4 }, { "W\0o\0r\0k\0b\0o\0o\0k", 15 },
	    "这是 .xls 表格，不能直接读取；请用 WPS 或 Excel 打开，把表格复制到记事本，"
	    "保存为纯文本（.txt），编码选 UTF-8，再读取" },
	{ { "PK\3\4", 4 }, { "word/", 5 },
	    "这是 .docx 文件，不能直接读取；请用 WPS 或 Word 打开，"
	    "“另存为”纯文本（.txt），编码选 UTF-8，再读取" },
	{ { "PK\3\4", 4 }, { "OFD.xml", 7 },
	    "这是 OFD "
	    "版式文件，不能直接读取；请用阅读软件打开，复制全文粘贴到记事本保存" },
};

/* Kinds of files that officials send, told by their first bytes, and what to do. */
static const struct {
	struct str magic;
	const char *advice;
} kinds[] = {
	{ { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 },
	    "这是 .doc、.xls 或 .wps 文件，不能直接读取；请用 WPS 或 Word 打开，"
	    "“另存为”纯文本（.txt），编码选 UTF-8，再读取" },
	{ { "%PDF", 4 },
	    "这是 PDF 文件，不能直接读取；请找到原来的 Word 文件另存为纯文本（.txt），"
	    "没有原件的，复制全文粘贴到记事本保存" },
	{ { "PK\3\4", 4 },
	    "这是压缩文件，其中没有可以读取的文档；请先解压，再读取其中的方案；"
	    "本来是 .docx、.xlsx 的，文件已损坏，请用 WPS 或 Word "
	    "打开后“另存为”再读取" },
	{ { "{\\rtf", 5 },
	    "这是 RTF 文件；请用 WPS 或 Word 打开，“另存为”纯文本（.txt），再读取" },
	{ { "\xff\xfe", 2 },
	    "文件是 UTF-16（“Unicode”）编码；请在记事本中“另存为”，编码选 "
	    "UTF-8，再读取" },
	{ { "\xfe\xff", 2 },
	    "文件是 UTF-16（“Unicode”）编码；请在记事本中“另存为”，编码选 "
	    "UTF-8，再读取" },
	{ { "\xff\xd8\xff", 3 },
	    "这是图片；请先识别成文字，校对后保存为纯文本（.txt），再读取" },
	{ { "\x89PNG", 4 },
	    "这是图片；请先识别成文字，校对后保存为纯文本（.txt），再读取" },
	{ { "GIF8", 4 }, "这是图片；请先识别成文字，校对后保存为纯文本（.txt），再读取" },
	{ { "II*\0", 4 },
	    "这是图片；请先识别成文字，校对后保存为纯文本（.txt），再读取" },
	{ { "Rar!", 4 },
	    "这是压缩文件；请先解压，再把其中的方案另存为纯文本（.txt）读取" },
	{ { "7z\xbc\xaf", 4 },
	    "这是压缩文件；请先解压，再把其中的方案另存为纯文本（.txt）读取" },
	{ { "<!DOCTYPE", 9 }, "这是网页文件；请用浏览器打开，复制正文粘贴到记事本，保存为"
			      "纯文本（.txt）再读取" },
	{ { "<!doctype", 9 }, "这是网页文件；请用浏览器打开，复制正文粘贴到记事本，保存为"
			      "纯文本（.txt）再读取" },
	{ { "<?xml", 5 }, "这是 WPS、Word 或网页存成的 XML 文件；请用原来的软件打开，"
			  "“另存为”纯文本（.txt），编码选 UTF-8，再读取" },
	{ { "MIME-Version", 12 },
	    "这是单个文件网页（.mht）；请用浏览器或 WPS 打开，复制正文粘贴到记事本，"
	    "保存为纯文本（.txt）再读取" },
	{ { "<html", 5 }, "这是网页文件；请用浏览器打开，复制正文粘贴到记事本，保存为纯文"
			  "本（.txt）再读取" },
	{ { "<HTML", 5 }, "这是网页文件；请用浏览器打开，复制正文粘贴到记事本，保存为纯文"
			  "本（.txt）再读取" },
};

/* Length of a well-formed multi-byte sequence at p, 0 when there is none. */
static size_t
utf8_sequence(struct str s, size_t i)
{
	size_t j = i;
	const uint32_t c = str_next(s, &j);

	return c == 0xfffd && j == i + 1 ? 0 : j - i;
}

/*
 * Bytes that fail as UTF-8 are UTF-8 that was cut or hurt when nearly all of their
 * sequences are well-formed; in GB18030 text few are, by chance. Reading hurt UTF-8 as
 * GB18030 would succeed and give nonsense.
 */
static bool
is_hurt_utf8(struct str s, size_t *where)
{
	size_t good = 0, bad = 0;

	for (size_t i = 0; i < s.n;) {
		const size_t n = utf8_sequence(s, i);

		if (n > 2)
			good++;
		if (n == 0 && bad++ == 0)
			*where = i;
		i += n ? n : 1;
	}
	return good > bad * 3;
}

static enum err
from_gb18030(struct cx *cx, struct str bytes, struct str *out)
{
	const iconv_t cd = iconv_open("UTF-8", "GB18030");
	const size_t cap = bytes.n * 2 + 16;
	char *in = (char *)(uintptr_t)bytes.p, *to = arena_alloc(cx->arena, cap), *p = to;
	size_t left = bytes.n, room = cap;
	size_t bad;

	if (cd == (iconv_t)-1)
		return fail(cx, ERR_INPUT,
		    "本机缺少 GB18030 转换，请把文件另存为 UTF-8 编码再读取");
	bad = iconv(cd, &in, &left, &p, &room);
	iconv_close(cd);
	if (bad == (size_t)-1)
		return fail(cx, ERR_INPUT,
		    "文件编码有误：第 %zu 字节起既不是 UTF-8 也不是 GB18030；"
		    "请用记事本重新“另存为”UTF-8，或重新下载后再读取",
		    bytes.n - left + 1);
	*out = (struct str){ to, cap - room };
	return ERR_OK;
}

static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		const unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' &&
		    c != '\v' && c != 0x1a)
			return true;
	}
	return false;
}

enum err
text_decode(struct cx *cx, struct str bytes, struct str *out)
{
	size_t where = 0;

	if (str_starts(bytes, S("\xef\xbb\xbf")))
		bytes = str_sub(bytes, 3, bytes.n);
	for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
		if (str_starts(bytes, containers[i].magic) &&
		    str_has(bytes, containers[i].inside))
			return fail(cx, ERR_INPUT, "%s", containers[i].advice);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_starts(bytes, kinds[i].magic))
			return fail(cx, ERR_INPUT, "%s", kinds[i].advice);
	if (str_trim(bytes).n == 0)
		return fail(cx, ERR_INPUT, "文件是空的，没有可读的内容");
	if (has_control(bytes))
		return fail(cx, ERR_INPUT,
		    "这不是文本文件；请“另存为”纯文本（.txt），编码选 UTF-8，再读取");
	if (str_is_utf8(bytes)) {
		*out = bytes;
		return ERR_OK;
	}
	if (is_hurt_utf8(bytes, &where))
		return fail(cx, ERR_INPUT,
		    "文件编码有误：第 %zu 字节起不是完整的 "
		    "UTF-8，可能被截断；请重新下载或重新保存后再读取",
		    where + 1);
	return from_gb18030(cx, bytes, out);
}

static bool
is_blank(uint32_t c)
{
	return c <= 0x20 || c == 0x7f || c == 0x85 || c == 0xa0 || c == 0x3000 ||
	       c == 0xfeff || (c >= 0x2000 && c <= 0x200f) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202f;
}

size_t
chars_without_blanks(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n;)
		n += !is_blank(str_next(s, &i));
	return n;
}

struct str
text_without_blanks(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < s.n;) {
		const size_t from = i;

		if (!is_blank(str_next(s, &i)))
			buf_put(&b, str_sub(s, from, i));
	}
	return buf_str(&b);
}

/* Trimmed of everything that folds to a blank, also zero-width characters. */
struct str
text_trim(struct str s)
{
	size_t from = 0, to = 0;
	bool any = false;

	for (size_t i = 0; i < s.n;) {
		const size_t here = i;

		if (is_blank(str_next(s, &i)))
			continue;
		if (!any)
			from = here;
		any = true;
		to = i;
	}
	return str_sub(s, from, any ? to : from);
}

enum err
text_split(struct cx *cx, struct str utf8, struct text *out)
{
	LIST(struct line) lines = { 0 };
	size_t from = 0;

	*out = (struct text){ 0 };
	for (size_t i = 0; i <= utf8.n; i++) {
		const char c = i < utf8.n ? utf8.p[i] : '\n';

		if (c != '\n' && c != '\r')
			continue;
		if (i < utf8.n || from < i) {
			struct line *l = list_add(cx->arena, &lines);

			l->no = lines.n;
			if (i - from > TEXT_LINE_BYTES_MAX)
				return fail(cx, ERR_INPUT,
				    "第 %zu 行过长，不像方案的一段；请按原文分段后再试",
				    l->no);
			while (from + l->tabs < i && utf8.p[from + l->tabs] == '\t')
				l->tabs++;
			l->s = text_trim(str_sub(utf8, from, i));
			out->chars += chars_without_blanks(l->s);
		}
		if (c == '\r' && i + 1 < utf8.n && utf8.p[i + 1] == '\n')
			i++;
		from = i + 1;
		if (lines.n > TEXT_LINES_MAX)
			return fail(cx, ERR_INPUT,
			    "文件超过 %d 行，不像一份方案；请只保留方案正文和分工表再试",
			    TEXT_LINES_MAX);
	}
	out->v = lines.v;
	out->n = lines.n;
	return ERR_OK;
}

static uint32_t
folded(uint32_t c)
{
	if (is_blank(c))
		return ' ';
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	switch (c) {
	case 0x3010: /* 【 */
	case 0x3014: /* 〔 */
		return '[';
	case 0x3011:
	case 0x3015:
		return ']';
	case 0xfe55: /* small forms */
	case 0xfe13:
	case 0x2236: /* ∶ typed for a colon */
		return ':';
	case 0xfe50:
		return ',';
	case 0xfe54:
		return ';';
	case 0xfe59:
		return '(';
	case 0xfe5a:
		return ')';
	case 0xff61:
		return 0x3002;
	case 0xff64:
		return 0x3001;
	case 0x2f00: /* the radical for one */
		return 0x4e00;
	default:
		return c;
	}
}

static void
line_fold(struct arena *a, struct line *l)
{
	char *f = arena_alloc(a, l->s.n + 1);
	size_t n = 0;

	l->at = arena_array(a, uint32_t, l->s.n + 1);
	for (size_t i = 0; i < l->s.n;) {
		const uint32_t from = (uint32_t)i;
		const size_t wide = str_put_char(f + n, folded(str_next(l->s, &i)));

		for (size_t k = 0; k < wide; k++)
			l->at[n + k] = from;
		n += wide;
	}
	l->at[n] = (uint32_t)l->s.n;
	l->f = (struct str){ f, n };
	l->taken = arena_array(a, uint8_t, n + 1);
}

struct line
line_make(struct arena *a, struct str s)
{
	struct line l = { .s = text_trim(s) };

	line_fold(a, &l);
	return l;
}

void
text_fold(struct cx *cx, struct text *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct line l = t->v[i];

		l.s = text_trim(l.s);
		if (l.s.n == 0)
			continue;
		line_fold(cx->arena, &l);
		l.num = number_at(l.f);
		t->v[n++] = l;
	}
	t->n = n;
	if (n)
		t->v[n - 1].final = true;
}

struct str
line_cut(const struct line *l, size_t from, size_t to)
{
	if (to > l->f.n)
		to = l->f.n;
	if (from >= to)
		return (struct str){ l->s.p, 0 };
	return text_trim(str_sub(l->s, l->at[from], l->at[to]));
}

void
line_take(struct cx *cx, struct line *l, size_t from, size_t to, enum claim what)
{
	for (size_t i = from; i < to && i < l->f.n; i++) {
		if (l->taken[i] != CLAIM_NONE) {
			if (!l->twice)
				l->twice = arena_array(cx->arena, uint8_t, l->f.n + 1);
			l->twice[i] = 1;
		}
		l->taken[i] = (uint8_t)what;
	}
}

void
line_take_all(struct cx *cx, struct line *l, enum claim what)
{
	(void)cx;
	for (size_t i = 0; i < l->f.n; i++)
		if (l->taken[i] == CLAIM_NONE)
			l->taken[i] = (uint8_t)what;
}

bool
line_free(const struct line *l)
{
	for (size_t i = 0; i < l->f.n; i++)
		if (l->taken[i] != CLAIM_NONE)
			return false;
	return true;
}

size_t
text_remainder(const struct text *t)
{
	size_t n = 0;

	for (size_t k = 0; k < t->n; k++) {
		const struct line *l = &t->v[k];

		for (size_t i = 0; i < l->f.n; i++) {
			if (((unsigned char)l->f.p[i] & 0xc0) == 0x80 || l->f.p[i] == ' ')
				continue;
			n += l->taken[i] == CLAIM_NONE || (l->twice && l->twice[i]);
		}
	}
	return n;
}
