#include <config.h>

#include "formats/wire.h"

/* Apart from out.c, because naslag keeps texts as the same records. */
void
wire_record(struct buf *b, const char *name, const char *s, size_t len)
{
	char digits[24], *d = digits + sizeof digits;
	size_t n = len;

	*--d = '\n';
	do
		*--d = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	*--d = ' ';
	buf_adds(b, name);
	buf_add(b, d, (size_t)(digits + sizeof digits - d));
	buf_add(b, s, len);
	buf_addc(b, '\n');
}
