/*
 * rtfdoc: what is known while an RTF document is read: where its text goes, in
 * which charset it is, its fonts, styles and properties.
 *
 * rtf.c has the syntax: groups and control words.
 */
#ifndef RTFDOC_H
#define RTFDOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/charset.h"
#include "formats/flow.h"
#include "formats/format.h"
#include "formats/running.h"

/* Fonts and styles with higher numbers are not remembered. */
#define RTF_MAX_NUMBER 65536

/* What a group is for; what is in it inherits it. */
enum rtf_purpose {
	RTF_IN_TEXT, RTF_IN_NOTE, RTF_IN_MARGIN,
	RTF_IN_CODE,		/* of a field in a margin */
	RTF_IN_DROPPED,
	RTF_IN_FONTS, RTF_IN_STYLES,
	RTF_IN_PROPERTY, RTF_IN_DATE, RTF_IN_OWN_NAME, RTF_IN_OWN_VALUE,
	RTF_IN_SHAPE_NAME,
};

struct rtf_group {
	enum rtf_purpose purpose;
	const char *property;	/* its name, for the properties and dates */
	const struct charset *charset;
	unsigned uc;		/* bytes that stand in for one \u */
	bool is_hidden;
	bool is_starred;	/* \* was first */
	bool is_list_mark;	/* the number or bullet before a paragraph */
	bool is_symbol;		/* the font is */
	bool has_better;	/* its first group says it in ANSI, its next better */
	bool is_box;		/* its text stands in one */
	bool was_in_row;	/* before it did */
	bool is_start;		/* of its purpose: ends with this group */
};

struct rtf {
	const char *p, *end;
	struct out *out;
	struct flow flow;
	struct flow margin;	/* of headers and footers */
	struct running running;
	bool is_letters;	/* the property named last: drawn letters */
	bool is_page;		/* the field we are in is the number of a page */
	struct rtf_group *groups;
	size_t depth, cap_groups;
	struct rtf_group now;
	struct buf bytes;	/* text not yet decoded */
	struct buf value;	/* of a property or style name */
	struct buf mark;	/* before a paragraph: its number */
	struct buf own;		/* the name of a property of the author's own */
	unsigned skip;		/* bytes still to skip after a \u */
	uint32_t high;		/* surrogate that waits for its other half */
	const struct charset *charset;	/* of the document */
	struct rtf_font {
		const struct charset *charset;	/* NULL: of the document */
		bool is_symbol;		/* its letters are signs */
	} *fonts;
	size_t nfonts;
	unsigned char *styles;	/* heading levels */
	size_t nstyles;
	unsigned font, style;	/* in their tables: the one being defined */
	unsigned outline;	/* of it: level or 0 */
	unsigned default_font;
	int date[3];
	bool in_row;
};

void rtf_clear(struct rtf *);

/* A byte of text in the charset of its font; it waits until it is settled. */
void rtf_put_byte(struct rtf *, char);
/* Decode what waits: before anything that has to come after it. */
void rtf_settle(struct rtf *);
/* Decoded text, to where text goes now. */
void rtf_put(struct rtf *, const char *, size_t);
void rtf_put_char(struct rtf *, uint32_t);
/* The number of a \u: UTF-16, signed. */
void rtf_put_unicode(struct rtf *, int number);

/* The charset of a font by Windows' number for its script, or NULL. */
const struct charset *rtf_font_charset(int number);
/* For the font or style being defined. */
void rtf_define_font(struct rtf *, const struct charset *);
void rtf_define_symbols(struct rtf *);
void rtf_define_style(struct rtf *);
void rtf_use_font(struct rtf *, unsigned font);

/* The number that was read goes before the paragraph; a bullet does not. */
void rtf_emit_mark(struct rtf *);

/* A paragraph of a header or footer; arg is the struct rtf. */
void rtf_emit_margin(void *arg, unsigned level, const char *, size_t);

void rtf_emit_date(struct rtf *);
void rtf_emit_own(struct rtf *);

#endif
