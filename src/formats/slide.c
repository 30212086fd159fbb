#include <config.h>

#include "formats/slide.h"

#include <stdlib.h>

#include "formats/prose.h"

/* Longer ones are text that stands alone. */
#define TITLE_BYTES 200

static void
on_record(void *arg, unsigned level, const char *text, size_t len)
{
	struct slide *s = arg;

	(void)level;
	GROW(s->records, s->nrecords, s->cap_records);
	s->records[s->nrecords++] = (struct slide_record){ s->text.len, len };
	buf_add(&s->text, text, len);
	s->shapes[s->nshapes - 1].n++;
}

void
slide_init(struct slide *s, struct out *out)
{
	*s = (struct slide){ .out = out };
	flow_init_to(&s->flow, on_record, s);
	slide_shape(s, SLIDE_TEXT);
}

void
slide_clear(struct slide *s)
{
	flow_clear(&s->flow);
	buf_clear(&s->text);
	free(s->records);
	free(s->shapes);
}

void
slide_shape(struct slide *s, enum slide_role role)
{
	flow_end(&s->flow);
	GROW(s->shapes, s->nshapes, s->cap_shapes);
	s->shapes[s->nshapes++] = (struct slide_shape){ .role = role,
	    .first = s->nrecords };
}

void
slide_role(struct slide *s, enum slide_role role)
{
	s->shapes[s->nshapes - 1].role = role;
}

enum slide_role
slide_role_now(const struct slide *s)
{
	return s->shapes[s->nshapes - 1].role;
}

void
slide_size(struct slide *s, unsigned size)
{
	struct slide_shape *shape = &s->shapes[s->nshapes - 1];

	if (size > shape->size)
		shape->size = size;
}

/* Nothing is known of sizes, or it has the largest letters of the slide. */
static bool
is_largest(const struct slide *s, const struct slide_shape *one)
{
	const struct slide_shape *p;

	for (p = s->shapes; p < s->shapes + s->nshapes; p++)
		if (p != one && p->n > 0 && p->role == SLIDE_TEXT &&
		    p->size >= one->size && p->size > 0)
			return false;
	return true;
}

/* One that says so; else the first if it is one short line above the rest. */
static const struct slide_shape *
find_title(const struct slide *s)
{
	const struct slide_shape *p, *first = NULL;
	const struct slide_record *r;

	for (p = s->shapes; p < s->shapes + s->nshapes; p++) {
		if (p->n > 0 && p->role == SLIDE_TITLE)
			return p;
		if (p->n > 0 && p->role == SLIDE_TEXT && first == NULL)
			first = p;
	}
	if (first == NULL || first->n > 1)
		return NULL;
	r = &s->records[first->first];
	return r->len <= TITLE_BYTES && is_largest(s, first) &&
	    !prose_is_ended(s->text.s + r->at, r->len) ? first : NULL;
}

static void
emit_title(struct slide *s, const struct slide_shape *title)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	size_t i;

	for (i = title->first; i < title->first + title->n; i++) {
		if (b.len > 0)
			buf_addc(&b, ' ');
		buf_add(&b, s->text.s + s->records[i].at, s->records[i].len);
	}
	out_heading(s->out, s->number == 1 ? 1 : 2, b.s, b.len);
	s->has_text = true;
}

static void
emit_texts(struct slide *s, enum slide_role role,
    const struct slide_shape *but)
{
	const struct slide_shape *p;
	size_t i;

	for (p = s->shapes; p < s->shapes + s->nshapes; p++) {
		if (p->role != role || p == but)
			continue;
		for (i = p->first; i < p->first + p->n; i++)
			out_text(s->out, s->text.s + s->records[i].at,
			    s->records[i].len);
		s->has_text = s->has_text || p->n > 0;
	}
}

static void
emit_margins(struct slide *s)
{
	const struct slide_shape *p;
	size_t i;

	for (p = s->shapes; p < s->shapes + s->nshapes; p++)
		for (i = p->first; p->role == SLIDE_MARGIN &&
		    i < p->first + p->n; i++)
			running_emit(&s->running, s->out,
			    s->text.s + s->records[i].at, s->records[i].len);
}

void
slide_under_begin(struct slide *s)
{
	flow_end(&s->flow);
	buf_cut(&s->text, 0);
	s->nrecords = 0;
	s->nshapes = 0;
	slide_shape(s, SLIDE_TEXT);
}

void
slide_under_end(struct slide *s)
{
	flow_end(&s->flow);
	emit_margins(s);
}

void
slide_begin(struct slide *s)
{
	slide_under_begin(s);
	s->number++;
}

void
slide_end(struct slide *s)
{
	const struct slide_shape *title;

	slide_under_end(s);
	if (s->number > 0)
		out_page(s->out, s->number);
	if ((title = find_title(s)) != NULL)
		emit_title(s, title);
	emit_texts(s, SLIDE_TITLE, title);
	emit_texts(s, SLIDE_TEXT, title);
	emit_texts(s, SLIDE_NOTES, title);
}
