/* One row of a form looks the same whatever is in it: row_open, the input, row_close. */
#include "web/field.h"

#include "intake/accept.h"
#include "web/cite.h"
#include "web/exchange.h"
#include "web/session.h"
#include "web/upload.h"
#include "web/word.h"

static struct str
field_value(struct html *h, const struct input *f)
{
	if (h->x && h->x->req.method == HTTP_POST && params_has(&h->x->req.form, f->name))
		return form_get(h->x, f->name);
	return f->value;
}

static const struct refusal *
field_error(struct html *h, const struct input *f)
{
	if (!h->x)
		return NULL;
	for (size_t i = 0; i < h->x->cx.refusals.n; i++)
		if (str_eq(h->x->cx.refusals.v[i].field, f->name))
			return &h->x->cx.refusals.v[i];
	return NULL;
}

static void
notes_put(struct html *h, const struct input *f)
{
	const struct refusal *error = field_error(h, f);

	if (f->hint.n)
		html(h, L("<p class=\"hint\" id=\""), T(f->name), L("-hint\">"),
		    T(f->hint), L("</p>\n"));
	if (!error)
		return;
	html(h, L("<p class=\"error\" id=\""), T(f->name), L("-error\"><strong>"),
	    T(W(error_mark)), L("</strong>"), T(error->message));
	if (error->basis.n) {
		html(h, L(" <span class=\"basis\">"), T(W(basis_is)));
		cite_here(h, error->basis);
		html(h, L("</span>"));
	}
	html(h, L("</p>\n"));
}

static void
basis_put(struct html *h, const struct input *f)
{
	if (f->basis.n)
		html(h, L("<p class=\"basis\" id=\""), T(f->name), L("-basis\">"),
		    T(W(basis_is)));
	if (f->basis.n) {
		cite_here(h, f->basis);
		html(h, L("</p>\n"));
	}
}

static void
row_class(struct html *h, const struct input *f)
{
	html(h, L("class=\"field"), T(field_error(h, f) ? S(" wrong") : S("")),
	    T(f->many && f->n ? S(" columns") : S("")), L("\""));
}

static void
row_open(struct html *h, const struct input *f)
{
	html(h, L("<div "));
	row_class(h, f);
	html(h, L(">\n<label for=\""), T(f->name), L("\""));
	if (f->hide_label)
		html(h, L(" class=\"heard\""));
	html(h, L(">"), T(f->label));
	if (f->optional)
		html(h, L(" <span class=\"optional\">"), T(W(optional)), L("</span>"));
	html(h, L("</label>\n"));
	notes_put(h, f);
}

static void
row_close(struct html *h, const struct input *f)
{
	basis_put(h, f);
	html(h, L("</div>\n"));
}

static void
group_open(struct html *h, const struct input *f)
{
	html(h, L("<fieldset "));
	row_class(h, f);
	html(h, L(" id=\""), T(f->name), L("\" tabindex=\"-1\">\n<legend>"), T(f->label));
	if (f->optional)
		html(h, L(" <span class=\"optional\">"), T(W(optional)), L("</span>"));
	html(h, L("</legend>\n"));
	notes_put(h, f);
}

static void
group_close(struct html *h, const struct input *f)
{
	basis_put(h, f);
	html(h, L("</fieldset>\n"));
}

/* name, id, and which notes belong to this input. */
static void
input_attributes(struct html *h, const struct input *f)
{
	const bool error = field_error(h, f) != NULL;

	html(h, L(" name=\""), T(f->name), L("\" id=\""), T(f->name), L("\""));
	if (error || f->hint.n || f->basis.n) {
		html(h, L(" aria-describedby=\""));
		if (error)
			html(h, T(f->name), L("-error "));
		if (f->hint.n)
			html(h, T(f->name), L("-hint "));
		if (f->basis.n)
			html(h, T(f->name), L("-basis"));
		html(h, L("\""));
	}
	if (error)
		html(h, L(" aria-invalid=\"true\""));
	if (f->autocomplete.n)
		html(h, L(" autocomplete=\""), T(f->autocomplete), L("\""));
	if (f->list.n)
		html(h, L(" list=\""), T(f->list), L("\""));
	if (f->narrow)
		html(h, L(" class=\"narrow\""));
	else if (f->code)
		html(h, L(" class=\"code\""));
}

static void
suffix_put(struct html *h, const struct input *f)
{
	if (f->suffix.n)
		html(h, L(" <span class=\"suffix\">"), T(f->suffix), L("</span>"));
	html(h, L("\n"));
}

void
field_text_(struct html *h, const struct input *f)
{
	row_open(h, f);
	html(h, L("<input type=\"text\""));
	input_attributes(h, f);
	html(h, L(" value=\""), T(field_value(h, f)), L("\">"));
	suffix_put(h, f);
	row_close(h, f);
}

void
field_password_(struct html *h, const struct input *f)
{
	row_open(h, f);
	html(h, L("<input type=\"password\""));
	input_attributes(h, f);
	html(h, L(">\n"));
	row_close(h, f);
}

void
field_area_(struct html *h, const struct input *f)
{
	row_open(h, f);
	html(h, L("<textarea rows=\""), N(f->rows ? f->rows : 5), L("\""));
	input_attributes(h, f);
	/* The line end behind the tag is the one that HTML swallows. */
	html(h, L(">\n"), T(field_value(h, f)), L("</textarea>\n"));
	row_close(h, f);
}

void
field_day_(struct html *h, const struct input *f)
{
	struct input day = *f;

	day.narrow = true;
	if (day.hint.n == 0)
		day.hint = W(day_hint);
	row_open(h, &day);
	html(h, L("<input type=\"text\" inputmode=\"numeric\""));
	input_attributes(h, &day);
	html(h, L(" value=\""), T(field_value(h, f)), L("\">"));
	suffix_put(h, f);
	row_close(h, &day);
}

void
field_select_(struct html *h, const struct input *f)
{
	const struct str value = field_value(h, f);

	row_open(h, f);
	html(h, L("<select"));
	input_attributes(h, f);
	html(h, L(">\n"));
	for (size_t i = 0; i < f->n; i++) {
		html(h, L("<option value=\""), T(f->choices[i].value), L("\""));
		if (str_eq(f->choices[i].value, value))
			html(h, L(" selected"));
		html(h, L(">"), T(f->choices[i].label), L("</option>\n"));
	}
	html(h, L("</select>\n"));
	row_close(h, f);
}

/* One radio or box; the first has the field's own id, so that the summary leads to it. */
static void
choice_put(struct html *h, const struct input *f, size_t i, bool many, bool checked)
{
	const struct option *c = &f->choices[i];

	html(h, L("<div class=\"choice\"><input type=\""),
	    T(many ? S("checkbox") : S("radio")), L("\" name=\""), T(f->name),
	    L("\" id=\""), T(f->name), L("-"), N((int64_t)i), L("\" value=\""),
	    T(c->value), L("\""));
	if (checked)
		html(h, L(" checked"));
	if (c->hint.n)
		html(h, L(" aria-describedby=\""), T(f->name), L("-"), N((int64_t)i),
		    L("-hint\""));
	html(h, L("><label for=\""), T(f->name), L("-"), N((int64_t)i), L("\">"),
	    T(c->label), L("</label>"));
	if (c->hint.n)
		html(h, L("<p class=\"hint\" id=\""), T(f->name), L("-"), N((int64_t)i),
		    L("-hint\">"), T(c->hint), L("</p>"));
	html(h, L("</div>\n"));
}

void
field_radios_(struct html *h, const struct input *f)
{
	const struct str value = field_value(h, f);

	group_open(h, f);
	for (size_t i = 0; i < f->n; i++)
		choice_put(h, f, i, false, value.n && str_eq(f->choices[i].value, value));
	group_close(h, f);
}

static bool
is_checked(struct html *h, const struct input *f, struct str value)
{
	if (h->x && h->x->req.method == HTTP_POST)
		return params_has_value(&h->x->req.form, f->name, value);
	for (size_t i = 0; i < f->nchecked; i++)
		if (str_eq(f->checked[i], value))
			return true;
	return false;
}

void
field_checks_(struct html *h, const struct input *f)
{
	group_open(h, f);
	for (size_t i = 0; i < f->n; i++)
		choice_put(h, f, i, true, is_checked(h, f, f->choices[i].value));
	group_close(h, f);
}

void
fields_open_(struct html *h, const struct input *f)
{
	group_open(h, f);
}

void
fields_close_(struct html *h, const struct input *f)
{
	group_close(h, f);
}

/* 内部资料 was found in what was chosen under the name (empty: under any): a person says
 * that it may come in all the same. */
static void
internal_put(struct html *h, struct str name)
{
	bool asks = false;

	for (size_t i = 0; h->x && i < h->x->cx.refusals.n; i++) {
		const struct refusal *r = &h->x->cx.refusals.v[i];

		asks |= str_eq(r->code, UPLOAD_ASKS_CODE) &&
			(!name.n || str_eq(r->field, name));
	}
	if (asks)
		html(h,
		    L("<div class=\"choice\"><input type=\"checkbox\" name=\"internal\" "
		      "value=\"yes\" id=\"internal-"),
		    T(name), L("\"><label for=\"internal-"), T(name), L("\">"),
		    T(W(upload_internal)), L("</label></div>\n"));
}

void
upload_confirm_put(struct html *h)
{
	internal_put(h, S(""));
}

void
file_hint_put(struct html *h, int mib)
{
	html(h, L("<p class=\"hint\">"));
	html_say(h, W(no_secrets), N(mib ? mib : ACCEPT_BYTES_MAX >> 20));
	html(h, L("</p>\n"));
}

void
field_file_(struct html *h, const struct input *f)
{
	row_open(h, f);
	html(h, L("<input type=\"file\""));
	input_attributes(h, f);
	html(h, L(" data-choose=\""), T(f->many ? W(choose_files) : W(choose_file)),
	    L("\" data-none=\""), T(W(no_file)), L("\""));
	if (f->accept.n)
		html(h, L(" accept=\""), T(f->accept), L("\""));
	if (f->many)
		html(h, L(" multiple"));
	html(h, L(">\n"));
	if (!f->brief) {
		file_hint_put(h, f->mib);
		internal_put(h, f->name);
	}
	row_close(h, f);
}

void
field_hidden(struct html *h, struct str name, struct str value)
{
	html(h, L("<input type=\"hidden\" name=\""), T(name), L("\" value=\""), T(value),
	    L("\">\n"));
}

bool
day_read(struct str s, int64_t *out)
{
	int64_t part[3] = { 0 };
	int digits[3] = { 0 }, n = 0;
	size_t i = 0;

	s = str_trim(s);
	while (i < s.n) {
		uint32_t c = str_next(s, &i);

		if (c >= 0xff10 && c <= 0xff19) /* full-width digits */
			c = c - 0xff10 + '0';
		if (c >= '0' && c <= '9') {
			if (n > 2 || digits[n] == 8)
				return false;
			part[n] = part[n] * 10 + (int64_t)(c - '0');
			digits[n]++;
		} else if (c == '-' || c == '.' || c == '/' || c == 0x5e74 ||
			   c == 0x6708 || c == 0xff0e ||
			   c == 0xff0d) { /* 年 月 and full-width points */
			if (digits[n++] == 0 || n > 2)
				return false;
		} else if (c != 0x65e5 || i < s.n) { /* 日 */
			return false;
		}
	}
	if (n == 0 && digits[0] == 8) {
		part[2] = part[0] % 100;
		part[1] = part[0] / 100 % 100;
		part[0] /= 10000;
	} else if (n != 2 || digits[0] != 4 || digits[2] == 0) {
		return false;
	}
	if (part[0] < 1900 || part[0] > 2200 || part[1] < 1 || part[1] > 12 ||
	    part[2] < 1 || part[2] > month_days((int)part[0], (int)part[1]))
		return false;
	*out = day_of((int)part[0], (int)part[1], (int)part[2]);
	return true;
}
