#include <config.h>

#include "dutch/citeint.h"

#include <stdio.h>
#include <string.h>

size_t
ljn_find(struct scan *sc, size_t begin, size_t at)
{
	char key[16];
	size_t end;

	at += series_gap(sc->s + at, sc->len - at);
	if (at + 2 >= sc->len || !cite_letter(sc->s[at]) ||
	    !cite_letter(sc->s[at + 1]) ||
	    (end = cite_digits(sc, at + 2, 4, 4)) == 0 ||
	    !cite_is_end(sc, end))
		return 0;
	snprintf(key, sizeof key, "ljn-%c%c%.4s", sc->s[at] | 32,
	    sc->s[at + 1] | 32, sc->s + at + 2);
	cite_add(sc, begin, end, key, strlen(key));
	return end;
}

/* ---- journals ---- */

static size_t
skip_dot(const struct scan *sc, size_t at)
{
	return at < sc->len && sc->s[at] == '.' ? at + 1 : at;
}

static size_t
skip_nr(const struct scan *sc, size_t at)
{
	struct word_hit w;

	at = cite_space(sc, at);
	if (cite_word(sc, at, &w) && w.kind == WORD_NR)
		at = cite_space(sc, skip_dot(sc, w.end));
	return at;
}

/* Between year and number: ", ", "/", "-", ", nr. ". */
static size_t
separator_at(const struct scan *sc, size_t at)
{
	size_t end = at + series_gap(sc->s + at, sc->len - at);

	if (end < sc->len && sc->s[end] == '\n')
		end++;
	return end > at ? skip_nr(sc, end) : 0;
}

/* "L 337", "L337/9", "C 12": series and number of the EU's journal. */
static size_t
pb_number(const struct scan *sc, size_t at, char out[12])
{
	size_t end, next;

	if (at >= sc->len || strchr("LlCc", sc->s[at]) == NULL)
		return 0;
	next = cite_space(sc, skip_dot(sc, at + 1));
	if ((end = cite_digits(sc, next, 1, 4)) == 0)
		return 0;
	snprintf(out, 12, "%c%.*s", sc->s[at] | 32, (int)(end - next),
	    sc->s + next);
	return end;
}

/*
 * "9 december 1993, Stb. 725": the year is that of the date before the journal
 * at byte begin, up to 1995 or so.
 */
static size_t
number_of_date(struct scan *sc, size_t begin, size_t at)
{
	size_t end = cite_digits(sc, at, 1, 4), year = begin;
	char key[24];

	while (year > 0 && begin - year < 4 &&
	    strchr(" ,(", sc->s[year - 1]) != NULL)
		year--;
	if (end == 0 || !cite_is_end(sc, end) || year < 6 || year == begin ||
	    cite_digits(sc, year - 4, 4, 4) != year ||
	    sc->s[year - 5] != ' ' || !cite_letter(sc->s[year - 6]) ||
	    (sc->s[year - 4] != '1' && sc->s[year - 4] != '2'))
		return 0;
	snprintf(key, sizeof key, "stb-%.4s-%.*s", sc->s + year - 4,
	    (int)(end - at), sc->s + at);
	cite_add(sc, begin, end, key, strlen(key));
	return end;
}

/* "Stb. 2013, 478", "PbEU 2011, L 337": behind the journal's name. */
size_t
journal_find(struct scan *sc, size_t begin, size_t at, enum start journal)
{
	const char *name = journal == START_STB ? "stb" :
	    journal == START_STCRT ? "stcrt" : journal == START_TRB ? "trb" :
	    "pbeu";
	size_t year, end;
	char key[40], number[12];

	at = skip_dot(sc, at);
	at += series_gap(sc->s + at, sc->len - at);
	at = skip_nr(sc, at);
	if ((year = cite_digits(sc, at, 4, 4)) == 0 || sc->s[at] > '2' ||
	    (end = separator_at(sc, year)) == 0)
		return journal == START_STB ? number_of_date(sc, begin, at) :
		    0;
	if (journal == START_PB) {
		end = pb_number(sc, end, number);
	} else {
		size_t from = end;

		end = cite_digits(sc, from, 1, 6);
		snprintf(number, sizeof number, "%.*s",
		    end > 0 ? (int)(end - from) : 0, sc->s + from);
	}
	if (end == 0 || !cite_is_end(sc, end))
		return 0;
	snprintf(key, sizeof key, "%s-%.4s-%s", name, sc->s + at, number);
	cite_add(sc, begin, end, key, strlen(key));
	return end;
}

/* ---- parliamentary papers ---- */

/* "19637", "19 637", "19.637", with "-VI" behind it; appended to key. */
static size_t
dossier_at(const struct scan *sc, size_t at, char *key, size_t size)
{
	size_t end = cite_digits(sc, at, 5, 5), two, n = strlen(key), roman;

	if (end > 0) {
		snprintf(key + n, size - n, "%.5s", sc->s + at);
	} else {
		if ((two = cite_digits(sc, at, 2, 2)) == 0 ||
		    two >= sc->len || (sc->s[two] != ' ' &&
		    sc->s[two] != '.' && sc->s[two] != '\xC2') ||
		    (end = cite_digits(sc, two + (sc->s[two] == '\xC2' ? 2 :
		    1), 3, 3)) == 0)
			return 0;
		snprintf(key + n, size - n, "%.2s%.3s", sc->s + at,
		    sc->s + end - 3);
	}
	if (!cite_is_end(sc, end))
		return 0;
	roman = end + (end < sc->len && (sc->s[end] == '-' ||
	    sc->s[end] == ' '));
	for (n = 0; roman > end && roman + n < sc->len && n < 6 &&
	    strchr("IVXL", sc->s[roman + n]) != NULL &&
	    sc->s[roman + n] != '\0'; n++)
		;
	if (n > 0 && cite_is_end(sc, roman + n)) {
		size_t k = strlen(key), i;

		key[k++] = '-';
		for (i = 0; i < n && k + 1 < size; i++)
			key[k++] = (char)(sc->s[roman + i] | 32);
		key[k] = '\0';
		end = roman + n;
	}
	return end;
}

/* ", nr. 1234", "-1234", ", nr. A": appended to key; at if there is none. */
static size_t
paper_at(const struct scan *sc, size_t at, char *key, size_t size)
{
	size_t next = at, end, n = strlen(key), i;
	struct word_hit w;

	next += series_gap(sc->s + next, sc->len - next);
	next = cite_space(sc, next);
	if (cite_word(sc, next, &w) && w.kind == WORD_NR)
		next = cite_space(sc, skip_dot(sc, w.end));
	else if (at >= sc->len || (sc->s[at] != '-' && sc->s[at] != '/') ||
	    next != at + 1)
		return at;
	if ((end = cite_digits(sc, next, 1, 4)) == 0 && next < sc->len &&
	    sc->s[next] >= 'A' && sc->s[next] <= 'Z')
		end = next + 1 + (next + 1 < sc->len &&
		    sc->s[next + 1] >= 'A' && sc->s[next + 1] <= 'Z');
	if (end == 0 || !cite_is_end(sc, end) || end - next + n + 2 > size)
		return at;
	key[n++] = '-';
	for (i = next; i < end; i++)
		key[n++] = (char)(sc->s[i] |
		    (cite_letter(sc->s[i]) ? 32 : 0));
	key[n] = '\0';
	return end;
}

/* What may stand before the dossier: II, 2012/13, vergaderjaar, commas. */
static size_t
session_at(const struct scan *sc, size_t at)
{
	struct word_hit w;
	size_t end, next;
	int i;

	for (i = 0; i < 6; i++) {
		next = at + series_gap(sc->s + at, sc->len - at);
		next = cite_space(sc, next);
		if (cite_word(sc, next, &w) && w.kind == WORD_KAMER)
			at = w.end;
		else if (next + 1 < sc->len && (sc->s[next] == 'I' ||
		    sc->s[next] == '1' || sc->s[next] == '2') &&
		    cite_is_end(sc, next + 1) &&
		    cite_digits(sc, next + 2, 3, 3) == 0)
			at = next + 1;
		else if ((end = cite_digits(sc, next, 4, 4)) > 0)
			at = cite_digits(sc, end + series_gap(sc->s + end,
			    sc->len - end), 2, 4) > 0 ?
			    cite_digits(sc, end + series_gap(sc->s + end,
			    sc->len - end), 2, 4) : end;
		else
			return next;
	}
	return at;
}

/* "Kamerstukken II 2012/13, 19637, nr. 1234": behind the first word. */
size_t
papers_find(struct scan *sc, size_t begin, size_t at)
{
	char key[40] = "kst-";
	size_t end;

	at = session_at(sc, at);
	if ((end = dossier_at(sc, at, key, sizeof key)) == 0)
		return 0;
	end = paper_at(sc, end, key, sizeof key);
	cite_add(sc, begin, end, key, strlen(key));
	return end;
}
