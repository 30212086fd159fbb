#include <config.h>

#include "formats/sheets.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "formats/office.h"

void
sheets_init(struct sheets *s, struct out *out)
{
	*s = (struct sheets){ .out = out };
	flow_init(&s->flow, out);
}

void
sheets_clear(struct sheets *s)
{
	flow_clear(&s->flow);
	numfmts_clear(&s->formats);
	buf_clear(&s->strings);
	buf_clear(&s->remarks);
	free(s->ends);
	free(s->comments);
}

void
sheets_end_string(struct sheets *s)
{
	GROW(s->ends, s->nstrings, s->cap_strings);
	s->ends[s->nstrings++] = s->strings.len;
}

void
sheets_name(struct sheets *s, const char *name, size_t len)
{
	if (len == 0 || office_is_sheet_number(name, len))
		return;
	/* The first level is for titles of documents. */
	flow_heading(&s->flow, 2);
	flow_text(&s->flow, name, len);
	flow_heading_end(&s->flow);
}

/* ---- comments ---- */

void
sheets_comment(struct sheets *s, unsigned row, const char *text, size_t len)
{
	GROW(s->comments, s->ncomments, s->cap_comments);
	s->comments[s->ncomments++] = (struct sheets_comment){ row,
	    s->remarks.len, len };
	buf_add(&s->remarks, text, len);
}

/* By row, and in a row as they came. */
static int
by_row(const void *a, const void *b)
{
	const struct sheets_comment *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Those of all rows before that one. */
static void
put_comments(struct sheets *s, unsigned row)
{
	const struct sheets_comment *c;

	if (s->next == 0 && s->ncomments > 1)
		qsort(s->comments, s->ncomments, sizeof *s->comments, by_row);
	for (; s->next < s->ncomments; s->next++) {
		c = &s->comments[s->next];
		if (c->row >= row)
			return;
		flow_comment(&s->flow);
		flow_text(&s->flow, s->remarks.s + c->at, c->len);
		flow_note_end(&s->flow);
	}
}

void
sheets_row(struct sheets *s, unsigned row)
{
	put_comments(s, row);
	flow_row(&s->flow);
}

void
sheets_row_end(struct sheets *s, unsigned row)
{
	put_comments(s, row + 1);
	flow_row_end(&s->flow);
}

void
sheets_end(struct sheets *s)
{
	while (s->flow.rows > 0)
		flow_row_end(&s->flow);
	put_comments(s, UINT_MAX);
	s->ncomments = s->next = 0;
	buf_cut(&s->remarks, 0);
	flow_end(&s->flow);
}

/* ---- headers ---- */

/* How long the code is that s begins with, behind the &. */
static size_t
code_length(const char *s, size_t n)
{
	const char *end;
	size_t i = 0;

	if (n == 0)
		return 0;
	if (*s == '"') {		/* a font */
		end = memchr(s + 1, '"', n - 1);
		return end != NULL ? (size_t)(end + 1 - s) : n;
	}
	if (*s == 'K')			/* a colour */
		return n < 7 ? n : 7;
	while (i < n && s[i] >= '0' && s[i] <= '9')
		i++;
	return i > 0 ? i : 1;
}

/* One of three parts: left, middle, right. */
static void
end_part(struct sheets *s, struct buf *b)
{
	running_emit(&s->running, s->out, buf_str(b), b->len);
	buf_cut(b, 0);
}

void
sheets_running(struct sheets *s, const char *text, size_t len)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	size_t i, n;

	for (i = 0; i < len; i += n) {
		n = 1;
		if (text[i] == '\n' || text[i] == '\r')
			end_part(s, &b);
		else if (text[i] != '&')
			buf_addc(&b, text[i]);
		else {
			n += code_length(text + i + 1, len - i - 1);
			if (n == 1)
				break;
			if (strchr("LCR", text[i + 1]) != NULL)
				end_part(s, &b);
			else if (strchr("PN", text[i + 1]) != NULL)
				buf_adds(&b, RUNNING_NUMBER);
			else if (text[i + 1] == '&')
				buf_addc(&b, '&');
		}
	}
	end_part(s, &b);
}

void
sheets_number(struct sheets *s, size_t style, double value)
{
	struct buf shown CLEAN(buf_clear) = BUF_INIT;

	numfmts_show(&s->formats, style, value, &shown);
	flow_cell(&s->flow);
	flow_text(&s->flow, buf_str(&shown), shown.len);
}

void
sheets_shared(struct sheets *s, size_t i)
{
	size_t from = i > 0 && i < s->nstrings ? s->ends[i - 1] : 0;

	if (i < s->nstrings)
		sheets_text(s, buf_str(&s->strings) + from,
		    s->ends[i] - from);
}

void
sheets_text(struct sheets *s, const char *text, size_t len)
{
	flow_cell(&s->flow);
	flow_text(&s->flow, text, len);
}

/* As Dutch programs show it. */
void
sheets_boolean(struct sheets *s, bool is_true)
{
	const char *word = is_true ? "WAAR" : "ONWAAR";

	sheets_text(s, word, strlen(word));
}
