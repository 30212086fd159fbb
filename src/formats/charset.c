#include <config.h>

#include "formats/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "formats/be.h"
#include "formats/charsetint.h"
#include "formats/le.h"

static const struct charset charsets[] = {
	{ UTF8, 65001, "UTF-8" },
	{ UTF16LE, 1200, "UTF-16LE" },
	{ UTF16BE, 1201, "UTF-16BE" },
	{ UTF32LE, 12000, "UTF-32LE" },
	{ UTF32BE, 12001, "UTF-32BE" },
	{ WINDOWS, 1252, "CP1252" },
	{ SINGLE, 437, "CP437" },
	{ SINGLE, 850, "CP850" },
	{ SINGLE, 852, "CP852" },
	{ SINGLE, 866, "CP866" },
	{ SINGLE, 874, "CP874" },
	{ ICONV, 932, "CP932" },
	{ ICONV, 936, "GBK" },
	{ ICONV, 949, "CP949" },
	{ ICONV, 950, "BIG5" },
	{ SINGLE, 1250, "CP1250" },
	{ SINGLE, 1251, "CP1251" },
	{ SINGLE, 1253, "CP1253" },
	{ SINGLE, 1254, "CP1254" },
	{ ICONV, 1255, "CP1255" },
	{ SINGLE, 1256, "CP1256" },
	{ SINGLE, 1257, "CP1257" },
	{ ICONV, 1258, "CP1258" },
	{ SINGLE, 10000, "MACINTOSH" },
	{ SINGLE, 20866, "KOI8-R" },
	{ SINGLE, 28592, "ISO-8859-2" },
	{ SINGLE, 28595, "ISO-8859-5" },
	{ SINGLE, 28596, "ISO-8859-6" },
	{ SINGLE, 28597, "ISO-8859-7" },
	{ SINGLE, 28605, "ISO-8859-15" },
	{ ICONV, 51932, "EUC-JP" },
	{ MIXED, CHARSET_MIXED, "" },
};

static iconv_t converters[NELEM(charsets)];
static uint16_t *tables[NELEM(charsets)];

/* Names that are not iconv's own; Latin 1 is windows-1252 to every browser. */
static const struct alias {
	const char *label;
	unsigned codepage;
} aliases[] = {
	{ "utf8", 65001 },
	{ "utf-16", 1200 },
	{ "utf-32", 12000 },
	{ "ucs-4", 12000 },
	{ "unicode", 1200 },
	{ "ucs-2", 1200 },
	{ "iso-8859-1", 1252 },
	{ "iso8859-1", 1252 },
	{ "iso_8859-1", 1252 },
	{ "latin1", 1252 },
	{ "latin-1", 1252 },
	{ "l1", 1252 },
	{ "us-ascii", 1252 },
	{ "ascii", 1252 },
	{ "ansi", 1252 },
	{ "windows-1250", 1250 },
	{ "windows-1251", 1251 },
	{ "windows-1252", 1252 },
	{ "x-cp1252", 1252 },
	{ "windows-1253", 1253 },
	{ "windows-1254", 1254 },
	{ "iso-8859-9", 1254 },
	{ "windows-1255", 1255 },
	{ "iso-8859-8", 1255 },
	{ "windows-1256", 1256 },
	{ "windows-1257", 1257 },
	{ "windows-1258", 1258 },
	{ "ibm850", 850 },
	{ "ibm437", 437 },
	{ "shift_jis", 932 },
	{ "shift-jis", 932 },
	{ "gb2312", 936 },
	{ "euc-kr", 949 },
	{ "x-mac-roman", 10000 },
	{ "mac", 10000 },
};

static iconv_t
open_converter(const char *name)
{
	iconv_t cd = iconv_open("UTF-8", name);

	return cd == (iconv_t)-1 ? NULL : cd;
}

/* The characters of all bytes; NULL if they cannot be had.  Never freed. */
static uint16_t *
make_table(const char *name)
{
	iconv_t cd = open_converter(name);
	uint16_t *table;
	unsigned byte;

	if (cd == NULL)
		return NULL;
	table = xcalloc(256, sizeof *table);
	for (byte = 0; byte < 256; byte++) {
		char in = (char)byte, out[8], *from = &in, *to = out;
		size_t n = 1, room = sizeof out;
		uint32_t c;

		iconv(cd, NULL, NULL, NULL, NULL);
		table[byte] = iconv(cd, &from, &n, &to, &room) == 0 &&
		    utf8_decode(out, sizeof out - room, &c) > 0 &&
		    c <= UINT16_MAX ? (uint16_t)c : 0xFFFD;
	}
	iconv_close(cd);
	return table;
}

void
charset_init(void)
{
	size_t i;

	for (i = 0; i < NELEM(charsets); i++)
		if (charsets[i].how == SINGLE && tables[i] == NULL)
			tables[i] = make_table(charsets[i].name);
	for (i = 0; i < NELEM(charsets); i++)
		if (charsets[i].how == ICONV && converters[i] == NULL)
			converters[i] = open_converter(charsets[i].name);
}

const struct charset *
charset_codepage(unsigned number)
{
	size_t i;

	for (i = 0; i < NELEM(charsets); i++)
		if (charsets[i].codepage == number)
			return &charsets[i];
	return NULL;
}

static bool
is_label(const char *known, const char *label, size_t len)
{
	return strlen(known) == len && strncasecmp(known, label, len) == 0;
}

const struct charset *
charset_find(const char *label, size_t len)
{
	size_t i;

	while (len > 0 && strchr(" \t\r\n\"'", *label) != NULL) {
		label++;
		len--;
	}
	while (len > 0 && strchr(" \t\r\n\"';", label[len - 1]) != NULL)
		len--;
	for (i = 0; i < NELEM(charsets); i++)
		if (is_label(charsets[i].name, label, len))
			return &charsets[i];
	for (i = 0; i < NELEM(aliases); i++)
		if (is_label(aliases[i].label, label, len))
			return charset_codepage(aliases[i].codepage);
	return NULL;
}

/* Valid, and without a NUL. */
static bool
is_clean_utf8(const char *s, size_t n)
{
	size_t i = 0, len;
	uint32_t c;

	if (memchr(s, '\0', n) != NULL)
		return false;
	while ((i += utf8_ascii_run(s + i, n - i)) < n) {
		if ((len = utf8_decode(s + i, n - i, &c)) == 0)
			return false;
		i += len;
	}
	return true;
}

static void
decode_utf8(const char *s, size_t n, struct buf *out)
{
	size_t i = 0, run = 0, len;
	uint32_t c;

	if (is_clean_utf8(s, n)) {
		buf_add(out, s, n);
		return;
	}
	while (i < n) {
		len = s[i] == 0 ? 0 : utf8_decode(s + i, n - i, &c);
		if (len != 0) {
			i += len;
			continue;
		}
		buf_add(out, s + run, i - run);
		buf_adds(out, s[i] == 0 ? " " : "\xEF\xBF\xBD");
		run = ++i;
	}
	buf_add(out, s + run, n - run);
}

static bool
join(uint32_t *c, uint32_t *high)
{
	if (*c >= 0xD800 && *c < 0xDC00) {
		*high = *c;
		return false;
	}
	if (*c >= 0xDC00 && *c < 0xE000)
		*c = *high == 0 ? 0xFFFD :
		    0x10000 + ((*high - 0xD800) << 10) + (*c - 0xDC00);
	*high = 0;
	return true;
}

bool
charset_unit(uint32_t *c, uint32_t *high)
{
	if (!join(c, high))
		return false;
	/* The private use area is symbol fonts: a list mark, nearly always. */
	if (*c >= 0xF000 && *c < 0xF100)
		*c = 0x2022;
	return true;
}

static void
decode_utf16(const char *s, size_t n, bool big, struct buf *out)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t i;
	uint32_t c, high = 0;

	for (i = 0; i + 1 < n; i += 2) {
		c = big ? (uint32_t)u[i] << 8 | u[i + 1] :
		    (uint32_t)u[i + 1] << 8 | u[i];
		if (high != 0 && (c < 0xDC00 || c >= 0xE000))
			buf_add_utf8(out, 0xFFFD);
		if (join(&c, &high))
			buf_add_utf8(out, c == 0 ? ' ' : c);
	}
}

static void
decode_utf32(const char *s, size_t n, bool big, struct buf *out)
{
	size_t i;
	uint32_t c;

	for (i = 0; i + 3 < n; i += 4) {
		c = big ? be32(s + i) : le32(s + i);
		if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
			c = 0xFFFD;
		buf_add_utf8(out, c == 0 ? ' ' : c);
	}
}

/* The characters of windows-1252, which needs no converter. */
static const uint16_t *
windows_table(void)
{
	/* 0x80 to 0x9F; all other bytes are their own code point. */
	static const uint16_t high[32] = {
		0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
		0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
	};
	static uint16_t table[256];
	unsigned i;

	for (i = 0; table[255] == 0 && i < 256; i++)
		table[i] = i >= 0x80 && i < 0xA0 ? high[i - 0x80] :
		    (uint16_t)i;
	return table;
}

static void
decode_single(const uint16_t *table, const char *s, size_t n, struct buf *out)
{
	size_t i, run = 0;

	for (i = 0; i < n; i++) {
		unsigned char b = (unsigned char)s[i];

		if (b != 0 && b < 0x80 && table[b] == b)
			continue;
		buf_add(out, s + run, i - run);
		run = i + 1;
		if (b == 0)
			buf_addc(out, ' ');
		else
			buf_add_utf8(out, table[b]);
	}
	buf_add(out, s + run, n - run);
}

static void
decode_mixed(const char *s, size_t n, struct buf *out)
{
	size_t i = 0, run, len;

	while (i < n) {
		run = i;
		while (i < n && (i += utf8_ascii_run(s + i, n - i)) < n &&
		    (len = charset_western(s + i, n - i)) > 0)
			i += len;
		decode_utf8(s + run, i - run, out);
		run = i;
		while (i < n && (unsigned char)s[i] >= 0x80 &&
		    charset_western(s + i, n - i) == 0)
			i++;
		decode_single(windows_table(), s + run, i - run, out);
	}
}

static void
decode_iconv(iconv_t cd, const char *s, size_t n, struct buf *out)
{
	struct buf raw CLEAN(buf_clear) = BUF_INIT;
	char *in = (char *)s, *to;
	size_t room, left;

	iconv(cd, NULL, NULL, NULL, NULL);
	while (n > 0) {
		room = n * 3 + 16;
		left = room;
		to = buf_room(&raw, room);
		if (iconv(cd, &in, &n, &to, &left) != (size_t)-1)
			errno = 0;
		buf_grew(&raw, room - left);
		if (errno == EILSEQ || errno == EINVAL) {
			buf_adds(&raw, "\xEF\xBF\xBD");
			in++;
			n--;
		}
	}
	decode_utf8(buf_str(&raw), raw.len, out);
}

void
charset_decode(const struct charset *cs, const char *s, size_t n,
    struct buf *out)
{
	iconv_t cd = converters[cs - charsets];
	const uint16_t *table = tables[cs - charsets];
	size_t skip = 0;

	if (charset_by_mark(s, n) == cs)
		skip = cs->how == UTF8 ? 3 :
		    cs->how == UTF16LE || cs->how == UTF16BE ? 2 : 4;
	s += skip;
	n -= skip;
	switch (cs->how) {
	case UTF8:
		decode_utf8(s, n, out);
		break;
	case UTF16LE:
	case UTF16BE:
		decode_utf16(s, n, cs->how == UTF16BE, out);
		break;
	case UTF32LE:
	case UTF32BE:
		decode_utf32(s, n, cs->how == UTF32BE, out);
		break;
	case SINGLE:
	case ICONV:
		if (table != NULL) {
			decode_single(table, s, n, out);
			break;
		}
		if (cd != NULL) {
			decode_iconv(cd, s, n, out);
			break;
		}
		/* FALLTHROUGH */
	case WINDOWS:
		decode_single(windows_table(), s, n, out);
		break;
	case MIXED:
		decode_mixed(s, n, out);
		break;
	}
}
