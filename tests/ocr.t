#!/bin/sh
# Scans: left alone, recognised when asked, kept when not, marked wherever they
# are found.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"
. "$srcdir/tests/endpoint.sh"

scan=werkinstructies/asiel/PUC_5119_1_wi-2011-26-een-ander-land-is-verantwoordelijk.pdf
text=$(cd "$corpus" && find . -name '*.pdf' ! -path "./$scan" | sort |
    sed -n 's|^\./||; 1p')
c=$scratch/corpus
mkdir -p "$c"
cp "$corpus/$scan" "$c/scan.pdf"
cp "$corpus/$text" "$c/tekst.pdf"

# ---- where it cannot be done ----

mkdir "$scratch/bare"
cp "$NASLAG_EXTRACT" "$scratch/bare/naslag-extract"
NASLAG_EXTRACT="$scratch/bare/naslag-extract" "$NASLAG" index --ocr "$c" \
    >"$scratch/out" 2>"$scratch/err"
is "without the program that recognises: 78" "$?" 78
ok "it says why" grep -q 'built without tesseract' "$scratch/err"
ok "and nothing was made" test ! -e "$NASLAG_INDEX/current"

if [ ! -x "$NASLAG_EXTRACT-ocr" ]; then
	skip "scans are recognised" "built without tesseract"
	tap_done
fi
TESSDATA_PREFIX=$scratch "$NASLAG_EXTRACT-ocr" <"$c/scan.pdf" \
    >"$scratch/out" 2>"$scratch/err"
is "without its languages: 78, and no text" "$? $(wc -c <"$scratch/out")" "78 0"
ok "they are named" grep -q 'nld+eng' "$scratch/err"
if ! "$NASLAG_EXTRACT-ocr" <"$c/scan.pdf" >"$scratch/out" 2>&1; then
	skip "scans are recognised" "no language data of tesseract"
	tap_done
fi

# ---- by hand ----

is "the extractor says how many pages it recognised" \
    "$(sed -n '/^recognised /{n;p}' "$scratch/out")" 2
"$NASLAG_EXTRACT" <"$c/scan.pdf" >"$scratch/out"
is "the other one says how many are pictures, and reads none" \
    "$(sed -n '/^pictures /{n;p}' "$scratch/out") $(sed -n \
    '/^status /{n;p}' "$scratch/out") $(grep -c '^text ' "$scratch/out")" \
    "2 scan 0"

# ---- first without, then with ----

# about FILTER: of the scan, if its text is found.
about() {
	found vertrouwensbeginsel overnameverzoek | jq -rc ".resultaten[] |
	    select(.pad == \"${2-scan.pdf}\") | $1"
}

is "without --ocr a scan is a scan" "$(index "$c")" \
    "2 files: +2 ~0 -0 =0 published true"
is "its text is not found" "$(report .byReason.scan) $(about .pad)" "1 "
is "a run with --ocr reads what is a picture, and nothing else" \
    "$(index --ocr "$c")" "2 files: +0 ~1 -0 =1 published true"
is "all is searchable now" "$(report '.notSearchable, .parsed')" "0
1"
is "the text is found, on its page" \
    "$(about '[.fragmenten[0].pagina, .titel, .kenmerk]')" \
    '[1,"WI 2011/26 Een ander land is verantwoordelijk","WI 2011/26"]'
is "the hit says where it comes from" "$(about .tekstherkenning)" geheel
is "others do not" "$(found --formaat=pdf | jq -c '[.resultaten[] |
    select(.pad == "tekst.pdf") | .tekstherkenning]')" '[null]'

# ---- kept ----

is "another run with --ocr has nothing to do" "$(index --ocr "$c")" \
    "2 files: +0 ~0 -0 =2 published false"
is "nor one without" "$(index "$c")" "2 files: +0 ~0 -0 =2 published false"
index --rebuild "$c" >/dev/null
is "a rebuild without --ocr keeps what was recognised" \
    "$(report .parsed) $(about .tekstherkenning)" "0 geheel"
mv "$c/scan.pdf" "$c/verplaatst.pdf"
index "$c" >/dev/null
is "so does a move" \
    "$(report .parsed) $(about .tekstherkenning verplaatst.pdf)" "0 geheel"
mv "$c/verplaatst.pdf" "$c/scan.pdf"
index "$c" >/dev/null
index --rebuild --ocr "$c" >/dev/null
is "a rebuild with --ocr recognises nothing again" \
    "$(report .parsed) $(about .tekstherkenning)" "0 geheel"

# Another version of the extractor has other keys: as if another had made it.
live=$(ls -dt "$NASLAG_INDEX"/gen-* | head -n 1)
key=$(awk -F '\t' '$NF == "scan.pdf" { print $9 }' "$live/files")
is "the text has a key of its content and what recognised it" \
    "${key%%-*}" "$(sha256sum <"$c/scan.pdf" | cut -d ' ' -f 1)"
other=${key%%-*}-0123456789abcdef
shard=$NASLAG_INDEX/texts/$(printf %.2s "$key")
LC_ALL=C sed "s/$key/$other/" "$shard/$key" >"$shard/$other"
rm "$shard/$key"
sed "s/$key/$other/" "$live/files" >"$scratch/files"
cat "$scratch/files" >"$live/files"
index --rebuild "$c" >/dev/null
is "what an earlier version recognised is kept by a run without --ocr" \
    "$(report '.parsed, .notSearchable' | tr '\n' ' ')$(about .tekstherkenning)" \
    "0 0 geheel"
index --rebuild --ocr "$c" >/dev/null
is "and recognised again by one with it" \
    "$(report '.parsed, .notSearchable' | tr '\n' ' ')$(about .tekstherkenning)" \
    "1 0 geheel"

# ---- marked ----

naslag search --peildatum="$asof" vertrouwensbeginsel overnameverzoek
ok "the terminal marks the hit" \
    grep -q 'tekst herkend uit een scan; er kunnen fouten in staan' "$scratch/out"
naslag show scan.pdf
ok "so does naslag show" grep -q '^herkend  *geheel ' "$scratch/out"
cgi / 'q=vertrouwensbeginsel+overnameverzoek'
ok "so does the page" grep -q '<p class="herkend">Tekst herkend uit een scan; er' \
    "$scratch/body"
cgi /en/ 'q=vertrouwensbeginsel+overnameverzoek'
ok "and the English one" grep -q \
    '<p class="herkend">Text recognised in a scan; there' "$scratch/body"
cgi /v1/documenten 'q=vertrouwensbeginsel+overnameverzoek'
is "the answer is as the API describes it" "$(jq -r --slurpfile api \
    "$NASLAG_DATA/openapi.json" --arg name Antwoord -f "$srcdir/tests/schema.jq" \
    "$scratch/body")" ""
id=$(about .id)
cgi "/v1/documenten/$id"
is "and that about the document" "$(jq -r .tekstherkenning "$scratch/body") $(jq -r \
    --slurpfile api "$NASLAG_DATA/openapi.json" --arg name Document \
    -f "$srcdir/tests/schema.jq" "$scratch/body")" "geheel "

# ---- part scan, part text ----

# picture FILE: a page with nothing but a picture of dots, in grey.
picture() {
	awk 'BEGIN {
		srand(1)
		printf "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
		printf "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
		printf "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]"
		printf "/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
		printf "4 0 obj<</Length 24>>stream\nq 200 0 0 200 0 0 cm /I Do Q"
		printf "\nendstream endobj\n5 0 obj<</Type/XObject/Subtype/Image"
		printf "/Width 40/Height 40/BitsPerComponent 8/ColorSpace"
		printf "/DeviceGray/Filter/ASCIIHexDecode/Length 3201>>stream\n"
		for (i = 0; i < 1600; i++)
			printf "%02x", int(rand() * 256)
		printf ">\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
	}' >"$1"
}
picture "$c/stippen.pdf"
is "a picture without words stays one" "$(index --ocr "$c")" \
    "3 files: +1 ~0 -0 =2 published true"
is "and is a scan" "$(report '.failures[] | "\(.path) \(.status)"')" \
    "stippen.pdf scan"
is "nobody looks at it again" "$(index --ocr "$c")" \
    "3 files: +0 ~0 -0 =3 published false"

if command -v pdfunite >/dev/null; then
	pdfunite "$c/tekst.pdf" "$c/scan.pdf" "$c/stippen.pdf" "$c/deels.pdf"
	rm "$c/scan.pdf" "$c/stippen.pdf"
	index --accept "$c" >/dev/null
	is "of a file with text the pictures are no failure" \
	    "$(report .notSearchable) $(about .pad deels.pdf)" "0 "
	is "with --ocr it is read again, and no copy of its text any more" \
	    "$(index --ocr "$c")" "2 files: +0 ~2 -0 =0 published true"
	first=$(pdfinfo "$c/tekst.pdf" | awk '/^Pages/ { print $2 + 1 }')
	is "its pictures are read, and only they" \
	    "$(about '[.tekstherkenning, .fragmenten[0].pagina]' deels.pdf)" \
	    "[\"gedeeltelijk\",$first]"
	naslag show --pagina=1 deels.pdf
	cp "$scratch/out" "$scratch/first"
	naslag show --pagina=1 tekst.pdf
	ok "what was text is as it was" cmp "$scratch/out" "$scratch/first"
	naslag search --peildatum="$asof" vertrouwensbeginsel overnameverzoek
	ok "the terminal says that it is a part" \
	    grep -q 'een deel van de tekst is herkend uit een scan' "$scratch/out"
	is "and nothing is left to do" "$(index --ocr "$c")" \
	    "2 files: +0 ~0 -0 =2 published false"
else
	skip "of a file that is part scan the scan is read" "there is no pdfunite"
fi

# ---- pictures by themselves ----

# le BYTES NUMBER: the number as it lies in a file.
le() {
	if [ "$1" -gt 0 ]; then
		printf "\\$(printf %03o "$(($2 % 256))")"
		le "$(($1 - 1))" "$(($2 / 256))"
	fi
}

# entry TAG TYPE NUMBER: what a page of a TIFF says.
entry() {
	le 2 "$1"
	le 2 "$2"
	le 4 1
	le 4 "$3"
}

# tiff PAGE...: one file of pages in grey that pdftoppm drew.
tiff() {
	printf 'II*\0'
	at=8
	le 4 "$(($(page_size "$1") + at))"
	for page; do
		shift
		size=$(page_size "$page")
		tail -c "$size" "$page"
		le 2 9
		entry 256 4 "$width"
		entry 257 4 "$((size / width))"
		entry 258 3 8
		entry 259 3 1
		entry 262 3 1
		entry 273 4 "$at"
		entry 277 3 1
		entry 278 4 "$((size / width))"
		entry 279 4 "$size"
		at=$((at + size + 2 + 9 * 12 + 4))
		if [ $# -gt 0 ]; then
			le 4 "$((at + $(page_size "$1")))"
		else
			le 4 0
		fi
	done
}

# page_size PAGE: its pixels; all pages are as wide.
page_size() {
	LC_ALL=C awk 'NR == 2 { print $1 * $2; exit }' "$1"
}

if command -v pdftoppm >/dev/null; then
	p=$scratch/plaatjes
	mkdir "$p" "$scratch/getekend"
	pdftoppm -r 150 -gray "$corpus/$scan" "$scratch/getekend/p"
	pdftoppm -r 150 -gray -png -f 1 -l 1 "$corpus/$scan" "$p/p"
	pdftoppm -r 150 -gray -jpeg -f 1 -l 1 "$corpus/$scan" "$p/p"
	mv "$p"/p*.png "$p/scan.png"
	mv "$p"/p*.jpg "$p/scan.jpg"
	set -- "$scratch"/getekend/*.pgm
	width=$(LC_ALL=C awk 'NR == 2 { print $1; exit }' "$1")
	# The last page first, so that the order is that of the file.
	tiff "$2" "$1" >"$p/scan.tif"
	head -c 20000 "$p/scan.png" >"$p/half.png"
	head -c 100000 "$p/scan.jpg" >"$p/half.jpg"

	NASLAG_INDEX=$scratch/plaatjesindex
	export NASLAG_INDEX
	index "$p" >/dev/null
	is "pictures are scans, damaged ones are not" \
	    "$(report '.failures[] | "\(.path) \(.status)"' | sort)" \
	    "half.jpg scan
half.png malformed
scan.jpg scan
scan.png scan
scan.tif scan"
	index --ocr "$p" >/dev/null
	is "with --ocr they are read, what is left of one as well" \
	    "$(report '.failures[] | "\(.path) \(.status)"' | sort)" \
	    "half.png malformed"
	is "each page of a TIFF is a page" \
	    "$(about '[.formaat, .tekstherkenning, .paginas,
		.fragmenten[0].pagina]' scan.tif)" '["tiff","geheel",2,2]'
	is "hits in them say where they come from" \
	    "$(about .tekstherkenning scan.png)" geheel
	is "they are not read again" "$(index --ocr "$p")" \
	    "5 files: +0 ~0 -0 =5 published false"
else
	skip "pictures by themselves are read" "there is no pdftoppm"
fi

tap_done
