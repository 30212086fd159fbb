#!/bin/sh
# naslag suggest completes what is typed, from the published index; and
# misspelt words are corrected from the words of that index.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/corpus
sample "$c"
"$NASLAG" index "$c" >"$scratch/out" 2>&1

# suggested ARGUMENTS...: what is suggested, a line each.
suggested() {
	naslag suggest "$@"
	cat "$scratch/out"
}

suggested dublin >"$scratch/dublin"
is "there are suggestions" "$status" 0
is "each line is a text, a kind and a number" \
    "$(awk -F '\t' 'NF != 3 || $2 !~ /^(titel|kenmerk|woordgroep|woord)$/ ||
	$3 !~ /^[1-9][0-9]*$/' "$scratch/dublin")" ""
is "each has what was typed" "$(grep -cvi dublin "$scratch/dublin")" 0
is "--aantal limits them" "$(suggested --aantal=2 verblijf | wc -l)" 2
is "without it there are ten at most" "$(suggested a | wc -l)" 10
is "case and accents do not matter" "$(suggested 'SYRIË')" \
    "$(suggested syrie)"
is "nor does it whether words are one argument" \
    "$(suggested verblijfsvergunning asiel)" \
    "$(suggested 'verblijfsvergunning asiel')"
number=$(found | jq -r '[.resultaten[].kenmerk // empty |
    select(startswith("WI "))][0]')
is "a number is found however it is written" \
    "$(suggested "$(printf %s "$number" | tr 'WI/' 'wi-' | tr -d ' ')" |
	grep -c "^$number${tab}kenmerk${tab}")" \
    "$(suggested "$number" | grep -c "^$number${tab}kenmerk${tab}")"
ok "a number is suggested" grep -q "^$number${tab}kenmerk" "$scratch/out"
naslag suggest xyzzy
is "nothing suggested: 1" "$status" 1
is "and nothing printed" "$(cat "$scratch/out" "$scratch/err")" ""
naslag suggest ' ./'
is "nothing typed: 1" "$status" 1

# ---- JSON ----

is "JSON has the same suggestions" \
    "$(suggested --vorm=json dublin |
	jq -r '.suggesties[] | [.tekst, .soort, .aantal] | @tsv')" \
    "$(cat "$scratch/dublin")"
is "with version and question" \
    "$(suggested --vorm=json dublin | jq -c '[.versie, .q, keys]')" \
    '[1,"dublin",["q","suggesties","versie"]]'
naslag suggest --vorm=json xyzzy
is "without any it is complete" "$status $(jq -c .suggesties "$scratch/out")" \
    "1 []"
is "quotes and controls are JSON" \
    "$(suggested --vorm=json "$(printf 'a"\\\tb')" | jq -r .q)" \
    "$(printf 'a"\\\tb')"

# The words that a count is of, the documents that a title has.
is "the number of a word is that of the documents with it" \
    "$(suggested --aantal=100 vreemdeling | awk -F '\t' \
	'$1 == "vreemdeling" && $2 == "woord" { print $3 }')" \
    "$(total '"vreemdeling"')"

# ---- every way to an index has them ----

published() {
	ls "$NASLAG_INDEX/$(sed 's/auto //' "$NASLAG_INDEX/current")" |
	    grep -Ex 'words|suggestions' | tr '\n' ' '
}
is "a first run writes both files" "$(published)" "suggestions words "
sed 's/persoonsgegevens/pompoengegevens/g' \
    "$c/portaal/privacyverklaring.html" >"$scratch/new"
cat "$scratch/new" >"$c/portaal/privacyverklaring.html"
echo '<title>Zeegrasveld</title><p>Een veld van zeegras.' >"$c/portaal/een.html"
index "$c" >"$scratch/said"
is "an incremental one does, too" "$(published)" "suggestions words "
is "and knows what is new" "$(suggested zeegrasv | cut -f 1,2)" \
    "Zeegrasveld${tab}titel"
rm "$c/portaal/een.html"
index "$c" >"$scratch/said"
is "and what is gone" "$(suggested zeegrasv)" ""
index --rebuild "$c" >"$scratch/said"
is "so does a rebuild" "$(published)" "suggestions words "
for word in vreemdeling dublin a wi syrie; do
	suggested --aantal=100 $word
done >"$scratch/rebuilt"
index --rebuild --jobs=1 "$c" >"$scratch/said"
for word in vreemdeling dublin a wi syrie; do
	suggested --aantal=100 $word
done >"$scratch/again"
ok "the same corpus, the same suggestions" \
    cmp "$scratch/rebuilt" "$scratch/again"

# ---- corrections ----

correction() {
	found "$@" | jq -r .correctie
}
is "a misspelt word is corrected" "$(correction vreemdelignen)" vreemdelingen
is "the others stay" "$(correction dublin verodening)" "dublin verordening"
is "a right question is not" "$(correction vreemdelingen)" null
is "nor is a quoted one" "$(correction '"vreemdelignen"')" null

# ---- without them ----

gen=$NASLAG_INDEX/$(sed 's/auto //' "$NASLAG_INDEX/current")
before=$(total vreemdeling)
echo damage >>"$gen/words"
: >"$gen/suggestions"
naslag suggest dublin
is "with damaged files there is nothing to suggest" \
    "$status $(cat "$scratch/out" "$scratch/err")" "1 "
is "one can search" "$(total vreemdeling)" "$before"
naslag search vreemdelignen
is "nothing is corrected" "$(cat "$scratch/err")" ""
rm "$gen/words" "$gen/suggestions"
naslag search vreemdelingen
is "without the files one can search" "$status" 0

tap_done
