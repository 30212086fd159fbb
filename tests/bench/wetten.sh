#!/bin/sh
# wetten.sh: does naslag find the law that someone asks for by name?  The
# questions of tests/wetten.tsv, answered by naslag and by Omega (omindex and
# quest, apt: xapian-omega xapian-tools) over the same files.
#
#    WETTEN_DIR    the laws as HTML: the paths in wetten.tsv are below it
#    WETTEN_OUT    indexes and rankings; kept, and indexes there are used
#                  again (default: wetten-out below the build directory)
#    WETTEN_TSV    other questions of the same kind
#
# Prints MRR@10 per class for both and the ratio.
set -eu

die() {
	printf 'wetten: %s\n' "$*" >&2
	exit 1
}

here=$(cd "$(dirname "$0")/.." && pwd)
: "${builddir:=.}"
: "${NASLAG:=$builddir/naslag}"
: "${WETTEN_OUT:=$builddir/wetten-out}"
: "${WETTEN_TSV:=$here/wetten.tsv}"
[ -d "${WETTEN_DIR-}" ] || die "set WETTEN_DIR: the laws as HTML"
command -v omindex quest >/dev/null ||
    die "no omindex or quest: apt install xapian-omega xapian-tools"
mkdir -p "$WETTEN_OUT"
export WETTEN_DIR

if [ ! -d "$WETTEN_OUT/naslag" ]; then
	mkdir "$WETTEN_OUT/naslag"
	"$NASLAG" index --index="$WETTEN_OUT/naslag" "$WETTEN_DIR" \
	    >"$WETTEN_OUT/naslag.log" 2>&1 ||
	    die "naslag index failed, see $WETTEN_OUT/naslag.log"
fi
[ -d "$WETTEN_OUT/omega" ] ||
    omindex --db="$WETTEN_OUT/omega" --url=/ --stemmer=dutch "$WETTEN_DIR" \
    >"$WETTEN_OUT/omega.log" 2>&1 || die "omindex failed"

ask_naslag() {
	"$NASLAG" search --index="$WETTEN_OUT/naslag" --aantal=10 --vorm=tsv \
	    --q="$1" </dev/null | awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) if ($i == "pad") pad = i; next }
	{ print $pad }'
}

ask_omega() {
	quest --db="$WETTEN_OUT/omega" --stemmer=dutch --msize=10 "$1" \
	    </dev/null | sed -n 's/^url=\///p'
}

# Omega writes what is not plain in an address as %XX.
tail -n +3 "$WETTEN_TSV" | while IFS="$(printf '\t')" read -r class q path; do
	for engine in naslag omega; do
		"ask_$engine" "$q" | awk -v OFS='\t' -v engine="$engine" \
		    -v class="$class" -v q="$q" -v path="$path" '
		function plain(s,    out, i) {
			while (match(s, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
				i = index(hex, toupper(substr(s, RSTART + 1, 1))) * 16 + \
				    index(hex, toupper(substr(s, RSTART + 2, 1))) - 17
				out = out substr(s, 1, RSTART - 1) sprintf("%c", i)
				s = substr(s, RSTART + 3)
			}
			return out s
		}
		BEGIN { hex = "0123456789ABCDEF" }
		!rank && (engine == "omega" ? plain($0) : $0) == path { rank = NR }
		NR == 1 { first = $0 }
		END { print class, engine, rank + 0, q, path, first }'
	done
done >"$WETTEN_OUT/ranks.tsv"

awk -F '\t' '
{
	rr = $3 > 0 ? 1 / $3 : 0
	n[$1, $2]++; sum[$1, $2] += rr
	n["all", $2]++; sum["all", $2] += rr
	if (!($1 in seen)) { seen[$1] = 1; classes[++k] = $1 }
}
END {
	printf "%-10s %5s %8s %8s %8s\n", "class", "n", "naslag", "omega", "ratio"
	classes[++k] = "all"
	for (i = 1; i <= k; i++) {
		c = classes[i]
		a = sum[c, "naslag"] / n[c, "naslag"]
		b = sum[c, "omega"] / n[c, "omega"]
		printf "%-10s %5d %8.3f %8.3f %8s\n", c, n[c, "naslag"], a, b,
		    (b > 0 ? sprintf("%.2f", a / b) : "-")
	}
}' "$WETTEN_OUT/ranks.tsv"
