/* Reads the three kinds of files of workdays into what a calendar is built from. */
#include "procedure/calendar_file.h"

#include "base/date.h"
#include "register/vocabulary.h"

struct reading {
	struct messages *m;
	struct calendar_source *source;
	int year;        /* of the file, or of the item; 0 for days of every year */
	struct str from; /* the notice's address, or the article */
};

/* "2026-10-01", or "10-01" in the year at hand; a leap year stands for every year. */
static bool
parse_day(const struct reading *r, struct str s, bool is_short, int64_t *out)
{
	if (is_short)
		s = str_fmt(
		    r->m->arena, "%04d-%.*s", r->year ? r->year : 2000, STR_ARG(s));
	return day_parse(s, out);
}

/* A day or first..last; false with a message when it is neither, or backwards. */
static bool
parse_span(const struct reading *r, const struct yaml_node *node, bool is_short,
    int64_t *first, int64_t *last)
{
	const struct str text = yaml_str(node);
	const size_t dots = str_find(text, S(".."), 0);
	const size_t end = dots == SIZE_MAX ? text.n : dots;

	if (parse_day(r, str_sub(text, 0, end), is_short, first)) {
		*last = *first;
		if (dots == SIZE_MAX)
			return true;
		if (parse_day(r, str_sub(text, dots + 2, text.n), is_short, last) &&
		    *last >= *first && *last - *first < 31)
			return true;
	}
	yaml_fault(r->m, node, "应当写作一日或者“首日..末日”");
	return false;
}

static void
read_listed(const struct reading *r, const struct yaml_node *names, bool is_off)
{
	int64_t first, last;

	if (yaml_is_null(names) || !yaml_want(r->m, names, YAML_MAP))
		return;
	for (yaml_each(name, names)) {
		if (!yaml_want(r->m, name, YAML_LIST))
			continue;
		for (yaml_each(span, name)) {
			if (!parse_span(r, span, false, &first, &last))
				continue;
			if (day_civil(first).year != r->year ||
			    day_civil(last).year != r->year)
				yaml_fault(r->m, span, "不是%d年的日期", r->year);
			if (!is_off &&
			    (day_weekday(first) <= 5 || day_weekday(last) <= 5))
				yaml_fault(
				    r->m, span, "调休上班日应当是星期六或者星期日");
			for (int64_t day = first; day <= last; day++)
				*list_add(r->m->arena,
				    &r->source->listed) = (struct calendar_entry){ day,
					is_off, name->key, r->from };
		}
	}
}

static void
read_year(struct reading *r, const struct yaml_node *root)
{
	int64_t year;

	shape_closed(r->m, root, &shape_workdays);
	if (!yaml_int(r->m, yaml_get(root, S("year")), &year) ||
	    !yaml_want(r->m, yaml_get(root, S("notices")), YAML_LIST))
		return;
	r->year = (int)year;
	*list_add(r->m->arena, &r->source->years) = r->year;
	for (yaml_each(notice, yaml_get(root, S("notices")))) {
		shape_closed(r->m, notice, &shape_notice);
		r->from = yaml_str(yaml_get(notice, S("address")));
		if (!str_has(r->from, S("://")))
			yaml_fault(r->m, notice, "缺少放假通知的网址");
		read_listed(r, yaml_get(notice, S("off")), true);
		read_listed(r, yaml_get(notice, S("work")), false);
	}
}

/* The days of a region's notice, added to *first, the earliest of them. */
static void
read_spans(const struct reading *r, const struct yaml_node *spans, struct str title,
    bool is_off, int64_t *earliest)
{
	int64_t first, last;

	if (yaml_is_null(spans) || !yaml_want(r->m, spans, YAML_LIST))
		return;
	for (yaml_each(span, spans)) {
		if (!parse_span(r, span, false, &first, &last))
			continue;
		if (!is_off && (day_weekday(first) <= 5 || day_weekday(last) <= 5))
			yaml_fault(r->m, span, "调休上班日应当是星期六或者星期日");
		if (*earliest == DAY_NONE || first < *earliest)
			*earliest = first;
		for (int64_t day = first; day <= last; day++)
			*list_add(r->m->arena,
			    &r->source->local) = (struct calendar_entry){ day, is_off,
				title, r->from };
	}
}

static void
read_local(struct reading *r, const struct yaml_node *root)
{
	const struct yaml_node *local = yaml_get(root, S("local"));
	const struct str title = yaml_str(yaml_get(root, S("title")));
	int64_t named, earliest = DAY_NONE;

	shape_closed(r->m, root, &shape_local);
	r->from = yaml_str(yaml_get(root, S("notice")));
	if (!title.n || !r->from.n)
		yaml_fault(r->m, root, "缺少节日名称 title 或者公布的文件 notice");
	read_spans(r, yaml_get(root, S("off")), title, true, &earliest);
	read_spans(r, yaml_get(root, S("work")), title, false, &earliest);
	if (!day_parse(yaml_str(local), &named) || named != earliest)
		yaml_fault(r->m, local, "local 应当是所列日期中最早的一日");
}

static void
read_every_year(const struct reading *r, const struct yaml_node *names)
{
	int64_t first, last;

	if (!yaml_want(r->m, names, YAML_MAP))
		return;
	for (yaml_each(name, names)) {
		if (!yaml_want(r->m, name, YAML_LIST))
			continue;
		for (yaml_each(span, name)) {
			if (!parse_span(r, span, true, &first, &last))
				continue;
			for (int64_t day = first; day <= last; day++)
				*list_add(r->m->arena,
				    &r->source->fixed) = (struct calendar_fixed){
					day_civil(day).month, day_civil(day).day,
					name->key, r->from
				};
		}
	}
}

static void
read_expected_year(struct reading *r, const struct yaml_node *names)
{
	int64_t first, last, year;

	if (!str_int(names->key, &year) || year < 1900 || year > 2200) {
		yaml_fault_key(r->m, names, "应当是年份");
		return;
	}
	if (!yaml_want(r->m, names, YAML_MAP))
		return;
	r->year = (int)year;
	for (yaml_each(name, names)) {
		if (!yaml_want(r->m, name, YAML_LIST))
			continue;
		for (yaml_each(span, name)) {
			if (!parse_span(r, span, true, &first, &last))
				continue;
			for (int64_t day = first; day <= last; day++)
				*list_add(r->m->arena,
				    &r->source->expected) = (struct calendar_entry){ day,
					true, name->key, r->from };
		}
	}
}

static void
read_expected(struct reading *r, const struct yaml_node *expected)
{
	shape_closed(r->m, expected, &shape_expected);
	r->from = yaml_str(yaml_get(expected, S("basis")));
	read_every_year(r, yaml_get(expected, S("every-year")));
	if (!yaml_want(r->m, yaml_get(expected, S("years")), YAML_MAP))
		return;
	for (yaml_each(year, yaml_get(expected, S("years"))))
		read_expected_year(r, year);
}

void
calendar_read(struct messages *m, struct str text, struct calendar_source *source)
{
	struct reading r = { .m = m, .source = source };
	struct yaml_node *root;

	if (yaml_parse(m, text, &root) != ERR_OK)
		return;
	if (yaml_find(root, S("local"))) {
		read_local(&r, root);
		return;
	}
	if (!yaml_find(root, S("expected"))) {
		read_year(&r, root);
		return;
	}
	shape_closed(m, root, &shape_expected_file);
	read_expected(&r, yaml_get(root, S("expected")));
}
