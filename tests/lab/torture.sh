# torture.sh: the crash laboratory.  Sourced behind lib.sh and naslag.sh.
#
# What is done to the indexer, one function an experiment; each prints TAP
# lines with its figures.  In every one of them, after every blow:
#
#  - the job ended with a documented status, and if it did not succeed said in
#    one line what it was about (unless it was killed);
#  - the index answers as before or as after the run, and after a run that
#    ended well as after it;
#  - the next run, undisturbed, ends well, leaves nothing behind, and the index
#    answers as one that nothing ever happened to.
#
# lab_make builds what the experiments start from; tests/torture.t runs them.
# SEED seeds what is random; the first index that went wrong is left in $KEEP.

: "${SEED:=1}"
lab=$builddir/tests/lab
index=$NASLAG_INDEX
reports=$scratch/reports
statuses=' 0 65 66 69 70 73 74 75 78 '
commands=$("$NASLAG" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | tr '\n' ' ')
if [ ! -e "$lab/fault.so" ]; then
	echo "1..0 # SKIP the laboratory is not built; make check does it"
	exit 0
fi

is_sanitized=false
if grep -q __asan_init "$NASLAG"; then
	is_sanitized=true
	ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0
	export ASAN_OPTIONS
fi

has_command() {
	case " $commands" in
	*" $1 "*) true ;;
	*) false ;;
	esac
}

# random N: sets $random to one of 0 to N - 1.
random() {
	SEED=$(((SEED * 1103515245 + 12345) % 2147483648))
	random=$((SEED / 8 % $1))
}

# sleep_us MICROSECONDS
sleep_us() {
	sleep "$(printf '%d.%06d' $(($1 / 1000000)) $(($1 % 1000000)))"
}

now_ms() {
	echo $(($(date +%s%N) / 1000000))
}

# ---- a corpus, as it was and as it is ----

# lab_small DIRECTORY: a few documents of the sample, of many formats, and so
# many small ones that what lab_change changes is put beside them.
lab_small() {
	mkdir -p "$1"
	cp -R "$corpus/handleiding-rwn" "$corpus/informatieberichten" \
	    "$corpus/portaal" "$1"
	chmod -R u+w "$1"
	rm -f "$1/portaal/privacyverklaring.html"
	i=0
	while [ $i -lt 90 ]; do
		i=$((i + 1))
		echo "<title>Bericht $i</title><p>Bericht $i over zeegras." \
		    >"$1/bericht-$i.html"
	done
}

# lab_change DIRECTORY: one file more, one less, one renamed, one changed.
lab_change() {
	echo 'Een nieuw bericht over pompoenen en zeegras.' >"$1/nieuw.txt"
	rm "$1/bericht-1.html"
	mv "$1/bericht-2.html" "$1/hernoemd.html"
	echo '<title>Bericht 3</title><p>Nu over pompoenen.' \
	    >"$1/bericht-3.html"
}

# print_of INDEX: what it answers, and with what status, in one number.  The
# first columns are rank and score: hidden documents count in weights.
print_of() {
	for question in '' 'asiel OF zeegras' 'pompoenen'; do
		"$NASLAG" search --index="$1" --vorm=tsv --aantal=1000 \
		    --peildatum="$asof" --q="$question" </dev/null 2>/dev/null
		echo "status $?"
	done | cut -f 3- | sort | cksum
}

# reset: the index is again as before.
reset() {
	rm -rf "$index" "$reports"
	mkdir "$reports"
	[ ! -d "$start" ] || cp -a "$start" "$index"
}

# The index to start from has as many generations as are kept, all of them
# old, so that publishing one removes another.
lab_make() {
	c=$scratch/corpus old=$scratch/old new=$scratch/new start=$old
	lab_small "$c"
	for i in 1 2 3 4 5; do
		echo "Bericht nummer $i over zeegras." >"$c/nummer.txt"
		"$NASLAG" index --index="$old" "$c" >"$scratch/out" 2>&1
	done
	find "$old" -exec touch -d '3 hours ago' {} +
	cp -a "$c" "$scratch/corpus-old"
	lab_change "$c"
	"$NASLAG" index --index="$new" --rebuild "$c" >"$scratch/out" 2>&1
	old_print=$(print_of "$old") new_print=$(print_of "$new")
	ok "the index answers otherwise before and after" \
	    [ "$old_print" != "$new_print" ]
	none_print=$(print_of "$scratch/none")
	use_mode incremental
	reset
	naslag index --accept "$c"
	is "the quick way and the whole way end alike" \
	    "$status $(print_of "$index")" "0 $new_print"
}

# ---- judging ----

# wrong TEXT: the blow $blow had a bad end.
wrong() {
	bad=$((bad + 1))
	[ $bad -gt "${NOTES-10}" ] || note "$blow: $*"
	[ -z "${KEEP-}" ] || [ -e "$KEEP" ] || cp -a "$index" "$KEEP"
}

# The status and the message of the job that ended.
judge_end() {
	case $statuses in
	*" $status "*) ;;
	*) wrong "status $status: $(cat "$scratch/err")" ;;
	esac
	[ "$status" -ne 0 ] || return
	# "Input/output error" has a slash, and names nothing.
	[ "$(wc -l <"$scratch/err")" -eq 1 ] &&
	    sed 's/Input.output error//' "$scratch/err" |
	    grep -q -e '^naslag: .*/' -e '^naslag: .*out of memory$' \
		-e '^naslag: .*standard output' -e '^naslag: .*process' ||
	    wrong "status $status says: $(cat "$scratch/err")"
}

# What the index answers after the blow.
judge_live() {
	print=$(print_of "$index")
	case $print in
	"$new_print") ;;
	"$before_print")
		[ "$status" -ne 0 ] || wrong "status 0, but not published" ;;
	*) wrong "neither old nor new; $(cat "$scratch/err")" ;;
	esac
	if [ -e "$reports/report" ] && ! jq . "$reports/report" >/dev/null 2>&1
	then
		wrong "half a report"
	fi
}

# The next run.
judge_next() {
	naslag index --accept "$c"
	[ "$status" -eq 0 ] ||
	    wrong "next run: status $status: $(cat "$scratch/err")"
	[ "$(print_of "$index")" = "$new_print" ] ||
	    wrong "next run: other answers"
	left=$(cd "$index" && ls -d work.* ./*.tmp 2>/dev/null)
	[ -z "$left" ] || wrong "next run: $left lies about"
	if has_command check; then
		naslag check
		[ "$status" -eq 0 ] || wrong "check: $(cat "$scratch/err")"
	fi
}

judge() {
	[ "$status" -eq 137 ] || judge_end
	judge_live
	judge_next
}

# ---- jobs with a library between them and the system ----

# job LIBRARY ARGUMENTS...: indexes; LAB_* say what goes wrong.
job() {
	library=$1
	shift
	rm -f "$scratch/state"
	{
		LAB_STATE=$scratch/state LAB_BELOW=${below-$index:$reports} \
		    LD_PRELOAD=$lab/$library "$NASLAG" "$@" \
		    >"$scratch/out" 2>"$scratch/err" </dev/null
		status=$?
	} 2>/dev/null
	# The first numbers of struct lab_state, and the text behind them.
	# shellcheck disable=SC2046
	set -- $(od -An -v -t u8 -N 24 "$scratch/state")
	calls=$1 fired=$2 written=$3
	what=$(tail -c +33 "$scratch/state" | head -c 480 | tr -d '\0')
}

# use_mode MODE: what the job starts from, and how.
use_mode() {
	start=$old before_print=$old_print options="--accept --jobs=1"
	case $1 in
	rebuild)
		options="$options --rebuild" ;;
	first)
		start=$scratch/none before_print=$none_print ;;
	esac
	options="$options --report=$reports/report"
}

# each_call LIBRARY KINDS STEP TITLE: calls of these kinds go wrong, as LAB_*
# say, one in each run: every STEP-th, in each of $modes.
each_call() {
	library=$1 kinds=$2 step=$3 title=$4
	bad=0 tried=0 all=0
	LAB_KINDS=$kinds LAB_STACKS=1
	export LAB_KINDS LAB_STACKS LAB_AT LAB_DO LAB_ERRNO LAB_BYTES
	for mode in $modes; do
		use_mode "$mode"
		reset
		blow="$mode, undisturbed"
		# shellcheck disable=SC2086 # options are words
		LAB_AT=0 job "$library" index $options "$c"
		judge
		n=$calls
		all=$((all + n))
		random "$step"
		k=$((random + 1))
		while [ "$k" -le "$n" ]; do
			reset
			# shellcheck disable=SC2086
			LAB_AT=$k job "$library" index $options "$c"
			blow="$mode: $what ($k of $n)"
			judge
			tried=$((tried + 1))
			k=$((k + step))
		done
	done
	unset LAB_KINDS LAB_STACKS LAB_DO LAB_ERRNO LAB_BYTES
	use_mode incremental
	is "$title: $tried of $all, bad" "$bad" 0
}

# ---- the experiments ----

# Every call of every kind fails once; the job goes on.
lab_failing() {
	LAB_DO=fail
	modes='incremental rebuild first'
	for row in ${CALLS-open:13 write:5 write:28 copy:28 truncate:5 sync:5 \
	    rename:5 link:1 close:5 mkdir:13 remove:13 look:24 read:5 list:5 stat:5}
	do
		LAB_ERRNO=${row#*:} LAB_DO=fail
		each_call fault.so "${row%:*}" "$STEP" \
		    "failing ${row%:*} (error ${row#*:})"
	done
	LAB_ERRNO=5 LAB_DO=fails
	each_call fault.so write,copy,truncate,sync,close,rename \
	    $((4 * STEP)) "from one call on all fail"
	LAB_ERRNO=11 LAB_DO=fail
	each_call fault.so fork 1 "failing fork"
}

# Every allocation fails, once for every way that leads to it.
lab_memory() {
	if $is_sanitized; then
		skip "failing allocations" "the sanitizer allocates"
		return
	fi
	LAB_DO=fail
	modes='incremental first'
	each_call memory.so memory "$MEMORY" "failing allocations"
}

# Killed at every call that changes something.
lab_steps() {
	LAB_DO=kill
	modes='incremental rebuild first'
	each_call fault.so \
	    open,write,copy,truncate,sync,close,mkdir,rename,link,remove \
	    $((STEP * 3 / 4 + 1)) \
	    "killed at every step"
}

# Killed at random moments; only those that found the job alive count.
lab_kills() {
	bad=0 killed=0 late=0
	reset
	since=$(now_ms)
	naslag index --rebuild --accept "$c"
	took=$(($(now_ms) - since))
	while [ $killed -lt "$KILLS" ]; do
		case $(((killed + late) % 3)) in
		0) use_mode first ;;
		1) use_mode rebuild ;;
		2) use_mode incremental ;;
		esac
		reset
		random $((took * 1000))
		{
			# shellcheck disable=SC2086
			"$NASLAG" index $options "$c" >"$scratch/out" \
			    2>"$scratch/err" </dev/null &
			pid=$!
			sleep_us $random
			kill -KILL $pid
			wait $pid
			status=$?
		} 2>/dev/null
		if [ $status -eq 137 ]; then
			killed=$((killed + 1))
		else
			late=$((late + 1))
		fi
		blow="kill $killed, after $random us"
		judge
	done
	use_mode incremental
	is "$KILLS kills at random moments ($late more came too late), bad" \
	    "$bad" 0
}

# The disk is full after a random number of bytes.
lab_full() {
	bad=0 untouched=0 k=0
	LAB_DO=full
	export LAB_DO LAB_BYTES
	while [ $k -lt "$FULL" ]; do
		k=$((k + 1))
		if [ $((k % 2)) = 0 ]; then
			use_mode rebuild
		else
			use_mode incremental
		fi
		reset
		# shellcheck disable=SC2086
		LAB_BYTES=1000000000000 job fault.so index $options "$c"
		reset
		random $((written + 1))
		# shellcheck disable=SC2086
		LAB_BYTES=$random job fault.so index $options "$c"
		blow="disk full after $random of $written bytes"
		[ "$fired" -eq 0 ] || [ "$status" -ne 0 ] ||
		    wrong "status 0"
		judge
	done
	unset LAB_DO LAB_BYTES
	use_mode incremental
	is "$FULL disks full at random sizes, bad" "$bad" 0
}

# The corpus cannot be read in part; nothing is deleted.
lab_walk() {
	bad=0 tried=0 all=0
	reset
	naslag index --accept "$c"
	cp -a "$index" "$scratch/full"
	pads >"$scratch/pads"
	below=$c LAB_DO=fail LAB_ERRNO=5
	for kind in look list stat read; do
		LAB_KINDS=$kind
		export LAB_KINDS LAB_DO LAB_ERRNO LAB_AT
		rm -rf "$index" && cp -a "$scratch/full" "$index"
		LAB_AT=0 job fault.so index "$c"
		n=$calls
		all=$((all + n))
		random $((STEP / 10 + 1))
		k=$((random + 1))
		while [ "$k" -le "$n" ]; do
			rm -rf "$index" && cp -a "$scratch/full" "$index"
			touch "$c/bericht-4.html"
			LAB_AT=$k job fault.so index "$c"
			blow="$what ($k of $n)"
			judge_end
			pads | cmp -s - "$scratch/pads" ||
			    wrong "status $status: other documents"
			judge_next
			tried=$((tried + 1))
			k=$((k + STEP / 10 + 1))
		done
	done
	unset below LAB_KINDS LAB_DO LAB_ERRNO
	is "errors while the corpus is walked: $tried of $all, bad" "$bad" 0
}

# What fails when one searches is said, or does not matter.
lab_search() {
	bad=0 tried=0 all=0
	reset
	LAB_DO=fail LAB_ERRNO=5 LAB_STACKS=1
	for row in fault.so:look,read,list,stat memory.so:memory; do
		library=${row%%:*} LAB_KINDS=${row#*:}
		! $is_sanitized || [ "$library" = fault.so ] || continue
		export LAB_KINDS LAB_DO LAB_ERRNO LAB_AT LAB_STACKS
		LAB_AT=0 job "$library" search --vorm=json asiel
		cp "$scratch/out" "$scratch/undisturbed"
		n=$calls k=1
		all=$((all + n))
		while [ "$k" -le "$n" ]; do
			LAB_AT=$k job "$library" search --vorm=json asiel
			blow="search: $what ($k of $n)"
			judge_end
			[ "$status" -ne 0 ] ||
			    cmp -s "$scratch/out" "$scratch/undisturbed" ||
			    wrong "status 0, but another answer"
			tried=$((tried + 1))
			k=$((k + STEP))
		done
	done
	unset LAB_KINDS LAB_DO LAB_ERRNO LAB_STACKS
	is "failing calls while searching: $tried of $all, bad" "$bad" 0
}

# Two jobs at once.
lab_pairs() {
	bad=0 busy=0 k=0
	use_mode incremental
	while [ $k -lt "$PAIRS" ]; do
		k=$((k + 1))
		blow="pair $k"
		reset
		"$NASLAG" index --accept "$c" >"$scratch/out.1" \
		    2>"$scratch/err.1" </dev/null &
		naslag index --accept "$c"
		second=$status
		wait $!
		first=$?
		case "$first $second" in
		'0 75' | '75 0') busy=$((busy + 1)) ;;
		'0 0') ;;
		*) wrong "status $first and $second:" \
		    "$(cat "$scratch/err.1" "$scratch/err")" ;;
		esac
		status=0
		judge_live
		judge_next
	done
	is "$PAIRS times two jobs at once ($busy times one had to go), bad" "$bad" 0
}
