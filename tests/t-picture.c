/*
 * t-picture: pictures by themselves: which are scans, of how many pages, and
 * what becomes of those that are damaged, or claim to be what they are not.
 *
 * The first half is about headers alone.  The second has the real programs
 * look at what costs an attacker a few bytes; one that recognises, if there is
 * one, unpacks it as well.
 */
#include <config.h>

#include "gather/extract.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "formats/picture.h"
#include "makepicture.h"
#include "seen.h"
#include "tap.h"

#define PAGE	{ 2480, 3508, 4, 1, 0 }
#define CPU_S	20

struct recipe {
	enum { MADE, PNG, JPEG, GIF, BMP, WEBP } kind;
	uint32_t width, height;
	unsigned more;		/* frame of a JPEG, packing, flags of a WebP */
	const char *part;	/* of a WebP */
	int keep;		/* bytes; 0: all, below 0: all but so many */
	void (*make)(struct buf *);	/* MADE */
};

#define PNG_OF(w, h, keep)	{ PNG, w, h, 0, NULL, keep, NULL }
#define JPEG_OF(frame, w, h, keep) { JPEG, w, h, frame, NULL, keep, NULL }
#define GIF_OF(w, h, keep)	{ GIF, w, h, 0, NULL, keep, NULL }
#define BMP_OF(w, h, packed)	{ BMP, w, h, packed, NULL, 0, NULL }
#define WEBP_OF(part, w, h, flags) { WEBP, w, h, flags, part, 0, NULL }
#define MADE_BY(make)		{ MADE, 0, 0, 0, NULL, 0, make }

static void
make_picture(const struct recipe *p, struct buf *b)
{
	switch (p->kind) {
	case MADE:
		p->make(b);
		break;
	case PNG:
		make_png(p->width, p->height, b);
		break;
	case JPEG:
		make_jpeg((unsigned char)p->more, (uint16_t)p->width,
		    (uint16_t)p->height, b);
		break;
	case GIF:
		make_gif((uint16_t)p->width, (uint16_t)p->height, b);
		break;
	case BMP:
		make_bmp(p->width, p->height, p->more, b);
		break;
	case WEBP:
		make_webp(p->part, p->width, p->height,
		    (unsigned char)p->more, b);
		break;
	}
	if (p->keep != 0)
		buf_cut(b, p->keep > 0 ? (size_t)p->keep :
		    b->len - (size_t)-p->keep);
}

static void
webp_cut(struct buf *b)
{
	make_webp("VP8 ", 800, 600, 0, b);
	b->s[4]++;
}

static void
tiff(struct buf *b)
{
	static const struct tiff_page p[] = { PAGE, PAGE, PAGE };

	make_tiff(p, 3, NO_PAGE, b);
}

static void
tiff_small_copy(struct buf *b)
{
	static const struct tiff_page p[] = { PAGE, { 248, 350, 4, 1, 1 },
		PAGE };

	make_tiff(p, 3, NO_PAGE, b);
}

static void
tiff_rare(struct buf *b)
{
	static const struct tiff_page p[] = { { 800, 600, 34887, 1, 0 } };

	make_tiff(p, 1, NO_PAGE, b);
}

static void
tiff_real(struct buf *b)
{
	static const struct tiff_page p[] = { { 800, 600, 1, 32, 0 } };

	make_tiff(p, 1, NO_PAGE, b);
}

static void
tiff_bomb(struct buf *b)
{
	static const struct tiff_page p[] = { PAGE, { 65535, 65535, 4, 1, 0 } };

	make_tiff(p, 2, NO_PAGE, b);
}

static void
tiff_loop(struct buf *b)
{
	static const struct tiff_page p[] = { { 800, 600, 1, 1, 0 },
		{ 800, 600, 1, 1, 0 } };

	make_tiff(p, 2, 0, b);
}

static void
tiff_self(struct buf *b)
{
	static const struct tiff_page p[] = { { 800, 600, 1, 1, 0 } };

	make_tiff(p, 1, 0, b);
}

/* What is left of a transfer has no directory: that comes last. */
static void
tiff_cut(struct buf *b)
{
	tiff(b);
	buf_cut(b, 100);
}

static void
tiff_last_cut(struct buf *b)
{
	tiff(b);
	buf_cut(b, b->len - 10);
}

static void
tiff_wide_directory(struct buf *b)
{
	buf_add(b, "MM\0*\0\0\0\10\xFF\xFF", 10);
	add_be(b, 8, UINT64_MAX);
}

/* The other order of bytes, and the other size of numbers. */
static void
tiff_big(struct buf *b)
{
	static const uint64_t entries[][3] = {
		{ 256, 4, (uint64_t)800 << 32 }, { 257, 3, (uint64_t)600 << 48 },
		{ 258, 3, (uint64_t)1 << 48 }, { 259, 3, (uint64_t)4 << 48 },
	};
	size_t i;

	buf_add(b, "MM\0+\0\10\0\0", 8);
	add_be(b, 8, 16);
	add_be(b, 8, NELEM(entries));
	for (i = 0; i < NELEM(entries); i++) {
		add_be(b, 2, entries[i][0]);
		add_be(b, 2, entries[i][1]);
		add_be(b, 8, 1);
		add_be(b, 8, entries[i][2]);
	}
	add_be(b, 8, 0);
}

static void
tiff_far(struct buf *b)
{
	buf_add(b, "II+\0\10\0\0\0", 8);
	add_le(b, 8, UINT64_MAX - 3);
	add_le(b, 8, 0);
}

static const struct {
	const char *title;
	struct recipe picture;
	const char *format, *status, *line;
} headers[] = {
	{ "a PNG is a scan", PNG_OF(800, 600, 0), "png", "scan", "pictures 1" },
	{ "one that is cut short is damaged",
	    PNG_OF(800, 600, -13), "png", "malformed", NULL },
	{ "so is one without its size",
	    PNG_OF(800, 600, 20), "png", "malformed", NULL },
	{ "and one without pixels",
	    PNG_OF(0, 600, 0), "png", "malformed", NULL },
	{ "of 65,535 by 65,535 it is a bomb",
	    PNG_OF(65535, 65535, 0), "png", "bomb", NULL },
	{ "of the largest numbers, too",
	    PNG_OF(UINT32_MAX, UINT32_MAX, 0), "png", "bomb", NULL },
	{ "whatever else is wrong",
	    PNG_OF(65535, 65535, 40), "png", "bomb", NULL },
	{ "a logo has no room for text",
	    PNG_OF(32, 32, 0), "png", "empty", NULL },
	{ "a line on its side has",
	    PNG_OF(PICTURE_LEAST_HEIGHT, PICTURE_LEAST_WIDTH, 0),
	    "png", "scan", NULL },
	{ "a JPEG is a scan",
	    JPEG_OF(0xC0, 800, 600, 0), "jpeg", "scan", "pictures 1" },
	{ "of a rare kind it is not read",
	    JPEG_OF(0xC3, 800, 600, 0), "jpeg", "unsupported", NULL },
	{ "too large it is a bomb",
	    JPEG_OF(0xC2, 65535, 65535, 0), "jpeg", "bomb", NULL },
	{ "without its pixels it is damaged",
	    JPEG_OF(0xC0, 800, 600, 21), "jpeg", "malformed", NULL },
	{ "a GIF is a scan, by its picture",
	    GIF_OF(800, 600, 0), "gif", "scan", "pictures 1" },
	{ "and a bomb by it", GIF_OF(65535, 65535, 0), "gif", "bomb", NULL },
	{ "cut short it is damaged",
	    GIF_OF(800, 600, -3), "gif", "malformed", NULL },
	{ "a BMP is a scan", BMP_OF(800, 600, 0), "bmp", "scan", "pictures 1" },
	{ "from its top as well",
	    BMP_OF(800, (uint32_t)-600, 0), "bmp", "scan", "pictures 1" },
	{ "packed it is not read",
	    BMP_OF(800, 600, 1), "bmp", "unsupported", NULL },
	{ "too large it is a bomb",
	    BMP_OF(INT32_MAX, (uint32_t)INT32_MIN, 0), "bmp", "bomb", NULL },
	{ "a WebP is a scan",
	    WEBP_OF("VP8 ", 800, 600, 0), "webp", "scan", "pictures 1" },
	{ "an exact one as well",
	    WEBP_OF("VP8L", 800, 600, 0), "webp", "scan", "pictures 1" },
	{ "an extended one, too",
	    WEBP_OF("VP8X", 800, 600, 0), "webp", "scan", "pictures 1" },
	{ "one that moves is not read",
	    WEBP_OF("VP8X", 800, 600, 2), "webp", "unsupported", NULL },
	{ "too large it is a bomb",
	    WEBP_OF("VP8X", 1 << 24, 1 << 24, 0), "webp", "bomb", NULL },
	{ "cut short it is damaged",
	    MADE_BY(webp_cut), "webp", "malformed", NULL },
	{ "each page of a TIFF is one",
	    MADE_BY(tiff), "tiff", "scan", "pictures 3" },
	{ "but small copies of them",
	    MADE_BY(tiff_small_copy), "tiff", "scan", "pictures 2" },
	{ "packed in a rare way it is not read",
	    MADE_BY(tiff_rare), "tiff", "unsupported", NULL },
	{ "nor if its pixels are no integers",
	    MADE_BY(tiff_real), "tiff", "unsupported", NULL },
	{ "one page may make it a bomb",
	    MADE_BY(tiff_bomb), "tiff", "bomb", NULL },
	{ "pages that lead back do", MADE_BY(tiff_loop), "tiff", "bomb", NULL },
	{ "so does one that follows itself",
	    MADE_BY(tiff_self), "tiff", "bomb", NULL },
	{ "without pages it is damaged",
	    MADE_BY(tiff_cut), "tiff", "malformed", NULL },
	{ "without the last one it has the others",
	    MADE_BY(tiff_last_cut), "tiff", "scan", "pictures 2" },
	{ "a page may say more than there is",
	    MADE_BY(tiff_wide_directory), "tiff", "malformed", NULL },
	{ "a large TIFF has pages, too",
	    MADE_BY(tiff_big), "tiff", "scan", "pictures 1" },
	{ "and may say where there is nothing",
	    MADE_BY(tiff_far), "tiff", "malformed", NULL },
};

static void
test_headers(void)
{
	size_t i;

	for (i = 0; i < NELEM(headers); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct seen s CLEAN(seen_clear);

		make_picture(&headers[i].picture, &b);
		see(b.s, b.len, &s);
		if (!ok(strcmp(s.format, headers[i].format) == 0 &&
		    strcmp(s.status, headers[i].status) == 0 &&
		    (headers[i].line == NULL || has(&s, headers[i].line)),
		    "%s", headers[i].title))
			printf("# %s %s%s", s.format, s.status,
			    buf_str(&s.lines));
	}
}

/* ---- in the sandbox ---- */

/* A hundred pages that share their white. */
static void
tiff_many(struct buf *b)
{
	enum { PAGES = 100 };
	struct tiff_page *p = xcalloc(PAGES, sizeof *p);
	size_t i;

	for (i = 0; i < PAGES; i++)
		p[i] = (struct tiff_page){ 800, 600, 1, 1, 0 };
	make_tiff(p, PAGES, NO_PAGE, b);
	free(p);
}

/* As large as may be, and nothing of it there. */
static void
tiff_largest(struct buf *b)
{
	static const struct tiff_page p[] = { { 16384, 16384, 1, 1, 0 } };

	make_tiff(p, 1, NO_PAGE, b);
}

static const struct {
	const char *title;
	struct recipe picture;
	const char *status, *recognised;	/* of the one and the other */
} documents[] = {
	{ "65,535 by 65,535 pixels", PNG_OF(65535, 65535, 0), "bomb", "bomb" },
	{ "a PNG of garbage", PNG_OF(800, 600, 0), "scan", "malformed" },
	{ "a GIF of garbage", GIF_OF(800, 600, 0), "scan", "malformed" },
	{ "a BMP without its pixels",
	    BMP_OF(800, 600, 0), "scan", "malformed" },
	{ "a WebP of garbage",
	    WEBP_OF("VP8 ", 800, 600, 0), "scan", "malformed" },
	{ "a JPEG without tables",
	    JPEG_OF(0xC2, 16384, 16384, 0), "scan", "malformed" },
	{ "a TIFF whose pages lead back", MADE_BY(tiff_loop), "bomb", "bomb" },
	{ "268 million pixels that are not there",
	    MADE_BY(tiff_largest), "scan", "malformed" },
	{ "a hundred white pages", MADE_BY(tiff_many), "scan", "scan" },
};

static double
used_s(void)
{
	struct rusage u;

	getrusage(RUSAGE_CHILDREN, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void
test_document(const char *program, size_t memory_bytes, const char *title,
    const struct recipe *picture, const char *status)
{
	const struct extract_limits limits = {
		.wall_ms = 20 * CPU_S * 1000, .cpu_s = CPU_S,
		.memory_bytes = memory_bytes,
		.output_bytes = (size_t)32 << 20,
		.file_bytes = (size_t)64 << 20,
	};
	struct extractor *e CLEAN(extractor_free) = NULL;
	struct extracted x CLEAN(extracted_clear) = { 0 };
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct error err = ERROR_INIT;
	int fd = memfd_create("picture", MFD_CLOEXEC);
	double before = used_s();
	bool is_right;

	make_picture(picture, &b);
	is_right = write(fd, b.s, b.len) == (ssize_t)b.len &&
	    extractor_start(program, &limits, &e, &err) == 0 &&
	    extractor_read(e, fd, -1, &x, &err) == 0 &&
	    strcmp(extract_status_name(x.status), status) == 0;
	extractor_free(&e);
	close(fd);
	if (!ok(is_right && used_s() - before < CPU_S + 1, "%s, %s: %s", title,
	    strrchr(program, '/') + 1, status))
		printf("# %s %s %s, %.2f s\n", err.msg,
		    extract_status_name(x.status), x.reason,
		    used_s() - before);
}

/* Whether it can be started: its languages may not be there. */
static bool
can_recognise(const char *program)
{
	struct extractor *e CLEAN(extractor_free) = NULL;
	struct error err = ERROR_INIT;

	return access(program, X_OK) == 0 && extractor_start(program,
	    &extract_limits_ocr, &e, &err) == 0;
}

int
main(void)
{
	const char *program = getenv("NASLAG_EXTRACT");
	char *ocr CLEAN(str_free) = NULL;
	size_t i;

	test_headers();
	if (program == NULL || access(program, X_OK) == -1) {
		ok(1, "in the sandbox # SKIP NASLAG_EXTRACT is not set");
		return tap_done();
	}
	for (i = 0; i < NELEM(documents); i++)
		test_document(program, (size_t)512 << 20, documents[i].title,
		    &documents[i].picture, documents[i].status);
	ocr = xasprintf("%s-ocr", program);
	if (!can_recognise(ocr)) {
		ok(1, "unpacked # SKIP there is nothing that recognises");
		return tap_done();
	}
	for (i = 0; i < NELEM(documents); i++)
		test_document(ocr, (size_t)1 << 30, documents[i].title,
		    &documents[i].picture, documents[i].recognised);
	return tap_done();
}
