#include <config.h>

#include "formats/format.h"
#include "formats/ole.h"
#include "formats/out.h"

/*
 * Compound files that are none of those that are read; a damaged one may have
 * been.
 */

/* Programs whose files are recognised, by what lies at the top of them. */
static const struct {
	const char *name, *reason;
} others[] = {
	{ "VisioDocument", "a drawing of Visio" },
	{ "Quill", "a publication of Publisher" },
	{ "Props9", "a plan of Project" },
	{ "Props12", "a plan of Project" },
	{ "Props14", "a plan of Project" },
	{ "MatOST", "a text of Works" },
};

enum extract_status
refuse_ole(const struct input *in, struct out *out)
{
	struct ole o CLEAN(ole_clear);
	const char *reason = "a compound file of another program";
	size_t i;

	/* What it was, the part that is lost may have said. */
	if (ole_open(in, &o) == -1 || !ole_is_whole(&o)) {
		out_reason(out, "damaged compound file");
		return EXTRACT_MALFORMED;
	}
	for (i = 0; i < NELEM(others); i++)
		if (ole_has(&o, others[i].name))
			reason = others[i].reason;
	out_reason(out, reason);
	return EXTRACT_UNSUPPORTED;
}
