#include <config.h>

#include "model/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void
add(struct plan *p, enum plan_what what, size_t disk, size_t index)
{
	GROW(p->steps, p->nsteps, p->cap);
	p->steps[p->nsteps++] = (struct plan_step){ what, disk, index };
	p->counts[what]++;
}

void
plan_make(const struct stamped *disk, size_t ndisk,
    const struct stamped *index, size_t nindex, struct plan *out)
{
	struct plan p = { 0 };
	size_t d = 0, i = 0;

	while (d < ndisk || i < nindex) {
		int c = d == ndisk ? 1 : i == nindex ? -1 :
		    strcmp(disk[d].path, index[i].path);

		if (c < 0)
			add(&p, PLAN_ADD, d++, 0);
		else if (c > 0)
			add(&p, PLAN_DELETE, 0, i++);
		else {
			add(&p, disk[d].stamp == index[i].stamp ? PLAN_KEEP :
			    PLAN_UPDATE, d, i);
			d++;
			i++;
		}
	}
	*out = p;
}

void
plan_change(struct plan *p, struct plan_step *s, enum plan_what what)
{
	p->counts[s->what]--;
	s->what = what;
	p->counts[s->what]++;
}

void
plan_clear(struct plan *p)
{
	free(p->steps);
	*p = (struct plan){ 0 };
}
