#include <config.h>

#include "formats/htmlnote.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "formats/htmltags.h"

/* "[xxviii]", or "1, 2, 3" of a word with several. */
#define MARK_BYTES 16

/* A raised number is no part of words of so many; of "km" and "CO" it is. */
#define WORD_BYTES 4

/* How the names of notes and of marks begin: what leads there is a mark. */
static const char *const places[] = {
	"_ednref", "_edn", "_ftn",			/* Word */
	"sdendnote", "sdfootnote",			/* LibreOffice */
	"fn", "footnote", "endnote", "note", "ref-fn",	/* Pandoc and others */
	"cite_note", "cite_ref",			/* MediaWiki */
	"noot", "voetnoot", "eindnoot",
};

static const char *const roles[] = {
	"noteref", "backlink", "doc-noteref", "doc-backlink",
};

static bool
has_role(const char *words)
{
	size_t i, n;

	for (;; words += n) {
		words += strspn(words, " \t\r\n\f");
		if ((n = strcspn(words, " \t\r\n\f")) == 0)
			return false;
		for (i = 0; i < NELEM(roles); i++)
			if (strlen(roles[i]) == n &&
			    strncasecmp(roles[i], words, n) == 0)
				return true;
	}
}

static bool
is_role(const unsigned char **attrs)
{
	const char *type = html_attribute(attrs, "epub:type");
	const char *role = html_attribute(attrs, "role");

	return (type != NULL && has_role(type)) ||
	    (role != NULL && has_role(role));
}

static bool
is_place(const char *name)
{
	size_t i;

	for (i = 0; i < NELEM(places); i++)
		if (strncasecmp(places[i], name, strlen(places[i])) == 0)
			return true;
	return false;
}

void
html_note_begin(struct html_note *h, const char *name,
    const unsigned char **attrs, size_t depth)
{
	const char *href, *place = NULL;
	bool is_raised = strcmp(name, "sup") == 0;
	bool is_said = attrs != NULL && is_role(attrs);

	if (strcmp(name, "a") == 0 &&
	    (href = html_attribute(attrs, "href")) != NULL)
		place = strchr(href, '#');
	if (!is_raised && !is_said && place == NULL)
		return;
	if (h->depth == 0)
		h->depth = depth;
	h->is_raised |= is_raised;
	h->is_said |= is_said;
	h->is_link |= place != NULL;
	h->is_named |= place != NULL && is_place(place + 1);
}

bool
html_note_text(struct html_note *h, const char *s, size_t n)
{
	buf_add(&h->text, s, n);
	return h->text.len <= MARK_BYTES;
}

/*
 * Numbers, one letter, a Roman number or signs: "12", "[a]", "iv", "*", "1, 2".
 */
static bool
looks_like_mark(const char *s, size_t n)
{
	size_t i, len, letters = 0, romans = 0;
	uint32_t c;

	for (i = 0; i < n; i += len) {
		if ((len = utf8_decode(s + i, n - i, &c)) == 0)
			return false;
		if (!utf8_is_word(c) || (c >= '0' && c <= '9'))
			continue;
		letters++;
		romans += c < 0x80 && strchr("ivxlcIVXLC", (int)c) != NULL;
	}
	return letters <= 1 || letters == romans;
}

bool
html_note_is_mark(const struct html_note *h, bool is_apart)
{
	bool is_reference = h->is_said || (h->is_raised && h->is_link) ||
	    (h->is_named && !is_apart);

	return is_reference && looks_like_mark(buf_str(&h->text), h->text.len);
}

static bool
ends_with_word(const struct buf *b)
{
	size_t i;

	for (i = 0; i < WORD_BYTES && i < b->len; i++) {
		unsigned char c = (unsigned char)b->s[b->len - i - 1];

		if (c < 0x80 && ((c | 32) < 'a' || (c | 32) > 'z'))
			return false;
	}
	return i == WORD_BYTES;
}

bool
html_note_is_number(const struct html_note *h, const struct buf *before)
{
	const char *s = buf_str(&h->text);

	return h->is_raised && *s >= '0' && *s <= '9' &&
	    looks_like_mark(s, h->text.len) && ends_with_word(before);
}

void
html_note_end(struct html_note *h)
{
	buf_cut(&h->text, 0);
	*h = (struct html_note){ .text = h->text };
}
