#include <config.h>

#include "model/quality.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/*
 * How rare it is that one letter follows another, in the language of Dutch,
 * English, French and German where it is least rare: 0 is one pair in 32, each
 * step more is 2.4 times rarer, 9 is never.  Counted over the word lists of
 * Debian's wdutch, wamerican, wfrench and wngerman, without accents.
 */
static const char rarity[26][27] = {
	"12225333063121634111134535", "24771646376376379345376955",
	"29462990392378196353379548", "35541655256465369335355756",
	"23211323152110435002334341", "36842356376376379343366965",
	"35740743365463369324366957", "25771657295343279332374946",
	"24221326523230133211537583", "47942467693664469946457995",
	"35762665353365369433464956", "14531555164254257632356525",
	"23541656296536239644466756", "24211414263452355510445753",
	"44332434364220225133133545", "26762363366377239244467957",
	"99999999999999999999299999", "03320334163333145322244934",
	"14141442154334225511344945", "14450542135455259223344933",
	"33342234274231546223443575", "39981999399499399479589979",
	"36862884397575479557488979", "59695997598799659995769579",
	"46564767598555559546696898", "46992777397689479874284975",
};

/*
 * A word of at least so many pairs whose mean rarity is greater than
 * RARE_QUARTERS quarters is unlikely to be one.  Two words in a thousand of
 * real documents are above it, nearly all of them abbreviations; of the same
 * words with their letters swapped, 78 in a hundred.
 */
#define RARE_PAIRS	3
#define RARE_QUARTERS	15
/* The longest Dutch compounds are shorter; words that ran together are not. */
#define LONG_WORD	60
/* So many letters without a vowel are no word, and seldom an abbreviation. */
#define LEAST_CONSONANTS 5
/* So many letters, each a word, one behind the other: a word set apart. */
#define APART		8
/* So few broken words beyond ASCII say nothing about the others. */
#define LEAST_DAMAGED	5

/* Bits of a, e, i, o, u and y, which are letters 1, 5, 9, ... */
#define VOWELS	(1U << 1 | 1U << 5 | 1U << 9 | 1U << 15 | 1U << 21 | 1U << 25)

struct measure {
	struct quality *q;
	/* The word that is growing. */
	unsigned letters, pairs, rare;
	unsigned pictures;	/* in it, for which there is no character */
	unsigned char last;	/* its last letter, 1 to 26; 0 if not of those */
	bool is_beyond, is_lost, is_twice, is_foreign, has_latin, has_vowel;
	/* The letters that stand apart before it. */
	unsigned apart;
	unsigned char first_apart;
	bool are_various;
};

/* ---- characters encoded twice ---- */

/*
 * The byte that windows-1252 has for a character, 0x80 to 0xFF; 0 if none.
 * What it has no character for came out as U+FFFD.
 */
static unsigned
windows_byte(uint32_t c)
{
	static const uint16_t high[32] = {
		0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
		0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
	};
	unsigned i;

	if (c >= 0xA0 && c <= 0xFF)
		return c;
	for (i = 0; c > 0xFF && i < NELEM(high); i++)
		if (high[i] == c)
			return 0x80 + i;
	return 0;
}

/*
 * What stands behind a word in good text, too: É’ and ï» are no sign.  Not so
 * behind Â and Ã, with which nearly every double encoding begins.
 */
static bool
is_closing(unsigned byte)
{
	return strchr("\x85\x91\x92\x93\x94\x95\x96\x97\x9B\xA0\xAB\xBB",
	    (int)byte) != NULL;
}

/* Bytes at s that are one character encoded twice; 0 if they are none. */
static size_t
twice_at(const char *s, size_t n, uint32_t lead)
{
	unsigned more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1, i, byte;
	size_t at = 2, len;
	uint32_t c;

	static const char mark[] = "\xC3\xAF\xC2\xBB\xC2\xBF";

	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	/* A byte order mark; its second byte is one that closes, else. */
	if (n >= sizeof mark - 1 && memcmp(s, mark, sizeof mark - 1) == 0)
		return sizeof mark - 1;
	for (i = 0; i < more; i++, at += len) {
		if (at >= n || (len = utf8_decode(s + at, n - at, &c)) == 0)
			break;
		byte = windows_byte(c);
		/* Half of â€œ may be lost: its third byte has no character. */
		if (byte < 0x80 || byte > 0xBF)
			break;
		if (i == 0 && lead > 0xC3 && is_closing(byte))
			return 0;
	}
	if (i == more)
		return at;
	if (lead == 0xE2 && i == 1)
		return memcmp(s + 2, "\xE2\x82\xAC", 3) == 0 ? at : 0;
	/* à is Ã and a space that does not break, and may be any space now. */
	return lead <= 0xC3 && i == 0 && (at >= n ||
	    (utf8_decode(s + at, n - at, &c) != 0 && !utf8_is_word(c))) ? at : 0;
}

/* ---- words ---- */

/* Letters that are all the same tick boxes, or count: x x x x. */
static void
end_apart(struct measure *m)
{
	if (m->apart >= APART && m->are_various)
		m->q->unlikely += m->apart;
	m->apart = 0;
	m->are_various = false;
}

static bool
is_unlikely(const struct measure *m)
{
	return m->letters > LONG_WORD || (m->is_foreign && m->has_latin) ||
	    (m->letters >= LEAST_CONSONANTS && !m->has_vowel) ||
	    (m->pairs >= RARE_PAIRS && m->rare * 4 > m->pairs * RARE_QUARTERS);
}

static void
end_word(struct measure *m)
{
	struct quality *q = m->q;
	bool is_one = m->letters == 1 && m->last != 0;

	/* One by itself is a list mark or a box to tick. */
	m->is_lost |= m->pictures > 1 || (m->pictures > 0 && m->letters > 0);
	m->pictures = 0;
	if (m->letters == 0 && !m->is_lost && !m->is_twice)
		return;
	m->is_beyond |= m->is_lost || m->is_twice;
	q->words++;
	q->beyond += m->is_beyond;
	if (m->is_lost)
		q->lost++;
	else if (m->is_twice)
		q->twice++;
	else if (is_unlikely(m))
		q->unlikely++;
	if (!is_one)
		end_apart(m);
	else if (m->apart++ == 0)
		m->first_apart = m->last;
	else
		m->are_various |= m->last != m->first_apart;
	m->letters = m->pairs = m->rare = 0;
	m->last = 0;
	m->is_beyond = m->is_lost = m->is_twice = false;
	m->is_foreign = m->has_latin = m->has_vowel = false;
}

/* A letter of ASCII, 1 to 26. */
static void
take_letter(struct measure *m, unsigned char letter)
{
	if (m->last != 0) {
		m->pairs++;
		m->rare += (unsigned)(rarity[m->last - 1][letter - 1] - '0');
	}
	m->last = letter;
	m->has_latin = true;
	m->has_vowel |= (VOWELS >> letter & 1) != 0;
	m->letters++;
}

/* Any other character; returns how many bytes are done with. */
static size_t
take_other(struct measure *m, const char *s, size_t n)
{
	uint32_t c;
	size_t len = utf8_decode(s, n, &c), twice;

	if (len == 0)
		return 1;
	if ((twice = twice_at(s, n, c)) > 0) {
		m->is_twice = true;
		m->last = 0;
		return twice;
	}
	if (c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF)) {
		m->is_lost |= c == 0xFFFD;
		m->pictures++;
		m->last = 0;
	} else if (utf8_is_letter(c)) {
		m->is_beyond = true;
		/* What lies before Greek mixes with Latin, as accents do. */
		m->is_foreign |= c >= 0x370;
		m->has_vowel = true;
		m->last = 0;
		m->letters++;
	} else if (!utf8_is_mark(c) && !utf8_is_ignorable(c))
		end_word(m);
	return len;
}

/* Bytes of "(cid:12)" at s, which some readers give for a glyph; or 0. */
static size_t
cid_at(const char *s, size_t n)
{
	size_t i = 5;

	if (n < 7 || memcmp(s, "(cid:", 5) != 0)
		return 0;
	while (i < n && s[i] >= '0' && s[i] <= '9')
		i++;
	return i > 5 && i < n && s[i] == ')' ? i + 1 : 0;
}

/* Of ASCII, what is no letter; returns how many bytes are done with. */
static size_t
take_plain(struct measure *m, const char *s, size_t n)
{
	size_t cid;

	if (*s >= '0' && *s <= '9') {
		m->last = 0;
		return 1;
	}
	if (*s == '(' && (cid = cid_at(s, n)) > 0) {
		m->pictures++;
		m->last = 0;
		return cid;
	}
	end_word(m);
	return 1;
}

void
quality_measure(const char *text, size_t n, struct quality *out)
{
	struct measure m = { .q = out };
	size_t at = 0;

	*out = (struct quality){ 0 };
	while (at < n) {
		unsigned char c = (unsigned char)text[at];
		unsigned char letter = (unsigned char)((c | 0x20) - 'a');

		if (letter < 26) {
			take_letter(&m, (unsigned char)(letter + 1));
			at++;
		} else if (c < 0x80)
			at += take_plain(&m, text + at, n - at);
		else
			at += take_other(&m, text + at, n - at);
	}
	end_word(&m);
	end_apart(&m);
}

/* ---- the figure ---- */

static int
percent(uint32_t good, uint32_t all)
{
	return (int)((uint64_t)good * 100 / all);
}

int
quality_figure(const struct quality *q)
{
	uint32_t damaged = q->lost + q->twice, broken = damaged + q->unlikely;
	int all, beyond = 100;

	if (q->words < QUALITY_LEAST_WORDS)
		return -1;
	all = percent(broken < q->words ? q->words - broken : 0, q->words);
	if (damaged >= LEAST_DAMAGED && q->beyond > 0)
		beyond = percent(damaged < q->beyond ? q->beyond - damaged : 0,
		    q->beyond);
	return all < beyond ? all : beyond;
}

const char *
quality_trouble(const struct quality *q)
{
	if (q->lost + q->twice + q->unlikely == 0)
		return "";
	if (q->unlikely > q->lost + q->twice)
		return "letters that make no words";
	return q->twice > q->lost ? "encoded twice" :
	    "characters that could not be read";
}

void
quality_print(const struct quality *q, struct buf *out)
{
	buf_addf(out, "%u,%u,%u,%u,%u", q->words, q->beyond, q->lost, q->twice,
	    q->unlikely);
}

bool
quality_parse(const char *s, struct quality *out)
{
	struct quality q;
	char end;

	if (strspn(s, "0123456789,") != strlen(s) || sscanf(s,
	    "%9u,%9u,%9u,%9u,%9u%c", &q.words, &q.beyond, &q.lost, &q.twice,
	    &q.unlikely, &end) != 5)
		return false;
	*out = q;
	return true;
}
