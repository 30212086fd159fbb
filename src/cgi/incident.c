#include <config.h>

#include "cgi/incident.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include <jansson.h>

#include "show/page.h"

/* What programs are told; show/page.c has what visitors are told. */
static const struct told {
	int status;
	const char *title, *text;
} tellings[] = {
	{ 400, "Deze vraag is niet te beantwoorden",
	    "Pas de vraag aan en probeer het opnieuw." },
	{ 404, "Niet gevonden", "Dit adres of dit document is er niet." },
	{ 405, "Methode niet toegestaan",
	    "Dit adres kan alleen worden gelezen: met GET of HEAD." },
	{ 500, "Er ging iets mis",
	    "De zoekmachine kon deze vraag niet beantwoorden." },
	{ 503, "Zoeken kan nu even niet",
	    "Probeer het over een halve minuut opnieuw." },
};

void
incident_init(struct incident *in, bool is_api, const struct site *site)
{
	uint8_t b[16] = { 0 };
	char *at = in->number;
	size_t i;

	*in = (struct incident){ .is_api = is_api, .site = site };
	if (getrandom(b, sizeof b, 0) == -1)
		b[0] = 0;
	b[6] = (b[6] & 0x0F) | 0x40;
	b[8] = (b[8] & 0x3F) | 0x80;
	for (i = 0; i < sizeof b; i++)
		at += sprintf(at, "%s%02x", i == 4 || i == 6 || i == 8 ||
		    i == 10 ? "-" : "", b[i]);
}

static const struct told *
told_of(int status)
{
	size_t i;

	for (i = 0; i < NELEM(tellings); i++)
		if (tellings[i].status == status)
			return &tellings[i];
	return told_of(500);
}

/* What the visitor may know of it; NULL if nothing. */
static const struct error *
detail_of(const struct error *err)
{
	if (err == NULL || (err->kind != ERROR_QUERY &&
	    err->kind != ERROR_ABSENT))
		return NULL;
	return err;
}

/* RFC 9457. */
static void
print_problem(const struct incident *in, const struct told *t,
    const struct error *why, struct buf *out)
{
	json_t *o = json_pack("{ss ss si ss so}", "type", "about:blank",
	    "title", t->title, "status", t->status,
	    "detail", why != NULL ? why->msg : t->text,
	    "instance", json_sprintf("urn:uuid:%s", in->number));
	char *s = json_dumps(o, JSON_INDENT(1));

	buf_adds(out, s != NULL ? s : "{}");
	buf_addc(out, '\n');
	free(s);
	json_decref(o);
}

void
incident_answer(const struct incident *in, int status,
    const struct error *err, struct response *r)
{
	const struct told *t = told_of(status);

	response_clear(r);
	if (in->is_api) {
		response_set(r, t->status, "application/problem+json");
		print_problem(in, t, detail_of(err), &r->body);
	} else {
		response_set(r, t->status, "text/html; charset=utf-8");
		page_error(in->site, t->status, detail_of(err), in->typed,
		    in->number, &r->body);
	}
	if (status == 405)
		response_header(r, "Allow", "GET, HEAD");
	if (status == 503)
		response_header(r, "Retry-After", "30");
}
