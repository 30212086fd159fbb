#include <config.h>

#include "formats/sheets.h"

#include <stdlib.h>
#include <string.h>

#include "formats/office.h"

void
sheets_init(struct sheets *s, struct out *out)
{
	*s = (struct sheets){ .nstrings = 0 };
	flow_init(&s->flow, out);
}

void
sheets_clear(struct sheets *s)
{
	flow_clear(&s->flow);
	numfmts_clear(&s->formats);
	buf_clear(&s->strings);
	free(s->ends);
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

void
sheets_end(struct sheets *s)
{
	while (s->flow.rows > 0)
		flow_row_end(&s->flow);
	flow_end(&s->flow);
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
