#!/bin/sh
# The description of the API says what the program does: its fields and their
# values, and the shape of every answer.  In STANDARDS_DIR are the rules of the
# Dutch API design rules (adr-linter.yaml), in NODE_MODULES spectral and ajv;
# without them our own check of the schemas remains.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"
. "$srcdir/tests/endpoint.sh"

api=$NASLAG_DATA/openapi.json
"$NASLAG" index "$corpus" >"$scratch/out" 2>&1

# ---- the description ----

ok "it is JSON" jq -e . "$api"
is "all that it refers to is there" "$(jq -r '. as $root |
    [.. | objects | .["$ref"]? | strings] | unique[] | . as $ref |
    select(($ref | ltrimstr("#/") | split("/")) as $path |
	$root | getpath($path) == null)' "$api")" ""
is "and all that is there is referred to" "$(jq -r '
    ([.. | objects | .["$ref"]? | strings] | unique) as $used |
    .components | to_entries[] | .key as $kind | .value | keys[] |
    "#/components/\($kind)/\(.)" | select(. as $r | $used | index($r) | not)' \
    "$api")" ""
is "nothing but links is left out of an answer" "$(jq -r '
    .components.schemas[] | select(.type == "object") |
    ((.properties // {} | keys) - (.required // []))[]' "$api" |
    sort -u | tr '\n' ' ')" "_links document next prev "
is "each answer says the version of the API" "$(jq -r '. as $root |
    .paths[][].responses | to_entries[] |
    (if .value["$ref"] then
	(.value["$ref"] | ltrimstr("#/") | split("/")) as $p |
	$root | getpath($p) else .value end) |
    select(.headers["API-Version"] == null)' "$api")" ""

# parameter NAME FILTER: of a key of /documenten.
parameters=$(jq -r '.paths["/documenten"].get.parameters[]["$ref"] |
    ltrimstr("#/components/parameters/")' "$api")
"$NASLAG" fields | sed 1d >"$scratch/fields"
cgi /v1/documenten 'onbekend=1'
is "its keys are those that the endpoint knows, and vorm" \
    "$(printf '%s\n' "$parameters" | sort | tr '\n' ' ')" \
    "$(jq -r .detail "$scratch/body" | sed 's/.*mogelijk is: //' |
	tr -d ' ' | tr ',' '\n' | { cat && echo vorm; } | sort | tr '\n' ' ')"
is "every field is a key that may be repeated" "$(cut -f 1 \
    "$scratch/fields" | sort | tr '\n' ' ')" \
    "$(jq -r '.components.parameters[] | select(.schema.type == "array") |
	.name' "$api" | sort | tr '\n' ' ')"

# The list in a schema, as naslag fields prints one.
listed() {
	jq -r --arg name "$1" '. as $root | .components.parameters[$name].schema
	    .items | ([.anyOf[]?["$ref"]? // empty][0] // "") |
	    ltrimstr("#/") | split("/") as $path |
	    if $path == [] then "" else
	    $root | getpath($path).enum // [] | join(", ") end' "$api"
}
while IFS="$tab" read -r name kind facet label values; do
	is "the values of $name are those of naslag fields" \
	    "$(listed "$name")" "$values"
done <"$scratch/fields"
is "the facets are those of naslag fields" \
    "$(jq -r '.components.schemas.Facet.properties.veld.enum | join(" ")' \
	"$api")" \
    "$(awk -F '\t' '$3 == "facet" { print $1 }' "$scratch/fields" |
	tr '\n' ' ' | sed 's/ $//')"
# what ERROR says is possible for a key
possible() {
	"$NASLAG" search "--$1=onmogelijk" 2>&1 >"$scratch/out" |
	    sed 's/.*mogelijk is: //'
}
for key in sorteer uitbreiden vorm; do
	is "so are the values of $key" \
	    "$(jq -r --arg key $key '. as $root |
		.components.parameters[$key].schema |
		(if .["$ref"] then $root.components.schemas.Volgorde
		else . end) | .enum | join(", ")' "$api")" \
	    "$(possible $key)"
done
for key in vanaf aantal; do
	max=$(jq --arg key $key '.components.parameters[$key].schema.maximum' \
	    "$api")
	cgi /v1/documenten "$key=$max"
	is "$key can be as much as it says" "$code" 200
	cgi /v1/documenten "$key=$((max + 1))"
	is "and no more" "$code" 400
done
for key in $parameters; do
	cgi /v1/documenten "$key=$(encoded "$(jq -r --arg key "$key" \
	    '. as $root | .components.parameters[$key] |
	    .example // .schema.default // .schema.enum[0]? //
	    (.schema["$ref"]? // empty | ltrimstr("#/") | split("/") as $p |
	    $root | getpath($p).default) // "2020" |
	    if type == "array" then .[0] else . end' "$api")")"
	case $key$code in
	*200) ;;
	soort400 | land400 | geldigheid400 | formaat400 | taal400) ;;
	*) echo "$key: $code" ;;
	esac
done >"$scratch/refused"
is "its examples can be asked" "$(cat "$scratch/refused")" ""

# ---- the answers ----

# faults SCHEMA [FILE]: what is wrong, by our own check.
faults() {
	jq -r --slurpfile api "$api" --arg name "$1" \
	    -f "$srcdir/tests/schema.jq" "${2-$scratch/out}"
}

mkdir "$scratch/answers"
# keep SCHEMA: the last answer is checked, and again below.
kept=0
keep() {
	kept=$((kept + 1))
	cp "$2" "$scratch/answers/$1.$kept.json"
	is "$3 is a valid $1" "$(faults "$1" "$2")" ""
}

naslag search --vorm=json --aantal=1000
keep Antwoord "$scratch/out" "an answer with all documents"
naslag search --vorm=json dublin verodening --land='!SY' --datum=..2020 \
    --soort=WI --sorteer=datum --peildatum=2012-07-12
keep Antwoord "$scratch/out" "one with filters"
naslag search --vorm=json begrafenis pompoen
keep Antwoord "$scratch/out" "one without hits"
cgi /v1/documenten 'q=asiel&vanaf=2&aantal=2'
keep Antwoord "$scratch/body" "one of the endpoint"
is "which has links to other pages" "$(jq -r '._links | keys | join(" ")' \
    "$scratch/body")" "first next prev self"
naslag search --vorm=jsonl asiel
head -n 1 "$scratch/out" >"$scratch/line"
keep Resultaat "$scratch/line" "a line of jsonl"
"$NASLAG" search --vorm=json --aantal=1000 | jq -r '.resultaten[].id' |
    while IFS= read -r id; do
	cgi "/v1/documenten/$id" ''
	[ "$code" = 200 ] || echo "$id: $code"
	faults Document "$scratch/body"
    done >"$scratch/faults"
is "every document is a valid Document" "$(cat "$scratch/faults")" ""
cgi /v1/documenten/PUC_4960_1 ''
keep Document "$scratch/body" "one"
for asked in dubl xyzzy; do
	cgi /v1/suggesties "q=$asked"
	keep Suggesties "$scratch/body" "what completes $asked"
done
for asked in 'documenten?onbekend=1' 'documenten?soort=brief' documenten/x \
    'suggesties?q=a&x=b' 'openapi.json?x=1' niets; do
	cgi "/v1/${asked%%\?*}" "$(expr "$asked" : '[^?]*?\(.*\)')"
	keep Probleem "$scratch/body" "$code of $asked"
	is "it is a problem" "$(header Content-Type) $(header API-Version)" \
	    "application/problem+json 1.0.0"
done
cgi /v1/openapi.json ''
keep Beschrijving "$scratch/body" "the description"
cp "$scratch/body" "$scratch/served.json"
is "as it is served it is that of the file, but for the place" \
    "$(jq -S 'del(.servers, .info.contact)' "$scratch/served.json")" \
    "$(jq -S 'del(.servers, .info.contact)' "$api")"
is "which is this endpoint's" "$(jq -c '[.servers[0].url,
    .info.contact.email, .info.contact.url]' "$scratch/served.json")" \
    "[\"$site/v1\",\"beheer@example.nl\",\"$site/\"]"
is "its version is the header's" "$(jq -r .info.version "$api")" \
    "$(header API-Version)"
is "anyone may read it" "$(header Access-Control-Allow-Origin)" '*'

# A check that finds nothing is none.
naslag search --vorm=json dublin
while IFS="$tab" read -r change what; do
	jq "$change" "$scratch/out" >"$scratch/spoilt"
	ok "$what is found out" test -n "$(faults Antwoord "$scratch/spoilt")"
done <<'END'
del(.correctie)	a missing value
.nieuw = 1	a new one
.totaal = "9"	a wrong type
.totaal = 9.5	half a document
.totaal = null	null where it may not be
.resultaten[0].soort = "brief"	a value of no list
.resultaten[0].datum = "1 juli 2014"	a date that is none
.resultaten[0].fragmenten[0].treffers[0] = [1]	half a mark
.vraag.filters.land = "SY"	a value that is no list
END

# ---- what others say ----

bin=${NODE_MODULES-}/.bin
if [ ! -x "$bin/spectral" ] || [ ! -f "${STANDARDS_DIR-}/adr-linter.yaml" ]; then
	skip "the API design rules are kept" \
	    "NODE_MODULES has no spectral, or STANDARDS_DIR no rules"
else
	for file in "$api" "$scratch/served.json"; do
		"$bin/spectral" lint -q --fail-severity=warn -r \
		    "$STANDARDS_DIR/adr-linter.yaml" "$file" >"$scratch/lint" 2>&1
		is "the API design rules are kept: ${file##*/}" \
		    "$? $(cat "$scratch/lint")" "0 "
	done
fi
if [ ! -d "${NODE_MODULES-}/ajv" ]; then
	skip "ajv finds every answer valid" "NODE_MODULES has no ajv"
else
	is "ajv finds every answer valid" "$(node "$srcdir/tests/ajv.js" \
	    "$NODE_MODULES" "$api" "$scratch/answers"/*.json 2>&1)" ""
fi

tap_done
