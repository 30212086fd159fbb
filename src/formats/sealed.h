/*
 * sealed: what only the holder of a key can read: messages and files of
 * OpenPGP (RFC 4880) and of CMS, which is S/MIME (RFC 5652).
 *
 * Used by format.c, mail.c, mailfiles.c and text.c.
 */
#ifndef SEALED_H
#define SEALED_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/mime.h"

/* Does text begin with a message of OpenPGP in letters, white space apart? */
bool sealed_is_armour(const char *, size_t);

/*
 * The format of bytes that begin as one of them: "pgp", encrypted; "p7m", a
 * message of CMS, encrypted or signed; else NULL.
 */
const char *sealed_format(const char *, size_t);

/* Are bytes of CMS encrypted?  Others are signed, and can be read. */
bool sealed_is_enveloped(const char *, size_t);

/* Is a part of a message, of that Content-Type, encrypted as a whole? */
bool sealed_is_part(const struct mime *, const struct buf *type);

#endif
