#include <config.h>

#include "formats/format.h"

static const char *const names[EXTRACT_NSTATUS] = {
	[EXTRACT_OK] = "ok",
	[EXTRACT_EMPTY] = "empty",
	[EXTRACT_SCAN] = "scan",
	[EXTRACT_ENCRYPTED] = "encrypted",
	[EXTRACT_UNSUPPORTED] = "unsupported",
	[EXTRACT_UNKNOWN] = "unknown",
	[EXTRACT_MALFORMED] = "malformed",
	[EXTRACT_BOMB] = "bomb",
	[EXTRACT_TOO_BIG] = "too-big",
	[EXTRACT_DENIED] = "denied",
	[EXTRACT_NOT_REGULAR] = "not-regular",
	[EXTRACT_CHANGED] = "changed",
	[EXTRACT_IO] = "io",
	[EXTRACT_LIMIT_CPU] = "limit-cpu",
	[EXTRACT_LIMIT_MEMORY] = "limit-memory",
	[EXTRACT_LIMIT_WALL] = "limit-wall",
	[EXTRACT_LIMIT_OUTPUT] = "limit-output",
	[EXTRACT_CRASHED] = "crashed",
	[EXTRACT_VIOLATION] = "sandbox-violation",
};

/* Apart from format.c, because naslag has names but no formats. */
const char *
extract_status_name(enum extract_status status)
{
	return status < EXTRACT_NSTATUS ? names[status] : "?";
}
