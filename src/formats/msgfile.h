/*
 * msgfile: a message as Outlook keeps it, in a compound file: properties by
 * number, and a storage for each file sent with it.
 *
 * Numbers and places are those of Microsoft's [MS-OXMSG] and [MS-OXPROPS].
 *
 * Used by msg.c, msgfiles.c; lzfu.c is a part of it.
 */
#ifndef MSGFILE_H
#define MSGFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/charset.h"
#include "formats/ole.h"

/* Properties, of messages and of what is attached to them. */
enum msg_property {
	MSG_SUBJECT = 0x0037,
	MSG_BODY = 0x1000, MSG_RTF = 0x1009, MSG_HTML = 0x1013,
	MSG_DISPLAY_NAME = 0x3001,
	MSG_DATA = 0x3701, MSG_SHORT_NAME = 0x3704, MSG_METHOD = 0x3705,
	MSG_LONG_NAME = 0x3707, MSG_MIME = 0x370E, MSG_FLAGS = 0x3714,
	MSG_INTERNET_CODEPAGE = 0x3FDE, MSG_CODEPAGE = 0x3FFD,
	MSG_HIDDEN = 0x7FFE,
};

/* The message, a message in it, or something attached. */
struct msg {
	const struct ole *ole;
	uint32_t storage;
	struct buf numbers;	/* the properties that are no text */
	const struct charset *charset;	/* of 8-bit text, or NULL */
};

enum msg_kind { MSG_MESSAGE, MSG_WITHIN, MSG_ATTACHED };

/* What lies in a storage; outer is NULL for the file itself. */
void msg_open(const struct ole *, uint32_t storage, enum msg_kind,
    const struct msg *outer, struct msg *);
void msg_clear(struct msg *);

/* Append a text as UTF-8; false if there is none. */
bool msg_text(const struct msg *, enum msg_property, struct buf *);
/* Append bytes; false if there are none. */
bool msg_bytes(const struct msg *, enum msg_property, struct buf *);
/* Whether there are bytes; nothing is read. */
bool msg_has_bytes(const struct msg *, enum msg_property);
/* The storage of an object that is a property, or OLE_NONE. */
uint32_t msg_object(const struct msg *, enum msg_property);
/* A number, or otherwise if there is none. */
uint32_t msg_number(const struct msg *, enum msg_property,
    uint32_t otherwise);

/* In which form the body is had; the first there is. */
enum msg_form { MSG_PLAIN, MSG_PAGE, MSG_RICH, MSG_NO_BODY };
enum msg_form msg_body(const struct msg *, struct buf *);

/* How many files unpack_msg() would find. */
size_t msg_count_files(const struct msg *);

/*
 * Append compressed RTF ([MS-OXRTFCP]) as RTF.  Returns -1 if it is none; what
 * can be had of a damaged one is appended.
 */
int lzfu_decode(const char *, size_t, struct buf *);

#endif
