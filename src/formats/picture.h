/*
 * picture: what a picture says of itself before any of it is unpacked.
 *
 * Its headers are enough to know whether it is one, whole, of a kind that can
 * be recognised, how many pages it has and how large each would become: a few
 * bytes may claim to be gigabytes.
 *
 * Used by image.c; picture_tiff() by picture.c.
 */
#ifndef PICTURE_H
#define PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "formats/format.h"

/*
 * Of a page; more is a bomb.  A0 at 400 dots an inch has 248 million, and takes
 * as many bytes when it is grey.
 */
#define PICTURE_PIXELS ((uint64_t)1 << 28)

/* A word of eight letters that can just be read is no smaller. */
#define PICTURE_LEAST_HEIGHT	16
#define PICTURE_LEAST_WIDTH	64

struct picture_page {
	size_t at;		/* TIFF: of its directory */
	uint64_t width, height;	/* pixels */
};

struct picture {
	struct picture_page *pages;
	size_t n, cap;
};

/*
 * EXTRACT_OK with one page at least, all of them to be recognised.  Or, with a
 * reason in *out where there is more to say: MALFORMED; BOMB, by what a page
 * says it is; UNSUPPORTED, packed in a way that is not read; EMPTY, too small
 * for text.  The caller clears it with picture_clear() in every case.
 */
enum extract_status picture_survey(const struct input *, struct picture *,
    struct out *);
void picture_clear(struct picture *);

/* For the readers: a page.  EXTRACT_OK, BOMB or, without an extent, MALFORMED. */
enum extract_status picture_add(struct picture *, struct picture_page,
    struct out *);
enum extract_status picture_tiff(const struct input *, struct picture *,
    struct out *);

#endif
