#include <config.h>

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

size_t
utf8_decode(const char *s, size_t n, uint32_t *c)
{
	const unsigned char *u = (const unsigned char *)s;
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t v;
	size_t len, i;

	if (u[0] < 0x80) {
		*c = u[0];
		return 1;
	}
	if (u[0] < 0xC2 || u[0] > 0xF4)
		return 0;
	len = u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
	if (len > n)
		return 0;
	v = u[0] & (0x7FU >> len);
	for (i = 1; i < len; i++) {
		if ((u[i] & 0xC0) != 0x80)
			return 0;
		v = v << 6 | (u[i] & 0x3F);
	}
	if (v < least[len] || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF))
		return 0;
	*c = v;
	return len;
}

#define EIGHT		sizeof(uint64_t)
#define EACH(byte)	(UINT64_C(0x0101010101010101) * (byte))

/* Eight characters of ASCII, none of them NUL, as nearly all are. */
static bool
are_plain(const char *s)
{
	uint64_t x;

	memcpy(&x, s, sizeof x);
	return ((x | (x - EACH(0x01))) & EACH(0x80)) == 0;
}

bool
utf8_valid(const char *s, size_t n)
{
	size_t i = 0, len;
	uint32_t c;

	while (i < n) {
		if (n - i >= EIGHT && are_plain(s + i)) {
			i += EIGHT;
			continue;
		}
		if ((signed char)s[i] > 0) {
			i++;
			continue;
		}
		if ((len = utf8_decode(s + i, n - i, &c)) == 0 || c == 0)
			return false;
		i += len;
	}
	return true;
}

static bool
is_dropped(uint32_t c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	    (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

void
utf8_clean(const char *s, size_t n, struct buf *out)
{
	size_t i = 0, run = 0, len;
	uint32_t c;

	while (i < n) {
		unsigned char b = (unsigned char)s[i];

		if (b < 0x80 && b >= 0x20 && b != 0x7F) {
			i++;
			continue;
		}
		len = utf8_decode(s + i, n - i, &c);
		if (len > 1 && c >= 0xA0 && !is_dropped(c)) {
			i += len;
			continue;
		}
		if (len == 1 && (c == '\n' || c == '\t')) {
			i++;
			continue;
		}
		buf_add(out, s + run, i - run);
		if (len == 0) {
			buf_add_utf8(out, 0xFFFD);
			len = 1;
		} else if (c < 0xA0)
			buf_addc(out, ' ');
		i += len;
		run = i;
	}
	buf_add(out, s + run, n - run);
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t i, count = 0;

	for (i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xC0) != 0x80;
	return count;
}

void
utf8_fold(const char *s, size_t n, struct buf *out)
{
	static const utf8proc_option_t how = UTF8PROC_COMPAT |
	    UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_CASEFOLD |
	    UTF8PROC_IGNORE | UTF8PROC_STRIPMARK;
	char *at = buf_room(out, n);
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t len;
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char b = (unsigned char)s[i];

		if (b >= 0x80)
			break;
		at[i] = (char)(b >= 'A' && b <= 'Z' ? b + 32 : b);
	}
	if (i == n) {
		buf_grew(out, n);
		return;
	}
	len = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n,
	    &folded, how);
	if (len == UTF8PROC_ERROR_NOMEM)
		out_of_memory();
	if (len > 0)
		buf_add(out, folded, (size_t)len);
	free(folded);
}

/* Letters, marks and numbers follow each other in utf8proc_category_t. */
static bool
is_between(uint32_t c, int first, int last)
{
	int category = (int)utf8proc_category((utf8proc_int32_t)c);

	return category >= first && category <= last;
}

bool
utf8_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c | 32) >= 'a' && (c | 32) <= 'z';
	return is_between(c, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO);
}

bool
utf8_has_letter(const char *s, size_t n)
{
	size_t i, len;
	uint32_t c;

	for (i = 0; i < n; i += len) {
		if ((len = utf8_decode(s + i, n - i, &c)) == 0)
			return false;
		if (utf8_is_letter(c))
			return true;
	}
	return false;
}

bool
utf8_is_mark(uint32_t c)
{
	return is_between(c, UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME);
}

bool
utf8_is_digit(uint32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9';
	return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ND;
}

bool
utf8_is_upper(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

bool
utf8_is_word(uint32_t c)
{
	if (c < 0x80)
		return utf8_is_letter(c) || utf8_is_digit(c);
	return is_between(c, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_NO);
}

bool
utf8_is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS ||
	    c == 0x2028 || c == 0x2029;
}

bool
utf8_is_ignorable(uint32_t c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 ||
	    c == 0xFEFF;
}

size_t
utf8_ascii_run(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t eight;

	for (; i + sizeof eight <= n; i += sizeof eight) {
		memcpy(&eight, s + i, sizeof eight);
		if ((eight & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (i < n && (signed char)s[i] >= 0)
		i++;
	return i;
}
