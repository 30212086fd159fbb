/*
 * docfile: what a Word 97-2003 file (and Word 6/95) keeps where: its text in
 * pieces, the properties of paragraphs and characters, its styles.
 *
 * A character has a place in the text (cp, counted in characters) and a place
 * in the file (fc, in bytes); properties hang on the latter.  All that is read
 * from the file is checked against its end here.
 *
 * Used by doc.c.  docfile.c has the text, docprops.c the properties, doclist.c
 * how lists are numbered.
 */
#ifndef DOCFILE_H
#define DOCFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "formats/format.h"
#include "formats/listnum.h"
#include "formats/ole.h"

struct doc_piece {
	uint32_t cp, end;	/* characters of the text: from, up to */
	uint32_t fc;		/* where they lie, in bytes */
	bool is_wide;		/* UTF-16, else one byte each */
};

/* The parts the text consists of, one behind the other. */
enum doc_part {
	DOC_MAIN, DOC_FOOTNOTES, DOC_HEADERS, DOC_MACROS, DOC_COMMENTS,
	DOC_ENDNOTES, DOC_BOXES, DOC_HEADER_BOXES, DOC_NPARTS
};

/* A table of places and what is there: n + 1 places, n values. */
struct doc_plc {
	const char *places;
	size_t n;
	const char *values;
};

struct doc_file {
	struct buf main, table;	/* the streams */
	bool is_old;		/* Word 6 or 95: no properties are read */
	uint32_t at[DOC_NPARTS + 1];	/* cps where the parts begin */
	struct doc_piece *pieces;
	size_t npieces, cap_pieces;
	struct doc_plc paragraphs, runs;	/* of fcs, to pages of properties */
	struct doc_plc footnotes, endnotes;	/* cps in the main part */
	struct doc_plc comments;
	/* The same, in their own parts. */
	struct doc_plc footnote_texts, endnote_texts, comment_texts, headers;
	struct doc_style {
		unsigned char level;	/* see office_style_level() */
		int list, list_level;	/* or LISTNUM_UNSAID */
	} *styles;
	size_t nstyles;
	struct listnum_lists lists;
};

struct doc_paragraph {
	unsigned level;		/* of a heading; OFFICE_CONTENTS; 0 */
	int list, list_level;	/* or LISTNUM_UNSAID */
	bool in_table;
	bool is_row_end;
};

/*
 * EXTRACT_OK, EXTRACT_ENCRYPTED, EXTRACT_MALFORMED or EXTRACT_UNSUPPORTED with
 * a reason.  The caller clears it with doc_close() in every case.
 */
enum extract_status doc_open(const struct ole *, struct doc_file *,
    struct out *);
void doc_close(struct doc_file *);

/*
 * The character at cp: UTF-16, or a byte of windows-1252 if not *is_wide; -1
 * if there is none.  *piece is a place to go on from, 0 at first.
 */
int doc_character(const struct doc_file *, uint32_t cp, size_t *piece,
    bool *is_wide, uint32_t *fc);

/* The properties of the paragraph with the character at fc. */
struct doc_paragraph doc_paragraph_at(const struct doc_file *, uint32_t fc);

/*
 * Is the character at fc no text: deleted, or hidden?  All up to *end are as
 * it is.
 */
bool doc_is_hidden(const struct doc_file *, uint32_t fc, uint32_t *end);

/* The i-th place of a table, i <= n. */
uint32_t doc_place(const struct doc_plc *, size_t i);

/* The drawings, see officeart.h; NULL and 0 if there are none. */
const char *doc_drawings(const struct doc_file *, size_t *len);

/* For docprops.c, doclist.c and docfile.c only: */

/*
 * What lies in the table stream where the header says at that place; NULL and
 * 0 if nothing does.
 */
const char *doc_table_part(const struct doc_file *, size_t fib, size_t *len);
/* Set the levels of the styles; none if they are damaged. */
void doc_read_styles(struct doc_file *);
/* Set the lists; none if they are damaged. */
void doc_read_lists(struct doc_file *);

#endif
