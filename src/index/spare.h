/*
 * spare: a second copy of the base of the live generation.
 *
 *    INDEX/spare      its files, and the manifest that they are compared with
 *
 * Two generations in a row never lie in the same files (merge.h); so the
 * first delta beside a new base needs a copy of it.  It is made when a base
 * was published, with nobody waiting for it; the generation that uses it takes
 * its place.
 *
 * Used by verified.c and cmd/.
 */
#ifndef SPARE_H
#define SPARE_H

#include "base/error.h"
#include "index/generation.h"

/* Its directory, whether it is there or not; the caller frees it. */
char *spare_path(const char *root);

/*
 * Make it, durably, unless the disk has too little room for it and for the
 * next job, and compare it with the manifest of the live generation.  Returns
 * -1 if there is none then.
 */
int spare_make(const struct generation *, struct error *);
void spare_remove(const char *root);

#endif
