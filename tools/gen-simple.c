/*
 * The simplified form of each character alone, from OpenCC's tables, as C:
 *
 *     gen-simple >simple.h
 *
 * Made when the program is built: a search must give one character one form whatever
 * stands beside it, so it needs the table and not the phrases, and no library.
 */
#include <opencc/opencc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 0x3400, END = 0xA000 };

/* The one code point of a text of one character, or 0. */
static unsigned
point_of(const char *z)
{
	const unsigned char *p = (const unsigned char *)z;
	const size_t n = strlen(z);

	if (n == 3 && p[0] >= 0xE0 && p[0] < 0xF0)
		return (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
	if (n == 4)
		return (p[0] & 7u) << 18 | (p[1] & 63u) << 12 | (p[2] & 63u) << 6 |
		       (p[3] & 63u);
	return 0;
}

int
main(void)
{
	static unsigned changed[END - FIRST];
	const opencc_t h = opencc_open(OPENCC_DEFAULT_CONFIG_TRAD_TO_SIMP);
	unsigned n = 0;

	if (h == (opencc_t)-1) {
		fprintf(stderr, "gen-simple: no tables of OpenCC (libopencc-data)\n");
		return 1;
	}
	puts("/* Made by tools/gen-simple.c from OpenCC's tables. */");
	printf("enum { SIMPLE_FIRST = %#x, SIMPLE_END = %#x };\n", FIRST, END);
	puts("static const uint16_t simple_index[SIMPLE_END - SIMPLE_FIRST] = {");
	for (unsigned c = FIRST; c < END; c++) {
		const char one[4] = { (char)(0xE0 | c >> 12),
			(char)(0x80 | (c >> 6 & 63)), (char)(0x80 | (c & 63)), 0 };
		char *z = opencc_convert_utf8(h, one, 3);
		const unsigned to = z ? point_of(z) : 0;

		if (to && to != c) {
			changed[n++] = to;
			printf("[%#x - SIMPLE_FIRST] = %u,\n", c, n);
		}
		opencc_convert_utf8_free(z);
	}
	puts("};\nstatic const uint32_t simple_chars[] = {\n0,");
	for (unsigned i = 0; i < n; i++)
		printf("%#x,\n", changed[i]);
	puts("};");
	opencc_close(h);
	return 0;
}
