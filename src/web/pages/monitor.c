/*
 * For monitors: whether the process lives, whether it can work, and what it has counted.
 * Nothing here names a person, a matter or an address. The numbers go to who asks from
 * this very machine, or with a token made for that; behind a proxy everybody seems to ask
 * from here, so there only the token counts.
 */
#include <stdio.h>
#include <unistd.h>

#include "act/door.h"
#include "record/record.h"
#include "web/listen.h"
#include "web/meter.h"
#include "web/mhd.h"
#include "web/pages/page.h"
#include "web/site.h"
#include "web/token.h"
#include "web/view.h"

#define PLAIN S("text/plain; charset=utf-8")

/* The process answers: what a supervisor restarts it for. */
void
page_health(struct exchange *x)
{
	respond(x, 200, PLAIN, S("ok\n"));
}

static enum err
head_read(struct exchange *x, struct record_head *out)
{
	LOAN r = { 0 };

	TRY(loan_take(&x->cx, x->site->pool, &r));
	return record_head(&x->cx, r.db, door_log(x->site->door), out);
}

/* It can also read its log: what a balancer sends requests for. */
void
page_ready(struct exchange *x)
{
	struct record_head head;
	const bool ready = x->site->door && x->site->pool &&
			   head_read(x, &head) == ERR_OK;

	respond(x, ready ? 200 : 503, PLAIN, ready ? S("ready\n") : S("not ready\n"));
}

static enum err
may_measure(struct exchange *x, bool *out)
{
	const struct str said = params_get(&x->req.headers, S("authorization"));

	*out = !x->site->https && address_is_loopback(x->req.peer);
	if (*out || !x->site->tokens || !str_starts(said, S("Bearer ")))
		return ERR_OK;
	return token_measures(
	    &x->cx, x->site->tokens, str_trim(str_sub(said, 7, said.n)), out);
}

/* Resident memory of this process in bytes; 0 when the system does not say. */
static int64_t
memory_used(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	long long pages = 0, resident = 0;

	if (!f)
		return 0;
	if (fscanf(f, "%lld %lld", &pages, &resident) != 2)
		resident = 0;
	fclose(f);
	return resident * sysconf(_SC_PAGESIZE);
}

static void
log_put(struct buf *b, struct exchange *x)
{
	struct record_head head;

	if (!x->site->door || !x->site->pool || head_read(x, &head) != ERR_OK)
		return;
	meter_line(b, "zhunsheng_log_events", "gauge", "Events of the log.", head.seq);
	meter_line(b, "zhunsheng_log_age_seconds", "gauge",
	    "Since the newest event was recorded.",
	    (x->cx.now_ms - head.recorded) / 1000);
	meter_line(b, "zhunsheng_time_in_doubt", "gauge",
	    "1 while lapses wait for an administrator to confirm the clock.",
	    door_time_in_doubt(x->site->door));
}

void
page_metrics(struct exchange *x)
{
	struct buf b = { .arena = &x->arena };
	bool may;

	if (may_measure(x, &may) != ERR_OK) {
		respond_err(x, ERR_STORE);
		return;
	}
	if (!may || !x->site->meter) {
		respond_error(x, 403);
		return;
	}
	meter_put(&b, x->site->meter);
	meter_line(&b, "zhunsheng_uptime_seconds", "gauge", "Since the process started.",
	    (server_monotonic_ms() - x->site->meter->started_ms) / 1000);
	meter_line(&b, "zhunsheng_memory_bytes", "gauge",
	    "Resident memory of the process.", memory_used());
	log_put(&b, x);
	respond(x, 200, S("text/plain; version=0.0.4; charset=utf-8"), buf_str(&b));
}
