#include <config.h>

#include "dutch/spell.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "dutch/spellscan.h"

/* A word in so few documents may be a misspelling in the corpus itself, ... */
#define RARE_FREQ	2
/* ... if a neighbour is in so many times as many, and so near. */
#define RARE_RATIO	20
#define RARE_COST	7
#define RARE_EDITS	2
#define RARE_LETTERS	7
/* A word in none, though it looks right: a neighbour is in so many. */
#define PLAUSIBLE_FREQ	3

/* One word from two must be in so many times the documents of the rarest. */
#define JOIN_RATIO	4
/* Two words from one cost so much, and have documents enough. */
#define SPLIT_COST	9
#define SPLIT_FREQ	5
#define SPLIT_LETTERS	5
/*
 * A compound corrected in part: both parts have so many letters and documents,
 * and the wrong one is so near.
 */
#define PART_LETTERS	5
#define PART_FREQ	5
#define PART_LIMIT	10
/* Beside what it costs, and at most so many places are tried. */
#define PART_COST	3
#define PART_SCANS	6

/* ---- what speaks for a word ---- */

/* What speaks for a word; *freq is how many documents hold it, about. */
static enum spell_standing
standing_of(const struct spell_words *w, const struct spell_judge *judge,
    const char *word, size_t n, uint32_t *freq)
{
	enum spell_standing standing;

	*freq = scan_freq(w, word, n);
	if (*freq > RARE_FREQ)
		return SPELL_RIGHT;
	if (*freq > 0)
		return SPELL_RARE;
	standing = judge != NULL ? judge->standing(judge->arg, word, n) :
	    SPELL_UNKNOWN;
	*freq = standing == SPELL_RARE;
	return standing;
}

static bool
is_correctable(const char *word, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (word[i] >= '0' && word[i] <= '9')
			return false;
	return n > 0 && n <= SPELL_MAX_WORD;
}

/*
 * Do they differ at the end, as forms of one word do?  The last two letters are
 * the same where it is a slip.
 */
static bool
is_inflection(const char *a, size_t na, const char *b, size_t nb)
{
	return na < 2 || nb < 2 || memcmp(a + na - 2, b + nb - 2, 2) != 0;
}

/*
 * A rare word is wrong if a much more frequent one is one slip away: not at
 * its end, where Dutch makes its forms.
 */
static uint32_t
slip_of(const struct spell_words *w, const char *word, size_t n, uint32_t freq)
{
	struct nearest best;
	const char *other;
	size_t len;

	if (n < RARE_LETTERS || n > SPELL_MAX_WORD)
		return SPELL_NONE;
	best = scan_nearest(w, word, n, RARE_COST, RARE_EDITS);
	if (best.word == SPELL_NONE ||
	    w->freqs[best.word] < freq * RARE_RATIO ||
	    w->freqs[best.word] < PLAUSIBLE_FREQ)
		return SPELL_NONE;
	other = scan_word(w, best.word, &len);
	return is_inflection(word, n, other, len) ? SPELL_NONE : best.word;
}

/* ---- correcting a word ---- */

/* A correction under way: text, and the less the score, the better. */
struct fix {
	char text[2 * SPELL_MAX_WORD + 2];
	double score;
	bool is_set;
};

static void
offer(struct fix *best, double s, const char *fmt, ...) PRINTF(3, 4);

static void
offer(struct fix *best, double s, const char *fmt, ...)
{
	va_list ap;

	if (best->is_set && s >= best->score)
		return;
	va_start(ap, fmt);
	vsnprintf(best->text, sizeof best->text, fmt, ap);
	va_end(ap);
	best->score = s;
	best->is_set = true;
}

/* What adjectives end in; nouns that end like them end in this. */
static const char *const of_adjectives[] = {
	"aal", "e", "eel", "ief", "ig", "isch", "lijk",
};
static const char *const of_nouns[] = { "age", "ie", "se", "te", "ure" };

/* n is more than any of them has. */
static bool
ends_in(const char *word, size_t n, const char *const *ends, size_t nends)
{
	size_t i, len;

	for (i = 0; i < nends; i++) {
		len = strlen(ends[i]);
		if (memcmp(word + n - len, ends[i], len) == 0)
			return true;
	}
	return false;
}

/* Two nouns are one word in Dutch: what is split off is none. */
static bool
stands_apart(const char *word, size_t n)
{
	return ends_in(word, n, of_adjectives, NELEM(of_adjectives)) &&
	    !ends_in(word, n, of_nouns, NELEM(of_nouns));
}

/* Two words typed as one. */
static void
try_split(const struct spell_words *w, const char *word, size_t n,
    struct fix *best)
{
	size_t cut;

	for (cut = SPLIT_LETTERS; cut + 3 <= n; cut++) {
		uint32_t left, right;

		if (!stands_apart(word, cut))
			continue;
		left = scan_freq(w, word, cut);
		right = scan_freq(w, word + cut, n - cut);
		if (left < SPLIT_FREQ || right < SPLIT_FREQ)
			continue;
		/* Together they are rarer than the rarest of them. */
		offer(best, scan_score(SPLIT_COST, (left < right ? left : right) / 4),
		    "%.*s %.*s", (int)cut, word, (int)(n - cut), word + cut);
	}
}

/* Letters that may link the parts of a compound, longest first. */
static const char *const links[] = { "en", "s", "n", "e", "" };

/* Is it, without what links it to the next part, attested? */
static bool
is_left_part(const struct spell_words *w, const char *word, size_t n)
{
	size_t i;

	for (i = 0; i < NELEM(links); i++) {
		size_t len = strlen(links[i]);

		if (n >= PART_LETTERS + len &&
		    memcmp(word + n - len, links[i], len) == 0 &&
		    scan_freq(w, word, n - len) >= PART_FREQ)
			return true;
	}
	return false;
}

/* Is it a compound with nothing wrong, as far as one can see? */
static bool
has_two_parts(const struct spell_words *w, const char *word, size_t n)
{
	size_t cut;

	for (cut = PART_LETTERS; cut + PART_LETTERS <= n; cut++)
		if (scan_freq(w, word + cut, n - cut) >= PART_FREQ &&
		    is_left_part(w, word, cut))
			return true;
	return false;
}

/* The longest left part that is attested is right; the rest is corrected. */
static void
try_right_part(const struct spell_words *w, const char *word, size_t n,
    struct fix *best)
{
	size_t cut, len;
	int scans = 0;

	for (cut = n - PART_LETTERS; cut >= PART_LETTERS; cut--) {
		struct nearest near;

		if (!is_left_part(w, word, cut))
			continue;
		if (scans++ == PART_SCANS)
			break;
		near = scan_suited(w, word + cut, n - cut, PART_LIMIT);
		if (near.word == SPELL_NONE || w->freqs[near.word] < PART_FREQ)
			continue;
		offer(best, near.score + PART_COST, "%.*s%s", (int)cut, word,
		    scan_word(w, near.word, &len));
	}
}

/* The longest right part that is attested is right; so is what links. */
static void
try_left_part(const struct spell_words *w, const char *word, size_t n,
    struct fix *best)
{
	size_t cut, len, link;
	int scans = 0;

	for (cut = PART_LETTERS; cut + PART_LETTERS <= n; cut++) {
		if (scan_freq(w, word + cut, n - cut) < PART_FREQ)
			continue;
		for (link = 0; link < 2; link++) {
			struct nearest near;

			if ((link == 1 && word[cut - 1] != 's') ||
			    scans++ >= PART_SCANS)
				continue;
			near = scan_suited(w, word, cut - link,
			    PART_LIMIT);
			if (near.word == SPELL_NONE ||
			    w->freqs[near.word] < PART_FREQ)
				continue;
			offer(best, near.score + PART_COST, "%s%.*s",
			    scan_word(w, near.word, &len), (int)(n - cut + link),
			    word + cut - link);
		}
	}
}

/* A word that is not known: as a whole, in a part, as two words. */
static void
correct_unknown(const struct spell_words *w, const char *word, size_t n,
    struct fix *out)
{
	struct nearest near = scan_suited(w, word, n, UINT_MAX);
	size_t len;

	if (near.word != SPELL_NONE)
		offer(out, near.score, "%s", scan_word(w, near.word, &len));
	else if (n >= 2 * PART_LETTERS && !has_two_parts(w, word, n)) {
		try_right_part(w, word, n, out);
		try_left_part(w, word, n, out);
	}
	try_split(w, word, n, out);
}

/* Correct a word if it needs that. */
static void
correct(const struct spell_words *w, const struct spell_judge *judge,
    const char *word, size_t n, struct fix *out)
{
	enum spell_standing standing;
	uint32_t freq, slip;
	size_t len;

	if (!is_correctable(word, n))
		return;
	standing = standing_of(w, judge, word, n, &freq);
	switch (standing) {
	case SPELL_UNKNOWN:
		correct_unknown(w, word, n, out);
		break;
	case SPELL_PLAUSIBLE:
	case SPELL_RARE:
		if ((slip = slip_of(w, word, n, freq)) != SPELL_NONE)
			offer(out, 0, "%s", scan_word(w, slip, &len));
		else if (standing == SPELL_PLAUSIBLE)
			try_split(w, word, n, out);
		break;
	case SPELL_RIGHT:
		break;
	}
}

/* ---- the question ---- */

/* Two words of the question that are one in the corpus. */
static bool
join(const struct spell_words *w, const struct spell_word *a,
    const struct spell_word *b, struct spell_change *out)
{
	uint32_t whole, left, right;
	char text[2 * SPELL_MAX_WORD + 1];
	size_t n = a->len + b->len;

	if (a->is_fixed || b->is_fixed || b->is_apart ||
	    !is_correctable(a->word, a->len) ||
	    !is_correctable(b->word, b->len) || n > SPELL_MAX_WORD)
		return false;
	snprintf(text, sizeof text, "%.*s%.*s", (int)a->len, a->word,
	    (int)b->len, b->word);
	whole = scan_freq(w, text, n);
	left = scan_freq(w, a->word, a->len);
	right = scan_freq(w, b->word, b->len);
	if (whole <= RARE_FREQ ||
	    whole / JOIN_RATIO < (left < right ? left : right))
		return false;
	memcpy(out->text, text, n + 1);
	return true;
}

size_t
spell_question(const struct spell_words *w, const struct spell_judge *judge,
    const struct spell_word *words, size_t n, struct spell_change *out,
    size_t max)
{
	size_t count = 0, i;

	for (i = 0; i < n && count < max; i++) {
		struct spell_change *c = &out[count];
		struct fix fix = { .is_set = false };

		*c = (struct spell_change){ .first = i, .count = 1 };
		if (words[i].is_fixed)
			continue;
		if (i + 1 < n && join(w, &words[i], &words[i + 1], c)) {
			c->count = 2;
			count++;
			i++;
			continue;
		}
		correct(w, judge, words[i].word, words[i].len, &fix);
		if (fix.is_set) {
			memcpy(c->text, fix.text, sizeof c->text);
			count++;
		}
	}
	return count;
}
