#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/charset.h"
#include "formats/mdmarks.h"

struct markdown {
	struct out *out;
	struct buf para;	/* the lines of the one that grows */
	struct buf plain;	/* scratch */
	bool in_fence;
	bool in_comment;	/* <!-- that spans lines */
	bool has_text;
};

static void
markdown_clear(struct markdown *m)
{
	buf_clear(&m->para);
	buf_clear(&m->plain);
}

/* Emit text without its marks: a heading of that level, or 0 for text. */
static void
emit(struct markdown *m, unsigned level, const char *s, size_t n)
{
	buf_cut(&m->plain, 0);
	markdown_plain(&m->plain, s, n);
	if (m->plain.len == 0)
		return;
	m->has_text = true;
	if (level > 0)
		out_heading(m->out, level, m->plain.s, m->plain.len);
	else
		out_text(m->out, m->plain.s, m->plain.len);
}

static void
flush(struct markdown *m, unsigned level)
{
	if (m->para.len > 0)
		emit(m, level, m->para.s, m->para.len);
	buf_cut(&m->para, 0);
}

/* A line of one sort of mark and spaces: "---", "* * *", "====". */
static bool
is_rule(const char *s, size_t n, const char *marks, size_t least)
{
	size_t i, count = 0;

	if (n == 0 || strchr(marks, s[0]) == NULL)
		return false;
	for (i = 0; i < n; i++) {
		if (s[i] != s[0] && s[i] != ' ')
			return false;
		count += s[i] == s[0];
	}
	return count >= least;
}

/*
 * The mark of a list item, with the space behind it, in bytes; 0: none.  A
 * number is text and stays.
 */
static size_t
item_mark(const char *s, size_t n, bool *is_number)
{
	size_t i;

	*is_number = false;
	if (n > 1 && strchr("-*+", s[0]) != NULL && s[1] == ' ')
		return 2;
	for (i = 0; i < n && i < 9 && s[i] >= '0' && s[i] <= '9'; i++)
		;
	*is_number = i > 0 && i + 1 < n && strchr(".)", s[i]) != NULL &&
	    s[i + 1] == ' ';
	return *is_number ? i + 2 : 0;
}

/* | a | b |, as cells with tabs between. */
static void
table_row(struct markdown *m, const char *s, size_t n)
{
	size_t i, from;

	if (markdown_table_rule(s, n))
		return;
	for (from = 1; from < n; from = i + 1) {
		for (i = from; i < n && s[i] != '|'; i++)
			if (s[i] == '\\' && i + 1 < n)
				i++;
		if (from > 1)
			buf_addc(&m->para, '\t');
		while (from < i && s[from] == ' ')
			from++;
		buf_add(&m->para, s + from, i - from);
		while (m->para.len > 0 && m->para.s[m->para.len - 1] == ' ')
			buf_cut(&m->para, m->para.len - 1);
	}
	flush(m, 0);
}

static void
heading(struct markdown *m, unsigned level, const char *s, size_t n)
{
	flush(m, 0);
	while (n > 0 && (*s == ' ' || *s == '#')) {
		s++;
		n--;
	}
	while (n > 0 && s[n - 1] == '#')
		n--;
	while (n > 0 && s[n - 1] == ' ')
		n--;
	emit(m, level, s, n);
}

/* Comments are no text; those within a line are for markdown_plain(). */
static bool
is_comment(struct markdown *m, const char *s, size_t n)
{
	if (!m->in_comment && n >= 4 && memcmp(s, "<!--", 4) == 0)
		m->in_comment = memmem(s, n, "-->", 3) == NULL;
	else if (m->in_comment) {
		m->in_comment = memmem(s, n, "-->", 3) == NULL;
		return true;
	}
	return m->in_comment;
}

/* A line of a paragraph; is_end: a line break is asked for behind it. */
static void
add_line(struct markdown *m, const char *s, size_t n, bool is_end)
{
	bool is_number;
	size_t mark = item_mark(s, n, &is_number);

	if (mark > 0)
		flush(m, 0);
	else if (m->para.len > 0)
		buf_addc(&m->para, ' ');
	if (is_number)
		mark = 0;
	buf_add(&m->para, s + mark, n - mark);
	if (is_end)
		flush(m, 0);
}

/* Where a link goes to, "[1]: https://...", is no text; notes are. */
static bool
is_reference(const char *s, size_t n)
{
	return n > 4 && s[0] == '[' && s[1] != '^' &&
	    memmem(s, n, "]: ", 3) != NULL && memchr(s, ' ', n) ==
	    (const char *)memmem(s, n, "]: ", 3) + 2;
}

/* One line, trimmed at its right; spaces behind it were a line break. */
static void
add(struct markdown *m, const char *s, size_t n, bool is_end)
{
	unsigned level = markdown_heading(s, n);

	if (markdown_fence(s, n)) {
		flush(m, 0);
		m->in_fence = !m->in_fence;
		return;
	}
	if (m->in_fence) {
		out_text(m->out, s, n);
		m->has_text = m->has_text || n > 0;
		return;
	}
	while (n > 0 && (*s == ' ' || *s == '\t' || *s == '>')) {
		s++;
		n--;
	}
	if (is_comment(m, s, n) || is_reference(s, n))
		return;
	if (n == 0)
		flush(m, 0);
	else if (level > 0)
		heading(m, level, s, n);
	else if (m->para.len > 0 && is_rule(s, n, "=", 2))
		flush(m, 1);
	else if (m->para.len > 0 && is_rule(s, n, "-", 2))
		flush(m, 2);
	else if (is_rule(s, n, "-*_", 3))
		flush(m, 0);
	else if (s[0] == '|') {
		flush(m, 0);
		table_row(m, s, n);
	} else {
		is_end = is_end || s[n - 1] == '\\';
		add_line(m, s, n - (s[n - 1] == '\\'), is_end);
	}
}

/* "title: Toegang" of the properties before the text. */
static void
property(struct out *out, const char *s, size_t n)
{
	const char *colon = memchr(s, ':', n);
	size_t len = colon != NULL ? (size_t)(colon - s) : 0;

	if (len != 5 || (strncasecmp(s, "title", 5) != 0 &&
	    strncasecmp(s, "titel", 5) != 0))
		return;
	s += len + 1;
	n -= len + 1;
	while (n > 0 && strchr(" \"'", *s) != NULL) {
		s++;
		n--;
	}
	while (n > 0 && strchr(" \"'\r", s[n - 1]) != NULL)
		n--;
	out_meta(out, "office:Title", s, n);
}

/* Properties between two lines of "---" at the top: where the text begins. */
static const char *
front_matter(const char *s, const char *end, struct out *out)
{
	const char *p = s, *stop, *close;

	if (end - s < 4 || memcmp(s, "---", 3) != 0 ||
	    (s[3] != '\n' && s[3] != '\r') ||
	    (close = memmem(s + 3, (size_t)(end - s) - 3, "\n---", 4)) == NULL)
		return s;
	while ((stop = memchr(p, '\n', (size_t)(end - p))) != NULL &&
	    p <= close) {
		property(out, p, (size_t)(stop - p));
		p = stop + 1;
	}
	stop = memchr(close + 1, '\n', (size_t)(end - close) - 1);
	return stop != NULL ? stop + 1 : end;
}

enum extract_status
format_markdown(const struct input *in, struct out *out)
{
	struct buf text CLEAN(buf_clear) = BUF_INIT;
	struct markdown m CLEAN(markdown_clear) = { .out = out };
	const char *s, *end, *next;
	size_t n, trimmed;

	charset_decode(charset_detect(in->bytes, in->size), in->bytes, in->size,
	    &text);
	s = buf_str(&text);
	end = s + text.len;
	if (text.len >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0)
		s += 3;
	for (s = front_matter(s, end, out); s < end; s = next) {
		next = memchr(s, '\n', (size_t)(end - s));
		n = (size_t)((next != NULL ? next : end) - s);
		next = next != NULL ? next + 1 : end;
		n -= n > 0 && s[n - 1] == '\r';
		for (trimmed = n; trimmed > 0 &&
		    strchr(" \t", s[trimmed - 1]) != NULL; trimmed--)
			;
		add(&m, s, trimmed, n - trimmed >= 2);
	}
	flush(&m, 0);
	return m.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}
