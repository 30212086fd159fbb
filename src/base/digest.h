/*
 * digest: SHA-256 of a file's content.  Over libmd.
 */
#ifndef DIGEST_H
#define DIGEST_H

#define DIGEST_HEX 64

/*
 * The digest of everything that can be read from fd, as hexadecimal digits
 * with a NUL.  Returns -1 with errno set if reading fails; the offset of fd is
 * not changed.
 */
int digest_fd(int fd, char hex[DIGEST_HEX + 1]);

#endif
