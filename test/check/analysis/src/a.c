/* A leak that gcc sees, a division that clang sees, and one that is granted. */
#include <stdlib.h>

int whole_of(int parts);
int first_of(void);

int
whole_of(int parts)
{
	return parts == 0 ? 100 / parts : 1;
}

int
first_of(void)
{
	int *numbers = malloc(2 * sizeof *numbers);

	if (!numbers)
		return 0;
	numbers[0] = 1;
	return numbers[0];
}
