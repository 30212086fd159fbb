#include <config.h>

#include "formats/numfmt.h"

#include <stdlib.h>

/* The codes that have a number in every workbook, as Dutch programs show them. */
static const struct {
	unsigned id;
	const char *code;
} builtin[] = {
	{ 1, "0" }, { 2, "0.00" }, { 3, "#,##0" }, { 4, "#,##0.00" },
	{ 5, "\"€\" #,##0;\"€\" -#,##0" }, { 6, "\"€\" #,##0;\"€\" -#,##0" },
	{ 7, "\"€\" #,##0.00;\"€\" -#,##0.00" },
	{ 8, "\"€\" #,##0.00;\"€\" -#,##0.00" },
	{ 9, "0%" }, { 10, "0.00%" }, { 11, "0.00E+00" },
	{ 14, "d-m-yyyy" }, { 15, "d-mmm-yy" }, { 16, "d-mmm" },
	{ 17, "mmm-yy" }, { 18, "h:mm AM/PM" }, { 19, "h:mm:ss AM/PM" },
	{ 20, "h:mm" }, { 21, "h:mm:ss" }, { 22, "d-m-yyyy h:mm" },
	{ 37, "#,##0;-#,##0" }, { 38, "#,##0;-#,##0" },
	{ 39, "#,##0.00;-#,##0.00" }, { 40, "#,##0.00;-#,##0.00" },
	{ 41, "#,##0;-#,##0" }, { 42, "\"€\" #,##0;\"€\" -#,##0" },
	{ 43, "#,##0.00;-#,##0.00" },
	{ 44, "\"€\" #,##0.00;\"€\" -#,##0.00" },
	{ 45, "mm:ss" }, { 46, "[h]:mm:ss" }, { 47, "mm:ss" },
	{ 48, "##0.0E+0" },
};

void
numfmts_clear(struct numfmts *f)
{
	size_t i;

	for (i = 0; i < f->nown; i++)
		free(f->own[i].code);
	free(f->own);
	free(f->styles);
}

void
numfmts_add(struct numfmts *f, unsigned id, const char *code, size_t len)
{
	GROW(f->own, f->nown, f->cap_own);
	f->own[f->nown++] = (struct numfmt){ id, xstrndup(code, len) };
}

static const char *
code_of(const struct numfmts *f, unsigned id)
{
	size_t i;

	for (i = 0; i < f->nown; i++)
		if (f->own[i].id == id)
			return f->own[i].code;
	for (i = 0; i < NELEM(builtin); i++)
		if (builtin[i].id == id)
			return builtin[i].code;
	return NULL;
}

void
numfmts_add_style(struct numfmts *f, unsigned id)
{
	GROW(f->styles, f->nstyles, f->cap_styles);
	f->styles[f->nstyles++] = code_of(f, id);
}

void
numfmts_show(const struct numfmts *f, size_t style, double value,
    struct buf *out)
{
	numfmt_show(style < f->nstyles ? f->styles[style] : NULL, value,
	    f->from_1904, out);
}
