/*
 * rtfwords: the control words of RTF that mean something to its text.
 *
 * Used by rtf.c.
 */
#ifndef RTFWORDS_H
#define RTFWORDS_H

#include <stddef.h>
#include <stdint.h>

enum rtf_does {
	RTF_CHAR,		/* a character: value is its code point */
	RTF_PAR, RTF_LINE, RTF_TAB, RTF_CELL, RTF_ROW,
	RTF_INTBL,		/* the paragraph is in a table */
	RTF_PARD,		/* paragraph properties start anew */
	RTF_PLAIN,		/* character properties start anew */
	RTF_UNICODE, RTF_UC,	/* \uN, and how many bytes stand in for it */
	RTF_BIN,		/* that many raw bytes follow */
	RTF_CODEPAGE,		/* of the document; value, or the parameter */
	RTF_FONT, RTF_DEFAULT_FONT, RTF_FCHARSET, RTF_FCODEPAGE,
	RTF_STYLE, RTF_OUTLINE,
	RTF_HIDDEN,
	RTF_LIST_MARK,		/* the group is the number of a list item */
	RTF_UPR,		/* two groups that say the same: ANSI, Unicode */
	RTF_PAGE,		/* the number of the page */
	RTF_RESULT,		/* the group is what a field came out as */
	RTF_DATE_PART,		/* value: 0 year, 1 month, 2 day */
	/* The rest begin a destination: a group with a purpose. */
	RTF_DROP,		/* not text */
	RTF_KEEP,		/* text, also behind \* */
	RTF_FONTS, RTF_STYLES,
	RTF_INFO,		/* name: the property it is */
	RTF_DATE,		/* the same, a date */
	RTF_OWN_NAME, RTF_OWN_VALUE,	/* a property of the author's own */
	RTF_NOTE, RTF_COMMENT,
	RTF_MARGIN,		/* a header or footer */
	RTF_CODE,		/* of a field */
	RTF_BOX,		/* text drawn on the page */
	RTF_SHAPE_NAME, RTF_SHAPE_VALUE,	/* a property of what is drawn */
};

struct rtf_word {
	const char *word;
	enum rtf_does does;
	uint32_t value;
	const char *name;
};

/* The row of a control word; NULL: it says nothing about text. */
const struct rtf_word *rtf_word(const char *word, size_t len);

#endif
