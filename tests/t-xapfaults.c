/*
 * What can go wrong, from C: every kind of error, and the faults of
 * xapian-core 1.4 that the shim must keep from its callers.
 */
#include <config.h>

#include "xapw.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "xapdb.h"

static int
open_refused(const char *name, enum xap_code code)
{
	struct xap_db *db = NULL;

	return refused(xap_open(at(name), &db, &err), code) && db == NULL;
}

static void
test_opening(void)
{
	struct xapw_db *w = NULL;

	ok(open_refused("nooit", XAP_NOINDEX) && strstr(err.msg, "nooit") &&
	    refused(xapw_open(at("nooit"), &w, &err), XAP_NOINDEX) && w == NULL,
	    "nothing there is XAP_NOINDEX, and named");
	mkdir(at("empty"), 0777);
	ok(open_refused("empty", XAP_NOINDEX), "so is an empty directory");
	mkdir(at("other"), 0777);
	write_file("other/file", "x");
	ok(open_refused("other", XAP_CORRUPT),
	    "a directory with something else is XAP_CORRUPT");
	write_file("nothing-listed", "%s", "");
	ok(open_refused("nothing-listed", XAP_CORRUPT),
	    "a stub that lists nothing is XAP_CORRUPT");
	write_file("half-listed", "auto %s\nauto %s\n", at("both"), at("nooit"));
	ok(open_refused("half-listed", XAP_CORRUPT),
	    "a stub that lists what is not there is XAP_CORRUPT");
	write_file("no-stub", "hallo hallo\n");
	ok(open_refused("no-stub", XAP_CORRUPT),
	    "a file that is no stub is XAP_CORRUPT");
	write_file("unreachable", "remote :/bin/false x\n");
	ok(open_refused("unreachable", XAP_IO),
	    "a remote database that does not answer is XAP_IO");
}

static void
make_small(const char *name)
{
	struct xapw_db *w = create(name);

	for (int i = 0; i < 3000; i++)
		add(w, i % 2 ? "een twee drie" : "vier vijf zes", "v", NULL);
	finish(&w);
}

/* Read through all of it; the code of the first error. */
static enum xap_code
read_all(const char *name)
{
	struct xap_db *db = NULL;
	struct xap_list *list = NULL;
	struct xap_bytes *bytes = NULL;
	enum xap_code code = XAP_OK;

	if (xap_open(at(name), &db, &err) == -1)
		return err.code;
	if (xap_postings(db, "een", 3, &list, &err) == -1)
		code = err.code;
	for (uint32_t i = 1; code == XAP_OK && i <= 3000; i++) {
		if (xap_data(db, i, &bytes, &err) == -1)
			code = err.code;
		xap_bytes_free(&bytes);
	}
	xap_list_free(&list);
	xap_db_free(&db);
	return code;
}

static int
is_damage(enum xap_code code)
{
	if (code != XAP_CORRUPT && code != XAP_MODIFIED && code != XAP_IO)
		printf("# code %d: %s\n", (int)code, err.msg);
	return code == XAP_CORRUPT || code == XAP_MODIFIED || code == XAP_IO;
}

static void
test_damage(void)
{
	static const char *const tables[] = { "postlist", "docdata" };
	char name[64];

	for (size_t i = 0; i < 2; i++) {
		make_small(tables[i]);
		snprintf(name, sizeof name, "%s/%s.glass", tables[i], tables[i]);
		ok(read_all(tables[i]) == XAP_OK && truncate(at(name), 8192) == 0 &&
		    is_damage(read_all(tables[i])),
		    "a truncated %s table is an error", tables[i]);
	}
	make_small("version");
	ok(truncate(at("version/iamglass"), 7) == 0 &&
	    read_all("version") == XAP_CORRUPT,
	    "a truncated version file is XAP_CORRUPT");
	make_small("older");
	write_file("older/iamglass", "%-100s", "\x0f\x0dXapian Glass\x01\x02");
	ok(read_all("older") == XAP_CORRUPT,
	    "a version that is not ours is XAP_CORRUPT");
}

static void
test_modified(void)
{
	struct xapw_db *w = create("modified");
	struct xap_match *m = NULL;
	struct xap_query *q = term("woord");
	enum xap_code code = XAP_OK;
	struct xap_db *db;

	for (int i = 0; i < 2000; i++)
		add(w, "woord een", "v", NULL);
	xapw_commit(w, &err);
	db = reader("modified");
	for (int i = 0; i < 4; i++) {
		xapw_delete_term(w, "woord", 5, &err);
		for (int k = 0; k < 2000; k++)
			add(w, "woord twee", "w", NULL);
		xapw_commit(w, &err);
	}
	if (xap_match(db, q, &want, &m, &err) == -1)
		code = err.code;
	ok(code == XAP_MODIFIED && m == NULL,
	    "reading what was overwritten is XAP_MODIFIED");
	db = reader_anew(db, "modified");
	ok(fine(xap_match(db, q, &want, &m, &err)) &&
	    xap_match_total(m) == 2000, "opening it anew mends it");
	xap_match_free(&m);
	xap_query_free(&q);
	xapw_free(&w);
	xap_db_free(&db);
}

/*
 * Fill a small file system, in a child with mounts of its own: 0 if the
 * error was XAP_NOSPACE, 77 if this system does not let us mount.
 */
static int
fill_disk(void)
{
	struct xapw_db *w = NULL;
	int rc = 0;

	if (unshare(CLONE_NEWNS) == -1 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, "") == -1 ||
	    mount("none", scratch, "tmpfs", 0, "size=400k") == -1)
		return 77;
	rc = xapw_create(at("full"), &w, &err);
	for (int i = 0; rc == 0 && i < 200; i++) {
		for (int k = 0; rc == 0 && k < 50; k++)
			rc = add(w, "een twee drie vier vijf zes", "v", NULL);
		if (rc == 0)
			rc = xapw_commit(w, &err);
	}
	rc = refused(rc, XAP_NOSPACE) ? 0 : 1;
	xapw_free(&w);
	return rc;
}

static void
test_full(void)
{
	int status = 0;
	pid_t child;

	fflush(stdout);
	if ((child = fork()) == 0)
		_exit(fill_disk());
	waitpid(child, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		ok(1, "a full disk # SKIP may not mount");
	else
		ok(status == 0, "a full disk is XAP_NOSPACE");
}

static void
told_end(const char *path, const struct xap_error *x)
{
	_exit(x->code == XAP_NOSPACE && strcmp(path, at("cut")) == 0 ? 0 : 1);
}

/*
 * In a child: no file may grow beyond so many blocks.  0 if that was told as
 * XAP_NOSPACE, 77 if all that was to be written is less.
 */
static int
write_within(rlim_t blocks)
{
	struct rlimit limit = { blocks * 8192, blocks * 8192 };
	struct xapw_db *w = NULL;
	int rc = 0;

	xapw_set_end(told_end);
	w = create("cut");
	for (int i = 0; rc == 0 && i < 3000; i++) {
		char text[100];

		snprintf(text, sizeof text, "een twee drie vier w%d", i);
		rc = add(w, text, "v", NULL);
	}
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	if (rc == 0 && (rc = xapw_commit(w, &err)) == 0)
		return 77;
	rc = refused(rc, XAP_NOSPACE) ? 0 : 1;
	xapw_free(&w);
	return rc;
}

/* Where writing stops, Xapian's tidying up may end the program. */
static void
test_cut(void)
{
	int bad = 0, cut = 0;

	fflush(stdout);
	for (rlim_t blocks = 0; blocks < 40; blocks++) {
		int status = 0;
		pid_t child = fork();

		if (child == 0)
			_exit(write_within(blocks));
		waitpid(child, &status, 0);
		remove_all(at("cut"));
		if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
			break;
		cut++;
		bad += status != 0;
	}
	ok(bad == 0 && cut > 3, "wherever writing stops, it is told: %d of %d "
	    "times not", bad, cut);
}

/* In a child: 0 if what opens with so few descriptors has all its tables. */
static int
open_within(rlim_t files)
{
	struct rlimit limit = { files, files };
	struct xap_db *db = NULL;
	struct xap_list *list = NULL;

	setrlimit(RLIMIT_NOFILE, &limit);
	if (xap_open(at("few"), &db, &err) == -1)
		return err.code == XAP_IO || err.code == XAP_CORRUPT ? 77 : 1;
	return xap_positions(db, 1, "twee", 4, &list, &err) == -1 ||
	    xap_list_count(list) != 1;
}

static void
test_few_descriptors(void)
{
	struct xapw_db *w = create("few");
	int bad = 0, refused_at = 0;

	add(w, "een twee", "v", NULL);
	xapw_commit(w, &err);
	xapw_free(&w);
	fflush(stdout);
	for (rlim_t files = 3; files < 40; files++) {
		int status = 0;
		pid_t child = fork();

		if (child == 0)
			_exit(open_within(files));
		waitpid(child, &status, 0);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
			refused_at++;
		else
			bad += status != 0;
	}
	ok(bad == 0 && refused_at > 0 && refused_at < 37,
	    "a table that cannot be opened is not taken for an empty one");
}

/* The message ends at 239 bytes: try every way the cut can fall. */
static void
test_message(void)
{
	char name[600];
	struct xap_db *db = NULL;
	int good = 0;

	for (size_t shift = 0; shift < 3; shift++) {
		size_t n = 0, len;

		memset(name, 'x', shift);
		for (n = shift; n < 590; n += 3)
			memcpy(name + n, "\xe2\x82\xac", 3);	/* euro */
		name[n] = '\0';
		if (xap_open(name, &db, &err) == 0)
			continue;
		len = strlen(err.msg);
		good += len >= 236 && len <= 239 &&
		    memcmp(err.msg + len - 3, "\xe2\x82\xac", 3) == 0;
	}
	ok(good == 3, "a long message is cut between characters");
}

int
main(void)
{
	scratch_make();
	test_opening();
	test_damage();
	test_modified();
	test_full();
	test_cut();
	test_few_descriptors();
	test_message();
	scratch_remove();
	return tap_done();
}
