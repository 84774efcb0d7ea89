/* Counters and a histogram; relaxed atomics, because a monitor looks once in a while. */
#include "web/meter.h"

static const int bounds_ms[METER_BOUNDS] = { 2, 10, 50, 200, 1000, 5000, 30000 };
static const char *const acts[] = { "done", "replayed", "refused", "failed" };

static void
add(atomic_llong *to, int64_t n)
{
	atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}

static long long
read(const atomic_llong *of)
{
	return atomic_load_explicit(of, memory_order_relaxed);
}

void
meter_request(struct meter *m, int status, int64_t took_us)
{
	int i = 0;

	add(&m->by_class[status >= 100 && status < 600 ? status / 100 : 0], 1);
	while (i < METER_BOUNDS && took_us > (int64_t)bounds_ms[i] * 1000)
		i++;
	add(&m->took[i], 1);
	add(&m->took_us, took_us);
}

void
meter_act(struct meter *m, enum meter_act what)
{
	add(&m->acts[what], 1);
}

static void
head_put(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void
meter_line(
    struct buf *b, const char *name, const char *type, const char *help, int64_t value)
{
	head_put(b, name, type, help);
	buf_fmt(b, "%s %lld\n", name, (long long)value);
}

static void
histogram_put(struct buf *b, const struct meter *m)
{
	const char *name = "zhunsheng_http_request_seconds";
	long long sum = 0;

	head_put(b, name, "histogram", "Time from the head of a request to its answer.");
	for (int i = 0; i <= METER_BOUNDS; i++) {
		sum += read(&m->took[i]);
		if (i < METER_BOUNDS)
			buf_fmt(b, "%s_bucket{le=\"%d.%03d\"} %lld\n", name,
			    bounds_ms[i] / 1000, bounds_ms[i] % 1000, sum);
		else
			buf_fmt(b, "%s_bucket{le=\"+Inf\"} %lld\n", name, sum);
	}
	const long long us = read(&m->took_us);
	buf_fmt(b, "%s_sum %lld.%06lld\n%s_count %lld\n", name, us / 1000000,
	    us % 1000000, name, sum);
}

void
meter_put(struct buf *b, const struct meter *m)
{
	const char *name = "zhunsheng_http_requests_total";

	head_put(b, name, "counter", "Answers by class of status.");
	for (int i = 1; i < 6; i++)
		buf_fmt(b, "%s{class=\"%dxx\"} %lld\n", name, i, read(&m->by_class[i]));
	histogram_put(b, m);
	name = "zhunsheng_acts_total";
	head_put(b, name, "counter", "Acts that came in from pages and programs.");
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		buf_fmt(b, "%s{outcome=\"%s\"} %lld\n", name, acts[i], read(&m->acts[i]));
}
