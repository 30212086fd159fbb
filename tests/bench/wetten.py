#!/usr/bin/env python3
"""Make tests/wetten.tsv: questions after laws that someone knows to exist.

usage: wetten.py HTML >wetten.tsv

HTML holds a collection of Dutch regulations, one a file, with the law's name
in the folders above it.  A question has one right answer, a path below HTML.
Its class says how the law is named:

   titel      by its short title, as people type it; by words of its long
              title when it has no other
   afkorting  by an abbreviation, from the list below
   artikel    by an article of it that is in the file

Which laws are asked after depends on a hash of the path only.  The short title
is looked up here in another way than naslag does: this is its examination.
"""
import hashlib
import html
import os
import re
import sys

TITLE = re.compile(r'<title>(.*?)</title>', re.S)
CITED = re.compile(
    r'(?:Deze|Dit|[Zz]ij|Het) [^.<]{0,60}?aangehaald '
    r'(?:als|onder de (?:titel|naam)(?: van)?)\s*:?\s*["„“‘\']?'
    r'([^"“”’\'<;]{5,160}?)'
    r'(?:["”“’\'<;]|\.(?:\s|$|<)|,? (?:en |zij )?treedt|, '
    r'(met|onder|gevolgd|en|welke))')
BRACKETS = re.compile(r'\(([^()]*(?:wet|besluit|regeling|verordening|reglement)'
                      r'[^()]*)\)\s*$', re.I)
ARTICLE = re.compile(r'<h\d>Artikel\s+([0-9][0-9a-z:.]{0,6})</h\d>')
SMALL = set('de het een van der den des en in op te tot voor met bij aan om uit '
            'is zijn wordt worden dat die als of door tussen ten ter inzake '
            'houdende betreffende tot'.split())
MONTHS = set('januari februari maart april mei juni juli augustus september '
             'oktober november december'.split())

# What is typed, and the law: the end of its folder, before the number.
ABBREVIATIONS = """
Awb	wet/algemene/wet/bestuursrecht
WVW 1994	wet/wegenverkeerswet/1994
Wft	wet/wet/op/het/financieel/toezicht
Wet IB 2001	wet/wet/inkomstenbelasting/2001
Zvw	wet/zorgverzekeringswet
Wmo 2015	wet/wet/maatschappelijke/ondersteuning/2015
AOW	wet/algemene/ouderdomswet
Anw	wet/algemene/nabestaandenwet
AKW	wet/algemene/kinderbijslagwet
wet wia	wet/wet/werk/en/inkomen/naar/arbeidsvermogen
WAO	wet/wet/op/de/arbeidsongeschiktheidsverzekering
wvo	wet/wet/op/het/voortgezet/onderwijs
WEB	wet/wet/educatie/en/beroepsonderwijs
WHW	wet/wet/op/het/hoger/onderwijs/en/wetenschappelijk/onderzoek
Wet BIG	wet/wet/op/de/beroepen/in/de/individuele/gezondheidszorg
Wob	wet/wet/openbaarheid/van/bestuur
Wbp	wet/wet/bescherming/persoonsgegevens
Wro	wet/wet/ruimtelijke/ordening
wabo	wet/wet/algemene/bepalingen/omgevingsrecht
Wwm	wet/wet/wapens/en/munitie
WED	wet/wet/op/de/economische/delicten
Wlz	wet/wet/langdurige/zorg
Wpg	wet/wet/publieke/gezondheid
Wet WOZ	wet/wet/waardering/onroerende/zaken
Awir	wet/algemene/wet/inkomensafhankelijke/regelingen
AWR	wet/algemene/wet/inzake/rijksbelastingen
Wrb	wet/wet/op/de/rechtsbijstand
Wjsg	wet/wet/justitiële/gegevens
Pbw	wet/penitentiaire/beginselenwet
Vw 2000	wet/vreemdelingenwet/2000
Vb 2000	AMvB/vreemdelingenbesluit/2000
VV 2000	ministeriele-regeling/voorschrift/vreemdelingen/2000
RWN	rijkswet/rijkswet/op/het/nederlanderschap
wav	wet/wet/arbeid/vreemdelingen
Wml	wet/wet/minimumloon/en/minimumvakantiebijslag
Waadi	wet/wet/allocatie/arbeidskrachten/door/intermediairs
ATW	wet/arbeidstijdenwet
WOR	wet/wet/op/de/ondernemingsraden
ARAR	AMvB/algemeen/rijksambtenarenreglement
RVV 1990	AMvB/reglement/verkeersregels/en/verkeerstekens/1990/(rvv/1990)
Wahv	wet/wet/mulder
BABW	AMvB/besluit/administratieve/bepalingen/inzake/het/wegverkeer/(babw)
Wp 2000	wet/wet/personenvervoer/2000
Wbb	wet/wet/bodembescherming
Wgh	wet/wet/geluidhinder
Kew	wet/kernenergiewet
Wgr	wet/wet/gemeenschappelijke/regelingen
wwft	wet/wet/ter/voorkoming/van/witwassen/en/financieren/van/terrorisme
Wta	wet/wet/toezicht/accountantsorganisaties
AWGB	wet/algemene/wet/gelijke/behandeling
WSF 2000	wet/wet/studiefinanciering/2000
wtos	wet/wet/tegemoetkoming/onderwijsbijdrage/en/schoolkosten
Wnt	wet/wet/normering/bezoldiging/topfunctionarissen/publieke/en/semipublieke/etc
Wsw	wet/wet/sociale/werkvoorziening
wet bibob	wet/wet/bevordering/integriteitsbeoordelingen/door/het/openbaar/bestuur
Bor	AMvB/besluit/omgevingsrecht
""".strip().splitlines()

# Further laws whose articles are asked after, and how they are named there.
NAMED = """
Grondwet	wet/grondwet
Auteurswet	wet/auteurswet
Wet op de naburige rechten	wet/wet/op/de/naburige/rechten
Opiumwet	wet/opiumwet
Gemeentewet	wet/gemeentewet
Vreemdelingenwet 2000	wet/vreemdelingenwet/2000
Telecommunicatiewet	wet/telecommunicatiewet
Warenwet	wet/warenwet
Paspoortwet	rijkswet/paspoortwet
Mededingingswet	wet/mededingingswet
Jeugdwet	wet/jeugdwet
Politiewet 2012	wet/politiewet/2012
Waterwet	wet/waterwet
Kieswet	wet/kieswet
Leerplichtwet 1969	wet/leerplichtwet/1969
Geneesmiddelenwet	wet/geneesmiddelenwet
Algemene wet bestuursrecht	wet/algemene/wet/bestuursrecht
Wegenverkeerswet 1994	wet/wegenverkeerswet/1994
Wet arbeid vreemdelingen	wet/wet/arbeid/vreemdelingen
Bouwbesluit 2012	AMvB/bouwbesluit/2012
Vreemdelingenbesluit	AMvB/vreemdelingenbesluit/2000
""".strip().splitlines()


def order(path):
    return hashlib.sha256(path.encode()).hexdigest()


def clean(s):
    return re.sub(r'\s+', ' ', html.unescape(re.sub(r'<[^>]*>', ' ', s))).strip()


class Law:
    def __init__(self, root, path):
        self.path = path
        self.kind = path.split('/')[0]
        with open(os.path.join(root, path), encoding='utf-8') as f:
            text = f.read()
        self.title = clean(TITLE.search(text).group(1))
        self.articles = ARTICLE.findall(text)
        self.short = self.find_short(text)

    def find_short(self, text):
        m = BRACKETS.search(self.title)
        if m:
            return m.group(1).strip()
        m = CITED.search(re.sub(r'\s+', ' ', html.unescape(text)))
        # With the year of its publication behind it: not worked out here.
        if m is None or m.group(2) in ('met', 'onder', 'gevolgd'):
            return None
        return m.group(1).strip(' .')


def words(s):
    return re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", s.lower())


def typed(law, n):
    """A title as someone may type it; n chooses how."""
    s = law.short
    forms = [
        lambda: s,
        lambda: s.lower(),
        lambda: re.sub(r'[-,()\'"’]', ' ', s.lower()),
        lambda: ' '.join(w for w in words(s) if w not in SMALL),
        lambda: re.sub(r'^(wet|besluit|regeling) (op |inzake )?(de |het )?',
                       '', s.lower()),
        lambda: s[0].lower() + s[1:],
    ]
    q = re.sub(r'\s+', ' ', forms[n % len(forms)]()).strip()
    return q if len(words(q)) > 1 else s.lower()


def gist(law):
    """The words of a long title without date, number and small words."""
    s = re.sub(r'\((?:Stb|Trb)[^)]*\)', '', law.title)
    kept = [w for w in words(s) if w not in SMALL and w not in MONTHS and
            not re.search(r'\d', w)]
    return ' '.join(kept[:7])


def ask_titles(laws, out):
    plan = [(('wet', 'rijkswet'), 22), (('AMvB',), 10),
            (('ministeriele-regeling',), 12),
            (('zbo', 'pbo', 'beleidsregel', 'KB'), 8)]
    shorts = {}
    for law in laws:
        key = ' '.join(words(law.short or law.title))
        shorts[key] = shorts.get(key, 0) + 1
    n = 0
    for kinds, count in plan:
        some = [w for w in laws if w.kind in kinds and w.short and
                len(words(w.short)) <= 9 and
                shorts[' '.join(words(w.short))] == 1]
        for law in sorted(some, key=lambda w: order(w.path))[:count]:
            out.append(('titel', typed(law, n), law.path))
            n += 1
    bags = [(set(words(w.title)), w) for w in laws]
    some = [w for w in laws if w.short is None and w.kind in
            ('verdrag', 'wet', 'circulaire', 'KB', 'rijkswet', 'AMvB')]
    for law in sorted(some, key=lambda w: order(w.path)):
        q = gist(law)
        ws = set(words(q))
        if len(ws) < 4 or sum(ws <= bag for bag, _ in bags) != 1:
            continue
        out.append(('titel', q, law.path))
        n += 1
        if n == 62:
            break


def find(laws, place):
    found = [w for w in laws if re.fullmatch(
        re.escape(place) + r'/BWB[^/]*/README\.html', w.path)]
    if len(found) != 1:
        sys.exit('%s: %d laws' % (place, len(found)))
    return found[0]


def ask_articles(laws, out):
    forms = ['artikel {a} {w}', 'art. {a} {w}', 'artikel {a} van de {w}',
             'artikel {a}, eerste lid, {w}', 'art {a} lid 1 {w}', '{w} art. {a}',
             'artikel {a}, tweede lid, onder a, van de {w}', '{w} artikel {a}']
    rows = [r.split('\t') for r in NAMED] + \
        [r.split('\t') for r in ABBREVIATIONS if ' ' not in r.split('\t')[0] or
         r.split('\t')[0][-1].isdigit()][::2]
    for i, (name, place) in enumerate(rows):
        law = find(laws, place)
        if not law.articles:
            continue
        h = int(order(name + law.path)[:8], 16)
        a = law.articles[h % len(law.articles)].strip('.:')
        q = forms[i % len(forms)].format(a=a, w=name)
        if re.search(r'(besluit|reglement)', name, re.I):
            q = q.replace('van de', 'van het')
        out.append(('artikel', q if i % 3 else q.lower(), law.path))


def main():
    root = sys.argv[1]
    paths = sorted(os.path.relpath(os.path.join(d, f), root)
                   for d, _, files in os.walk(root) for f in files
                   if f.endswith('.html') and d != root)
    laws = [Law(root, p) for p in paths]
    out = []
    ask_titles(laws, out)
    for row in ABBREVIATIONS:
        name, place = row.split('\t')
        out.append(('afkorting', name, find(laws, place).path))
    ask_articles(laws, out)
    print('# Questions after laws, each with the one right answer: made by'
          ' tests/bench/wetten.py.')
    print('klasse\tvraag\tpad')
    for row in out:
        print('\t'.join(row))


main()
