/*
 * Scenarios: the proofs beside the definitions (docs/language.md). A scenario runs
 * through the real door on a log of its own; afterwards its projections are rebuilt and
 * compared, so that every proof also proves the engine.
 */
#pragma once

#include "act/door.h"
#include "lang/yaml.h"

struct node_list {
	const struct yaml_node **v;
	size_t n, cap;
};

struct scenario {
	struct arena *arena; /* owns it */
	struct str path, title;
	struct id_list proves;
	int64_t today;
	struct id_list former; /* procedures that begin under their former edition */
	struct node_list given, steps; /* sets that they name are opened */
	/* after a run: */
	struct id_list touched; /* families its events are on */
	bool passed;
};
struct scenario_list {
	struct scenario *v;
	size_t n, cap;
};

/* A definition that must be refused, with a part of the message. */
struct faulty {
	struct source source;
	struct str refuses;
};
struct faulty_list {
	struct faulty *v;
	size_t n, cap;
};

/* Reads the proofs below `dir`; faults of their form go to messages. */
enum err scenarios_load(struct cx *cx, struct str dir, struct messages *messages,
    struct scenario_list *scenarios, struct faulty_list *faulties) MUST_USE;

/* Where scenarios run: one store, a log for each. */
struct stage;
enum err stage_open(
    struct cx *cx, struct str url, const struct defs *defs, struct stage **out) MUST_USE;
void stage_close(struct stage *stage);

struct scenario_result {
	bool passed;
	struct messages failures;
	struct str head; /* of the record afterwards, hex: the same on every engine */
};

/* `log` must be new. `quick`: stop at the first failure, and leave out the verification
 * and the rebuild. Failures are in cx->arena. */
void scenario_run(struct cx *cx, struct stage *stage, struct scenario *scenario,
    struct str log, bool quick, struct scenario_result *out);
