#include <config.h>

#include "formats/pdfnotes.h"

#include <string.h>

#include "base/mem.h"

enum what { NOTHING, TYPED, COMMENT };

static enum what
what_is(PopplerAnnot *a)
{
	if (poppler_annot_get_flags(a) & POPPLER_ANNOT_FLAG_HIDDEN)
		return NOTHING;
	switch ((int)poppler_annot_get_annot_type(a)) {
	case POPPLER_ANNOT_FREE_TEXT:
		return TYPED;
	case POPPLER_ANNOT_TEXT:
		/* What a reviewer made of another comment is none. */
		return poppler_annot_text_get_state(POPPLER_ANNOT_TEXT(a)) ==
		    POPPLER_ANNOT_TEXT_STATE_UNKNOWN ? COMMENT : NOTHING;
	case POPPLER_ANNOT_HIGHLIGHT:
	case POPPLER_ANNOT_UNDERLINE:
	case POPPLER_ANNOT_SQUIGGLY:
	case POPPLER_ANNOT_STRIKE_OUT:
	case POPPLER_ANNOT_CARET:
	case POPPLER_ANNOT_SQUARE:
	case POPPLER_ANNOT_CIRCLE:
	case POPPLER_ANNOT_LINE:
	case POPPLER_ANNOT_POLYGON:
	case POPPLER_ANNOT_POLY_LINE:
	case POPPLER_ANNOT_INK:
	case POPPLER_ANNOT_STAMP:
		return COMMENT;
	default:
		return NOTHING;
	}
}

static void
add(struct pdf_lines *l, unsigned page, const char *prefix, const char *text)
{
	if (text == NULL || text[strspn(text, " \t\r\n")] == '\0')
		return;
	GROW(l->notes, l->nnotes, l->cap_notes);
	l->notes[l->nnotes++] = (struct pdf_note){ page,
	    xasprintf("%s%s", prefix, text) };
}

static void
read_annotations(PopplerPage *p, unsigned page, size_t text_at,
    struct pdf_lines *l)
{
	GList *annots = poppler_page_get_annot_mapping(p), *at;

	for (at = annots; at != NULL; at = at->next) {
		PopplerAnnot *annot = ((PopplerAnnotMapping *)at->data)->annot;
		enum what what = what_is(annot);
		char *text;

		if (what == NOTHING)
			continue;
		text = poppler_annot_get_contents(annot);
		if (text != NULL && (what == TYPED || l->text.len == text_at ||
		    strstr(l->text.s + text_at, text) == NULL))
			add(l, page, what == COMMENT ? "Opmerking: " : "", text);
		g_free(text);
	}
	poppler_page_free_annot_mapping(annots);
}

static void
read_choice(PopplerFormField *field, unsigned page, struct pdf_lines *l)
{
	int n = poppler_form_field_choice_get_n_items(field), i;
	char *text;

	if (poppler_form_field_choice_is_editable(field) &&
	    (text = poppler_form_field_choice_get_text(field)) != NULL) {
		add(l, page, "", text);
		g_free(text);
		return;
	}
	for (i = 0; i < n; i++) {
		if (!poppler_form_field_choice_is_item_selected(field, i))
			continue;
		text = poppler_form_field_choice_get_item(field, i);
		add(l, page, "", text);
		g_free(text);
	}
}

/* From top to bottom, then from left to right; y grows upwards. */
static gint
by_place(gconstpointer a, gconstpointer b)
{
	const PopplerRectangle *p = &((const PopplerFormFieldMapping *)a)->area;
	const PopplerRectangle *q = &((const PopplerFormFieldMapping *)b)->area;

	if (p->y1 < q->y2 && q->y1 < p->y2)
		return (p->x1 > q->x1) - (p->x1 < q->x1);
	return (p->y1 < q->y1) - (p->y1 > q->y1);
}

static void
read_fields(PopplerPage *p, unsigned page, struct pdf_lines *l)
{
	GList *fields = poppler_page_get_form_field_mapping(p), *at;

	/* Poppler gives the last one first. */
	fields = g_list_sort(g_list_reverse(fields), by_place);
	for (at = fields; at != NULL; at = at->next) {
		PopplerFormField *field =
		    ((PopplerFormFieldMapping *)at->data)->field;
		char *text;

		switch ((int)poppler_form_field_get_field_type(field)) {
		case POPPLER_FORM_FIELD_TEXT:
			if (poppler_form_field_text_is_password(field))
				break;
			text = poppler_form_field_text_get_text(field);
			add(l, page, "", text);
			g_free(text);
			break;
		case POPPLER_FORM_FIELD_CHOICE:
			read_choice(field, page, l);
			break;
		}
	}
	poppler_page_free_form_field_mapping(fields);
}

void
pdf_notes_read(PopplerPage *p, unsigned page, size_t text_at,
    struct pdf_lines *l)
{
	read_fields(p, page, l);
	read_annotations(p, page, text_at, l);
}
