#include <config.h>

#include "formats/pdflines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "formats/boilerplate.h"
#include "formats/pdfcolumns.h"
#include "formats/pdfheads.h"
#include "formats/pdfmargin.h"
#include "formats/pdfrows.h"
#include "formats/prose.h"

/* Lines before and after one that say how wide its column is. */
#define WINDOW 12
/* Sizes and steps are counted in halves of a point, up to 100 points. */
#define CLASSES 200
/* Points by which the left edge of a column varies. */
#define SAME_EDGE 3
/* Headings are shorter than this. */
#define HEADING_BYTES 240
#define HEADING_LINES 4

struct style {
	int size;		/* half points */
	bool is_bold;
};

struct layout {
	const struct pdf_lines *l;
	struct style body;
	struct style headings[6];	/* largest first */
	size_t nheadings;
	float step;		/* from line to line, in font sizes */
	bool breaks_words;	/* at line ends */
};

void
pdf_lines_clear(struct pdf_lines *l)
{
	size_t i;

	for (i = 0; i < l->nnotes; i++)
		free(l->notes[i].text);
	free(l->notes);
	for (i = 0; i < l->nitems; i++)
		free(l->items[i].title);
	free(l->items);
	pdf_gutters_clear(&l->gutters);
	buf_clear(&l->text);
	free(l->a);
	*l = (struct pdf_lines){ 0 };
}

static const char *
text_of(const struct layout *y, const struct pdf_line *line)
{
	return y->l->text.s + line->at;
}

static int
half_points(float x)
{
	if (!(x > 0))
		return 0;
	return x * 2 + 0.5F >= CLASSES ? CLASSES - 1 : (int)(x * 2 + 0.5F);
}

static struct style
style_of(const struct pdf_line *line)
{
	return (struct style){ half_points(line->size), line->is_bold };
}

/* Larger than the body, or bold where the body is not. */
static bool
stands_out(const struct layout *y, struct style s)
{
	return s.size > y->body.size + 1 ||
	    (s.is_bold && !y->body.is_bold && s.size >= y->body.size - 1);
}

/* The style most characters have, and the commonest step between lines. */
static void
measure_body(struct layout *y)
{
	size_t chars[CLASSES][2] = { { 0 } }, steps[CLASSES] = { 0 };
	size_t i, most = 0, hyphens = 0;
	int s, b;

	for (i = 0; i < y->l->n; i++) {
		const struct pdf_line *line = &y->l->a[i], *last = line - 1;
		float ratio;

		chars[half_points(line->size)][line->is_bold] += line->len;
		if (i == 0 || last->page != line->page || !(line->size > 0))
			continue;
		hyphens += *text_of(y, line) >= 'a' && *text_of(y, line) <= 'z' &&
		    prose_has_hyphen(text_of(y, last), last->len);
		/* Ratios in steps of 1/20, so that 1.0 to 2.0 have classes. */
		ratio = (line->y0 - last->y0) / line->size;
		if (ratio > 0.8F && ratio < 2.5F && last->size == line->size)
			steps[(int)(ratio * 20 + 0.5F)]++;
	}
	y->breaks_words = prose_breaks_words(y->l->n, hyphens);
	for (s = 0; s < CLASSES; s++)
		for (b = 0; b < 2; b++)
			if (chars[s][b] > most) {
				most = chars[s][b];
				y->body = (struct style){ s, b == 1 };
			}
	for (i = 0, most = 0, y->step = 1.2F; i < CLASSES; i++)
		if (steps[i] > most) {
			most = steps[i];
			y->step = (float)i / 20;
		}
}

/* Styles that stand out and open short lines, largest first. */
static void
measure_headings(struct layout *y)
{
	size_t i, k;

	for (i = 0; i < y->l->n; i++) {
		struct style s = style_of(&y->l->a[i]), swap;

		if (y->l->a[i].is_running || !stands_out(y, s) ||
		    y->l->a[i].len > HEADING_BYTES)
			continue;
		for (k = 0; k < y->nheadings; k++)
			if (y->headings[k].size == s.size &&
			    y->headings[k].is_bold == s.is_bold)
				break;
		if (k < y->nheadings)
			continue;
		for (k = 0; k < NELEM(y->headings); k++) {
			if (k == y->nheadings) {
				y->headings[y->nheadings++] = s;
				break;
			}
			if (s.size > y->headings[k].size ||
			    (s.size == y->headings[k].size && s.is_bold)) {
				swap = y->headings[k];
				y->headings[k] = s;
				s = swap;
			}
		}
	}
}

static unsigned
level_of(const struct layout *y, struct style s)
{
	size_t k;

	for (k = 0; k < y->nheadings; k++)
		if (y->headings[k].size == s.size &&
		    y->headings[k].is_bold == s.is_bold)
			return (unsigned)k + 1;
	return 6;
}

static bool
is_row(const struct layout *y, size_t i)
{
	const struct pdf_line *line = &y->l->a[i];

	return line->is_cell || line->is_more || (i + 1 < y->l->n &&
	    (line[1].is_cell || line[1].is_more));
}

/* How far to the right the lines around i reach that begin where it does. */
static float
right_edge(const struct layout *y, size_t i)
{
	const struct pdf_line *line = &y->l->a[i];
	size_t k = i > WINDOW ? i - WINDOW : 0;
	float right = line->x1;

	for (; k < y->l->n && k <= i + WINDOW; k++) {
		const struct pdf_line *other = &y->l->a[k];

		if (other->page != line->page || other->size != line->size ||
		    other->x1 <= right || is_row(y, k) ||
		    (line->limit > 0 && other->x1 > line->limit))
			continue;
		if (other->x0 > line->x0 - 3 * line->size &&
		    other->x0 < line->x0 + 3 * line->size)
			right = other->x1;
	}
	return right;
}

/*
 * The room that was left at the end of the line before line i after the first
 * word of line i would have been set there; below zero it would not have
 * fitted.
 */
static float
room_before(const struct layout *y, size_t i, float right)
{
	const struct pdf_line *line = &y->l->a[i], *last = line - 1;
	float word = (line->x1 - line->x0) * (float)prose_first_word(
	    text_of(y, line), line->len) / (float)line->len;

	return right - 0.2F * last->size - (last->x1 + 0.3F * last->size + word);
}

/*
 * Is line i, by how full the one before is, in the same paragraph?  In
 * mid-sentence a line may be rather short, before a long address say.
 */
static bool
fills_up(const struct layout *y, size_t i)
{
	const struct pdf_line *line = &y->l->a[i], *last = line - 1;
	float right = right_edge(y, i - 1), room = room_before(y, i, right);
	const char *s = text_of(y, line);

	if (room < 0)
		return true;
	return *s >= 'a' && *s <= 'z' &&
	    !prose_is_ended(text_of(y, last), last->len) &&
	    room < 0.35F * (right - last->x0);
}

/*
 * Is line i the next of a heading that is centred?  Its first word, had it
 * stood in the line before, would have moved both ends of that by half.
 */
static bool
goes_on_centred(const struct layout *y, size_t i)
{
	const struct pdf_line *line = &y->l->a[i], *last = line - 1;
	float right = right_edge(y, i - 1), room = room_before(y, i, right);
	float shift = (line->x0 + line->x1 - last->x0 - last->x1) / 2;

	return stands_out(y, style_of(line)) &&
	    line->is_bold == last->is_bold &&
	    fabsf(line->size - last->size) < 1 &&
	    fabsf(shift) < SAME_EDGE / 2.0F &&
	    fabsf(line->x0 - last->x0) > SAME_EDGE &&
	    room < last->x1 - right;
}

/* A raised number, with line i beside it: a footnote. */
static bool
is_note_mark(const struct layout *y, size_t i)
{
	const struct pdf_line *line = &y->l->a[i], *last = line - 1;

	return last->len <= 3 && strspn(text_of(y, last), "0123456789") >=
	    last->len && last->size < line->size && last->y1 > line->y0 &&
	    last->y0 < line->y1 && line->x0 > last->x1 - SAME_EDGE;
}

/* Does line i go on with the paragraph that the line before it, first, is in? */
static bool
goes_on(const struct layout *y, size_t i, bool is_second)
{
	const struct pdf_line *line = &y->l->a[i], *last = line - 1;
	const char *s = text_of(y, line), *before = text_of(y, last);
	struct style now = style_of(line), then = style_of(last);
	float down = line->y0 - last->y0, in = line->x0 - last->x0;
	bool hangs = is_second && prose_bullet(before, last->len) > 0;

	if (is_row(y, i) || is_row(y, i - 1) ||
	    prose_bullet(s, line->len) > 0 ||
	    boilerplate_is_labelled(s, line->len))
		return false;
	if (is_second && is_note_mark(y, i))
		return true;
	/* "-" or "2." alone, its text set as a line of its own. */
	if (is_second && prose_is_bullet(before, last->len))
		return fabsf(down) < 1.5F * line->size && line->x0 >= last->x0;
	if (abs(now.size - then.size) > 1 ||
	    (now.is_bold != then.is_bold && (stands_out(y, now) ||
	    stands_out(y, then)) && prose_is_ended(before, last->len)) ||
	    (stands_out(y, then) && now.is_bold != then.is_bold && is_second))
		return false;
	/* Up again: the next column, or a box.  On if in mid-sentence. */
	if (down < 0)
		return !prose_is_ended(before, last->len) && *s >= 'a' &&
		    *s <= 'z' && !stands_out(y, then);
	if (down > y->step * 1.19F * line->size)
		return false;
	if (goes_on_centred(y, i))
		return true;
	if (in > 0.8F * line->size && !hangs)
		return false;
	if (in < -0.8F * line->size && !is_second)
		return false;
	return fills_up(y, i);
}

static unsigned
heading_level(const struct layout *y, const struct pdf_line *first,
    size_t nlines, const struct buf *para)
{
	struct style s = style_of(first);
	size_t i, letters = 0;

	if (nlines > HEADING_LINES || para->len > HEADING_BYTES ||
	    memchr(para->s, '\t', para->len) != NULL ||
	    strchr(",;", para->s[para->len - 1]) != NULL)
		return 0;
	for (i = 0; i < para->len; i++)
		letters += (para->s[i] | 32) >= 'a' && (para->s[i] | 32) <= 'z';
	if (letters < 2)
		return 0;
	if (stands_out(y, s) && (para->s[para->len - 1] != '.' ||
	    para->len < 60))
		return level_of(y, s);
	return nlines == 1 ? prose_heading(para->s, para->len) : 0;
}

/*
 * A word broken at the end of the page is whole on that page: the rest of it,
 * at the beginning of line i, is taken over.  Returns its length.
 */
static size_t
take_word(const struct layout *y, size_t i, struct buf *para)
{
	const char *s;
	size_t len, before = para->len;

	if (i >= y->l->n || para->len < 2 || para->s[para->len - 1] != '-' ||
	    y->l->a[i].level > 0)
		return 0;
	s = text_of(y, &y->l->a[i]);
	len = prose_first_word(s, y->l->a[i].len);
	prose_join(para, s, len, y->breaks_words);
	if (para->len == before - 1 + len)
		return len;
	buf_cut(para, before);
	return 0;
}

static size_t
next_line(const struct layout *y, size_t i)
{
	while (i < y->l->n && y->l->a[i].is_running)
		i++;
	return i;
}

/* The heading that the outline names, of line i and those behind it. */
static void
collect_heading(const struct layout *y, size_t i, struct buf *para)
{
	size_t end = i + y->l->a[i].nlines;

	for (; i < end; i++) {
		const struct pdf_line *line = &y->l->a[i];

		if (para->len > 0 && line->is_cell)
			buf_addc(para, ' ');
		if (para->len == 0 || line->is_cell)
			buf_add(para, text_of(y, line), line->len);
		else
			prose_join(para, text_of(y, line), line->len,
			    y->breaks_words);
	}
}

/*
 * Collect the paragraph or row that begins with line i, without its first
 * taken bytes.  Returns the line behind it.
 */
static size_t
collect(const struct layout *y, size_t i, size_t taken, struct buf *para)
{
	const struct pdf_line *line = &y->l->a[i];
	size_t first = i, next;

	buf_cut(para, 0);
	if (line->nlines > 0) {
		collect_heading(y, i, para);
		return next_line(y, i + line->nlines);
	}
	buf_add(para, text_of(y, line) + taken, line->len - taken);
	for (; (next = next_line(y, i + 1)) < y->l->n && next == i + 1;
	    i = next) {
		line = &y->l->a[next];
		if (line->page != y->l->a[first].page || line->level > 0)
			break;
		if (line->is_cell) {
			buf_addc(para, '\t');
			buf_add(para, text_of(y, line), line->len);
		} else if (line->is_more ||
		    goes_on(y, next, next == first + 1))
			prose_join(para, text_of(y, line), line->len,
			    y->breaks_words);
		else
			break;
	}
	return next;
}

/* The notes of that page and those before it, but for the first n: their end. */
static size_t
emit_notes(const struct pdf_lines *l, size_t n, unsigned page, struct out *out)
{
	for (; n < l->nnotes && l->notes[n].page <= page; n++)
		out_text(out, l->notes[n].text, strlen(l->notes[n].text));
	return n;
}

static void
emit_text(const struct layout *y, struct out *out)
{
	struct buf para CLEAN(buf_clear) = BUF_INIT;
	size_t i, next, taken = 0, notes = 0;
	unsigned page = 0, level;

	for (i = next_line(y, 0); i < y->l->n; i = next) {
		const struct pdf_line *line = &y->l->a[i];

		while (page < line->page) {
			notes = emit_notes(y->l, notes, page, out);
			out_page(out, ++page);
		}
		next = collect(y, i, taken, &para);
		taken = next < y->l->n && y->l->a[next].page > page ?
		    take_word(y, next, &para) : 0;
		if (para.len == 0)
			continue;
		level = line->level > 0 ? line->level :
		    heading_level(y, line, next - i, &para);
		if (level > 0)
			out_heading(out, level, para.s, para.len);
		else
			out_text(out, para.s, para.len);
	}
	while (page < y->l->npages) {
		notes = emit_notes(y->l, notes, page, out);
		out_page(out, ++page);
	}
	emit_notes(y->l, notes, page, out);
}

void
pdf_lines_emit(struct pdf_lines *l, struct out *out)
{
	struct layout y = { .l = l };

	pdf_margin_mark(l);
	pdf_margin_emit(l, out);
	pdf_rows_join(l);
	pdf_columns_order(l);
	pdf_rows_mend(l);
	pdf_heads_mark(l);
	measure_body(&y);
	measure_headings(&y);
	emit_text(&y, out);
}
