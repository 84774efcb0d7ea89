/* Two faults: one that any reader sees, and one that compiles everywhere and is never true. */
int
main(int argc, char **argv)
{
	int unused = 1;

	return argc > 1 && argv[1] == "serve";
}
