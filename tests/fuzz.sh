#!/bin/sh
# fuzz.sh: what `make fuzz` does: every target of tests/fuzz under libFuzzer,
# with AddressSanitizer and UndefinedBehaviorSanitizer, and the endpoint.
#
#    FUZZ_SECONDS=N   for each target (1200)
#    FUZZ_TARGETS='html rtf'  only these (all; endpoint is one)
#    FUZZ_JOBS=N      side by side (1)
#    FUZZ_DIR=DIR     where it is built and what is found stays (fuzz)
#    FUZZ_SEED=N      for libFuzzer (0: a random one)
#    FUZZ_TAP=1       say it in TAP, for ./bootstrap check; always the same seed,
#                     so that what fails is likely to be what has changed
#    FUZZ_CC, FUZZ_CXX        clang and clang++
#
# Exit status: 0, 1 if something was found, 77 if there is no libFuzzer here.
# Inputs that broke something lie in FUZZ_DIR/found/TARGET; look at one with
#
#    FUZZ_TARGET=TARGET FUZZ_DIR/tests/fuzz/harness FILE
#
# and keep it in tests/fuzz/regressions/TARGET when what it found is mended.
set -u
: "${srcdir:?}" "${builddir:?}" "${FUZZ_SECONDS:=1200}" "${FUZZ_JOBS:=1}"
: "${FUZZ_DIR:=$builddir/fuzz}" "${FUZZ_TAP:=}" "${FUZZ_TARGETS:=}"
: "${FUZZ_SEED:=${FUZZ_TAP:-0}}" "${MAKE:=make}"
: "${FUZZ_CC:=clang}" "${FUZZ_CXX:=clang++}"
srcdir=$(cd "$srcdir" && pwd) || exit 2
mkdir -p "$FUZZ_DIR" && FUZZ_DIR=$(cd "$FUZZ_DIR" && pwd) || exit 2

die() {
	printf 'fuzz.sh: %s\n' "$*" >&2
	exit 2
}

say() {
	[ ! -t 2 ] || printf '\r\033[K%s' "$*" >&2
}

# ---- building ----

probe='#include <stddef.h>
int LLVMFuzzerTestOneInput(const char *s, size_t n);
int LLVMFuzzerTestOneInput(const char *s, size_t n) { return n > 9 && *s; }'
if ! printf '%s\n' "$probe" | "$FUZZ_CC" -fsanitize=fuzzer,address,undefined \
    -x c -o "$FUZZ_DIR/probe" - 2>"$FUZZ_DIR/probe.log"; then
	why="no clang with libFuzzer here (clang, libclang-rt-dev)"
	if [ "$FUZZ_TAP" ]; then
		echo "1..1"
		echo "ok 1 - fuzzing # SKIP $why"
		exit 0
	fi
	echo "fuzz.sh: $why" >&2
	exit 77
fi

# make check has asked the endpoint already.
if [ -z "$FUZZ_TARGETS" ]; then
	FUZZ_TARGETS=$(sed -n 's/^	ROW(\(.*\)),$/\1/p' \
	    "$srcdir/tests/fuzz/targets.c")
	[ "$FUZZ_TAP" ] || FUZZ_TARGETS="$FUZZ_TARGETS endpoint"
fi
programs='tests/fuzz/harness tests/fuzz/talker'
case " $(echo $FUZZ_TARGETS) " in
*' endpoint '*) programs="$programs naslag naslag-extract \
    naslag-extract-nopdf tests/fuzz-endpoint" ;;
esac
say building
coverage='-g -O1 -fsanitize=fuzzer-no-link'
(
	cd "$FUZZ_DIR" || exit 1
	[ -f Makefile ] && [ Makefile -nt "$srcdir/configure" ] ||
	    "$srcdir/configure" -q --enable-sanitizers CC="$FUZZ_CC" \
		CXX="$FUZZ_CXX" CFLAGS="$coverage" CXXFLAGS="$coverage" ||
	    exit 1
	$MAKE -j "$(nproc)" $programs
) >"$FUZZ_DIR/build.log" 2>&1 </dev/null || {
	tail -n 20 "$FUZZ_DIR/build.log" >&2
	die "cannot build it"
}

# ---- running ----

export srcdir builddir="$FUZZ_DIR" NASLAG_DATA="$srcdir/data" LC_ALL=C.UTF-8
export NASLAG="$FUZZ_DIR/naslag" NASLAG_EXTRACT="$FUZZ_DIR/naslag-extract"
export UBSAN_OPTIONS=print_stacktrace=1
# Files that are read by name are written anew for each input.
if [ -d /dev/shm ] && [ -w /dev/shm ]; then
	TMPDIR=$(mktemp -d /dev/shm/naslag-fuzz.XXXXXX)
else
	TMPDIR=$(mktemp -d)
fi || exit 2
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT TERM

# The words that a parser knows are those in its source; those of its sources
# are a dictionary as libFuzzer reads it.
sources() {
	case $1 in
	html | mail | plain) echo formats/html formats/mail formats/mime \
	    formats/mdmarks formats/boilerplate formats/charset ;;
	ole | streams) echo formats/ole formats/msg formats/doc formats/xls \
	    formats/ppt ;;
	package | xml) echo formats/docx formats/ooxml formats/odf \
	    formats/opc formats/office formats/pptx formats/slide \
	    formats/xlsx formats/sheet formats/epub formats/svg \
	    formats/xml formats/sidecar ;;
	query | request) echo model/cql model/parse model/query model/filter \
	    model/fields cgi/request cgi/sru ;;
	rtf) echo formats/rtf ;;
	records | worker) echo formats/out formats/status gather/records \
	    gather/members gather/labels ;;
	stored) echo model/doc report/history report/report index/files ;;
	esac
}

dictionary() {
	for source in $(sources "$1"); do
		cat "$srcdir/src/$source"*.c "$srcdir/src/$source"*.def \
		    2>/dev/null
	done | grep -oE '"[-A-Za-z0-9:_./ #=]{2,40}"' | sort -u
}

# fuzz TARGET: into TARGET.log and, one line of it, TARGET.row.
fuzz() {
	found=$FUZZ_DIR/found/$1
	corpus=$FUZZ_DIR/corpus/$1
	log=$FUZZ_DIR/$1.log
	mkdir -p "$found" "$corpus"
	kept=
	[ ! -d "$srcdir/tests/fuzz/regressions/$1" ] ||
	    kept=$srcdir/tests/fuzz/regressions/$1
	[ "$1" != html ] || find "$srcdir/data/corpus" -name '*.html' \
	    -size -32k -exec cp {} "$corpus" \;
	words=
	dictionary "$1" >"$FUZZ_DIR/$1.dict"
	[ ! -s "$FUZZ_DIR/$1.dict" ] || words=-dict=$FUZZ_DIR/$1.dict
	before=$(ls "$found" | wc -l)
	FUZZ_TARGET=$1 "$FUZZ_DIR/tests/fuzz/harness" \
	    -max_total_time="$FUZZ_SECONDS" -timeout=25 -rss_limit_mb=2048 \
	    -max_len=16384 -seed="$FUZZ_SEED" -print_final_stats=1 -artifact_prefix="$found/" \
	    ${words:+"$words"} \
	    "$corpus" "$srcdir/tests/fuzz/seeds/$1" ${kept:+"$kept"} >"$log" 2>&1
	status=$?
	n=$(($(ls "$found" | wc -l) - before))
	[ $status -eq 0 ] || [ $n -gt 0 ] || n=1
	awk -v name="$1" -v found=$n '
	/^#[0-9]+\t/ { for (i = 1; i < NF; i++) if ($i == "cov:")
	    cov = $(i + 1) }
	/^stat::number_of_executed_units:/ { runs = $2 }
	/^stat::average_exec_per_sec:/ { speed = $2 }
	END { print name, runs + 0, speed + 0, cov + 0, found }' "$log" \
	    >"$FUZZ_DIR/$1.row"
}

# The endpoint has a fuzzer of its own; each round from another seed.
fuzz_endpoint() {
	export NASLAG_INDEX="$TMPDIR/index" ASAN_OPTIONS=detect_leaks=0
	log=$FUZZ_DIR/endpoint.log
	begun=$(date +%s) runs=0 n=0 seed=$(date +%j)000
	"$NASLAG" index "$srcdir/data/corpus" >"$log" 2>&1 || n=1
	while [ $n -eq 0 ] &&
	    [ $(($(date +%s) - begun)) -lt "$FUZZ_SECONDS" ]; do
		"$FUZZ_DIR/tests/fuzz-endpoint" $seed 5000 1 >>"$log" 2>&1 ||
		    n=1
		seed=$((seed + 1)) runs=$((runs + 5000))
	done
	took=$(($(date +%s) - begun))
	echo endpoint $runs $((runs / (took > 0 ? took : 1))) - $n \
	    >"$FUZZ_DIR/endpoint.row"
}

rm -f "$FUZZ_DIR"/*.row
count=$(echo $FUZZ_TARGETS | wc -w)
set -- $FUZZ_TARGETS
while [ $# -gt 0 ]; do
	at=0 names=
	while [ $# -gt 0 ] && [ $at -lt "$FUZZ_JOBS" ]; do
		case $1 in
		endpoint) fuzz_endpoint & ;;
		*) fuzz "$1" & ;;
		esac
		names="$names $1" at=$((at + 1))
		shift
	done
	say "fuzzing$names, ${FUZZ_SECONDS} s each; $# of $count to come"
	wait
done
say ''

# ---- the table ----

cat "$FUZZ_DIR"/*.row | awk -v tap="$FUZZ_TAP" '
BEGIN { if (!tap) printf "%-10s %10s %8s %9s %6s\n", "target", "runs",
    "runs/s", "coverage", "found" }
tap { printf "%s %d - fuzzing %s: %d runs, coverage %s\n",
    ($5 > 0 ? "not ok" : "ok"), NR, $1, $2, $4 }
!tap { printf "%-10s %10d %8d %9s %6d\n", $1, $2, $3, $4, $5 }
{ found += $5 }
END { if (tap) print "1.." NR; exit (found > 0) }'
status=$?
[ $status -eq 0 ] || for log in "$FUZZ_DIR"/*.log; do
	grep -aE '^(==[0-9]+== *ERROR|.*runtime error|fuzz: |SUMMARY|# .*status)' \
	    "$log" /dev/null | head -n 5
done >&2
[ $status -eq 0 ] || echo "fuzz.sh: see $FUZZ_DIR/found, $FUZZ_DIR/*.log" >&2
exit $status
