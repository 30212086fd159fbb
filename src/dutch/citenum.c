#include <config.h>

#include "dutch/citeart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t
bis_at(const struct scan *sc, size_t at, struct word_hit *w)
{
	if (cite_word(sc, at, w) && w->kind == WORD_BIS)
		return w->end;
	return 0;
}

/* "1(F)", "1 F": a capital that belongs to the number, spaced or not. */
static size_t
capital_at(const struct scan *sc, size_t at, char *letter)
{
	size_t i = at;
	bool is_open;

	if (i < sc->len && sc->s[i] == ' ')
		i++;
	is_open = i < sc->len && sc->s[i] == '(';
	i += is_open;
	if (i >= sc->len || sc->s[i] < 'A' || sc->s[i] > 'F' ||
	    !cite_is_end(sc, i + 1) || (!is_open && i + 1 < sc->len &&
	    sc->s[i + 1] != ' ' && sc->s[i + 1] != ',' &&
	    sc->s[i + 1] != ')'))
		return 0;
	if (is_open && (i + 1 >= sc->len || sc->s[i + 1] != ')'))
		return 0;
	*letter = (char)(sc->s[i] | 32);
	return i + 1 + is_open;
}

/* Letters behind a number: 30a, 3.106aa, 4bis; appended to number. */
static size_t
suffix_at(const struct scan *sc, size_t at, char *number, size_t n)
{
	static const char *const latin[] = { "bis", "ter", "quater",
		"quinquies", "sexies", "septies" };
	struct word_hit w;
	size_t len = 0, end;
	char letter;

	if ((end = bis_at(sc, at, &w)) > 0 ||
	    (at < sc->len && sc->s[at] == ' ' &&
	    (end = bis_at(sc, at + 1, &w)) > 0)) {
		if (strlen(latin[w.number]) + n < NUMBER_BYTES)
			strcpy(number + n, latin[w.number]);
		return end;
	}
	while (at + len < sc->len && len < 4 && cite_letter(sc->s[at + len]))
		len++;
	if (len > 3 || !cite_is_end(sc, at + len))
		return 0;
	for (end = at; end < at + len; end++)
		number[n++] = (char)(sc->s[end] | 32);
	number[n] = '\0';
	if (len == 0 && (end = capital_at(sc, at, &letter)) > 0) {
		number[n++] = letter;
		number[n] = '\0';
		return end;
	}
	return at + len;
}

size_t
article_number(const struct scan *sc, size_t at, char number[NUMBER_BYTES])
{
	size_t end = cite_digits(sc, at, 1, 4), n, more;
	int dots;

	if (end == 0)
		return 0;
	for (dots = 0; dots < 3 && end + 1 < sc->len &&
	    (sc->s[end] == '.' || sc->s[end] == ':') &&
	    (more = cite_digits(sc, end + 1, 1, 4)) > 0; dots++)
		end = more;
	if (end - at > NUMBER_BYTES - 12)
		return 0;
	if (end + 1 < sc->len && (sc->s[end] == '/' || sc->s[end] == '.' ||
	    sc->s[end] == ':') && cite_digit(sc->s[end + 1]))
		return 0;
	n = end - at;
	memcpy(number, sc->s + at, n);
	number[n] = '\0';
	return suffix_at(sc, end, number, n);
}

size_t
article_roman(const struct scan *sc, size_t at, char number[NUMBER_BYTES])
{
	size_t n = 0;

	while (at + n < sc->len && n < 8 && strchr("IVXLC", sc->s[at + n]) &&
	    sc->s[at + n] != '\0') {
		number[n] = (char)(sc->s[at + n] | 32);
		n++;
	}
	number[n] = '\0';
	return n > 0 && n < 8 && cite_is_end(sc, at + n) ? at + n : 0;
}

/* Where the part of a number begins that a range counts: 3.6a, 30a, 31. */
static size_t
counted(const char *s)
{
	size_t n = strlen(s), i = n;

	if (n > 1 && cite_letter(s[n - 1]) && cite_digit(s[n - 2]))
		return n - 1;
	while (i > 0 && cite_digit(s[i - 1]))
		i--;
	return i;
}

void
run_add(struct run *run, const char *number)
{
	char *s;

	if (run->count == MAX_RUN || strlen(number) >= NUMBER_BYTES)
		return;
	s = run->numbers[run->count++];
	memcpy(s, number, strlen(number) + 1);
}

void
run_range(struct run *run, const char *number)
{
	char from[NUMBER_BYTES], next[NUMBER_BYTES * 2];
	size_t i = counted(number), k;
	long lo, hi, v;

	snprintf(from, sizeof from, "%s", run->numbers[run->count - 1]);
	k = counted(from);
	if (k == i && strncmp(from, number, i) == 0) {
		bool is_letter = cite_letter(number[i]);

		lo = is_letter ? from[k] : strtol(from + k, NULL, 10);
		hi = is_letter ? number[i] : strtol(number + i, NULL, 10);
		if (is_letter == cite_letter(from[k]) && lo < hi &&
		    hi - lo < MAX_RUN - (long)run->count)
			for (v = lo + 1; v < hi; v++) {
				if (is_letter)
					snprintf(next, sizeof next, "%.*s%c",
					    (int)i, from, (int)v);
				else
					snprintf(next, sizeof next, "%.*s%ld",
					    (int)i, from, v);
				run_add(run, next);
			}
	}
	run_add(run, number);
}
