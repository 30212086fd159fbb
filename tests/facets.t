#!/bin/sh
# The number behind a facet's value is the number of documents that one sees
# after choosing it, for every value of every facet.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1

# choose FIELD VALUE OPTION...: the total with that filter, in the place of
# those of the same field.
choose() {
	chosen=--$1=$2
	field=$1
	shift 2
	for option; do
		shift
		case $option in
		"--$field="*) ;;
		*) set -- "$@" "$option" ;;
		esac
	done
	total "$@" "$chosen"
}

# wrong OPTION...: the values whose number is another than choosing them shows.
wrong() {
	found "$@" | jq -r '.facetten[] | .veld as $veld | .waarden[]
	    | [$veld, .waarde, .aantal] | @tsv' >"$scratch/values"
	while IFS=$tab read -r field value number; do
		seen=$(choose "$field" "$value" "$@")
		[ "$seen" = "$number" ] || echo "$field=$value: $number not $seen"
	done <"$scratch/values"
}

today=$asof
while read -r asof options; do
	set -f
	# shellcheck disable=SC2086 # options are words
	is "every number is what choosing it shows: $asof $options" \
	    "$(wrong $options)" ""
	set +f
	ok "  of at least 12 values" [ "$(wc -l <"$scratch/values")" -ge 12 ]
done <<'END'
2026-01-01
2026-01-01 --q=asiel
2026-01-01 --q=verblijfsvergunning --soort=werkinstructie
2026-01-01 --q=land --soort=landenrapport --geldigheid=vervallen
2012-07-12 --q=asiel --geldigheid=geldig --jaar=2011
2035-01-01 --soort=!regelgeving --formaat=!pdf --formaat=!docx
2026-01-01 --q=-kinderen --datum=2011..2015 --thema=Asiel
END
asof=$today

# ---- what is there ----

is "all facets are there, in the order of the table" \
    "$(found asiel | jq -r '[.facetten[].veld] | join(" ")')" \
    "$("$NASLAG" fields | awk -F '\t' 'NR > 1 && $3 == "facet" { print $1 }' |
	tr '\n' ' ' | sed 's/ $//')"
is "without hits, too" "$(found zzzz | jq '.facetten | length')" \
    "$(found asiel | jq '.facetten | length')"
is "geldigheid has its four rows, those of nothing too" \
    "$(found --kenmerk='WI 2015/25' | jq -c '.facetten[]
	| select(.veld == "geldigheid") | [.waarden[] | [.waarde, .aantal]]')" \
    '[["geldig",1],["vervallen",0],["toekomstig",0],["onbekend",0]]'
is "without hits, too" "$(found zzzz | jq -c '[.facetten[]
	| select(.veld == "geldigheid") | .waarden[].aantal]')" '[0,0,0,0]'
is "the other facets have no row of nothing" "$(found asiel | jq -c '[.facetten[]
	| select(.veld != "geldigheid") | .waarden[] | select(.aantal == 0)]')" '[]'
is "but that of what was chosen" \
    "$(found zzzz --soort=uitspraak | jq -c '[.facetten[]
	| select(.veld == "soort") | .waarden[] | [.waarde, .aantal, .gekozen]]')" \
    '[["uitspraak",0,true]]'
is "every value has a label" "$(found | jq -c '[.facetten[].waarden[]
	| select((.label | type) != "string" or .label == "")]')" '[]'
is "the values with most documents come first" "$(found asiel | jq -c '.facetten[]
	| select(.veld != "geldigheid") | [.waarden[].aantal]
	| select(. != (sort | reverse))')" ""

# ---- choosing ----

# rows FIELD OPTION...: its values and numbers, sorted.
rows() {
	field=$1
	shift
	found "$@" | jq -c --arg veld "$field" '[.facetten[]
	    | select(.veld == $veld) | .waarden[] | [.waarde, .aantal]] | sort'
}

is "a facet leaves its own filter out" "$(rows soort asiel --soort=uitspraak)" \
    "$(rows soort asiel)"
is "also when it excludes" "$(rows soort asiel --soort=!uitspraak)" \
    "$(rows soort asiel)"
ok "but not those of others" [ "$(rows jaar asiel)" != \
    "$(rows jaar asiel --soort=uitspraak)" ]
is "what is chosen is marked, nothing else" \
    "$(found --soort=uitspraak --soort=WI --land=SY --soort=!overig |
	jq -c '[.facetten[].waarden[] | select(.gekozen) | .waarde] | sort')" \
    '["SY","uitspraak","werkinstructie"]'

a=$(total asiel --soort=werkinstructie)
b=$(total asiel --soort=landenrapport)
is "several values of one field are alternatives" \
    "$(total asiel --soort=werkinstructie --soort=landenrapport)" $((a + b))
ok "  of which there are some" [ "$a" -gt 0 -a "$b" -gt 0 ]
is "an excluded value leaves the rest" "$(total asiel --soort=!werkinstructie)" \
    $(($(total asiel) - a))
is "two excluded values, too" \
    "$(total asiel --soort=!werkinstructie --soort=!landenrapport)" \
    $(($(total asiel) - a - b))
is "different fields narrow" \
    "$(pads asiel --soort=werkinstructie --geldigheid=geldig)" \
    "$(pads asiel --soort=werkinstructie >"$scratch/a"
	pads asiel --geldigheid=geldig | comm -12 - "$scratch/a")"
is "typed filters are the same as options" \
    "$(found 'asiel soort:WI -jaar:2015' | jq -c '[.totaal, .facetten]')" \
    "$(found asiel --soort=WI --jaar=!2015 | jq -c '[.totaal, .facetten]')"
is "the validities of one date sum up to the total" \
    "$(rows geldigheid | jq 'map(.[1]) | add')" "$(total)"
is "the numbers do not depend on how many hits are shown" \
    "$(found asiel | jq -c .facetten)" \
    "$("$NASLAG" search --vorm=json --peildatum="$asof" --aantal=1 --vanaf=3 \
	asiel | jq -c .facetten)"

tap_done
