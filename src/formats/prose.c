#include <config.h>

#include "formats/prose.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

/* Longer lines are no headings, whatever they begin with. */
#define HEADING_BYTES 160
/*
 * A text that breaks words does so in one line of five to ten; one that does
 * not has a hyphen of its own at the end of one in a hundred.  Too short a
 * text says nothing: most print breaks words.
 */
#define FEW_LINES 40
#define BROKEN_PERCENT 3

/* First parts that keep their hyphen: niet-begeleide, oud-minister. */
static const char *const hyphen_prefixes[] = {
	"niet", "non", "ex", "oud", "anti", "vice", "bijna", "co", "semi",
};

/* Words after a hyphen that stands for a word left out: in- en uitreis. */
static const char *const hyphen_ands[] = {
	"en", "of", "en/of", "als", "dan", "noch", "tot", "respectievelijk",
};

/* Vowels that would read as one without the hyphen; "ie" does so rightly. */
static const char vowel_clashes[][3] = {
	"aa", "ae", "ai", "au", "ee", "ei", "eu", "ii", "ij", "oe", "oi", "oo",
	"ou", "ui", "uu",
};

/* Words that open a numbered heading, with its level. */
static const struct {
	const char *word;
	unsigned level;
} openers[] = {
	{ "deel", 1 }, { "hoofdstuk", 1 }, { "bijlage", 1 }, { "titel", 2 },
	{ "afdeling", 2 }, { "paragraaf", 3 }, { "artikel", 3 },
};

static bool
in_list(const char *s, size_t n, const char *const *list, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strlen(list[i]) == n && strncasecmp(list[i], s, n) == 0)
			return true;
	return false;
}

static bool
is_lower_at(const char *s, size_t n)
{
	uint32_t c;

	return n > 0 && utf8_decode(s, n, &c) != 0 && utf8_is_letter(c) &&
	    !utf8_is_upper(c);
}

size_t
prose_first_word(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && s[i] != ' ' && s[i] != '\t'; i++)
		;
	return i;
}

/* The hyphen at the end of s, in bytes: 1 "-", 3 U+2010, 2 a soft one; or 0. */
static size_t
hyphen_at_end(const char *s, size_t n)
{
	if (n > 1 && s[n - 1] == '-')
		return 1;
	if (n > 2 && memcmp(s + n - 2, "\xC2\xAD", 2) == 0)
		return 2;
	if (n > 3 && memcmp(s + n - 3, "\xE2\x80\x90", 3) == 0)
		return 3;
	return 0;
}

/* The last word of s, without what stands before an earlier hyphen. */
static const char *
last_part(const char *s, size_t n)
{
	size_t i = n;

	while (i > 0 && strchr(" \t-(/", s[i - 1]) == NULL)
		i--;
	return s + i;
}

/* A first part that keeps its hyphen: an abbreviation, a number, a prefix. */
static bool
part_keeps(const char *part, size_t n)
{
	size_t i, capitals = 0;

	for (i = 0; i < n; i++) {
		if (part[i] >= '0' && part[i] <= '9')
			return true;
		capitals += part[i] >= 'A' && part[i] <= 'Z';
	}
	return n == 1 || capitals > 1 ||
	    in_list(part, n, hyphen_prefixes, NELEM(hyphen_prefixes));
}

static bool
clashes(char a, char b)
{
	size_t i;

	for (i = 0; i < NELEM(vowel_clashes); i++)
		if (vowel_clashes[i][0] == a && vowel_clashes[i][1] == b)
			return true;
	return false;
}

bool
prose_has_hyphen(const char *s, size_t n)
{
	size_t hyphen = hyphen_at_end(s, n);
	unsigned char before = hyphen > 0 ? (unsigned char)s[n - hyphen - 1] : 0;

	return before >= 0x80 || ((before | 32) >= 'a' && (before | 32) <= 'z');
}

bool
prose_breaks_words(size_t lines, size_t hyphens)
{
	return lines < FEW_LINES || hyphens * 100 >= lines * BROKEN_PERCENT;
}

void
prose_join(struct buf *para, const char *line, size_t len, bool breaks_words)
{
	size_t hyphen = hyphen_at_end(buf_str(para), para->len);
	size_t before = para->len - hyphen;
	const char *part;
	uint32_t c;

	if (para->len == 0 || len == 0) {
		buf_add(para, line, len);
		return;
	}
	part = last_part(para->s, before);
	if (hyphen == 0 || part == para->s + before ||
	    utf8_decode(line, len, &c) == 0 || !utf8_is_word(c) ||
	    (is_lower_at(line, len) && in_list(line,
	    prose_first_word(line, len), hyphen_ands, NELEM(hyphen_ands))))
		buf_addc(para, ' ');
	else if (hyphen == 2 || (breaks_words && is_lower_at(line, len) &&
	    !part_keeps(part, (size_t)(para->s + before - part)) &&
	    !clashes(para->s[before - 1], line[0])))
		buf_cut(para, before);
	buf_add(para, line, len);
}

bool
prose_is_ended(const char *s, size_t n)
{
	while (n > 0 && (strchr("'\")", s[n - 1]) != NULL ||
	    (unsigned char)s[n - 1] == 0x99 || (unsigned char)s[n - 1] == 0x9D))
		n -= (unsigned char)s[n - 1] >= 0x80 && n >= 3 ? 3 : 1;
	return n > 0 && strchr(".!?:;", s[n - 1]) != NULL;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

size_t
prose_bullet(const char *s, size_t n)
{
	static const char *const marks[] = {
		"-", "*", "\xE2\x80\xA2", "\xE2\x80\x93", "\xE2\x97\x8F",
		"\xE2\x96\xAA", "\xE2\x97\xA6", "\xC2\xB7", "\xEF\x82\xB7",
		"\xEF\x82\xA7", "\xE2\x97\x8B", "\xE2\x96\xA1", "o",
	};
	size_t i, len;

	for (i = 0; i < NELEM(marks); i++) {
		len = strlen(marks[i]);
		if (n > len && memcmp(s, marks[i], len) == 0 &&
		    (s[len] == ' ' || s[len] == '\t'))
			return len + 1;
	}
	/* "1. ", "12) ", "a. ", "(iv) ", "1\xB0 ": not more than three signs */
	i = n > 0 && *s == '(';
	for (len = 0; i + len < n && len < 3 && is_digit(s[i + len]); len++)
		;
	if (len == 0)
		len = n > i && is_letter(s[i]) ? 1 : 0;
	if (len == 1 && strspn(s + i, "ivx") > 1)
		len = strspn(s + i, "ivx");
	i += len;
	if (len == 0 || len > 4 || i + 1 >= n)
		return 0;
	if (s[i] == '.' || s[i] == ')')
		i++;
	else if (memcmp(s + i, "\xC2\xB0", 2) == 0)
		i += 2;
	else
		return 0;
	return i < n && (s[i] == ' ' || s[i] == '\t') ? i + 1 : 0;
}

bool
prose_is_bullet(const char *line, size_t len)
{
	char mark[16];

	while (len > 0 && line[len - 1] == ' ')
		len--;
	if (len + 2 > sizeof mark)
		return false;
	memcpy(mark, line, len);
	mark[len] = ' ';
	mark[len + 1] = 'x';
	return prose_bullet(mark, len + 2) == len + 1;
}

/* "3.4.1 Title" with its depth; "3 Title" and "A. Title" are level 1. */
static unsigned
numbered(const char *s, size_t n)
{
	unsigned depth = 1;
	size_t i = 0;
	uint32_t c;

	if (n > 0 && is_letter(s[0]) && s[0] <= 'Z')
		i++;
	if (i >= n || !is_digit(s[i]))
		return 0;
	for (; i < n && (is_digit(s[i]) || s[i] == '.' || s[i] == '/'); i++) {
		if (is_digit(s[i]))
			continue;
		if (i + 1 < n && is_digit(s[i + 1]))
			depth++;
	}
	if (i > 12 || i + 1 >= n || (s[i] != ' ' && s[i] != '\t'))
		return 0;
	if (utf8_decode(s + i + 1, n - i - 1, &c) == 0 || !utf8_is_upper(c))
		return 0;
	return depth > 6 ? 6 : depth;
}

/* A number as chapters have: digits first, or Roman, or one capital. */
static bool
is_number(const char *s, size_t n)
{
	if (n == 0 || n > 8)
		return false;
	return is_digit(*s) || strspn(s, "IVXLC") >= n - (n > 2) ||
	    (*s >= 'A' && *s <= 'Z' && (n == 1 || is_digit(s[1])));
}

/* "Artikel 3.51", "Hoofdstuk IV Toegang", "Bijlage A"; not in a sentence. */
static unsigned
opened(const char *s, size_t n)
{
	size_t word = prose_first_word(s, n), i, len;

	for (i = 0; i < NELEM(openers); i++)
		if (strlen(openers[i].word) == word &&
		    strncasecmp(openers[i].word, s, word) == 0)
			break;
	if (i == NELEM(openers) || is_lower_at(s, n) || n <= word + 1)
		return 0;
	s += word + 1;
	n -= word + 1;
	len = prose_first_word(s, n);
	if (!is_number(s, len) ||
	    (len + 1 < n && is_lower_at(s + len + 1, n - len - 1)))
		return 0;
	return openers[i].level;
}

unsigned
prose_heading(const char *s, size_t n)
{
	unsigned level;

	if (n == 0 || n > HEADING_BYTES || memchr(s, '\t', n) != NULL ||
	    strchr(",;:-", s[n - 1]) != NULL)
		return 0;
	if ((level = opened(s, n)) == 0 && (level = numbered(s, n)) == 0)
		return 0;
	/* "1. Onze Minister stelt regels." is a member of an article. */
	if (s[n - 1] == '.' && n > 12)
		return 0;
	return level;
}
