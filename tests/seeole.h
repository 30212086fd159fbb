/*
 * seeole: what a compound file of those streams becomes.
 */
#ifndef SEEOLE_H
#define SEEOLE_H

#include "makeole.h"
#include "seen.h"

/* Clears the streams. */
static inline void
see_ole(struct stream *streams, size_t n, struct seen *s)
{
	struct buf ole CLEAN(buf_clear) = BUF_INIT;
	size_t i;

	make_ole(streams, n, &ole);
	see(ole.s, ole.len, s);
	for (i = 0; i < n; i++)
		buf_clear(&streams[i].bytes);
}

#endif
