/* Reading XML event by event; the only file that knows expat. */
#include "lang/xml.h"

#include <expat.h>
#include <limits.h>

#include "base/bug.h"

enum { DEPTH_MAX = 256, ATTRIBUTES_MAX = 64 };

struct scan {
	const struct xml_sink *sink;
	XML_Parser parser;
	size_t depth;
	const char *refused; /* why we stopped ourselves */
};

static void
scan_free(struct scan *s)
{
	XML_ParserFree(s->parser);
}

static void
stop(struct scan *s, const char *why)
{
	s->refused = why;
	XML_StopParser(s->parser, XML_FALSE);
}

static struct str
local_name(const char *name)
{
	const struct str s = str_z(name);
	const size_t at = str_find(s, S(":"), 0);

	return at == SIZE_MAX ? s : str_sub(s, at + 1, s.n);
}

static void XMLCALL
on_start(void *self, const XML_Char *name, const XML_Char **pairs)
{
	struct scan *s = self;
	struct xml_attribute v[ATTRIBUTES_MAX];
	const char *why;
	size_t n = 0;

	if (s->refused)
		return;
	for (; pairs[n * 2] && n < ATTRIBUTES_MAX; n++)
		v[n] = (struct xml_attribute){ str_z(pairs[n * 2]),
			str_z(pairs[n * 2 + 1]) };
	if (pairs[n * 2]) {
		stop(s, "属性太多");
		return;
	}
	if (s->depth++ == DEPTH_MAX) {
		stop(s, "嵌套太深");
		return;
	}
	why = s->sink->open(s->sink->self, local_name(name), v, n,
	    (int)XML_GetCurrentLineNumber(s->parser));
	if (why)
		stop(s, why);
}

static void XMLCALL
on_end(void *self, const XML_Char *name)
{
	struct scan *s = self;

	if (s->refused)
		return;
	s->depth--;
	s->sink->close(s->sink->self, local_name(name));
}

static void XMLCALL
on_text(void *self, const XML_Char *p, int n)
{
	struct scan *s = self;
	const char *why;

	if (s->refused || !s->depth)
		return;
	why = s->sink->text(s->sink->self, (struct str){ p, (size_t)n });
	if (why)
		stop(s, why);
}

static void XMLCALL
on_doctype(void *self, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	stop(self, "不允许有文档类型声明");
}

enum err
xml_scan(struct cx *cx, struct str text, const struct xml_sink *sink)
{
	struct scan s AUTO(scan_free) = { .sink = sink };
	enum XML_Status status;

	if (text.n > INT_MAX)
		return fail(cx, ERR_INPUT, "XML 太大");
	s.parser = XML_ParserCreate(NULL);
	if (!s.parser)
		bug("expat: out of memory");
	XML_SetUserData(s.parser, &s);
	XML_SetElementHandler(s.parser, on_start, on_end);
	XML_SetCharacterDataHandler(s.parser, on_text);
	XML_SetStartDoctypeDeclHandler(s.parser, on_doctype);
	status = XML_Parse(s.parser, text.p, (int)text.n, XML_TRUE);
	if (status != XML_STATUS_OK || s.refused)
		return fail(cx, ERR_INPUT, "XML 第 %lu 行第 %lu 列：%s",
		    (unsigned long)XML_GetCurrentLineNumber(s.parser),
		    (unsigned long)XML_GetCurrentColumnNumber(s.parser) + 1,
		    s.refused ? s.refused : XML_ErrorString(XML_GetErrorCode(s.parser)));
	return ERR_OK;
}
