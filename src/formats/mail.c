#include <config.h>

#include "formats/mail.h"

#include "formats/charset.h"
#include "formats/mime.h"
#include "formats/out.h"
#include "formats/sealed.h"

enum mail_kind
mail_kind_of(const struct buf *type)
{
	static const struct {
		const char *type;
		enum mail_kind kind;
	} kinds[] = {
		{ "text/html", MAIL_PAGE },
		{ "application/xhtml", MAIL_PAGE },
		{ "text/plain", MAIL_PLAIN },
		{ "message/rfc822", MAIL_MESSAGE },
		{ "multipart/alternative", MAIL_ONE_OF },
		{ "multipart/related", MAIL_ROOT },
		{ "multipart/", MAIL_ALL },
	};
	size_t i;

	if (type->len == 0)
		return MAIL_PLAIN;
	for (i = 0; i < NELEM(kinds); i++)
		if (mime_is(type, kinds[i].type))
			return kinds[i].kind;
	return MAIL_OTHER;
}

static enum extract_status
read_text(const struct mime *m, const struct buf *type,
    enum extract_status (*read)(const struct input *, struct out *),
    struct out *out)
{
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	struct buf name CLEAN(buf_clear) = BUF_INIT;
	struct buf text CLEAN(buf_clear) = BUF_INIT;
	const struct charset *cs = NULL;
	struct input in;

	mime_body(m, &bytes);
	/* Without a label it is for the format to see. */
	if (mime_parameter(type, "charset", &name) &&
	    (cs = charset_find(buf_str(&name), name.len)) != NULL)
		cs = charset_choose(cs, buf_str(&bytes), bytes.len);
	if (cs != NULL)
		charset_decode(cs, buf_str(&bytes), bytes.len, &text);
	in = cs != NULL ? (struct input){ buf_str(&text), text.len } :
	    (struct input){ buf_str(&bytes), bytes.len };
	return read(&in, out);
}

static bool read_part(const struct mime *, unsigned depth, bool is_first,
    struct out *);

/* Of the same in several forms the last that we can read is the best. */
static bool
read_best(const struct mime *m, const struct buf *boundary, unsigned depth,
    struct out *out)
{
	struct mime part, best = { NULL, NULL, 0, 0 };
	size_t at = 0;

	while (mime_next(m, boundary, &at, &part)) {
		struct buf type CLEAN(buf_clear) = BUF_INIT;

		mime_field(&part, "Content-Type", &type);
		if (mail_kind_of(&type) != MAIL_OTHER)
			best = part;
	}
	return best.head != NULL && read_part(&best, depth + 1, true, out);
}

static bool
read_parts(const struct mime *m, const struct buf *type, enum mail_kind kind,
    unsigned depth, struct out *out)
{
	struct buf boundary CLEAN(buf_clear) = BUF_INIT;
	struct mime part;
	size_t at = 0;
	bool is_first = true, has_text = false;

	if (depth >= MAIL_DEPTH || !mime_parameter(type, "boundary", &boundary))
		return false;
	if (kind == MAIL_ONE_OF)
		return read_best(m, &boundary, depth, out);
	while (mime_next(m, &boundary, &at, &part)) {
		has_text |= read_part(&part, depth + 1, is_first, out);
		is_first = false;
		if (kind == MAIL_ROOT && has_text)
			break;
	}
	return has_text;
}

static bool
read_subject(const struct mime *m, struct out *out, bool is_property)
{
	struct buf subject CLEAN(buf_clear) = BUF_INIT;

	if (!mime_text_field(m, "Subject", &subject))
		return false;
	if (is_property)
		out_meta(out, "office:Title", buf_str(&subject), subject.len);
	out_heading(out, 1, buf_str(&subject), subject.len);
	return true;
}

/* A message in a message; those who forward do not read it, so encoded too. */
static bool
read_message(const struct mime *m, unsigned depth, struct out *out)
{
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	struct mime inner;

	mime_body(m, &bytes);
	mime_split(buf_str(&bytes), bytes.len, &inner);
	read_subject(&inner, out, false);
	return depth < MAIL_DEPTH && read_part(&inner, depth + 1, true, out);
}

/* A text that is sent as a file is no part of the message, unless it is all. */
bool
mail_is_attachment(const struct mime *m)
{
	struct buf how CLEAN(buf_clear) = BUF_INIT;

	return mime_field(m, "Content-Disposition", &how) &&
	    mime_is(&how, "attachment");
}

static bool
read_part(const struct mime *m, unsigned depth, bool is_first,
    struct out *out)
{
	struct buf type CLEAN(buf_clear) = BUF_INIT;
	enum mail_kind kind;

	mime_field(m, "Content-Type", &type);
	if (sealed_is_part(m, &type))
		return false;
	kind = mail_kind_of(&type);
	if (!is_first && kind != MAIL_MESSAGE && mail_is_attachment(m))
		return false;
	switch (kind) {
	case MAIL_PLAIN:
		return read_text(m, &type, format_text, out) == EXTRACT_OK;
	case MAIL_PAGE:
		return read_text(m, &type, format_html, out) == EXTRACT_OK;
	case MAIL_MESSAGE:
		return read_message(m, depth, out);
	case MAIL_ALL:
	case MAIL_ONE_OF:
	case MAIL_ROOT:
		return read_parts(m, &type, kind, depth, out);
	case MAIL_OTHER:
		break;
	}
	return false;
}

/* Is what a message says encrypted, or the first of its parts that are text? */
static bool
is_sealed(const struct mime *m, unsigned depth)
{
	struct buf type CLEAN(buf_clear) = BUF_INIT;
	struct buf boundary CLEAN(buf_clear) = BUF_INIT;
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	struct mime part;
	size_t at = 0;

	mime_field(m, "Content-Type", &type);
	if (sealed_is_part(m, &type))
		return true;
	switch (mail_kind_of(&type)) {
	case MAIL_PLAIN:
		mime_body(m, &bytes);
		return sealed_is_armour(buf_str(&bytes), bytes.len);
	case MAIL_ALL:
	case MAIL_ONE_OF:
	case MAIL_ROOT:
		return depth < MAIL_DEPTH &&
		    mime_parameter(&type, "boundary", &boundary) &&
		    mime_next(m, &boundary, &at, &part) &&
		    is_sealed(&part, depth + 1);
	case MAIL_PAGE:
	case MAIL_MESSAGE:
	case MAIL_OTHER:
		break;
	}
	return false;
}

enum extract_status
format_mail(const struct input *in, struct out *out)
{
	struct mime m;
	bool has_subject, has_text;

	mime_split(in->bytes, in->size, &m);
	has_subject = read_subject(&m, out, true);
	out->is_part = true;
	has_text = read_part(&m, 0, true, out);
	out->is_part = false;
	out_members(out, mail_count_files(in));
	if (!has_text && is_sealed(&m, 0))
		return EXTRACT_ENCRYPTED;
	return has_text || has_subject ? EXTRACT_OK : EXTRACT_EMPTY;
}

/* A page saved with its pictures: it has its own title. */
enum extract_status
format_mhtml(const struct input *in, struct out *out)
{
	struct mime m;

	mime_split(in->bytes, in->size, &m);
	return read_part(&m, 0, true, out) ? EXTRACT_OK : EXTRACT_EMPTY;
}
