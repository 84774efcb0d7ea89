/* The power plug (plug.c). */
#pragma once

/* From now on what is written below the folder PLUG_ROOT is told to the file PLUG_JOURNAL
 * (both from the environment; without them nothing is). */
void plug_begin(void);
