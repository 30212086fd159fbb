#include <config.h>

#include "gather/texts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gather/records.h"
#include "scratch.h"
#include "tap.h"

static char dir[sizeof scratch + 16];

/* A document of every kind of record, as the extractor gives it. */
static const char records[] = "meta 30\ndiwoo:officieleTitel=Een titel\n"
    "meta 17\nlabel:Kenmerk=a=b\nformat 3\npdf\npage 1\n1\n"
    "heading2 8\nKopje \xc3\xab\n"
    "text 12\nEen\tpar\xc3\xa9 t.\npage 1\n2\npage 1\n3\ntext 1\nx\n"
    "members 2\n12\npictures 1\n2\nrecognised 1\n1\nmeta 16\ndiwoo:taal@x=nld\nmeta 14\npdf:Title=Iets\nheading6 1\ny\n"
    "status 9\nencrypted\nreason 3\nwhy\nend 0\n\n";

static void
make_key(int number, char key[TEXTS_KEY])
{
	char digest[DIGEST_HEX + 1];
	int i;

	for (i = 0; i < DIGEST_HEX; i++)
		digest[i] = "0123456789abcdef"[(number * 7 + i * number) & 15];
	digest[0] = "0123456789abcdef"[number & 15];
	digest[DIGEST_HEX] = '\0';
	texts_key(digest, "1 test", key);
}

static void
entry_path(const char *key, struct buf *out)
{
	buf_cut(out, 0);
	buf_addf(out, "%s/%.2s/%s", dir, key, key);
}

static void
sample(struct extracted *out)
{
	*out = (struct extracted){ 0 };
	if (!records_read(records, sizeof records - 1, out))
		ok(0, "the sample is right");
}

static bool
same_meta(const struct extracted *a, const struct extracted *b)
{
	size_t i, j = 0;

	for (i = 0; i < a->nmeta; i++) {
		if (texts_is_sidecar(&a->meta[i]))
			continue;
		if (j >= b->nmeta ||
		    strcmp(a->meta[i].name, b->meta[j].name) != 0 ||
		    strcmp(a->meta[i].value, b->meta[j].value) != 0)
			return false;
		j++;
	}
	return j == b->nmeta;
}

/* Whether b is a without its sidecar's properties. */
static bool
same(const struct extracted *a, const struct extracted *b)
{
	size_t i;

	for (i = 0; i < a->nmarks && i < b->nmarks; i++)
		if (a->marks[i].at != b->marks[i].at ||
		    a->marks[i].page != b->marks[i].page ||
		    a->marks[i].level != b->marks[i].level ||
		    a->marks[i].len != b->marks[i].len)
			return false;
	return same_meta(a, b) && a->nmarks == b->nmarks &&
	    a->status == b->status && a->pages == b->pages &&
	    a->text.len == b->text.len &&
	    strcmp(buf_str(&a->text), buf_str(&b->text)) == 0 &&
	    strcmp(a->reason, b->reason) == 0 &&
	    strcmp(a->format, b->format) == 0;
}

static bool
round_trips(const char *key, const struct extracted *x)
{
	CLEAN(extracted_clear) struct extracted y = { 0 };

	return texts_put(dir, key, x) == 0 && texts_has(dir, key) &&
	    texts_get(dir, key, &y) && same(x, &y);
}

/* Fork; the child's answer is the result. */
static bool
in_child(bool (*question)(void))
{
	int status = -1;
	pid_t pid;

	fflush(stdout);
	if ((pid = fork()) == 0)
		_exit(question() ? 0 : 1);
	return pid != -1 && waitpid(pid, &status, 0) == pid && status == 0;
}

static size_t
count_files(const char *below)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, below);
	DIR *d = opendir(path);
	const struct dirent *e;
	size_t n = 0;

	while (d != NULL && (e = readdir(d)) != NULL)
		n += e->d_name[0] != '.';
	if (d != NULL)
		closedir(d);
	return n;
}

static void
write_file(const char *path, const char *s, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd == -1 || write(fd, s, n) != (ssize_t)n || close(fd) == -1)
		ok(0, "%s can be written: %s", path, strerror(errno));
}

static void
read_file(const char *path, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	buf_cut(out, 0);
	while ((n = read(fd, buf_room(out, 4096), 4096)) > 0)
		buf_grew(out, (size_t)n);
	close(fd);
}

/* ---- the tests ---- */

static void
test_keys(void)
{
	char a[TEXTS_KEY], b[TEXTS_KEY];
	char digest[DIGEST_HEX + 1];

	memset(digest, 'a', DIGEST_HEX);
	digest[DIGEST_HEX] = '\0';
	texts_key(digest, "1", a);
	texts_key(digest, "2", b);
	ok(strlen(a) == TEXTS_KEY - 1 && strncmp(a, digest, DIGEST_HEX) == 0 &&
	    a[DIGEST_HEX] == '-', "a key begins with the digest");
	ok(strcmp(a, b) != 0, "each version of the extractor has its own");
}

static void
test_round_trips(void)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(extracted_clear) struct extracted none = { 0 };
	struct extracted got = { .pages = 7 };
	char key[TEXTS_KEY];
	int s, bad = 0;

	make_key(1, key);
	ok(!texts_has(dir, key) && !texts_get(dir, key, &got) &&
	    got.pages == 7, "what was never put is not there");
	sample(&x);
	ok(x.nmeta == 4 && round_trips(key, &x),
	    "every kind of record is kept, but for those of a sidecar");
	for (s = 0; s < EXTRACT_NSTATUS; s++) {
		x.status = none.status = (enum extract_status)s;
		bad += !round_trips(key, &x) + !round_trips(key, &none);
	}
	ok(bad == 0, "every status is kept, with a text and without");
	ok(texts_get(dir, key, &got) && got.nmeta == 0,
	    "the last that was put is what is there");
	extracted_clear(&got);
}

static void
test_long_text(void)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(extracted_clear) struct extracted empty = { 0 };
	char key[TEXTS_KEY];
	uint32_t seed = 20261122, i;

	make_key(2, key);
	while (x.text.len < 3000000) {
		for (i = 0; i < seed >> 25; i++)
			buf_addc(&x.text, "abcdefghijklmnop"[seed >> i % 28 & 15]);
		buf_adds(&x.text, "x\n");
		seed = seed * 1664525 + 1013904223;
	}
	ok(round_trips(key, &x), "3 MB of lines are kept");
	ok(round_trips(key, &empty), "and so is nothing at all");
}

static size_t
count_readable(const struct buf *bytes, const char *key, const char *path)
{
	struct extracted x = { 0 };
	bool is_read;

	write_file(path, bytes->s, bytes->len);
	is_read = texts_get(dir, key, &x);
	extracted_clear(&x);
	return is_read;
}

static void
test_damage(void)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(buf_clear) struct buf path = BUF_INIT;
	CLEAN(buf_clear) struct buf whole = BUF_INIT;
	CLEAN(buf_clear) struct buf bad = BUF_INIT;
	char key[TEXTS_KEY], other[TEXTS_KEY];
	size_t i, taken = 0;

	make_key(3, key);
	sample(&x);
	texts_put(dir, key, &x);
	entry_path(key, &path);
	read_file(path.s, &whole);
	for (i = 0; i < 8 * whole.len; i++) {
		buf_cut(&bad, 0);
		buf_add(&bad, whole.s, whole.len);
		bad.s[i / 8] ^= (char)(1 << i % 8);
		if (count_readable(&bad, key, path.s) > 0) {
			taken++;
			printf("# byte %zu of %zu, bit %zu\n", i / 8,
			    whole.len, i % 8);
		}
	}
	ok(taken == 0, "no flipped bit of %zu bytes goes unseen", whole.len);
	for (taken = i = 0; i < whole.len; i++) {
		buf_cut(&bad, 0);
		buf_add(&bad, whole.s, i);
		taken += count_readable(&bad, key, path.s);
	}
	ok(taken == 0, "no cut, either");
	buf_cut(&bad, 0);
	buf_add(&bad, whole.s, whole.len);
	buf_addc(&bad, '\0');
	ok(count_readable(&bad, key, path.s) == 0,
	    "nor a byte too many");
	make_key(20, other);
	texts_put(dir, other, &x);
	entry_path(other, &path);
	ok(count_readable(&whole, other, path.s) == 0,
	    "an entry under the name of another is none");
	texts_put(dir, other, &x);
	ok(round_trips(other, &x), "a damaged entry is replaced");
}

static void
test_odd_entries(void)
{
	CLEAN(buf_clear) struct buf path = BUF_INIT;
	struct extracted x = { 0 };
	char key[TEXTS_KEY], below[3] = "";

	make_key(4, key);
	texts_put(dir, key, &x);
	entry_path(key, &path);
	unlink(path.s);
	mkdir(path.s, 0777);
	ok(!texts_get(dir, key, &x), "a directory is no entry");
	memcpy(below, key, 2);
	ok(texts_put(dir, key, &x) == -1 && count_files(below) == 1,
	    "nor can one take its place, and nothing is left behind");
	rmdir(path.s);
	if (mkfifo(path.s, 0666) == -1 || texts_get(dir, key, &x))
		ok(0, "a pipe is no entry");
	unlink(path.s);
	if (symlink("/etc/passwd", path.s) == -1 || texts_get(dir, key, &x))
		ok(0, "a link is no entry");
	ok(texts_put(dir, key, &x) == 0 && texts_get(dir, key, &x),
	    "a link is replaced, not followed");
	extracted_clear(&x);
}

static bool
put_often(void)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	struct extracted y = { 0 };
	char key[TEXTS_KEY];
	int i, bad = 0;

	make_key(5, key);
	sample(&x);
	for (i = 0; i < 300; i++) {
		bad += texts_put(dir, key, &x) == -1;
		bad += !texts_get(dir, key, &y) || !same(&x, &y);
		extracted_clear(&y);
	}
	return bad == 0;
}

static void
test_two_writers(void)
{
	bool is_right;
	int status = -1;
	pid_t pid;

	fflush(stdout);
	if ((pid = fork()) == 0)
		_exit(put_often() ? 0 : 1);
	is_right = put_often();
	ok(waitpid(pid, &status, 0) == pid && status == 0 && is_right,
	    "two processes may put one key at once: it is always whole");
}

static bool
cannot_put(void)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	char key[TEXTS_KEY];

	make_key(6, key);
	sample(&x);
	/* Root may write anywhere. */
	if (geteuid() == 0 && setuid(65534) == -1)
		return false;
	errno = 0;
	return texts_put(dir, key, &x) == -1 &&
	    (errno == EACCES || errno == EROFS);
}

/* A text that does not compress, where files may have 1000 bytes. */
static bool
cannot_finish(void)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	struct rlimit limit = { 1000, 1000 };
	char key[TEXTS_KEY];
	uint32_t seed = 1;

	make_key(7, key);
	for (; x.text.len < 20000; seed = seed * 1664525 + 1013904223)
		buf_addc(&x.text, (char)('!' + (seed >> 24) % 90));
	buf_addc(&x.text, '\n');
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) == -1)
		return false;
	errno = 0;
	return texts_put(dir, key, &x) == -1 && errno == EFBIG &&
	    !texts_has(dir, key) && !texts_get(dir, key, &x);
}

static void
test_refusals(void)
{
	struct extracted x = { 0 };
	char key[TEXTS_KEY], below[3] = "";

	make_key(7, key);
	memcpy(below, key, 2);
	ok(in_child(cannot_finish) && count_files(below) == 0,
	    "what cannot be finished leaves nothing behind");
	chmod(dir, 0555);
	chmod(scratch, 0755);
	ok(in_child(cannot_put), "a directory that is not ours says so");
	chmod(dir, 0777);
	ok(texts_put("/dev/null", key, &x) == -1 && errno == ENOTDIR,
	    "and so does what is no directory");
	ok(texts_put("/nonexistent/texts", key, &x) == -1 && errno == ENOENT,
	    "and what cannot be made");
	ok(!texts_get("/nonexistent/texts", key, &x) &&
	    !texts_has("/nonexistent/texts", key) &&
	    texts_prune("/nonexistent/texts", NULL, 0) == 0,
	    "where there is no directory there is nothing to read or prune");
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
test_prune(void)
{
	CLEAN(buf_clear) struct buf path = BUF_INIT;
	struct extracted x = { 0 };
	char keys[200][TEXTS_KEY];
	const char *kept[100];
	int i, bad = 0;

	texts_prune(dir, NULL, 0);
	for (i = 0; i < 200; i++) {
		make_key(100 + i, keys[i]);
		keys[i][DIGEST_HEX - 1] = "0123456789abcdef"[i / 16];
		texts_put(dir, keys[i], &x);
		if (i % 2 == 0)
			kept[i / 2] = keys[i];
	}
	qsort(kept, 100, sizeof *kept, compare);
	entry_path(keys[0], &path);
	buf_adds(&path, ".123.tmp");
	write_file(path.s, "half", 4);
	entry_path(keys[1], &path);
	buf_adds(&path, "0");
	write_file(path.s, "foreign", 7);
	buf_cut(&path, 0);
	buf_addf(&path, "%s/README", dir);
	write_file(path.s, "foreign", 7);
	ok(texts_prune(dir, kept, 100) == 100, "prune removes what is not named");
	for (i = 0; i < 200; i++)
		bad += texts_has(dir, keys[i]) != (i % 2 == 0);
	ok(bad == 0, "and nothing else");
	ok(access(path.s, F_OK) == 0, "foreign files are let alone");
	entry_path(keys[1], &path);
	buf_adds(&path, "0");
	ok(unlink(path.s) == 0, "also those that look like ours");
	entry_path(keys[0], &path);
	buf_adds(&path, ".123.tmp");
	ok(access(path.s, F_OK) == -1, "what a stopped writer left goes");
	ok(texts_prune(dir, kept, 100) == 0 &&
	    texts_prune(dir, NULL, 0) == 100, "without names everything goes");
}

int
main(void)
{
	scratch_make();
	snprintf(dir, sizeof dir, "%s/texts", scratch);
	test_keys();
	test_round_trips();
	test_long_text();
	test_damage();
	test_odd_entries();
	test_two_writers();
	test_refusals();
	test_prune();
	scratch_remove();
	return tap_done();
}
