/* Granted. */
int half_of(int parts);

int
half_of(int parts)
{
	return parts == 0 ? 50 / parts : 1;
}
