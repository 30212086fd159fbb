#include <config.h>

#include "model/textprint.h"

#include "base/tsv.h"
#include "base/utf8.h"

/* Words in a run. */
#define RUN 3

/* Pages and lists are seldom numbered this far. */
#define NUMBER_DIGITS 3

struct maker {
	struct textprint *out;
	uint64_t last[RUN];	/* hashes of the last words, newest last */
	uint32_t least[TEXTPRINT_PLACES];
	struct buf folded;
};

/* The finalizer of MurmurHash3: every bit of h decides about every bit. */
static uint64_t
mix(uint64_t h)
{
	h ^= h >> 33;
	h *= UINT64_C(0xff51afd7ed558ccd);
	h ^= h >> 33;
	h *= UINT64_C(0xc4ceb9fe1a85ec53);
	return h ^ h >> 33;
}

static void
add_run(struct maker *m)
{
	/* Odd numbers, so that the order of the words counts. */
	uint64_t h = mix(m->last[0] * UINT64_C(0x9e3779b97f4a7c15) +
	    m->last[1] * UINT64_C(0xc2b2ae3d27d4eb4f) + m->last[2]);
	uint32_t place, value;

	place = (uint32_t)(h % TEXTPRINT_PLACES);
	value = (uint32_t)(h >> 32);
	if (value < m->least[place])
		m->least[place] = value;
}

static void
add_word(struct maker *m, uint64_t hash)
{
	_Static_assert(RUN == 3, "add_run() takes three");
	m->last[0] = m->last[1];
	m->last[1] = m->last[2];
	m->last[2] = hash;
	m->out->words++;
	m->out->hash = (m->out->hash ^ hash) * UINT64_C(0x9e3779b97f4a7c15);
	if (m->out->words >= RUN)
		add_run(m);
}

/* One lower-case ASCII letter or digit of a word; 0 for anything else. */
static unsigned char
plain(unsigned char c)
{
	unsigned char lower = c | 0x20;

	return (unsigned char)(lower - 'a') < 26 ||
	    (unsigned char)(c - '0') < 10 ? lower : 0;
}

/* The word of n bytes at s, which are not all ASCII. */
static void
add_folded(struct maker *m, const char *s, size_t n)
{
	buf_cut(&m->folded, 0);
	utf8_fold(s, n, &m->folded);
	if (m->folded.len > 0)
		add_word(m, hash_bytes(HASH_INIT, m->folded.s, m->folded.len));
}

/* Bytes at s that are part of a word beyond ASCII; 0 if there are none. */
static size_t
foreign(const char *s, size_t n)
{
	uint32_t c;
	size_t len;

	if ((unsigned char)*s < 0x80)
		return 0;
	len = utf8_decode(s, n, &c);
	return len > 0 && (utf8_is_word(c) || utf8_is_ignorable(c)) ? len : 0;
}

/* Take the word at s; returns its bytes, 0 if no word begins there. */
static size_t
take_word(struct maker *m, const char *s, size_t n)
{
	uint64_t h = HASH_INIT;
	bool has_letter = false, is_plain = true;
	size_t i = 0, len;
	unsigned char c;

	while (i < n) {
		if ((c = plain((unsigned char)s[i])) != 0) {
			/* As hash_bytes() does it. */
			h = (h ^ c) * UINT64_C(0x100000001b3);
			has_letter |= c >= 'a';
			i++;
		} else if ((len = foreign(s + i, n - i)) > 0) {
			is_plain = false;
			i += len;
		} else
			break;
	}
	if (i > 0 && !is_plain)
		add_folded(m, s, i);
	else if (has_letter)
		add_word(m, h);
	else if (i >= NUMBER_DIGITS)
		m->out->numbers |= UINT64_C(1) << mix(h) % 64;
	return i;
}

void
textprint_make(const char *text, size_t n, struct textprint *out)
{
	struct maker m = { .out = out };
	size_t at = 0, len, i;

	*out = (struct textprint){ 0 };
	for (i = 0; i < TEXTPRINT_PLACES; i++)
		m.least[i] = UINT32_MAX;
	while (at < n) {
		if (text[at] == ' ') {
			at++;
			continue;
		}
		len = take_word(&m, text + at, n - at);
		at += len > 0 ? len : 1;
	}
	if (out->words > 0 && out->words < RUN)
		add_run(&m);
	for (i = 0; i < TEXTPRINT_PLACES; i++)
		if (m.least[i] != UINT32_MAX)
			out->sketch[i] = (uint8_t)(1 + m.least[i] % 255);
	buf_clear(&m.folded);
}

double
textprint_likeness(const struct textprint *a, const struct textprint *b)
{
	unsigned same = 0, all = 0;
	size_t i;

	if (a->words == 0 || b->words == 0)
		return 0;
	for (i = 0; i < TEXTPRINT_PLACES; i++) {
		all += (a->sketch[i] | b->sketch[i]) != 0;
		same += a->sketch[i] != 0 && a->sketch[i] == b->sketch[i];
	}
	return all > 0 ? (double)same / all : 0;
}

void
textprint_print(const struct textprint *p, struct buf *out)
{
	buf_addf(out, "%08x%016llx%016llx", p->words,
	    (unsigned long long)p->hash, (unsigned long long)p->numbers);
	buf_add_hex(out, p->sketch, TEXTPRINT_PLACES);
}

static bool
parse_hex(const char *s, size_t n, uint64_t *out)
{
	size_t i;

	for (*out = 0, i = 0; i < n; i++) {
		if (s[i] >= '0' && s[i] <= '9')
			*out = *out << 4 | (uint64_t)(s[i] - '0');
		else if (s[i] >= 'a' && s[i] <= 'f')
			*out = *out << 4 | (uint64_t)(s[i] - 'a' + 10);
		else
			return false;
	}
	return true;
}

bool
textprint_parse(const char *s, size_t n, struct textprint *out)
{
	struct textprint p;
	uint64_t v;
	size_t i;

	if (n != TEXTPRINT_HEX || !parse_hex(s, 8, &v))
		return false;
	p.words = (uint32_t)v;
	if (!parse_hex(s + 8, 16, &p.hash) ||
	    !parse_hex(s + 24, 16, &p.numbers))
		return false;
	for (i = 0; i < TEXTPRINT_PLACES; i++) {
		if (!parse_hex(s + 40 + 2 * i, 2, &v))
			return false;
		p.sketch[i] = (uint8_t)v;
	}
	*out = p;
	return true;
}
