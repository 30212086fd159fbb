#!/bin/sh
# What a question finds beyond the words typed, and what is said of it:
# compounds, other words, spelling, citations, names; why, and why not.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/words
mkdir "$c"
while IFS=: read -r name text; do
	echo "$text" >"$c/$name.txt"
done <<'END'
1:De verblijfsvergunning wordt verleend.
2:De vergunning tot verblijf wordt verleend.
3:Een asielzoeker vraagt om opvang.
4:Wie asiel zoekt, vraagt om opvang.
5:Een machtiging tot voorlopig verblijf is nodig.
6:Zonder mvv geen toegang.
7:Besnijdenis van vrouwen komt voor.
8:Een tolk is aanwezig bij het gehoor.
9:De overdracht volgt uit artikel 29, eerste lid, aanhef en onder b, Vw 2000.
a:Zie WI 2021/13 voor de overdracht.
b:Een besluitmoratorium geldt voor Syrië.
c:Syrische documenten zijn onderzocht.
d:De overdracht van kinderen, met toestemming.
e:Het aanvragen van een paspoort.
END
"$NASLAG" index --index="$scratch/i" "$c" >"$scratch/out" 2>&1
NASLAG_INDEX=$scratch/i
export NASLAG_INDEX

pads() {
	"$NASLAG" search --aantal=50 --vorm=tsv "$@" 2>&1 | tail -n +2 |
	    cut -f 4 | sed 's/\.txt//' | sort | tr '\n' ' '
}
ask() {
	"$NASLAG" search --vorm=json "$@" 2>&1
}

while IFS='|' read -r title options question expected; do
	# shellcheck disable=SC2086 # options are words
	is "$title: $question" "$(pads $options --q="$question")" "$expected"
done <<'END'
a part finds the compound||vergunning|1 2 
a phrase does not||"de vergunning"|2 
the compound finds its parts||verblijfsvergunning|1 2 
written as two words||asiel zoeker|3 4 
with a hyphen||asiel-zoekers|3 
with a hyphen, and another name||werk-gevers mvv|5 6 
linked by a letter||vrouwen besnijdenis|7 
a compound that no document has||vrouwenbesnijdenis|7 
an abbreviation finds what it stands for||mvv|5 6 
and the other way round||"machtiging tot voorlopig verblijf"|5 
unless that is switched off|--uitbreiden=nee|mvv|6 
or the word is insisted on||+mvv|6 
a country finds its adjective||syrie|b c 
an inhabitant the country||Syriers|b c 
English finds Dutch||interpreter|8 
a plural of a compound||besluitmoratoria|b 
a number in any spelling||Werkinstructie 2021-13|a 
glued together||WI2021/13|a 
an article in any spelling||art. 29 lid 1 sub b vreemdelingenwet|9 
what it is a part of|--citeert=Vw||9 
as a field in typed text||citeert:"artikel 29 Vw 2000"|9 
not another article||citeert:"artikel 30 Vw"|
a verb in two parts||wat vraagt hij aan|3 4 e 
a misspelt word finds the nearest||overdrachtt|9 a d 
END

is "other words are named" "$(ask mvv | jq -r '.meldingen[]')" \
    "Ook gezocht naar: machtiging tot voorlopig verblijf."
is "not when they are switched off" \
    "$(ask --uitbreiden=nee mvv | jq -r '.meldingen[]')" ""
is "a correction is offered" "$(ask opvang overdragt | jq -r .correctie)" \
    "opvang overdracht"
is "a right question has none" "$(ask opvang | jq -r .correctie)" null
is "without hits the corrected question is answered" \
    "$(ask --uitbreiden=nee overdragt | jq -c '[.totaal, .correctie]')" \
    '[3,"overdracht"]'
is "and that is said" \
    "$(ask --uitbreiden=nee overdragt | jq -r '.meldingen[]')" \
    "Niets gevonden voor ‘overdragt’; dit zijn de antwoorden op ‘overdracht’."
is "filters hold for the corrected question" \
    "$(ask --uitbreiden=nee --formaat=pdf overdragt | jq .totaal)" 0
is "so does a title that was given as a key" \
    "$(ask --uitbreiden=nee --titel=pompoen overdragt | jq .totaal)" 0
is "a number that is nowhere is said to be" \
    "$(ask WI 1999/1 | jq -r '.meldingen[]')" \
    "Geen document is of noemt WI 1999/1."
is "all words are counted, in whatever form" \
    "$(ask asiel zoeker opvang | jq .metAlleWoorden)" 1

### Marks

is "the part is marked inside the compound" \
    "$(ask --uitbreiden=nee vergunning | jq -r '[.resultaten[].fragmenten[]
	| .tekst as $t | .treffers[] | $t[.[0]:.[1]]] | unique | join(" ")')" \
    "vergunning"

### Why, and why not

ask --uitleg mvv >"$scratch/uitleg"
ok "the reasons of a hit add up to its score" jq -e '[.resultaten[]
    | (.score - ([.uitleg[].gewicht] | add)) | fabs < 0.001] | all' \
    "$scratch/uitleg"
is "without --uitleg there are none" \
    "$(ask mvv | jq '[.resultaten[] | has("uitleg")] | any')" false
while IFS='|' read -r arguments expected; do
	# shellcheck disable=SC2086 # arguments are words
	is "why-not $arguments" "$("$NASLAG" why-not $arguments 2>&1)" \
	    "$expected"
done <<'END'
3.txt opvang asielzoeker|3.txt: het staat in het antwoord, op plaats 1.
1.txt opvang|1.txt: het heeft te weinig van de vraag: wel niets, niet ‘opvang’ (gewicht 0 %, nodig 25 %).
3.txt opvang -asielzoeker|3.txt: het bevat ‘asielzoeker’, dat er niet in mag staan.
3.txt +mvv opvang|3.txt: het bevat ‘mvv’ niet, dat erin moet staan.
3.txt --formaat=pdf opvang|3.txt: het filter op formaat laat het weg: het document heeft Platte tekst (TXT).
z.txt opvang|naslag: er is geen document met id, pad of kenmerk ‘z.txt’
END
"$NASLAG" why-not 3.txt opvang >/dev/null 2>&1
is "a hit: status 0" $? 0
"$NASLAG" why-not 1.txt opvang >/dev/null 2>&1
is "no hit: status 1" $? 1

### Names, on the sample portal

sample "$scratch/corpus"
wi=PUC_5962_1_wi-2011-81-wanneer-behandelt-nederland-het-asielverzoek-onverpli.html
mkdir "$scratch/corpus/archief"
cp "$scratch/corpus/werkinstructies/asiel/$wi" "$scratch/corpus/archief/"
NASLAG_INDEX=$scratch/sample
"$NASLAG" index "$scratch/corpus" >"$scratch/out" 2>&1
first() {
	ask "$@" | jq -r '.resultaten[0] | .kenmerk // .id'
}
for question in "WI 2015/25" WI2015-25 "werkinstructie 2015/25" \
    "C1/2.6 Vc" "de dublinprocedure"; do
	is "first: $question" "$(first "$question")" "WI 2015/25"
done
is "a copy in an archive does not stand for the document" \
    "$(ask WI 2011/81 | jq -r '.resultaten[0] | .pad, .ookAls[]' |
    sed 's/PUC.*//' | tr '\n' ' ')" "werkinstructies/asiel/ archief/ "
is "an article is found where it stands" "$(first artikel 59 vw)" BWBR0011823
for name in WI2015-25 "werkinstructie nr. 2015/25"; do
	is "naslag show $name" "$("$NASLAG" show "$name" | sed -n 's/^id  *//p')" \
	    PUC_4960_1
done
is "naslag show ECLI" "$("$NASLAG" show ecli:nl:rvs:2015:231 |
    sed -n 's/^pad  *//p')" jurisprudentie/ECLI_NL_RVS_2015_231.xml
tap_done
