#!/usr/bin/python3
"""Make data/woordvormen.tsv: which Dutch word forms belong to which word.

usage: woordvormen.py WORDLIST STEMS [DATADIR] >data/woordvormen.tsv

WORDLIST is OpenTaal's list of Dutch words (Debian: wdutch,
/usr/share/dict/dutch).  STEMS is a program that reads words and prints
word TAB stem with the tables of $NASLAG_DATA (tests/t-stem with the argument
"-" does).

 1. Find paradigms: verbs, nouns, adjectives of which the list has so many
    forms that they are no accident.  sterke-werkwoorden.tsv and meervoud.tsv
    give those that spelling rules do not.
 2. A form of two paradigms goes to the one in which it is nearer the base: a
    singular is not a participle (geniet), a plural not a past (uitgaven).
 3. Keep words apart that differ only in the length of a vowel and that Porter
    makes the same: taak and tak, weten and wet, bekeren and beker.
 4. Write a row where the rules of stem.c give another stem than the word's
    own, and as few of them as do: compounds and prefixed verbs follow the
    row that ends them.
"""
import collections
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

VOWELS = "aeiouy"
# With these a word is as likely another one (bevoegde, verbond) as a form of
# a verb that the list does not have.
UNSURE = re.compile("be|ver|ont|er")
# Prefixes without an accent when the participle has no ge-.
UNACCENTED = ("aan", "achter", "be", "door", "er", "her", "mis", "om", "onder",
              "ont", "over", "ver", "vol", "voor", "weer")
HEADER = """\
# Word forms and the word they belong to.  Made by tools/woordvormen.py from
# OpenTaal's word list (BSD licence, see LICENCES); do not edit, correct in
# stammen.tsv.  Sorted by the form read from right to left.
# grondvorm: what is stemmed in its place; behind '=' the stem itself.
# achter: s it may end any longer word, v only behind voorvoegsels.tsv, V the
# same and never alone.
vorm	grondvorm	achter
"""


def fold(word):
    word = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in word if not unicodedata.combining(c))


def table(directory, name):
    """The rows of a data file, without comments and column names."""
    with open(os.path.join(directory, name), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f
                if not line.startswith("#")]
    return rows[1:]


def open_syllable(x):
    """x ends in one consonant behind one vowel that spelling may double."""
    if len(x) < 2 or x[-1] in VOWELS + "j" or x[-2] not in "aeou":
        return False
    before = x[-3] if len(x) > 2 else ""
    return before not in VOWELS or before + x[-2] in \
        ("io", "ia", "iu", "ua", "ue", "eo", "ea", "oa")


def hard(x):
    """f and s at the end of a word for v and z before a vowel."""
    return x[:-1] + {"v": "f", "z": "s"}.get(x[-1], x[-1])


def singulars(x):
    """What a word may look like that is x before -e, -en or -er."""
    if len(x) > 2 and x[-1] == x[-2] and x[-1] not in VOWELS:
        short = x[-3] in VOWELS and (len(x) == 3 or x[-4] not in VOWELS
                                     or open_syllable(x[:-1]))
        return [x[:-1]] if short else []
    if open_syllable(x):
        long = hard(x[:-2] + x[-2] * 2 + x[-1])
        weak = x[-2:] == "or" or x[-2] == "e" and \
            any(c in VOWELS for c in x[:-2])
        return [long, hard(x)] if weak else [long]
    return [hard(x)]


def inflect(base):
    """The base before -e: huis huiz, man mann, taak tak."""
    found = []
    if base[-1] in VOWELS:
        return [base]
    if len(base) > 3 and base[-2] == base[-3] and base[-2] in "aeou":
        short = base[:-2] + base[-1]
        found.append(short)
        found.append(short[:-1] + {"f": "v", "s": "z"}.get(base[-1], base[-1]))
    else:
        found.append(base + base[-1])
        found.append(base)
        found.append(base[:-1] + {"f": "v", "s": "z"}.get(base[-1], base[-1]))
    return found


def strong_forms(infinitive, present, past, participle):
    """(form, kind, whether it means the verb without a prefix)."""
    base, *he = present.split()
    yield infinitive, "inf", True
    yield base, "base", True
    for form in he or [base if base[-1] == "t" else base + "t"]:
        yield form.lstrip("-"), "t", form[0] != "-"
    for i, form in enumerate(past.split()):
        if form != "-":
            yield form.lstrip("-"), "pastpl" if i else "past", form[0] != "-"
    if participle == "-":
        return
    alone, pp = participle[0] != "-", participle.lstrip("-")
    for x in sorted({pp} | {x + "e" for x in inflect(pp)}):
        yield x, "pp", alone
        yield x + "n", "pp", alone
        if x.startswith("ge"):
            yield x[2:], "pp", False
            yield x[2:] + "n", "pp", False


class Lexicon:
    def __init__(self, wordlist, data):
        self.words, self.lower = set(), set()
        with open(wordlist, encoding="utf-8") as f:
            for line in f:
                word = line.strip()
                if not re.fullmatch(r"[^\W\d_]+", word):
                    continue
                self.words.add(fold(word))
                if word[0].islower():
                    self.lower.add(fold(word))
        self.corrections = {row[0]: (row[1], "".join(row[2:])) for row in
                            table(data, "stammen.tsv")}
        self.prefixes = [r[0] for r in table(data, "voorvoegsels.tsv")]
        self.claims = collections.defaultdict(list)
        self.bases = {}         # lemma -> its bare form: taak, vraag
        self.verbs = set()      # infinitives
        self.inflected = set()  # forms of verbs that are no other words
        self.degrees = set()    # comparatives and superlatives
        self.tails = {}         # strong forms, to stand behind prefixes
        self.heads = collections.defaultdict(list)
        self.count_heads()

    def claim(self, form, rank, lemma):
        if form in self.words:
            self.claims[form].append((rank, lemma))

    def noun(self, form, rank, singular):
        self.claim(form, rank, "n:" + singular)
        self.claim(singular, self.BASE, "n:" + singular)
        self.bases["n:" + singular] = singular

    # Lower ranks win a form that two paradigms claim.
    IRREGULAR, NOMINAL, BASE, PLURAL, PARTICIPLE, FINITE, DERIVED = range(7)

    def is_prefix(self, p, most=3):
        """As is_prefix() of stem.c."""
        return p == "" or most > 0 and any(
            p.endswith(x) and self.is_prefix(p[:-len(x)], most - 1)
            for x in self.prefixes)

    def is_separable(self, p):
        """Any word may be what kennis is in kennisnemen."""
        return self.is_prefix(p) or len(p) > 2 and p in self.lower

    def irregular_nouns(self, rows):
        plurals = {}
        for singular, plural in rows:
            for p in plural.split():
                plurals[p] = singular
        longest = max(map(len, plurals))
        for word in sorted(self.words):
            for i in range(max(0, len(word) - longest), len(word) - 2):
                singular = plurals.get(word[i:])
                if singular is None or 0 < i < 3:
                    continue
                lemma = word[:i] + singular
                if lemma in self.words:
                    self.noun(word, self.IRREGULAR, lemma)
                    break
        for word in sorted(self.lower):
            for plural, singular in (("lieden", "man"), ("lui", "man"),
                                     ("a", "um"), ("ici", "icus"),
                                     ("ices", "ex"), ("ices", "ix"),
                                     ("mata", "ma"), ("ieen", "ie"),
                                     ("ien", "ie"), ("eeen", "ee")):
                lemma = word[:len(word) - len(plural)] + singular
                if word.endswith(plural) and len(lemma) > 4 and \
                   lemma in self.lower and not word.endswith("zien"):
                    self.noun(word, self.IRREGULAR, lemma)

    def strong_verbs(self, rows):
        tails = collections.defaultdict(list)
        for verb in rows:
            for form, kind, alone in strong_forms(*verb):
                tails[form].append((verb[0], verb[1].split()[0], kind, alone))
                if len(form) > 3 and kind in ("t", "past", "pastpl", "pp"):
                    self.tails[form] = verb[0]
        longest = max(map(len, tails))
        for word in sorted(self.lower):
            for i in range(max(0, len(word) - longest), len(word) - 1):
                prefix = word[:i]
                if prefix == "ge" or not self.is_separable(prefix):
                    continue
                for infinitive, base, kind, alone in tails.get(word[i:], ()):
                    if prefix + infinitive in self.lower and \
                       (prefix or alone):
                        self.verb_form(word, prefix + infinitive,
                                       prefix + base, kind,
                                       known=prefix == "")

    def verb_form(self, word, infinitive, base, kind, known=False):
        lemma = "v:" + infinitive
        self.verbs.add(infinitive)
        self.bases[lemma] = base
        if kind in ("inf", "base"):
            self.claim(word, self.BASE, lemma)
        elif kind == "pp":
            self.claim(word, self.PARTICIPLE, lemma)
            self.inflected.add(word)
        elif known or not (kind == "pastpl" and self.is_plural(word)) and \
                not self.is_head(word, infinitive):
            self.claim(word, self.FINITE, lemma)
            self.inflected.add(word)

    def is_plural(self, word):
        """A singular, with a long vowel or in -e, stands beside it."""
        x = word[:-2]
        return x + "e" in self.lower and x + "es" in self.lower or any(
            s in self.lower for s in singulars(x)[:1] if s != x)

    def is_head(self, word, infinitive):
        """It ends compounds that are no verbs, or has a plural in -s."""
        return sum(left + infinitive not in self.lower
                   for left in self.heads[word]) > 4 or \
            word[-1] == "e" and word + "s" in self.lower

    def count_heads(self):
        for word in sorted(self.lower):
            for i in range(3, len(word) - 2):
                left = word[:i]
                if word[i:] in self.lower and not self.is_prefix(left) and \
                   (left in self.lower or left[-1] == "s" and
                        left[:-1] in self.lower):
                    self.heads[word[i:]].append(left)

    def weak_verbs(self):
        strong = set(self.verbs)
        for infinitive in sorted(self.lower):
            if not infinitive.endswith("en") or len(infinitive) < 5 or \
               infinitive in strong:
                continue
            x = infinitive[:-2]
            for base in singulars(x):
                d = "t" if re.search("([tkfspx]|ch)$", base) and \
                    x[-1] not in "vz" else "d"
                t = base if base[-1] == "t" else base + "t"
                past = base + d + "e"
                if {base, t, past, past + "n"} <= self.lower:
                    self.weak_verb(infinitive, base, t, past, d)

    def weak_verb(self, infinitive, base, t, past, d):
        root = base if base[-1] in "dt" else base + d
        participles = set()
        for i in range(len(infinitive) - 3):
            prefix, rest = infinitive[:i], root[i:]
            if not self.is_separable(prefix):
                continue
            participles.add(prefix + "ge" + rest)
            if prefix.endswith(("be", "ver", "ont", "her", "er")) or \
               prefix in UNACCENTED and not rest.startswith("ge"):
                participles.add(prefix + rest)
        if infinitive.startswith("ge"):
            participles.add(root)
        inflected = {x + "e": p
                     for p in sorted(participles) for x in inflect(p)
                     if p in self.lower and x + "e" in self.lower}
        if not inflected:
            return
        for form, p in inflected.items():
            for x in (p, form, form + "n"):
                self.verb_form(x, infinitive, base, "pp")
        for form, kind in ((infinitive, "inf"), (base, "base"), (t, "t"),
                           (past, "past"), (past + "n", "pastpl")):
            self.verb_form(form, infinitive, base, kind)

    def adjectives(self):
        for word in sorted(self.lower):
            if len(word) > 3 and word[-1] not in VOWELS:
                self.comparison(word)

    def nouns(self):
        for word in sorted(self.lower):
            participle = word in self.inflected
            if participle and not word.startswith("ge"):
                continue
            if word.endswith("en") and len(word) > 4:
                for s in singulars(word[:-2]):
                    if s in self.lower and len(s) > 1 and \
                       s not in self.inflected and \
                       s not in self.degrees and \
                       not (participle and len(self.heads[s]) < 3):
                        self.noun(word, self.PLURAL, s)
                        break
            if word.endswith("s") and len(word) > 4 and \
               word[:-1] in self.lower and \
               (word[-2] in VOWELS or word.endswith("ens")) and \
               not word.endswith("ies"):
                self.claim(word, self.PLURAL, "n:" + word[:-1])

    def comparison(self, word):
        for x in sorted(set(inflect(word))):
            er = (word + "der") if word[-1] == "r" else x + "er"
            st = word + ("t" if word[-1] == "s" else "st")
            if not {x + "e", er} <= self.lower or \
               not (st + "e" in self.lower or er + "e" in self.lower and
                    re.search("ig$|lijk$|[bz]aam$", word)):
                continue
            self.claim(x + "e", self.DERIVED, "n:" + word)
            for form in (er, er + "e", st, st + "e", st + "en"):
                if form == er and er + "s" in self.lower and \
                   len(self.heads[er]) > 4:
                    continue
                if form == er + "e" and er + "en" in self.lower:
                    continue
                self.claim(form, self.NOMINAL if form == er else
                           self.DERIVED, "n:" + word)
                self.degrees.add(form)

    def has_s_plural(self, word):
        """Whether word + s is a plural: it has no other one."""
        return word in self.lower and not any(
            x + "en" in self.lower for x in inflect(word))

    def nominals(self):
        """Nouns in -ing with their verbs: uitzetting, uitzetten."""
        for verb in sorted(self.verbs):
            for ing in (verb[:-2] + "ing", verb[:-2] + "ingen"):
                self.claim(ing, self.NOMINAL, "v:" + verb)

    def decide(self):
        """word -> lemma, the lemmas of one base being one lemma."""
        owner = {w: min(c)[1] for w, c in self.claims.items()}
        root = {}
        for lemma, base in self.bases.items():
            if lemma.startswith("v:") and "n:" + base in self.bases:
                root["n:" + base] = lemma

        def follow(lemma, depth=0):
            word = lemma[2:]
            if lemma in root:
                return root[lemma]
            if lemma[0] == "n" and depth < 4 and \
               owner.get(word, lemma) != lemma:
                return follow(owner[word], depth + 1)
            return lemma

        return {w: follow(lemma) for w, lemma in owner.items()}


def run_stems(program, words, data):
    """word -> stem, by rules alone: with empty tables."""
    words = sorted(words)
    with tempfile.TemporaryDirectory() as d:
        for name in ("stammen.tsv", "woordvormen.tsv"):
            with open(os.path.join(d, name), "w") as f:
                f.write("vorm\tgrondvorm\tachter\n")
        os.symlink(os.path.abspath(os.path.join(data, "voorvoegsels.tsv")),
                   os.path.join(d, "voorvoegsels.tsv"))
        out = subprocess.run(
            program.split(), input="\n".join(words) + "\n", text=True,
            stdout=subprocess.PIPE, check=True,
            env=dict(os.environ, NASLAG_DATA=d)).stdout
    return dict(line.split("\t") for line in out.splitlines())


def short_twin(base):
    """The same word with a short vowel: tak of taak; None if it has one."""
    if len(base) > 3 and base[-1] not in VOWELS and \
       base[-2] == base[-3] and base[-2] in "aeou" and \
       base[-4] not in VOWELS:
        return base[:-2] + base[-1]
    return None


def stems_of(lexicon, owner, rules):
    """lemma -> stem; behind "=" where Porter's would be another word's."""
    stem = {lemma: rules[lemma[2:]] for lemma in sorted(set(owner.values()))}
    taken = {row[0][1:] for row in lexicon.corrections.values()
             if row[0][0] == "="}
    split = {}
    for lemma in stem:
        plural = lemma[2:] + "en"
        if re.search("[^aeiouys]s$", lemma) and owner.get(plural) == lemma \
           and not lexicon.has_s_plural(lemma[2:-1]):
            stem[lemma] = rules[plural]
        if stem[lemma] in taken:
            split[lemma] = "=" + lemma[2:]
    for lemma, base in lexicon.bases.items():
        twin = short_twin(base)
        if twin not in lexicon.lower or lemma not in stem:
            continue
        other = owner.get(twin)
        if other != lemma and \
           (stem[other] if other else rules[twin]) == stem[lemma]:
            split[lemma] = "=" + base
    for lemma in stem:
        for i in range(2, len(lemma) - 3):
            simplex = split.get("v:" + lemma[i:])
            if lemma[0] == "v" and simplex and \
               lexicon.is_prefix(lemma[2:i]):
                stem[lemma] = "=" + lemma[2:i] + simplex[1:]
    stem.update(split)
    return stem


class Table:
    """The rows, as few as give each word that has an owner its stem."""

    def __init__(self, lexicon, owner, stem, rules):
        self.lexicon, self.owner = lexicon, owner
        self.stem, self.rules = stem, rules
        self.rows = {}
        self.corrections = lexicon.corrections
        self.tails = {t: "v:" + i for t, i in lexicon.tails.items()}
        self.wanted = {w for w in owner if self.target(w) != rules[w]}
        self.wanted |= set(self.tails)
        self.compounds = collections.defaultdict(list)
        for word in sorted(lexicon.words):
            for i in range(1, len(word) - 3):
                if word[i:] in self.wanted:
                    self.compounds[word[i:]].append(word[:i])

    def replacements(self):
        """The words that rows may put in the place of compounds."""
        return {prefix + self.grond(w)
                for w in self.wanted for prefix in self.compounds[w]
                if self.grond(w)[0] != "="}

    def target(self, word):
        lemma = self.owner.get(word)
        return self.rules[word] if lemma is None else self.stem[lemma]

    def grond(self, word):
        """What a row for the word says."""
        lemma = self.owner.get(word)
        if lemma is None or self.stem[lemma] == self.rules[word]:
            lemma = self.tails.get(word, lemma)
        if lemma is None:
            return word
        if self.stem[lemma][0] == "=":
            return self.stem[lemma]
        return lemma[2:] if self.rules[lemma[2:]] == self.stem[lemma] else \
            lemma[2:] + "en"

    def result(self, prefix, grond):
        return "=" + prefix + grond[1:] if grond[0] == "=" else \
            self.rules[prefix + grond]

    def fits(self, prefix, behind):
        if behind == "s":
            return len(prefix) > 1 and any(c in VOWELS for c in prefix)
        return behind in ("v", "V") and self.lexicon.is_prefix(prefix)

    def lookup(self, word):
        """The stem as stem.c finds it, and the mark of the row that did."""
        if word in self.rows and self.rows[word][1] != "V":
            return self.result("", self.rows[word][0]), ""
        for i in range(1, len(word) - 3):
            for rows in self.corrections, self.rows:
                row = rows.get(word[i:])
                if row and self.fits(word[:i], row[1]):
                    return self.result(word[:i], row[0]), row[1]
        return self.rules[word], ""

    def gain(self, word, grond, behind):
        """Words set right and wrong by a row with this mark."""
        right = wrong = 0
        for prefix in self.compounds[word]:
            x = prefix + word
            if not self.fits(prefix, behind):
                continue
            good = self.result(prefix, grond) == self.target(x)
            right += good and self.rules[x] != self.target(x)
            wrong += not good and (x in self.owner or behind == "s" or
                                   bool(UNSURE.match(x)))
        return right, wrong

    def marks(self, word, alone):
        if not alone and word in self.tails:
            return "V"
        return "s" if self.owner[word][0] == "n" else "v"

    def add(self, word, alone):
        grond = self.grond(word)
        marks = {m: self.gain(word, grond, m) for m in
                 self.marks(word, alone)} if len(word) > 3 else {}
        best = max(marks, key=lambda m: marks[m][0] - 2 * marks[m][1],
                   default="")
        if not best or marks[best][0] <= marks[best][1]:
            best = ""
        if alone or best:
            self.rows[word] = (grond, best)

    def fill(self):
        words = self.lexicon.words | set(self.tails)
        for word in sorted(words, key=lambda w: (len(w), w)):
            if word not in self.lexicon.words or word in self.corrections:
                if word in self.compounds and \
                   (word in self.tails or word in self.owner):
                    self.add(word, False)
                continue
            stem, mark = self.lookup(word)
            if stem != self.target(word):
                if word in self.owner:
                    self.add(word, True)
                elif mark != "s" and UNSURE.match(word):
                    self.rows[word] = (word, "")
            elif word in self.tails and word not in self.rows:
                self.add(word, False)

    def write(self, out):
        out.write(HEADER)
        for word in sorted(self.rows, key=lambda w: w[::-1]):
            out.write("\t".join((word, *self.rows[word])).rstrip() + "\n")


def main(wordlist, program, data="data"):
    lexicon = Lexicon(wordlist, data)
    lexicon.irregular_nouns(table(data, "meervoud.tsv"))
    lexicon.strong_verbs(table(data, "sterke-werkwoorden.tsv"))
    lexicon.weak_verbs()
    lexicon.adjectives()
    lexicon.nouns()
    lexicon.nominals()
    owner = lexicon.decide()
    rules = run_stems(program, lexicon.words | {
        lemma[2:] for lemma in owner.values()}, data)
    stem = stems_of(lexicon, owner, rules)
    rows = Table(lexicon, owner, stem, rules)
    rows.rules.update(run_stems(program, rows.replacements(), data))
    rows.fill()
    rows.write(sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
