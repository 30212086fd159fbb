#include <config.h>

#include "dutch/citeint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * vc:c2/4.4.1 > vc:c2/4.4 > vc:c2/4 > vc:c2 > vc:c > vc: a part ends at a
 * slash, a dot, where digits follow the letter, and at the colon.
 */
static size_t
place_parent(const char *key, size_t n)
{
	size_t i = n - 1;

	while (i > 2 && key[i] != '/' && key[i] != '.' && key[i] != ':')
		i--;
	if (key[i] != ':' || n - i <= 2)
		return i;
	return i + 2;
}

static size_t
last_of(const char *key, size_t n, char c)
{
	while (n > 0 && key[n - 1] != c)
		n--;
	return n > 0 ? n - 1 : 0;
}

size_t
citation_parent(const char *key, size_t n)
{
	if (n > 3 && memcmp(key, "vc:", 3) == 0 &&
	    (n < 7 || memcmp(key + 3, "art-", 4) != 0))
		return place_parent(key, n);
	if (n > 5 && memcmp(key, "ecli:", 5) == 0)
		return 0;
	/* kst-19637-1234 is a paper of dossier kst-19637. */
	if (n > 9 && memcmp(key, "kst-", 4) == 0)
		return last_of(key, n, '-');
	return last_of(key, n, ':');
}

/* ---- printing ---- */

static const char *const ordinals[] = { "", "eerste", "tweede", "derde",
	"vierde", "vijfde", "zesde", "zevende", "achtste", "negende",
	"tiende", "elfde", "twaalfde", "dertiende", "veertiende",
	"vijftiende", "zestiende", "zeventiende", "achttiende",
	"negentiende", "twintigste" };

static void
print_upper(const char *s, size_t n, struct buf *out)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_addc(out, s[i] >= 'a' && s[i] <= 'z' ? (char)(s[i] - 32) :
		    s[i]);
}

/* A lid, a letter or a number below one: n bytes without the colon. */
static void
print_part(const char *s, size_t n, struct buf *out)
{
	long number = strtol(s, NULL, 10);

	if (cite_digit(s[0]) && s[n - 1] == 'o')
		buf_addf(out, ", %.*s\xC2\xB0", (int)(n - 1), s);
	else if (!cite_digit(s[0]))
		buf_addf(out, ", onder %.*s", (int)n, s);
	else if (number > 0 && number < (long)NELEM(ordinals))
		buf_addf(out, ", %s lid", ordinals[number]);
	else
		buf_addf(out, ", lid %.*s", (int)n, s);
}

/* "29:1:b": the number of an article and its parts. */
static void
print_article(const char *s, size_t n, bool has_colon, struct buf *out)
{
	size_t len = 0, i;

	while (len < n && s[len] != ':')
		len++;
	buf_adds(out, "artikel ");
	for (i = 0; i < len; i++)
		buf_addc(out, s[i] == '.' && has_colon ? ':' : s[i]);
	while (len < n) {
		s += len + 1;
		n -= len + 1;
		for (len = 0; len < n && s[len] != ':'; len++)
			;
		if (len > 0)
			print_part(s, len, out);
	}
}

/* The name of a law by its key; short if it has an abbreviation. */
static void
print_law(const struct citer *c, const char *key, size_t n, bool is_short,
    struct buf *out)
{
	int row = regulation_by_key(c->regulations, key, n);
	const struct regulation *r;

	if (row == REGULATION_NONE) {
		if (n > 3 && memcmp(key, "eu-", 3) == 0)
			buf_addf(out, "EU-regeling %.*s", (int)(n - 3),
			    key + 3);
		else
			print_upper(key, n, out);
		return;
	}
	r = regulation(c->regulations, row);
	buf_adds(out, is_short && *r->abbreviation != '\0' ?
	    r->abbreviation : r->name);
}

static void
print_place(const struct citer *c, const char *key, size_t n,
    struct buf *out)
{
	buf_adds(out, memchr(key, '/', n) != NULL ? "paragraaf " :
	    "hoofdstuk ");
	print_upper(key + 3, n - 3, out);
	buf_addc(out, ' ');
	print_law(c, key, 2, true, out);
}

static void
print_paper(const char *key, size_t n, struct buf *out)
{
	size_t end = last_of(key, n, '-');

	buf_adds(out, "Kamerstukken ");
	if (end <= 4 || !(cite_digit(key[end + 1]) || n - end < 3))
		end = n;
	print_upper(key + 4, end - 4, out);
	if (end < n) {
		buf_adds(out, ", nr. ");
		print_upper(key + end + 1, n - end - 1, out);
	}
}

static const struct {
	const char *prefix, *name;
} journals[] = {
	{ "stb-", "Stb." },
	{ "stcrt-", "Stcrt." },
	{ "trb-", "Trb." },
	{ "pbeu-", "PbEU" },
};

static bool
print_journal(const char *key, size_t n, struct buf *out)
{
	size_t i, k, end;

	for (i = 0; i < NELEM(journals); i++) {
		k = strlen(journals[i].prefix);
		if (n < k + 6 || strncmp(key, journals[i].prefix, k) != 0)
			continue;
		end = k + 5;
		buf_addf(out, "%s %.4s, ", journals[i].name, key + k);
		if (!cite_digit(key[end])) {
			print_upper(key + end, 1, out);
			buf_addc(out, ' ');
			end++;
		}
		buf_add(out, key + end, n - end);
		return true;
	}
	return false;
}

static const char *
find_article(const char *key, size_t n)
{
	size_t i;

	for (i = 0; i + 5 < n; i++)
		if (memcmp(key + i, ":art-", 5) == 0)
			return key + i;
	return NULL;
}

void
citation_print(const struct citer *c, const char *key, size_t n,
    struct buf *out)
{
	const char *article = find_article(key, n);
	int row = regulation_by_key(c->regulations, key, n);

	if (row != REGULATION_NONE) {
		print_law(c, key, n, false, out);
	} else if (article != NULL) {
		size_t law = (size_t)(article - key);

		row = regulation_by_key(c->regulations, key, law);
		print_article(article + 5, n - law - 5,
		    row != REGULATION_NONE && regulation(c->regulations,
		    row)->numbering == NUMBERING_COLON, out);
		buf_adds(out, ", ");
		print_law(c, key, law, true, out);
	} else if (n > 3 && memcmp(key, "vc:", 3) == 0) {
		print_place(c, key, n, out);
	} else if (n > 4 && memcmp(key, "kst-", 4) == 0) {
		print_paper(key, n, out);
	} else if (n > 4 && memcmp(key, "ljn-", 4) == 0) {
		buf_adds(out, "LJN ");
		print_upper(key + 4, n - 4, out);
	} else if (!print_journal(key, n, out) &&
	    !series_print_key(c->series, key, n, out)) {
		print_law(c, key, n, false, out);
	}
}
