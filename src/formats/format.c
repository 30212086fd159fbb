#include <config.h>

#include "formats/format.h"

#include <magic.h>
#include <string.h>

#include "formats/archive.h"
#include "formats/charset.h"
#include "formats/container.h"
#include "formats/mdmarks.h"
#include "formats/ole.h"
#include "formats/out.h"
#include "formats/pdflines.h"
#include "formats/sealed.h"
#include "formats/sniff.h"
#include "formats/xmlread.h"

/* Bytes that decide what a text is, and what libmagic is shown. */
#define SNIFF_BYTES 4096

const struct format formats[] = {
	{ "pdf", "application/pdf", format_pdf, unpack_pdf },
	{ "html", "text/html", format_html, NULL },
	{ "txt", "text/plain", format_text, NULL },
	{ "md", "text/markdown", format_markdown, NULL },
	{ "svg", "image/svg+xml", format_svg, NULL },
	{ "docx", "application/vnd.openxmlformats-officedocument."
	    "wordprocessingml.document", format_docx, NULL },
	{ "odt", "application/vnd.oasis.opendocument.text", format_odf, NULL },
	{ "rtf", "text/rtf", format_rtf, NULL },
	{ "xml", "text/xml", format_xml, NULL },
	{ "doc", "application/msword", format_doc, NULL },
	{ "xls", "application/vnd.ms-excel", format_xls, NULL },
	{ "ppt", "application/vnd.ms-powerpoint", format_ppt, NULL },
	{ "xlsx", "application/vnd.openxmlformats-officedocument."
	    "spreadsheetml.sheet", format_xlsx, NULL },
	{ "pptx", "application/vnd.openxmlformats-officedocument."
	    "presentationml.presentation", format_pptx, NULL },
	{ "ods", "application/vnd.oasis.opendocument.spreadsheet", format_odf, NULL },
	{ "odp", "application/vnd.oasis.opendocument.presentation", format_odf, NULL },
	{ "odg", "application/vnd.oasis.opendocument.graphics", format_odf, NULL },
	{ "epub", "application/epub+zip", format_epub, NULL },
	{ "eml", "message/rfc822", format_mail, unpack_mail },
	{ "msg", "application/vnd.ms-outlook", format_msg, unpack_msg },
	{ "mhtml", "multipart/related", format_mhtml, NULL },
	{ "zip", "application/zip", format_zip, unpack_zip },
	{ "tar", "application/x-tar", format_tar, unpack_tar },
	{ "gz", "application/gzip", format_tar, unpack_tar },
	{ "bz2", "application/x-bzip2", format_tar, unpack_tar },
	{ "xz", "application/x-xz", format_tar, unpack_tar },
	{ "zst", "application/zstd", format_tar, unpack_tar },
	{ "7z", "application/x-7z-compressed", format_7z, unpack_7z },
	{ "rar", "application/x-rar", format_rar, unpack_rar },
	{ "png", "image/png", format_image, NULL },
	{ "jpeg", "image/jpeg", format_image, NULL },
	{ "gif", "image/gif", format_image, NULL },
	{ "tiff", "image/tiff", format_image, NULL },
	{ "bmp", "image/bmp", format_image, NULL },
	{ "webp", "image/webp", format_image, NULL },
	{ "ole", "application/x-ole-storage", refuse_ole, NULL },
	{ "pgp", "application/pgp-encrypted", refuse_sealed, NULL },
	{ "p7m", "application/pkcs7-mime", refuse_sealed, NULL },
	{ "tnef", "application/ms-tnef", NULL, NULL },
	{ "iso", "application/x-iso9660-image", NULL, NULL },
	{ "ps", "application/postscript", NULL, NULL },
	{ "djvu", "image/vnd.djvu", NULL, NULL },
	{ "wpd", "application/vnd.wordperfect", NULL, NULL },
	{ "chm", "application/vnd.ms-htmlhelp", NULL, NULL },
	{ "mp3", "audio/mpeg", NULL, NULL },
	{ "mp4", "video/mp4", NULL, NULL },
};

const size_t nformats = NELEM(formats);

/* First bytes that say enough.  What begins a container is looked into. */
static const struct signature {
	size_t at;
	const char *bytes;
	size_t len;
	const char *format;
} signatures[] = {
	{ 0, "PK\3\4", 4, "zip" },
	{ 0, "PK\5\6", 4, "zip" },
	{ 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "ole" },
	{ 0, "{\\rtf", 5, "rtf" },
	{ 0, "\x1F\x8B", 2, "gz" },
	{ 0, "BZh", 3, "bz2" },
	{ 0, "\xFD" "7zXZ", 5, "xz" },
	{ 0, "\x28\xB5\x2F\xFD", 4, "zst" },
	{ 0, "7z\xBC\xAF\x27\x1C", 6, "7z" },
	{ 0, "Rar!\x1A\x07", 6, "rar" },
	{ 257, "ustar", 5, "tar" },
	{ 0, "\x89PNG\r\n\x1A\n", 8, "png" },
	{ 0, "\xFF\xD8\xFF", 3, "jpeg" },
	{ 0, "GIF8", 4, "gif" },
	{ 0, "II*\0", 4, "tiff" },
	{ 0, "MM\0*", 4, "tiff" },
	{ 0, "II+\0", 4, "tiff" },
	{ 0, "MM\0+", 4, "tiff" },
	{ 8, "WEBPVP8", 7, "webp" },
	{ 0, "\x78\x9F\x3E\x22", 4, "tnef" },
	{ 32769, "CD001", 5, "iso" },
	{ 0, "%!PS", 4, "ps" },
	{ 0, "\xFFWPC", 4, "wpd" },
	{ 0, "ITSF", 4, "chm" },
};

/* What lies at the top of a compound file; a password hides an OOXML file. */
static const struct {
	const char *name, *format;
} ole_names[] = {
	{ "EncryptedPackage", "docx" },
	{ "WordDocument", "doc" },
	{ "Workbook", "xls" },
	{ "Book", "xls" },
	{ "PowerPoint Document", "ppt" },
	{ "__properties_version1.0", "msg" },
	{ "__substg1.0_*", "msg" },
};

/* Folders that only one kind of package has. */
static const struct {
	const char *folder, *format;
} package_folders[] = {
	{ "word/", "docx" },
	{ "xl/", "xlsx" },
	{ "ppt/", "pptx" },
};

static magic_t magic;

void
formats_init(void)
{
	charset_init();
	xml_init();
	pdf_init();
	archive_init();
	if (magic != NULL)
		return;
	magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
	    MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_CDF |
	    MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TOKENS |
	    MAGIC_NO_CHECK_ENCODING);
	if (magic != NULL && magic_load(magic, NULL) != 0) {
		magic_close(magic);
		magic = NULL;
	}
}

static const struct format *
named(const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < nformats; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

static const struct format *
of_mime(const char *mime, size_t len)
{
	size_t i;

	for (i = 0; i < nformats; i++)
		if (strlen(formats[i].mime) == len &&
		    memcmp(formats[i].mime, mime, len) == 0)
			return &formats[i];
	return NULL;
}

/* The type that a package says it is of. */
static const struct format *
of_package_mime(const char *mime, size_t len)
{
	static const char template[] = "-template";
	size_t n = sizeof template - 1;

	while (len > 0 && (mime[len - 1] == '\n' || mime[len - 1] == '\r'))
		len--;
	if (len > n && memcmp(mime + len - n, template, n) == 0)
		len -= n;
	return of_mime(mime, len);
}

/*
 * The member "mimetype" of an OpenDocument or EPUB file is its first, stored,
 * so that it can be read without unpacking: length of name at 26, of the
 * extra field at 28, of the value at 18.
 */
static const struct format *
of_mimetype(const struct input *in)
{
	const unsigned char *u = (const unsigned char *)in->bytes;
	size_t at, len;

	if (in->size < 64 || u[26] != 8 || u[27] != 0 ||
	    memcmp(in->bytes + 30, "mimetype", 8) != 0)
		return NULL;
	at = 38 + (u[28] | (size_t)u[29] << 8);
	len = u[18] | (size_t)u[19] << 8;
	if (len == 0 || len > 100 || at > in->size || in->size - at < len)
		return NULL;
	return of_package_mime(in->bytes + at, len);
}

/* The same of one that was packed again: wherever it stands, and packed. */
static const struct format *
of_packed_mimetype(const struct input *in)
{
	struct zip_member member = { .name = "mimetype" };
	struct out ignored CLEAN(out_clear);
	const struct format *found = NULL;

	out_init(&ignored, -1);
	if (container_load(in, &member, 1, &ignored) == EXTRACT_OK)
		found = of_package_mime(buf_str(&member.bytes),
		    member.bytes.len);
	zip_members_clear(&member, 1);
	return found;
}

struct package {
	const char *format;	/* NULL: not known by its folders */
	bool has_mimetype;
};

static bool
is_in_package(const struct zip_entry *e, void *arg)
{
	struct package *p = arg;
	size_t i, len;

	p->has_mimetype |= zip_entry_is(e, "mimetype");
	for (i = 0; i < NELEM(package_folders) && p->format == NULL; i++) {
		len = strlen(package_folders[i].folder);
		if (e->len > len && memcmp(e->name, package_folders[i].folder,
		    len - 1) == 0 && strchr("/\\", e->name[len - 1]) != NULL)
			p->format = package_folders[i].format;
	}
	return p->format == NULL;
}

static bool
found_member(const struct zip_entry *e, void *arg)
{
	bool *found = arg;

	(void)e;
	*found = true;
	return false;
}

static bool
has_zip_members(const struct input *in)
{
	bool found = false;

	zip_walk(in, found_member, &found);
	return found;
}

static const struct format *
detect_zip(const struct input *in)
{
	const struct format *found = of_mimetype(in);
	struct package p = { 0 };

	if (found != NULL)
		return found;
	/* A damaged one is still what it was. */
	if (zip_walk(in, is_in_package, &p) == -1 && p.format == NULL &&
	    memmem(in->bytes, in->size, "word/document.xml", 17) != NULL)
		p.format = "docx";
	if (p.format == NULL && p.has_mimetype &&
	    (found = of_packed_mimetype(in)) != NULL)
		return found;
	return named(p.format != NULL ? p.format : "zip");
}

static const struct format *
detect_ole(const struct input *in)
{
	struct ole o CLEAN(ole_clear);
	size_t i;

	if (ole_open(in, &o) == 0)
		for (i = 0; i < NELEM(ole_names); i++)
			if (ole_has(&o, ole_names[i].name))
				return named(ole_names[i].format);
	return named("ole");
}

/* Two letters are few: a size, two reserved numbers, and the size of a header. */
static bool
is_bmp(const struct input *in)
{
	static const unsigned char headers[] = { 12, 40, 52, 56, 64, 108, 124 };

	return in->size >= 18 && memcmp(in->bytes, "BM", 2) == 0 &&
	    memcmp(in->bytes + 6, "\0\0\0", 4) == 0 &&
	    memchr(headers, in->bytes[14], sizeof headers) != NULL &&
	    memcmp(in->bytes + 15, "\0\0", 3) == 0;
}

static const struct format *
detect_text(const struct input *in)
{
	struct buf text CLEAN(buf_clear) = BUF_INIT;
	size_t n = in->size < SNIFF_BYTES ? in->size : SNIFF_BYTES;
	const struct charset *cs = charset_detect(in->bytes, n);
	const char *kind;

	/* A zero byte is half a character of UTF-16, else no text. */
	charset_decode(cs, in->bytes, n, &text);
	if (cs == charset_codepage(65001) || cs == charset_codepage(1252) ||
	    cs == charset_codepage(CHARSET_MIXED) ?
	    sniff_is_binary(in->bytes, n) :
	    sniff_is_binary(buf_str(&text), text.len))
		return NULL;
	kind = sniff_text(buf_str(&text), text.len);
	if (kind == NULL)
		kind = markdown_is(buf_str(&text), text.len) ? "md" : "txt";
	return named(kind);
}

static const struct format *
detect_magic(const struct input *in)
{
	const char *mime = magic == NULL ? NULL : magic_buffer(magic, in->bytes,
	    in->size < SNIFF_BYTES ? in->size : SNIFF_BYTES);

	return mime != NULL ? of_mime(mime, strlen(mime)) : NULL;
}

const char *
format_of_mime(const char *mime, size_t len)
{
	const struct format *f = of_mime(mime, len);

	return f != NULL ? f->name : NULL;
}

const struct format *
format_detect(const struct input *in)
{
	size_t head = in->size < 1024 ? in->size : 1024, i;
	const struct format *found;
	const char *name = NULL;

	for (i = 0; i < NELEM(signatures) && name == NULL; i++) {
		const struct signature *s = &signatures[i];

		if (in->size >= s->at + s->len &&
		    memcmp(in->bytes + s->at, s->bytes, s->len) == 0)
			name = s->format;
	}
	/* Print servers put lines of their own before a PDF. */
	if (name == NULL && memmem(in->bytes, head, "%PDF-", 5) != NULL)
		name = "pdf";
	if (name == NULL)
		name = sealed_format(in->bytes, in->size);
	if (name == NULL && is_bmp(in))
		name = "bmp";
	if (name == NULL) {
		if ((found = detect_text(in)) != NULL ||
		    (found = detect_magic(in)) != NULL)
			return found;
		/* A program may stand before an archive, to unpack it. */
		return has_zip_members(in) ? detect_zip(in) : NULL;
	}
	if (strcmp(name, "zip") == 0)
		return detect_zip(in);
	if (strcmp(name, "ole") == 0)
		return detect_ole(in);
	return named(name);
}
