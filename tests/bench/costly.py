#!/usr/bin/env python3
"""costly.py: what the costliest questions cost that naslag.cgi takes.

   costly.py NASLAG_CGI INDEX [N]

Makes questions at the edge of what the endpoint allows (naslag.cgi(8),
LIMITS) out of the words that the most documents of INDEX have, asks each of
naslag.cgi, a process each as a web server does, and prints the N costliest:
seconds of processor time, MiB at its peak, status, path, question.  Ends with
status 1 if one takes more than 250 ms, more than 256 MiB, or has no answer.

`make costly` runs it, with INDEX in COSTLY_INDEX.  Needs xapian-delve.
"""
import itertools
import os
import random
import subprocess
import sys
import urllib.parse

MAX_CPU_S = 0.25
MAX_MIB = 256
ROUNDS = 3                      # the least of so many counts

random.seed(5)


def words_of(index):
    """Words and how many documents have them, the most frequent first."""
    generation = open(os.path.join(index, "current")).read().split()[1]
    out = subprocess.run(
        ["xapian-delve", "-a", "-v", "-1", os.path.join(index, generation)],
        capture_output=True, check=True).stdout.decode("utf8", "replace")
    words = {}
    for line in out.splitlines():
        word, _, docs = line.rpartition(" ")
        if word and docs.isdigit() and not word[0].isupper():
            words[word] = int(docs)
    return sorted(words.items(), key=lambda w: -w[1])


def q(path="/v1/documenten", **keys):
    return path, urllib.parse.urlencode(keys, doseq=True)


def fit(words, between=" ", most=256):
    """As many of the words as fit in a value."""
    out = ""
    for w in words:
        more = out + (between if out else "") + w
        if len(more.encode()) > most:
            break
        out = more
    return out


def prefixes(words):
    """Beginnings: with the most words, and with the most in documents."""
    found = {}
    for length in (3, 4, 5, 6):
        count, docs = {}, {}
        for word, n in words:
            if len(word) >= length and word[:length].isalpha():
                p = word[:length]
                count[p] = count.get(p, 0) + 1
                docs[p] = docs.get(p, 0) + n
        for table in (count, docs):
            for p in sorted(table, key=lambda p: -table[p])[:10]:
                found[p] = table[p]
        # The widest that a cap may let through.
        for limit in (64, 256, 512, 1000):
            few = [p for p in docs if count[p] <= limit]
            for p in sorted(few, key=lambda p: -docs[p])[:6]:
                found[p] = docs[p]
    return list(found)


EVERY_FACET = {
    "soort": "!formulier", "land": "!SY", "thema": "!asiel", "jaar": "!1850",
    "formaat": "!odt", "taal": "!fr", "geldigheid": "!onbekend",
}


def questions(index):
    words = words_of(index)
    top = [w for w, _ in words if w.isalpha()][:200]
    long = [w for w in top if len(w) > 2]
    content = [w for w in long if w not in STOP]
    numbers = [w for w, _ in words if w.isdigit()][:60]

    yield q()
    yield q(sorteer="datum", aantal=50, vanaf=990)
    yield q(**EVERY_FACET)
    for p in prefixes(words):
        yield q(q=p + "*")
        yield q(q="titel:" + p + "*")
    wide = prefixes(words)
    for a, b in itertools.islice(itertools.combinations(wide[:40:6], 2), 12):
        yield q(q=f"{a}* {b}*")
        yield q(q=f"{a}* EN {b}*", aantal=50)
    for n in (2, 4, 8, 16, 24, 32):
        for s in (top, long, content):
            t = fit(s[:n])
            yield q(q=t)
            yield q(q=t, aantal=50, vanaf=990)
            yield q(q=t, **EVERY_FACET)
            yield q(q="+" + t.replace(" ", " +"))
            yield q(q=t.replace(" ", " OF "))
            yield q(q=fit(s[:n], " EN "))
            yield q(q=t, sorteer="datum", aantal=50, vanaf=990)
            yield q(q=t, sorteer="titel", aantal=50)
            yield q(q=t, uitbreiden="nee")
            yield q(titel=t)
            yield q(q='"' + fit(s[:min(n, 16)], most=250) + '"')
            yield q(q=fit(s[:n], " NABIJ/10 "))
            yield q(q=fit(s[:n], " NABIJ/10 "), aantal=50)
            yield q(q="-" + t.replace(" ", " -"))
    # Phrases that occur, and those that nearly do, of frequent words.
    for pair in itertools.islice(itertools.permutations(top[:12], 2), 132):
        yield q(q='"%s %s"' % pair)
    for many in range(2, 17):
        for s in (top[:6], top[:16], content[:16]):
            phrases = ['"%s"' % " ".join(random.sample(s, min(3, len(s))))
                       for _ in range(many)]
            yield q(q=fit(phrases))
            yield q(q=fit(phrases, " OF "))
            yield q(q=fit(phrases, " EN "))
            yield q(q=fit(['-' + p for p in phrases]))
    for two in (("de van",), ("in de",), ("van de", "in de", "op de")):
        for many in (1, 4, 8, 12, 16):
            phrases = ['"%s"' % random.choice(two) + f" {w}"
                       for w in content[:many]]
            yield q(q=fit(phrases))
    yield q(q=fit(['"%s %s"' % p for p in itertools.permutations(top[:6], 2)]))
    yield q(q=fit(['"%s %s"' % p for p in itertools.permutations(top[:6], 2)]),
            **EVERY_FACET)
    # Distances.
    for n in (2, 3, 4, 6, 8):
        for _ in range(6):
            yield q(q=" NABIJ/10 ".join(random.sample(top[:20], n)))
            yield q(q=" NABIJ/10 ".join(random.sample(content[:20], n)),
                    **EVERY_FACET)
            yield q(q=fit(["(%s NABIJ/10 %s)" % tuple(
                random.sample(top[:20], 2)) for _ in range(n)]))
    # All at once.
    for p in wide[:8]:
        yield q(q=fit([p + "*"] + content[:28]))
        for kind in ("", " de NABIJ/10 van", ' "de van"', ' "hoger beroep"'):
            yield q(q=f"{p}*{kind} " + fit(content[:31], most=225),
                    aantal=50, vanaf=990, **EVERY_FACET)
            yield q("/", q=f"{p}* {wide[-1]}*{kind} " +
                    fit(content[:31], most=220), aantal=50, **EVERY_FACET)
        yield q(q=f"{p}*", **EVERY_FACET)
        yield q(q=f"-{p}*")
        yield q(q=f'"van de" {p}*', aantal=50, sorteer="datum")
    # Numbers, compounds, laws by name.
    yield q(q=fit(["art. %s" % n for n in numbers]))
    yield q(q=fit(["artikel %s lid 1 Vw" % n for n in numbers]))
    yield q(q=fit(["Stb. 2000, %s" % n for n in numbers]))
    yield q(q=fit(["ECLI:NL:RVS:2019:%s" % n for n in range(1000, 1060)]))
    yield q(q=fit("verblijfsvergunning vreemdelingenwet arbeidsvoorwaarden "
                  "ziekenhuisverplaatste werkgelegenheidsprogramma "
                  "inkomstenbelasting onderwijsinstelling".split() * 3))
    # Brackets.
    yield q(q="(" * 8 + fit(top[:24], " OF ", 200) + ")" * 8)
    for n in (4, 8, 12):
        yield q(q=fit(["(%s OF %s)" % tuple(random.sample(content[:30], 2))
                       for _ in range(n)], " EN "))
        yield q(q=fit(["(+%s -%s)" % tuple(random.sample(content[:30], 2))
                       for _ in range(n)], " OF "))
    # Filters.
    yield q(jaar=[str(y) for y in range(1990, 2022)], q=top[0])
    yield q(jaar=["!" + str(y) for y in range(1990, 2022)], q=top[0])
    yield q(citeert=["BWB:BWBR%07d" % n for n in range(1, 28)], q=top[0])
    yield q(q=fit([f"jaar:{y}" for y in range(1990, 2022)], " OF "))
    yield q(datum="1900-01-01..2030-01-01", q=fit(top[:20]), **EVERY_FACET)
    # Misspelt: of frequent words, and of nothing.
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield q(q=fit([w[:2] + random.choice(letters) + w[2:]
                   for w in content[:60]]))
    yield q(q=fit([w[::-1] for w in content[:60] if len(w) > 5]))
    yield q(q=fit(["".join(random.choices(letters, k=12))
                   for _ in range(30)]))
    yield q(q="".join(random.choices(letters, k=256)))
    yield q(q=fit(["".join(random.choices(letters, k=60))
                   for _ in range(4)]))
    yield q(q=fit(["".join(random.sample(content[:60], 3))
                   for _ in range(12)]))
    yield q(q="a" * 256)
    yield q(q="é" * 128)
    yield q(q="a-" * 128)
    yield q(q="1." * 128)
    yield q(q="." * 256)
    yield q(q="(" * 256)
    yield q(q='"' * 255)
    # Other routes and forms.
    heavy = fit(content[:32])
    for form in ("html", "json", "jsonl", "csv", "tsv", "tekst"):
        yield q(q=heavy, vorm=form, aantal=50, vanaf=900)
    yield q("/", q=heavy, aantal=50)
    yield q("/", q=heavy, **EVERY_FACET)
    yield q("/en/", q=heavy, aantal=50)
    yield q("/feed.atom", q=heavy, aantal=50)
    for w in ["a", "b", "ve", "ver", "v", "de", "vergunning voor", "",
              "artikel ", "ww", "ver" * 80] + [" ".join(content[:30])[:256]]:
        yield q("/v1/suggesties", q=w)
    for query in (heavy, " and ".join(content[:16]), " or ".join(content[:24]),
                  'title any "%s"' % " ".join(content[:20]),
                  'text all "%s"' % " ".join(content[:20]), "ver*",
                  " prox/distance<10 ".join(top[:6])):
        for start in (1, 900):
            yield q("/sru", operation="searchRetrieve", version="1.2",
                    query=query[:256], startRecord=start, maximumRecords=50)
    for name in ("x", "artikel " * 30, "Stb. 2000, 495", "BWBR0005537"):
        yield "/v1/documenten/" + name[:256], ""


STOP = set("de van in en het op met voor worden wordt is deze bij tot een dat "
           "als aan die zal of te na zijn dit onder door niet ten kan hebben "
           "over indien uit dan heeft andere ter der zij om naar".split())


def ask(program, index, path, string):
    env = {"NASLAG_DATA": os.environ["NASLAG_DATA"], "NASLAG_INDEX": index,
           "NASLAG_CONF": "/dev/null", "REQUEST_METHOD": "GET",
           "PATH_INFO": path, "QUERY_STRING": string, "SCRIPT_NAME": "/zoek"}
    p = subprocess.Popen([program], env=env, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    head = p.stdout.read()
    _, _, used = os.wait4(p.pid, 0)
    p.returncode = 0
    p.stdout.close()
    status = head[8:11].decode() if head.startswith(b"Status: ") else "none"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, status


def listed(index):
    """The questions, made by another process: what it takes is not ours, nor
    that of the programs we start."""
    out = subprocess.run([sys.executable, __file__, "--questions", index],
                         stdout=subprocess.PIPE, check=True).stdout
    return [line.split("\t") for line in out.decode().splitlines()]


def print_questions(index):
    seen = set()
    for path, string in questions(index):
        if (path, string) not in seen and len(string) <= 1024:
            seen.add((path, string))
            print(path, string, sep="\t")


def main():
    if sys.argv[1] == "--questions":
        print_questions(sys.argv[2])
        return
    program, index = sys.argv[1:3]
    shown = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    rows = []
    for path, string in listed(index):
        cpu, mib, status = ask(program, index, path, string)
        for _ in range(ROUNDS - 1):     # a busy machine is no costly question
            if MAX_CPU_S < cpu < 4 * MAX_CPU_S or status == "503":
                again, mib, status = ask(program, index, path, string)
                cpu = min(cpu, again)
        rows.append((cpu, mib, status, path, urllib.parse.unquote_plus(string)))
    rows.sort(reverse=True)
    for row in rows[:shown]:
        print("%.3f s  %4.0f MiB  %s  %s?%s" % row)
    statuses = {}
    for row in rows:
        statuses[row[2]] = statuses.get(row[2], 0) + 1
    bad = [r for r in rows if r[0] > MAX_CPU_S or r[1] > MAX_MIB or
           r[2] not in ("200", "400", "404")]
    print("%d questions %s; the costliest %.0f ms, %.0f MiB; %d beyond what "
          "is allowed" % (len(rows), statuses, rows[0][0] * 1000,
                          max(r[1] for r in rows), len(bad)))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
