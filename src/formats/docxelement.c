#include <config.h>

#include "formats/docxelement.h"

#include <string.h>

#include "base/mem.h"

bool
docx_is_dropped(const struct xml_element *e, bool in_notes)
{
	static const char *const names[] = {
		"moveFrom", "del", "pPrChange", "rPrChange", "tblPrChange",
		"trPrChange", "tcPrChange", "sectPrChange",
		"rt",			/* how the letters below it are read */
	};
	size_t i;

	if (strcmp(e->ns, "w") != 0)
		return xml_is(e, "mc", "Fallback");
	for (i = 0; i < NELEM(names); i++)
		if (strcmp(e->name, names[i]) == 0)
			return true;
	return in_notes && (xml_attr_is(e, "type", "separator") ||
	    xml_attr_is(e, "type", "continuationSeparator") ||
	    xml_attr_is(e, "type", "continuationNotice"));
}
