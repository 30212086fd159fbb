/*
 * The manifest of a generation: every kind of damage is found and named.
 */
#include <config.h>

#include "index/manifest.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "scratch.h"
#include "tap.h"

static const struct manifest_facts facts = {
	.generation = 17, .documents = 19686,
	.fingerprint = UINT64_C(0x0123456789abcdef),
	.made = "2026-11-22T03:00:00Z",
	.extractor = "naslag 1\npoppler 22.12",
};

static void
get(const char *name, struct buf *out)
{
	FILE *f = fopen(at(name), "re");

	buf_cut(out, 0);
	if (f == NULL)
		abort();
	buf_grew(out, fread(buf_room(out, 1 << 20), 1, 1 << 20, f));
	fclose(f);
}

/* Files as in a generation, with other names and sizes. */
static const struct {
	const char *name;
	size_t size;
} parts[] = {
	{ "position.glass", 200000 }, { "postlist.glass", 65536 },
	{ "termlist.glass", 65537 }, { "docdata.glass", 1 },
	{ "iamglass", 130 }, { "files", 5000 }, { "words", 0 },
	{ "a b\nc%\x7F\xEB", 17 },
};

static void
write_parts(void)
{
	static unsigned char bytes[200000];
	unsigned seed = 4;
	size_t i, k;

	for (i = 0; i < NELEM(parts); i++) {
		for (k = 0; k < parts[i].size; k++)
			bytes[k] = (unsigned char)(
			    (seed = seed * 1103515245 + 12345) >> 16);
		put_file(parts[i].name, bytes, parts[i].size);
	}
	put_file("flintlock", "", 0);
}

/* Is the damage found, and the file with that (encoded) name named? */
static bool
is_found(enum manifest_depth depth, const char *name, const char *what)
{
	CLEAN(str_free) char *want = xasprintf("%s/%s: %s", scratch, name, what);
	struct error err = ERROR_INIT;

	if (manifest_verify(scratch, depth, NULL, &err) == -1 &&
	    err.kind == ERROR_INDEX && strncmp(err.msg, want, strlen(want)) == 0)
		return true;
	printf("# got '%s', not '%s'\n", err.msg, want);
	return false;
}

static bool
is_whole(void)
{
	struct error err = ERROR_INIT;

	if (manifest_verify(scratch, MANIFEST_CONTENTS, NULL, &err) == 0 &&
	    manifest_verify(scratch, MANIFEST_SIZES, NULL, &err) == 0)
		return true;
	printf("# %s\n", err.msg);
	return false;
}

static void
test_whole(void)
{
	struct manifest_facts got = { 0 };
	struct error err = ERROR_INIT;

	ok(manifest_write(scratch, &facts, NULL, &err) == 0,
	    "a manifest is written %s", err.msg);
	ok(is_whole(), "a whole generation is found whole, odd names and all");
	ok(manifest_verify(scratch, MANIFEST_SIZES, &got, &err) == 0 &&
	    got.generation == facts.generation &&
	    got.documents == facts.documents &&
	    got.fingerprint == facts.fingerprint &&
	    strcmp(got.made, facts.made) == 0, "and its facts are read");
	ok(strcmp(got.extractor, "naslag 1 poppler 22.12") == 0,
	    "each of them on one line");
	unlink(at("flintlock"));
	ok(is_whole(), "Xapian's lock does not count");
	ok(manifest_write(at("nowhere"), &facts, NULL, &err) == -1 &&
	    err.kind == ERROR_IO, "there is none of a directory that is not");
}

/* ---- files ---- */

static void
test_files(void)
{
	CLEAN(buf_clear) struct buf was = BUF_INIT;
	size_t i;

	for (i = 0; i < NELEM(parts); i++) {
		const char *name = parts[i].name;
		CLEAN(str_free) char *shown = xstrdup(*name != 'a' ? name :
		    "a b%0Ac%25%7F\xEB");

		get(name, &was);
		unlink(at(name));
		ok(is_found(MANIFEST_SIZES, shown, "missing"),
		    "%s is missing", shown);
		put_file(name, was.s, was.len);
		if (was.len == 0)
			continue;
		put_file(name, was.s, was.len - 1);
		ok(is_found(MANIFEST_SIZES, shown, "cut"), "%s is cut", shown);
		put_file(name, "", 0);
		ok(is_found(MANIFEST_SIZES, shown, "cut"), "%s is emptied",
		    shown);
		was.s[was.len / 2] ^= 1;
		put_file(name, was.s, was.len);
		ok(is_found(MANIFEST_CONTENTS, shown, "other content"),
		    "%s has another bit", shown);
		was.s[was.len / 2] ^= 1;
		buf_addc(&was, 'x');
		put_file(name, was.s, was.len);
		ok(is_found(MANIFEST_SIZES, shown, "other content"),
		    "%s has grown", shown);
		put_file(name, was.s, was.len - 1);
	}
	ok(is_whole(), "put back as it was, it is whole again");
}

static void
test_others(void)
{
	static const char *const what = "not part of the generation";

	put_file("more", "", 0);
	ok(is_found(MANIFEST_SIZES, "more", what), "a foreign file is found");
	unlink(at("more"));
	put_file(".more", "", 0);
	ok(is_found(MANIFEST_SIZES, ".more", what), "a hidden one too");
	unlink(at(".more"));
	mkdir(at("directory"), 0755);
	ok(is_found(MANIFEST_SIZES, "directory", what), "a directory");
	rmdir(at("directory"));
	mkfifo(at("fifo"), 0644);
	ok(is_found(MANIFEST_CONTENTS, "fifo", what), "a FIFO, without waiting");
	unlink(at("fifo"));
	if (symlink("files", at("link")) == -1)
		abort();
	ok(is_found(MANIFEST_SIZES, "link", what), "a link");
	unlink(at("link"));
	if (rename(at("files"), at("elsewhere")) == -1 ||
	    symlink("elsewhere", at("files")) == -1)
		abort();
	ok(is_found(MANIFEST_CONTENTS, "files", what),
	    "a link in the place of a file");
	unlink(at("files"));
	rename(at("elsewhere"), at("files"));
	ok(is_whole(), "without them it is whole again");
}

static void
test_all_of_it(void)
{
	CLEAN(damages_clear) struct damages found = { 0 };

	rename(at("files"), at("gone"));
	put_file("iamglass", "abc", 3);
	ok(manifest_check(scratch, MANIFEST_CONTENTS, NULL, &found) == -1 &&
	    found.count == 3, "what is wrong is listed, each thing once");
	rename(at("gone"), at("files"));
	write_parts();
	ok(is_whole(), "the same bytes written anew are the same");
}

/* ---- the manifest itself ---- */

static void
test_manifest_cut(void)
{
	CLEAN(buf_clear) struct buf was = BUF_INIT;
	struct manifest_facts got = { .generation = 99 };
	struct error err = ERROR_INIT;
	bool cut = true;
	size_t n;

	get("MANIFEST", &was);
	for (n = 0; n < was.len; n++) {
		put_file("MANIFEST", was.s, n);
		cut &= is_found(MANIFEST_SIZES, "MANIFEST", "damaged");
	}
	ok(cut, "a manifest that is cut off anywhere is damaged");
	ok(manifest_verify(scratch, MANIFEST_SIZES, &got, &err) == -1 &&
	    got.generation == 99, "and says nothing");
	buf_addc(&was, '\n');
	put_file("MANIFEST", was.s, was.len);
	ok(is_found(MANIFEST_SIZES, "MANIFEST", "damaged"),
	    "so is one with another line");
	unlink(at("MANIFEST"));
	ok(is_found(MANIFEST_SIZES, "MANIFEST", "missing"), "one may be missing");
	mkdir(at("MANIFEST"), 0755);
	ok(is_found(MANIFEST_SIZES, "MANIFEST", "damaged"),
	    "a directory is none");
	rmdir(at("MANIFEST"));
	put_file("MANIFEST", was.s, was.len - 1);
	ok(is_whole(), "put back as it was, it is whole again");
}

/* Flip one bit of a file, or flip it back. */
static void
flip(const char *name, off_t byte, int bit)
{
	int fd = open(at(name), O_RDWR | O_CLOEXEC);
	unsigned char c;

	if (fd == -1 || pread(fd, &c, 1, byte) != 1)
		abort();
	c ^= (unsigned char)(1 << bit);
	if (pwrite(fd, &c, 1, byte) != 1)
		abort();
	close(fd);
}

static off_t
size_of(const char *name)
{
	struct stat st;

	return stat(at(name), &st) == 0 ? st.st_size : 0;
}

#define FLIPS 500

/* The n-th time in a file of its turn, MANIFEST included. */
static void
test_flips(void)
{
	CLEAN(damages_clear) struct damages found = { 0 };
	size_t n, good = 0;

	srand(20261122);
	for (n = 0; n < FLIPS; n++) {
		size_t turn = n % (NELEM(parts) + 1);
		const char *name = turn < NELEM(parts) ? parts[turn].name :
		    "MANIFEST";
		off_t byte;
		int bit = rand() % 8;

		if (size_of(name) == 0)
			name = "MANIFEST";
		byte = rand() % size_of(name);
		flip(name, byte, bit);
		good += manifest_check(scratch, MANIFEST_CONTENTS, NULL,
		    &found) == -1 && found.count == 1;
		damages_clear(&found);
		flip(name, byte, bit);
	}
	ok(good == FLIPS, "of %d flipped bits %zu are found", FLIPS, good);
	ok(is_whole(), "and flipped back, it is whole");
}

int
main(void)
{
	scratch_make();
	write_parts();
	test_whole();
	test_files();
	test_others();
	test_all_of_it();
	test_manifest_cut();
	test_flips();
	scratch_remove();
	return tap_done();
}
