/*
 * Archives, and what is in them: made here, as they should be and as they
 * should not.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "makearchive.h"
#include "tap.h"
#include "unpacked.h"

#define USUAL "\nmap/een.txt ok Een.\ntwee.txt ok Twee!\nleeg.txt ok \n"

static void
test_kinds(void)
{
	size_t i;

	for (i = 0; i < NELEM(kinds); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);

		make_archive(kinds[i].format, kinds[i].filter, NULL, usual,
		    NELEM(usual), &b);
		unpack_file(b.s, b.len, &u);
		ok(has_listed(&u, USUAL) && u.status == EXTRACT_OK &&
		    strcmp(u.format, kinds[i].name) == 0,
		    "%s gives its files, not its folders, links and leavings",
		    kinds[i].title);
		ok(u.read == EXTRACT_OK && u.counted == 3,
		    "and reading it counts them");
	}
}

/* One byte short of all, and then half of it. */
static void
test_truncated(void)
{
	size_t i;

	for (i = 0; i < NELEM(kinds); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);

		make_archive(kinds[i].format, kinds[i].filter, NULL, usual,
		    NELEM(usual), &b);
		unpack_file(b.s, kinds[i].filter != NULL ||
		    strcmp(kinds[i].name, "tar") != 0 ? b.len / 2 : 700, &u);
		ok(u.is_right && u.status == EXTRACT_MALFORMED &&
		    u.read == EXTRACT_MALFORMED && u.members.count == 0,
		    "half of %s is malformed", kinds[i].title);
	}
}

/* ---- names ---- */

static const struct {
	const char *title, *name, *path;
} names[] = {
	{ "up and out", "../../../etc/passwd", "etc/passwd" },
	{ "from the root", "/etc/passwd", "etc/passwd" },
	{ "a drive and backslashes", "C:\\map\\x.txt", "map/x.txt" },
	{ "a line end", "a\nb\r.txt", "a b .txt" },
	{ "an escape and a zero-width trick",
	    "a\x1B[2Jb\xE2\x80\xAE" "fdp.exe", "a [2Jbfdp.exe" },
	{ "empty and dotted segments", "./a//b/./c.txt", "a/b/c.txt" },
	{ "spaces around", " map / x .txt ", "map/x .txt" },
	{ "UTF-8", "Syri\xC3\xAB.txt", "Syri\xC3\xAB.txt" },
	{ "DOS", "Syri\x89 en co\x94rdinatie.txt",
	    "Syri\xC3\xAB en co\xC3\xB6rdinatie.txt" },
	{ "Windows", "Syri\xEB \x96 re\xEFntegratie.txt",
	    "Syri\xC3\xAB \xE2\x80\x93 re\xC3\xAFntegratie.txt" },
	{ "French on Windows", "\xE9l\xE9gant.txt",
	    "\xC3\xA9l\xC3\xA9gant.txt" },
	{ "Shift-JIS", "\x95\xB6\x8F\xCD.txt",
	    "\xE6\x96\x87\xE7\xAB\xA0.txt" },
};

static void
test_names(void)
{
	size_t i;

	for (i = 0; i < NELEM(names); i++) {
		struct packed one = { names[i].name, "x", 1, 0 };
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct buf line CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);

		make_archive("zip", NULL, NULL, &one, 1, &b);
		unpack_file(b.s, b.len, &u);
		buf_addf(&line, "\n%s ok x\n", names[i].path);
		ok(has_listed(&u, line.s), "a name is made safe: %s",
		    names[i].title);
	}
}

static void
test_long_name(void)
{
	struct buf name CLEAN(buf_clear) = BUF_INIT;
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);
	struct packed one = { NULL, "x", 1, 0 };
	int i;

	for (i = 0; i < 300; i++)
		buf_adds(&name, i % 30 == 0 ? "\xC3\xAB/" : "\xC3\xAB\xC3\xAB/");
	for (i = 0; i < 300; i++)
		buf_adds(&name, "\xC3\xAB");
	buf_adds(&name, ".docx");
	one.name = name.s;
	make_archive("paxr", NULL, NULL, &one, 1, &b);
	unpack_file(b.s, b.len, &u);
	ok(u.is_right && u.members.count == 1 &&
	    strlen(u.members.items[0].name) < 400 &&
	    strcmp(strchr(u.members.items[0].name, '.'), ".docx") == 0,
	    "what is too long is cut, but not its extension");
}

static void
test_doubles(void)
{
	static const struct packed doubles[] = {
		FILE_OF("a.txt", "1"), FILE_OF("./a.txt", "2"),
		FILE_OF("x/../a.txt", "3"), FILE_OF("a (2).txt", "4"),
		FILE_OF("b.zip", "5"), FILE_OF("b.zip/in.txt", "6"),
		FILE_OF("c/in.txt", "7"), FILE_OF("c", "8"),
		FILE_OF("..", "9"), FILE_OF("a", "10"), FILE_OF("a", "11"),
	};
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);

	make_archive("paxr", NULL, NULL, doubles, NELEM(doubles), &b);
	unpack_file(b.s, b.len, &u);
	ok(has_listed(&u, "\na.txt ok 1\na (2).txt ok 2\nx/a.txt ok 3\n"
	    "a (2) (2).txt ok 4\nb.zip ok 5\nb (2).zip/in.txt ok 6\n"
	    "c/in.txt ok 7\nc (2) ok 8\nnaamloos ok 9\na ok 10\na (2) ok 11\n"),
	    "no two files have one name, nor is one the folder of another");
}

/* ---- limits ---- */

static void
test_limits(void)
{
	static char zeros[20 << 20];
	const struct packed big[] = {
		FILE_OF("klein.txt", "k"),
		{ "groot.bin", zeros, 100000, 0 },
		FILE_OF("laatst.txt", "l"),
	};
	const struct packed bomb = { "bom", zeros, sizeof zeros, 0 };
	size_t i;

	for (i = 0; i < NELEM(kinds); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct buf bad CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);
		struct unpacked v CLEAN(unpacked_clear);
		struct unpacked w CLEAN(unpacked_clear);

		make_archive(kinds[i].format, kinds[i].filter, NULL, big,
		    NELEM(big), &b);
		unpack_within(b.s, b.len, 1 << 20, 50000, &u);
		ok(has_listed(&u, "\nklein.txt ok k\ngroot.bin too-big \n"
		    "laatst.txt ok l\n"),
		    "a file too big is left out of %s, the others not",
		    kinds[i].title);
		unpack_within(b.s, b.len, 100000, 100000, &v);
		ok(is_refused(&v, EXTRACT_BOMB, "inflates beyond the limit"),
		    "more than the budget is a bomb");
		if (strcmp(kinds[i].name, "tar") == 0)
			continue;
		make_archive(kinds[i].format, kinds[i].filter, NULL, &bomb, 1,
		    &bad);
		unpack_file(bad.s, bad.len, &w);
		ok(is_refused(&w, EXTRACT_BOMB, "inflates beyond the limit") &&
		    w.read == EXTRACT_BOMB, "and so is nothing but zeros");
	}
}

static void
test_many(void)
{
	struct packed *all = xcalloc(100000, sizeof *all);
	size_t i;

	for (i = 0; i < 100000; i++)
		all[i] = (struct packed){ "x", "", 0, 0 };
	for (i = 0; i < NELEM(kinds); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);

		if (strcmp(kinds[i].name, "xz") == 0 ||
		    strcmp(kinds[i].name, "bz2") == 0)
			continue;
		make_archive(kinds[i].format, kinds[i].filter, NULL, all,
		    strcmp(kinds[i].name, "zip") == 0 ? 100000 : 10001, &b);
		unpack_file(b.s, b.len, &u);
		ok(u.is_right && u.status == EXTRACT_BOMB &&
		    u.read == EXTRACT_BOMB && u.members.count == 0,
		    "too many empty files are a bomb in %s", kinds[i].title);
	}
	free(all);
}

/* ---- ZIP ---- */

/* The n-th record of a ZIP file with that signature. */
static char *
zip_record(const struct buf *b, const char *signature, int n)
{
	char *p = b->s, *end = b->s + b->len;

	while ((p = memmem(p, (size_t)(end - p), signature, 4)) != NULL &&
	    n-- > 0)
		p += 4;
	return p;
}

#define LOCAL "PK\3\4"
#define CENTRAL "PK\1\2"
#define END "PK\5\6"

static void
set_encrypted(const struct buf *b, int n)
{
	zip_record(b, LOCAL, n)[6] |= 1;
	zip_record(b, CENTRAL, n)[8] |= 1;
}

static void
test_encrypted(void)
{
	static const struct packed two[] = {
		FILE_OF("open.txt", "open"), FILE_OF("dicht.txt", "xxxx"),
	};
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear), v CLEAN(unpacked_clear);

	make_archive("zip", NULL, NULL, two, NELEM(two), &b);
	set_encrypted(&b, 1);
	unpack_file(b.s, b.len, &u);
	ok(has_listed(&u, "\nopen.txt ok open\ndicht.txt encrypted \n") &&
	    u.read == EXTRACT_OK && u.counted == 2,
	    "an encrypted file among others is said to be so");
	set_encrypted(&b, 0);
	unpack_file(b.s, b.len, &v);
	ok(is_refused(&v, EXTRACT_ENCRYPTED, "") &&
	    v.read == EXTRACT_ENCRYPTED, "all encrypted: the archive is");
}

/* Deflated bytes that are none; then a checksum that is wrong. */
static void
test_damaged(void)
{
	static const struct packed three[] = {
		FILE_OF("een.txt", "eeneeneeneeneeneeneeneeneeneeneeneeneen"),
		FILE_OF("twee.txt", "tweetweetweetweetweetweetweetweetwee"),
		FILE_OF("drie.txt", "drie"),
	};
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);
	char *p;

	make_archive("zip", NULL, "zip:compression=deflate", three,
	    NELEM(three), &b);
	p = zip_record(&b, LOCAL, 1);
	memset(p + 30 + 8 + (unsigned char)p[28], 0xFF, 8);
	unpack_file(b.s, b.len, &u);
	ok(has_listed(&u, "\neen.txt ok eeneeneeneeneeneeneeneeneeneeneeneene"
	    "en\ntwee.txt malformed \ndrie.txt ok drie\n"),
	    "one damaged file costs that one");
}

static void
test_overlap(void)
{
	static char noise[5000];
	struct packed one = { "a.bin", noise, sizeof noise, 0 };
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct buf c CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);
	size_t at, len, i;
	char *end;

	for (i = 0; i < sizeof noise; i++)
		noise[i] = (char)(i * i * 31 >> 3);
	make_archive("zip", NULL, "zip:compression=store", &one, 1, &b);
	at = (size_t)(zip_record(&b, CENTRAL, 0) - b.s);
	end = zip_record(&b, END, 0);
	len = (size_t)(end - b.s) - at;
	buf_add(&c, b.s, at + len);
	buf_add(&c, b.s + at, len);
	i = c.len;
	buf_add(&c, end, 22);
	c.s[i + 8] = c.s[i + 10] = 2;
	c.s[i + 12] = (char)(2 * len);
	c.s[i + 13] = (char)(2 * len >> 8);
	unpack_file(c.s, c.len, &u);
	ok(is_refused(&u, EXTRACT_BOMB, "overlapping ZIP entries") &&
	    u.read == EXTRACT_BOMB, "entries that share bytes are a bomb");
}

static void
test_nested(void)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT, c CLEAN(buf_clear) =
	    BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);
	struct packed outer = { "binnen.zip", NULL, 0, 0 };

	make_archive("zip", NULL, NULL, usual, NELEM(usual), &b);
	outer.bytes = b.s;
	outer.len = b.len;
	make_archive("zip", NULL, NULL, &outer, 1, &c);
	unpack_file(c.s, c.len, &u);
	ok(u.is_right && u.members.count == 1 &&
	    u.members.items[0].len == b.len &&
	    memcmp(u.members.bytes.s + u.members.items[0].at, b.s,
	    b.len) == 0, "an archive within is one file, byte by byte");
}

/* Pages, Hangul and others that are not read. */
static void
test_package(void)
{
	static const struct packed parts[] = {
		FILE_OF("buildVersionHistory.plist", "<plist/>"),
		FILE_OF("index.xml", "<sl:document/>"),
	};
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);

	make_archive("zip", NULL, NULL, parts, NELEM(parts), &b);
	unpack_file(b.s, b.len, &u);
	ok(has_listed(&u, "\n") && u.read == EXTRACT_UNSUPPORTED,
	    "a document in pieces is one that is not read, not its pieces");
}

/* ---- one file, packed ---- */

static void
test_raw(void)
{
	static const struct packed one = FILE_OF("x", "Een tekst.");
	static const char *const filters[] = { "gzip", "bzip2", "xz",
	    "zstd" };
	size_t i;

	for (i = 0; i < NELEM(filters); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);
		struct unpacked v CLEAN(unpacked_clear);

		make_archive("raw", filters[i], NULL, &one, 1, &b);
		unpack_file(b.s, b.len, &u);
		ok(has_listed(&u, "\n ok Een tekst.\n") && u.counted == 1,
		    "a file packed with %s is one without a name",
		    filters[i]);
		unpack_file(b.s, b.len - 9, &v);
		ok(v.is_right && v.status == EXTRACT_MALFORMED,
		    "half of it is malformed");
	}
}

static void
test_zeros(void)
{
	char *zeros = xcalloc(1, 12 << 20);
	const struct packed one = { "x", zeros, 12 << 20, 0 };
	struct buf b CLEAN(buf_clear) = BUF_INIT, c CLEAN(buf_clear) =
	    BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear), v CLEAN(unpacked_clear);
	const struct packed few = { "x", zeros, 10240, 0 };

	make_archive("raw", "gzip", NULL, &one, 1, &b);
	unpack_file(b.s, b.len, &u);
	ok(is_refused(&u, EXTRACT_BOMB, "inflates beyond the limit"),
	    "zeros that look like the end of a tar file are a bomb");
	make_archive("raw", "gzip", NULL, &few, 1, &c);
	unpack_file(c.s, c.len, &v);
	if (!ok(has_listed(&v, "\n") && v.read == EXTRACT_OK,
	    "those of an empty one are none"))
		printf("# %d %d %s\n", v.status, v.read, buf_str(&v.lines));
	free(zeros);
}

static void
test_prefixed(void)
{
	static const struct packed one = FILE_OF("x.txt", "Een tekst.");
	struct buf b CLEAN(buf_clear) = BUF_INIT, c CLEAN(buf_clear) =
	    BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);

	make_archive("zip", NULL, NULL, &one, 1, &c);
	buf_add(&b, "MZ\0\1\2\3\4\5\6\7\0\1\2\3\4\5", 16);
	buf_add(&b, c.s, c.len);
	unpack_file(b.s, b.len, &u);
	ok(has_listed(&u, "\nx.txt ok Een tekst.\n"),
	    "an archive that unpacks itself gives its files");
}

static void
test_packed_often(void)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);
	int i;

	buf_adds(&b, "Een tekst.");
	for (i = 0; i < 40; i++) {
		struct buf c CLEAN(buf_clear) = BUF_INIT;
		const struct packed one = { "x", b.s, b.len, 0 };

		make_archive("raw", "gzip", NULL, &one, 1, &c);
		buf_cut(&b, 0);
		buf_add(&b, c.s, c.len);
	}
	unpack_file(b.s, b.len, &u);
	ok(is_refused(&u, EXTRACT_BOMB, "packed too many times"),
	    "a file that is packed forty times is a bomb");
}

/* ---- damage of all kinds ---- */

static void
test_mutants(void)
{
	uint32_t seed = 20261122;
	size_t i, k, wrong = 0;

	for (i = 0; i < NELEM(kinds); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;

		make_archive(kinds[i].format, kinds[i].filter, NULL, usual,
		    NELEM(usual), &b);
		for (k = 0; k < 300; k++) {
			struct buf c CLEAN(buf_clear) = BUF_INIT;
			struct unpacked u CLEAN(unpacked_clear);

			buf_add(&c, b.s, b.len);
			seed = seed * 1664525 + 1013904223;
			c.s[(seed >> 4) % c.len] = (char)(seed >> 24);
			seed = seed * 1664525 + 1013904223;
			if (k % 3 == 0)
				buf_cut(&c, (seed >> 8) % c.len + 1);
			unpack_file(c.s, c.len, &u);
			wrong += !u.is_right;
		}
	}
	ok(wrong == 0, "whatever the damage, what comes out is right");
}

int
main(void)
{
	formats_init();
	test_kinds();
	test_truncated();
	test_names();
	test_long_name();
	test_doubles();
	test_limits();
	test_many();
	test_encrypted();
	test_damaged();
	test_overlap();
	test_nested();
	test_package();
	test_raw();
	test_zeros();
	test_prefixed();
	test_packed_often();
	test_mutants();
	return tap_done();
}
