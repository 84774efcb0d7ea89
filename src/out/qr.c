/*
 * The squares are one path of runs, a row at a time: no style and no script, so the
 * policy of the pages lets it stand. Sharp edges are asked for, because a reader finds
 * blurred squares slowly.
 */
#include "out/qr.h"

#include <qrencode.h>

#include "base/buf.h"
#include "out/markup.h"

enum { CONTENT_MAX = 1000, SIDE = 5 }; /* SIDE: units of the screen a module */

static void
row_put(struct buf *b, const unsigned char *row, int width, int y)
{
	for (int x = 0, run; x < width; x += run) {
		const bool dark = row[x] & 1;

		for (run = 1; x + run < width && (row[x + run] & 1) == dark; run++)
			;
		if (dark)
			buf_fmt(
			    b, "M%d %dh%dv1h-%dz", x + QR_QUIET, y + QR_QUIET, run, run);
	}
}

enum err
qr_svg(struct cx *cx, struct str content, struct str title, struct str *out)
{
	struct buf b = { .arena = cx->arena };
	QRcode *code = NULL;
	int side;

	if (content.n && content.n <= CONTENT_MAX)
		code = QRcode_encodeData(
		    (int)content.n, (const unsigned char *)content.p, 0, QR_ECLEVEL_M);
	if (!code)
		return fail(cx, ERR_INPUT, "内容不能编成二维码");
	side = code->width + 2 * QR_QUIET;
	buf_fmt(&b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
	    " viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" role=\"img\""
	    " aria-label=\"",
	    side * SIDE, side * SIDE, side, side);
	markup_put(&b, title);
	buf_fmt(&b,
	    "\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", side,
	    side);
	for (int y = 0; y < code->width; y++)
		row_put(&b, code->data + (size_t)y * (size_t)code->width, code->width, y);
	QRcode_free(code);
	buf_put_z(&b, "\"/></svg>\n");
	*out = buf_str(&b);
	return ERR_OK;
}
