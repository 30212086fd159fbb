#include <config.h>

#include "disk.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BLOCK 4096

/* A write that is not on disk yet; data NULL: a truncation to at. */
struct change {
	const char *data;
	size_t size, at;
};

/* A rename is two moves, in one or two directories: both or none happen. */
struct rename {
	bool is_done;		/* on disk, or chosen to be */
};

struct node;
struct move {
	char *name;
	struct node *node;	/* NULL: the name goes */
	struct rename *rename;	/* that it is half of, or NULL */
	bool decides;		/* the half that decides on it */
};

struct moves {
	struct move *items;
	size_t count, cap;
};

struct node {
	bool is_dir;
	uint64_t inode;
	struct bytes disk;	/* a file: its bytes on disk */
	struct change *changes;	/* since they were */
	size_t nchanges, cap_changes;
	struct moves names;	/* a directory: its names, in all changes */
	size_t nsynced;		/* so many of them are on disk */
	size_t nchosen;
};

static struct node **nodes;
static size_t nnodes, cap_nodes;
static struct node *root;

_Noreturn void
die(const char *fmt, ...)
{
	va_list ap;

	fputs("replay: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	putc('\n', stderr);
	exit(2);
}

/* ---- nodes ---- */

static struct node *
node_new(bool is_dir, uint64_t inode)
{
	struct node *n = xcalloc(1, sizeof *n);

	n->is_dir = is_dir;
	n->inode = inode;
	GROW(nodes, nnodes, cap_nodes);
	nodes[nnodes++] = n;
	return n;
}

/* The file that has this inode now: the newest, as they are used again. */
static struct node *
node_by_inode(uint64_t inode)
{
	size_t i;

	for (i = nnodes; i-- > 0; )
		if (!nodes[i]->is_dir && nodes[i]->inode == inode)
			return nodes[i];
	die("a file that nobody made");
}

/* The one directory that needs no name. */
static struct node *
the_root(void)
{
	if (root == NULL)
		root = node_new(true, 0);
	return root;
}

/* What a name stands for; NULL: nothing.  Later changes count for more. */
static struct node *
lookup(const struct node *dir, const char *name, size_t len)
{
	size_t i;

	for (i = dir->names.count; i-- > 0; ) {
		const struct move *m = &dir->names.items[i];

		if (strncmp(m->name, name, len) == 0 && m->name[len] == '\0')
			return m->node;
	}
	return NULL;
}

/* The directory that a path lies in, and its last component. */
static struct node *
find_dir(const char *path, const char **name)
{
	struct node *dir = the_root();
	const char *slash;

	while ((slash = strchr(path, '/')) != NULL) {
		dir = lookup(dir, path, (size_t)(slash - path));
		if (dir == NULL || !dir->is_dir)
			die("%s: in no directory", path);
		path = slash + 1;
	}
	*name = path;
	return dir;
}

static struct node *
find(const char *path)
{
	const char *name;
	struct node *dir = find_dir(path, &name);

	return *path == '\0' ? the_root() : lookup(dir, name, strlen(name));
}

static void
add_move(const char *path, struct node *node, struct rename *r, bool decides)
{
	const char *name;
	struct node *dir = find_dir(path, &name);

	GROW(dir->names.items, dir->names.count, dir->names.cap);
	dir->names.items[dir->names.count++] = (struct move){
		xstrdup(name), node, r, decides
	};
}

/* ---- bytes ---- */

void
bytes_resize(struct bytes *b, size_t len)
{
	if (len > b->cap) {
		b->cap = len + len / 2;
		b->s = xrealloc(b->s, b->cap);
	}
	if (len > b->len)
		memset(b->s + b->len, 0, len - b->len);
	b->len = len;
}

/* Apply the first n bytes of a change. */
static void
bytes_change(struct bytes *b, const struct change *c, size_t n)
{
	if (c->data == NULL) {
		bytes_resize(b, c->at);
		return;
	}
	if (n == 0)
		return;
	if (c->at + n > b->len)
		bytes_resize(b, c->at + n);
	memcpy(b->s + c->at, c->data, n);
}

static void
sync_file(struct node *f)
{
	size_t i;

	for (i = 0; i < f->nchanges; i++)
		bytes_change(&f->disk, &f->changes[i], f->changes[i].size);
	f->nchanges = 0;
}

static void
sync_dir(struct node *d)
{
	size_t i;

	for (i = d->nsynced; i < d->names.count; i++)
		if (d->names.items[i].rename != NULL)
			d->names.items[i].rename->is_done = true;
	d->nsynced = d->names.count;
}

/* ---- operations ---- */

static void
move(const char *from, const char *to)
{
	struct rename *r = xcalloc(1, sizeof *r);
	struct node *n = find(from);

	if (n == NULL)
		die("%s: renamed, but not there", from);
	add_move(from, NULL, r, false);
	add_move(to, n, r, true);
}

static void
change(uint64_t inode, const char *data, size_t size, size_t at)
{
	struct node *f = node_by_inode(inode);

	GROW(f->changes, f->nchanges, f->cap_changes);
	f->changes[f->nchanges++] = (struct change){ data, size, at };
}

void
disk_apply(const struct log_head *h, const char *path, const char *to,
    const char *data)
{
	switch ((enum log_what)h->what) {
	case LOG_CREATE:
		add_move(path, node_new(false, h->inode), NULL, false);
		break;
	case LOG_WRITE:
		change(h->inode, data, h->ndata, h->at);
		break;
	case LOG_TRUNCATE:
		change(h->inode, NULL, 0, h->at);
		break;
	case LOG_MKDIR:
		add_move(path, node_new(true, 0), NULL, false);
		break;
	case LOG_RENAME:
		move(path, to);
		break;
	case LOG_LINK:
		add_move(to, find(path), NULL, false);
		break;
	case LOG_REMOVE:
		add_move(path, NULL, NULL, false);
		break;
	case LOG_SYNC_FILE:
		sync_file(node_by_inode(h->inode));
		break;
	case LOG_SYNC_DIR:
		sync_dir(find(path));
		break;
	case LOG_MARK:
	case NLOGS:
		break;
	}
}

/* ---- what is lost ---- */

size_t
below(size_t n)
{
	return n == 0 ? 0 : (size_t)random() % n;
}

/* The writes in order, up to one that is torn. */
static void
lose_tail(struct node *f)
{
	size_t n = below(f->nchanges + 1), i;

	for (i = 0; i < n; i++)
		bytes_change(&f->disk, &f->changes[i], f->changes[i].size);
	if (n < f->nchanges)
		bytes_change(&f->disk, &f->changes[n],
		    below(f->changes[n].size + 1));
}

/* Any of the blocks; those that never came are zeroes, or behind the end. */
static void
lose_blocks(struct node *f)
{
	struct bytes old = { 0 };
	size_t at, n;

	bytes_resize(&old, f->disk.len);
	if (old.len > 0)
		memcpy(old.s, f->disk.s, old.len);
	sync_file(f);
	bytes_resize(&old, f->disk.len);
	for (at = 0; at < f->disk.len; at += n) {
		n = f->disk.len - at < BLOCK ? f->disk.len - at : BLOCK;
		if (random() % 2 == 0)
			memcpy(f->disk.s + at, old.s + at, n);
	}
	if (random() % 4 == 0)
		bytes_resize(&f->disk, below(f->disk.len + 1));
	free(old.s);
}

static void
lose_changes(struct node *f)
{
	switch (f->nchanges > 0 ? random() % 4 : 0) {
	case 0:
		break;
	case 1:
		sync_file(f);
		break;
	case 2:
		lose_tail(f);
		break;
	default:
		lose_blocks(f);
	}
	f->nchanges = 0;
}

/* So many changes of names reached the disk; often none or all. */
static void
choose_moves(struct node *d)
{
	size_t pending = d->names.count - d->nsynced, i;
	long how = random() % 4;

	d->nchosen = d->nsynced + (how == 0 ? 0 : how == 1 ? pending :
	    below(pending + 1));
	for (i = d->nsynced; i < d->nchosen; i++)
		if (d->names.items[i].decides)
			d->names.items[i].rename->is_done = true;
}

void
disk_lose(void)
{
	size_t i;

	for (i = 0; i < nnodes; i++) {
		if (nodes[i]->is_dir)
			choose_moves(nodes[i]);
		else
			lose_changes(nodes[i]);
	}
}

void
disk_keep(void)
{
	size_t i;

	for (i = 0; i < nnodes; i++) {
		if (nodes[i]->is_dir) {
			sync_dir(nodes[i]);
			nodes[i]->nchosen = nodes[i]->names.count;
		} else
			sync_file(nodes[i]);
	}
}

/* ---- making it ---- */

static bool
is_chosen(const struct node *d, size_t i)
{
	const struct move *m = &d->names.items[i];

	return m->rename != NULL ? m->rename->is_done : i < d->nchosen;
}

static void
make_file(const struct node *f, const char *path)
{
	FILE *out = fopen(path, "wbe");

	if (out == NULL || fwrite(f->disk.len > 0 ? f->disk.s : "", 1,
	    f->disk.len, out) != f->disk.len || fclose(out) == EOF)
		die("%s: %s", path, strerror(errno));
}

static void
make_dir(const struct node *d, const char *path)
{
	size_t i, k;

	if (mkdir(path, 0755) == -1 && errno != EEXIST)
		die("%s: %s", path, strerror(errno));
	for (i = 0; i < d->names.count; i++) {
		const struct move *m = &d->names.items[i];
		CLEAN(str_free) char *child = xasprintf("%s/%s", path,
		    m->name);

		if (!is_chosen(d, i) || m->node == NULL)
			continue;
		/* Only the last that became of a name counts. */
		for (k = i + 1; k < d->names.count; k++)
			if (is_chosen(d, k) && strcmp(m->name,
			    d->names.items[k].name) == 0)
				break;
		if (k < d->names.count)
			continue;
		if (m->node->is_dir)
			make_dir(m->node, child);
		else
			make_file(m->node, child);
	}
}

void
disk_make(const char *path)
{
	make_dir(the_root(), path);
}
