#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/boilerplate.h"
#include "formats/charset.h"
#include "formats/prose.h"
#include "formats/sealed.h"
#include "formats/sniff.h"

/* Text with more lines than these longer than that is not hard-wrapped. */
#define WRAP_COLUMNS 110
#define LONG_LINES_PERCENT 5
#define HEADING_COLUMNS 80

struct line {
	const char *s;
	uint32_t len;		/* bytes, trimmed at the right */
	uint32_t columns;	/* code points */
};

struct lines {
	struct line *a;
	size_t n, cap;
	size_t width;		/* columns it is wrapped at, 0 if it is not */
	bool breaks_words;	/* at line ends */
};

static void
lines_clear(struct lines *l)
{
	free(l->a);
	*l = (struct lines){ 0 };
}

static void
split(const char *s, size_t n, struct lines *l)
{
	size_t from = 0, at;

	while (from < n) {
		struct line line = { s + from, 0, 0 };

		for (at = from; at < n && s[at] != '\n' && s[at] != '\r' &&
		    s[at] != '\f'; at++)
			;
		line.len = (uint32_t)(at - from);
		while (line.len > 0 && (s[from + line.len - 1] == ' ' ||
		    s[from + line.len - 1] == '\t'))
			line.len--;
		line.columns = (uint32_t)utf8_count(line.s, line.len);
		GROW(l->a, l->n, l->cap);
		l->a[l->n++] = line;
		if (at + 1 < n && s[at] == '\r' && s[at + 1] == '\n')
			at++;
		/* A form feed stays, as a line of its own. */
		if (at < n && s[at] == '\f') {
			GROW(l->a, l->n, l->cap);
			l->a[l->n++] = (struct line){ s + at, 1, 1 };
		}
		from = at + 1;
	}
}

/* The width that all but a few lines keep to, and whether words are broken. */
static void
measure(struct lines *l)
{
	size_t columns[WRAP_COLUMNS + 1] = { 0 };	/* lines of that width */
	size_t i, n = 0, longer, hyphens = 0;

	for (i = 0; i < l->n; i++) {
		if (l->a[i].columns == 0)
			continue;
		n++;
		if (l->a[i].columns <= WRAP_COLUMNS)
			columns[l->a[i].columns]++;
		hyphens += i + 1 < l->n && *l->a[i + 1].s >= 'a' &&
		    *l->a[i + 1].s <= 'z' &&
		    prose_has_hyphen(l->a[i].s, l->a[i].len);
	}
	l->breaks_words = prose_breaks_words(n, hyphens);
	longer = n;
	for (i = 0; i <= WRAP_COLUMNS; i++) {
		longer -= columns[i];
		if (longer * 100 <= n * LONG_LINES_PERCENT) {
			l->width = i;
			return;
		}
	}
}

/* "====" under a line is level 1, "----" level 2; 0 if it is no underline. */
static unsigned
underline(const struct line *l)
{
	size_t i;

	if (l->len < 3 || (l->s[0] != '=' && l->s[0] != '-'))
		return 0;
	for (i = 1; i < l->len; i++)
		if (l->s[i] != l->s[0])
			return 0;
	return l->s[0] == '=' ? 1 : 2;
}

static bool
is_blank(const struct lines *l, size_t i)
{
	return i >= l->n || l->a[i].len == 0 || l->a[i].s[0] == '\f';
}

/* Does line i, not the first, go on with the paragraph? */
static bool
goes_on(const struct lines *l, size_t i)
{
	const struct line *line = &l->a[i], *last = &l->a[i - 1];
	size_t indent = strspn(line->s, " \t");
	size_t word;

	if (l->width == 0 || is_blank(l, i) || underline(line) > 0 ||
	    memchr(line->s, '\t', line->len) != NULL ||
	    memchr(last->s, '\t', last->len) != NULL ||
	    prose_bullet(line->s + indent, line->len - indent) > 0 ||
	    boilerplate_is_labelled(line->s + indent, line->len - indent))
		return false;
	/* Where the first word of this line would have fitted, one ended. */
	word = prose_first_word(line->s + indent, line->len - indent);
	return last->columns + 1 +
	    utf8_count(line->s + indent, word) > l->width;
}

static void
emit(struct out *out, struct buf *para, unsigned level)
{
	size_t skip = strspn(buf_str(para), " \t");

	if (level > 0)
		out_heading(out, level, para->s + skip, para->len - skip);
	else if (para->len > skip)
		out_text(out, para->s + skip, para->len - skip);
	buf_cut(para, 0);
}

/*
 * In text that is not wrapped, a short line between an empty one and a full
 * paragraph is its heading, if it does not end as a sentence.
 */
static bool
heads_paragraph(const struct lines *l, size_t i)
{
	const struct line *line = &l->a[i];

	return l->width == 0 && line->columns <= HEADING_COLUMNS &&
	    (i == 0 || is_blank(l, i - 1)) && !is_blank(l, i + 1) &&
	    l->a[i + 1].columns > 2 * HEADING_COLUMNS &&
	    !prose_is_ended(line->s, line->len) &&
	    line->s[line->len - 1] != ',' &&
	    memchr(line->s, '\t', line->len) == NULL &&
	    prose_bullet(line->s, line->len) == 0;
}

static void
add_line(struct buf *para, const struct lines *l, size_t i)
{
	const struct line *line = &l->a[i];
	size_t indent = strspn(line->s, " \t");

	prose_join(para, line->s + indent, line->len - indent,
	    l->breaks_words);
}

static void
paragraphs(const struct lines *l, bool has_pages, struct out *out)
{
	struct buf para CLEAN(buf_clear) = BUF_INIT;
	unsigned page = 1, level;
	size_t i, from;

	if (has_pages)
		out_page(out, page);
	for (i = 0; i < l->n; i++) {
		if (l->a[i].len == 1 && l->a[i].s[0] == '\f')
			out_page(out, ++page);
		if (is_blank(l, i) || underline(&l->a[i]) > 0)
			continue;
		from = i;
		add_line(&para, l, i);
		if (i + 1 < l->n && (level = underline(&l->a[i + 1])) > 0) {
			emit(out, &para, level);
			continue;
		}
		while (i + 1 < l->n && goes_on(l, i + 1))
			add_line(&para, l, ++i);
		if (heads_paragraph(l, from)) {
			emit(out, &para, 2);
			continue;
		}
		level = i == from && is_blank(l, i + 1) &&
		    (from == 0 || is_blank(l, from - 1)) ?
		    prose_heading(para.s, para.len) : 0;
		emit(out, &para, level);
	}
}

enum extract_status
format_text(const struct input *in, struct out *out)
{
	struct buf text CLEAN(buf_clear) = BUF_INIT;
	struct lines l CLEAN(lines_clear) = { 0 };
	const struct charset *cs = charset_detect(in->bytes, in->size);
	size_t i;

	/* A zero byte is a control unless it is half a UTF-16 character. */
	if (cs == charset_codepage(65001) || cs == charset_codepage(1252) ||
	    cs == charset_codepage(CHARSET_MIXED)) {
		if (sniff_is_binary(in->bytes, in->size))
			return EXTRACT_UNKNOWN;
	}
	charset_decode(cs, in->bytes, in->size, &text);
	if (sniff_is_binary(buf_str(&text), text.len))
		return EXTRACT_UNKNOWN;
	if (sealed_is_armour(buf_str(&text), text.len))
		return EXTRACT_ENCRYPTED;
	split(buf_str(&text), text.len, &l);
	measure(&l);
	paragraphs(&l, memchr(buf_str(&text), '\f', text.len) != NULL, out);
	for (i = 0; i < text.len; i++)
		if (!utf8_is_space((unsigned char)text.s[i]))
			return EXTRACT_OK;
	return EXTRACT_EMPTY;
}
