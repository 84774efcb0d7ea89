/* Reads the command line, builds cx, starts. */
#include <stdio.h>

int
main(void)
{
	puts("zhunsheng");
	return 0;
}
