#!/bin/sh
# bench.sh: naslag beside omindex and omega of Debian, on the same files, in
# one run.  `make bench` runs it; these variables set it up:
#
#    BENCH_DIR      holds html/ and txt/, the documents; default bench-data
#    BENCH_PREPARE  a program that makes them: it is given BENCH_DIR
#    BENCH_SETS     which of them; default "html txt"
#    BENCH_EVERY    take every Nth file only; default 1
#    BENCH_ROUNDS   default 3; the order of the programs alternates
#    BENCH_RUNS     timed runs a query and round; default 40
#    BENCH_PDFS     a directory with PDFs; without it they are not timed
#
# Building: wall and CPU seconds are those of a program with all processes it
# starts, the peak is that of its largest process.  Searching: a process per
# question, as a CGI has it, files warm; naslag counts exactly, with facets
# and passages of the text, omega estimates and shows a stored sample.  Then
# the endpoint, see endpoint.py.  Before all that the reading of PDFs beside
# poppler, see pdfspeed.c.
set -eu

: "${BENCH_DIR:=$builddir/bench-data}"
: "${BENCH_SETS:=html txt}"
: "${BENCH_EVERY:=1}"
: "${BENCH_ROUNDS:=3}"
: "${BENCH_RUNS:=40}"

here=$(cd "$(dirname "$0")" && pwd)
work=$builddir/bench
omega=/usr/lib/cgi-bin/omega/omega

die() {
	printf 'bench: %s\n' "$*" >&2
	exit 1
}

if [ -n "${BENCH_PDFS-}" ]; then
	"$builddir/tests/bench/pdfspeed" "$NASLAG_EXTRACT" "$BENCH_PDFS" \
	    "$BENCH_ROUNDS"
	echo
else
	echo "bench: without BENCH_PDFS the reading of PDFs is not timed" >&2
fi

[ -x /usr/bin/time ] || die "needs the package time"
command -v omindex >/dev/null || die "needs the package xapian-omega"
for set in $BENCH_SETS; do
	[ -d "$BENCH_DIR/$set" ] && continue
	[ -n "${BENCH_PREPARE-}" ] ||
	    die "no $BENCH_DIR/$set: set BENCH_DIR, or BENCH_PREPARE"
	"$BENCH_PREPARE" "$BENCH_DIR"
done
rm -rf "$work"
mkdir -p "$work/omindex" "$work/naslag"
results=$work/build.tsv
: >"$results"

# The documents of a set: where they are, or a sample of them.
documents() {
	if [ "$BENCH_EVERY" -eq 1 ]; then
		echo "$BENCH_DIR/$1"
		return
	fi
	mkdir -p "$work/$1"
	(cd "$BENCH_DIR/$1" && find . -type f) | LC_ALL=C sort |
	    awk -v every="$BENCH_EVERY" 'NR % every == 1' >"$work/$1.list"
	tar -C "$BENCH_DIR/$1" -cf - -T "$work/$1.list" |
	    tar -C "$work/$1" -xf -
	echo "$work/$1"
}

# measured SET PROGRAM WHAT COMMAND...: a row of the results.
measured() {
	row=$(printf '%s\t%s\t%s' "$1" "$2" "$3")
	what=$3
	program=$2
	shift 3
	/usr/bin/time -o "$work/time" -f '%e\t%U\t%S\t%M' "$@" \
	    >"$work/$program.log" 2>&1 ||
	    die "$program: $what failed, see $work/$program.log"
	printf '%s\t%s\n' "$row" "$(tail -n 1 "$work/time")" >>"$results"
}

by_omindex() {
	measured "$1" omindex "$2" omindex --db "$work/omindex/$1" --url / \
	    -s dutch "$3"
}

by_naslag() {
	measured "$1" naslag "$2" "$NASLAG" index --index="$work/naslag/$1" \
	    "$3"
}

size_mb() {
	du -sk "$1" | awk '{ printf "%.1f", $1 / 1024 }'
}

for set in $BENCH_SETS; do
	documents=$(documents "$set")
	files=$(find "$documents" -type f | wc -l)
	bytes=$(find "$documents" -type f -exec cat {} + | wc -c)
	round=1
	while [ "$round" -le "$BENCH_ROUNDS" ]; do
		echo "bench: $set, round $round of $BENCH_ROUNDS" >&2
		rm -rf "$work/omindex/$set" "$work/naslag/$set"
		if [ $((round % 2)) -eq 1 ]; then
			by_omindex "$set" build "$documents"
			by_naslag "$set" build "$documents"
		else
			by_naslag "$set" build "$documents"
			by_omindex "$set" build "$documents"
		fi
		by_omindex "$set" again "$documents"
		by_naslag "$set" again "$documents"
		measured "$set" find again find "$documents" -type f \
		    -printf '%p %s %T@\n'
		round=$((round + 1))
	done
	for program in omindex naslag; do
		printf '%s\t%s\tsize\t%s\n' "$set" "$program" \
		    "$(size_mb "$work/$program/$set")" >>"$results"
	done
	printf '%s\t-\tset\t%s\t%s\n' "$set" "$files" "$bytes" >>"$results"
done
awk -f "$here/measure.awk" "$results"

### Searching

if ! command -v hyperfine >/dev/null || [ ! -x "$omega" ]; then
	echo "bench: without hyperfine and $omega, searches are not timed" >&2
	exit
fi
set=${BENCH_SETS%% *}
case $set in
html) mime=text/html format=html ;;
*) mime=text/plain format=txt ;;
esac

cp -R /usr/share/xapian-omega/templates "$work/templates"
printf '$set{stemmer,dutch}$include{query}' >"$work/templates/bench"
cat >"$work/omega.conf" <<END
database_dir $work/omindex
template_dir $work/templates
log_dir $work
cdb_dir $work
END
OMEGA_CONFIG_FILE=$work/omega.conf
export OMEGA_CONFIG_FILE

# name | for naslag | for omega; the same questions as far as both can ask.
cat >"$work/questions" <<END
common|--q=artikel|P=artikel
or3|'--q=vergunning OF luchtvaart OF veiligheid'|'P=vergunning OR luchtvaart OR veiligheid'
phrase|'--q="algemene maatregel van bestuur"'|'P="algemene maatregel van bestuur"'
filter|--q=belasting --formaat=$format|P=belasting B=T$mime
END

timed() {
	hyperfine -N --warmup 3 --runs "$BENCH_RUNS" --export-csv \
	    "$work/hyperfine.csv" "$1" >"$work/hyperfine.log" 2>&1 ||
	    die "cannot time: $1 (see $work/hyperfine.log)"
	awk -F, 'END { printf "%.2f", $(NF - 4) * 1000 }' "$work/hyperfine.csv"
}

echo
echo "search in $set, a process per question, median of medians in ms"
searches=$work/search.tsv
: >"$searches"
round=1
while [ "$round" -le "$BENCH_ROUNDS" ]; do
	while IFS='|' read -r name ours theirs; do
		naslag_ms=$(timed "$NASLAG search --index=$work/naslag/$set \
		    --vorm=json $ours")
		omega_ms=$(timed "$omega DB=$set FMT=bench $theirs")
		printf '%s\tnaslag\t%s\n%s\tomega\t%s\n' "$name" "$naslag_ms" \
		    "$name" "$omega_ms" >>"$searches"
	done <"$work/questions"
	round=$((round + 1))
done
# What was found, so that the work can be compared.
while IFS='|' read -r name ours theirs; do
	eval "\"\$NASLAG\" search --index=\"\$work/naslag/\$set\" \
	    --vorm=json $ours" | tr ',' '\n' |
	    awk -v name="$name" -F: '/"totaal"/ {
		printf "%s\tnaslag hits\t%d\n", name, $NF; exit }'
	eval "\"\$omega\" DB=\"\$set\" FMT=bench $theirs" |
	    sed -n 's/.* of \(about \|exactly \|at least \)*\(<b>\)*\([0-9]\+\).* match.*/\3/p' |
	    awk -v name="$name" 'NR == 1 {
		printf "%s\tomega hits\t%d\n", name, $1 }'
done <"$work/questions" >>"$searches"
awk -f "$here/measure.awk" "$searches"

### The endpoint

if [ ! -x "$NASLAG_CGI" ] || ! command -v python3 >/dev/null; then
	echo "bench: without naslag.cgi and python3 the endpoint is not timed" >&2
	exit
fi
export BENCH_ROUNDS BENCH_RUNS
python3 "$here/endpoint.py" "$NASLAG_CGI" "$work/naslag/$set" "$omega" "$set" \
    "$format" "$mime" "$work/endpoint"
