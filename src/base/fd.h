/*
 * fd: file descriptors that close themselves, and that take all they are given.
 *
 * Used by whoever opens files or pipes.
 */
#ifndef FD_H
#define FD_H

#include <stddef.h>

/* For CLEAN(fd_close): close *fd unless it is -1, which it is then.
 * errno stays as it is. */
void fd_close(int *fd);

/* Write n bytes, in as many calls as it takes.  Returns -1 with errno set. */
int fd_put(int fd, const void *bytes, size_t n);

#endif
