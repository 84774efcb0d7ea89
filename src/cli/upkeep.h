/*
 * What a running server does besides answering: at its start it looks whether the log
 * stands where its checkpoint outside the store says, and sweeps what a killed process
 * left; then, once a minute, it writes lapsed terms, sweeps uploads that no act cited and
 * signs a checkpoint when the log has grown.
 */
#pragma once

#include "base/cx.h"

struct door;
struct upkeep;

/* `store` and `log` are the server's. ERR_REFUSED: the log is behind its checkpoint, or
 * another. cx->now_ms is the real time. */
enum err upkeep_open(struct cx *cx, struct str store, struct str log,
    struct str checkpoints, struct upkeep **out) MUST_USE;

/* One turn; `door` writes the lapses. What fails is said on stderr, the next turn tries
 * again. */
void upkeep_turn(struct cx *cx, struct upkeep *u, struct door *door);

/* Only the checkpoint: at the start and at the end. */
void upkeep_sign(struct cx *cx, struct upkeep *u);

void upkeep_close(struct upkeep *u); /* NULL is fine */
