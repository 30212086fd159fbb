#!/usr/bin/env python3
"""Compare the text of naslag-extract with that of other readers.

Every file below CORPUS_DIR is read by naslag-extract and by a reader that is
not ours (readers.py), and the words of the two are compared as multisets:

    found   of the words of the other reader, how many we have too
    ours    of our words, how many the other reader has too

What we leave out on purpose does not count as lost: the lines that stand as
`opschrift` in our fields (running headers and footers); their words
are counted as kept out.  A file one of the two cannot read is counted, and
not compared.  "below 98" are the files of which less than that is found.

With a manifest (JSON lines with path and title, MANIFEST, by default
../manifest.jsonl seen from CORPUS_DIR) the titles are looked for as well: as
a property, as a heading, or within the text.

Settings, from the environment:
    CORPUS_DIR      what to read; nothing is written there
    NASLAG_EXTRACT  the program
    MANIFEST        where the titles are
    FORMATS         only these formats, parted by spaces
    WORST           how many files to name for a format (3)
    WORDS           how many words that differ to name for each of those (0)

Exit status: 0 all formats have 98 % of the words, 1 not so, 2 nothing to do.
"""

import collections
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata

import readers

WANTED = 0.98
WORD = re.compile(r"[^\W_]+")
# A page number, unlike the number of a document.
NUMBER = re.compile(r"^\d{1,4}$")


class Document:
    """What naslag-extract says of a file."""

    def __init__(self, path):
        self.path = path
        self.format, self.status = "", ""
        self.metas, self.headings, self.texts = [], [], []

    def record(self, name, value):
        if name == "format":
            self.format = value
        elif name == "status":
            self.status = value
        elif name == "meta":
            self.metas.append(value.partition("=")[::2])
        elif name.startswith("heading"):
            self.headings.append(value)
        elif name == "text":
            self.texts.append(value)

    def text(self):
        return "\n".join(self.headings + self.texts)

    def margins(self):
        return {folded(value) for name, value in self.metas
                if name == "opschrift"}


def extract(program, path):
    """Read a file with naslag-extract."""
    doc = Document(path)
    with open(path, "rb") as file:
        run = subprocess.run([program], stdin=file, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, timeout=120)
    out, at = run.stdout, 0
    while at < len(out):
        end = out.index(b"\n", at)
        name, length = out[at:end].decode().split(" ")
        value = out[end + 1:end + 1 + int(length)]
        doc.record(name, value.decode("utf-8"))
        at = end + 1 + int(length) + 1
    return doc


def folded(line):
    """A line as compared: its words, any page number for a page number."""
    return " ".join(NUMBER.sub("#", word) for word in words(line))


def words(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return WORD.findall(text.lower())


def without_margins(text, margins):
    """The words that do not stand in the margins, and how many did."""
    kept, dropped = collections.Counter(), 0
    for line in re.split(r"[\n\f]", text):
        if margins and folded(line) in margins:
            dropped += len(words(line))
        else:
            kept.update(words(line))
    return kept, dropped


def tally(doc, other):
    """Words of the other, of ours, of both; and how many are kept out."""
    theirs, dropped = without_margins(other, doc.margins())
    ours = collections.Counter(words(doc.text()))
    return theirs, ours, theirs & ours, dropped


def share(part, whole):
    return part / whole if whole else 1.0


def percent(number):
    return "%.2f" % (100 * number)


def files_below(root):
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                yield path


def some(counter, number):
    return " ".join("%s*%d" % (word, n) if n > 1 else word
                    for word, n in counter.most_common(number))


def report(name, docs, others, settings):
    """The row of a format, and its worst files; whether it will do."""
    reader = readers.READERS[name][0]
    total = collections.Counter()
    rows = []
    for doc in docs:
        if doc.path not in others:
            total["unread"] += 1
            continue
        if doc.status not in ("ok", "empty"):
            total["refused"] += 1
            continue
        theirs, ours, both, dropped = tally(doc, others[doc.path])
        n, m, k = (sum(c.values()) for c in (theirs, ours, both))
        total.update(files=1, theirs=n, ours=m, both=k, dropped=dropped)
        rows.append((min(share(k, n), share(k, m)), share(k, n),
                     share(k, m), doc.path, theirs - both, ours - both))
        total["low"] += share(k, n) < WANTED
    found = share(total["both"], total["theirs"])
    print("\t".join(str(cell) for cell in (
        name, reader, total["files"], total["theirs"], percent(found),
        percent(share(total["both"], total["ours"])), total["dropped"],
        total["low"],
        total["refused"], total["unread"])))
    for low, to, back, path, lost, extra in sorted(rows)[:settings["worst"]]:
        if low >= WANTED:
            break
        print("\t  %s %s %s" % (percent(to), percent(back),
                                os.path.relpath(path, settings["root"])))
        if settings["words"]:
            print("\t      not here:  " + some(lost, settings["words"]))
            print("\t      only here: " + some(extra, settings["words"]))
    sys.stdout.flush()
    return found >= WANTED


TITLE_PROPERTIES = re.compile(
    r"(^|[:.])(title|subject|titel|identifier)$", re.I)


def title_place(doc, title):
    """Where a title was found."""
    wanted = " ".join(words(title))
    for name, value in doc.metas:
        if TITLE_PROPERTIES.search(name) and wanted in " ".join(words(value)):
            return "property"
    if any(wanted in " ".join(words(text)) for text in doc.headings):
        return "heading"
    if wanted in " ".join(words(doc.text())):
        return "text"
    return "nowhere"


def report_titles(docs, root, manifest):
    places = collections.defaultdict(collections.Counter)
    nowhere = []
    by_path = {os.path.realpath(doc.path): doc for doc in docs}
    base = os.path.dirname(os.path.realpath(root))
    with open(manifest, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            path = os.path.realpath(os.path.join(base, row["path"]))
            if path in by_path and row.get("text_layer"):
                doc = by_path[path]
                place = title_place(doc, row["title"])
                places[doc.format][place] += 1
                if place == "nowhere":
                    nowhere.append((row["path"], row["title"]))
    print("\ntitles\tproperty\theading\ttext\tnowhere")
    for name in sorted(places):
        print("\t".join([name] + [str(places[name][place]) for place in
                                  ("property", "heading", "text",
                                   "nowhere")]))
    for path, title in nowhere:
        print("\t  %s: %s" % (path, title))


def usable(name):
    """Whether the other reader of a format is here."""
    program = readers.READERS[name][1]
    return program is None or shutil.which(program) is not None


def main():
    root = os.environ.get("CORPUS_DIR")
    if not root or not os.path.isdir(root):
        print("compare.py: set CORPUS_DIR to a folder of documents",
              file=sys.stderr)
        return 2
    program = os.environ.get("NASLAG_EXTRACT", "naslag-extract")
    settings = {"root": root, "worst": int(os.environ.get("WORST", "3")),
                "words": int(os.environ.get("WORDS", "0"))}
    only = os.environ.get("FORMATS", "").split()
    by_format = collections.defaultdict(list)
    for path in files_below(root):
        doc = extract(program, path)
        if doc.format in readers.READERS and (not only or
                                              doc.format in only):
            by_format[doc.format].append(doc)

    missing = {readers.READERS[name][1] for name in by_format
               if not usable(name)}
    for program in sorted(missing):
        print("compare.py: no %s: its formats are left out" % program,
              file=sys.stderr)
    print("format\treader\tfiles\twords\tfound %\tours %\t"
          "kept out\tbelow 98\trefused\tunread")
    good = True
    for name in sorted(filter(usable, by_format)):
        docs = by_format[name]
        others = readers.READERS[name][2]([doc.path for doc in docs])
        good = report(name, docs, others, settings) and good
    manifest = os.environ.get(
        "MANIFEST", os.path.join(root, os.pardir, "manifest.jsonl"))
    if os.path.exists(manifest):
        report_titles([doc for docs in by_format.values() for doc in docs],
                      root, manifest)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
