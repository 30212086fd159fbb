#!/bin/sh
# The running service, behind lighttpd and behind Apache: each answer is one that
# the description of the API has, with its status, headers, type and shape.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"
. "$srcdir/tests/browser/servers.sh"

: "${NASLAG_CGI:=$builddir/naslag.cgi}"
for needed in "$NASLAG_CGI" curl xmllint; do
	command -v "$needed" >/dev/null && continue
	echo "1..0 # SKIP ${needed##*/} is not there"
	exit 0
done
trap 'serving_end; chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT

api=$NASLAG_DATA/openapi.json
"$NASLAG" index "$corpus" >"$scratch/out" 2>&1

# What the description says of an answer, found once for all: path, status,
# headers, type, schema.
jq -r '. as $api | .paths | to_entries[] | .key as $path |
    .value.get.responses | to_entries[] | .key as $status | .value |
    (if .["$ref"] then (.["$ref"] | ltrimstr("#/") | split("/")) as $p |
	$api | getpath($p) else . end) |
    (.headers // {} | keys | join(" ")) as $headers |
    (.content // { "": {} }) | to_entries[] |
    [$path, $status, $headers, .key, (.value.schema["$ref"] // "" |
	split("/") | last // "")] | join("|")' "$api" >"$scratch/described"

header() {
	tr -d '\r' <"$scratch/head" | sed -n "s/^$1: //Ip"
}

# The body, by what it is.
body_faults() {
	case $2 in
	*json)
		jq -r --slurpfile api "$api" --arg name "$1" \
		    -f "$srcdir/tests/schema.jq" "$scratch/body" ;;
	*jsonl)
		while IFS= read -r line; do
			printf '%s\n' "$line" | jq -r --slurpfile api "$api" \
			    --arg name Resultaat -f "$srcdir/tests/schema.jq"
		done <"$scratch/body" ;;
	*atom*)
		xmllint --noout --nonet --relaxng "$srcdir/tests/atom.rng" \
		    "$scratch/body" 2>&1 | grep -v validates ;;
	*)
		[ -s "$scratch/body" ] || echo "nothing" ;;
	esac
}

# faults PATH STATUS: of the last answer to a path of the description.
faults() {
	type=$(header Content-Type)
	found=$(awk -F '|' -v path="$1" -v code="$2" -v type="$type" '
	    $1 == path && $2 == code && $4 == type' "$scratch/described")
	[ "$code" = "$2" ] || echo "status $code"
	if [ -z "$found" ]; then
		echo "no answer $code of type $type is described"
		return
	fi
	schema=${found##*|}
	for name in $(printf '%s\n' "$found" | cut -d '|' -f 3); do
		[ -n "$(header "$name")" ] || echo "no $name"
	done
	if [ "$2" = 304 ]; then
		[ ! -s "$scratch/body" ] || echo "a body"
	else
		body_faults "$schema" "$type"
	fi
}

# ask METHOD PATH [OPTION OF CURL]...
ask() {
	method=$1 path=$2
	shift 2
	: >"$scratch/body"
	code=$(curl -s -g -m 60 -X "$method" -D "$scratch/head" \
	    -o "$scratch/body" -w '%{http_code}' "$@" "$here/zoek/v1$path")
}

# The answers, a line each: the path of the description, what is asked, status.
cat >"$scratch/asked" <<'END'
/documenten	/documenten?q=dublin	200
/documenten	/documenten?aantal=50	200
/documenten	/documenten?q=asiel&vanaf=2&aantal=2&soort=werkinstructie&land=!SY&datum=..2020&sorteer=datum&peildatum=2014-07-01	200
/documenten	/documenten?q=pompoen	200
/documenten	/documenten?q=mvv+soort:brief&uitbreiden=nee	200
/documenten	/documenten?q=beschiking&vanaf=500	200
/documenten	/documenten?q=asiel&vorm=jsonl	200
/documenten	/documenten?q=asiel&vorm=atom	200
/documenten	/documenten?q=asiel&vorm=csv	200
/documenten	/documenten?q=asiel&vorm=tsv	200
/documenten	/documenten?q=asiel&vorm=html	200
/documenten	/documenten?q=asiel&vorm=tekst	200
/documenten	/documenten?onbekend=1	400
/documenten	/documenten?soort=brief	400
/documenten	/documenten?vanaf=99999	400
/documenten/{id}	/documenten/PUC_4960_1	200
/documenten/{id}	/documenten/PUC_4960_1?peildatum=2012-01-01	200
/documenten/{id}	/documenten/weg	404
/documenten/{id}	/documenten/PUC_4960_1?peildatum=ooit	400
/suggesties	/suggesties?q=dubl	200
/suggesties	/suggesties?q=xyzzy	200
/suggesties	/suggesties?x=1	400
/openapi.json	/openapi.json	200
/openapi.json	/openapi.json?x=1	400
END

answers() {
	while IFS="$tab" read -r described asked status; do
		ask GET "$asked"
		is "$1: $status of $asked is as described" \
		    "$(faults "$described" "$status")" ""
		[ "$status" = 200 ] || continue
		tag=$(header ETag)
		ask GET "$asked" -H "If-None-Match: $tag"
		faults "$described" 304 >>"$scratch/kept"
		ask HEAD "$asked" -I
		[ "$code $(header ETag)" = "200 $tag" ] ||
		    echo "HEAD $asked: $code" >>"$scratch/heads"
	done <"$scratch/asked"
	is "$1: who has an answer is told so" "$(cat "$scratch/kept")" ""
	is "$1: HEAD is GET without a body" "$(cat "$scratch/heads")" ""
	for described in /documenten '/documenten/{id}' /suggesties \
	    /openapi.json; do
		ask POST "$described" -d x=1
		is "$1: POST to $described is refused as described" \
		    "$(faults "$described" 405)" ""
	done
	mv "$NASLAG_INDEX" "$NASLAG_INDEX.away"
	while IFS="$tab" read -r described asked; do
		ask GET "$asked"
		is "$1: without an index $asked is as described" \
		    "$(faults "$described" 503)" ""
	done <<END
/documenten	/documenten?q=dublin
/documenten/{id}	/documenten/PUC_4960_1
/suggesties	/suggesties?q=dubl
END
	mv "$NASLAG_INDEX.away" "$NASLAG_INDEX"
}

for server in lighttpd apache; do
	if ! has_server $server; then
		skip "the service behind $server" "$server is not there"
		continue
	fi
	if ! serve $server; then
		echo "Bail out! $server does not start"
		exit 99
	fi
	: >"$scratch/kept"
	: >"$scratch/heads"
	answers $server
	serving_end
done
tap_done
