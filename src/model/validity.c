#include <config.h>

#include "model/validity.h"

#include <string.h>

#include "base/date.h"

static const char *const names[NVALIDITIES] = {
	[VALIDITY_GELDIG] = "geldig",
	[VALIDITY_VERVALLEN] = "vervallen",
	[VALIDITY_TOEKOMSTIG] = "toekomstig",
	[VALIDITY_ONBEKEND] = "onbekend",
};

enum validity
validity_on(int van_ymd, int tot_ymd, int peil_ymd)
{
	if (van_ymd == DATE_NONE && tot_ymd == DATE_NONE)
		return VALIDITY_ONBEKEND;
	if (tot_ymd != DATE_NONE && tot_ymd < peil_ymd)
		return VALIDITY_VERVALLEN;
	if (van_ymd > peil_ymd)
		return VALIDITY_TOEKOMSTIG;
	return VALIDITY_GELDIG;
}

const char *
validity_name(enum validity v)
{
	return names[v];
}

enum validity
validity_by_name(const char *name)
{
	enum validity v;

	for (v = 0; v < NVALIDITIES; v++)
		if (strcmp(names[v], name) == 0)
			break;
	return v;
}
