# naslag.sh: what the tests of the whole program share.  Sourced behind lib.sh.
#
#    naslag ARGUMENTS...   runs it: $status, and $scratch/out, $scratch/err
#    found ARGUMENTS...    the JSON of a search, all hits, on a fixed date
#    answers INDEX [N]     what (the first N of) a set of questions finds there,
#                          comparable
#    sample DIRECTORY      copies the sample portal there, writable
#    as_nobody COMMAND...  runs without rights, when we are root
#
# The index is $NASLAG_INDEX in $scratch; settings of the machine do not count.

if ! command -v jq >/dev/null; then
	echo "1..0 # SKIP jq is not installed"
	exit 0
fi

NASLAG_INDEX=$scratch/index
NASLAG_CONF=$scratch/naslag.conf
LC_ALL=C.UTF-8
TZ=UTC
export NASLAG_INDEX NASLAG_CONF LC_ALL TZ
unset NO_COLOR
: >"$NASLAG_CONF"

corpus=$srcdir/data/corpus
asof=2026-01-01
tab=$(printf '\t')

naslag() {
	"$NASLAG" "$@" >"$scratch/out" 2>"$scratch/err"
	status=$?
}

found() {
	"$NASLAG" search --vorm=json --aantal=1000 --peildatum="$asof" "$@"
}

# pads ARGUMENTS...: the paths found, one a line, sorted.
pads() {
	found "$@" | jq -r '.resultaten[].pad' | sort
}

total() {
	found "$@" 2>"$scratch/err" | jq .totaal
}

# Ties in the score may fall otherwise in another index.
comparable='del(.generatie) | .resultaten |= (
    map(.score = (.score * 1000 | round)) | sort_by(-.score, .pad)
    | map(del(.rang)))'

cat >"$scratch/questions" <<'END'
asiel
verblijfsvergunning asiel voor bepaalde tijd
"bepaalde tijd" -dublin
(kinderen OF gezin) EN verblijf*
asiel NABIJ/3 bepaalde
soort:werkinstructie geldigheid:vervallen
titel:landenrapport land:!SY
begrafenis pompoen
END

answers() {
	head -n "${2-100}" "$scratch/questions" | while IFS= read -r question; do
		"$NASLAG" search --index="$1" --vorm=json --aantal=1000 \
		    --peildatum="$asof" --q="$question" </dev/null
	done | jq -S "$comparable"
}

sample() {
	cp -R "$corpus" "$1" && chmod -R u+w "$1"
}

if [ "$(id -u)" -ne 0 ]; then
	as_nobody() { "$@"; }
else
	as_nobody() {
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	}
fi

# can_drop: is there a user without rights that can run the program?
can_drop() {
	chmod 755 "$scratch" && as_nobody "$NASLAG" --version >/dev/null 2>&1 &&
	    as_nobody test -x "$NASLAG_EXTRACT" &&
	    as_nobody test -r "$NASLAG_DATA/landen.tsv"
}

# report FILTER: of the JSON that --report=$scratch/report wrote.
report() {
	jq -r "$1" "$scratch/report"
}

# index ARGUMENTS...: indexes, with a report; prints what it did.
index() {
	naslag index --report="$scratch/report" "$@"
	if [ "$status" -ne 0 ]; then
		echo "status $status: $(cat "$scratch/err")"
		return
	fi
	report '"\(.files) files: +\(.added) ~\(.changed) -\(.deleted)" +
	    " =\(.unchanged) published \(.published)"'
}
