#!/bin/sh
# The indexer may be killed at any moment: the live index stays as it was, the
# next run starts clean, and what it makes is what an undisturbed run makes.
# KILLS=N kills N times (30).
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

: "${KILLS:=30}"
old=$scratch/old new=$scratch/new index=$NASLAG_INDEX

# What an undisturbed run makes of the corpus as it was and as it is.
c=$scratch/corpus
sample "$c"
"$NASLAG" index --index="$old" "$c" >"$scratch/out" 2>&1
rm "$c"/regelgeving/vb-2000/* "$c/portaal/privacyverklaring.html"
sed -i 's/Angola/Pompoenland/g' "$c"/landenrapporten/*angola*.html
for i in 1 2 3 4 5 6 7 8; do
	for law in "$c"/regelgeving/overig/*.html; do
		sed "s/asiel/zeegras $i/g" "$law" >"${law%.html}-$i.html"
	done
done
begun=$(date +%s%N)
"$NASLAG" index --index="$new" "$c" >"$scratch/out" 2>&1
took=$((($(date +%s%N) - begun) / 1000))		# microseconds
answers "$old" 3 >"$scratch/old.answers"
answers "$new" 3 >"$scratch/new.answers"
ok "the two corpora give different answers" \
    sh -c '! cmp -s "$1/old.answers" "$1/new.answers"' - "$scratch"

# processes PATTERN: those whose command line has it, except this shell's.
processes() {
	for p in /proc/[0-9]*; do
		[ "${p#/proc/}" != $$ ] &&
		    cat "$p/cmdline" 2>/dev/null | grep -qaF -e "$1" &&
		    echo "${p#/proc/}"
	done
}

# The extractor under a name of our own, to see whether any stays behind.
ln -s "$NASLAG_EXTRACT" "$scratch/extract"

bad=0 published=0 survivors=0
cp -R "$old" "$index"
k=0
while [ $k -lt "$KILLS" ]; do
	k=$((k + 1))
	# Every other time from nothing, which takes another course.
	options=--accept
	[ $((k % 2)) = 0 ] || options='--accept --rebuild'
	delay=$((took * k / KILLS))
	# shellcheck disable=SC2086 # options are words
	NASLAG_EXTRACT=$scratch/extract "$NASLAG" index $options \
	    --index="$index" "$c" >"$scratch/out" 2>&1 &
	pid=$!
	sleep "$(printf '%d.%06d' $((delay / 1000000)) $((delay % 1000000)))"
	{ kill -KILL $pid && wait $pid; } 2>/dev/null
	answers "$index" 3 >"$scratch/answers" 2>"$scratch/err"
	if cmp -s "$scratch/answers" "$scratch/new.answers"; then
		published=$((published + 1))
		rm -rf "$index"
		cp -R "$old" "$index"
	elif ! cmp -s "$scratch/answers" "$scratch/old.answers"; then
		bad=$((bad + 1))
		note "kill $k after $delay us of $took: neither old nor new"
		note "$(cat "$scratch/err")"
	fi
done
# What works for the killed ends by itself, at once.
for i in 1 2 3 4 5 6 7 8 9 10; do
	survivors=$(processes "$scratch/extract"; processes "--index=$index")
	[ -n "$survivors" ] || break
	sleep 0.2
done
note "$KILLS kills within $took us, $published of them after publication"
is "killed at $KILLS moments, the live index answers as before or as after" \
    $bad 0
ok "some kills came before publication" [ $published -lt "$KILLS" ]
is "no worker outlives the job" "$survivors" ""

is "the next run completes" "$(index "$c" | sed 's/.*published/published/')" \
    "published true"
answers "$new" >"$scratch/new.answers"
answers "$index" >"$scratch/answers"
ok "and answers as an undisturbed run does" \
    cmp "$scratch/answers" "$scratch/new.answers"
is "what the killed left behind is gone" \
    "$(ls "$index" | grep -v -e '^gen-[0-9]*$' -e '^current$' -e '^lock$' \
	-e '^runs.jsonl$' -e '^seen$' -e '^texts$' -e '^verified$')" ""
is "the run after it has nothing to do" \
    "$(index "$c" | sed 's/.*published/published/')" "published false"

# ---- two jobs ----

# The first waits for its extractors, so that it does not end before the second.
cat >"$scratch/slow" <<END
#!/bin/sh
sleep 1
exec '$NASLAG_EXTRACT' "\$@"
END
chmod +x "$scratch/slow"
NASLAG_EXTRACT=$scratch/slow "$NASLAG" index --index="$index" --rebuild "$c" \
    >"$scratch/out" 2>&1 &
pid=$!
i=0
until ls -d "$index"/work.* >/dev/null 2>&1 || [ $i -gt 500 ]; do
	i=$((i + 1))
	sleep 0.01
done
kill -STOP $pid
current=$(cat "$index/current")
begun=$(date +%s%N)
naslag index "$c"
took=$((($(date +%s%N) - begun) / 1000000))
is "a second job exits 75" "$status" 75
ok "within a second" [ $took -lt 1000 ]
is "with one line that says why" \
    "$(grep -c 'another job is building this index' "$scratch/err")" 1
is "nothing on standard output" "$(cat "$scratch/out")" ""
is "and touches nothing" "$(cat "$index/current"), $(ls -d "$index"/work.* | wc -l)" \
    "$current, 1"
is "one can search meanwhile" "$(total pompoenland)" 1
kill -CONT $pid
wait $pid
is "the first job ends well" "$?" 0

tap_done
