#!/bin/sh
# naslag search: what it finds, and how it says so.  With UPDATE=1 the golden
# files in tests/expect are written anew.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1

# ---- JSON: every key, every type ----

found 'bekering' >"$scratch/hits"
found 'zzzz' >"$scratch/none"
found >"$scratch/all"
keys() {
	jq -r "$1 | keys_unsorted | join(\" \")" "$scratch/$2" | sort -u
}
top='versie vraag totaal metAlleWoorden correctie meldingen resultaten facetten'
top="$top disclaimers dekking generatie"
for answer in hits none all; do
	is "all keys are there: $answer" "$(keys . $answer)" "$top"
done
is "those of the question" "$(keys .vraag hits)" \
    'q gelezenAls peildatum filters sorteer vanaf aantal'
is "those of every hit, null or not" "$(keys '.resultaten[]' all)" \
    'rang score id pad url titel soort kenmerk landen datum geldigVan geldigTot geldigheid formaat taal paginas ookAls tekstherkenning fragmenten'
is "those of every passage" "$(keys '.resultaten[].fragmenten[]' hits)" \
    'tekst treffers pagina paginalabel kop'
is "those of every facet" "$(keys '.facetten[]' all)" 'veld label waarden'
is "those of every value" "$(keys '.facetten[].waarden[]' all)" \
    'waarde label aantal gekozen'
is "those of every disclaimer" "$(keys '.disclaimers[]' all)" 'soort tekst'
is "those of the coverage" "$(keys .dekking all)" 'documenten nietDoorzoekbaar'

# types FILTER FILE: the types of each key, null besides another one or not.
types() {
	jq -r "[$1 | to_entries[] | \"\\(.key)=\\(.value | type)\"] | unique
	    | join(\" \")" "$scratch/$2"
}
is "the types of a hit" "$(types '.resultaten[]' all)" \
    'datum=null datum=string formaat=string fragmenten=array geldigTot=null geldigTot=string geldigVan=null geldigVan=string geldigheid=string id=string kenmerk=null kenmerk=string landen=array ookAls=array pad=string paginas=null paginas=number rang=number score=number soort=string taal=null taal=string tekstherkenning=null titel=string url=null url=string'
is "the types of an answer" "$(types . hits)" \
    'correctie=null dekking=object disclaimers=array facetten=array generatie=number meldingen=array metAlleWoorden=number resultaten=array totaal=number versie=number vraag=object'
is "dates are ISO 8601" "$(jq -r '.resultaten[] | .datum, .geldigVan, .geldigTot
	| strings | select(test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") | not)' \
	"$scratch/all")" ""
is "the question is repeated" \
    "$(found --soort=WI --land='!Syrië' --datum=2014 --sorteer=datum 'asiel' |
	jq -c '.vraag | [.q, .gelezenAls, .peildatum, .filters, .sorteer, .vanaf,
	.aantal]')" \
    '["asiel","asiel soort:werkinstructie -land:SY datum:2014-01-01..2014-12-31","2026-01-01",{"soort":["werkinstructie"],"land":["!SY"],"datum":["2014-01-01..2014-12-31"]},"datum",0,1000]'
is "each kind of document gets its disclaimer once" \
    "$(jq -c '.disclaimers | map(.soort) | length == (unique | length)' \
	"$scratch/all")" true
is "and only kinds that are shown" "$(found --soort=uitspraak asiel |
    jq -c '[.disclaimers[].soort] - ["uitspraak"]')" '[]'

# ---- marks ----

# marked ARGUMENTS...: the words marked, in lower case, each once
marked() {
	found "$@" | jq -r '[.resultaten[].fragmenten[] | .tekst as $tekst
	    | .treffers[] | $tekst[.[0]:.[1]] | ascii_downcase] | unique
	    | join(" ")'
}
is "marks lie within the text, in order, apart" \
    "$(found 'asiel verblijfsvergunning categorieën kinderen' | jq -c '
	[.resultaten[].fragmenten[] | (.tekst | length) as $n | .treffers
	| . as $t | range(length) | select($t[.][0] >= $t[.][1]
	or $t[.][1] > $n or (. > 0 and $t[.][0] <= $t[. - 1][1]))]')" '[]'
is "they are on the words asked for, and their parts" \
    "$(marked --uitbreiden=nee dublinprocedure)" \
    "dublinprocedure procedure"
is "counted in characters, not in bytes" \
    "$(found 'categorieën' | jq -r '[.resultaten[].fragmenten[]
	| .tekst as $tekst | .treffers[] | $tekst[.[0]:.[1]] | ascii_downcase
	| select(test("^categorie(ën)?$") | not)] | join(" ")')" ""
ok "of which there are some" [ -n "$(marked categorieën)" ]
is "accents and case do not matter" "$(total CATEGORIEEN)" "$(total categorieën)"
ok "other forms of a word are marked, too" \
    sh -c 'case " $1 " in *" kind "*kinderen" "*) ;; *) exit 1 ;; esac' - \
    "$(marked kinderen)"
is "what is excluded is not marked" "$(marked '+asiel -dublin' | tr ' ' '\n' |
    grep dublin)" ""
is "without words the passage is the beginning" \
    "$(found --kenmerk='WI 2015/25' | jq -c '.resultaten[].fragmenten
	| map([(.tekst | startswith("WI 2015/25")), .treffers])')" '[[true,[]]]'
is "pages are those of the document" "$(found asiel | jq -c '[.resultaten[]
	| .paginas as $n | .fragmenten[].pagina | select(. != null)
	| select($n == null or . < 1 or . > $n)]')" '[]'
is "a passage has its page and heading" \
    "$(found '"weigering van de vestigingsvergunning"  +Dublinprocedure' \
	--kenmerk='WI 2015/25' | jq -c '[.resultaten[].fragmenten[]
	| (.pagina | type), (.kop | type)] | unique')" '["number","string"]'
# A word marked in a passage on a page stands on that page.
found vingerafdrukken >"$scratch/hits"
jq -r '.resultaten[] | .id as $id | .fragmenten[] | select(.pagina != null)
    | .tekst as $t | [$id, .pagina, (.treffers[0] | $t[.[0]:.[1]])] | @tsv' \
    "$scratch/hits" >"$scratch/passages"
missing=
while IFS=$tab read -r id page word; do
	"$NASLAG" show --pagina="$page" "$id" | grep -qF -e "$word" ||
	    missing="$missing $id p. $page: $word;"
done <"$scratch/passages"
is "a marked word stands on the page that is named" "$missing" ""
ok "of which there are some" [ -s "$scratch/passages" ]

# ---- pages of hits, order, date ----

found asiel | jq -r '.resultaten[] | "\(.rang) \(.id)"' >"$scratch/whole"
: >"$scratch/parts"
for from in 0 5 10 15 20 25 30; do
	"$NASLAG" search --vorm=json --peildatum="$asof" --vanaf=$from \
	    --aantal=5 asiel >"$scratch/part"
	jq -r '.resultaten[] | "\(.rang) \(.id)"' "$scratch/part" \
	    >>"$scratch/parts"
	jq .totaal "$scratch/part" >>"$scratch/totals"
done
ok "pages of hits put together are all hits" \
    cmp "$scratch/whole" "$scratch/parts"
is "each with the same total" "$(sort -u "$scratch/totals")" "$(total asiel)"
is "which is how many there are" "$(total asiel)" \
    "$(wc -l <"$scratch/whole" | tr -d ' ')"
naslag search --vorm=json --vanaf=9999 asiel
is "beyond the last there is none, but a total" \
    "$(jq -c '[.resultaten, .totaal > 0]' "$scratch/out")" '[[],true]'
is "--aantal=0 gives only numbers" \
    "$("$NASLAG" search --vorm=json --aantal=0 asiel |
	jq -c '[.resultaten, .totaal > 0]')" '[[],true]'
is "ten are shown if nothing is said" \
    "$("$NASLAG" search --vorm=json asiel | jq '.resultaten | length')" 10
is "relevance falls" "$(found 'asiel kinderen' | jq -c '[.resultaten[].score]
	| . == (sort | reverse)')" true
is "sorteer=datum: the newest first, those without a date last" \
    "$(found --sorteer=datum asiel | jq -c '[.resultaten[].datum // ""]
	| . == (sort | reverse)')" true
is "sorteer=titel: by title" \
    "$(found --sorteer=titel --soort=vdl-factsheet --soort=formulier |
	jq -r '[.resultaten[].titel] | join("; ")')" \
    'Factsheet veilig derde land: Nigeria; Factsheet veilig derde land: Sierra Leone; Factsheet veilig derde land: Syrië; Formulier 7018: Bijlage Toestemmingsverklaring medische gegevens; Formulier 7018: Bijlage Verklaring referent (familie en gezin)'
while read -r date validity; do
	asof=$date
	is "Libya's report is $validity on $date" \
	    "$(found --kenmerk='LR 2015/19' | jq -r '.resultaten[].geldigheid')" \
	    "$validity"
	is "  and found as such" \
	    "$(total --kenmerk='LR 2015/19' --geldigheid="$validity")" 1
done <<'END'
2015-02-18 toekomstig
2015-02-19 geldig
2015-07-03 geldig
2015-07-04 vervallen
END
asof=2026-01-01
is "without a date there is no validity to know" \
    "$(total --kenmerk='LR 2015/5' --geldigheid=onbekend)" 1

# ---- the language ----

words=$scratch/words
mkdir "$words"
while read -r name text; do
	echo "$text" >"$words/$name.txt"
done <<'END'
1 appel peer
2 appel banaan
3 peer banaan
4 appel een twee drie vier vijf zes peer
5 peer appel
6 appels en peren en kersen
7 bananenschil
8 crème brûlée
9 kers, met een rij woorden: EN OF NIET
END
"$NASLAG" index --index="$scratch/words-index" "$words" >"$scratch/out" 2>&1

while IFS=$tab read -r question expected; do
	is "$question" "$(NASLAG_INDEX=$scratch/words-index pads \
	    --q="$question" | sed 's/\.txt//' | tr '\n' ' ')" \
	    "${expected:+$expected }"
done <<'END'
appel	1 2 4 5 6
"appel"	1 2 4 5
"appels"	6
"appel peer"	1
"APPEL Péér"	1
"peer appel"	5
"appel, peer"	1
creme	8
"creme brulee"	8
+appel	1 2 4 5 6
+appel -peer	2
+appel +banaan	2
-appel	3 7 8 9
appel NIET peer	2
appel NOT peer	2
appel EN banaan	2
appel AND banaan	2
banaan OF brûlée	2 3 7 8
banaan OR brûlée	2 3 7 8
(banaan OF peer) EN appel	1 2 4 5 6
banaan OF peer EN appel	1 2 3 4 5 6 7
+(banaan OF brûlée) -peer	2 7 8
-(appel OF peer)	7 8 9
appel NABIJ/1 peer	1 5
appel NABIJ/3 peer	1 5 6
appel NABIJ/9 peer	1 4 5 6
appel NEAR/9 peer	1 4 5 6
appel NABIJ peer	1 4 5 6
banaan*	2 3
bana*	2 3 7
+bana* -peer	2 7
titel:bananenschil	7
titel:"crème brûlée"	8
+titel:appel peer	1 2 4 5 6
formaat:txt appel	1 2 4 5 6
formaat:pdf appel	
appel -formaat:txt	
zzzz	
zzzz OF brûlée	8
zzzz EN brûlée	
"niet zo"	
END

# ---- nothing typed is an error ----

while IFS= read -r question; do
	"$NASLAG" search --vorm=json --aantal=0 --q="$question" \
	    >"$scratch/out" 2>"$scratch/err"
	status=$?
	jq -r '.vraag | .gelezenAls, .q' "$scratch/out" >"$scratch/read"
	read=$(head -n 1 "$scratch/read")
	is "an answer to: $question" "$([ $status -le 1 ] &&
	    cat "$scratch/err" && tail -n 1 "$scratch/read")" "$question"
	# What it was read as is read the same again.
	"$NASLAG" search --vorm=json --aantal=0 --q="$read" >"$scratch/again" \
	    2>"$scratch/err"
	is "  read as: $read" "$(jq -s 'map([.totaal, .vraag.gelezenAls,
	    .vraag.filters]) | .[0] == .[1]' "$scratch/out" "$scratch/again")" \
	    true
done <<'END'

   
"
""
" asiel
asiel "
(
)
((((((((((((((asiel))))))))))))))
(asiel
asiel)
() asiel
EN
OF
NIET
asiel EN
EN asiel
asiel OF OF dublin
asiel NABIJ
NABIJ/3 asiel
asiel NABIJ/0 dublin
asiel NABIJ/99999999999999999999 dublin
asiel NABIJ "bepaalde tijd"
+
-
!
*
a*
-asiel
- asiel
+ asiel
+-asiel
--asiel
:
titel:
titel:"
titel:asiel*
soort:
soort:brief asiel
soort:!brief asiel
soort:"
land:Syrië
land:"Sierra Leone" factsheet
jaar:20xx asiel
datum:gisteren asiel
datum:2011..2015 asiel
datum:..2015 asiel
peildatum:2012-01-01 asiel
onbekend:veld asiel
(soort:WI OF soort:LR) asiel
asiel EN soort:WI
asiel -soort:WI
ECLI:NL:RVS:2015:231
artikel 3.51 lid 1 Vb
C2/4.4
WI 2015/25
1(F)
a.m.v.
{}[]<>&|\^~`'$%#@_=;
😀 asiel
END
is "what is no value is said to be read as words" \
    "$(found 'soort:brief asiel' | jq -c '[.meldingen[]
	| (test("brief") and test("als gewone woorden gelezen"))]')" '[true]'
is "a short beginning, too" "$(found 'a* asiel' | jq '.meldingen | length')" 1
is "a plain question is not remarked upon" \
    "$(found 'asiel dublin' | jq -c .meldingen)" '[]'
is "a question of many words uses the first" \
    "$(found --q="$(printf 'woord%d ' $(seq 100)) asiel" |
	jq -c '[.meldingen[] | test("eerste 64 woorden")]')" '[true]'

# ---- keys and words together ----

is "a title given as an option narrows the words" \
    "$(pads --titel=dublinprocedure asiel)" \
    "$(pads 'titel:dublinprocedure EN asiel')"
is "whatever comes first" "$(pads asiel --titel=dublinprocedure)" \
    "$(pads --titel=dublinprocedure asiel)"
is "titles are alternatives" \
    "$(pads --titel=dublinprocedure --titel=Libië | wc -l)" 2
is "and may be excluded" "$(total asiel --titel=!landenrapport)" \
    $(($(total asiel) - $(total asiel --titel=landenrapport)))
is "several words of a title stand together" \
    "$(pads --titel='sierra leone' | wc -l) $(total --titel='leone sierra')" "1 0"
is "metAlleWoorden counts those with all words" \
    "$(found 'asiel dublin' | jq .metAlleWoorden)" "$(total '+asiel +dublin')"
is "within the filters" \
    "$(found 'asiel dublin' --soort=WI | jq .metAlleWoorden)" \
    "$(total '+asiel +dublin' --soort=WI)"
is "and besides a title" \
    "$(found 'asiel dublin' --titel=een | jq .metAlleWoorden)" \
    "$(total '+asiel +dublin +titel:een')"
is "of words that are nowhere there are none" \
    "$(found 'asiel zzzz' | jq .metAlleWoorden)" 0
is "without words all have all words" "$(found -- -asiel |
    jq -c '.metAlleWoorden == .totaal')" true

# ---- exit status and forms ----

for form in tekst json jsonl csv tsv; do
	naslag search --vorm=$form asiel
	is "$form with hits: 0" "$status, $(cat "$scratch/err")" "0, "
	ok "  and whole lines" [ "$(tail -c 1 "$scratch/out" | od -An -tx1)" = " 0a" ]
	naslag search --vorm=$form zzzz
	is "$form without hits: 1" "$status, $(cat "$scratch/err")" "1, "
done
naslag search --vorm=json zzzz
ok "json without hits is complete" jq -e '.totaal == 0' "$scratch/out"
columns='rang score id pad url titel soort kenmerk landen datum geldigVan geldigTot geldigheid formaat taal pagina kop fragment'
for form in csv tsv; do
	sep=,
	[ $form = csv ] || sep=$tab
	naslag search --vorm=$form zzzz
	is "$form without hits has its head" \
	    "$(tr -d '\r' <"$scratch/out" | tr "$sep" ' ')" "$columns"
done
naslag search --vorm=jsonl --aantal=1000 asiel
found asiel | jq -c '.resultaten[]' >"$scratch/hits"
jq -c . "$scratch/out" >"$scratch/lines"
ok "jsonl is the hits of json, one a line" \
    sh -c 'jq -c "del(.geldigheid)" "$1" >"$1.a" && jq -c "del(.geldigheid)" \
	"$2" | cmp - "$1.a"' - "$scratch/hits" "$scratch/lines"
naslag search --vorm=tsv --aantal=1000
is "every line of tsv has as many columns" \
    "$(awk -F '\t' '{ print NF }' "$scratch/out" | sort -u)" 18
is "and there is one for each hit" "$(wc -l <"$scratch/out")" $(($(total) + 1))
found | jq -r '.resultaten[] | [.rang, .id, .pad, .titel, .soort, .kenmerk // "",
    (.landen | join(";")), .datum // "", .geldigVan // "", .geldigTot // "",
    .formaat, .taal // "", .fragmenten[0].pagina // "",
    .fragmenten[0].kop // ""] | map(tostring) | join("\t")' >"$scratch/hits"
tail -n +2 "$scratch/out" | cut -f 1,3,4,6-12,14-17 >"$scratch/cells"
ok "with what json says" cmp "$scratch/hits" "$scratch/cells"

cat >"$words/formule.html" <<'END'
<html><head><title>=SOM(1,"a")</title></head><body><p>pruimen, "rijp"</p></html>
END
cat >"$words/min.html" <<'END'
<html><head><title>-2 graden</title></head><body><p>pruimen</p></html>
END
printf '<title>@a\tb</title><p>pruimen\tmet\ttabs\n' >"$words/tab.html"
"$NASLAG" index --index="$scratch/words-index" "$words" >"$scratch/out" 2>&1
naslag search --index="$scratch/words-index" --vorm=csv --sorteer=titel pruimen
ok "a cell of csv is no formula, and quoted" \
    grep -qF ",\"'=SOM(1,\"\"a\"\")\"," "$scratch/out"
ok "nor if it begins with a hyphen" grep -qF ",'-2 graden," "$scratch/out"
ok "nor with an at sign" grep -q ",'@a.b," "$scratch/out"
is "lines of csv end with CR LF" "$(grep -c "$(printf '\r')\$" "$scratch/out")" 4
naslag search --index="$scratch/words-index" --vorm=tsv pruimen
is "a tab in a text is no column" \
    "$(awk -F '\t' '{ print NF }' "$scratch/out" | sort -u)" 18

# ---- text ----

golden() {
	name=$1
	shift
	naslag search --peildatum="$asof" "$@"
	[ -z "${UPDATE-}" ] || cp "$scratch/out" "$srcdir/tests/expect/$name.txt"
	if diff -u "$srcdir/tests/expect/$name.txt" "$scratch/out" \
	    >"$scratch/diff"; then
		tap_result ok "the text of expect/$name.txt"
	else
		tap_result 'not ok' "the text of expect/$name.txt"
		sed 's/^/# /' "$scratch/diff"
	fi
}
golden zoek-tekst +vingerafdrukken --aantal=2
golden zoek-filter --geldigheid=toekomstig --soort=WI --soort=informatiebericht
golden zoek-vervallen +Azerbeidzjan --soort=landenrapport
golden zoek-scan --kenmerk='WI 2011/26' --kenmerk='7018'
golden zoek-niets pompoen
golden zoek-gelezen 'soort:brief a* +asiel "' --aantal=0

# ---- colour ----

escape=$(printf '\033')
naslag search asiel
ok "no colour without a terminal" sh -c '! grep -q "$1" "$2"' - "$escape" \
    "$scratch/out"
# On a terminal of its own; its lines end with CR LF.
terminal() {
	script -qec "$*" /dev/null </dev/null 2>&1 | tr -d '\r'
}
if [ "$(command -v script >/dev/null && terminal echo works)" != works ]; then
	skip "colour on a terminal" "no script(1) that works"
else
	search="'$NASLAG' search --peildatum=$asof asiel"
	terminal "$search" >"$scratch/colour"
	ok "colour on a terminal" grep -q "$escape" "$scratch/colour"
	terminal "NO_COLOR=1 $search" >"$scratch/plain"
	ok "not with NO_COLOR" sh -c '! grep -q "$1" "$2"' - "$escape" \
	    "$scratch/plain"
	terminal "NO_COLOR= $search" >"$scratch/empty"
	ok "an empty NO_COLOR says nothing" cmp "$scratch/colour" "$scratch/empty"
	sed "s/$escape\[[0-9;]*m//g" "$scratch/colour" >"$scratch/stripped"
	ok "colour changes nothing but colour" \
	    cmp "$scratch/stripped" "$scratch/plain"
fi

tap_done
