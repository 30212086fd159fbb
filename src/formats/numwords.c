#include <config.h>

#include "formats/numwords.h"

#include <string.h>

/* What has a word of its own; of the ordinals the others are made by rule. */
static const struct {
	const char *cardinal, *ordinal;
} small[] = {
	{ "nul", "nulde" }, { "een", "eerste" }, { "twee", "tweede" },
	{ "drie", "derde" }, { "vier", "vierde" }, { "vijf", "vijfde" },
	{ "zes", "zesde" }, { "zeven", "zevende" }, { "acht", "achtste" },
	{ "negen", "negende" }, { "tien", "tiende" }, { "elf", "elfde" },
	{ "twaalf", "twaalfde" }, { "dertien", "dertiende" },
	{ "veertien", "veertiende" }, { "vijftien", "vijftiende" },
	{ "zestien", "zestiende" }, { "zeventien", "zeventiende" },
	{ "achttien", "achttiende" }, { "negentien", "negentiende" },
};

static const char *const tens[] = {
	"", "", "twintig", "dertig", "veertig", "vijftig", "zestig",
	"zeventig", "tachtig", "negentig",
};

/* Below a hundred. */
static void
add_low(unsigned n, bool is_ordinal, struct buf *b)
{
	unsigned one = n % 10;

	if (n < NELEM(small)) {
		buf_adds(b, is_ordinal ? small[n].ordinal : small[n].cardinal);
		return;
	}
	if (one > 0) {
		buf_adds(b, small[one].cardinal);
		/* "Tweeën", "drieën": else the two e would be read as one. */
		buf_adds(b, b->s[b->len - 1] == 'e' ? "\xC3\xAB" "n" : "en");
	}
	buf_adds(b, tens[n / 10]);
	if (is_ordinal)
		buf_adds(b, "ste");
}

/* "Honderd" and "duizend", with how many there are, and what comes behind. */
static void
add(unsigned n, bool is_ordinal, struct buf *b)
{
	bool is_thousand = n >= 1000 && n / 100 % 10 == 0;
	unsigned unit = is_thousand ? 1000 : 100;

	if (n < 100) {
		add_low(n, is_ordinal, b);
		return;
	}
	if (n / unit > 1)
		add_low(n / unit, false, b);
	buf_adds(b, is_thousand ? "duizend" : "honderd");
	if (n % unit == 0) {
		buf_adds(b, is_ordinal ? "ste" : "");
		return;
	}
	if (is_thousand)
		buf_addc(b, ' ');
	add_low(n % unit, is_ordinal, b);
}

void
numwords_print(unsigned n, bool is_ordinal, struct buf *b)
{
	size_t at = b->len;

	add(n, is_ordinal, b);
	b->s[at] = (char)(b->s[at] - 'a' + 'A');
}
