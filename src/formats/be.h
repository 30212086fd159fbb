/*
 * be: numbers big-endian, at any address, as they lie in pictures.
 *
 * Used by picture.c, pictureprops.c and picturetiff.c.
 */
#ifndef BE_H
#define BE_H

#include <stdint.h>

static inline uint32_t
be16(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 8 | (uint32_t)u[1];
}

static inline uint32_t
be32(const char *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static inline uint64_t
be64(const char *p)
{
	return (uint64_t)be32(p) << 32 | be32(p + 4);
}

#endif
