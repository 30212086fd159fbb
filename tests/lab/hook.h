/*
 * hook: which calls concern the laboratory, and what it says to them.
 *
 * Used by calls.c, reads.c and streams.c, which take the place of functions
 * of the C library.
 */
#ifndef HOOK_H
#define HOOK_H

#include <dlfcn.h>

#include "calls.h"

/* The function that the program would have got. */
#define NEXT(fn) ({							\
	static __typeof__(fn) *next_;					\
	if (next_ == NULL)						\
		*(void **)&next_ = dlsym(RTLD_NEXT, #fn);		\
	next_;								\
})

/* While the laboratory works its own calls are let through. */
extern __thread bool hook_is_inside;

/* call_before() and call_after(), without a trace in errno. */
int hook_before(struct call *);
long hook_after(struct call *, long rc);

/* Does a call by path concern us?  Fills in *c if so. */
bool hook_path(struct call *c, enum call_kind, int dir_fd, const char *path);
/* The same of a call by descriptor. */
bool hook_fd(struct call *c, enum call_kind, int fd);
/* A path as the system would find it, links apart. */
void hook_absolute(int dir_fd, const char *path, char out[PATH_MAX]);

/* open(), wherever it is called from; see calls.c. */
int lab_open(int dir_fd, const char *path, int flags, mode_t);

#endif
