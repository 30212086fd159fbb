#include <config.h>

#include "gather/title.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "gather/rules.h"

enum {
	MAX_TITLE_BYTES = 500,
	MAX_LINE_BYTES = 300,	/* a longer first line is a paragraph */
	HEAD_LINES = 12,	/* a heading below these is not the title's */
};

enum rule {
	RULE_VOOR,
	RULE_ACHTER,
	RULE_IS,
	RULE_BEGINT,
	RULE_EINDIGT,
	NRULES
};

static const char *const rule_names[NRULES] = {
	"voor", "achter", "is", "begint", "eindigt",
};

struct titles {
	struct rules rules;
};

int
titles_load(struct titles **out, struct error *err)
{
	CLEAN(titles_free) struct titles *t = xcalloc(1, sizeof *t);

	if (rules_load(&t->rules, "titels.tsv", rule_names, NRULES, err) == -1)
		return -1;
	*out = t;
	t = NULL;
	return 0;
}

void
titles_free(struct titles **t)
{
	if (*t == NULL)
		return;
	rules_clear(&(*t)->rules);
	free(*t);
	*t = NULL;
}

uint64_t
titles_hash(const struct titles *t)
{
	return t->rules.table.hash;
}

static void
trim(const char **s, size_t *n)
{
	while (*n > 0 && strchr(" \t\n", **s) != NULL)
		++*s, --*n;
	while (*n > 0 && strchr(" \t\n", (*s)[*n - 1]) != NULL)
		--*n;
}

static bool
begins(const char *s, size_t n, const char *with, size_t len)
{
	return n >= len && strncasecmp(s, with, len) == 0;
}

static bool
ends(const char *s, size_t n, const char *with, size_t len)
{
	return n >= len && strncasecmp(s + n - len, with, len) == 0;
}

/* Cut off what the rules of one kind name; more than once if need be. */
static void
cut(const struct titles *t, enum rule rule, const char **s, size_t *n)
{
	size_t i;

	for (i = 0; i < t->rules.count; i++) {
		const struct rules_item *r = &t->rules.items[i];

		if (r->kind != rule || *n <= r->len)
			continue;
		if (rule == RULE_ACHTER && ends(*s, *n, r->text, r->len))
			*n -= r->len;
		else if (rule != RULE_ACHTER &&
		    begins(*s, *n, r->text, r->len))
			*s += r->len, *n -= r->len;
		else
			continue;
		trim(s, n);
	}
}

/* Cut off " - BWBR0020674", a number behind the title proper. */
static void
cut_number(const struct numbers *ns, const char **s, size_t *n)
{
	struct number number;
	size_t i;

	for (i = *n; i >= 4; i--)
		if (memcmp(*s + i - 3, " - ", 3) == 0)
			break;
	if (i < 4 || !numbers_match(ns, *s + i, *n - i, &number) ||
	    number.end != *n - i || !number.is_anywhere)
		return;
	*n = i - 3;
	trim(s, n);
}

/* One word held together by underscores or hyphens is the name of a file. */
static bool
is_slug(const char *s, size_t n)
{
	size_t i, hyphens = 0, underscores = 0;

	for (i = 0; i < n; i++) {
		if (s[i] == ' ' || s[i] == '\t')
			return false;
		hyphens += s[i] == '-';
		underscores += s[i] == '_';
	}
	return underscores > 0 || hyphens > 2;
}

static bool
is_junk(const struct titles *t, const char *s, size_t n)
{
	size_t i;

	if (!utf8_has_letter(s, n) || is_slug(s, n))
		return true;
	for (i = 0; i < t->rules.count; i++) {
		const char *text = t->rules.items[i].text;
		size_t len = t->rules.items[i].len;

		switch ((enum rule)t->rules.items[i].kind) {
		case RULE_IS:
			if (n == len && begins(s, n, text, len))
				return true;
			break;
		case RULE_BEGINT:
			if (begins(s, n, text, len))
				return true;
			break;
		case RULE_EINDIGT:
			if (ends(s, n, text, len))
				return true;
			break;
		case RULE_VOOR:
		case RULE_ACHTER:
		case NRULES:
			break;
		}
	}
	return false;
}

/* Append at most max bytes of s, cut at a space if it is longer. */
static void
add_cut(const char *s, size_t n, size_t max, struct buf *out)
{
	if (n > max) {
		for (n = max; n > 0 && s[n] != ' '; n--)
			;
		if (n == 0)
			for (n = max; ((unsigned char)s[n] & 0xC0) == 0x80; )
				n--;
	}
	buf_add(out, s, n);
}

bool
title_clean(const struct titles *t, const struct numbers *ns, const char *s,
    size_t n, struct buf *out)
{
	trim(&s, &n);
	cut(t, RULE_VOOR, &s, &n);
	cut(t, RULE_ACHTER, &s, &n);
	cut_number(ns, &s, &n);
	if (is_junk(t, s, n))
		return false;
	add_cut(s, n, MAX_TITLE_BYTES, out);
	return true;
}

void
title_strip(const struct titles *t, const char **s, size_t *n)
{
	trim(s, n);
	cut(t, RULE_VOOR, s, n);
	cut(t, RULE_BEGINT, s, n);
}

/* A line of the head of a text. */
struct line {
	const char *s;
	size_t n;
	uint32_t level;		/* of the heading it is, else 0 */
};

static size_t
head_lines(const struct doc *doc, struct line *lines, size_t max)
{
	const char *s = buf_str(&doc->text), *eol;
	size_t n, at, k = 0;

	for (n = 0; n < max && (eol = strchr(s, '\n')) != NULL; n++) {
		at = (size_t)(s - doc->text.s);
		lines[n] = (struct line){ s, (size_t)(eol - s), 0 };
		for (; k < doc->nmarks && doc->marks[k].at <= at; k++)
			if (doc->marks[k].at == at && doc->marks[k].level > 0)
				lines[n].level = doc->marks[k].level;
		s = eol + 1;
	}
	return n;
}

static bool
begins_lower(const struct line *l)
{
	uint32_t c;

	return l->n > 0 && utf8_decode(l->s, l->n, &c) > 0 &&
	    utf8_is_letter(c) && !utf8_is_upper(c);
}

/*
 * Which line the title begins with; n if none does.  The first line that can
 * be one does, unless a heading of the first level stands below it; not
 * behind a paragraph, then only such a heading does.  A line with a number of
 * its own ("WI 2014/60 ...") is the title, heading or not.
 */
static size_t
first_title_line(const struct titles *t, const struct numbers *ns,
    const struct line *lines, size_t n)
{
	CLEAN(buf_clear) struct buf title = BUF_INIT;
	struct number number;
	bool is_behind_text = false;
	size_t first = n, i;

	for (i = 0; i < n; i++) {
		const struct line *l = &lines[i];

		if (l->n > MAX_LINE_BYTES) {
			is_behind_text = true;
			continue;
		}
		if (!title_clean(t, ns, l->s, l->n, &title))
			continue;
		/* What begins small goes on with the line above. */
		if (l->level == 1 && begins_lower(l) && first + 1 == i)
			return first;
		if (l->level == 1 || (!is_behind_text &&
		    numbers_match(ns, l->s, l->n, &number)))
			return i;
		if (first == n && !is_behind_text)
			first = i;
	}
	return first;
}

/* Whether a title goes on in the next line: it was too long for one. */
static bool
goes_on(const struct line *l, const struct line *next)
{
	bool is_open = l->n > 0 && (strchr(",(/&", l->s[l->n - 1]) != NULL ||
	    (l->n > 3 && memcmp(l->s + l->n - 3, "\xE2\x80\x93", 3) == 0));

	if (next->n > MAX_LINE_BYTES / 2)
		return false;
	if (next->level > 0)
		return is_open || begins_lower(next);
	return begins_lower(next) && (is_open || l->level == 0) &&
	    strchr(".:;!?", l->s[l->n - 1]) == NULL;
}

bool
title_of_text(const struct titles *t, const struct numbers *ns,
    const struct doc *doc, struct buf *out)
{
	CLEAN(buf_clear) struct buf title = BUF_INIT;
	struct line lines[HEAD_LINES];
	size_t n = head_lines(doc, lines, HEAD_LINES), i;

	i = first_title_line(t, ns, lines, n);
	if (i == n)
		return false;
	buf_add(&title, lines[i].s, lines[i].n);
	for (; i + 1 < n && title.len < MAX_LINE_BYTES &&
	    goes_on(&lines[i], &lines[i + 1]); i++) {
		buf_addc(&title, ' ');
		buf_add(&title, lines[i + 1].s, lines[i + 1].n);
	}
	return title_clean(t, ns, title.s, title.len, out);
}

void
title_stem(const struct numbers *ns, const char *path, const char **stem,
    size_t *n)
{
	const char *slash = strrchr(path, '/'), *dot;
	struct number number;

	*stem = slash != NULL ? slash + 1 : path;
	dot = strrchr(*stem, '.');
	*n = dot != NULL && dot > *stem ? (size_t)(dot - *stem) :
	    strlen(*stem);
	if (numbers_match(ns, *stem, *n, &number) && number.is_id &&
	    number.end < *n)
		*stem += number.end, *n -= number.end;
	while (*n > 0 && strchr("_- ", **stem) != NULL)
		++*stem, --*n;
}

void
title_of_name(const struct numbers *ns, const char *path, struct buf *out)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct number number;
	const char *stem;
	size_t n, i;
	bool is_slug_name;

	title_stem(ns, path, &stem, &n);
	if (numbers_match(ns, stem, n, &number) && !number.is_id &&
	    strncasecmp(stem, number.text, 2) == 0) {
		buf_adds(&text, number.text);
		stem += number.end;
		n -= number.end;
		if (n > 0)
			buf_addc(&text, ' ');
	}
	is_slug_name = memchr(stem, ' ', n) == NULL;
	while (n > 0 && strchr("_- ", *stem) != NULL)
		stem++, n--;
	i = text.len;
	utf8_clean(stem, n, &text);
	if (i < text.len && text.s[i] >= 'a' && text.s[i] <= 'z')
		text.s[i] = (char)(text.s[i] - 32);
	for (; i < text.len; i++)
		if (text.s[i] == '_' || text.s[i] == '\n' ||
		    (is_slug_name && text.s[i] == '-'))
			text.s[i] = ' ';
	add_cut(buf_str(&text), text.len, MAX_TITLE_BYTES, out);
}
