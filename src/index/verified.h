/*
 * verified: the files of an index that were compared with their manifests.
 *
 * Reading a large index to find damage takes longer than a night's changes.
 * A file that was compared lately, and that by its stamp was not touched since,
 * is believed.  What a disk does behind the kernel's back is found when the
 * belief ends.
 *
 *    INDEX/verified   a line for each file: inode, size in bytes, times of
 *                     modification and change in ns, when it was compared in s
 *
 * Used by cmd/.
 */
#ifndef VERIFIED_H
#define VERIFIED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/stamp.h"

/* So long: every night's job compares anew what it builds upon. */
#define VERIFIED_S (20 * 3600)

struct verified_file {
	struct stamp stamp;
	int64_t when_s;
};

struct verified {
	struct verified_file *items;
	size_t count, cap;
	bool is_new;		/* something was noted */
};

/*
 * What is believed at time now_s of the generations in directory root, and of
 * their spare.  What cannot be read is not believed.  Clear it with
 * verified_clear().
 */
void verified_read(const char *root, int64_t now_s, struct verified *out);
void verified_clear(struct verified *);

/*
 * Are all files of directory dir believed that wanted(), if there is one,
 * approves of?  False if there are none.
 */
bool verified_has(const struct verified *, const char *dir,
    int (*wanted)(const char *name));

/* Those of dir were compared, or written and read, now; what is believed
 * already keeps its time. */
void verified_note(struct verified *, const char *dir, int64_t now_s);

/*
 * Keep it for the next job.  What the job itself linked or unlinked has
 * another time of change by now.  Returns -1 with ERROR_SPACE.
 */
int verified_write(const struct verified *, const char *root, struct error *);

#endif
