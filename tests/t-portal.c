#include <config.h>

#include "gather/portal.h"

#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "tap.h"

/*
 * The cases are lines of portal-cases.tsv: the claim, the path, the
 * properties (NAME=VALUE), the text and what has to come of it.  Properties
 * and expectations are separated by " ;; "; in a text '|' ends a paragraph,
 * "#N " before one makes it a heading of level N, and "@N " begins page N.
 * An expectation is a line of the record, "!" and a line or name that is
 * not in it, or "tekst=" with what is left of the text.
 */

enum { MAX_CELLS = 5 };

static char *
next_part(char **s, const char *separator)
{
	char *part = *s, *end;

	if (part == NULL || *part == '\0')
		return NULL;
	if ((end = strstr(part, separator)) != NULL) {
		*end = '\0';
		*s = end + strlen(separator);
	} else {
		*s = NULL;
	}
	return part;
}

static void
add_meta(struct extracted *ex, const char *name, const char *value)
{
	GROW(ex->meta, ex->nmeta, ex->cap_meta);
	ex->meta[ex->nmeta++] =
	    (struct extract_meta){ xstrdup(name), xstrdup(value) };
}

static void
add_mark(struct extracted *ex, uint32_t page, uint32_t level, size_t len)
{
	GROW(ex->marks, ex->nmarks, ex->cap_marks);
	ex->marks[ex->nmarks++] = (struct extract_mark){ ex->text.len, page,
	    level, (uint32_t)len };
}

static void
add_paragraph(struct extracted *ex, char *s)
{
	char *t;

	if (s[0] == '@') {
		add_mark(ex, (uint32_t)atoi(s + 1), 0, 0);
		ex->pages++;
		s = strchr(s, ' ') + 1;
	}
	if (s[0] == '#') {
		add_mark(ex, 0, (uint32_t)(s[1] - '0'), strlen(s + 3));
		s += 3;
	}
	for (; (t = strstr(s, "\\t")) != NULL; s = t + 2) {
		buf_add(&ex->text, s, (size_t)(t - s));
		buf_addc(&ex->text, '\t');
	}
	buf_adds(&ex->text, s);
	buf_addc(&ex->text, '\n');
}

static void
make(struct extracted *ex, const char *path, char *properties, char *text)
{
	const char *dot = strrchr(path, '.');
	char *s, *equals;

	*ex = (struct extracted){ .status = EXTRACT_OK };
	if (dot != NULL)
		snprintf(ex->format, sizeof ex->format, "%s", dot + 1);
	while ((s = next_part(&properties, " ;; ")) != NULL) {
		equals = strchr(s, '=');
		*equals = '\0';
		add_meta(ex, s, equals + 1);
	}
	while ((s = next_part(&text, "|")) != NULL)
		add_paragraph(ex, s);
}

static int
has_line(const char *record, const char *line)
{
	size_t n = strlen(line);
	const char *p;

	for (p = record; p != NULL && *p != '\0'; p = strchr(p, '\n'),
	    p += p != NULL)
		if (strncmp(p, line, n) == 0 && p[n] == '\n')
			return 1;
	return 0;
}

static int
has_name(const char *record, const char *name)
{
	size_t n = strlen(name);
	const char *p;

	for (p = record; p != NULL && *p != '\0'; p = strchr(p, '\n'),
	    p += p != NULL)
		if (strncmp(p, name, n) == 0 && (p[n] == ':' || p[n] == '='))
			return 1;
	return 0;
}

static int
text_is(const struct doc *d, const char *wanted)
{
	char *text = xstrdup(buf_str(&d->text)), *p;
	int same;

	for (p = text; *p != '\0'; p++)
		if (*p == '\n')
			*p = '|';
	same = strcmp(text, wanted) == 0;
	free(text);
	return same;
}

static int
is_expected(const struct doc *d, const char *record, const char *s)
{
	if (s[0] == '!')
		return strchr(s, '=') != NULL ? !has_line(record, s + 1) :
		    !has_name(record, s + 1);
	if (strncmp(s, "tekst=", 6) == 0)
		return text_is(d, s + 6);
	return has_line(record, s);
}

/* Marks are in order, within the text, and headings are whole paragraphs. */
static int
marks_are_right(const struct doc *d)
{
	size_t i;

	for (i = 0; i < d->nmarks; i++) {
		const struct doc_mark *m = &d->marks[i];

		if (m->at > d->text.len || (i > 0 && m->at < m[-1].at))
			return 0;
		if (m->level > 0 && (d->text.s[m->at + m->len] != '\n' ||
		    memchr(d->text.s + m->at, '\n', m->len) != NULL))
			return 0;
	}
	return 1;
}

static void
run_case(const struct portal *p, char **cells)
{
	struct extracted ex;
	struct buf record = BUF_INIT, wrong = BUF_INIT;
	struct doc d;
	char *s;

	make(&ex, cells[1], cells[2], cells[3]);
	portal_fill(p, cells[1], &ex, &d);
	doc_record_print(&d, &record);
	while ((s = next_part(&cells[4], " ;; ")) != NULL)
		if (!is_expected(&d, buf_str(&record), s))
			buf_addf(&wrong, "# not: %s\n", s);
	if (!marks_are_right(&d))
		buf_adds(&wrong, "# marks are wrong\n");
	if (!ok(wrong.len == 0, "%s", cells[0]))
		printf("%s# text: %s# in: %s", wrong.s, buf_str(&d.text),
		    record.s);
	buf_clear(&record);
	buf_clear(&wrong);
	doc_clear(&d);
	extracted_clear(&ex);
}

static void
run_cases(const struct portal *p, const char *path)
{
	CLEAN(cases_close) struct cases c = cases_open(path);
	char *line, *cells[MAX_CELLS], *rest;
	size_t n;

	ok(c.f != NULL, "%s opens", path);
	while ((line = cases_next(&c)) != NULL) {
		for (n = 0, rest = line; n < MAX_CELLS; n++)
			cells[n] = rest != NULL ? strsep(&rest, "\t") : NULL;
		if (cells[4] == NULL || rest != NULL)
			ok(0, "a case has five cells: %s", line);
		else
			run_case(p, cells);
	}
}

static void
test_move(const struct portal *p)
{
	struct extracted ex = { .status = EXTRACT_SCAN, .pages = 2 };
	struct doc d;

	buf_adds(&ex.text, "x\n");
	add_mark(&ex, 1, 0, 0);
	portal_fill(p, "a/b.pdf", &ex, &d);
	ok(ex.text.len == 0 && ex.nmarks == 0 && d.text.len == 2 &&
	    d.nmarks == 1, "text and marks move into the document");
	ok(strcmp(d.status, "scan") == 0 && d.paginas == 2,
	    "what is not searchable says why");
	ok(strcmp(d.id, "a/b.pdf") == 0, "without an id the path is it");
	extracted_clear(&ex);
	doc_clear(&d);
}

int
main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct portal *p = NULL;
	char *path;

	if (!ok(portal_load(&p, &err) == 0, "the tables load %s", err.msg))
		return tap_done();
	path = argc > 1 ? xstrdup(argv[1]) : cases_path("portal-cases.tsv");
	test_move(p);
	run_cases(p, path);
	ok(portal_hash(p) != 0, "the tables have a fingerprint");
	free(path);
	portal_free(&p);
	return tap_done();
}
