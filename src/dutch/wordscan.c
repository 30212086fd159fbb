#include <config.h>

#include "dutch/wordscan.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

struct text {
	const char *s;
	size_t len;
};

/* What a byte below 0x80 is within text. */
enum { LETTER = 1, DIGIT = 2, MARK = 4 };
static const unsigned char classes[128] = {
	['0'] = DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT,
	['A'] = LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	['a'] = LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
};

/*
 * The class of the character at at (0: none of ours) and its length.  What is
 * not there, a soft hyphen, is a mark: it goes with the letter before it.
 */
static unsigned
class_at(const struct text *t, size_t at, size_t *len)
{
	uint32_t c;

	*len = 1;
	if (at >= t->len)
		return 0;
	if ((unsigned char)t->s[at] < 0x80)
		return classes[(unsigned char)t->s[at]];
	if ((*len = utf8_decode(t->s + at, t->len - at, &c)) == 0) {
		*len = 1;
		return 0;
	}
	if (utf8_is_letter(c))
		return LETTER;
	if (utf8_is_ignorable(c) || utf8_is_mark(c))
		return MARK;
	if (!utf8_is_word(c))
		return 0;
	return utf8_is_digit(c) ? DIGIT : LETTER;
}

/* The end of the run of letters and digits at begin. */
static size_t
run_end(const struct text *t, size_t begin, unsigned *last)
{
	size_t at = begin, len;
	unsigned c;

	for (;;) {
		/* Nearly all letters are ASCII: no need to decode those. */
		while (at < t->len && (c = (unsigned char)t->s[at]) < 0x80 &&
		    classes[c] != 0) {
			*last = classes[c];
			at++;
		}
		if ((c = class_at(t, at, &len)) == 0)
			return at;
		if (c != MARK)
			*last = c;
		at += len;
	}
}

/* The length of the letter at at, with the marks on it; 0 if none is there. */
static size_t
letter_at(const struct text *t, size_t at)
{
	size_t end = at, len;

	if (class_at(t, at, &len) != LETTER)
		return 0;
	do
		end += len;
	while (class_at(t, end, &len) == MARK);
	return end - at;
}

/* The end of a letter-dot run such as a.m.v. at begin; begin if none. */
static size_t
dotted_end(const struct text *t, size_t begin)
{
	size_t at = begin, len, next, count = 0;

	while ((len = letter_at(t, at)) > 0) {
		if (at + len >= t->len || t->s[at + len] != '.') {
			/* The last letter may lack its dot: a.m.v */
			if (count >= 1 && class_at(t, at + len, &next) == 0) {
				at += len;
				count++;
			}
			break;
		}
		at += len + 1;
		count++;
	}
	if (count < 2)
		return begin;
	/* "a.m.verder" is no run: the last part has more than one letter. */
	return class_at(t, at, &len) == 0 ? at : begin;
}

/* Length of an apostrophe at at: ' or U+2019; 0 if there is none. */
static size_t
apostrophe(const struct text *t, size_t at)
{
	if (at < t->len && t->s[at] == '\'')
		return 1;
	if (at + 3 <= t->len && memcmp(t->s + at, "\xE2\x80\x99", 3) == 0)
		return 3;
	return 0;
}

/*
 * The end of the word at begin: runs of letters and digits and what may join
 * them.
 */
static size_t
word_end(const struct text *t, size_t begin)
{
	unsigned last = 0;
	size_t at = run_end(t, begin, &last), len, n;

	for (;;) {
		if (at >= t->len)
			return at;
		if (t->s[at] == '&' && last == LETTER &&
		    class_at(t, at + 1, &len) == LETTER) {
			at = run_end(t, at + 1, &last);
		} else if (t->s[at] == '.' && last == DIGIT &&
		    class_at(t, at + 1, &len) == DIGIT) {
			at = run_end(t, at + 1, &last);
		} else if ((n = apostrophe(t, at)) > 0 &&
		    at + n < t->len && (t->s[at + n] | 32) == 's' &&
		    class_at(t, at + n + 1, &len) == 0) {
			return at + n + 1;
		} else
			return at;
	}
}

/* What stands behind one letter of a run of letters and dots. */
static bool
may_be_dotted(const struct text *t, size_t at)
{
	return at < t->len && (t->s[at] == '.' || (signed char)t->s[at] < 0);
}

bool
wordscan_next(const char *text, size_t len, size_t at, struct wordscan *out)
{
	const struct text t = { text, len };
	size_t n;

	do {
		/* Nearly all that is between words is ASCII, too. */
		while (at < len && (signed char)text[at] >= 0 &&
		    classes[(unsigned char)text[at]] == 0)
			at++;
		if (at >= len)
			return false;
		if ((class_at(&t, at, &n) & (LETTER | DIGIT)) != 0)
			break;
		at += n;
	} while (at < len);
	if (at >= len)
		return false;
	out->begin = at;
	out->end = (signed char)text[at] < 0 || may_be_dotted(&t, at + 1) ?
	    dotted_end(&t, at) : at;
	out->is_dotted = out->end > at;
	if (!out->is_dotted)
		out->end = word_end(&t, at);
	return true;
}

bool
wordscan_is_letter(const char *text, size_t len, size_t at)
{
	const struct text t = { text, len };
	size_t n;

	return class_at(&t, at, &n) == LETTER;
}
