#!/bin/sh
# A corpus is full of things that are no documents, or not what they seem.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/corpus
mkdir "$c"

# became PATH: what the report says became of it; ok if nothing.
became() {
	jq -r --arg path "$1" '[.failures[] | select(.path == $path) | .status]
	    | if length == 0 then "ok" else .[] end' "$scratch/report"
}

# ---- no documents ----

echo 'Buiten de map: geheim kompas.' >"$scratch/buiten.txt"
echo 'Een gewoon document over kompassen.' >"$c/gewoon.txt"
ln -s "$scratch/buiten.txt" "$c/koppeling.txt"
ln -s .. "$c/omhoog"
ln -s kring "$c/kring"
ln -s gewoon.txt "$c/binnen.txt"
mkfifo "$c/pijp.txt"
: >"$c/leeg.txt"
mkdir "$c/map.pdf"
truncate -s 70M "$c/groot.txt"
mkdir "$c/.verborgen"
echo 'Verborgen kompas.' >"$c/.verborgen/x.txt"
is "no link is followed, no pipe blocks" "$(timeout 20 sh -c '
	"$NASLAG" index --report="$1/report" "$1/corpus" >/dev/null 2>&1
	echo $?' - "$scratch")" 0
is "all eight files are reported on" "$(report .files)" 8
for name in koppeling.txt omhoog kring binnen.txt pijp.txt; do
	is "$name is no regular file" "$(became "$name")" not-regular
done
is "an empty file is called that" "$(became leeg.txt)" empty
is "a file beyond the limit is not read" "$(became groot.txt)" too-big
is "what lies outside is not in the index" "$(pads kompas)" gewoon.txt
is "but the name of a link is" "$(pads titel:koppeling)" koppeling.txt
rm "$c/groot.txt" "$c/pijp.txt"

# ---- odd names ----

long=$(printf '%0251d.txt' 0)
deep=$(printf 'diep/%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
mkdir -p "$c/$deep"
printf '%s\n' "naam met spaties.txt" "ümläut café.txt" "$long" \
    "-streepje.txt" "50%25 korting.txt" '$(touch gehackt) ;&|.txt' \
    "${deep}onder.txt" >"$scratch/names"
while IFS= read -r name; do
	echo 'Een document met een vreemde naam: zeegras.' >"$c/$name"
	echo "$name" >>"$c/$name"		# copies would be joined
done <"$scratch/names"
newline=$(printf 'twee\nregels.txt')
echo 'zeegras 1' >"$c/$newline"
bytes=$(printf 'geen\377utf8.txt')
tabbed=$(printf 'tab\tin naam.txt')
echo 'zeegras 2' >"$c/$tabbed"
number=9
if echo 'zeegras 3' 2>/dev/null >"$c/$bytes"; then
	number=10
else
	note "this file system refuses names that are not UTF-8"
fi
index --accept "$c" >"$scratch/said"
is "documents with odd names are all there" "$(total zeegras)" $number
pads zeegras >"$scratch/pads"
while IFS= read -r name; do
	ok "found by its name: $(printf '%.40s' "$name")" \
	    grep -qxF -e "$name" "$scratch/pads"
done <"$scratch/names"
naslag show "$newline"
is "a document is shown by a name of two lines" "$status" 0
[ $number = 9 ] || {
	naslag show "$bytes"
	is "and by one that is not UTF-8" "$status" 0
}
naslag status --failures
is "each failure is one line" "$(wc -l <"$scratch/out")" \
    "$(report '.failures | length')"
naslag search --vorm=tsv zeegras --aantal=50
is "each hit of tsv is one line" "$(wc -l <"$scratch/out")" $((number + 1))
is "and so is each of jsonl, with valid UTF-8" \
    "$("$NASLAG" search --vorm=jsonl zeegras --aantal=50 |
	iconv -f UTF-8 -t UTF-8 | jq -s length)" $number
# A document has a title, whatever it is called; its text has none.
: >"$scratch/bare"
for name in _.png -.png ' .png' _; do
	printf '\211PNG\r\n\032\n%s' "$name" >"$c/$name"
	echo "$name" >>"$scratch/bare"
done
index "$c" >"$scratch/said"
is "names that say nothing are titles nevertheless" \
    "$(found | jq -r '.resultaten[] | select(.formaat == "png") | .titel' |
	sort)" "$(sed 's/^ //' "$scratch/bare" | sort)"
is "the next run knows them all again" \
    "$(index "$c" | sed 's/.*: //')" "+0 ~0 -0 =$(report .files) published false"

# ---- the content decides what a file is ----

cp "$corpus"/werkinstructies/asiel/PUC_4960_*.pdf "$c/eigenlijk-pdf.txt"
cp "$corpus"/landenrapporten/PUC_2624_*.docx "$c/eigenlijk-docx.doc"
cp "$corpus"/portaal/index.html "$c/eigenlijk-html.pdf"
cp "$corpus"/werkinstructies/asiel/PUC_4803_*.rtf "$c/eigenlijk-rtf"
printf '%%PDF-1.4\nkapot' >"$c/kapot.pdf"
index "$c" >"$scratch/said"
while read -r name format; do
	is "$name is $format" "$(found | jq -r --arg pad "$name" \
	    '.resultaten[] | select(.pad == $pad) | .formaat')" "$format"
done <<'END'
eigenlijk-pdf.txt pdf
eigenlijk-docx.doc docx
eigenlijk-html.pdf html
eigenlijk-rtf rtf
END
is "and they are read as what they are" \
    "$(pads --kenmerk='WI 2015/25' dublinprocedure)" eigenlijk-pdf.txt
is "a broken file is reported as that" "$(became kapot.pdf)" malformed

# ---- copies ----

cp "$c/kapot.pdf" "$c/ook-kapot.pdf"
cp "$c/gewoon.txt" "$c/ook gewoon.txt"
cp "$c/gewoon.txt" "$c/${deep}gewoon.txt"
index "$c" >"$scratch/said"
is "exact copies are one hit that names the others" \
    "$(found kompas | jq -c '.resultaten[] | [.pad, .ookAls]')" \
    "[\"${deep}gewoon.txt\",[\"gewoon.txt\",\"ook gewoon.txt\"]]"
is "a copy of what cannot be read cannot be read either" \
    "$(became ook-kapot.pdf)" malformed
is "and counts as such in the answer" \
    "$(found | jq .dekking.nietDoorzoekbaar)" "$(report .notSearchable)"

# ---- without the right to read ----

if ! can_drop; then
	skip "an unreadable file is reported" "no user without rights here"
	tap_done
fi
echo 'Niet te lezen: zeegras.' >"$c/dicht.txt"
chmod 000 "$c/dicht.txt"
mkdir "$scratch/open" && chmod 777 "$scratch/open"
ok "an unreadable file stops nothing" as_nobody "$NASLAG" index \
    --index="$scratch/open/index" --report="$scratch/open/report" "$c"
mv "$scratch/open/report" "$scratch/report"
is "and is reported" "$(became dicht.txt)" denied
is "and found by its name" "$(NASLAG_INDEX=$scratch/open/index pads dicht)" \
    dicht.txt

tap_done
