/*
 * mail: the parts of a message, and which of them are files sent with it.
 *
 * Used by mailfiles.c.
 */
#ifndef MAIL_H
#define MAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/format.h"
#include "formats/mime.h"

/* Parts within parts; those deeper are left out. */
#define MAIL_DEPTH 8

enum mail_kind {
	MAIL_OTHER,		/* not text: an attachment */
	MAIL_PLAIN,
	MAIL_PAGE,
	MAIL_MESSAGE,
	MAIL_ALL,		/* parts, one after the other */
	MAIL_ONE_OF,		/* the same in several forms */
	MAIL_ROOT,		/* the first, and what it needs */
};

/* By a Content-Type; an empty one is plain text. */
enum mail_kind mail_kind_of(const struct buf *type);
/* A text that is sent as a file is no part of the message, unless it is all. */
bool mail_is_attachment(const struct mime *);

/*
 * How many files unpack_mail() would find.  Nothing is decoded for it but the
 * pages that may show a picture.
 */
size_t mail_count_files(const struct input *);

#endif
