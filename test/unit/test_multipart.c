/* Multipart forms, whole and cut at every byte. */
#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#include "web/multipart.h"

static const char
    form[] = "preamble\r\n--XX\r\n"
	     "Content-Disposition: form-data; name=\"text\"\r\n\r\n"
	     "一\r\n二--XX\r\n--X\r\n"
	     "--XX\r\n"
	     "content-disposition: form-data; name=\"file\"; filename=\"C:\\a;b.txt\"\r\n"
	     "Content-Type: text/plain\r\n\r\n"
	     "\r\n--XY bytes\0\xff\r\n"
	     "--XX\r\n"
	     "Content-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n"
	     "--XX--\r\nepilogue";

static enum err
read_form(
    struct cx *cx, struct str bytes, size_t step, int64_t files_max, struct request *req)
{
	struct multipart *m = NULL;

	TRY(multipart_begin(
	    cx, S("multipart/form-data; boundary=XX"), S("/tmp"), files_max, req, &m));
	enum err err = ERR_OK;
	for (size_t i = 0; i < bytes.n && err == ERR_OK; i += step)
		err = multipart_put(cx, m, str_sub(bytes, i, i + step));
	if (err == ERR_OK)
		err = multipart_end(cx, m);
	multipart_close(m);
	return err;
}

static void
remove_files(struct request *req)
{
	for (size_t i = 0; i < req->files.n; i++)
		unlink(req->files.v[i].path.p);
}

TEST(multipart_reads_the_same_however_it_is_cut)
{
	const struct str bytes = { form, sizeof form - 1 };

	for (size_t step = 1; step < bytes.n; step += step < 80 ? 1 : 37) {
		struct request req = { 0 };

		CHECK_OK(read_form(cx, bytes, step, UPLOAD_MAX, &req));
		CHECK(req.form.n == 1 && req.files.n == 1);
		CHECK_STR(params_get(&req.form, S("text")), S("一\n二--XX\n--X"));
		CHECK_STR(req.files.v[0].filename, S("a;b.txt"));
		CHECK(req.files.v[0].size == 14 &&
		      access(req.files.v[0].path.p, R_OK) == 0);
		remove_files(&req);
	}
}

TEST(multipart_refuses_what_is_broken)
{
	struct request req = { 0 };
	const struct str bytes = { form, sizeof form - 1 };

	CHECK(read_form(cx, str_sub(bytes, 0, bytes.n - 20), 7, UPLOAD_MAX, &req) ==
	      ERR_INPUT);
	CHECK(read_form(cx, S("--XX\r\nx: y\r\n\r\n1\r\n--XX--"), 7, UPLOAD_MAX, &req) ==
	      ERR_INPUT);
	CHECK(read_form(cx, S("--XXabc"), 7, UPLOAD_MAX, &req) == ERR_INPUT);
	CHECK(read_form(cx,
		  S("--XX\r\nContent-Disposition: form-data; "
		    "name=\"a\"\r\n\r\n\xff\r\n--XX--"),
		  7, UPLOAD_MAX, &req) == ERR_INPUT);
	remove_files(&req);
}

TEST(multipart_throws_away_what_is_too_large)
{
	struct request req = { 0 };
	const struct str bytes = { form, sizeof form - 1 };

	CHECK_OK(read_form(cx, bytes, 5, 10, &req));
	CHECK(req.over_limit);
	remove_files(&req);
}
