#!/usr/bin/python3
"""Make data/samenstellingen.tsv: the parts that Dutch compounds are made of.

usage: samenstellingen.py count DIRECTORY >COUNTS
       samenstellingen.py make WORDLIST COUNTS [DATADIR] >samenstellingen.tsv

DIRECTORY holds Dutch texts (*.txt, any depth); the table that we ship is
counted on the laws of the Netherlands, wetten.overheid.nl as plain text.
COUNTS has word TAB occurrences in Dutch paragraphs TAB in foreign ones.
WORDLIST is OpenTaal's list of Dutch words (Debian: wdutch,
/usr/share/dict/dutch).  DATADIR has samenstellingen-delen.tsv,
samenstellingen-uitzonderingen.tsv, landen.tsv and voorvoegsels.tsv.

 1. The vocabulary: the word list and the Dutch words of the texts.
 2. For each word the best cut in two words; a form counts as a left or right
    part for each word it is cut from.
 3. Split the vocabulary with those counts as compound.c does, and count again
    the parts of these splits.
 4. Undo a split where the rarest part is much rarer than the whole (pas|poort)
    or the word belongs to a verb (vrij|stelling, plaats|vinden).
 5. Write the forms that are parts, with their values, and the words that are
    no compounds though their letters say so.
"""
import bisect
import collections
import math
import os
import re
import sys
import unicodedata

# What the values of parts are made of, chosen on one half of the annotated
# compounds (tests/compounds.t).  CUT, KNOWN and UNKNOWN as in compound.c.
FLOOR = .3      # added to the number of compounds with a part
LENGTH = 4.     # weight of a part's length, up to 8 letters
STEP = 3        # values are written in thirds, from 0 for -4
CUT = 16        # what each part costs
KNOWN = -4      # a known word is split if its parts are worth more together
UNKNOWN = -6
ABSTRACT = 10   # what -heids, -teits, -ings, -schaps are worth: left parts all
BY_HAND = 60    # the value of a word that is never split, within longer ones
RARE = .02      # rarest part over whole word: below, it is no part
FAMILY = 2.     # occurrences that a compound with the part stands for
NEW = 3         # occurrences of a word that may become a part
ROUNDS = 2
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MIN = 4         # letters of a part, unless samenstellingen-delen.tsv has it
LONGEST = 24    # letters of a part

DUTCH = set("""aan als artikel bij dan dat de deze die dit door een en er het
    heeft in indien is kan met naar niet of om ook op over tot uit van voor
    werd wordt worden zal zijn zoals""".split())
FOREIGN = set("""and any as at au aux be by das dem den der des du en est for
    from fur im in is la le les mit not of on or par pas pour que qui shall
    sur that the this to un und une von which with zu""".split()) - DUTCH
WORD = re.compile(r"[^\W\d_]+")
HEADER = """\
# The parts of Dutch compounds.  Made by tools/samenstellingen.py from
# OpenTaal's word list (BSD licence, see LICENCES) and the numbers of words in
# Dutch laws; do not edit, correct in samenstellingen-uitzonderingen.tsv.  Sorted
# by the bytes of the form.
# waarde: how well it is a left part, and a right one (0-9a-z, - never), and
# the number of linking letters at its end; = is a compound within others,
# . is a word that is no compound.
vorm	waarde
"""


def fold(text):
    text = text.replace("\u00ad", "").casefold()
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text)
                   if not unicodedata.combining(c))


def count(directory):
    """Words by the language of the paragraph, told by its little words."""
    dutch, foreign = collections.Counter(), collections.Counter()
    for path, _, names in os.walk(directory):
        for name in names:
            if not name.endswith(".txt"):
                continue
            with open(os.path.join(path, name), encoding="utf-8",
                      errors="replace") as f:
                text = fold(f.read())
            for paragraph in text.split("\n"):
                words = WORD.findall(paragraph)
                is_foreign = sum(w in FOREIGN for w in words) > \
                    sum(w in DUTCH for w in words)
                (foreign if is_foreign else dutch).update(words)
    for word in sorted(dutch | foreign):
        if dutch[word] + foreign[word] > 1:
            print(word, dutch[word], foreign[word], sep="\t")


def table(directory, name):
    """The rows of a data file, without comments and column names."""
    with open(os.path.join(directory, name), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f
                if line.strip() and not line.startswith("#")]
    return rows[1:]


def consonants(word):
    """What the forms of a verb have in common: vind, vond."""
    word = re.sub("[aeiouy]+", ".", word.replace("v", "f").replace("z", "s"))
    return re.sub(r"([^.])\1", r"\1", word).strip(".")


class Vocabulary:
    def __init__(self, wordlist, counts, data):
        self.dutch, self.foreign = collections.Counter(), collections.Counter()
        with open(counts, encoding="utf-8") as f:
            for line in f:
                word, dutch, foreign = line.split("\t")
                self.dutch[word] = int(dutch)
                self.foreign[word] = int(foreign)
        self.listed, self.names = set(), set()
        with open(wordlist, encoding="utf-8") as f:
            for line in f:
                word = line.strip()
                if re.fullmatch(r"[^\W\d_]+", word):
                    (self.listed if word[0].islower() else
                     self.names).add(fold(word))
        self.names -= self.listed
        self.never, self.forced = set(), {}
        self.lists = collections.defaultdict(set)
        for form, may in table(data, "samenstellingen-delen.tsv"):
            self.lists[may].add(form)
        for word, split in table(data, "samenstellingen-uitzonderingen.tsv"):
            if "|" in split:
                self.forced[word] = split.replace("+", "").split("|")
            else:
                self.never.add(word)
        self.places = {fold(w) for row in table(data, "landen.tsv")
                       for cell in row[2:6] for w in WORD.findall(cell)}
        self.prefixes = {r[0] for r in table(data, "voorvoegsels.tsv")}
        self.words = self.listed | {
            w for w, n in self.dutch.items()
            if n >= 5 and n > 2 * self.foreign[w] and len(w) <= 45}
        self.sorted = sorted(self.words)

    def may_be_part(self, word):
        return (len(word) >= MIN or word in self.lists["kort"]) and \
            len(word) <= LONGEST and word not in self.lists["nooit"]

    def begins(self, start):
        i = bisect.bisect_left(self.sorted, start)
        while i < len(self.sorted) and self.sorted[i].startswith(start):
            yield self.sorted[i]
            i += 1

    def has_verb(self, left, right):
        """Whether left + right is a form or the noun of a verb that has a
        participle with ge- in or before it: vrijgesteld, gerechtvaardigd."""
        for ending in ("en", "ing", "ingen", "end", "ende", "enden"):
            verb = right[:len(right) - len(ending)] + "en"
            if right.endswith(ending) and left + verb in self.listed and \
               self.has_participle(left, verb):
                return True
        return False

    def has_participle(self, left, verb):
        frame = consonants(verb[:-2])
        onset = re.match("[^aeiouy]*", verb).group()
        for begin, endings in ((left + "ge", ("", "d", "t")),
                               ("ge" + left, ("d", "t"))):
            for word in self.begins(begin + onset) if onset else ():
                rest = word[len(begin):]
                if rest[-1] in "dt" and consonants(rest) in \
                   [frame + e for e in endings] or \
                   endings[0] == "" and rest.endswith("en") and \
                   consonants(rest[:-2]) == frame:
                    return True
        return False


class Parts:
    """How good forms are as left and right parts."""

    def __init__(self, vocabulary):
        self.v = vocabulary
        self.links = {}         # left forms: the letters that link
        self.find_links()
        self.rights = {w for w in self.v.words if self.v.may_be_part(w) and
                       w not in self.v.lists["links"]}
        self.rights |= {w for split in self.v.forced.values()
                        for w in split[1:]}
        self.nleft, self.nright = self.count_cuts()
        self.compounds = set()
        self.cache = {}

    def find_links(self):
        v = self.v
        names = {n for n in v.names if v.dutch[n] >= 20}
        for word in v.words | names:
            if not v.may_be_part(word) or word in v.lists["rechts"]:
                continue
            self.links[word] = 0
            if len(word) > MIN and word[-1] == "s" and \
               word[:-1] in v.listed and v.may_be_part(word[:-1]) and \
               v.dutch[word[:-1]] >= v.dutch[word]:
                self.links[word] = 1
        for word in sorted(v.listed & self.links.keys()):
            if word[-1] not in "sxz" and word + "s" not in self.links and \
               word not in v.prefixes and \
               (len(word) >= MIN or word == "lid"):
                self.links[word + "s"] = 1
            if word + "eren" in v.listed and word + "er" not in v.listed:
                self.links[word + "er"] = 2
        for split in v.forced.values():
            for part in split[:-1]:
                self.links.setdefault(part, 0)

    def count_cuts(self):
        left, right = collections.Counter(), collections.Counter()
        for word in self.v.sorted:
            best = None
            for k in range(3, len(word) - 2):
                x, y = word[:k], word[k:]
                if x not in self.links or y not in self.rights or \
                   x in self.v.prefixes:
                    continue
                value = min(k, 8) * min(len(y), 8) * (
                    (self.v.dutch[self.base(x)] + 1) *
                    (self.v.dutch[y] + 1)) ** .15
                if best is None or value > best[0]:
                    best = value, x, y
            if best:
                left[best[1]] += 1
                right[best[2]] += 1
        return left, right

    def base(self, form):
        return form[:len(form) - self.links[form]]

    def count(self, splits):
        self.nleft, self.nright = collections.Counter(), collections.Counter()
        for split in splits.values():
            if len(split) > 1:
                self.nleft.update(split[:-1])
                self.nright[split[-1]] += 1
        self.compounds = set()
        self.forget(splits)

    def forget(self, splits):
        """What is a compound is no smallest part."""
        self.compounds |= {w for w, s in splits.items() if len(s) > 1}
        self.cache = {}

    def base_of(self, parts):
        form = "".join(parts)
        return form[:len(form) - self.links.get(parts[-1], 0)]

    def value(self, number, length):
        x = math.log(FLOOR + number) + LENGTH * math.log(min(length, 8) / 8)
        return max(0, min(len(DIGITS) - 1, round((x + 4) * STEP)))

    def left(self, form):
        """The value of a left part, None if it is none."""
        key = form, 0
        if form in self.v.never:
            return BY_HAND
        if key not in self.cache:
            n = self.nleft[form]
            self.cache[key] = None if form not in self.links or \
                n == 0 and form not in self.v.words or \
                form in self.compounds or self.base(form) in self.compounds \
                else self.value(n + ABSTRACT * self.is_abstract(form),
                                len(self.base(form)))
        return self.cache[key]

    def is_abstract(self, form):
        return self.links[form] == 1 and \
            form.endswith(("heids", "teits", "ings", "schaps"))

    def right(self, form):
        key = form, 1
        if form in self.v.never:
            return BY_HAND
        if key not in self.cache:
            self.cache[key] = None if form not in self.rights or \
                form in self.compounds else \
                self.value(self.nright[form], len(form))
        return self.cache[key]

    def split(self, word, least=UNKNOWN):
        """The best split, as compound.c finds it."""
        best = {0: (0, 0)}
        n = len(word)
        last = None
        for i in range(n - 2):
            if i not in best:
                continue
            for j in range(i + 3, min(n - 2, i + LONGEST) + 1):
                value = self.left(word[i:j])
                if value is None:
                    continue
                value += best[i][0] - CUT
                if j not in best or value > best[j][0]:
                    best[j] = value, i
            value = self.right(word[i:]) if i > 0 else None
            if value is not None and \
               (last is None or best[i][0] + value - CUT > last[0]):
                last = best[i][0] + value - CUT, i
        if last is None or last[0] <= least:
            return [word]
        parts, i = [word[last[1]:]], last[1]
        while i > 0:
            parts.insert(0, word[best[i][1]:i])
            i = best[i][1]
        return parts


class Splits:
    """The splits of the whole vocabulary."""

    def __init__(self, vocabulary):
        self.v = vocabulary
        self.parts = Parts(vocabulary)
        for _ in range(ROUNDS):
            self.splits = {w: self.decide(w) for w in self.v.sorted}
            self.parts.count(self.splits)
        self.splits = {w: self.decide(w) for w in self.v.sorted}
        self.parts.forget(self.splits)

    def decide(self, word):
        if len(word) < 6 or self.is_simple(word):
            return [word]
        split = self.by_hand(word) or self.parts.split(word, KNOWN)
        if len(split) > 1 and word not in self.v.forced and (
                self.is_rare(word, split) or self.is_verb(word, split)):
            return [word]
        return split

    def by_hand(self, word):
        for ending in ("", "s", "n", "en", "e"):
            split = self.v.forced.get(word[:len(word) - len(ending)])
            if word.endswith(ending) and split:
                return split[:-1] + [split[-1] + ending]
        return None

    def is_simple(self, word):
        """By hand, or a place or what is made of it: ijslandse."""
        return any(word.endswith(e) and word[:len(word) - len(e)] in
                   self.v.never for e in ("", "s", "n", "en", "e", "se")) or \
            any(word.endswith(e) and word[:len(word) - len(e)] in
                self.v.places for e in ("", "s", "se", "e", "er", "ers")) or \
            word in self.v.names and any(
                word.endswith(e) for e in self.v.lists["plaats"])

    def is_rare(self, word, split):
        p = self.parts
        numbers = [max(self.v.dutch[p.base(x)], FAMILY * p.nleft[x])
                   for x in split[:-1]]
        numbers.append(max(self.v.dutch[split[-1]],
                           FAMILY * p.nright[split[-1]]))
        return min(numbers) < RARE * self.v.dutch[word]

    def is_verb(self, word, split):
        return len(split) == 2 and (
            self.v.has_verb(split[0], split[1]) or
            split[0] in self.v.prefixes and
            self.parts.nleft[split[0]] < 20 and
            self.parts.nright[split[1]] < 5)

    def inner(self):
        """The compounds within compounds: arbeidsmarkt."""
        found = set()
        for word, split in self.splits.items():
            for i in range(len(split)):
                for j in range(i + 2, len(split) + (i > 0)):
                    form = "".join(split[i:j])
                    if j < len(split):
                        form = self.parts.base_of(split[i:j])
                    if len(self.splits.get(form, ())) > 1:
                        found.add(form)
        return found

    def rows(self):
        """form -> value, as compound.c reads it."""
        p, rows = self.parts, {form: "=" for form in self.inner()}
        for form in p.links.keys() | p.rights:
            if form in self.v.never or form in self.v.forced:
                continue
            left, right = p.left(form), p.right(form)
            if p.nleft[form] == 0 and p.nright[form] == 0 and \
               not self.may_be_new_part(form):
                continue
            if left is None and right is None:
                continue
            rows[form] = ("-" if left is None else DIGITS[left]) + \
                ("-" if right is None else DIGITS[right]) + \
                str(p.links.get(form) or "")
        foreign = {w for w, n in self.v.foreign.items()
                   if n > 2 * self.v.dutch[w] and n > 2}
        for word in self.v.words | foreign | self.v.names:
            if len(self.splits.get(word, (word,))) == 1 and \
               rows.get(word, "--")[1] == "-" and \
               len(p.split(word)) > 1 and (
                   word not in self.v.names or self.v.dutch[word] > 2):
                rows[word] = "."
        return rows

    def may_be_new_part(self, form):
        return self.parts.links.get(form, 0) == 0 and len(form) > 4 and \
            self.v.dutch[form] >= NEW


def make(wordlist, counts, data="data"):
    vocabulary = Vocabulary(wordlist, counts, data)
    rows = Splits(vocabulary).rows()
    sys.stdout.write(HEADER)
    for form in sorted(rows):
        print(form, rows[form], sep="\t")


if __name__ == "__main__":
    {"count": count, "make": make}[sys.argv[1]](*sys.argv[2:])
