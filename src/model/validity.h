/*
 * validity: what a period of validity means on a date of reference.
 */
#ifndef VALIDITY_H
#define VALIDITY_H

enum validity {
	VALIDITY_GELDIG,
	VALIDITY_VERVALLEN,
	VALIDITY_TOEKOMSTIG,
	VALIDITY_ONBEKEND,
	NVALIDITIES
};

/*
 * Days are YYYYMMDD, both included; an open end is DATE_OPEN_BEGIN or
 * DATE_OPEN_END.  Without any date validity is unknown, never geldig.
 */
enum validity validity_on(int van_ymd, int tot_ymd, int peil_ymd);

const char *validity_name(enum validity);	/* "geldig", also its label */
/* The validity of that name; NVALIDITIES if there is none. */
enum validity validity_by_name(const char *);

#endif
