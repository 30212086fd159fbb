/*
 * seen: what a document in memory becomes, as lines a test can look for.
 */
#ifndef SEEN_H
#define SEEN_H

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

/* What a document became: "NAME VALUE" lines, and before them its format. */
struct seen {
	struct buf lines;
	const char *format;
	const char *status;
};

static inline void
seen_clear(struct seen *s)
{
	buf_clear(&s->lines);
}

/* Records (out.h) as lines, so that a test can look for one. */
static inline void
to_lines(const struct buf *records, struct buf *lines)
{
	const char *p = buf_str(records), *space, *body;
	size_t len;

	buf_adds(lines, "\n");
	while (*p != '\0') {
		space = strchr(p, ' ');
		len = strtoul(space, NULL, 10);
		body = strchr(space, '\n') + 1;
		buf_add(lines, p, (size_t)(space - p) + 1);
		buf_add(lines, body, len);
		buf_addc(lines, '\n');
		p = body + len + 1;
	}
}

static inline void
see(const char *bytes, size_t size, struct seen *seen)
{
	/* A copy of its own size, so that reading past its end is noticed. */
	char *copy = memcpy(xmalloc(size + 1), bytes, size);
	struct input in = { copy, size };
	const struct format *f = format_detect(&in);
	enum extract_status status;
	struct out out;

	out_init(&out, -1);
	status = f == NULL ? EXTRACT_UNKNOWN :
	    f->read == NULL ? EXTRACT_UNSUPPORTED : f->read(&in, &out);
	*seen = (struct seen){ BUF_INIT, f != NULL ? f->name : "",
	    extract_status_name(status) };
	to_lines(&out.records, &seen->lines);
	out_clear(&out);
	free(copy);
}

static inline bool
has(const struct seen *seen, const char *line)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	buf_addf(&b, "\n%s\n", line);
	return strstr(buf_str(&seen->lines), b.s) != NULL;
}

#define BYTES(s) s, sizeof s - 1

/* A ZIP file of name, content, name, content ..., NULL; returns its size. */
static inline size_t
make_zip(char *to, size_t room, const char *const *members)
{
	struct archive *a = archive_write_new();
	size_t used = 0;

	archive_write_set_format_zip(a);
	archive_write_set_bytes_in_last_block(a, 1);
	archive_write_open_memory(a, to, room, &used);
	for (; *members != NULL; members += 2) {
		struct archive_entry *e = archive_entry_new();

		/* The name of a format is read where it is stored. */
		if (strcmp(*members, "mimetype") == 0)
			archive_write_zip_set_compression_store(a);
		else
			archive_write_zip_set_compression_deflate(a);
		archive_entry_set_pathname(e, members[0]);
		archive_entry_set_size(e, (la_int64_t)strlen(members[1]));
		archive_entry_set_filetype(e, AE_IFREG);
		archive_entry_set_perm(e, 0644);
		archive_write_header(a, e);
		archive_write_data(a, members[1], strlen(members[1]));
		archive_entry_free(e);
	}
	archive_write_close(a);
	archive_write_free(a);
	return used;
}

static inline void
see_zip(const char *const *members, struct seen *s)
{
	size_t room = 1 << 20;
	char *zip = xmalloc(room);

	see(zip, make_zip(zip, room, members), s);
	free(zip);
}

#endif
