/*
 * The verifier: workers compute the tiles (verify_tile.c), then their roots are put
 * together in order and held against everything that depends on them.
 */
#include "record/verify.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/verify_tile.h"
#include "store/bytes.h"

enum { THREADS_MAX = 16, LATE_MAX = 10000 };

/* A size at which a root is asked for, and by which checkpoint. */
struct wanted {
	const struct checkpoint *checkpoint;
	bool is_outside;
};

struct verification {
	struct verify_report *report;
	const struct verify_options *options;
	struct db *db;
	struct str log, origin;
	int64_t seq, recorded; /* as the head says */
	struct str digest, edge;
	int64_t last;
	LIST(struct wanted) wanted; /* by size */
	struct checkpoints stored;
	struct verify_job job;
	struct verify_worker workers[THREADS_MAX];
	int nworkers;
	bool whole; /* every tile could be computed */
	struct tree tree;
	struct tree_nodes nodes;
};

#define fault(cx, v, seq, ...) \
	verify_fault((cx)->arena, (v)->report, (seq), str_fmt((cx)->arena, __VA_ARGS__))

static enum err
head_load(struct cx *cx, struct verification *v)
{
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, v->db, &rows, Q_LOG_HEAD, D_TEXT(v->log)));
	if (!db_next(&rows)) {
		TRY(db_end(cx, &rows));
		return fail(cx, ERR_NOT_FOUND, "没有名为 %.*s 的日志", STR_ARG(v->log));
	}
	v->report->sm3 = str_eq(db_view(&rows, 0), S("sm3"));
	v->seq = db_int(&rows, 2);
	v->recorded = db_int(&rows, 3);
	v->digest = db_text(cx, &rows, 4);
	v->edge = db_text(cx, &rows, 5);
	v->origin = log_origin(cx->arena, v->log, v->report->sm3);
	return db_end(cx, &rows);
}

/* How many events to compute. Rows behind the head are damage when they were there at the
 * beginning; those that arrive meanwhile are not looked at. */
static enum err
extent_load(struct cx *cx, struct verification *v)
{
	int64_t n, first, last;
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, v->db, &rows, Q_EVENT_EXTENT, D_TEXT(v->log)));
	n = db_next(&rows) ? db_int(&rows, 0) : 0;
	first = db_int(&rows, 1);
	last = db_int(&rows, 2);
	TRY(db_end(cx, &rows));
	if (n && (first != 1 || last != n))
		fault(cx, v, 0, "编号不连续：%lld 条记录，从第 %lld 号到第 %lld 号",
		    (long long)n, (long long)first, (long long)last);
	if (n != v->seq)
		fault(cx, v, 0, "日志末端写明 %lld 条，实有 %lld 条", (long long)v->seq,
		    (long long)n);
	v->job.events = v->report->events = n;
	return ERR_OK;
}

static int
wanted_order(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;
	const int64_t p = x->checkpoint->size, q = y->checkpoint->size;

	return (p > q) - (p < q);
}

/* Then every line that the log itself keeps is by one of them. */
static bool
knows_both(const struct verifier *v)
{
	return v && v->has_ed25519 && v->has_sm2;
}

/* A checkpoint's form, origin and signature; whether its root is to be compared. */
static bool
checkpoint_fits(
    struct cx *cx, struct verification *v, const struct checkpoint *c, bool is_outside)
{
	const char *whose = is_outside ? "外存存证点" : "存证点";

	v->report->checkpoints++;
	if (!str_eq(c->origin, v->origin))
		fault(cx, v, 0, "%s属于 %.*s，不是本日志", whose, STR_ARG(c->origin));
	else if (v->options->key && !checkpoint_is_signed(c, v->options->key))
		fault(cx, v, 0, "%s（%lld 条）的签名不符", whose, (long long)c->size);
	else if (!is_outside && knows_both(v->options->key) &&
		 checkpoint_has_strangers(c, v->options->key))
		fault(cx, v, 0, "%s（%lld 条）有一行签名不是本日志的密钥所签", whose,
		    (long long)c->size);
	else if (c->size > v->report->events)
		fault(cx, v, 0, "%s覆盖 %lld 条，日志只有 %lld 条：末尾的记录被删除",
		    whose, (long long)c->size, (long long)v->report->events);
	else
		return true;
	return false;
}

static enum err
checkpoints_load(struct cx *cx, struct verification *v)
{
	const struct checkpoints *against = v->options->against;
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, v->db, &rows, Q_CHECKPOINT_ALL, D_TEXT(v->log)));
	while (db_next(&rows)) {
		struct checkpoint c;

		if (checkpoint_parse(cx, db_text(cx, &rows, 2), &c) == ERR_OK &&
		    c.size == db_int(&rows, 0))
			*list_add(cx->arena, &v->stored) = c;
		else
			fault(cx, v, 0, "库中的存证点（%lld 条）损坏",
			    (long long)db_int(&rows, 0));
	}
	TRY(db_end(cx, &rows));
	for (size_t i = 0; i < v->stored.n; i++)
		if (checkpoint_fits(cx, v, &v->stored.v[i], false))
			*list_add(cx->arena,
			    &v->wanted) = (struct wanted){ &v->stored.v[i], false };
	for (size_t i = 0; against && i < against->n; i++)
		if (checkpoint_fits(cx, v, &against->v[i], true))
			*list_add(cx->arena,
			    &v->wanted) = (struct wanted){ &against->v[i], true };
	if (v->wanted.n)
		qsort(v->wanted.v, v->wanted.n, sizeof *v->wanted.v, wanted_order);
	return ERR_OK;
}

static void
tiles_prepare(struct cx *cx, struct verification *v)
{
	struct verify_job *job = &v->job;

	job->ntiles = (job->events + TILE_EVENTS - 1) / TILE_EVENTS;
	job->tiles = arena_array(cx->arena, struct tile, job->ntiles + 1);
	if (job->events % TILE_EVENTS)
		job->tiles[job->ntiles - 1].wants_leaves = true;
	for (size_t i = 0; i < v->wanted.n; i++) {
		const int64_t size = v->wanted.v[i].checkpoint->size;

		if (size % TILE_EVENTS)
			job->tiles[size / TILE_EVENTS].wants_leaves = true;
	}
}

static enum err
workers_run(struct cx *cx, struct verification *v)
{
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);
	int n = v->options->threads ? v->options->threads : (int)processors;

	if (v->job.db) {
		v->nworkers = 1;
		v->workers[0].job = &v->job;
		verify_worker_run(&v->workers[0]);
		return ERR_OK;
	}
	n = n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : n;
	v->nworkers = v->job.ntiles < n ? (v->job.ntiles ? (int)v->job.ntiles : 1) : n;
	for (int i = 0; i < v->nworkers; i++) {
		struct verify_worker *w = &v->workers[i];

		w->job = &v->job;
		w->running = pthread_create(&w->thread, NULL, verify_worker_run, w) == 0;
		if (!w->running)
			verify_worker_run(w);
	}
	for (int i = 0; i < v->nworkers; i++)
		if (v->workers[i].running)
			pthread_join(v->workers[i].thread, NULL);
	for (int i = 0; i < v->nworkers; i++) {
		cx->why = str_copy(cx->arena, v->workers[i].why);
		TRY(v->workers[i].err);
	}
	return ERR_OK;
}

static void
root_compare(struct cx *cx, struct verification *v, struct hasher *h, size_t *at)
{
	const struct digest root = tree_root(&v->tree, h);

	for (; *at < v->wanted.n && v->wanted.v[*at].checkpoint->size == v->tree.n;
	     (*at)++) {
		const struct wanted *w = &v->wanted.v[*at];

		if (!digest_eq(&root, &w->checkpoint->root))
			fault(cx, v, w->checkpoint->size,
			    "前 %lld 条与%s存证点不一致：其中有记录被改写",
			    (long long)w->checkpoint->size,
			    w->is_outside ? "外存" : "库中");
	}
}

/* Tiles in order: whole ones by their root, those with a wanted size inside leaf by leaf.
 */
static void
tree_build(struct cx *cx, struct verification *v)
{
	HASHER h = { 0 };
	size_t at = 0;

	hasher_open(&h, v->job.algorithm);
	v->whole = true;
	root_compare(cx, v, &h, &at);
	for (int64_t i = 0; v->whole && i < v->job.ntiles; i++) {
		const struct tile *tile = &v->job.tiles[i];

		if (tile->failed) {
			v->whole = false;
			break;
		}
		if (!tile->wants_leaves) {
			tree_add_subtree(
			    cx->arena, &v->tree, &h, TILE_HEIGHT, &tile->root, &v->nodes);
			root_compare(cx, v, &h, &at);
			continue;
		}
		for (int k = 0; k < tile->n; k++) {
			tree_add(cx->arena, &v->tree, &h, &tile->leaves[k], &v->nodes);
			if (at < v->wanted.n &&
			    v->wanted.v[at].checkpoint->size == v->tree.n)
				root_compare(cx, v, &h, &at);
		}
	}
	if (!v->whole && at < v->wanted.n)
		fault(cx, v, 0, "有记录缺失或损坏，其后的存证点无从核对");
	v->report->root = tree_root(&v->tree, &h);
}

static int
node_order(const void *a, const void *b)
{
	const struct tree_node *x = a, *y = b;

	if (x->level != y->level)
		return x->level < y->level ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static enum err
nodes_check(struct cx *cx, struct verification *v)
{
	struct tree_nodes *nodes = &v->nodes;
	size_t i = 0;
	bool same = true;
	DB_ROWS rows = { 0 };

	if (nodes->n)
		qsort(nodes->v, nodes->n, sizeof *nodes->v, node_order);
	TRY(db_ask(cx, v->db, &rows, Q_TREE_ALL, D_TEXT(v->log)));
	for (; db_next(&rows); i++) {
		const struct tree_node *n = i < nodes->n ? &nodes->v[i] : NULL;

		same = same && n && n->level == db_int(&rows, 0) &&
		       n->at == db_int(&rows, 1) &&
		       str_eq(digest_str(&n->digest), db_view(&rows, 2));
	}
	TRY(db_end(cx, &rows));
	if (!same || i != nodes->n)
		fault(cx, v, 0, "库中的摘要树与记录不一致");
	return ERR_OK;
}

static void
head_check(struct cx *cx, struct verification *v)
{
	const struct digest zero = { 0 };
	const struct event *last = NULL;

	for (int i = 0; i < v->nworkers; i++)
		if (v->workers[i].last.seq)
			last = &v->workers[i].last;
	if (!str_eq(v->digest, last ? last->digest : digest_str(&zero)) ||
	    v->recorded != (last ? last->recorded : 0) ||
	    !str_eq(v->edge, tree_edge(cx->arena, &v->tree)))
		fault(cx, v, 0, "日志末端与最后一条记录不一致");
}

static int
part_order(const void *a, const void *b)
{
	const struct part_of *x = a, *y = b;

	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return str_cmp(x->part, y->part);
}

/* While we read, appending may have gone on and emptied parts of what we look at. Such a
 * destruction stands behind our end; it explains an empty part, and asks for nothing. */
static enum err
late_destructions(struct cx *cx, struct verification *v, const struct parts_of *empty,
    struct parts_of *destroyed)
{
	struct event_list late = { 0 };

	TRY(events_load(
	    cx, v->db, v->log, v->job.events + 1, INT64_MAX, LATE_MAX, &late));
	for (size_t i = 0; i < late.n; i++) {
		struct destroyed_parts parts = { 0 };

		if (late.v[i].kind != EV_DESTROYED ||
		    event_destroys(cx, late.v[i].parts.v[0].bytes, &parts) != ERR_OK)
			continue;
		for (size_t k = 0; k < parts.n; k++) {
			const struct part_of p = { parts.v[k].seq, late.v[i].seq,
				parts.v[k].part };

			if (bsearch(&p, empty->v, empty->n, sizeof p, part_order))
				*list_add(cx->arena, destroyed) = p;
		}
	}
	return ERR_OK;
}

/* Empty parts and destructions must name each other. */
static enum err
destructions_check(struct cx *cx, struct verification *v)
{
	struct parts_of empty = { 0 }, destroyed = { 0 };
	size_t e = 0, d = 0;

	for (int i = 0; i < v->nworkers; i++) {
		const struct verify_worker *w = &v->workers[i];

		for (size_t k = 0; k < w->empty.n; k++)
			*list_add(cx->arena, &empty) = w->empty.v[k];
		for (size_t k = 0; k < w->destroyed.n; k++)
			*list_add(cx->arena, &destroyed) = w->destroyed.v[k];
	}
	if (empty.n) {
		qsort(empty.v, empty.n, sizeof *empty.v, part_order);
		TRY(late_destructions(cx, v, &empty, &destroyed));
	}
	if (destroyed.n)
		qsort(destroyed.v, destroyed.n, sizeof *destroyed.v, part_order);
	while (e < empty.n || d < destroyed.n) {
		const int order = e == empty.n ? 1
				  : d == destroyed.n
				      ? -1
				      : part_order(&empty.v[e], &destroyed.v[d]);

		if (order < 0)
			fault(cx, v, empty.v[e].seq, "密封部分 %.*s 不见了，没有销毁记录",
			    STR_ARG(empty.v[e].part));
		else if (order > 0)
			fault(cx, v, destroyed.v[d].seq,
			    "密封部分 %.*s 已由第 %lld 号销毁，内容却还在或者从未有过",
			    STR_ARG(destroyed.v[d].part), (long long)destroyed.v[d].by);
		else if (destroyed.v[d].by <= empty.v[e].seq)
			fault(cx, v, empty.v[e].seq, "销毁记录早于被销毁的记录");
		/* Several events may name the same part. */
		while (order >= 0 && d + 1 < destroyed.n &&
		       part_order(&destroyed.v[d], &destroyed.v[d + 1]) == 0)
			d++;
		e += order <= 0;
		d += order >= 0;
	}
	v->report->destroyed = (int64_t)empty.n;
	return ERR_OK;
}

static enum err
sealed_check(struct cx *cx, struct verification *v)
{
	int64_t met = 0, n;
	DB_ROWS rows = { 0 };

	for (int i = 0; i < v->nworkers; i++)
		met += v->workers[i].sealed;
	TRY(db_ask(cx, v->db, &rows, Q_SEALED_COUNT, D_TEXT(v->log)));
	n = db_next(&rows) ? db_int(&rows, 0) : 0;
	TRY(db_end(cx, &rows));
	if (n != met)
		fault(cx, v, 0, "有 %lld 个密封部分不属于任何记录", (long long)(n - met));
	return ERR_OK;
}

static enum err
files_check(struct cx *cx, struct verification *v)
{
	LIST(struct str) digests = { 0 };
	DB_ROWS rows = { 0 };

	TRY(db_ask(cx, v->db, &rows, Q_FILE_ALL, D_TEXT(v->log)));
	while (db_next(&rows))
		*list_add(cx->arena, &digests) = db_text(cx, &rows, 0);
	TRY(db_end(cx, &rows));
	for (size_t i = 0; i < digests.n; i++) {
		int64_t length;

		if (bytes_check(cx, v->db, v->log, digests.v[i]) == ERR_OK) {
			v->report->files++;
			continue;
		}
		const struct str why = cx->why;

		/* An upload may be swept meanwhile. */
		if (bytes_have(cx, v->db, v->log, digests.v[i], &length) == ERR_NOT_FOUND)
			continue;
		v->report->files++;
		fault(cx, v, 0, "%.*s", STR_ARG(why));
	}
	return ERR_OK;
}

static int
fault_order(const void *a, const void *b)
{
	const struct verify_fault *x = a, *y = b;

	return (x->seq > y->seq) - (x->seq < y->seq);
}

static void
faults_gather(struct cx *cx, struct verification *v)
{
	struct verify_report *r = v->report;

	for (int i = 0; i < v->nworkers; i++) {
		const struct verify_report *w = &v->workers[i].report;

		r->found += w->found;
		for (size_t k = 0; k < w->faults.n; k++)
			*list_add(cx->arena,
			    &r->faults) = (struct verify_fault){ w->faults.v[k].seq,
				str_copy(cx->arena, w->faults.v[k].text) };
	}
	if (r->faults.n)
		qsort(r->faults.v, r->faults.n, sizeof *r->faults.v, fault_order);
	if (r->faults.n > VERIFY_FAULTS_MAX)
		r->faults.n = VERIFY_FAULTS_MAX;
}

static enum err
verify(struct cx *cx, struct verification *v)
{
	DB_TX tx = { 0 };

	/* The head, the extent and the checkpoints as they were at one moment. */
	TRY(db_begin(cx, v->db, &tx));
	TRY(head_load(cx, v));
	TRY(extent_load(cx, v));
	TRY(checkpoints_load(cx, v));
	v->job.algorithm = v->report->sm3 ? DIGEST_SM3 : DIGEST_SHA256;
	tiles_prepare(cx, v);
	TRY(workers_run(cx, v));
	tree_build(cx, v);
	if (v->whole) {
		TRY(nodes_check(cx, v));
		head_check(cx, v);
		TRY(sealed_check(cx, v));
	}
	TRY(db_commit(cx, &tx));
	if (v->whole)
		TRY(destructions_check(cx, v));
	if (!v->options->without_files)
		TRY(files_check(cx, v));
	faults_gather(cx, v);
	return ERR_OK;
}

static enum err
verify_on(struct cx *cx, struct db *db, struct str url, struct str log,
    const struct verify_options *options, struct verify_report *out)
{
	struct verification *v = arena_new(cx->arena, struct verification);
	enum err err;

	*out = (struct verify_report){ 0 };
	v->report = out;
	v->options = options;
	v->db = db;
	v->log = v->job.log = log;
	v->job.url = url;
	v->job.db = url.n ? NULL : db;
	err = verify(cx, v);
	for (int i = 0; i < v->nworkers; i++)
		arena_free(&v->workers[i].arena);
	return err;
}

enum err
record_verify_alone(struct cx *cx, struct db *db, struct str log,
    const struct verify_options *options, struct verify_report *out)
{
	return verify_on(cx, db, S(""), log, options, out);
}

enum err
record_verify(struct cx *cx, struct str url, struct str log,
    const struct verify_options *options, struct verify_report *out)
{
	struct db *db;
	enum err err;

	TRY(db_open(cx, url, DB_READ, &db));
	err = verify_on(cx, db, url, log, options, out);
	db_close(db);
	return err;
}
