#include <config.h>

#include "formats/pdffiles.h"

#include <string.h>

#include "formats/container.h"
#include "formats/unpack.h"
#include "formats/wire.h"

/* Where files go: counted only, or taken out. */
struct files {
	struct unpack *unpack;	/* NULL: counted */
	size_t count;
	enum extract_status status;
	struct buf bytes;
	bool is_too_big;
	bool is_encrypted;	/* all of them */
};

/* A block of a file; false stops poppler. */
static gboolean
on_block(const gchar *block, gsize n, gpointer arg, GError **error)
{
	struct files *f = arg;

	(void)error;
	f->status = unpack_spend(f->unpack, n);
	if (f->status != EXTRACT_OK)
		return FALSE;
	buf_add(&f->bytes, block, n);
	f->is_too_big = f->bytes.len > f->unpack->file_bytes;
	return !f->is_too_big;
}

static void
take(struct files *f, PopplerAttachment *a)
{
	const char *name;
	enum extract_status status = EXTRACT_OK;

	if (f->status != EXTRACT_OK || f->count > WIRE_MEMBERS)
		return;
	f->count++;
	if (f->unpack == NULL)
		return;
	name = poppler_attachment_get_name(a);
	buf_cut(&f->bytes, 0);
	f->is_too_big = false;
	if (f->is_encrypted)
		status = EXTRACT_ENCRYPTED;
	else if (!poppler_attachment_save_to_callback(a, on_block, f, NULL))
		status = f->is_too_big ? EXTRACT_TOO_BIG : EXTRACT_MALFORMED;
	if (f->status == EXTRACT_OK)
		f->status = unpack_add(f->unpack, name != NULL ? name : "",
		    name != NULL ? strlen(name) : 0, status,
		    buf_str(&f->bytes), f->bytes.len);
}

static void
visit_page(struct files *f, PopplerPage *page)
{
	GList *annots = poppler_page_get_annot_mapping(page), *at;

	for (at = annots; at != NULL; at = at->next) {
		PopplerAnnot *annot = ((PopplerAnnotMapping *)at->data)->annot;
		PopplerAttachment *a;

		if (poppler_annot_get_annot_type(annot) !=
		    POPPLER_ANNOT_FILE_ATTACHMENT)
			continue;
		a = poppler_annot_file_attachment_get_attachment(
		    POPPLER_ANNOT_FILE_ATTACHMENT(annot));
		if (a != NULL) {
			take(f, a);
			g_object_unref(a);
		}
	}
	poppler_page_free_annot_mapping(annots);
}

static void
visit_document(struct files *f, PopplerDocument *doc)
{
	GList *files = poppler_document_get_attachments(doc), *at;

	for (at = files; at != NULL; at = at->next)
		take(f, at->data);
	g_list_free_full(files, g_object_unref);
}

size_t
pdf_count_files(PopplerDocument *doc)
{
	struct files f = { .unpack = NULL };

	if (poppler_document_has_attachments(doc))
		visit_document(&f, doc);
	return f.count;
}

size_t
pdf_count_page_files(PopplerPage *page)
{
	struct files f = { .unpack = NULL };

	visit_page(&f, page);
	return f.count;
}

/* Is there a "/KEY /Identity", or with is_other one that is not so? */
static bool
has_filter(const struct input *in, const char *key, bool is_other)
{
	static const char identity[] = "/Identity";
	const char *p = in->bytes, *end = p + in->size;
	size_t len = strlen(key);
	bool is_identity;

	for (; (p = memmem(p, (size_t)(end - p), key, len)) != NULL; ) {
		/* The bytes end in a NUL. */
		p += len;
		p += strspn(p, " \t\r\n");
		is_identity = strncmp(p, identity, sizeof identity - 1) == 0;
		if (*p == '/' && is_identity != is_other)
			return true;
	}
	return false;
}

/*
 * A document may be plain and only the files in it encrypted.  Poppler knows
 * nothing of that and gives them as they are.
 */
static bool
has_encrypted_files(const struct input *in)
{
	return has_filter(in, "/EFF", true) && has_filter(in, "/StmF", false);
}

enum extract_status
pdf_unpack(PopplerDocument *doc, const struct input *in, struct unpack *u)
{
	struct files f = { .unpack = u, .is_encrypted =
	    has_encrypted_files(in) };
	int n = poppler_document_get_n_pages(doc), i;

	visit_document(&f, doc);
	for (i = 0; i < n && f.status == EXTRACT_OK; i++) {
		PopplerPage *page = poppler_document_get_page(doc, i);

		if (page == NULL)
			continue;
		visit_page(&f, page);
		g_object_unref(page);
	}
	buf_clear(&f.bytes);
	return f.status;
}
