# states.sh: the crash laboratory, second part: states of a disk, and what
# others do meanwhile.  Sourced behind torture.sh, which says how.

# ---- power loss ----

# step ARGUMENTS...: a job that is recorded; its end is a remark in the log.
step() {
	nsteps=$((nsteps + 1))
	LAB_STATE=$scratch/state LAB_LOG=$scratch/log LAB_BELOW=$scratch/power \
	    LD_PRELOAD=$lab/record.so "$NASLAG" "$@" --index="$power" \
	    >"$scratch/out" 2>"$scratch/err" ||
	    note "step $nsteps: $* $(cat "$scratch/err")"
	"$lab/replay" "$scratch/log" mark $nsteps
	print_of "$power" >"$scratch/step.$nsteps"
}

# What may be lost at random moments of a few nights.
lab_power() {
	power=$scratch/power/index nsteps=0
	mkdir "$scratch/power"
	rm -f "$scratch/state"
	step index "$scratch/corpus-old"
	step index --accept "$c"
	echo 'Nog een bericht.' >"$c/later.txt"
	step index "$c"
	step index "$c"
	step index --rebuild "$scratch/corpus-old" --accept
	! has_command rollback || step rollback
	rm "$c/later.txt"
	step index --accept "$c"
	"$lab/replay" "$scratch/log" whole "$scratch/whole"
	ok "the log of $("$lab/replay" "$scratch/log" count) operations is whole" \
	    diff -r "$scratch/power" "$scratch/whole"
	print_of "$scratch/none" >"$scratch/step."
	cp "$scratch/step.$nsteps" "$scratch/step.$((nsteps + 1))"
	bad=0 seed=0 lost=0
	while [ $seed -lt "$LOST" ]; do
		seed=$((seed + 1))
		rm -rf "$scratch/lost" "$index"
		# shellcheck disable=SC2046
		set -- $("$lab/replay" "$scratch/log" lose \
		    $((SEED % 100000 + seed)) "$scratch/lost")
		blow="state $seed, before operation $1 behind step ${2-0}"
		[ ! -e "$scratch/lost/index" ] ||
		    mv "$scratch/lost/index" "$index"
		print_of "$index" >"$scratch/print"
		if ! cmp -s "$scratch/print" "$scratch/step.${2-}" &&
		    ! cmp -s "$scratch/print" "$scratch/step.$((${2-0} + 1))"
		then
			lost=$((lost + 1))
			naslag search x
			wrong "answers as neither step: $(cat "$scratch/err")" \
			    "($(ls "$index" 2>&1 | tr '\n' ' '))"
		fi
		[ $((seed % 5)) -ne 0 ] || judge_next
	done
	note "$lost states unreadable, mixed or without what was published"
	is "$LOST states after a power loss, bad" "$bad" 0
}

# ---- bit rot ----

# size FILE, in bytes
size() {
	wc -c <"$1" | tr -d ' '
}

# poke FILE OFFSET: flips a random bit there.
poke() {
	byte=$(od -An -t u1 -j "$2" -N 1 "$1" | tr -d ' ')
	random 8
	# shellcheck disable=SC2059
	printf "\\$(printf %o $((byte ^ (1 << random))))" |
	    dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# Ways to damage a file.  Each leaves it other than it was.
rot_flip() { random "$(size "$1")"; poke "$1" "$random"; }
rot_half() { truncate -s $(($(size "$1") / 2)) "$1"; }
rot_short() { truncate -s -1 "$1"; }
rot_long() { printf x >>"$1"; }
rot_empty() { : >"$1"; }
rot_gone() { rm "$1"; }
rot_other() { printf x >"$1.old"; }
rot_directory() { rm "$1" && mkdir "$1"; }
rot_page() {
	dd if=/dev/zero of="$1" bs=4096 count=1 conv=notrunc 2>/dev/null
	truncate -s "$2" "$1"
}
rots='half short long empty gone other directory page'

# Damage in every file of a generation.
lab_rot() {
	if ! has_command check || ! has_command rollback; then
		skip "bit rot" "naslag has no commands check and rollback"
		return
	fi
	bad=0 tried=0 slowest=0 refused=0 republished=0
	reset
	naslag index --accept "$c"
	rm -rf "$scratch/full" && cp -a "$index" "$scratch/full"
	live=$(sed -n '$s/auto //p' "$index/current")
	flips=$(yes flip | head -n "$FLIPS")
	for file in $(cd "$index/$live" && ls); do
		[ "$file" != flintlock ] || continue
		for how in $rots $flips; do
			rm -rf "$index" && cp -a "$scratch/full" "$index"
			damaged=$index/$live/$file
			"rot_$how" "$damaged" "$(size "$damaged")"
			blow="$file: $how"
			tried=$((tried + 1))
			naslag check
			[ "$status" -eq 69 ] &&
			    cat "$scratch/out" "$scratch/err" |
			    grep -q -F "$file" ||
			    wrong "check: status $status: $(cat "$scratch/err")"
			[ "$how" = flip ] || rot_answers
		done
	done
	is "$tried times bit rot, not found or not mended" "$bad" 0
	is "$refused jobs on a damaged index refused, $republished mended it" \
	    $((refused + republished > 0)) 1
	ok "rollback took at most $slowest ms" [ $slowest -lt 5000 ]
	rot_stub
}

# A job does not build upon it; a rollback takes it out of service.
rot_answers() {
	cp -a "$index" "$scratch/damaged"
	echo 'Nog een bericht.' >"$c/later.txt"
	naslag index --accept "$c"
	rm "$c/later.txt"
	if [ "$status" -eq 0 ]; then
		republished=$((republished + 1))
		naslag check
		[ "$status" -eq 0 ] || wrong "built upon: $(cat "$scratch/err")"
		naslag index --accept "$c"
		[ "$(print_of "$index")" = "$new_print" ] ||
		    wrong "built upon, with other answers"
	else
		refused=$((refused + 1))
		judge_end
	fi
	rm -rf "$index" && mv "$scratch/damaged" "$index"
	since=$(now_ms)
	naslag rollback
	took=$(($(now_ms) - since))
	[ $took -le $slowest ] || slowest=$took
	[ "$status" -eq 0 ] && [ "$(print_of "$index")" = "$old_print" ] ||
	    wrong "rollback: status $status: $(cat "$scratch/err")"
}

# The stub itself.
rot_stub() {
	bad=0
	for text in '' 'auto gen-' 'auto gen-99999' 'auto ../x' 'onzin'; do
		rm -rf "$index" && cp -a "$scratch/full" "$index"
		printf '%s' "$text" >"$index/current"
		blow="stub '$text'"
		naslag search zeegras
		judge_end
		[ "$status" -ne 0 ] || wrong "one can search"
		naslag check
		[ "$status" -eq 69 ] || wrong "check: status $status"
		naslag index --rebuild --accept "$c"
		[ "$status" -eq 0 ] && [ "$(print_of "$index")" = "$new_print" ] ||
		    wrong "rebuild: status $status: $(cat "$scratch/err")"
	done
	is "a damaged stub is found, and a rebuild mends it: bad" $bad 0
}

# ---- readers while generations are published ----

# marked DIRECTORY N: twelve documents that all say N.
marked() {
	mkdir -p "$1"
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		printf '<title>Bericht %s merk%s</title>\n<p>%s\n' "$i" "$2" \
		    "Bericht $i gaat over zeegras, en wel merk$2." \
		    >"$1/bericht-$i.html"
	done
}

# publish_while PID TIMES: publishes, so many times at least, until it ends; then
# $n is how many there were, $failed how many of them failed.
publish_while() {
	n=1 failed=0
	while kill -0 "$1" 2>/dev/null; do
		n=$((n + 1))
		marked "$m" $n
		if [ $((n % 4)) = 0 ]; then
			naslag index --rebuild "$m"
		else
			naslag index "$m"
		fi
		[ "$status" -eq 0 ] || failed=$((failed + 1))
		[ $n -le "$2" ] || : >"$stop"
	done
}

# Readers while many generations are published.
lab_switches() {
	stop=$scratch/stop m=$scratch/marked
	rm -rf "$index" "$stop"
	marked "$m" 1
	naslag index "$m"
	"$lab/readers" "$index" 3 "$QUERIES" 12 "$stop" >"$scratch/readers" \
	    2>&1 &
	pid=$!
	publish_while $pid "$SWITCHES"
	wait $pid
	is "readers during $((n - 1)) publications: $(head -n 1 "$scratch/readers")" \
	    "$? $(tail -n +2 "$scratch/readers")" "0 "
	is "and every publication succeeds" $failed 0
	rm -rf "$index"
}

# visitors REQUESTS [INSIDE]: eight of the endpoint, as $pid.
visitors() {
	"$lab/visitors" "$NASLAG_CGI" 8 "$1" 12 "$stop" ${2:+"$2"} \
	    >"$scratch/visitors" 2>&1 &
	pid=$!
}

# Visitors of the endpoint while many generations are published, and while the
# only one is removed, again and again, under their hands.
lab_visits() {
	: "${NASLAG_CGI:=$builddir/naslag.cgi}"
	stop=$scratch/stop m=$scratch/marked
	rm -rf "$index" "$stop"
	marked "$m" 1
	naslag index "$m"
	visitors "$VISITS"
	publish_while $pid $((SWITCHES / 4))
	wait $pid
	is "visitors during $((n - 1)) publications: $(tail -n 1 "$scratch/visitors")" \
	    "$? $(sed '$d' "$scratch/visitors")" "0 "
	is "and every publication succeeds" $failed 0
	rm -rf "$index"
	naslag index "$m"
	gen=$index/$(sed -n 's/^auto //p' "$index/current")
	cp -a "$gen" "$scratch/kept"
	: >"$stop"
	visitors $((VISITS / 4)) "$index"
	n=0
	while kill -0 $pid 2>/dev/null; do
		rm -r "$gen"
		cp -al "$scratch/kept" "$gen.new" && mv "$gen.new" "$gen"
		n=$((n + 1))
	done
	wait $pid
	is "and while the index is removed $n times: $(tail -n 1 "$scratch/visitors")" \
	    "$? $(sed '$d' "$scratch/visitors")" "0 "
	rm -rf "$index" "$scratch/kept"
}

# ---- files that are written while they are read ----

# numbers FILE: those that its text in the index holds, one a line.
numbers() {
	"$NASLAG" show "$1" 2>&1 | grep -o 'nummer[0-9]*' | sort -u
}

# No text is of two minds; all is current one run later.
lab_churn() {
	d=$scratch/churn torn=0 none=0 stale=0 bad=0
	mkdir "$d"
	rm -rf "$index"
	"$lab/writer" "$d" "$CHURN" 1 >"$scratch/writer"
	naslag index "$d"
	"$lab/writer" "$d" "$CHURN" >"$scratch/writer" &
	pid=$!
	for night in 1 2 3; do
		naslag index --accept "$d"
		blow="night $night"
		judge_end
		for i in $(seq "$CHURN"); do
			case $(numbers "$i.txt" | wc -l) in
			0) none=$((none + 1)) ;;
			1) ;;
			*) torn=$((torn + 1)) ;;
			esac
		done
	done
	kill -TERM $pid
	wait $pid
	blow="the night after"
	naslag index --accept "$d"
	judge_end
	for i in $(seq "$CHURN"); do
		[ "$(numbers "$i.txt")" = "$(grep -o 'nummer[0-9]*' \
		    "$d/$i.txt" | sort -u)" ] || stale=$((stale + 1))
	done
	is "$(cat "$scratch/writer") while three jobs read them: torn texts" \
	    $torn 0
	is "texts that got lost" $none 0
	is "one run later, texts that are not current" $stale 0
	is "jobs that ended badly" $bad 0
	rm -rf "$index"
}
