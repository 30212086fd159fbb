#include <config.h>

#include "model/personalint.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* A word says what a number is from this far before it, in bytes. */
#define WORD_REACH	48
/* One that says it is something else stands close. */
#define OTHER_REACH	24
/* A number is of the kind of the last one if no more than this is between. */
#define SAME_REACH	24

/* ---- characters ---- */

/* The character before, of any length; 0 at the beginning. */
static uint32_t
before(const struct personal_scan *s, size_t at, size_t *len)
{
	uint32_t c = 0;

	for (*len = 1; *len <= 4 && *len <= at; (*len)++)
		if (utf8_decode(s->text + at - *len, *len, &c) == *len)
			return c;
	*len = 0;
	return 0;
}

static uint32_t
behind(const struct personal_scan *s, size_t at, size_t *len)
{
	uint32_t c = 0;

	*len = at < s->len ? utf8_decode(s->text + at, s->len - at, &c) : 0;
	return *len > 0 ? c : 0;
}

/* What makes a number part of something longer, an address or an amount. */
static bool
is_glue(uint32_t c)
{
	return utf8_is_word(c) || c == 0x20AC || (c > 0 && c < 0x80 &&
	    strchr("_/=&#?%@$\\+*~", (int)c) != NULL);
}

/* Does a number begin here, and is not the rest of something? */
static bool
begins(const struct personal_scan *s, size_t at)
{
	size_t len, more;
	uint32_t c = before(s, at, &len), far;

	if (is_glue(c))
		return false;
	far = before(s, at - len, &more);
	if (is_dash(c))
		return !utf8_is_word(far);
	if (c == '.' || c == ',' || c == ':')
		return !utf8_is_digit(far);
	return !is_blank(c) || (far != 0x20AC && far != '$');
}

static bool
ends(const struct personal_scan *s, size_t end)
{
	size_t len;
	uint32_t c = behind(s, end, &len), far;

	if (is_glue(c) && c != '/')
		return false;
	far = behind(s, end + len, &len);
	/* Two telephone numbers may have a slash between them. */
	if (c == '/')
		return far == '0' || far == '+' || !utf8_is_word(far);
	if (is_dash(c) || c == '.')
		return !utf8_is_word(far);
	return (c != ',' && c != ':') || !utf8_is_digit(far);
}

/* What stands between the columns of a table. */
static bool
is_between(uint32_t c)
{
	return is_blank(c) || c == '|';
}

/* Is no other number beside it, as in the columns of a table? */
static bool
is_alone(const struct personal_scan *s, size_t at, size_t end)
{
	size_t len;
	uint32_t c;

	while (is_between(c = before(s, at, &len)))
		at -= len;
	if (utf8_is_digit(c))
		return false;
	while (is_between(c = behind(s, end, &len)))
		end += len;
	return !utf8_is_digit(c);
}

/* ---- words ---- */

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '-' || (unsigned char)c >= 0x80;
}

/* Where the nearest word of a list before at ends; 0 if there is none. */
static size_t
nearest(const struct personal_scan *s, const struct personal_list *l,
    size_t at, size_t reach)
{
	size_t floor = at > reach ? at - reach : 0, begin, end, i;
	char word[WORD_REACH];

	for (end = at; end > floor; end = begin) {
		while (end > floor && !is_word(s->text[end - 1]))
			end--;
		for (begin = end; begin > floor && is_word(s->text[begin - 1]);)
			begin--;
		for (i = begin; i < end; i++)
			word[i - begin] = (char)tolower(
			    (unsigned char)s->text[i]);
		if (end > begin && personal_has_word(l, word, end - begin))
			return end;
	}
	return 0;
}

/* Does a word, or the number before, say that a number is of this kind? */
static bool
is_called(const struct personal_scan *s, enum personal_kind kind, size_t at)
{
	const struct personal *p = s->tables;
	size_t here = nearest(s, &p->lists[kind][ROW_WORD], at, WORD_REACH);
	enum personal_kind k;

	if (s->last.len > 0 && s->last.kind == kind && here <= s->last.at +
	    s->last.len && at - s->last.at - s->last.len <= SAME_REACH)
		here = s->last.at + s->last.len;
	for (k = 0; here > 0 && k < NPERSONAL; k++)
		if (nearest(s, &p->lists[k][ROW_WORD], at, WORD_REACH) > here)
			return false;
	return here > 0;
}

static bool
is_called_other(const struct personal_scan *s, enum personal_kind kind,
    size_t at)
{
	return nearest(s, &s->tables->lists[kind][ROW_OTHER], at,
	    OTHER_REACH) > 0;
}

/* Fax numbers are no person's, whatever stands before them. */
static bool
is_never(const struct personal_scan *s, enum personal_kind kind, size_t at)
{
	const struct personal_list *lists = s->tables->lists[kind];

	return nearest(s, &lists[ROW_NEVER], at, OTHER_REACH) >
	    nearest(s, &lists[ROW_WORD], at, OTHER_REACH);
}

/* ---- forms ---- */

/* The bytes that have a form: 9 is a digit, a blank or hyphen is any. */
static size_t
form_bytes(const char *form, const char *s, size_t n)
{
	size_t at = 0, len;
	uint32_t c;

	for (; *form != '\0'; form++, at += len) {
		if (at == n || (len = utf8_decode(s + at, n - at, &c)) == 0)
			return 0;
		if (*form == '9' ? c < '0' || c > '9' :
		    *form == ' ' ? !is_blank(c) :
		    *form == '-' ? !is_dash(c) : c != (unsigned char)*form)
			return 0;
	}
	return at;
}

static size_t
find_form(const struct personal_scan *s, const struct personal_list *forms,
    bool is_certain)
{
	size_t i, n;

	for (i = 0; i < forms->count; i++) {
		n = form_bytes(forms->items[i], s->text + s->at,
		    s->len - s->at);
		if (n > 0 && ends(s, s->at + n) && (is_certain ||
		    strchr(forms->items[i], ' ') == NULL ||
		    is_alone(s, s->at, s->at + n)))
			return n;
	}
	return 0;
}

/* The 11-proef, of eight digits as of nine with a zero before them. */
static bool
is_bsn(const char *s, size_t n)
{
	int digits[9], count = 0, sum = 0, weight = 9, i;

	for (; n > 0; s++, n--)
		if (is_digit(*s) && count < 9)
			digits[count++] = *s - '0';
	if (count == 8)
		weight = 8;
	for (i = 0; i < count - 1; i++)
		sum += digits[i] * weight--;
	return sum > 0 && (sum - digits[count - 1]) % 11 == 0;
}

/*
 * One number in eleven passes.  In a row of numbers of nine digits, one that
 * does not says that none of them is a BSN.
 */
static bool
is_among_others(const struct personal_scan *s, size_t at, size_t end)
{
	const char *t = s->text;
	size_t begin, stop;

	while (at > 0 && strchr(" ,;\n", t[at - 1]) != NULL)
		at--;
	for (begin = at; begin > 0 && at - begin < 10 && is_digit(t[begin - 1]);)
		begin--;
	while (end < s->len && strchr(" ,;\n", t[end]) != NULL)
		end++;
	for (stop = end; stop < s->len && stop - end < 10 && is_digit(t[stop]);)
		stop++;
	return (at - begin == 9 && !is_bsn(t + begin, 9)) ||
	    (stop - end == 9 && !is_bsn(t + end, 9));
}

static size_t
phone_at(const struct personal_scan *s, bool is_called)
{
	struct phone phone;
	size_t n = phone_read(s->text + s->at, s->len - s->at, &phone);
	bool is_dutch = strncmp(phone.key, "+31", 3) == 0;

	if (n == 0 || !ends(s, s->at + n))
		return 0;
	if (is_dutch ? !phone_is_personal(s->tables, &phone, is_called) :
	    !phone.has_plus && !is_called)
		return 0;
	return is_called || phone.has_plus ||
	    is_alone(s, s->at, s->at + n) ? n : 0;
}

/* ---- numbers ---- */

static size_t
form_at(const struct personal_scan *s, enum personal_kind kind, bool is_called)
{
	const struct personal_list *lists = s->tables->lists[kind];
	size_t n = find_form(s, &lists[ROW_FORM], is_called);

	if (n == 0 && is_called)
		n = find_form(s, &lists[ROW_FORM_BY_WORD], true);
	return kind != PERSONAL_BSN || (is_bsn(s->text + s->at, n) &&
	    (is_called || !is_among_others(s, s->at, s->at + n))) ? n : 0;
}

static size_t
number_at(const struct personal_scan *s, enum personal_kind kind,
    bool is_called)
{
	return kind == PERSONAL_PHONE ? phone_at(s, is_called) :
	    form_at(s, kind, is_called);
}

/* What is called by its name goes first. */
size_t
personal_number(const struct personal_scan *s, enum personal_kind *out)
{
	static const enum personal_kind kinds[] = {
		PERSONAL_VNUMMER, PERSONAL_BSN, PERSONAL_PHONE
	};
	size_t n, i;

	if (!begins(s, s->at))
		return 0;
	for (i = 0; i < NELEM(kinds); i++) {
		*out = kinds[i];
		if ((n = number_at(s, *out, true)) > 0 &&
		    is_called(s, *out, s->at) && !is_never(s, *out, s->at))
			return n;
	}
	for (i = 0; i < NELEM(kinds); i++) {
		*out = kinds[i];
		if ((n = number_at(s, *out, false)) > 0 &&
		    !is_called_other(s, *out, s->at) &&
		    !is_never(s, *out, s->at))
			return n;
	}
	return 0;
}

/* ---- accounts ---- */

/* Some write the letters of an account small; 0 for what is in none. */
static char
account_char(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z') ? c :
	    c >= 'a' && c <= 'z' ? (char)(c & ~32) : '\0';
}

/* How many characters numbers of a country have; 0 if it has none. */
static size_t
country_length(const struct personal_list *countries, const char *code)
{
	size_t i;

	for (i = 0; i < countries->count; i++)
		if (strncmp(countries->items[i], code, 2) == 0)
			return (size_t)atoi(countries->items[i] + 2);
	return 0;
}

/* ISO 7064 mod 97-10, with the first four characters behind the others. */
static bool
has_check_digits(const char *iban, size_t n)
{
	unsigned rest = 0;
	size_t i;
	char c;

	for (i = 0; i < n; i++) {
		c = iban[(i + 4) % n];
		rest = is_digit(c) ? rest * 10 + (unsigned)(c - '0') :
		    rest * 100 + (unsigned)(c - 'A') + 10;
		rest %= 97;
	}
	return rest == 1;
}

size_t
personal_account(const struct personal_scan *s)
{
	const char *text = s->text + s->at;
	size_t n = s->len - s->at, want, have = 0, at = 0, len;
	char iban[64], code[2];
	uint32_t c;

	if (n < 4 || (code[0] = account_char(text[0])) == '\0' ||
	    (code[1] = account_char(text[1])) == '\0' || !is_digit(text[2]) ||
	    !is_digit(text[3]) || is_glue(before(s, s->at, &len)))
		return 0;
	want = country_length(&s->tables->lists[PERSONAL_IBAN][ROW_COUNTRY],
	    code);
	if (want < 5 || want >= sizeof iban)
		return 0;
	while (have < want && at < n) {
		if ((iban[have] = account_char(text[at])) != '\0') {
			have++;
			at++;
			continue;
		}
		len = utf8_decode(text + at, n - at, &c);
		if (len == 0 || (!is_blank(c) && !is_dash(c) && c != '.') ||
		    at + len >= n || account_char(text[at + len]) == '\0')
			return 0;
		at += len;
	}
	if (have < want || is_glue(behind(s, s->at + at, &len)) ||
	    !has_check_digits(iban, have))
		return 0;
	return at;
}
