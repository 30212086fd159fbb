#include <config.h>

#include "index/generation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "base/wholefile.h"
#include "index/database.h"
#include "index/store.h"
#include "index/suggestfile.h"
#include "index/tree.h"
#include "index/vocabulary.h"

/* ---- the stub ---- */

/* What the stub says of a generation; the delta stands first. */
#define STUB		"auto gen-%u"
#define STUB_DELTA	"auto gen-%u/" DATABASE_DELTA "\n" STUB

/*
 * The number of the generation that a stub names; 0 if it is none of ours.
 * The last newline is cut off.
 */
static uint32_t
stub_number(char *text)
{
	CLEAN(str_free) char *plain = NULL, *delta = NULL;
	unsigned n;

	size_t len = strlen(text);

	if (len > 0 && text[len - 1] == '\n')
		text[len - 1] = '\0';
	if (sscanf(text, STUB, &n) != 1)
		return 0;
	plain = xasprintf(STUB, n);
	delta = xasprintf(STUB_DELTA, n, n);
	return strcmp(text, plain) == 0 || strcmp(text, delta) == 0 ? n : 0;
}

/* Sets *number to 0 if there is no stub. */
static int
read_stub(const char *root, uint32_t *number, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", root, STORE_CURRENT);
	char text[256];
	FILE *f = fopen(path, "re");
	size_t n;

	*number = 0;
	if (f == NULL && errno == ENOENT)
		return 0;
	if (f == NULL)
		return error_errno(err, ERROR_INDEX, "cannot read %s", path);
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	fclose(f);
	if ((*number = stub_number(text)) == 0)
		return error_set(err, ERROR_INDEX,
		    "%s names no generation of this index", path);
	return 0;
}

char *
generation_path(const char *root, uint32_t number)
{
	return xasprintf("%s/gen-%u", root, number);
}

static int
write_stub(const char *root, uint32_t number, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", root, STORE_CURRENT);
	CLEAN(str_free) char *dir = generation_path(root, number);
	CLEAN(str_free) char *text = database_has_delta(dir) ?
	    xasprintf(STUB_DELTA "\n", number, number) :
	    xasprintf(STUB "\n", number);

	if (wholefile_write(path, text, strlen(text), err) == -1)
		return -1;
	return tree_sync_names(root, err);
}

int
generation_find(const char *root, char **dir, uint32_t *number,
    struct error *err)
{
	if (read_stub(root, number, err) == -1)
		return -1;
	if (*number == 0)
		return error_set(err, ERROR_NOINDEX, "%s: there is no index; make "
		    "one with: naslag index --index=%s CORPUS", root, root);
	*dir = generation_path(root, *number);
	return 0;
}

/* ---- the generations of an index ---- */

static int
newest_first(const void *va, const void *vb)
{
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return (a < b) - (a > b);
}

int
generation_list(const char *root, uint32_t **numbers, size_t *count,
    struct error *err)
{
	uint32_t *all = NULL, number;
	size_t n = 0, cap = 0;
	struct dirent *e;
	DIR *d = opendir(root);
	char end;

	if (d == NULL)
		return error_errno(err, errno == ENOENT ? ERROR_NOINDEX :
		    ERROR_INDEX, "cannot list %s", root);
	while ((e = readdir(d)) != NULL)
		if (sscanf(e->d_name, "gen-%u%c", &number, &end) == 1) {
			GROW(all, n, cap);
			all[n++] = number;
		}
	closedir(d);
	if (n > 0)
		qsort(all, n, sizeof *all, newest_first);
	*numbers = all;
	*count = n;
	return 0;
}

/* What stopped jobs left behind. */
static void
remove_leftovers(const char *root)
{
	struct dirent *e;
	DIR *d = opendir(root);

	while (d != NULL && (e = readdir(d)) != NULL) {
		CLEAN(str_free) char *path = xasprintf("%s/%s", root, e->d_name);
		size_t len = strlen(e->d_name);

		if (strncmp(e->d_name, "work.", 5) == 0)
			tree_remove(path);
		else if (len > 4 && strcmp(e->d_name + len - 4, ".tmp") == 0)
			unlink(path);
	}
	if (d != NULL)
		closedir(d);
}

/* Was a generation made so lately that the one before it may be in use? */
static bool
is_young(const char *root, uint32_t number, time_t now)
{
	CLEAN(str_free) char *dir = generation_path(root, number);
	struct stat st;
	time_t age;

	if (stat(dir, &st) == -1)
		return false;
	age = now - st.st_mtime;
	/* A clock that was set back proves nothing. */
	return age < GENERATION_KEPT_S && age > -GENERATION_KEPT_S;
}

/* Out of the list at once; then its files, which takes longer. */
static void
remove_generation(const char *root, uint32_t number)
{
	CLEAN(str_free) char *dir = generation_path(root, number);
	CLEAN(str_free) char *gone = xasprintf("%s/work.%u", root, number);

	tree_remove(rename(dir, gone) == 0 ? gone : dir);
}

/* Generations that are neither among the newest nor lately in use go. */
static void
remove_old(const char *root, uint32_t live, time_t now)
{
	CLEAN(str_free) char *memory = NULL;
	struct error ignored;
	uint32_t *all;
	size_t n, i;

	if (generation_list(root, &all, &n, &ignored) == -1)
		return;
	memory = (char *)all;
	for (i = GENERATIONS_KEPT; i < n; i++)
		if (all[i] != live && !is_young(root, all[i - 1], now))
			remove_generation(root, all[i]);
}

/* ---- life ---- */

/* A lock over a network may not hold, and a rename may not be one. */
static int
check_local(const char *root, struct error *err)
{
	static const unsigned long remote[] = {
		0x6969, 0xFF534D42, 0xFE534D42, 0x517B, 0x01021997, 0x00C36400,
	};	/* nfs, cifs, smb2, smb, 9p, ceph */
	struct statfs fs;
	size_t i;

	if (statfs(root, &fs) == -1)
		return error_errno(err, ERROR_IO, "%s", root);
	for (i = 0; i < NELEM(remote); i++)
		if ((unsigned long)fs.f_type == remote[i])
			return error_set(err, ERROR_CONFIG, "%s lies on a network "
			    "file system; an index needs a local disk", root);
	return 0;
}

/*
 * A job that is killed holds its lock until the last of its processes is gone,
 * which may take a moment, on a busy machine some.
 */
#define LOCK_TRIES	500
#define LOCK_PAUSE_NS	20000000

/*
 * The lock is inherited by what a job forks, and says that one of them lives;
 * a record lock is not, and says that the job itself does.
 */
static int
lock_job(int fd)
{
	static const struct timespec pause = { 0, LOCK_PAUSE_NS };
	struct flock job = { .l_type = F_WRLCK, .l_whence = SEEK_SET }, other;
	int tries;

	for (tries = 1; flock(fd, LOCK_EX | LOCK_NB) == -1; tries++) {
		if (errno != EWOULDBLOCK)
			return -1;
		other = job;
		if (tries == LOCK_TRIES || fcntl(fd, F_GETLK, &other) == -1 ||
		    other.l_type != F_UNLCK) {
			errno = EWOULDBLOCK;
			return -1;
		}
		nanosleep(&pause, NULL);
	}
	return fcntl(fd, F_SETLK, &job);
}

static int
take_lock(const char *root, int flags, int *fd, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/lock", root);

	*fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0644);
	if (*fd == -1 && errno == ENOENT && flags == 0)
		return error_set(err, ERROR_NOINDEX, "%s: there is no index",
		    root);
	if (*fd == -1)
		return error_errno(err, ERROR_SPACE, "cannot create %s", path);
	if (lock_job(*fd) == -1) {
		int error = errno;

		close(*fd);
		*fd = -1;
		errno = error;
		if (error == EWOULDBLOCK)
			return error_set(err, ERROR_BUSY,
			    "%s: another job is building this index", root);
		return error_errno(err, ERROR_IO, "cannot lock %s", path);
	}
	return 0;
}

int
generation_lock(const char *root, struct generation *out, struct error *err)
{
	struct generation g = { .lock_fd = -1 };
	struct error ignored;

	if (take_lock(root, 0, &g.lock_fd, err) == -1)
		return -1;
	if (read_stub(root, &g.live, &ignored) == -1)
		g.live = 0;
	g.root = xstrdup(root);
	if (g.live != 0)
		g.live_dir = generation_path(root, g.live);
	*out = g;
	return 0;
}

int
generation_begin(const char *root, bool from_nothing, struct generation *out,
    struct error *err)
{
	CLEAN(generation_end) struct generation g = { .lock_fd = -1 };
	CLEAN(str_free) char *memory = NULL;
	uint32_t *all;
	size_t n;

	if (tree_make(root, err) == -1 || check_local(root, err) == -1 ||
	    take_lock(root, O_CREAT, &g.lock_fd, err) == -1 ||
	    (read_stub(root, &g.live, err) == -1 && !from_nothing))
		return -1;
	remove_leftovers(root);
	if (generation_list(root, &all, &n, err) == -1)
		return -1;
	memory = (char *)all;
	g.root = xstrdup(root);
	g.number = (n > 0 && all[0] > g.live ? all[0] : g.live) + 1;
	if (g.live != 0)
		g.live_dir = generation_path(root, g.live);
	g.work_dir = xasprintf("%s/work.%u", root, g.number);
	if (mkdir(g.work_dir, 0755) == -1)
		return error_errno(err, ERROR_SPACE, "cannot create %s",
		    g.work_dir);
	*out = g;
	g = (struct generation){ .lock_fd = -1 };
	return 0;
}

void
generation_end(struct generation *g)
{
	if (g->work_dir != NULL)
		tree_remove(g->work_dir);
	if (g->lock_fd != -1)
		close(g->lock_fd);
	free(g->root);
	free(g->live_dir);
	free(g->work_dir);
	*g = (struct generation){ .lock_fd = -1 };
}

/* ---- publishing ---- */

int
generation_check_space(const struct generation *g, unsigned ncopies,
    struct error *err)
{
	uint64_t live, need, room;
	struct statvfs fs;

	if (g->live_dir == NULL)
		return 0;
	if (statvfs(g->root, &fs) == -1)
		return error_errno(err, ERROR_IO, "%s", g->root);
	live = tree_bytes(g->live_dir, NULL);
	need = live / 2 * 5 + ncopies * live;
	room = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (room < need)
		return error_set(err, ERROR_SPACE, "%s has room for %.1f MB; %.1f "
		    "MB are needed, so nothing was changed", g->root,
		    (double)room / 1e6, (double)need / 1e6);
	return 0;
}

static int
is_table(const char *name)
{
	size_t len = strlen(name);

	return strcmp(name, "iamglass") == 0 ||
	    (len > 6 && strcmp(name + len - 6, ".glass") == 0);
}

uint64_t
generation_table_bytes(const char *dir)
{
	return tree_bytes(dir, is_table);
}

int
generation_copy(const struct generation *g, const char *to, struct error *err)
{
	return tree_copy(g->live_dir, to, is_table, err);
}

int
generation_is_base(const char *name)
{
	return is_table(name) || strcmp(name, SUGGEST_FILE) == 0 ||
	    strcmp(name, VOCABULARY_FILE) == 0;
}

int
generation_take_base(const char *from, const char *to, bool is_shared,
    struct error *err)
{
	return is_shared ? tree_link(from, to, generation_is_base, err) :
	    tree_copy(from, to, generation_is_base, err);
}

int
generation_switch(struct generation *g, uint32_t number, struct error *err)
{
	if (write_stub(g->root, number, err) == -1)
		return -1;
	g->live = number;
	free(g->live_dir);
	g->live_dir = generation_path(g->root, number);
	return 0;
}

int
generation_publish(struct generation *g, const char *built, time_t now,
    struct error *err)
{
	CLEAN(str_free) char *dir = generation_path(g->root, g->number);

	if (rename(built, dir) == -1)
		return error_errno(err, ERROR_IO, "cannot rename %s to %s",
		    built, dir);
	if (tree_sync_names(g->root, err) == -1 ||
	    generation_switch(g, g->number, err) == -1)
		return -1;
	remove_old(g->root, g->live, now);
	return 0;
}
