/*
 * archive: what archives need from the system.
 *
 * Used by format.c.
 */
#ifndef ARCHIVE_H
#define ARCHIVE_H

/* Load what names take to be converted: before the process is confined. */
void archive_init(void);

#endif
