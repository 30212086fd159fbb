#include <config.h>

#include "formats/boilerplate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

/* Longer lines are text, whatever they say. */
#define LINE_BYTES 200

static const char *const classes_out[] = {
	"accordion-tools", "breadcrumb", "breadcrumbs", "cookie", "cookie-banner",
	"cookie-bar", "cookie-consent", "cookie-notice", "cookiebar", "cookies",
	"element-invisible", "footer", "icon", "icons", "kruimelpad", "language-switch",
	"main-menu", "mainmenu", "menu", "nav", "navbar", "navigation", "no-print",
	"pager", "pagination", "screen-reader-text", "share", "sharing",
	"site-footer", "site-header", "skip-link", "skip-links", "skiplink",
	"skiplinks", "social-share", "sr-only", "taalkeuze", "toolbar", "tools",
	"visually-hidden", "visuallyhidden", "zoekbalk",
};

static const char *const classes_metadata[] = {
	"document-properties", "document-info", "eigenschappen", "kenmerken",
	"meta", "metadata", "properties",
};

static const char *const roles_out[] = {
	"banner", "contentinfo", "menu", "menubar", "navigation", "search",
	"toolbar",
};

/*
 * Whole lines, or parts of a line of nothing else.  No words here that a page
 * could have for its title.
 */
static const char *const phrases[] = {
	"alles inklappen", "alles openen", "alles sluiten", "alles uitklappen",
	"deel deze pagina", "direct naar de inhoud", "ga naar de inhoud",
	"heeft deze informatie u geholpen?",
	"heeft deze informatie u geholpen? ja nee", "lees voor", "maak een pdf",
	"meer informatie", "naar boven", "open minus", "opslaan",
	"permanente link", "print", "printen", "sitemap", "terug naar boven",
	"toon minder", "toon meer", "toon relaties in lido",
};

/* What printed pages say in their margins. */
static const char *const margins[] = {
	"vertrouwelijk", "voor intern gebruik", "intern gebruik",
	"alleen voor intern gebruik", "departementaal vertrouwelijk",
	"confidentieel", "ongerubriceerd", "immigratie- en naturalisatiedienst",
	"ministerie van asiel en migratie", "ministerie van justitie en veiligheid",
};

/* Page numbers, '#' for digits or a Roman number. */
static const char *const page_numbers[] = {
	"pagina # van #", "pagina #", "pagina # / #", "pagina #/#",
	"blad # van #", "blz. #", "pag. #", "bladzijde #", "page # of #",
	"page #", "# van #", "# / #", "#/#", "- # -", "-#-",
};

static const char *const labels[] = {
	"auteur", "besluitdatum", "datum", "datum inwerkingtreding",
	"datum publicatie", "documentnummer", "documentsoort", "documenttype",
	"einddatum", "geldend", "geldig", "geldig t/m", "geldig tot",
	"geldig tot en met", "geldig van", "geldig vanaf", "geldigheid",
	"gepubliceerd", "gepubliceerd op", "id", "identificatie",
	"identificatienummer", "identifier", "ingangsdatum", "instantie",
	"kenmerk", "laatst gewijzigd", "land", "landen", "nummer", "onderwerp",
	"ons kenmerk", "organisatie", "publicatiedatum", "rechtsgebied", "soort",
	"soort document", "status", "taal", "thema", "thema's", "titel",
	"trefwoord", "trefwoorden", "type", "type document", "uitgever",
	"uitspraakdatum", "vastgesteld", "vervangt", "verantwoordelijke",
	"versie", "versienummer", "zaaknr", "zaaknummer",
};

static bool
in_table(const char *s, size_t n, const char *const *table, size_t rows)
{
	size_t i;

	for (i = 0; i < rows; i++)
		if (strncasecmp(table[i], s, n) == 0 && table[i][n] == '\0')
			return true;
	return false;
}

#define IN_TABLE(s, n, table) in_table((s), (n), (table), NELEM(table))

/* Is one of the words of a class attribute in the table? */
static bool
has_word(const char *words, const char *const *table, size_t rows)
{
	size_t n;

	for (;; words += n) {
		words += strspn(words, " \t\r\n\f");
		if ((n = strcspn(words, " \t\r\n\f")) == 0)
			return false;
		if (in_table(words, n, table, rows))
			return true;
	}
}

bool
boilerplate_class(const char *classes)
{
	return has_word(classes, classes_out, NELEM(classes_out));
}

bool
boilerplate_is_metadata(const char *classes)
{
	return has_word(classes, classes_metadata, NELEM(classes_metadata));
}

bool
boilerplate_role(const char *role)
{
	return has_word(role, roles_out, NELEM(roles_out));
}

bool
boilerplate_label(const char *label, size_t len)
{
	return len > 0 && IN_TABLE(label, len, labels);
}

size_t
boilerplate_label_length(const char *s, size_t n)
{
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == ':'))
		n--;
	return boilerplate_label(s, n) ? n : 0;
}

bool
boilerplate_is_labelled(const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n < 60 ? n : 60);

	return colon != NULL && boilerplate_label(line, (size_t)(colon - line));
}

bool
boilerplate_period(const char *s, size_t n, const char **period, size_t *len)
{
	static const char word[] = "Geldend ";
	const char *p, *end = s + n, *bar;

	if (n > 160 || (p = memmem(s, n, word, sizeof word - 1)) == NULL ||
	    (p > s && (p < s + 2 || p[-2] != '|')))
		return false;
	p += sizeof word - 1;
	bar = memchr(p, '|', (size_t)(end - p));
	*period = p;
	*len = (size_t)((bar != NULL ? bar : end) - p);
	return true;
}

static size_t
separators(const char *s, size_t n)
{
	size_t i = 0;

	for (;;) {
		if (i < n && strchr(" |\t/,", s[i]) != NULL && s[i] != '\0')
			i++;
		else if (i + 1 < n && memcmp(s + i, "\xC2\xB7", 2) == 0)
			i += 2;
		else if (i + 2 < n && memcmp(s + i, "\xE2\x80\xA2", 3) == 0)
			i += 3;
		else
			return i;
	}
}

/* The longest phrase that s begins with, as a whole word; its length or 0. */
static size_t
phrase_at(const char *s, size_t n)
{
	size_t i, len, best = 0;

	for (i = 0; i < NELEM(phrases); i++) {
		if (phrases[i][0] != (*s | 32))
			continue;
		len = strlen(phrases[i]);
		if (len > best && len <= n &&
		    strncasecmp(phrases[i], s, len) == 0 &&
		    (len == n || separators(s + len, n - len) > 0))
			best = len;
	}
	return best;
}

bool
boilerplate_line(const char *line, size_t n)
{
	size_t i = separators(line, n), len;

	if (n > LINE_BYTES)
		return false;
	for (; i < n; i += len) {
		if ((len = phrase_at(line + i, n - i)) == 0)
			return false;
		len += separators(line + i + len, n - i - len);
	}
	return true;
}

/* s with every number made one '#'; 0 if it is too long to be a page number. */
static size_t
mask_numbers(const char *s, size_t n, char *masked, size_t room)
{
	size_t i = 0, len = 0, digits;

	while (i < n) {
		if (len + 1 >= room)
			return 0;
		for (digits = 0; i + digits < n && s[i + digits] >= '0' &&
		    s[i + digits] <= '9'; digits++)
			;
		masked[len++] = digits > 0 ? '#' : s[i];
		i += digits > 0 ? digits : 1;
	}
	masked[len] = '\0';
	return len;
}

/* "1/3", not "2015/38". */
static bool
may_be_page(const char *s, size_t n)
{
	const char *end = s + n;

	while (end > s && end[-1] >= '0' && end[-1] <= '9')
		end--;
	return strtoul(s, NULL, 10) <= strtoul(end, NULL, 10);
}

static bool
is_page_number(const char *s, size_t n)
{
	char masked[32];
	size_t len = mask_numbers(s, n, masked, sizeof masked);

	return len > 0 && IN_TABLE(masked, len, page_numbers) &&
	    (*masked != '#' || may_be_page(s, n));
}

bool
boilerplate_number(const char *s, size_t n)
{
	return n > 0 && n <= 6 && (strspn(s, "0123456789") >= n ||
	    strspn(s, "ivxlc") >= n);
}

/*
 * The parts of the line between bars or tabs: one page number makes the line
 * a running one, and so does a line of margin phrases only.
 */
bool
boilerplate_running(const char *line, size_t n)
{
	size_t i, part, from = 0;
	bool all_margins = true;

	if (n == 0 || n > LINE_BYTES)
		return false;
	for (i = 0; i <= n; i++) {
		if (i < n && line[i] != '|' && line[i] != '\t')
			continue;
		part = i - from;
		while (part > 0 && line[from] == ' ') {
			from++;
			part--;
		}
		while (part > 0 && line[from + part - 1] == ' ')
			part--;
		if (is_page_number(line + from, part))
			return true;
		all_margins = all_margins && part > 0 &&
		    IN_TABLE(line + from, part, margins);
		from = i + 1;
	}
	return all_margins;
}
