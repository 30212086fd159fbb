#!/bin/sh
# naslag check --privacy says which documents show personal data, on which
# page, and never shows it itself.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

index=$NASLAG_INDEX
c=$scratch/corpus
mkdir -p "$c/brieven" "$c/wetten"

# A page of HTML with a body.
html() {
	printf '<html><head><title>%s</title></head><body>%s</body></html>\n' \
	    "$1" "$2"
}
html 'Brief aan de heer Proef' '<p>Uw BSN is 123456782 en uw V-nummer is
271.123.4567. Maak het bedrag over op NL91 ABNA 0417 1643 00 of bel
06-12345678. Ik herhaal: 06 12 34 56 78.</p>' >"$c/brieven/brief 1.html"
html 'Over jan.proef@proef.example' '<p>Schrijf aan jan.proef@proef.example of
aan info@proef.example, of bel 070-234 5678.</p>' >"$c/brieven/over.html"
html 'Wet op de proeven' '<p>Gelet op de uitspraak van 12 juli 2012, nr.
123456782/1/V3 (ECLI:NL:RVS:2012:BX1234), Kamerstukken II 2012/13, 33 512, nr.
2; artikel 3.51, eerste lid, kenmerk 2012-0000649083, PUC_123456782_1. Bel de
dienst op 088 043 04 30 of 0900 1234561.</p>' >"$c/wetten/wet.html"
# A form feed ends a page.
printf 'Een brief\n\nHet BSN 111222333 staat op de eerste pagina.\n\f%s\n' \
    'Het BSN 111222333 en het BSN 123456782 staan op de tweede.' \
    >"$c/brieven/paginas.txt"
cp "$c/brieven/paginas.txt" "$c/brieven/zelfde.txt"
index "$c" >"$scratch/said"

naslag check --privacy
is "findings are no damage: the status is 0" "$status" 0
is "a line says the kind, the document and the value, masked" \
    "$(grep 'brief 1' "$scratch/out")" \
"bsn${tab}brieven/brief 1.html${tab}-${tab}******782
v-nummer${tab}brieven/brief 1.html${tab}-${tab}*******567
iban${tab}brieven/brief 1.html${tab}-${tab}***************300
telefoon${tab}brieven/brief 1.html${tab}-${tab}*********678"
is "titles are looked at, too; a function's address is no finding" \
    "$(grep over.html "$scratch/out")" \
"e-mail${tab}brieven/over.html${tab}title${tab}j***@p***.example
e-mail${tab}brieven/over.html${tab}-${tab}j***@p***.example
telefoon${tab}brieven/over.html${tab}-${tab}*********678"
is "numbers of cases, laws and public services are none" \
    "$(grep wet.html "$scratch/out")" ""
is "the page is said, once for each value" \
    "$(grep -v ^copy "$scratch/out" | grep paginas.txt | cut -f 1,3,4)" \
"bsn${tab}1${tab}******333
bsn${tab}2${tab}******333
bsn${tab}2${tab}******782"
is "the last line sums up, in as many cells" \
    "$(tail -n 1 "$scratch/out" | cut -f 1-3)" "summary${tab}gen-1${tab}-"
is "by kind" "$(tail -n 1 "$scratch/out" | cut -f 4)" "3 of 4 documents show \
personal data: bsn 4, v-nummer 1, iban 1, telefoon 2, e-mail 2; 0 have no text \
to look at"
is "files with the same text are named, too" \
    "$(grep '^copy' "$scratch/out")" \
    "copy${tab}brieven/zelfde.txt${tab}-${tab}brieven/paginas.txt"
is "each line has four cells" \
    "$(awk -F '\t' 'NF != 4' "$scratch/out")" ""
is "nothing is said besides" "$(cat "$scratch/err")" ""

# What could be a value in full, in any spelling.
values='123456782|111222333|2711234567|271\.123|0417|12345678|2345678|proef@'
is "no value is shown in full" "$(grep -Ec "$values" "$scratch/out")" 0
is "nor left anywhere in the index" \
    "$(cd "$index" && find . -newer "$scratch/out" -type f)" ""

### What may be public

cat >"$scratch/known" <<'END'
# De receptie
(070) 234 56 78
@proef.example
END
echo "known = $scratch/known" >"$NASLAG_CONF"
naslag check --privacy
is "what the operator's file knows is no finding" \
    "$status $(grep over.html "$scratch/out")" "0 "
is "all else is" "$(grep -c 'brief 1' "$scratch/out")" 4
echo "known = $scratch/unknown" >"$NASLAG_CONF"
naslag check --privacy
is "a file that is not there is an error of configuration" "$status" 78
: >"$NASLAG_CONF"

### Without an index

naslag check --privacy --index="$scratch/none"
is "without an index the status is 66" "$status" 66
truncate -s 0 "$index/gen-1/postlist.glass"
naslag check --privacy
is "of a damaged one it is 69" "$status $(cat "$scratch/out")" "69 "

tap_done
