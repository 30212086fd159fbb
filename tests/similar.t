#!/bin/sh
# naslag similar finds documents like one, by what that says, and never that
# one or another version of it.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/corpus
mkdir -p "$c"

# like ARGUMENTS...: the JSON of it, on a fixed date.
like() {
	"$NASLAG" similar --vorm=json --peildatum="$asof" "$@"
}
# names ARGUMENTS...: the paths found, in order, on one line.
names() {
	like "$@" | jq -r '[.resultaten[].pad] | join(" ")'
}

# Two subjects, with words that are theirs, and one that is everywhere.
html() {
	printf '<html><head><title>%s</title>%s</head><body><p>%s</p></body>' \
	    "$1" "$3" "$2"
	echo '<p>De vreemdeling leest deze algemene regels in 2015.</p></html>'
}
html 'Walvissen' 'De walvis duikt naar plankton. Een walvis zingt; baleinen
zeven het plankton uit zee.' >"$c/walvis.html"
html 'Potvissen' 'De potvis is een walvis zonder baleinen, die diep duikt en
geen plankton eet.' >"$c/potvis.html"
html 'Plankton' 'Plankton drijft in zee en wordt met baleinen gezeefd.' \
    >"$c/plankton.html"
html 'Tulpen' 'De tulp bloeit uit een bol. Een tulpenbol wil een droge
zandgrond; de tulp bloeit in april.' >"$c/tulp.html"
html 'Hyacinten' 'De hyacint bloeit uit een bol op zandgrond, zoals de tulp.' \
    >"$c/hyacint.html"
html 'Vergadering' 'Er is een notulist in zaal 7.' >"$c/notulen.html"
# Versions of one instruction, a year each, of much the same text.
for year in 2011 2012 2013; do
	html 'Over walvissen in nood' "Versie $year. Een walvis die strandt wordt
	nat gehouden; plankton en baleinen spoelen mee, en het plankton blijft
	liggen." "<meta name=\"DCTERMS.identifier\" content=\"WI $year/7\">
	<meta name=\"DCTERMS.type\" content=\"Werkinstructie\">
	<meta name=\"DCTERMS.available\"
	content=\"start=$year-01-01;end=$year-12-31\">" >"$c/nood-$year.html"
done
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
	html "Blad $i" "Op blad $i staat niets bijzonders." >"$c/blad-$i.html"
done
index "$c" >"$scratch/said"

found=" $(names walvis.html) "
is "what shares its subject is found, first" \
    "$(names --aantal=2 walvis.html | tr ' ' '\n' | sort | tr '\n' ' ')" \
    "plankton.html potvis.html "
ok "the document itself is not" \
    [ "${found#* walvis.html }" = "$found" ]
is "nor what is about something else" \
    "$(echo "$found" | tr ' ' '\n' | grep -c 'tulp\|hyacint\|blad\|notulen')" 0
is "it is so from the other side" "$(names tulp.html)" hyacint.html
is "a word that most documents have, or none other, finds nothing" \
    "$(names notulen.html)" ""
like notulen.html >"$scratch/none"
is "which is status 1, with a whole answer that says so" \
    "$? $(jq -r '.totaal, .meldingen[1]' "$scratch/none")" "1 0
Daarin staat geen woord waarmee andere documenten te vinden zijn."

### Versions

versions=$(naslag show nood-2012.html && grep -c '^voorganger\|^opvolger' \
    "$scratch/out")
is "the instruction has two other versions" "$versions" 2
is "none of them is like it" "$(names nood-2012.html | grep -c nood)" 0
ok "but others are" [ -n "$(names nood-2012.html)" ]

### The sample portal

sample "$scratch/portal"
rm -rf "$NASLAG_INDEX"
index "$scratch/portal" >"$scratch/said"
syria='landenrapporten/Landenrapport Syrië 2011-28.pdf'
is "to a report on a country, what is about it comes first" \
    "$(like "$syria" | jq -r '.resultaten[0].landen | join(" ")')" SY
is "also another report on it, if its text is another" \
    "$(like "LR 2011/4" | jq -r '[.resultaten[].kenmerk] | index("LR 2015/5")
	!= null')" true
is "id, path and kenmerk are one" "$(like PUC_4960_1 | jq -c .resultaten)" \
    "$(like 'WI 2015/25' | jq -c .resultaten)"
ok "in any spelling" [ "$(names wi2015-25)" = "$(names PUC_4960_1)" ]

like 'WI 2015/25' >"$scratch/all"
is "the question is null, and how it was read is said" \
    "$(jq -r '.vraag | "\(.q) \(.gelezenAls) \(.sorteer)"' "$scratch/all")" \
    "null lijkt op PUC_4960_1 relevantie"
is "a note says the title" "$(jq -r '.meldingen[0]' "$scratch/all")" \
    "Documenten die lijken op ‘WI 2015/25 De Dublinprocedure’."
is "the total is exact" "$(like --aantal=1000 PUC_4960_1 |
    jq '.resultaten | length')" "$(jq .totaal "$scratch/all")"
is "every hit says where it is alike" "$(jq '[.resultaten[].fragmenten[0] |
    select(.treffers == [])] | length' "$scratch/all")" 0
is "hits come with less and less weight" \
    "$(jq '[.resultaten[].score] | . == (sort | reverse)' "$scratch/all")" true
is "pages are parts of one answer" \
    "$(names --aantal=2 PUC_4960_1) $(names --vanaf=2 --aantal=1 PUC_4960_1)" \
    "$(names --aantal=3 PUC_4960_1)"
is "a facet's count is what is found when it is chosen" \
    "$(like --soort=werkinstructie PUC_4960_1 | jq .totaal)" \
    "$(jq '.facetten[] | select(.veld == "soort").waarden[] |
	select(.waarde == "werkinstructie").aantal' "$scratch/all")"
is "filters narrow, and are said" "$(like --soort=wi --geldigheid=geldig \
    PUC_4960_1 | jq -r '.vraag.gelezenAls,
	([.resultaten[] | .soort, .geldigheid] | unique | join(" "))')" \
    "lijkt op PUC_4960_1 soort:werkinstructie geldigheid:geldig
geldig werkinstructie"
is "words of the title narrow, too" \
    "$(like --titel=overdracht PUC_4960_1 |
	jq -r '[.resultaten[].titel] | all(test("Overdracht"))')" true
is "other orders are of the same documents" \
    "$(like --sorteer=datum PUC_4960_1 | jq -c '[.resultaten[].id] | sort')" \
    "$(jq -c '[.resultaten[].id] | sort' "$scratch/all")"
is "and are so" "$(like --sorteer=titel PUC_4960_1 |
    jq '[.resultaten[].titel | ascii_downcase] | . == sort')" true
is "an explanation says which words are shared" \
    "$(like --uitleg --aantal=1 "$syria" | jq -r '.resultaten[0].uitleg |
	[.[] | select(.soort == "zelfde land")] | length')" 1
for form in tekst json jsonl csv tsv html atom; do
	naslag similar --vorm=$form 'WI 2015/25'
	is "$form: with hits" "$status" 0
	naslag similar --vorm=$form --land=BO 'WI 2015/25'
	is "$form: without" "$status $(cat "$scratch/err")" "1 "
done

### What cannot be

for name in PUC_0_0 'niet/hier.pdf'; do
	naslag show "$name"
	shown="$status $(cat "$scratch/err")"
	naslag similar "$name"
	is "$name: as show says" "$status $(cat "$scratch/err")" "$shown"
	is "$name: 1" "$status" 1
done
naslag similar --vorm=json PUC_5119_1
is "a scan without a word to find others with: 1, and a whole answer" \
    "$status $(jq -r '"\(.totaal) \(.resultaten)"' "$scratch/out")" "1 0 []"
naslag similar --index="$scratch/no-index" PUC_4960_1
is "without an index the status is 66" "$status" 66

tap_done
