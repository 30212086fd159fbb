#include <config.h>

#include "model/version.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define SEP '\x1F'
#define NCELLS 8

/* ---- the key ---- */

static const char *const version_words[] = {
	"versie", "version", "herzien", "herziene", "gewijzigd", "gewijzigde",
	"concept", "definitief",
};

static bool
is_number(const char *s, size_t n)
{
	while (n > 0 && isdigit((unsigned char)s[n - 1]))
		n--;
	return n == 0;
}

static bool
is_version_word(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < NELEM(version_words); i++)
		if (strlen(version_words[i]) == n &&
		    memcmp(version_words[i], s, n) == 0)
			return true;
	return false;
}

/* Append the words of s, folded, a space behind each. */
static void
add_words(const char *s, struct buf *out)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	size_t at = 0, len, begin = out->len;
	uint32_t c;

	utf8_fold(s, strlen(s), &folded);
	while (at < folded.len &&
	    (len = utf8_decode(folded.s + at, folded.len - at, &c)) > 0) {
		if (utf8_is_word(c))
			buf_add(out, folded.s + at, len);
		else if (out->len > begin && out->s[out->len - 1] != ' ')
			buf_addc(out, ' ');
		at += len;
	}
	if (out->len > begin && out->s[out->len - 1] != ' ')
		buf_addc(out, ' ');
}

/*
 * The words of a title without the document's own number and without "versie
 * 3".  Other numbers stay, since a yearly decision is not a
 * version of last year's; those in titles about countries go.
 */
static void
add_title(const char *title, const char *kenmerk, bool has_country,
    struct buf *out)
{
	CLEAN(buf_clear) struct buf words = BUF_INIT, own = BUF_INIT;
	bool after_version = false;
	const char *s, *space;

	add_words(title, &words);
	if (kenmerk != NULL)
		add_words(kenmerk, &own);
	for (s = buf_str(&words); (space = strchr(s, ' ')) != NULL;
	    s = space + 1) {
		size_t n = (size_t)(space - s);
		bool is_version = is_version_word(s, n);

		if (own.len > 0 && strncmp(s, own.s, own.len) == 0) {
			space = s + own.len - 1;
			continue;
		}
		if (!is_version && !(is_number(s, n) &&
		    (has_country || after_version)))
			buf_add(out, s, n + 1);
		after_version = is_version;
	}
}

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
version_key(const struct doc *doc, struct buf *out)
{
	const struct doc_values *v = &doc->values[FIELD_LAND];
	const char *soort = doc_first(doc, FIELD_SOORT), **lands;
	size_t i;

	lands = xcalloc(v->count + 1, sizeof *lands);
	for (i = 0; i < v->count; i++)
		lands[i] = v->items[i].text;
	qsort(lands, v->count, sizeof *lands, compare_strings);
	buf_adds(out, soort != NULL ? soort : "");
	for (i = 0; i < v->count; i++)
		buf_addf(out, "|%s", lands[i]);
	buf_adds(out, "||");
	add_title(doc_first(doc, FIELD_TITEL), doc_first(doc, FIELD_KENMERK),
	    v->count > 0, out);
	free(lands);
}

/* ---- what is kept ---- */

static void
add_cell(const char *s, struct buf *out)
{
	buf_adds(out, s);
	buf_addc(out, SEP);
}

static void
add_kenmerken(char *const *items, size_t n, struct buf *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		utf8_fold(items[i], strlen(items[i]), out);
		buf_addc(out, '\n');
	}
	buf_addc(out, SEP);
}

void
version_print(const struct doc *doc, struct buf *out)
{
	const char *kenmerk = doc_first(doc, FIELD_KENMERK);

	if (doc_first(doc, FIELD_TITEL) == NULL)
		return;
	version_key(doc, out);
	buf_addc(out, SEP);
	if (kenmerk != NULL)
		utf8_fold(kenmerk, strlen(kenmerk), out);
	buf_addc(out, SEP);
	add_kenmerken(doc->vervangt, doc->nvervangt, out);
	add_kenmerken(doc->vervangen_door, doc->nvervangen_door, out);
	add_cell(doc->values[FIELD_LAND].count > 0 ? "1" : "", out);
	buf_addf(out, "%d%c%d%c", doc->van_ymd, SEP, doc->tot_ymd, SEP);
	textprint_print(&doc->print, out);
}

bool
version_parse(const char *s, size_t n, struct version *out)
{
	char *bytes = xstrndup(s, n), *cells[NCELLS], *rest = bytes;
	size_t i;

	for (i = 0; i < NCELLS; i++) {
		char *sep = rest != NULL ? strchr(rest, SEP) : NULL;

		cells[i] = rest;
		if (sep != NULL)
			*sep = '\0';
		rest = sep != NULL ? sep + 1 : NULL;
	}
	*out = (struct version){ .bytes = bytes };
	if (cells[NCELLS - 1] == NULL || !textprint_parse(cells[7],
	    strlen(cells[7]), &out->print)) {
		version_clear(out);
		return false;
	}
	out->key = cells[0];
	out->kenmerk = cells[1];
	out->vervangt = cells[2];
	out->vervangen_door = cells[3];
	out->has_country = *cells[4] != '\0';
	out->van_ymd = atoi(cells[5]);
	out->tot_ymd = atoi(cells[6]);
	return true;
}

void
version_clear(struct version *v)
{
	free(v->bytes);
	*v = (struct version){ 0 };
}
