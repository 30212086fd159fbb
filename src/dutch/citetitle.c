#include <config.h>

#include "dutch/citeint.h"

#include <string.h>
#include <strings.h>

/* The regulation whose name is the n bytes at s, as its title. */
static int
named(const struct citer *c, const char *s, size_t n, bool may_be_short,
    size_t *end)
{
	struct name_hit hits[NAMES_HITS];
	size_t nhits;
	int row;

	if (n < 2 || !names_may_begin(c->starts_filter, s, n, 0))
		return REGULATION_NONE;
	nhits = names_find(c->starts, s, n, 0, hits);
	while (nhits-- > 0)
		if (hits[nhits].value >= 0 && !hits[nhits].is_glued &&
		    (may_be_short || !regulation_name_is_short(c->regulations,
		    hits[nhits].value)) &&
		    regulation_name_is(c->regulations, hits[nhits].value, s,
		    hits[nhits].end, USE_ALONE, &row) &&
		    !regulation(c->regulations, row)->is_article) {
			*end = hits[nhits].end;
			return row;
		}
	return REGULATION_NONE;
}

/* What may stand behind the name of the regulation a text is of. */
static const char *const divisions[] = {
	"hoofdstuk", "artikel", "art", "afdeling", "paragraaf", "bijlage",
	"deel", "onderdeel", "titel", "boek", "model", "toelichting",
};

static bool
is_division(const char *s)
{
	size_t i, n = strcspn(s, " .,:-\t");

	for (i = 0; i < NELEM(divisions); i++)
		if (strlen(divisions[i]) == n &&
		    strncasecmp(divisions[i], s, n) == 0)
			return true;
	return false;
}

/*
 * Whether a title goes on so behind the name of its regulation: not at all,
 * with a part of it, or with what stands apart.  "Invorderingswet 1990,
 * uitstelbeleid" is about that law, "Opiumwet 1960 BES" is another.
 */
static bool
may_follow_name(const char *s)
{
	const char *next = s + strspn(s, " )");

	if (*next == '\0' || is_division(next))
		return true;
	if (*next == '(')
		return strncasecmp(next, "(wijzig", 7) != 0 &&
		    strncasecmp(next, "(art", 4) != 0;
	if (strncmp(next, "van ", 4) == 0)
		return cite_digit(next[4]);	/* its date */
	if (cite_digit(*next))
		return strspn(next, "0123456789") != 4;
	if (cite_alnum(*next) || (next == s && *s == '-'))
		return false;
	if (strchr(",;:.", *next) == NULL)
		return true;
	next += strspn(next, ",;:. ");
	return *next == '\0' || is_division(next) || cite_digit(*next);
}

/*
 * "Wet van 23 november 2000 tot ... (Vreemdelingenwet 2000)": a name between
 * parentheses at the end, with nothing else in them; of a law if the title
 * begins with "Wet", "Rijkswet", "Besluit", "Regeling".
 */
static int
named_at_end(const struct citer *c, const char *title)
{
	const char *open = strrchr(title, '('), *close;
	size_t end;
	char kind;
	int row;

	if (open == NULL || (close = strchr(open, ')')) == NULL)
		return REGULATION_NONE;
	close++;
	close += strspn(close, " .\n");
	if (*close != '\0')
		return REGULATION_NONE;
	row = named(c, open + 1, strlen(open + 1), false, &end);
	if (row == REGULATION_NONE || open[1 + end] != ')')
		return REGULATION_NONE;
	kind = regulation(c->regulations, row)->kind;
	return strchr("wrb", kind) == NULL || (*title | 32) == kind ? row :
	    REGULATION_NONE;
}

const char *
citer_regulation(const struct citer *c, const char *title)
{
	size_t end;
	int row;

	title += strspn(title, " \n\t");
	row = named(c, title, strlen(title), true, &end);
	if (row == REGULATION_NONE || !may_follow_name(title + end))
		row = named_at_end(c, title);
	return row != REGULATION_NONE ? regulation(c->regulations, row)->key :
	    NULL;
}
