/*
 * names: many names, looked up at a place in a text, all at once.
 *
 * Names are compared without case and accents; between words stands any run
 * of spaces, hyphens and punctuation, with one end of line at most; before a
 * digit it may be missing (Vw2000).  A name ends where a word ends.
 *
 * Used by dutch/cite*.c, series.c and regulations.c.
 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct names;

/* Names that begin at one place, at most: one may begin another. */
enum { NAMES_HITS = 8 };

struct name_hit {
	size_t end;
	int value;
	bool is_glued;		/* letters, and digits follow: WI2021 */
};

/*
 * Lazy ones keep names as they are, which then must outlive them, until some
 * that begin alike are looked for: for the few words of a question.  They let
 * everything through the filter, and are not for several threads.
 */
struct names *names_new(bool is_lazy);
void names_free(struct names **);
/*
 * Add a name, which begins with two ASCII letters or digits, other names are
 * ignored.  A name may have several values.
 */
void names_add(struct names *, const char *name, size_t len, int value);
/* Add those of a list, separated by ";". */
void names_add_list(struct names *, const char *list, int value);
/*
 * Add a name of len bytes, unless one is there that differs in nothing that
 * counts.  Returns the value that it has now, -1 if it was ignored; lazy ones
 * return value and find out later.
 */
int names_put(struct names *, const char *name, size_t len, int value);

/*
 * The names at byte at of the text s, of len bytes, the longest last.
 * Returns how many there are.
 */
size_t names_find(const struct names *, const char *s, size_t len, size_t at,
    struct name_hit hits[NAMES_HITS]);

/*
 * Whether a name may begin at byte at: cheap, for every word of a text.  Names
 * of two characters are kept by what these and the next one are, others by
 * their first four; both as hashes.
 */
enum { NAMES_FILTER_BITS = 15 };
struct names_filter {
	uint32_t two[(1 << NAMES_FILTER_BITS) / 32];
	uint32_t four[(1 << NAMES_FILTER_BITS) / 32];
};
const struct names_filter *names_filter(const struct names *);

/* Letters without case, digits; the rest of ASCII is a space. */
extern const uint8_t names_folded[128];

static inline bool
names_bit(const uint32_t *bits, uint32_t bytes)
{
	uint32_t h = bytes * 2654435761U >> (32 - NAMES_FILTER_BITS);

	return bits[h / 32] >> h % 32 & 1;
}

static inline bool
names_may_begin(const struct names_filter *f, const char *s, size_t len,
    size_t at)
{
	unsigned char c[4] = { ' ', ' ', ' ', ' ' };
	uint32_t bytes;

	memcpy(c, s + at, len - at >= 4 ? 4 : len - at);
	if ((c[0] | c[1] | c[2] | c[3]) >= 128)
		return true;
	bytes = (uint32_t)names_folded[c[3]] << 24 |
	    (uint32_t)names_folded[c[2]] << 16 |
	    (uint32_t)names_folded[c[1]] << 8 | names_folded[c[0]];
	return names_bit(f->four, bytes) || names_bit(f->two, bytes & 0xFFFFFF);
}

#endif
