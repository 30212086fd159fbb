#!/bin/sh
# What the documents of the sample say about themselves becomes their fields.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1
found | jq -r '.resultaten[] | [.pad, .id, .soort, .kenmerk, (.landen | join(",")),
    .datum, .geldigVan, .geldigTot, .taal, .formaat]
    | map(if . == null or . == "" then "-" else . end) | @tsv' >"$scratch/fields"

grep -v '^#' "$srcdir/tests/portal.tsv" >"$scratch/expected"
is "every document of the sample stands in the table" \
    "$(wc -l <"$scratch/expected")" "$(wc -l <"$scratch/fields")"

# Both begin with the path, or with what it begins with.
while IFS= read -r line; do
	path=${line%%"$tab"*}
	rest=${line#*"$tab"}
	got=$(awk -F '\t' -v path="$path" '
	BEGIN {
		n = split(path, part, "*")
	}
	index($1, part[1]) == 1 && (n > 1 || $1 == path) {
		sub(/^[^\t]*\t/, "")
		print
	}' "$scratch/fields")
	case $rest in
	# Without an id of the portal the path is the id.
	"$path$tab"*) rest="${got%%"$tab"*}$tab${rest#*"$tab"}" ;;
	esac
	is "$path" "$got" "$rest"
done <"$scratch/expected"

# validity DATE: how many documents are what.
validity() {
	asof=$1
	found | jq -r '[.resultaten[].geldigheid] | group_by(.)
	    | map("\(.[0]) \(length)") | join(", ")'
}
# From the table: begins and ends around the date.
counted() {
	awk -F '\t' -v day="$1" '
	$7 == "-" && $8 == "-" { n["onbekend"]++; next }
	$8 != "-" && $8 < day { n["vervallen"]++; next }
	$7 != "-" && $7 > day { n["toekomstig"]++; next }
	{ n["geldig"]++ }
	END { for (v in n) print v, n[v] }' "$scratch/expected" | sort |
	    paste -s -d , - | sed 's/,/, /g'
}
for day in 2011-06-18 2011-06-19 2012-07-12 2013-12-31 2014-01-01 2026-01-01 \
    2050-01-01 2099-01-01; do
	is "validity on $day" "$(validity $day)" "$(counted $day)"
done

# ---- where it comes from ----

# origin ID FIELD
origin() {
	"$NASLAG" show "$1" | sed -n "/^\$/q; s/^$2 .*\\[\\(.*\\)\\]\$/\\1/p"
}
while read -r id field origin; do
	is "the $field of $id comes from: $origin" "$(origin "$id" "$field")" \
	    "$origin"
done <<'END'
PUC_4960_1 soort sidecar
PUC_4960_1 geldigVan sidecar
PUC_5962_1 kenmerk embedded
PUC_5962_1 geldigTot embedded
PUC_2179_1 kenmerk text
PUC_2179_1 datum text
PUC_5126_1 titel text
PUC_5119_1 kenmerk name
PUC_2543_1 soort text
PUC_1866_1 thema folder
PUC_5126_1 formaat derived
END
is "a junk title of a program is no title" \
    "$(found | jq -r '.resultaten[].titel' |
	grep -i -e 'microsoft word' -e untitled -e document1)" ""
is "headers and labels of a page are no text" \
    "$("$NASLAG" search --vorm=json --aantal=1000 'vertrouwelijk' |
	jq -r '.resultaten[] | select(.soort == "vdl-factsheet") | .id')" ""

tap_done
