/*
 * unpack: the files within a document on their way out, each with a name of
 * its own, within a budget.
 *
 * A format calls unpack_add() for every file it finds.  The records are in
 * out.h, the rules for names in gather/members.h.  Nothing is written
 * anywhere but to the pipe.
 *
 * Used by extractor.c and the formats with files within.
 */
#ifndef UNPACK_H
#define UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/format.h"

struct unpack_name;

struct unpack {
	struct out *out;	/* takes the records, and reasons */
	bool is_counting;	/* only how many there are */
	size_t file_bytes;	/* what is bigger is left out: TOO_BIG */
	size_t left_bytes;	/* of the budget */
	size_t count;
	struct unpack_name *names;
	struct buf name;
};

void unpack_init(struct unpack *, struct out *, size_t budget_bytes,
    size_t file_bytes);
/* The same to count them alone, and emit how many there are. */
void unpack_init_counting(struct unpack *, struct out *);
void unpack_end_counting(struct unpack *);
void unpack_clear(struct unpack *);

/*
 * Bytes were inflated, kept or not.  EXTRACT_OK; EXTRACT_BOMB with a reason if
 * that is more than the budget.
 */
enum extract_status unpack_spend(struct unpack *, size_t bytes);

/*
 * Hand over a file.  name is UTF-8, made safe and unique here; without one, or
 * with an extension alone, it is "naamloos".  status is EXTRACT_OK or says why
 * there are no bytes; a file that is too big becomes TOO_BIG.  EXTRACT_OK, or
 * EXTRACT_BOMB with a reason if there are too many.
 */
enum extract_status unpack_add(struct unpack *, const char *name, size_t len,
    enum extract_status, const char *bytes, size_t nbytes);
/* The same for the one file that a packed file is: its name is "". */
enum extract_status unpack_add_only(struct unpack *, enum extract_status,
    const char *bytes, size_t nbytes);

#endif
