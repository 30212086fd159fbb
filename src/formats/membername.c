#include <config.h>

#include "formats/membername.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "formats/charset.h"
#include "formats/wire.h"

/* A file system takes 255; " (2)" may come behind it. */
#define SEGMENT_BYTES 200
/* Each segment may get a number as long as " (10000)" behind it. */
#define MAX_SEGMENTS 20
#define MAX_BYTES (WIRE_MEMBER_NAME_BYTES - MAX_SEGMENTS * 8)
/* What is longer is no extension. */
#define EXTENSION_BYTES 16

/* ---- charsets ---- */

/*
 * Japanese is pairs of bytes, one behind the other; the letters with accents
 * of other languages stand apart among plain ones.
 */
static bool
is_shift_jis(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t i, pairs = 0, last = 0;
	bool has_two = false, has_high = false;

	for (i = 0; i < n; i++) {
		if (u[i] < 0x80)
			continue;
		if (u[i] == 0x80 || u[i] == 0xA0 || u[i] > 0xFC)
			return false;
		if (u[i] > 0xA0 && u[i] < 0xE0)
			continue;	/* half a width, one byte */
		if (i + 1 == n || u[i + 1] < 0x40 || u[i + 1] == 0x7F ||
		    u[i + 1] > 0xFC)
			return false;
		has_two |= pairs++ > 0 && last == i;
		has_high |= u[i + 1] >= 0x80;
		last = i + 2;
		i++;
	}
	return has_two && has_high;
}

/* How likely a name is: accents belong in words, boxes and Greek do not. */
static int
score(const struct buf *name)
{
	const char *s = buf_str(name), *end = s + name->len;
	uint32_t c, before = 0;
	int points = 0;
	size_t len;

	for (; s < end; s += len, before = c) {
		if ((len = utf8_decode(s, (size_t)(end - s), &c)) == 0)
			break;
		if (c < 0x80)
			continue;
		if (c < 0xC0 || c == 0xD7 || c == 0xF7 || c > 0x17F)
			/* Dashes and quotes, in Windows' charset only. */
			points -= c >= 0x2013 && c <= 0x201E ? 0 : 2;
		else if (utf8_is_upper(c) && before < 0x80 &&
		    utf8_is_letter(before) && !utf8_is_upper(before))
			points -= 1;
		else
			points += 1;
	}
	return points;
}

void
membername_decode(const char *s, size_t n, struct buf *out)
{
	static const unsigned codepages[] = { 437, 850, 1252 };
	struct buf best CLEAN(buf_clear) = BUF_INIT;
	struct buf name CLEAN(buf_clear) = BUF_INIT;
	size_t i;

	if (utf8_valid(s, n)) {
		buf_add(out, s, n);
		return;
	}
	if (is_shift_jis(s, n)) {
		charset_decode(charset_codepage(932), s, n, out);
		return;
	}
	for (i = 0; i < NELEM(codepages); i++) {
		buf_cut(&name, 0);
		charset_decode(charset_codepage(codepages[i]), s, n, &name);
		if (i == 0 || score(&name) > score(&best)) {
			buf_cut(&best, 0);
			buf_add(&best, buf_str(&name), name.len);
		}
	}
	buf_add(out, buf_str(&best), best.len);
}

/* ---- paths ---- */

const char *
membername_extension(const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *last = slash != NULL ? slash + 1 : name;
	const char *dot = strrchr(last, '.');

	return dot != NULL && dot > last && dot[1] != '\0' &&
	    strlen(dot) <= EXTENSION_BYTES ? dot : strchr(last, '\0');
}

static bool
is_nothing(const char *s, size_t n)
{
	return n == 0 || (n == 1 && s[0] == '.') ||
	    (n == 2 && s[0] == '.' && s[1] == '.') ||
	    (n == 2 && s[1] == ':');		/* a drive */
}

static void
trim(const char **s, size_t *n)
{
	while (*n > 0 && **s == ' ')
		++*s, --*n;
	while (*n > 0 && (*s)[*n - 1] == ' ')
		--*n;
}

/* Append a segment, cut before its extension if it is too long. */
static void
add_segment(const char *s, size_t n, struct buf *out)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	const char *extension;
	size_t keep;

	buf_add(&b, s, n);
	if (n > SEGMENT_BYTES) {
		extension = membername_extension(b.s);
		keep = SEGMENT_BYTES - strlen(extension);
		while (keep > 0 && ((unsigned char)b.s[keep] & 0xC0) == 0x80)
			keep--;
		buf_add(out, b.s, keep);
		buf_adds(out, extension);
		return;
	}
	buf_add(out, b.s, n);
}

void
membername_clean(const char *name, size_t n, struct buf *out)
{
	struct buf clean CLEAN(buf_clear) = BUF_INIT;
	struct buf path CLEAN(buf_clear) = BUF_INIT;
	const char *s, *end, *cut;
	size_t i, len, segments = 0;

	utf8_clean(name, n, &clean);
	for (i = 0; i < clean.len; i++)
		if (clean.s[i] == '\n' || clean.s[i] == '\t')
			clean.s[i] = ' ';
		else if (clean.s[i] == '\\')
			clean.s[i] = '/';
	s = buf_str(&clean);
	for (end = s + clean.len; s < end; s += 1) {
		const char *segment = s;

		while (s < end && *s != '/')
			s++;
		len = (size_t)(s - segment);
		trim(&segment, &len);
		if (is_nothing(segment, len))
			continue;
		if (path.len > 0)
			buf_addc(&path, '/');
		add_segment(segment, len, &path);
		segments++;
	}
	/* Of a path that is too long the end says most. */
	for (s = buf_str(&path); (cut = strchr(s, '/')) != NULL &&
	    (segments > MAX_SEGMENTS || strlen(s) > MAX_BYTES); s = cut + 1)
		segments--;
	buf_adds(out, s);
}

void
membername_base(struct buf *name)
{
	size_t i, from = 0;

	for (i = 0; i < name->len; i++)
		if (name->s[i] == '/' || name->s[i] == '\\')
			from = i + 1;
	if (from == 0)
		return;
	memmove(name->s, name->s + from, name->len - from);
	buf_cut(name, name->len - from);
}

void
membername_flatten(struct buf *name)
{
	size_t i;

	for (i = 0; i < name->len; i++)
		if (name->s[i] == '/' || name->s[i] == '\\')
			name->s[i] = '_';
}

bool
membername_is_hidden(const char *name)
{
	static const char *const names[] = {
		"__MACOSX", "Thumbs.db", "desktop.ini",
	};
	const char *s = name;
	size_t i, len;

	for (;; s += len + 1) {
		len = strcspn(s, "/");
		if (*s == '.')
			return true;
		for (i = 0; i < NELEM(names); i++)
			if (strlen(names[i]) == len &&
			    strncasecmp(s, names[i], len) == 0)
				return true;
		if (s[len] == '\0')
			return false;
	}
}
