/*
 * mem: allocation that cannot fail, scope cleanup, growing arrays.
 *
 * Out of memory ends the program (exit 70): no caller could do better.
 */
#ifndef MEM_H
#define MEM_H

#include <stddef.h>

#define CLEAN(free_fn) __attribute__((cleanup(free_fn)))
#define NELEM(a) (sizeof(a) / sizeof *(a))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* What xmalloc() does without memory; for what a library allocates. */
_Noreturn void out_of_memory(void);

void *xmalloc(size_t);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *, size_t);
char *xstrdup(const char *);
char *xstrndup(const char *, size_t);
char *xasprintf(const char *fmt, ...) PRINTF(1, 2);

/* Free a char * and set it to NULL; for CLEAN(str_free). */
void str_free(char **);

/*
 * Make room for one more element in a growing array: a is a pointer, n the
 * number in use, cap the room.  a may move.
 */
#define GROW(a, n, cap) do {						\
	if ((n) >= (cap)) {						\
		(cap) = (cap) < 8 ? 8 : (cap) + (cap) / 2;		\
		(a) = xrealloc((a), (cap) * sizeof *(a));		\
	}								\
} while (0)

#endif
