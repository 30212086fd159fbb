#include <config.h>

#include <string.h>

#include "formats/le.h"
#include "formats/msgfile.h"

#define HEADER_BYTES 16
#define WINDOW_BYTES 4096
#define COMPRESSED 0x75465A4CU	/* "LZFu" */
#define STORED 0x414C454DU	/* "MELA" */

/* What every window begins with: RTF repeats itself from its first byte. */
static const char prelude[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
    "{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0"
    "\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
_Static_assert(sizeof prelude - 1 == 207, "as [MS-OXRTFCP] has it");

struct window {
	char bytes[WINDOW_BYTES];
	size_t at;
	struct buf *out;
};

static void
put(struct window *w, char c)
{
	w->bytes[w->at] = c;
	w->at = (w->at + 1) % WINDOW_BYTES;
	buf_addc(w->out, c);
}

/* Two bytes say where in the window and how much; false at the end. */
static bool
put_reference(struct window *w, const char *p)
{
	size_t where = (unsigned char)p[0], len = (unsigned char)p[1];

	where = where << 4 | len >> 4;
	if (where == w->at)
		return false;
	for (len = (len & 0xF) + 2; len > 0; len--) {
		put(w, w->bytes[where]);
		where = (where + 1) % WINDOW_BYTES;
	}
	return true;
}

int
lzfu_decode(const char *s, size_t n, struct buf *out)
{
	struct window w = { .at = sizeof prelude - 1, .out = out };
	const char *p = s + HEADER_BYTES, *end = s + n;
	unsigned flags, bit;

	if (n < HEADER_BYTES)
		return -1;
	if (le32(s + 8) == STORED) {
		buf_add(out, p, (size_t)(end - p));
		return 0;
	}
	if (le32(s + 8) != COMPRESSED)
		return -1;
	memcpy(w.bytes, prelude, sizeof prelude - 1);
	while (p < end) {
		flags = (unsigned char)*p++;
		for (bit = 0; bit < 8 && p < end; bit++) {
			if ((flags >> bit & 1) == 0) {
				put(&w, *p++);
				continue;
			}
			if (end - p < 2 || !put_reference(&w, p))
				return 0;
			p += 2;
		}
	}
	return 0;
}
