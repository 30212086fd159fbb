#!/bin/sh
# What changed is found by its content, whatever times say; what cannot be read
# any more keeps its last good text; nothing is parsed twice.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/corpus
mkdir "$c"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	echo "Bericht $i over zeegras." >"$c/$i.txt"
done
# Old enough to be believed: a file that was just written is read again.
settle() {
	sleep 2.1
	index "$c" >"$scratch/said"
}
index "$c" >"$scratch/said"
settle
quiet="12 files: +0 ~0 -0 =12 published false"
one="12 files: +0 ~1 -0 =11 published true"

# ---- times ----

touch -r "$c/1.txt" "$scratch/time"
echo "Bericht 1 over kompas." >"$c/1.txt"
touch -r "$scratch/time" "$c/1.txt"
is "a change with the old time, of the same length, is found" "$(index "$c")" \
    "$one"
is "with its new text" "$(pads kompas)" 1.txt
echo "Bericht 2 over kompas uit een oude kopie." >"$c/2.txt"
touch -d 2001-01-01 "$c/2.txt"
is "so is a file that was restored with an older date" "$(index "$c")" "$one"
echo "Bericht 3 over kompas uit de toekomst." >"$c/3.txt"
touch -d 2040-01-01 "$c/3.txt"
is "and one from the future" "$(index "$c")" "$one"
is "all three have their new text" "$(total kompas)" 3
echo "Bericht 3 over pompoen uit de toekomst" >"$c/3.txt"
touch -d 2040-01-01 "$c/3.txt"
is "which may change again" "$(index "$c")" "$one"
touch "$c"/*.txt
is "files that were only touched are as they were" "$(index "$c")" "$quiet"
cp -p "$c/4.txt" "$scratch/4" && rm "$c/4.txt" && mv "$scratch/4" "$c/4.txt"
is "and so is one with another inode" "$(index "$c")" "$quiet"
settle

# ---- contents that no stat() tells ----

# Say that what stat() tells now was seen with the content of before.
seen_before() {
	awk -F "$tab" -v OFS="$tab" -v name="$1" -v old="$2" -v day="$3" '
		NR > 1 { $5 = day }
		NR > 1 && $7 == name { $6 = old }
		{ print }' "$NASLAG_INDEX/seen" >"$scratch/seen"
	cp "$scratch/seen" "$NASLAG_INDEX/seen"
}
old=$(awk -F "$tab" '$7 == "5.txt" { print $6 }' "$NASLAG_INDEX/seen")
today=$(($(date +%s) / 86400))
echo "Bericht 5 over vuurtoren." >"$c/5.txt"
sleep 2.1
index "$c" >"$scratch/said"
echo "Bericht 5 over zeegras." >"$scratch/5"
is "(a change is seen)" "$(total vuurtoren)" 1
new=$(awk -F "$tab" '$7 == "5.txt" { print $6 }' "$NASLAG_INDEX/seen")
ok "the list of what was seen has the new content" [ "$old" != "$new" ]
seen_before 5.txt "$old" "$today"
index "$c" >"$scratch/said"		# the index has the old text again
settle
seen_before 5.txt "$old" "$today"
is "a content that changed without a trace is not seen the same night" \
    "$(index "$c")" "$quiet"
for night in 1 2 3 4 5 6 7; do
	seen_before 5.txt "$old" $((today - night))
	index "$c" >"$scratch/said"
	[ "$(report .changed)" = 0 ] || break
done
ok "but within seven nights all is read again (night $night)" \
    [ "$(report .changed)" -ge 1 ]
is "and the text is right" "$(total vuurtoren)" 1
seen_before 5.txt "$old" "$today"
is "--rehash does not wait for that" "$(index --rehash "$c")" "$quiet"
rm "$NASLAG_INDEX/seen"
is "without a list of what was seen all is read" "$(index "$c")" "$quiet"
ok "and there is one again" [ -s "$NASLAG_INDEX/seen" ]
echo damaged >"$NASLAG_INDEX/seen"
is "a damaged one is as good as none" "$(index "$c")" "$quiet"

# ---- nothing is parsed twice ----

index --rebuild "$c" >"$scratch/said"
is "a rebuild parses nothing that did not change" "$(report .parsed)" 0
for entry in "$NASLAG_INDEX"/texts/*/*; do
	printf x | dd of="$entry" bs=1 seek=90 conv=notrunc 2>/dev/null
done
index --rebuild "$c" >"$scratch/said"
is "what is kept is not believed when it is damaged" "$(report .parsed)" 12
rm -r "$NASLAG_INDEX/texts"
index --rebuild "$c" >"$scratch/said"
is "nor missed when it is gone" "$(report .parsed)" 12
is "for each content there is one text" \
    "$(find "$NASLAG_INDEX/texts" -type f | wc -l)" 12
rm "$c/12.txt"
index "$c" >"$scratch/said"
is "and none for what is gone" \
    "$(find "$NASLAG_INDEX/texts" -type f | wc -l)" 11

# ---- the last good text ----

cp "$c/6.txt" "$scratch/6"
printf '%%PDF-1.4\nkapot' >"$c/6.txt"
is "a file that is broken now changes" "$(index "$c")" \
    "11 files: +0 ~1 -0 =10 published true"
is "and is found by its last good text" "$(pads '"bericht 6"')" 6.txt
is "it is reported as what it is" \
    "$(report '.failures[] | "\(.path) \(.status)"')" "6.txt malformed"
is "with the old text" "$(report .stale)" 1
naslag status --failures
ok "naslag status --failures says so" \
    grep -q "^malformed${tab}6.txt${tab}.*old text$" "$scratch/out"
naslag search bericht 6
ok "a search tells that the text is an earlier one" \
    grep -q 'eerdere versie' "$scratch/out"
is "and its JSON, too" "$(found '"bericht 6"' |
    jq -r '.meldingen[] | select(test("eerdere versie")) | test("6.txt")')" true
naslag show 6.txt
ok "as does naslag show" grep -q 'eerdere versie' "$scratch/out"
is "the next night nothing is tried again" "$(index "$c")" \
    "11 files: +0 ~0 -0 =11 published false"
index --rebuild "$c" >"$scratch/said"
is "a rebuild keeps that text as well" "$(total '"bericht 6"')" 1
printf '%%PDF-1.4\nanders kapot' >"$c/6.txt"
rm -r "$NASLAG_INDEX/texts"
index "$c" >"$scratch/said"
is "even when the cache is lost, the index has it" "$(total '"bericht 6"')" 1
is "and the failure is known since its first day" \
    "$(report '.failures[0].since')" "$(date +%Y-%m-%d)"
cp "$scratch/6" "$c/6.txt"
index "$c" >"$scratch/said"
is "repaired, it is like any other" \
    "$(report '"\(.stale) \(.notSearchable)"') $(total '"bericht 6"')" "0 0 1"
naslag search bericht 6
ok "without a word about it" \
    sh -c '! grep -q "eerdere versie" "$1"' - "$scratch/out"

# Of two files with one text only one is a document; the other has lost nothing.
for of in 21 22; do
	echo "<title>Bericht $of</title>"
	seq -f 'woord%g' 120
done | split -l 121 -a 1 --additional-suffix=.html - "$c/kopie-"
index "$c" >"$scratch/said"
is "two files of one text are one document" "$(total woord7)" 1
printf '%%PDF-1.4\nkapot' >"$c/kopie-b.html"
index "$c" >"$scratch/said"
is "a copy that is broken now is found by the text that it had" \
    "$(pads woord7 | tr '\n' ' ')" "kopie-a.html kopie-b.html "
is "and reported" "$(report '.failures[] | "\(.path) \(.status)"')" \
    "kopie-b.html malformed"
is "the next night nothing is tried again" "$(index "$c")" \
    "13 files: +0 ~0 -0 =13 published false"
printf '%%PDF-1.4\nkapot' >"$c/kopie-a.html"
index "$c" >"$scratch/said"
is "copies that are broken alike are one again" \
    "$(total woord7) $(report .stale)" "1 2"
rm "$c"/kopie-?.html
index --accept "$c" >"$scratch/said"

# ---- while it is read ----

# Each version of a file is one word many times: a torn one has two.
i=0
while [ $i -lt 100 ]; do
	yes "appel$i" | head -n 2000 >"$c/druk-$((i % 10)).txt"
	i=$((i + 1))
	sleep 0.02
done &
writer=$!
for round in 1 2 3 4; do
	index "$c" >"$scratch/said"
	"$NASLAG" search --vorm=json --aantal=50 'appel*' >"$scratch/json"
done
wait $writer
settle
torn=0
for n in 0 1 2 3 4 5 6 7 8 9; do
	naslag show "druk-$n.txt"
	[ "$(grep -o 'appel[0-9]*' "$scratch/out" | sort -u | wc -l)" = 1 ] ||
	    torn=$((torn + 1))
	grep -q "appel9$n" "$scratch/out" || torn=$((torn + 1))
done
is "files replaced while they are read are whole, and new after the next run" \
    $torn 0

tap_done
