#include <config.h>

#include "model/personalint.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Bytes between two groups of digits: one character, or one among blanks. */
static size_t
phone_gap(const char *s, size_t n)
{
	size_t at = 0, len;
	bool has_mark = false;
	uint32_t c;

	while (at < n && (len = utf8_decode(s + at, n - at, &c)) > 0) {
		if (is_dash(c) || c == '.' || c == '/' || c == '(' ||
		    c == ')') {
			if (has_mark && c != '(')
				break;
			has_mark = true;
		} else if (!is_blank(c) || at > 4)
			break;
		at += len;
	}
	return at < n && is_digit(s[at]) ? at : 0;
}

/* "+31 (0)70": the zero is for those who are in the country. */
static size_t
skip_trunk(const char *s, size_t n)
{
	size_t at = 0;

	while (at < n && at < 2 && s[at] == ' ')
		at++;
	return n - at >= 3 && strncmp(s + at, "(0)", 3) == 0 ? at + 3 : 0;
}

/*
 * The digits up to max, in whole groups; the length of each group.  Returns
 * the bytes they take.
 */
static size_t
read_digits(const char *s, size_t n, size_t max, char *digits, char *groups)
{
	size_t at = 0, end = 0, count = 0, whole = 0, ngroups = 0, size;

	while (at < n && is_digit(s[at])) {
		for (size = 0; at < n && is_digit(s[at]) && count < max; size++)
			digits[count++] = s[at++];
		if (size == 0 || (at < n && is_digit(s[at])))
			break;
		groups[ngroups++] = (char)('0' + size);
		end = at;
		whole = count;
		at += skip_trunk(s + at, n - at);
		at += phone_gap(s + at, n - at);
	}
	digits[whole] = groups[ngroups] = '\0';
	return end;
}

/*
 * How numbers are written, and with how many digits.  A Dutch one is read no
 * further than it can be: a postal code may stand behind it.
 */
static const struct {
	const char *begin;
	size_t min, max;
	size_t skip;		/* digits that are not those of the country */
	const char *country;	/* that they stand for */
} writings[] = {
	{ "+310", 12, 12, 3, "+31" },
	{ "+31", 11, 11, 2, "+31" },
	{ "+0", PHONE_DIGITS + 1, 0, 0, "" },
	{ "+", 9, PHONE_DIGITS, 0, "+" },
	{ "00310", 14, 14, 5, "+31" },
	{ "0031", 13, 13, 4, "+31" },
	{ "000", PHONE_DIGITS + 1, 0, 0, "" },
	{ "00", 11, PHONE_DIGITS, 2, "+" },
	{ "0", 10, 10, 1, "+31" },
};

size_t
phone_read(const char *s, size_t n, struct phone *out)
{
	char digits[PHONE_DIGITS + 1];
	bool plus = n > 0 && *s == '+';
	size_t skipped, len, i;

	skipped = !plus ? 0 : n > 1 && s[1] == ' ' ? 2 : 1;
	read_digits(s + skipped, n - skipped, PHONE_DIGITS, digits, out->groups);
	for (i = 0; i < NELEM(writings); i++)
		if (strncmp(digits, writings[i].begin + plus,
		    strlen(writings[i].begin) - plus) == 0 &&
		    plus == (*writings[i].begin == '+'))
			break;
	if (i == NELEM(writings))
		return 0;
	len = read_digits(s + skipped, n - skipped, writings[i].max, digits,
	    out->groups);
	if (strlen(digits) < writings[i].min)
		return 0;
	out->has_plus = plus;
	out->is_abroad = plus || strncmp(digits, "00", 2) == 0;
	snprintf(out->key, sizeof out->key, "%s%s", writings[i].country,
	    digits + writings[i].skip);
	return skipped + len;
}

/* The beginning of a Dutch number in a list, without its zero; 0: none. */
static size_t
prefix_in(const struct personal_list *l, const char *digits)
{
	size_t i, n;

	for (i = 0; i < l->count; i++) {
		n = strlen(l->items[i]) - 1;
		if (strncmp(digits, l->items[i] + 1, n) == 0)
			return n;
	}
	return 0;
}

bool
phone_is_personal(const struct personal *p, const struct phone *phone,
    bool is_called)
{
	const struct personal_list *lists = p->lists[PERSONAL_PHONE];
	const char *digits = phone->key + strlen("+31");
	bool has_pieces = phone->groups[1] != '\0';
	size_t n;

	if (prefix_in(&lists[ROW_MOBILE], digits) > 0)
		/* 06-12-2014 12 is a day. */
		return is_called || phone->is_abroad ||
		    strncmp(phone->groups, "224", 3) != 0 ||
		    (strncmp(digits + 3, "19", 2) != 0 &&
		    strncmp(digits + 3, "20", 2) != 0);
	if ((n = prefix_in(&lists[ROW_PLACE], digits)) > 0) {
		if (digits[n] < '2')
			return false;
	} else if ((n = prefix_in(&lists[ROW_ANYWHERE], digits)) == 0)
		return false;
	return phone->is_abroad || (has_pieces ?
	    (size_t)(phone->groups[0] - '0') == n + 1 : is_called);
}
