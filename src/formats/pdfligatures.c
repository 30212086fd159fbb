#include <config.h>

#include "formats/pdfligatures.h"

#include "base/utf8.h"

static uint32_t
swapped_letter(uint32_t c)
{
	uint32_t letter = c >> 8;

	return (c & 0xFF) == 0 && letter < 0x80 && utf8_is_letter(letter) ?
	    letter : 0;
}

static bool
is_latin(uint32_t c)
{
	return c < 0x250 && utf8_is_letter(c);
}

/* Where the first may stand: U+4100 to U+7A00, three bytes in UTF-8. */
static const char *
find_swapped(const char *s, const char *end)
{
	for (; end - s >= 3; s++)
		if (((unsigned char)s[0] & 0xFC) == 0xE4 &&
		    (unsigned char)s[2] == 0x80)
			return s;
	return NULL;
}

void
pdf_ligatures_mend(struct buf *text, size_t from)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	const char *s = text->s + from, *end = text->s + text->len, *run;
	uint32_t before = 0, c, letter;
	size_t len;

	if (find_swapped(s, end) == NULL)
		return;
	for (; s < end; s += len) {
		if ((len = utf8_decode(s, (size_t)(end - s), &c)) == 0)
			return;
		if (swapped_letter(c) == 0) {
			buf_add(&b, s, len);
			before = c;
			continue;
		}
		for (run = s; run < end && utf8_decode(run,
		    (size_t)(end - run), &c) == 3 && swapped_letter(c) != 0;
		    run += 3)
			;
		if (!is_latin(before) && (run == end || utf8_decode(run,
		    (size_t)(end - run), &c) == 0 || !is_latin(c))) {
			buf_add(&b, s, (size_t)(run - s));
			before = 0;
		} else
			for (; s < run; s += 3) {
				utf8_decode(s, 3, &c);
				letter = swapped_letter(c);
				buf_addc(&b, (char)letter);
				before = letter;
			}
		s = run;
		len = 0;
	}
	buf_cut(text, from);
	buf_add(text, buf_str(&b), b.len);
}
