/*
 * beneath: opening what lies below a directory, and nothing else.
 *
 * Used by walk.c.
 */
#ifndef BENEATH_H
#define BENEATH_H

/*
 * Open path, relative to the directory at root_fd, through no link at all.
 * Returns the descriptor, which the caller closes and an executed program does
 * not get, or -1 with errno set: ELOOP or EXDEV for a link or an escape.
 */
int beneath_open(int root_fd, const char *path, int flags);

#endif
