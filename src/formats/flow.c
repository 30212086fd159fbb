#include <config.h>

#include "formats/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/format.h"

/* Cells longer than this are paragraphs: a page laid out with tables. */
#define CELL_BYTES 400

static void
emit_out(void *arg, unsigned level, const char *s, size_t n)
{
	if (level > 0)
		out_heading(arg, level, s, n);
	else
		out_text(arg, s, n);
}

void
flow_init_to(struct flow *f,
    void (*emit)(void *, unsigned, const char *, size_t), void *arg)
{
	*f = (struct flow){ .emit = emit, .arg = arg };
}

void
flow_init(struct flow *f, struct out *out)
{
	flow_init_to(f, emit_out, out);
}

static void
emit_notes(struct flow *f)
{
	char *s = f->notes.s, *end;

	if (f->notes.len == 0)
		return;
	for (; (end = strchr(s, '\n')) != NULL; s = end + 1)
		f->emit(f->arg, (unsigned)(*s - '0'), s + 1,
		    (size_t)(end - s - 1));
	f->has_text = true;
	buf_cut(&f->notes, 0);
}

static void
add_note(struct buf *notes, unsigned level, const char *prefix, const char *s,
    size_t n)
{
	buf_addc(notes, (char)('0' + level));
	buf_adds(notes, prefix);
	buf_add(notes, s, n);
	buf_addc(notes, '\n');
}

/* One record, whatever it is. */
static void
flush(struct flow *f)
{
	if (f->text.len > 0) {
		f->emit(f->arg, f->level, f->text.s, f->text.len);
		f->has_text = true;
	}
	buf_cut(&f->text, 0);
	f->sep = 0;
	f->line_end = false;
	f->cell_at = 0;
	buf_cut(&f->label, 0);
	if (f->outer == NULL || f->is_box)
		emit_notes(f);
}

void
flow_end(struct flow *f)
{
	while (f->outer != NULL)
		flow_note_end(f);
	flush(f);
}

void
flow_clear(struct flow *f)
{
	while (f->outer != NULL)
		flow_note_end(f);
	buf_clear(&f->text);
	buf_clear(&f->label);
	buf_clear(&f->notes);
}

static bool
is_white(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes at s that are a soft hyphen, zero-width space or byte order mark. */
static size_t
ignorable(const char *s, size_t n)
{
	if (n >= 2 && memcmp(s, "\xC2\xAD", 2) == 0)
		return 2;
	if (n >= 3 && (memcmp(s, "\xE2\x80\x8B", 3) == 0 ||
	    memcmp(s, "\xEF\xBB\xBF", 3) == 0))
		return 3;
	return 0;
}

static bool
starts_sentence(const char *s, size_t n)
{
	uint32_t c;

	return utf8_decode(s, n, &c) != 0 &&
	    (utf8_is_upper(c) || utf8_is_digit(c) || !utf8_is_word(c));
}

/* What is owed, now that a character comes. */
static void
pay(struct flow *f, const char *s, size_t n)
{
	if (f->line_end) {
		f->line_end = false;
		if (f->text.len > 0 && f->rows == 0 && f->level == 0 &&
		    (strchr(".:;!?", f->text.s[f->text.len - 1]) != NULL ||
		    starts_sentence(s, n)))
			flush(f);
	}
	if (f->sep != 0 && f->text.len > 0)
		buf_addc(&f->text, f->sep);
	f->sep = 0;
	if (f->label.len > 0) {
		buf_add(&f->text, f->label.s, f->label.len);
		buf_addc(&f->text, ' ');
		buf_cut(&f->label, 0);
	}
}

static void
owe(struct flow *f, char sep)
{
	if (f->sep != '\t')
		f->sep = sep;
}

void
flow_text(struct flow *f, const char *s, size_t n)
{
	size_t i = 0, from, skip;

	while (i < n) {
		if (is_white(s[i])) {
			owe(f, ' ');
			i++;
			continue;
		}
		if ((skip = ignorable(s + i, n - i)) > 0) {
			i += skip;
			continue;
		}
		from = i++;
		while (i < n && !is_white(s[i]) &&
		    ((signed char)s[i] >= 0 || ignorable(s + i, n - i) == 0))
			i++;
		if (f->sep != 0 || f->line_end || f->label.len > 0)
			pay(f, s + from, i - from);
		buf_add(&f->text, s + from, i - from);
	}
}

void
flow_label(struct flow *f, const char *s, size_t n)
{
	buf_cut(&f->label, 0);
	buf_add(&f->label, s, n);
}

void
flow_tab(struct flow *f)
{
	f->sep = '\t';
}

void
flow_line(struct flow *f)
{
	f->line_end = true;
	owe(f, ' ');
}

void
flow_break(struct flow *f)
{
	if (f->level > 0 ||
	    (f->rows > 0 && f->text.len - f->cell_at < CELL_BYTES)) {
		owe(f, ' ');
		buf_cut(&f->label, 0);
	} else
		flush(f);
}

void
flow_heading(struct flow *f, unsigned level)
{
	flush(f);
	f->level = level;
}

void
flow_heading_end(struct flow *f)
{
	flush(f);
	f->level = 0;
}

void
flow_row(struct flow *f)
{
	flush(f);
	f->rows++;
}

void
flow_cell(struct flow *f)
{
	flow_tab(f);
	f->cell_at = f->text.len;
}

void
flow_row_end(struct flow *f)
{
	flush(f);
	if (f->rows > 0)
		f->rows--;
}

/*
 * A note is a flow of its own for as long as it lasts: what is outside is put
 * away whole and comes back at its end.
 */
void
flow_note(struct flow *f)
{
	struct flow *outer = xmalloc(sizeof *outer);

	*outer = *f;
	flow_init_to(f, outer->emit, outer->arg);
	f->outer = outer;
	f->rows = 1;			/* breaks only part words */
}

void
flow_comment(struct flow *f)
{
	flow_note(f);
	f->is_comment = true;
}

static void
emit_to_outer(void *arg, unsigned level, const char *s, size_t n)
{
	struct flow *outer = arg;

	add_note(&outer->notes, level, "", s, n);
}

/* The same, but of as many records as it likes. */
void
flow_box(struct flow *f)
{
	flow_note(f);
	f->is_box = true;
	f->rows = 0;
	f->emit = emit_to_outer;
	f->arg = f->outer;
}

void
flow_note_end(struct flow *f)
{
	struct flow *outer = f->outer;

	if (outer == NULL)
		return;
	if (f->is_box)
		flush(f);
	else if (f->text.len > 0)
		add_note(&outer->notes, 0, f->is_comment ? "Opmerking: " : "",
		    f->text.s, f->text.len);
	buf_add(&outer->notes, buf_str(&f->notes), f->notes.len);
	buf_clear(&f->text);
	buf_clear(&f->label);
	buf_clear(&f->notes);
	*f = *outer;
	free(outer);
}
