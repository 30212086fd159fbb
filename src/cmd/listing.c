#include <config.h>

#include "cmd/listing.h"

#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "gather/sametext.h"

/* b is NULL if the file was not read; then it is as it was, old. */
static void
add_file(struct files *out, const struct corpus *corpus, size_t disk,
    const struct built *b, const struct file *old)
{
	const struct corpus_file *f = &corpus->files[disk];
	CLEAN(buf_clear) struct buf textid = BUF_INIT;
	struct file new = {
		.path = f->entry->path, .raw_stamp = f->raw_stamp,
		.stamp = f->stamp, .read_stamp = f->read_stamp,
	};

	memcpy(new.digest, f->digest, sizeof new.digest);
	if (f->has_textid) {
		textid_print(&f->textid, &textid);
		new.textid = textid.s;
	}
	if (f->copy_of != CORPUS_NONE)
		new.copy_of = corpus->files[f->copy_of].entry->path;
	else if (b != NULL) {
		new.status = (char *)(uintptr_t)extract_status_name(b->status);
		new.reason = (char *)(uintptr_t)b->reason;
		new.id = (char *)(uintptr_t)b->id;
	} else {
		new.status = old->status;
		new.reason = old->reason;
		new.id = old->id;
	}
	files_add(out, &new);
}

/* A copy is as searchable as what it is a copy of. */
static void
set_copies(struct files *l)
{
	const struct file *of;
	size_t i;

	for (i = 0; i < l->count; i++) {
		struct file *f = &l->items[i];

		if (f->copy_of == NULL ||
		    (of = files_find(l, f->copy_of)) == NULL)
			continue;
		free(f->status);
		free(f->reason);
		f->status = xstrdup(of->status);
		f->reason = xstrdup(of->reason);
	}
}

void
listing_make(const struct plan *plan, const struct files *known,
    const struct corpus *corpus, const struct built *const *built_of,
    struct files *out)
{
	size_t i;

	for (i = 0; i < plan->nsteps; i++) {
		const struct plan_step *s = &plan->steps[i];

		if (s->what == PLAN_DELETE)
			continue;
		if (s->what == PLAN_UNKNOWN)
			files_add(out, &known->items[s->index]);
		else
			add_file(out, corpus, s->disk, built_of[s->disk],
			    s->what == PLAN_KEEP ? &known->items[s->index] :
			    NULL);
	}
	set_copies(out);
}
