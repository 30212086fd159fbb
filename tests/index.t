#!/bin/sh
# naslag index: every file is accounted for, and only what changed is read.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

# ---- the sample, and again ----

c=$scratch/corpus
sample "$c"
documents=$(find "$c" -type f ! -name '*.metadata.xml' | wc -l)
is "every file is reported on" "$(index "$c")" \
    "$documents files: +$documents ~0 -0 =0 published true"
is "the index has a document for each of them" "$(total)" "$documents"
is "those without searchable text are named, with a reason" \
    "$(report '.failures[] | .status + " " + .path' | sort)" \
    "scan werkinstructies/asiel/PUC_5119_1_wi-2011-26-een-ander-land-is-verantwoordelijk.pdf"
is "and counted by reason" \
    "$(report '.byReason | "\(.scan) of \(length)"')" "1 of 1"
ok "the last line says how many" \
    grep -q "^generation 1: $documents files, .*; 1 not searchable (" "$scratch/out"
is "they are found by what their metadata say" \
    "$(pads --kenmerk='WI 2011/26' | wc -l)" 1

is "with nothing changed nothing is read" "$(index "$c")" \
    "$documents files: +0 ~0 -0 =$documents published false"
is "no text is" "$(report .textBytes)" 0
is "and the generation stays" "$(report .generation)" 1
is "there is no second one" "$(ls "$NASLAG_INDEX" | tr '\n' ' ')" \
    "current gen-1 lock runs.jsonl seen texts verified "

# ---- changes, one by one ----

page=portaal/privacyverklaring.html
sed 's/persoonsgegevens/pompoengegevens/g' "$c/$page" >"$scratch/new"
cat "$scratch/new" >"$c/$page"
is "a changed file is read again, alone" "$(index "$c")" \
    "$documents files: +0 ~1 -0 =$((documents - 1)) published true"
is "and found by its new words" "$(pads pompoengegevens)" "$page"

printf 'Een nieuw bericht over begrafenissen.\n' >"$c/nieuw.txt"
is "an added file is read, alone" "$(index "$c")" \
    "$((documents + 1)) files: +1 ~0 -0 =$documents published true"
is "and found" "$(pads begrafenissen)" nieuw.txt

mv "$c/nieuw.txt" "$c/hernoemd.txt"
is "a renamed file is one more and one less" "$(index "$c")" \
    "$((documents + 1)) files: +1 ~0 -1 =$documents published true"
is "that is known to have moved, and is not parsed again" \
    "$(report '"\(.renamed) renamed, \(.parsed) parsed, \(.changes.renamed)"')" \
    '1 renamed, 0 parsed, [["nieuw.txt","hernoemd.txt"]]'
is "and found under its new name only" "$(pads begrafenissen)" hernoemd.txt

rm "$c/hernoemd.txt"
is "a deleted file goes" "$(index "$c")" \
    "$documents files: +0 ~0 -1 =$documents published true"
is "and is not found any more" "$(total begrafenissen)" 0

form=formulieren/PUC_1145_1_formulier-7018-bijlage-toestemmingsverklaring-medische-gegevens.docx
sed 's/Toestemmingsverklaring medische/Pompoen medische/' \
    "$c/$form.metadata.xml" >"$scratch/new"
cat "$scratch/new" >"$c/$form.metadata.xml"
is "a changed sidecar changes its document" "$(index "$c")" \
    "$documents files: +0 ~1 -0 =$((documents - 1)) published true"
is "which gets the new title" "$(pads titel:pompoen)" "$form"

rm "$c/$form.metadata.xml"
is "a sidecar that goes does, too" "$(index "$c")" \
    "$documents files: +0 ~1 -0 =$((documents - 1)) published true"
is "and its title with it" "$(total titel:pompoen)" 0

law=regelgeving/overig/PUC_4457_1_wet-van-11-december-2013-tot-wijziging-van-de-vreemdelingenwet-2.html
mkdir "$c/archief"
cp "$c/$law" "$c/archief/kopie.html"
is "an added copy touches its original, nothing else" "$(index "$c")" \
    "$((documents + 1)) files: +1 ~1 -0 =$((documents - 1)) published true"
is "a copy is no document of its own" "$(total)" "$documents"
is "but named by the one hit" \
    "$(found --kenmerk=BWBR0034405 | jq -c '[.resultaten[] | [.pad, .ookAls]]')" \
    "[[\"$law\",[\"archief/kopie.html\"]]]"
rm "$c/$law"
is "when the original goes, the copy stands in" "$(index "$c")" \
    "$documents files: +0 ~1 -1 =$((documents - 1)) published true"
is "as a document with no copies" \
    "$(found --kenmerk=BWBR0034405 | jq -c '[.resultaten[] | [.pad, .ookAls]]')" \
    '[["archief/kopie.html",[]]]'

touch -d 2001-01-01 "$c/$page"
is "a file that was only touched is as it was" "$(index "$c")" \
    "$documents files: +0 ~0 -0 =$documents published false"

# ---- one way or another, the same index ----

is "answers name the generation and count its files" \
    "$(found | jq -r '"gen-\(.generatie), \(.dekking.documenten) files"')" \
    "$(sed 's/auto //' "$NASLAG_INDEX/current"), $documents files"
answers "$NASLAG_INDEX" >"$scratch/incremental"
is "a rebuild reads everything" \
    "$(index --index="$scratch/rebuilt" --rebuild "$c")" \
    "$documents files: +$documents ~0 -0 =0 published true"
answers "$scratch/rebuilt" >"$scratch/whole"
ok "many small runs answer as one whole run does" \
    cmp "$scratch/incremental" "$scratch/whole"
ok "the questions find something" \
    grep -q '"totaal": [1-9][0-9]*,' "$scratch/whole"
for jobs in 1 3; do
	index --index="$scratch/jobs-$jobs" --jobs=$jobs "$c" >"$scratch/said"
	answers "$scratch/jobs-$jobs" >"$scratch/answers"
	ok "--jobs=$jobs answers the same" cmp "$scratch/answers" "$scratch/whole"
done
before=$(ls -d "$NASLAG_INDEX"/gen-* | wc -l)
ok "what was published less than an hour ago is kept" [ "$before" -gt 5 ]
touch -d '2 hours ago' "$NASLAG_INDEX"/gen-*
echo 'Een bericht meer.' >"$c/meer.txt"
index "$c" >"$scratch/said"
is "of older ones, the newest five generations are" \
    "$(ls -d "$NASLAG_INDEX"/gen-* | wc -l)" 5
documents=$((documents + 1))
is "and nothing is left in work" "$(ls -d "$NASLAG_INDEX"/work.* 2>&1 |
    grep -c -v 'No such file')" 0

# ---- --dry-run ----

state() {
	(cd "$NASLAG_INDEX" && find . -type f ! -name lock ! -name runs.jsonl -exec cksum {} + |
	    sort -k 3 && ls -R)
}
state >"$scratch/before"
echo 'Nog een.' >"$c/droog.txt"
rm "$c/archief/kopie.html"
echo '<p>Iets heel anders.' >"$c/$page"
naslag index --dry-run "$c"
is "--dry-run ends well" "$status" 0
is "and says what would be done" "$(sort "$scratch/out" | tail -n 4)" \
    "1 to add, 1 to update, 1 to delete, $((documents - 2)) to keep
add${tab}droog.txt
delete${tab}archief/kopie.html
update${tab}$page"
state >"$scratch/after"
ok "but does nothing" cmp "$scratch/before" "$scratch/after"
naslag index --index="$scratch/none" --dry-run "$c"
ok "nor makes an index where there is none" [ ! -e "$scratch/none" ]

tap_done
