/*
 * Decision models of DMN 1.1 to 1.5 in their XML form: decisions, business knowledge
 * models, decision services, input data, item definitions with allowed values, imports,
 * and every boxed expression but external functions. A model is compiled once into FEEL
 * trees and is immutable then; asking reads no text again.
 *
 * A faulty expression does not spoil the model: what needs it is null, and the load says
 * where the fault is.
 */
#pragma once

#include "base/cx.h"
#include "lang/messages.h"
#include "lang/value.h"

struct dmn;

/* The first text is the model asked, the others those it may import, found by their
 * namespace; texts are kept, not copied. ERR_INPUT when one is no XML; faults inside the
 * models are messages only. */
enum err dmn_load(struct cx *cx, const struct str *texts, size_t n,
    const struct dmn **out, struct messages *m) MUST_USE;

/* The value of a decision, or of a decision service asked without arguments, by its name;
 * null when there is none. `inputs`: a map by the names of input data; it also overrides
 * decisions. At most 1,000 decisions and services are evaluated for one answer. */
struct value dmn_decide(struct arena *a, const struct dmn *model, struct str name,
    const struct value *inputs);

/* The value of one output decision of a service that is given `inputs` and nothing else:
 * an input that is not given is null. */
struct value dmn_serve(struct arena *a, const struct dmn *model, struct str service,
    struct str decision, const struct value *inputs);
