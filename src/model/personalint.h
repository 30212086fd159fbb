/*
 * personalint: what the parts of personal share.
 *
 * Used by personal*.c.
 */
#ifndef PERSONALINT_H
#define PERSONALINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tsv.h"
#include "model/personal.h"

/* What a row of the table says. */
enum personal_row {
	ROW_FORM,		/* digits, as 9, and what stands between */
	ROW_FORM_BY_WORD,	/* the same, if a word says what it is */
	ROW_WORD,
	ROW_OTHER,		/* a word that says that it is not */
	ROW_NEVER,		/* the same, nearer than one that says it is */
	ROW_MOBILE,
	ROW_PLACE,
	ROW_ANYWHERE,
	ROW_COUNTRY,
	ROW_FUNCTION,
	ROW_PUBLIC_BODY,
	ROW_PROVIDER,
	NROWS
};

struct personal_list {
	const char **items;	/* borrowed from the table */
	size_t count, cap;
};

struct personal {
	struct tsv table;
	struct personal_list lists[NPERSONAL][NROWS];
	char **known;		/* keys, and domains behind '@' */
	size_t nknown, cap_known;
};

/* Is a word (n bytes, lower case) one of the list?  '*' stands for the rest. */
bool personal_has_word(const struct personal_list *, const char *word,
    size_t n);

/*
 * The bytes that a finding at s->at has, 0 if there is none: a number (digit
 * or plus sign), an account (letter), an address ('@', and *at is moved to its
 * beginning).
 */
size_t personal_number(const struct personal_scan *, enum personal_kind *);
size_t personal_account(const struct personal_scan *);
size_t personal_address(const struct personal_scan *, size_t *at);

/*
 * A telephone number of up to n bytes in the one spelling that all have, "+31"
 * and so on.  Returns its bytes, 0 if there is none.  groups gets a digit for
 * the length of each group of digits, so a number in one piece has one.
 */
#define PHONE_DIGITS 15		/* E.164 */
struct phone {
	char key[PHONE_DIGITS + 4];	/* with the plus sign */
	char groups[PHONE_DIGITS + 1];
	bool is_abroad;		/* written with a country */
	bool has_plus;
};
size_t phone_read(const char *s, size_t n, struct phone *out);
/*
 * Is a number of the Netherlands one that may be a person's?  One in pieces is
 * cut behind the area code; one in one piece may be anything, unless it is
 * mobile or is_called: a word says that it is a telephone number.
 */
bool phone_is_personal(const struct personal *, const struct phone *,
    bool is_called);

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2013);
}

/* Blanks of one line; 0xA0, 0x2009 and 0x202F do not break. */
static inline bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x2009 ||
	    c == 0x202F;
}

#endif
