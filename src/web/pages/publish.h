/* What the pages of yearly reports and of publishing share. */
#pragma once

#include "web/view.h"

struct html;

/* Their tabs; publishing stands there only for who may. */
void publish_tabs(struct html *h, struct view *v, bool is_publishing);
