/*
 * pagecheck: a strict reader of our pages, which knows only what these are made
 * of: elements and attributes that are ours, in order, and text that is
 * escaped.
 */
#ifndef PAGECHECK_H
#define PAGECHECK_H

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

#define MAX_DEPTH 64

static const char *const elements[] = {
	"a", "aside", "body", "button", "code", "dd", "details", "div", "dl",
	"dt", "footer", "form", "h1", "h2", "h3", "head", "header", "html",
	"label", "li", "main", "mark", "nav", "ol", "option", "p", "section",
	"select", "span", "strong", "style", "summary", "time", "title", "ul",
};
static const char *const void_elements[] = { "input", "link", "meta" };
static const char *const attributes[] = {
	"action", "aria-describedby", "aria-label", "aria-labelledby",
	"autocapitalize", "autofocus", "charset", "checked", "class",
	"content", "datetime", "enterkeyhint", "for", "hidden", "href",
	"hreflang", "id", "lang", "maxlength", "method", "name", "open", "rel",
	"role", "selected", "spellcheck", "start", "tabindex", "title", "type",
	"value",
};
static const char *const entities[] = {
	"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#96;", "&#9;", "&#10;",
};

static bool
is_one(const char *s, size_t n, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0)
			return true;
	return false;
}
#define IS_ONE(s, n, list) is_one(s, n, list, NELEM(list))

struct page_reader {
	const char *at;
	const char *stack[MAX_DEPTH];
	size_t lengths[MAX_DEPTH], depth;
	const char *wrong;	/* NULL: nothing */
};

static void
wrong(struct page_reader *r, const char *what)
{
	if (r->wrong == NULL)
		r->wrong = what;
}

static void
read_text(struct page_reader *r, const char *stop)
{
	size_t i;

	while (*r->at != '\0' && strchr(stop, *r->at) == NULL) {
		if (*r->at == '>' || *r->at == '<')
			wrong(r, "a bracket that is not escaped");
		if (*r->at == '&') {
			for (i = 0; i < NELEM(entities); i++)
				if (strncmp(r->at, entities[i],
				    strlen(entities[i])) == 0)
					break;
			if (i == NELEM(entities))
				wrong(r, "an ampersand that is not escaped");
		}
		r->at++;
	}
}

/* Where links and forms may lead. */
static bool
is_good_target(const char *s)
{
	static const char *const good[] = { "/", "#", "https://", "http://" };
	size_t i;

	for (i = 0; i < NELEM(good); i++)
		if (strncmp(s, good[i], strlen(good[i])) == 0)
			return s[0] != '/' || s[1] != '/';
	return false;
}

static void
read_attribute(struct page_reader *r)
{
	const char *name = ++r->at;
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz-");

	if (!IS_ONE(name, n, attributes))
		wrong(r, "an attribute that is not ours");
	r->at += n;
	if (*r->at != '=')
		return;
	if (*++r->at != '"')
		wrong(r, "a value without quotes");
	r->at++;
	if (((n == 4 && memcmp(name, "href", 4) == 0) ||
	    (n == 6 && memcmp(name, "action", 6) == 0)) &&
	    !is_good_target(r->at))
		wrong(r, "a link to nowhere good");
	read_text(r, "\"");
	if (*r->at == '"')
		r->at++;
}

static void
read_end_tag(struct page_reader *r)
{
	const char *name = r->at + 2;
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");

	if (r->depth == 0 || r->lengths[r->depth - 1] != n ||
	    memcmp(r->stack[r->depth - 1], name, n) != 0 || name[n] != '>')
		wrong(r, "an end that ends nothing");
	else
		r->depth--;
	r->at = name + n + 1;
}

static void
read_tag(struct page_reader *r)
{
	const char *name = r->at + 1;
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
	bool is_void = IS_ONE(name, n, void_elements);

	if (!is_void && !IS_ONE(name, n, elements))
		wrong(r, "an element that is not ours");
	for (r->at = name + n; *r->at == ' ' && r->wrong == NULL; )
		read_attribute(r);
	if (*r->at++ != '>')
		wrong(r, "a tag without end");
	if (is_void || r->wrong != NULL)
		return;
	if (r->depth == MAX_DEPTH) {
		wrong(r, "elements too deep");
		return;
	}
	r->stack[r->depth] = name;
	r->lengths[r->depth++] = n;
	if (n == 5 && memcmp(name, "style", 5) == 0)
		r->at = strstr(r->at, "</style>");
}

static bool
has_bidi(const char *s, size_t n)
{
	size_t i, len;
	uint32_t c;

	for (i = 0; i < n; i += len) {
		if ((len = utf8_decode(s + i, n - i, &c)) == 0)
			return true;
		if ((c >= 0x202A && c <= 0x202E) ||
		    (c >= 0x2066 && c <= 0x2069) || (c < ' ' && c != '\n' &&
		    c != '\t') || (c >= 0x7F && c < 0xA0))
			return true;
	}
	return false;
}

/* What is wrong with a page; NULL: nothing. */
__attribute__((unused))
static const char *
page_fault(const struct buf *page)
{
	static const char doctype[] = "<!DOCTYPE html>\n";
	struct page_reader r = { .at = page->s + sizeof doctype - 1 };

	if (strlen(page->s) != page->len)
		return "a NUL";
	if (!utf8_valid(page->s, page->len))
		return "bytes that are not UTF-8";
	if (has_bidi(page->s, page->len))
		return "a control character";
	if (strncmp(page->s, doctype, sizeof doctype - 1) != 0)
		return "no doctype";
	while (*r.at != '\0' && r.wrong == NULL) {
		if (*r.at != '<')
			read_text(&r, "<");
		else if (r.at[1] == '/')
			read_end_tag(&r);
		else
			read_tag(&r);
	}
	if (r.wrong == NULL && r.depth > 0)
		return "an element without end";
	return r.wrong;
}

#endif
