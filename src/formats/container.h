/*
 * container: what is inside a ZIP file, within a budget.
 *
 * Members are read into memory and never written anywhere; names are only
 * compared.  The directory is walked by hand, because the guards need sizes
 * and flags before anything is inflated; inflating is libarchive's.
 *
 * Used by format.c and the formats that are packages.
 */
#ifndef CONTAINER_H
#define CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/format.h"

struct zip_entry {
	const char *name;	/* as it stands, not NUL-terminated */
	size_t len;
	uint64_t packed;	/* bytes */
	uint64_t size;		/* bytes, as declared: may lie */
	bool encrypted;
};

/*
 * Call each() for every entry of the central directory, until it says false.
 * Returns -1 if there is no whole directory.
 */
int zip_walk(const struct input *, bool (*each)(const struct zip_entry *,
    void *arg), void *arg);

bool zip_entry_is(const struct zip_entry *, const char *name);

/* What the directory says of all entries together. */
struct zip_survey {
	uint64_t packed;
	unsigned entries;
	unsigned encrypted;
};

/*
 * EXTRACT_OK; EXTRACT_MALFORMED if there is no whole directory, EXTRACT_BOMB
 * if its entries overlap or are too many, with a reason in *out.
 */
enum extract_status zip_guard(const struct input *, struct zip_survey *,
    struct out *);

/*
 * Why libarchive cannot inflate the member it is at: true if it does not know
 * how it is packed, and then a reason in *out that names the method.
 */
struct archive;
bool container_is_unread(struct archive *, struct out *);

/* More than this many bytes for one is a bomb, if they are many. */
bool container_is_bomb(uint64_t inflated_bytes, size_t packed_bytes);

/* A member wanted, and its bytes if the container has it; none: damaged. */
struct zip_member {
	const char *name;
	bool is_found;
	struct buf bytes;
};

/*
 * Inflate the wanted members.  EXTRACT_OK, also if some are not there, or are
 * damaged, which leaves a reason; or
 * EXTRACT_ENCRYPTED, EXTRACT_BOMB, EXTRACT_UNSUPPORTED (packed in a way that is
 * not read), EXTRACT_MALFORMED with a reason in *out.
 * The caller clears them with zip_members_clear() in every case.
 */
enum extract_status container_load(const struct input *, struct zip_member *,
    size_t n, struct out *);
void zip_members_clear(struct zip_member *, size_t n);

/*
 * The name of the member that a reference in another means: from "ppt/a.xml",
 * "../media/x.png" is "media/x.png" and "/x" is "x".  The caller frees it.
 */
char *member_path(const char *from, const char *reference, size_t len);

#endif
