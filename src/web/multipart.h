/*
 * multipart/form-data (RFC 7578, as browsers write it), read as it arrives: texts into
 * memory, files straight to disk. Memory does not grow with the size of a file.
 *
 *     TRY(multipart_begin(cx, &m, content_type, folder, UPLOAD_MAX, &req));
 *     while (bytes come) TRY(multipart_put(cx, &m, bytes));
 *     TRY(multipart_end(cx, &m));
 */
#pragma once

#include "web/exchange.h"

struct multipart;

/* The exchange's request receives fields and files; the files are in `folder`, which
 * exists, under names of our own. files_max bounds the bytes of all files together: more
 * sets req->over_limit and is thrown away. ERR_INPUT: no boundary. */
enum err multipart_begin(struct cx *cx, struct str content_type, struct str folder,
    int64_t files_max, struct request *req, struct multipart **out) MUST_USE;

/* ERR_INPUT: not multipart, a text that is not UTF-8, too many fields, texts over
 * FORM_MAX; ERR_STORE: the disk. After an err nothing more may be put. */
enum err multipart_put(struct cx *cx, struct multipart *m, struct str bytes) MUST_USE;

/* ERR_INPUT when the closing boundary has not come. */
enum err multipart_end(struct cx *cx, struct multipart *m) MUST_USE;

/* Closes the file being written, if any; NULL is fine. The files stay the request's. */
void multipart_close(struct multipart *m);
