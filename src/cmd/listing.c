#include <config.h>

#include "cmd/listing.h"

#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "gather/sametext.h"

/* The failure registry: since when a file cannot be read, how often tried. */
static void
register_failure(const struct file *old, int today_ymd, struct file *new)
{
	bool was_failing = old != NULL && old->failed_ymd != 0;

	if (strcmp(new->status, extract_status_name(EXTRACT_OK)) == 0)
		return;
	new->failed_ymd = was_failing ? old->failed_ymd : today_ymd;
	new->attempts = was_failing && old->read_stamp == new->read_stamp ?
	    old->attempts + 1 : 1;
}

/* Borrowing casts: files_add() copies. */
static char *
borrow(const char *s)
{
	return (char *)(uintptr_t)s;
}

/* What was not read is as it was. */
static void
add_file(struct files *out, const struct corpus *corpus, size_t disk,
    int today_ymd)
{
	const struct corpus_file *f = &corpus->files[disk];
	const struct built *b = f->built;
	CLEAN(buf_clear) struct buf textid = BUF_INIT;
	struct file new = {
		.path = f->entry->path, .stamp = f->stamp,
		.read_stamp = f->read_stamp,
		.size_bytes = f->entry->stamp.size_bytes,
		.within = f->within != NULL ?
		    strlen(f->within->container->path) : 0,
	};

	memcpy(new.digest, f->content.digest, sizeof new.digest);
	if (f->within != NULL)
		memcpy(new.sidecar, f->sidecar_content.digest,
		    sizeof new.sidecar);
	if (f->has_textid) {
		textid_print(&f->textid, &textid);
		new.textid = textid.s;
	}
	if (b != NULL && !b->is_kept) {
		new.text_key = borrow(b->reading.text_key);
		new.quality = b->quality;
		new.pictures = b->reading.pictures;
		new.recognised = b->reading.recognised;
	} else if (f->old != NULL) {
		new.text_key = f->old->text_key;
		new.quality = f->old->quality;
		new.pictures = f->old->pictures;
		new.recognised = f->old->recognised;
	}
	if (f->copy_of != CORPUS_NONE)
		new.copy_of = corpus->files[f->copy_of].entry->path;
	else if (b != NULL) {
		new.status = borrow(extract_status_name(b->reading.status));
		new.reason = borrow(b->reading.reason);
		new.id = borrow(b->id);
		register_failure(f->old, today_ymd, &new);
	} else {
		new.status = f->old->status;
		new.reason = f->old->reason;
		new.id = f->old->id;
		new.attempts = f->old->attempts;
		new.failed_ymd = f->old->failed_ymd;
	}
	files_add(out, &new);
}

static void
set(char **field, const char *value)
{
	free(*field);
	*field = xstrdup(value);
}

/*
 * A copy is as searchable as what it is a copy of.  If it could be read it
 * keeps the text that it had itself, for the day that it no longer can.
 */
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
		set(&f->status, of->status);
		set(&f->reason, of->reason);
		if (*f->text_key == '\0' || strcmp(of->status, "ok") != 0)
			set(&f->text_key, of->text_key);
	}
}

void
listing_make(const struct plan *plan, const struct files *known,
    const struct corpus *corpus, int today_ymd, struct files *out)
{
	size_t i;

	for (i = 0; i < plan->nsteps; i++) {
		const struct plan_step *s = &plan->steps[i];

		if (s->what == PLAN_DELETE)
			continue;
		if (s->what == PLAN_UNKNOWN)
			files_add(out, &known->items[s->index]);
		else
			add_file(out, corpus, s->disk, today_ymd);
	}
	out->device = corpus->walk.device;
	out->fsid = corpus->walk.fsid;
	set_copies(out);
}
