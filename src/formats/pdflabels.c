#include <config.h>

#include "formats/pdflabels.h"

#include <stdlib.h>
#include <string.h>

/* model/paginering.h keeps no longer ones, nor others than these. */
#define LABEL_BYTES 15
#define LABEL_BYTES_ALL 8192

/*
 * Does a number so written follow the one before?  "08" and numbers beyond
 * those of pages are labels like any other.
 */
static unsigned long
number_of(const char *label, size_t n)
{
	return n > 7 || *label == '0' || strspn(label, "0123456789") < n ? 0 :
	    strtoul(label, NULL, 10);
}

static bool
is_simple(const char *label, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (label[i] <= ' ' || label[i] > '~' || label[i] == '=')
			return false;
	return n > 0 && n <= LABEL_BYTES;
}

void
pdf_labels_add(struct pdf_labels *l, PopplerPage *page, unsigned number)
{
	char *label = poppler_page_get_label(page);
	size_t n = label != NULL ? strlen(label) : 0;
	unsigned long counted = number_of(label, n);

	if (!is_simple(label, n) || l->text.len > LABEL_BYTES_ALL) {
		l->is_odd = true;
	} else if (counted == 0 || counted != l->next) {
		buf_addf(&l->text, "%s%u=%s", l->text.len > 0 ? " " : "",
		    number, label);
	}
	l->next = counted == 0 ? 0 : counted + 1;
	g_free(label);
}

void
pdf_labels_emit(struct pdf_labels *l, struct out *out)
{
	if (!l->is_odd && l->text.len > 0)
		out_meta(out, "pdf:PageLabels", buf_str(&l->text), l->text.len);
	buf_clear(&l->text);
}
