#include <config.h>

#include "formats/officeart.h"

#include <stdint.h>

#include "formats/le.h"

/* Each is a number and a value; of some the value is how long what follows. */
#define PROPERTY_BYTES 6
#define PROPERTY 0x3FFF
#define IS_LONG 0x8000

#define LETTERS 0xC0

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
