/* Flow charts for the pages, drawn when definitions are published; by a server at its
 * start where they are missing, in a restored store or after the program was renewed.
 * Inside cli/. */
#pragma once

#include "act/door.h"

/* Draws what is missing of the definitions in force, in one run of Graphviz, and drops
 * what nobody asks for any more. A page without a chart says so: what cannot be drawn is
 * told on stderr and stops nothing. */
void charts_keep(struct cx *cx, struct door *door);
