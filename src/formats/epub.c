#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "base/percent.h"
#include "formats/container.h"
#include "formats/office.h"
#include "formats/out.h"
#include "formats/xmlread.h"

/* More chapters no book has. */
#define MAX_ITEMS 10000

static const struct xml_ns namespaces[] = {
	{ "urn:oasis:names:tc:opendocument:xmlns:container", "container" },
	{ "http://www.idpf.org/2007/opf", "opf" },
	{ NULL, NULL }
};

/* A file of the book, by the name the list of chapters has for it. */
struct item {
	char *id;
	char *path;
};

struct book {
	char *package;		/* the name of the part that lists all */
	struct item *items;
	size_t nitems, cap_items;
	struct zip_member *chapters;	/* in reading order */
	size_t nchapters, cap_chapters;
};

static void
book_clear(struct book *b)
{
	size_t i;

	free(b->package);
	for (i = 0; i < b->nitems; i++) {
		free(b->items[i].id);
		free(b->items[i].path);
	}
	free(b->items);
	zip_members_clear(b->chapters, b->nchapters);
	free(b->chapters);
}

static void
container_start(void *arg, const struct xml_element *e)
{
	struct book *b = arg;
	const char *path;
	size_t len;

	if (b->package == NULL && xml_is(e, "container", "rootfile") &&
	    (path = xml_attr(e, "full-path", &len)) != NULL)
		b->package = xstrndup(path, len);
}

static void
on_item(struct book *b, const struct xml_element *e)
{
	struct buf path CLEAN(buf_clear) = BUF_INIT;
	const char *id, *href, *place;
	size_t id_len, len;

	if ((id = xml_attr(e, "id", &id_len)) == NULL ||
	    (href = xml_attr(e, "href", &len)) == NULL ||
	    b->nitems == MAX_ITEMS)
		return;
	/* It is a part of a URL: %20 is a space, # begins a place in it. */
	if ((place = memchr(href, '#', len)) != NULL)
		len = (size_t)(place - href);
	percent_decode_to(href, len, &path);
	GROW(b->items, b->nitems, b->cap_items);
	b->items[b->nitems++] = (struct item){ xstrndup(id, id_len),
	    member_path(b->package, buf_str(&path), path.len) };
}

static void
on_chapter(struct book *b, const struct xml_element *e)
{
	const char *id;
	size_t len, i;

	if ((id = xml_attr(e, "idref", &len)) == NULL ||
	    b->nchapters == MAX_ITEMS)
		return;
	for (i = 0; i < b->nitems; i++)
		if (strlen(b->items[i].id) == len &&
		    memcmp(b->items[i].id, id, len) == 0)
			break;
	if (i == b->nitems)
		return;
	GROW(b->chapters, b->nchapters, b->cap_chapters);
	b->chapters[b->nchapters++] = (struct zip_member){ b->items[i].path, false,
	    BUF_INIT };
}

static void
package_start(void *arg, const struct xml_element *e)
{
	if (xml_is(e, "opf", "item"))
		on_item(arg, e);
	else if (xml_is(e, "opf", "itemref"))
		on_chapter(arg, e);
}

/* Rights are bought; letters scrambled for their maker's sake are no lock. */
static bool
is_locked(const struct zip_member *rights, const struct zip_member *encryption)
{
	return rights->is_found || memmem(buf_str(&encryption->bytes),
	    encryption->bytes.len, "html\"", 5) != NULL;
}

static enum extract_status
open_book(const struct input *in, struct book *b, struct out *out)
{
	static const struct xml_reader reader = { namespaces, false,
	    container_start, NULL, NULL };
	struct zip_member parts[] = {
		{ "META-INF/container.xml", false, BUF_INIT },
		{ "META-INF/rights.xml", false, BUF_INIT },
		{ "META-INF/encryption.xml", false, BUF_INIT },
	};
	enum extract_status status = container_load(in, parts, NELEM(parts),
	    out);

	if (status == EXTRACT_OK && is_locked(&parts[1], &parts[2]))
		status = EXTRACT_ENCRYPTED;
	if (status == EXTRACT_OK && parts[0].is_found)
		status = xml_read(&reader, b, buf_str(&parts[0].bytes),
		    parts[0].bytes.len, out);
	if (status == EXTRACT_OK && b->package == NULL) {
		out_reason(out, "no package document");
		status = EXTRACT_MALFORMED;
	}
	zip_members_clear(parts, NELEM(parts));
	return status;
}

static enum extract_status
list_chapters(const struct input *in, struct book *b, struct out *out)
{
	static const struct xml_reader reader = { namespaces, false,
	    package_start, NULL, NULL };
	struct zip_member package = { b->package, false, BUF_INIT };
	enum extract_status status = container_load(in, &package, 1, out);

	if (status == EXTRACT_OK && !package.is_found) {
		out_reason(out, "no package document");
		status = EXTRACT_MALFORMED;
	}
	if (status == EXTRACT_OK) {
		office_properties(buf_str(&package.bytes), package.bytes.len,
		    out);
		status = xml_read(&reader, b, buf_str(&package.bytes),
		    package.bytes.len, out);
	}
	zip_members_clear(&package, 1);
	return status;
}

enum extract_status
format_epub(const struct input *in, struct out *out)
{
	struct book b CLEAN(book_clear) = { 0 };
	enum extract_status status, found = EXTRACT_EMPTY;
	size_t i;

	if ((status = open_book(in, &b, out)) != EXTRACT_OK ||
	    (status = list_chapters(in, &b, out)) != EXTRACT_OK ||
	    (status = container_load(in, b.chapters, b.nchapters, out)) !=
	    EXTRACT_OK)
		return status;
	out->is_part = true;
	for (i = 0; i < b.nchapters; i++) {
		struct input chapter = { buf_str(&b.chapters[i].bytes),
		    b.chapters[i].bytes.len };

		if (format_html(&chapter, out) == EXTRACT_OK)
			found = EXTRACT_OK;
	}
	out->is_part = false;
	return found;
}
