/*
 * pageparts: the parts of a page of HTML, and how its texts are written.
 *
 * Text goes through page_text() and its like, which translate, fill in and
 * escape; page_html() is for markup that stands in the source.
 *
 * Used by page*.c.
 */
#ifndef PAGEPARTS_H
#define PAGEPARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/note.h"
#include "show/output.h"
#include "show/site.h"

struct page {
	const struct view *view;	/* NULL: the page of an error */
	const struct site *site;
	struct site_question question;
	bool has_endpoint;		/* there are pages to link to */
	struct buf *out;
};

/* ---- pagetext.c and pagesaid.c ---- */

/* Append markup as it is. */
void page_html(struct page *, const char *markup);
/*
 * Append a Dutch text of ours in the language of the page, with each %s an
 * argument, a string; escaped as the content of an element or as the value of
 * an attribute.  A text is one sentence or label, for tools/en.po.sh to find.
 */
void page_text(struct page *, const char *dutch, ...) PRINTF(2, 3);
void page_attr(struct page *, const char *dutch, ...) PRINTF(2, 3);
/* The same for one of many, by a number that is the only %s. */
void page_count(struct page *, uint32_t n, const char *one, const char *many);
/*
 * Append a remark on the question, or the message of an error, which begins
 * with a capital then and has no full stop yet.  What is filled in is of the
 * visitor or Dutch: on a page in English that is marked.
 */
void page_note(struct page *, const struct note *);
void page_message(struct page *, const struct error *);
/* A text of ours in the language of the page; borrowed. */
const char *page_said(const struct page *, const char *dutch);
/* What only marks a text for the translator, where it stands in a table. */
#define PAGE_N(dutch) dutch
/* Append text from elsewhere, escaped, as it is. */
void page_escape(struct page *, const char *text);

/* The label of a field's value, in the language of the page; borrowed. */
const char *page_label(const struct page *, enum field_id, const char *value);

/* 1.252, or 1,252 in English.  Returns out. */
const char *page_number(const struct page *, uint32_t n, char out[16]);
/* "1 juli 2014"; appended, not escaped. */
void page_day(const struct page *, int ymd, struct buf *out);

/* Append lang="..." for text in a language that is not the page's. */
void page_lang(struct page *, const char *taal);
/*
 * Append <a href="..."> with the attributes, which begin with a space or are
 * "".  page_html("</a>") ends it.
 */
void page_link(struct page *, const char *attributes, const struct buf *url);
/* The same to the page with a question: what "?..." is, or "". */
void page_link_question(struct page *, const char *attributes,
    const struct buf *question);

/* ---- pageframe.c ---- */

/*
 * What stands before and behind the parts.  title is escaped here; NULL: the
 * page of the endpoint itself.  is_answer: there are results to skip to.
 */
void page_begin(struct page *, const char *title, bool is_answer);
void page_end(struct page *);

/* ---- the parts ---- */

/* The results, with all that belongs to them; what is chosen; facets. */
void page_hit(struct page *, const struct hit *);
void page_chosen(struct page *);
void page_facets(struct page *);
/* Is there a facet with something to choose, or chosen? */
bool page_has_facets(const struct result *);
/* Remarks on how the question was read, corrections. */
void page_notes(struct page *);
/* The form, with what was asked filled in. */
void page_form(struct page *);
/* How to ask, with and without examples that can be followed. */
void page_examples(struct page *);
void page_advice(struct page *);

#endif
