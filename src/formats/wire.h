/*
 * wire: what naslag and naslag-extract say to each other.
 *
 * naslag starts `naslag-extract --worker` with a control socket (AF_UNIX,
 * SOCK_SEQPACKET) as descriptor 3 and the writing end of a pipe as 4.  The
 * worker sends a wire_hello.  Then, for each document, naslag sends a
 * wire_request with the descriptors of the document and its sidecar, and the
 * worker forks a child, which confines itself, reads them, writes records to
 * the pipe (see out.h) and dies; the worker sends a wire_reply.  So whatever
 * is in the pipe between a request and its reply is about that document.
 *
 * Used by formats/extractor.c, out.c, unpack.c and what unpacks, and gather/.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define WIRE_CONTROL_FD	3
#define WIRE_OUTPUT_FD	4

struct wire_hello {
	int32_t error;		/* errno of a start that failed, 0 if it did not */
	int32_t landlock_abi;	/* 0: this kernel has none */
};

#define WIRE_DOCUMENT	1	/* the first descriptor is the document */
#define WIRE_SIDECAR	2	/* the next descriptor is its sidecar */
#define WIRE_UNPACK	4	/* not its text: the files within the document */

struct wire_request {
	uint32_t what;		/* WIRE_DOCUMENT | WIRE_SIDECAR, or */
				/* WIRE_DOCUMENT | WIRE_UNPACK */
	uint32_t cpu_s;
	uint64_t memory_bytes;
	uint64_t file_bytes;	/* read no more than this; nor of a member */
	uint64_t budget_bytes;	/* all members together */
};

struct wire_reply {
	int32_t wait_status;	/* of the child, as wait() has it */
	int32_t error;		/* errno if there was no child */
	uint64_t cpu_us;	/* what the child used */
};

/* How a child ends that does not end its records itself. */
#define WIRE_EXIT_MEMORY	70	/* an allocation failed, as xmalloc() says */
#define WIRE_EXIT_ABORT		71	/* abort(), a failed assertion */
#define WIRE_EXIT_IO		74	/* the document could not be read */
#define WIRE_EXIT_SANDBOX	78	/* not confined, so nothing was read */

/* How the names of a sidecar's properties begin, and no others. */
#define WIRE_SIDECAR_PREFIX	"diwoo:"
/* What is wrong with a sidecar; no element has such a name. */
#define WIRE_SIDECAR_DAMAGE	"#damage"

/* Append a record to a buffer; out.h says what records there are. */
void wire_record(struct buf *, const char *name, const char *s, size_t len);

/* Limits of the records: what the one keeps within, the other insists on. */
#define WIRE_NAME_BYTES		100	/* the name of a meta record */
#define WIRE_VALUE_BYTES	16384	/* its value */
#define WIRE_REASON_BYTES	150
#define WIRE_METAS		4096
#define WIRE_SIDECAR_METAS	1024	/* of those, a sidecar's */
#define WIRE_PAGES		1000000
#define WIRE_HEADINGS		200000	/* the ones after these are text */
#define WIRE_MEMBERS		10000
#define WIRE_MEMBER_NAME_BYTES	1000	/* its path within the container */

#endif
