#include <config.h>

#include "gather/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "tap.h"

static char root[] = "/tmp/naslag-walk.XXXXXX";

static void
put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd == -1 || write(fd, text, strlen(text)) == -1 || close(fd) == -1)
		ok(0, "%s can be written: %s", path, strerror(errno));
}

static const struct walk_entry *
entry(const struct walk *w, const char *path)
{
	size_t i;

	for (i = 0; i < w->count; i++)
		if (strcmp(w->entries[i].path, path) == 0)
			return &w->entries[i];
	return NULL;
}

static bool
is_kind(const struct walk *w, const char *path, enum walk_kind kind)
{
	const struct walk_entry *e = entry(w, path);

	return e != NULL && e->kind == kind;
}

static const char *
long_name(void)
{
	static char name[256];

	memset(name, 'n', 255);
	return name;
}

static void
make_socket(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(a.sun_path, path);
	if (bind(fd, (struct sockaddr *)&a, sizeof a) == -1)
		ok(0, "a socket can be made");
	close(fd);
}

/* 60 directories in each other; the file's path is longer than a name. */
static void
make_deep(struct buf *path)
{
	int i;

	for (i = 0; i < 60; i++) {
		buf_addf(path, "%sdirectory%d", i ? "/" : "", i);
		mkdir(path->s, 0755);
	}
	buf_adds(path, "/file");
	put(path->s, "deep");
}

static void
make_tree(struct buf *deep)
{
	mkdir("sub", 0755);
	mkdir(".hidden", 0755);
	put("a.pdf", "a");
	put("a.pdf.metadata.xml", "<x/>");
	put("a.pdf.metadata.xml.metadata.xml", "<x/>");
	put("orphan.metadata.xml", "<x/>");
	put(".metadata.xml", "<x/>");
	put("sub.metadata.xml", "<x/>");
	put("sub/b.txt", "bee");
	put("sub.txt", "sorts between sub and sub/");
	put(".hidden/c", "c");
	put("with\nnewline", "n");
	put("invalid\xff\xfeutf8", "i");
	put(long_name(), "l");
	put("empty", "");
	if (symlink("a.pdf", "link") == -1 || symlink("sub", "dirlink") == -1 ||
	    symlink("/etc", "escape") == -1 || symlink("loop", "loop") == -1 ||
	    mkfifo("fifo", 0644) == -1)
		ok(0, "links and pipes can be made");
	make_socket("socket");
	make_deep(deep);
}

static void
test_names(const struct walk *w, const char *deep)
{
	size_t i;
	bool is_sorted = true, has_hidden = false;

	for (i = 1; i < w->count; i++)
		is_sorted &= strcmp(w->entries[i - 1].path,
		    w->entries[i].path) < 0;
	for (i = 0; i < w->count; i++)
		has_hidden |= strstr(w->entries[i].path, "/.") != NULL ||
		    w->entries[i].path[0] == '.';
	ok(is_sorted, "entries are sorted by the bytes of their paths");
	ok(!has_hidden, "hidden files and directories are left out");
	ok(is_kind(w, "sub/b.txt", WALK_FILE), "files below are found");
	ok(is_kind(w, "with\nnewline", WALK_FILE), "a newline is a byte");
	ok(is_kind(w, "invalid\xff\xfeutf8", WALK_FILE), "names are bytes");
	ok(is_kind(w, long_name(), WALK_FILE), "a name may have 255 bytes");
	ok(is_kind(w, deep, WALK_FILE), "60 directories deep is not too deep");
	ok(entry(w, "sub") == NULL, "a directory is no entry");
}

static void
test_kinds(const struct walk *w)
{
	ok(is_kind(w, "link", WALK_LINK) && is_kind(w, "loop", WALK_LINK),
	    "a link is an entry of its own");
	ok(is_kind(w, "dirlink", WALK_LINK) && is_kind(w, "escape", WALK_LINK)
	    && entry(w, "dirlink/b.txt") == NULL,
	    "a link to a directory is not followed");
	ok(is_kind(w, "fifo", WALK_SPECIAL) && is_kind(w, "socket",
	    WALK_SPECIAL), "pipes and sockets are special");
	ok(is_kind(w, "empty", WALK_FILE) &&
	    entry(w, "empty")->stamp.size_bytes == 0 &&
	    entry(w, "sub/b.txt")->stamp.size_bytes == 3,
	    "a stamp has the size");
}

static void
test_sidecars(const struct walk *w)
{
	const struct walk_entry *a = entry(w, "a.pdf");
	const struct walk_entry *s = entry(w, "a.pdf.metadata.xml");

	ok(a != NULL && s != NULL && s->is_sidecar && !a->is_sidecar &&
	    a->sidecar == (size_t)(s - w->entries),
	    "a sidecar is paired with its file");
	ok(!entry(w, "a.pdf.metadata.xml.metadata.xml")->is_sidecar &&
	    s->sidecar == WALK_NONE, "a sidecar has no sidecar");
	ok(!entry(w, "orphan.metadata.xml")->is_sidecar,
	    "a sidecar without a file is a file");
	ok(!entry(w, "sub.metadata.xml")->is_sidecar,
	    "a directory has no sidecar");
}

static bool
opens_as(const struct walk *w, const char *path, int error)
{
	struct stamp now;
	int fd = walk_open(w, path, &now);

	if (fd != -1) {
		close(fd);
		return error == 0;
	}
	if (errno != error)
		printf("# %s: %s\n", path, strerror(errno));
	return errno == error;
}

static void
test_open(const struct walk *w, const char *how)
{
	const struct walk_entry *e = entry(w, "sub/b.txt");
	struct stamp now = { 0 };
	char text[4] = "";
	int fd = walk_open(w, "sub/b.txt", &now);

	ok(fd != -1 && read(fd, text, 3) == 3 && strcmp(text, "bee") == 0,
	    "a file opens%s", how);
	close(fd);
	ok(stamp_equal(&now, &e->stamp), "its stamp is the walk's%s", how);
	ok(opens_as(w, "link", ELOOP) && opens_as(w, "loop", ELOOP) &&
	    opens_as(w, "dirlink/b.txt", ELOOP) &&
	    opens_as(w, "escape/passwd", ELOOP), "a link is ELOOP%s", how);
	ok(opens_as(w, "../etc/passwd", EXDEV) &&
	    opens_as(w, "/etc/passwd", EXDEV) &&
	    opens_as(w, "sub/../../x", EXDEV), "an escape is EXDEV%s", how);
	ok(opens_as(w, "fifo", EINVAL) && opens_as(w, "socket", EINVAL) &&
	    opens_as(w, "sub", EINVAL),
	    "what is no regular file is EINVAL, and does not block%s", how);
	ok(opens_as(w, "absent", ENOENT) && opens_as(w, "", ENOENT),
	    "what is not there is ENOENT%s", how);
}

/* The rest of this process has no openat2(). */
static void
forget_openat2(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);

	if (ctx == NULL || seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS),
	    SCMP_SYS(openat2), 0) < 0 || seccomp_load(ctx) < 0)
		ok(0, "openat2 can be taken away");
	seccomp_release(ctx);
}

static void
test_changes(const struct walk *w)
{
	struct stamp a = entry(w, "sub/b.txt")->stamp, b = { 0 };
	struct timespec times[2];
	int fd;

	put("sub/b.txt", "bya");
	times[0] = (struct timespec){ a.mtime_ns / 1000000000,
	    a.mtime_ns % 1000000000 };
	times[1] = times[0];
	utimensat(AT_FDCWD, "sub/b.txt", times, 0);
	fd = walk_open(w, "sub/b.txt", &b);
	close(fd);
	ok(a.size_bytes == b.size_bytes && a.mtime_ns == b.mtime_ns &&
	    !stamp_equal(&a, &b),
	    "a change is seen though size and time are put back");
	put("sub/b.txt", "bee");
}

static void
unreadable(void)
{
	CLEAN(walk_clear) struct walk w = { .root_fd = -1 };
	struct error err = ERROR_INIT;

	if (geteuid() == 0 && (setgid(65534) == -1 || setuid(65534) == -1))
		_exit(3);
	if (walk_tree(".", &w, &err) == -1)
		_exit(4);
	if (!is_kind(&w, "closed", WALK_UNKNOWN) ||
	    entry(&w, "closed")->error != EACCES ||
	    !is_kind(&w, "blind/file", WALK_UNKNOWN) ||
	    !is_kind(&w, "a.pdf", WALK_FILE) ||
	    !opens_as(&w, "secret", EACCES))
		_exit(1);
	_exit(0);
}

static void
test_unreadable(void)
{
	int status;

	mkdir("closed", 0000);
	mkdir("blind", 0755);
	put("blind/file", "x");
	chmod("blind", 0444);		/* has names, but no ways in */
	chmod(".", 0755);
	put("secret", "s");
	chmod("secret", 0000);
	if (fork() == 0)
		unreadable();
	wait(&status);
	ok(status == 0, "a directory that cannot be listed is said to be so");
	chmod("blind", 0755);
	unlink("blind/file");
	rmdir("blind");
	rmdir("closed");
	unlink("secret");
}

/*
 * A disk that fails: these stand before the C library's.  In the directory of
 * that inode the names come in small lots, and list number fails_at is an
 * error, or looking at one name is.
 */
static struct {
	ino_t inode;		/* 0: a good disk */
	int lists, fails_at;
	const char *bad_name;
	bool hides_types;
} disk;

ssize_t
getdents64(int fd, void *list, size_t n)
{
	struct stat st;
	ssize_t got, at;

	if (disk.inode != 0 && fstat(fd, &st) == 0 &&
	    st.st_ino == disk.inode) {
		n = 1024;
		if (disk.lists++ == disk.fails_at) {
			errno = EIO;
			return -1;
		}
	}
	got = syscall(SYS_getdents64, fd, list, n);
	for (at = 0; disk.hides_types && at < got; ) {
		struct dirent64 *d = (void *)((char *)list + at);

		d->d_type = DT_UNKNOWN;
		at += d->d_reclen;
	}
	return got;
}

int
fstatat(int fd, const char *name, struct stat *st, int flags)
{
	if (disk.bad_name != NULL && strcmp(name, disk.bad_name) == 0) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_newfstatat, fd, name, st, flags);
}

/* Either of a file and its sidecar cannot be looked at. */
static void
test_bad_name(const char *bad)
{
	CLEAN(walk_clear) struct walk w = { .root_fd = -1 };
	struct error err = ERROR_INIT;

	put("pair.txt", "x");
	put("pair.txt.metadata.xml", "<x/>");
	put("pair2.txt", "x");
	disk.bad_name = bad;
	ok(walk_tree(".", &w, &err) == 0 &&
	    is_kind(&w, "pair.txt", WALK_UNKNOWN) &&
	    is_kind(&w, "pair.txt.metadata.xml", WALK_UNKNOWN) &&
	    entry(&w, "pair.txt")->error == EIO &&
	    entry(&w, "pair.txt")->sidecar == WALK_NONE,
	    "without %s nothing is known of the document", bad);
	ok(is_kind(&w, "pair2.txt", WALK_FILE), "nor less of its neighbours");
	disk.bad_name = NULL;
	unlink("pair.txt");
	unlink("pair.txt.metadata.xml");
	unlink("pair2.txt");
}

/* How many files of many/ a walk finds, and what it says of many itself. */
static size_t
count_many(int *error)
{
	CLEAN(walk_clear) struct walk w = { .root_fd = -1 };
	struct error err = ERROR_INIT;
	size_t i, n = 0;

	*error = 0;
	disk.lists = 0;
	if (walk_tree(".", &w, &err) == -1) {
		*error = -1;
		return 0;
	}
	for (i = 0; i < w.count; i++)
		n += strncmp(w.entries[i].path, "many/", 5) == 0;
	if (entry(&w, "many") != NULL)
		*error = entry(&w, "many")->error;
	return n;
}

static void
test_bad_disk(void)
{
	CLEAN(buf_clear) struct buf name = BUF_INIT;
	struct stat st;
	int i, error, missed = 0, lists = 0;
	size_t all, found = 0;

	mkdir("many", 0755);
	for (i = 0; i < 200; i++) {
		buf_cut(&name, 0);
		buf_addf(&name, "many/file%d", i);
		put(name.s, "x");
	}
	stat("many", &st);
	disk.inode = st.st_ino;
	disk.fails_at = -1;
	all = count_many(&error);
	lists = disk.lists;
	ok(all == 200 && error == 0 && lists > 5, "%d lists make a directory",
	    lists);
	for (disk.fails_at = 0; disk.fails_at < lists; disk.fails_at++) {
		found += count_many(&error);
		missed += error != EIO;
	}
	ok(missed == 0 && found == 0,
	    "one that cannot be listed to its end is not listed at all");
	disk.fails_at = -1;
	test_bad_name("pair.txt");
	test_bad_name("pair.txt.metadata.xml");
	disk.hides_types = true;
	ok(count_many(&error) == all && error == 0,
	    "types that the file system does not tell are found out");
	disk.hides_types = false;
	stat(".", &st);
	disk.inode = st.st_ino;
	for (missed = disk.fails_at = 0; disk.fails_at < 2; disk.fails_at++) {
		count_many(&error);
		missed += error != -1;
	}
	ok(missed == 0, "a root that cannot be listed to its end is an error");
	disk.inode = 0;
	for (i = 0; i < 200; i++) {
		buf_cut(&name, 0);
		buf_addf(&name, "many/file%d", i);
		unlink(name.s);
	}
	rmdir("many");
}

static void
test_place(const struct walk *w)
{
	CLEAN(walk_clear) struct walk other = { .root_fd = -1 };
	struct error err = ERROR_INIT;
	struct stat st;

	ok(stat(root, &st) == 0 && w->device == st.st_dev,
	    "a walk says on which device it was");
	if (walk_tree("/proc/self/fdinfo", &other, &err) == -1)
		ok(1, "another file system differs # SKIP there is no /proc");
	else
		ok(other.device != w->device || other.fsid != w->fsid,
		    "another file system differs");
}

static void
remove_tree(void)
{
	const char *const argv[] = { "rm", "-rf", root, NULL };

	if (fork() == 0) {
		execvp(argv[0], (char **)(uintptr_t)argv);
		_exit(127);
	}
	wait(NULL);
}

int
main(void)
{
	CLEAN(buf_clear) struct buf deep = BUF_INIT;
	CLEAN(walk_clear) struct walk w = { .root_fd = -1 };
	CLEAN(walk_clear) struct walk again = { .root_fd = -1 };
	struct error err = ERROR_INIT;

	if (mkdtemp(root) == NULL || chdir(root) == -1)
		return 99;
	make_tree(&deep);
	ok(walk_tree("absent", &w, &err) == -1 && err.kind == ERROR_IO,
	    "a root that is not there is an error");
	ok(walk_tree("a.pdf", &w, &err) == -1 && err.kind == ERROR_IO,
	    "a root that is a file is an error");
	ok(walk_tree(root, &w, &err) == 0, "a tree is walked");
	test_names(&w, deep.s);
	test_kinds(&w);
	test_sidecars(&w);
	test_open(&w, "");
	test_changes(&w);
	test_unreadable();
	test_bad_disk();
	test_place(&w);
	forget_openat2();
	ok(walk_tree(root, &again, &err) == 0 && again.count == w.count,
	    "without openat2 the same is found");
	test_open(&again, ", without openat2");
	remove_tree();
	return tap_done();
}
