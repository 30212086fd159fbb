#include <config.h>

#include "formats/docxnote.h"

#include <stdlib.h>
#include <string.h>

void
docx_notes_clear(struct docx_notes *n)
{
	size_t i;

	for (i = 0; i < n->n; i++) {
		free(n->a[i].id);
		buf_clear(&n->a[i].text);
	}
	free(n->a);
}

void
docx_notes_add(struct docx_notes *n, const struct xml_element *e)
{
	size_t len = 0;
	const char *id = xml_attr(e, "id", &len);

	GROW(n->a, n->n, n->cap);
	n->a[n->n].id = xstrndup(id != NULL ? id : "", len);
	n->a[n->n++].text = (struct buf)BUF_INIT;
}

void
docx_notes_emit(void *arg, unsigned level, const char *s, size_t len)
{
	struct docx_notes *n = arg;
	struct buf *b;

	(void)level;
	if (n->n == 0)
		return;
	b = &n->a[n->n - 1].text;
	if (b->len > 0)
		buf_addc(b, ' ');
	buf_add(b, s, len);
}

/* They are referred to in the order of their part, mostly. */
struct buf *
docx_note(struct docx_notes *n, const char *id, size_t len)
{
	size_t i, at;

	for (i = 0; i < n->n; i++) {
		at = (n->next + i) % n->n;
		if (strlen(n->a[at].id) != len ||
		    memcmp(n->a[at].id, id, len) != 0)
			continue;
		n->next = (at + 1) % n->n;
		return &n->a[at].text;
	}
	return NULL;
}

void
docx_notes_rest(const struct docx_notes *n, struct flow *f)
{
	size_t i;

	for (i = 0; i < n->n; i++) {
		flow_text(f, buf_str(&n->a[i].text), n->a[i].text.len);
		flow_break(f);
	}
}
