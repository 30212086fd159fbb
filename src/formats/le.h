/*
 * le: numbers as they lie in ZIP files and old Office files: little-endian,
 * at any address.
 *
 * Used by container.c and the formats that are binary.
 */
#ifndef LE_H
#define LE_H

#include <stdint.h>

static inline uint32_t
le16(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] | (uint32_t)u[1] << 8;
}

static inline uint32_t
le32(const char *p)
{
	return le16(p) | le16(p + 2) << 16;
}

static inline uint64_t
le64(const char *p)
{
	return le32(p) | (uint64_t)le32(p + 4) << 32;
}

#endif
