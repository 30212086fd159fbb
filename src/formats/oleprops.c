#include <config.h>

#include "formats/ole.h"

#include <stdlib.h>
#include <string.h>

#include "formats/charset.h"
#include "formats/le.h"
#include "formats/numfmt.h"

/*
 * A property set: a header of 28 bytes, the place of each section; a section
 * is its size, the number of properties, and for each its number and place in
 * the section.  A value begins with its type.
 */
#define HEADER_BYTES 28
#define PLACE_BYTES 20		/* an id of 16 bytes, then the offset */

/* What one document may have. */
#define MAX_PROPERTIES 1000

enum {
	VT_I2 = 2, VT_LPSTR = 30, VT_LPWSTR = 31, VT_FILETIME = 64,
};

#define DICTIONARY 0		/* the names of the author's own properties */
#define CODEPAGE 1

/* Ticks of 100 ns in a day; days from 1601 to 1900, as numfmt counts them. */
#define DAY_TICKS 864000000000.0
#define DAYS_1601 (-109205)

static const struct {
	uint32_t number;
	const char *name;
} summary[] = {
	{ 2, "office:Title" },
	{ 3, "office:Subject" },
	{ 4, "office:Creator" },
	{ 5, "office:Keywords" },
	{ 6, "office:Description" },
	{ 12, "office:Created" },
	{ 13, "office:Modified" },
};

static const struct {
	uint32_t number;
	const char *name;
} document_summary[] = {
	{ 2, "office:Category" },
	{ 26, "office:Status" },
	{ 27, "office:Language" },
};

struct section {
	const char *s;
	size_t len;
	uint32_t n;		/* properties */
	const struct charset *charset;
};

/* The value of the i-th property; its number; NULL if it lies outside. */
static const char *
property(const struct section *sec, uint32_t i, uint32_t *number, size_t *len)
{
	uint32_t at = le32(sec->s + 8 + 8 * (size_t)i + 4);

	*number = le32(sec->s + 8 + 8 * (size_t)i);
	if (at >= sec->len || sec->len - at < 8)
		return NULL;
	*len = sec->len - at;
	return sec->s + at;
}

static const char *
property_numbered(const struct section *sec, uint32_t wanted, size_t *len)
{
	uint32_t i, number;
	const char *value;

	for (i = 0; i < sec->n; i++) {
		value = property(sec, i, &number, len);
		if (value != NULL && number == wanted)
			return value;
	}
	return NULL;
}

static int
open_section(const struct buf *set, size_t index, struct section *sec)
{
	size_t place = HEADER_BYTES + index * PLACE_BYTES, at, len;
	const char *value;

	if (set->len < place + PLACE_BYTES || le16(set->s) != 0xFFFE ||
	    le32(set->s + 24) <= index)
		return -1;
	at = le32(set->s + place + 16);
	if (at >= set->len || set->len - at < 8)
		return -1;
	*sec = (struct section){ set->s + at, set->len - at,
	    le32(set->s + at + 4), NULL };
	if (sec->n > MAX_PROPERTIES || 8 + 8 * (size_t)sec->n > sec->len)
		return -1;
	value = property_numbered(sec, CODEPAGE, &len);
	if (value != NULL && le16(value) == VT_I2)
		sec->charset = charset_codepage(le16(value + 4));
	if (sec->charset == NULL)
		sec->charset = charset_codepage(1252);
	return 0;
}

/* Strings count the zero they end with. */
static void
add_string(const struct charset *cs, const char *s, size_t len,
    struct buf *out)
{
	size_t i;

	if (cs != charset_codepage(1200)) {
		len = strnlen(s, len);
		cs = charset_choose(cs, s, len);
	}
	charset_decode(cs, s, len, out);
	for (i = 0; i < out->len; i++)
		if (out->s[i] == '\0')
			break;
	buf_cut(out, i);
}

static void
add_value(const struct section *sec, const char *value, size_t len,
    struct buf *out)
{
	uint32_t type = le16(value), n = le32(value + 4);

	if (type == VT_FILETIME && len >= 12) {
		double days = (double)le64(value + 4) / DAY_TICKS + DAYS_1601;

		if (days > 1)		/* 1601 is no date, but none */
			numfmt_show("yyyy\\-mm\\-dd", days, false, out);
	} else if (type == VT_LPSTR && n <= len - 8)
		add_string(sec->charset, value + 8, n, out);
	else if (type == VT_LPWSTR && n <= (len - 8) / 2)
		add_string(charset_codepage(1200), value + 8, 2 * (size_t)n,
		    out);
}

static void
emit(const struct section *sec, const char *name, const char *value,
    size_t len, struct out *out)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	add_value(sec, value, len, &b);
	out_meta(out, name, buf_str(&b), b.len);
}

/* The author's own: a dictionary of their numbers and names. */
static void
emit_own(const struct section *sec, struct out *out)
{
	size_t left, value_len, name_len;
	const char *p = property_numbered(sec, DICTIONARY, &left), *value;
	bool is_wide = sec->charset == charset_codepage(1200);
	uint32_t n, i;

	if (p == NULL)
		return;
	n = le32(p);
	p += 4;
	left -= 4;
	for (i = 0; i < n && i < MAX_PROPERTIES && left >= 8; i++) {
		struct buf name CLEAN(buf_clear) = BUF_INIT;
		struct buf own CLEAN(buf_clear) = BUF_INIT;
		uint32_t number = le32(p);

		name_len = (size_t)le32(p + 4) * (is_wide ? 2 : 1);
		if (name_len > left - 8)
			return;
		add_string(sec->charset, p + 8, name_len, &name);
		if (is_wide)
			name_len = (name_len + 3) & ~(size_t)3;
		buf_addf(&own, "office:%s", buf_str(&name));
		if (name.len > 0 && (value = property_numbered(sec, number,
		    &value_len)) != NULL)
			emit(sec, own.s, value, value_len, out);
		if (name_len + 8 > left)
			return;
		p += 8 + name_len;
		left -= 8 + name_len;
	}
}

void
ole_properties(const struct ole *o, struct out *out)
{
	struct buf first CLEAN(buf_clear) = BUF_INIT;
	struct buf second CLEAN(buf_clear) = BUF_INIT;
	struct section sec;
	const char *value;
	size_t i, len;

	ole_read(o, "\005SummaryInformation", &first);
	ole_read(o, "\005DocumentSummaryInformation", &second);
	if (open_section(&first, 0, &sec) == 0)
		for (i = 0; i < NELEM(summary); i++)
			if ((value = property_numbered(&sec,
			    summary[i].number, &len)) != NULL)
				emit(&sec, summary[i].name, value, len, out);
	if (open_section(&second, 0, &sec) == 0)
		for (i = 0; i < NELEM(document_summary); i++)
			if ((value = property_numbered(&sec,
			    document_summary[i].number, &len)) != NULL)
				emit(&sec, document_summary[i].name, value,
				    len, out);
	if (open_section(&second, 1, &sec) == 0)
		emit_own(&sec, out);
}
