/*
 * Setting up an empty store from a plan: the plan's own units become the register,
 * generic names become groups, the roles are found by their names or made, and those who
 * will work first get posts, competences and accounts. Everything is marked so that a
 * person confirms it later.
 */
#pragma once

#include "web/pages/adopt.h"
#include "web/session.h"

struct setup_account {
	struct str login, password, person, unit, role; /* role as shown: 依法治县办 … */
};
struct setup_accounts {
	struct setup_account *v;
	size_t n, cap;
};

/* The file of the plan kept; the units, groups, roles and people of the plan, then its
 * adoption (登记). `accounts` gets who may log in; the passwords are nowhere else. */
enum err setup_from_plan(struct cx *cx, struct door *door, struct sessions *sessions,
    const struct plan *plan, struct str path, struct setup_accounts *accounts) MUST_USE;
