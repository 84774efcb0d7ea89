/*
 * Accept: which files may come in from outside, judged by what they are and not by what
 * they are called. A name must fit the content; programs, archives and office files with
 * macros stay outside, and so does what its first page marks as a state secret
 * (保守国家秘密法 28: not in a system that is not made for it).
 *
 * The table of signatures is our own: libmagic knows thousands of kinds, of which a dozen
 * may be accepted here, and says nothing of what stands on the first page. A PDF, an OFD
 * page drawn as paths and a picture are not read: of these only the name is looked at.
 */
#pragma once

#include "base/cx.h"

enum accepted {
	ACCEPTED,
	ACCEPT_REFUSED,
	ACCEPT_ASKS, /* marked 内部资料 or 工作秘密: a person must confirm */
};

enum { ACCEPT_BYTES_MAX = 32 << 20 }; /* of one file */

/* `name` as the sender calls the file, `bytes` all of it. *why, in Chinese, unless it is
 * accepted. */
enum accepted accept_judge(
    struct cx *cx, struct str name, struct str bytes, struct str *why);
