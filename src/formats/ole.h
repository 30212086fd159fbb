/*
 * ole: compound files (OLE2), the container of old Office documents and of
 * Outlook messages: a file system of sectors in a file.
 *
 * Streams are read into memory.  Every chain of sectors is followed no further
 * than the file has sectors, so no loop in it does harm.
 *
 * Used by format.c, doc.c, msg*.c, oleprops.c, ppt.c, xls.c.
 */
#ifndef OLE_H
#define OLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "formats/format.h"

struct ole_chain {
	uint32_t *sectors;	/* in order */
	size_t n, cap;
};

struct ole {
	const struct input *in;
	unsigned shift;		/* a sector is 1 << shift bytes */
	struct ole_chain fat;	/* the sectors it is in */
	struct ole_chain directory;
	struct ole_chain mini_fat;
	struct ole_chain mini;	/* the stream that holds the small streams */
	bool is_damaged;	/* the chain of its directory does not end well */
};

/*
 * Returns -1 if it is none, or its directory is damaged.  The caller clears it
 * with ole_clear() in every case.
 */
int ole_open(const struct input *, struct ole *);
void ole_clear(struct ole *);

/* Is all there that its directory tells of, at the top? */
bool ole_is_whole(const struct ole *);

/*
 * Is there a stream or storage of that name (ASCII, any case; a '*' at its end
 * stands for any rest) directly below the root?
 */
bool ole_has(const struct ole *, const char *name);

/*
 * Append the stream of that name, directly below the root, as far as the file
 * has it.  Returns -1 if there is none.
 */
int ole_read(const struct ole *, const char *name, struct buf *);

/* An entry of the directory, a stream or a storage, by its number. */
#define OLE_ROOT 0U
#define OLE_NONE 0xFFFFFFFFU

/*
 * The same below any storage: the entry of that name, or OLE_NONE; the first
 * max of those whose name matches; the bytes of one.
 */
uint32_t ole_find(const struct ole *, uint32_t storage, const char *name);
size_t ole_list(const struct ole *, uint32_t storage, const char *name,
    uint32_t *ids, size_t max);
int ole_read_at(const struct ole *, uint32_t id, struct buf *);

/*
 * Emit the properties the document carries as meta "office:Title" etc., its
 * own ones by their own name.  Damaged ones are left out.
 */
void ole_properties(const struct ole *, struct out *);

#endif
