/*
 * What pictures say of themselves in words.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "formats/format.h"

#include "makepicture.h"
#include "seen.h"
#include "tap.h"

#define XMP(s) "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www." \
	"w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/" \
	"elements/1.1/' xmlns:xmp='http://ns.adobe.com/xap/1.0/'><r:Description " \
	"xmp:CreateDate='2018-03-16T10:00:00'>" s "</r:Description></r:RDF>" \
	"</x:xmpmeta>"
#define TITLE "<dc:title><r:Alt><r:li xml:lang='x-default'>Map</r:li><r:li " \
	"xml:lang='nl'>Kaart van Syri\xC3\xAB</r:li></r:Alt></dc:title>"

/* A PNG with a chunk before its pixels. */
static void
see_png(const char *type, const char *bytes, size_t n, struct seen *s)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT, png CLEAN(buf_clear) = BUF_INIT;
	size_t head = 8 + 12 + 13;

	make_png(800, 600, &png);
	buf_add(&b, png.s, head);
	add_chunk(&b, type, bytes, n);
	buf_add(&b, png.s + head, png.len - head);
	see(b.s, b.len, s);
}

static const struct {
	const char *title, *type, *bytes;
	size_t n;
	const char *line;	/* NULL: none */
} chunks[] = {
	{ "a title in PNG", "tEXt", BYTES("Title\0Syri\xEB"),
	    "meta office:Title=Syri\xC3\xAB" },
	{ "one in UTF-8, whatever the standard says", "tEXt",
	    BYTES("title\0Syri\xC3\xAB"), "meta office:Title=Syri\xC3\xAB" },
	{ "one with a language", "iTXt",
	    BYTES("Title\0\0\0nl\0Titel\0Syri\xC3\xAB"),
	    "meta office:Title=Syri\xC3\xAB" },
	{ "a description", "tEXt", BYTES("Description\0Een kaart"),
	    "meta office:Subject=Een kaart" },
	{ "XMP in PNG", "iTXt", BYTES("XML:com.adobe.xmp\0\0\0\0\0" XMP(TITLE)),
	    "meta office:Title=Kaart van Syri\xC3\xAB\n"
	    "meta office:Created=2018-03-16" },
	{ "what is packed is not read", "iTXt", BYTES("Title\0\1\0\0\0x\x9C"),
	    NULL },
	{ "a text without a keyword", "tEXt", BYTES("\0weg"), NULL },
	{ "a text that is no more than a keyword", "tEXt", BYTES("Title"), NULL },
	{ "a text that is cut", "iTXt", BYTES("Title\0\0\0nl\0weg"), NULL },
	{ "what programs say of themselves", "tEXt", BYTES("Software\0weg"),
	    NULL },
	{ "XMP that is cut", "iTXt", BYTES("XML:com.adobe.xmp\0\0\0\0\0"
	    "<x:xmpmeta><dc:title>weg"), NULL },
	{ "XMP that is no XML", "iTXt", BYTES("XML:com.adobe.xmp\0\0\0\0\0"
	    "<x:xmpmeta><<weg</x:xmpmeta>"), NULL },
};

static void
test_png(void)
{
	size_t i;

	for (i = 0; i < NELEM(chunks); i++) {
		struct seen s CLEAN(seen_clear);

		see_png(chunks[i].type, chunks[i].bytes, chunks[i].n, &s);
		if (!ok(strcmp(s.status, "scan") == 0 &&
		    (chunks[i].line != NULL ? has(&s, chunks[i].line) :
		    strstr(buf_str(&s.lines), "meta") == NULL), "%s",
		    chunks[i].title))
			printf("# %s%s\n", s.status, buf_str(&s.lines));
	}
}

static void
test_jpeg(void)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT, jpeg CLEAN(buf_clear) =
	    BUF_INIT;
	struct seen s CLEAN(seen_clear);
	static const char xmp[] = "http://ns.adobe.com/xap/1.0/\0" XMP(TITLE);

	make_jpeg(0xC0, 800, 600, &jpeg);
	buf_adds(&b, "\xFF\xD8\xFF\xE1");
	add_be(&b, 2, sizeof xmp + 1);
	buf_add(&b, xmp, sizeof xmp - 1);
	buf_add(&b, jpeg.s + 2, jpeg.len - 2);
	see(b.s, b.len, &s);
	if (!ok(strcmp(s.format, "jpeg") == 0 && strcmp(s.status, "scan") == 0 &&
	    has(&s, "meta office:Title=Kaart van Syri\xC3\xAB"), "XMP in JPEG"))
		printf("# %s %s%s\n", s.format, s.status, buf_str(&s.lines));
}

int
main(void)
{
	formats_init();
	test_png();
	test_jpeg();
	return tap_done();
}
