#include <config.h>

#include "formats/charset.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "formats/charsetint.h"

/* Where a page may declare its charset. */
#define PROLOGUE_BYTES 4096

const struct charset *
charset_by_mark(const char *s, size_t n)
{
	if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0)
		return charset_codepage(65001);
	/* Before UTF-16, whose text does not begin with a zero. */
	if (n >= 4 && memcmp(s, "\xFF\xFE\0\0", 4) == 0)
		return charset_codepage(12000);
	if (n >= 4 && memcmp(s, "\0\0\xFE\xFF", 4) == 0)
		return charset_codepage(12001);
	if (n >= 2 && memcmp(s, "\xFF\xFE", 2) == 0)
		return charset_codepage(1200);
	if (n >= 2 && memcmp(s, "\xFE\xFF", 2) == 0)
		return charset_codepage(1201);
	return NULL;
}

/*
 * Western text in UTF-16 has a zero in nearly every other byte.  Returns NULL
 * if these bytes do not.
 */
static const struct charset *
detect_utf16(const char *s, size_t n)
{
	size_t i, even = 0, odd = 0;
	size_t pairs = (n > 4096 ? 4096 : n) / 2;

	for (i = 0; i < pairs; i++) {
		even += s[2 * i] == 0;
		odd += s[2 * i + 1] == 0;
	}
	if (pairs < 2)
		return NULL;
	if (odd * 4 > pairs * 3 && even * 20 < pairs)
		return charset_codepage(1200);
	if (even * 4 > pairs * 3 && odd * 20 < pairs)
		return charset_codepage(1201);
	return NULL;
}

/* In UTF-32 two bytes of four are zero in all that there is. */
static const struct charset *
detect_utf32(const char *s, size_t n)
{
	size_t i, fours = (n > 4096 ? 4096 : n) / 4;
	bool little = fours > 1, big = fours > 1;

	for (i = 0; i < fours; i++) {
		const char *p = s + 4 * i;

		little = little && p[3] == 0 && p[2] == 0 && p[0] != 0;
		big = big && p[0] == 0 && p[1] == 0 && p[3] != 0;
	}
	return little ? charset_codepage(12000) :
	    big ? charset_codepage(12001) : NULL;
}

/* One wrong byte does not make UTF-8 something else, if the rest is. */
static bool
is_nearly_utf8(const char *s, size_t n)
{
	size_t i = 0, good = 0, bad = 0, len;
	uint32_t c;

	while ((i += utf8_ascii_run(s + i, n - i)) < n) {
		len = utf8_decode(s + i, n - i, &c);
		*(len != 0 ? &good : &bad) += 1;
		i += len != 0 ? len : 1;
	}
	return bad == 0 || good > bad * 10;
}

size_t
charset_western(const char *s, size_t n)
{
	uint32_t c = 0;
	size_t len = utf8_decode(s, n, &c);

	return (c >= 0xA0 && c < 0x180) || (c >= 0x2010 && c <= 0x203A) ||
	    c == 0x20AC ? len : 0;
}

/* Not two by chance, and no fewer than a quarter of what is not ASCII. */
static bool
is_mixed(const char *s, size_t n)
{
	size_t i = 0, good = 0, bad = 0, len;

	while ((i += utf8_ascii_run(s + i, n - i)) < n) {
		len = charset_western(s + i, n - i);
		*(len != 0 ? &good : &bad) += 1;
		i += len != 0 ? len : 1;
	}
	return good > 2 && good * 3 >= bad;
}

/*
 * Charsets of eight bits, with the bytes that are letters in the middle of
 * Dutch words there (in words from French as well) and are no marks in
 * windows-1252 that may stand between letters, such as its apostrophe.
 */
static const struct eight {
	unsigned codepage;
	const char *letters;
} eights[] = {
	{ 1252, "\xE0\xE1\xE2\xE4\xE7\xE8\xE9\xEA\xEB\xED\xEE\xEF\xF1\xF3"
	    "\xF4\xF6\xFA\xFB\xFC" },
	{ 850, "\x81\x82\x83\x84\x87\x88\x89\x8A\x8B\x8C\x93\x94\xA0\xA1\xA2"
	    "\xA3\xA4" },
	{ 10000, "\x87\x88\x89\x8A\x8D\x8E\x8F\x90\x91\x94\x95\x99\x9C\x9F" },
};

/* So many letters more than windows-1252 has are no chance. */
#define MIN_LETTERS 2

static bool
is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Of the charsets of eight bits the one whose letters stand in most words. */
static const struct charset *
detect_eight(const char *s, size_t n)
{
	size_t hits[NELEM(eights)] = { 0 }, best = 0, i = 0, k;

	while ((i += utf8_ascii_run(s + i, n - i)) < n) {
		for (k = 0; i > 0 && i + 1 < n && k < NELEM(eights); k++)
			hits[k] += is_small(s[i - 1]) && is_small(s[i + 1]) &&
			    strchr(eights[k].letters, s[i]) != NULL;
		i++;
	}
	for (k = 1; k < NELEM(eights); k++)
		if (hits[k] >= 2 * hits[0] + MIN_LETTERS && hits[k] > hits[best])
			best = k;
	return charset_codepage(eights[best].codepage);
}

const struct charset *
charset_detect(const char *s, size_t n)
{
	const struct charset *found;

	if ((found = charset_by_mark(s, n)) != NULL)
		return found;
	if (memchr(s, 0, n > 4096 ? 4096 : n) != NULL &&
	    ((found = detect_utf32(s, n)) != NULL ||
	    (found = detect_utf16(s, n)) != NULL))
		return found;
	return is_nearly_utf8(s, n) ? charset_codepage(65001) :
	    is_mixed(s, n) ? charset_codepage(CHARSET_MIXED) :
	    detect_eight(s, n);
}

/* The value of charset= or encoding= in the first bytes; NULL if none. */
static const struct charset *
declared(const char *s, size_t size)
{
	static const char *const keys[] = { "charset=", "encoding=" };
	size_t n = size < PROLOGUE_BYTES ? size : PROLOGUE_BYTES;
	size_t i, k, len;

	for (k = 0; k < NELEM(keys); k++) {
		size_t key = strlen(keys[k]);

		for (i = 0; i + key < n; i++) {
			const char *p = s + i;

			if ((*p | 32) != keys[k][0] ||
			    strncasecmp(p, keys[k], key) != 0)
				continue;
			p += key;
			i += key;
			if (i < n && (*p == '"' || *p == '\''))
				p++;
			for (len = 0; p + len < s + n &&
			    strchr("\"' \t\r\n;/>?", p[len]) == NULL; len++)
				;
			return charset_find(p, len);
		}
	}
	return NULL;
}

/* UTF-16 has zero bytes: its line ends, at least. */
static bool
may_be(const struct charset *said, const char *s, size_t n)
{
	switch (said->how) {
	case UTF8:
	case MIXED:
		return false;	/* it was looked for */
	case UTF16LE:
	case UTF16BE:
	case UTF32LE:
	case UTF32BE:
		return memchr(s, 0, n) != NULL;
	case WINDOWS:
	case SINGLE:
	case ICONV:
		return true;
	}
	return true;
}

const struct charset *
charset_choose(const struct charset *said, const char *s, size_t n)
{
	const struct charset *seen = charset_detect(s, n);
	bool is_eight = seen->how == WINDOWS ||
	    (seen->how == MIXED && said != NULL && said->how != WINDOWS) ||
	    (seen->how == SINGLE && (said == NULL || said->how != WINDOWS));

	return is_eight && said != NULL && may_be(said, s, n) ? said : seen;
}

const struct charset *
charset_of_page(const char *s, size_t n)
{
	return charset_choose(declared(s, n), s, n);
}
