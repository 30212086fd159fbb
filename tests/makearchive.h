/*
 * makearchive: archives in memory, of what a test wants in them.
 */
#ifndef MAKEARCHIVE_H
#define MAKEARCHIVE_H

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct packed {
	const char *name;
	const char *bytes;	/* of a link: where it leads */
	size_t len;
	unsigned kind;		/* AE_IFREG, AE_IFDIR, AE_IFLNK; 0: a file */
};

static inline la_ssize_t
on_archive(struct archive *a, void *arg, const void *bytes, size_t n)
{
	(void)a;
	buf_add(arg, bytes, n);
	return (la_ssize_t)n;
}

static inline void
add_packed(struct archive *a, const struct packed *p)
{
	struct archive_entry *e = archive_entry_new();

	archive_entry_set_pathname(e, p->name);
	archive_entry_set_filetype(e, p->kind != 0 ? p->kind : AE_IFREG);
	archive_entry_set_perm(e, 0644);
	if (p->kind == AE_IFLNK)
		archive_entry_set_symlink(e, p->bytes);
	else
		archive_entry_set_size(e, (la_int64_t)p->len);
	archive_write_header(a, e);
	if (p->kind != AE_IFLNK)
		archive_write_data(a, p->bytes, p->len);
	archive_entry_free(e);
}

/* format and filter as libarchive calls them ("zip", "gzip"); NULL: none. */
static inline void
make_archive(const char *format, const char *filter, const char *options,
    const struct packed *p, size_t n, struct buf *out)
{
	struct archive *a = archive_write_new();
	size_t i;

	archive_write_set_format_by_name(a, format);
	if (filter != NULL)
		archive_write_add_filter_by_name(a, filter);
	if (options != NULL)
		archive_write_set_options(a, options);
	archive_write_set_bytes_in_last_block(a, 1);
	archive_write_open2(a, out, NULL, on_archive, NULL, NULL);
	for (i = 0; i < n; i++)
		add_packed(a, &p[i]);
	archive_write_close(a);
	archive_write_free(a);
}

#define FILE_OF(name, s) { name, s, sizeof s - 1, 0 }

/* Every kind that can be written, and what naslag calls it. */
static const struct {
	const char *title, *format, *filter, *name;
} kinds[] = {
	{ "ZIP", "zip", NULL, "zip" },
	{ "7-Zip", "7zip", NULL, "7z" },
	{ "tar", "paxr", NULL, "tar" },
	{ "an old tar", "gnutar", NULL, "tar" },
	{ "tar.gz", "paxr", "gzip", "gz" },
	{ "tar.bz2", "paxr", "bzip2", "bz2" },
	{ "tar.xz", "gnutar", "xz", "xz" },
};

static const struct packed usual[] = {
	{ "map", NULL, 0, AE_IFDIR },
	FILE_OF("map/een.txt", "Een."),
	FILE_OF("twee.txt", "Twee!"),
	{ "link", "/etc/passwd", 0, AE_IFLNK },
	FILE_OF(".verborgen", "weg"),
	FILE_OF("map/.DS_Store", "weg"),
	FILE_OF("__MACOSX/map/een.txt", "weg"),
	FILE_OF("leeg.txt", ""),
};
#endif
