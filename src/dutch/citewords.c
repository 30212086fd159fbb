#include <config.h>

#include "dutch/citeint.h"

#include <string.h>

#include "base/utf8.h"

static const struct {
	const char *names;
	enum start start;
} starts[] = {
	{ "artikel;art;article;artikels", START_ARTIKEL },
	{ "artikelen;artt;artikels;articles;artn", START_ARTIKELEN },
	{ "paragraaf;paragrafen;par;hoofdstuk", START_PLACE },
	{ "richtlijn;richtlijnen;kaderbesluit;besluit;beschikking;directive;"
	    "rl", START_EU },
	{ "verordening;verordeningen;regulation;uitvoeringsverordening;vo",
	    START_VERORDENING },
	{ "stb;staatsblad", START_STB },
	{ "stcrt;staatscourant", START_STCRT },
	{ "trb;tractatenblad", START_TRB },
	{ "pbeu;pbeg;pb eu;pb eg;publicatieblad;pb", START_PB },
	{ "kamerstukken;kamerstuk;kst;kamerst;tweede kamer;eerste kamer;"
	    "tk;ek;handelingen", START_KST },
	{ "ljn", START_LJN },
	{ "ljn nummer;ljn nr", START_LJN },
	{ "bwbr;bwbv", START_BWB },
};

static const struct {
	const char *names;
	int word;
} words[] = {
	{ "eerste", WORD(WORD_ORDINAL, 1) },
	{ "tweede", WORD(WORD_ORDINAL, 2) },
	{ "derde", WORD(WORD_ORDINAL, 3) },
	{ "vierde", WORD(WORD_ORDINAL, 4) },
	{ "vijfde", WORD(WORD_ORDINAL, 5) },
	{ "zesde", WORD(WORD_ORDINAL, 6) },
	{ "zevende", WORD(WORD_ORDINAL, 7) },
	{ "achtste", WORD(WORD_ORDINAL, 8) },
	{ "negende", WORD(WORD_ORDINAL, 9) },
	{ "tiende", WORD(WORD_ORDINAL, 10) },
	{ "elfde", WORD(WORD_ORDINAL, 11) },
	{ "twaalfde", WORD(WORD_ORDINAL, 12) },
	{ "dertiende", WORD(WORD_ORDINAL, 13) },
	{ "veertiende", WORD(WORD_ORDINAL, 14) },
	{ "vijftiende", WORD(WORD_ORDINAL, 15) },
	{ "zestiende", WORD(WORD_ORDINAL, 16) },
	{ "zeventiende", WORD(WORD_ORDINAL, 17) },
	{ "achttiende", WORD(WORD_ORDINAL, 18) },
	{ "negentiende", WORD(WORD_ORDINAL, 19) },
	{ "twintigste", WORD(WORD_ORDINAL, 20) },
	{ "eenentwintigste", WORD(WORD_ORDINAL, 21) },
	{ "tweeentwintigste", WORD(WORD_ORDINAL, 22) },
	{ "drieentwintigste", WORD(WORD_ORDINAL, 23) },
	{ "vierentwintigste", WORD(WORD_ORDINAL, 24) },
	{ "vijfentwintigste", WORD(WORD_ORDINAL, 25) },
	{ "lid;leden;paragraph", WORD(WORD_LID, 0) },
	{ "volzin;zin;alinea;streepje;gedachtestreepje;zinsnede;zinsdeel;"
	    "gedachtenstreepje;volzinnen;zinnen;alineas", WORD(WORD_ZIN, 0) },
	{ "aanhef;slot;laatste volzin;laatste zin;laatste alinea;"
	    "laatste zinsnede", WORD(WORD_AANHEF, 0) },
	{ "ten eerste", WORD(WORD_TEN, 1) },
	{ "ten tweede", WORD(WORD_TEN, 2) },
	{ "ten derde", WORD(WORD_TEN, 3) },
	{ "ten vierde", WORD(WORD_TEN, 4) },
	{ "ten vijfde", WORD(WORD_TEN, 5) },
	{ "ten zesde", WORD(WORD_TEN, 6) },
	{ "onder;letter", WORD(WORD_ONDER, 0) },
	{ "onderdeel;onderdelen;sub;onderd;ond;punt", WORD(WORD_ONDER, 1) },
	{ "en;of;dan wel;danwel;alsmede;respectievelijk;resp;en of;and;or;"
	    "alsook;evenals", WORD(WORD_AND, 0) },
	{ "tot en met;t/m;tm", WORD(WORD_RANGE, 0) },
	{ "juncto;jo;jis;junctis;in samenhang met;in verbinding met;"
	    "gelezen in samenhang met;in samenhang gelezen met;"
	    "in samenhang bezien met;gelezen in verbinding met;"
	    "in combinatie met;en met;in onderlinge samenhang met",
	    WORD(WORD_JUNCTO, 0) },
	{ "van;uit;der;of the", WORD(WORD_VAN, 0) },
	{ "in;volgens;ex;bij;bij of krachtens", WORD(WORD_VAN, 1) },
	/* Not "Wet op de ...". */
	{ "op grond;op basis;op een;op aanvraag;op verzoek",
	    WORD(WORD_OTHER, 0) },
	{ "op;houdende;inzake;betreffende;tot;ter;ten;tegen;algemene;"
	    "bijzondere;individuele;gemeenschappelijke;openbare;publieke;"
	    "sociale;arbeid;werk;primair;voortgezet;educatie;wapens;modern;"
	    "tijdelijk;tijdelijke;raadgevend;strategische;administratieve;"
	    "buitengewoon;verplichte;politie;overige;structuur;beginselen;"
	    "collectieve;elektronische;langdurige;maatschappelijke",
	    WORD(WORD_NAMES, 0) },
	{ "de;het;den;the", WORD(WORD_DE, 0) },
	{ "deze;dit", WORD(WORD_DE, 1) },
	{ "bis", WORD(WORD_BIS, 0) },
	{ "ter", WORD(WORD_BIS, 1) },
	{ "quater", WORD(WORD_BIS, 2) },
	{ "quinquies", WORD(WORD_BIS, 3) },
	{ "sexies", WORD(WORD_BIS, 4) },
	{ "septies", WORD(WORD_BIS, 5) },
	{ "wet", WORD(WORD_SOORT, 'w') },
	{ "rijkswet", WORD(WORD_SOORT, 'r') },
	{ "besluit", WORD(WORD_SOORT, 'b') },
	{ "regeling;voorschrift", WORD(WORD_SOORT, 'R') },
	{ "circulaire", WORD(WORD_SOORT, 'c') },
	{ "verdrag;overeenkomst;handvest;protocol", WORD(WORD_SOORT, 'v') },
	{ "richtlijn;verordening", WORD(WORD_SOORT, 'e') },
	{ "nr;nummer;no;nrs;nrn", WORD(WORD_NR, 0) },
	{ "vergaderjaar;vergaderjaren;ii;kamerstukken;kamerstuk;tk;ek;"
	    "ah;aanhangsel;nummer", WORD(WORD_KAMER, 0) },
};

void
cite_words_add(struct citer *c, bool is_lazy)
{
	const char *s;
	size_t i, n;

	for (i = 0; i < NELEM(starts); i++)
		names_add_list(c->starts, starts[i].names,
		    ~(int)starts[i].start);
	for (i = 0; series_prefix(c->series, i, &s, &n); i++)
		names_add(c->starts, s, n, ~(int)START_SERIES);
	c->words = names_new(is_lazy);
	c->starts_filter = names_filter(c->starts);
	c->words_filter = names_filter(c->words);
	for (i = 0; i < NELEM(words); i++)
		names_add_list(c->words, words[i].names, words[i].word);
}

bool
cite_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
cite_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

bool
cite_alnum(char c)
{
	return cite_digit(c) || cite_letter(c);
}

static size_t
space_at(const char *s, size_t n)
{
	if (n > 0 && (*s == ' ' || *s == '\t' || *s == '\r'))
		return 1;
	if (n > 1 && memcmp(s, "\xC2\xA0", 2) == 0)
		return 2;
	if (n > 2 && memcmp(s, "\xE2\x80", 2) == 0 &&
	    ((unsigned char)s[2] <= 0x8B || (unsigned char)s[2] == 0xAF))
		return 3;
	return 0;
}

size_t
cite_space(const struct scan *sc, size_t at)
{
	size_t end = at + 24, n;
	int lines = 0;

	while (at < end && at < sc->len) {
		if (sc->s[at] == '\n' && lines++ == 0)
			at++;
		else if ((n = space_at(sc->s + at, sc->len - at)) > 0)
			at += n;
		else
			break;
	}
	return at;
}

size_t
cite_comma(const struct scan *sc, size_t at)
{
	size_t next = cite_space(sc, at);

	if (next < sc->len && sc->s[next] == ',')
		return cite_space(sc, next + 1);
	return next;
}

bool
cite_is_end(const struct scan *sc, size_t at)
{
	uint32_t c;

	if (at >= sc->len)
		return true;
	if ((signed char)sc->s[at] >= 0)
		return !cite_alnum(sc->s[at]);
	return utf8_decode(sc->s + at, sc->len - at, &c) == 0 ||
	    !utf8_is_word(c);
}

bool
cite_word(const struct scan *sc, size_t at, struct word_hit *out)
{
	struct name_hit hits[NAMES_HITS];
	size_t n;

	if (at >= sc->len ||
	    !names_may_begin(sc->citer->words_filter, sc->s, sc->len, at))
		return false;
	n = names_find(sc->citer->words, sc->s, sc->len, at, hits);
	if (n == 0 || hits[n - 1].is_glued)
		return false;
	*out = (struct word_hit){ (enum word)(hits[n - 1].value >> 8),
	    hits[n - 1].value & 255, hits[n - 1].end };
	return true;
}

size_t
cite_start(const struct scan *sc, size_t at, enum start *start)
{
	struct name_hit hits[NAMES_HITS];
	size_t n;

	if (at >= sc->len ||
	    !names_may_begin(sc->citer->starts_filter, sc->s, sc->len, at))
		return 0;
	n = names_find(sc->citer->starts, sc->s, sc->len, at, hits);
	while (n-- > 0)
		if (hits[n].value < 0 && hits[n].value != ~(int)START_SERIES) {
			*start = (enum start)~hits[n].value;
			return hits[n].end;
		}
	return 0;
}

size_t
cite_digits(const struct scan *sc, size_t at, size_t min, size_t max)
{
	size_t n = 0;

	while (at + n < sc->len && n <= max && cite_digit(sc->s[at + n]))
		n++;
	return n >= min && n <= max ? at + n : 0;
}

int
cite_value(const struct scan *sc, size_t at)
{
	size_t end = at + 9 < sc->len ? at + 9 : sc->len;
	int value = 0;

	for (; at < end && cite_digit(sc->s[at]); at++)
		value = value * 10 + (sc->s[at] - '0');
	return value;
}

void
cite_add(struct scan *sc, size_t begin, size_t end, const char *key, size_t n)
{
	struct citations *out = sc->out;

	GROW(out->items, out->count, out->cap);
	out->items[out->count++] = (struct citation){ begin, end,
	    out->strings.len, n };
	buf_add(&out->strings, key, n);
	buf_addc(&out->strings, '\0');
}
