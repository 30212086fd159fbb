#include <config.h>

#include "show/openapi.h"

#include <string.h>

#include <jansson.h>

#include "show/jsonval.h"

static void
json_free(json_t **o)
{
	json_decref(*o);
}

static void
put_server(json_t *root, const struct site *site)
{
	json_t *server = json_array_get(json_object_get(root, "servers"), 0);
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	site_url(site, "/v1", NULL, true, &url);
	json_object_set_new(server, "url", jsonval_text(url.s));
}

/* An address that nobody reads is worse than none. */
static void
put_contact(json_t *root, const struct site *site, const char *contact)
{
	json_t *to = json_object_get(json_object_get(root, "info"), "contact");
	CLEAN(buf_clear) struct buf home = BUF_INIT;

	if (strchr(contact, '@') == NULL) {
		json_object_del(to, "email");
		json_object_set_new(to, "url", jsonval_text(contact));
		return;
	}
	json_object_set_new(to, "email", jsonval_text(contact));
	site_url(site, "/", NULL, true, &home);
	if (site->origin != NULL)
		json_object_set_new(to, "url", jsonval_text(home.s));
	else
		json_object_del(to, "url");
}

int
openapi_print(const char *text, const struct site *site, const char *contact,
    struct buf *out, struct error *err)
{
	CLEAN(json_free) json_t *root = json_loads(text, 0, NULL);

	if (json_object_get(root, "openapi") == NULL)
		return error_set(err, ERROR_CONFIG,
		    "openapi.json: no description of an API");
	put_server(root, site);
	if (contact != NULL)
		put_contact(root, site, contact);
	jsonval_print(json_incref(root), JSON_INDENT(1), out);
	return 0;
}
