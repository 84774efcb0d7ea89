#include <openssl/evp.h>
#include <sqlite3.h>
#include <zlib.h>
void *p = malloc(1); /* malloc(4) */ // malloc(5)
int xmalloc(int n);
int done = record_append (0);
int member = a->malloc(1) + b.sprintf(2);
