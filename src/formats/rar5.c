#include <config.h>

#include "formats/rar5.h"

#include <stdbool.h>
#include <string.h>

/* A number in pieces of seven bits takes no more bytes than this. */
#define MAX_PIECES 10

#define FILE_BLOCK 2
#define HAS_EXTRA 1U
#define HAS_DATA 2U
#define EXTRA_ENCRYPTION 1

struct span {
	const char *p, *end;
};

/* The next number: seven bits a byte, the lowest first.  False: it ends. */
static bool
take_number(struct span *s, uint64_t *n)
{
	unsigned i;

	*n = 0;
	for (i = 0; i < MAX_PIECES && s->p < s->end; i++) {
		unsigned char c = (unsigned char)*s->p++;

		*n |= (uint64_t)(c & 0x7F) << 7 * i;
		if ((c & 0x80) == 0)
			return true;
	}
	return false;
}

/* The next so many bytes. */
static bool
take_span(struct span *s, uint64_t len, struct span *out)
{
	if (len > (uint64_t)(s->end - s->p))
		return false;
	*out = (struct span){ s->p, s->p + len };
	s->p += len;
	return true;
}

/* Records of an extra area: a size, a kind, and what the kind has. */
static bool
has_encryption(struct span extra)
{
	struct span record;
	uint64_t size, kind;

	while (take_number(&extra, &size) && take_span(&extra, size, &record))
		if (take_number(&record, &kind) && kind == EXTRA_ENCRYPTION)
			return true;
	return false;
}

/* One block: a checksum, a head of that size, its data.  False: no more. */
static bool
take_block(struct span *s, struct buf *flags)
{
	struct span checksum, head, data, extra;
	uint64_t size, kind, has, nextra = 0, ndata = 0;

	if (!take_span(s, 4, &checksum) || !take_number(s, &size) ||
	    !take_span(s, size, &head) || !take_number(&head, &kind) ||
	    !take_number(&head, &has) ||
	    ((has & HAS_EXTRA) != 0 && !take_number(&head, &nextra)) ||
	    ((has & HAS_DATA) != 0 && !take_number(&head, &ndata)) ||
	    nextra > (uint64_t)(head.end - head.p))
		return false;
	/* It is the end of the head. */
	extra = (struct span){ head.end - nextra, head.end };
	if (kind == FILE_BLOCK)
		buf_addc(flags, has_encryption(extra) ? 1 : 0);
	return take_span(s, ndata, &data);
}

void
rar5_encrypted(const struct input *in, struct buf *flags)
{
	static const char signature[] = "Rar!\x1A\x07\x01";
	struct span s = { in->bytes, in->bytes + in->size };
	struct span first;

	if (!take_span(&s, sizeof signature, &first) ||
	    memcmp(first.p, signature, sizeof signature) != 0)
		return;
	while (take_block(&s, flags))
		;
}
