#!/bin/sh
# A corpus that is gone, or much of it, does not empty the index.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

c=$scratch/corpus
mkdir -p "$c/map"
for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16; do
	echo "Bericht $i over zeegras." >"$c/$i.txt"
done
for i in 17 18 19 20; do
	echo "Bericht $i over zeegras." >"$c/map/$i.txt"
done
is "twenty documents" "$(index "$c")" \
    "20 files: +20 ~0 -0 =0 published true"

state() {
	(cd "$NASLAG_INDEX" && find . -type f ! -name lock ! -name runs.jsonl \
	    ! -path './texts/*' -exec cksum {} + | sort -k 3 && ls)
}
state >"$scratch/before"

# refuses TITLE FRAGMENT ARGUMENTS...: exit 65, one line, nothing changed
refuses() {
	title=$1 fragment=$2
	shift 2
	naslag index "$@"
	is "$title is refused, with status 65" "$status" 65
	is "  in one line" "$(wc -l <"$scratch/err")" 1
	ok "  that says: $fragment" grep -q -e "$fragment" "$scratch/err"
	is "  with nothing on standard output" "$(cat "$scratch/out")" ""
	state >"$scratch/after"
	ok "  and nothing changed" cmp "$scratch/before" "$scratch/after"
}

refuses "a corpus that is not there" 'cannot find the corpus' "$c-weg"
refuses "and with --accept, too" 'cannot find the corpus' --accept "$c-weg"
refuses "and with --rebuild, too" 'cannot find the corpus' --rebuild "$c-weg"
refuses "a corpus that is a file" 'is no directory' "$c/01.txt"
mkdir "$scratch/leeg"
refuses "an empty corpus" 'holds no files' "$scratch/leeg"
refuses "and with --accept, too" 'holds no files' --accept "$scratch/leeg"
mkdir "$scratch/leeg/map" "$scratch/leeg/andere"
refuses "one with empty directories" 'holds no files' "$scratch/leeg"

# ---- the threshold ----

mkdir "$scratch/weg"
mv "$c/01.txt" "$c/02.txt" "$c/03.txt" "$scratch/weg"
refuses "that 3 of 20 files are gone" '3 of 20 files are gone' "$c"
refuses "and for --rebuild, too" '3 of 20 files are gone' --rebuild "$c"
mv "$scratch/weg/03.txt" "$c"		# its ctime is another, its content not
is "2 of 20 may go" "$(index "$c")" "18 files: +0 ~0 -2 =18 published true"
mv "$c"/0[3-9].txt "$scratch/weg"
is "with --accept 7 of 18 may" "$(index --accept "$c")" \
    "11 files: +0 ~0 -7 =11 published true"
is "and they are gone" "$(total zeegras)" 11
mv "$scratch"/weg/* "$c"
is "all may come back" "$(index "$c")" "20 files: +9 ~0 -0 =11 published true"
state >"$scratch/before"
mv "$c" "$c-oud"
mkdir "$c"
echo 'Een heel ander document.' >"$c/ander.txt"
refuses "another tree in its place" '20 of 20 files are gone' "$c"
rm -r "$c"
mv "$c-oud" "$c"

# ---- moved is not gone ----

mkdir "$c/verplaatst"
mv "$c"/0*.txt "$c/verplaatst"
is "a folder that moved is no mass deletion" "$(index "$c")" \
    "20 files: +9 ~0 -9 =11 published true"
is "nothing of it is parsed again" "$(report .parsed)" 0
mv "$c"/verplaatst/* "$c" && rmdir "$c/verplaatst"
index --rebuild "$c" >"$scratch/said"
is "nor for a rebuild" "$(report '"\(.published) \(.parsed)"')" "true 0"
state >"$scratch/before"

# ---- another place ----

echo "sentinel = .hier" >"$NASLAG_CONF"
refuses "a corpus without its sentinel" 'lacks its sentinel .hier' "$c"
: >"$c/.hier"
is "with it, all is well" "$(index "$c")" \
    "20 files: +0 ~0 -0 =20 published false"
: >"$NASLAG_CONF"
other=/dev/shm
if [ -w $other ] && [ "$(stat -c %d $other)" != "$(stat -c %d "$c")" ]; then
	state >"$scratch/before"	# what was seen may be settled by now
	other=$(mktemp -d $other/naslag-test.XXXXXX)
	cp -R "$c" "$other"
	refuses "the same files on another file system" \
	    'another file system' "$other/corpus"
	is "may be accepted" "$(index --accept "$other/corpus")" \
	    "20 files: +0 ~0 -0 =20 published true"
	is "which is remembered" "$(index "$other/corpus")" \
	    "20 files: +0 ~0 -0 =20 published false"
	index --accept "$c" >"$scratch/said"
	rm -r "$other"
else
	skip "the same files on another file system" "there is none to write to"
fi
state >"$scratch/before"

# ---- too much fails ----

mkdir "$scratch/goed"
for i in 01 02 03; do
	cp "$c/$i.txt" "$scratch/goed"
	printf '%%PDF-1.4\nkapot %s' $i >"$c/$i.txt"
done
refuses "that 3 of 20 files cannot be read any more" \
    '3 of 20 files that could be read' "$c"
is "the report says how many" "$(naslag index --report="$scratch/report" "$c"
    report .newlyFailing)" 3
cp "$scratch/goed/03.txt" "$c"
is "two may fail" "$(index "$c" | sed 's/.*published/published/')" \
    "published true"
is "and are found by their last good text" "$(total zeegras)" 20
cp "$scratch"/goed/* "$c"
index "$c" >"$scratch/said"

# ---- what cannot be seen is not gone ----

if ! can_drop; then
	skip "an unreadable directory keeps its documents" "no user without rights"
	tap_done
fi
NASLAG_INDEX=$scratch/open/index
mkdir -m 777 "$scratch/open"
chmod 755 "$c" "$c/map"
as_nobody "$NASLAG" index "$c" >"$scratch/out" 2>&1
chmod 000 "$c/map"
as_nobody "$NASLAG" index --report="$scratch/open/report" "$c" \
    >"$scratch/out" 2>"$scratch/err"
is "an unreadable directory is refused" "$?" 65
ok "with what --accept would do" grep -q 'keeps them as they are' "$scratch/err"
is "and its documents stay" "$(total zeegras)" 20
is "the report has the reason" \
    "$(jq -r '[.exitStatus, (.error | contains("map/17.txt"))] | join(" ")' \
    "$scratch/open/report")" "65 true"
rm "$c/01.txt"
as_nobody "$NASLAG" index --accept --report="$scratch/open/report" "$c" \
    >"$scratch/out" 2>&1
is "accepted, they stay while others go" "$(total zeegras)" 19
is "and are counted as unknown" \
    "$(jq -c '[.unknown, .deleted, .files]' "$scratch/open/report")" '[4,1,19]'
ok "the last line says so" grep -q '4 not reachable and kept' "$scratch/out"
as_nobody "$NASLAG" index --rebuild "$c" >"$scratch/out" 2>"$scratch/err"
is "a rebuild is refused, too" "$?" 65
ok "as it cannot keep them" grep -q 'without them' "$scratch/err"
chmod 755 "$c/map"
rm "$c/map/17.txt"
as_nobody "$NASLAG" index "$c" >"$scratch/out" 2>&1
is "seen again, they go when they are gone" "$(total zeegras)" 18
mkdir "$c/nieuw" && chmod 000 "$c/nieuw"
as_nobody "$NASLAG" index "$c" >"$scratch/out" 2>"$scratch/err"
is "an unreadable directory that never held a document hinders nothing" "$?" 0
is "but it is named" "$(grep nieuw "$scratch/err")" \
    "naslag: cannot read nieuw: Permission denied"
chmod 755 "$c/nieuw"
chmod 000 "$c"
as_nobody "$NASLAG" index "$c" >"$scratch/out" 2>"$scratch/err"
is "a corpus that cannot be listed at all is no reason to delete" \
    "$? $(total zeegras)" "65 18"
chmod 755 "$c"

tap_done
