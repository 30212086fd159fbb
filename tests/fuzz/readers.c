/*
 * readers: formats of documents, and decoders that they share.
 */
#include <config.h>

#include "target.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/date.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "formats/charset.h"
#include "formats/mail.h"
#include "formats/membername.h"
#include "formats/msgfile.h"
#include "formats/numfmt.h"
#include "formats/out.h"
#include "formats/picture.h"
#include "formats/unpack.h"
#include "gather/members.h"
#include "gather/records.h"
#include "model/textprint.h"

/* ---- as naslag-extract reads, as naslag takes in ---- */

/* What a supervisor takes (extract_limits_default). */
#define OUTPUT_BYTES	((size_t)32 << 20)
/* Of files within: less than it may be, which would take long. */
#define BUDGET_BYTES	((size_t)4 << 20)
#define MEMBER_BYTES	((size_t)1 << 20)

/*
 * A file in memory that takes so much and no more: writing fails then, and
 * the reader swallows what is left, as if it had been killed.
 */
static int
open_sink(void)
{
	static const struct rlimit limit = { OUTPUT_BYTES, OUTPUT_BYTES };
	static int fd = -1;

	if (fd == -1) {
		fd = memfd_create("records", MFD_CLOEXEC);
		signal(SIGXFSZ, SIG_IGN);
		fuzz_check(fd != -1 && setrlimit(RLIMIT_FSIZE, &limit) == 0,
		    "records have a place");
	}
	fuzz_check(ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0,
	    "the place can be emptied");
	return fd;
}

static void
take_sink(int fd, struct buf *out)
{
	off_t n = lseek(fd, 0, SEEK_END);

	fuzz_check(n >= 0 && pread(fd, buf_room(out, (size_t)n), (size_t)n,
	    0) == n, "the records can be read");
	buf_grew(out, (size_t)n);
}

const struct format *
fuzz_format(const char *name)
{
	size_t i;

	for (i = 0; strcmp(formats[i].name, name) != 0; i++)
		;
	return &formats[i];
}

static void
take_records(int fd)
{
	CLEAN(buf_clear) struct buf records = BUF_INIT, again = BUF_INIT;
	CLEAN(extracted_clear) struct extracted x = { 0 }, y = { 0 };

	take_sink(fd, &records);
	fuzz_check(records_read(buf_str(&records), records.len, &x),
	    "what a reader writes is taken in");
	records_print(&x, &again);
	fuzz_check(records_read_kept(again.s, again.len, &y) &&
	    y.text.len == x.text.len && y.nmarks == x.nmarks &&
	    y.nmeta == x.nmeta, "what is taken in can be kept");
}

static void
read_with(enum extract_status (*read)(const struct input *, struct out *),
    const char *name, const char *s, size_t n)
{
	struct input in = { s, n };
	struct out o;

	out_init(&o, open_sink());
	if (name != NULL)
		out_format(&o, name);
	if (out_end(&o, read(&in, &o)) == 0)
		take_records(o.fd);
	out_clear(&o);
}

void
fuzz_read(const struct format *f, const char *s, size_t n)
{
	if (f->read != NULL)
		read_with(f->read, f->name, s, n);
}

void
fuzz_unpack(const struct format *f, const char *s, size_t n)
{
	CLEAN(members_clear) struct members m = { 0 };
	struct input in = { s, n };
	enum extract_status status;
	struct unpack u;
	struct out o;
	char reason[160];

	if (f->unpack == NULL)
		return;
	out_init(&o, -1);
	o.is_unpacking = true;
	unpack_init(&u, &o, BUDGET_BYTES, MEMBER_BYTES);
	status = f->unpack(&in, &u);
	unpack_clear(&u);
	out_end(&o, status);
	fuzz_check(members_read(&o.records, &m, &status, reason),
	    "what is unpacked is taken in");
	out_clear(&o);
}

/* ---- formats ---- */

void
fuzz_html(const char *s, size_t n)
{
	fuzz_read(fuzz_format("html"), s, n);
}

void
fuzz_rtf(const char *s, size_t n)
{
	fuzz_read(fuzz_format("rtf"), s, n);
}

void
fuzz_xml(const char *s, size_t n)
{
	fuzz_read(fuzz_format("xml"), s, n);
	fuzz_read(fuzz_format("svg"), s, n);
	read_with(format_sidecar, NULL, s, n);
}

void
fuzz_mail(const char *s, size_t n)
{
	fuzz_read(fuzz_format("eml"), s, n);
	fuzz_read(fuzz_format("mhtml"), s, n);
	fuzz_unpack(fuzz_format("eml"), s, n);
}

static void
read_as_it_is(const char *s, size_t n)
{
	struct input in = { s, n };
	const struct format *f = n > 0 ? format_detect(&in) : NULL;

	/* Poppler is not ours to fuzz. */
	if (f == NULL || strcmp(f->name, "pdf") == 0)
		return;
	fuzz_read(f, s, n);
	fuzz_unpack(f, s, n);
}

/* As text, and as what it seems to be. */
void
fuzz_plain(const char *s, size_t n)
{
	fuzz_read(fuzz_format("txt"), s, n);
	fuzz_read(fuzz_format("md"), s, n);
	read_as_it_is(s, n);
}

void
fuzz_archive(const char *s, size_t n)
{
	read_as_it_is(s, n);
}

void
fuzz_ole(const char *s, size_t n)
{
	read_as_it_is(s, n);
}

void
fuzz_picture(const char *s, size_t n)
{
	CLEAN(picture_clear) struct picture p = { 0 };
	struct input in = { s, n };
	struct out o;
	size_t i;

	out_init(&o, -1);
	if (picture_survey(&in, &p, &o) == EXTRACT_OK)
		fuzz_check(p.n > 0, "a picture has a page");
	for (i = 0; i < p.n; i++)
		fuzz_check(p.pages[i].at < n && p.pages[i].width > 0 &&
		    p.pages[i].height > 0 && p.pages[i].width <=
		    PICTURE_PIXELS / p.pages[i].height,
		    "a page has pixels, and not too many");
	out_clear(&o);
	read_as_it_is(s, n);
}

/* ---- decoders ---- */

static void
decode_lzfu(const char *s, size_t n, struct buf *out)
{
	lzfu_decode(s, n, out);
}

static void
decode_name(const char *s, size_t n, struct buf *out)
{
	CLEAN(buf_clear) struct buf name = BUF_INIT;

	membername_decode(s, n, &name);
	fuzz_check(utf8_valid(buf_str(&name), name.len), "a name is UTF-8");
	membername_clean(buf_str(&name), name.len, out);
	fuzz_check(strlen(buf_str(out)) == out->len, "a clean name is text");
	if (out->len > 0)
		fuzz_check_path(buf_str(out));
	membername_is_hidden(buf_str(out));
	membername_extension(buf_str(out));
	membername_flatten(out);
	membername_base(out);
}

/* The first eight bytes are the number. */
static void
decode_number(const char *s, size_t n, struct buf *out)
{
	double value = 0;

	if (n >= sizeof value) {
		memcpy(&value, s, sizeof value);
		s += sizeof value;
	}
	numfmt_show(s, value, n % 2 != 0, out);
	numfmt_show(NULL, value, false, out);
}

static void
decode_percent(const char *s, size_t n, struct buf *out)
{
	CLEAN(str_free) char *copy = xstrdup(s);

	(void)n;
	percent_encode(s, out);
	fuzz_check(strpbrk(buf_str(out), "\t\n") == NULL, "a cell stays one");
	fuzz_check(strcmp(percent_decode(out->s != NULL ? out->s : copy),
	    *s != '\0' ? s : "") == 0 || *s == '\0',
	    "what is encoded is decoded again");
	buf_cut(out, 0);
	percent_encode_url(s, "/", out);
	percent_decode(copy);
}

static void
decode_utf8(const char *s, size_t n, struct buf *out)
{
	CLEAN(buf_clear) struct buf again = BUF_INIT, folded = BUF_INIT;

	utf8_clean(s, n, out);
	fuzz_check(utf8_valid(buf_str(out), out->len), "what is clean is UTF-8");
	utf8_clean(buf_str(out), out->len, &again);
	fuzz_check(again.len == out->len &&
	    memcmp(buf_str(&again), buf_str(out), out->len) == 0,
	    "what is clean stays as it is");
	utf8_count(buf_str(out), out->len);
	utf8_fold(buf_str(out), out->len, &folded);
	fuzz_check(utf8_valid(buf_str(&folded), folded.len),
	    "what is folded is UTF-8");
}

static void
decode_date(const char *s, size_t n, struct buf *out)
{
	int whole = date_parse(s);

	(void)n;
	fuzz_check(whole == DATE_NONE || date_is_valid(whole),
	    "a date that is read is one");
	date_parse_iso(s);
	if (whole != DATE_NONE) {
		date_print(whole, out);
		date_print_dutch(whole, out);
	}
}

/* The first two bytes are the number of a code page. */
static void
decode_charset(const char *s, size_t n, struct buf *out)
{
	const struct charset *cs = NULL;

	if (n >= 2) {
		cs = charset_codepage((unsigned)(unsigned char)s[0] << 8 |
		    (unsigned char)s[1]);
		s += 2;
		n -= 2;
	}
	if (cs == NULL)
		cs = charset_find(s, strcspn(s, "\n"));
	charset_decode(cs != NULL ? cs : charset_of_page(s, n), s, n, out);
	fuzz_check(utf8_valid(buf_str(out), out->len), "text is UTF-8");
}

static void
decode_print(const char *s, size_t n, struct buf *out)
{
	CLEAN(buf_clear) struct buf again = BUF_INIT;
	struct textprint p, q;

	if (textprint_parse(s, n, &p)) {
		textprint_print(&p, out);
		fuzz_check(textprint_parse(out->s, out->len, &q),
		    "a print that is written can be read");
		textprint_print(&q, &again);
		fuzz_check(strcmp(out->s, again.s) == 0, "as it was");
	}
	textprint_make(s, utf8_valid(s, n) ? n : 0, &q);
}

/* The first byte says which. */
void
fuzz_decoders(const char *s, size_t n)
{
	static void (*const decoders[])(const char *, size_t, struct buf *) = {
		decode_charset, decode_date, decode_lzfu, decode_name,
		decode_number, decode_percent, decode_print, decode_utf8,
	};
	CLEAN(buf_clear) struct buf out = BUF_INIT;

	if (n > 0)
		decoders[(unsigned char)*s % NELEM(decoders)](s + 1, n - 1,
		    &out);
}
