#!/bin/sh
# No older version stands before the one that replaced it, on any page; and one
# text in several formats is one hit, however the index came to know of it.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/corpus
mkdir -p "$c/werkinstructies"

# wi KENMERK TITLE FROM UNTIL TEXT: a page of the portal.
wi() {
	file=$c/werkinstructies/$(printf %s "$1" | tr ' /' '--').html
	cat >"$file" <<END
<html lang="nl"><head><title>$1 $2</title>
<meta name="PUC.kenmerk" content="$1">
<meta name="DCTERMS.type" content="Werkinstructie">
<meta name="DCTERMS.available" content="start=$3;end=$4;">
</head><body><h1>$1 $2</h1><p>$5</p></body></html>
END
}
# Much of what matters in few words ranks high: the old ones do.
long=$(for i in 1 2 3 4 5 6 7 8 9; do
	printf 'De ambtenaar weegt omstandigheid %s af tegen het belang. ' "$i"
done)
wi 'WI 2011/7' 'Het inreisverbod' 2011-06-19 2013-12-31 'Inreisverbod. Inreisverbod.'
wi 'WI 2014/24' 'Het inreisverbod' 2014-01-23 2014-04-06 'Inreisverbod en duur.'
wi 'WI 2015/61' 'Het inreisverbod' 2015-01-28 '' "$long Over de duur: geen."
wi 'WI 2013/8' 'Inreisverbod, zwaar inreisverbod' 2013-10-10 '' 'Inreisverbod.'
wi 'WI 2012/3' 'De meldplicht' 2012-01-01 '' 'De meldplicht bij het inreisverbod.'
wi 'WI 2016/5' 'Toezicht en melden' 2016-01-01 '' "$long Deze instructie vervangt WI 2012/3. Meldplicht."
n=1
while [ $n -le 20 ]; do
	wi "WI 2020/$n" "Onderwerp nummer $n" 2020-01-01 '' "$long Inreisverbod, punt $n."
	n=$((n + 1))
done
"$NASLAG" index "$c" >"$scratch/out" 2>&1

# kenmerken ARGUMENTS...: the numbers of the hits, in their order.
kenmerken() {
	found "$@" | jq -r '[.resultaten[].kenmerk] | join(", ")'
}
# of PATTERN ARGUMENTS...: the same, of those that match only.
of() {
	pattern=$1
	shift
	found "$@" | jq -r --arg p "$pattern" \
	    '[.resultaten[].kenmerk | select(test($p))] | join(", ")'
}
verbod='2011/7|2014/24|2015/61'

is "the version in force goes before those it replaced, newer before older" \
    "$(of "$verbod" inreisverbod)" "WI 2015/61, WI 2014/24, WI 2011/7"
is "a version is not moved before what is no version of it" \
    "$(kenmerken inreisverbod | cut -d , -f 1)" "WI 2013/8"
is "on a date of reference goes first what was in force then" \
    "$(asof=2014-02-01; of "$verbod" inreisverbod)" \
    "WI 2014/24, WI 2015/61, WI 2011/7"
is "only hits are put in order" \
    "$(kenmerken inreisverbod geldigheid:vervallen)" "WI 2014/24, WI 2011/7"
is "what says that it replaces another goes before it, too" \
    "$(kenmerken --q='meldplicht')" "WI 2016/5, WI 2012/3"
is "unless that was in force alone" \
    "$(asof=2014-01-01; kenmerken --q='meldplicht')" "WI 2012/3, WI 2016/5"
is "and one that is asked for by its number" \
    "$(of "$verbod" --q='WI2014-24 inreisverbod' | cut -d , -f 1)" "WI 2014/24"

# ---- pages ----

# hits ARGUMENTS...: one line a hit.
hits() {
	"$NASLAG" search --vorm=jsonl --peildatum="$asof" "$@" |
	    jq -c 'del(.fragmenten)'
}
# pages SIZE ARGUMENTS...: the same, collected page by page.
pages() {
	size=$1
	shift
	from=0
	while [ $from -lt 30 ]; do
		hits --aantal="$size" --vanaf="$from" "$@" || :
		from=$((from + size))
	done
}
for question in inreisverbod 'inreisverbod duur' 'ambtenaar belang' \
    'inreisverbod soort:werkinstructie'; do
	hits --aantal=30 "$question" >"$scratch/whole"
	for size in 1 3 7; do
		pages $size "$question" >"$scratch/pages"
		ok "pages of $size make the whole answer: $question" \
		    cmp "$scratch/pages" "$scratch/whole"
	done
	is "scores never rise: $question" \
	    "$(jq -s '[.[].score] | . == (sort | reverse)' "$scratch/whole")" \
	    true
done
is "totals and facets count all" \
    "$(found inreisverbod | jq '[.totaal, (.facetten[] |
	select(.veld == "geldigheid").waarden | map(.aantal) | add)] | unique |
	length')" 1
is "sorted by date, by date it is" \
    "$(found inreisverbod --sorteer=datum |
	jq '[.resultaten[].datum] | . == (sort | reverse)')" true

# ---- what is said ----

is "the terminal says what took its place" \
    "$("$NASLAG" search --peildatum="$asof" 'kenmerk:"WI 2011/7"' |
	grep -o 'vervangen door [^)]*')" "vervangen door WI 2015/61"
is "naslag show names the other versions" \
    "$("$NASLAG" show 'WI 2014/24' | sed -n 's/^\(opvolger\|voorganger\|versie\) .*(\(.*\)).*/\1 \2/p' | sort)" \
    "opvolger WI 2015/61
voorganger WI 2011/7"
is "and none where there are none" \
    "$("$NASLAG" show 'WI 2013/8' | grep -c -e '^opvolger' -e '^voorganger')" 0

# ---- one text, several formats ----

c=$scratch/formats
NASLAG_INDEX=$scratch/index-formats
mkdir -p "$c/overig" "$c/kopie"
sentences() {
	n=1
	while [ $n -le 30 ]; do
		printf '%s de vreemdeling meldt zich op dag d%s bij loket l%s van het %s\n' \
		    "$1" "$n" "$n" "$1"
		n=$((n + 1))
	done
}
# as_html TITLE TEXT, as_rtf, as_txt: one document in each format.
as_html() {
	printf '<html lang="nl"><head><title>%s</title></head><body><h1>%s</h1>\n' \
	    "$1" "$1"
	sed 's:.*:<p>&</p>:'
	printf '</body></html>\n'
}
as_rtf() {
	printf '{\\rtf1\\ansi{\\info{\\title %s}}{\\b %s}\\par\n' "$1" "$1"
	sed 's:$:\\par:'
	printf '}\n'
}
as_txt() {
	printf '%s\n\n' "$1"
	sed 's:$:\n:'
}
groups() {
	"$NASLAG" search --index="$1" --vorm=json --aantal=100 \
	    --peildatum="$asof" | jq -c '[.resultaten[] | [.pad, .ookAls]] | sort'
}
sentences loket | as_html 'Melden aan het loket' >"$c/overig/melden.html"
sentences loket | as_rtf 'Melden aan het loket' >"$c/overig/melden.rtf"
sentences loket | as_txt 'Melden aan het loket' >"$c/overig/anders.txt"
sentences station | as_txt 'Melden op het station' >"$c/overig/station.txt"
cp "$c/overig/melden.html" "$c/kopie/melden.html"
is "every file is reported on" "$(index "$c")" \
    "5 files: +5 ~0 -0 =0 published true"
is "one text in three formats, and a copy, is one hit" \
    "$(groups "$NASLAG_INDEX")" \
    '[["overig/melden.html",["kopie/melden.html","overig/anders.txt","overig/melden.rtf"]],["overig/station.txt",[]]]'
is "the answer counts files, the index documents" \
    "$(found | jq -c '[.totaal, .dekking.documenten]')" "[2,5]"
for path in kopie/melden.html overig/melden.html overig/melden.rtf \
    overig/anders.txt; do
	ok "it is shown by its path $path" "$NASLAG" show "$path"
done
is "with nothing changed nothing is read" "$(index "$c")" \
    "5 files: +0 ~0 -0 =5 published false"

# step TITLE: the index, brought up to date, is what a rebuild makes.
built=0
step() {
	index "$c" --accept >"$scratch/said"
	built=$((built + 1))
	rm -rf "$scratch/rebuilt"
	"$NASLAG" index --index="$scratch/rebuilt" "$c" >/dev/null 2>&1
	is "as a rebuild: $1" "$(groups "$NASLAG_INDEX")" \
	    "$(groups "$scratch/rebuilt")"
	index "$c" >"$scratch/said"
	ok "and then nothing is left to do" \
	    grep -q ' +0 ~0 -0 .* published false$' "$scratch/said"
}
rm "$c/overig/melden.html"
step "the best of a group goes"
is "then the next best stands for it" "$(groups "$NASLAG_INDEX")" \
    '[["kopie/melden.html",["overig/anders.txt","overig/melden.rtf"]],["overig/station.txt",[]]]'
sentences haven | as_rtf 'Melden aan het loket' >"$c/overig/melden.rtf"
step "another changes its text"
is "then it is a document of its own" "$(groups "$NASLAG_INDEX" | jq length)" 3
sentences loket | as_rtf 'Melden aan het loket' >"$c/overig/melden.rtf"
step "and changes it back"
sentences station | as_html 'Melden op het station' >"$c/overig/station.html"
step "a better format comes"
is "then it stands for the group" "$(groups "$NASLAG_INDEX" | jq -c '.[1]')" \
    '["overig/station.html",["overig/station.txt"]]'
mv "$c/overig/station.html" "$c/kopie/station.html"
step "a file is renamed"
rm "$c/kopie/melden.html" "$c/overig/anders.txt"
step "only one is left"
is "then it is a document without copies" \
    "$(groups "$NASLAG_INDEX" | jq -c '.[] | select(.[0] | test("melden"))')" \
    '["overig/melden.rtf",[]]'
sentences loket | sed 's/dag d7 /dag zeven /' |
    as_html 'Melden aan het loket' >"$c/overig/melden.html"
step "nearly the same text"
is "is the same" "$(groups "$NASLAG_INDEX" | jq length)" 2
sentences loket | as_html 'Melden aan de balie' >"$c/overig/balie-2024.html"
sentences loket | as_txt 'Melden aan de balie' >"$c/overig/balie-2025.txt"
step "equal texts of two years"
is "stay apart" "$(groups "$NASLAG_INDEX" |
    jq -c '[.[] | select((.[0] + (.[1] | tostring)) | test("balie-2024") and test("balie-2025"))]')" '[]'

tap_done
