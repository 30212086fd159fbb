#include <config.h>

#include "formats/running.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/tsv.h"

/* What parts the words of a line that has no tabs. */
#define MARKS "|/-\xE2\x80\x93\xC2\xB7\xE2\x80\xA2"

/* Around the number of a page, and without it nothing. */
static bool
is_page_word(const char *s, size_t n)
{
	static const char *const words[] = {
		"pagina", "pag.", "pag", "p.", "p", "blz.", "blz", "bladzijde",
		"blad", "page", "van", "de", "of", "uit", "/", "-",
	};
	size_t i;

	if (memchr(s, *RUNNING_NUMBER, n) != NULL)
		return true;
	for (i = 0; i < NELEM(words); i++)
		if (strlen(words[i]) == n &&
		    strncasecmp(words[i], s, n) == 0)
			return true;
	return false;
}

/* The next word from *at; false if there is none. */
static bool
next_word(const char *s, size_t n, size_t *at, size_t *len)
{
	size_t i = *at;

	while (i < n && (s[i] == ' ' || s[i] == '\t'))
		i++;
	*at = i;
	while (i < n && s[i] != ' ' && s[i] != '\t')
		i++;
	*len = i - *at;
	return *len > 0;
}

/* How far words that go with a page number go on; 0 if none is among them. */
static size_t
page_number(const char *s, size_t n, size_t at)
{
	size_t len, end = 0;

	for (; next_word(s, n, &at, &len); at += len) {
		if (!is_page_word(s + at, len))
			break;
		if (end > 0 || memchr(s + at, *RUNNING_NUMBER, len) != NULL)
			end = at + len;
	}
	return end;
}

static void
without_numbers(const char *s, size_t n, struct buf *b)
{
	size_t at = 0, len, end;

	for (; next_word(s, n, &at, &len); at += len) {
		if ((end = page_number(s, n, at)) > 0) {
			len = end - at;
			continue;
		}
		if (b->len > 0)
			buf_addc(b, ' ');
		buf_add(b, s + at, len);
	}
}

void
running_emit(struct running *r, struct out *out, const char *s, size_t n)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	const char *from;
	size_t i;

	without_numbers(s, n, &b);
	while (b.len > 0 && strchr(" " MARKS, b.s[b.len - 1]) != NULL)
		buf_cut(&b, b.len - 1);
	from = buf_str(&b);
	from += strspn(from, " " MARKS);
	if (*from == '\0' || r->n == RUNNING_MAX)
		return;
	r->seen[r->n] = hash_bytes(HASH_INIT, from, strlen(from));
	for (i = 0; r->seen[i] != r->seen[r->n]; i++)
		;
	if (i < r->n)
		return;
	r->n++;
	out_meta(out, "opschrift", from, strlen(from));
}

/* Of the page, of all pages, of those of the section. */
bool
running_is_page_field(const char *code, size_t len)
{
	static const char *const names[] = { "PAGE", "NUMPAGES",
	    "SECTIONPAGES" };
	size_t i, n = 0;

	while (len > 0 && *code == ' ') {
		code++;
		len--;
	}
	while (n < len && code[n] != ' ' && code[n] != '\\')
		n++;
	for (i = 0; i < NELEM(names); i++)
		if (strlen(names[i]) == n &&
		    strncasecmp(names[i], code, n) == 0)
			return true;
	return false;
}
