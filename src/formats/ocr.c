#include <config.h>

#include "formats/ocr.h"

#include <dlfcn.h>
#include <errno.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>
#include <time.h>

#include "base/buf.h"
#include "formats/ocrdraw.h"
#include "formats/pdflines.h"

/*
 * Of a hundred: how sure tesseract must be of a word that is hardly letters,
 * and of all letters of a page on average.
 */
#define LEAST_WORD	30
#define LEAST_PAGE	50
/* Fewer sure letters on a page are a smudge. */
#define LEAST_LETTERS	8
/* Lines so much higher than most are larger: headings. */
#define LARGE		1.5F
/* A gap between words that parts cells, in heights of a line. */
#define CELL_GAP	2.0F
/* A page whose every pixel is about as light has nothing on it. */
#define CONTRAST	32

static TessBaseAPI *api;

/* What is found on a page. */
struct finding {
	struct pdf_lines *lines;
	struct pdf_line line;	/* the one that is growing */
	size_t first, text_at;	/* where its lines begin */
	float scale;
	int width, height;	/* of the drawing, in pixels */
	float last_x;		/* where its last word ends */
	float row_y;		/* where the row began that cells are in */
	float sureness;		/* sum over its letters */
	unsigned letters;
};

/* ---- before the process is confined ---- */

bool
ocr_is_here(void)
{
	return true;
}

/*
 * Tesseract divides its work among threads, and a confined process may have
 * one.  Their library is tesseract's own affair, so it is asked for by name.
 */
static void
forbid_threads(void)
{
	union {
		void *object;
		void (*function)(int);
	} set = { dlsym(RTLD_DEFAULT, "omp_set_max_active_levels") };

	if (set.object != NULL)
		set.function(0);
}

static bool
has_languages(void)
{
	static const char *const wanted[] = { "nld", "eng" };
	char **loaded = TessBaseAPIGetLoadedLanguagesAsVector(api);
	size_t found = 0, i, k;

	for (i = 0; loaded[i] != NULL; i++)
		for (k = 0; k < NELEM(wanted); k++)
			found += strcmp(loaded[i], wanted[k]) == 0;
	TessDeleteTextArray(loaded);
	return found == NELEM(wanted);
}

/* What is loaded when it is first needed is needed now. */
static void
recognise_nothing(void)
{
	enum { SIDE = 64 };
	unsigned char *white = xmalloc(SIDE * SIDE);

	memset(white, 0xFF, SIDE * SIDE);
	TessBaseAPISetImage(api, white, SIDE, SIDE, 1, SIDE);
	TessBaseAPIRecognize(api, NULL);
	TessBaseAPIClear(api);
	free(white);
}

int
ocr_init(void)
{
	forbid_threads();
	drawing_init();
	api = TessBaseAPICreate();
	if (TessBaseAPIInit3(api, NULL, OCR_LANGUAGES) != 0 ||
	    !has_languages()) {
		errno = ENODATA;
		return -1;
	}
	/* Pages that lie on their side are set upright. */
	TessBaseAPISetPageSegMode(api, PSM_AUTO_OSD);
	recognise_nothing();
	return 0;
}

/* ---- pixels ---- */

static bool
is_blank(const struct drawing *d)
{
	size_t n = (size_t)d->width * (size_t)d->height, i;
	unsigned char least = 255, most = 0;

	for (i = 0; i < n; i++) {
		least = d->grey[i] < least ? d->grey[i] : least;
		most = d->grey[i] > most ? d->grey[i] : most;
	}
	return most - least < CONTRAST;
}

/* ---- what was found ---- */

struct box {
	float x0, x1, y0, y1;
};

/* As if the page had lain upright, in points. */
static struct box
upright(const struct finding *f, TessOrientation o, int left, int top,
    int right, int bottom)
{
	int w = f->width, h = f->height;
	const int boxes[][4] = {
		[ORIENTATION_PAGE_UP] = { left, right, top, bottom },
		[ORIENTATION_PAGE_RIGHT] = { top, bottom, w - right, w - left },
		[ORIENTATION_PAGE_DOWN] = { w - right, w - left, h - bottom,
		    h - top },
		[ORIENTATION_PAGE_LEFT] = { h - bottom, h - top, left, right },
	};
	const int *b = boxes[o];

	return (struct box){ (float)b[0] / f->scale, (float)b[1] / f->scale,
	    (float)b[2] / f->scale, (float)b[3] / f->scale };
}

/* Where the word or line stands that the iterator is at. */
static bool
find_box(const struct finding *f, TessPageIterator *at,
    TessPageIteratorLevel level, struct box *out)
{
	TessOrientation o;
	TessWritingDirection direction;
	TessTextlineOrder order;
	float skew;
	int left, top, right, bottom;

	if (!TessPageIteratorBoundingBox(at, level, &left, &top, &right,
	    &bottom))
		return false;
	TessPageIteratorOrientation(at, &o, &direction, &order, &skew);
	*out = upright(f, o, left, top, right, bottom);
	return true;
}

static void
end_line(struct finding *f)
{
	struct pdf_lines *l = f->lines;

	f->line.len = l->text.len - f->line.at;
	if (f->line.len == 0)
		return;
	GROW(l->a, l->n, l->cap);
	l->a[l->n++] = f->line;
	buf_addc(&l->text, ' ');
}

static void
begin_line(struct finding *f, const struct box *word, const struct box *row,
    bool is_cell)
{
	f->line.at = f->lines->text.len;
	f->line.x0 = word->x0;
	f->line.y0 = row->y0;
	f->line.y1 = row->y1;
	f->line.is_cell = is_cell;
}

static unsigned
count_letters(const char *s)
{
	unsigned n = 0;

	for (; *s != '\0'; s = g_utf8_next_char(s))
		n += g_unichar_isalnum(g_utf8_get_char(s)) != 0;
	return n;
}

/* What tesseract makes of specks and lines: ". - |". */
static bool
is_speck(const char *word, unsigned letters, float sureness)
{
	return sureness < LEAST_WORD &&
	    2 * letters < (unsigned)g_utf8_strlen(word, -1);
}

static void
take_word(struct finding *f, TessResultIterator *it, const char *word)
{
	TessPageIterator *at = TessResultIteratorGetPageIterator(it);
	float sureness = TessResultIteratorConfidence(it, RIL_WORD);
	unsigned letters = count_letters(word);
	struct box box, row;
	bool is_first = f->line.at == f->lines->text.len;

	if (TessPageIteratorIsAtBeginningOf(at, RIL_TEXTLINE)) {
		end_line(f);
		f->line.at = f->lines->text.len;
		is_first = true;
	}
	f->sureness += sureness * (float)letters;
	f->letters += letters;
	if (is_speck(word, letters, sureness) || !find_box(f, at, RIL_WORD, &box) ||
	    !find_box(f, at, RIL_TEXTLINE, &row))
		return;
	if (is_first)
		begin_line(f, &box, &row, false);
	else if (box.x0 - f->last_x > CELL_GAP * (row.y1 - row.y0)) {
		end_line(f);
		begin_line(f, &box, &row, true);
	} else
		buf_addc(&f->lines->text, ' ');
	buf_adds(&f->lines->text, word);
	f->last_x = f->line.x1 = box.x1;
}

static void
take_words(struct finding *f)
{
	TessResultIterator *it = TessBaseAPIGetIterator(api);
	char *word;

	if (it == NULL)
		return;
	f->line.at = f->lines->text.len;
	do {
		if ((word = TessResultIteratorGetUTF8Text(it, RIL_WORD)) != NULL)
			take_word(f, it, word);
		TessDeleteText(word);
	} while (TessResultIteratorNext(it, RIL_WORD));
	end_line(f);
	TessResultIteratorDelete(it);
}

static int
compare_heights(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/*
 * How high a line is depends on its letters, so nearly all have one size; what
 * is much higher than half of them is a heading.
 */
static void
set_sizes(struct finding *f)
{
	struct pdf_line *a = f->lines->a + f->first;
	size_t n = f->lines->n - f->first, i;
	float *heights = (float *)(void *)xcalloc(n + 1, sizeof *heights);
	float half;

	for (i = 0; i < n; i++)
		heights[i] = a[i].y1 - a[i].y0;
	qsort(heights, n, sizeof *heights, compare_heights);
	half = heights[n / 2];
	for (i = 0; i < n; i++) {
		float ratio = half > 0 ? (a[i].y1 - a[i].y0) / half : 1;

		a[i].size = ratio < LARGE ? OCR_SIZE : OCR_SIZE * ratio;
	}
	free(heights);
}

static bool
is_worth_keeping(const struct finding *f)
{
	return f->lines->n > f->first && f->letters >= LEAST_LETTERS &&
	    f->sureness >= LEAST_PAGE * (float)f->letters;
}

/* ---- time ---- */

static double
used_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
is_time_up(void *until, int words)
{
	(void)words;
	return used_s() > *(const double *)until;
}

static bool
recognise(const struct drawing *d)
{
	ETEXT_DESC *monitor = TessMonitorCreate();
	double until = used_s() + OCR_PAGE_S;
	int rc;

	TessBaseAPISetImage(api, d->grey, d->width, d->height, 1, d->width);
	TessBaseAPISetSourceResolution(api, (int)(d->scale * 72 + 0.5));
	TessMonitorSetCancelFunc(monitor, is_time_up);
	TessMonitorSetCancelThis(monitor, &until);
	rc = TessBaseAPIRecognize(api, monitor);
	TessMonitorDelete(monitor);
	return rc == 0;
}

/* What lies on its head and has few letters, tesseract does not see to. */
static void
turn(struct drawing *d)
{
	size_t n = (size_t)d->width * (size_t)d->height, i;
	unsigned char pixel;

	for (i = 0; i < n / 2; i++) {
		pixel = d->grey[i];
		d->grey[i] = d->grey[n - 1 - i];
		d->grey[n - 1 - i] = pixel;
	}
}

/* The lines of a drawing; false if there are none worth keeping. */
static bool
read_drawing(const struct drawing *d, unsigned page, struct pdf_lines *lines)
{
	struct finding f = {
		.lines = lines, .first = lines->n, .text_at = lines->text.len,
		.line.page = page, .scale = (float)d->scale,
		.width = d->width, .height = d->height,
	};

	if (recognise(d))
		take_words(&f);
	TessBaseAPIClear(api);
	if (!is_worth_keeping(&f)) {
		lines->n = f.first;
		buf_cut(&lines->text, f.text_at);
		return false;
	}
	set_sizes(&f);
	return true;
}

static enum ocr_result
read_either_way(struct drawing *d, unsigned number, struct pdf_lines *lines)
{
	if (d->grey == NULL || is_blank(d))
		return OCR_NOTHING;
	if (read_drawing(d, number, lines))
		return OCR_READ;
	turn(d);
	return read_drawing(d, number, lines) ? OCR_READ : OCR_NOTHING;
}

enum ocr_result
ocr_read_page(PopplerPage *page, unsigned number, struct pdf_lines *lines)
{
	struct drawing d CLEAN(drawing_clear) = { 0 };

	if (used_s() > OCR_DOCUMENT_S)
		return OCR_LATE;
	draw_page(page, &d);
	return read_either_way(&d, number, lines);
}

enum ocr_result
ocr_read_picture(const struct input *in, size_t at, unsigned number,
    struct pdf_lines *lines)
{
	struct drawing d CLEAN(drawing_clear) = { 0 };
	float height;

	if (used_s() > OCR_DOCUMENT_S)
		return OCR_LATE;
	if (!draw_picture(in, at, &d))
		return OCR_BROKEN;
	height = (float)(d.height / d.scale);
	if (height > lines->height)
		lines->height = height;
	return read_either_way(&d, number, lines);
}
