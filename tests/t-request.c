/*
 * t-request: what the endpoint is asked, checked; its headers.
 */
#include <config.h>

#include "cgi/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cgi/caps.h"
#include "cgi/response.h"
#include "cgi/routes.h"
#include "model/lists.h"

#include "tap.h"

#define TODAY 20260101

/* A stand-in for the environment: name, value, ..., NULL. */
static const char *
stand_in(const char *name, void *arg)
{
	const char *const *e;

	for (e = arg; *e != NULL; e += 2)
		if (strcmp(*e, name) == 0)
			return e[1];
	return NULL;
}

static int
ask(const char *method, const char *path, const char *string,
    struct request *r, struct error *err)
{
	const char *env[] = { "REQUEST_METHOD", method, "PATH_INFO", path,
	    "QUERY_STRING", string, "HTTP_PROXY", "x", NULL };

	return request_read(stand_in, env, r, err);
}

/* What stands between "&" is 1,000 bytes of this. */
#define LONG "\1"

static const struct {
	const char *method, *path, *string;
	int status;
	const char *says;	/* part of the message */
} cases[] = {
	{ "GET", "/", "", 200, "" },
	{ "HEAD", "/", "q=asiel", 200, "" },
	{ "POST", "/", "q=asiel", 405, "GET en HEAD" },
	{ "get", "/", "", 405, "GET en HEAD" },
	{ "GETX", "/", "", 405, "GET en HEAD" },
	{ "", "/", "", 405, "GET en HEAD" },
	{ NULL, "/", "", 405, "GET en HEAD" },
	{ "GET", NULL, NULL, 200, "" },
	{ "GET", "", "", 200, "" },
	{ "GET", "nix", "", 400, "adres" },
	{ "GET", "/a\nb", "", 400, "adres" },
	{ "GET", "/a\r\nX: y", "", 400, "adres" },
	{ "GET", "/\xff", "", 400, "adres" },
	{ "GET", "/\x7f", "", 400, "adres" },
	{ "GET", "/" LONG, "", 400, "adres" },
	{ "GET", "/", "q=a+b%20c", 200, "" },
	{ "GET", "/", "&&q=a&", 200, "" },
	{ "GET", "/", "q=a%09b", 200, "" },
	{ "GET", "/", "q=%", 400, "procentteken" },
	{ "GET", "/", "q=%4", 400, "procentteken" },
	{ "GET", "/", "q=%4&soort=regelgeving", 400, "procentteken" },
	{ "GET", "/", "q=%g0", 400, "procentteken" },
	{ "GET", "/", "%=a", 400, "procentteken" },
	{ "GET", "/", "q=%00", 400, "procentteken" },
	{ "GET", "/", "q=a%0Db", 400, "stuurtekens" },
	{ "GET", "/", "q=a%0d%0aX:+y", 400, "stuurtekens" },
	{ "GET", "/", "q=a\nb", 400, "stuurtekens" },
	{ "GET", "/", "a%0Ab=c", 400, "stuurtekens" },
	{ "GET", "/", "q=%7F", 400, "stuurtekens" },
	{ "GET", "/", "q=%C2%85", 400, "stuurtekens" },
	{ "GET", "/", "q=%C3%AB", 200, "" },
	{ "GET", "/", "q=\xc3\xab", 200, "" },
	{ "GET", "/", "q=%C3", 400, "UTF-8" },
	{ "GET", "/", "q=%C0%AF", 400, "UTF-8" },
	{ "GET", "/", "q=%ED%A0%80", 400, "UTF-8" },
	{ "GET", "/", "q=%F5%80%80%80", 400, "UTF-8" },
	{ "GET", "/", "q=\xff", 400, "UTF-8" },
	{ "GET", "/", "q=" LONG, 400, "waarde is te lang" },
	{ "GET", "/", LONG, 400, "waarde is te lang" },
	{ "GET", "/", LONG "&" LONG, 400, "vraag is te lang" },
};

static char *
lengthened(const char *s)
{
	struct buf b = BUF_INIT;
	int i;

	if (s == NULL)
		return NULL;
	for (; *s != '\0'; s++)
		for (i = 0; i < (*s == *LONG ? 1000 : 1); i++)
			buf_addc(&b, *s == *LONG ? 'a' : *s);
	buf_adds(&b, "");
	return buf_steal(&b);
}

static void
test_cases(void)
{
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		CLEAN(str_free) char *path = lengthened(cases[i].path);
		CLEAN(str_free) char *string = lengthened(cases[i].string);
		CLEAN(request_clear) struct request r;
		struct error err = ERROR_INIT;
		int status = ask(cases[i].method, path, string, &r, &err);

		ok(status == cases[i].status &&
		    strstr(err.msg, cases[i].says) != NULL,
		    "request %zu is %d: %s", i, cases[i].status,
		    cases[i].says);
		if (status != cases[i].status)
			printf("# %d %s\n", status, err.msg);
	}
}

/* A request for the search page -> how the question is read, or the error. */
static const struct {
	const char *string, *read;
} questions[] = {
	{ "", "" },
	{ "q=asiel+kind", "asiel kind" },
	{ "q=&soort=&peildatum=&sorteer=&aantal=", "" },
	{ "soort=WI&soort=IB", "soort:werkinstructie soort:informatiebericht" },
	{ "soort=WI&soort=WI", "soort:werkinstructie" },
	{ "q=a&q=b", "! q is meer dan eens gegeven" },
	{ "q=&q=b", "! q is meer dan eens gegeven" },
	{ "vanaf=0&vanaf=0", "! vanaf is meer dan eens gegeven" },
	{ "vorm=json&vorm=json", "! vorm is meer dan eens gegeven" },
	{ "vorm=json&q=asiel", "asiel" },
	{ "zoek=asiel", "! sleutel ‘zoek’ bestaat niet" },
	{ "Q=asiel", "! sleutel ‘Q’ bestaat niet" },
	{ "zoek=", "! sleutel ‘zoek’ bestaat niet" },
	{ "=asiel", "! sleutel ‘’ bestaat niet" },
	{ "soort=wet", "! " },
	{ "peildatum=2024-13-01", "! ongeldige datum" },
	{ "vanaf=990&aantal=50", "" },
	{ "vanaf=991", "! de vraag is te zwaar: 991 overgeslagen" },
	{ "aantal=51", "! de vraag is te zwaar: 51 treffers tegelijk" },
	{ "aantal=-1", "! ongeldig getal" },
	{ "q=asi*+bel*", "asi* bel*" },
	{ "q=asi*+bel*+ver*", "! de vraag is te zwaar: 3 woorden met een sterre" },
	{ "q=asi*+bel*&titel=ver*", "! de vraag is te zwaar: 3 woorden met een" },
	{ "q=a1+NABIJ/10+b1", "a1 NABIJ/10 b1" },
	{ "q=a1+NABIJ/11+b1", "! de vraag is te zwaar: 11 woorden afstand" },
	{ "q=%22a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p%22",
	    "\"a b c d e f g h i j k l m n o p\"" },
	{ "q=%22a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+a%22",
	    "! de vraag is te zwaar: 17 woorden tussen" },
	{ "q=%22a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-a%22",
	    "! de vraag is te zwaar: 17 woorden tussen" },
	{ "q=a1+a2+a3+a4+a5+a6+a7+a8+a9+b1+b2+b3+b4+b5+b6+b7+b8+b9+c1+c2+c3+"
	    "c4+c5+c6+c7+c8+c9+d1+d2+d3+d4+d5+D5",
	    "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6 b7 b8 b9 c1 c2 c3 c4 "
	    "c5 c6 c7 c8 c9 d1 d2 d3 d4 d5 D5" },
	{ "q=a1+a2+a3+a4+a5+a6+a7+a8+a9+b1+b2+b3+b4+b5+b6+b7+b8+b9+c1+c2+c3+"
	    "c4+c5+c6+c7+c8+c9+d1+d2+d3+d4+d5+d6",
	    "! de vraag is te zwaar: 33 verschillende woorden" },
	{ "q=((((((((((((a+OF+b)+c)+OF+d)+e)+OF+f)+g)+OF+h)", "a" },
};

static void
test_question(const char *string, const char *want)
{
	static const char *const others[] = { "vorm", NULL };
	CLEAN(request_clear) struct request r;
	CLEAN(query_clear) struct query q;
	CLEAN(buf_clear) struct buf got = BUF_INIT;
	struct error err = ERROR_INIT;

	query_init(&q, TODAY);
	if (ask("GET", "/", string, &r, &err) != 200 ||
	    request_query(&r, others, &q, &err) == -1)
		buf_addf(&got, "! %s", err.msg);
	else
		query_print(&q, &got);
	/* Only the beginning of what is long or a message. */
	if (!ok(*want == '\0' ? got.len == 0 :
	    strncmp(buf_str(&got), want, strlen(want)) == 0 ||
	    (strcmp(want, "a") == 0 && got.len > 0 && *got.s != '!'),
	    "%.60s is read as %.40s", string, want))
		printf("# %s\n", buf_str(&got));
}

static void
test_filters(void)
{
	CLEAN(buf_clear) struct buf many = BUF_INIT;
	int i;

	for (i = 0; i <= CAPS_FILTERS; i++)
		buf_addf(&many, "%sjaar=%d", i > 0 ? "&" : "", 1980 + i);
	test_question(many.s, "! de vraag is te zwaar: 33 gekozen waarden");
}

static const struct {
	const char *path, *route, *rest;
	bool is_english;
} routes[] = {
	{ "", "/", "", false },
	{ "/", "/", "", false },
	{ "/en/", "/", "", true },
	{ "/en", NULL, "", false },
	{ "/en/sru", NULL, "", false },
	{ "/en/v1/documenten", NULL, "", false },
	{ "/v1/documenten", "/v1/documenten", "", false },
	{ "/v1/documenten/", NULL, "", false },
	{ "/v1/documenten/a/b c", "/v1/documenten/*", "a/b c", false },
	{ "/v1/documentenx", NULL, "", false },
	{ "/v1/openapi.json", "/v1/openapi.json", "", false },
	{ "/V1/openapi.json", NULL, "", false },
	{ "//", NULL, "", false },
	{ "/../etc/passwd", NULL, "", false },
	{ "/feed.atom", "/feed.atom", "", false },
};

static void
test_routes(void)
{
	const struct route *found;
	const char *rest;
	bool is_english;
	size_t i;

	for (i = 0; i < NELEM(routes); i++) {
		found = route_find(routes[i].path, &is_english, &rest);
		ok(routes[i].route == NULL ? found == NULL : found != NULL &&
		    strcmp(found->path, routes[i].route) == 0 &&
		    strcmp(rest, routes[i].rest) == 0 &&
		    is_english == routes[i].is_english,
		    "%s is %s", routes[i].path, routes[i].route != NULL ?
		    routes[i].route : "no route");
	}
}

static void
test_response(void)
{
	CLEAN(response_clear) struct response r = RESPONSE_INIT;
	CLEAN(buf_clear) struct buf whole = BUF_INIT, head = BUF_INIT;
	CLEAN(buf_clear) struct buf same = BUF_INIT;

	response_set(&r, 200, "text/plain");
	response_header(&r, "X-Een", "een");
	buf_adds(&r.body, "zeegras");
	strcpy(r.etag, "7-abc");
	response_write(&r, false, &whole);
	response_write(&r, true, &head);
	ok(strncmp(whole.s, "Status: 200 OK\r\nContent-Type: text/plain\r\n"
	    "Content-Length: 7\r\n", 61) == 0, "status, type and length first");
	ok(strstr(whole.s, "\r\nETag: W/\"7-abc\"\r\n") != NULL,
	    "the tag is weak");
	ok(strstr(whole.s, "\r\nX-Een: een\r\n") != NULL,
	    "with the handler's header");
	ok(strcmp(strstr(whole.s, "\r\n\r\n"), "\r\n\r\nzeegras") == 0,
	    "then the body");
	ok(head.len + 7 == whole.len &&
	    strncmp(head.s, whole.s, head.len) == 0,
	    "HEAD: the same headers and no body");
	r.status = 304;
	response_write(&r, false, &same);
	ok(strncmp(same.s, "Status: 304", 11) == 0 &&
	    strstr(same.s, "\r\nContent-Type") == NULL &&
	    strstr(same.s, "\r\nContent-Length") == NULL &&
	    strcmp(same.s + same.len - 4, "\r\n\r\n") == 0,
	    "304: no body, and nothing about it");
}

int
main(void)
{
	struct error err = ERROR_INIT;
	size_t i;

	if (lists_load(&err) == -1) {
		printf("Bail out! %s\n", err.msg);
		return 1;
	}
	test_cases();
	for (i = 0; i < NELEM(questions); i++)
		test_question(questions[i].string, questions[i].read);
	test_filters();
	test_routes();
	test_response();
	lists_free();
	return tap_done();
}
