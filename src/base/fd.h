/*
 * fd: file descriptors that close themselves.
 *
 * Used by whoever opens files.
 */
#ifndef FD_H
#define FD_H

/* For CLEAN(fd_close): close *fd unless it is -1, which it is then.
 * errno stays as it is. */
void fd_close(int *fd);

#endif
