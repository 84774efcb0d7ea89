#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
/* malloc(1) in a comment and "malloc(2)" in it, too */
const char *text = "malloc(3) sprintf(\"x\") // no comment"; int after = sprintf(0, "");
