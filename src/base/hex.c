#include <config.h>

#include "base/hex.h"

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int
hex_byte(const char *s, size_t n)
{
	if (n < 2 || digit(s[0]) == -1 || digit(s[1]) == -1)
		return -1;
	return digit(s[0]) << 4 | digit(s[1]);
}
