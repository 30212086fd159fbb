#include <config.h>

#include "gather/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/out.h"
#include "formats/wire.h"
#include "tap.h"

/* A generator of our own: the same numbers everywhere. */
static uint32_t seed = 20261122;

static uint32_t
pick(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static bool
reads(const char *s, size_t n)
{
	struct extracted x = { 0 };
	bool is_right = records_read(s, n, &x);

	extracted_clear(&x);
	return is_right;
}

/* Complete records that are right, or wrong in one way. */
static const struct {
	const char *s;
	bool is_right;
	const char *title;
} cases[] = {
	{ "status 2\nok\nend 0\n\n", true, "the least there is" },
	{ "meta 5\na=b=c\nformat 3\npdf\nmeta 3\nd=e\npage 1\n3\n"
	    "heading2 1\nK\ntext 1\nt\nmeta 3\nf=g\nstatus 9\nencrypted\n"
	    "reason 3\nwhy\nend 0\n\n", true, "every kind, in order" },
	{ "", false, "nothing" },
	{ "status 2\nok\n", false, "no end" },
	{ "end 0\n\n", false, "no status" },
	{ "status 2\nok\nend 0\n", false, "half an end" },
	{ "status 2\nok\nend 0\n\n\n", false, "a byte behind the end" },
	{ "status 2\nok\nend 1\nx\n", false, "an end with bytes" },
	{ "status 2\nok\nstatus 2\nok\nend 0\n\n", false, "two statuses" },
	{ "status 7\ncrashed\nend 0\n\n", false, "a status of others" },
	{ "status 2\nno\nend 0\n\n", false, "an unknown status" },
	{ "reason 1\nx\nstatus 2\nok\nend 0\n\n", false,
	    "a reason before the status" },
	{ "status 2\nok\nreason 1\nx\nreason 1\nx\nend 0\n\n", false,
	    "two reasons" },
	{ "status 2\nok\ntext 1\nt\nend 0\n\n", false,
	    "text behind the status" },
	{ "format 3\npdf\nformat 3\npdf\nstatus 2\nok\nend 0\n\n", false,
	    "two formats" },
	{ "pictures 1\n7\nrecognised 1\n2\nstatus 2\nok\nend 0\n\n", true,
	    "pages that are pictures, and that were recognised" },
	{ "pictures 1\n0\nstatus 2\nok\nend 0\n\n", false, "no pictures" },
	{ "recognised 1\n1\nrecognised 1\n1\nstatus 2\nok\nend 0\n\n", false,
	    "pages that were recognised, twice" },
	{ "members 1\n7\nstatus 2\nok\nend 0\n\n", true, "files within" },
	{ "members 1\n0\nstatus 2\nok\nend 0\n\n", false,
	    "none of them, said" },
	{ "members 5\n10001\nstatus 2\nok\nend 0\n\n", false,
	    "too many of them" },
	{ "members 2\n-1\nstatus 2\nok\nend 0\n\n", false,
	    "less than none" },
	{ "members 1\n1\nmembers 1\n1\nstatus 2\nok\nend 0\n\n", false,
	    "two numbers of them" },
	{ "status 2\nok\nmembers 1\n1\nend 0\n\n", false,
	    "their number behind the status" },
	{ "member 5\na\nok\n\nstatus 2\nok\nend 0\n\n", false,
	    "one of them that was not asked for" },
	{ "format 3\nPDF\nstatus 2\nok\nend 0\n\n", false,
	    "a format in capitals" },
	{ "format 16\nabcdefghijklmnop\nstatus 2\nok\nend 0\n\n", false,
	    "a long format" },
	{ "text 1\nt\nformat 3\npdf\nstatus 2\nok\nend 0\n\n", false,
	    "a format behind text" },
	{ "other 1\nt\nstatus 2\nok\nend 0\n\n", false, "an unknown kind" },
	{ "heading7 1\nt\nstatus 2\nok\nend 0\n\n", false, "a seventh level" },
	{ "heading0 1\nt\nstatus 2\nok\nend 0\n\n", false, "a zeroth level" },
	{ "text 01\nt\nstatus 2\nok\nend 0\n\n", false,
	    "a length with a zero in front" },
	{ "text +1\nt\nstatus 2\nok\nend 0\n\n", false,
	    "a length with a sign" },
	{ "text -1\nt\nstatus 2\nok\nend 0\n\n", false, "a negative length" },
	{ "text 1 \nt\nstatus 2\nok\nend 0\n\n", false,
	    "a length with a blank" },
	{ "text 2\nt\nstatus 2\nok\nend 0\n\n", false, "a length too long" },
	{ "text 99999999999999999999\nt\n", false, "an impossible length" },
	{ "text 0\n\nstatus 2\nok\nend 0\n\n", false, "empty text" },
	{ "text 3\na\nb\nstatus 2\nok\nend 0\n\n", false,
	    "a newline in text" },
	{ "text 1\n\x01\nstatus 2\nok\nend 0\n\n", false, "a control" },
	{ "text 2\n\xc3\x28\nstatus 2\nok\nend 0\n\n", false,
	    "broken UTF-8" },
	{ "text 3\n\xe2\x80\xae\nstatus 2\nok\nend 0\n\n", false,
	    "a bidirectional override" },
	{ "text 3\na\tb\nstatus 2\nok\nend 0\n\n", true,
	    "a tab between cells" },
	{ "meta 2\n=b\nstatus 2\nok\nend 0\n\n", false, "a nameless value" },
	{ "meta 2\na=\nstatus 2\nok\nend 0\n\n", false, "an empty value" },
	{ "meta 2\nab\nstatus 2\nok\nend 0\n\n", false, "no value" },
	{ "page 1\n0\nstatus 2\nok\nend 0\n\n", false, "page 0" },
	{ "page 1\n2\npage 1\n2\nstatus 2\nok\nend 0\n\n", false,
	    "a page twice" },
	{ "page 1\n2\npage 1\n1\nstatus 2\nok\nend 0\n\n", false,
	    "pages that go back" },
	{ "page 2\n1x\nstatus 2\nok\nend 0\n\n", false,
	    "a page that is no number" },
	{ "page 7\n1000001\nstatus 2\nok\nend 0\n\n", false,
	    "a millionth page and one" },
};

static void
test_cases(void)
{
	size_t i;

	for (i = 0; i < NELEM(cases); i++)
		ok(reads(cases[i].s, strlen(cases[i].s)) == cases[i].is_right,
		    "%s: %s", cases[i].is_right ? "right" : "refused",
		    cases[i].title);
}

static void
test_nul(void)
{
	static const char s[] = "text 1\n\0\nstatus 2\nok\nend 0\n\n";
	static const char f[] = "format 1\n\0\nstatus 2\nok\nend 0\n\n";

	ok(!reads(s, sizeof s - 1) && !reads(f, sizeof f - 1),
	    "refused: a NUL");
}

static void
test_every_prefix(void)
{
	const char *s = cases[1].s;
	size_t n, len = strlen(s);
	int taken = 0;

	for (n = 0; n < len; n++)
		taken += reads(s, n);
	ok(taken == 0, "refused: every beginning of a right one");
}

/* Pieces that random text is made of, many of them to be cleaned away. */
static const char *const pieces[] = {
	"woord", " ", "  ", "\t", "\n", "\r\n", "\xc2\xa0", "\xe2\x80\x83",
	"\xe3\x80\x80", "\xc3\xab", "\x01", "\x7f", "\xff", "\xe2\x82", "=",
	"\xe2\x80\xae", "\xef\xbf\xbe", "\xf0\x9f\x98\x80", "status 2\nok\n",
	"end 0\n\n", "\xc2\x85", "\xe1\x9a\x80", "\xe2\x80\x9c", "",
};

static void
random_text(struct buf *b)
{
	uint32_t n = pick(12);

	buf_cut(b, 0);
	while (n-- > 0)
		buf_adds(b, pieces[pick(NELEM(pieces))]);
}

/* What a document should become, worked out apart. */
struct model {
	struct buf text;
	size_t nmeta, nmarks;
	uint32_t page, members, pictures, recognised;
};

/* Folding, by way of words: slow and plain. */
static void
fold(const struct buf *in, struct buf *out)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT;
	size_t i = 0, len;
	bool is_in_space = false, has_tab = false;
	uint32_t c = 0;

	utf8_clean(buf_str(in), in->len, &clean);
	while (i < clean.len) {
		len = utf8_decode(clean.s + i, clean.len - i, &c);
		if (utf8_is_space(c)) {
			is_in_space = true;
			has_tab |= c == '\t';
		} else {
			if (is_in_space && out->len > 0)
				buf_addc(out, has_tab ? '\t' : ' ');
			is_in_space = has_tab = false;
			buf_add(out, clean.s + i, len);
		}
		i += len;
	}
}

static void
random_call(struct out *o, struct model *m, struct buf *b)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	uint32_t n;

	random_text(b);
	fold(b, &folded);
	switch (pick(5)) {
	case 0:
		n = pick(5);
		out_page(o, n);
		if (n > m->page) {
			m->page = n;
			m->nmarks++;
		}
		return;
	case 1:
		out_meta(o, "naam = x", buf_str(b), b->len);
		m->nmeta += folded.len > 0;
		return;
	case 2:
		out_heading(o, pick(9), buf_str(b), b->len);
		m->nmarks += folded.len > 0;
		break;
	default:
		out_text(o, buf_str(b), b->len);
	}
	if (folded.len > 0) {
		buf_add(&m->text, folded.s, folded.len);
		buf_addc(&m->text, '\n');
	}
}

static bool
marks_hold(const struct extracted *x)
{
	size_t i, at = 0;

	for (i = 0; i < x->nmarks; i++) {
		const struct extract_mark *m = &x->marks[i];

		if (m->at < at || m->at > x->text.len ||
		    (m->page == 0) == (m->level == 0) || m->level > 6)
			return false;
		if (m->level > 0 && (m->at + m->len >= x->text.len ||
		    x->text.s[m->at + m->len] != '\n' ||
		    memchr(x->text.s + m->at, '\n', m->len) != NULL))
			return false;
		at = m->at;
	}
	return true;
}

static bool
same(const struct extracted *a, const struct extracted *b)
{
	size_t i;

	if (a->nmarks != b->nmarks || a->nmeta != b->nmeta ||
	    a->text.len != b->text.len || a->pages != b->pages ||
	    a->members != b->members || a->pictures != b->pictures ||
	    a->recognised != b->recognised)
		return false;
	for (i = 0; i < a->nmarks; i++)
		if (a->marks[i].at != b->marks[i].at ||
		    a->marks[i].page != b->marks[i].page ||
		    a->marks[i].level != b->marks[i].level ||
		    a->marks[i].len != b->marks[i].len)
			return false;
	for (i = 0; i < a->nmeta; i++)
		if (strcmp(a->meta[i].name, b->meta[i].name) != 0 ||
		    strcmp(a->meta[i].value, b->meta[i].value) != 0)
			return false;
	return a->status == b->status && strcmp(a->reason, b->reason) == 0 &&
	    strcmp(a->format, b->format) == 0 &&
	    memcmp(buf_str(&a->text), buf_str(&b->text), a->text.len) == 0;
}

static bool
round_trips(void)
{
	CLEAN(out_clear) struct out o;
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(extracted_clear) struct extracted y = { 0 };
	struct model m = { .text = BUF_INIT };
	uint32_t n = pick(30);
	CLEAN(buf_clear) struct buf again = BUF_INIT;
	bool is_right;

	out_init(&o, -1);
	out_format(&o, "test");
	while (n-- > 0)
		random_call(&o, &m, &b);
	m.members = pick(3);
	out_members(&o, m.members);
	m.pictures = pick(3);
	out_pictures(&o, m.pictures);
	m.recognised = pick(3);
	out_recognised(&o, m.recognised);
	random_text(&b);
	out_reason(&o, buf_str(&b));
	out_end(&o, EXTRACT_OK);
	is_right = records_read(o.records.s, o.records.len, &x) &&
	    x.status == (m.text.len > 0 ? EXTRACT_OK : EXTRACT_EMPTY) &&
	    x.text.len == m.text.len && x.nmeta == m.nmeta &&
	    strcmp(buf_str(&x.text), buf_str(&m.text)) == 0 &&
	    x.nmarks == m.nmarks && x.pages == m.page &&
	    x.members == m.members && x.pictures == m.pictures &&
	    x.recognised == m.recognised && marks_hold(&x) &&
	    (x.nmeta == 0 || strcmp(x.meta[0].name, "naam___x") == 0);
	buf_clear(&m.text);
	records_print(&x, &again);
	return is_right && records_read(again.s, again.len, &y) &&
	    same(&x, &y);
}

static void
test_round_trips(void)
{
	int i, bad = 0;

	for (i = 0; i < 5000; i++)
		bad += !round_trips();
	ok(bad == 0, "what is written is read back, 5,000 times");
}

static void
test_random(void)
{
	static const char *const words[] = { "text", "meta", "page", "end",
	    "status", "ok", "\n", " ", "0", "1", "2", "9", "=", "heading1",
	    "\xff", "x", "format", "4294967296", "reason" };
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	int i, n;

	for (i = 0; i < 20000; i++) {
		buf_cut(&b, 0);
		for (n = (int)pick(40); n > 0; n--)
			buf_adds(&b, words[pick(NELEM(words))]);
		reads(buf_str(&b), b.len);
	}
	ok(1, "20,000 random records do no harm");
}

/* Flip, drop or double bytes of right records. */
static void
test_mutants(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t len = strlen(cases[1].s), at;
	int i, taken = 0;

	for (i = 0; i < 20000; i++) {
		struct extracted x = { 0 };

		buf_cut(&b, 0);
		buf_adds(&b, cases[1].s);
		at = pick((uint32_t)len);
		switch (pick(3)) {
		case 0:
			b.s[at] = (char)pick(256);
			break;
		case 1:
			memmove(b.s + at, b.s + at + 1, b.len - at);
			b.len--;
			break;
		default:
			buf_addc(&b, 'x');
			memmove(b.s + at + 1, b.s + at, b.len - at - 1);
		}
		if (records_read(b.s, b.len, &x)) {
			taken++;
			if (!marks_hold(&x) ||
			    !utf8_valid(buf_str(&x.text), x.text.len))
				ok(0, "a mutant breaks a promise");
		}
		extracted_clear(&x);
	}
	ok(taken < 8000, "20,000 mutants do no harm (%d pass)", taken);
}

static size_t
count_named(const struct extracted *x, const char *name)
{
	size_t i, n = 0;

	for (i = 0; i < x->nmeta; i++)
		n += strcmp(x->meta[i].name, name) == 0;
	return n;
}

/* What only a sidecar may say, however it is spelled. */
static void
test_sidecar_names(void)
{
	static const char *const names[] = { "diwoo:x", "DiWoo:x",
	    "di\xe2\x80\xaewoo:x", "diwoo:", "\xc2\xa0\x64iwoo:x" };
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(out_clear) struct out o;
	size_t i;

	out_init(&o, -1);
	out_sidecar_meta(&o, "x", "sidecar", 7);
	for (i = 0; i < NELEM(names); i++)
		out_meta(&o, names[i], "other", 5);
	out_end(&o, EXTRACT_OK);
	ok(records_read(o.records.s, o.records.len, &x) && x.nmeta == 1 &&
	    strcmp(x.meta[0].value, "sidecar") == 0,
	    "no document speaks as if it were a sidecar");
}

/* Records that are kept have the statuses of supervisors, too. */
static void
test_kept(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	struct extracted x = { .status = EXTRACT_LIMIT_CPU }, y = { 0 };
	struct extracted z = { 0 };

	records_print(&x, &b);
	ok(records_read_kept(b.s, b.len, &y) &&
	    y.status == EXTRACT_LIMIT_CPU && !records_read(b.s, b.len, &z),
	    "a supervisor's status is read back, but not from a worker");
}

static void
test_limits(void)
{
	CLEAN(buf_clear) struct buf long_text = BUF_INIT;
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(out_clear) struct out o;
	int i;

	while (long_text.len < 100000)
		buf_adds(&long_text, "\xc3\xab");
	out_init(&o, -1);
	for (i = 0; i < 5000; i++) {
		out_sidecar_meta(&o, "x", "y", 1);
		out_meta(&o, long_text.s, long_text.s, long_text.len);
	}
	out_text(&o, "x", 1);
	out_page(&o, 2000000);
	out_reason(&o, long_text.s);
	out_end(&o, EXTRACT_BOMB);
	ok(records_read(o.records.s, o.records.len, &x) &&
	    x.nmeta == WIRE_METAS && x.pages == 0 &&
	    strlen(x.meta[1].name) == WIRE_NAME_BYTES &&
	    strlen(x.meta[1].value) == WIRE_VALUE_BYTES &&
	    count_named(&x, "diwoo:x") == WIRE_SIDECAR_METAS &&
	    strlen(x.reason) == WIRE_REASON_BYTES &&
	    x.status == EXTRACT_BOMB,
	    "what is too long is cut at a character, too many are dropped");
}

static void
test_headings(void)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(out_clear) struct out o;
	int i;

	out_init(&o, -1);
	for (i = 0; i < WIRE_HEADINGS + 10; i++)
		out_heading(&o, 1, "k", 1);
	out_end(&o, EXTRACT_OK);
	ok(records_read(o.records.s, o.records.len, &x) &&
	    x.nmarks == WIRE_HEADINGS &&
	    x.text.len == 2 * (WIRE_HEADINGS + 10),
	    "too many headings are text");
}

int
main(void)
{
	test_cases();
	test_nul();
	test_every_prefix();
	test_round_trips();
	test_random();
	test_mutants();
	test_sidecar_names();
	test_kept();
	test_limits();
	test_headings();
	return tap_done();
}
