#include <config.h>

#include "index/spare.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "index/manifest.h"
#include "index/tree.h"

char *
spare_path(const char *root)
{
	return xasprintf("%s/spare", root);
}

void
spare_remove(const char *root)
{
	CLEAN(str_free) char *path = spare_path(root);

	tree_remove(path);
}

static int
is_of_spare(const char *name)
{
	return generation_is_base(name) || strcmp(name, MANIFEST_NAME) == 0;
}

int
spare_make(const struct generation *g, struct error *err)
{
	CLEAN(str_free) char *path = spare_path(g->root);
	CLEAN(str_free) char *work = xasprintf("%s/spare", g->work_dir);

	tree_remove(path);
	if (generation_check_space(g, 1, err) == -1 ||
	    tree_copy(g->live_dir, work, is_of_spare, err) == -1 ||
	    tree_sync(work, err) == -1 ||
	    manifest_verify_as(work, g->live_dir, generation_is_base,
	    err) == -1)
		return -1;
	if (rename(work, path) == -1)
		return error_errno(err, ERROR_IO, "cannot rename %s to %s",
		    work, path);
	return tree_sync_names(g->root, err);
}
