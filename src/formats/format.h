/*
 * format: the formats naslag-extract reads, and how a format hands over what
 * it found.
 *
 * A format is one file, one function and one row in formats[] (format.c).  It
 * reads a document from memory and calls the out_ functions in reading
 * order.  It runs in a confined process: it can open nothing, and a crash
 * costs its own document only.
 *
 * What comes out (and crosses the pipe as records, see out.c) is
 *
 *    meta NAME VALUE    a property the file carries, by its own name:
 *                       "DCTERMS.title", "pdf:Title", "label:Kenmerk", ...
 *    page N             page N of a paged format begins here
 *    heading LEVEL TEXT a heading, 1 the highest
 *    text TEXT          a paragraph, list item, table row, ...
 *    members N          files within it, which unpack() takes out
 *    pictures N         pages without text that are pictures
 *    recognised N       pages whose text was recognised in a picture
 */
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * What became of a document.  Only EXTRACT_OK has text worth searching; meta
 * records count in every case.
 */
enum extract_status {
	EXTRACT_OK,
	EXTRACT_EMPTY,		/* no text at all */
	EXTRACT_SCAN,		/* pages, but pictures only: no text layer */
	EXTRACT_ENCRYPTED,	/* needs a password */
	EXTRACT_UNSUPPORTED,	/* a known format that is not read (yet) */
	EXTRACT_UNKNOWN,	/* no known format */
	EXTRACT_MALFORMED,	/* damaged beyond reading */
	EXTRACT_BOMB,		/* inflates beyond the limits, or refused as such */
	/* These the supervisor sets; a format never returns them. */
	EXTRACT_TOO_BIG,	/* the file itself */
	EXTRACT_DENIED,		/* no permission to read it */
	EXTRACT_NOT_REGULAR,	/* a link, pipe, device, socket */
	EXTRACT_CHANGED,	/* changed while it was read */
	EXTRACT_IO,		/* reading it failed */
	EXTRACT_LIMIT_CPU,
	EXTRACT_LIMIT_MEMORY,
	EXTRACT_LIMIT_WALL,
	EXTRACT_LIMIT_OUTPUT,
	EXTRACT_CRASHED,
	EXTRACT_VIOLATION,	/* tried what the sandbox forbids: an alarm */
	EXTRACT_NSTATUS
};

/* The status by name ("encrypted"), for records and reports. */
const char *extract_status_name(enum extract_status);

/*
 * Whether the content alone decides the status, so that reading it again with
 * the same program cannot end otherwise; time and rights may.
 */
bool extract_status_is_final(enum extract_status);

/* Where a format writes.  Sticky: after a failed write it swallows the rest. */
struct out;

/*
 * Values and text may be any bytes: they are cleaned to UTF-8 (utf8_clean)
 * and their white space is folded.  Empty ones are dropped.
 */
void out_meta(struct out *, const char *name, const char *value, size_t len);
/* The same for a sidecar alone: the property becomes "diwoo:NAME". */
void out_sidecar_meta(struct out *, const char *name, const char *value,
    size_t len);
void out_page(struct out *, unsigned number);
void out_heading(struct out *, unsigned level, const char *text, size_t len);
void out_text(struct out *, const char *text, size_t len);
/* How many files are within, once; 0 says nothing. */
void out_members(struct out *, size_t number);
/* How many pages are pictures, and how many were recognised; in the same way. */
void out_pictures(struct out *, size_t pages);
void out_recognised(struct out *, size_t pages);
/* Say why a status is what it is; one short English phrase, no full stop. */
void out_reason(struct out *, const char *reason);

/* A document in memory, and what is known of it. */
struct input {
	const char *bytes;
	size_t size;
};

struct unpack;			/* unpack.h: where the files within go */

struct format {
	const char *name;	/* "pdf": the value of the field formaat */
	const char *mime;
	enum extract_status (*read)(const struct input *, struct out *);
				/* NULL: recognised, not read */
	enum extract_status (*unpack)(const struct input *, struct unpack *);
				/* NULL: no files within it */
};

extern const struct format formats[];
extern const size_t nformats;

/*
 * Load what the formats need from files: libmagic's database, character set
 * converters, poppler's tables.  Once, before the process is confined; the
 * processes forked from it share it.  About 3 ms.
 */
void formats_init(void);

/*
 * Which format the bytes are: by their first bytes and, where those do not
 * decide, by libmagic and the inside of containers.  Names play no part.
 * NULL: none that is known.
 */
const struct format *format_detect(const struct input *);

/* The name of the format of that type ("application/pdf"), or NULL. */
const char *format_of_mime(const char *mime, size_t len);

/* A compound file that is none of those that are read: it says why. */
enum extract_status refuse_ole(const struct input *, struct out *);
enum extract_status refuse_sealed(const struct input *, struct out *);

enum extract_status format_pdf(const struct input *, struct out *);
enum extract_status format_html(const struct input *, struct out *);
enum extract_status format_text(const struct input *, struct out *);
enum extract_status format_markdown(const struct input *, struct out *);
enum extract_status format_svg(const struct input *, struct out *);
enum extract_status format_docx(const struct input *, struct out *);
enum extract_status format_odf(const struct input *, struct out *);
enum extract_status format_pptx(const struct input *, struct out *);
enum extract_status format_xlsx(const struct input *, struct out *);
enum extract_status format_doc(const struct input *, struct out *);
enum extract_status format_xls(const struct input *, struct out *);
enum extract_status format_ppt(const struct input *, struct out *);
enum extract_status format_rtf(const struct input *, struct out *);
enum extract_status format_xml(const struct input *, struct out *);
enum extract_status format_image(const struct input *, struct out *);
enum extract_status format_epub(const struct input *, struct out *);
enum extract_status format_mail(const struct input *, struct out *);
enum extract_status format_mhtml(const struct input *, struct out *);
enum extract_status format_msg(const struct input *, struct out *);
enum extract_status format_zip(const struct input *, struct out *);
enum extract_status format_tar(const struct input *, struct out *);
enum extract_status format_7z(const struct input *, struct out *);
enum extract_status format_rar(const struct input *, struct out *);

enum extract_status unpack_mail(const struct input *, struct unpack *);
enum extract_status unpack_msg(const struct input *, struct unpack *);
enum extract_status unpack_pdf(const struct input *, struct unpack *);
enum extract_status unpack_zip(const struct input *, struct unpack *);
/* A tape archive, packed or not, or one packed file. */
enum extract_status unpack_tar(const struct input *, struct unpack *);
enum extract_status unpack_7z(const struct input *, struct unpack *);
enum extract_status unpack_rar(const struct input *, struct unpack *);

/* Emit a DiWoo sidecar as meta records named "diwoo:...". */
enum extract_status format_sidecar(const struct input *, struct out *);

#endif
