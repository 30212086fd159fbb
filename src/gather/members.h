/*
 * members: the files within a file, as naslag-extract took them out, checked.
 *
 * They come from a process that read a hostile file: names, lengths and
 * statuses are believed no more than the records of a text (records.h).
 *
 * Used by cmd/ and gather/extract.c.
 */
#ifndef MEMBERS_H
#define MEMBERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/format.h"

/*
 * A name is a relative path within the container: UTF-8 without control
 * characters and backslashes, no longer than WIRE_MEMBER_NAME_BYTES, its
 * segments joined by '/', none of them empty, "." or "..".  No name is another
 * one or a folder of another one, so that a member of a member may be called
 * NAME/INNER.  Only what is the whole of a packed file (x.gz) has the name "".
 */
struct member {
	char *name;
	size_t at, len;		/* its bytes, in those of all members */
	enum extract_status status;
				/* OK, or why its bytes are not there: */
				/* ENCRYPTED, TOO_BIG, MALFORMED, UNSUPPORTED */
};

struct members {
	struct member *items;
	size_t count, cap;
	struct buf bytes;
};

void members_clear(struct members *);

/*
 * Take the records of an unpacked file, as formats/out.h has them, into *out,
 * which is empty; where there are any it takes the bytes over and *records is
 * empty then.  Returns true if they are complete and right to the last byte;
 * if not, or if *status is not EXTRACT_OK, *out stays empty.  reason is "" if
 * there is none.
 */
bool members_read(struct buf *records, struct members *out,
    enum extract_status *status, char reason[160]);

#endif
