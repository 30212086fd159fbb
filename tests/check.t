#!/bin/sh
# naslag check finds whatever happens to a generation, and names it; naslag
# rollback brings back the last one that is whole.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

index=$NASLAG_INDEX
sample "$scratch/corpus"
c=$scratch/corpus

# findings KIND: what the last check said of that kind, without its kind.
findings() {
	sed -n "s/^$1$tab//p" "$scratch/out"
}

# is_damaged TITLE PATH FRAGMENT: check says 69, and of which file why.
is_damaged() {
	naslag check
	got="$status $(findings damage | head -n 1)"
	case $got in
	"69 $2$tab"*"$3"*) got="69 $2" ;;
	esac
	is "$1" "$got" "69 $2"
}

### A whole index

index "$c" >"$scratch/said"
naslag check
is "a new index is intact" "$status $(findings damage)" "0 "
is "a document that cannot be read is a finding, and no damage" \
    "$(findings unreadable | sed 's/;.*//')" \
    "$(cd "$c" && ls werkinstructies/asiel/PUC_5119_1_*.pdf)${tab}scan"
is "the last line sums up" "$(tail -n 1 "$scratch/out" | cut -f 1,2)" \
    "summary${tab}gen-1"
ok "there is nothing to roll back to" \
    grep -q 'intact: .*can roll back to: none$' "$scratch/out"
naslag rollback
is "rollback says so" "$status" 66
ok "and what to do" grep -q "there is no older generation; make a new one \
with: naslag index --rebuild --index=$index CORPUS" "$scratch/err"
rm "$c/portaal/privacyverklaring.html"
echo 'Een klein document over zeegras.' >"$c/portaal/zeegras.txt"
index "$c" >"$scratch/said"
naslag check
is "an older generation is checked too" \
    "$status $(findings generation | cut -f 1,2 | cut -c 1-11)" \
    "0 gen-1${tab}whole"
ok "and can be rolled back to" grep -q 'can roll back to: gen-1$' "$scratch/out"
is "each line has three cells" \
    "$(awk -F '\t' 'NF != 3' "$scratch/out")" ""
is "checking is silent otherwise" "$(cat "$scratch/err")" ""

### Damage in each file

# Generations may share files: mended, this one has its own.
gen=$index/gen-2
cp -R "$gen" "$scratch/whole"
unchecked='flintlock'
# flip FILE: one bit of the byte in its middle.
flip() {
	at=$(($(wc -c <"$1") / 2))
	byte=$(od -An -tu1 -j "$at" -N 1 "$1" | tr -d ' ')
	# shellcheck disable=SC2059 # the escape is the format
	printf "\\$(printf %o $((byte ^ 16)))" |
	    dd of="$1" bs=1 seek="$at" conv=notrunc 2>/dev/null
}
mend() {
	rm -rf "$gen"
	cp -R "$scratch/whole" "$gen"
}
mend
for file in $(ls "$scratch/whole" | grep -vx "$unchecked"); do
	flip "$gen/$file"
	case $file in
	MANIFEST) what=damaged ;;
	*) what='other content' ;;
	esac
	is_damaged "$file: another bit" "gen-2/$file" "$what"
	mend
	truncate -s -1 "$gen/$file"
	[ "$file" = MANIFEST ] || what=cut
	is_damaged "$file: cut" "gen-2/$file" "$what"
	mend
	rm "$gen/$file"
	is_damaged "$file: missing" "gen-2/$file" missing
	mend
done
naslag check
is "mended, it is intact again" "$status $(findings damage)" "0 "
: >"$gen/more.glass"
is_damaged "a foreign file" gen-2/more.glass 'not part of the generation'
rm "$gen/more.glass"
mkdir "$gen/sub"
is_damaged "a foreign directory" gen-2/sub 'not part of the generation'
rmdir "$gen/sub"
rm "$gen/words"
ln -s "$scratch/whole/words" "$gen/words"
is_damaged "a link in the place of a file" gen-2/words \
    'not part of the generation'
mend
rm "$gen/position.glass" "$gen/words"
naslag check
is "all that is damaged is named" \
    "$(findings damage | cut -f 1 | sort -u | tr '\n' ' ')" \
    "gen-2/position.glass gen-2/words "
naslag search zeegras
is "nor is it searched: a phrase would be any words" \
    "$status $(grep -c position.glass "$scratch/err")" "69 1"
mend
rm "$gen/iamglass" "$gen"/*.glass
naslag search zeegras
is "an index without its tables is a damaged one" "$status" 69
mend

### Rolling back

is "the newest generation answers" "$(total zeegras)" 1
: >"$gen/postlist.glass"
begun=$(date +%s%N)
naslag rollback
took=$((($(date +%s%N) - begun) / 1000000))
is "rollback publishes the one before" "$status $(cat "$scratch/out")" \
    "0 generation 1 is published; before it was generation 2"
note "it took $took ms"
naslag status
ok "status tells of it" \
    grep -q '^last run .*: rolled back from generation 2 to 1' "$scratch/out"
naslag status --vorm=json
is "and so does the history" \
    "$(jq -c '.runs[-1] | [.rolledBackFrom, .generation]' "$scratch/out")" \
    "[2,1]"
is "it answers" "$(total privacyverklaring), $(total zeegras)" "1, 0"
naslag check
is "it is intact" "$status $(findings damage)" "0 "
ok "and the damaged one is named" \
    grep -q "^generation${tab}gen-2$tab.*postlist.glass: cut" "$scratch/out"
naslag rollback
is "there is no older one" "$status $(cat "$index/current")" "66 auto gen-1"
is "the next run makes a new one" "$(index "$c" | sed 's/.*published/published/')" \
    "published true"
is "of another number, that answers" "$(cat "$index/current") $(total zeegras)" \
    "auto gen-3 1"
naslag rollback
is "a damaged one is passed over" "$status $(tail -n 1 "$scratch/out")" \
    "0 generation 1 is published; before it was generation 3"
ok "and named" grep -q '^generation 2 is passed over: .*gen-2/postlist.glass: cut' \
    "$scratch/out"

### A stub that is damaged

for stub in 'auto gen-99' 'auto gen-3x' '' gone; do
	if [ "$stub" = gone ]; then
		rm "$index/current"
	else
		printf '%s' "$stub" >"$index/current"
	fi
	naslag check
	is "a stub '$stub': check says 69" "$status" 69
	ok "a stub '$stub': check says what can be rolled back to" \
	    grep -q 'can roll back to: gen-3, gen-1$' "$scratch/out"
	naslag rollback
	is "a stub '$stub': rollback takes the newest that is whole" \
	    "$status $(tail -n 1 "$scratch/out" | sed 's/;.*//') $(total zeegras)" \
	    "0 generation 3 is published 1"
done

### Nothing left

rm -rf "$scratch/whole"
mv "$index/gen-1" "$scratch/whole"
cp -R "$scratch/whole" "$index/gen-1"
flip "$index/gen-1/position.glass"
naslag rollback
is "no older one is whole: 69" "$status $(cat "$scratch/out")" "69 "
ok "and what to do" grep -q "no older generation is whole; make a new one \
with: naslag index --rebuild --index=$index CORPUS" "$scratch/err"
is "the present one stays" "$(cat "$index/current") $(total zeegras)" \
    "auto gen-3 1"

### Canaries

printf 'zeegras\tportaal/zeegras.txt\t1\n' >"$scratch/kanaries.tsv"
echo "canaries = $scratch/kanaries.tsv" >"$NASLAG_CONF"
naslag check
is "a canary that lives is no finding" "$status $(findings canary)" "0 "
printf 'privacyverklaring\tportaal/zeegras.txt\t1\n' >>"$scratch/kanaries.tsv"
naslag check
is "one that does not is: 65" "$status $(findings canary | cut -f 1)" "65 gen-3"
ok "with question, document and rank" grep -q "kanaries.tsv:2: the question \
'privacyverklaring' does not find 'portaal/zeegras.txt', which has to be among \
the first 1" "$scratch/out"
: >"$NASLAG_CONF"

### Who may what

if command -v flock >/dev/null; then
	flock "$index/lock" "$NASLAG" rollback >"$scratch/out" 2>"$scratch/err"
	is "while another job works, rollback exits 75" "$?" 75
	is "and changes nothing" "$(cat "$index/current")" "auto gen-3"
	flock "$index/lock" "$NASLAG" check >"$scratch/out" 2>"$scratch/err"
	is "but one can check" "$?" 0
else
	skip "while another job works, rollback exits 75" "there is no flock"
fi
if [ "$(id -u)" -eq 0 ] && can_drop; then
	chmod -R a+rX "$index"
	: >"$scratch/out"
	as_nobody "$NASLAG" check >"$scratch/out" 2>"$scratch/err"
	is "who may only read can check" "$?" 0
	ok "and is told what is left out" \
	    grep -q "^note${tab}gen-3${tab}without the right to write" \
	    "$scratch/out"
	as_nobody "$NASLAG" rollback >"$scratch/out" 2>"$scratch/err"
	ok "but not roll back" [ $? -ne 0 ]
	is "nothing changed" "$(cat "$index/current")" "auto gen-3"
else
	skip "who may only read can check" "there is no other user to be"
fi
for command in check rollback; do
	naslag $command --index="$scratch/nowhere"
	is "naslag $command without an index: 66" "$status" 66
	naslag $command x
	is "naslag $command with an argument: 2" "$status" 2
done

tap_done
