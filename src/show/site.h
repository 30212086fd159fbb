/*
 * site: where the endpoint's pages are, and in which language they speak.
 *
 * Used by the outputs that have links, and by cgi/.
 */
#ifndef SITE_H
#define SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/doc.h"
#include "model/query.h"

struct site {
	const char *base;	/* path of the endpoint, no slash at its end: "" or
				 * "/cgi-bin/naslag.cgi"; NULL: there is none,
				 * and so nothing but documents to link to */
	const char *origin;	/* "https://host", from the settings; NULL: links
				 * are paths only */
	const char *documents;	/* URL below which the corpus is published, no
				 * slash at its end; NULL: documents without a
				 * url of their own have no link */
	bool is_english;	/* pages below base/en/ */
};

/* The site of a program that serves none: everything empty, in Dutch. */
extern const struct site site_none;

/*
 * What a URL says of a question: the keys that are not at their defaults, in
 * the order of query_keys().  peildatum is one if it was given, today's too.
 *
 * What was typed stays in q as it was, field:value within it too; only where a
 * value that was typed is taken away, or words were given as a key, does q
 * become the question as it is printed.
 */
struct site_filter {
	const char *key;	/* name of the field */
	char *value;		/* as the key's value: "!SY" excludes */
	bool is_typed;		/* stands in q as it was typed */
};

struct site_question {
	const char *typed;	/* the value of q, borrowed */
	char *words;		/* what is left of it without its values */
	const char *peildatum;	/* NULL: not given */
	char day[16];
	const char *sort;	/* NULL: by relevance */
	unsigned vanaf, aantal;	/* aantal 0: the default */
	bool is_literal;
	struct site_filter *filters;
	size_t nfilters;
};

void site_question_read(const struct query *, struct site_question *out);
void site_question_clear(struct site_question *);
/* Append "?q=...&soort=..."; nothing if all is at its default. */
void site_question_print(const struct site_question *, struct buf *out);
/*
 * The same with another question typed, its filters staying those it had as
 * keys; with a value of a field chosen, or no longer, as it would stand behind
 * the key ("!SY" too).  Both at the first page.
 */
void site_question_print_typed(const struct site_question *, const char *q,
    struct buf *out);
void site_question_print_toggled(const struct site_question *,
    enum field_id, const char *value, struct buf *out);

/*
 * Append the URL of a page of the endpoint: path ("/", "/feed.atom",
 * "/v1/documenten") with the keys of q (NULL: none), each percent-encoded.
 * "/" is "/en/" in English.  Not escaped for HTML.  is_absolute asks for the
 * origin in front, if there is one.
 */
void site_url(const struct site *, const char *path, const struct query *q,
    bool is_absolute, struct buf *out);
/* The same with another vanaf: what paging links to. */
void site_url_at(const struct site *, const char *path, const struct query *q,
    unsigned vanaf, bool is_absolute, struct buf *out);

/*
 * Append the link to a document, opened at a page if page is not 0 and its
 * format has them (#page=); nothing if it has none.  Only http: and https:
 * URLs that the document or the settings give are ever linked to.  A url of
 * its own is what it is linked by; but a page is one of the published file,
 * if there is one.  What lies within a file is linked by that file.
 */
void site_document_url(const struct site *, const struct doc *, uint32_t page,
    struct buf *out);

#endif
