#include <config.h>

#include "formats/mdmarks.h"

#include <string.h>

#include "base/mem.h"

/* Brackets further apart do not belong together, nor do those deeper. */
#define MAX_SPAN 1000
#define MAX_DEPTH 4

static size_t
spaces(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && s[i] == ' '; i++)
		;
	return i;
}

unsigned
markdown_heading(const char *s, size_t n)
{
	size_t indent = spaces(s, n), i;

	for (i = indent; i < n && s[i] == '#'; i++)
		;
	if (indent > 3 || i == indent || i - indent > 6 || i == n ||
	    (s[i] != ' ' && s[i] != '\t'))
		return 0;
	return (unsigned)(i - indent);
}

bool
markdown_fence(const char *s, size_t n)
{
	size_t indent = spaces(s, n);

	return indent <= 3 && n - indent >= 3 &&
	    (memcmp(s + indent, "```", 3) == 0 ||
	    memcmp(s + indent, "~~~", 3) == 0);
}

bool
markdown_table_rule(const char *s, size_t n)
{
	size_t i, dashes = 0, bars = 0;

	for (i = 0; i < n; i++) {
		if (strchr("|-: \t", s[i]) == NULL)
			return false;
		dashes += s[i] == '-';
		bars += s[i] == '|';
	}
	return dashes >= 3 && bars > 0;
}

/* What the beginning of a text shows. */
struct marks {
	size_t lines;		/* that are not empty, outside fences */
	size_t headings, apart;	/* of those, with an empty line behind */
	bool has_more;		/* marks that no settings have */
};

static void
count_line(struct marks *m, const char *s, size_t n, bool is_before_empty)
{
	unsigned level = markdown_heading(s, n);

	m->lines++;
	if (level > 0) {
		m->headings++;
		m->apart += is_before_empty;
		m->has_more = m->has_more || level > 1;
	} else
		m->has_more = m->has_more || markdown_table_rule(s, n) ||
		    memmem(s, n, "](", 2) != NULL ||
		    memmem(s, n, "**", 2) != NULL;
}

static size_t
line_length(const char *s, const char *end)
{
	const char *stop = memchr(s, '\n', (size_t)(end - s));
	size_t n = (size_t)((stop != NULL ? stop : end) - s);

	while (n > 0 && strchr(" \t\r", s[n - 1]) != NULL)
		n--;
	return n;
}

bool
markdown_is(const char *s, size_t n)
{
	const char *end = s + n, *next;
	struct marks m = { 0 };
	bool in_fence = false, has_fence = false;
	size_t len;

	if (n >= 2 && memcmp(s, "#!", 2) == 0)
		return false;
	for (; s < end; s = next) {
		len = line_length(s, end);
		next = memchr(s, '\n', (size_t)(end - s));
		next = next != NULL ? next + 1 : end;
		if (markdown_fence(s, len)) {
			in_fence = !in_fence;
			has_fence = true;
		} else if (!in_fence && len > 0)
			count_line(&m, s, len, next < end &&
			    line_length(next, end) == 0);
	}
	return m.headings > 0 && (m.has_more || has_fence) &&
	    2 * m.apart >= m.headings && 2 * m.headings <= m.lines + 1;
}

static bool
is_alnum(const char *s, size_t n, size_t i)
{
	/* Beyond ASCII it is a letter, as far as marks are concerned. */
	return i < n && ((s[i] >= '0' && s[i] <= '9') ||
	    ((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z') ||
	    (unsigned char)s[i] >= 0x80);
}

static bool
is_space_at(const char *s, size_t n, size_t i)
{
	return i >= n || s[i] == ' ' || s[i] == '\t';
}

/* Where the bracket at s closes; 0 if nowhere near. */
static size_t
closing(const char *s, size_t n, char open, char close)
{
	size_t i, depth = 0;

	for (i = 0; i < n && i < MAX_SPAN; i++) {
		if (s[i] == '\\')
			i++;
		else if (s[i] == open)
			depth++;
		else if (s[i] == close && --depth == 0)
			return i;
	}
	return 0;
}

static void plain(struct buf *, const char *, size_t, unsigned depth);

/* A link or a picture at s: its bytes, its text appended; 0: it is none. */
static size_t
take_link(struct buf *b, const char *s, size_t n, unsigned depth)
{
	size_t close = closing(s, n, '[', ']'), end;

	if (close == 0 || depth >= MAX_DEPTH)
		return 0;
	if (s[1] == '^')
		return close + 1;	/* the number of a note */
	if (close + 1 == n || (s[close + 1] != '(' && s[close + 1] != '['))
		return 0;
	end = s[close + 1] == '(' ?
	    closing(s + close + 1, n - close - 1, '(', ')') :
	    closing(s + close + 1, n - close - 1, '[', ']');
	if (end == 0)
		return 0;
	plain(b, s + 1, close - 1, depth + 1);
	return close + 1 + end + 1;
}

/* A tag, a comment or an address in angle brackets; 0: it is none. */
static size_t
take_tag(struct buf *b, const char *s, size_t n)
{
	const char *close;
	size_t span = n < MAX_SPAN ? n : MAX_SPAN, len;

	if (n < 3 || (strchr("/!", s[1]) == NULL && !is_alnum(s, n, 1)))
		return 0;
	if (span > 4 && memcmp(s, "<!--", 4) == 0)
		close = memmem(s, n, "-->", 3);
	else
		close = memchr(s, '>', span);
	if (close == NULL)
		return 0;
	len = (size_t)(close - s);
	if (memcmp(s, "<!--", 4) == 0)
		return len + 3;
	if (memmem(s, len, "://", 3) != NULL && memchr(s, ' ', len) == NULL)
		buf_add(b, s + 1, len - 1);
	else if (strncmp(s, "<br", 3) == 0)
		buf_addc(b, ' ');
	return len + 1;
}

/* Code between runs of backticks as long as each other; 0: it is none. */
static size_t
take_code(struct buf *b, const char *s, size_t n)
{
	size_t run, i, end;

	for (run = 0; run < n && s[run] == '`'; run++)
		;
	for (i = run; i < n && i < MAX_SPAN; i = end + (end == i)) {
		for (end = i; end < n && s[end] == '`'; end++)
			;
		if (end - i == run) {
			buf_add(b, s + run, i - run);
			return end;
		}
	}
	return 0;
}

/* A run of marks of emphasis at i: its bytes; 0: it stands for itself. */
static size_t
take_emphasis(const char *s, size_t n, size_t i)
{
	size_t end;
	bool letter_before, letter_behind;

	for (end = i; end < n && s[end] == s[i]; end++)
		;
	letter_before = i > 0 && is_alnum(s, n, i - 1);
	letter_behind = is_alnum(s, n, end);
	if ((i == 0 || is_space_at(s, n, i - 1)) && is_space_at(s, n, end))
		return 0;
	if (letter_before && letter_behind && (s[i] == '_' || end - i == 1))
		return 0;
	return s[i] == '~' && end - i != 2 ? 0 : end - i;
}

static size_t
take_entity(struct buf *b, const char *s, size_t n)
{
	static const struct {
		const char *name, *text;
	} entities[] = {
		{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" },
		{ "&quot;", "\"" }, { "&nbsp;", " " }, { "&euro;", "\xE2\x82\xAC" },
	};
	size_t i, len;

	for (i = 0; i < NELEM(entities); i++) {
		len = strlen(entities[i].name);
		if (n >= len && memcmp(s, entities[i].name, len) == 0) {
			buf_adds(b, entities[i].text);
			return len;
		}
	}
	return 0;
}

/* The bytes of the mark at i, what it hides appended; 0: it is no mark. */
static size_t
take_mark(struct buf *b, const char *s, size_t n, size_t i, unsigned depth)
{
	size_t len;

	switch (s[i]) {
	case '\\':
		if (i + 1 == n || is_alnum(s, n, i + 1) ||
		    is_space_at(s, n, i + 1))
			return 0;
		buf_addc(b, s[i + 1]);
		return 2;
	case '!':
		if (i + 1 == n || s[i + 1] != '[')
			return 0;
		len = take_link(b, s + i + 1, n - i - 1, depth);
		return len > 0 ? len + 1 : 0;
	case '[':
		return take_link(b, s + i, n - i, depth);
	case '<':
		return take_tag(b, s + i, n - i);
	case '`':
		return take_code(b, s + i, n - i);
	case '&':
		return take_entity(b, s + i, n - i);
	case '*':
	case '_':
	case '~':
		return take_emphasis(s, n, i);
	default:
		return 0;
	}
}

static void
plain(struct buf *b, const char *s, size_t n, unsigned depth)
{
	size_t i = 0, len, end;

	while (i < n) {
		if ((len = take_mark(b, s, n, i, depth)) > 0) {
			i += len;
			continue;
		}
		/* A run of marks that stands for itself does so whole. */
		for (end = i + 1; end < n && s[end] == s[i] &&
		    strchr("*_~`", s[i]) != NULL; end++)
			;
		buf_add(b, s + i, end - i);
		i = end;
	}
}

void
markdown_plain(struct buf *b, const char *s, size_t n)
{
	plain(b, s, n, 0);
}
