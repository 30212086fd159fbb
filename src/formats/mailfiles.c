/*
 * The files sent with a message: parts that are not its text.
 */
#include <config.h>

#include "formats/mail.h"

#include <string.h>
#include <strings.h>

#include "formats/membername.h"
#include "formats/sealed.h"
#include "formats/unpack.h"

struct files {
	struct unpack *unpack;	/* NULL: they are only counted */
	const struct mime *message;
	struct buf pages;	/* its pages, when they are first asked for */
	bool has_pages;
	size_t count;
	enum extract_status status;	/* EXTRACT_OK is 0 */
};

/* Parts that say something about the message: nobody sent them as files. */
static bool
is_machinery(const struct buf *type)
{
	static const char *const types[] = {
		"application/pkcs7-signature", "application/x-pkcs7-signature",
		"application/pgp-signature", "application/pgp-encrypted",
		"message/delivery-status",
		"message/disposition-notification", "text/rfc822-headers",
	};
	size_t i;

	for (i = 0; i < NELEM(types); i++)
		if (mime_is(type, types[i]))
			return true;
	return false;
}

static bool
has_extension(const struct buf *name, const char *extension)
{
	size_t len = strlen(extension);

	return name->len >= len && strcasecmp(name->s + name->len - len,
	    extension) == 0;
}

/* Another message is called by its subject. */
static void
name_message(const struct buf *bytes, struct buf *name)
{
	struct mime inner;

	if (name->len == 0) {
		mime_split(buf_str(bytes), bytes->len, &inner);
		mime_text_field(&inner, "Subject", name);
		membername_flatten(name);
	}
	if (!has_extension(name, ".eml"))
		buf_adds(name, ".eml");
}

/* What has no name at all is called by its type. */
static void
name_part(const struct mime *m, const struct buf *type, struct buf *name)
{
	struct buf how CLEAN(buf_clear) = BUF_INIT;
	const char *format;

	mime_field(m, "Content-Disposition", &how);
	if (!mime_text_parameter(&how, "filename", name))
		mime_text_parameter(type, "name", name);
	membername_base(name);
	if (mail_kind_of(type) == MAIL_MESSAGE)
		return;
	format = format_of_mime(buf_str(type), strcspn(buf_str(type),
	    "; \t"));
	if (name->len == 0 && format != NULL)
		buf_addf(name, ".%s", format);
}

static void
take(struct files *f, const struct mime *m, const struct buf *type)
{
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	struct buf name CLEAN(buf_clear) = BUF_INIT;

	f->count++;
	if (f->unpack == NULL || f->status != EXTRACT_OK)
		return;
	mime_body(m, &bytes);
	name_part(m, type, &name);
	if (mail_kind_of(type) == MAIL_MESSAGE)
		name_message(&bytes, &name);
	f->status = unpack_spend(f->unpack, bytes.len);
	if (f->status == EXTRACT_OK)
		f->status = unpack_add(f->unpack, buf_str(&name), name.len,
		    EXTRACT_OK, buf_str(&bytes), bytes.len);
}

static void visit(struct files *, const struct mime *, unsigned depth,
    bool is_first, enum mail_kind within);

/* Is one of the forms of the same one that is read? */
static bool
has_text(const struct mime *m, const struct buf *boundary)
{
	struct mime part;
	size_t at = 0;
	bool found = false;

	while (!found && mime_next(m, boundary, &at, &part)) {
		struct buf type CLEAN(buf_clear) = BUF_INIT;

		mime_field(&part, "Content-Type", &type);
		found = mail_kind_of(&type) != MAIL_OTHER;
	}
	return found;
}

static void
visit_parts(struct files *f, const struct mime *m, const struct buf *type,
    unsigned depth, enum mail_kind kind)
{
	struct buf boundary CLEAN(buf_clear) = BUF_INIT;
	struct mime part;
	size_t at = 0;
	bool is_first = true;

	if (depth >= MAIL_DEPTH || !mime_parameter(type, "boundary", &boundary))
		return;
	if (kind == MAIL_ONE_OF && !has_text(m, &boundary))
		kind = MAIL_ALL;
	while (f->status == EXTRACT_OK && mime_next(m, &boundary, &at, &part)) {
		visit(f, &part, depth + 1, is_first, kind);
		is_first = false;
	}
}

/* All that the message has in HTML. */
static void
gather_pages(const struct mime *m, unsigned depth, struct buf *pages)
{
	struct buf type CLEAN(buf_clear) = BUF_INIT;
	struct buf boundary CLEAN(buf_clear) = BUF_INIT;
	struct mime part;
	size_t at = 0;

	mime_field(m, "Content-Type", &type);
	if (mail_kind_of(&type) == MAIL_PAGE)
		mime_body(m, pages);
	else if (depth < MAIL_DEPTH && mime_is(&type, "multipart/") &&
	    mime_parameter(&type, "boundary", &boundary))
		while (mime_next(m, &boundary, &at, &part))
			gather_pages(&part, depth + 1, pages);
}

/* Does a page of the message show it?  Some call such a picture attached. */
static bool
is_shown(struct files *f, const struct mime *m)
{
	struct buf id CLEAN(buf_clear) = BUF_INIT;
	struct buf reference CLEAN(buf_clear) = BUF_INIT;
	size_t from, len;

	if (!mime_field(m, "Content-ID", &id))
		return false;
	from = strspn(id.s, " \t<");
	if ((len = strcspn(id.s + from, "> \t")) == 0)
		return false;
	buf_adds(&reference, "cid:");
	buf_add(&reference, id.s + from, len);
	if (!f->has_pages)
		gather_pages(f->message, 0, &f->pages);
	f->has_pages = true;
	return f->pages.len > 0 && memmem(f->pages.s, f->pages.len,
	    reference.s, reference.len) != NULL;
}

/*
 * Left out: other forms of what is read, and the pictures of a page, unless
 * they are said to be attachments and no page shows them.
 */
static bool
is_file(struct files *f, const struct mime *m, const struct buf *type,
    bool is_first, enum mail_kind within)
{
	enum mail_kind kind = mail_kind_of(type);

	if (is_machinery(type) ||
	    (mime_is(type, "image/") && is_shown(f, m)))
		return false;
	if (kind == MAIL_MESSAGE || (!is_first && mail_is_attachment(m)))
		return true;
	return kind == MAIL_OTHER && within != MAIL_ONE_OF &&
	    (within != MAIL_ROOT || is_first || !mime_is(type, "image/"));
}

static void
visit(struct files *f, const struct mime *m, unsigned depth, bool is_first,
    enum mail_kind within)
{
	struct buf type CLEAN(buf_clear) = BUF_INIT;
	enum mail_kind kind;

	mime_field(m, "Content-Type", &type);
	/* All of the message is in it: it is no file sent with that. */
	if (depth == 0 && sealed_is_part(m, &type))
		return;
	kind = mail_kind_of(&type);
	if (kind == MAIL_ALL || kind == MAIL_ONE_OF || kind == MAIL_ROOT)
		visit_parts(f, m, &type, depth, kind);
	else if (is_file(f, m, &type, is_first, within))
		take(f, m, &type);
}

static void
files_clear(struct files *f)
{
	buf_clear(&f->pages);
}

size_t
mail_count_files(const struct input *in)
{
	struct mime m;
	struct files f CLEAN(files_clear) = { .message = &m };

	mime_split(in->bytes, in->size, &m);
	visit(&f, &m, 0, true, MAIL_ALL);
	return f.count;
}

enum extract_status
unpack_mail(const struct input *in, struct unpack *u)
{
	struct mime m;
	struct files f CLEAN(files_clear) = { .unpack = u, .message = &m };

	mime_split(in->bytes, in->size, &m);
	visit(&f, &m, 0, true, MAIL_ALL);
	return f.status;
}
