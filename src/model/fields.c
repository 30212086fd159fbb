#include <config.h>

#include "model/fields.h"

#include <string.h>

#include "base/tsv.h"

enum {
	SHOW = FIELD_SHOW,
	FACET = FIELD_FACET,
	MANY = FIELD_MANY,
	SORT = FIELD_SORT,
	CLOSED = FIELD_CLOSED,
	YEAR = FIELD_YEAR,
};

const struct field fields[NFIELDS] = {
#define FIELD(id, name, prefix, slot, kind, flags, label) \
	{ FIELD_##id, name, prefix, slot, FIELD_##kind, flags, label },
#include "model/fields.def"
#undef FIELD
};

/* Without a prefix a keyword would be found by the words of the text. */
#define KIND_TEXT 0
#define KIND_KEYWORD 1
#define KIND_DATE 0
#define KIND_PERIOD 1
#define FIELD(id, name, prefix, slot, kind, flags, label)		\
	_Static_assert(!KIND_##kind || sizeof(prefix) > 1,		\
	    "a keyword or period needs a prefix: " #id);
#include "model/fields.def"
#undef FIELD

const struct field *
field_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < NFIELDS; i++)
		if (fields[i].name[0] != '\0' &&
		    strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

uint64_t
fields_hash(void)
{
	uint64_t h = HASH_INIT;
	uint32_t numbers[3];
	size_t i;

	for (i = 0; i < NFIELDS; i++) {
		h = hash_str(h, fields[i].name);
		h = hash_str(h, fields[i].prefix);
		numbers[0] = fields[i].slot;
		numbers[1] = fields[i].kind;
		numbers[2] = fields[i].flags;
		h = hash_bytes(h, numbers, sizeof numbers);
	}
	return h;
}
