/*
 * Fields of forms: label, hint, what is wrong beside the field, the legal basis below it.
 * The value is what was posted, if this page answers a post, else `value`; errors are the
 * refusals of the exchange whose field is this one. Pages only say what they ask for:
 *
 *     form_open(h, S("/task/17/report"));
 *     field_area(h, .name = S("text"), .label = W(progress), .rows = 6);
 *     field_day(h, .name = S("done"), .label = W(done_day));
 *     form_buttons(h, W(report));
 *     form_close(h);
 */
#pragma once

#include "base/date.h"
#include "web/html.h"

struct option {
	struct str value, label, hint;
};

struct input {
	struct str name; /* of the input; also its id */
	struct str label;
	struct str hint;  /* how to fill it in */
	struct str basis; /* 依据: the article that asks for it */
	struct str value;
	struct str suffix;       /* unit behind the input: 天, 元 */
	struct str autocomplete; /* as HTML has it: "username" */
	bool optional;           /* marked 选填; all others must be filled in */
	bool narrow;             /* for numbers and short codes */
	bool code;               /* a digest, a file's name: figures that line up */
	bool hide_label;         /* for screen readers only: in tables */
	int rows;                /* of field_area; 0 = 5 */
	const struct option *choices;
	size_t n;                  /* of choices */
	const struct str *checked; /* of field_checks: the values ticked */
	size_t nchecked;
	struct str list;   /* of field_text: id of a datalist to pick from */
	struct str accept; /* of field_file: ".xlsx,.docx" */
	int mib;    /* of field_file: what it may have at most; 0 = any file's limit */
	bool brief; /* of field_file: the page says once what may not come in */
	bool many;  /* of field_file: several at once; of field_checks: in columns */
};

#define field_text(h, ...) field_text_((h), &(const struct input){ __VA_ARGS__ })
#define field_password(h, ...) field_password_((h), &(const struct input){ __VA_ARGS__ })
#define field_area(h, ...) field_area_((h), &(const struct input){ __VA_ARGS__ })
#define field_day(h, ...) field_day_((h), &(const struct input){ __VA_ARGS__ })
#define field_select(h, ...) field_select_((h), &(const struct input){ __VA_ARGS__ })
#define field_radios(h, ...) field_radios_((h), &(const struct input){ __VA_ARGS__ })
#define field_checks(h, ...) field_checks_((h), &(const struct input){ __VA_ARGS__ })
#define field_file(h, ...) field_file_((h), &(const struct input){ __VA_ARGS__ })

void field_text_(struct html *h, const struct input *f);
void field_password_(
    struct html *h, const struct input *f); /* never shows a value again */
void field_area_(struct html *h, const struct input *f);
void field_day_(
    struct html *h, const struct input *f); /* one box: 2026-09-21, 20260921, … */
void field_select_(struct html *h, const struct input *f);
void field_radios_(struct html *h, const struct input *f);
void field_checks_(struct html *h, const struct input *f);
void field_file_(struct html *h, const struct input *f);
/* What may not be uploaded, where a page says it once for several brief fields. */
void file_hint_put(struct html *h, int mib);
/* A fieldset around inputs of the page's own making: label, hint, error, basis as a field
 * has them. */
#define fields_open(h, ...) fields_open_((h), &(const struct input){ __VA_ARGS__ })
#define fields_close(h, ...) fields_close_((h), &(const struct input){ __VA_ARGS__ })
void fields_open_(struct html *h, const struct input *f);
void fields_close_(struct html *h, const struct input *f);
/* The same question of all files of a form, where its inputs are brief. */
void upload_confirm_put(struct html *h);
void field_hidden(struct html *h, struct str name, struct str value);

/* A form that posts, with the session's token; the second kind brings files; the third
 * only looks something up and may be bookmarked. */
void form_open(struct html *h, struct str action);
void form_open_files(struct html *h, struct str action);
void form_open_search(struct html *h, struct str action);
void form_close(struct html *h);

/* The one primary action of a page; then, where needed, others beside it. */
void button_primary(struct html *h, struct str label);
void button_second(struct html *h, struct str name, struct str value, struct str label);
/* The primary action where it is a page of its own. */
void button_link_primary(struct html *h, struct str href, struct str label);
void button_link(struct html *h, struct str href, struct str label);
void button_row_open(struct html *h);
void button_row_close(struct html *h);

/* What is wrong, on top of the page: each refusal with its article and the lawful ways
 * out, leading to its field. Nothing when nothing was refused. */
void error_summary(struct html *h);

/* What the user meant by a day: 2026-09-21, 2026.9.21, 2026/9/21, 20260921,
 * 2026年9月21日, also in full-width digits. false when it is no day. */
bool day_read(struct str s, int64_t *out);
