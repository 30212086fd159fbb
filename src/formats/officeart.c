#include <config.h>

#include "formats/officeart.h"

#include <stdint.h>

#include "formats/le.h"
#include "formats/pptrecord.h"

/* Each is a number and a value; of some the value is how long what follows. */
#define PROPERTY_BYTES 6
#define PROPERTY 0x3FFF
#define IS_LONG 0x8000

#define LETTERS 0xC0

/* Types of records. */
enum { ALL_DRAWINGS = 0xF000, DRAWING = 0xF002, PROPERTIES = 0xF00B };

bool
officeart_letters(const char *s, size_t len, size_t n, const char **letters,
    size_t *letters_len)
{
	size_t at = n * PROPERTY_BYTES, i;

	if (at > len)
		return false;
	for (i = 0; i < n; i++, s += PROPERTY_BYTES, at -= PROPERTY_BYTES,
	    len -= PROPERTY_BYTES) {
		unsigned number = le16(s);
		uint32_t size = le32(s + 2);

		if ((number & IS_LONG) == 0)
			continue;
		if (size > len - at)
			return false;
		if ((number & PROPERTY) == LETTERS) {
			*letters = s + at;
			*letters_len = size & ~(uint32_t)1;
			while (*letters_len > 0 &&
			    le16(*letters + *letters_len - 2) == 0)
				*letters_len -= 2;
			return *letters_len > 0;
		}
		at += size;
	}
	return false;
}

static void
put_drawing(const struct ppt_record *drawing,
    void (*put)(void *, const char *, size_t), void *arg)
{
	struct ppt_walk w = { .p = drawing->s, .end = drawing->s + drawing->len };
	struct ppt_record r;
	const char *letters;
	size_t len;

	while (ppt_next(&w, &r))
		if (r.type == PROPERTIES && officeart_letters(r.s, r.len,
		    r.instance, &letters, &len))
			put(arg, letters, len);
}

/* What all drawings share, and then each, behind a byte that says of what. */
void
officeart_word(const char *s, size_t len, bool in_headers,
    void (*put)(void *, const char *, size_t), void *arg)
{
	const char *end;
	struct ppt_record r;
	bool is_wanted;

	if (len == 0 || !ppt_record_at(s, len, &r) || r.type != ALL_DRAWINGS)
		return;
	for (end = s + len, s = r.s + r.len; end - s > 1; s = r.s + r.len) {
		is_wanted = (*s == 1) == in_headers;
		if (!ppt_record_at(s + 1, (size_t)(end - s) - 1, &r) ||
		    r.type != DRAWING)
			return;
		if (is_wanted)
			put_drawing(&r, put, arg);
	}
}
