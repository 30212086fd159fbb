/*
 * personal: personal data in a text that is meant for everyone.
 *
 * Numbers that name a person (BSN, V-nummer), bank accounts, telephone numbers
 * and addresses of e-mail that are a person's.  What counts as one is the table
 * persoonsgegevens.tsv; what is checked beside it:
 *
 *    bsn       the 11-proef: 9 a + 8 b + ... + 2 h - i is a multiple of 11
 *    iban      ISO 13616: the length of its country, and ISO 7064 mod 97-10
 *    telefoon  ten digits in the Netherlands; at most fifteen anywhere (E.164)
 *
 * A V-nummer has ten digits and no check of its own, so without a word that
 * says so only the spelling 999.999.9999 is one.
 *
 * Nothing that is found may be kept, nor shown but as personal_mask() has it.
 *
 * Used by cmd/privacy.c.
 */
#ifndef PERSONAL_H
#define PERSONAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

enum personal_kind {
	PERSONAL_BSN,
	PERSONAL_VNUMMER,
	PERSONAL_IBAN,
	PERSONAL_PHONE,
	PERSONAL_EMAIL,
	NPERSONAL
};

/* "bsn", "telefoon": as in the table. */
const char *personal_name(enum personal_kind);

/* The tables. */
struct personal;

/*
 * Read them, and the operator's file of contact details that may be public
 * (NULL: none): a line each, a number in any spelling, an address, or a domain
 * behind '@'; '#' begins a comment.  Returns -1 with ERROR_CONFIG.
 */
int personal_open(const char *known, struct personal **out, struct error *);
void personal_free(struct personal **);

struct personal_finding {
	enum personal_kind kind;
	size_t at, len;		/* bytes of the text */
};

/* A text that is gone through. */
struct personal_scan {
	const struct personal *tables;
	const char *text;
	size_t len, at;
	struct personal_finding last;	/* len 0: none yet */
};

/* The text is borrowed. */
void personal_scan_init(struct personal_scan *, const struct personal *,
    const char *text, size_t len);
/* The next finding that is not known.  False behind the last. */
bool personal_scan_next(struct personal_scan *, struct personal_finding *out);

/*
 * Append the value in the one spelling that all its spellings have: numbers
 * without what stands between the digits, telephone numbers with the country.
 */
void personal_key(enum personal_kind, const char *value, size_t n,
    struct buf *out);
/*
 * Append what may be shown of a key: the last three characters of a number,
 * the first letters of an address and of its domain.
 */
void personal_mask(enum personal_kind, const char *key, struct buf *out);

#endif
