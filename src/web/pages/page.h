/* The handlers that the table of routes (routes.c) names; each lives in a file of its own
 * name. */
#pragma once

#include "web/exchange.h"

void page_home(struct exchange *x);
void page_health(struct exchange *x);
void page_static(struct exchange *x);
void page_type(struct exchange *x);
void page_login(struct exchange *x);
void page_login_post(struct exchange *x);
void page_logout(struct exchange *x);
void page_clock(struct exchange *x);
void page_act(struct exchange *x);
void page_act_post(struct exchange *x);
void page_task(struct exchange *x);
void page_matter(struct exchange *x);
void page_style(struct exchange *x);
void page_style_post(struct exchange *x);
