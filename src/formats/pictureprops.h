/*
 * pictureprops: what a picture says of itself in words.
 *
 * Programs put a title into it as XMP, which lies as it is in any kind of
 * picture; PNG has texts of its own.  What cameras write (Exif) is not read.
 *
 * Used by image.c.
 */
#ifndef PICTUREPROPS_H
#define PICTUREPROPS_H

#include "formats/format.h"

/* Emit them as meta "office:Title" and so on, of whole pictures. */
void picture_props_emit(const struct input *, struct out *);

#endif
