#include <config.h>

#include "formats/format.h"

static const struct {
	const char *name;
	bool is_final;
} statuses[EXTRACT_NSTATUS] = {
	[EXTRACT_OK] = { "ok", true },
	[EXTRACT_EMPTY] = { "empty", true },
	[EXTRACT_SCAN] = { "scan", true },
	[EXTRACT_ENCRYPTED] = { "encrypted", true },
	[EXTRACT_UNSUPPORTED] = { "unsupported", true },
	[EXTRACT_UNKNOWN] = { "unknown", true },
	[EXTRACT_MALFORMED] = { "malformed", true },
	[EXTRACT_BOMB] = { "bomb", true },
	[EXTRACT_TOO_BIG] = { "too-big", false },
	[EXTRACT_DENIED] = { "denied", false },
	[EXTRACT_NOT_REGULAR] = { "not-regular", false },
	[EXTRACT_CHANGED] = { "changed", false },
	[EXTRACT_IO] = { "io", false },
	[EXTRACT_LIMIT_CPU] = { "limit-cpu", false },
	[EXTRACT_LIMIT_MEMORY] = { "limit-memory", true },
	[EXTRACT_LIMIT_WALL] = { "limit-wall", false },
	[EXTRACT_LIMIT_OUTPUT] = { "limit-output", true },
	[EXTRACT_CRASHED] = { "crashed", false },
	[EXTRACT_VIOLATION] = { "sandbox-violation", false },
};

/* Apart from format.c, because naslag has names but no formats. */
const char *
extract_status_name(enum extract_status status)
{
	return status < EXTRACT_NSTATUS ? statuses[status].name : "?";
}

bool
extract_status_is_final(enum extract_status status)
{
	return status < EXTRACT_NSTATUS && statuses[status].is_final;
}
