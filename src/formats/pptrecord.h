/*
 * pptrecord: the records of a presentation of PowerPoint 97 to 2003, some of
 * which contain others.
 *
 * Used by officeart.c, ppt.c and pptfile.c.
 */
#ifndef PPTRECORD_H
#define PPTRECORD_H

#include <stdbool.h>
#include <stddef.h>

/* Containers within containers. */
#define PPT_DEPTH 32

struct ppt_record {
	unsigned type, instance;
	bool is_container;
	const char *s;
	size_t len;
};

/* The record at s, of which n bytes are left; false if it is not whole. */
bool ppt_record_at(const char *s, size_t n, struct ppt_record *);

/* Records in turn, and those in containers after them. */
struct ppt_walk {
	const char *p, *end;
	const char *ends[PPT_DEPTH];	/* of the containers we are in */
	size_t depth;
};

/* False if there are no more. */
bool ppt_next(struct ppt_walk *, struct ppt_record *);

#endif
