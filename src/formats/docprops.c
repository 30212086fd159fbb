#include <config.h>

#include "formats/docfile.h"

#include <stdlib.h>

#include "formats/charset.h"
#include "formats/le.h"
#include "formats/office.h"

/* How many styles a style may be based on, one upon the other. */
#define MAX_BASES 12
#define MAX_STYLES 4096

/* Pages of properties. */
#define PAGE_BYTES 512

/* The place in the header that says where the styles are. */
#define FIB_STYLES 0xA2

/* What a property is about: the operations we look at. */
enum {
	SPRM_STYLE = 0x4600, SPRM_IN_TABLE = 0x2416, SPRM_ROW_END = 0x2417,
	SPRM_OUTLINE = 0x2640, SPRM_LIST = 0x460B, SPRM_LIST_LEVEL = 0x260A,
	SPRM_HUGE = 0x6646, SPRM_HUGE_OLD = 0x6645,
	SPRM_DELETED = 0x0800, SPRM_HIDDEN = 0x083C,
	SPRM_TABLE = 0xD608, SPRM_TABS = 0xC615,
};

/* The last of n places in order that is not behind fc; n if there is none. */
static size_t
find_place(const char *places, size_t n, uint32_t fc)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (le32(places + 4 * middle) <= fc)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? low - 1 : n;
}

/*
 * The page of properties for fc, and which of its entries: NULL if there is
 * none.  A page is places, entries, and at its end the number of entries.
 */
static const char *
find_page(const struct doc_file *d, const struct doc_plc *p, uint32_t fc,
    size_t entry_bytes, size_t *n, size_t *entry)
{
	size_t i = p->n > 0 ? find_place(p->places, p->n, fc) : 0, at;
	const char *page;

	if (i == p->n)
		return NULL;
	at = (size_t)(le32(p->values + 4 * i) & 0x3FFFFF) * PAGE_BYTES;
	if (at >= d->main.len || d->main.len - at < PAGE_BYTES)
		return NULL;
	page = d->main.s + at;
	*n = (unsigned char)page[PAGE_BYTES - 1];
	if (4 * (*n + 1) + entry_bytes * *n > PAGE_BYTES - 1)
		return NULL;
	*entry = find_place(page, *n, fc);
	return *entry < *n ? page : NULL;
}

/* Operations and operands in turn; says how long each is. */
struct sprms {
	const char *p, *end;
	unsigned op;
	const char *operand;
};

static bool
next_sprm(struct sprms *s)
{
	static const unsigned char lengths[8] = { 1, 1, 2, 4, 2, 2, 0, 3 };
	size_t left = (size_t)(s->end - s->p), len;

	if (left < 3)
		return false;
	s->op = le16(s->p);
	s->operand = s->p + 2;
	left -= 2;
	len = lengths[s->op >> 13];
	if (s->op == SPRM_TABLE)
		len = left < 2 ? left + 1 : le16(s->operand) + 1;
	else if (len == 0)
		len = 1 + (size_t)(unsigned char)*s->operand;
	/* Tabs too many for a byte: it ends what we can follow. */
	if (len > left || (s->op == SPRM_TABS && len == 256))
		return false;
	s->p = s->operand + len;
	return true;
}

static unsigned
outline_level(const char *operand)
{
	unsigned outline = (unsigned char)*operand;

	return outline < 9 ? outline > 5 ? 6 : outline + 1 : 0;
}

static void
apply_sprms(struct sprms s, struct doc_paragraph *p)
{
	while (next_sprm(&s)) {
		if (s.op == SPRM_IN_TABLE)
			p->in_table = *s.operand != 0;
		else if (s.op == SPRM_ROW_END)
			p->is_row_end = *s.operand != 0;
		else if (s.op == SPRM_OUTLINE)
			p->level = outline_level(s.operand);
		else if (s.op == SPRM_LIST)
			p->list = (int)le16(s.operand);
		else if (s.op == SPRM_LIST_LEVEL)
			p->list_level = (unsigned char)*s.operand;
		else if (s.op == SPRM_HUGE || s.op == SPRM_HUGE_OLD)
			/* Too long for a page: the widths of a row. */
			p->is_row_end = true;
	}
}

struct doc_paragraph
doc_paragraph_at(const struct doc_file *d, uint32_t fc)
{
	struct doc_paragraph p = { .list = LISTNUM_UNSAID,
	    .list_level = LISTNUM_UNSAID };
	size_t n, i, at, len;
	const char *page = find_page(d, &d->paragraphs, fc, 13, &n, &i);
	unsigned style;

	if (page == NULL)
		return p;
	at = 2 * (size_t)(unsigned char)page[4 * (n + 1) + 13 * i];
	if (at == 0 || at + 2 > PAGE_BYTES)
		return p;
	/* Counted in words, the byte that says so not; or that in the next. */
	len = (size_t)(unsigned char)page[at++] * 2;
	if (len == 0)
		len = (size_t)(unsigned char)page[at++] * 2;
	else
		len--;
	if (len < 2 || at + len > PAGE_BYTES)
		return p;
	style = le16(page + at);
	if (style < d->nstyles) {
		p.level = d->styles[style].level;
		p.list = d->styles[style].list;
		p.list_level = d->styles[style].list_level;
	}
	apply_sprms((struct sprms){ .p = page + at + 2, .end = page + at + len },
	    &p);
	return p;
}

bool
doc_is_hidden(const struct doc_file *d, uint32_t fc, uint32_t *end)
{
	size_t n, i, at, len;
	const char *page = find_page(d, &d->runs, fc, 1, &n, &i);
	struct sprms s;
	bool is_hidden = false;

	*end = fc + 1;
	if (page == NULL)
		return false;
	if (le32(page + 4 * (i + 1)) > fc)
		*end = le32(page + 4 * (i + 1));
	at = 2 * (size_t)(unsigned char)page[4 * (n + 1) + i];
	if (at == 0 || at >= PAGE_BYTES - 1)
		return false;
	len = (unsigned char)page[at++];
	if (at + len > PAGE_BYTES)
		return false;
	s = (struct sprms){ .p = page + at, .end = page + at + len };
	while (next_sprm(&s))
		if (s.op == SPRM_DELETED || s.op == SPRM_HIDDEN)
			is_hidden = *s.operand == 1;
	return is_hidden;
}

/* ---- styles ---- */

struct style {
	unsigned level, base;
	bool is_body;		/* it says that it is no heading */
	int list, list_level;	/* or LISTNUM_UNSAID */
};

/* The name of a style: its length, and UTF-16. */
static unsigned
named_level(const char *s, size_t len)
{
	struct buf name CLEAN(buf_clear) = BUF_INIT;
	size_t n;

	if (len < 2 || (n = le16(s)) > (len - 2) / 2)
		return 0;
	charset_decode(charset_codepage(1200), s + 2, 2 * n, &name);
	return office_style_level(buf_str(&name), name.len);
}

/* Its properties, which follow its name. */
static void
properties_of(const char *s, size_t len, struct style *st)
{
	size_t at = 2 + 2 * (size_t)le16(s) + 2, n;
	struct sprms sprms;

	if (at + 4 > len)
		return;
	n = le16(s + at);
	if (n < 2 || n > len - at - 2)
		return;
	sprms = (struct sprms){ .p = s + at + 4, .end = s + at + 2 + n };
	while (next_sprm(&sprms)) {
		if (sprms.op == SPRM_OUTLINE && st->level == 0) {
			st->level = outline_level(sprms.operand);
			st->is_body = st->level == 0;
		} else if (sprms.op == SPRM_LIST)
			st->list = (int)le16(sprms.operand);
		else if (sprms.op == SPRM_LIST_LEVEL)
			st->list_level = (unsigned char)*sprms.operand;
	}
}

/*
 * Word numbers the styles it comes with: 1 to 9 are headings, 19 to 27 make
 * tables of contents, 62 is the title.
 */
static struct style
read_style(const char *s, size_t len, size_t base_bytes)
{
	struct style st = { 0, 0xFFF, false, LISTNUM_UNSAID, LISTNUM_UNSAID };
	unsigned number;

	if (len < 10 || len < base_bytes + 2)
		return st;
	number = le16(s) & 0xFFF;
	st.base = le16(s + 2) >> 4;
	if ((le16(s + 2) & 0xF) != 1)
		return st;
	if (number >= 1 && number <= 9)
		st.level = number > 6 ? 6 : number;
	else if (number >= 19 && number <= 27)
		st.level = OFFICE_CONTENTS;
	else if (number == 62)
		st.level = 1;
	else
		st.level = named_level(s + base_bytes, len - base_bytes);
	properties_of(s + base_bytes, len - base_bytes, &st);
	return st;
}

/* What a style does not say, that which it is based on does. */
static struct doc_style
inherited(const struct style *styles, size_t n, size_t at)
{
	struct doc_style s = { 0, LISTNUM_UNSAID, LISTNUM_UNSAID };
	bool is_known = false;
	size_t bases;

	for (bases = 0; bases < MAX_BASES && at < n;
	    bases++, at = styles[at].base) {
		if (!is_known) {
			s.level = (unsigned char)styles[at].level;
			is_known = s.level > 0 || styles[at].is_body;
		}
		if (s.list == LISTNUM_UNSAID)
			s.list = styles[at].list;
		if (s.list_level == LISTNUM_UNSAID)
			s.list_level = styles[at].list_level;
	}
	return s;
}

/* A header with their number, then each with its length before it. */
void
doc_read_styles(struct doc_file *d)
{
	size_t left, header, base_bytes, len, n, i;
	const char *p = doc_table_part(d, FIB_STYLES, &left);
	struct style *styles;

	if (p == NULL || left < 6)
		return;
	header = le16(p);
	n = le16(p + 2);
	base_bytes = le16(p + 4);
	if (header + 2 > left || header < 4 || n == 0 || n > MAX_STYLES)
		return;
	p += header + 2;
	left -= header + 2;
	styles = xcalloc(n, sizeof *styles);
	for (i = 0; i < n; i++)
		styles[i] = (struct style){ .base = 0xFFF,
		    .list = LISTNUM_UNSAID, .list_level = LISTNUM_UNSAID };
	for (i = 0; i < n && left >= 2; i++) {
		len = le16(p);
		p += 2;
		left -= 2;
		if (len > left)
			break;
		styles[i] = read_style(p, len, base_bytes);
		len += len & 1;
		if (len > left)
			break;
		p += len;
		left -= len;
	}
	d->styles = xcalloc(n, sizeof *d->styles);
	d->nstyles = n;
	for (i = 0; i < n; i++)
		d->styles[i] = inherited(styles, n, i);
	free(styles);
}
