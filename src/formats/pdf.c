#include <config.h>

#include "formats/format.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/boilerplate.h"
#include "formats/pdffiles.h"
#include "formats/pdflabels.h"
#include "formats/pdfligatures.h"
#include "formats/pdflines.h"
#include "formats/pdfnotes.h"
#include "formats/pdfoutline.h"
#include "formats/pdfprops.h"
#include "formats/pdfscan.h"
#include "formats/prose.h"
#include "formats/unpack.h"

/* A gap between characters that parts cells, in font sizes. */
#define CELL_GAP 1.2
/* One that may be white between columns, in heights of a character. */
#define PIECE_GAP 0.3F
/* Points by which the cells of a column may differ. */
#define COLUMN 1.5
#define MAX_COLUMNS 16

/* One page as poppler gives it: characters, each with its box and its font. */
struct glyphs {
	char *text;
	PopplerRectangle *boxes;
	guint n;
	GList *fonts;
};

/* The line that is growing, and where on the page we are. */
struct growing {
	struct pdf_lines *lines;
	struct pdf_line line;
	unsigned chars, bold;	/* in the line */
	double last_x;		/* where its last character ends */
	size_t row;		/* the first line of its row */
	unsigned spaces;	/* in the row, beside the gaps between cells */
	double least_gap, most_gap;	/* of those */
	const GList *fonts;	/* from the current one on */
	const PopplerTextAttributes *font;
	bool is_bold;		/* it is */
	double columns[MAX_COLUMNS];	/* where second cells begin */
	size_t ncolumns;
};

static void
glyphs_clear(struct glyphs *g)
{
	g_free(g->text);
	g_free(g->boxes);
	poppler_page_free_text_attributes(g->fonts);
}

static bool
is_bold_font(const char *name)
{
	static const char *const words[] = { "Bold", "bold", "Black", "Heavy",
	    "Semibold", "Demi", "CMBX" };
	size_t i;

	for (i = 0; name != NULL && i < NELEM(words); i++)
		if (strstr(name, words[i]) != NULL)
			return true;
	return false;
}

static void
find_font(struct growing *g, guint i)
{
	while (g->fonts != NULL) {
		const PopplerTextAttributes *font = g->fonts->data;

		if (font->end_index >= (gint)i) {
			if (font != g->font)
				g->is_bold = is_bold_font(font->font_name);
			g->font = font;
			return;
		}
		g->fonts = g->fonts->next;
	}
}

static void
take_box(struct growing *g, const PopplerRectangle *box)
{
	struct pdf_line *l = &g->line;

	if (g->chars == 0) {
		l->x0 = (float)box->x1;
		l->x1 = (float)box->x2;
		l->y0 = (float)box->y1;
		l->y1 = (float)box->y2;
		l->size = g->font != NULL ? (float)g->font->font_size :
		    l->y1 - l->y0;
	}
	l->x0 = (float)box->x1 < l->x0 ? (float)box->x1 : l->x0;
	l->x1 = (float)box->x2 > l->x1 ? (float)box->x2 : l->x1;
	l->y0 = (float)box->y1 < l->y0 ? (float)box->y1 : l->y0;
	l->y1 = (float)box->y2 > l->y1 ? (float)box->y2 : l->y1;
	g->chars++;
	g->bold += g->is_bold;
	g->last_x = box->x2;
}

/* Poppler takes for one line what overlaps a little: half is asked of a row. */
static bool
is_beside(const struct pdf_line *a, const struct pdf_line *b)
{
	float top = a->y0 > b->y0 ? a->y0 : b->y0;
	float bottom = a->y1 < b->y1 ? a->y1 : b->y1;

	return 2 * (bottom - top) > a->y1 - a->y0 ||
	    2 * (bottom - top) > b->y1 - b->y0;
}

/* What the line has so far is a line, or a cell of a row. */
static void
end_cell(struct growing *g)
{
	struct pdf_lines *l = g->lines;
	struct pdf_line *line = &g->line;
	size_t from = line->at;

	while (l->text.len > from && l->text.s[l->text.len - 1] == ' ')
		buf_cut(&l->text, l->text.len - 1);
	/* Underscores alone are a line to write on, or above the footnotes. */
	if (l->text.len > from && strspn(buf_str(&l->text) + from, "_") ==
	    l->text.len - from)
		buf_cut(&l->text, from);
	if (g->chars > 0 && l->text.len > from) {
		pdf_ligatures_mend(&l->text, from);
		line->len = l->text.len - from;
		line->is_bold = g->bold * 10 >= g->chars * 9;
		line->is_cell = l->n > g->row &&
		    is_beside(line, &l->a[g->row]);
		GROW(l->a, l->n, l->cap);
		l->a[l->n++] = *line;
		buf_addc(&l->text, ' ');
	}
	g->chars = g->bold = 0;
	line->at = l->text.len;
}

/*
 * A line whose every gap is as wide as its others was stretched to fill the
 * column: one line, not a row of words.
 */
static void
end_line(struct growing *g)
{
	struct pdf_lines *l = g->lines;
	struct pdf_line *first, *last;

	end_cell(g);
	if (l->n - g->row > 3 && g->spaces * 4 < l->n - g->row &&
	    g->most_gap < g->least_gap * 1.2) {
		first = &l->a[g->row];
		last = &l->a[l->n - 1];
		first->len = last->at + last->len - first->at;
		first->x1 = last->x1;
		l->n = g->row + 1;
	}
	g->row = l->n;
	g->spaces = 0;
	g->least_gap = HUGE_VAL;
	g->most_gap = 0;
}

/*
 * Is what the line has so far the first cell of a row, and does the second
 * begin at x?  After a known label the gap may be as small as a space, if
 * other rows of the page have their second cell there.
 */
static bool
is_cell(const struct growing *g, double x)
{
	const struct pdf_lines *l = g->lines;
	const char *s = l->text.s + g->line.at;
	size_t len = l->text.len - g->line.at, i;
	double gap = x - g->last_x;

	if (gap > CELL_GAP * g->line.size || (gap > PIECE_GAP * g->line.size &&
	    pdf_gutters_part(&l->gutters, g->line.page, (float)g->last_x,
	    (float)x, (g->line.y0 + g->line.y1) / 2)))
		return true;
	if (len < 2 || s[len - 1] != ' ')
		return false;
	for (i = 0; i < g->ncolumns; i++)
		if (x > g->columns[i] - COLUMN && x < g->columns[i] + COLUMN)
			return boilerplate_label(s, len - 1);
	return false;
}

/* The gap before x parts cells, but for the mark of a list item. */
static void
take_gap(struct growing *g, double x)
{
	struct buf *text = &g->lines->text;
	double gap = x - g->last_x;

	if (text->s[text->len - 1] != ' ')
		buf_addc(text, ' ');
	else
		g->spaces--;
	if (prose_is_bullet(text->s + g->line.at, text->len - g->line.at))
		return;
	end_cell(g);
	g->least_gap = gap < g->least_gap ? gap : g->least_gap;
	g->most_gap = gap > g->most_gap ? gap : g->most_gap;
}

static bool
is_private(const char *s)
{
	uint32_t c = g_utf8_get_char(s);

	return c >= 0xE000 && c <= 0xF8FF;
}

static bool
is_of_word(const char *s)
{
	return is_private(s) || utf8_is_letter(g_utf8_get_char(s));
}

/*
 * A character of the private use area is a picture from a symbol font: a list
 * mark where it stands first, nothing we know elsewhere.  Within a word it is a
 * letter that was lost, and stays, to be seen.
 */
static bool
is_picture(const struct glyphs *g, const char *s, const char *next)
{
	return is_private(s) && (s == g->text || !is_of_word(next) ||
	    !is_of_word(g_utf8_prev_char(s)));
}

/* Some writers set a list mark close to its text, without a space. */
static bool
is_list_mark(const struct growing *g)
{
	static const char *const marks[] = { "\xE2\x80\xA2", "\xE2\x97\x8F",
	    "\xE2\x96\xAA" };
	const struct buf *text = &g->lines->text;
	size_t i;

	if (text->len - g->line.at != 3)
		return false;
	for (i = 0; i < NELEM(marks); i++)
		if (memcmp(text->s + g->line.at, marks[i], 3) == 0)
			return true;
	return false;
}

/* The pieces of the page, and where the gaps end that part cells. */
static void
find_pieces(struct growing *g, const struct glyphs *glyphs)
{
	const char *s = glyphs->text, *begin = s;
	struct pdf_piece *p = NULL;
	size_t n = 0, cap = 0;
	bool is_first = true;
	guint i;

	for (i = 0; *s != '\0' && i < glyphs->n; i++, s = g_utf8_next_char(s)) {
		const PopplerRectangle *box = &glyphs->boxes[i];
		float height = (float)(box->y2 - box->y1), gap;

		if (*s == '\n')
			is_first = true;
		if ((unsigned char)*s <= ' ')
			continue;
		gap = n > 0 ? (float)box->x1 - p[n - 1].x1 : 0;
		if (!is_first && gap > CELL_GAP * height &&
		    g->ncolumns < MAX_COLUMNS)
			g->columns[g->ncolumns++] = box->x1;
		if (is_first || (gap > PIECE_GAP * height &&
		    !prose_is_bullet(begin, (size_t)(s - begin)))) {
			GROW(p, n, cap);
			p[n++] = (struct pdf_piece){ (float)box->x1,
			    (float)box->x2, (float)box->y1, (float)box->y2, 0 };
			begin = s;
		} else
			p[n - 1].x1 = (float)box->x2;
		is_first = false;
	}
	pdf_gutters_find(&g->lines->gutters, g->line.page, p, n);
	free(p);
}

/* One character that is neither space nor line end; next is what follows. */
static void
add_char(struct growing *g, const struct glyphs *glyphs, guint i,
    const char *s, const char *next)
{
	struct buf *text = &g->lines->text;

	find_font(g, i);
	if (g->chars > 0 && is_cell(g, glyphs->boxes[i].x1))
		take_gap(g, glyphs->boxes[i].x1);
	else if (g->chars == 1 && is_list_mark(g))
		buf_addc(text, ' ');
	take_box(g, &glyphs->boxes[i]);
	if (is_picture(glyphs, s, next))
		buf_adds(text, g->chars == 1 ? "\xE2\x80\xA2" : " ");
	/* A soft hyphen counts at the end of its line only. */
	else if (next - s != 2 || memcmp(s, "\xC2\xAD", 2) != 0 ||
	    *next == '\n' || *next == '\0')
		buf_add(text, s, (size_t)(next - s));
}

static void
add_lines(struct growing *g, const struct glyphs *glyphs)
{
	const char *s = glyphs->text, *next;
	guint i;

	g->fonts = glyphs->fonts;
	g->line.at = g->lines->text.len;
	g->row = g->lines->n;
	g->least_gap = HUGE_VAL;
	for (i = 0; *s != '\0' && i < glyphs->n; i++, s = next) {
		next = g_utf8_next_char(s);
		if (*s == '\n')
			end_line(g);
		/* Some writers leave their own marks: controls. */
		else if ((unsigned char)*s > ' ')
			add_char(g, glyphs, i, s, next);
		else if (g->chars > 0) {
			buf_addc(&g->lines->text, ' ');
			g->spaces++;
		}
	}
	end_line(g);
}

static void
read_page(PopplerPage *page, unsigned number, struct pdf_lines *lines)
{
	struct glyphs glyphs CLEAN(glyphs_clear) = { 0 };
	struct growing g = { .lines = lines, .line.page = number };
	double width, height;

	poppler_page_get_size(page, &width, &height);
	if (height > lines->height)
		lines->height = (float)height;
	glyphs.text = poppler_page_get_text(page);
	if (glyphs.text == NULL || *glyphs.text == '\0' ||
	    !poppler_page_get_text_layout(page, &glyphs.boxes, &glyphs.n))
		return;
	glyphs.fonts = poppler_page_get_text_attributes(page);
	find_pieces(&g, &glyphs);
	add_lines(&g, &glyphs);
}

static enum extract_status
read_document(PopplerDocument *doc, struct out *out)
{
	struct pdf_lines lines CLEAN(pdf_lines_clear) = { 0 };
	struct scan scan CLEAN(scan_clear) = { 0 };
	struct pdf_labels labels = { .text = BUF_INIT, .next = 1 };
	int npages = poppler_document_get_n_pages(doc), i, lost = 0;
	size_t nfiles = pdf_count_files(doc);

	pdf_props_emit(doc, out);
	if (npages <= 0) {
		out_reason(out, "no pages that can be read");
		return EXTRACT_MALFORMED;
	}
	lines.npages = (unsigned)npages;
	pdf_outline_read(doc, &lines);
	for (i = 0; i < npages; i++) {
		PopplerPage *page = poppler_document_get_page(doc, i);
		size_t text_at = lines.text.len, n = lines.n;

		if (page == NULL) {
			lost++;
			continue;
		}
		pdf_labels_add(&labels, page, (unsigned)i + 1);
		read_page(page, (unsigned)i + 1, &lines);
		if (lines.n == n)
			pdf_scan_page(page, (unsigned)i + 1, &lines, &scan);
		pdf_notes_read(page, (unsigned)i + 1, text_at, &lines);
		nfiles += pdf_count_page_files(page);
		g_object_unref(page);
	}
	pdf_labels_emit(&labels, out);
	out_members(out, nfiles);
	scan_end(&scan, &lines, out);
	if (lines.n == 0 && scan.pictures > 0)
		return EXTRACT_SCAN;	/* whatever was written on it */
	if (lost > 0)
		out_reason(out, "damaged pages");
	if (lines.n == 0 && lines.nnotes == 0)
		return lost > 0 ? EXTRACT_MALFORMED : EXTRACT_EMPTY;
	pdf_lines_emit(&lines, out);
	return EXTRACT_OK;
}

/* Hand the document to one of two, or say why there is none. */
static enum extract_status
with_document(const struct input *in, struct out *out, struct unpack *u)
{
	GBytes *bytes = g_bytes_new_static(in->bytes, in->size);
	GError *error = NULL;
	PopplerDocument *doc;
	enum extract_status status;

	doc = poppler_document_new_from_bytes(bytes, NULL, &error);
	if (doc != NULL)
		status = u != NULL ? pdf_unpack(doc, in, u) :
		    read_document(doc, out);
	else if (g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
		status = EXTRACT_ENCRYPTED;
	else {
		out_reason(out, error->message);
		status = EXTRACT_MALFORMED;
	}
	g_clear_error(&error);
	g_clear_object(&doc);
	g_bytes_unref(bytes);
	return status;
}

enum extract_status
format_pdf(const struct input *in, struct out *out)
{
	return with_document(in, out, NULL);
}

enum extract_status
unpack_pdf(const struct input *in, struct unpack *u)
{
	return with_document(in, u->out, u);
}

/*
 * Poppler looks for its tables when its first document is opened and forgets
 * them with the last one: this one stays open.  So does a converter: titles,
 * fields and notes are UTF-16, which the C library reads by a module it loads.
 */
void
pdf_init(void)
{
	static const char smallest[] =
	    "%PDF-1.4\n"
	    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
	    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
	    "4 0 obj<</Length 30>>stream\n"
	    "BT /F 9 Tf 9 9 Td (naslag) Tj ET\nendstream endobj\n"
	    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
	    "trailer<</Root 1 0 R>>\n%%EOF\n";
	static PopplerDocument *kept;
	static GIConv utf16 = (GIConv)-1;
	GBytes *bytes = g_bytes_new_static(smallest, sizeof smallest - 1);
	PopplerPage *page;

	if (utf16 == (GIConv)-1)
		utf16 = g_iconv_open("UTF-8", "UTF-16BE");
	if (kept == NULL)
		kept = poppler_document_new_from_bytes(bytes, NULL, NULL);
	g_bytes_unref(bytes);
	if (kept == NULL || (page = poppler_document_get_page(kept, 0)) == NULL)
		return;
	g_free(poppler_page_get_text(page));
	g_object_unref(page);
}
