#include <config.h>

#include <stdint.h>

#include "cmd/command.h"
#include "model/lists.h"

static const char *const kinds[] = {
	[FIELD_TEXT] = "tekst",
	[FIELD_KEYWORD] = "waarde",
	[FIELD_DATE] = "datum",
	[FIELD_PERIOD] = "periode",
};

/* One line a field: name, kind, facet or not, label, values if they are few. */
static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	enum field_id f;

	(void)settings;
	if (argument_word(args, 0) != NULL)
		return error_set(err, ERROR_QUERY,
		    "naslag fields heeft geen argumenten");
	buf_adds(out, "naam\tsoort\tfacet\tlabel\twaarden\n");
	for (f = 0; f < NFIELDS; f++) {
		if (*fields[f].name == '\0')
			continue;
		buf_addf(out, "%s\t%s\t%s\t%s\t", fields[f].name,
		    kinds[fields[f].kind],
		    fields[f].flags & FIELD_FACET ? "facet" : "-",
		    fields[f].label);
		list_print(f, SIZE_MAX, out);
		buf_addc(out, '\n');
	}
	return 0;
}

const struct command cmd_fields = {
	.name = "fields",
	.usage = "",
	.summary = "list the fields one can ask about",
	.run = run,
};
