#include <config.h>

#include "model/personalint.h"

#include <ctype.h>
#include <string.h>

/* RFC 5321: what a local part and a domain can be. */
#define LOCAL_MAX	64
#define DOMAIN_MAX	255

static bool
is_local(char c)
{
	return isalnum((unsigned char)c) || (c != '\0' &&
	    strchr("._%+-'", c) != NULL);
}

static bool
is_domain(char c)
{
	return isalnum((unsigned char)c) || c == '.' || c == '-';
}

static void
lower(char *to, const char *s, size_t n)
{
	to[n] = '\0';
	while (n-- > 0)
		to[n] = (char)tolower((unsigned char)s[n]);
}

/*
 * Is a domain, or one that it lies in, in a list?  What has no dot there is a
 * label: gov is met in www.gov.uk and mfa.gov.rs.
 */
static bool
domain_is_in(const struct personal_list *l, const char *domain)
{
	const char *at;
	size_t i;

	for (at = domain; at != NULL && *at != '\0'; at = strchr(at, '.')) {
		at += *at == '.';
		for (i = 0; i < l->count; i++) {
			const char *item = l->items[i];

			if (strchr(item, '.') == NULL ?
			    strcspn(at, ".") == strlen(item) &&
			    strncmp(at, item, strlen(item)) == 0 :
			    strcmp(at, item) == 0)
				return true;
		}
	}
	return false;
}

/* Does any word of a local part say that it is a function's? */
static bool
is_function(const struct personal_list *l, const char *local)
{
	size_t n;

	for (; *local != '\0'; local += n + (local[n] != '\0')) {
		n = strcspn(local, "._%+-'0123456789");
		if (n > 0 && personal_has_word(l, local, n))
			return true;
	}
	return false;
}

/*
 * People have addresses at providers; elsewhere a name is a word of more than
 * three letters or several words; at a public body, where single words are
 * departments, several words.  What is called like its domain is the office.
 */
static bool
is_personal(const struct personal *p, const char *local, const char *domain)
{
	const struct personal_list *lists = p->lists[PERSONAL_EMAIL];
	size_t n = strlen(local);

	if (is_function(&lists[ROW_FUNCTION], local) ||
	    (strncmp(local, domain, n) == 0 && domain[n] == '.'))
		return false;
	if (domain_is_in(&lists[ROW_PROVIDER], domain) ||
	    strpbrk(local, "._") != NULL)
		return true;
	return n > 3 && !domain_is_in(&lists[ROW_PUBLIC_BODY], domain);
}

/* The last label is letters only; that leaves out numbers and file names. */
static bool
has_top_level(const char *domain)
{
	const char *dot = strrchr(domain, '.');
	size_t n;

	if (dot == NULL || dot == domain)
		return false;
	n = strspn(dot + 1, "abcdefghijklmnopqrstuvwxyz");
	return n >= 2 && dot[1 + n] == '\0';
}

size_t
personal_address(const struct personal_scan *s, size_t *at)
{
	char local[LOCAL_MAX + 1], domain[DOMAIN_MAX + 1];
	size_t begin = s->at, end = s->at + 1;
	/* What stands in one finding is not the begin of another. */
	size_t first = s->last.at + s->last.len;

	while (begin > first && is_local(s->text[begin - 1]))
		begin--;
	while (begin < s->at && !isalnum((unsigned char)s->text[begin]))
		begin++;
	while (end < s->len && is_domain(s->text[end]))
		end++;
	while (end > s->at + 1 && !isalnum((unsigned char)s->text[end - 1]))
		end--;
	if (begin == s->at || s->at - begin > LOCAL_MAX ||
	    end - s->at - 1 > DOMAIN_MAX)
		return 0;
	lower(local, s->text + begin, s->at - begin);
	lower(domain, s->text + s->at + 1, end - s->at - 1);
	if (!has_top_level(domain) || !is_personal(s->tables, local, domain))
		return 0;
	*at = begin;
	return end - begin;
}
